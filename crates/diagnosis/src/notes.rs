//! What others said of the same failure: AWS's runbook, VPC Reachability Analyzer, flow logs, CloudTrail. Shown beside the document that
//! says it and compared with what is proven. A note is no verdict; what a flow record proves is judged with the walk.

mod analyzer;
mod flow;
mod runbook;
mod trail;

pub use analyzer::EXPLANATIONS;

use crate::authorization::compare;
use crate::case::Case;
use crate::judged::Judged;
use crate::model::{Finding, Note};
use evidence::DocumentId;
use snapshot::Text;
use snapshot::order::Order as _;
use std::collections::BTreeMap;

/// The notes on the pasted documents, in the order of what was pasted.
#[must_use]
pub(crate) fn of(judged: &Judged<'_>, findings: &[Finding]) -> Vec<Note> {
    let case = judged.case;
    let mut notes = runbook::notes(case, findings);
    notes.extend(analyzer::notes(case, findings));
    notes.extend(flow::notes(case));
    notes.extend(trail::notes(case));
    notes.extend(compare::notes(judged));
    notes.extend(twice(case));
    notes
}

/// Resources that another output shows with other content, said beside the one that does not count.
fn twice(case: &Case<'_>) -> Vec<Note> {
    let mut documents: BTreeMap<DocumentId, Vec<String>> = BTreeMap::new();
    for (name, contradiction) in case.snapshot.contradictions() {
        documents.entry(contradiction.dropped.document).or_default().push(name);
    }
    let told = documents.into_iter().map(|(document, mut names)| {
        names.in_order();
        names.dedup();
        let names = some(&names, 6, ", ");
        Note {
            document,
            text: Text::new(
                format!("Pasted twice with different content: {names}. What is newer counts, else what was pasted later; here stands the other."),
                format!(
                    "内容の異なる出力が重複しています: {names}。新しい方、判別できない場合は後から貼り付けられた方を使用し、この出力の内容は使用していません。"
                ),
            ),
        }
    });
    told.collect()
}

/// The last part of an ARN or path, by which people name a resource.
fn short(name: &str) -> &str {
    name.rsplit(['/', ':']).next().unwrap_or(name)
}

/// At most so many, joined, with how many more there are.
fn some(items: &[String], most: usize, between: &str) -> String {
    let shown = items.iter().take(most).cloned().collect::<Vec<_>>().join(between);
    match items.len().saturating_sub(most) {
        0 => shown,
        more => format!("{shown}{between}… (+{more})"),
    }
}

/// The text, cut where it is too long to read.
fn cut(text: &str, most: usize) -> String {
    let mut shown: String = text.chars().take(most).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}
