//! `endpoint.gateway-not-routed`: the S3 gateway endpoint is not in the subnet's route table.

use crate::findings::network::{gather, remedy};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use network::FaultKind;
use snapshot::Text;

/// The rule of `endpoint.gateway-not-routed`.
pub(super) static RULE: Rule = Rule {
    code: Code("endpoint.gateway-not-routed"),
    page: Page {
        title: Text::fixed(
            "S3 gateway endpoint not in the subnet's route table",
            "S3 ゲートウェイエンドポイントがサブネットのルートテーブルに関連付けられていない",
        ),
        what: Text::fixed(
            "The VPC has a gateway endpoint for Amazon S3, which is not associated with the route table in force for the task's subnet, and no other path exists.",
            "VPC に Amazon S3 のゲートウェイエンドポイントがありますが、タスクのサブネットで有効なルートテーブルに関連付けられておらず、他の経路もありません。",
        ),
        why: Text::fixed(
            "ECR hands out image layers from Amazon S3: the login and the manifest work, then the layers time out (CannotPullContainerError).",
            "ECR はイメージレイヤーを Amazon S3 から配信します。認証とマニフェストの取得は成功し、レイヤーの取得がタイムアウトします (CannotPullContainerError)。",
        ),
        remedy: Text::fixed(
            "Associate the endpoint with the subnet's route table.",
            "エンドポイントをサブネットのルートテーブルに関連付けます。",
        ),
        not_this: Text::fixed(
            "A subnet without an association of its own uses the VPC's main table.",
            "明示的な関連付けのないサブネットは、VPC のメインルートテーブルを使用します。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html",
            "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html",
            "https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html",
        ],
        examples: &["endpoint/gateway_not_routed/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let subject = |kind: &FaultKind, _: &gather::Hit<'_>| match kind {
        FaultKind::EndpointGatewayNotRouted { endpoint, .. } => vec![endpoint.0.clone()],
        _ => Vec::new(),
    };
    gather::of(judged, RULE.code, subject).iter().filter_map(told).collect()
}

fn told(group: &gather::Group<'_>) -> Option<Finding> {
    let FaultKind::EndpointGatewayNotRouted { endpoint, table } = group.kind()? else {
        return None;
    };
    let impact = Text::fixed(
        "Free of charge. The route appears at once; open connections of the table's subnets to Amazon S3 are interrupted.",
        "料金はかかりません。ルートは即時に追加され、テーブルを使用するサブネットから Amazon S3 への既存の接続は中断されます。",
    );
    let (id, target) = (endpoint.clone(), table.clone());
    let fix = remedy::cli(
        group.case,
        &format!("ec2 modify-vpc-endpoint --vpc-endpoint-id {endpoint} --add-route-table-ids {table}"),
        impact.clone(),
    )
    .doing(move |snapshot| remedy::route_gateway(snapshot, &id, &target));
    let console = remedy::console(
        Text::new(
            format!("VPC console > Endpoints > {endpoint} > Actions > Manage route tables > select {table}."),
            format!("VPC コンソール > エンドポイント > {endpoint} > アクション > ルートテーブルを管理 > {table} を選択。"),
        ),
        impact,
    );
    Some(group.told(
        Text::new(format!("S3 gateway endpoint {endpoint} is not in {table}"), format!("S3 ゲートウェイエンドポイント {endpoint} が {table} に関連付けられていません")),
        Text::new(
            format!("The task's subnet uses {table}, which has no route to Amazon S3: {endpoint} is associated with other tables only."),
            format!("タスクのサブネットは {table} を使用していますが、Amazon S3 へのルートがありません。{endpoint} は別のルートテーブルにのみ関連付けられています。"),
        ),
        &Text::new(format!("whether {table} leads to {endpoint}"), format!("{table} が {endpoint} につながるかどうか")),
        vec![fix, console],
    ))
}
