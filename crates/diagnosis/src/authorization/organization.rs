//! Service and resource control policies: root, units and account, as far as they were pasted.

use super::library::{Held, Library};
use crate::case::Case;
use policy::DocumentKind;
use snapshot::organizations::{Organizations, PolicySummary, TargetPolicies};
use snapshot::{Call, Citation, Need, Operation};

/// Which kind of control policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Control {
    /// Service control policies, by the caller's account.
    Service,
    /// Resource control policies, by the resource's account.
    Resource,
}

impl Control {
    fn word(self) -> &'static str {
        match self {
            Self::Service => "SERVICE_CONTROL_POLICY",
            Self::Resource => "RESOURCE_CONTROL_POLICY",
        }
    }

    fn document(self) -> DocumentKind {
        match self {
            Self::Service => DocumentKind::ServiceControl,
            Self::Resource => DocumentKind::ResourceControl,
        }
    }
}

/// What AWS's own service control policy says (Organizations User Guide, "Managing organization policies").
const FULL_ACCESS: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;

/// Whether anything of that kind was pasted: else such policies are assumed not to interfere.
pub(super) fn pasted(case: &Case<'_>, control: Control) -> bool {
    let organizations = &case.snapshot.organizations;
    let of_kind = |kind: Option<&str>| kind == Some(control.word());
    let policies = organizations
        .policies
        .iter()
        .any(|found| of_kind(found.value.policy_summary.kind.as_deref()));
    let listed = organizations
        .targets
        .iter()
        .any(|target| of_kind(target.kind.as_deref()) || target.policies.iter().any(|found| of_kind(found.value.kind.as_deref())));
    let tree = control == Control::Service && !organizations.parents.is_empty();
    policies || listed || tree
}

/// The levels that bind an account, root first; empty where none do.
pub(super) fn levels(case: &Case<'_>, library: &Library, control: Control, account: Option<&str>) -> Vec<Vec<Held>> {
    if !pasted(case, control) {
        return Vec::new();
    }
    let organizations = &case.snapshot.organizations;
    let Some(account) = account else {
        return vec![vec![Held::unproven("organization", Vec::new())]];
    };
    let free = organizations.organization.iter().any(|found| {
        let organization = &found.value;
        organization.master_account_id.as_deref() == Some(account) || organization.feature_set.as_deref() == Some("CONSOLIDATED_BILLING")
    });
    if free {
        return Vec::new();
    }
    let (chain, whole) = ancestors(organizations, account);
    let mut levels: Vec<Vec<Held>> = chain.iter().map(|target| level(organizations, library, control, target)).collect();
    if !whole {
        let last = chain.last().map_or(account, String::as_str);
        let need = Need::from(Call::new(Operation::OrganizationsListParents).option("child-id", last));
        levels.push(vec![Held::unproven("organization", vec![need])]);
    }
    // A policy that was pasted alone was pasted because it applies: what it denies is denied, at a level that is not known. Where levels
    // were listed it stands at one of those that were not, or binds another account.
    let listed = !organizations.parents.is_empty() || organizations.targets.iter().any(|list| kind_of(list) == Some(control.word()));
    let loose: Vec<Held> = organizations
        .policies
        .iter()
        .filter(|found| !listed && found.value.policy_summary.kind.as_deref() == Some(control.word()))
        .map(|found| content(organizations, library, control, &found.value.policy_summary))
        .collect();
    if !loose.is_empty() {
        let mut level = loose;
        level.push(Held::unproven("organization", Vec::new()));
        levels.push(level);
    }
    levels.reverse();
    levels
}

/// Of the service control policies of that account at that level (as [`levels`] counts), the first of the customer's: its id and where
/// its content stands. AWS's own cannot be changed.
pub(crate) fn of_level(case: &Case<'_>, account: Option<&str>, level: usize) -> Option<(String, Citation)> {
    let policies = &case.snapshot.organizations.policies;
    let levels = levels(case, &Library::default(), Control::Service, account);
    levels.get(level)?.iter().find_map(|held| {
        let at = held.handle.at.clone()?;
        let found = policies.iter().find(|found| found.policy().is_some_and(|policy| policy.at == at))?;
        Some((found.value.policy_summary.id.clone()?, at))
    })
}

/// The account, its units and its root, and whether the root was reached.
fn ancestors(organizations: &Organizations, account: &str) -> (Vec<String>, bool) {
    let mut chain = vec![account.to_owned()];
    loop {
        let Some(child) = chain.last() else {
            return (chain, false);
        };
        let parent = organizations
            .parents
            .iter()
            .filter(|parents| parents.child.as_deref() == Some(child))
            .find_map(|parents| parents.parents.first().and_then(|found| found.value.id.clone()));
        match parent {
            Some(parent) if !chain.contains(&parent) => {
                let root = parent.starts_with("r-");
                chain.push(parent);
                if root {
                    return (chain, true);
                }
            }
            _ => return (chain, false),
        }
    }
}

fn level(organizations: &Organizations, library: &Library, control: Control, target: &str) -> Vec<Held> {
    let lists = organizations
        .targets
        .iter()
        .filter(|list| list.target.as_deref() == Some(target) && kind_of(list) == Some(control.word()));
    let Some(list) = lists.max_by_key(|list| list.listing.at.document) else {
        let need = Call::new(Operation::OrganizationsListPoliciesForTarget)
            .option("target-id", target)
            .option("filter", control.word());
        return vec![Held::unproven(target, vec![need.into()])];
    };
    let mut level: Vec<Held> = Vec::new();
    for policy in &list.policies {
        level.push(content(organizations, library, control, &policy.value));
    }
    if !list.listing.whole {
        level.push(Held::unproven(target, Vec::new()));
    }
    level
}

/// The kind of policies that a listing is of, where the command or its first policy says it.
fn kind_of(list: &TargetPolicies) -> Option<&str> {
    let first = || list.policies.first().and_then(|found| found.value.kind.as_deref());
    list.kind.as_deref().or_else(first)
}

fn content(organizations: &Organizations, library: &Library, control: Control, policy: &PolicySummary) -> Held {
    let id = policy.id.clone().unwrap_or_default();
    let name = policy.name.clone().unwrap_or_else(|| id.clone());
    if let Some(text) = organizations.policies.get(&id).and_then(|found| found.policy()) {
        return library.pasted(&name, &text, control.document());
    }
    // Both of AWS's own policies allow everything.
    if matches!(id.as_str(), "p-FullAWSAccess" | "p-RCPFullAWSAccess") {
        return match control {
            Control::Service => library.built_in(&name, FULL_ACCESS, DocumentKind::ServiceControl),
            Control::Resource => library.built_in(&name, r#"{"Version":"2012-10-17","Statement":[]}"#, DocumentKind::ResourceControl),
        };
    }
    let need = Call::new(Operation::OrganizationsDescribePolicy).option("policy-id", id);
    Held::missing(&name, vec![need.into()])
}
