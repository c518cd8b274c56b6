//! VPC Block Public Access, which counts for the subnet whose interface meets the internet gateway.

use crate::ground::Ground;
use crate::groups::Judged;
use crate::internet::Meeting;
use crate::line::{At, Line};
use crate::model::fault::{FaultKind, RuleRef};
use crate::model::trace::{Check, HopKind};
use snapshot::ec2::access::{BlockMode, BlockPublicAccessExclusion, ExclusionMode, ExclusionState};
use snapshot::ids::{SubnetId, VpcId};
use snapshot::{Assumption, Citation, Found, Operation, Truth};

/// What exclusions say of a subnet.
enum Excluded<'a> {
    /// One covers it.
    By(&'a Found<BlockPublicAccessExclusion>, ExclusionMode),
    /// None does.
    Not(Vec<Citation>, Vec<Assumption>),
    /// Not known.
    Unknown,
}

impl Ground<'_> {
    pub(crate) fn public_access(&self, line: &mut Line, vpc: &VpcId, subnet: Option<&SubnetId>, meeting: Meeting) {
        let at = At::new(HopKind::BlockPublicAccess, vpc.as_str(), Check::PublicAccess);
        let Some((mode, mut cites)) = self.block_mode(vpc, subnet) else {
            let judged = Judged {
                assumes: vec![Assumption::BlockPublicAccessOff],
                ..Judged::default()
            };
            line.judge_whole(&at, Truth::True, judged, None);
            return;
        };
        let kind = FaultKind::PublicAccessBlocked {
            vpc: vpc.clone(),
            subnet: subnet.cloned(),
            mode: mode.as_str().to_owned(),
        };
        let rule = Some(RuleRef::State(mode.as_str().to_owned()));
        let free = match mode {
            BlockMode::Off => true,
            BlockMode::Ingress => meeting == Meeting::Outbound,
            BlockMode::Bidirectional | BlockMode::Other(_) => false,
        };
        if free {
            line.judge_whole(
                &at,
                Truth::True,
                Judged {
                    rule,
                    cites,
                    ..Judged::default()
                },
                None,
            );
            return;
        }
        let mut assumes = Vec::new();
        let mut needs = Vec::new();
        let verdict = match (self.exclusion(vpc, subnet, &mode), mode) {
            (Excluded::By(found, ExclusionMode::Bidirectional), _) => {
                cites.push(found.at.clone());
                Truth::True
            }
            (Excluded::By(found, ExclusionMode::Egress), BlockMode::Bidirectional) => {
                cites.push(found.at.clone());
                // For a public address AWS's documentation contradicts itself.
                if meeting == Meeting::Outbound {
                    Truth::True
                } else {
                    Truth::Unknown
                }
            }
            (Excluded::Not(proof, assumed), BlockMode::Bidirectional | BlockMode::Ingress) => {
                cites.extend(proof);
                assumes = assumed;
                Truth::False
            }
            _ => {
                needs.push(self.call(Operation::Ec2DescribeVpcBlockPublicAccessExclusions).into());
                Truth::Unknown
            }
        };
        let judged = Judged {
            rule,
            cites,
            assumes,
            needs,
            ..Judged::default()
        };
        line.judge_whole(&at, verdict, judged, Some(kind));
    }

    /// The mode in force, from the account's options or as the subnet or VPC report it.
    fn block_mode(&self, vpc: &VpcId, subnet: Option<&SubnetId>) -> Option<(BlockMode, Vec<Citation>)> {
        let ec2 = &self.snapshot.ec2;
        let differs = |mine: Option<&str>, theirs: Option<&str>| matches!((mine, theirs), (Some(a), Some(b)) if a != b);
        let options = ec2.block_public_access_options.iter().rev().find(|found| {
            let account = found.value.aws_account_id.as_ref().map(|id| id.as_str());
            !differs(account, self.owner().or(self.caller.account.as_deref()))
                && !differs(found.value.aws_region.as_deref(), self.region())
                && found.value.internet_gateway_block_mode.is_some()
        });
        if let Some(found) = options {
            let settled = !found
                .value
                .state
                .as_deref()
                .is_some_and(|state| state.eq_ignore_ascii_case("update-in-progress"));
            let mode = found.value.internet_gateway_block_mode.clone()?;
            let mode = if settled {
                mode
            } else {
                BlockMode::Other(mode.as_str().to_owned())
            };
            return Some((mode, vec![found.at.clone()]));
        }
        let subnet = subnet.and_then(|id| ec2.subnets.get(id));
        let of_subnet = subnet.and_then(|found| {
            let mode = found
                .value
                .block_public_access_states
                .as_ref()?
                .internet_gateway_block_mode
                .clone()?;
            Some((mode, vec![found.at.clone()]))
        });
        of_subnet.or_else(|| {
            let found = ec2.vpcs.get(vpc)?;
            let mode = found
                .value
                .block_public_access_states
                .as_ref()?
                .internet_gateway_block_mode
                .clone()?;
            Some((mode, vec![found.at.clone()]))
        })
    }

    /// The exclusion that counts in this mode: `allow-egress` is ignored where only ingress is blocked (Amazon VPC User Guide, "Block
    /// public access to VPCs and subnets").
    fn exclusion(&self, vpc: &VpcId, subnet: Option<&SubnetId>, block: &BlockMode) -> Excluded<'_> {
        let exclusions = &self.snapshot.ec2.block_public_access_exclusions;
        let covers = |arn: &str| {
            let (kind, id) = arn.rsplit_once('/').unwrap_or_default();
            (kind.ends_with(":vpc") && id == vpc.as_str())
                || (kind.ends_with(":subnet") && subnet.is_some_and(|subnet| id == subnet.as_str()))
        };
        let mut best: Option<(&Found<BlockPublicAccessExclusion>, ExclusionMode)> = None;
        let mut open = false;
        for found in exclusions.iter() {
            let Some(arn) = &found.value.resource_arn else {
                open = true;
                continue;
            };
            if !covers(arn) {
                continue;
            }
            match (&found.value.state, &found.value.internet_gateway_exclusion_mode) {
                (_, Some(ExclusionMode::Egress)) if *block == BlockMode::Ingress => {}
                (Some(ExclusionState::CreateComplete | ExclusionState::UpdateComplete), Some(mode)) => {
                    if best.is_none() || *mode == ExclusionMode::Bidirectional {
                        best = Some((found, mode.clone()));
                    }
                }
                (Some(ExclusionState::DeleteComplete | ExclusionState::CreateFailed | ExclusionState::DisableComplete), _) => {}
                (Some(ExclusionState::CreateInProgress), _) => {}
                _ => open = true,
            }
        }
        if let Some((found, mode)) = best {
            return Excluded::By(found, mode);
        }
        if open {
            return Excluded::Unknown;
        }
        let coverage = self.coverage(exclusions, &[], |_| true);
        match coverage {
            Some(covered) => Excluded::Not(covered.pages, covered.assumption.into_iter().collect()),
            None => Excluded::Unknown,
        }
    }
}
