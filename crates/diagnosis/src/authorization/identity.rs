//! The policies of the role itself, its permissions boundary, and who may assume it.

use super::caller::Who;
use super::library::{Held, Library};
use crate::case::Case;
use policy::DocumentKind;
use snapshot::iam::role::role_name;
use snapshot::iam::view::{ListState, PolicyState, RolePolicies};
use snapshot::ids::ArnText;
use snapshot::{Call, Citation, Need, Operation};

/// Every identity policy of a role: pasted, built in, missing, and what the lists may still hold.
pub(super) fn policies(case: &Case<'_>, library: &Library, role: &ArnText) -> Vec<Held> {
    let iam = &case.snapshot.iam;
    let view = iam.role_policies(role);
    let mut found = Vec::new();
    for attachment in &view.managed {
        found.push(managed(
            case,
            library,
            &attachment.arn,
            &attachment.document,
            DocumentKind::Identity,
        ));
    }
    for entry in &view.inline {
        found.push(match entry.document {
            Some(inline) => library.pasted(&entry.name, &inline.document, DocumentKind::Identity),
            None => {
                let asked = view
                    .needs
                    .iter()
                    .filter(|need| asks(need, Operation::IamGetRolePolicy, Some(&entry.name)));
                Held::missing(&entry.name, asked.cloned().collect())
            }
        });
    }
    let lists = [
        (&view.managed_list, Operation::IamListAttachedRolePolicies),
        (&view.inline_list, Operation::IamListRolePolicies),
    ];
    for (state, operation) in lists {
        if !state.is_complete() {
            found.push(Held::unproven(role_name(role.as_str()), list_needs(&view, operation)));
        }
    }
    found
}

/// Where the lists of a role's policies stand: with the documents they prove a lack.
pub(super) fn lists(case: &Case<'_>, role: &ArnText) -> Vec<Citation> {
    let view = case.snapshot.iam.role_policies(role);
    [view.managed_list, view.inline_list]
        .into_iter()
        .filter_map(|state| match state {
            ListState::Complete { at } => Some(at),
            ListState::Partial | ListState::Missing => None,
        })
        .collect()
}

/// A list may be there without saying whose it is: then the question comes along.
fn list_needs(view: &RolePolicies<'_>, operation: Operation) -> Vec<Need> {
    view.needs
        .iter()
        .filter(|need| asks(need, operation, None) || matches!(need, Need::Question(_)))
        .cloned()
        .collect()
}

fn asks(need: &Need, operation: Operation, name: Option<&str>) -> bool {
    let Need::Call(call) = need else { return false };
    call.operation == operation && name.is_none_or(|name| call.options.values().flatten().any(|value| value == name))
}

fn managed(case: &Case<'_>, library: &Library, arn: &ArnText, state: &PolicyState<'_>, kind: DocumentKind) -> Held {
    match state {
        PolicyState::Pasted(version) => library.pasted(arn.as_str(), &version.document, kind),
        PolicyState::BuiltIn(copy) => library.built_in(arn.as_str(), copy.document, kind),
        PolicyState::Missing => Held::missing(arn.as_str(), vec![case.snapshot.iam.ask_document(arn).into()]),
    }
}

/// The permissions boundary; `None` where the role was pasted without one.
pub(super) fn boundary(case: &Case<'_>, library: &Library, who: &Who<'_>) -> Option<Held> {
    let Some(role) = who.role else {
        return Some(Held::unproven(who.arn.as_str(), vec![ask_role(&who.arn)]));
    };
    let arn = role.value.permissions_boundary.as_ref()?.permissions_boundary_arn.as_ref()?;
    Some(managed(
        case,
        library,
        arn,
        &case.snapshot.iam.policy_document(arn),
        DocumentKind::Boundary,
    ))
}

/// A role's trust policy.
pub(super) fn trust(case: &Case<'_>, library: &Library, role: &ArnText) -> Held {
    let text = case.snapshot.iam.roles.get(role).and_then(|role| role.trust());
    text.map_or_else(
        || Held::missing(role.as_str(), vec![ask_role(role)]),
        |text| library.pasted(role.as_str(), &text, DocumentKind::Trust),
    )
}

/// `get-role` of a role.
pub(crate) fn ask_role(role: &ArnText) -> Need {
    Call::new(Operation::IamGetRole)
        .option("role-name", role_name(role.as_str()))
        .into()
}
