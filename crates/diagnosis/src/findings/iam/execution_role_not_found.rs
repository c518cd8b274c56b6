//! `iam.execution-role-not-found`: the task execution role does not exist.

use super::missing_role;
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use crate::requirements::Caller;
use snapshot::Text;

const CODE: Code = Code("iam.execution-role-not-found");

pub(super) static RULE: Rule = Rule {
    code: CODE,
    page: Page {
        title: Text::fixed("The task execution role does not exist", "タスク実行ロールが存在しません"),
        what: Text::fixed(
            "The task definition names a task execution role that is not in the account: AWS answers NoSuchEntity for it.",
            "タスク定義に指定されたタスク実行ロールがアカウントにありません。AWS は NoSuchEntity を返しています。",
        ),
        why: Text::fixed(
            "Amazon ECS cannot assume a role that does not exist, so the task stops before anything is fetched. The role was deleted, was never made in this account, or its name or path is misspelled.",
            "存在しないロールは引き受けられないため、タスクは何も取得する前に停止します。ロールが削除されたか、このアカウントで作成されていないか、名前またはパスの指定に誤りがあります。",
        ),
        remedy: Text::fixed(
            "Make the role again under that name, or register a revision that names one that exists.",
            "同じ名前でロールを作成し直すか、存在するロールを指定した新しいリビジョンを登録します。",
        ),
        not_this: Text::fixed(
            "A role that exists and may not be assumed is iam.trust-denied.",
            "ロールは存在するが引き受けられない場合は iam.trust-denied です。",
        ),
        documentation: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html"],
        examples: &["iam/execution_role_not_found/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let word = Text::fixed("task execution role", "タスク実行ロール");
    missing_role::judge(judged, CODE, Caller::ExecutionRole, &word)
        .into_iter()
        .collect()
}
