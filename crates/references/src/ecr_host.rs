//! Hosts of ECR's private registries and of the buckets that hold their layers.

use crate::arn::Account;
use crate::hosts::{Service, Variant, endpoint_host};
use crate::partition::Partition;
use crate::region::Region;
use crate::text::looks_redacted;
use std::fmt;

/// The host of an account's private registry, as the first part of an image reference.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EcrHost {
    /// The registry's account; it need not be the task's.
    pub account: Account,
    /// The registry's Region; it need not be the task's.
    pub region: Region,
    /// Which of the registry's names.
    pub variant: Variant,
}

impl EcrHost {
    /// Reads a host of any partition: `{account}.dkr.ecr[-fips].{region}.{suffix}` and the dual-stack
    /// `{account}.dkr-ecr[-fips].{region}.on.aws`. The suffix must be the Region's own. A hidden account
    /// or Region is kept as it is written.
    #[must_use]
    pub fn parse(host: &str) -> Option<Self> {
        let (account, rest) = host.split_once('.')?;
        let account = Account::parse(account).or_else(|| {
            let hidden = looks_redacted(account) || account.to_ascii_lowercase().contains("account");
            hidden.then(|| Account::redacted(account))
        })?;
        let (variant, rest) = [
            ("dkr.ecr.", Variant::Standard),
            ("dkr.ecr-fips.", Variant::Fips),
            ("dkr-ecr.", Variant::DualStack),
            ("dkr-ecr-fips.", Variant::FipsDualStack),
        ]
        .into_iter()
        .find_map(|(prefix, variant)| Some((variant, rest.strip_prefix(prefix)?)))?;
        let (region, suffix) = rest.split_once('.')?;
        let (region, own) = match Region::parse(region) {
            Some(region) => {
                let own = suffix_of(region.partition()?, variant)? == suffix;
                (region, own)
            }
            // A hidden Region does not tell which suffix is its own.
            None if looks_redacted(region) || region.eq_ignore_ascii_case("region") => {
                let any = |partition| suffix_of(partition, variant) == Some(suffix);
                (Region::redacted(region), Partition::ALL.into_iter().any(any))
            }
            None => return None,
        };
        own.then_some(Self { account, region, variant })
    }

    /// Whether the account or the Region was hidden.
    #[must_use]
    pub fn is_redacted(&self) -> bool {
        self.account.is_redacted() || self.region.partition().is_none()
    }
}

impl fmt::Display for EcrHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let partition = self.region.partition().unwrap_or(Partition::Aws);
        let suffix = suffix_of(partition, self.variant).unwrap_or(partition.dns_suffix());
        write!(f, "{}.{}.{}.{suffix}", self.account, label_of(self.variant), self.region)
    }
}

const fn label_of(variant: Variant) -> &'static str {
    match variant {
        Variant::Standard => "dkr.ecr",
        Variant::Fips => "dkr.ecr-fips",
        Variant::DualStack => "dkr-ecr",
        Variant::FipsDualStack => "dkr-ecr-fips",
    }
}

/// The suffix of a registry's host; `None` where no document names one.
fn suffix_of(partition: Partition, variant: Variant) -> Option<&'static str> {
    if variant.is_dual_stack() {
        partition.dual_stack_registry_suffix()
    } else {
        Some(partition.dns_suffix())
    }
}

/// The host of an account's registry; `None` where no document names one.
#[must_use]
pub fn ecr_host(account: &Account, region: &Region, variant: Variant) -> Option<String> {
    let suffix = suffix_of(region.partition()?, variant)?;
    Some(format!("{account}.{}.{region}.{suffix}", label_of(variant)))
}

/// The bucket of AWS's own from which ECR serves a Region's image layers (ECR User Guide, S3 gateway endpoint).
#[must_use]
pub fn layer_bucket(region: &Region) -> String {
    format!("prod-{region}-starport-layer-bucket")
}

/// The host under which the layer bucket is called; `None` where the Region's name was hidden.
#[must_use]
pub fn layer_bucket_host(region: &Region, variant: Variant) -> Option<String> {
    let s3 = endpoint_host(Service::S3, region, variant)?;
    Some(format!("{}.{s3}", layer_bucket(region)))
}
