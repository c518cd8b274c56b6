//! Numbers written in groups: account ids with dashes or spaces, telephone numbers.

use super::pseudonym::Pseudonyms;

/// A number in groups at the start of `rest`, its digits replaced, and how long it was.
pub(super) fn grouped(before: &str, rest: &str, pseudonyms: &mut Pseudonyms) -> Option<(String, usize)> {
    if !rest.starts_with(|c: char| c.is_ascii_digit()) || before.ends_with(|c: char| c.is_alphanumeric() || "-._".contains(c)) {
        return None;
    }
    if let Some(written) = account(rest) {
        return Some(drawn(written, pseudonyms));
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
    let groups = written.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty());
    let lengths: Vec<usize> = groups.map(str::len).collect();
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
    Some(drawn(written, pseudonyms))
}

/// An account id as people write it, `1111-2222-3333` or with spaces, whatever follows but a further group.
fn account(rest: &str) -> Option<&str> {
    let written = rest.get(..14)?;
    let digit = |index: usize| written.as_bytes().get(index).is_some_and(u8::is_ascii_digit);
    let (one, two) = (written.as_bytes().get(4)?, written.as_bytes().get(9)?);
    let separated = one == two && matches!(one, b'-' | b' ');
    let digits = (0..14).filter(|index| !matches!(index, 4 | 9)).all(digit);
    let mut behind = rest.get(14..)?.chars();
    let goes_on = match behind.next() {
        Some(c) if c.is_alphanumeric() || c == '-' => true,
        Some(' ') => behind.next().is_some_and(|c| c.is_ascii_digit()),
        _ => false,
    };
    (separated && digits && !goes_on).then_some(written)
}

/// The number with other digits, and how long it was.
fn drawn(written: &str, pseudonyms: &mut Pseudonyms) -> (String, usize) {
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let new = pseudonyms.of(&digits);
    let mut drawn = new.chars();
    let out = written
        .chars()
        .map(|c| if c.is_ascii_digit() { drawn.next().unwrap_or(c) } else { c });
    (out.collect(), written.len())
}
