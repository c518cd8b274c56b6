//! Finds error texts inside prose: an e-mail, a log, a console's page, JSON.

use super::clean::Clean;
use super::kinds::Cause;
use super::lines::goes_on;
use super::squeezed::Squeezed;
use std::ops::Range;

/// Words with which an error text begins, squeezed. None of them stands in prose that only talks about errors.
const BEGIN: [&str; 57] = [
    "resourceinitializationerror:",
    "resourceinitializationerror",
    "cannotpullcontainererror",
    "cannotpullecrcontainererror",
    "cannotpullcontainerautherror",
    "cannotpullimagemanifesterror",
    "cannotstartcontainererror",
    "cannotcreatecontainererror",
    "cannotinspectcontainererror",
    "cannotcreatevolumeerror",
    "containerruntimeerror",
    "containerruntimetimeouterror",
    "dockertimeouterror",
    "outofmemoryerror",
    "unabletopullsecretsorregistryauth",
    "executionresourceretrievalfailed",
    "unabletoretrieveecrregistryauth",
    "unabletoretrievesecretfromasm",
    "unabletoretrievesecretsfromssm",
    "unabletogetregistryauthfromasm",
    "fetchingsecretdatafrom",
    "failedtofetchsecretarn:",
    "ecswasunabletoassumetherole",
    "taskfailedelbhealthchecksin",
    "essentialcontainerintaskexited",
    "scalingactivityinitiatedby",
    "thetaskcannotpull",
    "thetaskcantpull",
    "thetaskcantretrievethesecret",
    "thetaskcannotfindtheamazoncloudwatchloggroup",
    "failedtoinvokeefsutils",
    "failedtovalidateloggerargs",
    "failedtodownloadenvfiles",
    "failedtoinitializeloggingdriver",
    "timeoutwaitingfornetworkinterface",
    "timeoutwaitingforephemeralstorage",
    "networkinterfaceprovisioncomplete",
    "unexpectedec2errorwhileattemptingto",
    "asmfetching",
    "hostec2(instance",
    "operationerrorecr:",
    "operationerrorsecretsmanager:",
    "operationerrorssm:",
    "operationerrors3:",
    "operationerrorcloudwatchlogs:",
    "requesterror:sendrequestfailed",
    "requestcanceled:requestcontextcanceled",
    "pullimagemanifesthasbeenretried",
    "inspectimagehasbeenretried",
    "refpullhasbeenretried",
    "pullaccessdeniedfor",
    "failedtoresolveref",
    "errorresponsefromdaemon:",
    "yourspottaskwasinterrupted",
    "capacityisunavailableatthistime",
    "taskstoppedbyuser",
    "youhavereachedyourpullratelimit",
];

/// The same, where the text begins earlier than its tell-tale words: the words, and what it begins with.
const INSIDE: [(&str, &[&str]); 5] = [
    ("wasunabletoplaceatask", &["service(service", "(service", "service"]),
    ("failedtolaunchataskwith(error", &["service(service", "(service", "service"]),
    ("failedcontainerhealthchecks", &["service(service", "(service", "service"]),
    ("isnotauthorizedtoperform:", &["accessdeniedexception:", "user:"]),
    ("invalidssmparameters:", &["invalidssmparameters:"]),
];

/// A longer text than this is not one error.
const LONGEST: usize = 4_000;
/// How far back the beginning of an event may be.
const BACK: usize = 320;

/// A long text is read in windows of this many bytes, so that memory stays small.
const WINDOW: usize = 65_536;
/// What a window shows of its neighbours: the longest error after it, the look back before it.
const AFTER: usize = 16_384;
const BEFORE: usize = 2_048;

/// Byte ranges of the error texts in a text, in order and apart from each other; none for prose without one.
#[must_use]
pub fn find(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let stop = boundary(text, start + WINDOW);
        let from = boundary(text, start.saturating_sub(BEFORE));
        let to = boundary(text, stop + AFTER);
        for range in find_in(text.get(from..to).unwrap_or_default()) {
            let range = range.start + from..range.end + from;
            let free = found.last().is_none_or(|last| last.end <= range.start);
            if free && (start..stop).contains(&range.start) {
                found.push(range);
            }
        }
        start = stop;
    }
    found
}

/// The first boundary of a character from there on.
fn boundary(text: &str, at: usize) -> usize {
    (at..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

fn find_in(text: &str) -> Vec<Range<usize>> {
    let clean = Clean::read(text);
    let squeezed = Squeezed::read(&clean);
    let mut begins: Vec<usize> = BEGIN
        .iter()
        .flat_map(|words| squeezed.starts_of(words))
        .filter(|at| begins_word(&clean, *at))
        .collect();
    begins.extend(
        INSIDE
            .iter()
            .flat_map(|(words, heads)| squeezed.starts_of(words).into_iter().filter_map(|at| backwards(&clean, at, heads))),
    );
    begins.sort_unstable();
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut free_from = 0;
    for begin in begins {
        if begin < free_from || other_tool(&clean, begin) {
            continue;
        }
        let end = end(text, &clean, begin);
        free_from = end;
        if let Some(range) = bytes(text, &clean, begin, end) {
            found.push(range);
        }
    }
    found
}

fn bytes(text: &str, clean: &Clean, begin: usize, end: usize) -> Option<Range<usize>> {
    let from = *clean.at.get(begin)?;
    let to = clean.at.get(end).copied().unwrap_or(text.len());
    let part = text.get(from..to)?;
    let part = part.trim_end_matches(|char: char| char.is_whitespace() || char == '>');
    (!part.is_empty()).then(|| from..from + part.len())
}

/// Not the tail of a longer name (an alarm called `my-CannotPullContainerError`).
fn begins_word(clean: &Clean, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| clean.chars.get(at));
    !before.is_some_and(|char| char.is_alphanumeric() || matches!(char, '-' | '_' | '/'))
}

fn backwards(clean: &Clean, at: usize, heads: &[&str]) -> Option<usize> {
    let from = at.saturating_sub(BACK);
    // The words themselves may be the head.
    let part = Squeezed::part(clean, from, at + 24);
    let last = heads
        .iter()
        .find_map(|head| part.starts_of(head).into_iter().rfind(|start| *start <= at))?;
    Some(last)
}

/// Whether the error is the AWS CLI's own, or CloudTrail's record of any call: those are read as evidence, not as a task's error.
fn other_tool(clean: &Clean, begin: usize) -> bool {
    let part = Squeezed::part(clean, begin.saturating_sub(160), begin);
    part.has("anerroroccurred(") && part.has("operation:") || part.ends_any(&["errormessage"])
}

/// Where the text that begins there ends, as a character of the clean text.
fn end(text: &str, clean: &Clean, begin: usize) -> usize {
    let raw = |index: usize| {
        clean
            .at
            .get(index)
            .and_then(|at| text.get(*at..))
            .and_then(|rest| rest.chars().next())
    };
    let opener = begin.checked_sub(1).and_then(raw);
    let closer = match opener {
        Some('「') => Some('」'),
        Some('『') => Some('』'),
        Some('“') => Some('”'),
        Some('`') => Some('`'),
        _ => None,
    };
    let mut inner_quote = false;
    let mut round = 0_i32;
    let mut line = begin;
    let mut tries = 0;
    let mut index = begin;
    while index < clean.chars.len() && index - begin < LONGEST {
        let Some(&char) = clean.chars.get(index) else {
            break;
        };
        if closer.is_some() && raw(index) == closer {
            return index;
        }
        match char {
            '"' if raw(index) == Some('"') => {
                let before = index.checked_sub(1).and_then(|at| clean.chars.get(at)).copied();
                let opens = !inner_quote && before.is_some_and(|char| matches!(char, ' ' | '(' | '['));
                if !inner_quote && !opens {
                    return index;
                }
                inner_quote = opens;
            }
            '(' => round += 1,
            ')' => {
                round -= 1;
                if round < 0 && opener == Some('(') {
                    return index;
                }
            }
            '.' | '?' | '!' if clean.chars.get(index + 1) == Some(&' ') && tries < 16 => {
                tries += 1;
                if sentence_ends(clean, begin, index + 1) {
                    return index + 1;
                }
            }
            ' ' => {
                if let Some(breaks) = breaks(text, clean, index) {
                    if tries >= 16 || !goes_on(clean, begin, line, index, breaks) {
                        return index;
                    }
                    tries += 1;
                    line = index + 1;
                }
            }
            _ => {}
        }
        index += 1;
    }
    index
}

/// How many lines end at that blank, if any.
fn breaks(text: &str, clean: &Clean, index: usize) -> Option<usize> {
    let from = *clean.at.get(index)?;
    let to = clean.at.get(index + 1).copied().unwrap_or(text.len());
    let count = text.get(from..to)?.matches('\n').count();
    (count > 0).then_some(count)
}

/// Whether prose goes on after a sentence that has stated the cause.
fn sentence_ends(clean: &Clean, begin: usize, end: usize) -> bool {
    const OURS: [&str; 23] = [
        "check",
        "pleasecheck",
        "pleaseverify",
        "pleasesee",
        "see",
        "attempting",
        "formore",
        "requesterror",
        "requestcanceled",
        "operationerror",
        "failedto",
        "youmay",
        "thetask",
        "thereis",
        "specify",
        "user:",
        "dialtcp",
        "statuscode",
        "reason:",
        "resourceinit",
        "cannot",
        "errorresponse",
        "requestid",
    ];
    let next = Squeezed::part(clean, end, (end + 32).min(clean.chars.len()));
    if OURS.iter().any(|words| next.starts(words)) {
        return false;
    }
    // An ellipsis stands for what was left out of the same sentence.
    let ellipsis = end.checked_sub(2).and_then(|at| clean.chars.get(at)) == Some(&'.');
    if ellipsis && !clean.chars.get(end + 1).is_some_and(|char| char.is_uppercase()) {
        return false;
    }
    stated(clean, begin, end)
}

/// Whether the text between has stated a cause.
pub(super) fn stated(clean: &Clean, begin: usize, end: usize) -> bool {
    super::read(&clean.part(begin, end)).cause != Cause::Unknown
}
