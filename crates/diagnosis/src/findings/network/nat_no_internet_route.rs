//! `network.nat-no-internet-route`: the NAT gateway stands in a subnet without a way out.

use crate::findings::network::{gather, remedy};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use network::FaultKind;
use snapshot::Text;

/// The rule of `network.nat-no-internet-route`.
pub(super) static RULE: Rule = Rule {
    code: Code("network.nat-no-internet-route"),
    page: Page {
        title: Text::fixed(
            "NAT gateway's subnet has no route to an internet gateway",
            "NAT ゲートウェイのサブネットにインターネットゲートウェイへのルートがない",
        ),
        what: Text::fixed(
            "The public NAT gateway stands in a subnet whose own route table does not lead to an attached internet gateway: it was put into a private subnet.",
            "パブリック NAT ゲートウェイのあるサブネットのルートテーブルが、アタッチされたインターネットゲートウェイを指していません。NAT ゲートウェイがプライベートサブネットに作成されています。",
        ),
        why: Text::fixed(
            "The task's packets reach the NAT gateway and go no further; calls time out.",
            "タスクのパケットは NAT ゲートウェイまで届きますが、その先に進めず、呼び出しはタイムアウトします。",
        ),
        remedy: Text::fixed(
            "Add 0.0.0.0/0 to the internet gateway in the route table of the NAT gateway's subnet, or move the NAT gateway to a public subnet.",
            "NAT ゲートウェイのサブネットのルートテーブルに、インターネットゲートウェイへの 0.0.0.0/0 のルートを追加します。または、NAT ゲートウェイをパブリックサブネットに作り直します。",
        ),
        not_this: Text::fixed(
            "A private NAT gateway is network.nat-private.",
            "接続タイプが private の NAT ゲートウェイは network.nat-private です。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html",
            "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html",
        ],
        examples: &["network/nat_no_internet_route/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let subject = |kind: &FaultKind, _: &gather::Hit<'_>| match kind {
        FaultKind::NatNoInternetRoute { nat, .. } => vec![nat.0.clone()],
        _ => Vec::new(),
    };
    gather::of(judged, RULE.code, subject).iter().filter_map(told).collect()
}

fn told(group: &gather::Group<'_>) -> Option<Finding> {
    let FaultKind::NatNoInternetRoute {
        nat,
        subnet,
        table,
        target,
    } = group.kind()?
    else {
        return None;
    };
    let place = subnet.as_ref().map_or_else(|| table.0.clone(), |subnet| subnet.0.clone());
    let (leads, leads_ja) = match target {
        Some(target) => (
            format!("{table} sends the traffic to {target} instead"),
            format!("{table} は通信を {target} に送ります"),
        ),
        None => (
            format!("{table} has no route for public addresses"),
            format!("{table} にパブリックアドレスへのルートがありません"),
        ),
    };
    let gateway = remedy::attached_gateway(group.case.snapshot, remedy::vpc_of(group).as_ref());
    let verb = if target.is_some() { "replace-route" } else { "create-route" };
    let impact = Text::new(
        format!(
            "Every subnet that uses {table} becomes public at once: what has a public address there is reachable as far as its security groups allow. If tasks use that table too, give the NAT gateway's subnet a table of its own."
        ),
        format!(
            "{table} を使用するすべてのサブネットが即時にパブリックサブネットになります。パブリックアドレスを持つリソースは、セキュリティグループが許可する範囲で到達可能になります。タスクも同じテーブルを使用している場合は、NAT ゲートウェイのサブネットに専用のテーブルを作成してください。"
        ),
    );
    let command = format!(
        "ec2 {verb} --route-table-id {table} --destination-cidr-block 0.0.0.0/0 --gateway-id {}",
        gateway.as_deref().unwrap_or("INTERNET_GATEWAY")
    );
    let mut fix = remedy::cli(group.case, &command, impact.clone());
    if let Some(id) = gateway {
        let (exit, at) = (remedy::Exit::Internet(id), table.clone());
        fix = fix.doing(move |snapshot| remedy::default_route(snapshot, &at, &exit));
    }
    let console = remedy::console(
        Text::new(
            format!(
                "VPC console > Route tables > {table} > Edit routes: 0.0.0.0/0 to the VPC's internet gateway. Or create a NAT gateway in a public subnet and route to that one."
            ),
            format!(
                "VPC コンソール > ルートテーブル > {table} > ルートを編集: 0.0.0.0/0 を VPC のインターネットゲートウェイに向けます。または、パブリックサブネットに NAT ゲートウェイを作成し、そちらにルートを向けます。"
            ),
        ),
        impact,
    );
    Some(group.told(
        Text::new(format!("NAT gateway {nat} has no way to the internet from {place}"), format!("NAT ゲートウェイ {nat} は {place} からインターネットに出られません")),
        Text::new(
            format!("{nat} stands in {place}, and {leads}. A public NAT gateway needs a route to an internet gateway that is attached to its VPC."),
            format!("{nat} は {place} にありますが、{leads_ja}。パブリック NAT ゲートウェイには、VPC にアタッチされたインターネットゲートウェイへのルートが必要です。"),
        ),
        &Text::new(format!("whether {nat} has a way to the internet"), format!("{nat} からインターネットに出られるかどうか")),
        vec![fix, console],
    ))
}
