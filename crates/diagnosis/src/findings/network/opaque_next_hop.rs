//! `network.opaque-next-hop`: the path goes on where these outputs do not show.

use crate::findings::network::{gather, remedy};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use network::{FaultKind, OpaqueReason};
use snapshot::Text;

/// The rule of `network.opaque-next-hop`.
pub(super) static RULE: Rule = Rule {
    code: Code("network.opaque-next-hop"),
    page: Page {
        title: Text::fixed(
            "The path goes on where these outputs cannot show",
            "この先の経路を出力から確認できない",
        ),
        what: Text::fixed(
            "The path leads through a transit gateway, VPN, Cloud WAN, firewall, appliance or the like. Whether it lets the traffic on, and the answers back, cannot be seen in the outputs of this VPC.",
            "経路がトランジットゲートウェイ、VPN、Cloud WAN、ファイアウォール、アプライアンスなどを経由しています。通信と応答を通すかどうかは、この VPC の出力からは確認できません。",
        ),
        why: Text::fixed(
            "Central egress is common and usually works; where a firewall drops the host or a route back is missing, calls time out.",
            "集約された出口は一般的な構成で、通常は機能します。ファイアウォールがホストを遮断している場合や、戻りのルートがない場合は、呼び出しがタイムアウトします。",
        ),
        remedy: Text::fixed(
            "Ask whoever runs the next hop whether HTTPS to AWS's hosts is allowed, and paste what shows it.",
            "ネクストホップの管理者に、AWS のホストへの HTTPS が許可されているか確認し、わかる出力を追加します。",
        ),
        not_this: Text::fixed(
            "It is no proof of a fault: everything before this hop is judged on its own.",
            "これは障害の証明ではありません。ここまでの経路は個別に判定されています。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html",
            "https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html",
        ],
        examples: &["network/opaque_next_hop/unknown"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let subject = |kind: &FaultKind, _: &gather::Hit<'_>| match kind {
        FaultKind::OpaqueNextHop { target, .. } => vec![target.clone()],
        _ => Vec::new(),
    };
    gather::of(judged, RULE.code, subject).iter().filter_map(told).collect()
}

fn told(group: &gather::Group<'_>) -> Option<Finding> {
    let FaultKind::OpaqueNextHop { target, reason } = group.kind()? else {
        return None;
    };
    let what = name(*reason);
    let answered = Text::new(
        format!("{target} does not let the traffic through, as answered"),
        format!("回答によると、{target} は通信を許可していません"),
    );
    let console = remedy::console(
        Text::new(
            format!("Where {target} is run: allow TCP 443 to the AWS hosts of the task, and a route back to its subnet."),
            format!("{target} の管理側で、タスクが使用する AWS ホストへの TCP 443 と、タスクのサブネットへの戻りのルートを許可します。"),
        ),
        Text::fixed("Depends on the network that it belongs to.", "対象のネットワークによります。"),
    );
    let mut finding = group.told(
        answered,
        Text::new(
            format!(
                "The route leads to {target} ({}), and the question about it was answered with no.",
                what.en
            ),
            format!(
                "ルートは {target} ({}) を指しており、これについての質問に「no」と回答されています。",
                what.ja
            ),
        ),
        &Text::new(
            format!("what lies behind {target} ({})", what.en),
            format!("{target} ({}) の先の経路", what.ja),
        ),
        vec![console],
    );
    if group.status == crate::model::Status::Unknown {
        finding.explanation = Text::new(
            format!(
                "The route leads to {target} ({}). Everything before it was judged; whether it lets HTTPS out and the answers back cannot be seen in these outputs.",
                what.en
            ),
            format!(
                "ルートは {target} ({}) を指しています。その手前までは判定済みですが、この先で HTTPS と応答が許可されているかどうかは、これらの出力からは確認できません。",
                what.ja
            ),
        );
        for hit in &group.hits {
            for at in hit.fault.evidence.iter() {
                if !finding.evidence.contains(at) {
                    finding.evidence.push(at.clone());
                }
            }
        }
    }
    Some(finding)
}

fn name(reason: OpaqueReason) -> Text {
    match reason {
        OpaqueReason::TransitGateway => Text::fixed("a transit gateway", "トランジットゲートウェイ"),
        OpaqueReason::TransitGatewayZone => Text::fixed(
            "a transit gateway without an attachment subnet in this zone",
            "このアベイラビリティーゾーンにアタッチメントのサブネットがないトランジットゲートウェイ",
        ),
        OpaqueReason::TransitGatewayAttachment => Text::fixed(
            "a transit gateway whose attachment does not work",
            "アタッチメントが機能していないトランジットゲートウェイ",
        ),
        OpaqueReason::VpnGateway => Text::fixed("a virtual private gateway", "仮想プライベートゲートウェイ"),
        OpaqueReason::CoreNetwork => Text::fixed("Cloud WAN", "Cloud WAN"),
        OpaqueReason::Appliance => Text::fixed(
            "a firewall or Gateway Load Balancer endpoint",
            "ファイアウォールまたは Gateway Load Balancer のエンドポイント",
        ),
        OpaqueReason::Instance => Text::fixed("an instance or appliance that forwards", "転送するインスタンスまたはアプライアンス"),
        OpaqueReason::NatAppliance => Text::fixed("an appliance of the NAT gateway", "NAT ゲートウェイのアプライアンス"),
        OpaqueReason::PrivateNat => Text::fixed("a private NAT gateway", "プライベート NAT ゲートウェイ"),
        OpaqueReason::CarrierGateway => Text::fixed("a carrier gateway", "キャリアゲートウェイ"),
        OpaqueReason::LocalGateway => Text::fixed("a local gateway", "ローカルゲートウェイ"),
        OpaqueReason::Peering => Text::fixed("a VPC peering connection", "VPC ピアリング接続"),
        OpaqueReason::Diverted => Text::fixed("a route that diverts the traffic", "通信を迂回させるルート"),
        OpaqueReason::Other => Text::fixed("another kind of next hop", "その他のネクストホップ"),
    }
}
