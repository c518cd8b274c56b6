//! Next hops that lead to other networks: peering, transit gateways, instances that forward.

use crate::ground::Ground;
use crate::groups::Judged;
use crate::hub::Gate;
use crate::line::{At, Line};
use crate::model::fault::{FaultKind, OpaqueReason, RuleRef};
use crate::model::trace::{Check, HopKind};
use crate::next::{Aim, From};
use snapshot::ec2::gateway::{PeeringWord, VpcPeeringConnection};
use snapshot::ids::VpcId;
use snapshot::{Found, Need, Operation, Truth};

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
        let Some(found) = found else {
            return self.opaque(
                line,
                HopKind::PeeringConnection,
                id,
                OpaqueReason::Peering,
                vec![self.peering_need(id)],
            );
        };
        let state = found.value.status.as_ref().and_then(|status| status.code.as_ref());
        let rule = state.map(|state| RuleRef::State(state.as_str().to_owned()));
        let active = state.map_or(Truth::Unknown, |state| Truth::from(*state == PeeringWord::Active));
        line.rest_on([found.at.clone()], []);
        line.step(&at, active, rule.unwrap_or(RuleRef::None), vec![found.at.clone()]);
        match self.peer_of(found, from.vpc).filter(|_| active.is_true()) {
            Some(gate) => self.enter(line, &gate),
            None => self.opaque(line, HopKind::PeeringConnection, id, OpaqueReason::Peering, Vec::new()),
        }
    }

    /// The VPC at the other end of a peering connection; none where that is in another Region: then the outputs are another Region's,
    /// and rules cannot name groups.
    pub(crate) fn peer_of<'p>(&self, found: &'p Found<VpcPeeringConnection>, vpc: &VpcId) -> Option<Gate<'p>> {
        let sides = [&found.value.accepter_vpc_info, &found.value.requester_vpc_info];
        let (own, other) = match sides {
            [Some(a), Some(b)] if a.vpc_id.as_ref() == Some(vpc) => (a, b),
            [Some(a), Some(b)] if b.vpc_id.as_ref() == Some(vpc) => (b, a),
            _ => return None,
        };
        if own.region.is_none() || own.region != other.region {
            return None;
        }
        Some(Gate {
            hop: HopKind::PeeringConnection,
            id: found.value.vpc_peering_connection_id.as_ref()?.as_str(),
            reason: OpaqueReason::Peering,
            hub: other.vpc_id.as_ref()?,
            owner: other.owner_id.as_ref().map(|owner| owner.as_str()),
        })
    }

    pub(crate) fn peering_need(&self, id: &str) -> Need {
        let call = self.call(Operation::Ec2DescribeVpcPeeringConnections);
        call.option("vpc-peering-connection-ids", id).into()
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
