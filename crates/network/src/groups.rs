//! Security groups: stateful, allow only, and all groups of an interface add up (Amazon VPC User Guide, "Security groups").

use crate::ground::Ground;
use crate::lists::ListContent;
use crate::model::fault::RuleRef;
use crate::model::trace::Protocol;
use crate::set::AddressSet;
use ipnet::IpNet;
use snapshot::ids::{PrefixListId, SecurityGroupId};
use snapshot::{Assumption, Citation, Need, Operation, Question, QuestionKind};

/// What a filter does with a set of addresses: the rest is not known.
#[derive(Clone, Debug, Default)]
pub(crate) struct Judged {
    pub(crate) pass: AddressSet,
    pub(crate) fail: AddressSet,
    pub(crate) rule: Option<RuleRef>,
    pub(crate) cites: Vec<Citation>,
    pub(crate) assumes: Vec<Assumption>,
    pub(crate) needs: Vec<Need>,
}

/// The other end, as rules can name it.
pub(crate) struct Peer<'a> {
    /// Its addresses.
    pub(crate) set: &'a AddressSet,
    /// Its groups; `None` where they are not known.
    pub(crate) groups: Option<&'a [SecurityGroupId]>,
    /// Whether the addresses are the target's public ones: then a prefix list of AWS's can hold them.
    pub(crate) public: bool,
    /// Whether it may stand anywhere: then a group or a list of AWS's may hold it.
    pub(crate) anywhere: bool,
    /// The way between may not tell its groups: a rule that names one of them may admit it (security group referencing of a transit
    /// gateway, which is off by default).
    pub(crate) forgotten: bool,
}

/// Which connection.
#[derive(Clone, Copy)]
pub(crate) struct Flow {
    pub(crate) egress: bool,
    pub(crate) protocol: Protocol,
    pub(crate) port: u16,
}

/// What the rules of all groups admit so far.
#[derive(Default)]
struct Admitted {
    nets: Vec<IpNet>,
    all: bool,
    maybe: bool,
    rule: Option<SecurityGroupId>,
    cites: Vec<Citation>,
    /// What shows which addresses the lists that rules name hold: a lack rests on it.
    lists: Vec<Citation>,
    /// One rule that admits all alone.
    alone: Option<Vec<Citation>>,
    needs: Vec<Need>,
}

/// Whether ports and protocol of a rule fit; `None` where they cannot be read.
fn fits(flow: Flow, protocol: Option<&str>, from: Option<i64>, to: Option<i64>) -> Option<bool> {
    let (name, number) = match flow.protocol {
        Protocol::Tcp => ("tcp", "6"),
        Protocol::Udp => ("udp", "17"),
    };
    let protocol = protocol?;
    if protocol == "-1" || protocol.eq_ignore_ascii_case("all") {
        return Some(true);
    }
    if !protocol.eq_ignore_ascii_case(name) && protocol != number {
        return Some(false);
    }
    match (from?, to?) {
        (-1, -1) => Some(true),
        (from, to) => Some((from..=to).contains(&i64::from(flow.port))),
    }
}

/// Whether a reference to a peered VPC's group outlived the peering or the group: it matches nothing (Amazon VPC Peering Guide, "Update
/// your security groups to reference peer security groups").
fn is_stale(peering_status: Option<&str>) -> bool {
    peering_status.is_some_and(|status| status.eq_ignore_ascii_case("deleted"))
}

impl Ground<'_> {
    /// Judges what groups let through, in one direction.
    pub(crate) fn judge_groups(&self, groups: Option<&[SecurityGroupId]>, flow: Flow, peer: &Peer<'_>) -> Judged {
        let Some(groups) = groups else {
            let question = Question {
                kind: QuestionKind::SecurityGroups,
                subject: self.caller.subject.clone(),
            };
            return Judged {
                needs: vec![Need::Question(question)],
                ..Judged::default()
            };
        };
        let mut admitted = Admitted::default();
        let mut assumes = Vec::new();
        let mut read = Vec::new();
        let mut whole = true;
        for group in groups {
            if let Some(need) = self.parted(group) {
                admitted.needs.push(need);
                whole = false;
                continue;
            }
            whole &= self.read_group(group, flow, peer, &mut admitted, &mut assumes, &mut read);
        }
        let pass = if admitted.all {
            peer.set.clone()
        } else {
            AddressSet::of(admitted.nets).intersection(peer.set)
        };
        let rest = peer.set.minus(&pass);
        let fail = if whole && !admitted.maybe {
            rest.clone()
        } else {
            AddressSet::none()
        };
        let passes = rest.is_empty();
        read.append(&mut admitted.lists);
        Judged {
            rule: Some(match admitted.rule {
                Some(group) if passes => RuleRef::GroupRule(group),
                _ => RuleRef::NoGroupRule(groups.to_vec()),
            }),
            // What admits is enough where all pass; a lack needs every group.
            cites: if passes { admitted.alone.unwrap_or(admitted.cites) } else { read },
            assumes: if passes { Vec::new() } else { assumes },
            needs: if passes || !fail.is_empty() { Vec::new() } else { admitted.needs },
            pass,
            fail,
        }
    }

    /// A group of another VPC that is being associated with this one, or parted from it: whether its rules count is not known.
    fn parted(&self, group: &SecurityGroupId) -> Option<Need> {
        let vpc = self.vpc_id.as_ref()?;
        let shared = &self.snapshot.ec2.security_group_vpc_associations;
        let found = shared.get(&(group.clone(), vpc.clone()))?;
        let state = found.value.state.as_deref()?;
        (!state.eq_ignore_ascii_case("associated")).then(|| {
            self.call(Operation::Ec2DescribeSecurityGroupVpcAssociations)
                .filter("group-id", group.as_str())
                .into()
        })
    }

    /// Reads one group's rules; false where they may not be all.
    fn read_group(
        &self,
        group: &SecurityGroupId,
        flow: Flow,
        peer: &Peer<'_>,
        admitted: &mut Admitted,
        assumes: &mut Vec<Assumption>,
        read: &mut Vec<Citation>,
    ) -> bool {
        let ec2 = &self.snapshot.ec2;
        if let Some(found) = ec2.security_groups.get(group) {
            let (member, rules) = if flow.egress {
                ("IpPermissionsEgress", &found.value.ip_permissions_egress)
            } else {
                ("IpPermissions", &found.value.ip_permissions)
            };
            if let Some(rules) = rules {
                read.push(found.at.clone());
                for (index, rule) in rules.iter().enumerate() {
                    self.count(1);
                    let sources =
                        rule.ip_ranges.len() + rule.ipv6_ranges.len() + rule.prefix_list_ids.len() + rule.user_id_group_pairs.len();
                    self.count(sources);
                    let verdict = fits(
                        flow,
                        rule.ip_protocol.as_ref().map(|text| text.as_str()),
                        rule.from_port,
                        rule.to_port,
                    );
                    if verdict == Some(false) {
                        continue;
                    }
                    let mut part = Admitted::default();
                    let v4 = rule.ip_ranges.iter().map(|range| range.cidr_ip);
                    let v6 = rule.ipv6_ranges.iter().map(|range| range.cidr_ipv6);
                    for cidr in v4.chain(v6) {
                        part.net(cidr.map(|cidr| cidr.0));
                    }
                    for list in &rule.prefix_list_ids {
                        self.admit_list(list.prefix_list_id.as_ref(), peer, &mut part);
                    }
                    for pair in rule
                        .user_id_group_pairs
                        .iter()
                        .filter(|pair| !is_stale(pair.peering_status.as_deref()))
                    {
                        part.group(pair.group_id.as_ref(), peer);
                    }
                    let at = found.element(member, index);
                    admitted.join(part, verdict == Some(true), group, at, peer.set);
                }
                return true;
            }
        }
        let rules = ec2.security_group_rules.with("group-id", group.as_str());
        for found in rules {
            self.count(1);
            let rule = &found.value;
            if rule.is_egress == Some(!flow.egress) {
                continue;
            }
            let verdict = fits(
                flow,
                rule.ip_protocol.as_ref().map(|text| text.as_str()),
                rule.from_port,
                rule.to_port,
            );
            if verdict == Some(false) {
                continue;
            }
            let mut part = Admitted::default();
            let mut named = false;
            for cidr in [rule.cidr_ipv4, rule.cidr_ipv6].into_iter().flatten() {
                named = true;
                part.net(Some(cidr.0));
            }
            if rule.prefix_list_id.is_some() {
                named = true;
                self.admit_list(rule.prefix_list_id.as_ref(), peer, &mut part);
            }
            if let Some(info) = &rule.referenced_group_info {
                named = true;
                if !is_stale(info.peering_status.as_deref()) {
                    part.group(info.group_id.as_ref(), peer);
                }
            }
            if !named {
                part.maybe = true;
            }
            let sure = verdict == Some(true) && rule.is_egress.is_some();
            admitted.join(part, sure, group, found.at.clone(), peer.set);
        }
        let coverage = self.coverage(&ec2.security_group_rules, &[("group-id", group.as_str())], |rule| {
            rule.group_id.as_ref() == Some(group)
        });
        if let Some(covered) = coverage {
            read.extend(covered.pages);
            assumes.extend(covered.assumption);
            return true;
        }
        admitted.needs.push(
            self.call(Operation::Ec2DescribeSecurityGroups)
                .option("group-ids", group.as_str())
                .into(),
        );
        false
    }

    fn admit_list(&self, id: Option<&PrefixListId>, peer: &Peer<'_>, part: &mut Admitted) {
        let Some(id) = id else {
            part.maybe = true;
            return;
        };
        let list = self.list(id);
        match list.content {
            ListContent::Service if peer.public && self.may_list_v6(peer.set, None) => part.maybe = true,
            ListContent::Service if peer.public => part.all = true,
            ListContent::Service if peer.anywhere => part.maybe = true,
            ListContent::Service | ListContent::OtherService => {}
            ListContent::Entries { nets, whole } => {
                part.lists.extend(list.cites.iter().cloned());
                part.nets.extend(nets);
                part.maybe |= !whole;
            }
            ListContent::Unknown => part.maybe = true,
        }
        part.cites.extend(list.cites);
        part.needs.extend(list.needs);
    }
}

impl Admitted {
    fn net(&mut self, net: Option<IpNet>) {
        match net {
            Some(net) => self.nets.push(net),
            None => self.maybe = true,
        }
    }

    /// A group names the private addresses of the interfaces in it, never public ones.
    fn group(&mut self, group: Option<&SecurityGroupId>, peer: &Peer<'_>) {
        match (group, peer.groups) {
            _ if peer.public => {}
            (Some(group), Some(groups)) if peer.forgotten => self.maybe |= groups.contains(group),
            (Some(group), Some(groups)) => self.all |= groups.contains(group),
            _ => self.maybe = true,
        }
    }

    /// Adds one rule's part.
    fn join(&mut self, part: Self, sure: bool, group: &SecurityGroupId, at: Citation, wanted: &AddressSet) {
        let admits = part.all || part.nets.iter().any(|net| AddressSet::of([*net]).meets(wanted));
        let alone = part.all || (admits && wanted.is_within(&AddressSet::of(part.nets.iter().copied())));
        if alone && sure && self.alone.is_none() {
            let cites = std::iter::once(at.clone()).chain(part.cites.iter().cloned());
            self.alone = Some(cites.collect());
        }
        if admits && sure {
            self.rule.get_or_insert_with(|| group.clone());
            self.cites.push(at);
            self.cites.extend(part.cites);
            self.all |= part.all;
            self.nets.extend(part.nets);
        } else if admits {
            self.maybe = true;
        }
        self.maybe |= part.maybe;
        self.needs.extend(part.needs);
        self.lists.extend(part.lists);
    }
}
