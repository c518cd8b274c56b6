//! Addresses, mapped prefix by prefix: two addresses that share their first bits share as many afterwards.

use super::pseudonym::Random;
use std::net::{Ipv4Addr, Ipv6Addr};

/// Ranges that mean something of their own (IANA's IPv4 special-purpose registry, RFC 6890): an address stays in its range. In those
/// that are frozen it stays itself.
const RANGES: [(u32, u32, bool); 17] = [
    (0x0000_0000, 8, true),
    (0x0a00_0000, 8, false),
    (0x6440_0000, 10, false),
    (0x7f00_0000, 8, true),
    (0xa9fe_0000, 16, true),
    (0xac10_0000, 12, false),
    (0xc000_0000, 24, true),
    (0xc000_0200, 24, true),
    (0xc01f_c400, 24, true),
    (0xc034_c100, 24, true),
    (0xc058_6300, 24, true),
    (0xc0a8_0000, 16, false),
    (0xc0af_3000, 24, true),
    (0xc612_0000, 15, true),
    (0xc633_6400, 24, true),
    (0xcb00_7100, 24, true),
    (0xe000_0000, 3, true),
];

/// The last octet stays: AWS's resolver is at the third address of a VPC, and a subnet's first four are its own.
const MAPPED_BITS: u32 = 24;

/// The same for IPv6: ranges, how long each prefix is, whether it is frozen.
const RANGES_V6: [(u128, u32, bool); 8] = [
    (0, 8, true),
    (0x0064_ff9b << 96, 96, true),
    (0x2001 << 112, 23, true),
    (0x2001_0db8 << 96, 32, true),
    (0x2002 << 112, 16, true),
    (0xfc00 << 112, 7, false),
    (0xfe80 << 112, 10, true),
    (0xff00 << 112, 8, true),
];

/// The first `len` bits of `value`, which has `width` bits.
fn head(value: u128, len: u32, width: u32) -> u128 {
    if len == 0 { 0 } else { value >> (width - len) }
}

/// Whether the bit behind the first `depth` ones may be turned: not on the way to a range, and not in a frozen one.
fn free(value: u128, depth: u32, width: u32, range: (u128, u32, bool)) -> bool {
    let (net, len, frozen) = range;
    let shared = depth.min(len);
    head(value, shared, width) != head(net, shared, width) || depth >= len && !frozen
}

/// Maps an IPv4 address. `blocks`: base and prefix length of the VPCs' CIDRs, whose first addresses stay the first.
pub(super) fn v4(address: Ipv4Addr, blocks: &[(u32, u32)], random: &Random) -> Ipv4Addr {
    let value = u128::from(u32::from(address));
    let mut out = u32::from(address);
    for depth in 0..MAPPED_BITS {
        let ranges = RANGES
            .iter()
            .all(|&(net, len, frozen)| free(value, depth, 32, (u128::from(net), len, frozen)));
        let first = blocks
            .iter()
            .any(|&(net, len)| depth >= len && head(value, depth, 32) == head(u128::from(net), depth, 32));
        if !ranges || first {
            continue;
        }
        // One bit is always turned, so that no address stays itself by chance.
        let sure = RANGES
            .iter()
            .any(|&(net, len, _)| depth == len && head(value, len, 32) == head(u128::from(net), len, 32))
            || depth == 20;
        if sure || random.bit(4, depth, head(value, depth, 32)) {
            out ^= 1 << (31 - depth);
        }
    }
    Ipv4Addr::from(out)
}

/// Maps an IPv6 address.
pub(super) fn v6(address: Ipv6Addr, random: &Random) -> Ipv6Addr {
    let value = u128::from(address);
    let mut out = value;
    for depth in 3..128 {
        if RANGES_V6.iter().any(|&range| !free(value, depth, 128, range)) {
            continue;
        }
        if depth == 20 || random.bit(6, depth, head(value, depth, 128)) {
            out ^= 1 << (127 - depth);
        }
    }
    Ipv6Addr::from(out)
}
