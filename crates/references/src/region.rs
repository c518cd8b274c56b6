//! Region names: which are known, which are at least formed like one, and which one was meant.

use crate::partition::Partition;
use std::fmt;

/// A Region's name, formed as its partition forms them (`us-east-1`), or what a redaction put in its place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region(String);

/// How well a text is known as a Region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegionStanding {
    /// In the SDKs' list.
    Known(Partition),
    /// Formed like a Region of that partition; may be newer than this program.
    Plausible(Partition),
    /// No partition forms its Regions so.
    NotARegion,
}

impl Region {
    /// The Region of that name, if a partition forms its Regions so.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Partition::of_region(text).map(|_| Self(text.to_owned()))
    }

    /// What stands in the place of a Region whose name was hidden.
    pub(crate) fn redacted(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// Its name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The partition it belongs to; `None` only where its name was hidden.
    #[must_use]
    pub fn partition(&self) -> Option<Partition> {
        Partition::of_region(&self.0)
    }

    /// How well it is known.
    #[must_use]
    pub fn standing(&self) -> RegionStanding {
        RegionStanding::of(&self.0)
    }
}

impl RegionStanding {
    /// The standing of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        match Partition::of_region(text) {
            None => Self::NotARegion,
            Some(partition) if known_regions(partition).contains(&text) => Self::Known(partition),
            Some(partition) => Self::Plausible(partition),
        }
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for Region {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// The Regions of a partition as the SDKs listed them in 2026, in alphabetical order.
#[must_use]
pub const fn known_regions(partition: Partition) -> &'static [&'static str] {
    match partition {
        Partition::Aws => &[
            "af-south-1",
            "ap-east-1",
            "ap-east-2",
            "ap-northeast-1",
            "ap-northeast-2",
            "ap-northeast-3",
            "ap-south-1",
            "ap-south-2",
            "ap-southeast-1",
            "ap-southeast-2",
            "ap-southeast-3",
            "ap-southeast-4",
            "ap-southeast-5",
            "ap-southeast-6",
            "ap-southeast-7",
            "ca-central-1",
            "ca-west-1",
            "eu-central-1",
            "eu-central-2",
            "eu-north-1",
            "eu-south-1",
            "eu-south-2",
            "eu-west-1",
            "eu-west-2",
            "eu-west-3",
            "il-central-1",
            "me-central-1",
            "me-south-1",
            "mx-central-1",
            "sa-east-1",
            "us-east-1",
            "us-east-2",
            "us-west-1",
            "us-west-2",
        ],
        Partition::China => &["cn-north-1", "cn-northwest-1"],
        Partition::GovCloud => &["us-gov-east-1", "us-gov-west-1"],
        Partition::EuropeanSovereign => &["eusc-de-east-1"],
        Partition::Iso => &["us-iso-east-1", "us-iso-west-1"],
        Partition::IsoB => &["us-isob-east-1", "us-isob-west-1"],
        Partition::IsoE => &["eu-isoe-west-1"],
        Partition::IsoF => &["us-isof-east-1", "us-isof-south-1"],
    }
}

/// The known Regions nearest to a text, at most two edits away (an exchange of neighbours is one edit): one where it is
/// clear which was meant, several where it is not, none where nothing is near. A known Region is nearest to itself.
#[must_use]
pub fn nearest_regions(text: &str) -> Vec<&'static str> {
    if text.len() > 32 {
        return Vec::new();
    }
    let lower = text.trim().to_ascii_lowercase().replace('_', "-");
    let mut best = 2;
    let mut near = Vec::new();
    for region in Partition::ALL.into_iter().flat_map(known_regions) {
        let distance = strsim::osa_distance(&lower, region);
        if distance < best {
            best = distance;
            near.clear();
        }
        if distance == best {
            near.push(*region);
        }
    }
    near
}

/// The one Region that was likely meant by a text that is none.
pub(crate) fn meant(text: &str) -> Option<&'static str> {
    match nearest_regions(text).as_slice() {
        [one] if *one != text => Some(one),
        _ => None,
    }
}
