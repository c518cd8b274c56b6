//! What others said of the same failure: AWS's runbook, VPC Reachability Analyzer, flow logs, CloudTrail. Shown beside the document that
//! says it and compared with what is proven. A note is no verdict; what a flow record proves is judged with the walk.

mod analyzer;
mod flow;
mod runbook;
mod trail;

pub use analyzer::EXPLANATIONS;

use crate::authorization::compare;
use crate::judged::Judged;
use crate::model::{Finding, Note};

/// The notes on the pasted documents, in the order of what was pasted.
#[must_use]
pub(crate) fn of(judged: &Judged<'_>, findings: &[Finding]) -> Vec<Note> {
    let case = judged.case;
    let mut notes = runbook::notes(case, findings);
    notes.extend(analyzer::notes(case, findings));
    notes.extend(flow::notes(case));
    notes.extend(trail::notes(case));
    notes.extend(compare::notes(judged));
    notes
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
