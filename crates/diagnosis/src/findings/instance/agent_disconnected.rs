//! `instance.agent-disconnected`: the container instance's agent is not connected.

use super::describe;
use crate::case::Family;
use crate::existence::{redefine, tell};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Change, DestinationKey, Fix, FixKind, Status};
use crate::model::{Code, Finding};
use snapshot::Text;

/// The rule of `instance.agent-disconnected`.
pub(crate) static RULE: Rule = Rule {
    code: Code("instance.agent-disconnected"),
    page: Page {
        title: Text::fixed(
            "The container instance's agent is not connected",
            "コンテナインスタンスのエージェントが接続されていない",
        ),
        what: Text::fixed(
            "EC2 launch type: the agent of the container instance has no connection to Amazon ECS.",
            "EC2 起動タイプ: コンテナインスタンスのエージェントが Amazon ECS に接続していません。",
        ),
        why: Text::fixed(
            "ECS cannot tell the agent to start the task; tasks stay PENDING or are stopped when the instance is given up.",
            "ECS はエージェントにタスクの起動を指示できません。タスクは PENDING のままになるか、停止されます。",
        ),
        remedy: Text::fixed(
            "Restart the agent, and let the instance reach the ECS endpoints (ecs, ecs-agent, ecs-telemetry).",
            "エージェントを再起動し、インスタンスから ECS のエンドポイント (ecs、ecs-agent、ecs-telemetry) に到達できるようにします。",
        ),
        not_this: Text::fixed(
            "A short disconnection several times an hour is normal: the agent changes its connection.",
            "1 時間に数回の短い切断は、エージェントが接続を切り替える正常な動作です。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-agent-versions.html",
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html",
        ],
        examples: &["instance/agent_disconnected/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let case = judged.case;
    let Some(arn) = case
        .task
        .and_then(|task| task.value.container_instance_arn.clone())
        .filter(|_| !case.is_running())
    else {
        return Vec::new();
    };
    let instances = &case.snapshot.ecs.container_instances;
    let Some(found) = instances.get(&arn) else {
        let mut finding = Finding::new(RULE.code, Status::Unknown);
        finding.subject = vec![arn.0.clone()];
        finding.affects = vec![DestinationKey::Ecs];
        finding.evidence = case.task.iter().map(|task| task.member("containerInstanceArn")).collect();
        finding.missing = vec![describe(case, &arn).into()];
        return vec![tell::worded(
            finding,
            Text::fixed(
                "Whether the instance's agent is connected is not known",
                "インスタンスのエージェントが接続されているかどうかは未確認です",
            ),
            Text::fixed(
                "The container instance of the task was not pasted.",
                "タスクのコンテナインスタンスの出力が貼り付けられていません。",
            ),
            Text::fixed(
                "describe-container-instances shows whether its agent is connected, its version and the EC2 instance.",
                "describe-container-instances で、エージェントの接続状態、バージョン、EC2 インスタンスを確認できます。",
            ),
        )];
    };
    if found.value.agent_connected != Some(false) {
        return Vec::new();
    }
    let instance = found.value.ec2_instance_id.as_ref().map_or("INSTANCE", |id| id.as_str()).to_owned();
    let mut finding = Finding::new(RULE.code, Status::Fail);
    finding.subject = vec![arn.0.clone()];
    finding.affects = vec![DestinationKey::Ecs];
    finding.evidence = vec![found.member("agentConnected")];
    let os = found
        .value
        .attributes
        .iter()
        .find(|attribute| attribute.name.as_deref() == Some("ecs.os-type"));
    let windows = case.platform.family == Family::Windows
        || os
            .and_then(|attribute| attribute.value.as_ref())
            .is_some_and(|value| value.as_str().eq_ignore_ascii_case("windows"));
    // Amazon ECS Developer Guide: the agent is the service `ecs` of systemd on Linux, `AmazonECS` on Windows.
    let (document, restart) = if windows {
        ("AWS-RunPowerShellScript", "Restart-Service AmazonECS")
    } else {
        ("AWS-RunShellScript", "systemctl restart ecs")
    };
    let command = format!(
        "aws ssm send-command --document-name {document} --instance-ids {instance} --parameters commands='{restart}'{}",
        redefine::region(case)
    );
    let typed = if windows { restart.to_owned() } else { format!("sudo {restart}") };
    let impact = Text::fixed(
        "The agent restarts; running containers stay.",
        "エージェントが再起動します。実行中のコンテナには影響しません。",
    );
    let target = arn.clone();
    let change = Change::new(move |snapshot| {
        snapshot.ecs.container_instances.edit(|instance| {
            if instance.container_instance_arn.as_ref() == Some(&target) {
                instance.agent_connected = Some(true);
            }
        });
    });
    finding.fixes = vec![
        Fix {
            kind: FixKind::AwsCli,
            text: Text::new(command.clone(), command),
            impact: impact.clone(),
            verified: false,
            change: Some(change.clone()),
        },
        Fix {
            kind: FixKind::Console,
            text: Text::new(
                format!("Amazon EC2 > Instances > {instance} > Connect: run {typed}."),
                format!("Amazon EC2 >「インスタンス」> {instance} >「接続」で、{typed} を実行します。"),
            ),
            impact,
            verified: false,
            change: Some(change),
        },
    ];
    vec![tell::worded(
        finding,
        Text::new(
            format!("The agent of {instance} is not connected"),
            format!("{instance} のエージェントが接続されていません"),
        ),
        Text::fixed(
            "The instance that the task was placed on has lost its connection to Amazon ECS.",
            "タスクが配置されたインスタンスは、Amazon ECS との接続が切れています。",
        ),
        Text::fixed(
            "agentConnected is false: until the agent connects again ECS can neither start tasks there nor learn of their state.",
            "agentConnected が false です。エージェントが再接続するまで、ECS はタスクの起動も状態の取得もできません。",
        ),
    )]
}
