//! What differs between two sets of evidence of one case.
//!
//! Typed resources are compared by their typed values, so that another order of members, another form of a time, or a member that no
//! analysis reads is no change. What is no collection of resources (policies, settings) is compared document by document, where both were
//! printed by the same call. Nothing is said to be gone or new unless the same call was made before and after, and only one answer has it.

mod entries;
mod members;

use crate::core::collection::Contradiction;
use crate::core::json::canonical;
use crate::core::order::Order as _;
use crate::load::Snapshot;
use entries::Entry;
use evidence::{Body, Citation, Completeness, Document, DocumentId, Evidence, Operation, Pointer};
use std::collections::BTreeMap;

pub use members::MemberChange;

/// How a resource differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// It is in both, with other content.
    Changed,
    /// The same call listed it after, not before.
    Added,
    /// The same call listed it before, not after.
    Gone,
}

/// One resource, or the output of one call, that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The operation that shows it.
    pub operation: Operation,
    /// The resource's id; what the call named where it is no resource.
    pub subject: String,
    /// How it differs.
    pub kind: ChangeKind,
    /// Where it stood.
    pub before: Option<Citation>,
    /// Where it stands.
    pub after: Option<Citation>,
    /// The members that differ; empty where it is new or gone, or where its JSON is cut.
    pub members: Vec<MemberChange>,
}

/// The call that printed a document: its operation and options, without those that change the form of the output only.
type Asked<'a> = (Operation, BTreeMap<&'a str, &'a [String]>, Option<&'a str>);

fn asked(document: &Document) -> Option<Asked<'_>> {
    let command = document.command.as_ref().filter(|command| !command.piped)?;
    let options = command.options.iter();
    let options = options.filter(|(name, _)| !matches!(name.as_str(), "output" | "region" | "profile" | "no-cli-pager" | "no-paginate"));
    Some((
        document.operation?,
        options.map(|(name, values)| (name.as_str(), values.as_slice())).collect(),
        command.region(),
    ))
}

/// For each document of the second set, those of the first that the same call printed. A denial takes nothing back.
#[derive(Clone, Debug, Default)]
pub struct Repeated(BTreeMap<DocumentId, DocumentId>);

impl Repeated {
    /// `is_before` tells the first set from the second.
    #[must_use]
    pub fn of(evidence: &Evidence, is_before: &dyn Fn(&Document) -> bool) -> Self {
        let mut found = BTreeMap::new();
        let (before, after): (Vec<_>, Vec<_>) = evidence.documents.iter().partition(|document| is_before(document));
        for old in before {
            let Some(call) = asked(old) else { continue };
            let again = after.iter().rev().find(|new| answers(new) && asked(new).as_ref() == Some(&call));
            if let Some(new) = again {
                found.insert(old.id, new.id);
            }
        }
        Self(found)
    }

    /// The document that a call of the first set printed when it was made again.
    #[must_use]
    pub fn again(&self, before: DocumentId) -> Option<DocumentId> {
        self.0.get(&before).copied()
    }

    fn earlier(&self, after: DocumentId) -> Option<DocumentId> {
        self.0.iter().find(|(_, new)| **new == after).map(|(old, _)| *old)
    }
}

/// Whether a document says how things are: an output, or an error that says that there is nothing.
fn answers(document: &Document) -> bool {
    match &document.body {
        Body::Output(_) => true,
        Body::Error(error) => error.code.contains("NotFound") || error.code.contains("NoSuch"),
        _ => false,
    }
}

impl Snapshot {
    /// Resources that were pasted twice with different content, by what they are called.
    #[must_use]
    pub fn contradictions(&self) -> Vec<(String, &Contradiction)> {
        entries::contradictions(self)
    }
}

/// What differs, in the order of the second set's documents; what is gone stands last.
#[must_use]
pub fn between(evidence: &Evidence, before: &Snapshot, after: &Snapshot, repeated: &Repeated) -> Vec<Change> {
    let (old, new) = (entries::of(before), entries::of(after));
    let mut found = Vec::new();
    for (id, entry) in &new {
        let change = |kind, before: Option<&Entry<'_>>, members| Change {
            operation: id.0,
            subject: entries::shown(&id.1),
            kind,
            before: before.map(|entry| entry.at.clone()),
            after: Some(entry.at.clone()),
            members,
        };
        match old.get(id) {
            Some(earlier) if !earlier.value.same(entry.value) => {
                let members = members::between(evidence, earlier.at, entry.at);
                found.push(change(ChangeKind::Changed, Some(earlier), members));
            }
            None if whole(evidence, repeated.earlier(entry.at.document)) => found.push(change(ChangeKind::Added, None, Vec::new())),
            _ => {}
        }
    }
    found.extend(documents(evidence, &old, &new, repeated));
    found.in_order_by(|a, b| a.after.cmp(&b.after).then_with(|| a.subject.cmp(&b.subject)));
    for (id, entry) in &old {
        if !new.contains_key(id) && whole(evidence, repeated.again(entry.at.document)) {
            found.push(Change {
                operation: id.0,
                subject: entries::shown(&id.1),
                kind: ChangeKind::Gone,
                before: Some(entry.at.clone()),
                after: None,
                members: Vec::new(),
            });
        }
    }
    found
}

fn whole(evidence: &Evidence, document: Option<DocumentId>) -> bool {
    let document = document.and_then(|id| evidence.document(id));
    document.is_some_and(|document| document.completeness == Completeness::Whole && answers(document))
}

/// Outputs of the same call that hold no resource of a collection, such as a policy.
fn documents(evidence: &Evidence, old: &entries::Entries<'_>, new: &entries::Entries<'_>, repeated: &Repeated) -> Vec<Change> {
    let holds = |entries: &entries::Entries<'_>, id: DocumentId| entries.values().any(|entry| entry.at.document == id);
    let mut found = Vec::new();
    for (&before, &after) in &repeated.0 {
        let (Some(earlier), Some(later)) = (evidence.document(before), evidence.document(after)) else {
            continue;
        };
        if holds(old, before) || holds(new, after) || said(evidence, earlier) == said(evidence, later) {
            continue;
        }
        let at = |document| Citation {
            document,
            pointer: Pointer::root(),
        };
        let named = later.command.iter().flat_map(|command| &command.options);
        let named = named.filter(|(name, _)| !matches!(name.as_str(), "output" | "region" | "profile"));
        found.push(Change {
            operation: later.operation.unwrap_or(Operation::AwsPolicyDocument),
            subject: named.flat_map(|(_, values)| values.clone()).collect::<Vec<_>>().join(" "),
            kind: ChangeKind::Changed,
            before: Some(at(before)),
            after: Some(at(after)),
            members: members::between(evidence, &at(before), &at(after)),
        });
    }
    found
}

fn said(evidence: &Evidence, document: &Document) -> String {
    let json = evidence.json(document);
    json.and_then(canonical).unwrap_or_else(|| evidence.text(document).to_owned())
}
