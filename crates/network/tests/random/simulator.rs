//! One packet at a time, through lists of rules: nothing shared with the walk, neither code nor algorithm.

use crate::model::*;
use network::Reach;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::net::Ipv4Addr;

/// A port of every stretch that the rules tell apart.
const NAT_PORTS: [i64; 9] = [1024, 32767, 32768, 39999, 40000, 45000, 50001, 61000, 65535];

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fate {
    Passes,
    Dropped,
    Unseen,
}

pub(crate) fn within(net: &str, ip: &str) -> bool {
    if net == LIST {
        return ENTRIES.iter().any(|entry| within(entry, ip));
    }
    let Some((base, length)) = net.split_once('/') else {
        return false;
    };
    let bits = |text: &str| u32::from(text.parse::<Ipv4Addr>().unwrap());
    let length: u32 = length.parse().unwrap();
    length == 0 || (bits(base) ^ bits(ip)) >> (32 - length) == 0
}

fn group_admits(rules: &[SgRule], ip: &str, group: Option<&str>, s3: bool) -> bool {
    rules.iter().any(|rule| {
        let ports = rule.protocol == "-1" || (rule.ports.0 <= 443 && 443 <= rule.ports.1);
        let peer = match rule.peer {
            From::Net(S3_LIST) => s3,
            From::Net(net) => within(net, ip),
            From::Group(name) => group == Some(name),
        };
        matches!(rule.protocol, "-1" | "tcp" | "6") && ports && peer
    })
}

pub(crate) fn acl_admits(rules: &[AclRule], egress: bool, ip: &str, port: i64) -> bool {
    let mut matching: Vec<&AclRule> = rules.iter().filter(|rule| rule.egress == egress).collect();
    matching.sort_by_key(|rule| rule.number);
    for rule in matching {
        let ports = rule.protocol == "-1" || (rule.ports.0 <= port && port <= rule.ports.1);
        if matches!(rule.protocol, "-1" | "6") && ports && within(rule.net, ip) {
            return rule.allow;
        }
    }
    false
}

/// The route for a packet, by trying prefix lengths from the longest.
fn route<'m>(routes: &'m [Rte], ip: &str, s3: bool, ranges: bool) -> Option<&'m Rte> {
    // Where its ranges were not pasted every prefix of AWS's own list is longer than the routes drawn here.
    if s3
        && !ranges
        && let Some(found) = routes.iter().find(|rte| rte.hop == Hop::Gateway)
    {
        return Some(found);
    }
    for length in (1..=32).rev() {
        let suffix = format!("/{length}");
        let ends = |rte: &&Rte| rte.net.ends_with(&suffix) || (length == 8 && rte.net == LIST);
        if let Some(found) = routes.iter().filter(ends).find(|rte| within(rte.net, ip)) {
            return Some(found);
        }
        let holds = |net: &&str| net.ends_with(&suffix) && within(net, ip);
        if s3
            && S3_RANGES.iter().any(holds)
            && let Some(found) = routes.iter().find(|rte| rte.net == S3_LIST)
        {
            return Some(found);
        }
    }
    routes.iter().find(|rte| rte.net == "0.0.0.0/0")
}

impl Model {
    /// The way through the internet gateway, from a subnet, and of the answer back.
    fn outside(&self, subnet: usize, outbound: bool) -> Fate {
        let diverted = self.edge && SUBNETS[subnet] == crate::world::PUBLIC && !(outbound && self.regional);
        match self.internet(subnet, outbound) {
            Fate::Passes if diverted => Fate::Unseen,
            fate => fate,
        }
    }

    fn excluded(&self, subnet: usize, outbound: bool) -> Option<bool> {
        let (arn, mode) = self.exclusion?;
        let id = arn.split('/').next_back()?;
        if id != "vpc-1" && id != SUBNETS[subnet] {
            return None;
        }
        match (mode, self.block) {
            ("allow-bidirectional", _) => Some(true),
            ("allow-egress", "block-bidirectional") if outbound => Some(true),
            ("allow-egress", "block-bidirectional") => Some(false),
            _ => None,
        }
    }

    fn internet(&self, subnet: usize, outbound: bool) -> Fate {
        if !self.attached {
            return Fate::Dropped;
        }
        match self.block {
            "off" => Fate::Passes,
            "block-ingress" if outbound => Fate::Passes,
            _ => match self.excluded(subnet, outbound) {
                Some(true) => Fate::Passes,
                Some(false) => Fate::Unseen,
                None => Fate::Dropped,
            },
        }
    }

    fn to_public(&self, ip: &str, port: i64, nat_port: i64) -> Fate {
        let home = self.home;
        let mut fates = vec![];
        let mut need = |ok: bool| fates.push(if ok { Fate::Passes } else { Fate::Dropped });
        need(group_admits(&self.egress, ip, None, self.s3));
        need(acl_admits(&self.acls[home], true, ip, 443));
        need(acl_admits(&self.acls[home], false, ip, port));
        match route(&self.tables[home], ip, self.s3, self.ranges) {
            None => need(false),
            Some(rte) if rte.dead => need(false),
            Some(rte) => match rte.hop {
                Hop::Gateway => need(true),
                Hop::Peering | Hop::Checked => need(false),
                Hop::Transit | Hop::Appliance | Hop::Forwarding | Hop::Opaque(..) => fates.push(Fate::Unseen),
                Hop::Igw => {
                    need(self.public_ip);
                    fates.push(self.outside(home, false));
                }
                Hop::Nat => {
                    let nat = self.nat_place();
                    fates.push(self.at_nat(ip, port, nat_port));
                    match route(&self.tables[nat], ip, self.s3, self.ranges) {
                        Some(rte) if rte.dead => fates.push(Fate::Dropped),
                        Some(rte) => match rte.hop {
                            // What a private one sends has a private address.
                            Hop::Igw if self.private => fates.push(Fate::Dropped),
                            Hop::Igw => fates.push(self.outside(nat, true)),
                            Hop::Gateway => fates.push(Fate::Passes),
                            Hop::Transit | Hop::Appliance | Hop::Opaque(..) | Hop::Checked | Hop::Forwarding => fates.push(Fate::Unseen),
                            Hop::Nat | Hop::Peering => fates.push(Fate::Dropped),
                        },
                        None => fates.push(Fate::Dropped),
                    }
                }
            },
        }
        worst(&fates)
    }

    /// The subnet whose table a NAT gateway uses.
    fn nat_place(&self) -> usize {
        if self.regional { 1 } else { self.nat_subnet }
    }

    /// The NAT gateway itself, and the borders of its subnet.
    fn at_nat(&self, ip: &str, port: i64, nat_port: i64) -> Fate {
        let nat = self.nat_place();
        let mut passes = self.nat_state == "available";
        if nat != self.home && !self.regional {
            passes &= acl_admits(&self.acls[nat], false, self.source(), 443) && acl_admits(&self.acls[nat], true, self.source(), port);
        }
        if !self.regional {
            passes &= acl_admits(&self.acls[nat], true, ip, 443) && acl_admits(&self.acls[nat], false, ip, nat_port);
        }
        // The answer is diverted inside the VPC.
        let diverts = |rte: &&Rte| rte.hop == Hop::Appliance && within(rte.net, self.source());
        match self.tables[nat].iter().find(diverts) {
            _ if !passes => Fate::Dropped,
            Some(_) => Fate::Unseen,
            None => Fate::Passes,
        }
    }

    fn to_door(&self, door: &Door, port: i64) -> Fate {
        let (home, there, source) = (self.home, door.subnet, self.source());
        let mut fates = vec![];
        let mut need = |ok: bool| fates.push(if ok { Fate::Passes } else { Fate::Dropped });
        need(group_admits(&self.egress, door.ip, Some("sg-endpoint"), false));
        need(group_admits(&self.ingress, source, Some("sg-task"), false));
        if there != home {
            need(acl_admits(&self.acls[home], true, door.ip, 443));
            need(acl_admits(&self.acls[there], false, source, 443));
            need(acl_admits(&self.acls[there], true, source, port));
            need(acl_admits(&self.acls[home], false, door.ip, port));
        }
        let diverted = |table: usize, ip: &str| {
            self.tables[table]
                .iter()
                .any(|rte| rte.hop == Hop::Appliance && within(rte.net, ip))
        };
        if diverted(home, door.ip) || diverted(there, source) {
            fates.push(Fate::Unseen);
        }
        worst(&fates)
    }

    /// A private address that a zone names and where no interface is known to stand: only what leaves the task tells.
    fn to_stranger(&self, ip: &str, port: i64, nat_port: i64) -> Fate {
        let mut fates = vec![Fate::Unseen];
        let by_group = self.egress.iter().any(|rule| {
            let fits = rule.protocol == "-1" || matches!(rule.protocol, "tcp" | "6") && rule.ports.0 <= 443 && 443 <= rule.ports.1;
            fits && matches!(rule.peer, From::Group(_))
        });
        let inside = within("10.0.0.0/16", ip);
        // Over a transit gateway rules name groups inwards only.
        let over_transit = !inside && route(&self.tables[self.home], ip, false, false).is_some_and(|rte| rte.hop == Hop::Transit);
        if (!by_group || over_transit) && !group_admits(&self.egress, ip, None, false) {
            fates.push(Fate::Dropped);
        }
        if !inside {
            let home = self.home;
            let leaves = acl_admits(&self.acls[home], true, ip, 443) && acl_admits(&self.acls[home], false, ip, port);
            // A gateway in the task's own subnet is reached without crossing its border.
            let beside = !self.regional && self.nat_subnet == home;
            match route(&self.tables[home], ip, false, false) {
                None => fates.push(Fate::Dropped),
                Some(rte) => {
                    if !(leaves || rte.hop == Hop::Nat && beside) {
                        fates.push(Fate::Dropped);
                    }
                    if rte.dead || matches!(rte.hop, Hop::Igw | Hop::Checked) {
                        fates.push(Fate::Dropped);
                    }
                    if rte.hop == Hop::Nat {
                        fates.push(self.at_nat(ip, port, nat_port));
                        // It drops what is for private addresses, or hands it on to another network.
                        match route(&self.tables[self.nat_place()], ip, false, false) {
                            None
                            | Some(
                                Rte { dead: true, .. }
                                | Rte {
                                    hop: Hop::Igw | Hop::Nat, ..
                                },
                            ) => fates.push(Fate::Dropped),
                            Some(_) => {}
                        }
                    }
                }
            }
        }
        worst(&fates)
    }

    /// What may become of the call, over every address, interface and port.
    pub(crate) fn fates(&self) -> BTreeSet<Fate> {
        if !self.support {
            return [Fate::Dropped].into();
        }
        let mut fates = BTreeSet::new();
        let captured = self.endpoint.as_ref().filter(|(_, private_dns, _)| *private_dns && self.hostnames);
        let ports = [32768, 39999, 40000, 45000, 50000, 50001, 60999];
        let public = match captured {
            Some(("available", _, doors)) => {
                for door in doors {
                    fates.extend(ports.map(|port| self.to_door(door, port)));
                }
                false
            }
            _ if self.zone.is_some() && self.hostnames => {
                fates.extend(self.by_zone(&ports));
                false
            }
            Some(("pending", ..)) => {
                fates.insert(Fate::Dropped);
                true
            }
            _ => true,
        };
        if public {
            // One address of every stretch that the rules tell apart.
            let anywhere = ["8.8.8.8", "54.1.1.1", "100.1.1.1", "150.1.1.1", "200.1.1.1", "220.1.1.1"];
            let ranges = ["52.216.1.1", "52.217.1.1", "52.217.200.1", "54.231.1.1"];
            for ip in if self.ranges { &ranges[..] } else { &anywhere[..] } {
                for port in ports {
                    for nat_port in NAT_PORTS {
                        fates.insert(self.to_public(ip, port, nat_port));
                    }
                }
            }
        }
        fates
    }

    /// What a private zone of the VPC answers, and what becomes of the call there.
    fn by_zone(&self, ports: &[i64]) -> BTreeSet<Fate> {
        let mut fates = BTreeSet::new();
        match self.zone {
            Some(Zone::At(ip)) if !within("10.0.0.0/8", ip) => {
                for port in ports {
                    fates.extend(NAT_PORTS.map(|nat_port| self.to_public(ip, *port, nat_port)));
                }
            }
            Some(Zone::At(ip)) => {
                let door = self.endpoint.iter().flat_map(|(_, _, doors)| doors).find(|door| door.ip == ip);
                for port in ports {
                    match door {
                        Some(door) => fates.extend([self.to_door(door, *port)]),
                        None => fates.extend(NAT_PORTS.map(|nat_port| self.to_stranger(ip, *port, nat_port))),
                    }
                }
            }
            Some(Zone::Endpoint) => match &self.endpoint {
                // No such endpoint is known: only rules that let nothing out tell.
                None => {
                    let out = self.egress.iter().any(|rule| {
                        let fits =
                            rule.protocol == "-1" || matches!(rule.protocol, "tcp" | "6") && rule.ports.0 <= 443 && 443 <= rule.ports.1;
                        // The list of one service holds no address of another.
                        fits && (self.s3 || !matches!(rule.peer, From::Net(S3_LIST)))
                    });
                    fates.insert(if out { Fate::Unseen } else { Fate::Dropped });
                }
                Some(("failed", ..)) => {
                    fates.insert(Fate::Dropped);
                }
                Some((state, _, doors)) => {
                    for door in doors {
                        for port in ports {
                            let fate = self.to_door(door, *port);
                            fates.insert(if *state == "pending" && fate == Fate::Passes {
                                Fate::Unseen
                            } else {
                                fate
                            });
                        }
                    }
                }
            },
            // The name is not there.
            _ => {
                fates.insert(Fate::Dropped);
            }
        }
        fates
    }
}

pub(crate) fn worst(fates: &[Fate]) -> Fate {
    if fates.contains(&Fate::Dropped) {
        Fate::Dropped
    } else if fates.contains(&Fate::Unseen) {
        Fate::Unseen
    } else {
        Fate::Passes
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::cases(2_500), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_walk_agrees_with_packets(bytes in proptest::collection::vec(any::<u8>(), 160)) {
        let model = Model::draw(&bytes);
        let trace = model.world().walk();
        let fates = model.fates();
        let only = |fate: Fate| fates.iter().all(|one| *one == fate);
        match trace.verdict {
            Reach::Reachable => prop_assert!(only(Fate::Passes), "{fates:?} {model:#?} {trace:#?}"),
            Reach::Blocked => prop_assert!(only(Fate::Dropped), "{fates:?} {model:#?} {trace:#?}"),
            Reach::Unknown => {
                prop_assert!(!only(Fate::Passes), "{model:#?} {trace:#?}");
                // Where rules split ports or addresses, drops at different places may add up to all.
                let split = model.acls.iter().flatten().any(|rule| rule.ports != (0, 65535) && rule.ports != (443, 443));
                prop_assert!(!only(Fate::Dropped) || split, "{model:#?} {trace:#?}");
            }
        }
    }
}
