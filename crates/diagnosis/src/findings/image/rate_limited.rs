//! `image.rate-limited`: registry's pull limit reached.

use crate::existence::{redefine, registry, stated, tell};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use crate::model::{DestinationKey, Fix, FixKind, Status};
use crate::symptom::{Cause, Service, Stage};
use snapshot::Text;

/// The rule of `image.rate-limited`.
pub(crate) static RULE: Rule = Rule {
    code: Code("image.rate-limited"),
    page: Page {
        title: Text::fixed("Registry's pull limit reached", "レジストリのプル制限に達した"),
        what: Text::fixed(
            "A registry other than Amazon ECR refused the pull since its limit for that address or account was reached.",
            "Amazon ECR 以外のレジストリが、送信元アドレスまたはアカウントのプル制限に達したため、プルを拒否しました。",
        ),
        why: Text::fixed(
            "Error: `toomanyrequests: You have reached your pull rate limit`. Anonymous pulls of Docker Hub count by address: all tasks behind one NAT gateway share it.",
            "エラーは `toomanyrequests: You have reached your pull rate limit` です。Docker Hub の匿名のプルは送信元アドレスごとに数えられ、同じ NAT ゲートウェイの背後のタスクで共有されます。",
        ),
        remedy: Text::fixed(
            "Pull through Amazon ECR (a pull-through cache rule, or a copy in a repository of your own), or with credentials.",
            "Amazon ECR 経由でプルする (プルスルーキャッシュルールまたは自分のリポジトリへのコピー) か、認証情報を使用します。",
        ),
        not_this: Text::fixed(
            "`Rate exceeded` of an AWS service is service.throttled.",
            "AWS のサービスの `Rate exceeded` は service.throttled です。",
        ),
        documentation: &[
            "https://docs.docker.com/docker-hub/usage/",
            "https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html",
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html",
        ],
        examples: &["image/rate_limited/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let Some((symptom, at)) = stated(judged.case) else {
        return Vec::new();
    };
    if !matches!(symptom.cause, Cause::Throttled | Cause::RateLimited)
        || symptom.stage != Stage::ImagePull
        || !matches!(symptom.service, Some(Service::Registry) | None)
    {
        return Vec::new();
    }
    let pull = registry::pull(judged);
    let host = pull
        .as_ref()
        .map(|pull| pull.host.clone())
        .or_else(|| symptom.quoted.host.clone())
        .unwrap_or_else(|| "docker.io".to_owned());
    let mut finding = Finding::new(RULE.code, Status::Fail);
    finding.subject = vec![host.clone()];
    finding.affects = vec![
        pull.as_ref()
            .map_or_else(|| DestinationKey::Registry(host.clone()), |pull| pull.key.clone()),
    ];
    finding.evidence = [Some(at.clone()), pull.as_ref().and_then(|pull| pull.at.clone())]
        .into_iter()
        .flatten()
        .collect();
    let case = judged.case;
    let region = case.region.as_deref().unwrap_or("REGION");
    let account = case.account.as_deref().unwrap_or("ACCOUNT");
    let secret = format!(
        "arn:{}:secretsmanager:{region}:{account}:secret:ecr-pullthroughcache/NAME",
        case.partition
    );
    let command = format!(
        "aws ecr create-pull-through-cache-rule --ecr-repository-prefix docker-hub --upstream-registry-url registry-1.docker.io --credential-arn {secret}{}",
        redefine::region(case)
    );
    let impact = Text::fixed(
        "Images are then named ACCOUNT.dkr.ecr.REGION.amazonaws.com/docker-hub/… and stored, and billed, in Amazon ECR.",
        "イメージは ACCOUNT.dkr.ecr.REGION.amazonaws.com/docker-hub/… として参照し、Amazon ECR に保存され、課金されます。",
    );
    finding.fixes = vec![
        Fix {
            kind: FixKind::AwsCli,
            text: Text::new(command.clone(), command),
            impact: impact.clone(),
            verified: false,
            change: None,
        },
        Fix {
            kind: FixKind::Console,
            text: Text::fixed(
                "Amazon ECR > Private registry > Settings > Pull through cache > Add rule: choose the registry, then change the image in the task definition.",
                "Amazon ECR >「プライベートレジストリ」>「設定」>「プルスルーキャッシュ」>「ルールを追加」でレジストリを選択し、タスク定義のイメージを変更します。",
            ),
            impact,
            verified: false,
            change: None,
        },
    ];
    vec![tell::worded(
        finding,
        Text::new(
            format!("{host} refused the pull: its rate limit was reached"),
            format!("{host} がプル制限を理由にプルを拒否しました"),
        ),
        Text::fixed(
            "The image's registry limits how many images may be pulled in a time, and the limit was reached.",
            "イメージのレジストリには一定時間内のプル数の制限があり、その上限に達しました。",
        ),
        Text::new(
            format!("{host} answered that too many images were pulled from this address or with this account."),
            format!("{host} は、この送信元アドレスまたはアカウントからのプルが多すぎると応答しました。"),
        ),
    )]
}
