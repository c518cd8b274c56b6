//! `network.igw-detached`: the internet gateway is not attached.

use crate::findings::network::{gather, remedy};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use network::FaultKind;
use snapshot::Text;

/// The rule of `network.igw-detached`.
pub(super) static RULE: Rule = Rule {
    code: Code("network.igw-detached"),
    page: Page {
        title: Text::fixed(
            "Internet gateway not attached to this VPC",
            "インターネットゲートウェイがこの VPC にアタッチされていない",
        ),
        what: Text::fixed(
            "The route leads to an internet gateway that is not attached to the subnet's VPC.",
            "ルートが指すインターネットゲートウェイが、サブネットの VPC にアタッチされていません。",
        ),
        why: Text::fixed(
            "Nothing carries the packets out; calls time out.",
            "パケットを外部に送るものがなく、呼び出しはタイムアウトします。",
        ),
        remedy: Text::fixed(
            "Attach the gateway to the VPC.",
            "インターネットゲートウェイを VPC にアタッチします。",
        ),
        not_this: Text::fixed(
            "A gateway that is attached, with a task that has no public IP, is network.no-public-ip.",
            "アタッチされていてもタスクにパブリック IP がない場合は network.no-public-ip です。",
        ),
        documentation: &["https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html"],
        examples: &["network/igw_detached/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let subject = |kind: &FaultKind, _: &gather::Hit<'_>| match kind {
        FaultKind::IgwDetached { gateway, .. } => vec![gateway.clone()],
        _ => Vec::new(),
    };
    gather::of(judged, RULE.code, subject).iter().filter_map(told).collect()
}

fn told(group: &gather::Group<'_>) -> Option<Finding> {
    let FaultKind::IgwDetached { gateway, vpc, table } = group.kind()? else {
        return None;
    };
    let fix = remedy::cli(
        group.case,
        &format!("ec2 attach-internet-gateway --internet-gateway-id {gateway} --vpc-id {vpc}"),
        Text::new(
            format!(
                "Takes effect at once. Everything in {vpc} with a public address and a route to {gateway} becomes reachable as far as its security groups allow. Fails where the gateway is attached to another VPC."
            ),
            format!(
                "即時反映されます。{vpc} 内でパブリックアドレスと {gateway} へのルートを持つリソースは、セキュリティグループが許可する範囲でインターネットから到達可能になります。別の VPC にアタッチされている場合は失敗します。"
            ),
        ),
    );
    let (id, at) = (gateway.clone(), vpc.clone());
    let fix = fix.doing(move |snapshot| {
        snapshot.ec2.internet_gateways.edit(|item| {
            if item.internet_gateway_id.as_ref().is_some_and(|own| own.0 == id) {
                item.attachments = Some(vec![snapshot::ec2::gateway::GatewayAttachment {
                    vpc_id: Some(at.clone()),
                    state: Some(snapshot::ec2::gateway::AttachmentWord::Available),
                }]);
            }
        });
        snapshot.ec2.route_tables.edit(|item| {
            for route in item
                .routes
                .iter_mut()
                .filter(|route| route.gateway_id.as_deref() == Some(id.as_str()))
            {
                route.state = Some(snapshot::ec2::route::RouteState::Active);
            }
        });
    });
    let console = remedy::console(
        Text::new(
            format!("VPC console > Internet gateways > {gateway} > Actions > Attach to VPC > {vpc}."),
            format!("VPC コンソール > インターネットゲートウェイ > {gateway} > アクション > VPC にアタッチ > {vpc}。"),
        ),
        remedy::at_once(),
    );
    Some(group.told(
        Text::new(
            format!("Internet gateway {gateway} is not attached to {vpc}"),
            format!("インターネットゲートウェイ {gateway} が {vpc} にアタッチされていません"),
        ),
        Text::new(
            format!("{table} sends the traffic to {gateway}, which is not attached to {vpc}, as describe-internet-gateways shows."),
            format!("{table} は通信を {gateway} に送りますが、describe-internet-gateways によると {vpc} にアタッチされていません。"),
        ),
        &Text::new(
            format!("whether {gateway} is attached to {vpc}"),
            format!("{gateway} が {vpc} にアタッチされているかどうか"),
        ),
        vec![fix, console],
    ))
}
