//! AWS partitions: groups of Regions with their own accounts, ARNs and DNS suffixes.
//!
//! Ids, suffixes and Region patterns are those of the SDKs' `partitions.json`.

use std::fmt;

/// A partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Partition {
    /// `aws`: the commercial Regions.
    Aws,
    /// `aws-cn`: China.
    China,
    /// `aws-us-gov`: GovCloud.
    GovCloud,
    /// `aws-eusc`: the European Sovereign Cloud.
    EuropeanSovereign,
    /// `aws-iso`
    Iso,
    /// `aws-iso-b`
    IsoB,
    /// `aws-iso-e`
    IsoE,
    /// `aws-iso-f`
    IsoF,
}

impl Partition {
    /// Every partition; the commercial one first.
    pub const ALL: [Self; 8] = [
        Self::Aws,
        Self::China,
        Self::GovCloud,
        Self::EuropeanSovereign,
        Self::Iso,
        Self::IsoB,
        Self::IsoE,
        Self::IsoF,
    ];

    /// The partition that a Region's name belongs to by its form, known Region or not. A name formed like a Region
    /// whose beginning no partition claims is taken for a new one of `aws`, as the SDKs take it
    /// (but not `xx-…`, which hides one).
    #[must_use]
    pub fn of_region(region: &str) -> Option<Self> {
        let (head, number) = region.rsplit_once('-')?;
        let (prefix, middle) = head.rsplit_once('-')?;
        let letters = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase());
        let digits = (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
        let first = prefix.split('-').next().unwrap_or_default();
        let formed =
            digits && letters(middle) && prefix.split('-').all(letters) && (2..=4).contains(&first.len()) && !first.starts_with("xx");
        formed.then_some(match prefix {
            "cn" => Self::China,
            "us-gov" => Self::GovCloud,
            "eusc-de" => Self::EuropeanSovereign,
            "us-iso" => Self::Iso,
            "us-isob" => Self::IsoB,
            "eu-isoe" => Self::IsoE,
            "us-isof" => Self::IsoF,
            _ => Self::Aws,
        })
    }

    /// The partition of an id such as `aws-cn`.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|partition| partition.id() == id)
    }

    /// The second field of its ARNs.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Aws => "aws",
            Self::China => "aws-cn",
            Self::GovCloud => "aws-us-gov",
            Self::EuropeanSovereign => "aws-eusc",
            Self::Iso => "aws-iso",
            Self::IsoB => "aws-iso-b",
            Self::IsoE => "aws-iso-e",
            Self::IsoF => "aws-iso-f",
        }
    }

    /// What its services' standard host names end in.
    #[must_use]
    pub const fn dns_suffix(self) -> &'static str {
        match self {
            Self::Aws | Self::GovCloud => "amazonaws.com",
            Self::China => "amazonaws.com.cn",
            Self::EuropeanSovereign => "amazonaws.eu",
            Self::Iso => "c2s.ic.gov",
            Self::IsoB => "sc2s.sgov.gov",
            Self::IsoE => "cloud.adc-e.uk",
            Self::IsoF => "csp.hci.ic.gov",
        }
    }

    /// What its services' dual-stack host names end in (S3 and ECR's registries have their own).
    #[must_use]
    pub const fn dual_stack_suffix(self) -> &'static str {
        match self {
            Self::Aws | Self::GovCloud => "api.aws",
            Self::China => "api.amazonwebservices.com.cn",
            Self::EuropeanSovereign => "api.amazonwebservices.eu",
            Self::Iso => "api.aws.ic.gov",
            Self::IsoB => "api.aws.scloud",
            Self::IsoE => "api.cloud-aws.adc-e.uk",
            Self::IsoF => "api.aws.hci.ic.gov",
        }
    }

    /// What the hosts of ECR's dual-stack registries end in; `None` where no document names them.
    #[must_use]
    pub const fn dual_stack_registry_suffix(self) -> Option<&'static str> {
        match self {
            Self::Aws | Self::GovCloud => Some("on.aws"),
            Self::China => Some("on.amazonwebservices.com.cn"),
            Self::EuropeanSovereign => Some("on.amazonwebservices.eu"),
            Self::Iso | Self::IsoB | Self::IsoE | Self::IsoF => None,
        }
    }

    /// Whether ECR offers pull-through cache rules there: not in China and GovCloud (ECR User Guide); nothing is
    /// documented for the sovereign and isolated partitions.
    #[must_use]
    pub const fn has_pull_through_cache(self) -> Option<bool> {
        match self {
            Self::Aws => Some(true),
            Self::China | Self::GovCloud => Some(false),
            _ => None,
        }
    }
}

impl fmt::Display for Partition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}
