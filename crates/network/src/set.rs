//! Exact sets of IP addresses.
//!
//! IPv4 and IPv6 live in one line of 128-bit numbers: an IPv4 address stands where IPv6 maps it (`::ffff:a.b.c.d`), a block that no
//! IPv6 traffic uses. A set is a sorted list of ranges that neither touch nor overlap, so that equal sets are equal values.

mod carve;
mod public;

pub(crate) use carve::Remaining;
use ipnet::{IpNet, Ipv4Net, Ipv4Subnets, Ipv6Net, Ipv6Subnets};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// First number of the IPv4 block.
const V4_FIRST: u128 = 0xffff_0000_0000;
/// Last number of the IPv4 block.
const V4_LAST: u128 = 0xffff_ffff_ffff;

/// A set of addresses of both families.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct AddressSet {
    ranges: Vec<(u128, u128)>,
}

fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(v4) => V4_FIRST + u128::from(u32::from(v4)),
        IpAddr::V6(v6) => u128::from(v6),
    }
}

fn address(number: u128) -> IpAddr {
    if (V4_FIRST..=V4_LAST).contains(&number) {
        #[expect(clippy::cast_possible_truncation, reason = "less than 2^32 above the block's start")]
        IpAddr::V4(Ipv4Addr::from((number - V4_FIRST) as u32))
    } else {
        IpAddr::V6(Ipv6Addr::from(number))
    }
}

/// The ranges of a network: one, save where a short IPv6 prefix would swallow the IPv4 block.
pub(crate) fn ranges_of(net: IpNet) -> Vec<(u128, u128)> {
    let (first, last) = (number(net.network()), number(net.broadcast()));
    if net.network().is_ipv6() && first <= V4_FIRST && last >= V4_LAST {
        let mut parts = Vec::new();
        if first < V4_FIRST {
            parts.push((first, V4_FIRST - 1));
        }
        if last > V4_LAST {
            parts.push((V4_LAST + 1, last));
        }
        return parts;
    }
    vec![(first, last)]
}

/// Whether a range that ends at `last` can be joined with one that starts at `first`.
fn touches(last: u128, first: u128) -> bool {
    first <= last || (first == last.saturating_add(1) && first != V4_FIRST && last != V4_LAST)
}

impl AddressSet {
    /// No address.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Every address of both families.
    #[must_use]
    pub fn all() -> Self {
        Self::of([IpNet::V4(Ipv4Net::default()), IpNet::V6(Ipv6Net::default())])
    }

    /// The union of networks.
    #[must_use]
    pub fn of(nets: impl IntoIterator<Item = IpNet>) -> Self {
        Self::from_ranges(nets.into_iter().flat_map(ranges_of).collect())
    }

    /// The union of single addresses.
    #[must_use]
    pub fn addresses(addresses: impl IntoIterator<Item = IpAddr>) -> Self {
        Self::from_ranges(addresses.into_iter().map(|one| (number(one), number(one))).collect())
    }

    pub(crate) fn from_ranges(mut ranges: Vec<(u128, u128)>) -> Self {
        ranges.sort_unstable();
        let mut joined: Vec<(u128, u128)> = Vec::with_capacity(ranges.len());
        for (first, last) in ranges {
            match joined.last_mut() {
                Some(open) if touches(open.1, first) => open.1 = open.1.max(last),
                _ => joined.push((first, last)),
            }
        }
        Self { ranges: joined }
    }

    pub(crate) fn ranges(&self) -> &[(u128, u128)] {
        &self.ranges
    }

    /// Whether it holds no address.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// What either holds.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self::from_ranges(self.ranges.iter().chain(&other.ranges).copied().collect())
    }

    /// What both hold.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        let mut ranges = Vec::new();
        let (mut mine, mut theirs) = (self.ranges.iter().peekable(), other.ranges.iter().peekable());
        while let (Some(&&(a, b)), Some(&&(c, d))) = (mine.peek(), theirs.peek()) {
            let (first, last) = (a.max(c), b.min(d));
            if first <= last {
                ranges.push((first, last));
            }
            if b < d {
                mine.next();
            } else {
                theirs.next();
            }
        }
        Self { ranges }
    }

    /// What this holds and the other does not.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        let mut ranges = Vec::new();
        let mut cuts = other.ranges.iter().peekable();
        for &(first, last) in &self.ranges {
            let mut from = Some(first);
            while let (Some(&&(c, d)), Some(start)) = (cuts.peek(), from) {
                if d < start {
                    cuts.next();
                    continue;
                }
                if c > last {
                    break;
                }
                if c > start {
                    ranges.push((start, c - 1));
                }
                from = if d >= last { None } else { Some(d + 1) };
                if d <= last {
                    cuts.next();
                }
            }
            if let Some(start) = from {
                ranges.push((start, last));
            }
        }
        Self { ranges }
    }

    /// The IPv4 addresses that the addresses of `64:ff9b::/96` in this set stand for.
    pub(crate) fn behind_nat64(&self) -> Self {
        let mapped = self.intersection(&Self::nat64()).ranges;
        let v4 = |number: u128| V4_FIRST + (number & 0xffff_ffff);
        Self::from_ranges(mapped.into_iter().map(|(first, last)| (v4(first), v4(last))).collect())
    }

    /// Whether the other holds all of this.
    #[must_use]
    pub fn is_within(&self, other: &Self) -> bool {
        self.minus(other).is_empty()
    }

    /// Whether both share an address.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        !self.intersection(other).is_empty()
    }

    /// Whether it holds that address.
    #[must_use]
    pub fn holds(&self, one: IpAddr) -> bool {
        let wanted = number(one);
        let after = self.ranges.partition_point(|&(first, _)| first <= wanted);
        after
            .checked_sub(1)
            .and_then(|index| self.ranges.get(index))
            .is_some_and(|&(_, last)| wanted <= last)
    }

    /// How many addresses it holds; `u128::MAX` stands for that and one more.
    #[must_use]
    pub fn size(&self) -> u128 {
        self.ranges
            .iter()
            .fold(0_u128, |sum, &(first, last)| sum.saturating_add((last - first).saturating_add(1)))
    }

    /// Its lowest address.
    #[must_use]
    pub fn first(&self) -> Option<IpAddr> {
        self.ranges.first().map(|&(first, _)| address(first))
    }

    /// Its only address, where it has just one.
    #[must_use]
    pub fn only(&self) -> Option<IpAddr> {
        match self.ranges.as_slice() {
            [(first, last)] if first == last => Some(address(*first)),
            _ => None,
        }
    }

    /// The fewest networks that make it up, in ascending order.
    #[must_use]
    pub fn nets(&self) -> Vec<IpNet> {
        let mut nets = Vec::new();
        for &(first, last) in &self.ranges {
            match (address(first), address(last)) {
                (IpAddr::V4(from), IpAddr::V4(to)) => nets.extend(Ipv4Subnets::new(from, to, 0).map(IpNet::V4)),
                (IpAddr::V6(from), IpAddr::V6(to)) => nets.extend(Ipv6Subnets::new(from, to, 0).map(IpNet::V6)),
                _ => {}
            }
        }
        nets
    }
}
