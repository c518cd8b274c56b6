//! The rules for the text of parameter names and of their ARNs' resource.

use crate::arn::{Arn, ArnField};
use crate::malformed::{Malformed, MalformedKind, Oddity, OddityKind};
use crate::secret::is_secret_name_character;
use crate::text::{looks_random, looks_redacted, placeholder, refused, replaced, six_character_suffix, span};
use std::ops::Range;

/// The path under which Parameter Store hands out Secrets Manager secrets.
pub(crate) const SECRET_PATH: &str = "/aws/reference/secretsmanager/";
/// The greatest number of levels in a parameter's name.
const LEVELS: usize = 15;

/// The name of what follows `parameter/`: with a leading slash where it has levels.
pub(crate) fn full_name(rest: &str) -> String {
    if rest.contains('/') { format!("/{rest}") } else { rest.to_owned() }
}

pub(crate) fn name_suffix(text: &str, name: &str) -> Range<usize> {
    let end = span(text, name).end;
    end.saturating_sub(6)..end
}

pub(crate) fn wrong_resource(arn: &Arn) -> Malformed {
    let resource = arn.resource();
    let kind = MalformedKind::ResourceType { expected: "parameter/" };
    if resource.trim().is_empty() || resource == "parameter" {
        let end = arn.as_str().len();
        return Malformed::new(end..end, MalformedKind::EmptyName, None);
    }
    let end = resource.find([':', '/']).unwrap_or(resource.len());
    let head = resource.get(..end).unwrap_or_default();
    let tail = resource.get(end + 1..).unwrap_or_default();
    let near = strsim::osa_distance(head, "parameter") <= 2 && !tail.is_empty();
    let corrected = match () {
        () if near => Some(format!("parameter/{}", tail.trim_start_matches('/'))),
        () if head.is_empty() => Some(format!("parameter/{tail}")),
        () if end == resource.len() => Some(format!("parameter/{resource}")),
        () => None,
    };
    let start = arn.position(ArnField::Resource).start;
    let position = if near && head == "parameter" {
        start + end..start + end + 1
    } else {
        start..start + end
    };
    Malformed::new(position, kind, corrected.map(|resource| arn.with(ArnField::Resource, &resource)))
}

/// The name and what follows its colon. A name has no colons, so at most one selector may follow.
pub(crate) fn split_selector<'a>(text: &str, name: &'a str, oddities: &mut Vec<Oddity>) -> Result<(&'a str, Option<String>), Malformed> {
    let Some((head, selector)) = name.split_once(':') else {
        return Ok((name, None));
    };
    let place = span(text, selector);
    if let Some(at) = placeholder(name) {
        let start = span(text, name).start;
        return Err(Malformed::new(start + at.start..start + at.end, MalformedKind::Placeholder, None));
    }
    // Without its own colons `arn` is what is left of a secret's ARN after the path.
    if head.ends_with("/arn") || head == "arn" {
        let inner = name.get(head.len() - 3..).unwrap_or_default();
        let corrected = Arn::parse(inner).ok().and_then(|arn| {
            let full = arn.resource().strip_prefix("secret:")?.split(':').next()?.to_owned();
            let plain = six_character_suffix(&full).map_or(full.as_str(), |(plain, _)| plain).to_owned();
            Some(replaced(text, span(text, inner), &plain))
        });
        return Err(Malformed::new(span(text, inner), MalformedKind::ArnInSecretPath, corrected));
    }
    if let Some((first, _)) = selector.split_once(':') {
        let start = span(text, selector).start + first.len();
        let corrected = first
            .is_empty()
            .then(|| text.get(..start).map(|head| head.trim_end_matches(':').to_owned()));
        return Err(Malformed::new(start..text.len(), MalformedKind::Selectors, corrected.flatten()));
    }
    if selector.is_empty() {
        let at = place.start.saturating_sub(1)..place.end;
        let corrected = Some(replaced(text, at.clone(), ""));
        return Err(Malformed::new(at, MalformedKind::Selectors, corrected));
    }
    // A version is a number, a label has letters, digits, periods, hyphens and underscores (Systems Manager User Guide, "Labelling
    // parameters"); what follows a secret's name is Secrets Manager's own.
    let allowed = |c: char| c.is_ascii_alphanumeric() || "_.-".contains(c);
    if !looks_redacted(selector)
        && !head.contains(SECRET_PATH.trim_start_matches('/'))
        && let Some((range, c)) = refused(selector, allowed)
    {
        let at = place.start + range.start..place.start + range.end;
        let kind = if c.is_whitespace() {
            MalformedKind::Whitespace
        } else {
            MalformedKind::Character(c)
        };
        return Err(Malformed::new(at, kind, None));
    }
    let position = place.start.saturating_sub(1)..place.end;
    let corrected = Some(replaced(text, position.clone(), ""));
    oddities.push(Oddity {
        position,
        kind: OddityKind::Selector,
        corrected,
    });
    Ok((head, Some(selector.to_owned())))
}

/// The rules for names; `written` is the part of `text`, `name` the name it stands for.
pub(crate) fn check_name(text: &str, written: &str, name: &str, oddities: &mut Vec<Oddity>) -> Result<(), Malformed> {
    let place = span(text, written);
    let at = |range: Range<usize>| place.start + range.start..place.start + range.end;
    if written.trim_matches('/').is_empty() {
        return Err(Malformed::new(place, MalformedKind::EmptyName, None));
    }
    if let Some(range) = placeholder(written) {
        return Err(Malformed::new(at(range), MalformedKind::Placeholder, None));
    }
    let secret = name.strip_prefix(SECRET_PATH);
    if looks_redacted(written) {
        oddities.push(Oddity {
            position: place,
            kind: OddityKind::Redacted,
            corrected: None,
        });
        return Ok(());
    }
    let allowed = |c: char| c.is_ascii_alphanumeric() || "_.-/".contains(c) || (secret.is_some() && is_secret_name_character(c));
    if let Some((range, c)) = refused(written, allowed) {
        let kind = match c {
            '*' | '?' => MalformedKind::Wildcard,
            c if c.is_whitespace() => MalformedKind::Whitespace,
            c => MalformedKind::Character(c),
        };
        return Err(Malformed::new(at(range), kind, None));
    }
    if name.contains('/') && !name.starts_with('/') {
        // `parameter/…` is what an ARN ends in; the name is the rest.
        let (at, corrected) = match name.strip_prefix("parameter/") {
            Some(rest) => (place.start..place.start + 10, full_name(rest)),
            None => (place.start..place.start, format!("/{name}")),
        };
        let corrected = Some(replaced(text, place, &corrected));
        return Err(Malformed::new(at, MalformedKind::NotFullyQualified, corrected));
    }
    if secret.is_some_and(str::is_empty) {
        return Err(Malformed::new(place.end..place.end, MalformedKind::EmptyName, None));
    }
    // The 1,011 characters count the ARN in front of the name too, which is at least 45 long.
    if name.len() > 1011 {
        return Err(Malformed::new(place, MalformedKind::Length { min: 1, max: 1011 }, None));
    }
    match secret {
        Some(secret) => {
            if six_character_suffix(secret).is_some_and(|(_, suffix)| looks_random(suffix)) {
                let suffix = name_suffix(text, written);
                let position = suffix.start.saturating_sub(1)..suffix.end;
                let corrected = Some(replaced(text, position.clone(), ""));
                oddities.push(Oddity {
                    position,
                    kind: OddityKind::SecretSuffixInName,
                    corrected,
                });
            }
        }
        None => check_levels(text, written, name, oddities)?,
    }
    Ok(())
}

fn check_levels(text: &str, written: &str, name: &str, oddities: &mut Vec<Oddity>) -> Result<(), Malformed> {
    let place = span(text, written);
    let found = name.trim_start_matches('/').split('/').count();
    if found > LEVELS {
        return Err(Malformed::new(place, MalformedKind::Levels { found }, None));
    }
    let empty = written
        .find("//")
        .map(|at| at..at + 2)
        .or_else(|| written.ends_with('/').then(|| written.len() - 1..written.len()));
    if let Some(range) = empty {
        let levels: Vec<&str> = written.split('/').filter(|level| !level.is_empty()).collect();
        let slash = if written.starts_with('/') { "/" } else { "" };
        let corrected = Some(replaced(text, place.clone(), &format!("{slash}{}", levels.join("/"))));
        let position = place.start + range.start..place.start + range.end;
        oddities.push(Oddity {
            position,
            kind: OddityKind::EmptyLevel,
            corrected,
        });
    }
    let bare = name.trim_start_matches('/');
    let lower = bare.to_ascii_lowercase();
    // AWS's own public parameters are under /aws/ and can be referenced.
    if (lower.starts_with("aws") || lower.starts_with("ssm")) && !name.starts_with("/aws/") {
        let start = place.start + (written.len() - written.trim_start_matches('/').len());
        oddities.push(Oddity {
            position: start..start + 3,
            kind: OddityKind::ReservedPrefix,
            corrected: None,
        });
    }
    Ok(())
}
