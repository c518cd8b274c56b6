//! NAT gateways: public, private and regional, each with its own table (Amazon VPC User Guide, "NAT gateways").

use crate::acl::Crossing;
use crate::ground::{Ground, Known};
use crate::groups::Judged;
use crate::internet::{Meeting, NAT_PORTS};
use crate::line::{At, End, Line};
use crate::model::fault::{Addresses, FaultKind, OpaqueReason, RuleRef};
use crate::model::trace::{Check, HopKind};
use crate::next::{Aim, From};
use crate::routes::Next;
use crate::set::AddressSet;
use snapshot::ec2::gateway::{AvailabilityMode, Connectivity, NatGateway, NatState};
use snapshot::ec2::route::{Route, RouteState, RouteTable};
use snapshot::ids::{NatGatewayId, RouteTableId, SubnetId};
use snapshot::{Found, Need, Operation, Truth};
use std::net::IpAddr;

impl Ground<'_> {
    pub(crate) fn nat_gateway(&self, line: &mut Line, from: From<'_>, aim: Aim, id: &str) {
        let nat: NatGatewayId = id.into();
        let at = At::new(HopKind::NatGateway, id, Check::State);
        let call = || Need::Call(self.call(Operation::Ec2DescribeNatGateways).option("nat-gateway-ids", id));
        let unavailable = |state: &str, message: Option<String>| FaultKind::NatUnavailable {
            nat: nat.clone(),
            state: state.to_owned(),
            message,
        };
        let Some(found) = self.snapshot.ec2.nat_gateways.get(&nat) else {
            let judged = Judged {
                needs: vec![call()],
                ..Judged::default()
            };
            line.judge_whole(&at, Truth::Unknown, judged, Some(unavailable("", None)));
            return;
        };
        let gateway = &found.value;
        let state = gateway.state.as_ref();
        let verdict = state.map_or(Truth::Unknown, |state| Truth::from(*state == NatState::Available));
        let needs = if verdict == Truth::Unknown { vec![call()] } else { Vec::new() };
        let judged = Judged {
            cites: vec![found.at.clone()],
            rule: state.map(|state| RuleRef::State(state.as_str().to_owned())),
            needs,
            ..Judged::default()
        };
        let text = state.map(NatState::as_str).unwrap_or_default();
        line.judge_whole(&at, verdict, judged, Some(unavailable(text, gateway.failure_message.clone())));
        line.rest_on([found.at.clone()], []);
        if !gateway.attached_appliances.is_empty() {
            self.opaque(line, HopKind::NatGateway, id, OpaqueReason::NatAppliance, Vec::new());
        }
        if gateway.vpc_id.as_ref().is_some_and(|vpc| vpc != from.vpc) {
            return self.opaque(line, HopKind::NatGateway, id, OpaqueReason::Other, Vec::new());
        }
        let regional = gateway.availability_mode == Some(AvailabilityMode::Regional);
        let subnet = gateway.subnet_id.as_ref().filter(|_| !regional);
        let table = match (subnet, &gateway.route_table_id) {
            (Some(subnet), _) => self.table_of(subnet, Some(from.vpc)),
            (None, Some(table)) if regional => match self.snapshot.ec2.route_tables.get(table) {
                Some(found) => Known::proven(found, vec![found.at.clone()]),
                None => Known::missing(vec![
                    self.call(Operation::Ec2DescribeRouteTables)
                        .option("route-table-ids", table.as_str())
                        .into(),
                ]),
            },
            _ => Known::missing(vec![call()]),
        };
        if let Some(subnet) = subnet.filter(|subnet| from.subnet != Some(subnet)) {
            self.nat_inside(line, from, subnet);
        }
        let kind = match &gateway.connectivity_type {
            Some(Connectivity::Private) => Kind::Private,
            // Before the member existed all were public.
            None | Some(Connectivity::Public) => Kind::Public,
            Some(Connectivity::Other(_)) => {
                return self.opaque(line, HopKind::NatGateway, id, OpaqueReason::Other, Vec::new());
            }
        };
        if kind == Kind::Public && aim == Aim::Public {
            let addresses: Vec<IpAddr> = gateway.nat_gateway_addresses.iter().filter_map(|part| part.public_ip).collect();
            line.public_ips = Some(addresses).filter(|addresses| !addresses.is_empty());
        }
        let beyond = Beyond { nat: &nat, kind, aim };
        // Behind NAT64 the packets are IPv4; what becomes of other IPv6 is not documented.
        let translated = line.d.behind_nat64();
        if translated.is_empty() && line.d.meets(&AddressSet::family(true)) {
            return self.opaque(line, HopKind::NatGateway, id, OpaqueReason::Other, Vec::new());
        }
        if translated.is_empty() {
            return self.nat_outside(line, from, beyond, gateway, subnet, table);
        }
        let public = self.destinations(false);
        let mut outside = line.onward(translated.intersection(&public.set));
        outside.vague = public.vague;
        outside.rest_on(public.cites, []);
        outside.shown_by(public.own);
        self.nat_outside(&mut outside, from, beyond, gateway, subnet, table);
        line.absorb_whole(outside);
    }

    /// From the gateway on: out of its subnet, by its own table, and back to it.
    fn nat_outside(
        &self,
        line: &mut Line,
        from: From<'_>,
        beyond: Beyond<'_>,
        gateway: &NatGateway,
        subnet: Option<&SubnetId>,
        table: Known<&Found<RouteTable>>,
    ) {
        let own = gateway.nat_gateway_addresses.iter().filter_map(|part| part.private_ip);
        let own = Some(AddressSet::addresses(own)).filter(|own| !own.is_empty());
        let sender = own
            .or_else(|| self.subnet_ranges(subnet?, false).value)
            .or_else(|| self.vpc_ranges().value);
        line.sender = Some(sender.unwrap_or_else(AddressSet::all).intersection(&AddressSet::family(false)));
        if let Some(subnet) = subnet {
            let port = self.target.port;
            let out = Crossing::tcp(true, (port, port));
            self.cross(line, subnet, from.vpc, Check::AclRequestOut, End::Destination, out);
            let back = Crossing::tcp(false, NAT_PORTS);
            self.cross(line, subnet, from.vpc, Check::AclAnswerIn, End::Destination, back);
        }
        let Some(own) = table.value else {
            let judged = Judged {
                needs: table.needs,
                ..Judged::default()
            };
            let kind = beyond.fault(RouteTableId::default(), subnet, None);
            line.judge_whole(&At::new(HopKind::RouteTable, "", Check::Route), Truth::Unknown, judged, Some(kind));
            return;
        };
        line.rest_on(table.cites, table.assumes);
        let here = From {
            table: own,
            subnet,
            vpc: from.vpc,
        };
        for part in self.lookup(own, &line.d, beyond.aim == Aim::Public) {
            let legs = part.routes.iter().map(|route| {
                let mut leg = line.onward(part.set.clone());
                leg.rest_on(part.cites.iter().cloned(), []);
                self.nat_leg(&mut leg, here, beyond, *route);
                if part.routes.len() > 1 {
                    leg.needs.extend(part.needs.iter().cloned());
                }
                leg
            });
            let legs = legs.collect();
            line.absorb(&part.set, legs);
        }
        let back = line.s.clone();
        self.answer_route(line, own, &back);
    }

    /// One route of a NAT gateway's own table: to the internet, or for Amazon S3 to a gateway endpoint.
    fn nat_leg(&self, leg: &mut Line, here: From<'_>, beyond: Beyond<'_>, route: Option<&Route>) {
        let at = match (beyond.kind, beyond.aim) {
            (Kind::Private, Aim::Public) => At::new(HopKind::NatGateway, beyond.nat.as_str(), Check::Connectivity),
            _ => At::new(HopKind::RouteTable, here.table_id().0, Check::Route),
        };
        let cites = vec![here.table.at.clone()];
        let fault = |target: Option<&str>| beyond.fault(here.table_id(), here.subnet, target);
        let Some(route) = route else {
            let judged = Judged {
                cites,
                rule: Some(RuleRef::NoRoute(here.table_id())),
                ..Judged::default()
            };
            return leg.judge_whole(&at, Truth::False, judged, Some(fault(None)));
        };
        let next = Next::of(route);
        let judged = Judged {
            cites,
            rule: Some(here.rule(route)),
            ..Judged::default()
        };
        let public = beyond.kind == Kind::Public && beyond.aim == Aim::Public;
        match (&route.state, &next) {
            (Some(RouteState::Blackhole), Next::Internet(id)) if public && let Some(cites) = self.detachment(id, here.vpc) => {
                self.judge_attachment(leg, here, id, Truth::False, cites);
            }
            (Some(RouteState::Blackhole), _) => leg.judge_whole(&at, Truth::False, judged, Some(fault(Some(next.id())))),
            (Some(RouteState::Active), Next::Internet(id)) if public => {
                leg.judge_whole(&at, Truth::True, judged, None);
                self.attachment(leg, here, id);
                self.public_access(leg, here.vpc, here.subnet, Meeting::Outbound);
                self.edge(leg, here.vpc, id, here.subnet);
            }
            (Some(RouteState::Active), Next::Endpoint(id)) if self.to_gateway_endpoint(route, id) => {
                leg.judge_whole(&at, Truth::True, judged, None);
                self.gateway_endpoint(leg, id);
            }
            (Some(RouteState::Active), next) if beyond.ends_at(next, &leg.d) => {
                leg.judge_whole(&at, Truth::False, judged, Some(fault(Some(next.id()))));
            }
            (Some(RouteState::Active), _) => {
                leg.rest_on(judged.cites, []);
                self.opaque(leg, HopKind::Other, next.id(), beyond.reason(), Vec::new());
            }
            _ => {
                let needs = vec![self.call_for_vpc(Operation::Ec2DescribeRouteTables, Some(here.vpc))];
                leg.judge_whole(&at, Truth::Unknown, Judged { needs, ..judged }, Some(fault(Some(next.id()))));
            }
        }
    }

    /// The border of the gateway's subnet towards the caller, which stands in another.
    fn nat_inside(&self, line: &mut Line, from: From<'_>, subnet: &SubnetId) {
        let port = self.target.port;
        let request = Crossing::tcp(false, (port, port));
        self.cross(line, subnet, from.vpc, Check::AclRequestIn, End::Source, request);
        let answer = Crossing::tcp(true, self.task_ports());
        self.cross(line, subnet, from.vpc, Check::AclAnswerOut, End::Source, answer);
    }
}

/// What a NAT gateway is made for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Public,
    Private,
}

/// What is asked of a NAT gateway.
#[derive(Clone, Copy)]
struct Beyond<'a> {
    nat: &'a NatGatewayId,
    kind: Kind,
    aim: Aim,
}

impl Beyond<'_> {
    /// The fault where its own table leads nowhere.
    fn fault(&self, table: RouteTableId, subnet: Option<&SubnetId>, target: Option<&str>) -> FaultKind {
        match (self.aim, self.kind) {
            (Aim::Private, _) => FaultKind::NoRoute {
                table,
                subnet: subnet.cloned(),
                addresses: Addresses::V4,
            },
            (Aim::Public, Kind::Private) => FaultKind::NatPrivate { nat: self.nat.clone() },
            (Aim::Public, Kind::Public) => FaultKind::NatNoInternetRoute {
                nat: self.nat.clone(),
                subnet: subnet.cloned(),
                table,
                target: target.map(str::to_owned),
            },
        }
    }

    /// Whether a next hop surely carries the packets no further. A private gateway may lead on to another gateway; a public one does not.
    fn ends_at(&self, next: &Next<'_>, destinations: &AddressSet) -> bool {
        match (next, self.aim) {
            (Next::Internet(_), Aim::Private) => destinations.is_within(&AddressSet::never_routed()),
            (Next::Internet(_) | Next::EgressOnly(_) | Next::Local, _) | (Next::Peering(_), Aim::Public) => true,
            (Next::Nat(id), _) => self.kind == Kind::Public || *id == self.nat.as_str(),
            _ => false,
        }
    }

    fn reason(&self) -> OpaqueReason {
        match self.kind {
            Kind::Public => OpaqueReason::Other,
            Kind::Private => OpaqueReason::PrivateNat,
        }
    }
}
