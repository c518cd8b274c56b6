//! S3 objects by ARN, and `environmentFiles`.
//!
//! `arn:{partition}:s3:::{bucket}/{key}`; ECS reads an environment file only where its name ends in `.env` (ECS
//! Developer Guide, "Pass an environment variable in a file").

use crate::arn::{Arn, ArnField};
use crate::malformed::{Malformed, MalformedKind, Oddity, OddityKind, Parsed};
use crate::partition::Partition;
use crate::text::{looks_redacted, placeholder, replaced, span};
use crate::value_from::common;
use std::fmt;

/// An object in S3 by its ARN.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ObjectArn {
    /// The ARN's partition as written.
    pub partition: String,
    /// The bucket.
    pub bucket: String,
    /// The object's key, without leading slash.
    pub key: String,
}

impl ObjectArn {
    /// Reads an object's ARN.
    ///
    /// # Errors
    /// Where the text is no ARN of an S3 object.
    pub fn parse(text: &str) -> Result<Parsed<Self>, Malformed> {
        parse(text).map_err(|malformed| malformed.settle(parse))
    }

    /// The bucket's ARN.
    #[must_use]
    pub fn bucket_arn(&self) -> String {
        format!("arn:{}:s3:::{}", self.partition, self.bucket)
    }
}

impl fmt::Display for ObjectArn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.bucket_arn(), self.key)
    }
}

/// An entry of `environmentFiles`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EnvFile {
    /// The file.
    pub object: ObjectArn,
}

impl EnvFile {
    /// Reads the `value` of an entry. A name that does not end in `.env` is an oddity of the parsed value
    /// ([`OddityKind::NotDotEnv`]): the ARN itself is well formed.
    ///
    /// # Errors
    /// Where the text is no ARN of an S3 object.
    pub fn parse(text: &str) -> Result<Parsed<Self>, Malformed> {
        let Parsed {
            value: object,
            mut oddities,
        } = ObjectArn::parse(text)?;
        if !object.key.ends_with(".env") {
            let start = object.key.rfind('/').map_or(0, |at| at + 1);
            let position = text.len() - (object.key.len() - start)..text.len();
            oddities.push(Oddity {
                position,
                kind: OddityKind::NotDotEnv,
                corrected: None,
            });
        }
        Ok(Parsed {
            value: Self { object },
            oddities,
        })
    }

    /// Whether its name ends as ECS demands. Case counts.
    #[must_use]
    pub fn is_dot_env(&self) -> bool {
        self.object.key.ends_with(".env")
    }
}

impl fmt::Display for EnvFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.object.fmt(f)
    }
}

fn parse(text: &str) -> Result<Parsed<ObjectArn>, Malformed> {
    common(text)?;
    if text.trim() != text {
        let start = text.len() - text.trim_start().len();
        let position = if start > 0 { 0..start } else { text.trim_end().len()..text.len() };
        return Err(Malformed::new(position, MalformedKind::Whitespace, Some(text.trim().to_owned())));
    }
    if let Some((length, object)) = address(text) {
        return Err(Malformed::new(0..length, MalformedKind::S3Address, object));
    }
    if !text.contains(':') && text.contains('/') && text.split('/').next().is_some_and(is_bucket_name) {
        let corrected = format!("arn:{}:s3:::{text}", Partition::Aws);
        return Err(Malformed::new(0..0, MalformedKind::NotAnArn, Some(corrected)));
    }
    let arn = Arn::parse(text).map_err(|mut malformed| {
        if matches!(malformed.kind, MalformedKind::ArnFields { .. }) {
            malformed.corrected = fewer_colons(text);
        }
        malformed
    })?;
    if arn.service() != "s3" {
        let position = arn.position(ArnField::Service);
        let corrected = arn.service().eq_ignore_ascii_case("s3").then(|| arn.with(ArnField::Service, "s3"));
        return Err(Malformed::new(
            position,
            MalformedKind::Service {
                found: arn.service().to_owned(),
            },
            corrected,
        ));
    }
    if !arn.field(ArnField::Region).is_empty() || !arn.field(ArnField::Account).is_empty() {
        let position = arn.position(ArnField::Region).start..arn.position(ArnField::Account).end;
        let access_point = arn.resource().starts_with("accesspoint");
        let corrected = (!access_point).then(|| replaced(text, position.clone(), ":"));
        return Err(Malformed::new(position, MalformedKind::S3RegionOrAccount, corrected));
    }
    let resource = arn.resource();
    let place = arn.position(ArnField::Resource);
    let (bucket, key) = match resource.split_once('/') {
        Some((bucket, key)) if !key.is_empty() => (bucket, key),
        _ => {
            return Err(Malformed::new(place.end..place.end, MalformedKind::NoObject, None));
        }
    };
    if let Some(at) = placeholder(bucket) {
        let at = place.start + at.start..place.start + at.end;
        return Err(Malformed::new(at, MalformedKind::Placeholder, None));
    }
    let mut oddities = Vec::new();
    if let Some(at) = placeholder(key) {
        let start = span(arn.as_str(), key).start;
        let position = start + at.start..start + at.end;
        oddities.push(Oddity {
            position,
            kind: OddityKind::Placeholder,
            corrected: None,
        });
    }
    let written = arn.field(ArnField::Partition);
    if arn.partition().is_none() {
        let kind = if looks_redacted(written) {
            OddityKind::Redacted
        } else {
            OddityKind::UnknownPartition
        };
        oddities.push(Oddity {
            position: arn.position(ArnField::Partition),
            kind,
            corrected: None,
        });
    }
    if looks_redacted(bucket) {
        oddities.push(Oddity {
            position: span(arn.as_str(), bucket),
            kind: OddityKind::Redacted,
            corrected: None,
        });
    } else if !is_bucket_name(bucket) {
        // `arn:aws:s3:::/bucket/key`
        let surplus = bucket.len() - bucket.trim_start_matches(':').len();
        let corrected = if surplus > 0 {
            Some(replaced(text, place.start..place.start + surplus, ""))
        } else {
            bucket.is_empty().then(|| replaced(text, place.start..place.start + 1, ""))
        };
        let position = if bucket.is_empty() {
            place.start..place.start + 1
        } else {
            span(arn.as_str(), bucket)
        };
        return Err(Malformed::new(position, MalformedKind::BucketName, corrected));
    }
    let value = ObjectArn {
        partition: written.to_owned(),
        bucket: bucket.to_owned(),
        key: key.to_owned(),
    };
    Ok(Parsed::of(value, oddities))
}

/// `arn:aws:s3:bucket/key` and `arn:aws:s3::bucket/key`, which lack one or two of the three colons.
fn fewer_colons(text: &str) -> Option<String> {
    let (head, path) = text.split_once(":s3:")?;
    Some(format!("{head}:s3:::{}", path.trim_start_matches(':')))
}

/// The rules that hold for every bucket, also those made in `us-east-1` before 2018 (letters of either case,
/// underscores, up to 255 characters).
fn is_bucket_name(name: &str) -> bool {
    (3..=255).contains(&name.len()) && name.chars().all(|c| c.is_ascii_alphanumeric() || ".-_".contains(c))
}

/// `s3://bucket/key` and the `https` addresses of objects: the length of the wrong beginning, and the object's ARN.
fn address(text: &str) -> Option<(usize, Option<String>)> {
    let arn = |partition: Partition, path: &str| Some(format!("arn:{partition}:s3:::{path}"));
    if let Some(path) = text.strip_prefix("s3://") {
        return Some((5, arn(Partition::Aws, path)));
    }
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let scheme = text.len() - rest.len();
    let (host, path) = rest.split_once('/')?;
    let partition = Partition::ALL.into_iter().rfind(|partition| host.ends_with(partition.dns_suffix()));
    let partition = match partition {
        Some(Partition::GovCloud) if !host.contains("us-gov") => Partition::Aws,
        Some(partition) => partition,
        None => return Some((scheme, None)),
    };
    let object = match host.split_once(".s3") {
        Some((bucket, _)) => arn(partition, &format!("{bucket}/{path}")),
        None if host.starts_with("s3") => arn(partition, path),
        None => None,
    };
    Some((scheme, object))
}
