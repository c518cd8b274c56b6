//! Next hops that lead to other networks: peering, transit gateways, instances that forward.

use crate::ground::Ground;
use crate::groups::Judged;
use crate::hub::Gate;
use crate::line::{At, Line};
use crate::model::fault::{FaultKind, OpaqueReason, RuleRef};
use crate::model::trace::{Check, HopKind};
use crate::next::{Aim, From};
use snapshot::ec2::gateway::PeeringWord;
use snapshot::{Operation, Truth};

impl Ground<'_> {
    /// Peering carries traffic to the other VPC's own addresses and no further.
    pub(crate) fn peering(&self, line: &mut Line, from: From<'_>, aim: Aim, id: &str) {
        let at = At::new(HopKind::PeeringConnection, id, Check::State);
        let found = self.snapshot.ec2.peering_connections.get(&id.into());
        if aim == Aim::Public {
            let kind = FaultKind::PeeringNotTransitive {
                peering: id.into(),
                table: from.table_id(),
            };
            let judged = Judged {
                cites: vec![from.table.at.clone()],
                ..Judged::default()
            };
            return line.judge_whole(&at, Truth::False, judged, Some(kind));
        }
        let call = self
            .call(Operation::Ec2DescribeVpcPeeringConnections)
            .option("vpc-peering-connection-ids", id);
        let Some(found) = found else {
            return self.opaque(line, HopKind::PeeringConnection, id, OpaqueReason::Peering, vec![call.into()]);
        };
        let state = found.value.status.as_ref().and_then(|status| status.code.as_ref());
        let rule = state.map(|state| RuleRef::State(state.as_str().to_owned()));
        let active = state.map_or(Truth::Unknown, |state| Truth::from(*state == PeeringWord::Active));
        line.rest_on([found.at.clone()], []);
        line.step(&at, active, rule.unwrap_or(RuleRef::None), vec![found.at.clone()]);
        let sides = [&found.value.accepter_vpc_info, &found.value.requester_vpc_info];
        let other = match sides {
            [Some(a), Some(b)] if a.vpc_id.as_ref() == Some(from.vpc) => Some((a, b)),
            [Some(a), Some(b)] if b.vpc_id.as_ref() == Some(from.vpc) => Some((b, a)),
            _ => None,
        };
        // In another Region the outputs are another Region's, and rules cannot name groups.
        let other = other.filter(|(own, other)| own.region.is_some() && own.region == other.region && active.is_true());
        let Some((hub, side)) = other.and_then(|(_, side)| Some((side.vpc_id.as_ref()?, side))) else {
            return self.opaque(line, HopKind::PeeringConnection, id, OpaqueReason::Peering, Vec::new());
        };
        let gate = Gate {
            hop: HopKind::PeeringConnection,
            id,
            reason: OpaqueReason::Peering,
            hub,
            owner: side.owner_id.as_ref().map(|owner| owner.as_str()),
        };
        self.enter(line, &gate);
    }

    /// An instance or appliance that forwards.
    pub(crate) fn instance(&self, line: &mut Line, interface: Option<&str>, instance: Option<&str>) {
        let ec2 = &self.snapshot.ec2;
        let id = interface.or(instance).unwrap_or_default();
        let at = At::new(HopKind::Interface, id, Check::SourceDestCheck);
        let of_interface = interface.and_then(|id| ec2.network_interfaces.get(&id.into()));
        let check = of_interface
            .map(|found| (found.value.source_dest_check, found.at.clone()))
            .or_else(|| {
                let found = ec2.instances.get(&instance?.into())?;
                let own = found
                    .value
                    .network_interfaces
                    .iter()
                    .find(|part| part.network_interface_id.as_ref().map(|id| id.as_str()) == interface);
                let check = match own {
                    Some(part) => part.source_dest_check,
                    None if interface.is_none() => found.value.source_dest_check,
                    None => None,
                };
                Some((check, found.at.clone()))
            });
        if let Some((Some(true), cite)) = check {
            let kind = FaultKind::SourceDestCheck { interface: id.to_owned() };
            let judged = Judged {
                cites: vec![cite],
                ..Judged::default()
            };
            return line.judge_whole(&at, Truth::False, judged, Some(kind));
        }
        let needs = match (&check, interface) {
            (None, Some(id)) => vec![
                self.call(Operation::Ec2DescribeNetworkInterfaces)
                    .option("network-interface-ids", id)
                    .into(),
            ],
            _ => Vec::new(),
        };
        if let Some((_, cite)) = check {
            line.rest_on([cite], []);
        }
        self.opaque(line, HopKind::Interface, id, OpaqueReason::Instance, needs);
    }
}
