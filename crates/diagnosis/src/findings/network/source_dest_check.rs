//! `network.source-dest-check`: the forwarding instance drops what is not its own.

use crate::findings::network::{gather, remedy};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use network::FaultKind;
use snapshot::Text;

/// The rule of `network.source-dest-check`.
pub(super) static RULE: Rule = Rule {
    code: Code("network.source-dest-check"),
    page: Page {
        title: Text::fixed(
            "Source/destination check on at a forwarding instance",
            "転送インスタンスの送信元/送信先チェックが有効",
        ),
        what: Text::fixed(
            "The next hop is an instance's interface that still has source/destination check on: it drops every packet that is neither from nor to itself.",
            "ネクストホップのインスタンスの ENI で送信元/送信先チェックが有効です。自分自身が送信元でも送信先でもないパケットはすべて破棄されます。",
        ),
        why: Text::fixed(
            "A NAT instance or firewall with the check on forwards nothing; calls time out.",
            "チェックが有効な NAT インスタンスやファイアウォールは転送せず、呼び出しはタイムアウトします。",
        ),
        remedy: Text::fixed(
            "Turn the check off on that interface.",
            "その ENI の送信元/送信先チェックを無効にします。",
        ),
        not_this: Text::fixed(
            "With the check off, whether the instance forwards cannot be seen: network.opaque-next-hop.",
            "チェックが無効な場合、インスタンスが転送するかどうかは確認できません (network.opaque-next-hop)。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_NAT_Instance.html",
            "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html",
        ],
        examples: &["network/source_dest_check/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let subject = |kind: &FaultKind, _: &gather::Hit<'_>| match kind {
        FaultKind::SourceDestCheck { interface } => vec![interface.clone()],
        _ => Vec::new(),
    };
    gather::of(judged, RULE.code, subject).iter().filter_map(told).collect()
}

fn told(group: &gather::Group<'_>) -> Option<Finding> {
    let FaultKind::SourceDestCheck { interface } = group.kind()? else {
        return None;
    };
    let command = if interface.starts_with("eni-") {
        format!("ec2 modify-network-interface-attribute --network-interface-id {interface} --no-source-dest-check")
    } else {
        format!("ec2 modify-instance-attribute --instance-id {interface} --no-source-dest-check")
    };
    let impact = Text::fixed(
        "Takes effect at once. The instance must also forward (IP forwarding and NAT in its operating system), which these outputs cannot show.",
        "即時反映されます。インスタンスの OS 側でも転送 (IP フォワーディングと NAT) が必要ですが、これらの出力からは確認できません。",
    );
    let id = interface.clone();
    let fix = remedy::cli(group.case, &command, impact.clone()).doing(move |snapshot| {
        snapshot.ec2.network_interfaces.edit(|item| {
            if item.network_interface_id.as_ref().is_some_and(|own| own.0 == id) {
                item.source_dest_check = Some(false);
            }
        });
        snapshot.ec2.instances.edit(|item| {
            if item.instance_id.as_ref().is_some_and(|own| own.0 == id) {
                item.source_dest_check = Some(false);
            }
            for part in item
                .network_interfaces
                .iter_mut()
                .filter(|part| part.network_interface_id.as_ref().is_some_and(|own| own.0 == id))
            {
                part.source_dest_check = Some(false);
            }
        });
    });
    let console = remedy::console(
        Text::new(
            format!("EC2 console > Network interfaces > {interface} > Actions > Change source/dest. check > turn it off."),
            format!(
                "EC2 コンソール > ネットワークインターフェイス > {interface} > アクション > 送信元/送信先チェックを変更 > オフにします。"
            ),
        ),
        impact,
    );
    Some(group.told(
        Text::new(format!("{interface} forwards nothing: source/destination check is on"), format!("{interface} は送信元/送信先チェックが有効なため転送しません")),
        Text::new(
            format!("The route leads to {interface}, which drops packets that are not addressed to it as long as its source/destination check is on."),
            format!("ルートは {interface} を指していますが、送信元/送信先チェックが有効な間、自分宛てではないパケットは破棄されます。"),
        ),
        &Text::new(format!("whether {interface} forwards"), format!("{interface} が転送するかどうか")),
        vec![fix, console],
    ))
}
