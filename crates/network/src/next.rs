//! What a route leads to, judged for the destinations that it takes.

use crate::ground::{Ground, Known};
use crate::groups::Judged;
use crate::line::{At, Line};
use crate::model::fault::{FaultKind, OpaqueReason, RuleRef};
use crate::model::trace::{Check, HopKind, Via};
use crate::routes::{Match, Next, destination_of};
use crate::set::AddressSet;
use snapshot::ec2::gateway::NatState;
use snapshot::ec2::route::{Route, RouteState, RouteTable};
use snapshot::ids::{RouteTableId, SubnetId, VpcId};
use snapshot::{Citation, Found, Need, Question, QuestionKind, Truth};

/// Where a packet leaves from.
#[derive(Clone, Copy)]
pub(crate) struct From<'a> {
    pub(crate) table: &'a Found<RouteTable>,
    /// The subnet that uses the table; none for a regional NAT gateway.
    pub(crate) subnet: Option<&'a SubnetId>,
    pub(crate) vpc: &'a VpcId,
}

impl From<'_> {
    pub(crate) fn table_id(&self) -> RouteTableId {
        self.table.value.route_table_id.clone().unwrap_or_default()
    }

    pub(crate) fn rule(&self, route: &Route) -> RuleRef {
        RuleRef::Route {
            table: self.table_id(),
            destination: destination_of(route),
            target: Next::of(route).id().to_owned(),
        }
    }

    /// That the gateway which the table names is not attached to the VPC.
    pub(crate) fn detached(&self, gateway: &str) -> FaultKind {
        FaultKind::IgwDetached {
            gateway: gateway.to_owned(),
            vpc: self.vpc.clone(),
            table: self.table_id(),
        }
    }
}

/// What the destinations are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Aim {
    /// The target's public addresses.
    Public,
    /// Private addresses outside the VPC (a hub's endpoint).
    Private,
}

impl Ground<'_> {
    /// Goes on from a subnet for one group of destinations. Several candidates: the answer holds only where all agree.
    pub(crate) fn leave(&self, trunk: &Line, from: From<'_>, aim: Aim, part: &Match<'_>) -> Vec<Line> {
        part.routes
            .iter()
            .map(|route| {
                let mut line = trunk.onward(part.set.clone());
                line.rest_on(part.cites.iter().cloned(), []);
                match route {
                    Some(route) => self.follow(&mut line, from, aim, route),
                    None => self.no_route(&mut line, from, aim),
                }
                if part.routes.len() > 1 {
                    line.needs.extend(part.needs.iter().cloned());
                }
                line
            })
            .collect()
    }

    fn follow(&self, line: &mut Line, from: From<'_>, aim: Aim, route: &Route) {
        let next = Next::of(route);
        line.via = Some(self.via_of(&next, route));
        let at = At::new(HopKind::RouteTable, from.table_id().0, Check::Route);
        if route.state == Some(RouteState::Blackhole) {
            return self.blackhole(line, from, route, &next);
        }
        let judged = Judged {
            rule: Some(from.rule(route)),
            cites: vec![from.table.at.clone()],
            ..Judged::default()
        };
        if route.state != Some(RouteState::Active) {
            let needs = vec![self.call_for_vpc(snapshot::Operation::Ec2DescribeRouteTables, Some(from.vpc))];
            line.judge_whole(&at, Truth::Unknown, Judged { needs, ..judged }, None);
            return;
        }
        line.judge_whole(&at, Truth::True, judged, None);
        let mapped = line.d.meets(&AddressSet::nat64());
        match next {
            // Only a NAT gateway translates; what becomes of the packets elsewhere is not documented.
            Next::Internet(id) | Next::EgressOnly(id) if mapped => self.opaque(line, HopKind::Other, id, OpaqueReason::Other, Vec::new()),
            Next::Internet(id) => self.internet_gateway(line, from, aim, id),
            Next::Nat(id) => self.nat_gateway(line, from, aim, id),
            Next::EgressOnly(id) => self.egress_only(line, from, id),
            Next::Endpoint(id) if self.to_gateway_endpoint(route, id) => self.gateway_endpoint(line, id),
            Next::Endpoint(id) => self.opaque(line, HopKind::Other, id, OpaqueReason::Appliance, Vec::new()),
            Next::Peering(id) => self.peering(line, from, aim, id),
            Next::Interface { interface, instance } => self.instance(line, interface, instance),
            Next::Transit(id) => self.transit(line, from, aim, id),
            Next::Vpn(id) => self.opaque(line, HopKind::Other, id, OpaqueReason::VpnGateway, Vec::new()),
            Next::Core(id) => self.opaque(line, HopKind::Other, id, OpaqueReason::CoreNetwork, Vec::new()),
            Next::Carrier(id) => self.opaque(line, HopKind::Other, id, OpaqueReason::CarrierGateway, Vec::new()),
            Next::LocalGateway(id) => self.opaque(line, HopKind::Other, id, OpaqueReason::LocalGateway, Vec::new()),
            Next::Local | Next::Other(_) => self.opaque(line, HopKind::Other, next.id(), OpaqueReason::Other, Vec::new()),
        }
    }

    fn via_of(&self, next: &Next<'_>, route: &Route) -> Via {
        match next {
            Next::Internet(_) => Via::InternetGateway,
            Next::Nat(_) => Via::NatGateway,
            Next::EgressOnly(_) => Via::EgressOnlyGateway,
            Next::Endpoint(id) if self.to_gateway_endpoint(route, id) => Via::GatewayEndpoint,
            _ => Via::Other,
        }
    }

    /// What lies behind cannot be seen; the person may know.
    pub(crate) fn opaque(&self, line: &mut Line, kind: HopKind, id: &str, reason: OpaqueReason, mut needs: Vec<Need>) {
        let question = Question {
            kind: QuestionKind::NextHopForwards,
            subject: id.to_owned(),
        };
        let verdict = self.answered(&question).map_or(Truth::Unknown, Truth::from);
        let cites: Vec<Citation> = self.snapshot.answer(&question).map(|given| given.at.clone()).into_iter().collect();
        needs.push(Need::Question(question));
        if !verdict.is_false() && !verdict.is_true() {
            let judged = Judged {
                needs,
                ..Judged::default()
            };
            let fault = FaultKind::OpaqueNextHop {
                target: id.to_owned(),
                reason,
            };
            line.judge_whole(&At::new(kind, id, Check::Behind), verdict, judged, Some(fault));
            return;
        }
        let fault = FaultKind::OpaqueNextHop {
            target: id.to_owned(),
            reason,
        };
        line.judge_whole(
            &At::new(kind, id, Check::Behind),
            verdict,
            Judged {
                cites,
                ..Judged::default()
            },
            Some(fault),
        );
    }

    /// A route whose target is gone: the target's own code where it can be seen.
    fn blackhole(&self, line: &mut Line, from: From<'_>, route: &Route, next: &Next<'_>) {
        let ec2 = &self.snapshot.ec2;
        let at = At::new(HopKind::RouteTable, from.table_id().0, Check::Route);
        let mut judged = Judged {
            rule: Some(from.rule(route)),
            cites: vec![from.table.at.clone()],
            ..Judged::default()
        };
        let kind = match next {
            Next::Nat(id) => ec2.nat_gateways.get(&(*id).into()).and_then(|found| {
                let state = found.value.state.as_ref().filter(|state| **state != NatState::Available)?;
                judged.cites.push(found.at.clone());
                Some(FaultKind::NatUnavailable {
                    nat: (*id).into(),
                    state: state.as_str().to_owned(),
                    message: found.value.failure_message.clone(),
                })
            }),
            Next::Internet(id) => self.detachment(id, from.vpc).map(|cites| {
                judged.cites.extend(cites);
                from.detached(id)
            }),
            Next::Endpoint(id) => ec2.vpc_endpoints.get(&(*id).into()).and_then(|found| {
                judged.cites.push(found.at.clone());
                self.unavailable(&found.value)
            }),
            _ => None,
        };
        let kind = kind.unwrap_or_else(|| FaultKind::BlackholeRoute {
            table: from.table_id(),
            destination: destination_of(route),
            target: next.id().to_owned(),
        });
        line.judge_whole(&at, Truth::False, judged, Some(kind));
    }

    /// A fact of a route table as a judgement that what follows rests on.
    pub(crate) fn rest_on_table(line: &mut Line, table: &Known<&Found<RouteTable>>) {
        line.rest_on(table.cites.iter().cloned(), table.assumes.iter().cloned());
    }
}
