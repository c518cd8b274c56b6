//! Image references: `[host[:port]/]repository[:tag][@digest]`.

use crate::arn::Arn;
use crate::ecr_host::{EcrHost, ecr_host};
use crate::hosts::Variant;
use crate::image_text::{check_digest, check_path, check_tag, is_host};
use crate::malformed::{Malformed, MalformedKind, Oddity, OddityKind, Parsed};
use crate::near_ecr::near_registry_host;
use crate::region::{RegionStanding, meant};
use crate::registry::Registry;
use crate::text::{looks_redacted, placeholder, replaced, span};
use crate::value_from::common;
use std::fmt;

/// The `image` of a container.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ImageReference {
    /// Where it is pulled from.
    pub registry: Registry,
    /// The repository, lower case; Docker Hub's official images have `library/` in front, written or not.
    pub repository: String,
    /// The tag as written; [`Self::tag_or_latest`] is what is pulled.
    pub tag: Option<String>,
    /// The digest, which overrides the tag.
    pub digest: Option<Digest>,
}

/// A SHA-256 digest: 64 hexadecimal digits, lower case, without `sha256:`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Digest(String);

impl Digest {
    /// Reads `sha256:` and 64 hexadecimal digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        check_digest(text, text).ok()?;
        text.strip_prefix("sha256:").map(|hex| Self(hex.to_ascii_lowercase()))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "sha256:{}", self.0)
    }
}

impl ImageReference {
    /// Reads an `image`.
    ///
    /// # Errors
    /// Where Docker's grammar rules the text out.
    pub fn parse(text: &str) -> Result<Parsed<Self>, Malformed> {
        parse(text).map_err(|malformed| malformed.settle(parse))
    }

    /// The tag that is pulled; `None` where a digest overrides it.
    #[must_use]
    pub fn tag_or_latest(&self) -> Option<&str> {
        match (&self.digest, &self.tag) {
            (Some(_), _) => None,
            (None, Some(tag)) => Some(tag),
            (None, None) => Some("latest"),
        }
    }

    /// What of the repository lies behind a pull-through cache rule's prefix (`ecrRepositoryPrefix` of
    /// `describe-pull-through-cache-rules`; `ROOT` is the rule without one): the upstream's repository. `None` where the
    /// rule does not apply.
    #[must_use]
    pub fn behind_prefix(&self, prefix: &str) -> Option<&str> {
        self.registry.ecr()?;
        if prefix == "ROOT" {
            return Some(&self.repository);
        }
        let rest = self.repository.strip_prefix(prefix.trim_end_matches('/'))?.strip_prefix('/')?;
        (!rest.is_empty()).then_some(rest)
    }

    /// The ARN of its ECR repository, which policies name; `None` where it is no private ECR image.
    #[must_use]
    pub fn repository_arn(&self) -> Option<String> {
        let EcrHost { account, region, .. } = self.registry.ecr()?;
        let partition = region.partition()?;
        Some(format!("arn:{partition}:ecr:{region}:{account}:repository/{}", self.repository))
    }
}

impl fmt::Display for ImageReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.registry, self.repository)?;
        if let Some(tag) = &self.tag {
            write!(f, ":{tag}")?;
        }
        if let Some(digest) = &self.digest {
            write!(f, "@{digest}")?;
        }
        Ok(())
    }
}

fn parse(text: &str) -> Result<Parsed<ImageReference>, Malformed> {
    common(text)?;
    check_surroundings(text)?;
    let (named, digest) = match text.split_once('@') {
        Some((named, digest)) => (named, Some(digest)),
        None => (text, None),
    };
    if let Some(digest) = digest {
        check_digest(text, digest)?;
    }
    let (host, rest) = split_host(named);
    let mut oddities = Vec::new();
    let registry = match host {
        Some(host) => registry(text, host, &mut oddities)?,
        None => Registry::DockerHub,
    };
    let (path, tag) = match rest.split_once(':') {
        Some((path, tag)) => (path, Some(tag)),
        None => (rest, None),
    };
    if path.is_empty() || (host.is_none() && only_a_registry(path)) {
        let end = span(text, path).end;
        return Err(Malformed::new(end..end, MalformedKind::NoRepository, None));
    }
    if looks_redacted(path) {
        oddities.push(Oddity {
            position: span(text, path),
            kind: OddityKind::Redacted,
            corrected: None,
        });
    } else {
        check_path(text, path)?;
    }
    if let Some(tag) = tag {
        if looks_redacted(tag) && !tag.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            oddities.push(Oddity {
                position: span(text, tag),
                kind: OddityKind::Redacted,
                corrected: None,
            });
        } else {
            check_tag(text, tag)?;
        }
    }
    let official = registry == Registry::DockerHub && !path.contains('/');
    let repository = if official { format!("library/{path}") } else { path.to_owned() };
    let digest = digest.and_then(Digest::parse);
    let value = ImageReference {
        registry,
        repository,
        tag: tag.map(str::to_owned),
        digest,
    };
    Ok(Parsed { value, oddities })
}

/// White space, an address instead of a reference, a placeholder.
fn check_surroundings(text: &str) -> Result<(), Malformed> {
    if let Some(at) = placeholder(text) {
        return Err(Malformed::new(at, MalformedKind::Placeholder, None));
    }
    if let Some(at) = text.find(char::is_whitespace) {
        let length = text.get(at..).map_or(0, |rest| rest.len() - rest.trim_start().len());
        let words: Vec<&str> = text.split_whitespace().collect();
        // Beside a separator it was slipped in; between words it may stand for anything.
        let slipped = words.windows(2).all(|pair| match pair {
            [left, right] => left.ends_with([':', '/', '@']) || right.starts_with([':', '/', '@']),
            _ => true,
        });
        let corrected = slipped.then(|| words.concat());
        return Err(Malformed::new(at..at + length, MalformedKind::Whitespace, corrected));
    }
    if let Some((scheme, rest)) = text.split_once("://") {
        let known = ["http", "https", "docker", "oci", "docker-image"].contains(&scheme.to_ascii_lowercase().as_str());
        let corrected = known.then(|| rest.trim_end_matches('/').to_owned());
        return Err(Malformed::new(0..scheme.len() + 3, MalformedKind::Scheme, corrected));
    }
    arn_for_image(text)
}

/// An ARN in the place of an image; a repository's tells which image was likely meant.
fn arn_for_image(text: &str) -> Result<(), Malformed> {
    let Ok(arn) = Arn::parse(text) else {
        return Ok(());
    };
    let image = arn.resource().strip_prefix("repository/").filter(|_| arn.service() == "ecr");
    let corrected = image.and_then(|image| {
        let host = ecr_host(&arn.account()?, &arn.region()?, Variant::Standard)?;
        Some(format!("{host}/{image}"))
    });
    Err(Malformed::new(span(text, text), MalformedKind::ArnForImage, corrected))
}

/// Whether a text without a slash is a registry of ECR's: Docker would look for it on Docker Hub.
fn only_a_registry(path: &str) -> bool {
    EcrHost::parse(path).is_some() || path == "public.ecr.aws"
}

/// The first component is a host where it has a dot, a colon or upper case, or is `localhost`.
fn split_host(named: &str) -> (Option<&str>, &str) {
    match named.split_once('/') {
        Some((first, rest))
            if first.contains(['.', ':']) || first == "localhost" || first.chars().any(char::is_uppercase) || first.is_empty() =>
        {
            (Some(first), rest)
        }
        _ => (None, named),
    }
}

fn registry(text: &str, host_and_port: &str, oddities: &mut Vec<Oddity>) -> Result<Registry, Malformed> {
    let place = span(text, host_and_port);
    if host_and_port.is_empty() {
        let corrected = Some(replaced(text, 0..1, ""));
        return Err(Malformed::new(0..1, MalformedKind::Host, corrected));
    }
    let bracketed = host_and_port.starts_with('[');
    let split = if bracketed {
        host_and_port.rsplit_once("]:")
    } else {
        host_and_port.split_once(':')
    };
    let (host, port) = match split {
        Some((host, port)) => (host, Some(port)),
        None => (host_and_port, None),
    };
    let port = match port {
        Some(text_of) => match text_of.parse::<u16>() {
            Ok(port) if text_of.bytes().all(|b| b.is_ascii_digit()) => Some(port),
            _ => {
                let at = span(text, text_of);
                let corrected = text_of.is_empty().then(|| replaced(text, at.start - 1..at.end, ""));
                return Err(Malformed::new(at, MalformedKind::Port, corrected));
            }
        },
        None => None,
    };
    let registry = if bracketed {
        let inner = host.trim_matches(['[', ']']);
        if inner.parse::<std::net::Ipv6Addr>().is_err() {
            return Err(Malformed::new(place, MalformedKind::Host, None));
        }
        Registry::Other {
            host: format!("[{}]", inner.to_ascii_lowercase()),
            port,
        }
    } else {
        Registry::of(host, port)
    };
    match &registry {
        Registry::EcrPrivate(ecr) => {
            let region = ecr.region.as_str();
            if ecr.is_redacted() {
                let account = place.start..place.start + ecr.account.as_str().len();
                let position = if ecr.account.is_redacted() { account } else { place.clone() };
                oddities.push(Oddity {
                    position,
                    kind: OddityKind::Redacted,
                    corrected: None,
                });
            }
            if matches!(ecr.region.standing(), RegionStanding::Plausible(_)) {
                let start = host.find(region).map_or(place.start, |at| place.start + at);
                let position = start..start + region.len();
                let corrected = meant(region).map(|meant| replaced(text, position.clone(), meant));
                oddities.push(Oddity {
                    position,
                    kind: OddityKind::UnknownRegion,
                    corrected,
                });
            }
        }
        Registry::Other { .. } if !bracketed => {
            let position = place.start..place.start + host.len();
            if looks_redacted(host) || host.to_ascii_lowercase().contains("account") {
                oddities.push(Oddity {
                    position,
                    kind: OddityKind::Redacted,
                    corrected: None,
                });
            } else if !is_host(host) {
                return Err(Malformed::new(position, MalformedKind::Host, None));
            } else if let Some(near) = near_registry_host(host) {
                let corrected = Some(replaced(text, place, &near));
                oddities.push(Oddity {
                    position,
                    kind: OddityKind::NearRegistryHost,
                    corrected,
                });
            } else if !host.contains('.') && host.chars().any(char::is_uppercase) {
                let corrected = Some(replaced(text, position.clone(), &host.to_ascii_lowercase()));
                oddities.push(Oddity {
                    position,
                    kind: OddityKind::UpperCaseHost,
                    corrected,
                });
            }
        }
        _ => {}
    }
    Ok(registry)
}
