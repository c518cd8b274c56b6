//! The ways that a name may lead, each judged from the caller's interface on.

use crate::endpoints::{Doors, Landing};
use crate::ground::Ground;
use crate::groups::{Judged, Peer};
use crate::line::{At, Line};
use crate::model::fault::{Fault, FaultKind, RuleRef};
use crate::model::trace::{Check, Direction, HopKind, Place, Protocol, Reach, Via, Witness};
use crate::names::{Names, Way};
use crate::next::{Aim, From};
use crate::outcome::{Outcome, Paths};
use crate::resolver::{LINK_LOCAL, LINK_LOCAL_V6};
use crate::routes::{Match, Next};
use crate::set::AddressSet;
use snapshot::ec2::endpoint::VpcEndpoint;
use snapshot::ec2::route::Route;
use snapshot::ids::VpcId;
use snapshot::{Found, Need, Operation, Truth};

impl<'a> Ground<'a> {
    pub(crate) fn way(&self, vpc: &VpcId, names: &Names<'a>, way: &Way<'a>, v6: bool) -> Outcome {
        match way {
            Way::Endpoint(found, quoted) => self.to_endpoint(names, found, quoted.as_ref(), v6),
            Way::Unseen => self.to_unseen(names, v6),
            Way::Public => self.to_public(vpc, names, v6),
            Way::At(set) => self.to_addresses(vpc, names, set, v6),
            Way::Broken(fault) => self.broken(names, fault, v6),
            Way::Open => {
                let trunk = self.base(names, AddressSet::none(), v6, false);
                self.to_anywhere(trunk, names.needs.clone())
            }
        }
    }

    /// No answer, or an endpoint that does not work: nothing is sent.
    fn broken(&self, names: &Names<'a>, fault: &Fault, v6: bool) -> Outcome {
        let mut fault = fault.clone();
        fault.witness = fault.witness.or_else(|| self.unsent(&fault.kind, v6));
        fault.evidence.extend(self.home.iter().cloned());
        let by_server = matches!(fault.kind, FaultKind::DnsSupportDisabled { .. } | FaultKind::DnsPortBlocked { .. });
        if !by_server {
            fault.evidence.extend(names.cites.iter().cloned());
            fault.assumes.extend(names.assumes.iter().cloned());
        }
        let mut outcome = Outcome::unknown(Vec::new());
        outcome.verdict = Reach::Blocked;
        outcome.evidence.clone_from(&fault.evidence);
        outcome.assumes.clone_from(&fault.assumes);
        if let FaultKind::EndpointNotAvailable { endpoint, .. } = &fault.kind {
            outcome.via = Some(Via::InterfaceEndpoint);
            outcome.endpoint = Some(endpoint.clone());
        }
        outcome.faults.push(fault);
        outcome
    }

    /// What the call comes to: a question that Amazon's resolver does not answer, or the packet that is not sent for want of an address.
    fn unsent(&self, kind: &FaultKind, v6: bool) -> Option<Witness> {
        let packet = |destination, rule: &str| Witness {
            source: Place::of(&self.source(v6).value.unwrap_or_default()),
            destination,
            protocol: Protocol::Tcp,
            port: self.target.port,
            last_port: self.target.port,
            direction: Direction::Request,
            rule: RuleRef::State(rule.to_owned()),
        };
        match kind {
            FaultKind::DnsSupportDisabled { .. } => Some(Witness {
                protocol: Protocol::Udp,
                port: 53,
                last_port: 53,
                ..packet(Place::Address(if v6 { LINK_LOCAL_V6 } else { LINK_LOCAL }), "enableDnsSupport")
            }),
            FaultKind::EndpointNotAvailable { endpoint, state, .. } => {
                let found = self.snapshot.ec2.vpc_endpoints.get(endpoint)?;
                let place = match self.place_of(&Way::Endpoint(found, None), v6) {
                    Place::Ranges(none) if none.is_empty() => Place::of(&self.vpc_ranges().value.unwrap_or_default()),
                    place => place,
                };
                Some(packet(place, state))
            }
            FaultKind::PrivateZoneShadows { .. } => Some(packet(Place::Public, "no answer")),
            _ => None,
        }
    }

    fn to_endpoint(&self, names: &Names<'a>, found: &'a Found<VpcEndpoint>, quoted: Option<&AddressSet>, v6: bool) -> Outcome {
        // An endpoint without addresses of the caller's family, or whose name does not lead to them.
        let family = found.value.ip_address_type.as_deref();
        let records = found
            .value
            .dns_options
            .as_ref()
            .and_then(|options| options.dns_record_ip_type.as_deref());
        if matches!((family, v6), (Some("ipv6"), false) | (Some("ipv4") | None, true))
            || (quoted.is_none() && matches!((records, v6), (Some("ipv6"), false) | (Some("ipv4"), true)))
        {
            return Outcome::unknown(vec![self.endpoints_need()]);
        }
        let mut landings = self.landings(found, v6);
        if let Some(quoted) = quoted {
            landings.retain(|landing| quoted.is_within(&landing.set));
            for landing in &mut landings {
                landing.set.clone_from(quoted);
            }
        }
        let doors = self.doors(found);
        let mut outcome = self.to_landings(names, &landings, &doors, v6);
        outcome.endpoint = found.value.vpc_endpoint_id.clone();
        outcome.via = Some(Via::InterfaceEndpoint);
        outcome
    }

    fn to_landings(&self, names: &Names<'a>, landings: &[Landing], doors: &Doors<'_>, v6: bool) -> Outcome {
        let all = landings.iter().fold(AddressSet::none(), |set, landing| set.union(&landing.set));
        if all.is_empty() {
            return Outcome::unknown(vec![self.endpoints_need()]);
        }
        let mut trunk = self.base(names, all, v6, false);
        trunk.rest_on(doors.endpoint.map(|found| found.at.clone()), []);
        let parts = landings
            .iter()
            .map(|landing| {
                let mut line = trunk.onward(landing.set.clone());
                self.land(&mut line, landing, doors);
                vec![line]
            })
            .collect();
        Paths {
            trunk,
            parts,
            landings: true,
        }
        .settle()
    }

    /// Nothing is known of where the name leads: only what holds for any address counts.
    pub(crate) fn to_anywhere(&self, trunk: Line, needs: Vec<Need>) -> Outcome {
        self.to_any_of(AddressSet::all(), trunk, needs)
    }

    /// The same where it leads to one of these.
    pub(crate) fn to_any_of(&self, set: AddressSet, mut trunk: Line, needs: Vec<Need>) -> Outcome {
        let quoted = self.target.quoted_address;
        let everywhere = quoted.map_or(set, |address| AddressSet::addresses([address]));
        trunk = trunk.onward(everywhere.clone());
        let peer = Peer {
            set: &everywhere,
            groups: None,
            public: false,
            anywhere: true,
            forgotten: false,
        };
        let destination = Place::of(&everywhere);
        self.own_groups(&mut trunk, self.judge_own(&peer), |groups| FaultKind::SgEgressBlocked {
            groups,
            destination,
            prefix_list: false,
            endpoint: None,
        });
        let mut line = trunk.onward(everywhere);
        let judged = Judged {
            needs,
            ..Judged::default()
        };
        line.judge_whole(&At::new(HopKind::Subnet, "", Check::Route), Truth::Unknown, judged, None);
        Paths {
            trunk,
            parts: vec![vec![line]],
            landings: false,
        }
        .settle()
    }

    /// An endpoint that was not pasted stands somewhere in the VPC: only what holds anywhere there counts.
    fn to_unseen(&self, names: &Names<'a>, v6: bool) -> Outcome {
        let ranges = self.vpc_ranges();
        let family = AddressSet::family(v6);
        let set = ranges.value.map_or_else(|| family.clone(), |set| set.intersection(&family));
        let needs = vec![self.endpoints_need()];
        let landing = Landing {
            interface: None,
            subnet: None,
            set,
            cites: ranges.cites,
            needs,
        };
        let mut outcome = self.to_landings(
            names,
            &[landing],
            &Doors {
                endpoint: None,
                groups: None,
            },
            v6,
        );
        outcome.via = None;
        outcome
    }

    /// Private addresses that a zone or an error text names.
    fn to_addresses(&self, vpc: &VpcId, names: &Names<'a>, set: &AddressSet, v6: bool) -> Outcome {
        let ranges = self.vpc_ranges();
        if set.is_within(&ranges.value.unwrap_or_default()) {
            let mut landings = Vec::new();
            let mut groups = None;
            for found in self
                .snapshot
                .ec2
                .network_interfaces
                .iter()
                .filter(|found| found.value.vpc_id.as_ref() == Some(vpc))
            {
                let here = AddressSet::addresses(found.value.addresses()).intersection(set);
                if !here.is_empty() {
                    groups = groups.or_else(|| found.value.group_ids());
                    landings.push(Landing {
                        interface: found.value.network_interface_id.clone(),
                        subnet: found.value.subnet_id.clone(),
                        set: here,
                        cites: std::iter::once(found.at.clone()).chain(ranges.cites.iter().cloned()).collect(),
                        needs: Vec::new(),
                    });
                }
            }
            let found = landings.iter().fold(AddressSet::none(), |all, landing| all.union(&landing.set));
            let rest = set.minus(&found);
            if !rest.is_empty() {
                let needs = vec![self.call_for_vpc(Operation::Ec2DescribeNetworkInterfaces, Some(vpc))];
                landings.push(Landing {
                    interface: None,
                    subnet: None,
                    set: rest,
                    cites: ranges.cites,
                    needs,
                });
                groups = None;
            }
            return self.to_landings(names, &landings, &Doors { endpoint: None, groups }, v6);
        }
        let private = set
            .intersection(&if v6 { AddressSet::public_v6() } else { AddressSet::public_v4() })
            .is_empty();
        let trunk = self.base(names, set.clone(), v6, false);
        self.go(vpc, trunk, if private { Aim::Private } else { Aim::Public })
    }

    /// The border of the caller's subnet, which what goes to a NAT gateway within it does not cross.
    fn leave_subnet(&self, trunk: &mut Line, matches: &[Match<'_>]) {
        let beside = |route: &Option<&Route>| match route.map(Next::of) {
            Some(Next::Nat(id)) => {
                let nat = self.snapshot.ec2.nat_gateways.get(&id.into());
                self.caller.subnet.is_some() && nat.is_some_and(|nat| nat.value.subnet_id == self.caller.subnet)
            }
            _ => false,
        };
        let within = matches.iter().filter(|part| part.routes.iter().all(beside));
        let within = within.fold(AddressSet::none(), |all, part| all.union(&part.set));
        if within.is_empty() {
            return self.cross_own(trunk);
        }
        let across = trunk.d.minus(&within);
        if !across.is_empty() {
            let mut leg = trunk.onward(across.clone());
            self.cross_own(&mut leg);
            trunk.absorb(&across, vec![leg]);
        }
    }

    /// Out of the caller's interface and subnet, and on by its routes.
    pub(crate) fn go(&self, vpc: &VpcId, mut trunk: Line, aim: Aim) -> Outcome {
        let table = self.caller.subnet.as_ref().map(|subnet| self.table_of(subnet, Some(vpc)));
        let found = table.as_ref().and_then(|table| table.value);
        let matches = found
            .map(|found| self.lookup(found, &trunk.d, aim == Aim::Public))
            .unwrap_or_default();
        let by_list = self.target.gateway
            && matches.iter().flat_map(|part| &part.routes).flatten().any(|route| {
                route.destination_prefix_list_id.is_some() && route.gateway_id.as_deref().is_some_and(|id| id.starts_with("vpce-"))
            });
        let set = trunk.d.clone();
        let peer = Peer {
            set: &set,
            groups: None,
            public: aim == Aim::Public,
            anywhere: false,
            forgotten: false,
        };
        let destination = trunk.place(&set);
        let mut judged = self.judge_own(&peer);
        // Rules that name groups tell only once it is known who stands there.
        if aim == Aim::Private && judged.pass.union(&judged.fail) != set {
            judged = self.judge_next_door(vpc, &peer, &matches);
        }
        self.own_groups(&mut trunk, judged, |groups| FaultKind::SgEgressBlocked {
            groups,
            destination,
            prefix_list: by_list,
            endpoint: None,
        });
        self.leave_subnet(&mut trunk, &matches);
        let Some((table, found, subnet)) = table
            .as_ref()
            .zip(self.caller.subnet.as_ref())
            .and_then(|(table, subnet)| Some((table, table.value?, subnet)))
        else {
            let needs = table.map(|table| table.needs).unwrap_or_default();
            let judged = Judged {
                needs,
                ..Judged::default()
            };
            let kind = FaultKind::no_route(snapshot::ids::RouteTableId::default(), self.caller.subnet.clone(), &set);
            let mut line = trunk.onward(set);
            line.judge_whole(&At::new(HopKind::RouteTable, "", Check::Route), Truth::Unknown, judged, Some(kind));
            return Paths {
                trunk,
                parts: vec![vec![line]],
                landings: false,
            }
            .settle();
        };
        let mut onward = trunk.clone();
        Self::rest_on_table(&mut onward, table);
        let from = From {
            table: found,
            subnet: Some(subnet),
            vpc,
        };
        let parts = matches.iter().map(|part| self.leave(&onward, from, aim, part)).collect();
        let mut outcome = Paths {
            trunk,
            parts,
            landings: false,
        }
        .settle();
        let kind = match outcome.via {
            Some(Via::GatewayEndpoint) => Some(HopKind::GatewayEndpoint),
            Some(Via::InterfaceEndpoint) => Some(HopKind::InterfaceEndpoint),
            _ => None,
        };
        if let Some(kind) = kind {
            let hop = outcome.hops.iter().find(|hop| hop.kind == kind);
            outcome.endpoint = hop.and_then(|hop| hop.id.as_deref()).map(Into::into);
        }
        outcome
    }
}
