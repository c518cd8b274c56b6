//! Which addresses the target's name may have on the internet, and of which family the caller asks.

use crate::ground::Ground;
use crate::names::Names;
use crate::next::Aim;
use crate::outcome::Outcome;
use crate::set::AddressSet;
use snapshot::Citation;
use snapshot::ids::VpcId;

/// What the public addresses of the target may be.
pub(crate) struct Destinations {
    pub(crate) set: AddressSet,
    pub(crate) cites: Vec<Citation>,
    /// What tells the VPC's own addresses, which are none of them.
    pub(crate) own: Vec<Citation>,
    pub(crate) vague: bool,
}

impl<'a> Ground<'a> {
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

    /// An IPv6-only caller and a host that may have only IPv4: DNS64 answers with `64:ff9b::/96`.
    pub(crate) fn by_nat64(&self, vpc: &VpcId, names: &Names<'a>) -> Outcome {
        let dns64 = self.subnet.is_some_and(|found| found.value.enable_dns64 == Some(true));
        if !dns64 || self.target.dual_stack.is_none() {
            return Outcome::unknown(Vec::new());
        }
        let trunk = self.base(names, AddressSet::nat64(), true, false);
        self.go(vpc, trunk, Aim::Public)
    }

    /// An IPv6-only subnet calls by IPv6; a dual-stack one by IPv4.
    pub(crate) fn calls_by_v6(&self) -> bool {
        if let Some(address) = self.target.quoted_address {
            return address.is_ipv6();
        }
        self.subnet.is_some_and(|found| found.value.ipv6_native == Some(true))
    }
}
