//! `image.disk-full`: no disk space for the image.

use crate::existence::{redefine, registry, stated, tell};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use crate::model::{Fix, FixKind, Status};
use crate::ranking::destination_of;
use crate::symptom::{Cause, Stage};
use snapshot::Text;
use snapshot::ecs::task::LaunchType;

/// The rule of `image.disk-full`.
pub(crate) static RULE: Rule = Rule {
    code: Code("image.disk-full"),
    page: Page {
        title: Text::fixed("No disk space for the image", "イメージを展開するディスク容量がない"),
        what: Text::fixed(
            "The image does not fit the task's ephemeral storage, or the disk of the instance.",
            "イメージが、タスクのエフェメラルストレージまたはインスタンスのディスクに収まりません。",
        ),
        why: Text::fixed(
            "Error: `no space left on device` while layers are downloaded or extracted. Fargate gives 20 GiB unless more is asked for; instances fill up with old images.",
            "レイヤーのダウンロードまたは展開中に `no space left on device` エラーになります。Fargate の既定は 20 GiB で、インスタンスでは古いイメージが蓄積します。",
        ),
        remedy: Text::fixed(
            "Ask for more ephemeral storage, make the image smaller, or free the instance's disk.",
            "エフェメラルストレージを増やすか、イメージを小さくするか、インスタンスのディスクを空けます。",
        ),
        not_this: Text::fixed(
            "A container that fills its disk later exits by itself: that is task.other-failure.",
            "起動後にコンテナがディスクを使い切った場合は task.other-failure です。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-storage.html",
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html",
        ],
        examples: &["image/disk_full/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let Some((symptom, at)) = stated(judged.case) else {
        return Vec::new();
    };
    if symptom.cause != Cause::DiskFull || symptom.stage != Stage::ImagePull {
        return Vec::new();
    }
    let case = judged.case;
    let mut finding = Finding::new(RULE.code, Status::Fail);
    finding.subject = case
        .task
        .and_then(|task| task.value.task_arn.clone())
        .map(|arn| arn.0)
        .or_else(|| symptom.quoted.image.clone())
        .into_iter()
        .collect();
    finding.affects = symptom.service.and_then(destination_of).into_iter().collect();
    if finding.affects.is_empty() {
        finding.affects = registry::of_images(judged);
    }
    finding.evidence = vec![at.clone()];
    let fargate = case.launch == Some(LaunchType::Fargate);
    let given = case.definition.and_then(|definition| {
        Some((
            definition.value.ephemeral_storage.as_ref()?.size_gib?,
            definition.member("ephemeralStorage"),
        ))
    });
    finding.evidence.extend(given.iter().map(|(_, at)| at.clone()));
    let size = given.map_or(20, |(size, _)| size);
    let (command, console, console_ja, impact) = if fargate {
        (
            redefine::storage(case, size.saturating_mul(2).clamp(21, 200)),
            "Amazon ECS > Task definitions > Create new revision > Storage: raise the ephemeral storage (up to 200 GiB), then deploy the revision.",
            "Amazon ECS >「タスク定義」>「新しいリビジョンの作成」>「ストレージ」でエフェメラルストレージを増やし (最大 200 GiB)、デプロイします。",
            Text::fixed(
                "Storage over 20 GiB is billed by the hour.",
                "20 GiB を超えるストレージは時間単位で課金されます。",
            ),
        )
    } else {
        (
            "docker system prune --all --force".to_owned(),
            "Amazon EC2 > Instances: connect to the container instance and remove unused images, or launch instances with a larger volume.",
            "Amazon EC2 >「インスタンス」でコンテナインスタンスに接続して未使用のイメージを削除するか、より大きなボリュームのインスタンスを起動します。",
            Text::fixed(
                "Unused images are removed from the instance and pulled again when needed.",
                "未使用のイメージがインスタンスから削除され、必要なときに再度プルされます。",
            ),
        )
    };
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
            text: Text::fixed(console, console_ja),
            impact,
            verified: false,
            change: None,
        },
    ];
    let place = if fargate { format!("{size} GiB") } else { String::new() };
    vec![tell::worded(
        finding,
        Text::fixed(
            "The disk is full: the image does not fit",
            "ディスク容量が不足し、イメージを展開できません",
        ),
        Text::fixed(
            "The task could not store its image: there was no disk space left.",
            "ディスク容量の不足により、タスクはイメージを保存できませんでした。",
        ),
        if fargate {
            Text::new(
                format!("The layers of all images, extracted, and what the containers write share {place} of ephemeral storage."),
                format!("展開したすべてのイメージのレイヤーとコンテナの書き込みは、{place} のエフェメラルストレージを共有します。"),
            )
        } else {
            Text::fixed(
                "The disk of the container instance is full; old images and stopped containers stay there until they are removed.",
                "コンテナインスタンスのディスクがいっぱいです。古いイメージや停止したコンテナは、削除されるまで残ります。",
            )
        },
    )]
}
