//! Small helpers over text: where a part lies, what a redaction looks like, replacing a range.

use std::ops::Range;

/// The byte range of `part` inside `text`, of which it must be a subslice (as `split` and `trim` return); the end of
/// the text where an empty part is none.
pub(crate) fn span(text: &str, part: &str) -> Range<usize> {
    let start = (part.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize);
    let inside = start <= text.len() && part.len() <= text.len() - start;
    debug_assert!(inside || part.is_empty(), "{part:?} is not of {text:?}");
    if inside {
        start..start + part.len()
    } else {
        text.len()..text.len()
    }
}

/// The text with a byte range replaced; the text itself where the range is not on character boundaries.
pub(crate) fn replaced(text: &str, range: Range<usize>, with: &str) -> String {
    match (text.get(..range.start), text.get(range.end..)) {
        (Some(before), Some(after)) => format!("{before}{with}{after}"),
        _ => text.to_owned(),
    }
}

/// What people put in the place of what they will not show: `<account>`, `****`, `xxxx`, `ACCOUNT_ID`, `[redacted]`.
///
/// A lone `*` is not one: it is a wildcard that was copied from a policy.
pub(crate) fn looks_redacted(part: &str) -> bool {
    let hidden = |c: char| matches!(c, '<' | '>' | '[' | ']' | '…' | '•' | '█' | '#');
    part.contains(hidden)
        || part.contains("**")
        || (part.len() >= 3 && part.chars().all(|c| matches!(c, 'x' | 'X' | '-' | '_')) && part.contains(['x', 'X']))
        || part.starts_with("xx-")
        || part.to_ascii_lowercase().contains("redacted")
        || is_shouted(part)
}

/// `ACCOUNT_ID`, `REGION`, `AWS-ACCOUNT`: upper-case words, as placeholders in pasted text are written.
fn is_shouted(part: &str) -> bool {
    part.len() >= 4
        && part.chars().all(|c| c.is_ascii_uppercase() || matches!(c, '_' | '-'))
        && ["ACCOUNT", "REGION", "ACCT", "SECRET", "HIDDEN", "MASKED", "YOUR"]
            .iter()
            .any(|word| part.contains(word))
}

/// Whether a template's placeholder was never filled in: `${AWS::Region}`, `{{resolve:…}}`, `%REGION%`.
pub(crate) fn placeholder(text: &str) -> Option<Range<usize>> {
    for (open, close) in [("${", "}"), ("{{", "}}")] {
        if let Some((before, rest)) = text.split_once(open) {
            let length = rest.find(close).map_or(rest.len(), |at| at + close.len());
            return Some(before.len()..before.len() + open.len() + length);
        }
    }
    None
}

/// The first character that `allowed` refuses, with its byte range.
pub(crate) fn refused(text: &str, allowed: impl Fn(char) -> bool) -> Option<(Range<usize>, char)> {
    text.char_indices()
        .find(|(_, c)| !allowed(*c))
        .map(|(at, c)| (at..at + c.len_utf8(), c))
}

/// `-` and six letters or digits at the end: what Secrets Manager appends to a secret's name in its ARN.
pub(crate) fn six_character_suffix(name: &str) -> Option<(&str, &str)> {
    let (head, tail) = name.rsplit_once('-')?;
    (tail.len() == 6 && tail.chars().all(|c| c.is_ascii_alphanumeric()) && !head.is_empty()).then_some((head, tail))
}

/// Whether six characters look drawn at random, as Secrets Manager draws them, rather than a word or a date:
/// two of the three kinds lower case, upper case and digit occur. About one in a hundred random draws fails this.
pub(crate) fn looks_random(suffix: &str) -> bool {
    let kinds = [
        suffix.chars().any(|c| c.is_ascii_lowercase()),
        suffix.chars().any(|c| c.is_ascii_uppercase()),
        suffix.chars().any(|c| c.is_ascii_digit()),
    ];
    kinds.into_iter().filter(|kind| *kind).count() >= 2
}
