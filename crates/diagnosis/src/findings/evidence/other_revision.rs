//! `evidence.other-revision`: another revision of the task definition was pasted.

use crate::existence::tell;
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::Status;
use crate::model::{Code, Finding};
use snapshot::Text;

/// The rule of `evidence.other-revision`.
pub(crate) static RULE: Rule = Rule {
    code: Code("evidence.other-revision"),
    page: Page {
        title: Text::fixed(
            "Another revision of the task definition was pasted",
            "別のリビジョンのタスク定義が貼り付けられた",
        ),
        what: Text::fixed(
            "The task definition that was pasted is not the revision that the task ran with.",
            "貼り付けられたタスク定義は、タスクが使用したリビジョンではありません。",
        ),
        why: Text::fixed(
            "Image, secrets, roles and log groups may differ between revisions, so nothing is concluded from the other one.",
            "イメージ、シークレット、ロール、ロググループはリビジョンごとに異なる可能性があるため、別のリビジョンからは何も結論しません。",
        ),
        remedy: Text::fixed(
            "Paste the revision that the task names in taskDefinitionArn.",
            "タスクの taskDefinitionArn が示すリビジョンを貼り付けます。",
        ),
        not_this: Text::fixed(
            "The JSON tab of the console before registration names no revision at all.",
            "登録前のコンソールの JSON には、リビジョンが含まれません。",
        ),
        documentation: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html"],
        examples: &["evidence/other_revision/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let case = judged.case;
    let Some(other) = case.other_revision.filter(|_| case.definition.is_none()) else {
        return Vec::new();
    };
    let pasted = other
        .value
        .family_and_revision()
        .unwrap_or_else(|| other.value.family.clone().unwrap_or_default());
    let wanted = case
        .task
        .and_then(|task| task.value.task_definition_arn.as_ref().map(|arn| arn.0.clone()))
        .or_else(|| case.service.and_then(|service| service.value.task_definition.clone()))
        .unwrap_or_default();
    let wanted = wanted.rsplit('/').next().unwrap_or_default().to_owned();
    let mut finding = Finding::new(RULE.code, Status::Warn);
    finding.subject = vec![
        other
            .value
            .task_definition_arn
            .as_ref()
            .map_or_else(|| pasted.clone(), |arn| arn.0.clone()),
    ];
    let named = if other.value.task_definition_arn.is_some() {
        other.member("taskDefinitionArn")
    } else {
        other.member("family")
    };
    finding.evidence = vec![named];
    finding.evidence.extend(case.task.map(|task| task.member("taskDefinitionArn")));
    vec![tell::worded(
        finding,
        Text::new(
            format!("{pasted} was pasted, but the task ran {wanted}"),
            format!("貼り付けられたのは {pasted} ですが、タスクは {wanted} を使用しました"),
        ),
        Text::fixed(
            "The task definition is not the one that failed, so it proves nothing about the failure.",
            "このタスク定義は失敗したタスクのものではないため、失敗の根拠になりません。",
        ),
        Text::new(
            format!("What the task needs is judged from {wanted} only; `describe-task-definition` for that revision shows it."),
            format!("タスクに必要なものは {wanted} からのみ判定します。このリビジョンの `describe-task-definition` を貼り付けてください。"),
        ),
    )]
}
