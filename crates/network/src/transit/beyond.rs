//! What a transit gateway hands on to another VPC, and the answer's way back through it.

use super::{Attachment, Taker, Taking};
use crate::acl::Crossing;
use crate::ground::Ground;
use crate::groups::Judged;
use crate::hub::Gate;
use crate::line::{At, Line};
use crate::model::fault::{FaultKind, OpaqueReason, RuleRef};
use crate::model::trace::{Check, HopKind};
use crate::next::{Aim, From};
use crate::set::{AddressSet, Remaining};
use snapshot::ec2::route::RouteState;
use snapshot::ec2::transit::TransitGatewayRoute;
use snapshot::ids::{RouteTableId, SubnetId, VpcId};
use snapshot::{Citation, Found, Need, Operation, Truth};

impl Ground<'_> {
    /// Goes on to the VPC that a route leads to; `open`: another route may take the destinations, and what would tell.
    pub(super) fn hand_on(
        &self,
        leg: &mut Line,
        from: From<'_>,
        aim: Aim,
        id: &str,
        route: &Found<TransitGatewayRoute>,
        open: Option<&[Need]>,
    ) {
        let value = &route.value;
        let sure = aim == Aim::Private && open.is_none() && value.state == Some(RouteState::Active);
        let next = match value.transit_gateway_attachments.as_slice() {
            [next] if sure && next.resource_type.as_deref() == Some("vpc") => Some(next),
            _ => None,
        };
        let hub: Option<VpcId> = next.and_then(|next| next.resource_id.as_deref()).map(Into::into);
        let Some((next, hub)) = next.zip(hub).filter(|(_, hub)| hub != from.vpc) else {
            let needs = open.unwrap_or_default().to_vec();
            return self.opaque(leg, HopKind::TransitGateway, id, OpaqueReason::TransitGateway, needs);
        };
        let attachments = &self.snapshot.ec2.transit_gateway_attachments;
        let described = next.transit_gateway_attachment_id.as_ref().and_then(|id| attachments.get(id));
        let gate = Gate {
            hop: HopKind::TransitGateway,
            id,
            reason: OpaqueReason::TransitGateway,
            hub: &hub,
            owner: described.and_then(|found| found.value.resource_owner_id.as_ref()?.as_str().into()),
        };
        self.enter(leg, &gate);
    }

    /// From the other VPC's subnet back to the caller's VPC: both attachments, the routes of the other one's table, and the network ACLs
    /// of the subnets that the attachments stand in.
    pub(crate) fn transit_back(&self, line: &mut Line, gate: &Gate<'_>, subnet: &SubnetId) {
        let by_gateway = |operation| -> Need { self.call(operation).filter("transit-gateway-id", gate.id).into() };
        let unseen = |line: &mut Line, reason, needs| self.opaque(line, gate.hop, gate.id, reason, needs);
        let Some(own) = &self.vpc_id else { return };
        let ends = self.attachment_of(gate.hub, gate.id).zip(self.attachment_of(own, gate.id));
        let Some((there, here)) = ends else {
            let needs = vec![by_gateway(Operation::Ec2DescribeTransitGatewayAttachments)];
            return unseen(line, OpaqueReason::TransitGatewayAttachment, needs);
        };
        line.rest_on(there.cites.iter().cloned(), []);
        if !there.available.is_true() {
            return unseen(line, OpaqueReason::TransitGatewayAttachment, Vec::new());
        }
        let (beside, shown, needs) = self.same_zone(Some(subnet), &there.subnets);
        line.shown_by(shown);
        if !beside.is_true() {
            line.rest_on(there.placed, []);
            return unseen(line, OpaqueReason::TransitGatewayZone, needs);
        }
        let (cites, table, pasted) = match self.routes_from(&there.id, gate.id) {
            Ok(seen) => seen,
            Err((cites, reason, need)) => {
                line.rest_on(cites, []);
                return unseen(line, reason, vec![need]);
            }
        };
        line.rest_on(cites, []);
        let Taking {
            routes,
            listed,
            open,
            closed,
        } = self.taking(pasted);
        let table = RouteTableId(table.0);
        let mut judged = Judged {
            cites: line.near.iter().cloned().chain(listed).collect(),
            ..Judged::default()
        };
        let mut left = Remaining::new(&line.s);
        let (mut verdicts, mut kind) = (Vec::new(), None);
        for Taker { net, route } in routes {
            if left.take(net).is_empty() {
                continue;
            }
            judged.cites.push(route.at.clone());
            let home = |next: &snapshot::ec2::transit::RouteAttachment| next.resource_id.as_deref() == Some(own.as_str());
            verdicts.push(match (&route.value.state, route.value.transit_gateway_attachments.as_slice()) {
                _ if open.is_some() => Truth::Unknown,
                (Some(RouteState::Active), [next]) if home(next) => Truth::True,
                (Some(RouteState::Blackhole), _) => {
                    kind = kind.or_else(|| {
                        Some(FaultKind::BlackholeRoute {
                            table: table.clone(),
                            destination: net.to_string(),
                            target: String::new(),
                        })
                    });
                    Truth::False
                }
                _ => Truth::Unknown,
            });
        }
        let rest = left.rest();
        if !rest.is_empty() {
            verdicts.push(if closed { Truth::False } else { Truth::Unknown });
            judged.rule = Some(RuleRef::NoRoute(table.clone()));
            kind = kind.or_else(|| closed.then(|| FaultKind::no_route(table.clone(), None, &rest)));
        }
        let verdict = Truth::agreed(verdicts);
        if verdict == Truth::Unknown {
            return unseen(line, OpaqueReason::TransitGateway, open.unwrap_or_default());
        }
        let at = At::new(gate.hop, gate.id, Check::AnswerRoute);
        line.judge_answer(&at, self.task_ports(), verdict, judged, kind);
        if verdict.is_true() {
            self.attachment_borders(line, gate, [(own, &here), (gate.hub, &there)]);
        }
    }

    /// Which rules count where a gateway's interface stands in a subnet depends on who else is in it: only what is let through both ways
    /// surely passes (Amazon VPC Transit Gateways guide, "Network ACLs for transit gateways").
    fn attachment_borders(&self, line: &mut Line, gate: &Gate<'_>, ends: [(&VpcId, &Attachment); 2]) {
        let port = self.target.port;
        let mut cites: Vec<Citation> = Vec::new();
        let mut needs = Vec::new();
        let mut assumes = Vec::new();
        let mut free = true;
        for (vpc, attachment) in ends {
            if attachment.subnets.is_empty() {
                let call = self.call(Operation::Ec2DescribeTransitGatewayVpcAttachments);
                needs.push(call.filter("transit-gateway-id", gate.id).into());
            }
            cites.extend(attachment.placed.iter().cloned());
            for subnet in &attachment.subnets {
                let acl = self.acl_of(subnet, Some(vpc));
                cites.extend(acl.cites);
                assumes.extend(acl.assumes);
                needs.extend(acl.needs);
                let Some(found) = acl.value else { continue };
                let passes = |crossing: Crossing, set: &AddressSet| set.is_within(&self.judge_acl(found, crossing, set).pass);
                for (request, answer) in [(true, false), (false, true)] {
                    let (to, back) = (Crossing::tcp(request, (port, port)), Crossing::tcp(answer, self.task_ports()));
                    // Egress entries compare where a packet goes to, ingress entries where it comes from.
                    let other = if request { &line.d } else { &line.s };
                    free &= passes(to, other) && passes(back, other);
                }
            }
        }
        if !free || !needs.is_empty() {
            return self.opaque(line, gate.hop, gate.id, OpaqueReason::TransitGateway, needs);
        }
        let judged = Judged {
            cites,
            assumes,
            ..Judged::default()
        };
        line.judge_whole(
            &At::new(HopKind::NetworkAcl, gate.id, Check::AclRequestIn),
            Truth::True,
            judged,
            None,
        );
    }
}
