//! `network.blackhole-route`: the matching route is a blackhole.

use crate::findings::network::{gather, remedy};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding, Fix};
use network::FaultKind;
use snapshot::Text;
use snapshot::ec2::Cidr;
use snapshot::ids::RouteTableId;

/// The rule of `network.blackhole-route`.
pub(super) static RULE: Rule = Rule {
    code: Code("network.blackhole-route"),
    page: Page {
        title: Text::fixed("The matching route is a blackhole", "一致するルートがブラックホールになっている"),
        what: Text::fixed(
            "The longest matching route is in state blackhole: its target was deleted or detached. A shorter route does not step in.",
            "最も一致するルートの状態が blackhole です。ターゲットが削除またはデタッチされています。より短いプレフィックスのルートで代替されることはありません。",
        ),
        why: Text::fixed(
            "Packets are dropped without an answer, so calls time out.",
            "パケットは応答なしに破棄され、呼び出しはタイムアウトします。",
        ),
        remedy: Text::fixed(
            "Replace the route's target by one that exists, or delete the route if another is to serve.",
            "ルートのターゲットを存在するものに置き換えます。別のルートを使う場合は、このルートを削除します。",
        ),
        not_this: Text::fixed(
            "Where the target can be seen to be failed or detached, its own code says it: network.nat-unavailable, network.igw-detached.",
            "ターゲットが失敗またはデタッチされていることを確認できる場合は、network.nat-unavailable または network.igw-detached です。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html",
            "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html",
        ],
        examples: &["network/blackhole_route/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let subject = |kind: &FaultKind, _: &gather::Hit<'_>| match kind {
        FaultKind::BlackholeRoute { table, .. } => vec![table.0.clone()],
        _ => Vec::new(),
    };
    gather::of(judged, RULE.code, subject).iter().filter_map(told).collect()
}

fn told(group: &gather::Group<'_>) -> Option<Finding> {
    let FaultKind::BlackholeRoute {
        table,
        destination,
        target,
    } = group.kind()?
    else {
        return None;
    };
    let vpc = remedy::vpc_of(group);
    let mut fixes = Vec::new();
    if let Some(nat) = remedy::working_nat(group.case.snapshot, vpc.as_ref(), None).filter(|_| destination == "0.0.0.0/0") {
        let (exit, at) = (remedy::Exit::Nat(nat), table.clone());
        let fix = remedy::cli(
            group.case,
            &format!(
                "ec2 replace-route --route-table-id {table} --destination-cidr-block {destination} {}",
                exit.option()
            ),
            remedy::at_once(),
        );
        fixes.push(fix.doing(move |snapshot| remedy::default_route(snapshot, &at, &exit)));
    } else if destination == "0.0.0.0/0" {
        fixes.push(remedy::new_nat(
            group,
            None,
            "replace-route",
            std::slice::from_ref(table),
            Text::new(
                format!("Creates a NAT gateway, which is charged by the hour and by the gigabyte; every subnet that uses {table} leaves through it."),
                format!("NAT ゲートウェイを作成します (時間料金とデータ処理料金がかかります)。{table} を使用するすべてのサブネットの通信がこれを経由します。"),
            ),
        ));
    } else if let Ok(to) = destination.parse() {
        fixes.push(without(group, table, Cidr(to)));
    }
    fixes.push(remedy::console(
        Text::new(
            format!("VPC console > Route tables > {table} > Routes > Edit routes: give {destination} a target that exists instead of {target}."),
            format!("VPC コンソール > ルートテーブル > {table} > ルート > ルートを編集: {destination} のターゲットを {target} から存在するものに変更します。"),
        ),
        remedy::at_once(),
    ));
    Some(group.told(
        Text::new(format!("{table} sends {destination} into a blackhole"), format!("{table} の {destination} のルートはブラックホールです")),
        Text::new(
            format!("The route {destination} to {target} matches the services' addresses and is in state blackhole: its target is gone. A matching blackhole wins over any shorter route."),
            format!("サービスのアドレスに一致する {destination} ({target}) のルートの状態が blackhole です。ターゲットが存在しません。一致したブラックホールは、より短いプレフィックスのルートより優先されます。"),
        ),
        &Text::new(format!("where {table} sends {destination}"), format!("{table} の {destination} の送り先")),
        fixes,
    ))
}

/// The dead route taken away, so that a shorter one takes its destinations.
fn without(group: &gather::Group<'_>, table: &RouteTableId, to: Cidr) -> Fix {
    let option = if to.0.addr().is_ipv6() { "ipv6-cidr-block" } else { "cidr-block" };
    let at = table.clone();
    let fix = remedy::cli(
        group.case,
        &format!("ec2 delete-route --route-table-id {table} --destination-{option} {to}"),
        Text::new(
            format!(
                "Takes effect at once for every subnet that uses {table}: what went to {to}, and was dropped, takes the next shorter route."
            ),
            format!(
                "{table} を使用するすべてのサブネットに即時反映されます。破棄されていた {to} 宛ての通信は、次に短いプレフィックスのルートに従います。"
            ),
        ),
    );
    fix.doing(move |snapshot| remedy::drop_route(snapshot, &at, to))
}
