//! Network ACLs: stateless, ordered, the lowest matching number decides (Amazon VPC User Guide, "Network ACLs").

use crate::ground::Ground;
use crate::groups::Judged;
use crate::model::fault::RuleRef;
use crate::model::trace::Protocol;
use crate::set::{AddressSet, Remaining};
use snapshot::Found;
use snapshot::ec2::filter::{NetworkAcl, NetworkAclEntry, RuleAction};
use snapshot::order::Order as _;

/// Packets that cross a subnet's border in one direction.
#[derive(Clone, Copy)]
pub(crate) struct Crossing {
    pub(crate) egress: bool,
    pub(crate) protocol: Protocol,
    /// The destination ports, all of which must pass.
    pub(crate) ports: (u16, u16),
}

impl Crossing {
    pub(crate) fn tcp(egress: bool, ports: (u16, u16)) -> Self {
        Self {
            egress,
            protocol: Protocol::Tcp,
            ports,
        }
    }
}

fn protocol_fits(entry: &NetworkAclEntry, protocol: Protocol) -> Option<bool> {
    let (name, number) = match protocol {
        Protocol::Tcp => ("tcp", "6"),
        Protocol::Udp => ("udp", "17"),
    };
    let text = entry.protocol.as_ref()?.as_str();
    Some(text == "-1" || text.eq_ignore_ascii_case("all") || text == number || text.eq_ignore_ascii_case(name))
}

/// The ports of an entry; `None` where they cannot be read.
fn ports_of(entry: &NetworkAclEntry) -> Option<(i64, i64)> {
    let all = entry.protocol.as_ref().is_some_and(|text| text.as_str() == "-1");
    match &entry.port_range {
        _ if all => Some((0, 65_535)),
        None => Some((0, 65_535)),
        Some(range) => match (range.from?, range.to?) {
            (-1, -1) => Some((0, 65_535)),
            pair => Some(pair),
        },
    }
}

/// An entry that refuses: its number, `None` for the closing deny, and its place in the list.
#[derive(Clone, Copy)]
struct Refusal {
    number: Option<i64>,
    index: usize,
}

/// What became of a set at some ports.
struct Outcome {
    pass: AddressSet,
    fail: AddressSet,
    /// The first entry that refused something: its number and place in the list, `None` for the closing deny where that is not listed.
    refused_by: Option<Option<Refusal>>,
    /// The first entry that surely let something pass.
    admitted_by: Option<i64>,
}

impl Ground<'_> {
    /// Judges a crossing for a set of addresses of the other side: the pass holds those for which every port passes, the fail those for
    /// which none does.
    pub(crate) fn judge_acl(&self, acl: &Found<NetworkAcl>, crossing: Crossing, set: &AddressSet) -> Judged {
        let Some(entries) = &acl.value.entries else {
            return Judged::default();
        };
        let mut relevant: Vec<(usize, &NetworkAclEntry)> = entries
            .iter()
            .enumerate()
            .filter(|(_, entry)| entry.egress != Some(!crossing.egress) && protocol_fits(entry, crossing.protocol) != Some(false))
            .collect();
        self.count(entries.len());
        relevant.in_order_by_key(|(_, entry)| entry.rule_number.unwrap_or(i64::MIN));
        let mut pass = set.clone();
        let mut fail = set.clone();
        let (mut refused_by, mut admitted_by) = (None, None);
        for at in port_samples(&relevant, crossing.ports) {
            let outcome = self.at_port(&relevant, crossing, at, set);
            pass = pass.intersection(&outcome.pass);
            fail = fail.intersection(&outcome.fail);
            refused_by = refused_by.or(outcome.refused_by);
            admitted_by = admitted_by.or(outcome.admitted_by);
        }
        let passes = set.is_within(&pass);
        let id = acl.value.network_acl_id.clone().unwrap_or_default();
        let refusal = refused_by.flatten().filter(|_| !passes);
        Judged {
            rule: Some(RuleRef::AclEntry {
                acl: id,
                number: if passes {
                    admitted_by
                } else {
                    refusal.and_then(|entry| entry.number)
                },
            }),
            // The entry that refuses, where all are refused; else it takes the whole list to tell.
            cites: refusal
                .filter(|_| set.is_within(&fail))
                .map(|entry| acl.element("Entries", entry.index))
                .into_iter()
                .collect(),
            pass,
            fail,
            ..Judged::default()
        }
    }

    fn at_port(&self, entries: &[(usize, &NetworkAclEntry)], crossing: Crossing, port: i64, set: &AddressSet) -> Outcome {
        let mut left = Remaining::new(set);
        let (mut pass, mut fail) = (Vec::new(), Vec::new());
        let (mut maybe_allowed, mut maybe_denied) = (false, false);
        let (mut refused_by, mut admitted_by) = (None, None);
        for (index, entry) in entries {
            if left.is_empty() {
                break;
            }
            self.count(1);
            let ports = ports_of(entry);
            if ports.is_some_and(|(from, to)| !(from..=to).contains(&port)) {
                continue;
            }
            let net = entry.cidr_block.or(entry.ipv6_cidr_block);
            let sure = ports.is_some()
                && entry.egress == Some(crossing.egress)
                && protocol_fits(entry, crossing.protocol) == Some(true)
                && entry.rule_number.is_some();
            match (net, &entry.rule_action) {
                (Some(net), Some(RuleAction::Allow)) if sure => {
                    let hit = left.take(net.0);
                    if !maybe_denied && !hit.is_empty() {
                        admitted_by = admitted_by.or(entry.rule_number);
                        pass.extend_from_slice(hit.ranges());
                    }
                }
                (Some(net), Some(RuleAction::Deny)) if sure => {
                    let hit = left.take(net.0);
                    if !hit.is_empty() {
                        let closing = entry.rule_number.is_some_and(|number| number >= 32_767);
                        refused_by.get_or_insert(Some(Refusal {
                            number: entry.rule_number.filter(|_| !closing),
                            index: *index,
                        }));
                    }
                    if !maybe_allowed {
                        fail.extend_from_slice(hit.ranges());
                    }
                }
                (_, Some(RuleAction::Allow)) => maybe_allowed = true,
                (_, Some(RuleAction::Deny)) => maybe_denied = true,
                _ => (maybe_allowed, maybe_denied) = (true, true),
            }
        }
        // Every ACL ends with an entry that denies all.
        let rest = left.rest();
        if !rest.is_empty() {
            refused_by.get_or_insert(None);
            if !maybe_allowed {
                fail.extend_from_slice(rest.ranges());
            }
        }
        Outcome {
            pass: AddressSet::from_ranges(pass),
            fail: AddressSet::from_ranges(fail),
            refused_by,
            admitted_by,
        }
    }
}

/// One port of every stretch of ports that no entry tells apart.
fn port_samples(entries: &[(usize, &NetworkAclEntry)], (first, last): (u16, u16)) -> Vec<i64> {
    let (first, last) = (i64::from(first), i64::from(last));
    let mut starts = vec![first];
    for (from, to) in entries.iter().filter_map(|(_, entry)| ports_of(entry)) {
        starts.extend(
            [from, to.saturating_add(1)]
                .into_iter()
                .filter(|start| *start > first && *start <= last),
        );
    }
    starts.sort_unstable();
    starts.dedup();
    starts
}
