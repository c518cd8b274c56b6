//! Reads one token of a clean text: a name, a number, an ARN, up to where the surrounding sentence goes on.

use super::clean::Clean;

/// A token and whether the text goes on after it (a token at the very end may have been cut).
pub(super) struct Token {
    pub(super) text: String,
    pub(super) ended: bool,
}

fn quote(char: char) -> bool {
    matches!(char, '"' | '\'' | '`' | '*' | '\\')
}

/// Whether three stars or more begin there: what stands in place of an account, not a page's emphasis.
fn blanked(rest: &[char]) -> bool {
    rest.iter().take(3).filter(|char| **char == '*').count() == 3
}

/// The token that begins at that character, or after the blanks and quotes there.
pub(super) fn token(clean: &Clean, at: usize) -> Option<Token> {
    let rest = clean.chars.get(at..)?;
    let lead = rest
        .iter()
        .enumerate()
        .take_while(|(index, char)| {
            let wraps = char.is_whitespace() || quote(**char) || **char == '[';
            wraps && !blanked(rest.get(*index..).unwrap_or_default())
        })
        .count();
    let opened = rest.get(..lead)?.iter().rev().find(|char| matches!(char, '"' | '\''));
    let body = rest.get(lead..)?;
    let length = body
        .iter()
        .position(|char| {
            char.is_whitespace() || matches!(char, '"' | '`') || opened == Some(char) || matches!(char, ']' if opened.is_none())
        })
        .unwrap_or(body.len());
    let raw: String = body.get(..length)?.iter().collect();
    let text = trim(&raw);
    (!text.is_empty()).then(|| Token {
        // A full stop may be a sentence's, or stand inside a name that was cut.
        ended: length < body.len() || text.len() < raw.trim_end_matches(['.', '…']).len(),
        text: text.to_owned(),
    })
}

/// Without the punctuation of the sentence around it. An ellipsis stays: it says that the name goes on.
pub(super) fn trim(raw: &str) -> &str {
    let mut text = raw;
    loop {
        let next = text.trim_matches(['"', '\'', '`', '\\']).trim_end_matches([':', ',', ';']);
        // Two stars are a page's bold type; one is a wildcard, and three are a blank where a name was.
        let next = if next.starts_with("***") {
            next
        } else {
            next.trim_start_matches('*')
        };
        let next = next.strip_suffix("**").unwrap_or(next);
        let next = match next.strip_suffix('.') {
            Some(shorter) if !shorter.ends_with('.') => shorter,
            _ => next,
        };
        let next = match next.strip_suffix(')') {
            Some(shorter) if shorter.matches('(').count() <= shorter.matches(')').count() => shorter,
            _ => next,
        };
        if next == text {
            return text;
        }
        text = next;
    }
}

/// The text of `from..to` without any blank in it: what a wrap broke is whole again.
pub(super) fn between(clean: &Clean, from: usize, to: usize) -> String {
    let raw: String = clean
        .chars
        .get(from..to)
        .unwrap_or_default()
        .iter()
        .filter(|char| !char.is_whitespace())
        .collect();
    trim(&raw).to_owned()
}

/// The number that begins there, and whether something other than a digit follows it.
pub(super) fn number(clean: &Clean, at: usize) -> Option<(u32, bool)> {
    let rest = clean.chars.get(at..)?;
    let lead = rest.iter().take_while(|char| char.is_whitespace() || quote(**char)).count();
    let digits: String = rest.get(lead..)?.iter().take(9).take_while(|char| char.is_ascii_digit()).collect();
    let ended = rest.get(lead + digits.len()).is_some();
    Some((digits.parse().ok()?, ended))
}

/// The word of letters, digits and hyphens that begins there.
pub(super) fn word(clean: &Clean, at: usize) -> Option<String> {
    let rest = clean.chars.get(at..)?;
    let lead = rest.iter().take_while(|char| char.is_whitespace() || quote(**char)).count();
    let word: String = rest
        .get(lead..)?
        .iter()
        .take_while(|char| char.is_ascii_alphanumeric() || **char == '-')
        .collect();
    word.chars().any(char::is_alphanumeric).then_some(word)
}
