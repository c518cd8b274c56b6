//! `network.acl-outbound-blocked`: egress rules of a network ACL refuse the request or its answer.

use crate::findings::network::acl;
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use snapshot::Text;

/// The rule of `network.acl-outbound-blocked`.
pub(super) static RULE: Rule = Rule {
    code: Code("network.acl-outbound-blocked"),
    page: Page {
        title: Text::fixed(
            "Network ACL refuses outbound traffic",
            "ネットワーク ACL がアウトバウンド通信を拒否している",
        ),
        what: Text::fixed(
            "The egress rules of a network ACL on the way (task, NAT or endpoint subnet) refuse the request to port 443, or the answer to the caller's ports.",
            "経路上のネットワーク ACL (タスク、NAT、またはエンドポイントのサブネット) のアウトバウンドルールが、ポート 443 へのリクエスト、または呼び出し元のポートへの応答を拒否しています。",
        ),
        why: Text::fixed(
            "Network ACLs are stateless: each direction needs its own rule. The packets are dropped and calls time out.",
            "ネットワーク ACL はステートレスで、方向ごとにルールが必要です。パケットは破棄され、呼び出しはタイムアウトします。",
        ),
        remedy: Text::fixed(
            "Add an egress rule with a lower number that allows it: TCP 443 for requests, TCP 1024-65535 for answers of endpoints and NAT gateways.",
            "より小さい番号のアウトバウンドルールで許可します。リクエストは TCP 443、エンドポイントや NAT ゲートウェイの応答は TCP 1024-65535 です。",
        ),
        not_this: Text::fixed(
            "Traffic between interfaces of one subnet does not cross an ACL. Ports of a task's own calls: outbound 443, inbound ephemeral, not the other way round.",
            "同じサブネット内の通信にはネットワーク ACL は適用されません。タスクからの呼び出しに必要なポートは、アウトバウンドが 443、インバウンドがエフェメラルポートです (逆ではありません)。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html",
            "https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html",
        ],
        examples: &["network/acl_outbound_blocked/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    acl::judge(judged, RULE.code, true)
}
