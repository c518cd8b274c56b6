//! Ranges of either family of addresses, as commands write them and as the typed state holds them.

use snapshot::ec2::Cidr;
use snapshot::ec2::filter::{IpPermission, IpRange, Ipv6Range};
use std::net::IpAddr;

/// A family of addresses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::findings) enum Family {
    V4,
    V6,
}

impl Family {
    pub(in crate::findings) fn of(address: IpAddr) -> Self {
        if address.is_ipv6() { Self::V6 } else { Self::V4 }
    }

    /// Every address of the family, as the commands write it.
    pub(in crate::findings) fn block(self) -> &'static str {
        match self {
            Self::V4 => "0.0.0.0/0",
            Self::V6 => "::/0",
        }
    }

    pub(in crate::findings) fn all(self) -> Option<Cidr> {
        self.block().parse().ok().map(Cidr)
    }
}

/// Ranges as `--ip-permissions` takes them: those of each family under its own member.
pub(in crate::findings) fn permission(ranges: &[Cidr]) -> String {
    let of = |family: Family, member: &str, key: &str| {
        let mine = ranges.iter().filter(|cidr| Family::of(cidr.0.addr()) == family);
        let mine: Vec<String> = mine.map(|cidr| format!("{{{key}={cidr}}}")).collect();
        (!mine.is_empty()).then(|| format!("{member}=[{}]", mine.join(",")))
    };
    let members = [of(Family::V4, "IpRanges", "CidrIp"), of(Family::V6, "Ipv6Ranges", "CidrIpv6")];
    members.into_iter().flatten().collect::<Vec<_>>().join(",")
}

/// The same in the typed state.
pub(in crate::findings) fn add_ranges(rule: &mut IpPermission, ranges: &[Cidr]) {
    for cidr in ranges {
        match Family::of(cidr.0.addr()) {
            Family::V4 => rule.ip_ranges.push(IpRange { cidr_ip: Some(*cidr) }),
            Family::V6 => rule.ipv6_ranges.push(Ipv6Range { cidr_ipv6: Some(*cidr) }),
        }
    }
}

/// Every address of these families.
pub(in crate::findings) fn all_of(families: &[Family]) -> Vec<Cidr> {
    families.iter().filter_map(|family| family.all()).collect()
}
