//! `credentialSpecs`: Active Directory credential specs of a container.
//!
//! `credentialspec:` or `credentialspecdomainless:` and the ARN of an S3 object or a parameter; on container instances
//! also a file (ECS API reference, `ContainerDefinition.credentialSpecs`; "Using gMSAs for Windows containers").

use crate::env_file::ObjectArn;
use crate::malformed::{Malformed, MalformedKind, Parsed};
use crate::parameter::ParameterReference;
use crate::value_from::{ValueFrom, common};
use std::fmt;

/// An entry of `credentialSpecs`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CredentialSpec {
    /// Whether the login is a secret that the spec names, so that the instance need not have joined the domain.
    pub domainless: bool,
    /// Where the spec is.
    pub source: CredentialSpecSource,
}

/// Where a credential spec is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CredentialSpecSource {
    /// A file on the container instance: what follows `file://`.
    File(String),
    /// An object in S3.
    Object(ObjectArn),
    /// A parameter.
    Parameter(ParameterReference),
}

impl CredentialSpec {
    /// Reads an entry.
    ///
    /// # Errors
    /// Where the documentation rules the text out.
    pub fn parse(text: &str) -> Result<Parsed<Self>, Malformed> {
        parse(text).map_err(|malformed| malformed.settle(parse))
    }
}

impl fmt::Display for CredentialSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.domainless {
            "credentialspecdomainless:"
        } else {
            "credentialspec:"
        })?;
        match &self.source {
            CredentialSpecSource::File(path) => write!(f, "file://{path}"),
            CredentialSpecSource::Object(object) => object.fmt(f),
            CredentialSpecSource::Parameter(parameter) => parameter.fmt(f),
        }
    }
}

fn parse(text: &str) -> Result<Parsed<CredentialSpec>, Malformed> {
    common(text)?;
    let stripped = [("credentialspecdomainless:", true), ("credentialspec:", false)]
        .into_iter()
        .find_map(|(prefix, domainless)| Some((prefix, domainless, text.strip_prefix(prefix)?)));
    let Some((prefix, domainless, rest)) = stripped else {
        // Docker's own option has an equals sign in the colon's place.
        let end = text.find([':', '=']).unwrap_or(text.len());
        let head = text.get(..end).unwrap_or_default();
        let lower = head.to_ascii_lowercase();
        let rest = text.get(end + 1..).unwrap_or_default();
        let near = |word: &&str| strsim::osa_distance(lower.trim(), word) <= 2;
        let corrected = match lower.as_str() {
            "arn" | "file" => Some(format!("credentialspec:{text}")),
            _ => ["credentialspec", "credentialspecdomainless"]
                .into_iter()
                .find(near)
                .map(|word| format!("{word}:{}", rest.trim_start())),
        };
        let position = if lower == "arn" || lower == "file" { 0..0 } else { 0..end };
        return Err(Malformed::new(position, MalformedKind::CredentialSpecPrefix, corrected));
    };
    let shift = |mut malformed: Malformed| {
        let by = prefix.len();
        malformed.position = malformed.position.start + by..malformed.position.end + by;
        malformed.corrected = malformed.corrected.map(|text| format!("{prefix}{text}"));
        malformed
    };
    if let Some(path) = rest.strip_prefix("file://") {
        if path.is_empty() {
            return Err(Malformed::new(text.len()..text.len(), MalformedKind::EmptyName, None));
        }
        let source = CredentialSpecSource::File(path.to_owned());
        return Ok(Parsed::plain(CredentialSpec { domainless, source }));
    }
    let parsed = if rest.starts_with("arn:") && rest.split(':').nth(2) != Some("s3") {
        let parsed = ValueFrom::parse(rest).map_err(shift)?;
        let oddities = parsed.oddities;
        match parsed.value {
            ValueFrom::Parameter(parameter) => Parsed {
                value: CredentialSpecSource::Parameter(parameter),
                oddities,
            },
            _ => {
                let found = rest.split(':').nth(2).unwrap_or_default();
                let start = rest.splitn(3, ':').take(2).map(|field| field.len() + 1).sum::<usize>();
                let position = prefix.len() + start..prefix.len() + start + found.len();
                return Err(Malformed::new(position, MalformedKind::Service { found: found.to_owned() }, None));
            }
        }
    } else {
        ObjectArn::parse(rest).map_err(shift)?.map(CredentialSpecSource::Object)
    };
    let mut parsed = parsed.map(|source| CredentialSpec { domainless, source });
    for oddity in &mut parsed.oddities {
        oddity.position = oddity.position.start + prefix.len()..oddity.position.end + prefix.len();
        oddity.corrected = oddity.corrected.take().map(|text| format!("{prefix}{text}"));
    }
    Ok(parsed)
}
