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
    let end = opened(clean, line, at);
    if breaks > 1 {
        return known && !matches!(end, Open::No) || words.starts("error:dialtcp");
    }
    if known {
        return true;
    }
    if begins_prose(next) {
        return false;
    }
    match end {
        Open::Sentence => return true,
        Open::Part => return names_something(next) || PARTS.iter().any(|part| words.starts(part)),
        Open::No => {}
    }
    // A full line was wrapped, and goes on inside a sentence; a short one was ended by who wrote it.
    let continues = first.is_lowercase() || first.is_ascii_digit() || matches!(first, '/' | ':' | '(' | ',' | '.');
    at.saturating_sub(line) >= 50 && (continues || hyphenated(clean.chars.get(line..at).unwrap_or_default()))
}

/// Whether a line ends at a hyphen inside a word, where mail programs wrap.
pub(super) fn hyphenated(line: &[char]) -> bool {
    matches!(line, [.., before, '-'] if before.is_alphanumeric())
}

/// How a line ends.
enum Open {
    /// Inside a sentence: with a word that needs another one.
    Sentence,
    /// At a colon or a comma: what follows may be the error's next part, or what its sender says of it.
    Part,
    /// Anywhere else.
    No,
}

/// How the parts of an error begin that others name before a colon.
const PARTS: [&str; 16] = [
    "requestcontext",
    "contextdeadline",
    "unableto",
    "execution",
    "servicecall",
    "createstream",
    "retrieved",
    "pull",
    "asm",
    "aws",
    "secret",
    "image",
    "role",
    "unexpected",
    "invalid",
    "stderr",
];

/// Whether a line begins with a name: an image, an ARN, a path, a placeholder.
fn names_something(line: &[char]) -> bool {
    let word = first_word(line);
    word.len() > 2 && word.iter().any(|char| matches!(char, '.' | '/' | '<' | '>' | '_' | ':')) || line.first() == Some(&'…')
}

fn opened(clean: &Clean, line: usize, at: usize) -> Open {
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
    if text.ends_with("caused by:") {
        return Open::Sentence;
    }
    if text.ends_with([':', ',']) {
        return Open::Part;
    }
    let last = text.rsplit(' ').next().unwrap_or_default();
    if DANGLING.contains(&last) { Open::Sentence } else { Open::No }
}

fn first_word(line: &[char]) -> &[char] {
    line.split(|char| char.is_whitespace()).next().unwrap_or_default()
}

fn second_word(line: &[char]) -> &[char] {
    line.split(|char| char.is_whitespace()).nth(1).unwrap_or_default()
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
    const SPEECH: [&str; 33] = [
        "we",
        "i",
        "im",
        "it",
        "its",
        "is",
        "our",
        "my",
        "you",
        "they",
        "this",
        "what",
        "why",
        "how",
        "does",
        "did",
        "can",
        "could",
        "please",
        "thanks",
        "hello",
        "hi",
        "so",
        "but",
        "maybe",
        "perhaps",
        "probably",
        "looks",
        "seems",
        "today",
        "yesterday",
        "since",
        "any",
    ];
    const OURS: [&str; 17] = [
        "amazon",
        "aws",
        "registry",
        "specified",
        "secret",
        "secrets",
        "task",
        "role",
        "log",
        "image",
        "repository",
        "proper",
        "manifest",
        "server",
        "permissions",
        "resource",
        "vpc",
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
    let plain_word = |word: &[char]| -> String { word.iter().filter(|char| char.is_alphanumeric()).collect::<String>().to_lowercase() };
    let mut small = plain_word(first_word(line));
    if matches!(small.as_str(), "and" | "then" | "also") {
        // `and we think`, but `and Amazon ECR`.
        small = plain_word(second_word(line));
    }
    // `the registry`, `the ssm:GetParameters action`, but `the usual thing`.
    if matches!(small.as_str(), "the" | "a" | "an") {
        let second = second_word(line);
        return !second.contains(&':') && !OURS.contains(&plain_word(second).as_str());
    }
    let capital = first_word(line).first().is_some_and(|char| char.is_uppercase());
    let plain = first_word(line)
        .iter()
        .skip(1)
        .all(|char| char.is_lowercase() || matches!(char, ',' | '.' | '?' | '!'));
    SPEECH.contains(&small.as_str()) || capital && plain && !NAMES.contains(&small.as_str())
}

/// How the second and later lines of an error begin.
const TAILS: [&str; 46] = [
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
    "didnotcontain",
    "thespecified",
    "error:dialtcp",
];
