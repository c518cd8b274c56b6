//! Remedies that change one statement of a policy that was pasted, shown on the typed state.

use super::draft::quoted;
use crate::authorization::denials::{self, Denial};
use crate::judged::Judged;
use crate::model::Change;
use policy::{Document, DocumentKind, DraftStatement};
use snapshot::iam::policy::PolicyVersion;
use snapshot::iam::role::{PermissionsBoundary, RoleRef, role_name};
use snapshot::iam::view::PolicyState;
use snapshot::ids::ArnText;
use snapshot::order::{self, Order as _};
use snapshot::{Citation, Owner, PolicyText};

/// A policy's new text, and the typed state that holds it.
pub(in crate::findings) struct Amended {
    /// The whole document, as bash must be given it.
    pub(in crate::findings) word: String,
    /// The change.
    pub(in crate::findings) change: Change,
}

/// What a command takes as the document: the new text where it is known, else a file that the reader must write.
pub(in crate::findings) fn word(amended: Option<&Amended>) -> String {
    amended.map_or_else(|| "file://policy.json".to_owned(), |amended| amended.word.clone())
}

/// Its change.
pub(in crate::findings) fn change(amended: Option<&Amended>) -> Option<Change> {
    amended.map(|amended| amended.change.clone())
}

/// Every denial by a statement of the same document, the last statement first: a remedy that writes the document anew answers all of them,
/// or the next one would undo it.
pub(in crate::findings) fn of_document<'j>(judged: &'j Judged<'_>, denial: &Denial<'_>) -> Vec<Denial<'j>> {
    let place = |denial: &Denial<'_>| denial.statement.as_ref().and_then(|statement| statement.handle.at.clone());
    let pointer = |denial: &Denial<'_>| {
        denial
            .statement
            .as_ref()
            .map_or_else(String::new, |statement| statement.pointer.clone())
    };
    let same = place(denial).filter(|_| denial.explicit);
    let mut found: Vec<Denial<'j>> = denials::denied(judged, |_| true)
        .into_iter()
        .filter(|other| other.explicit && same.is_some() && place(other) == same)
        .collect();
    found.in_order_by_key(|denial| {
        let pointer = pointer(denial);
        std::cmp::Reverse((pointer.len(), pointer))
    });
    found
}

/// The document whose statement denies, narrowed so that it spares the role that calls.
pub(in crate::findings) fn sparing(judged: &Judged<'_>, denial: &Denial<'_>, kind: DocumentKind) -> Option<Amended> {
    let statement = denial.statement.as_ref().filter(|_| denial.explicit)?;
    of(judged, statement.handle.at.as_ref()?, kind, |document| {
        spared(judged, denial, document, kind)
    })
}

fn spared(judged: &Judged<'_>, denial: &Denial<'_>, document: &Document, kind: DocumentKind) -> Option<String> {
    let mut written: Option<String> = None;
    for other in of_document(judged, denial) {
        let statement = other.statement.as_ref()?;
        // The ARN as policies see it: with its path, where that is known.
        let requests = other.calls.iter().filter_map(|made| made.judgement.request.as_ref());
        for role in order::set(requests.filter_map(|request| request.principal().arn())) {
            let line = match &written {
                Some(line) => Document::parse(line, kind).0.sparing(&statement.pointer, &role),
                None => document.sparing(&statement.pointer, &role),
            };
            written = Some(line?);
        }
    }
    written
}

/// The document without the statements that deny.
pub(in crate::findings) fn without(judged: &Judged<'_>, denial: &Denial<'_>, kind: DocumentKind) -> Option<Amended> {
    let statement = denial.statement.as_ref().filter(|_| denial.explicit)?;
    of(judged, statement.handle.at.as_ref()?, kind, |document| {
        let mut written: Option<String> = None;
        for other in of_document(judged, denial) {
            let pointer = &other.statement.as_ref()?.pointer;
            let line = match &written {
                Some(line) => Document::parse(line, kind).0.without(pointer),
                None => document.without(pointer),
            };
            written = Some(line?);
        }
        written
    })
}

/// The policy that stands there, with these statements added.
pub(in crate::findings) fn adding(
    judged: &Judged<'_>,
    at: &Citation,
    kind: DocumentKind,
    statements: &[DraftStatement],
) -> Option<Amended> {
    of(judged, at, kind, |document| extended(document, kind, statements))
}

/// The document with these statements added.
fn extended(document: &Document, kind: DocumentKind, statements: &[DraftStatement]) -> Option<String> {
    let (last, before) = statements.split_last()?;
    let mut document = document.clone();
    for statement in before {
        document = Document::parse(&document.adding(statement)?, kind).0;
    }
    document.adding(last)
}

/// A boundary of AWS's own, which nobody can change, replaced by a policy of the account's: a copy that lets the calls through.
pub(in crate::findings) fn own_boundary(
    judged: &Judged<'_>,
    denial: &Denial<'_>,
    boundary: &str,
    statements: &[DraftStatement],
) -> Option<(String, Change)> {
    let iam = &judged.case.snapshot.iam;
    let text = match iam.policy_document(&ArnText::from(boundary)) {
        PolicyState::Pasted(version) => version.document.text.clone(),
        PolicyState::BuiltIn(policy) => policy.document.to_owned(),
        PolicyState::Missing => return None,
    };
    let document = Document::parse(&text, DocumentKind::Boundary).0;
    let line = if denial.explicit {
        spared(judged, denial, &document, DocumentKind::Boundary)
    } else {
        extended(&document, DocumentKind::Boundary, statements)
    }?;
    let role = super::draft::principal(&denial.calls)?;
    let at = iam.roles.get(&role)?.at.clone();
    let (name, partition, account) = (role_name(role.as_str()), role.field(1)?, role.field(4)?);
    let policy = format!("arn:{partition}:iam::{account}:policy/{name}-boundary");
    let command = format!(
        "aws iam create-policy --policy-name {name}-boundary --policy-document {}\naws iam put-role-permissions-boundary --role-name {name} --permissions-boundary {policy}",
        quoted(&line)
    );
    let policy = ArnText::from(policy.as_str());
    let change = Change::new(move |snapshot| {
        snapshot.iam.roles.edit(|found| {
            if found.arn.as_ref() == Some(&role) {
                found.permissions_boundary = Some(PermissionsBoundary {
                    permissions_boundary_arn: Some(policy.clone()),
                });
            }
        });
        snapshot.iam.versions.push(PolicyVersion {
            policy: Owner::Stated(policy.clone()),
            version: Some("v1".to_owned()),
            is_default: Some(true),
            document: PolicyText {
                text: line.clone(),
                at: at.clone(),
                embedded: true,
            },
            collected: None,
        });
    });
    Some((command, change))
}

fn of(judged: &Judged<'_>, at: &Citation, kind: DocumentKind, edit: impl FnOnce(&Document) -> Option<String>) -> Option<Amended> {
    let text = judged.case.snapshot.policy_at(at)?.text;
    let line = edit(&Document::parse(&text, kind).0)?;
    let at = at.clone();
    Some(Amended {
        word: quoted(&line),
        change: Change::new(move |snapshot| snapshot.replace_policy(&at, &line)),
    })
}

/// A managed policy taken off the role.
pub(in crate::findings) fn detached(role: &ArnText, policy: &str) -> Change {
    let (role, policy) = (role.clone(), policy.to_owned());
    Change::new(move |snapshot| {
        let lists = snapshot.iam.attached.iter_mut();
        for list in lists.filter(|list| list.role.known().is_some_and(|named| named.is(&role))) {
            list.policies
                .retain(|found| found.value.policy_arn.as_ref().is_none_or(|arn| arn.as_str() != policy));
        }
    })
}

/// An inline policy taken off the role.
pub(in crate::findings) fn deleted(role: &ArnText, policy: &str) -> Change {
    let (role, policy) = (role.clone(), policy.to_owned());
    Change::new(move |snapshot| {
        let of_role = |named: &RoleRef| named.is(&role);
        snapshot
            .iam
            .inline
            .retain(|inline| !(of_role(&inline.role) && inline.name == policy));
        for list in &mut snapshot.iam.inline_names {
            if list.role.known().is_some_and(of_role) {
                list.names.retain(|found| found.value != policy);
            }
        }
    })
}

/// `aws iam create-policy-version …`: the new default version of a managed policy.
pub(in crate::findings) fn new_version(arn: &str, document: &str) -> String {
    format!("aws iam create-policy-version --policy-arn {arn} --policy-document {document} --set-as-default")
}

/// `aws iam put-role-policy …`: the new text of an inline policy.
pub(in crate::findings) fn new_inline(role: &ArnText, policy: &str, document: &str) -> String {
    let role = role_name(role.as_str());
    format!("aws iam put-role-policy --role-name {role} --policy-name {policy} --policy-document {document}")
}

/// `aws organizations update-policy …`: the new content of a control policy.
pub(in crate::findings) fn new_content(id: &str, document: &str) -> String {
    format!("aws organizations update-policy --policy-id {id} --content {document}")
}
