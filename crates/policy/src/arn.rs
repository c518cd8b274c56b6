//! Amazon Resource Names, taken apart without copying.

/// The six parts of an ARN. The resource may itself hold colons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arn<'a> {
    /// `aws`, `aws-cn`, `aws-us-gov`, …
    pub partition: &'a str,
    /// `secretsmanager`, `ecr`, …
    pub service: &'a str,
    /// Region, empty for global services.
    pub region: &'a str,
    /// Account, empty for buckets.
    pub account: &'a str,
    /// Everything after the fifth colon.
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    /// Reads `arn:partition:service:region:account:resource`; `None` for anything else.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Arn<'a>> {
        let mut parts = text.splitn(6, ':');
        if parts.next() != Some("arn") {
            return None;
        }
        let (partition, service, region, account) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        Some(Arn {
            partition,
            service,
            region,
            account,
            resource: parts.next()?,
        })
    }
}

/// Twelve digits.
#[must_use]
pub(crate) fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit())
}
