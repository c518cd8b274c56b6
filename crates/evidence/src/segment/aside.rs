//! The work of taking a text apart, put aside and resumed.

use super::{Segmenter, Segments};
use crate::secrets::names;
use crate::walk::Rules;

/// How far a decoded, cleaned text is taken apart. The text stays with the caller, so that the work can be put aside.
#[derive(Debug)]
pub(crate) struct Segmenting {
    pos: usize,
    rules: Rules,
    leak: Option<usize>,
    line_end: usize,
    no_yaml: usize,
    out: Segments,
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
        let mut segmenter = Segmenter::resumed(text, self);
        while segmenter.pos < until {
            segmenter.step();
        }
        segmenter.put_aside()
    }

    /// All parts of the text, the rest of it included.
    pub(crate) fn finish(self, text: &str) -> Segments {
        Segmenter::resumed(text, self.on(text, usize::MAX)).finish()
    }
}

impl<'a> Segmenter<'a> {
    fn resumed(text: &'a str, aside: Segmenting) -> Self {
        let Segmenting {
            pos,
            rules,
            leak,
            line_end,
            no_yaml,
            out,
        } = aside;
        Self {
            text,
            pos,
            rules,
            leak,
            line_end,
            no_yaml,
            out,
        }
    }

    fn put_aside(self) -> Segmenting {
        let Self {
            text: _,
            pos,
            rules,
            leak,
            line_end,
            no_yaml,
            out,
        } = self;
        Segmenting {
            pos,
            rules,
            leak,
            line_end,
            no_yaml,
            out,
        }
    }
}
