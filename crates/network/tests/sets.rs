//! Set arithmetic against brute force over a small universe.
#![expect(clippy::unwrap_used, reason = "tests")]

use network::AddressSet;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr};

/// 10.0.0.0 to 10.0.0.255.
fn ip(n: u8) -> IpAddr {
    IpAddr::V4(Ipv4Addr::new(10, 0, 0, n))
}

fn members(set: &AddressSet) -> BTreeSet<u8> {
    (0..=255).filter(|n| set.holds(ip(*n))).collect()
}

fn nets() -> impl Strategy<Value = Vec<(u8, u8)>> {
    proptest::collection::vec((any::<u8>(), 24_u8..=32), 0..8)
}

fn build(nets: &[(u8, u8)]) -> (AddressSet, BTreeSet<u8>) {
    let parsed: Vec<String> = nets.iter().map(|(n, length)| format!("10.0.0.{n}/{length}")).collect();
    let set = AddressSet::of(parsed.iter().map(|text| text.parse().unwrap()));
    let plain = (0..=255)
        .filter(|m| nets.iter().any(|(n, length)| u32::from(m ^ n) >> (32 - u32::from(*length)) == 0))
        .collect();
    (set, plain)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arithmetic_is_exact(a in nets(), b in nets()) {
        let ((a, plain_a), (b, plain_b)) = (build(&a), build(&b));
        prop_assert_eq!(members(&a), plain_a.clone());
        prop_assert_eq!(members(&a.union(&b)), plain_a.union(&plain_b).copied().collect());
        prop_assert_eq!(members(&a.intersection(&b)), plain_a.intersection(&plain_b).copied().collect());
        prop_assert_eq!(members(&a.minus(&b)), plain_a.difference(&plain_b).copied().collect());
        prop_assert_eq!(a.is_within(&b), plain_a.is_subset(&plain_b));
        prop_assert_eq!(a.meets(&b), !plain_a.is_disjoint(&plain_b));
        prop_assert_eq!(a.size(), plain_a.len() as u128);
        prop_assert_eq!(AddressSet::of(a.nets()), a.clone());
        prop_assert_eq!(a.first(), plain_a.first().map(|n| ip(*n)));
        // Equal sets are equal values, however they came about.
        prop_assert_eq!(a.minus(&b).union(&a.intersection(&b)), a);
    }
}

#[test]
fn families_never_mix() {
    let v4 = AddressSet::of(["0.0.0.0/0".parse().unwrap()]);
    let v6 = AddressSet::of(["::/0".parse().unwrap()]);
    assert!(!v4.meets(&v6));
    assert_eq!(v4.union(&v6), AddressSet::all());
    assert_eq!(AddressSet::all().minus(&v4), v6);
    assert_eq!(v4.nets().len(), 1);
    assert!(v6.holds("2600::1".parse().unwrap()) && !v6.holds("1.2.3.4".parse().unwrap()));
}

#[test]
fn public_addresses_are_public() {
    let v4 = AddressSet::public_v4();
    for (address, public) in [
        ("8.8.8.8", true),
        ("10.0.0.1", false),
        ("100.64.0.1", false),
        ("100.128.0.1", true),
        ("169.254.169.253", false),
        ("172.31.0.1", false),
        ("172.32.0.1", true),
        ("192.168.1.1", false),
        ("198.18.0.1", false),
        ("224.0.0.1", false),
        ("255.255.255.255", false),
        ("52.94.0.1", true),
    ] {
        assert_eq!(v4.holds(address.parse().unwrap()), public, "{address}");
    }
    let v6 = AddressSet::public_v6();
    for (address, public) in [
        ("2600:1f18::1", true),
        ("2001:db8::1", false),
        ("fd00:ec2::253", false),
        ("fe80::1", false),
        ("2a05:d000::1", true),
    ] {
        assert_eq!(v6.holds(address.parse().unwrap()), public, "{address}");
    }
}
