//! Transit gateways: attachment, zone, association and routes, as far as they were pasted (Amazon VPC Transit Gateways guide).
//!
//! What a transit gateway surely drops is a fault; what it hands on leads to another network: a VPC, which is entered, or something opaque.

mod beyond;

use crate::ground::Ground;
use crate::groups::Judged;
use crate::line::{At, Line};
use crate::lists::ListContent;
use crate::model::fault::{FaultKind, OpaqueReason, RuleRef};
use crate::model::trace::{Check, HopKind};
use crate::next::{Aim, From};
use crate::set::Remaining;
use ipnet::IpNet;
use snapshot::ec2::route::RouteState;
use snapshot::ec2::transit::{OfTable, TransitGatewayRoute};
use snapshot::ids::{RouteTableId, SubnetId, TransitGatewayAttachmentId, TransitGatewayRouteTableId, VpcId};
use snapshot::order::Order as _;
use snapshot::{Call, Citation, Found, Need, Operation, Truth};

/// A VPC's attachment to the gateway.
struct Attachment {
    id: TransitGatewayAttachmentId,
    available: Truth,
    subnets: Vec<SubnetId>,
    cites: Vec<Citation>,
    /// What tells the subnets.
    placed: Vec<Citation>,
}

/// What the table of an attachment was seen by, the table, and its routes.
type Routes<'a> = (Vec<Citation>, TransitGatewayRouteTableId, &'a OfTable<TransitGatewayRoute>);

/// How far the table of an attachment was seen, and what would show more.
type Unseen = (Vec<Citation>, OpaqueReason, Need);

impl<'a> Ground<'a> {
    pub(crate) fn transit(&self, line: &mut Line, from: From<'_>, aim: Aim, id: &str) {
        let hop = HopKind::TransitGateway;
        let by_gateway = |operation| -> Need { self.call(operation).filter("transit-gateway-id", id).into() };
        let Some(attachment) = self.attachment_of(from.vpc, id) else {
            let needs = vec![by_gateway(Operation::Ec2DescribeTransitGatewayAttachments)];
            return self.opaque(line, hop, id, OpaqueReason::TransitGateway, needs);
        };
        line.rest_on(attachment.cites, []);
        if !attachment.available.is_true() {
            return self.opaque(line, hop, id, OpaqueReason::TransitGatewayAttachment, Vec::new());
        }
        let (beside, shown, needs) = self.same_zone(from.subnet, &attachment.subnets);
        line.shown_by(shown);
        if !beside.is_true() {
            line.rest_on(attachment.placed, []);
            return self.opaque(line, hop, id, OpaqueReason::TransitGatewayZone, needs);
        }
        match self.routes_from(&attachment.id, id) {
            Ok((cites, table, pasted)) => {
                line.rest_on(cites, []);
                self.transit_routes(line, from, aim, id, &table, pasted);
            }
            Err((cites, reason, need)) => {
                line.rest_on(cites, []);
                self.opaque(line, hop, id, reason, vec![need]);
            }
        }
    }

    /// What shows how the gateway routes what comes from a VPC.
    pub(crate) fn transit_needs(&self, vpc: &VpcId, gateway: &str) -> Vec<Need> {
        let Some(attachment) = self.attachment_of(vpc, gateway).filter(|attachment| !attachment.subnets.is_empty()) else {
            let listings = [
                Operation::Ec2DescribeTransitGatewayAttachments,
                Operation::Ec2DescribeTransitGatewayVpcAttachments,
            ];
            return listings
                .map(|operation| self.call(operation).filter("transit-gateway-id", gateway).into())
                .to_vec();
        };
        self.routes_from(&attachment.id, gateway)
            .err()
            .map(|(_, _, need)| need)
            .into_iter()
            .collect()
    }

    /// The routes of the table that an attachment is associated with, or what would show them.
    fn routes_from(&self, attachment: &TransitGatewayAttachmentId, gateway: &str) -> Result<Routes<'a>, Unseen> {
        let described = self.snapshot.ec2.transit_gateway_attachments.get(attachment);
        let association = described.and_then(|found| found.value.association.as_ref());
        let in_force = association.filter(|part| part.state.as_deref().is_none_or(|state| state.eq_ignore_ascii_case("associated")));
        let table = in_force.and_then(|part| part.transit_gateway_route_table_id.clone());
        let mut cites: Vec<Citation> = described.map(|found| found.at.clone()).into_iter().collect();
        let Some(table) = table else {
            let call = self.call(Operation::Ec2DescribeTransitGatewayAttachments);
            let need = call.filter("transit-gateway-id", gateway).into();
            return Err((Vec::new(), OpaqueReason::TransitGatewayAttachment, need));
        };
        let of_table = || {
            let pasted = self.snapshot.ec2.transit_gateway_routes.iter();
            pasted.filter(|pasted| pasted.table.as_ref() == Some(&table))
        };
        match of_table().find(|pasted| shows(pasted, &BOTH)).or_else(|| of_table().next()) {
            Some(pasted) => {
                cites.push(pasted.listing.at.clone());
                Ok((cites, table, pasted))
            }
            None => {
                let need = self.search_need(&table);
                Err((cites, OpaqueReason::TransitGateway, need))
            }
        }
    }

    fn search_need(&self, table: &TransitGatewayRouteTableId) -> Need {
        Call::new(Operation::Ec2SearchTransitGatewayRoutes)
            .option("transit-gateway-route-table-id", table.as_str())
            .option("filters", "Name=state,Values=active,blackhole")
            .in_region(self.region())
            .into()
    }

    /// The attachment of a VPC, from either listing.
    fn attachment_of(&self, vpc: &VpcId, gateway: &str) -> Option<Attachment> {
        let ec2 = &self.snapshot.ec2;
        let available = |state: &Option<String>| {
            state
                .as_deref()
                .map_or(Truth::Unknown, |state| Truth::from(state.eq_ignore_ascii_case("available")))
        };
        let placed = ec2
            .transit_gateway_vpc_attachments
            .with("transit-gateway-id", gateway)
            .find(|found| found.value.vpc_id.as_ref() == Some(vpc));
        let listed = ec2
            .transit_gateway_attachments
            .with("transit-gateway-id", gateway)
            .find(|found| found.value.resource_id.as_deref() == Some(vpc.as_str()));
        let subnets = placed.map(|found| found.value.subnet_ids.clone()).unwrap_or_default();
        let placed_at: Vec<Citation> = placed.map(|found| found.at.clone()).into_iter().collect();
        if let Some(found) = listed {
            return Some(Attachment {
                id: found.value.transit_gateway_attachment_id.clone()?,
                available: available(&found.value.state),
                subnets,
                cites: vec![found.at.clone()],
                placed: placed_at,
            });
        }
        let found = placed?;
        Some(Attachment {
            id: found.value.transit_gateway_attachment_id.clone()?,
            available: available(&found.value.state),
            subnets,
            cites: placed_at.clone(),
            placed: placed_at,
        })
    }

    /// Whether the attachment has a subnet in the zone that the traffic comes from, with what shows it or would.
    fn same_zone(&self, from: Option<&SubnetId>, subnets: &[SubnetId]) -> (Truth, Vec<Citation>, Vec<Need>) {
        let Some(from) = from.filter(|from| !subnets.is_empty() && !subnets.contains(from)) else {
            return (Truth::True, Vec::new(), Vec::new());
        };
        let zone = |id: &SubnetId| {
            let found = self.snapshot.ec2.subnets.get(id)?;
            Some((found.value.availability_zone.clone()?, found.at.clone()))
        };
        let known: Vec<_> = subnets.iter().filter_map(zone).collect();
        let Some((own, at)) = zone(from) else {
            return (Truth::Unknown, Vec::new(), vec![self.subnets_need(std::iter::once(from))]);
        };
        let beside = known.iter().find(|(other, _)| *other == own);
        let cites = match beside {
            Some((_, other)) => vec![at, other.clone()],
            None => std::iter::once(at).chain(known.iter().map(|(_, at)| at.clone())).collect(),
        };
        match beside {
            Some(_) => (Truth::True, cites, Vec::new()),
            None if known.len() == subnets.len() => (Truth::False, cites, Vec::new()),
            None => (Truth::Unknown, cites, vec![self.subnets_need(subnets.iter())]),
        }
    }

    fn subnets_need<'s>(&self, subnets: impl Iterator<Item = &'s SubnetId>) -> Need {
        subnets
            .fold(self.call(Operation::Ec2DescribeSubnets), |call, id| {
                call.option("subnet-ids", id.as_str())
            })
            .into()
    }

    fn transit_routes(
        &self,
        line: &mut Line,
        from: From<'_>,
        aim: Aim,
        id: &str,
        table: &TransitGatewayRouteTableId,
        pasted: &OfTable<TransitGatewayRoute>,
    ) {
        let Taking {
            routes,
            listed,
            open,
            closed,
        } = self.taking(pasted);
        line.rest_on(listed, []);
        let table_id = RouteTableId(table.0.clone());
        let at = At::new(HopKind::TransitGateway, id, Check::Route);
        let mut left = Remaining::new(&line.d);
        for Taker { net, route } in routes {
            let set = left.take(net);
            if set.is_empty() {
                continue;
            }
            let target = route
                .value
                .transit_gateway_attachments
                .first()
                .and_then(|next| next.resource_id.clone())
                .unwrap_or_default();
            let rule = RuleRef::Route {
                table: table_id.clone(),
                destination: net.to_string(),
                target: target.clone(),
            };
            let mut leg = line.onward(set.clone());
            if route.value.state == Some(RouteState::Blackhole) && open.is_none() {
                let kind = FaultKind::BlackholeRoute {
                    table: table_id.clone(),
                    destination: net.to_string(),
                    target,
                };
                let judged = Judged {
                    rule: Some(rule),
                    cites: vec![route.at.clone()],
                    ..Judged::default()
                };
                leg.judge_whole(&at, Truth::False, judged, Some(kind));
            } else {
                leg.rest_on([route.at.clone()], []);
                self.hand_on(&mut leg, from, aim, id, route, open.as_deref());
                line.via = leg.via.or(line.via);
            }
            line.absorb(&set, vec![leg]);
        }
        let rest = left.rest();
        if rest.is_empty() {
            return;
        }
        let mut leg = line.onward(rest.clone());
        if closed {
            let kind = FaultKind::no_route(table_id.clone(), None, &rest);
            let judged = Judged {
                rule: Some(RuleRef::NoRoute(table_id)),
                cites: vec![pasted.listing.at.clone()],
                ..Judged::default()
            };
            leg.judge_whole(&at, Truth::False, judged, Some(kind));
        } else {
            let needs = open.unwrap_or_default();
            self.opaque(&mut leg, HopKind::TransitGateway, id, OpaqueReason::TransitGateway, needs);
        }
        line.absorb(&rest, vec![leg]);
    }

    /// The routes as they win, those by a prefix list as its entries.
    fn taking<'t>(&self, pasted: &'t OfTable<TransitGatewayRoute>) -> Taking<'t> {
        self.count(pasted.items.len());
        let (mut routes, mut listed) = (Vec::new(), Vec::new());
        let mut open = (!shows(pasted, &BOTH)).then(|| pasted.table.iter().map(|table| self.search_need(table)).collect());
        let mut closed = shows(pasted, &["active"]);
        for route in &pasted.items {
            let taker = |net| Taker { net, route };
            match (route.value.destination_cidr_block, &route.value.prefix_list_id) {
                (Some(cidr), _) => routes.push(taker(cidr.0)),
                (None, Some(id)) => {
                    let list = self.list(id);
                    match list.content {
                        ListContent::Entries { nets, whole: true } => {
                            routes.extend(nets.into_iter().map(taker));
                            listed.extend(list.cites);
                        }
                        _ => {
                            open.get_or_insert_with(Vec::new).extend(list.needs);
                            closed = false;
                        }
                    }
                }
                (None, None) => {
                    open.get_or_insert_with(Vec::new);
                    closed = false;
                }
            }
        }
        routes.in_order_by_key(|taker| (std::cmp::Reverse(taker.net.prefix_len()), class_of(&taker.route.value), taker.net));
        Taking {
            routes,
            listed,
            open,
            closed,
        }
    }
}

/// A route and the destinations that it takes.
struct Taker<'t> {
    net: IpNet,
    route: &'t Found<TransitGatewayRoute>,
}

/// The routes of a table in the order in which they win.
struct Taking<'t> {
    routes: Vec<Taker<'t>>,
    /// What shows the entries of the prefix lists among them.
    listed: Vec<Citation>,
    /// Where another may take anything, because the search did not ask for all or a list's entries were not pasted: what would show it.
    open: Option<Vec<Need>>,
    /// Whether what none of them takes is surely dropped.
    closed: bool,
}

/// Of two routes with one prefix the lower class wins (Amazon VPC Transit Gateways guide, "Route evaluation order").
fn class_of(route: &TransitGatewayRoute) -> u8 {
    match (&route.prefix_list_id, route.r#type.as_deref()) {
        (Some(_), _) => 1,
        (None, Some("propagated")) => 2,
        (None, _) => 0,
    }
}

/// The states that a route may have.
const BOTH: [&str; 2] = ["active", "blackhole"];

/// Whether the search shows every route that is in one of these states.
fn shows(pasted: &OfTable<TransitGatewayRoute>, states: &[&str]) -> bool {
    let Some(filters) = pasted.listing.filters.as_ref().filter(|_| pasted.listing.whole) else {
        return false;
    };
    filters.iter().all(|(name, values)| match name.as_str() {
        "transit-gateway-route-table-id" => true,
        "state" => states.iter().all(|state| values.iter().any(|value| value == state)),
        _ => false,
    })
}
