//! From a line of what was pasted to what the answer says of it.

use std::ops::RangeInclusive;

use evidence::SourceId;

use super::Case;
use report::Report;
use report::model::Citation;
use report::words::vocabulary::Verdict;
use snapshot::order::Order as _;

/// One thing that the answer says, and the lines that prove it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Claim {
    /// The lines, from 1.
    pub(crate) lines: RangeInclusive<usize>,
    /// What is said, in the report's language.
    pub(crate) title: String,
    pub(crate) verdict: Verdict,
    /// The id of the element that says it.
    pub(crate) target: String,
}

impl Case {
    /// What rests on the lines of the input at this place, in the order of the lines.
    pub(crate) fn claims(&self, input: usize, report: &Report) -> Vec<Claim> {
        let mut claims: Vec<Claim> = Vec::new();
        for (index, finding) in report.findings.iter().enumerate() {
            for evidence in &finding.evidence {
                let Some(lines) = self.lines(input, evidence.document, &evidence.pointer) else {
                    continue;
                };
                claims.push(Claim {
                    lines,
                    title: finding.title.clone(),
                    verdict: Verdict::of(finding),
                    target: format!("finding-{index}"),
                });
            }
        }
        claims.in_order_by_key(|claim| *claim.lines.start());
        claims
    }

    /// Whether a cited part holds a text, such as an id.
    pub(crate) fn shows(&self, cited: &Citation, text: &str) -> bool {
        let place = self.place(cited.document, &cited.pointer);
        place
            .and_then(|place| place.text.get(place.span))
            .is_some_and(|cited| cited.contains(text))
    }

    fn lines(&self, input: usize, document: usize, pointer: &str) -> Option<RangeInclusive<usize>> {
        // Asked first: to resolve a place in another input would be in vain.
        let source = self.evidence.documents.get(document)?.source;
        (source == SourceId(u32::try_from(input).ok()?)).then_some(())?;
        let place = self.place(document, pointer)?;
        let cited = place.text.get(place.span)?;
        let more = cited.bytes().filter(|byte| *byte == b'\n').count();
        Some(place.line..=place.line + more)
    }
}
