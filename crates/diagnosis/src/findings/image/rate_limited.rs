//! `image.rate-limited`: registry's pull limit reached.

use crate::case::Case;
use crate::existence::{redefine, registry, stated, tell};
use crate::findings::iam::draft::{cli, console};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use crate::model::{DestinationKey, Fix, Status};
use crate::symptom::{Cause, Service, Stage};
use references::{ImageReference, Partition, Registry};
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
    let image = pull.as_ref().map(|pull| pull.image.as_str()).or(symptom.quoted.image.as_deref());
    finding.fixes = fixes(judged.case, &host, image);
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

/// Pulls through Amazon ECR where it has a cache for that registry, else a copy in a repository of one's own.
fn fixes(case: &Case<'_>, host: &str, image: Option<&str>) -> Vec<Fix> {
    let registry = image
        .and_then(|image| ImageReference::parse(image).ok())
        .map_or_else(|| Registry::of(host, None), |parsed| parsed.value.registry);
    let region = case.region.as_deref().unwrap_or("REGION");
    let account = case.account.as_deref().unwrap_or("ACCOUNT");
    let partition = Partition::from_id(&case.partition).unwrap_or(Partition::Aws);
    let own = format!("{account}.dkr.ecr.{region}.{}", partition.dns_suffix());
    let Some(upstream) = registry.upstream() else {
        return copy(case, &own, image);
    };
    let secret = if upstream.credentials {
        format!(
            " --credential-arn arn:{}:secretsmanager:{region}:{account}:secret:ecr-pullthroughcache/NAME",
            case.partition
        )
    } else {
        String::new()
    };
    let (prefix, url) = (upstream.prefix, &upstream.url);
    let command = format!(
        "aws ecr create-pull-through-cache-rule --ecr-repository-prefix {prefix} --upstream-registry-url {url}{secret}{}",
        redefine::region(case)
    );
    let impact = Text::new(
        format!("Images are then named {own}/{prefix}/… and stored, and billed, in Amazon ECR."),
        format!("イメージは {own}/{prefix}/… として参照し、Amazon ECR に保存され、課金されます。"),
    );
    let steps = Text::new(
        format!(
            "Amazon ECR > Private registry > Settings > Pull through cache > Add rule: choose the registry {url}, then change the image in the task definition."
        ),
        format!(
            "Amazon ECR >「プライベートレジストリ」>「設定」>「プルスルーキャッシュ」>「ルールを追加」でレジストリ {url} を選択し、タスク定義のイメージを変更します。"
        ),
    );
    vec![cli(command, impact.clone(), None), console(steps, impact, None)]
}

fn copy(case: &Case<'_>, own: &str, image: Option<&str>) -> Vec<Fix> {
    let image = image.unwrap_or("IMAGE");
    let parsed = ImageReference::parse(image).ok().map(|parsed| parsed.value);
    let repository = parsed.as_ref().map_or("REPOSITORY", |image| image.repository.as_str());
    let tag = parsed.as_ref().and_then(ImageReference::tag_or_latest).unwrap_or("latest");
    let command = format!(
        "aws ecr create-repository --repository-name {repository}{}\ndocker pull {image}\ndocker tag {image} {own}/{repository}:{tag}\ndocker push {own}/{repository}:{tag}",
        redefine::region(case)
    );
    let impact = Text::new(
        format!(
            "A copy in a repository of your own, stored and billed in Amazon ECR; the task definition must then name {own}/{repository}:{tag}."
        ),
        format!(
            "自分のリポジトリにコピーが作成され、Amazon ECR に保存され、課金されます。タスク定義では {own}/{repository}:{tag} を指定する必要があります。"
        ),
    );
    let steps = Text::new(
        format!(
            "Amazon ECR > Private registry > Repositories > Create repository: {repository}; push a copy of {image} into it, then change the image in the task definition."
        ),
        format!(
            "Amazon ECR >「プライベートレジストリ」>「リポジトリ」>「リポジトリを作成」で {repository} を作成し、{image} のコピーをプッシュして、タスク定義のイメージを変更します。"
        ),
    );
    vec![cli(command, impact.clone(), None), console(steps, impact, None)]
}
