//! What a text names of the task's own references: images, parameters, log groups, platforms.

use super::clean::Clean;
use super::hosts::service_of_image;
use super::squeezed::Squeezed;
use super::tokens::{token, trim};

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

/// The image, from the words before it. Where the text stops before the registry's name ends, nothing.
pub(super) fn image(clean: &Clean, squeezed: &Squeezed) -> Option<String> {
    const BEFORE: [&str; 10] = [
        "failedtoresolvereference",
        "failedtoresolveref",
        "taskcannotpull",
        "pullaccessdeniedfor",
        "manifestfor",
        "failedtopullimage",
        ":repository",
        "relatedto",
        "failedtodorequest:get",
        "nosuchimage:",
    ];
    BEFORE.into_iter().find_map(|words| {
        squeezed.ends_of(words).into_iter().take(8).find_map(|at| {
            if words == "manifestfor" && preceded(clean, at, "nomatchingmanifestfor")
                || words == "failedtoresolveref" && clean.chars.get(at).is_some_and(char::is_ascii_alphabetic)
            {
                return None;
            }
            if clean.chars.get(at).is_some_and(|char| matches!(char, ':' | ',')) {
                return None;
            }
            let found = token(clean, at)?;
            let name = found.text;
            let whole = found.ended || name.contains('/');
            let plain = !matches!(
                name.to_ascii_lowercase().as_str(),
                "image-name" | "image" | "the" | "..." | "…" | "failed"
            );
            let reference = words != "failedtodorequest:get" || !name.contains("://");
            let bare = !matches!(words, "taskcannotpull" | ":repository") && service_of_image(&name).is_some();
            let named = bare || name.contains(['/', '.', ':']);
            (whole && plain && reference && named && !name.contains("{{")).then_some(name)
        })
    })
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

/// The names in `invalid (ssm) parameters: A,B`.
pub(super) fn parameters(clean: &Clean, squeezed: &Squeezed) -> Vec<String> {
    let Some(mut at) = squeezed
        .end_of("invalidssmparameters:")
        .or_else(|| squeezed.end_of("invalidparameters:"))
    else {
        return Vec::new();
    };
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
    names
}

pub(super) fn platform(clean: &Clean, squeezed: &Squeezed) -> Option<String> {
    ["nomatchingmanifestfor", "matchingplatform"].iter().find_map(|words| {
        let found = token(clean, squeezed.end_of(words)?)?;
        (found.ended && found.text.contains('/')).then_some(found.text)
    })
}
