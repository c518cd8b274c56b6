//! `network.nat-unavailable`: the NAT gateway does not work.

use crate::findings::network::{gather, remedy};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use network::FaultKind;
use snapshot::Text;

/// The rule of `network.nat-unavailable`.
pub(super) static RULE: Rule = Rule {
    code: Code("network.nat-unavailable"),
    page: Page {
        title: Text::fixed("NAT gateway not available", "NAT ゲートウェイが利用できない"),
        what: Text::fixed(
            "The NAT gateway on the path is pending, failed, being deleted or deleted.",
            "経路上の NAT ゲートウェイが、作成中、失敗、削除中、または削除済みです。",
        ),
        why: Text::fixed(
            "It carries nothing, so calls time out. A failed or deleted gateway vanishes from the list after about an hour and leaves a blackhole route.",
            "通信を中継しないため、呼び出しはタイムアウトします。失敗または削除された NAT ゲートウェイは約 1 時間で一覧から消え、ルートはブラックホールになります。",
        ),
        remedy: Text::fixed(
            "Create a NAT gateway in a public subnet and point the route to it.",
            "パブリックサブネットに NAT ゲートウェイを作成し、ルートを向けます。",
        ),
        not_this: Text::fixed(
            "An available gateway whose own subnet leads nowhere is network.nat-no-internet-route.",
            "NAT ゲートウェイが available でも、そのサブネットからインターネットに出られない場合は network.nat-no-internet-route です。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html",
            "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html",
        ],
        examples: &["network/nat_unavailable/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let subject = |kind: &FaultKind, _: &gather::Hit<'_>| match kind {
        FaultKind::NatUnavailable { nat, .. } => vec![nat.0.clone()],
        _ => Vec::new(),
    };
    gather::of(judged, RULE.code, subject).iter().filter_map(told).collect()
}

fn told(group: &gather::Group<'_>) -> Option<Finding> {
    let FaultKind::NatUnavailable { nat, state, message } = group.kind()? else {
        return None;
    };
    let (said, said_ja) = match message {
        Some(message) => (format!(" AWS says: {message}."), format!(" AWS のメッセージ: {message}。")),
        None => (String::new(), String::new()),
    };
    Some(group.told(
        Text::new(format!("NAT gateway {nat} is {state}"), format!("NAT ゲートウェイ {nat} の状態が {state} です")),
        Text::new(
            format!("The subnet's default route leads to {nat}, whose state is {state}; only an available NAT gateway carries traffic.{said}"),
            format!("サブネットのデフォルトルートは {nat} を指していますが、状態は {state} です。通信を中継できるのは available の NAT ゲートウェイだけです。{said_ja}"),
        ),
        &Text::new(format!("whether {nat} is available"), format!("{nat} が利用可能かどうか")),
        fixes(group, nat),
    ))
}

fn fixes(group: &gather::Group<'_>, nat: &snapshot::ids::NatGatewayId) -> Vec<crate::model::Fix> {
    let vpc = remedy::vpc_of(group);
    let snapshot = group.case.snapshot;
    let tables: Vec<_> = snapshot
        .ec2
        .route_tables
        .iter()
        .filter(|found| found.value.routes.iter().any(|route| route.nat_gateway_id.as_ref() == Some(nat)))
        .filter_map(|found| found.value.route_table_id.clone())
        .collect();
    let place = snapshot.ec2.nat_gateways.get(nat).and_then(|found| found.value.subnet_id.clone());
    let replace = |target: &str| {
        tables
            .iter()
            .map(|table| format!("ec2 replace-route --route-table-id {table} --destination-cidr-block 0.0.0.0/0 --nat-gateway-id {target}"))
            .collect::<Vec<_>>()
            .join("\n")
    };
    let mut fixes = Vec::new();
    if let Some(other) = remedy::working_nat(snapshot, vpc.as_ref(), Some(nat)) {
        let exit = remedy::Exit::Nat(other.clone());
        let moved = tables.clone();
        let fix = remedy::cli(
            group.case,
            &replace(other.as_str()),
            Text::new(
                format!(
                    "Traffic leaves through {other} at once: other public addresses, and charges between zones where it stands in another zone."
                ),
                format!(
                    "通信は即時に {other} を経由します。送信元のパブリックアドレスが変わり、別のアベイラビリティーゾーンの場合はゾーン間の料金がかかります。"
                ),
            ),
        );
        fixes.push(fix.doing(move |snapshot| moved.iter().for_each(|table| remedy::default_route(snapshot, table, &exit))));
    }
    fixes.push(remedy::new_nat(
        group,
        place,
        "replace-route",
        &tables,
        Text::fixed(
            "A NAT gateway is charged by the hour and by the gigabyte. It gets another public address: allow lists of partners must be changed.",
            "NAT ゲートウェイには時間料金とデータ処理料金がかかります。パブリックアドレスが変わるため、取引先の許可リストの変更が必要になる場合があります。",
        ),
    ));
    fixes.push(remedy::console(
        Text::new(
            format!("VPC console > NAT gateways > Create NAT gateway in a public subnet; then Route tables > Edit routes: 0.0.0.0/0 to the new gateway instead of {nat}."),
            format!("VPC コンソール > NAT ゲートウェイ > パブリックサブネットに NAT ゲートウェイを作成し、ルートテーブル > ルートを編集で 0.0.0.0/0 のターゲットを {nat} から新しい NAT ゲートウェイに変更します。"),
        ),
        Text::fixed("A NAT gateway is charged by the hour and by the gigabyte.", "NAT ゲートウェイには時間料金とデータ処理料金がかかります。"),
    ));
    fixes
}
