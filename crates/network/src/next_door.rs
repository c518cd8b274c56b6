//! What the VPCs are that the caller's routes lead to, before any packet is sent there: whose groups rules can name, and what shows them.

use crate::ground::Ground;
use crate::groups::{Judged, Peer};
use crate::routes::{Match, Next};
use crate::set::AddressSet;
use snapshot::ids::{SecurityGroupId, VpcId};
use snapshot::{Citation, Need};

impl Ground<'_> {
    /// What the caller's groups let out to other VPCs: rules may name groups of a VPC that is peered with this one, and those of what is
    /// behind a transit gateway only inwards (Amazon VPC Transit Gateways guide, "Security group referencing").
    pub(crate) fn judge_next_door(&self, vpc: &VpcId, anyone: &Peer<'_>, matches: &[Match<'_>]) -> Judged {
        let mut stretches: Vec<(AddressSet, Option<Vec<SecurityGroupId>>, Vec<Citation>)> = Vec::new();
        let mut left = anyone.set.clone();
        for part in matches {
            let [Some(route)] = part.routes.as_slice() else {
                continue;
            };
            match Next::of(route) {
                Next::Transit(_) => {
                    left = left.minus(&part.set);
                    stretches.push((part.set.clone(), Some(Vec::new()), part.cites.clone()));
                }
                Next::Peering(id) => {
                    let found = self.snapshot.ec2.peering_connections.get(&id.into());
                    let Some((found, gate)) = found.and_then(|found| Some((found, self.peer_of(found, vpc)?))) else {
                        continue;
                    };
                    for (landing, doors) in self.landings_in(gate.hub, &part.set) {
                        let set = landing.set.intersection(&left);
                        left = left.minus(&set);
                        let mut cites = landing.cites;
                        cites.push(found.at.clone());
                        cites.extend(doors.endpoint.map(|found| found.at.clone()));
                        stretches.push((set, doors.groups, cites));
                    }
                }
                _ => {}
            }
        }
        stretches.push((left, None, Vec::new()));
        let mut whole = Judged::default();
        for (set, groups, cites) in stretches.iter().filter(|(set, ..)| !set.is_empty()) {
            let judged = self.judge_own(&Peer {
                set,
                groups: groups.as_deref(),
                ..*anyone
            });
            whole.pass = whole.pass.union(&judged.pass);
            whole.fail = whole.fail.union(&judged.fail);
            whole.rule = whole.rule.or(judged.rule);
            whole.cites.extend(judged.cites.into_iter().chain(cites.iter().cloned()));
            whole.assumes.extend(judged.assumes);
            whole.needs.extend(judged.needs);
        }
        whole
    }

    /// What shows the VPCs that the caller's table leads to, whose endpoints a private zone may name; `hub`: the one that it names, where
    /// that is known.
    pub(crate) fn next_door_needs(&self, vpc: &VpcId, hub: Option<&VpcId>) -> Vec<Need> {
        let table = self
            .caller
            .subnet
            .as_ref()
            .and_then(|subnet| self.table_of(subnet, Some(vpc)).value);
        let ec2 = &self.snapshot.ec2;
        let mut needs = Vec::new();
        for route in table.iter().flat_map(|found| &found.value.routes) {
            match Next::of(route) {
                Next::Peering(id) => match ec2.peering_connections.get(&id.into()) {
                    None => needs.push(self.peering_need(id)),
                    Some(found) if hub.is_none() => {
                        let gate = self.peer_of(found, vpc);
                        needs.extend(gate.into_iter().flat_map(|gate| self.listings_of(gate.hub, gate.owner)));
                    }
                    Some(_) => {}
                },
                Next::Transit(id) => needs.extend(std::iter::once(vpc).chain(hub).flat_map(|end| self.transit_needs(end, id))),
                _ => {}
            }
        }
        needs
    }
}
