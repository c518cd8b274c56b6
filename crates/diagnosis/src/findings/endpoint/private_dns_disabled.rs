//! `endpoint.private-dns-disabled`: the endpoint does not take over the name.

use crate::findings::network::{gather, remedy};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use network::FaultKind;
use snapshot::Text;

/// The rule of `endpoint.private-dns-disabled`.
pub(super) static RULE: Rule = Rule {
    code: Code("endpoint.private-dns-disabled"),
    page: Page {
        title: Text::fixed(
            "Private DNS off at the only endpoint",
            "唯一のエンドポイントでプライベート DNS 名が無効",
        ),
        what: Text::fixed(
            "The only endpoint for the service has private DNS off, so the service's public name does not lead to it, and no other path exists.",
            "サービスの唯一のエンドポイントでプライベート DNS 名が無効なため、サービスの名前がエンドポイントに解決されず、他の経路もありません。",
        ),
        why: Text::fixed(
            "The ECS agent and Docker use the public names only: they resolve to public addresses, to which there is no route. Calls time out.",
            "ECS エージェントと Docker はパブリックな名前だけを使用します。ルートのないパブリックアドレスに解決され、呼び出しはタイムアウトします。",
        ),
        remedy: Text::fixed(
            "Turn private DNS on at the endpoint.",
            "エンドポイントでプライベート DNS 名を有効にします。",
        ),
        not_this: Text::fixed(
            "With a working NAT or internet gateway the public name works. A hub's endpoint with a private hosted zone of its own also works.",
            "NAT ゲートウェイやインターネットゲートウェイが機能していれば、パブリックな名前で通信できます。専用のプライベートホストゾーンを設定した集約エンドポイントも機能します。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html",
            "https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html",
        ],
        examples: &["endpoint/private_dns_disabled/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let subject = |kind: &FaultKind, _: &gather::Hit<'_>| match kind {
        FaultKind::EndpointPrivateDnsDisabled { endpoint } => vec![endpoint.0.clone()],
        _ => Vec::new(),
    };
    gather::of(judged, RULE.code, subject).iter().filter_map(told).collect()
}

fn told(group: &gather::Group<'_>) -> Option<Finding> {
    let FaultKind::EndpointPrivateDnsDisabled { endpoint } = group.kind()? else {
        return None;
    };
    let host = group.hits.first().map(|hit| hit.requirement.host.clone()).unwrap_or_default();
    let impact = Text::fixed(
        "Takes effect within minutes: every client of the VPC then reaches this service through the endpoint and its security groups. Needs enableDnsSupport and enableDnsHostnames of the VPC.",
        "数分以内に反映され、VPC のすべてのクライアントがこのサービスにエンドポイントとそのセキュリティグループを経由して接続します。VPC の enableDnsSupport と enableDnsHostnames が必要です。",
    );
    let id = endpoint.clone();
    let fix = remedy::cli(
        group.case,
        &format!("ec2 modify-vpc-endpoint --vpc-endpoint-id {endpoint} --private-dns-enabled"),
        impact.clone(),
    )
    .doing(move |snapshot| {
        snapshot.ec2.vpc_endpoints.edit(|item| {
            if item.vpc_endpoint_id.as_ref() == Some(&id) {
                item.private_dns_enabled = Some(true);
            }
        });
    });
    let console = remedy::console(
        Text::new(
            format!("VPC console > Endpoints > {endpoint} > Actions > Modify private DNS name > Enable for this endpoint."),
            format!(
                "VPC コンソール > エンドポイント > {endpoint} > アクション > プライベート DNS 名を変更 > このエンドポイントで有効にする。"
            ),
        ),
        impact,
    );
    Some(group.told(
        Text::new(format!("Endpoint {endpoint} has private DNS off"), format!("エンドポイント {endpoint} のプライベート DNS 名が無効です")),
        Text::new(
            format!("The task calls {host}. With private DNS off at {endpoint} that name resolves to public addresses, and the subnet has no route to them."),
            format!("タスクは {host} を呼び出します。{endpoint} のプライベート DNS 名が無効なため、この名前はパブリックアドレスに解決されますが、サブネットにルートがありません。"),
        ),
        &Text::new(format!("whether the name leads to {endpoint}"), format!("名前が {endpoint} に解決されるかどうか")),
        vec![fix, console],
    ))
}
