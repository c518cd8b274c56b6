//! Hosts of ECR's private registries and of the buckets that hold their layers.

use crate::arn::Account;
use crate::hosts::Variant;
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
    /// `{account}.dkr-ecr[-fips].{region}.on.aws`. The suffix must be the Region's own. A hidden account is kept as it
    /// is written.
    #[must_use]
    pub fn parse(host: &str) -> Option<Self> {
        let (account, rest) = host.split_once('.')?;
        let account = Account::parse(account).or_else(|| {
            let hidden =
                looks_redacted(account) || account.to_ascii_lowercase().contains("account");
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
        let region = Region::parse(region)?;
        (suffix == suffix_of(region.partition()?, variant)?).then_some(Self {
            account,
            region,
            variant,
        })
    }
}

impl fmt::Display for EcrHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&ecr_host(&self.account, &self.region, self.variant).unwrap_or_default())
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
    let label = match variant {
        Variant::Standard => "dkr.ecr",
        Variant::Fips => "dkr.ecr-fips",
        Variant::DualStack => "dkr-ecr",
        Variant::FipsDualStack => "dkr-ecr-fips",
    };
    Some(format!(
        "{account}.{label}.{region}.{}",
        suffix_of(region.partition()?, variant)?
    ))
}

/// The bucket of AWS's own from which ECR serves a Region's image layers (ECR User Guide, S3 gateway endpoint).
#[must_use]
pub fn layer_bucket(region: &Region) -> String {
    format!("prod-{region}-starport-layer-bucket")
}

/// The host under which the layer bucket is called; `None` where the Region's name was hidden.
#[must_use]
pub fn layer_bucket_host(region: &Region) -> Option<String> {
    Some(format!(
        "{}.s3.{region}.{}",
        layer_bucket(region),
        region.partition()?.dns_suffix()
    ))
}
