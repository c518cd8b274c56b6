//! `endpoint.not-available`: the endpoint does not work.

use crate::findings::network::{gather, remedy};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use network::FaultKind;
use snapshot::Text;

/// The rule of `endpoint.not-available`.
pub(super) static RULE: Rule = Rule {
    code: Code("endpoint.not-available"),
    page: Page {
        title: Text::fixed("VPC endpoint not available", "VPC エンドポイントが利用できない"),
        what: Text::fixed(
            "The endpoint that must carry the traffic is not in state available: pending, failed, rejected, expired or being deleted.",
            "通信に必要なエンドポイントの状態が available ではありません (作成中、失敗、拒否、期限切れ、または削除中)。",
        ),
        why: Text::fixed(
            "It has no working interfaces or route, and no other path exists: calls time out.",
            "機能する ENI またはルートがなく、他の経路もないため、呼び出しはタイムアウトします。",
        ),
        remedy: Text::fixed(
            "Wait while it is pending; else delete it and create it again.",
            "作成中の場合は完了を待ちます。それ以外の場合は、削除して作成し直します。",
        ),
        not_this: Text::fixed(
            "Where NAT works, an endpoint that failed does no harm: the name stays public.",
            "NAT ゲートウェイが機能していれば、作成に失敗したエンドポイントは影響しません (名前はパブリックアドレスに解決されます)。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",
            "https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html",
        ],
        examples: &["endpoint/not_available/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let subject = |kind: &FaultKind, _: &gather::Hit<'_>| match kind {
        FaultKind::EndpointNotAvailable { endpoint, .. } => vec![endpoint.0.clone()],
        _ => Vec::new(),
    };
    gather::of(judged, RULE.code, subject).iter().filter_map(told).collect()
}

fn told(group: &gather::Group<'_>) -> Option<Finding> {
    let FaultKind::EndpointNotAvailable { endpoint, state, message } = group.kind()? else {
        return None;
    };
    let found = group.case.snapshot.ec2.vpc_endpoints.get(endpoint).map(|found| found.value.clone());
    let (said, said_ja) = match message {
        Some(message) => (format!(" AWS says: {message}."), format!(" AWS のメッセージ: {message}。")),
        None => (String::new(), String::new()),
    };
    let service = found
        .as_ref()
        .and_then(|found| found.service_name.clone())
        .unwrap_or_else(|| "SERVICE_NAME".to_owned());
    let vpc = found
        .as_ref()
        .and_then(|found| found.vpc_id.clone())
        .map_or_else(|| "VPC".to_owned(), |vpc| vpc.0);
    let subnets = found
        .iter()
        .flat_map(|found| found.subnet_ids.iter().flatten())
        .map(|id| id.0.clone())
        .collect::<Vec<_>>()
        .join(" ");
    let groups = found
        .iter()
        .flat_map(|found| found.groups.iter().flatten())
        .filter_map(|part| part.group_id.clone())
        .map(|id| id.0)
        .collect::<Vec<_>>()
        .join(" ");
    let impact = Text::fixed(
        "The endpoint is replaced: a new id (policies that name the old one must be changed), charged as before, working some minutes after creation.",
        "エンドポイントが置き換えられ、ID が変わります (古い ID を指定しているポリシーの変更が必要)。料金は従来どおりで、作成後数分で機能します。",
    );
    let id = endpoint.clone();
    let fix = remedy::cli(
        group.case,
        &format!("ec2 delete-vpc-endpoints --vpc-endpoint-ids {endpoint}\nec2 create-vpc-endpoint --vpc-id {vpc} --vpc-endpoint-type Interface --service-name {service} --subnet-ids {subnets} --security-group-ids {groups} --private-dns-enabled"),
        impact.clone(),
    )
    .doing(move |snapshot| {
        snapshot.ec2.vpc_endpoints.edit(|item| {
            if item.vpc_endpoint_id.as_ref() == Some(&id) {
                item.state = Some(snapshot::ec2::endpoint::EndpointState::Available);
            }
        });
    });
    let console = remedy::console(
        Text::new(
            format!(
                "VPC console > Endpoints > {endpoint}: wait while it is pending; else Actions > Delete, then Create endpoint for {service} with the same subnets and groups."
            ),
            format!(
                "VPC コンソール > エンドポイント > {endpoint}: 作成中の場合は待ちます。それ以外の場合は、アクション > 削除の後、同じサブネットとセキュリティグループで {service} のエンドポイントを作成します。"
            ),
        ),
        impact,
    );
    Some(group.told(
        Text::new(
            format!("Endpoint {endpoint} is {state}"),
            format!("エンドポイント {endpoint} の状態が {state} です"),
        ),
        Text::new(
            format!("{endpoint} ({service}) must carry the calls, since no route leads to public addresses; its state is {state}.{said}"),
            format!(
                "パブリックアドレスへのルートがないため、呼び出しには {endpoint} ({service}) が必要ですが、状態は {state} です。{said_ja}"
            ),
        ),
        &Text::new(format!("whether {endpoint} is available"), format!("{endpoint} が利用可能かどうか")),
        vec![fix, console],
    ))
}
