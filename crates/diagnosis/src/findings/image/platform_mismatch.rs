//! `image.platform-mismatch`: image is not for the task's platform.

use crate::existence::tell::{self, Item};
use crate::existence::{FaultKind, redefine};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use crate::model::{Fix, FixKind};
use crate::requirements::UseKind;
use crate::symptom::{Cause, Stage, Symptom};
use snapshot::Text;

/// The rule of `image.platform-mismatch`.
pub(crate) static RULE: Rule = Rule {
    code: Code("image.platform-mismatch"),
    page: Page {
        title: Text::fixed(
            "Image is not for the task's platform",
            "イメージがタスクのプラットフォームに対応していない",
        ),
        what: Text::fixed(
            "The image has no manifest for the CPU architecture or operating system that the task runs on.",
            "イメージに、タスクの CPU アーキテクチャまたはオペレーティングシステム用のマニフェストがありません。",
        ),
        why: Text::fixed(
            "The pull fails with `image Manifest does not contain descriptor matching platform` or `no matching manifest`. Typical for images built on an Arm laptop.",
            "プルは `image Manifest does not contain descriptor matching platform` や `no matching manifest` で失敗します。Arm のノート PC でビルドしたイメージでよく起こります。",
        ),
        remedy: Text::fixed(
            "Build the image for the task's platform, or set `runtimePlatform` of the task definition to the image's.",
            "タスクのプラットフォーム用にイメージをビルドするか、タスク定義の `runtimePlatform` をイメージに合わせます。",
        ),
        not_this: Text::fixed(
            "`exec format error` comes from a container that was started: the image claims a platform that its program is not for.",
            "`exec format error` は起動後のコンテナから出るエラーで、イメージの示すプラットフォームと実行ファイルが異なる場合です。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-arm64.html",
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html",
            "https://docs.aws.amazon.com/AmazonECR/latest/userguide/docker-push-multi-architecture-image.html",
        ],
        examples: &["image/platform_mismatch/fault"],
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
            let subject = tell::list(&finding.subject);
            let wanted = judged.case.symptom.as_ref().and_then(|symptom| symptom.quoted.platform.clone());
            words(finding, &subject, wanted.as_deref(), &[])
        }),
    );
    found
}

fn said(symptom: &Symptom) -> bool {
    symptom.cause == Cause::PlatformMismatch && symptom.stage == Stage::ImagePull
}

fn word(item: &Item<'_>) -> Finding {
    let used = &item.reference.used;
    let (wanted, offered) = match &item.fault.kind {
        FaultKind::PlatformMismatch { wanted, offered } => (wanted.clone(), offered.clone()),
        _ => Default::default(),
    };
    let mut finding = words(item.fail(), &used.text, wanted.as_deref(), &offered);
    let platform = wanted.as_deref().unwrap_or("linux/amd64");
    let platform = platform.split(' ').next().unwrap_or(platform);
    let (image, restart) = (&used.text, redefine::restart(item.case));
    let command = if platform.starts_with("windows") {
        // Windows images are built on Windows, of the version of their base image.
        format!("docker build --platform {platform} --tag {image} .\ndocker push {image}{restart}")
    } else {
        format!("docker buildx build --platform {platform} --tag {image} --push .{restart}")
    };
    let impact = Text::fixed(
        "The tag points to a new image; every task that names the tag gets it from its next deployment on.",
        "タグが新しいイメージを指すようになり、このタグを参照するタスクは次のデプロイから使用します。",
    );
    finding.fixes = vec![
        Fix {
            kind: FixKind::AwsCli,
            text: Text::new(command.clone(), command),
            impact,
            verified: false,
            change: None,
        },
        Fix {
            kind: FixKind::Console,
            text: Text::fixed(
                "Amazon ECS > Task definitions > Create new revision: set operating system and architecture to those of the image.",
                "Amazon ECS >「タスク定義」>「新しいリビジョンの作成」で、オペレーティングシステムとアーキテクチャをイメージに合わせます。",
            ),
            impact: Text::fixed(
                "Every image of the task must be for that platform; prices differ between processors.",
                "タスクのすべてのイメージがそのプラットフォームに対応している必要があります。料金はプロセッサーによって異なります。",
            ),
            verified: false,
            change: None,
        },
    ];
    finding
}

fn words(finding: Finding, image: &str, wanted: Option<&str>, offered: &[String]) -> Finding {
    let (for_en, for_ja) = (
        wanted.map_or_else(|| "the task's platform".to_owned(), str::to_owned),
        wanted.map_or_else(|| "タスクのプラットフォーム".to_owned(), str::to_owned),
    );
    let (en, ja) = if offered.is_empty() {
        Default::default()
    } else {
        (
            format!(" It is for {}.", tell::list(offered)),
            format!("対応プラットフォーム: {}。", tell::list(offered)),
        )
    };
    tell::worded(
        finding,
        Text::new(
            format!("Image {image} is not for {for_en}"),
            format!("イメージ {image} は {for_ja} に対応していません"),
        ),
        Text::fixed(
            "The image was built for another processor or operating system than the task runs on.",
            "イメージは、タスクの実行環境とは異なるプロセッサーまたはオペレーティングシステム用にビルドされています。",
        ),
        Text::new(
            format!("The task needs {for_en}; {image} has no manifest for it.{en}"),
            format!("タスクには {for_ja} が必要ですが、{image} にはそのマニフェストがありません。{ja}"),
        ),
    )
}
