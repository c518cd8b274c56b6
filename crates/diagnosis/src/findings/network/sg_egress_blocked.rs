//! `network.sg-egress-blocked`: no security group of the task lets the traffic out.

use crate::findings::network::{gather, remedy, words};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use network::FaultKind;
use snapshot::Text;

/// The rule of `network.sg-egress-blocked`.
pub(super) static RULE: Rule = Rule {
    code: Code("network.sg-egress-blocked"),
    page: Page {
        title: Text::fixed(
            "Security groups do not let the task out",
            "セキュリティグループがタスクからの送信を許可していない",
        ),
        what: Text::fixed(
            "None of the interface's security groups has an outbound rule that admits TCP 443 to the destination. A group without outbound rules lets nothing out.",
            "ENI のどのセキュリティグループにも、接続先への TCP 443 を許可するアウトバウンドルールがありません。アウトバウンドルールのないセキュリティグループは何も送信できません。",
        ),
        why: Text::fixed(
            "The packets are dropped at the interface, so calls time out. An S3 gateway endpoint is reached by public addresses: a rule for the VPC's own range does not admit it, the S3 prefix list does.",
            "パケットは ENI で破棄され、呼び出しはタイムアウトします。S3 ゲートウェイエンドポイントはパブリックアドレスで到達するため、VPC の範囲へのルールでは許可されず、S3 のプレフィックスリストへのルールが必要です。",
        ),
        remedy: Text::fixed(
            "Add an outbound rule for TCP 443 to one of the groups.",
            "いずれかのセキュリティグループに、TCP 443 のアウトバウンドルールを追加します。",
        ),
        not_this: Text::fixed(
            "Outbound rules add up over all groups of the interface. DNS to the Amazon-provided resolver needs no rule.",
            "アウトバウンドルールは、ENI のすべてのセキュリティグループの合計で評価されます。Amazon 提供の DNS サーバーへの DNS にルールは不要です。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html",
            "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html",
        ],
        examples: &["network/sg_egress_blocked/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let subject = |kind: &FaultKind, hit: &gather::Hit<'_>| match kind {
        FaultKind::SgEgressBlocked { groups, .. } if !groups.is_empty() => groups.iter().map(|group| group.0.clone()).collect(),
        _ => hit.walk.subnet.iter().map(|subnet| subnet.0.clone()).collect(),
    };
    gather::of(judged, RULE.code, subject).iter().filter_map(told).collect()
}

fn told(group: &gather::Group<'_>) -> Option<Finding> {
    let FaultKind::SgEgressBlocked { groups, .. } = group.kind()? else {
        return None;
    };
    let names = words::list(groups);
    let by_list = group
        .hits
        .iter()
        .all(|hit| matches!(hit.fault.kind, FaultKind::SgEgressBlocked { prefix_list: true, .. }));
    let mut places: Vec<Text> = Vec::new();
    for hit in &group.hits {
        if let FaultKind::SgEgressBlocked { destination, endpoint, .. } = &hit.fault.kind {
            let place = words::place(destination);
            let place = match endpoint {
                Some(endpoint) => Text::new(format!("{} ({endpoint})", place.en), format!("{} ({endpoint})", place.ja)),
                None => place,
            };
            if !places.contains(&place) {
                places.push(place);
            }
        }
    }
    let join = |pick: fn(&Text) -> &str| places.iter().map(pick).collect::<Vec<_>>().join(", ");
    let (to, to_ja) = (join(|place| &place.en), join(|place| &place.ja));
    let (why, why_ja) = if by_list {
        (
            " An S3 gateway endpoint keeps S3's public addresses: a rule to the VPC's own range or to a security group does not cover them.",
            "S3 ゲートウェイエンドポイントの接続先は S3 のパブリックアドレスのままです。VPC の範囲やセキュリティグループへのルールでは許可されません。",
        )
    } else {
        ("", "")
    };
    Some(group.told(
        Text::new(
            format!("{names} does not let TCP 443 out"),
            format!("{names} が TCP 443 の送信を許可していません"),
        ),
        Text::new(
            format!("No outbound rule of {names} admits TCP 443 to {to}.{why}"),
            format!("{names} には {to_ja} への TCP 443 を許可するアウトバウンドルールがありません。{why_ja}"),
        ),
        &Text::fixed(
            "whether the task's security groups let TCP 443 out",
            "タスクのセキュリティグループが TCP 443 の送信を許可しているかどうか",
        ),
        fixes(group, groups, by_list),
    ))
}

fn fixes(group: &gather::Group<'_>, groups: &[snapshot::ids::SecurityGroupId], by_list: bool) -> Vec<crate::model::Fix> {
    let Some(first) = groups.first().cloned() else {
        return Vec::new();
    };
    let mut fixes = Vec::new();
    let tables = &group.case.snapshot.ec2.route_tables;
    let list = tables
        .iter()
        .flat_map(|found| &found.value.routes)
        .find(|route| route.destination_prefix_list_id.is_some() && route.gateway_id.as_deref().is_some_and(|id| id.starts_with("vpce-")))
        .and_then(|route| route.destination_prefix_list_id.clone())
        .filter(|_| by_list);
    if let Some(list) = list {
        let (id, at) = (first.clone(), list.clone());
        let fix = remedy::cli(
            group.case,
            &format!(
                "ec2 authorize-security-group-egress --group-id {first} --ip-permissions 'IpProtocol=tcp,FromPort=443,ToPort=443,PrefixListIds=[{{PrefixListId={list}}}]'"
            ),
            Text::new(
                format!(
                    "Takes effect at once for everything that uses {first}: HTTPS to Amazon S3 of this Region only. The list counts against the quota of rules."
                ),
                format!(
                    "{first} を使用するすべてのリソースに即時反映されます。許可されるのはこのリージョンの Amazon S3 への HTTPS だけです。プレフィックスリストはルールのクォータに加算されます。"
                ),
            ),
        );
        fixes.push(fix.doing(move |snapshot| remedy::let_out_to_list(snapshot, &id, &at)));
    }
    let (id, to) = (first.clone(), remedy::all_of(&group.families()));
    let fix = remedy::cli(
        group.case,
        &format!(
            "ec2 authorize-security-group-egress --group-id {first} --ip-permissions 'IpProtocol=tcp,FromPort=443,ToPort=443,{}'",
            remedy::permission(&to)
        ),
        Text::new(
            format!(
                "Takes effect at once for everything that uses {first}: HTTPS to any address, which is wider than these services need."
            ),
            format!(
                "{first} を使用するすべてのリソースに即時反映されます。任意のアドレスへの HTTPS が許可され、これらのサービスに必要な範囲より広くなります。"
            ),
        ),
    );
    fixes.push(fix.doing(move |snapshot| remedy::let_out(snapshot, &id, &to)));
    fixes.push(remedy::console(
        Text::new(
            format!("VPC console > Security groups > {first} > Outbound rules > Edit outbound rules > Add rule: HTTPS (TCP 443) to the destination."),
            format!("VPC コンソール > セキュリティグループ > {first} > アウトバウンドルール > アウトバウンドルールを編集 > ルールを追加: HTTPS (TCP 443)、接続先。"),
        ),
        remedy::at_once(),
    ));
    fixes
}
