//! What is left between documents.

use std::ops::Range;

use super::Reading;
use crate::document::Body;
use crate::lines;

impl Reading<'_> {
    /// A stretch between documents, kept where it says anything.
    pub(super) fn prose(&mut self, range: Range<usize>) {
        let gap = self.slice(&range);
        let mut kept: Option<Range<usize>> = None;
        let mut at = range.start;
        for line in gap.split_inclusive('\n') {
            if says_something(line.trim()) {
                let start = at + line.len() - line.trim_start().len();
                let end = at + line.trim_end().len();
                kept = Some(kept.map_or(start, |kept| kept.start)..end);
            }
            at += line.len();
        }
        if let Some(kept) = kept {
            let document = self.document(kept, Body::Text);
            self.documents.push(document);
        }
    }
}

/// Whether a line is more than a prompt or a mark.
fn says_something(line: &str) -> bool {
    let rest = line.get(lines::prompt_len(line).unwrap_or(0)..).unwrap_or_default();
    let word = rest.trim();
    !matches!(word, "aws:" | "An" | "--More--" | "aws: [ERROR]:" | "***" | "JSON" | "json" | "")
        && word.chars().filter(|c| c.is_alphanumeric()).count() >= 3
}
