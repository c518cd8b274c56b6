//! What a text names of the task's own references: images, parameters, log groups, platforms.

use super::clean::Clean;
use super::hosts::service_of_image;
use super::quoted::EnvFileName;
use super::squeezed::Squeezed;
use super::tokens::{token, trim};
use std::ops::Range;

pub(super) fn log_group(clean: &Clean, squeezed: &Squeezed) -> Option<String> {
    squeezed.ends_of("loggroup").into_iter().find_map(|at| {
        let rest = clean.chars.get(at..)?;
        let lead = rest
            .iter()
            .take_while(|char| char.is_whitespace() || matches!(char, ':' | '\'' | '"' | '`'))
            .count();
        let marked = rest.get(..lead)?.iter().any(|char| matches!(char, '\'' | '"' | '`'));
        let name = token(clean, at + lead)?;
        let name = trim(&name.text).trim_end_matches(['\'', '"']).to_owned();
        ((marked || name.starts_with('/')) && !name.starts_with("arn:") && !name.contains("://")).then_some(name)
    })
}

/// The environment file that could not be downloaded, as Fargate names it, or the agent with its bucket.
pub(super) fn env_file(clean: &Clean, squeezed: &Squeezed) -> Option<EnvFileName> {
    let keyed = squeezed.end_of("envfilewithkey");
    let at = keyed.or_else(|| squeezed.end_of("failedtodownloadfile"))?;
    let key = token(clean, at).filter(|token| token.ended)?.text;
    let bucket = keyed.and_then(|from| {
        let at = squeezed.first_from(from, &["frombucket"])?;
        let at = Squeezed::part(clean, at, clean.chars.len()).end_of("frombucket")?;
        token(clean, at).filter(|token| token.ended).map(|token| token.text)
    });
    Some(EnvFileName { bucket, key })
}

/// The image, from the words before it. Where the text stops before the registry's name ends, nothing.
pub(super) fn image(clean: &Clean, squeezed: &Squeezed) -> Option<String> {
    const BEFORE: [&str; 13] = [
        "failedtoresolvereference",
        "failedtoresolveref",
        "taskcannotpull",
        "cantpulltheimage",
        "pullaccessdeniedfor",
        "manifestfor",
        "failedtopullimage",
        "andunpackimage",
        ":repository",
        ":image",
        "relatedto",
        "failedtodorequest:get",
        "nosuchimage:",
    ];
    let name = BEFORE.into_iter().find_map(|words| {
        squeezed
            .ends_of(words)
            .into_iter()
            .take(8)
            .find_map(|at| image_at(clean, words, at))
    })?;
    Some(with_digest(clean, name))
}

/// The image named after those words, which end at that character.
fn image_at(clean: &Clean, words: &str, at: usize) -> Option<String> {
    let next = clean.chars.get(at);
    let longer_word = words == "failedtoresolveref" && next.is_some_and(char::is_ascii_alphabetic);
    if longer_word || words == "manifestfor" && preceded(clean, at, "nomatchingmanifestfor") {
        return None;
    }
    // `failed to resolve ref: X`: after a colon, only what has a path is a name.
    let after_colon = next.is_some_and(|char| matches!(char, ':' | ','));
    let found = token(clean, if after_colon { at + 1 } else { at })?;
    let name = found.text;
    let whole = found.ended || name.contains('/');
    let plain = !matches!(
        name.to_ascii_lowercase().as_str(),
        "image-name" | "image" | "the" | "..." | "…" | "failed"
    );
    let reference = words != "failedtodorequest:get" || !name.starts_with("http");
    let missing = || followed_by(clean, at, &name, "notfound");
    let named = match words {
        _ if after_colon => name.contains('/') && !name.contains("://"),
        ":image" | "failedtodorequest:get" => name.contains('/'),
        "taskcannotpull" | "cantpulltheimage" => name.contains(['/', '.', ':']),
        ":repository" => name.contains(['/', '.', ':']) || missing(),
        _ => name.contains(['/', '.', ':']) || service_of_image(&name).is_some(),
    };
    (whole && plain && reference && named && !name.contains("{{")).then_some(name)
}

/// Whether those words follow the name.
fn followed_by(clean: &Clean, at: usize, name: &str, words: &str) -> bool {
    let from = at + name.chars().count();
    let after = Squeezed::part(clean, from, from + 24);
    after.has(words)
}

/// The name with its digest, where a wrap parted the two and another place of the text has both.
fn with_digest(clean: &Clean, name: String) -> String {
    let text = clean.text(0, clean.chars.len());
    let whole = format!("{name}@sha256:");
    let digest = text.split_once(whole.as_str()).map(|(_, rest)| {
        let hex: String = rest.chars().take_while(char::is_ascii_hexdigit).collect();
        hex
    });
    match digest {
        Some(digest) if digest.len() == 64 => whole + &digest,
        _ => name,
    }
}

fn preceded(clean: &Clean, at: usize, words: &str) -> bool {
    let before = clean.chars.get(at.saturating_sub(words.len() + 8)..at).unwrap_or_default();
    let text: String = before
        .iter()
        .filter(|char| !char.is_whitespace())
        .map(char::to_ascii_lowercase)
        .collect();
    text.ends_with(words)
}

/// The names in `invalid (ssm) parameters: A,B`, and the characters where they stand.
pub(super) fn parameters(clean: &Clean, squeezed: &Squeezed) -> (Vec<String>, Range<usize>) {
    let Some(start) = squeezed
        .end_of("invalidssmparameters:")
        .or_else(|| squeezed.end_of("invalidparameters:"))
    else {
        return (Vec::new(), 0..0);
    };
    let mut at = start;
    let mut names = Vec::new();
    while names.len() < 64 {
        let rest = clean.chars.get(at..).unwrap_or_default();
        let lead = rest.iter().take_while(|char| char.is_whitespace() || **char == '[').count();
        let raw: String = rest
            .iter()
            .skip(lead)
            .take_while(|char| !char.is_whitespace() && !matches!(char, ',' | ';' | ']'))
            .collect();
        let next = rest.get(lead + raw.chars().count());
        let name = trim(&raw);
        if name.is_empty() || name.chars().all(|char| char == '.') {
            break;
        }
        names.push(name.to_owned());
        at += lead + raw.chars().count() + 1;
        if next != Some(&',') {
            break;
        }
    }
    (names, start..at.min(clean.chars.len()))
}

/// The characters where a text names what could be called anything, and has a word for: no word there is a sign.
pub(super) fn named_in_words(clean: &Clean, squeezed: &Squeezed) -> Vec<Range<usize>> {
    let key = squeezed.end_of("didnotcontainjsonkey").map(|at| {
        let rest = clean.chars.get(at..).unwrap_or_default();
        let lead = rest.iter().take_while(|char| char.is_whitespace()).count();
        let name = rest.iter().skip(lead).take_while(|char| !char.is_whitespace()).count();
        at + lead..at + lead + name
    });
    let secret = squeezed
        .end_of("failedtofetchsecret")
        .and_then(|from| Some(from..squeezed.first_from(from, &["fromsecretsmanager"])?));
    let mut places: Vec<Range<usize>> = key.into_iter().chain(secret).collect();
    places.push(parameters(clean, squeezed).1);
    places.retain(|place| !place.is_empty());
    places
}

pub(super) fn platform(clean: &Clean, squeezed: &Squeezed) -> Option<String> {
    ["nomatchingmanifestfor", "matchingplatform"].iter().find_map(|words| {
        let found = token(clean, squeezed.end_of(words)?)?;
        (found.ended && found.text.contains('/')).then_some(found.text)
    })
}
