//! Internet gateways, egress-only gateways, NAT gateways, and Block Public Access.

use crate::ground::Ground;
use crate::groups::Judged;
use crate::line::{At, Line};
use crate::model::caller::PublicAddress;
use crate::model::fault::{FaultKind, OpaqueReason};
use crate::model::trace::{Check, HopKind};
use crate::next::{Aim, From};
use crate::routes::Next;
use crate::set::AddressSet;
use snapshot::ec2::gateway::InternetGateway;
use snapshot::ec2::route::RouteTable;
use snapshot::ids::{SubnetId, VpcId};
use snapshot::{Citation, Found, Need, Question, QuestionKind, Truth};

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
        self.attachment(line, from, id);
        if aim == Aim::Private {
            return self.private_behind_internet(line, from, id);
        }
        if line.d.meets(&AddressSet::family(false)) {
            let at = At::new(
                HopKind::Interface,
                self.caller.interface.as_ref().map(|id| id.0.clone()).unwrap_or_default(),
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

    /// An internet gateway drops what is addressed to a private range: the table has no route that would carry it.
    fn private_behind_internet(&self, line: &mut Line, from: From<'_>, id: &str) {
        if !line.d.is_within(&AddressSet::never_routed()) {
            return self.opaque(line, HopKind::InternetGateway, id, OpaqueReason::Other, Vec::new());
        }
        let kind = FaultKind::no_route(from.table_id(), from.subnet.cloned(), &line.d);
        let judged = Judged {
            cites: vec![from.table.at.clone()],
            ..Judged::default()
        };
        line.judge_whole(
            &At::new(HopKind::InternetGateway, id, Check::Behind),
            Truth::False,
            judged,
            Some(kind),
        );
    }

    /// Whether the gateway is attached to the VPC; an active route to one that was not pasted implies it.
    pub(crate) fn attachment(&self, line: &mut Line, from: From<'_>, id: &str) {
        let found = self.snapshot.ec2.internet_gateways.get(&id.into());
        let cites = found.map(|found| found.at.clone()).into_iter().collect();
        let verdict = Truth::from(found.is_none_or(|found| is_attached(&found.value, from.vpc)));
        self.judge_attachment(line, from, id, verdict, cites);
    }

    /// Puts to the line whether the gateway is attached to the VPC, with what shows it.
    pub(crate) fn judge_attachment(&self, line: &mut Line, from: From<'_>, id: &str, verdict: Truth, cites: Vec<Citation>) {
        let at = At::new(HopKind::InternetGateway, id, Check::Attachment);
        let judged = Judged {
            cites,
            ..Judged::default()
        };
        line.judge_whole(&at, verdict, judged, Some(from.detached(id)));
    }

    /// What shows that the target of a dead route is not attached to the VPC: its own entry, or a listing of what is attached there.
    pub(crate) fn detachment(&self, id: &str, vpc: &VpcId) -> Option<Vec<Citation>> {
        let gateways = &self.snapshot.ec2.internet_gateways;
        if let Some(found) = gateways.get(&id.into()) {
            return (!is_attached(&found.value, vpc)).then(|| vec![found.at.clone()]);
        }
        let attributes = [("attachment.vpc-id", vpc.as_str()), ("internet-gateway-id", id)];
        let covered = self.coverage_of(vpc, gateways, &attributes, |gateway| is_attached(gateway, vpc))?;
        covered.assumption.is_none().then_some(covered.pages)
    }

    /// An edge association that takes the answers elsewhere than straight to the subnet.
    pub(crate) fn edge(&self, line: &mut Line, vpc: &VpcId, gateway: &str, subnet: Option<&SubnetId>) {
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
        let Some(set) = self.subnet_ranges(subnet, line.d.meets(&AddressSet::family(true))).value else {
            return;
        };
        self.answer_route(line, table, &set);
    }

    /// The way of an answer inside a VPC: the local route, or something that diverts it.
    pub(crate) fn answer_route(&self, line: &mut Line, table: &Found<RouteTable>, back_to: &AddressSet) {
        let id = table.value.route_table_id.clone().unwrap_or_default();
        let at = At::new(HopKind::RouteTable, id.0.clone(), Check::AnswerRoute);
        let parts = self.lookup(table, back_to, false);
        let mut cites = vec![table.at.clone()];
        cites.extend(parts.iter().flat_map(|part| part.cites.iter().cloned()));
        let mut routes = parts.into_iter().flat_map(|part| part.routes).flatten();
        let diverted = routes.find(|route| Next::of(route) != Next::Local);
        let judged = Judged {
            cites,
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
        let found = self.snapshot.ec2.egress_only_internet_gateways.get(&id.into());
        let (verdict, cites) = match found {
            Some(found) => {
                let attached = found
                    .value
                    .attachments
                    .as_ref()
                    .is_none_or(|parts| parts.iter().any(|part| part.in_force() && part.vpc_id.as_ref() == Some(from.vpc)));
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
}

/// Whether an entry leaves the gateway attached to the VPC; one without its attachments says nothing.
fn is_attached(gateway: &InternetGateway, vpc: &VpcId) -> bool {
    let attachments = gateway.attachments.as_ref();
    attachments.is_none_or(|parts| parts.iter().any(|part| part.in_force() && part.vpc_id.as_ref() == Some(vpc)))
}
