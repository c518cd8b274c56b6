//! `network.peering-not-transitive`: a peering connection carries nothing onward.

use crate::findings::network::{gather, remedy};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use network::FaultKind;
use snapshot::Text;

/// The rule of `network.peering-not-transitive`.
pub(super) static RULE: Rule = Rule {
    code: Code("network.peering-not-transitive"),
    page: Page {
        title: Text::fixed(
            "Peering connection does not lead to the internet",
            "VPC ピアリング接続はインターネットにつながらない",
        ),
        what: Text::fixed(
            "The route to public addresses leads to a VPC peering connection. Peering carries only traffic between the two VPCs, never on through the other VPC's gateways.",
            "パブリックアドレスへのルートが VPC ピアリング接続を指しています。ピアリングは 2 つの VPC 間の通信だけを中継し、相手の VPC のゲートウェイは使用できません。",
        ),
        why: Text::fixed(
            "The packets are dropped; calls time out.",
            "パケットは破棄され、呼び出しはタイムアウトします。",
        ),
        remedy: Text::fixed(
            "Route the subnet to a NAT gateway of its own VPC, use a transit gateway for central egress, or create endpoints.",
            "サブネットのルートを自身の VPC の NAT ゲートウェイに向けるか、集約された出口にはトランジットゲートウェイを使用するか、VPC エンドポイントを作成します。",
        ),
        not_this: Text::fixed(
            "An interface endpoint in the peered VPC can be reached by its private addresses.",
            "ピア VPC のインターフェイスエンドポイントには、プライベートアドレスで到達できます。",
        ),
        documentation: &["https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html"],
        examples: &["network/peering_not_transitive/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let subject = |kind: &FaultKind, _: &gather::Hit<'_>| match kind {
        FaultKind::PeeringNotTransitive { peering, .. } => vec![peering.0.clone()],
        _ => Vec::new(),
    };
    gather::of(judged, RULE.code, subject).iter().filter_map(told).collect()
}

fn told(group: &gather::Group<'_>) -> Option<Finding> {
    let FaultKind::PeeringNotTransitive { peering, table } = group.kind()? else {
        return None;
    };
    let nat = remedy::working_nat(group.case.snapshot, remedy::vpc_of(group).as_ref(), None);
    let cost = Text::fixed(
        "Takes effect at once for every subnet of the table. A NAT gateway is charged by the hour and by the gigabyte. Routes to the peer's own ranges must stay.",
        "テーブルを使用するすべてのサブネットに即時反映されます。NAT ゲートウェイには時間料金とデータ処理料金がかかります。ピア VPC の範囲へのルートは残してください。",
    );
    let fix = match nat {
        Some(nat) => {
            let command = format!("ec2 replace-route --route-table-id {table} --destination-cidr-block 0.0.0.0/0 --nat-gateway-id {nat}");
            let (exit, at) = (remedy::Exit::Nat(nat), table.clone());
            remedy::cli(group.case, &command, cost.clone()).doing(move |snapshot| remedy::default_route(snapshot, &at, &exit))
        }
        None => remedy::new_nat(group, None, "replace-route", std::slice::from_ref(table), cost.clone()),
    };
    let console = remedy::console(
        Text::new(
            format!("VPC console > Route tables > {table} > Edit routes: 0.0.0.0/0 to a NAT gateway of this VPC instead of {peering}."),
            format!(
                "VPC コンソール > ルートテーブル > {table} > ルートを編集: 0.0.0.0/0 のターゲットを {peering} からこの VPC の NAT ゲートウェイに変更します。"
            ),
        ),
        cost,
    );
    Some(group.told(
        Text::new(format!("Peering connection {peering} does not lead to the internet"), format!("VPC ピアリング接続 {peering} はインターネットにつながりません")),
        Text::new(
            format!("{table} sends public addresses to {peering}. A peering connection is not transitive: the other VPC's NAT or internet gateway cannot be used through it."),
            format!("{table} はパブリックアドレスを {peering} に送ります。ピアリング接続は推移的ではなく、相手の VPC の NAT ゲートウェイやインターネットゲートウェイは使用できません。"),
        ),
        &Text::new(format!("where {peering} leads"), format!("{peering} の接続先")),
        vec![fix, console],
    ))
}
