//! What stands around the error: service events, consoles, stop codes, quoting.

use super::clean::Clean;
use super::squeezed::Squeezed;

/// The characters `from..to` of the clean text that are the error itself.
pub(super) fn inner(clean: &Clean) -> (usize, usize) {
    let mut from = 0;
    let mut to = clean.chars.len();
    // Each turn takes one envelope off; a console's, an event's and a stop code's can stand inside each other.
    for _ in 0..6 {
        let squeezed = Squeezed::part(clean, from, to);
        let (next_from, next_to) = outer(clean, &squeezed, from, to);
        if (next_from, next_to) == (from, to) {
            break;
        }
        (from, to) = (next_from, next_to);
    }
    (from, to)
}

fn outer(clean: &Clean, squeezed: &Squeezed, from: usize, to: usize) -> (usize, usize) {
    let event = squeezed.end_of("wasunabletoplaceatask.reason:").map(|at| (at, true));
    let launch = squeezed.end_of("failedtolaunchataskwith(error").map(|at| (at, true));
    let glued = [
        "taskfailedtostart",
        "stopped(",
        "stoppedreason",
        "statusreason",
        "reason:",
        "containerreason",
        "status:stopped",
        "laststatus:stopped",
    ]
    .into_iter()
    .find(|word| squeezed.starts(word))
    .and_then(|word| squeezed.end_of(word))
    .map(|at| (at, false));
    let (start, is_event) = event.or(launch).or(glued).unwrap_or((from, false));
    let space = |char: &char| char.is_whitespace();
    let lead = |char: &char| space(char) || matches!(char, ':' | '-' | '|' | ',' | '"' | '\'' | '`' | '=');
    let part = clean.chars.get(start..to).unwrap_or_default();
    let skipped = part
        .iter()
        .take_while(|char| {
            if start > from {
                lead(char)
            } else {
                space(char) || matches!(char, '"' | '`')
            }
        })
        .count();
    // An event without anything after its lead words is its own text.
    if skipped == part.len() {
        return (from, to);
    }
    let begin = start + skipped;
    let mut end = to;
    let part = |end: usize| clean.chars.get(begin..end).unwrap_or_default();
    while let Some(last) = part(end).last() {
        let count = |char: char| part(end).iter().filter(|other| **other == char).count();
        let unmatched = match last {
            ')' => count('(') < count(')'),
            ']' => count('[') < count(']'),
            '"' => count('"') % 2 == 1,
            '`' => true,
            '.' => is_event && !part(end).ends_with(&['.', '.']),
            other => other.is_whitespace(),
        };
        if !unmatched {
            break;
        }
        end -= 1;
    }
    if begin >= end { (from, to) } else { (begin, end) }
}
