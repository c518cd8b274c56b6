//! Lines of running text: words of ours, data from the paste, verdicts.

use crate::words::vocabulary::Tone;

/// A run within a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Inline {
    /// Running text; may hold data of the paste, so it is escaped like any other.
    Words(String),
    /// Data, shown in code style.
    Data(String),
    /// A label.
    Label(String),
    /// A verdict with its mark.
    Mark(Tone, String),
}

/// A line of running text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Line(pub(crate) Vec<Inline>);

impl Line {
    /// Nothing yet.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// One run of data.
    pub(crate) fn data(text: impl Into<String>) -> Self {
        Self(vec![Inline::Data(text.into())])
    }

    /// Prose as the model holds it: what stands between two backticks is data.
    pub(crate) fn prose(text: &str) -> Self {
        let mut line = Self::new();
        let mut rest = text;
        while let Some((before, opened)) = rest.split_once('`') {
            let Some((data, after)) = opened.split_once('`') else {
                break;
            };
            line = line.words(before);
            // An empty pair is no data; dropping it would hide that the sentence has a hole.
            line = if data.trim().is_empty() {
                line.words("``")
            } else {
                line.and(Inline::Data(data.to_owned()))
            };
            rest = after;
        }
        line.words(rest)
    }

    /// A verdict with its mark.
    pub(crate) fn mark(tone: Tone, text: impl Into<String>) -> Self {
        Self(vec![Inline::Mark(tone, text.into())])
    }

    /// A label.
    pub(crate) fn label(text: &str) -> Self {
        Self(vec![Inline::Label(text.to_owned())])
    }

    /// Adds a run.
    #[must_use]
    pub(crate) fn and(mut self, inline: Inline) -> Self {
        self.0.push(inline);
        self
    }

    /// Adds words.
    #[must_use]
    pub(crate) fn words(self, text: &str) -> Self {
        if text.is_empty() {
            self
        } else {
            self.and(Inline::Words(text.to_owned()))
        }
    }

    /// Adds another line's runs.
    #[must_use]
    pub(crate) fn then(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Several lines as one, parted by `separator`.
    pub(crate) fn join(lines: impl IntoIterator<Item = Self>, separator: &str) -> Self {
        let mut joined = Self::new();
        for (index, line) in lines.into_iter().enumerate() {
            joined = if index == 0 { line } else { joined.words(separator).then(line) };
        }
        joined
    }

    /// Whether there is nothing to show.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The paragraphs of prose, parted by blank lines.
pub(super) fn paragraphs(text: &str) -> Vec<Line> {
    let mut paragraphs = Vec::new();
    let mut current = String::new();
    for line in text.lines().chain([""]) {
        if !line.trim().is_empty() {
            if !current.is_empty() {
                current.push(' ');
            }
            current.push_str(line.trim());
        } else if !current.is_empty() {
            paragraphs.push(Line::prose(&current));
            current.clear();
        }
    }
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backticks_mark_data() {
        assert_eq!(
            Line::prose("a `b` c"),
            Line::new().words("a ").and(Inline::Data("b".into())).words(" c")
        );
        assert_eq!(Line::prose("a ` b"), Line::new().words("a ` b"));
        assert_eq!(Line::prose("a `` b"), Line::new().words("a ").words("``").words(" b"));
    }

    #[test]
    fn blank_lines_part_paragraphs() {
        assert_eq!(paragraphs("a\nb\n\n \nc"), [Line::prose("a b"), Line::prose("c")]);
        assert_eq!(paragraphs(" \n"), []);
    }
}
