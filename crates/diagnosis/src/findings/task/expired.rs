//! `task.expired`: the stopped task is no longer visible.

use crate::existence::tell;
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::Status;
use crate::model::{Code, Finding};
use snapshot::Text;
use snapshot::{Need, Question, QuestionKind};

/// The rule of `task.expired`.
pub(crate) static RULE: Rule = Rule {
    code: Code("task.expired"),
    page: Page {
        title: Text::fixed("The stopped task is no longer visible", "停止したタスクがすでに表示されない"),
        what: Text::fixed(
            "`describe-tasks` answers `MISSING` for the task: stopped tasks stay visible for about an hour, and only in their own cluster and Region.",
            "`describe-tasks` がタスクに対して `MISSING` を返しました。停止したタスクが表示されるのは約 1 時間だけで、そのクラスターとリージョンに限られます。",
        ),
        why: Text::fixed(
            "Without the task its error text, subnet and network interface are not known.",
            "タスクがないと、エラーメッセージ、サブネット、ENI がわかりません。",
        ),
        remedy: Text::fixed(
            "Paste the error text if someone kept it, look at the service's events, or start the task again and describe it within the hour.",
            "エラーメッセージの控えがあれば貼り付けます。または、サービスのイベントを確認するか、タスクを再度起動して 1 時間以内に出力を取得します。",
        ),
        not_this: Text::fixed(
            "`MISSING` is also the answer for a task of another cluster or Region.",
            "別のクラスターやリージョンのタスクを指定した場合も `MISSING` になります。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-errors.html",
            "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html",
        ],
        examples: &["task/expired/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let case = judged.case;
    let Some(at) = case.expired.as_ref() else {
        return Vec::new();
    };
    let arn = case
        .snapshot
        .ecs
        .failures
        .iter()
        .find(|found| found.at == *at)
        .and_then(|found| found.value.failure.arn.clone())
        .unwrap_or_default();
    let id = arn.as_str().rsplit('/').next().unwrap_or_default().to_owned();
    let mut finding = Finding::new(RULE.code, Status::Unknown);
    finding.subject = vec![arn.0.clone()];
    finding.evidence = vec![at.clone()];
    finding.missing = vec![case.trail.tasks().into()];
    if case.symptom.is_none() {
        finding.missing.push(Need::Question(Question {
            kind: QuestionKind::ErrorText,
            subject: arn.0.clone(),
        }));
    }
    vec![tell::worded(
        finding,
        Text::new(
            format!("Task {id} is no longer visible"),
            format!("タスク {id} はすでに表示されません"),
        ),
        Text::fixed(
            "The failed task is gone from the API, and its error with it; a newer failed task is needed.",
            "失敗したタスクは API から参照できなくなっており、エラーも確認できません。新しく失敗したタスクの出力が必要です。",
        ),
        Text::fixed(
            "ECS answered MISSING: stopped tasks stay visible for about an hour. Start the task again and describe it at once, or check cluster and Region.",
            "ECS は MISSING を返しました。停止したタスクが表示されるのは約 1 時間です。タスクを再度起動してすぐに出力を取得するか、クラスターとリージョンを確認してください。",
        ),
    )]
}
