//! AWS's own runbook for this very error, offered while it can still be run.

use super::command::{Shell, quote};
use crate::case::Case;
use crate::model::{Code, Finding, Request, RequestBody, Status};
use snapshot::order::Order as _;
use snapshot::{Text, Time};

/// The action that starts it. The only command that is ever offered and does not merely read.
pub const OPERATION: &str = "ssm:StartAutomationExecution";

/// Amazon ECS keeps a stopped task for at least an hour, and the runbook needs `DescribeTasks` to return it.
const KEPT_MILLIS: i64 = 60 * 60 * 1000;
/// Clocks differ: a task that stopped a little after `now` stopped just now.
const SKEW_MILLIS: i64 = 5 * 60 * 1000;

/// `aws ssm start-automation-execution` of `AWSSupport-TroubleshootECSTaskFailedToStart` for a task that stopped less than an hour ago.
///
/// Its parameters (AWS Systems Manager Automation runbook reference): `ClusterName` and `TaskId`; it must run in the task's Region.
#[must_use]
pub(crate) fn offer(case: &Case<'_>, now: Option<Time>, findings: &[Finding], requests: usize) -> Option<Request> {
    let task = &case.task?.value;
    let age = now?.0.checked_sub(task.stopped_at?.0)?;
    let cluster = task.cluster_arn.as_ref()?.as_str().rsplit('/').next()?;
    let id = task.task_arn.as_ref()?.as_str().rsplit('/').next()?;
    let region = case.region.as_deref()?;
    if !(-SKEW_MILLIS..KEPT_MILLIS).contains(&age) {
        return None;
    }
    let parameters = quote(&format!("ClusterName={cluster},TaskId={id}"), Shell::Bash);
    let region = quote(region, Shell::Bash);
    let open = findings.iter().filter(|finding| finding.status == Status::Unknown);
    let mut decides: Vec<Code> = open.map(|finding| finding.code).collect();
    decides.in_order();
    decides.dedup();
    Some(Request {
        id: format!("r{}", requests.saturating_add(1)),
        body: RequestBody::Command {
            operation: OPERATION,
            command: format!(
                "aws ssm start-automation-execution --document-name AWSSupport-TroubleshootECSTaskFailedToStart \
                 --parameters {parameters} --region {region} --output json"
            ),
        },
        why: Text::fixed(
            "AWS's own runbook for this error, which only finds the task for about an hour after it stopped. Unlike the other commands it \
             needs write permissions: for the time of a network test it creates a Lambda function and a role, and removes them about half an \
             hour later. Its findings are in the outputs of `aws ssm get-automation-execution`.",
            "このエラーに対応する AWS 提供のランブックです。停止後およそ 1 時間以内のタスクにのみ実行できます。ほかのコマンドと異なり書き込み権限が必要で、\
             ネットワークテストの間だけ Lambda 関数とロールを作成し、約 30 分後に削除します。結果は `aws ssm get-automation-execution` の出力で確認できます。",
        ),
        decides,
        settles: Vec::new(),
    })
}
