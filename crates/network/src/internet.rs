//! Internet gateways, egress-only gateways, NAT gateways, and Block Public Access.

use crate::acl::Crossing;
use crate::ground::{Ground, Known};
use crate::groups::Judged;
use crate::line::{At, End, Line, Packet};
use crate::model::caller::PublicAddress;
use crate::model::fault::{FaultKind, OpaqueReason, RuleRef};
use crate::model::trace::{Check, HopKind, Protocol};
use crate::next::{Aim, From};
use crate::routes::{Match, Next};
use crate::set::AddressSet;
use snapshot::ec2::gateway::{AvailabilityMode, Connectivity, NatGateway, NatState};
use snapshot::ec2::route::{Route, RouteState, RouteTable};
use snapshot::ids::{NatGatewayId, SubnetId, VpcId};
use snapshot::{Found, Need, Operation, Question, QuestionKind, Truth};
use std::net::IpAddr;

/// The ports that a NAT gateway sends from (Amazon VPC User Guide, "NAT gateway basics").
pub(crate) const NAT_PORTS: (u16, u16) = (1024, 65_535);

/// Who meets the internet gateway.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meeting {
    /// An interface with a public address.
    Interface,
    /// A NAT gateway, or an egress-only gateway.
    Outbound,
}

impl Ground<'_> {
    pub(crate) fn internet_gateway(&self, line: &mut Line, from: From<'_>, aim: Aim, id: &str) {
        self.attachment(line, from, id, |this| FaultKind::IgwDetached {
            gateway: id.to_owned(),
            vpc: this.vpc.clone(),
            table: this.table_id(),
        });
        if aim == Aim::Private {
            // An internet gateway drops what is addressed to a private range.
            return self.opaque(
                line,
                HopKind::InternetGateway,
                id,
                OpaqueReason::Other,
                Vec::new(),
            );
        }
        if line.d.meets(&AddressSet::family(false)) {
            let at = At::new(
                HopKind::Interface,
                self.caller
                    .interface
                    .as_ref()
                    .map(|id| id.0.clone())
                    .unwrap_or_default(),
                Check::PublicAddress,
            );
            let kind = FaultKind::NoPublicIp {
                interface: self.caller.interface.clone(),
                gateway: id.to_owned(),
                subnet: from.subnet.cloned(),
            };
            let (verdict, needs) = match self.caller.public_ip {
                PublicAddress::Known(address) => {
                    line.public_ips = Some(vec![address]);
                    (Truth::True, Vec::new())
                }
                PublicAddress::Assigned => (Truth::True, Vec::new()),
                PublicAddress::Absent => (Truth::False, Vec::new()),
                PublicAddress::Unknown => {
                    let question = Question {
                        kind: QuestionKind::PublicIp,
                        subject: self.caller.subject.clone(),
                    };
                    (Truth::Unknown, vec![Need::Question(question)])
                }
            };
            let judged = Judged {
                cites: self.caller.evidence.clone(),
                needs,
                ..Judged::default()
            };
            line.judge_whole(&at, verdict, judged, Some(kind));
        }
        self.public_access(line, from.vpc, from.subnet, Meeting::Interface);
        self.edge(line, from.vpc, id, from.subnet);
    }

    /// Whether the gateway is attached to the VPC; an active route to one that was not pasted implies it.
    fn attachment(
        &self,
        line: &mut Line,
        from: From<'_>,
        id: &str,
        kind: impl FnOnce(From<'_>) -> FaultKind,
    ) {
        let at = At::new(HopKind::InternetGateway, id, Check::Attachment);
        let Some(found) = self.snapshot.ec2.internet_gateways.get(&id.into()) else {
            line.judge_whole(&at, Truth::True, Judged::default(), None);
            return;
        };
        let verdict = match &found.value.attachments {
            Some(parts) => Truth::from(
                parts
                    .iter()
                    .any(|part| part.in_force() && part.vpc_id.as_ref() == Some(from.vpc)),
            ),
            None => Truth::True,
        };
        let judged = Judged {
            cites: vec![found.at.clone()],
            ..Judged::default()
        };
        line.judge_whole(&at, verdict, judged, Some(kind(from)));
    }

    /// An edge association that takes the answers elsewhere than straight to the subnet.
    fn edge(&self, line: &mut Line, vpc: &VpcId, gateway: &str, subnet: Option<&SubnetId>) {
        let edge = self.snapshot.ec2.route_tables.iter().find(|found| {
            found.value.vpc_id.as_ref() == Some(vpc)
                && found
                    .value
                    .associations
                    .iter()
                    .any(|part| part.gateway_id.as_deref() == Some(gateway) && part.in_force())
        });
        let (Some(table), Some(subnet)) = (edge, subnet) else {
            return;
        };
        let Some(set) = self
            .subnet_ranges(subnet, line.d.meets(&AddressSet::family(true)))
            .value
        else {
            return;
        };
        self.answer_route(line, table, &set);
    }

    /// The way of an answer inside a VPC: the local route, or something that diverts it.
    pub(crate) fn answer_route(
        &self,
        line: &mut Line,
        table: &Found<RouteTable>,
        back_to: &AddressSet,
    ) {
        let id = table.value.route_table_id.clone().unwrap_or_default();
        let at = At::new(HopKind::RouteTable, id.0.clone(), Check::AnswerRoute);
        let diverted = self
            .lookup(table, back_to, false)
            .into_iter()
            .flat_map(|part| part.routes)
            .flatten()
            .find(|route| Next::of(route) != Next::Local);
        let judged = Judged {
            cites: vec![table.at.clone()],
            ..Judged::default()
        };
        match diverted {
            None => line.judge_whole(&at, Truth::True, judged, None),
            Some(route) => {
                let target = Next::of(route).id().to_owned();
                let question = Question {
                    kind: QuestionKind::NextHopForwards,
                    subject: target.clone(),
                };
                let judged = Judged {
                    needs: vec![Need::Question(question)],
                    ..judged
                };
                let kind = FaultKind::OpaqueNextHop {
                    target,
                    reason: OpaqueReason::Diverted,
                };
                line.judge_whole(&at, Truth::Unknown, judged, Some(kind));
            }
        }
    }

    pub(crate) fn egress_only(&self, line: &mut Line, from: From<'_>, id: &str) {
        let at = At::new(HopKind::EgressOnlyGateway, id, Check::Attachment);
        let found = self
            .snapshot
            .ec2
            .egress_only_internet_gateways
            .get(&id.into());
        let (verdict, cites) = match found {
            Some(found) => {
                let attached = found.value.attachments.as_ref().is_none_or(|parts| {
                    parts
                        .iter()
                        .any(|part| part.in_force() && part.vpc_id.as_ref() == Some(from.vpc))
                });
                (Truth::from(attached), vec![found.at.clone()])
            }
            None => (Truth::True, Vec::new()),
        };
        let kind = FaultKind::IgwDetached {
            gateway: id.to_owned(),
            vpc: from.vpc.clone(),
            table: from.table_id(),
        };
        line.judge_whole(
            &at,
            verdict,
            Judged {
                cites,
                ..Judged::default()
            },
            Some(kind),
        );
        self.public_access(line, from.vpc, from.subnet, Meeting::Outbound);
    }

    pub(crate) fn nat_gateway(&self, line: &mut Line, from: From<'_>, aim: Aim, id: &str) {
        let nat: NatGatewayId = id.into();
        let at = At::new(HopKind::NatGateway, id, Check::State);
        let call = || {
            Need::Call(
                self.call(Operation::Ec2DescribeNatGateways)
                    .option("nat-gateway-ids", id),
            )
        };
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
        let verdict = state.map_or(Truth::Unknown, |state| {
            Truth::from(*state == NatState::Available)
        });
        let needs = if verdict == Truth::Unknown {
            vec![call()]
        } else {
            Vec::new()
        };
        let judged = Judged {
            cites: vec![found.at.clone()],
            rule: state.map(|state| RuleRef::State(state.as_str().to_owned())),
            needs,
            ..Judged::default()
        };
        let text = state.map(NatState::as_str).unwrap_or_default();
        line.judge_whole(
            &at,
            verdict,
            judged,
            Some(unavailable(text, gateway.failure_message.clone())),
        );
        line.rest_on([found.at.clone()], []);
        if !gateway.attached_appliances.is_empty() {
            self.opaque(
                line,
                HopKind::NatGateway,
                id,
                OpaqueReason::NatAppliance,
                Vec::new(),
            );
        }
        if gateway.vpc_id.as_ref().is_some_and(|vpc| vpc != from.vpc) {
            return self.opaque(
                line,
                HopKind::NatGateway,
                id,
                OpaqueReason::Other,
                Vec::new(),
            );
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
                return self.opaque(
                    line,
                    HopKind::NatGateway,
                    id,
                    OpaqueReason::Other,
                    Vec::new(),
                );
            }
        };
        if private || aim == Aim::Private {
            return self.private_nat(line, from, gateway, &table);
        }
        let addresses: Vec<IpAddr> = gateway
            .nat_gateway_addresses
            .iter()
            .filter_map(|part| part.public_ip)
            .collect();
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
        let at = At::new(HopKind::RouteTable, "", Check::Route);
        let fault =
            |table: &Found<RouteTable>, target: Option<String>| FaultKind::NatNoInternetRoute {
                nat: nat.clone(),
                subnet: subnet.cloned(),
                table: table.value.route_table_id.clone().unwrap_or_default(),
                target,
            };
        let Some(own) = table.value else {
            let kind = FaultKind::NatNoInternetRoute {
                nat: nat.clone(),
                subnet: subnet.cloned(),
                table: Default::default(),
                target: None,
            };
            let judged = Judged {
                needs: table.needs,
                ..Judged::default()
            };
            line.judge_whole(&at, Truth::Unknown, judged, Some(kind));
            return;
        };
        line.rest_on(table.cites.iter().cloned(), table.assumes.iter().cloned());
        let at = At::new(
            HopKind::RouteTable,
            own.value.route_table_id.clone().unwrap_or_default().0,
            Check::Route,
        );
        let here = From {
            table: own,
            subnet,
            vpc: from.vpc,
        };
        let (mut pass, mut fail) = (AddressSet::none(), AddressSet::none());
        let mut kind = None;
        let mut rule = RuleRef::NoRoute(own.value.route_table_id.clone().unwrap_or_default());
        let mut needs = Vec::new();
        let mut gateways: Vec<&str> = Vec::new();
        for part in self.lookup(own, &line.d, true) {
            let (verdict, found) = self.nat_route(line, here, &part, &mut gateways);
            match verdict {
                Truth::True => pass = pass.union(&part.set),
                Truth::False => fail = fail.union(&part.set),
                Truth::Unknown => needs.extend(part.needs.iter().cloned()),
            }
            if let Some(route) = found {
                rule = here.rule(route);
                if !verdict.is_true() {
                    kind = Some(Next::of(route).id().to_owned());
                }
            }
            if let (Truth::Unknown, Some(route)) = (verdict, found) {
                let subject = Next::of(route).id().to_owned();
                needs.push(Need::Question(Question {
                    kind: QuestionKind::NextHopForwards,
                    subject,
                }));
            }
        }
        let judged = Judged {
            pass,
            fail,
            rule: Some(rule),
            cites: vec![own.at.clone()],
            assumes: Vec::new(),
            needs,
        };
        let opaque = judged.fail.is_empty() && kind.is_some();
        line.judge(
            &at,
            End::Destination,
            Packet::request(self.target.port),
            judged,
            |_| match kind {
                Some(target) if opaque => FaultKind::OpaqueNextHop {
                    target,
                    reason: OpaqueReason::Other,
                },
                target => fault(own, target),
            },
        );
        for id in gateways {
            self.attachment(line, here, id, |here| FaultKind::IgwDetached {
                gateway: id.to_owned(),
                vpc: here.vpc.clone(),
                table: here.table_id(),
            });
            self.public_access(line, from.vpc, subnet, Meeting::Outbound);
            self.edge(line, from.vpc, id, subnet);
        }
        let back = line.s.clone();
        self.answer_route(line, own, &back);
    }

    /// Whether a NAT gateway's own route leads to the internet, or for Amazon S3 to a gateway endpoint.
    fn nat_route<'t>(
        &self,
        line: &mut Line,
        here: From<'_>,
        part: &Match<'t>,
        gateways: &mut Vec<&'t str>,
    ) -> (Truth, Option<&'t Route>) {
        let [route] = part.routes.as_slice() else {
            return (Truth::Unknown, part.routes.iter().flatten().next().copied());
        };
        let Some(route) = route else {
            return (Truth::False, None);
        };
        let next = Next::of(route);
        if route.state == Some(RouteState::Blackhole) {
            // A gateway that is seen to be detached is the fault itself.
            if let Next::Internet(id) = next
                && self
                    .snapshot
                    .ec2
                    .internet_gateways
                    .get(&id.into())
                    .is_some_and(|found| {
                        found.value.attachments.as_ref().is_some_and(|parts| {
                            !parts.iter().any(|part| {
                                part.in_force() && part.vpc_id.as_ref() == Some(here.vpc)
                            })
                        })
                    })
            {
                gateways.push(id);
                return (Truth::True, Some(route));
            }
            return (Truth::False, Some(route));
        }
        if route.state != Some(RouteState::Active) {
            return (Truth::Unknown, Some(route));
        }
        match next {
            Next::Internet(id) => {
                if !gateways.contains(&id) {
                    gateways.push(id);
                }
                (Truth::True, Some(route))
            }
            Next::Nat(_) | Next::Peering(_) | Next::EgressOnly(_) | Next::Local => {
                (Truth::False, Some(route))
            }
            Next::Endpoint(id) if route.destination_prefix_list_id.is_some() => {
                self.gateway_endpoint(line, id);
                (Truth::True, Some(route))
            }
            _ => (Truth::Unknown, Some(route)),
        }
    }

    /// A private NAT gateway leads nowhere public by itself; what its subnet leads on to may.
    fn private_nat(
        &self,
        line: &mut Line,
        from: From<'_>,
        gateway: &NatGateway,
        table: &Known<&Found<RouteTable>>,
    ) {
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
        let leads_on = parts
            .iter()
            .flat_map(|part| &part.routes)
            .flatten()
            .find(|route| {
                route.state != Some(RouteState::Blackhole)
                    && !matches!(
                        Next::of(route),
                        Next::Internet(_)
                            | Next::Nat(_)
                            | Next::Peering(_)
                            | Next::EgressOnly(_)
                            | Next::Local
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
            self.cross(
                line,
                subnet,
                from.vpc,
                Check::AclRequestIn,
                End::Source,
                tcp(false, (port, port)),
            );
        }
        self.cross(
            line,
            subnet,
            from.vpc,
            Check::AclRequestOut,
            End::Destination,
            tcp(true, (port, port)),
        );
        self.cross(
            line,
            subnet,
            from.vpc,
            Check::AclAnswerIn,
            End::Destination,
            tcp(false, NAT_PORTS),
        );
        if apart {
            self.cross(
                line,
                subnet,
                from.vpc,
                Check::AclAnswerOut,
                End::Source,
                tcp(true, task),
            );
        }
    }
}
