//! Near misses: a statement that nearly grants a call, or grants it in a place where it does not count.

use super::{Judgement, Library};
use crate::case::Case;
use crate::model::Held as Fact;
use policy::{Document, DocumentKind, Effect, LayerKind, Layers, NearMiss, Request, Source, Verdict, evaluate, near_misses};
use snapshot::Citation;
use snapshot::iam::role::role_name;
use snapshot::iam::view::PolicyState;
use snapshot::ids::ArnText;

/// Where a permission stands instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Elsewhere {
    /// In a policy of the role in force: the statement itself is off.
    Role,
    /// The task role has it.
    TaskRole,
    /// A version of an attached policy that is not the default has it.
    OtherVersion,
    /// A policy that is not attached to the role has it.
    Unattached,
}

/// A near miss.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// Where.
    pub place: Elsewhere,
    /// The policy's name or ARN (and version).
    pub policy: String,
    /// What differs; `None` where the statement would grant it as it stands.
    pub miss: Option<NearMiss>,
    /// The statement.
    pub at: Option<Citation>,
    /// The managed policy's version, where that and not a statement is what must change.
    pub version: Option<Version>,
}

/// A version of a managed policy that would grant the call, and is not in force for the role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The policy.
    pub policy: ArnText,
    /// `v3`, where the output says it.
    pub id: Option<String>,
    /// Whether it is the policy's default version.
    pub is_default: bool,
}

/// A policy that does not count, with where it stands.
struct Other {
    place: Elsewhere,
    name: String,
    at: Citation,
    embedded: bool,
    text: String,
    version: Option<Version>,
}

/// The near misses of a denied call, the most telling first.
#[must_use]
pub(crate) fn of(case: &Case<'_>, library: &Library, judgement: &Judgement) -> Vec<Near> {
    let (Some(request), Some(principal)) = (&judgement.request, &judgement.principal) else {
        return Vec::new();
    };
    let role = ArnText::from(principal.as_str());
    let mut found = Vec::new();
    let texts = of_role(case, &role);
    for (name, at, embedded, text) in &texts {
        let document = library.document(text, DocumentKind::Identity);
        for miss in near_misses(request, &document) {
            let at = at.as_ref().map(|at| place(at, *embedded, &miss.statement));
            found.push(Near {
                place: Elsewhere::Role,
                policy: name.clone(),
                miss: Some(miss),
                at,
                version: None,
            });
        }
    }
    for other in others(case, &role) {
        let document = library.document(&other.text, DocumentKind::Identity);
        if let Some(pointer) = grants(request, &document) {
            let at = Some(place(&other.at, other.embedded, &pointer));
            found.push(Near {
                place: other.place,
                policy: other.name,
                miss: None,
                at,
                version: other.version,
            });
        }
    }
    found
}

fn place(at: &Citation, embedded: bool, pointer: &str) -> Citation {
    if embedded {
        return at.clone();
    }
    let inside = pointer
        .split('/')
        .skip(1)
        .fold(at.pointer.clone(), |pointer, part| pointer.child(part));
    Citation {
        document: at.document,
        pointer: inside,
    }
}

/// The policies in force of a role: name, place, whether it is a string inside an output, and text.
fn of_role(case: &Case<'_>, role: &ArnText) -> Vec<(String, Option<Citation>, bool, String)> {
    let view = case.snapshot.iam.role_policies(role);
    let managed = view.managed.iter().filter_map(|attachment| match &attachment.document {
        PolicyState::Pasted(version) => Some((
            attachment.arn.0.clone(),
            Some(version.document.at.clone()),
            version.document.embedded,
            version.document.text.clone(),
        )),
        PolicyState::BuiltIn(copy) => Some((attachment.arn.0.clone(), None, false, copy.document.to_owned())),
        PolicyState::Missing => None,
    });
    let inline = view.inline.iter().filter_map(|entry| {
        let document = &entry.document?.document;
        Some((
            entry.name.clone(),
            Some(document.at.clone()),
            document.embedded,
            document.text.clone(),
        ))
    });
    managed.chain(inline).collect()
}

/// Policies that do not count for the role: the task role's, other versions, and what is not attached.
fn others(case: &Case<'_>, role: &ArnText) -> Vec<Other> {
    let iam = &case.snapshot.iam;
    let mut found = Vec::new();
    if let Fact::Known(task_role) = &case.task_role
        && role_name(task_role.as_str()) != role_name(role.as_str())
    {
        for (name, at, embedded, text) in of_role(case, task_role) {
            if let Some(at) = at {
                found.push(Other {
                    place: Elsewhere::TaskRole,
                    name,
                    at,
                    embedded,
                    text,
                    version: None,
                });
            }
        }
    }
    let view = iam.role_policies(role);
    for version in &iam.versions {
        let Some(arn) = version.policy.known() else {
            continue;
        };
        let attached = view.managed.iter().find(|attachment| attachment.arn == *arn);
        let in_force = attached.is_some_and(|attachment| matches!(&attachment.document, PolicyState::Pasted(used) if *used == version));
        // Without the whole list nothing says that it is not attached.
        let place = match attached {
            Some(_) if in_force => continue,
            Some(_) => Elsewhere::OtherVersion,
            None if view.managed_list.is_complete() => Elsewhere::Unattached,
            None => continue,
        };
        let name = match (&version.version, place) {
            (Some(version), Elsewhere::OtherVersion) => format!("{arn} ({version})"),
            _ => arn.0.clone(),
        };
        found.push(Other {
            place,
            name,
            at: version.document.at.clone(),
            embedded: version.document.embedded,
            text: version.document.text.clone(),
            version: Some(Version {
                policy: arn.clone(),
                id: version.version.clone(),
                is_default: iam.policy_document(arn) == PolicyState::Pasted(version),
            }),
        });
    }
    found
}

/// The statement by which that document alone would allow the request.
fn grants(request: &Request, document: &Document) -> Option<String> {
    let layers = Layers {
        identity: vec![Source::Document((), document)],
        ..Layers::default()
    };
    let decision = evaluate(request, &layers);
    let own = decision.layers.iter().find(|layer| layer.kind == LayerKind::Identity)?;
    let statement = own.statement.as_ref().filter(|statement| statement.effect == Some(Effect::Allow))?;
    (own.verdict == Verdict::Allowed).then(|| statement.pointer.clone())
}
