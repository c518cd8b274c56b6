//! `repositoryCredentials.credentialsParameter`: the secret with a private registry's user name and password.
//!
//! A Secrets Manager secret's name (same Region and account) or ARN (any); never a parameter, never a JSON key (ECS
//! Developer Guide, "Using non-AWS container images").

use crate::arn::Arn;
use crate::malformed::{Malformed, MalformedKind, Oddity, OddityKind, Parsed};
use crate::secret::{SecretReference, is_secret_name_character};
use crate::text::{looks_random, looks_redacted, placeholder, refused, replaced, six_character_suffix, span};
use crate::value_from::{ValueFrom, common};
use std::fmt;

/// A secret with registry credentials.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CredentialsParameter {
    /// By name: in the task's Region and account.
    Name(String),
    /// By ARN.
    Secret(SecretReference),
}

impl CredentialsParameter {
    /// Reads a `credentialsParameter`.
    ///
    /// # Errors
    /// Where the documentation rules the text out.
    pub fn parse(text: &str) -> Result<Parsed<Self>, Malformed> {
        parse(text).map_err(|malformed| malformed.settle(parse))
    }

    /// The secret's name by the likeliest reading.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Name(name) => name,
            Self::Secret(secret) => secret.name(),
        }
    }
}

impl fmt::Display for CredentialsParameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::Secret(secret) => secret.fmt(f),
        }
    }
}

fn parse(text: &str) -> Result<Parsed<CredentialsParameter>, Malformed> {
    common(text)?;
    if !text.starts_with("arn:") {
        return name(text);
    }
    let arn = Arn::parse(text)?;
    let position = arn.position(crate::arn::ArnField::Service);
    let parsed = match ValueFrom::parse(text) {
        Ok(parsed) => parsed,
        // A trailing JSON key or version is the mistake, however many fields it has.
        Err(malformed) if matches!(malformed.kind, MalformedKind::SecretFields { .. } | MalformedKind::StageAndVersion) => {
            let name = arn.resource().split(':').nth(1).unwrap_or_default();
            let end = span(arn.as_str(), name).end;
            if name.is_empty() || name == "secret" {
                return Err(malformed);
            }
            let corrected = text.get(..end).map(str::to_owned);
            return Err(Malformed::new(end..text.len(), MalformedKind::JsonKeyNotAllowed, corrected));
        }
        Err(malformed) => return Err(malformed),
    };
    let oddities = parsed.oddities;
    match parsed.value {
        ValueFrom::Secret(secret) if text.len() > secret.arn().len() => {
            let end = secret.arn().len();
            let corrected = Some(secret.arn());
            Err(Malformed::new(end..text.len(), MalformedKind::JsonKeyNotAllowed, corrected))
        }
        ValueFrom::Secret(secret) => Ok(Parsed {
            value: CredentialsParameter::Secret(secret),
            oddities,
        }),
        _ => Err(Malformed::new(
            position,
            MalformedKind::Service {
                found: arn.service().to_owned(),
            },
            None,
        )),
    }
}

fn name(text: &str) -> Result<Parsed<CredentialsParameter>, Malformed> {
    if let Some(at) = placeholder(text) {
        return Err(Malformed::new(at, MalformedKind::Placeholder, None));
    }
    let mut parsed = Parsed::plain(CredentialsParameter::Name(text.to_owned()));
    if looks_redacted(text) {
        parsed.oddities.push(Oddity {
            position: 0..text.len(),
            kind: OddityKind::Redacted,
            corrected: None,
        });
        return Ok(parsed);
    }
    if let Some((at, c)) = refused(text, is_secret_name_character) {
        return Err(match c {
            ':' => match Arn::parse(text) {
                Err(malformed) => malformed,
                Ok(_) => Malformed::new(at, MalformedKind::Character(c), None),
            },
            c if c.is_whitespace() => Malformed::new(
                at,
                MalformedKind::Whitespace,
                (!text.trim().contains(char::is_whitespace)).then(|| text.trim().to_owned()),
            ),
            c => Malformed::new(at, MalformedKind::Character(c), None),
        });
    }
    if text.len() > 512 {
        return Err(Malformed::new(0..text.len(), MalformedKind::Length { min: 1, max: 512 }, None));
    }
    if six_character_suffix(text).is_some_and(|(_, suffix)| looks_random(suffix)) {
        let position = text.len() - 7..text.len();
        let corrected = Some(replaced(text, position.clone(), ""));
        parsed.oddities.push(Oddity {
            position,
            kind: OddityKind::SecretSuffixInName,
            corrected,
        });
    }
    Ok(parsed)
}
