//! A VPC as a few choices, drawn from bytes so that a failing one shrinks.

use crate::world::*;

/// Draws choices from bytes; when they run out, or in parts that do not vary, every choice is the first.
pub(crate) struct Draw<'a> {
    bytes: std::slice::Iter<'a, u8>,
    varying: u8,
    varies: bool,
}

impl<'a> Draw<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        let mut draw = Self {
            bytes: bytes.iter(),
            varying: 0,
            varies: true,
        };
        // Where everything varies nearly every call is blocked in several places: in most worlds only a part or two does.
        draw.varying = draw.of(&[1, 2, 4, 8, 16, 32, 3, 5, 9, 6, 10, 12, 18, 33, 20, 40, 255]);
        draw
    }

    /// Goes on with a part of the world.
    pub(crate) fn part(&mut self, number: u8) {
        self.varies = self.varying & (1 << number) != 0;
    }

    /// Goes on with what always varies.
    pub(crate) fn always(&mut self) {
        self.varies = true;
    }

    pub(crate) fn below(&mut self, count: usize) -> usize {
        if !self.varies {
            return 0;
        }
        usize::from(self.bytes.next().copied().unwrap_or(0)) % count
    }

    pub(crate) fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    /// True in one of `count`, never where the bytes ran out.
    pub(crate) fn rarely(&mut self, count: usize) -> bool {
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
    /// What lies behind cannot be seen: the member of the route that names it, and its id.
    Opaque(&'static str, &'static str),
    /// An instance's interface that drops what is not its own.
    Checked,
    /// One that does not: a NAT instance.
    Forwarding,
}

/// A private zone over the Region's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Zone {
    /// It holds nothing.
    Empty,
    /// The host's name stands for this address.
    At(&'static str),
    /// The host's name stands for the endpoint.
    Endpoint,
    /// There are names below the host's parent, and not the host's.
    Beside,
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
    /// The NAT gateway is a private one.
    pub(crate) private: bool,
    pub(crate) attached: bool,
    pub(crate) block: &'static str,
    pub(crate) exclusion: Option<(&'static str, &'static str)>,
    /// The NAT gateway is a regional one, with the public subnet's table and no subnet.
    pub(crate) regional: bool,
    /// An edge table takes answers to the public subnet to an appliance.
    pub(crate) edge: bool,
    pub(crate) zone: Option<Zone>,
    /// The ranges of Amazon S3's list were pasted.
    pub(crate) ranges: bool,
    /// State, private DNS, interfaces.
    pub(crate) endpoint: Option<(&'static str, bool, Vec<Door>)>,
}

/// A customer's prefix list.
pub(crate) const LIST: &str = "pl-mine";
pub(crate) const ENTRIES: [&str; 2] = ["54.0.0.0/8", "200.0.0.0/8"];
/// AWS's own list of Amazon S3.
pub(crate) const S3_LIST: &str = "pl-63a5400a";
pub(crate) const S3_RANGES: [&str; 2] = ["52.216.0.0/15", "54.231.0.0/16"];
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
        d.part(0);
        let egress = sg(
            d,
            &[
                "0.0.0.0/0",
                "0.0.0.0/1",
                "128.0.0.0/1",
                "10.0.0.0/16",
                "10.0.20.0/24",
                "10.0.20.5/32",
                LIST,
                S3_LIST,
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
        d.part(1);
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
        d.part(2);
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
                    hop: d.of(&[Hop::Nat, Hop::Igw, Hop::Peering, Hop::Transit, Hop::Forwarding]),
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
        d.always();
        let s3 = d.rarely(3);
        if d.rarely(4) {
            tables[0].push(Rte {
                net: S3_LIST,
                hop: Hop::Gateway,
                dead: d.rarely(5),
            });
        }
        // More and less specific than what the list holds, and as specific.
        let ranges = s3 && d.rarely(2);
        if ranges && d.rarely(2) {
            for net in [d.of(&["52.216.0.0/16", "52.216.0.0/15", "52.217.0.0/17"]), "52.0.0.0/8"] {
                if d.rarely(2) {
                    tables[0].push(Rte {
                        net,
                        hop: d.of(&[Hop::Nat, Hop::Igw, Hop::Transit, Hop::Forwarding]),
                        dead: d.rarely(6),
                    });
                }
            }
        }
        let zone = d.rarely(4).then(|| {
            d.of(&[
                Zone::Empty,
                Zone::Beside,
                Zone::Endpoint,
                Zone::At("10.0.20.5"),
                Zone::At("10.0.20.99"),
                Zone::At("10.77.0.9"),
                // Which of a service's lists holds what a zone names is not known.
                Zone::At(if s3 { "10.77.0.9" } else { "54.1.1.1" }),
            ])
        });
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
        d.part(3);
        for table in &mut tables {
            if d.rarely(4) {
                table.push(Rte {
                    net: d.of(&[LIST, "192.0.0.0/3"]),
                    hop: d.of(&[
                        Hop::Opaque("GatewayId", "vgw-1"),
                        Hop::Opaque("GatewayId", "vpce-gwlb"),
                        Hop::Opaque("CoreNetworkArn", "arn:aws:networkmanager::111122223333:core-network/c-1"),
                        Hop::Opaque("CarrierGatewayId", "cagw-1"),
                        Hop::Opaque("LocalGatewayId", "lgw-1"),
                        Hop::Checked,
                        Hop::Nat,
                        Hop::Igw,
                    ]),
                    dead: d.rarely(6),
                });
            }
        }
        // Which of two prefix lists wins where they overlap is not documented.
        for table in &mut tables {
            if s3 && table.iter().any(|rte| rte.hop == Hop::Gateway) {
                table.retain(|rte| rte.net != LIST);
            }
        }
        d.part(4);
        let regional = d.rarely(6);
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
            regional,
            edge: d.rarely(8),
            zone,
            ranges,
            private: !regional && d.rarely(6),
            exclusion: d.rarely(2).then(|| {
                let places = ["vpc/vpc-1", "subnet/subnet-public", "subnet/subnet-task"];
                (
                    // A regional gateway stands in no subnet.
                    d.of(if regional { &places[..1] } else { &places[..] }),
                    d.of(&["allow-bidirectional", "allow-egress"]),
                )
            }),
            endpoint,
        }
    }
}
