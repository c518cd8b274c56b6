//! `image.repository-not-found`: repository not found.

use crate::existence::tell::{self, Item};
use crate::existence::{FaultKind, made, redefine, says};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use crate::model::{Fix, FixKind};
use crate::requirements::UseKind;
use crate::symptom::{Cause, Stage, Symptom};
use references::ImageReference;
use snapshot::Text;

/// The rule of `image.repository-not-found`.
pub(crate) static RULE: Rule = Rule {
    code: Code("image.repository-not-found"),
    page: Page {
        title: Text::fixed("Repository not found", "リポジトリが存在しない"),
        what: Text::fixed(
            "The registry that the image names has no such repository. Account and Region come from the host of the reference, not from the task.",
            "イメージが示すレジストリに、そのリポジトリが存在しません。アカウントとリージョンは、タスクではなく参照のホスト名で決まります。",
        ),
        why: Text::fixed(
            "The pull fails within seconds: `repository does not exist`, `name unknown`, or only `not found`.",
            "プルは数秒で失敗します (`repository does not exist`、`name unknown`、または `not found` のみ)。",
        ),
        remedy: Text::fixed(
            "Correct the image in the task definition, or create the repository and push the image.",
            "タスク定義のイメージを修正するか、リポジトリを作成してイメージをプッシュします。",
        ),
        not_this: Text::fixed(
            "`pull access denied, repository does not exist or may require authorization` says neither; a missing tag is image.tag-not-found.",
            "`pull access denied, repository does not exist or may require authorization` はどちらとも限りません。タグがない場合は image.tag-not-found です。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html",
            "https://docs.aws.amazon.com/AmazonECR/latest/userguide/common-errors-docker.html",
            "https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html",
        ],
        examples: &["image/repository_not_found/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = tell::items(judged, RULE.code.0).iter().map(word).collect();
    found.extend(
        tell::from_error(judged, RULE.code.0, said, |used| {
            (used.kind == UseKind::Image).then(|| used.text.clone())
        })
        .map(|finding| {
            let Text {
                en: subject,
                ja: subject_ja,
            } = tell::either(&finding.subject);
            tell::worded(
                finding,
                Text::new(
                    format!("The repository of {subject} does not exist"),
                    format!("{subject_ja} のリポジトリが存在しません"),
                ),
                Text::fixed("The image's repository does not exist.", "イメージのリポジトリが存在しません。"),
                Text::fixed(
                    "The registry answered the task that it has no such repository.",
                    "レジストリは、リポジトリが存在しないとタスクに応答しました。",
                ),
            )
        }),
    );

    found.extend(tell::open(judged, RULE.code.0).map(|finding| {
        let subject = tell::list(&finding.subject);
        tell::worded(
            finding,
            Text::new(
                format!("Whether a rule fills the repository is not known of {subject}"),
                format!("{subject} のプルスルーキャッシュルールの有無は未確認です"),
            ),
            Text::fixed(
                "The repository does not exist, but a pull-through cache rule could make it.",
                "リポジトリは存在しませんが、プルスルーキャッシュルールによって作成される可能性があります。",
            ),
            Text::fixed(
                "`describe-pull-through-cache-rules` shows whether a rule makes this repository at the first pull.",
                "`describe-pull-through-cache-rules` で、初回のプル時にリポジトリを作成するルールの有無を確認できます。",
            ),
        )
    }));

    found
}

fn said(symptom: &Symptom) -> bool {
    symptom.cause == Cause::NotFound
        && symptom.stage == Stage::ImagePull
        && (says(symptom, "name unknown") || says(symptom, "RepositoryNotFoundException"))
}

fn word(item: &Item<'_>) -> Finding {
    let used = &item.reference.used;
    let labels = item.labels();
    let mut finding = item.fail();
    let change = made::image(used);
    let FaultKind::RepositoryNotFound { near } = &item.fault.kind else {
        return finding;
    };
    let parsed = ImageReference::parse(&used.text).ok().map(|parsed| parsed.value);
    let repository = parsed.as_ref().map_or_else(|| used.text.clone(), |image| image.repository.clone());
    let registry = parsed.as_ref().map(|image| image.registry.host()).unwrap_or_default();
    let (mut en, mut ja) = (
        format!(
            "The {} is {}. The registry {registry} has no repository {repository}.",
            labels.en, used.text
        ),
        format!(
            "{} は {} です。レジストリ {registry} にリポジトリ {repository} は存在しません。",
            labels.ja, used.text
        ),
    );
    if let Some(near) = near {
        let words = tell::nearest(near);
        en.push_str(&format!(" {}", words.en));
        ja.push_str(&words.ja);
        let tail = used
            .text
            .split_once('/')
            .map_or("", |(_, path)| path.strip_prefix(repository.as_str()).unwrap_or_default());
        finding.fixes = redefine::fixes(item.case, used, &format!("{}{tail}", near.text));
    }
    if let Some(host) = parsed.as_ref().and_then(|image| image.registry.ecr()) {
        let command = format!(
            "aws ecr create-repository --repository-name {repository} --region {}\ndocker push {}",
            host.region, used.text
        );
        let impact = Text::fixed(
            "A new, empty repository; stored images are billed.",
            "空のリポジトリが新規作成されます。保存したイメージは課金されます。",
        );
        finding.fixes.push(Fix {
            kind: FixKind::AwsCli,
            text: Text::new(command.clone(), command),
            impact: impact.clone(),
            verified: false,
            change: change.clone(),
        });
        finding.fixes.push(Fix {
            kind: FixKind::Console,
            text: Text::new(
                format!("Amazon ECR ({}) > Private registry > Repositories > Create repository: {repository}, then push the image.", host.region),
                format!("Amazon ECR ({}) >「プライベートレジストリ」>「リポジトリ」>「リポジトリを作成」で {repository} を作成し、イメージをプッシュします。", host.region),
            ),
            impact,
            verified: false,
            change,
        });
    } else if finding.fixes.is_empty() {
        finding.fixes = redefine::rewrite(item.case, used, None);
    }
    tell::worded(
        finding,
        Text::new(
            format!("Repository {repository} does not exist"),
            format!("リポジトリ {repository} が存在しません"),
        ),
        Text::fixed(
            "The image's repository does not exist in the registry that the task definition names.",
            "タスク定義が示すレジストリに、イメージのリポジトリが存在しません。",
        ),
        Text::new(en, ja),
    )
}
