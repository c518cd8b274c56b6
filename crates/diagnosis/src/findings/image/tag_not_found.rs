//! `image.tag-not-found`: image tag not found.

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

/// The rule of `image.tag-not-found`.
pub(crate) static RULE: Rule = Rule {
    code: Code("image.tag-not-found"),
    page: Page {
        title: Text::fixed("Image tag not found", "イメージのタグが存在しない"),
        what: Text::fixed(
            "The repository exists, but has no image with the tag or digest that the task definition names. Without a tag, `latest` is meant.",
            "リポジトリは存在しますが、タスク定義が示すタグまたはダイジェストのイメージがありません。タグを省略すると `latest` が使用されます。",
        ),
        why: Text::fixed(
            "The pull fails within seconds with `not found` or `manifest unknown`. The tag was never pushed, was moved, or a lifecycle policy removed or archived the image; Amazon ECR serves no archived image. Services keep the digest that the tag had when the deployment began.",
            "プルは `not found` や `manifest unknown` で数秒で失敗します。タグがプッシュされていない、付け替えられた、またはライフサイクルポリシーがイメージを削除またはアーカイブした場合です (アーカイブされたイメージは Amazon ECR からプルできません)。サービスは、デプロイ開始時にタグが示していたダイジェストを使用し続けます。",
        ),
        remedy: Text::fixed(
            "Push the image under that tag, name a tag that exists, or restore the archived image.",
            "そのタグでイメージをプッシュする、存在するタグを指定する、またはアーカイブされたイメージを復元します。",
        ),
        not_this: Text::fixed(
            "A missing repository is image.repository-not-found; an image without the task's platform is image.platform-mismatch.",
            "リポジトリがない場合は image.repository-not-found、イメージがタスクのプラットフォームに対応していない場合は image.platform-mismatch です。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html",
            "https://docs.aws.amazon.com/AmazonECR/latest/userguide/common-errors-docker.html",
            "https://docs.aws.amazon.com/AmazonECR/latest/userguide/docker-push-ecr-image.html",
            "https://docs.aws.amazon.com/AmazonECR/latest/userguide/archive-image.html",
        ],
        examples: &["image/tag_not_found/fault"],
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
                    format!("Image {subject} does not exist"),
                    format!("イメージ {subject_ja} が存在しません"),
                ),
                Text::fixed(
                    "The image does not exist under that tag or digest.",
                    "そのタグまたはダイジェストのイメージは存在しません。",
                ),
                Text::fixed(
                    "The registry answered the task that it has no such tag or digest.",
                    "レジストリは、そのタグまたはダイジェストが存在しないとタスクに応答しました。",
                ),
            )
        }),
    );

    found.extend(tell::open(judged, RULE.code.0).map(|finding| {
        let subject = tell::list(&finding.subject);
        tell::worded(
            finding,
            Text::new(
                format!("Whether it exists is not known of image {subject}"),
                format!("{subject} の有無は未確認です"),
            ),
            Text::fixed(
                "Nothing pasted shows whether the image exists.",
                "貼り付けられた出力からは、イメージの有無を確認できません。",
            ),
            Text::fixed(
                "Of a repository in Amazon ECR, `describe-images` shows the tags, or the error that it does not exist; of another registry, someone who can see it can tell.",
                "Amazon ECR のリポジトリであれば、`describe-images` でタグの一覧、またはリポジトリが存在しないというエラーを確認できます。他のレジストリの場合は、参照できる人に確認してください。",
            ),
        )
    }));

    found
}

fn said(symptom: &Symptom) -> bool {
    symptom.cause == Cause::NotFound
        && symptom.stage == Stage::ImagePull
        && (says(symptom, "manifest unknown") || says(symptom, "ImageNotFoundException") || elsewhere(symptom))
}

/// Of an image of another registry than Amazon ECR nothing else can tell the repository's absence from the tag's.
fn elsewhere(symptom: &Symptom) -> bool {
    let image = symptom.quoted.image.as_deref().and_then(|image| ImageReference::parse(image).ok());
    image.is_some_and(|image| image.value.registry.ecr().is_none()) && !says(symptom, "name unknown")
}

fn word(item: &Item<'_>) -> Finding {
    let used = &item.reference.used;
    let labels = item.labels();
    let mut finding = item.fail();
    let change = made::image(used);
    let (asked, near, existing) = match &item.fault.kind {
        FaultKind::TagNotFound { asked, near, existing } => (asked, near, existing),
        FaultKind::Archived { asked, digest } => return word_archived(item, asked, digest.as_deref()),
        _ => return finding,
    };
    let parsed = ImageReference::parse(&used.text).ok().map(|parsed| parsed.value);
    let repository = parsed.as_ref().map_or_else(|| used.text.clone(), |image| image.repository.clone());
    let (mut en, mut ja) = (
        format!("The {} is {}. The repository {repository} has no {asked}.", labels.en, used.text),
        format!(
            "{} は {} です。リポジトリ {repository} に {asked} は存在しません。",
            labels.ja, used.text
        ),
    );
    if !existing.is_empty() {
        en.push_str(&format!(" Tags that exist, the latest pushed first: {}.", tell::list(existing)));
        ja.push_str(&format!("存在するタグ (新しい順): {}。", tell::list(existing)));
    }
    if let (Some(tag), Some(mut image)) = (
        near.as_ref().map(|near| near.text.clone()).or_else(|| existing.first().cloned()),
        parsed.clone(),
    ) {
        if let Some(near) = near {
            let words = tell::nearest(near);
            en.push_str(&format!(" {}", words.en));
            ja.push_str(&words.ja);
        }
        image.tag = Some(tag);
        image.digest = None;
        finding.fixes = redefine::fixes(item.case, used, &image.to_string());
    }
    let Some(image) = parsed.filter(|image| image.registry.ecr().is_some()) else {
        return of_others(item, finding, Text::new(en, ja), &repository, asked);
    };
    let command = format!("docker push {}{}", used.text, redefine::restart(item.case));
    let impact = Text::fixed(
        "The image is stored under that tag; every task that names the tag gets it from its next deployment on.",
        "イメージがそのタグで保存され、このタグを参照するタスクは次のデプロイから使用します。",
    );
    if image.digest.is_none() {
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
                format!("Amazon ECR > Private registry > Repositories > {repository} > View push commands: push the image as {asked}."),
                format!("Amazon ECR >「プライベートレジストリ」>「リポジトリ」> {repository} >「プッシュコマンドの表示」に従い、{asked} としてプッシュします。"),
            ),
            impact,
            verified: false,
            change,
        });
    }
    titled(finding, &repository, asked, Text::new(en, ja))
}

/// An image of a registry that may be someone else's: which tags there are is seen there, and only its owner can push one.
fn of_others(item: &Item<'_>, mut finding: Finding, mut explanation: Text, repository: &str, asked: &str) -> Finding {
    let more = Text::fixed(
        " Only the registry itself shows which tags there are (`docker manifest inspect` tells of one); whoever owns the repository can push the missing one.",
        "存在するタグは、レジストリ自体でのみ確認できます (`docker manifest inspect` でタグごとに確認できます)。リポジトリの所有者は、不足しているタグをプッシュできます。",
    );
    explanation.en.to_mut().push_str(&more.en);
    explanation.ja.to_mut().push_str(&more.ja);
    if finding.fixes.is_empty() {
        finding.fixes = redefine::rewrite(item.case, &item.reference.used, None);
    }
    titled(finding, repository, asked, explanation)
}

fn titled(finding: Finding, repository: &str, asked: &str, explanation: Text) -> Finding {
    tell::worded(
        finding,
        Text::new(
            format!("Repository {repository} has no image {asked}"),
            format!("リポジトリ {repository} にイメージ {asked} がありません"),
        ),
        Text::fixed(
            "The task definition names an image that is not in the repository, so the task cannot pull it.",
            "タスク定義が示すイメージがリポジトリにないため、タスクはプルできません。",
        ),
        explanation,
    )
}

/// An image that is there, and that the registry does not serve before it is restored.
fn word_archived(item: &Item<'_>, asked: &str, digest: Option<&str>) -> Finding {
    let used = &item.reference.used;
    let labels = item.labels();
    let mut finding = item.fail();
    let Some(image) = ImageReference::parse(&used.text).ok().map(|parsed| parsed.value) else {
        return finding;
    };
    let repository = &image.repository;
    let restored = digest.map(|digest| made::restored(digest.to_owned()));
    let id = digest.map_or_else(|| format!("imageTag={asked}"), |digest| format!("imageDigest={digest}"));
    let registry = image.registry.ecr().map_or_else(String::new, |host| {
        format!(" --registry-id {} --region {}", host.account.as_str(), host.region.as_str())
    });
    let command = format!(
        "aws ecr update-image-storage-class --repository-name {repository} --image-id {id} --target-storage-class STANDARD{registry}{}",
        redefine::restart(item.case)
    );
    let impact = Text::fixed(
        "The image is moved back to the standard storage class, at its price; it can be pulled once its status is ACTIVE, minutes later.",
        "イメージは標準ストレージクラスに戻り、その料金が適用されます。数分後、ステータスが ACTIVE になるとプルできます。",
    );
    let fix = |kind: FixKind, text: Text| Fix {
        kind,
        text,
        impact: impact.clone(),
        verified: false,
        change: restored.clone(),
    };
    finding
        .fixes
        .push(fix(FixKind::AwsCli, Text::new(command.clone(), command.clone())));
    finding.fixes.push(fix(
        FixKind::Console,
        Text::new(
            format!("Amazon ECR > Private registry > Repositories > {repository} > Archived images > {asked}: restore it."),
            format!("Amazon ECR >「プライベートレジストリ」>「リポジトリ」> {repository} > アーカイブされたイメージの一覧で {asked} を復元します。"),
        ),
    ));
    tell::worded(
        finding,
        Text::new(
            format!("Image {asked} of repository {repository} is archived"),
            format!("リポジトリ {repository} のイメージ {asked} はアーカイブされています"),
        ),
        Text::fixed(
            "The image that the task definition names is archived, so the registry answers the pull as if it did not exist.",
            "タスク定義が示すイメージはアーカイブされているため、レジストリはプルに対して存在しないものとして応答します。",
        ),
        Text::new(
            format!(
                "The {} is {}. Amazon ECR lists it as ARCHIVED: before it is restored, no task can pull it.",
                labels.en, used.text
            ),
            format!(
                "{} は {} です。Amazon ECR のステータスは ARCHIVED で、復元するまでどのタスクもプルできません。",
                labels.ja, used.text
            ),
        ),
    )
}
