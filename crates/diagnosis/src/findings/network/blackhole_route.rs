//! `network.blackhole-route`: the matching route is a blackhole.

use crate::findings::network::{gather, remedy};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use network::FaultKind;
use snapshot::Text;

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
    } else {
        fixes.push(remedy::cli(
            group.case,
            &format!("ec2 replace-route --route-table-id {table} --destination-cidr-block {destination} --nat-gateway-id NAT_GATEWAY"),
            Text::fixed(
                "Needs a NAT gateway in state available; a new one is charged by the hour and by the gigabyte. Takes effect at once.",
                "状態が available の NAT ゲートウェイが必要です。新しく作成する場合は時間料金とデータ処理料金がかかります。即時反映されます。",
            ),
        ));
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
