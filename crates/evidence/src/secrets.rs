//! What is a secret's value, and what stands in its place afterwards.
//!
//! The rules err towards dropping: a secret kept is a leak, a value dropped is
//! at worst a question more. No verdict rests on a secret's value.

pub(crate) mod names;
mod prose;

pub(crate) use prose::mask_prose;

use crate::edits::{Edit, Edits};

/// What stands where a secret value stood.
pub const MASK: &str = "***";

/// A stretch of text whose content is dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mask {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// What stands there instead; the lines of the text stay as they are.
    pub(crate) with: String,
}

impl Mask {
    /// Drops `start..end` of `text`, keeping its line breaks.
    pub(crate) fn over(text: &str, start: usize, end: usize) -> Self {
        let breaks = text.get(start..end).map_or(0, |dropped| dropped.matches('\n').count());
        let mut with = String::with_capacity(MASK.len() + breaks);
        with.push_str(MASK);
        for _ in 0..breaks {
            with.push('\n');
        }
        Self { start, end, with }
    }
}

/// Applies masks to a text of their own (not to a source): for strings inside
/// strings.
pub(crate) fn apply(text: &str, masks: Vec<Mask>) -> String {
    Edits::new(masks.into_iter().map(Edit::from).collect()).apply(text)
}

impl From<Mask> for Edit {
    fn from(mask: Mask) -> Self {
        Self {
            start: mask.start,
            end: mask.end,
            with: mask.with.into(),
            secret: true,
        }
    }
}
