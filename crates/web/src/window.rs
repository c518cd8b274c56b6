//! A few lines around a place in a long text. What it costs depends on what is shown, not on the text's length.

use std::ops::Range;

use crate::prose::visible;

/// The most lines of a marked place that are shown at first; each line more on either side shows one more of them.
const MOST_MARKED: usize = 24;
/// The most bytes of one line on either side of a mark, and of the mark itself: compact JSON is one line.
const MOST_BYTES: usize = 1000;

/// One line, taken apart at the mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) number: usize,
    pub(crate) before: String,
    /// Empty where nothing of the line is cited.
    pub(crate) marked: String,
    pub(crate) after: String,
}

/// Lines in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) lines: Vec<Line>,
    /// Whether the mark goes on below.
    pub(crate) cut: bool,
    /// Where the next line would begin; `None` at the text's end.
    pub(crate) next: Option<usize>,
}

/// The lines around a span that begins on line `number`, with `context` lines on either side.
pub(crate) fn around(text: &str, span: &Range<usize>, number: usize, context: usize) -> Window {
    let mut start = line_start(text, span.start);
    let mut number = number;
    for _ in 0..context {
        if start == 0 {
            break;
        }
        start = line_start(text, start - 1);
        number = number.saturating_sub(1);
    }
    let most = MOST_MARKED + context;
    let mut lines = Vec::new();
    let mut marked = 0;
    let mut after = 0;
    let mut next = Some(start);
    while let Some(at) = next {
        let end = line_end(text, at);
        let touches = at < span.end.max(span.start + 1) && end >= span.start;
        if touches {
            marked += 1;
        } else if at > span.start {
            after += 1;
        }
        if marked > most || after > context {
            break;
        }
        lines.push(line(text, at..end, span, number));
        number += 1;
        next = (end < text.len()).then_some(end + 1);
    }
    Window {
        lines,
        cut: marked > most,
        next,
    }
}

/// Lines from a line's beginning on.
pub(crate) fn page(text: &str, start: usize, number: usize, count: usize) -> Window {
    let mut lines = Vec::new();
    let mut next = Some(start);
    while let Some(at) = next.filter(|_| lines.len() < count) {
        let end = line_end(text, at);
        lines.push(line(text, at..end, &(0..0), number + lines.len()));
        next = (end < text.len()).then_some(end + 1);
    }
    Window { lines, cut: false, next }
}

/// Where a line begins, counted from 1; the text's end where it has no such line.
pub(crate) fn offset(text: &str, line: usize) -> usize {
    let Some(ends) = line.checked_sub(2) else { return 0 };
    text.match_indices('\n').nth(ends).map_or(text.len(), |(at, _)| at + 1)
}

fn line_start(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    before.rfind('\n').map_or(0, |found| found + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    rest.find('\n').map_or(text.len(), |found| at + found)
}

fn line(text: &str, range: Range<usize>, span: &Range<usize>, number: usize) -> Line {
    let from = span.start.clamp(range.start, range.end);
    let to = span.end.clamp(from, range.end);
    let part = |range: Range<usize>| text.get(range).unwrap_or_default();
    let (before, marked, after) = if from == to {
        (String::new(), String::new(), head(part(range)))
    } else {
        (tail(part(range.start..from)), head(part(from..to)), head(part(to..range.end)))
    };
    Line {
        number,
        before,
        marked,
        after,
    }
}

/// The beginning of a text, cut where it is long.
fn head(text: &str) -> String {
    if text.len() <= MOST_BYTES {
        return visible(text);
    }
    let kept = text.get(..text.floor_char_boundary(MOST_BYTES)).unwrap_or_default();
    format!("{}…", visible(kept))
}

/// The end of a text, cut where it is long.
fn tail(text: &str) -> String {
    if text.len() <= MOST_BYTES {
        return visible(text);
    }
    let kept = text.get(text.ceil_char_boundary(text.len() - MOST_BYTES)..).unwrap_or_default();
    format!("…{}", visible(kept))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(window: &Window) -> Vec<(usize, &str)> {
        window.lines.iter().map(|line| (line.number, line.marked.as_str())).collect()
    }

    #[test]
    fn the_cited_span_is_marked_among_its_neighbours() {
        let text = "a\nb\n{\n  \"x\": 1\n}\nc\nd";
        let start = text.find("\"x\"").unwrap();
        let window = around(text, &(start..start + 6), 4, 1);
        assert_eq!(shown(&window), [(3, ""), (4, "\"x\": 1"), (5, "")]);
        assert_eq!(window.lines[1].before, "  ");
        assert!(!window.cut);
    }

    #[test]
    fn a_span_at_the_ends_of_the_text_is_found() {
        assert_eq!(shown(&around("ab", &(0..2), 1, 3)), [(1, "ab")]);
        assert_eq!(shown(&around("x\nab\n", &(2..4), 2, 3)), [(1, ""), (2, "ab"), (3, "")]);
        assert_eq!(shown(&around("", &(0..0), 1, 3)), [(1, "")]);
    }

    #[test]
    fn a_long_mark_and_a_long_line_are_cut() {
        let text = "x\n".repeat(100);
        let window = around(&text, &(0..200), 1, 2);
        assert!(window.cut && window.lines.len() == MOST_MARKED + 2);
        assert!(!around(&text, &(0..200), 1, 100).cut);
        let text = format!("{}あ{}", "い".repeat(1000), "う".repeat(1000));
        let window = around(&text, &(3000..3003), 1, 2);
        assert_eq!(window.lines[0].marked, "あ");
        assert!(window.lines[0].before.starts_with("…い") && window.lines[0].after.ends_with('…'));
    }

    #[test]
    fn a_line_is_found_by_its_number() {
        assert_eq!([0, 1, 2, 3, 4].map(|line| offset("a\nbc\n", line)), [0, 0, 2, 5, 5]);
    }

    #[test]
    fn pages_follow_one_another() {
        let first = page("a\nb\nc", 0, 1, 2);
        assert_eq!(first.lines.len(), 2);
        let second = page("a\nb\nc", first.next.unwrap(), 3, 2);
        assert_eq!(
            (second.lines[0].number, second.lines[0].after.as_str(), second.next),
            (3, "c", None)
        );
    }
}
