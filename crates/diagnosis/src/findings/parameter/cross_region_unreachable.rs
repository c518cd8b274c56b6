//! `parameter.cross-region-unreachable`: parameter in another Region cannot be reached.

use crate::existence::{cross_region, tell};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::DestinationKey;
use crate::model::{Code, Finding};
use snapshot::Text;

/// The rule of `parameter.cross-region-unreachable`.
pub(crate) static RULE: Rule = Rule {
    code: Code("parameter.cross-region-unreachable"),
    page: Page {
        title: Text::fixed(
            "Parameter in another Region cannot be reached",
            "別のリージョンのパラメータに到達できない",
        ),
        what: Text::fixed(
            "What is referenced is in another Region, and the task has only endpoints of its own Region: an interface endpoint serves the Region that it is in.",
            "参照先が別のリージョンにあり、タスクの VPC には自リージョンのエンドポイントしかありません。インターフェイスエンドポイントは、そのリージョンのサービスにのみ接続します。",
        ),
        why: Text::fixed(
            "The call goes to the host of the other Region, for which there is no way out: it times out after minutes.",
            "呼び出しは別のリージョンのホストに向かいますが、そこへの経路がないため、数分後にタイムアウトします。",
        ),
        remedy: Text::fixed(
            "Create the parameter in the task's Region and name that one. Or give the subnet a route to the internet through a NAT gateway.",
            "タスクのリージョンにパラメータを作成し、それを参照します。または、NAT ゲートウェイ経由のインターネットへのルートをサブネットに追加します。",
        ),
        not_this: Text::fixed(
            "With a NAT gateway or a public IP the other Region is reached like any public address; a fault on that way is network.*.",
            "NAT ゲートウェイやパブリック IP があれば、別のリージョンにも他のパブリックアドレスと同様に到達できます。その経路の障害は network.* です。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-ssm-paramstore.html",
            "https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html",
        ],
        examples: &["parameter/cross_region_unreachable/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    cross_region::judge(judged, RULE.code.0, &DestinationKey::Ssm)
        .into_iter()
        .map(|item| {
            let (name, there, here) = (&item.resource, &item.region, &item.home);
            let (title, summary, explanation) = (
                Text::new(
                    format!("Parameter {name} is in {there}, which the task cannot reach"),
                    format!("パラメータ {name} は {there} にあり、タスクから到達できません"),
                ),
                Text::new(
                    format!("The task runs in {here} without a way to the internet; what it needs is in {there}."),
                    format!("タスクは {here} でインターネットへの経路なしに実行されていますが、必要なものは {there} にあります。"),
                ),
                Text::new(
                    format!("The call goes to {} in {there}. The VPC's endpoints serve {here} only, and no route leads to public addresses.", item.host),
                    format!("呼び出し先は {there} の {} です。VPC のエンドポイントは {here} 用のみで、パブリックアドレスへのルートもありません。", item.host),
                ),
            );
            let fixes = cross_region::fixes(&item, cross_region::Remedy::CopyParameter);
            let mut finding = tell::worded(item.finding, title, summary, explanation);
            finding.fixes = fixes;
            finding
        })
        .collect()
}
