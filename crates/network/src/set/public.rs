//! The addresses that the internet routes.

use super::AddressSet;
use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use std::net::{Ipv4Addr, Ipv6Addr};

/// IANA's IPv4 special-purpose registry (RFC 6890 and updates), and multicast.
const SPECIAL_V4: [([u8; 4], u8); 17] = [
    ([0, 0, 0, 0], 8),
    ([10, 0, 0, 0], 8),
    ([100, 64, 0, 0], 10),
    ([127, 0, 0, 0], 8),
    ([169, 254, 0, 0], 16),
    ([172, 16, 0, 0], 12),
    ([192, 0, 0, 0], 24),
    ([192, 0, 2, 0], 24),
    ([192, 31, 196, 0], 24),
    ([192, 52, 193, 0], 24),
    ([192, 88, 99, 0], 24),
    ([192, 168, 0, 0], 16),
    ([192, 175, 48, 0], 24),
    ([198, 18, 0, 0], 15),
    ([198, 51, 100, 0], 24),
    ([203, 0, 113, 0], 24),
    ([224, 0, 0, 0], 3),
];

/// IANA's IPv6 special-purpose registry, as far as it lies in the global unicast range `2000::/3`.
const SPECIAL_V6: [([u16; 8], u8); 4] = [
    ([0x2001, 0, 0, 0, 0, 0, 0, 0], 23),
    ([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 32),
    ([0x2002, 0, 0, 0, 0, 0, 0, 0], 16),
    ([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20),
];

impl AddressSet {
    /// Every public IPv4 address: all of IPv4 less IANA's special-purpose ranges and multicast.
    #[must_use]
    pub fn public_v4() -> Self {
        let special = SPECIAL_V4
            .iter()
            .filter_map(|&(base, length)| Ipv4Net::new(Ipv4Addr::from(base), length).ok());
        Self::of([IpNet::V4(Ipv4Net::default())]).minus(&Self::of(special.map(IpNet::V4)))
    }

    /// Every public IPv6 address: `2000::/3` less IANA's special-purpose ranges.
    #[must_use]
    pub fn public_v6() -> Self {
        let special = SPECIAL_V6
            .iter()
            .filter_map(|&(base, length)| Ipv6Net::new(Ipv6Addr::from(base), length).ok());
        let global = Ipv6Net::new(Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3).ok();
        Self::of(global.map(IpNet::V6)).minus(&Self::of(special.map(IpNet::V6)))
    }

    /// What an internet gateway surely drops: the private ranges of RFC 1918 and RFC 6598 (Reachability Analyzer guide, explanation codes).
    pub(crate) fn never_routed() -> Self {
        let private = [
            ([10, 0, 0, 0], 8),
            ([172, 16, 0, 0], 12),
            ([192, 168, 0, 0], 16),
            ([100, 64, 0, 0], 10),
        ];
        let nets = private
            .iter()
            .filter_map(|&(base, length)| Ipv4Net::new(Ipv4Addr::from(base), length).ok());
        Self::of(nets.map(IpNet::V4))
    }

    /// The IPv6 addresses that stand for IPv4 ones behind NAT64: `64:ff9b::/96` (RFC 6052).
    pub(crate) fn nat64() -> Self {
        let net = Ipv6Net::new(Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0), 96).ok();
        Self::of(net.map(IpNet::V6))
    }

    /// Every address of one family.
    #[must_use]
    pub fn family(v6: bool) -> Self {
        Self::of([if v6 {
            IpNet::V6(Ipv6Net::default())
        } else {
            IpNet::V4(Ipv4Net::default())
        }])
    }

    /// How many addresses of an unknown public set may be neglected: a /12 of IPv4, and the same share of IPv6.
    pub(crate) fn negligible(&self) -> bool {
        let v4 = self.intersection(&Self::family(false)).size();
        let v6 = self.intersection(&Self::family(true)).size();
        v4 <= 1 << 20 && v6 <= 1 << 116
    }
}
