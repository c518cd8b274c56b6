//! `dns.private-zone-shadows`: a private hosted zone answers instead.

use crate::findings::network::{gather, remedy, words};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use network::FaultKind;
use snapshot::Text;
use snapshot::order::Order as _;

/// The rule of `dns.private-zone-shadows`.
pub(super) static RULE: Rule = Rule {
    code: Code("dns.private-zone-shadows"),
    page: Page {
        title: Text::fixed(
            "A private hosted zone answers for the AWS name",
            "プライベートホストゾーンが AWS の名前に応答している",
        ),
        what: Text::fixed(
            "A Route 53 private hosted zone that is associated with the VPC covers the service's name and answers instead of AWS's public DNS.",
            "VPC に関連付けられた Route 53 のプライベートホストゾーンがサービスの名前を含んでおり、AWS のパブリック DNS の代わりに応答します。",
        ),
        why: Text::fixed(
            "A name that the zone does not hold does not resolve (no such host); one that it holds leads where the record says.",
            "ゾーンにない名前は解決できません (no such host)。レコードがある名前は、そのレコードの値に解決されます。",
        ),
        remedy: Text::fixed(
            "Delete the zone's association, add the record, or use an interface endpoint with private DNS.",
            "ゾーンの関連付けを解除するか、レコードを追加するか、プライベート DNS 名を有効にしたインターフェイスエンドポイントを使用します。",
        ),
        not_this: Text::fixed(
            "An endpoint's own private name is more specific than a customer's parent zone and wins.",
            "エンドポイントのプライベート DNS 名は、上位のホストゾーンより具体的なため優先されます。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html",
            "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zones-private.html",
        ],
        examples: &["dns/private_zone_shadows/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let subject = |kind: &FaultKind, _: &gather::Hit<'_>| match kind {
        FaultKind::PrivateZoneShadows { zone, .. } => vec![zone.0.clone()],
        _ => Vec::new(),
    };
    gather::of(judged, RULE.code, subject).iter().filter_map(told).collect()
}

fn told(group: &gather::Group<'_>) -> Option<Finding> {
    let FaultKind::PrivateZoneShadows { zone, name } = group.kind()? else {
        return None;
    };
    let mut hosts: Vec<String> = group.hits.iter().map(|hit| hit.requirement.host.clone()).collect();
    hosts.in_order();
    hosts.dedup();
    let hosts = words::list(&hosts);
    let vpc = remedy::vpc_of(group).map_or_else(|| "VPC".to_owned(), |vpc| vpc.0);
    let region = group.case.region.clone().unwrap_or_else(|| "REGION".to_owned());
    let impact = Text::new(
        format!("Every client of {vpc} stops seeing the records of {name}; check first who relies on them."),
        format!("{vpc} のすべてのクライアントから {name} のレコードが見えなくなります。先に利用状況を確認してください。"),
    );
    let id = zone.clone();
    let fix = remedy::cli(
        group.case,
        &format!("route53 disassociate-vpc-from-hosted-zone --hosted-zone-id {zone} --vpc VPCRegion={region},VPCId={vpc}"),
        impact.clone(),
    )
    .doing(move |snapshot| {
        for listed in &mut snapshot.route53.zones {
            listed.zones.retain(|found| found.value.hosted_zone_id.as_ref() != Some(&id));
        }
    });
    let console = remedy::console(
        Text::new(
            format!("Route 53 console > Hosted zones > {name} ({zone}): add records for {hosts}, or Edit hosted zone > remove {vpc}."),
            format!(
                "Route 53 コンソール > ホストゾーン > {name} ({zone}): {hosts} のレコードを追加するか、ホストゾーンの編集で {vpc} を削除します。"
            ),
        ),
        impact,
    );
    Some(group.told(
        Text::new(format!("Private hosted zone {name} answers for AWS's names"), format!("プライベートホストゾーン {name} が AWS の名前に応答しています")),
        Text::new(
            format!("The zone {zone} ({name}) is associated with the VPC and covers {hosts}. Queries for names under it are answered from the zone alone, not from public DNS."),
            format!("ホストゾーン {zone} ({name}) は VPC に関連付けられており、{hosts} を含みます。このゾーン配下の名前への問い合わせには、パブリック DNS ではなくこのゾーンだけが応答します。"),
        ),
        &Text::new(format!("what the private hosted zone {name} answers"), format!("プライベートホストゾーン {name} の応答")),
        vec![fix, console],
    ))
}
