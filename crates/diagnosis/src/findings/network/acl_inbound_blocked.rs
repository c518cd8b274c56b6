//! `network.acl-inbound-blocked`: ingress rules of a network ACL refuse the request or its answer.

use crate::findings::network::acl;
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use snapshot::Text;

/// The rule of `network.acl-inbound-blocked`.
pub(super) static RULE: Rule = Rule {
    code: Code("network.acl-inbound-blocked"),
    page: Page {
        title: Text::fixed(
            "Network ACL refuses inbound traffic",
            "ネットワーク ACL がインバウンド通信を拒否している",
        ),
        what: Text::fixed(
            "The ingress rules of a network ACL on the way (task, NAT or endpoint subnet) refuse the answer to the caller's ephemeral ports, or the request to port 443.",
            "経路上のネットワーク ACL (タスク、NAT、またはエンドポイントのサブネット) のインバウンドルールが、呼び出し元のエフェメラルポートへの応答、またはポート 443 へのリクエストを拒否しています。",
        ),
        why: Text::fixed(
            "Network ACLs are stateless: the answer needs a rule of its own. It is dropped and calls time out, though the request went out.",
            "ネットワーク ACL はステートレスで、応答にも専用のルールが必要です。リクエストが送信されても応答が破棄され、呼び出しはタイムアウトします。",
        ),
        remedy: Text::fixed(
            "Add an ingress rule with a lower number that allows it: TCP 1024-65535 for answers, TCP 443 at an endpoint's or NAT gateway's subnet.",
            "より小さい番号のインバウンドルールで許可します。応答は TCP 1024-65535、エンドポイントや NAT ゲートウェイのサブネットでは TCP 443 です。",
        ),
        not_this: Text::fixed(
            "Security groups are stateful and need no rule for answers.",
            "セキュリティグループはステートフルで、応答のルールは不要です。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html",
            "https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html",
        ],
        examples: &["network/acl_inbound_blocked/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    acl::judge(judged, RULE.code, false)
}
