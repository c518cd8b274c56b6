//! NAT gateways: public, private and regional, each with its own table (Amazon VPC User Guide, "NAT gateways").

use crate::acl::Crossing;
use crate::ground::{Ground, Known};
use crate::groups::Judged;
use crate::internet::{Meeting, NAT_PORTS};
use crate::line::{At, End, Line};
use crate::model::fault::{FaultKind, OpaqueReason, RuleRef};
use crate::model::trace::{Check, HopKind, Protocol};
use crate::next::{Aim, From};
use crate::routes::Next;
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
        if let Some(subnet) = subnet {
            self.nat_crossings(line, from, subnet);
        }
        let private = match &gateway.connectivity_type {
            Some(Connectivity::Private) => true,
            // Before the member existed all were public.
            None | Some(Connectivity::Public) => false,
            Some(Connectivity::Other(_)) => {
                return self.opaque(line, HopKind::NatGateway, id, OpaqueReason::Other, Vec::new());
            }
        };
        if private || aim == Aim::Private {
            return self.private_nat(line, from, gateway, &table);
        }
        let addresses: Vec<IpAddr> = gateway.nat_gateway_addresses.iter().filter_map(|part| part.public_ip).collect();
        line.public_ips = Some(addresses).filter(|addresses| !addresses.is_empty());
        self.nat_onward(line, from, gateway, subnet, table);
    }

    /// A public NAT gateway's own way to the internet.
    fn nat_onward(
        &self,
        line: &mut Line,
        from: From<'_>,
        gateway: &NatGateway,
        subnet: Option<&SubnetId>,
        table: Known<&Found<RouteTable>>,
    ) {
        let nat = gateway.nat_gateway_id.clone().unwrap_or_default();
        let Some(own) = table.value else {
            let kind = FaultKind::NatNoInternetRoute {
                nat,
                subnet: subnet.cloned(),
                table: RouteTableId::default(),
                target: None,
            };
            let judged = Judged {
                needs: table.needs,
                ..Judged::default()
            };
            line.judge_whole(&At::new(HopKind::RouteTable, "", Check::Route), Truth::Unknown, judged, Some(kind));
            return;
        };
        line.rest_on(table.cites, table.assumes);
        let here = From {
            table: own,
            subnet,
            vpc: from.vpc,
        };
        for part in self.lookup(own, &line.d, true) {
            let legs = part.routes.iter().map(|route| {
                let mut leg = line.onward(part.set.clone());
                leg.rest_on(part.cites.iter().cloned(), []);
                self.nat_leg(&mut leg, here, &nat, *route);
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
    fn nat_leg(&self, leg: &mut Line, here: From<'_>, nat: &NatGatewayId, route: Option<&Route>) {
        let at = At::new(HopKind::RouteTable, here.table_id().0, Check::Route);
        let cites = vec![here.table.at.clone()];
        let fault = |target: Option<&str>| FaultKind::NatNoInternetRoute {
            nat: nat.clone(),
            subnet: here.subnet.cloned(),
            table: here.table_id(),
            target: target.map(str::to_owned),
        };
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
        match (&route.state, &next) {
            (Some(RouteState::Blackhole), Next::Internet(id)) if self.is_detached(id, here.vpc) => {
                self.attachment(leg, here, id);
            }
            (Some(RouteState::Blackhole), _) => leg.judge_whole(&at, Truth::False, judged, Some(fault(Some(next.id())))),
            (Some(RouteState::Active), Next::Internet(id)) => {
                leg.judge_whole(&at, Truth::True, judged, None);
                self.attachment(leg, here, id);
                self.public_access(leg, here.vpc, here.subnet, Meeting::Outbound);
                self.edge(leg, here.vpc, id, here.subnet);
            }
            (Some(RouteState::Active), Next::Nat(_) | Next::Peering(_) | Next::EgressOnly(_) | Next::Local) => {
                leg.judge_whole(&at, Truth::False, judged, Some(fault(Some(next.id()))));
            }
            (Some(RouteState::Active), Next::Endpoint(id)) if route.destination_prefix_list_id.is_some() => {
                leg.judge_whole(&at, Truth::True, judged, None);
                self.gateway_endpoint(leg, id);
            }
            (Some(RouteState::Active), _) => {
                leg.rest_on(judged.cites, []);
                self.opaque(leg, HopKind::Other, next.id(), OpaqueReason::Other, Vec::new());
            }
            _ => {
                let needs = vec![self.call_for_vpc(Operation::Ec2DescribeRouteTables, Some(here.vpc))];
                leg.judge_whole(&at, Truth::Unknown, Judged { needs, ..judged }, Some(fault(Some(next.id()))));
            }
        }
    }

    /// A private NAT gateway leads nowhere public by itself; what its subnet leads on to may.
    fn private_nat(&self, line: &mut Line, from: From<'_>, gateway: &NatGateway, table: &Known<&Found<RouteTable>>) {
        let nat = gateway.nat_gateway_id.clone().unwrap_or_default();
        let at = At::new(HopKind::NatGateway, nat.0.clone(), Check::Connectivity);
        let kind = FaultKind::NatPrivate { nat: nat.clone() };
        let Some(own) = table.value else {
            let judged = Judged {
                needs: table.needs.clone(),
                ..Judged::default()
            };
            return line.judge_whole(&at, Truth::Unknown, judged, Some(kind));
        };
        Self::rest_on_table(line, table);
        let parts = self.lookup(own, &line.d, true);
        let leads_on = parts.iter().flat_map(|part| &part.routes).flatten().find(|route| {
            route.state != Some(RouteState::Blackhole)
                && !matches!(
                    Next::of(route),
                    Next::Internet(_) | Next::Nat(_) | Next::Peering(_) | Next::EgressOnly(_) | Next::Local
                )
        });
        let judged = Judged {
            cites: vec![own.at.clone()],
            ..Judged::default()
        };
        let _ = from;
        match leads_on {
            Some(route) => self.opaque(
                line,
                HopKind::NatGateway,
                Next::of(route).id(),
                OpaqueReason::PrivateNat,
                Vec::new(),
            ),
            None => line.judge_whole(&at, Truth::False, judged, Some(kind)),
        }
    }

    /// The four crossings of a NAT gateway's subnet; those towards the task fall away where it is the task's own.
    fn nat_crossings(&self, line: &mut Line, from: From<'_>, subnet: &SubnetId) {
        let port = self.target.port;
        let task = self.task_ports();
        let tcp = |egress, ports| Crossing {
            egress,
            protocol: Protocol::Tcp,
            ports,
        };
        let apart = from.subnet != Some(subnet);
        if apart {
            self.cross(line, subnet, from.vpc, Check::AclRequestIn, End::Source, tcp(false, (port, port)));
        }
        self.cross(
            line,
            subnet,
            from.vpc,
            Check::AclRequestOut,
            End::Destination,
            tcp(true, (port, port)),
        );
        self.cross(line, subnet, from.vpc, Check::AclAnswerIn, End::Destination, tcp(false, NAT_PORTS));
        if apart {
            self.cross(line, subnet, from.vpc, Check::AclAnswerOut, End::Source, tcp(true, task));
        }
    }
}
