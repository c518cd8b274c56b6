//! Amazon Resource Names: `arn:partition:service:region:account:resource`.

use crate::malformed::{Malformed, MalformedKind, Oddity, OddityKind};
use crate::partition::Partition;
use crate::region::{Region, RegionStanding, meant};
use crate::text::{looks_redacted, placeholder, replaced, span};
use std::fmt;
use std::ops::Range;

/// An ARN: six fields between colons, of which the last (the resource) may hold more colons.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arn {
    text: String,
}

/// A field of an ARN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArnField {
    /// `aws`, `aws-cn`, …
    Partition,
    /// `secretsmanager`, `ssm`, …
    Service,
    /// Empty for global resources.
    Region,
    /// Empty for resources without one, such as S3's.
    Account,
    /// The rest.
    Resource,
}

impl Arn {
    /// Splits a text that begins with `arn:` into six fields, whatever they hold.
    ///
    /// # Errors
    /// Where it does not begin so or has fewer fields.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        if !text.starts_with("arn:") {
            return Err(Malformed::new(0..head(text), MalformedKind::NotAnArn, with_arn_prefix(text)));
        }
        let found = text.splitn(6, ':').count();
        if found < 6 {
            return Err(Malformed::new(text.len()..text.len(), MalformedKind::ArnFields { found }, None));
        }
        Ok(Self { text: text.to_owned() })
    }

    /// The field as it is written.
    #[must_use]
    pub fn field(&self, field: ArnField) -> &str {
        self.text.splitn(6, ':').nth(field as usize + 1).unwrap_or_default()
    }

    /// The bytes of the field.
    #[must_use]
    pub fn position(&self, field: ArnField) -> Range<usize> {
        span(&self.text, self.field(field))
    }

    /// The partition, where this program knows it.
    #[must_use]
    pub fn partition(&self) -> Option<Partition> {
        Partition::from_id(self.field(ArnField::Partition))
    }

    /// The Region, where there is one.
    #[must_use]
    pub fn region(&self) -> Option<Region> {
        Region::parse(self.field(ArnField::Region))
    }

    /// The account, where there is one.
    #[must_use]
    pub fn account(&self) -> Option<Account> {
        Account::parse(self.field(ArnField::Account))
    }

    /// The service's field.
    #[must_use]
    pub fn service(&self) -> &str {
        self.field(ArnField::Service)
    }

    /// The resource: all after the fifth colon.
    #[must_use]
    pub fn resource(&self) -> &str {
        self.field(ArnField::Resource)
    }

    /// The whole ARN.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The text with one field put in another's place.
    #[must_use]
    pub fn with(&self, field: ArnField, value: &str) -> String {
        replaced(&self.text, self.position(field), value)
    }

    /// Region and account of a resource that must have both, as every secret's and parameter's ARN does, with what is
    /// odd about them and about the partition.
    pub(crate) fn owner(&self) -> Result<(Region, Account, Vec<Oddity>), Malformed> {
        let mut oddities = self.partition_oddities();
        let region = self.field(ArnField::Region);
        let place = self.position(ArnField::Region);
        let region = match Region::parse(region) {
            Some(found) => {
                if matches!(found.standing(), RegionStanding::Plausible(_)) {
                    let corrected = meant(region).map(|meant| self.with(ArnField::Region, meant));
                    oddities.push(Oddity {
                        position: place,
                        kind: OddityKind::UnknownRegion,
                        corrected,
                    });
                }
                found
            }
            None if placeholder(region).is_some() => {
                return Err(Malformed::new(place, MalformedKind::Placeholder, None));
            }
            None if looks_redacted(region) => {
                oddities.push(Oddity {
                    position: place,
                    kind: OddityKind::Redacted,
                    corrected: None,
                });
                Region::redacted(region)
            }
            None => {
                let corrected = meant(region).map(|meant| self.with(ArnField::Region, meant));
                return Err(Malformed::new(place, MalformedKind::Region, corrected));
            }
        };
        let account = self.field(ArnField::Account);
        let place = self.position(ArnField::Account);
        let account = match Account::parse(account) {
            Some(found) => found,
            None if placeholder(account).is_some() => {
                return Err(Malformed::new(place, MalformedKind::Placeholder, None));
            }
            // Digits alone are a number typed wrong; anything else is what stands for a hidden one.
            None if account.bytes().all(|b| b.is_ascii_digit()) || account.trim() != account => {
                let trimmed = account.trim();
                let corrected = Account::parse(&trimmed.replace('-', "")).map(|a| self.with(ArnField::Account, a.as_str()));
                return Err(Malformed::new(place, MalformedKind::Account, corrected));
            }
            None => match Account::parse(&account.replace('-', "")) {
                // `1234-5678-9012`, as the console shows it.
                Some(plain) => {
                    let corrected = Some(self.with(ArnField::Account, plain.as_str()));
                    return Err(Malformed::new(place, MalformedKind::Account, corrected));
                }
                None => {
                    oddities.push(Oddity {
                        position: place,
                        kind: OddityKind::Redacted,
                        corrected: None,
                    });
                    Account::redacted(account)
                }
            },
        };
        Ok((region, account, oddities))
    }

    fn partition_oddities(&self) -> Vec<Oddity> {
        let position = self.position(ArnField::Partition);
        let written = self.field(ArnField::Partition);
        let expected = Partition::of_region(self.field(ArnField::Region));
        let corrected = expected.map(|expected| self.with(ArnField::Partition, expected.id()));
        let kind = match (Partition::from_id(written), expected) {
            (Some(found), Some(expected)) if found != expected => OddityKind::PartitionMismatch,
            (Some(_), _) => return Vec::new(),
            (None, _) if looks_redacted(written) => OddityKind::Redacted,
            (None, _) => OddityKind::UnknownPartition,
        };
        vec![Oddity { position, kind, corrected }]
    }
}

impl fmt::Display for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// How many bytes `arn:` should have been: four characters at most.
fn head(text: &str) -> usize {
    text.char_indices().nth(4).map_or(text.len(), |(at, _)| at)
}

/// The text with `arn:` and the partition in front, where it holds a service and a Region as ARNs do.
fn with_arn_prefix(text: &str) -> Option<String> {
    let fields: Vec<&str> = text.splitn(6, ':').collect();
    let at = fields.iter().position(|field| matches!(*field, "secretsmanager" | "ssm" | "s3"))?;
    let rest = text.get(span(text, fields.get(at)?).start..)?;
    let before = at.checked_sub(1).and_then(|at| fields.get(at)).copied();
    let by_region = fields.get(at + 1).and_then(|region| Partition::of_region(region));
    let partition = before.and_then(Partition::from_id).or(by_region).unwrap_or(Partition::Aws);
    Some(format!("arn:{partition}:{rest}"))
}

/// An account's twelve digits, or what a redaction put in their place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Account(String);

impl Account {
    /// The account of exactly twelve digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit())).then(|| Self(text.to_owned()))
    }

    pub(crate) fn redacted(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// Whether the digits were hidden, so that comparing it with another proves nothing.
    #[must_use]
    pub fn is_redacted(&self) -> bool {
        Self::parse(&self.0).is_none()
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
