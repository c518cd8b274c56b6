//! A packet at a subnet's border.

use crate::acl::Crossing;
use crate::ground::Ground;
use crate::groups::{Flow, Judged, Peer};
use crate::internet::NAT_PORTS;
use crate::line::{At, End, Line, Packet};
use crate::model::caller::Os;
use crate::model::fault::{FaultKind, RuleRef};
use crate::model::trace::{Check, Direction, HopKind, Protocol};
use snapshot::ids::{SecurityGroupId, SubnetId, VpcId};

impl Ground<'_> {
    /// The ports that the caller opens connections from.
    pub(crate) fn task_ports(&self) -> (u16, u16) {
        match self.caller.os {
            Os::Linux => (32_768, 60_999),
            Os::Windows => (49_152, 65_535),
        }
    }

    /// Judges one crossing of a subnet's border; `end` says whose addresses the ACL's rules compare.
    pub(crate) fn cross(&self, line: &mut Line, subnet: &SubnetId, vpc: &VpcId, check: Check, end: End, crossing: Crossing) {
        let acl = self.acl_of(subnet, Some(vpc));
        let id = acl.value.and_then(|found| found.value.network_acl_id.clone());
        let at = At::new(HopKind::NetworkAcl, id.as_ref().map(|id| id.0.clone()).unwrap_or_default(), check);
        let answer = matches!(check, Check::AclAnswerIn | Check::AclAnswerOut);
        let direction = if answer { Direction::Answer } else { Direction::Request };
        let packet = Packet {
            protocol: crossing.protocol,
            direction,
            ports: crossing.ports,
        };
        let fault = |judged: &Judged, ports: (u16, u16)| {
            let entry = match &judged.rule {
                Some(RuleRef::AclEntry { number, .. }) => *number,
                _ => None,
            };
            let (acl, subnet) = (id.clone(), subnet.clone());
            if crossing.egress {
                FaultKind::AclOutboundBlocked {
                    acl,
                    subnet,
                    answer,
                    ports,
                    entry,
                }
            } else {
                FaultKind::AclInboundBlocked {
                    acl,
                    subnet,
                    answer,
                    ports,
                    entry,
                }
            }
        };
        let Some(found) = acl.value else {
            let judged = Judged {
                needs: acl.needs,
                ..Judged::default()
            };
            line.judge(&at, end, packet, judged, |judged| fault(judged, crossing.ports));
            return;
        };
        let set = if end == End::Destination { line.d.clone() } else { line.s.clone() };
        let mut judged = self.judge_acl(found, crossing, &set);
        judged.cites.extend(acl.cites.iter().cloned());
        judged.assumes = acl.assumes.clone();
        if judged.pass.is_empty() && judged.fail.is_empty() && found.value.entries.is_none() {
            judged.needs = vec![self.call_for_vpc(snapshot::Operation::Ec2DescribeNetworkAcls, Some(vpc))];
        }
        let admitted = set.is_within(&judged.pass);
        line.judge(&at, end, packet, judged, |judged| fault(judged, crossing.ports));
        // Fargate's own range is not documented: less than what AWS recommends is a trap.
        if admitted && answer && crossing.ports == (32_768, 60_999) && self.caller.os == Os::Linux {
            let wide = self.judge_acl(
                found,
                Crossing {
                    ports: NAT_PORTS,
                    ..crossing
                },
                &set,
            );
            if !set.is_within(&wide.pass) {
                let kind = fault(&wide, NAT_PORTS);
                line.warn(kind, acl.cites, false);
            }
        }
    }

    /// The caller's own subnet: the request out, the answer in.
    pub(crate) fn cross_own(&self, line: &mut Line) {
        let (Some(subnet), Some(vpc)) = (&self.caller.subnet, &self.vpc_id) else {
            return;
        };
        let port = self.target.port;
        let out = Crossing::tcp(true, (port, port));
        self.cross(line, subnet, vpc, Check::AclRequestOut, End::Destination, out);
        let back = Crossing::tcp(false, self.task_ports());
        self.cross(line, subnet, vpc, Check::AclAnswerIn, End::Destination, back);
    }

    /// What the caller's groups let out.
    pub(crate) fn judge_own(&self, peer: &Peer<'_>) -> Judged {
        let groups = self.caller.security_groups.as_deref();
        let flow = Flow {
            egress: true,
            protocol: Protocol::Tcp,
            port: self.target.port,
        };
        let mut judged = self.judge_groups(groups, flow, peer);
        judged.cites.extend(self.caller.evidence.iter().cloned());
        judged
    }

    /// The caller's groups, outwards.
    pub(crate) fn own_groups(&self, line: &mut Line, judged: Judged, kind: impl FnOnce(Vec<SecurityGroupId>) -> FaultKind) {
        let groups = self.caller.security_groups.as_deref();
        let names: Vec<&str> = groups.unwrap_or_default().iter().map(SecurityGroupId::as_str).collect();
        let at = At::new(HopKind::SecurityGroup, names.join(","), Check::GroupEgress);
        line.judge(&at, End::Destination, Packet::request(self.target.port), judged, |_| {
            kind(groups.unwrap_or_default().to_vec())
        });
    }
}
