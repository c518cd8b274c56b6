//! What is a secret's value, and what stands in its place afterwards.
//!
//! The rules err towards dropping: a secret kept is a leak, a value dropped is
//! at worst a question more. No verdict rests on a secret's value.

pub(crate) mod names;
mod prose;

pub(crate) use prose::mask_prose;

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
        let breaks = text
            .get(start..end)
            .map_or(0, |dropped| dropped.matches('\n').count());
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
pub(crate) fn apply(text: &str, masks: &mut Vec<Mask>) -> String {
    tidy(masks);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for mask in masks.iter() {
        out.push_str(text.get(at..mask.start).unwrap_or_default());
        out.push_str(&mask.with);
        at = mask.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// Orders masks and leaves out those inside others; overlapping ones grow
/// together.
pub(crate) fn tidy(masks: &mut Vec<Mask>) {
    masks.sort_by_key(|mask| (mask.start, std::cmp::Reverse(mask.end)));
    let mut kept: Vec<Mask> = Vec::with_capacity(masks.len());
    for mask in masks.drain(..) {
        match kept.last_mut() {
            Some(last) if mask.start < last.end => last.end = last.end.max(mask.end),
            _ => kept.push(mask),
        }
    }
    *masks = kept;
}
