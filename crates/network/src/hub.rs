//! A VPC next door: interfaces that are reached by their private addresses over peering or a transit gateway (a hub's endpoints).
//!
//! The other VPC's filters count as those at home do, and its route table must lead the answer back the way the request came (Amazon VPC
//! Peering Guide, "Update your route tables"; AWS PrivateLink guide, "Access an AWS service using an interface VPC endpoint").

use crate::acl::Crossing;
use crate::endpoints::{Doors, Landing, is_gone};
use crate::ground::Ground;
use crate::groups::Judged;
use crate::line::{At, End, Line};
use crate::model::fault::{FaultKind, OpaqueReason, RuleRef};
use crate::model::trace::{Check, HopKind, Via};
use crate::routes::{Next, destination_of};
use crate::set::AddressSet;
use snapshot::ec2::endpoint::EndpointState;
use snapshot::ec2::route::{Route, RouteState};
use snapshot::ids::{SubnetId, VpcId};
use snapshot::{Need, Operation, Truth};

/// What joins the caller's VPC to another one.
pub(crate) struct Gate<'g> {
    pub(crate) hop: HopKind,
    pub(crate) id: &'g str,
    pub(crate) reason: OpaqueReason,
    /// The other VPC.
    pub(crate) hub: &'g VpcId,
    /// Its account, where known.
    pub(crate) owner: Option<&'g str>,
}

impl Gate<'_> {
    pub(crate) fn is_transit(&self) -> bool {
        self.hop == HopKind::TransitGateway
    }
}

impl<'a> Ground<'a> {
    /// Goes on inside the other VPC, as far as its interfaces were pasted.
    pub(crate) fn enter(&self, line: &mut Line, gate: &Gate<'_>) {
        if line.sender.is_some() {
            // A private NAT gateway took the caller's place.
            return self.opaque(line, gate.hop, gate.id, gate.reason, Vec::new());
        }
        let mut left = line.d.clone();
        let mut endpoints_only = true;
        for (landing, doors) in self.landings_in(gate.hub, &line.d) {
            let set = landing.set.intersection(&left);
            if set.is_empty() {
                continue;
            }
            left = left.minus(&set);
            endpoints_only &= doors.endpoint.is_some();
            let mut leg = line.onward(set.clone());
            self.land_in(&mut leg, gate, &landing, &doors);
            self.ask_owner(&mut leg, gate);
            line.absorb(&set, vec![leg]);
        }
        if left.is_empty() {
            line.via = Some(Via::InterfaceEndpoint).filter(|_| endpoints_only).or(line.via);
            return;
        }
        let mut leg = line.onward(left.clone());
        self.opaque(&mut leg, gate.hop, gate.id, gate.reason, self.listings_of(gate.hub, gate.owner));
        line.absorb(&left, vec![leg]);
    }

    /// What shows another VPC, which may be another account's.
    pub(crate) fn listings_of(&self, hub: &VpcId, owner: Option<&str>) -> Vec<Need> {
        let listings = [
            Operation::Ec2DescribeNetworkInterfaces,
            Operation::Ec2DescribeSecurityGroups,
            Operation::Ec2DescribeNetworkAcls,
            Operation::Ec2DescribeRouteTables,
        ];
        let mut needs = listings.map(|operation| self.call_for_vpc(operation, Some(hub)));
        self.of_owner(owner, &mut needs);
        needs.to_vec()
    }

    /// The other VPC's outputs are its owner's to print.
    fn ask_owner(&self, leg: &mut Line, gate: &Gate<'_>) {
        let of_faults = leg.faults.iter_mut().flat_map(|raw| &mut raw.fault.needs);
        self.of_owner(gate.owner, leg.needs.iter_mut().chain(of_faults));
    }

    fn of_owner<'n>(&self, owner: Option<&str>, needs: impl IntoIterator<Item = &'n mut Need>) {
        let Some(owner) = owner.filter(|owner| Some(*owner) != self.caller.account.as_deref()) else {
            return;
        };
        for need in needs {
            if let Need::Call(call) = need {
                call.account = Some(owner.to_owned());
            }
        }
    }

    /// The interfaces of the other VPC that stand at these addresses; those of an endpoint that were not pasted stand in its subnets.
    pub(crate) fn landings_in(&self, hub: &VpcId, set: &AddressSet) -> Vec<(Landing, Doors<'a>)> {
        let ec2 = &self.snapshot.ec2;
        let mut found = Vec::new();
        for interface in ec2
            .network_interfaces
            .iter()
            .filter(|found| found.value.vpc_id.as_ref() == Some(hub))
        {
            let here = AddressSet::addresses(interface.value.addresses()).intersection(set);
            if here.is_empty() {
                continue;
            }
            let id = &interface.value.network_interface_id;
            let owns = |ids: &[_]| id.as_ref().is_some_and(|id| ids.contains(id));
            let endpoint = ec2.vpc_endpoints.iter().find(|found| owns(&found.value.network_interface_ids));
            let doors = match endpoint {
                Some(endpoint) => self.doors(endpoint),
                None => Doors {
                    endpoint: None,
                    groups: interface.value.group_ids(),
                },
            };
            let landing = Landing {
                interface: id.clone(),
                subnet: interface.value.subnet_id.clone(),
                set: here,
                cites: vec![interface.at.clone()],
                needs: Vec::new(),
            };
            found.push((landing, doors));
        }
        for endpoint in self.interface_endpoints(hub) {
            let mut loose = self.landings(endpoint, false);
            loose.retain(|landing| landing.interface.is_none() && landing.subnet.is_some() && landing.set.is_within(set));
            found.extend(loose.into_iter().map(|landing| (landing, self.doors(endpoint))));
        }
        found
    }

    /// From the other VPC's border to one of its interfaces, and the answer back to the border.
    fn land_in(&self, line: &mut Line, gate: &Gate<'_>, landing: &Landing, doors: &Doors<'_>) {
        line.rest_on(landing.cites.iter().cloned(), []);
        line.rest_on(doors.endpoint.map(|found| found.at.clone()), []);
        line.needs.extend(landing.needs.iter().cloned());
        if let Some(found) = doors.endpoint
            && found.value.state != Some(EndpointState::Available)
        {
            let judged = Judged {
                needs: vec![self.call_for_vpc(Operation::Ec2DescribeVpcEndpoints, Some(gate.hub))],
                ..Judged::default()
            };
            let id = found.value.vpc_endpoint_id.clone().unwrap_or_default();
            let at = At::new(HopKind::InterfaceEndpoint, id.0, Check::State);
            let verdict = if is_gone(&found.value) { Truth::False } else { Truth::Unknown };
            line.judge_whole(&at, verdict, judged, self.unavailable(&found.value));
        }
        let Some(subnet) = &landing.subnet else {
            let judged = Judged {
                needs: vec![self.call_for_vpc(Operation::Ec2DescribeNetworkInterfaces, Some(gate.hub))],
                ..Judged::default()
            };
            return line.judge_whole(&At::new(HopKind::Subnet, "", Check::Route), Truth::Unknown, judged, None);
        };
        self.cross_far(line, subnet, gate.hub);
        self.ingress(line, doors, gate.is_transit());
        self.way_back(line, gate, subnet);
        if gate.is_transit() {
            self.transit_back(line, gate, subnet);
        }
    }

    /// The border of the subnet at the other end: the request in, the answer out.
    pub(crate) fn cross_far(&self, line: &mut Line, subnet: &SubnetId, vpc: &VpcId) {
        let port = self.target.port;
        let request = Crossing::tcp(false, (port, port));
        self.cross(line, subnet, vpc, Check::AclRequestIn, End::Source, request);
        let answer = Crossing::tcp(true, self.task_ports());
        self.cross(line, subnet, vpc, Check::AclAnswerOut, End::Source, answer);
    }

    /// The answer must leave the other VPC the way that the request came in.
    fn way_back(&self, line: &mut Line, gate: &Gate<'_>, subnet: &SubnetId) {
        let table = self.table_of(subnet, Some(gate.hub));
        let Some(found) = table.value else {
            let judged = Judged {
                needs: table.needs,
                ..Judged::default()
            };
            return line.judge_whole(&At::new(HopKind::RouteTable, "", Check::AnswerRoute), Truth::Unknown, judged, None);
        };
        line.rest_on(table.cites.iter().cloned(), table.assumes.iter().cloned());
        let id = found.value.route_table_id.clone().unwrap_or_default();
        let sources = line.s.clone();
        let parts = self.lookup(found, &sources, false);
        let mut judged = Judged {
            cites: vec![found.at.clone()],
            ..Judged::default()
        };
        judged.cites.extend(line.near.iter().cloned());
        judged.cites.extend(parts.iter().flat_map(|part| part.cites.iter().cloned()));
        let back = |route: &Route| match Next::of(route) {
            Next::Peering(id) => !gate.is_transit() && id == gate.id,
            Next::Transit(id) => gate.is_transit() && id == gate.id,
            _ => false,
        };
        let (mut verdicts, mut kind) = (Vec::new(), None);
        for candidates in parts.iter().map(|part| part.routes.as_slice()) {
            let (verdict, fault) = match candidates {
                [None] => {
                    judged.rule = Some(RuleRef::NoRoute(id.clone()));
                    (Truth::False, FaultKind::no_route(id.clone(), Some(subnet.clone()), &sources))
                }
                [Some(route)] if route.state == Some(RouteState::Blackhole) => {
                    let fault = FaultKind::BlackholeRoute {
                        table: id.clone(),
                        destination: destination_of(route),
                        target: Next::of(route).id().to_owned(),
                    };
                    (Truth::False, fault)
                }
                // An internet gateway drops what is addressed to private ranges.
                [Some(route)] if matches!(Next::of(route), Next::Internet(_)) && sources.is_within(&AddressSet::never_routed()) => {
                    (Truth::False, FaultKind::no_route(id.clone(), Some(subnet.clone()), &sources))
                }
                [Some(route)] if back(route) && route.state == Some(RouteState::Active) => {
                    verdicts.push(Truth::True);
                    continue;
                }
                other => {
                    let target = other.iter().flatten().map(|route| Next::of(route).id().to_owned()).next();
                    judged.needs.extend(parts.iter().flat_map(|part| part.needs.iter().cloned()));
                    let fault = FaultKind::OpaqueNextHop {
                        target: target.unwrap_or_default(),
                        reason: OpaqueReason::Diverted,
                    };
                    (Truth::Unknown, fault)
                }
            };
            verdicts.push(verdict);
            kind = kind.or(Some(fault));
        }
        let verdict = Truth::agreed(verdicts);
        let at = At::new(HopKind::RouteTable, id.0, Check::AnswerRoute);
        line.judge_answer(&at, self.task_ports(), verdict, judged, kind);
    }
}
