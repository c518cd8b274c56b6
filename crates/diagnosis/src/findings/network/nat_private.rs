//! `network.nat-private`: a private NAT gateway on the way to the internet.

use crate::findings::network::{gather, remedy};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use network::FaultKind;
use snapshot::Text;

/// The rule of `network.nat-private`.
pub(super) static RULE: Rule = Rule {
    code: Code("network.nat-private"),
    page: Page {
        title: Text::fixed("NAT gateway is private", "NAT ゲートウェイの接続タイプがプライベート"),
        what: Text::fixed(
            "The NAT gateway on the path is of connectivity type private. It leads to other VPCs and on premises, never through an internet gateway.",
            "経路上の NAT ゲートウェイの接続タイプが private です。他の VPC やオンプレミスには接続できますが、インターネットゲートウェイ経由の通信はできません。",
        ),
        why: Text::fixed(
            "The internet gateway drops what comes from it; calls time out.",
            "インターネットゲートウェイが通信を破棄し、呼び出しはタイムアウトします。",
        ),
        remedy: Text::fixed(
            "Route the subnet to a public NAT gateway.",
            "サブネットのルートをパブリック NAT ゲートウェイに向けます。",
        ),
        not_this: Text::fixed(
            "A private NAT gateway whose subnet leads on to a transit gateway may be part of a central egress: network.opaque-next-hop.",
            "プライベート NAT ゲートウェイのサブネットがトランジットゲートウェイなどにつながる場合は、集約された出口の可能性があります (network.opaque-next-hop)。",
        ),
        documentation: &["https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html"],
        examples: &["network/nat_private/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let subject = |kind: &FaultKind, _: &gather::Hit<'_>| match kind {
        FaultKind::NatPrivate { nat } => vec![nat.0.clone()],
        _ => Vec::new(),
    };
    gather::of(judged, RULE.code, subject).iter().filter_map(told).collect()
}

fn told(group: &gather::Group<'_>) -> Option<Finding> {
    let FaultKind::NatPrivate { nat } = group.kind()? else {
        return None;
    };
    let cost = Text::fixed(
        "A public NAT gateway is charged by the hour and by the gigabyte. What now goes through the private one to other networks needs its own routes.",
        "パブリック NAT ゲートウェイには時間料金とデータ処理料金がかかります。プライベート NAT ゲートウェイ経由で他のネットワークに向かう通信には、個別のルートが必要です。",
    );
    let leads_there =
        |table: &snapshot::ec2::route::RouteTable| table.routes.iter().any(|route| route.nat_gateway_id.as_ref() == Some(nat));
    let tables = group
        .case
        .snapshot
        .ec2
        .route_tables
        .iter()
        .filter(|found| leads_there(&found.value));
    let tables: Vec<_> = tables.filter_map(|found| found.value.route_table_id.clone()).collect();
    let fix = remedy::new_nat(group, None, "replace-route", &tables, cost.clone());
    let console = remedy::console(
        Text::new(
            format!(
                "VPC console > NAT gateways > Create NAT gateway (connectivity type public, a public subnet); then point 0.0.0.0/0 of the task's route table from {nat} to it."
            ),
            format!(
                "VPC コンソール > NAT ゲートウェイ > NAT ゲートウェイを作成 (接続タイプ: パブリック、パブリックサブネット)。その後、タスクのルートテーブルの 0.0.0.0/0 のターゲットを {nat} から変更します。"
            ),
        ),
        cost,
    );
    Some(group.told(
        Text::new(format!("NAT gateway {nat} is private and does not lead to the internet"), format!("NAT ゲートウェイ {nat} はプライベートで、インターネットに出られません")),
        Text::new(
            format!("The default route leads to {nat}, whose connectivity type is private, and its own subnet leads to an internet gateway or nowhere. It has no public address, so nothing comes out."),
            format!("デフォルトルートは接続タイプが private の {nat} を指しており、そのサブネットの先はインターネットゲートウェイか、ルートがない状態です。パブリックアドレスがないため、外部に出られません。"),
        ),
        &Text::new(format!("where {nat} leads"), format!("{nat} の接続先")),
        vec![fix, console],
    ))
}
