//! `network.no-route`: no route leads to the destination.

use crate::findings::network::{beyond, gather, ipv6, remedy};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding, Fix};
use network::{Addresses, FaultKind};
use snapshot::Text;
use snapshot::ids::RouteTableId;

/// The rule of `network.no-route`.
pub(super) static RULE: Rule = Rule {
    code: Code("network.no-route"),
    page: Page {
        title: Text::fixed("No route to the destination", "接続先へのルートがない"),
        what: Text::fixed(
            "The route table in force for the subnet holds no route for the service's public addresses, and the VPC is not built on interface endpoints.",
            "サブネットで有効なルートテーブルに、サービスのパブリックアドレスへのルートがありません。また、VPC にはタスクが必要とするサービスのインターフェイスエンドポイントもありません。",
        ),
        why: Text::fixed(
            "Packets have nowhere to go and are dropped without an answer: the error is a timeout after one to several minutes.",
            "パケットの送り先がなく、応答なしに破棄されます。数分後にタイムアウトのエラーになります。",
        ),
        remedy: Text::fixed(
            "Give the subnet a default route: to a NAT gateway in a public subnet, or to an internet gateway with a public IP for the task. Or create endpoints for every service that the task needs.",
            "サブネットにデフォルトルートを追加します。パブリックサブネットの NAT ゲートウェイ、またはタスクにパブリック IP を割り当てたうえでインターネットゲートウェイを指定します。あるいは、タスクが必要とするすべてのサービスの VPC エンドポイントを作成します。",
        ),
        not_this: Text::fixed(
            "Where the VPC has an interface endpoint for a service of the task, the gap is endpoint.missing. A route that is there but broken has its own code.",
            "タスクが必要とするサービスのインターフェイスエンドポイントが VPC にある場合は endpoint.missing です。ルートがあっても機能していない場合は別のコードになります。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html",
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html",
        ],
        examples: &["network/no_route/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let subject = |kind: &FaultKind, hit: &gather::Hit<'_>| match kind {
        FaultKind::NoRoute { table, .. } if !table.0.is_empty() => vec![table.0.clone()],
        _ => hit.walk.subnet.iter().map(|subnet| subnet.0.clone()).collect(),
    };
    gather::of(judged, RULE.code, subject).iter().map(told).collect()
}

fn told(group: &gather::Group<'_>) -> Finding {
    let subject = group.subject.join(", ");
    if ipv6::kinds(group) == [Addresses::Private]
        && let Some(to) = beyond::unrouted(group)
    {
        return group.told(
            Text::new(format!("{subject} has no route to {}", to.en), format!("{subject} に {} へのルートがありません", to.ja)),
            Text::new(
                format!("{} lies on the other side of what joins the two VPCs: the route tables of both VPCs, and of a transit gateway between them, must each lead to the other side's range, for the request and for its answer. {subject} does not.", to.en),
                format!("{} は 2 つの VPC をつなぐ接続の反対側のアドレスです。リクエストと応答のそれぞれについて、両方の VPC のルートテーブルと、間にあるトランジットゲートウェイのルートテーブルに、相手側の範囲へのルートが必要ですが、{subject} にはありません。", to.ja),
            ),
            &question(group, &subject),
            fixes(group),
        );
    }
    group.told(
        ipv6::untranslated(group).unwrap_or_else(|| Text::new(format!("{subject} has no route to AWS's public addresses"), format!("{subject} に AWS のパブリックアドレスへのルートがありません"))),
        if ipv6::kinds(group).contains(&Addresses::Nat64) { ipv6::explained(group) } else { Text::new(
            format!("No route of {subject} matches the addresses of the services, and the VPC has no interface endpoint that would carry the calls."),
            format!("{subject} にはサービスのアドレスに一致するルートがなく、呼び出しを中継するインターフェイスエンドポイントも VPC にありません。"),
        ) },
        &question(group, &subject),
        fixes(group),
    )
}

/// Where the table itself was pasted, what is open is whether an endpoint carries the calls instead.
fn question(group: &gather::Group<'_>, subject: &str) -> Text {
    if ipv6::kinds(group).contains(&Addresses::Nat64) {
        return Text::fixed(
            "whether DNS64 is on for the subnet, which has no IPv4",
            "IPv4 のないサブネットで DNS64 が有効かどうか",
        );
    }
    if matches!(group.kind(), Some(FaultKind::NoRoute { table, .. }) if !table.0.is_empty()) {
        return Text::new(
            format!("whether an endpoint carries the calls, since {subject} has no route to public addresses"),
            format!("{subject} にパブリックアドレスへのルートがない中で、呼び出しを中継するエンドポイントがあるかどうか"),
        );
    }
    Text::new(format!("which routes {subject} uses"), format!("{subject} が使用するルート"))
}

fn fixes(group: &gather::Group<'_>) -> Vec<Fix> {
    let Some(FaultKind::NoRoute { table, .. }) = group.kind() else {
        return Vec::new();
    };
    let mut fixes = Vec::new();
    for addresses in ipv6::kinds(group) {
        fixes.extend(match addresses {
            Addresses::V4 => ipv4_fixes(group, table),
            Addresses::V6 => ipv6::default_route(group, table),
            Addresses::Nat64 => ipv6::translate(group, table),
            Addresses::Private => beyond::routes(group, table),
        });
    }
    fixes
}

fn ipv4_fixes(group: &gather::Group<'_>, table: &RouteTableId) -> Vec<Fix> {
    let vpc = remedy::vpc_of(group);
    let nat = remedy::working_nat(group.case.snapshot, vpc.as_ref(), None);
    let mut fixes = Vec::new();
    match nat {
        Some(nat) => {
            let (exit, target) = (remedy::Exit::Nat(nat.clone()), table.clone());
            let fix = remedy::cli(
                group.case,
                &format!("ec2 create-route --route-table-id {table} --destination-cidr-block 0.0.0.0/0 {}", exit.option()),
                Text::new(
                    format!("Every subnet that uses {table} gets a way out through {nat} at once; NAT gateways charge for each gigabyte processed."),
                    format!("{table} を使用するすべてのサブネットが {nat} 経由で外部に接続できるようになります (即時反映)。NAT ゲートウェイにはデータ処理料金がかかります。"),
                ),
            );
            fixes.push(fix.doing(move |snapshot| remedy::default_route(snapshot, &target, &exit)));
        }
        None => fixes.push(remedy::new_nat(
            group,
            None,
            "create-route",
            std::slice::from_ref(table),
            Text::new(
                format!("Creates a NAT gateway, which is charged by the hour and by the gigabyte; every subnet that uses {table} leaves through it."),
                format!("NAT ゲートウェイを作成します (時間料金とデータ処理料金がかかります)。{table} を使用するすべてのサブネットの通信がこれを経由します。"),
            ),
        )),
    }
    fixes.push(remedy::console(
        Text::new(
            format!("VPC console > Route tables > {table} > Routes > Edit routes > Add route: destination 0.0.0.0/0, target a NAT gateway in a public subnet."),
            format!("VPC コンソール > ルートテーブル > {table} > ルート > ルートを編集 > ルートを追加: 送信先 0.0.0.0/0、ターゲットはパブリックサブネットの NAT ゲートウェイ。"),
        ),
        remedy::at_once(),
    ));
    fixes
}
