//! Sorting for a core that must stay small: the standard library compiles its stable sort anew for every type, some five kilobytes each.

use std::cmp::Ordering;
use std::collections::BTreeSet;

/// Stable sorting whose one algorithm serves the lists of every type.
pub trait Order<T> {
    /// Sorts as the elements are ordered.
    fn in_order(&mut self)
    where
        T: Ord,
    {
        self.in_order_by(T::cmp);
    }

    /// Sorts by what a key says of each element.
    fn in_order_by_key<K: Ord>(&mut self, key: impl Fn(&T) -> K) {
        self.in_order_by(|a, b| key(a).cmp(&key(b)));
    }

    /// Sorts as a function compares.
    fn in_order_by(&mut self, compare: impl Fn(&T, &T) -> Ordering);
}

impl<T> Order<T> for [T] {
    fn in_order_by(&mut self, compare: impl Fn(&T, &T) -> Ordering) {
        let mut places = places(self.len(), &|a, b| match (self.get(a), self.get(b)) {
            (Some(a), Some(b)) => compare(a, b),
            _ => Ordering::Equal,
        });
        for at in 0..self.len() {
            // Each exchange brings one element to its place.
            while let Some(&place) = places.get(at).filter(|&&place| place != at) {
                self.swap(at, place);
                places.swap(at, place);
            }
        }
    }
}

/// Where each of the elements with the numbers below `count` belongs.
fn places(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|&a, &b| compare(a, b));
    let mut places = vec![0; count];
    for (place, at) in order.into_iter().enumerate() {
        if let Some(slot) = places.get_mut(at) {
            *slot = place;
        }
    }
    places
}

/// A set of these; `collect` would sort them first.
pub fn set<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    for item in items {
        set.insert(item);
    }
    set
}

#[cfg(test)]
mod tests {
    use super::Order;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sorts_as_the_standard_library_does(items in prop::collection::vec((0..5_u8, any::<u8>()), 0..60)) {
            let (mut mine, mut theirs) = (items.clone(), items);
            mine.in_order_by_key(|item| item.0);
            theirs.sort_by_key(|item| item.0);
            prop_assert_eq!(&mine, &theirs);
            mine.in_order();
            theirs.sort();
            prop_assert_eq!(mine, theirs);
        }
    }
}
