//! Numbers written in groups: account ids with dashes, telephone numbers.

use super::pseudonym::Pseudonyms;

/// A number in groups at the start of `rest`, its digits replaced, and how long it was.
pub(super) fn grouped(before: &str, rest: &str, pseudonyms: &mut Pseudonyms) -> Option<(String, usize)> {
    if !rest.starts_with(|c: char| c.is_ascii_digit()) || before.ends_with(|c: char| c.is_alphanumeric() || "-._".contains(c)) {
        return None;
    }
    let country = before.ends_with('+');
    let len = rest.find(|c: char| !c.is_ascii_digit() && c != '-' && !(country && matches!(c, ' ' | '(' | ')')));
    let written = rest
        .get(..len.unwrap_or(rest.len()))?
        .trim_end_matches(|c: char| !c.is_ascii_digit());
    let behind = rest.get(written.len()..)?;
    let mut next = behind.chars();
    let goes_on = match next.next() {
        // The end of a sentence, not of an address or a version.
        Some('.') => next.next().is_some_and(char::is_alphanumeric),
        Some(c) => c.is_alphanumeric() || "-_:/".contains(c),
        None => false,
    };
    if goes_on {
        return None;
    }
    let groups: Vec<&str> = written
        .split(|c: char| !c.is_ascii_digit())
        .filter(|group| !group.is_empty())
        .collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let digits: usize = lengths.iter().sum();
    let date = lengths.starts_with(&[4, 2, 2]);
    // What AWS's console shows of an account is 1111-2222-3333; E.164 has at most fifteen digits.
    let number = if country {
        !written.starts_with('0') && (9..=15).contains(&digits)
    } else if lengths.len() == 1 {
        written.starts_with('0') && (10..=11).contains(&digits)
    } else {
        lengths.len() >= 3 && !date && (9..=13).contains(&digits)
    };
    if !number {
        return None;
    }
    let new = pseudonyms.of(&groups.concat());
    let mut drawn = new.chars();
    let out = written
        .chars()
        .map(|c| if c.is_ascii_digit() { drawn.next().unwrap_or(c) } else { c });
    Some((out.collect(), written.len()))
}
