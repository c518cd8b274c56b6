//! A set that ordered rules eat up, each taking what the ones before left.

use super::{AddressSet, ranges_of};
use ipnet::IpNet;
use std::collections::BTreeMap;

/// What no earlier rule took. Taking a range touches only the ranges that it overlaps, so that a whole rule list costs little more
/// than one look at each rule.
#[derive(Clone, Debug)]
pub(crate) struct Remaining(BTreeMap<u128, u128>);

impl Remaining {
    pub(crate) fn new(set: &AddressSet) -> Self {
        Self(set.ranges().iter().copied().collect())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes out what a network holds.
    pub(crate) fn take(&mut self, net: IpNet) -> AddressSet {
        let mut taken = Vec::new();
        for (first, last) in ranges_of(net) {
            self.take_range(first, last, &mut taken);
        }
        AddressSet::from_ranges(taken)
    }

    /// Takes out all that is left.
    pub(crate) fn rest(self) -> AddressSet {
        AddressSet::from_ranges(self.0.into_iter().collect())
    }

    fn take_range(&mut self, first: u128, last: u128, taken: &mut Vec<(u128, u128)>) {
        // The range that starts before may reach in.
        let before = self.0.range(..first).next_back().map(|(&from, &to)| (from, to));
        if let Some((from, to)) = before.filter(|&(_, to)| to >= first) {
            self.0.insert(from, first - 1);
            self.0.insert(first, to);
        }
        while let Some((from, to)) = self.0.range(first..=last).next().map(|(&from, &to)| (from, to)) {
            self.0.remove(&from);
            if to > last {
                self.0.insert(last + 1, to);
            }
            taken.push((from, to.min(last)));
        }
    }
}
