//! A VPC as a few choices, drawn from bytes so that a failing one shrinks.

use crate::world::*;
use serde_json::{Value, json};

/// Draws choices from bytes; when they run out every choice is the first.
pub(crate) struct Draw<'a>(std::slice::Iter<'a, u8>);

impl<'a> Draw<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes.iter())
    }

    fn below(&mut self, count: usize) -> usize {
        usize::from(self.0.next().copied().unwrap_or(0)) % count
    }

    pub(crate) fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    /// True in one of `count`, never where the bytes ran out.
    fn rarely(&mut self, count: usize) -> bool {
        self.below(count) == count - 1
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hop {
    Nat,
    Igw,
    Peering,
    Transit,
    Gateway,
    Appliance,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Rte {
    pub(crate) net: &'static str,
    pub(crate) hop: Hop,
    pub(crate) dead: bool,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum From {
    Net(&'static str),
    Group(&'static str),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct SgRule {
    pub(crate) protocol: &'static str,
    pub(crate) ports: (i64, i64),
    pub(crate) peer: From,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct AclRule {
    pub(crate) number: i64,
    pub(crate) egress: bool,
    pub(crate) allow: bool,
    pub(crate) net: &'static str,
    pub(crate) protocol: &'static str,
    pub(crate) ports: (i64, i64),
}

#[derive(Clone, Debug)]
pub(crate) struct Door {
    pub(crate) subnet: usize,
    pub(crate) ip: &'static str,
}

#[derive(Clone, Debug)]
pub(crate) struct Model {
    pub(crate) s3: bool,
    pub(crate) home: usize,
    pub(crate) public_ip: bool,
    pub(crate) support: bool,
    pub(crate) hostnames: bool,
    /// Routes of the tables of task, public and other subnet, without `local`.
    pub(crate) tables: [Vec<Rte>; 3],
    pub(crate) egress: Vec<SgRule>,
    pub(crate) ingress: Vec<SgRule>,
    pub(crate) acls: [Vec<AclRule>; 3],
    pub(crate) nat_state: &'static str,
    pub(crate) nat_subnet: usize,
    pub(crate) attached: bool,
    pub(crate) block: &'static str,
    pub(crate) exclusion: Option<(&'static str, &'static str)>,
    /// State, private DNS, interfaces.
    pub(crate) endpoint: Option<(&'static str, bool, Vec<Door>)>,
}

pub(crate) const SUBNETS: [&str; 3] = [TASK, PUBLIC, OTHER];
const PORTS: [(i64, i64); 6] = [(443, 443), (0, 65535), (80, 80), (440, 442), (443, 500), (1024, 65535)];

impl Model {
    pub(crate) fn draw(bytes: &[u8]) -> Self {
        let d = &mut Draw::new(bytes);
        let home = d.of(&[0, 0, 0, 1]);
        let sg = |d: &mut Draw<'_>, nets: &[&'static str], groups: &[&'static str], plain: From| -> Vec<SgRule> {
            let mut rules = Vec::new();
            if !d.rarely(4) {
                rules.push(SgRule {
                    protocol: "-1",
                    ports: (0, 65535),
                    peer: plain,
                });
            }
            for _ in 0..d.below(4) {
                let peer = if d.rarely(3) {
                    From::Group(d.of(groups))
                } else {
                    From::Net(d.of(nets))
                };
                rules.push(SgRule {
                    protocol: d.of(&["tcp", "-1", "udp", "6", "icmp"]),
                    ports: d.of(&PORTS),
                    peer,
                });
            }
            rules
        };
        let egress = sg(
            d,
            &[
                "0.0.0.0/0",
                "0.0.0.0/1",
                "128.0.0.0/1",
                "10.0.0.0/16",
                "10.0.20.0/24",
                "10.0.20.5/32",
            ],
            &["sg-endpoint", "sg-task"],
            From::Net("0.0.0.0/0"),
        );
        let ingress = sg(
            d,
            &["10.0.0.0/16", "10.0.10.0/24", "10.0.10.20/32", "10.0.0.0/24", "10.0.20.0/24"],
            &["sg-task", "sg-endpoint"],
            From::Group("sg-task"),
        );
        let acls = [(); 3].map(|()| {
            let mut rules = Vec::new();
            if !d.rarely(6) {
                rules.push(AclRule {
                    number: 100,
                    egress: true,
                    allow: true,
                    net: "0.0.0.0/0",
                    protocol: "-1",
                    ports: (0, 65535),
                });
            }
            if !d.rarely(6) {
                rules.push(AclRule {
                    number: 100,
                    egress: false,
                    allow: true,
                    net: "0.0.0.0/0",
                    protocol: "-1",
                    ports: (0, 65535),
                });
            }
            for n in 0..d.of(&[0, 0, 1, 2, 3]) {
                rules.push(AclRule {
                    number: d.of(&[10, 90, 110, 120, 130]) + n,
                    egress: d.rarely(2),
                    allow: d.rarely(2),
                    net: d.of(&[
                        "0.0.0.0/0",
                        "0.0.0.0/1",
                        "128.0.0.0/1",
                        "10.0.0.0/16",
                        "10.0.10.0/24",
                        "10.0.20.0/24",
                    ]),
                    protocol: d.of(&["6", "-1", "17", "1"]),
                    ports: d.of(&[(443, 443), (0, 65535), (1024, 65535), (32768, 60999), (40000, 50000)]),
                });
            }
            rules
        });
        let mut tables = [
            Vec::new(),
            vec![Rte {
                net: "0.0.0.0/0",
                hop: Hop::Igw,
                dead: false,
            }],
            Vec::new(),
        ];
        if !d.rarely(5) {
            tables[0].push(Rte {
                net: "0.0.0.0/0",
                hop: d.of(&[Hop::Nat, Hop::Nat, Hop::Igw, Hop::Transit, Hop::Peering]),
                dead: d.rarely(8),
            });
        }
        if d.rarely(8) {
            tables[1].clear();
        }
        for table in &mut tables {
            for _ in 0..d.of(&[0, 0, 1, 2]) {
                let net = d.of(&["0.0.0.0/1", "128.0.0.0/1", "0.0.0.0/2", "10.9.0.0/16"]);
                if table.iter().any(|route: &Rte| route.net == net) {
                    continue;
                }
                table.push(Rte {
                    net,
                    hop: d.of(&[Hop::Nat, Hop::Igw, Hop::Peering, Hop::Transit]),
                    dead: d.rarely(6),
                });
            }
            if d.rarely(10) {
                table.push(Rte {
                    net: d.of(&["10.0.20.0/24", "10.0.10.0/24"]),
                    hop: Hop::Appliance,
                    dead: false,
                });
            }
        }
        let s3 = d.rarely(3);
        if d.rarely(4) {
            tables[0].push(Rte {
                net: "pl-63a5400a",
                hop: Hop::Gateway,
                dead: d.rarely(5),
            });
        }
        let endpoint = d.rarely(2).then(|| {
            let state = d.of(&["available", "available", "available", "failed", "pending"]);
            let mut doors = vec![Door {
                subnet: 2,
                ip: "10.0.20.5",
            }];
            if d.rarely(3) {
                doors.push(Door {
                    subnet: home,
                    ip: if home == 0 { "10.0.10.5" } else { "10.0.0.5" },
                });
            }
            (state, !d.rarely(4), doors)
        });
        let attached = !d.rarely(10);
        // EC2 shows the routes to a detached gateway as blackholes.
        for rte in tables.iter_mut().flatten() {
            rte.dead |= !attached && rte.hop == Hop::Igw;
        }
        Self {
            s3,
            home,
            public_ip: home == 1 && !d.rarely(4),
            support: !d.rarely(12),
            hostnames: !d.rarely(8),
            tables,
            egress,
            ingress,
            acls,
            nat_state: d.of(&["available", "available", "available", "available", "failed"]),
            nat_subnet: d.of(&[1, 1, 1, 1, 0]),
            attached,
            block: d.of(&["off", "off", "off", "block-bidirectional", "block-ingress"]),
            exclusion: d.rarely(2).then(|| {
                (
                    d.of(&["subnet/subnet-public", "vpc/vpc-1", "subnet/subnet-task"]),
                    d.of(&["allow-bidirectional", "allow-egress"]),
                )
            }),
            endpoint,
        }
    }

    pub(crate) fn source(&self) -> &'static str {
        if self.home == 0 { "10.0.10.20" } else { "10.0.0.20" }
    }

    pub(crate) fn world(&self) -> World {
        let mut world = World::new(Way::Nat);
        world.to(if self.s3 { "s3" } else { "ecr.api" });
        world.caller.subnet = Some(SUBNETS[self.home].into());
        world.caller.private_ips = vec![self.source().parse().unwrap()];
        world.caller.public_ip = if self.public_ip {
            network::PublicAddress::Assigned
        } else {
            network::PublicAddress::Absent
        };
        world.set("support", "/EnableDnsSupport/Value", json!(self.support));
        world.set("hostnames", "/EnableDnsHostnames/Value", json!(self.hostnames));
        let names = ["rtb-task", "rtb-public", "rtb-main"];
        for (index, routes) in self.tables.iter().enumerate() {
            let mut list = vec![local()];
            list.extend(routes.iter().map(|rte| {
                let (member, id) = match rte.hop {
                    Hop::Nat => ("NatGatewayId", "nat-1"),
                    Hop::Igw => ("GatewayId", "igw-1"),
                    Hop::Peering => ("VpcPeeringConnectionId", "pcx-1"),
                    Hop::Transit => ("TransitGatewayId", "tgw-1"),
                    Hop::Gateway => ("GatewayId", "vpce-s3"),
                    Hop::Appliance => ("NetworkInterfaceId", "eni-appliance"),
                };
                let mut route = route(rte.net, member, id);
                if rte.dead {
                    route["State"] = json!("blackhole");
                }
                route
            }));
            let association = if index == 2 { main_table() } else { associated(SUBNETS[index]) };
            world.set(
                "tables",
                &format!("/RouteTables/{index}"),
                table(names[index], association, json!(list)),
            );
        }
        let rules = |list: &[SgRule]| -> Value {
            list.iter()
                .map(|one| {
                    let ports = (one.protocol != "-1").then_some(one.ports);
                    match one.peer {
                        From::Net(net) => rule(one.protocol, ports, &[net]),
                        From::Group(group) => {
                            let mut rule = rule(one.protocol, ports, &[]);
                            rule["UserIdGroupPairs"] = json!([{"GroupId": group, "UserId": ACCOUNT}]);
                            rule
                        }
                    }
                })
                .collect()
        };
        world.set("groups", "/SecurityGroups/0/IpPermissionsEgress", rules(&self.egress));
        world.set("groups", "/SecurityGroups/1/IpPermissions", rules(&self.ingress));
        for (index, list) in self.acls.iter().enumerate() {
            let entries: Vec<Value> = list
                .iter()
                .map(|one| {
                    let ports = matches!(one.protocol, "6" | "17").then_some(one.ports);
                    acl_entry(
                        one.number,
                        one.egress,
                        if one.allow { "allow" } else { "deny" },
                        one.net,
                        one.protocol,
                        ports,
                    )
                })
                .collect();
            world.set("acls", &format!("/NetworkAcls/{index}/Entries"), json!(entries));
        }
        world.set("nats", "/NatGateways/0/State", json!(self.nat_state)).set(
            "nats",
            "/NatGateways/0/SubnetId",
            json!(SUBNETS[self.nat_subnet]),
        );
        if !self.attached {
            world.set("igws", "/InternetGateways/0/Attachments", json!([]));
        }
        world.set("bpa", "/VpcBlockPublicAccessOptions/InternetGatewayBlockMode", json!(self.block));
        let exclusions: Vec<Value> = self
            .exclusion
            .iter()
            .map(|(arn, mode)| {
                json!({"ExclusionId": "x-1", "ResourceArn": format!("arn:aws:ec2:us-east-1:{ACCOUNT}:{arn}"),
            "InternetGatewayExclusionMode": mode, "State": "create-complete"})
            })
            .collect();
        world.put(
            "exclusions",
            "ec2 describe-vpc-block-public-access-exclusions",
            json!({"VpcBlockPublicAccessExclusions": exclusions}),
        );
        let mut endpoints = vec![gateway_endpoint(&["rtb-task"])];
        let mut interfaces = Vec::new();
        if let Some((state, private_dns, doors)) = &self.endpoint {
            let subnets: Vec<&str> = doors.iter().map(|door| SUBNETS[door.subnet]).collect();
            let mut one = endpoint("vpce-1", if self.s3 { "s3" } else { "ecr.api" }, &subnets);
            one["State"] = json!(state);
            one["PrivateDnsEnabled"] = json!(private_dns);
            endpoints.push(one);
            for door in doors {
                interfaces.push(interface(
                    &format!("eni-vpce-1-{}", SUBNETS[door.subnet]),
                    SUBNETS[door.subnet],
                    door.ip,
                    "sg-endpoint",
                ));
            }
        }
        world.set("endpoints", "/VpcEndpoints", json!(endpoints));
        world.put(
            "interfaces",
            "ec2 describe-network-interfaces --filters Name=vpc-id,Values=vpc-1",
            json!({"NetworkInterfaces": interfaces}),
        );
        world
    }
}
