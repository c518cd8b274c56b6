//! Replacing stretches of a text, and where its places are afterwards.

use std::borrow::Cow;

/// One stretch and what stands there instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edit {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) with: Cow<'static, str>,
    /// A secret: wins over any other edit that it touches.
    pub(crate) secret: bool,
}

/// Edits in order, none touching another.
#[derive(Debug, Default)]
pub(crate) struct Edits {
    list: Vec<Edit>,
    /// Where each stretch starts in the new text.
    starts: Vec<usize>,
}

impl Edits {
    pub(crate) fn new(mut edits: Vec<Edit>) -> Self {
        edits.sort_by_key(|edit| (!edit.secret, edit.start, std::cmp::Reverse(edit.end)));
        let secrets = edits.iter().take_while(|edit| edit.secret).count();
        let others = edits.split_off(secrets);
        let mut list: Vec<Edit> = Vec::with_capacity(edits.len() + others.len());
        for edit in edits {
            match list.last_mut() {
                Some(last) if edit.start < last.end => {
                    if edit.end > last.end {
                        last.end = edit.end;
                        // Line breaks of both, so that lines stay lines.
                        let breaks = edit.with.matches('\n').count();
                        let mut with = last.with.to_string();
                        for _ in 0..breaks {
                            with.push('\n');
                        }
                        last.with = Cow::Owned(with);
                    }
                }
                _ => list.push(edit),
            }
        }
        let mut secrets = list.into_iter().peekable();
        let mut list = Vec::with_capacity(secrets.len() + others.len());
        let mut end = 0;
        for edit in others {
            while let Some(secret) = secrets.next_if(|secret| secret.start < edit.end) {
                end = secret.end;
                list.push(secret);
            }
            if edit.start >= end {
                end = edit.end;
                list.push(edit);
            }
        }
        list.extend(secrets);
        let mut starts = Vec::with_capacity(list.len());
        let (mut old, mut new) = (0, 0);
        for edit in &list {
            new += edit.start - old;
            starts.push(new);
            new += edit.with.len();
            old = edit.end;
        }
        Self { list, starts }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(crate) fn apply(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for edit in &self.list {
            out.push_str(text.get(at..edit.start).unwrap_or_default());
            out.push_str(&edit.with);
            at = edit.end;
        }
        out.push_str(text.get(at..).unwrap_or_default());
        out
    }

    /// Where an offset is in the new text; inside a stretch, where that starts
    /// or (for an end) ends.
    fn map(&self, at: usize, end: bool) -> usize {
        let index = self.list.partition_point(|edit| edit.start < at);
        let before = index
            .checked_sub(1)
            .and_then(|index| Some((self.list.get(index)?, *self.starts.get(index)?)));
        match before {
            None => at,
            Some((edit, start)) if at >= edit.end => start + edit.with.len() + (at - edit.end),
            Some((edit, start)) if end => start + edit.with.len(),
            Some((_, start)) => start,
        }
    }

    pub(crate) fn start(&self, at: usize) -> usize {
        self.map(at, false)
    }

    pub(crate) fn range(&self, range: &std::ops::Range<usize>) -> std::ops::Range<usize> {
        self.map(range.start, false)..self.map(range.end, true)
    }
}
