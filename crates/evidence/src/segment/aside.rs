//! The work of taking a text apart, put aside and resumed.

use super::{Segmenter, Segments};
use crate::secrets::names;
use crate::walk::Rules;

/// How far a decoded, cleaned text is taken apart. The text stays with the caller, so that the work can be put aside.
#[derive(Debug)]
pub(crate) struct Segmenting {
    pub(super) pos: usize,
    pub(super) rules: Rules,
    /// From here on the text may be a secret's, until something is recognised.
    pub(super) leak: Option<usize>,
    /// Where the line that is being read ends.
    pub(super) line_end: usize,
    /// Up to here no YAML starts: it was tried.
    pub(super) no_yaml: usize,
    pub(super) out: Segments,
}

impl Segmenting {
    /// The beginning of a text.
    pub(crate) fn of(text: &str) -> Self {
        Self {
            pos: 0,
            rules: Rules {
                level: 0,
                all: false,
                access_keys: names::find_access_key(text, 0).is_some(),
            },
            leak: None,
            line_end: 0,
            no_yaml: 0,
            out: Segments::default(),
        }
    }

    /// How many bytes are taken apart.
    pub(crate) const fn done(&self) -> usize {
        self.pos
    }

    /// Goes on in the same text for about so many bytes; a document is never left in the middle.
    pub(crate) fn on(self, text: &str, bytes: usize) -> Self {
        let until = self.pos.saturating_add(bytes).min(text.len());
        let mut segmenter = Segmenter { text, state: self };
        while segmenter.state.pos < until {
            segmenter.step();
        }
        segmenter.state
    }

    /// All parts of the text, the rest of it included.
    pub(crate) fn finish(self, text: &str) -> Segments {
        let state = self.on(text, usize::MAX);
        Segmenter { text, state }.finish()
    }
}
