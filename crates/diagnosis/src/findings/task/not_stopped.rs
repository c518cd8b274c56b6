//! `task.not-stopped`: the task is running.

use crate::existence::tell;
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::Status;
use crate::model::{Code, Finding};
use snapshot::Text;

/// The rule of `task.not-stopped`.
pub(crate) static RULE: Rule = Rule {
    code: Code("task.not-stopped"),
    page: Page {
        title: Text::fixed("The task is running", "タスクは実行中"),
        what: Text::fixed(
            "The task is running: it started, so there is no failed start to explain.",
            "タスクは実行中です。起動に成功しているため、説明すべき起動の失敗はありません。",
        ),
        why: Text::fixed(
            "Another task of the same service may have failed; stopped tasks are listed apart and vanish after about an hour.",
            "同じサービスの別のタスクが失敗した可能性があります。停止したタスクは別に一覧表示され、約 1 時間後に表示されなくなります。",
        ),
        remedy: Text::fixed(
            "List the stopped tasks and describe one of them.",
            "停止したタスクを一覧表示し、そのうちの 1 つを確認します。",
        ),
        not_this: Text::fixed(
            "A task that is PROVISIONING or PENDING has not started yet: it is judged as before launch.",
            "PROVISIONING または PENDING のタスクはまだ起動していないため、起動前として判定されます。",
        ),
        documentation: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html"],
        examples: &["task/not_stopped/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let case = judged.case;
    let Some(task) = case.task.filter(|_| case.is_running()) else {
        return Vec::new();
    };
    let mut finding = Finding::new(RULE.code, Status::Pass);
    finding.subject = task.value.task_arn.iter().map(|arn| arn.0.clone()).collect();
    finding.evidence = vec![task.member("lastStatus")];
    vec![tell::worded(
        finding,
        Text::fixed("The task is running", "タスクは実行中です"),
        Text::fixed(
            "The task started and runs; nothing failed to start.",
            "タスクは起動して実行中です。起動の失敗はありません。",
        ),
        Text::fixed(
            "Its lastStatus says that its containers run. If another task failed, paste that one.",
            "lastStatus は、コンテナが実行中であることを示しています。別のタスクが失敗した場合は、そのタスクの出力を貼り付けてください。",
        ),
    )]
}
