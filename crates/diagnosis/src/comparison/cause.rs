//! What became of one cause.

use super::{Cause, Gone};
use crate::model::{Diagnosis, Finding, Status};
use snapshot::Citation;
use snapshot::changes::Change;

/// What is known after the second set.
pub(super) struct Sight<'a> {
    /// The second set alone.
    pub(super) after: &'a Diagnosis,
    /// The second set laid over the first.
    pub(super) now: &'a Diagnosis,
    /// What differs.
    pub(super) changes: &'a [Change],
    /// Where a newer task runs.
    pub(super) runs: Option<&'a Citation>,
    /// Whether a citation is of the second set.
    pub(super) is_second: &'a dyn Fn(&Citation) -> bool,
}

impl Sight<'_> {
    /// A task that runs, or a proof of the second set that the fault is not there (any more), makes a cause gone; the fault still proven
    /// with something of the second set makes it remain. A fault that is no longer found only because what proved it changed is gone, too.
    pub(super) fn judge(&self, finding: &Finding) -> Cause {
        let (gone, evidence) = if let Some(at) = self.runs {
            (Gone::Yes, vec![at.clone()])
        } else if let Some(still) = self.find(self.after, finding, Status::Fail) {
            (Gone::No, self.second(still))
        } else if let Some(still) = self.find(self.now, finding, Status::Fail) {
            let shown = self.second(still);
            (if shown.is_empty() { Gone::Unknown } else { Gone::No }, shown)
        } else {
            self.vanished(finding)
        };
        Cause {
            finding: finding.clone(),
            gone,
            evidence,
        }
    }

    fn vanished(&self, finding: &Finding) -> (Gone, Vec<Citation>) {
        let passes = self
            .find(self.now, finding, Status::Pass)
            .map(|pass| self.second(pass))
            .unwrap_or_default();
        if !passes.is_empty() {
            return (Gone::Yes, passes);
        }
        // Not decided any more: what was pasted again says less than before.
        if self
            .now
            .findings
            .iter()
            .any(|other| other.code == finding.code && other.status == Status::Unknown)
        {
            return (Gone::Unknown, Vec::new());
        }
        let changed: Vec<Citation> = self
            .changes
            .iter()
            .filter(|change| {
                change
                    .before
                    .as_ref()
                    .is_some_and(|before| finding.evidence.iter().any(|at| within(at, before)))
            })
            .filter_map(|change| change.after.clone())
            .collect();
        let removed = self.changes.iter().any(|change| {
            let before = change.before.as_ref();
            change.after.is_none() && before.is_some_and(|before| finding.evidence.iter().any(|at| within(at, before)))
        });
        let gone = if changed.is_empty() && !removed { Gone::Unknown } else { Gone::Yes };
        (gone, changed)
    }

    fn find<'d>(&self, diagnosis: &'d Diagnosis, finding: &Finding, status: Status) -> Option<&'d Finding> {
        diagnosis
            .findings
            .iter()
            .find(|other| other.code == finding.code && other.status == status && shares(&other.subject, &finding.subject))
    }

    fn second(&self, finding: &Finding) -> Vec<Citation> {
        finding.evidence.iter().filter(|at| (self.is_second)(at)).cloned().collect()
    }
}

fn shares(a: &[String], b: &[String]) -> bool {
    a.iter().all(|one| b.contains(one)) || b.iter().all(|one| a.contains(one))
}

/// Whether a citation lies in the resource (or document) that another cites.
fn within(at: &Citation, resource: &Citation) -> bool {
    let (inner, outer) = (at.pointer.as_str(), resource.pointer.as_str());
    at.document == resource.document
        && inner
            .strip_prefix(outer)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
