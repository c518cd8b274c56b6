//! Which addresses the target's name may have on the internet.

use crate::ground::Ground;
use crate::set::AddressSet;
use snapshot::Citation;

/// What the public addresses of the target may be.
pub(crate) struct Destinations {
    pub(crate) set: AddressSet,
    pub(crate) cites: Vec<Citation>,
    /// What tells the VPC's own addresses, which are none of them.
    pub(crate) own: Vec<Citation>,
    pub(crate) vague: bool,
}

impl Ground<'_> {
    /// The target's public addresses.
    pub(crate) fn destinations(&self, v6: bool) -> Destinations {
        if let Some(address) = self.target.quoted_address {
            return Destinations {
                set: AddressSet::addresses([address]),
                cites: self.target.quoted_at.iter().cloned().collect(),
                own: Vec::new(),
                vague: false,
            };
        }
        let family = AddressSet::family(v6);
        if let Some((set, cites)) = self.service_ranges() {
            let set = set.intersection(&family);
            if !set.is_empty() {
                return Destinations {
                    set,
                    cites,
                    own: Vec::new(),
                    vague: false,
                };
            }
        }
        let vpc = self.vpc_ranges();
        let own = vpc.value.unwrap_or_default();
        if self.target.is_aws_public
            && let Some(found) = &self.snapshot.ec2.ip_ranges
        {
            let region = self
                .target
                .service
                .as_ref()
                .map(|service| service.region.as_str())
                .or(self.region());
            let published = found
                .value
                .prefixes
                .iter()
                .filter(|prefix| prefix.service == "AMAZON" && Some(prefix.region.as_str()) == region);
            let set = AddressSet::of(published.map(|prefix| prefix.cidr.0))
                .intersection(&family)
                .minus(&own);
            if !set.is_empty() {
                return Destinations {
                    set,
                    cites: vec![found.at.clone()],
                    own: vpc.cites,
                    vague: false,
                };
            }
        }
        let public = if v6 { AddressSet::public_v6() } else { AddressSet::public_v4() };
        Destinations {
            set: public.minus(&own),
            cites: Vec::new(),
            own: vpc.cites,
            vague: true,
        }
    }
}
