//! Whether an error goes on in the next line of a paste.

use super::clean::Clean;
use super::find::stated;
use super::squeezed::Squeezed;

/// Whether the error goes on in the next line, after that many line ends.
pub(super) fn goes_on(clean: &Clean, begin: usize, line: usize, at: usize, breaks: usize) -> bool {
    let next = clean.chars.get(at + 1..).unwrap_or_default();
    // A comment's mark stands at the head of each of its lines.
    let mark = next.iter().take_while(|char| matches!(char, '#' | '/')).count();
    let from = at + 1 + mark + next.get(mark..).unwrap_or_default().iter().take_while(|char| **char == ' ').count();
    let next = clean.chars.get(from..).unwrap_or_default();
    let first = next.first().copied().unwrap_or(' ');
    if matches!(first, '{' | '}' | '[' | ']' | '"' | '#' | '|' | '`' | '$' | '-' | '=' | '+') {
        return false;
    }
    let words = Squeezed::part(clean, from, (from + 64).min(clean.chars.len()));
    // A log's next entry, or another task's error.
    let digits = next.iter().take_while(|char| char.is_ascii_digit()).count();
    let dated = digits == 4 && matches!(next.get(4), Some('-' | '/')) || digits == 2 && next.get(2) == Some(&':');
    if dated || words.any(&["resourceinitializationerror", "cannotpull"]) && stated(clean, begin, at) {
        return false;
    }
    let known = TAILS.iter().any(|tail| words.starts(tail)) || names_an_error(next) && !stated(clean, begin, at);
    let open = opened(clean, line, at) && !begins_prose(next);
    if breaks > 1 {
        return known && open || words.starts("error:dialtcp");
    }
    if known || open {
        return true;
    }
    // A full line was wrapped, and goes on inside a sentence; a short one was ended by who wrote it.
    let continues = first.is_lowercase() || first.is_ascii_digit() || matches!(first, '/' | ':' | '(' | ',' | '.');
    at.saturating_sub(line) >= 50 && continues
}

/// Whether a line ends where no sentence does: at a colon or a comma, or with a word that needs another one.
fn opened(clean: &Clean, line: usize, at: usize) -> bool {
    const DANGLING: [&str; 33] = [
        "a",
        "an",
        "the",
        "or",
        "and",
        "of",
        "for",
        "from",
        "by",
        "with",
        "between",
        "to",
        "on",
        "is",
        "in",
        "pull",
        "create",
        "find",
        "retrieve",
        "fetch",
        "perform",
        "resource",
        "amazon",
        "aws",
        "systems",
        "secrets",
        "secret",
        "specified",
        "retrieval",
        "capacity",
        "ref",
        "role",
        "resolve",
    ];
    let text = clean.text(line, at).to_ascii_lowercase();
    let text = text.trim_end();
    if text.ends_with([':', ',']) {
        return true;
    }
    let last = text.rsplit(' ').next().unwrap_or_default();
    DANGLING.contains(&last)
}

fn first_word(line: &[char]) -> &[char] {
    line.split(|char| char.is_whitespace()).next().unwrap_or_default()
}

/// Whether a line begins with an error's name: `RequestNotFoundException:`, `UnfulfillableCapacity:`.
fn names_an_error(line: &[char]) -> bool {
    let word = first_word(line);
    word.ends_with(&[':'])
        && word.len() > 8
        && word.iter().filter(|char| char.is_uppercase()).count() > 1
        && word.iter().rev().skip(1).all(char::is_ascii_alphanumeric)
}

/// Whether a line begins like someone's own sentence: with a capital that no name has, or with a word of speech.
fn begins_prose(line: &[char]) -> bool {
    const SPEECH: [&str; 18] = [
        "we", "i", "it", "is", "our", "my", "what", "why", "how", "does", "did", "can", "could", "please", "thanks", "hello", "hi", "so",
    ];
    const NAMES: [&str; 10] = [
        "systems",
        "manager",
        "amazon",
        "cloudwatch",
        "secrets",
        "parameter",
        "error",
        "unauthorized",
        "forbidden",
        "service",
    ];
    let word: String = first_word(line).iter().filter(|char| char.is_alphanumeric()).collect();
    let small = word.to_lowercase();
    let capital = first_word(line).first().is_some_and(|char| char.is_uppercase());
    let plain = first_word(line)
        .iter()
        .skip(1)
        .all(|char| char.is_lowercase() || matches!(char, ',' | '.' | '?' | '!'));
    SPEECH.contains(&small.as_str()) || capital && plain && !NAMES.contains(&small.as_str())
}

/// How the second and later lines of an error begin.
const TAILS: [&str; 45] = [
    "causedby",
    "statuscode",
    "requestid",
    "because",
    "onresource",
    "isnotauthorized",
    "withanexplicit",
    "thetask",
    "thereis",
    "dialtcp",
    "signal:",
    "operationerror",
    "requesterror",
    "mount.nfs4",
    "check",
    "pleasecheck",
    "failedto",
    "exitstatus",
    "unsuccessful",
    "apierror",
    "httpsresponse",
    "fromsecrets",
    "post",
    "accessdenied",
    "resourcenotfound",
    "secretsmanager",
    "awssecrets",
    "amazonec",
    "amazoncloudwatch",
    "systemsmanager",
    "parameterstore",
    "user:",
    "getauthorization",
    "getsecret",
    "getparameter",
    "head",
    "gethttp",
    "invalidrequest",
    "throttlingexc",
    "taskdefinition",
    "reason:",
    "requestcanceled",
    "requestnotfound",
    "thespecified",
    "error:dialtcp",
];
