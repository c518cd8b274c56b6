//! Where addresses lie: a VPC's, a subnet's, the caller's.

use crate::ground::{Ground, Known};
use crate::set::AddressSet;
use snapshot::Operation;
use snapshot::ids::{SubnetId, VpcId};

impl Ground<'_> {
    /// The VPC's own ranges, with the primary one even where only the subnet is known.
    pub(crate) fn vpc_ranges(&self) -> Known<AddressSet> {
        match self.vpc {
            Some(found) => {
                let set = AddressSet::of(found.value.cidrs().map(|cidr| cidr.0));
                Known::proven(set, vec![found.at.clone()])
            }
            None => {
                let mut call = self.call(Operation::Ec2DescribeVpcs);
                if let Some(id) = &self.vpc_id {
                    call = call.option("vpc-ids", id.as_str());
                }
                Known::missing(vec![call.into()])
            }
        }
    }

    /// The ranges of another VPC.
    pub(crate) fn ranges_of(&self, vpc: &VpcId) -> Known<AddressSet> {
        match self.snapshot.ec2.vpcs.get(vpc) {
            Some(found) => Known::proven(AddressSet::of(found.value.cidrs().map(|cidr| cidr.0)), vec![found.at.clone()]),
            None => Known::missing(Vec::new()),
        }
    }

    /// Where a subnet's addresses lie.
    pub(crate) fn subnet_ranges(&self, subnet: &SubnetId, v6: bool) -> Known<AddressSet> {
        match self.snapshot.ec2.subnets.get(subnet) {
            Some(found) => {
                let set = AddressSet::of(found.value.cidrs().map(|cidr| cidr.0)).intersection(&AddressSet::family(v6));
                Known::proven(set, vec![found.at.clone()])
            }
            None => Known::missing(vec![
                self.call(Operation::Ec2DescribeSubnets)
                    .option("subnet-ids", subnet.as_str())
                    .into(),
            ]),
        }
    }

    /// The caller's addresses: its own, else anywhere in its subnet, else anywhere.
    pub(crate) fn source(&self, v6: bool) -> Known<AddressSet> {
        let family = AddressSet::family(v6);
        let own = AddressSet::addresses(self.caller.private_ips.iter().copied()).intersection(&family);
        if !own.is_empty() {
            return Known::proven(own, Vec::new());
        }
        let interface = self
            .caller
            .interface
            .as_ref()
            .and_then(|id| self.snapshot.ec2.network_interfaces.get(id));
        if let Some(found) = interface {
            let set = AddressSet::addresses(found.value.addresses()).intersection(&family);
            if !set.is_empty() {
                return Known::proven(set, vec![found.at.clone()]);
            }
        }
        if let Some(subnet) = &self.caller.subnet {
            let ranges = self.subnet_ranges(subnet, v6);
            if ranges.value.as_ref().is_some_and(|set| !set.is_empty()) {
                return ranges;
            }
        }
        let vpc = self.vpc_ranges();
        match vpc.value {
            Some(set) if !set.is_empty() => Known {
                value: Some(set.intersection(&family)),
                ..vpc
            },
            _ => Known {
                value: Some(family),
                cites: Vec::new(),
                assumes: Vec::new(),
                needs: vpc.needs,
            },
        }
    }
}
