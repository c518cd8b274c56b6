//! Endpoints of a hub VPC behind peering connections and transit gateways: both VPCs' tables and filters, the gateway's tables and
//! attachments, and the answer's way back.

mod print;

use crate::model::{AclRule, Draw, From, SgRule};
use crate::simulator::{Fate, acl_admits, within, worst};
use crate::world::*;
use network::Reach;
use proptest::prelude::*;
use std::collections::BTreeSet;

const HUB: &str = "vpc-hub";
const THERE: [&str; 2] = ["subnet-hub-a", "subnet-hub-b"];
const DOORS: [&str; 2] = ["10.9.1.5", "10.9.2.5"];
const SOURCE: &str = "10.0.10.20";
/// A customer's list that routes name.
const LIST: &str = "pl-hub";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hop {
    /// The peering connection or the transit gateway between the two.
    Gate,
    Igw,
    Vpn,
}

#[derive(Clone, Copy, Debug)]
struct Rte {
    net: &'static str,
    hop: Hop,
    dead: bool,
}

/// A route of a transit gateway's table.
#[derive(Clone, Copy, Debug)]
struct Onward {
    net: &'static str,
    /// To the other VPC; else to a third one.
    across: bool,
    dead: bool,
    propagated: bool,
}

#[derive(Clone, Debug)]
struct Attachment {
    state: &'static str,
    /// In the first zone, which the task stands in; in the second.
    zones: (bool, bool),
    associated: bool,
    routes: Vec<Onward>,
}

#[derive(Clone, Debug)]
pub(crate) struct Hubs {
    transit: bool,
    peered: bool,
    doors: usize,
    state: &'static str,
    task: Vec<Rte>,
    hub: [Vec<Rte>; 2],
    egress: Vec<SgRule>,
    ingress: Vec<SgRule>,
    /// Of the task's subnet, of two subnets beside it, of the hub's two.
    acls: [Vec<AclRule>; 5],
    ends: [Attachment; 2],
    listed: &'static str,
}

fn filters(d: &mut Draw<'_>, nets: &[&'static str], groups: &[&'static str], plain: From) -> Vec<SgRule> {
    let mut rules = Vec::new();
    if !d.rarely(3) {
        rules.push(SgRule {
            protocol: "-1",
            ports: (0, 65535),
            peer: plain,
        });
    }
    for _ in 0..d.below(3) {
        let peer = if d.rarely(2) {
            From::Group(d.of(groups))
        } else {
            From::Net(d.of(nets))
        };
        rules.push(SgRule {
            protocol: d.of(&["tcp", "-1", "udp"]),
            ports: d.of(&[(443, 443), (80, 80), (0, 65535)]),
            peer,
        });
    }
    rules
}

impl Hubs {
    pub(crate) fn draw(bytes: &[u8]) -> Self {
        let d = &mut Draw::new(bytes);
        let transit = d.rarely(2);
        d.part(0);
        let table = |d: &mut Draw<'_>, whole: &'static str, parts: &[&'static str]| {
            let mut routes = Vec::new();
            if !d.rarely(8) {
                routes.push(Rte {
                    net: d.of(&[whole, whole, "10.0.0.0/8"]),
                    hop: d.of(&[Hop::Gate, Hop::Gate, Hop::Gate, Hop::Gate, Hop::Vpn, Hop::Igw]),
                    dead: d.rarely(10),
                });
            }
            for _ in 0..d.of(&[0, 0, 1]) {
                let net = d.of(parts);
                if routes.iter().all(|rte: &Rte| rte.net != net) {
                    routes.push(Rte {
                        net,
                        hop: d.of(&[Hop::Gate, Hop::Vpn, Hop::Igw]),
                        dead: d.rarely(6),
                    });
                }
            }
            routes
        };
        let task = table(d, "10.9.0.0/16", &["10.9.1.0/24", "10.9.2.0/25", "10.8.0.0/15", LIST]);
        d.part(1);
        let hub = [(); 2].map(|()| table(d, "10.0.0.0/16", &["10.0.10.0/24", "10.0.10.20/32", "10.0.0.0/17"]));
        d.part(2);
        let egress = filters(
            d,
            &["0.0.0.0/0", "10.9.0.0/16", "10.9.1.0/24", "10.9.2.5/32", "10.0.0.0/16"],
            &["sg-hub", "sg-other"],
            From::Net("0.0.0.0/0"),
        );
        let ingress = filters(
            d,
            &["10.0.0.0/16", "10.0.10.20/32", "10.9.0.0/16"],
            &["sg-task", "sg-hub"],
            From::Net("10.0.0.0/8"),
        );
        d.part(3);
        let acls = [(); 5].map(|()| {
            let all = |egress| AclRule {
                number: 100,
                egress,
                allow: true,
                net: "0.0.0.0/0",
                protocol: "-1",
                ports: (0, 65535),
            };
            let mut list = Vec::new();
            list.extend((!d.rarely(10)).then(|| all(true)));
            list.extend((!d.rarely(10)).then(|| all(false)));
            for n in 0..d.of(&[0, 0, 0, 1, 2]) {
                list.push(AclRule {
                    number: d.of(&[10, 50, 110]) + n,
                    egress: d.rarely(2),
                    allow: d.rarely(2),
                    net: d.of(&["0.0.0.0/0", "10.0.0.0/16", "10.0.10.0/24", "10.9.1.0/24", "10.9.0.0/16"]),
                    protocol: d.of(&["6", "-1", "17"]),
                    ports: d.of(&[(443, 443), (0, 65535), (1024, 65535), (32768, 60999), (40000, 50000)]),
                });
            }
            list
        });
        d.part(4);
        let ends = [["10.9.0.0/16", "10.9.1.0/24", LIST], ["10.0.0.0/16", "10.0.10.0/24", "10.0.0.0/17"]].map(|nets| {
            let mut routes: Vec<Onward> = Vec::new();
            for _ in 0..d.of(&[1, 1, 1, 0, 2, 3]) {
                let one = Onward {
                    net: d.of(&[nets[0], nets[0], nets[1], nets[2], "10.0.0.0/8"]),
                    across: !d.rarely(6),
                    dead: d.rarely(8),
                    propagated: d.rarely(2),
                };
                // One destination has one static and one propagated route at most.
                if routes
                    .iter()
                    .all(|other| other.net != one.net || other.propagated != one.propagated)
                {
                    routes.push(one);
                }
            }
            Attachment {
                state: d.of(&["available", "available", "available", "available", "available", "pending"]),
                zones: d.of(&[(true, true), (true, true), (true, true), (true, false), (false, true)]),
                associated: !d.rarely(10),
                routes,
            }
        });
        d.part(5);
        Self {
            transit,
            peered: !d.rarely(8),
            doors: d.of(&[1, 2]),
            state: d.of(&["available", "available", "available", "available", "failed", "pending"]),
            task,
            hub,
            egress,
            ingress,
            acls,
            ends,
            listed: d.of(&["10.9.0.0/16", "10.9.1.0/24", "10.7.0.0/16"]),
        }
    }

    fn holds(&self, net: &str, ip: &str) -> bool {
        within(if net == LIST { self.listed } else { net }, ip)
    }

    /// Fitting routes, the winner first: by the length of the prefix, a listed one after a static one.
    fn longest<'r>(&self, routes: &'r [Rte], ip: &str) -> Option<&'r Rte> {
        for length in (0..=32).rev() {
            for listed in [false, true] {
                let fits = |rte: &&Rte| {
                    let net = if rte.net == LIST { self.listed } else { rte.net };
                    (rte.net == LIST) == listed && net.ends_with(&format!("/{length}")) && within(net, ip)
                };
                if let Some(found) = routes.iter().find(fits) {
                    return Some(found);
                }
            }
        }
        None
    }

    fn onward(&self, end: usize, ip: &str) -> Fate {
        let end = &self.ends[end];
        if end.state != "available" || !end.associated {
            return Fate::Unseen;
        }
        let mut best: Option<(u8, u8, &Onward)> = None;
        for route in end.routes.iter().filter(|route| self.holds(route.net, ip)) {
            let net = if route.net == LIST { self.listed } else { route.net };
            let length: u8 = net.split('/').next_back().unwrap().parse().unwrap();
            let class = if route.net == LIST {
                1
            } else if route.propagated {
                0
            } else {
                2
            };
            if best.is_none_or(|(other, kind, _)| (length, class) > (other, kind)) {
                best = Some((length, class, route));
            }
        }
        match best {
            None => Fate::Dropped,
            Some((_, _, route)) if route.dead => Fate::Dropped,
            Some((_, _, route)) if route.across => Fate::Passes,
            Some(_) => Fate::Unseen,
        }
    }

    /// The subnets that an attachment stands in, by their ACLs.
    fn borders(&self, end: usize) -> Vec<usize> {
        let beside = if end == 0 { (1, 2) } else { (3, 4) };
        let zones = self.ends[end].zones;
        [(zones.0, beside.0), (zones.1, beside.1)]
            .into_iter()
            .filter_map(|(stands, acl)| stands.then_some(acl))
            .collect()
    }

    fn call(&self, door: usize, port: i64) -> Fate {
        let ip = DOORS[door];
        let route = self.longest(&self.task, ip);
        let mut fates = Vec::new();
        let mut need = |ok: bool| fates.push(if ok { Fate::Passes } else { Fate::Dropped });
        let tcp =
            |rule: &&SgRule| matches!(rule.protocol, "-1" | "tcp") && (rule.protocol == "-1" || rule.ports.0 <= 443 && 443 <= rule.ports.1);
        let by_net = |rule: SgRule, ip: &str| matches!(rule.peer, From::Net(net) if within(net, ip));
        let by_group = |rule: SgRule, group: &str| matches!(rule.peer, From::Group(name) if name == group);
        let own: Vec<SgRule> = self.egress.iter().filter(tcp).copied().collect();
        let out = own.iter().any(|rule| by_net(*rule, ip));
        match route.map(|rte| rte.hop) {
            // Who stands beyond a VPN cannot be seen.
            Some(Hop::Vpn | Hop::Igw) if own.iter().any(|rule| matches!(rule.peer, From::Group(_))) && !out => fates.push(Fate::Unseen),
            Some(Hop::Gate) if !self.transit => need(out || own.iter().any(|rule| by_group(*rule, "sg-hub"))),
            _ => need(out),
        }
        let mut need = |ok: bool| fates.push(if ok { Fate::Passes } else { Fate::Dropped });
        need(acl_admits(&self.acls[0], true, ip, 443));
        need(acl_admits(&self.acls[0], false, ip, port));
        match route {
            None | Some(Rte { dead: true, .. } | Rte { hop: Hop::Igw, .. }) => fates.push(Fate::Dropped),
            Some(Rte { hop: Hop::Vpn, .. }) => fates.push(Fate::Unseen),
            Some(_) if self.transit => match self.onward(0, ip) {
                _ if !self.ends[0].zones.0 => fates.push(Fate::Unseen),
                Fate::Passes => fates.push(self.inside(door, port)),
                other => fates.push(other),
            },
            Some(_) if !self.peered => fates.push(Fate::Unseen),
            Some(_) => fates.push(self.inside(door, port)),
        }
        worst(&fates)
    }

    /// From the hub's border to the endpoint, and back to the task's VPC.
    fn inside(&self, door: usize, port: i64) -> Fate {
        let mut fates = Vec::new();
        let mut need = |ok: bool| fates.push(if ok { Fate::Passes } else { Fate::Dropped });
        let acl = &self.acls[3 + door];
        need(self.state != "failed");
        need(acl_admits(acl, false, SOURCE, 443));
        need(acl_admits(acl, true, SOURCE, port));
        let admits =
            |rule: &&SgRule| matches!(rule.protocol, "-1" | "tcp") && (rule.protocol == "-1" || rule.ports.0 <= 443 && 443 <= rule.ports.1);
        let fitting: Vec<&SgRule> = self.ingress.iter().filter(admits).collect();
        let by_net = fitting
            .iter()
            .any(|rule| matches!(rule.peer, From::Net(net) if within(net, SOURCE)));
        let by_group = fitting.iter().any(|rule| matches!(rule.peer, From::Group("sg-task")));
        // Over a transit gateway a group is told only where that was switched on.
        let unsure = by_group && !by_net && self.transit;
        need(by_net || by_group);
        let back = self.longest(&self.hub[door], SOURCE);
        match back {
            None | Some(Rte { dead: true, .. } | Rte { hop: Hop::Igw, .. }) => fates.push(Fate::Dropped),
            Some(Rte { hop: Hop::Vpn, .. }) => fates.push(Fate::Unseen),
            Some(_) => {}
        }
        if unsure || self.state == "pending" {
            fates.push(Fate::Unseen);
        }
        if self.transit {
            let zones = self.ends[1].zones;
            fates.push(if if door == 0 { zones.0 } else { zones.1 } {
                self.onward(1, SOURCE)
            } else {
                Fate::Unseen
            });
            // Which of an attachment's rules count depends on who else stands in its subnet.
            for acl in (0..2).flat_map(|end| self.borders(end)).map(|acl| &self.acls[acl]) {
                let free = acl_admits(acl, true, DOORS[door], 443)
                    && acl_admits(acl, false, DOORS[door], port)
                    && acl_admits(acl, false, SOURCE, 443)
                    && acl_admits(acl, true, SOURCE, port);
                fates.extend((!free).then_some(Fate::Unseen));
            }
        }
        worst(&fates)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::cases(1_500), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_walk_agrees_with_packets_to_a_hub(bytes in proptest::collection::vec(any::<u8>(), 160)) {
        let hubs = Hubs::draw(&bytes);
        let trace = hubs.world().walk();
        let ports = [32768, 39999, 40000, 45000, 50001, 60999];
        let fates: BTreeSet<Fate> = (0..hubs.doors).flat_map(|door| ports.map(|port| hubs.call(door, port))).collect();
        let only = |fate: Fate| fates == [fate].into();
        match trace.verdict {
            Reach::Reachable => prop_assert!(only(Fate::Passes), "{fates:?} {hubs:#?} {trace:#?}"),
            Reach::Blocked => prop_assert!(only(Fate::Dropped), "{fates:?} {hubs:#?} {trace:#?}"),
            Reach::Unknown => {
                prop_assert!(!only(Fate::Passes), "{hubs:#?} {trace:#?}");
                // Drops at one end for some and at the other for the rest add up to all.
                let split = hubs.doors > 1 || hubs.acls.iter().flatten().any(|rule| !matches!(rule.ports, (0, 65535) | (443, 443)));
                prop_assert!(!only(Fate::Dropped) || split, "{hubs:#?} {trace:#?}");
            }
        }
    }
}
