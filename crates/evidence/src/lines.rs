//! What a line outside of a document is: prompt, command, error, mark.

use crate::operation::Operation;

/// Whether a line starts with a shell's prompt.
pub(crate) fn looks_like_prompt(line: &[u8]) -> bool {
    let part = line.get(..line.len().min(200)).unwrap_or_default();
    let valid = match str::from_utf8(part) {
        Ok(valid) => valid,
        Err(error) => part
            .get(..error.valid_up_to())
            .and_then(|part| str::from_utf8(part).ok())
            .unwrap_or_default(),
    };
    prompt_len(valid).is_some_and(|len| len > 0)
}

/// The first `most` bytes, or a little less where a character would break.
fn head(text: &str, most: usize) -> &str {
    (0..4)
        .find_map(|less| text.get(..most.min(text.len()).checked_sub(less)?))
        .unwrap_or_default()
}

/// The length of the prompt at the start of a (trimmed) line.
pub(crate) fn prompt_len(line: &str) -> Option<usize> {
    const ENDS: [&str; 9] = ["$ ", "# ", "% ", "> ", "❯ ", "➜ ", "λ ", "$", "❯"];
    let end = ENDS.iter().enumerate().filter_map(|(index, end)| {
        let at = line.find(end)?;
        // Without a blank behind it, a prompt must stand alone on its line.
        (index < 7 || at + end.len() == line.len()).then_some((at, at + end.len()))
    });
    let (at, end) = end
        .min()
        .or_else(|| (line.ends_with('>') || line.ends_with('#') || line.ends_with('%')).then(|| (line.len() - 1, line.len())))?;
    let before = line.get(..at)?;
    let drive = before.as_bytes().get(1..3) == Some(&b":\\"[..]);
    let user = before.contains('@') && !before.contains(['"', '{', '=', ',']);
    let shell = ["bash-", "sh-", "PS ", "PS"]
        .iter()
        .any(|start| before.starts_with(start) && !before.contains(['"', '{', '=']));
    let bracket = before.starts_with('[') && before.ends_with(']') && before.contains(['@', '~']);
    let path = before.starts_with(['~', '/']) && !before.contains(' ');
    (before.is_empty() || drive || user || shell || bracket || path || before == "➜ ").then_some(end)
}

/// Where in a line (or longer text) a call of the AWS CLI starts, from `from`:
/// the place of the word `aws`.
pub(crate) fn find_aws(line: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let found = at + line.get(at..)?.find("aws")?;
        at = found + 3;
        let before = line.get(..found)?.chars().next_back();
        let opens = before.is_none_or(|c| c.is_whitespace() || "(`;|&/\"'「『“”‘’$:：>＞、。".contains(c));
        let rest = line.get(at..)?;
        let rest = rest.strip_prefix(".exe").unwrap_or(rest);
        if opens && rest.starts_with(|c: char| c.is_whitespace()) && calls(rest) {
            return Some(found);
        }
    }
}

/// Whether what follows `aws` names a service and an operation.
fn calls(rest: &str) -> bool {
    // No further than a command's first words go.
    let mut words = head(rest, 400).lines().next().unwrap_or_default().split_whitespace().take(12);
    let mut service = None;
    while let Some(word) = words.next() {
        let dashed = word.starts_with(['-', '–', '—', '－', '―', '‐', '‑', '−']);
        if dashed {
            let flag = ["no-", "debug"].iter().any(|flag| word.contains(flag)) || word.contains('=');
            if !flag {
                words.next();
            }
            continue;
        }
        if word == "\\" || word == "^" || word == "`" {
            return service.is_some_and(known_service);
        }
        let word = word.trim_end_matches(['`', '"', '\'', '」', '。', ':', ';', ',']);
        match service {
            None => {
                if !is_word(word) {
                    return false;
                }
                service = Some(word);
            }
            Some(service) => {
                return is_word(word) && (Operation::from_words(service, word).is_some() || known_service(service) || word.contains('-'));
            }
        }
    }
    false
}

fn known_service(word: &str) -> bool {
    Operation::ALL.iter().any(|operation| operation.service() == word)
        || matches!(word, "s3" | "elbv2" | "elb" | "configure" | "sso" | "lambda" | "rds")
}

fn is_word(word: &str) -> bool {
    !word.is_empty()
        && word.starts_with(|c: char| c.is_ascii_lowercase())
        && word
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// `NAME=value` set on a line of its own, in the spellings of the shells; the
/// value is `None` where the line does not say it (`$(…)`).
pub(crate) fn assignment(line: &str) -> Option<(&str, Option<&str>)> {
    let line = line.trim();
    let line = line.get(prompt_len(line).unwrap_or(0)..)?.trim_start();
    let line = ["export ", "set ", "declare ", "local ", "$env:", "$"]
        .iter()
        .find_map(|start| line.strip_prefix(start))
        .unwrap_or(line);
    let (name, value) = line.split_once('=')?;
    let name = name.trim();
    let named = !name.is_empty()
        && name.len() <= 64
        && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if !named {
        return None;
    }
    let value = value.trim().trim_end_matches(';').trim_end();
    let quoted = [('"', '"'), ('\'', '\'')]
        .iter()
        .find_map(|&(open, close)| value.strip_prefix(open)?.strip_suffix(close));
    let plain = quoted.unwrap_or(value);
    if quoted.is_none() && plain.contains(char::is_whitespace) {
        return None;
    }
    if plain.starts_with(['{', '[']) {
        return None;
    }
    let literal = !plain.contains(['$', '`', '%', '"', '\'']);
    Some((name, literal.then_some(plain)))
}

/// The place of an AWS error message in a line.
pub(crate) fn find_error(line: &str) -> Option<usize> {
    let at = line.find("An error occurred (")?;
    line.get(at..)?.contains("when calling the").then_some(at)
}

/// Messages of the CLI about itself: the call was never made.
pub(crate) fn not_run(line: &str) -> bool {
    [
        "Unable to locate credentials",
        "Could not connect to the endpoint URL",
        "You must specify a region",
        "Unable to parse config file",
        "The config profile (",
        "Error loading SSO Token",
        "Token has expired and refresh failed",
        "Error when retrieving token from sso",
        "aws: command not found",
        "aws: error: ",
        "aws: [ERROR]: argument ",
        "'aws' is not recognized",
        "Partial credentials found",
        "Unknown options: ",
        "Parameter validation failed",
        "Connect timeout on endpoint URL",
    ]
    .iter()
    .any(|start| line.contains(start))
}
