//! Secrets outside of documents: in prose, commands, logs.

use super::names::{find_access_key, user_info};
use super::{MASK, Mask};

/// Words after which a secret follows; compared in lower case.
const WORDS: [&str; 22] = [
    "secret_access_key",
    "secretaccesskey",
    "session_token",
    "sessiontoken",
    "secretstring",
    "secretbinary",
    "secret-string",
    "secret-binary",
    "authorizationtoken",
    "password",
    "passwd",
    "private_key",
    "privatekey",
    "client_secret",
    "clientsecret",
    "api_key",
    "apikey",
    "access_token",
    "auth_token",
    "authtoken",
    "bearer",
    "security_token",
];

/// Words whose secret may go on over many lines.
const LONG: [&str; 4] = ["secretstring", "secretbinary", "secret-string", "secret-binary"];

/// Finds the secrets in `text[start..end]`.
pub(crate) fn mask_prose(text: &str, start: usize, end: usize, masks: &mut Vec<Mask>) {
    let Some(part) = text.get(start..end) else {
        return;
    };
    if part.trim().len() < 8 {
        return;
    }
    let mut push = |from: usize, to: usize| {
        if to > from && part.get(from..to) != Some(MASK) {
            masks.push(Mask::over(text, start + from, start + to));
        }
    };
    let mut at = 0;
    while let Some((from, to)) = find_access_key(part, at) {
        push(from, to);
        at = to;
    }
    at = 0;
    while let Some((from, to)) = user_info(part, at) {
        push(from, to);
        at = to;
    }
    at = 0;
    while let Some((from, to)) = private_key(part, at) {
        push(from, to);
        at = to;
    }
    let bytes = part.as_bytes();
    at = 0;
    while let Some(&byte) = bytes.get(at) {
        let found = match byte | 0x20 {
            b'a' | b'b' | b'c' | b'p' | b's' | b'-' => word_at(bytes, at),
            _ => None,
        };
        match found.and_then(|word| value_after(part, at + word.len(), word)) {
            Some((from, to)) => {
                push(from, to);
                at = to.max(at + 1);
            }
            None => at += 1,
        }
    }
}

/// The telling word that stands here.
fn word_at(bytes: &[u8], at: usize) -> Option<&'static str> {
    let is = |word: &&&str| {
        bytes
            .get(at..at + word.len())
            .is_some_and(|here| here.eq_ignore_ascii_case(word.as_bytes()))
    };
    if let Some(word) = WORDS.iter().find(is) {
        return Some(word);
    }
    // `aws ssm put-parameter --value …`
    let value = is(&&"--value") && matches!(bytes.get(at + 7), Some(b'=' | b' '));
    value.then_some("--value")
}

/// A block of a private key, without its first and last line.
fn private_key(text: &str, from: usize) -> Option<(usize, usize)> {
    const OPEN: &str = "PRIVATE KEY-----";
    let mut at = from;
    loop {
        let found = at + text.get(at..)?.find(OPEN)?;
        at = found + OPEN.len();
        let before = text.as_bytes().get(found.saturating_sub(40)..found)?;
        let begin = before.windows(10).any(|part| part == b"-----BEGIN");
        if begin {
            let rest = text.get(at..)?;
            let len = rest.find("-----END").unwrap_or(rest.len());
            return Some((at, at + len));
        }
    }
}

/// The value that follows a telling word.
fn value_after(text: &str, after: usize, word: &str) -> Option<(usize, usize)> {
    let rest = text.get(after..)?;
    // `password_hash`, `passwords`: another word.
    let head = rest.trim_start_matches(['"', '\'', '\\', '`', '”', '’']);
    let spaced = head.trim_start_matches([' ', '\t', '\u{3000}']);
    let value = spaced.trim_start_matches(['=', ':', '：', '＝', '>']);
    let option = matches!(word, "bearer" | "--value" | "secret-string" | "secret-binary")
        || text
            .get(..after)?
            .get(..after - word.len())
            .is_some_and(|before| before.ends_with("--") || before.ends_with('—'));
    if value.len() == spaced.len() && !(option && spaced.len() != head.len()) {
        return None;
    }
    let value = value.trim_start_matches([' ', '\t', '\u{3000}']);
    let from = text.len() - value.len();
    if LONG.contains(&word) {
        // Its end cannot be told from what is inside: all of the region goes.
        return Some((from, text.len()));
    }
    let open = value.trim_start_matches('\\');
    let slashes = value.len() - open.len();
    let len = match open.chars().next()? {
        quote @ ('"' | '\'' | '“' | '‘') => {
            let inner = open.get(quote.len_utf8()..)?;
            let close = match quote {
                '“' => '”',
                '‘' => '’',
                quote => quote,
            };
            let skip = slashes + quote.len_utf8();
            let mut len = 0;
            for c in inner.chars() {
                if c == '\n' || c == close {
                    break;
                }
                len += c.len_utf8();
            }
            return Some((from + skip, from + skip + len));
        }
        '\n' => return None,
        _ => value
            .find(|c: char| c.is_whitespace() || c == '"' || c == '\'' || c == '`' || c == '」')
            .unwrap_or(value.len()),
    };
    Some((from, from + len))
}
