//! The rules for the parts of an image reference (the distribution project's reference grammar, which Docker and
//! containerd use).

use crate::malformed::{Malformed, MalformedKind};
use crate::text::{refused, replaced, span};

/// Labels of letters, digits and inner hyphens between dots.
pub(crate) fn is_host(host: &str) -> bool {
    !host.is_empty()
        && host.split('.').all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        })
}

/// A component of a repository: lower-case words joined by one dot, one or two underscores, or hyphens.
fn is_component(component: &str) -> bool {
    let mut joined = true;
    let mut rest = component;
    while let Some(first) = rest.chars().next() {
        if first.is_ascii_lowercase() || first.is_ascii_digit() {
            joined = false;
            rest = rest.trim_start_matches(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit());
            continue;
        }
        if joined {
            return false;
        }
        joined = true;
        let after = rest.trim_start_matches(first);
        let length = rest.len() - after.len();
        match (first, length) {
            ('.', 1) | ('_', 1 | 2) | ('-', _) => rest = after,
            _ => return false,
        }
    }
    !joined
}

/// Checks the repository, which is a part of `text`.
pub(crate) fn check_path(text: &str, path: &str) -> Result<(), Malformed> {
    let place = span(text, path);
    if let Some(at) = path.find("//").map(|at| at + 1).or_else(|| path.starts_with('/').then_some(0)) {
        let start = place.start + at;
        let slashes = path.get(at..).unwrap_or_default();
        let slashes = slashes.len() - slashes.trim_start_matches('/').len();
        let at = start..start + slashes;
        return Err(Malformed::new(
            at.clone(),
            MalformedKind::PathComponent,
            Some(replaced(text, at, "")),
        ));
    }
    if path.ends_with('/') {
        let at = place.end - 1..place.end;
        let corrected = (path.len() > 1).then(|| replaced(text, at.clone(), ""));
        return Err(Malformed::new(at, MalformedKind::PathComponent, corrected));
    }
    if let Some((at, _)) = refused(path, |c| !c.is_ascii_uppercase()) {
        let at = place.start + at.start..place.start + at.end;
        let corrected = Some(replaced(text, place, &path.to_ascii_lowercase()));
        return Err(Malformed::new(at, MalformedKind::UpperCase, corrected));
    }
    if let Some((at, c)) = refused(path, |c| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-/".contains(c)) {
        let at = place.start + at.start..place.start + at.end;
        return Err(Malformed::new(at, MalformedKind::Character(c), None));
    }
    if let Some(component) = path.split('/').find(|component| !is_component(component)) {
        return Err(Malformed::new(span(text, component), MalformedKind::PathComponent, None));
    }
    if path.len() > 255 {
        return Err(Malformed::new(place, MalformedKind::Length { min: 1, max: 255 }, None));
    }
    Ok(())
}

/// A letter, digit or underscore, then up to 127 of these, dots and hyphens.
pub(crate) fn check_tag(text: &str, tag: &str) -> Result<(), Malformed> {
    let place = span(text, tag);
    if tag.is_empty() {
        let at = place.start.saturating_sub(1)..place.start;
        return Err(Malformed::new(at.clone(), MalformedKind::EmptyTag, Some(replaced(text, at, ""))));
    }
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let first_is_bad = !tag.starts_with(word);
    let bad = refused(tag, |c| word(c) || c == '.' || c == '-');
    match bad {
        _ if first_is_bad => {
            let length = tag.chars().next().map_or(0, char::len_utf8);
            Err(Malformed::new(place.start..place.start + length, MalformedKind::Tag, None))
        }
        Some((at, ':')) => {
            // A second colon: `repo:1.2:latest`.
            let at = place.start + at.start..place.end;
            Err(Malformed::new(at, MalformedKind::Tag, None))
        }
        Some((at, _)) => Err(Malformed::new(
            place.start + at.start..place.start + at.end,
            MalformedKind::Tag,
            None,
        )),
        None if tag.len() > 128 => Err(Malformed::new(place.start + 128..place.end, MalformedKind::Tag, None)),
        None => Ok(()),
    }
}

/// Whether the last part of a repository already has a tag.
fn tagged(named: &str) -> bool {
    named.rsplit('/').next().is_some_and(|last| last.contains(':'))
}

/// `sha256:` and 64 hexadecimal digits, the one digest that ECS supports (ECS API reference, `image`).
pub(crate) fn check_digest(text: &str, digest: &str) -> Result<(), Malformed> {
    let place = span(text, digest);
    let bad = |at, corrected| Err(Malformed::new(at, MalformedKind::Digest, corrected));
    let Some((algorithm, hex)) = digest.split_once(':') else {
        let bare = digest.len() == 64 && digest.chars().all(|c| c.is_ascii_hexdigit());
        let tag = !text.get(..place.start).is_some_and(tagged) && check_tag(digest, digest).is_ok();
        let corrected = if bare {
            Some(replaced(text, place.start..place.start, "sha256:"))
        } else {
            tag.then(|| replaced(text, place.start.saturating_sub(1)..place.start, ":"))
        };
        return bad(if bare { place.start..place.start } else { place }, corrected);
    };
    if algorithm != "sha256" {
        let corrected = algorithm
            .eq_ignore_ascii_case("sha256")
            .then(|| replaced(text, span(text, algorithm), "sha256"));
        return bad(span(text, algorithm), corrected);
    }
    if let Some((at, _)) = refused(hex, |c| c.is_ascii_hexdigit()) {
        let start = span(text, hex).start;
        return bad(start + at.start..start + at.end, None);
    }
    if hex.len() != 64 {
        return bad(span(text, hex), None);
    }
    Ok(())
}
