//! `network.endpoint-sg-ingress-blocked`: the endpoint's security groups do not let the task in.

use crate::findings::network::{beyond, gather, remedy, words};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use network::FaultKind;
use snapshot::Text;
use snapshot::ids::VpcEndpointId;

/// The rule of `network.endpoint-sg-ingress-blocked`.
pub(super) static RULE: Rule = Rule {
    code: Code("network.endpoint-sg-ingress-blocked"),
    page: Page {
        title: Text::fixed(
            "Endpoint's security groups do not let the task in",
            "エンドポイントのセキュリティグループがタスクからの受信を許可していない",
        ),
        what: Text::fixed(
            "The interface endpoint takes over the service's name in the VPC, and none of its security groups has an inbound rule for TCP 443 from the task.",
            "インターフェイスエンドポイントが VPC 内でサービスの名前を引き受けていますが、そのセキュリティグループに、タスクからの TCP 443 を許可するインバウンドルールがありません。",
        ),
        why: Text::fixed(
            "The packets are dropped at the endpoint, so calls time out, even where a NAT gateway is there: the name leads to the endpoint.",
            "パケットはエンドポイントで破棄され、呼び出しはタイムアウトします。名前はエンドポイントに解決されるため、NAT ゲートウェイがあっても同じです。",
        ),
        remedy: Text::fixed(
            "Admit TCP 443 from the task's security group (or from the VPC's range) in the endpoint's group.",
            "エンドポイントのセキュリティグループに、タスクのセキュリティグループ (または VPC の範囲) からの TCP 443 を許可するインバウンドルールを追加します。",
        ),
        not_this: Text::fixed(
            "The task's own outbound rules are network.sg-egress-blocked.",
            "タスク側のアウトバウンドルールは network.sg-egress-blocked です。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html",
            "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",
        ],
        examples: &["network/endpoint_sg_ingress_blocked/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let subject = |kind: &FaultKind, _: &gather::Hit<'_>| match kind {
        FaultKind::EndpointSgIngressBlocked { groups, endpoint, .. } => {
            if groups.is_empty() {
                vec![endpoint.0.clone()]
            } else {
                groups.iter().map(|group| group.0.clone()).collect()
            }
        }
        _ => Vec::new(),
    };
    gather::of(judged, RULE.code, subject).iter().filter_map(told).collect()
}

fn told(group: &gather::Group<'_>) -> Option<Finding> {
    let FaultKind::EndpointSgIngressBlocked {
        groups,
        source,
        caller_groups,
        endpoint,
        ..
    } = group.kind()?
    else {
        return None;
    };
    let (names, from) = (words::list(groups), words::place(source));
    let mut endpoints: Vec<String> = Vec::new();
    for hit in &group.hits {
        if let FaultKind::EndpointSgIngressBlocked { endpoint, .. } = &hit.fault.kind
            && !endpoints.contains(&endpoint.0)
            && !endpoint.0.is_empty()
        {
            endpoints.push(endpoint.0.clone());
        }
    }
    let endpoints = endpoints.join(", ");
    let callers = words::list(caller_groups);
    let mut fixes = Vec::new();
    let range = beyond::own_range(group, source).filter(|_| is_elsewhere(group, endpoint));
    if let (Some(target), Some(range)) = (groups.first().cloned(), range) {
        let impact = Text::new(
            format!("Takes effect at once for every endpoint that uses {target}; opens it to the task's VPC ({range})."),
            format!("{target} を使用するすべてのエンドポイントに即時反映されます。タスクの VPC ({range}) からの通信が許可されます。"),
        );
        let into = target.clone();
        let fix = remedy::cli(
            group.case,
            &format!("ec2 authorize-security-group-ingress --group-id {target} --protocol tcp --port 443 --cidr {range}"),
            impact.clone(),
        );
        fixes.push(fix.doing(move |snapshot| remedy::let_range_in(snapshot, &into, range)));
        fixes.push(remedy::console(
            Text::new(
                format!("VPC console > Security groups > {target} > Inbound rules > Edit inbound rules > Add rule: HTTPS (TCP 443), source {range}."),
                format!("VPC コンソール > セキュリティグループ > {target} > インバウンドルール > インバウンドルールを編集 > ルールを追加: HTTPS (TCP 443)、ソース {range}。"),
            ),
            impact,
        ));
    } else if let (Some(target), Some(caller)) = (groups.first().cloned(), caller_groups.first().cloned()) {
        let impact = Text::new(
            format!("Takes effect at once for every endpoint that uses {target}; opens it to what carries {caller} only."),
            format!("{target} を使用するすべてのエンドポイントに即時反映されます。許可されるのは {caller} を持つリソースだけです。"),
        );
        let (into, of) = (target.clone(), caller.clone());
        let fix = remedy::cli(
            group.case,
            &format!("ec2 authorize-security-group-ingress --group-id {target} --protocol tcp --port 443 --source-group {caller}"),
            impact.clone(),
        );
        fixes.push(fix.doing(move |snapshot| remedy::let_in(snapshot, &into, &of)));
        fixes.push(remedy::console(
            Text::new(
                format!("VPC console > Security groups > {target} > Inbound rules > Edit inbound rules > Add rule: HTTPS (TCP 443), source {caller}."),
                format!("VPC コンソール > セキュリティグループ > {target} > インバウンドルール > インバウンドルールを編集 > ルールを追加: HTTPS (TCP 443)、ソース {caller}。"),
            ),
            impact,
        ));
    }
    Some(group.told(
        Text::new(format!("{names} of the endpoint does not let TCP 443 in from the task"), format!("エンドポイントの {names} がタスクからの TCP 443 を許可していません")),
        Text::new(
            format!("The name leads to {endpoints}, whose security groups ({names}) admit TCP 443 neither from {} nor from the task's groups ({callers}).", from.en),
            format!("名前は {endpoints} に解決されますが、そのセキュリティグループ ({names}) は {} からも、タスクのセキュリティグループ ({callers}) からも TCP 443 を許可していません。", from.ja),
        ),
        &Text::new(format!("whether the security groups of {endpoints} let the task in"), format!("{endpoints} のセキュリティグループがタスクからの受信を許可しているかどうか")),
        fixes,
    ))
}

/// Whether the endpoint stands in another VPC: there a rule that names the task's group may admit nothing, one with its range does.
fn is_elsewhere(group: &gather::Group<'_>, endpoint: &VpcEndpointId) -> bool {
    let found = group.case.snapshot.ec2.vpc_endpoints.get(endpoint);
    found.is_some_and(|found| found.value.vpc_id.is_some() && found.value.vpc_id != remedy::vpc_of(group))
}
