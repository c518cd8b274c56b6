//! A remedy tried on what was pasted: what would be gone, and what would be new.

use diagnosis::model::{Finding, Status};
use report::Lang;

use super::Case;

/// What a remedy would change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tried {
    /// Titles of faults that would be gone.
    pub(crate) gone: Vec<String>,
    /// Titles of faults that would stay.
    pub(crate) left: Vec<String>,
    /// Titles of faults and traps that would be new.
    pub(crate) new: Vec<String>,
}

impl Case {
    /// Whether the remedy can be tried: the pasted state has what it changes.
    pub(crate) fn can_try(&self, finding: usize, fix: usize) -> bool {
        self.fix(finding, fix).is_some_and(|fix| fix.change.is_some())
    }

    /// Carries a remedy out on a copy of the state and diagnoses that.
    pub(crate) fn try_fix(&self, finding: usize, fix: usize, lang: Lang) -> Option<Tried> {
        let change = self.fix(finding, fix)?.change.as_ref()?;
        let after = diagnosis::diagnose_changed(&self.evidence, &self.snapshot, &self.options, change);
        let before = &self.diagnosis().findings;
        let fault = |finding: &&Finding| matches!(finding.status, Status::Fail | Status::Warn);
        let among = |finding: &Finding, others: &[Finding]| {
            let mut others = others.iter().filter(fault);
            others.any(|other| other.code == finding.code && other.subject == finding.subject)
        };
        let title = |finding: &Finding| lang.pick(&finding.title.en, &finding.title.ja).to_string();
        let titles = |findings: &[Finding], others: &[Finding], stay: bool| {
            let chosen = findings.iter().filter(fault).filter(|finding| among(finding, others) == stay);
            chosen.map(title).collect()
        };
        Some(Tried {
            gone: titles(before, &after, false),
            left: titles(before, &after, true),
            new: titles(&after, before, false),
        })
    }

    fn fix(&self, finding: usize, fix: usize) -> Option<&diagnosis::model::Fix> {
        self.diagnosis().findings.get(finding)?.fixes.get(fix)
    }
}
