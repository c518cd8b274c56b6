//! IPv4 and IPv6: subnets without IPv4 and with both families, DNS64 and NAT64, egress-only gateways; packet by packet, with nothing of the
//! walk's.

mod print;

use crate::model::Draw;
use crate::simulator::Fate;
use crate::world::*;
use network::Reach;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::net::{Ipv4Addr, Ipv6Addr};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hop {
    Nat,
    Igw,
    EgressOnly,
    Transit,
    Checked,
    Forwarding,
}

#[derive(Clone, Copy, Debug)]
struct Rte {
    net: &'static str,
    hop: Hop,
    dead: bool,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    number: i64,
    egress: bool,
    allow: bool,
    net: &'static str,
    ports: (u16, u16),
}

#[derive(Clone, Debug)]
pub(crate) struct Families {
    /// The task's subnet has no IPv4; else it has both families.
    only_v6: bool,
    /// The host has IPv6 addresses.
    host: Option<bool>,
    dns64: bool,
    public_ip: bool,
    task: Vec<Rte>,
    public: Vec<Rte>,
    egress: Vec<(&'static str, (i64, i64))>,
    acls: [Vec<Entry>; 2],
    nat: &'static str,
    attached: bool,
    egress_only_attached: bool,
    block: &'static str,
}

const OWN_V4: &str = "10.0.10.20";
const OWN_V6: &str = "2600:1f18:1:a::5";
const V4: [&str; 4] = ["8.8.8.8", "100.1.1.1", "150.1.1.1", "220.1.1.1"];
const V6: [&str; 4] = ["2001:4860::1", "2600:9000::1", "3000::1", "2a00:1450::1"];
const MAPPED: [&str; 4] = ["64:ff9b::808:808", "64:ff9b::6401:101", "64:ff9b::9601:101", "64:ff9b::dc01:101"];
const PORTS: [u16; 5] = [32768, 40000, 45000, 50001, 60999];

impl Families {
    pub(crate) fn draw(bytes: &[u8]) -> Self {
        let d = &mut Draw::new(bytes);
        let only_v6 = d.of(&[true, true, false]);
        let (host, dns64, public_ip) = (d.of(&[Some(true), Some(false), None]), d.rarely(2), !only_v6 && d.rarely(2));
        d.part(0);
        let mut task = Vec::new();
        let mut push = |d: &mut Draw<'_>, net: &'static str, hops: &[Hop]| {
            task.push(Rte {
                net,
                hop: d.of(hops),
                dead: d.rarely(8),
            });
        };
        if !d.rarely(5) {
            push(
                d,
                "0.0.0.0/0",
                &[Hop::Nat, Hop::Nat, Hop::Igw, Hop::Transit, Hop::Checked, Hop::Forwarding],
            );
        }
        if !d.rarely(5) {
            push(
                d,
                "::/0",
                &[Hop::EgressOnly, Hop::EgressOnly, Hop::Igw, Hop::Transit, Hop::Nat, Hop::Forwarding],
            );
        }
        if !d.rarely(3) {
            push(d, "64:ff9b::/96", &[Hop::Nat, Hop::Nat, Hop::Nat, Hop::Transit, Hop::EgressOnly]);
        }
        if d.rarely(4) {
            push(d, "2000::/4", &[Hop::EgressOnly, Hop::Igw, Hop::Checked]);
        }
        if d.rarely(6) {
            push(d, "3000::/4", &[Hop::EgressOnly, Hop::Igw]);
        }
        d.part(1);
        let mut public = Vec::new();
        if !d.rarely(8) {
            public.push(Rte {
                net: "0.0.0.0/0",
                hop: d.of(&[Hop::Igw, Hop::Igw, Hop::Igw, Hop::Transit, Hop::Nat]),
                dead: false,
            });
        }
        if d.rarely(3) {
            public.push(Rte {
                net: d.of(&["::/0", "128.0.0.0/1", "64:ff9b::/96"]),
                hop: d.of(&[Hop::Igw, Hop::Transit]),
                dead: false,
            });
        }
        d.part(2);
        let mut egress = Vec::new();
        for net in ["0.0.0.0/0", "::/0"] {
            if !d.rarely(4) {
                egress.push((net, (0, 65535)));
            }
        }
        for _ in 0..d.of(&[0, 1, 2]) {
            egress.push((
                d.of(&["64:ff9b::/96", "2000::/3", "::/1", "8000::/1", "0.0.0.0/1", "128.0.0.0/1"]),
                d.of(&[(443, 443), (80, 80), (0, 65535)]),
            ));
        }
        d.part(3);
        let acls = [(); 2].map(|()| {
            let mut entries = Vec::new();
            for (number, egress, net) in [
                (100, true, "0.0.0.0/0"),
                (100, false, "0.0.0.0/0"),
                (101, true, "::/0"),
                (101, false, "::/0"),
            ] {
                if !d.rarely(8) {
                    entries.push(Entry {
                        number,
                        egress,
                        allow: true,
                        net,
                        ports: (0, 65535),
                    });
                }
            }
            for n in 0..d.of(&[0, 0, 1, 2]) {
                entries.push(Entry {
                    number: d.of(&[10, 90, 110, 120]) + n,
                    egress: d.rarely(2),
                    allow: d.rarely(2),
                    net: d.of(&[
                        "64:ff9b::/96",
                        "2600:1f18:1:a::/64",
                        "10.0.10.0/24",
                        "2000::/4",
                        "::/0",
                        "0.0.0.0/0",
                    ]),
                    ports: d.of(&[(443, 443), (0, 65535), (1024, 65535), (32768, 60999), (40000, 50000)]),
                });
            }
            entries
        });
        d.part(4);
        let attached = !d.rarely(10);
        let egress_only_attached = !d.rarely(10);
        for rte in task.iter_mut().chain(&mut public) {
            rte.dead |= !attached && rte.hop == Hop::Igw || !egress_only_attached && rte.hop == Hop::EgressOnly;
        }
        Self {
            only_v6,
            host,
            dns64,
            public_ip,
            task,
            public,
            egress,
            acls,
            nat: d.of(&["available", "available", "available", "deleting"]),
            attached,
            egress_only_attached,
            block: d.of(&["off", "off", "off", "block-bidirectional", "block-ingress"]),
        }
    }

    fn admits(&self, ip: &str) -> bool {
        self.egress
            .iter()
            .any(|(net, ports)| ports.0 <= 443 && 443 <= ports.1 && within(net, ip))
    }

    fn crosses(&self, acl: usize, egress: bool, ip: &str, port: u16) -> bool {
        let mut lowest: Option<&Entry> = None;
        for entry in &self.acls[acl] {
            let fits = entry.egress == egress && entry.ports.0 <= port && port <= entry.ports.1 && within(entry.net, ip);
            if fits && lowest.is_none_or(|best| entry.number < best.number) {
                lowest = Some(entry);
            }
        }
        lowest.is_some_and(|entry| entry.allow)
    }

    fn internet(&self, outbound: bool) -> bool {
        self.attached && self.open(outbound)
    }

    fn open(&self, outbound: bool) -> bool {
        self.block == "off" || self.block == "block-ingress" && outbound
    }

    /// A call to an address of its own family.
    fn call(&self, ip: &str, port: u16, nat_port: u16) -> Fate {
        if !self.admits(ip) {
            return Fate::Dropped;
        }
        // The gateway stands in another subnet: what leaves crosses the border.
        if !self.crosses(0, true, ip, 443) || !self.crosses(0, false, ip, port) {
            return Fate::Dropped;
        }
        let Some(rte) = longest(&self.task, ip) else {
            return Fate::Dropped;
        };
        if rte.dead {
            return Fate::Dropped;
        }
        let v6 = ip.contains(':');
        let mapped = MAPPED.contains(&ip);
        match rte.hop {
            Hop::Transit | Hop::Forwarding => Fate::Unseen,
            Hop::Checked => Fate::Dropped,
            Hop::Igw | Hop::EgressOnly if mapped => Fate::Unseen,
            Hop::EgressOnly => passes(self.egress_only_attached && self.open(true)),
            Hop::Igw if v6 => passes(self.internet(false)),
            Hop::Igw => passes(self.public_ip && self.internet(false)),
            Hop::Nat => {
                let own = if v6 { OWN_V6 } else { OWN_V4 };
                if self.nat != "available" || !self.crosses(1, false, own, 443) || !self.crosses(1, true, own, port) {
                    return Fate::Dropped;
                }
                if v6 && !mapped {
                    return Fate::Unseen;
                }
                let outside = if mapped {
                    V4[MAPPED.iter().position(|one| *one == ip).unwrap()]
                } else {
                    ip
                };
                if !self.crosses(1, true, outside, 443) || !self.crosses(1, false, outside, nat_port) {
                    return Fate::Dropped;
                }
                match longest(&self.public, outside).map(|rte| (rte.dead, rte.hop)) {
                    Some((false, Hop::Igw)) => passes(self.internet(true)),
                    Some((false, Hop::Transit)) => Fate::Unseen,
                    _ => Fate::Dropped,
                }
            }
        }
    }

    fn calls(&self, addresses: &[&str]) -> Fates {
        let mut fates = BTreeSet::new();
        for ip in addresses {
            for port in PORTS {
                for nat_port in [1024, 40000, 45000, 65535] {
                    fates.insert(self.call(ip, port, nat_port));
                }
            }
        }
        fates
    }

    /// By IPv6: to the host's own addresses, or to those that DNS64 makes.
    fn by_v6(&self) -> Fates {
        let mapped = || if self.dns64 { self.calls(&MAPPED) } else { [Fate::Dropped].into() };
        match self.host {
            Some(true) => self.calls(&V6),
            Some(false) => mapped(),
            None => self.calls(&V6).union(&mapped()).copied().collect(),
        }
    }

    fn fates(&self) -> Fates {
        if self.only_v6 {
            return self.by_v6();
        }
        let by_v4 = self.calls(&V4);
        // A client takes either: what IPv4 does not carry IPv6 may.
        if by_v4 == [Fate::Dropped].into() && self.by_v6() != [Fate::Dropped].into() {
            return [Fate::Unseen].into();
        }
        by_v4
    }
}

type Fates = BTreeSet<Fate>;

fn passes(yes: bool) -> Fate {
    if yes { Fate::Passes } else { Fate::Dropped }
}

fn bits(ip: &str) -> (bool, u128) {
    match ip.parse::<Ipv4Addr>() {
        Ok(v4) => (false, u128::from(u32::from(v4)) << 96),
        Err(_) => (true, u128::from(ip.parse::<Ipv6Addr>().unwrap())),
    }
}

fn within(net: &str, ip: &str) -> bool {
    let (base, length) = net.split_once('/').unwrap();
    let length: u32 = length.parse().unwrap();
    let (one, other) = (bits(base), bits(ip));
    one.0 == other.0 && (length == 0 || (one.1 ^ other.1) >> (128 - length) == 0)
}

fn longest<'r>(routes: &'r [Rte], ip: &str) -> Option<&'r Rte> {
    let length = |rte: &&Rte| rte.net.split_once('/').unwrap().1.parse::<u8>().unwrap();
    routes.iter().filter(|rte| within(rte.net, ip)).max_by_key(length)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::cases(1_500), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_walk_agrees_with_packets_of_both_families(bytes in proptest::collection::vec(any::<u8>(), 120)) {
        let families = Families::draw(&bytes);
        let trace = families.world().walk();
        let fates = families.fates();
        let only = |fate: Fate| fates == [fate].into();
        match trace.verdict {
            Reach::Reachable => prop_assert!(only(Fate::Passes), "{fates:?} {families:#?} {trace:#?}"),
            Reach::Blocked => prop_assert!(only(Fate::Dropped), "{fates:?} {families:#?} {trace:#?}"),
            Reach::Unknown => {
                prop_assert!(!only(Fate::Passes), "{families:#?} {trace:#?}");
                // Drops of some addresses or ports here and of the others there add up to all.
                let split = families.acls.iter().flatten().any(|entry| entry.ports != (0, 65535) && entry.ports != (443, 443));
                prop_assert!(!only(Fate::Dropped) || split, "{families:#?} {trace:#?}");
            }
        }
    }
}
