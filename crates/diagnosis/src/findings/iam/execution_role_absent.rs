//! `iam.execution-role-absent`: the task needs a task execution role, and its definition names none.

use super::draft::{affects, cli, console};
use crate::authorization::denials::{self, Made};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding, Held, Status};
use crate::requirements::Caller;
use snapshot::Text;
use snapshot::ecs::task::LaunchType;

const CODE: Code = Code("iam.execution-role-absent");

pub(super) static RULE: Rule = Rule {
    code: CODE,
    page: Page {
        title: Text::fixed(
            "The task definition has no task execution role",
            "タスク定義にタスク実行ロールがありません",
        ),
        what: Text::fixed(
            "The task fetches secrets, an image from Amazon ECR, registry credentials or environment files, or writes to CloudWatch Logs, and neither the task definition nor the launch names an executionRoleArn.",
            "タスクはシークレット、Amazon ECR のイメージ、レジストリの認証情報、環境ファイルの取得、または CloudWatch Logs への書き込みを必要としますが、タスク定義にも起動時の設定にも executionRoleArn がありません。",
        ),
        why: Text::fixed(
            "Amazon ECS makes these calls with the task execution role. Without one there are no credentials for them. The task role (taskRoleArn) is for the code in the containers and does not stand in.",
            "Amazon ECS はこれらの呼び出しをタスク実行ロールで行うため、ロールがないと認証情報が得られません。タスクロール (taskRoleArn) はコンテナ内のコードのためのもので、代わりにはなりません。",
        ),
        remedy: Text::fixed(
            "Register a revision with an executionRoleArn and deploy it.",
            "executionRoleArn を設定した新しいリビジョンを登録し、デプロイします。",
        ),
        not_this: Text::fixed(
            "On EC2 the instance's role pulls from Amazon ECR and writes logs where there is no execution role.",
            "EC2 では、タスク実行ロールがない場合、インスタンスのロールが Amazon ECR からのプルとログの書き込みを行います。",
        ),
        documentation: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html"],
        examples: &["iam/execution_role_absent/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let case = judged.case;
    let Some(definition) = case.definition.filter(|_| case.execution_role == Held::Absent) else {
        return Vec::new();
    };
    let fargate = case.launch == Some(LaunchType::Fargate);
    // On container instances the instance's role stands in for the image and the logs.
    let own = |action: &str| fargate || !(action.starts_with("ecr:") || action.starts_with("logs:"));
    let calls: Vec<Made<'_>> = denials::calls(judged)
        .filter(|made| {
            let call = &made.judgement.call;
            call.caller == Caller::ExecutionRole && call.blocks_start && call.by.is_some() && own(call.action)
        })
        .collect();
    if calls.is_empty() {
        return Vec::new();
    }
    let mut finding = Finding::new(CODE, Status::Fail);
    let arn = definition.value.task_definition_arn.as_ref().map(|arn| arn.0.clone());
    let name = definition
        .value
        .family_and_revision()
        .or_else(|| definition.value.family.clone())
        .unwrap_or_default();
    finding.subject = vec![arn.unwrap_or_else(|| name.clone())];
    finding.affects = affects(&calls);
    finding.evidence = vec![definition.at.clone()];
    finding.evidence.extend(
        calls
            .iter()
            .filter_map(|made| made.judgement.call.by.as_ref())
            .map(|used| used.at.clone()),
    );
    finding.evidence = denials::dedup(finding.evidence);
    let labels: Vec<Text> = denials::dedup(
        calls
            .iter()
            .filter_map(|made| made.judgement.call.by.as_ref())
            .map(crate::requirements::Use::label)
            .collect(),
    );
    let list = |pick: fn(&Text) -> &str, separator: &str| labels.iter().map(pick).collect::<Vec<_>>().join(separator);
    let (en, ja) = (list(|text| text.en.as_ref(), ", "), list(|text| text.ja.as_ref(), "、"));
    finding.title = Text::new(
        format!("Task definition {name} has no task execution role"),
        format!("タスク定義 {name} にタスク実行ロールがありません"),
    );
    finding.summary = Text::new(
        format!("Amazon ECS has no role with which to fetch what the task needs: {en}."),
        format!("タスクに必要なもの ({ja}) を取得するためのロールが Amazon ECS にありません。"),
    );
    finding.explanation = Text::new(
        format!("executionRoleArn is not set, and no override names one. Needed for: {en}. The task role does not stand in for it."),
        format!(
            "executionRoleArn が設定されておらず、オーバーライドでも指定されていません。必要とするもの: {ja}。タスクロールは代わりになりません。"
        ),
    );
    let family = definition.value.family.clone().unwrap_or_else(|| name.clone());
    let impact = Text::fixed(
        "Makes a new revision; a service must be updated to it, which replaces its tasks. The revision that runs stays as it is.",
        "新しいリビジョンが作成されます。サービスをそのリビジョンに更新すると、タスクが置き換えられます。既存のリビジョンは変わりません。",
    );
    finding.fixes = vec![
        cli(
            format!(
                "aws ecs register-task-definition --family {family} --execution-role-arn arn:{}:iam::{}:role/ecsTaskExecutionRole --cli-input-json file://task-definition.json",
                case.partition,
                case.account.as_deref().unwrap_or("ACCOUNT")
            ),
            impact.clone(),
            None,
        ),
        console(
            Text::new(
                format!(
                    "Amazon ECS console > Task definitions > {family} > Create new revision > Task execution role: choose ecsTaskExecutionRole, then update the service to the new revision."
                ),
                format!(
                    "Amazon ECS コンソール > タスク定義 > {family} > 新しいリビジョンの作成 > タスク実行ロール: ecsTaskExecutionRole を選択し、サービスを新しいリビジョンに更新します。"
                ),
            ),
            impact,
            None,
        ),
    ];
    vec![finding]
}
