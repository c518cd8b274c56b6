//! Network ACLs in either direction: one finding for each ACL, whatever it stops.

use super::family::Family;
use super::{gather, remedy, words};
use crate::judged::Judged;
use crate::model::{Code, Finding, Fix, Status};
use network::FaultKind;
use snapshot::Text;
use snapshot::ids::{NetworkAclId, SubnetId};
use snapshot::order::{self, Order as _};

/// What a network ACL refuses at one subnet.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Refusal {
    acl: Option<NetworkAclId>,
    subnet: SubnetId,
    answer: bool,
    ports: (u16, u16),
    entry: Option<i64>,
}

fn refusal(kind: &FaultKind) -> Option<Refusal> {
    match kind {
        FaultKind::AclOutboundBlocked {
            acl,
            subnet,
            answer,
            ports,
            entry,
        }
        | FaultKind::AclInboundBlocked {
            acl,
            subnet,
            answer,
            ports,
            entry,
        } => Some(Refusal {
            acl: acl.clone(),
            subnet: subnet.clone(),
            answer: *answer,
            ports: *ports,
            entry: *entry,
        }),
        _ => None,
    }
}

/// The findings of one direction.
pub(in crate::findings) fn judge(judged: &Judged<'_>, code: Code, egress: bool) -> Vec<Finding> {
    let subject = |kind: &FaultKind, _: &gather::Hit<'_>| {
        refusal(kind)
            .map(|refusal| refusal.acl.map_or(refusal.subnet.0, |acl| acl.0))
            .into_iter()
            .collect()
    };
    gather::of(judged, code, subject)
        .iter()
        .filter_map(|group| told(group, egress))
        .collect()
}

fn told(group: &gather::Group<'_>, egress: bool) -> Option<Finding> {
    let mut refusals: Vec<Refusal> = group.hits.iter().filter_map(|hit| refusal(&hit.fault.kind)).collect();
    refusals.in_order();
    refusals.dedup();
    let first = refusals.first()?;
    let name = first.acl.as_ref().map_or_else(|| first.subnet.0.clone(), |acl| acl.0.clone());
    let (way, way_ja) = if egress {
        ("outbound", "アウトバウンド")
    } else {
        ("inbound", "インバウンド")
    };
    let question = Text::new(
        format!("what the {way} rules of the network ACL of {} let through", first.subnet),
        format!("{} のネットワーク ACL の{way_ja}ルールが許可する通信", first.subnet),
    );
    let narrow = group.status == Status::Warn && group.scope == gather::Scope::Here && !group.hits.iter().any(|hit| hit.fault.intermittent);
    let title = if narrow {
        Text::new(
            format!("{name} lets answers in on part of ports 1024-65535 only"),
            format!("{name} は応答のポート 1024-65535 の一部しか許可していません"),
        )
    } else {
        let stopped = words::list(
            &order::set(refusals.iter().map(|refusal| ports(refusal.ports)))
                .into_iter()
                .collect::<Vec<_>>(),
        );
        Text::new(
            format!("{name} refuses {way} TCP {stopped}"),
            format!("{name} が{way_ja}の TCP {stopped} を拒否しています"),
        )
    };
    let explanation = if narrow {
        Text::fixed(
            "The ports that Linux usually answers on (32768-60999) pass, so calls work as far as that holds. Which ports Fargate uses is not documented; AWS recommends 1024-65535.",
            "Linux が通常使用するポート (32768-60999) は許可されているため、その範囲では通信できます。Fargate が使用するポートは文書化されておらず、AWS は 1024-65535 を推奨しています。",
        )
    } else {
        explain(&refusals, &name, way, way_ja)
    };
    let mut finding = group.told(title, explanation, &question, fixes(group, &refusals, egress));
    // Whose ACL it is, where it is not the task's own subnet's: a NAT gateway's, an endpoint's.
    let subnets = order::set(refusals.iter().map(|refusal| refusal.subnet.clone()));
    let beyond: Vec<SubnetId> = subnets.into_iter().filter(|subnet| !group.subnets().contains(subnet)).collect();
    if !beyond.is_empty() && group.status != Status::Unknown {
        let beyond = words::list(&beyond);
        finding.summary = Text::new(
            format!("{} It is the ACL of {beyond}, which the traffic passes.", finding.summary.en),
            format!("{}これは、トラフィックが通過する {beyond} の ACL です。", finding.summary.ja),
        );
    }
    Some(finding)
}

fn ports((first, last): (u16, u16)) -> String {
    if first == last {
        first.to_string()
    } else {
        format!("{first}-{last}")
    }
}

fn explain(refusals: &[Refusal], name: &str, way: &str, way_ja: &str) -> Text {
    let (mut en, mut ja) = (Vec::new(), Vec::new());
    for refusal in refusals {
        let (half, half_ja) = if refusal.answer {
            ("the answer", "応答")
        } else {
            ("the request", "リクエスト")
        };
        let (by, by_ja) = match refusal.entry {
            Some(number) => (format!("rule {number}"), format!("ルール {number} ")),
            None => ("the closing deny (*)".to_owned(), "最後の拒否ルール (*) ".to_owned()),
        };
        en.push(format!("{by} refuses {half} on TCP {} at {}", ports(refusal.ports), refusal.subnet));
        ja.push(format!(
            "{} で、{half_ja} (TCP {}) が{by_ja}により拒否されます",
            refusal.subnet,
            ports(refusal.ports)
        ));
    }
    Text::new(
        format!(
            "In the {way} rules of {name}, {}. Network ACLs are stateless: requests and answers each need a rule.",
            en.join("; ")
        ),
        format!(
            "{name} の{way_ja}ルールを確認しました。{}。ネットワーク ACL はステートレスのため、リクエストと応答のそれぞれにルールが必要です。",
            ja.join("。")
        ),
    )
}

fn fixes(group: &gather::Group<'_>, refusals: &[Refusal], egress: bool) -> Vec<Fix> {
    let Some(acl) = refusals.first().and_then(|refusal| refusal.acl.clone()) else {
        return Vec::new();
    };
    let mut wanted: Vec<(u16, u16)> = refusals
        .iter()
        .map(|refusal| if refusal.answer { (1024, 65_535) } else { refusal.ports })
        .collect();
    wanted.sort_unstable();
    wanted.dedup();
    let start = remedy::free_number(group.case.snapshot, &acl, egress);
    let families = group.families();
    let entries = wanted.iter().flat_map(|ports| families.iter().map(move |family| (*ports, *family)));
    let numbered: Vec<(i64, (u16, u16), Family)> = (start..)
        .zip(entries)
        .map(|(number, (ports, family))| (number, ports, family))
        .collect();
    let direction = if egress { "--egress" } else { "--ingress" };
    let command = numbered
        .iter()
        .map(|(number, (from, to), family)| {
            let option = match family {
                Family::V4 => "cidr-block",
                Family::V6 => "ipv6-cidr-block",
            };
            let block = family.block();
            format!("ec2 create-network-acl-entry --network-acl-id {acl} {direction} --rule-number {number} --protocol 6 --port-range From={from},To={to} --{option} {block} --rule-action allow")
        })
        .collect::<Vec<_>>()
        .join("\n");
    let impact = Text::new(
        format!(
            "Takes effect at once for every subnet of {acl}; wider than needed where the other side is known: narrow the CIDR block then."
        ),
        format!(
            "{acl} を使用するすべてのサブネットに即時反映されます。相手の範囲がわかっている場合は必要以上に広いため、CIDR ブロックを絞ってください。"
        ),
    );
    let (id, entries) = (acl.clone(), numbered);
    let fix = remedy::cli(group.case, &command, impact.clone())
        .doing(move |snapshot| entries.iter().for_each(|entry| remedy::allow_first(snapshot, &id, egress, *entry)));
    let (tab, tab_ja) = if egress {
        ("Outbound rules", "アウトバウンドルール")
    } else {
        ("Inbound rules", "インバウンドルール")
    };
    let console = remedy::console(
        Text::new(
            format!("VPC console > Network ACLs > {acl} > {tab} > Edit: add the rule with a number below the one that refuses."),
            format!("VPC コンソール > ネットワーク ACL > {acl} > {tab_ja} > 編集: 拒否しているルールより小さい番号でルールを追加します。"),
        ),
        impact,
    );
    vec![fix, console]
}
