//! `task.other-failure`: the task stopped for another reason.

use crate::case::Case;
use crate::existence::{redefine, stated, tell};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use crate::model::{Fix, FixKind, Status};
use crate::symptom::OtherFailure;
use snapshot::Text;

/// The rule of `task.other-failure`.
pub(crate) static RULE: Rule = Rule {
    code: Code("task.other-failure"),
    page: Page {
        title: Text::fixed("The task stopped for another reason", "タスクが別の理由で停止した"),
        what: Text::fixed(
            "The task stopped for a reason that is not about fetching images, secrets, registry credentials, logs or configuration: a program that exits, memory, health checks, placement, capacity, volumes.",
            "タスクは、イメージ、シークレット、レジストリの認証情報、ログ、設定の取得以外の理由 (プログラムの終了、メモリ、ヘルスチェック、配置、容量、ボリュームなど) で停止しました。",
        ),
        why: Text::fixed(
            "The error text says so by its own words; nothing else that was pasted is judged as its cause.",
            "エラーメッセージ自体がそれを示しています。他に貼り付けられた設定を原因とは判定しません。",
        ),
        remedy: Text::fixed("The finding says where to look.", "調べる場所は検出結果に記載されています。"),
        not_this: Text::fixed(
            "`ResourceInitializationError` about secrets, registry, logs or files, and `CannotPullContainerError`, are the other areas of this catalogue.",
            "シークレット、レジストリ、ログ、ファイルに関する `ResourceInitializationError` と `CannotPullContainerError` は、このカタログの他の領域です。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html",
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-errors.html",
        ],
        examples: &["task/other_failure/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let case = judged.case;
    let Some((symptom, at)) = stated(case) else {
        return Vec::new();
    };
    let Some(failure) = symptom.other else {
        return Vec::new();
    };
    // These name no failure of a task: the stopped task says more.
    if case.is_running()
        || matches!(
            failure,
            OtherFailure::SteadyState | OtherFailure::NoReason | OtherFailure::DeploymentFailed | OtherFailure::Rollback
        )
    {
        return Vec::new();
    }
    let mut finding = Finding::new(RULE.code, Status::Fail);
    finding.subject = case
        .task
        .and_then(|task| task.value.task_arn.clone())
        .map(|arn| arn.0)
        .into_iter()
        .collect();
    finding.evidence = vec![at.clone()];
    let (en, ja, look, look_ja) = words(failure);
    let code = symptom.exit_code.map(i64::from).or_else(|| exit_code(case));
    let (code_en, code_ja) = code
        .map(|code| (format!(" Exit code {code}."), format!("終了コードは {code} です。")))
        .unwrap_or_default();
    let command = command(case, failure);
    let impact = Text::fixed("Only reads.", "読み取りのみで、何も変更しません。");
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
            text: Text::new(
                format!("Amazon ECS > Clusters > Tasks > the stopped task. {look}"),
                format!("Amazon ECS >「クラスター」>「タスク」> 停止したタスクを開きます。{look_ja}"),
            ),
            impact,
            verified: false,
            change: None,
        },
    ];
    vec![tell::worded(
        finding,
        Text::fixed(en, ja),
        Text::new(
            format!("{en}: this is not about reaching or reading what the task needs to start."),
            format!("{ja}。起動に必要なものの取得に関する問題ではありません。"),
        ),
        Text::new(
            format!("The error says: {}{code_en} {look}", sentence(&symptom.text)),
            format!("エラー: {}{code_ja}{look_ja}", sentence(&symptom.text)),
        ),
    )]
}

fn sentence(text: &str) -> String {
    let short: String = text.chars().take(200).collect();
    if short.ends_with('.') { short } else { format!("{short}.") }
}

fn exit_code(case: &Case<'_>) -> Option<i64> {
    case.task?
        .value
        .containers
        .iter()
        .find_map(|container| container.exit_code.filter(|code| *code != 0))
}

fn command(case: &Case<'_>, failure: OtherFailure) -> String {
    let region = redefine::region(case);
    let group = || {
        let containers = &case.definition?.value.container_definitions;
        containers
            .iter()
            .find_map(|container| Some(container.log_configuration.as_ref()?.options.get("awslogs-group")?.0.clone()))
    };
    match (failure, group()) {
        (
            OtherFailure::ContainerExited | OtherFailure::OutOfMemory | OtherFailure::ContainerHealthCheck | OtherFailure::DependencyFailed,
            Some(group),
        ) => {
            format!("aws logs filter-log-events --log-group-name {group} --max-items 100{region}")
        }
        (OtherFailure::StoppedByUser, _) => {
            format!("aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=StopTask{region}")
        }
        _ => {
            let task = case
                .task
                .and_then(|task| task.value.task_arn.as_ref())
                .map_or("TASK", |arn| arn.as_str());
            let cluster = case
                .task
                .and_then(|task| task.value.cluster_arn.as_ref())
                .map_or("CLUSTER", |arn| arn.as_str().rsplit('/').next().unwrap_or("CLUSTER"));
            format!("aws ecs describe-tasks --cluster {cluster} --tasks {task}{region}")
        }
    }
}

/// What it is, and where to look, in both languages.
fn words(failure: OtherFailure) -> (&'static str, &'static str, &'static str, &'static str) {
    match failure {
        OtherFailure::OutOfMemory => (
            "A container used more memory than it may",
            "コンテナがメモリ制限を超えた",
            "Raise the memory of the container or the task, or find what uses it; the container's own logs and Container Insights show when.",
            "コンテナまたはタスクのメモリを増やすか、メモリを消費する原因を調べます。コンテナのログと Container Insights で確認できます。",
        ),
        OtherFailure::ContainerExited => (
            "An essential container exited",
            "必須コンテナが終了した",
            "The program itself ended: its logs say why; the exit code is in containers[].exitCode of describe-tasks.",
            "プログラム自体が終了しました。原因はコンテナのログに、終了コードは describe-tasks の containers[].exitCode にあります。",
        ),
        OtherFailure::DependencyFailed => (
            "A container that another one waits for did not get ready",
            "依存先のコンテナが準備完了にならなかった",
            "Look at the logs of the container named in dependsOn.",
            "dependsOn に指定されたコンテナのログを確認します。",
        ),
        OtherFailure::ContainerHealthCheck => (
            "The container's health check failed",
            "コンテナのヘルスチェックに失敗した",
            "Run the health check's command in the container, and compare its start period with how long the program needs.",
            "ヘルスチェックのコマンドをコンテナ内で実行し、startPeriod と起動に必要な時間を比較します。",
        ),
        OtherFailure::LoadBalancerHealthCheck => (
            "The load balancer's health check failed",
            "ロードバランサーのヘルスチェックに失敗した",
            "Compare path, port and expected status of the target group with the program, and let the load balancer's security group in.",
            "ターゲットグループのパス、ポート、成功コードをプログラムと照合し、ロードバランサーのセキュリティグループからの通信を許可します。",
        ),
        OtherFailure::Placement => (
            "No container instance meets what the task asks for",
            "タスクの要件を満たすコンテナインスタンスがない",
            "Compare CPU, memory, ports, attributes and placement constraints with the container instances.",
            "CPU、メモリ、ポート、属性、配置制約をコンテナインスタンスと照合します。",
        ),
        OtherFailure::Capacity => (
            "No capacity at this time",
            "現時点で利用可能な容量がない",
            "Try again later, in more Availability Zones, or with another size.",
            "時間を置くか、アベイラビリティーゾーンを増やすか、別のサイズで再試行します。",
        ),
        OtherFailure::AccountLimit => (
            "A quota of the account was reached",
            "アカウントのクォータに達した",
            "Ask for a higher quota in Service Quotas.",
            "Service Quotas で引き上げをリクエストします。",
        ),
        OtherFailure::AccountBlocked => (
            "The account is blocked",
            "アカウントがブロックされている",
            "Contact AWS Support.",
            "AWS サポートに問い合わせます。",
        ),
        OtherFailure::InstanceLaunch => (
            "An instance for the task could not be launched",
            "タスク用のインスタンスを起動できなかった",
            "The code after the message says why; the infrastructure role and its iam:PassRole are the usual reasons.",
            "メッセージのコードが原因を示します。インフラストラクチャロールと iam:PassRole の設定が原因であることが多くあります。",
        ),
        OtherFailure::NetworkInterface => (
            "The task's network interface was not made or attached in time",
            "タスクの ENI を作成またはアタッチできなかった",
            "Usually passes when tried again; if not, look at the quotas of network interfaces and at ECS's service-linked role.",
            "通常は再試行で解消します。解消しない場合は、ENI のクォータと ECS のサービスにリンクされたロールを確認します。",
        ),
        OtherFailure::SubnetFull => (
            "The subnet has no free address",
            "サブネットに空きアドレスがない",
            "Use a larger subnet or more subnets; AvailableIpAddressCount of describe-subnets shows what is left.",
            "より大きなサブネットを使用するか、サブネットを追加します。残りは describe-subnets の AvailableIpAddressCount で確認できます。",
        ),
        OtherFailure::StorageProvisioning => (
            "The task's storage was not ready in time",
            "タスクのストレージを準備できなかった",
            "Usually passes when tried again; AWS Support can look into it.",
            "通常は再試行で解消します。解消しない場合は AWS サポートに問い合わせます。",
        ),
        OtherFailure::EfsMount => (
            "An Amazon EFS file system could not be mounted",
            "Amazon EFS ファイルシステムをマウントできなかった",
            "Check the mount target in the task's zone, TCP 2049 in its security group, the file system's policy and the access point.",
            "タスクのゾーンのマウントターゲット、セキュリティグループの TCP 2049、ファイルシステムポリシー、アクセスポイントを確認します。",
        ),
        OtherFailure::Volume => (
            "A volume could not be made or attached",
            "ボリュームを作成またはアタッチできなかった",
            "Look at the volume's configuration and the infrastructure role.",
            "ボリュームの設定とインフラストラクチャロールを確認します。",
        ),
        OtherFailure::SpotInterruption => (
            "Spot capacity was taken back",
            "スポット容量が回収された",
            "Nothing is wrong with the task; mix in capacity that is not Spot where that matters.",
            "タスクに問題はありません。必要に応じて、スポット以外の容量を併用します。",
        ),
        OtherFailure::Scaling => (
            "The service's scheduler replaced the task",
            "サービススケジューラがタスクを置き換えた",
            "Nothing failed: a deployment or scaling ended the task.",
            "障害ではありません。デプロイまたはスケーリングによって終了しました。",
        ),
        OtherFailure::StoppedByUser => (
            "Someone stopped the task",
            "ユーザーがタスクを停止した",
            "CloudTrail's StopTask says who.",
            "CloudTrail の StopTask で、停止したユーザーを確認できます。",
        ),
        OtherFailure::HostTerminated => (
            "The host of the task went away",
            "タスクのホストが終了した",
            "Look at the instance's own history: termination, status checks, Auto Scaling activities.",
            "インスタンスの終了、ステータスチェック、Auto Scaling のアクティビティの履歴を確認します。",
        ),
        OtherFailure::ContainerStart => (
            "The container's command could not be run",
            "コンテナのコマンドを実行できなかった",
            "Check entry point, command and file permissions, and that the program is for this processor.",
            "エントリポイント、コマンド、ファイルの権限と、プログラムがこのプロセッサー用であることを確認します。",
        ),
        OtherFailure::ContainerCreate => (
            "The container could not be created",
            "コンテナを作成できなかった",
            "The text after the class word says what the runtime refused: a device, a mount, a name.",
            "エラー名に続くテキストが、ランタイムが拒否した内容 (デバイス、マウント、名前など) を示します。",
        ),
        OtherFailure::EngineTimeout => (
            "The container engine did not answer in time",
            "コンテナエンジンが時間内に応答しなかった",
            "Look at the load and disk of the instance, and restart its container engine.",
            "インスタンスの負荷とディスクを確認し、コンテナエンジンを再起動します。",
        ),
        OtherFailure::AgentStatus => (
            "The agent could not say how the container is",
            "エージェントがコンテナの状態を取得できなかった",
            "Look at the logs of agent and container engine on the instance.",
            "インスタンス上のエージェントとコンテナエンジンのログを確認します。",
        ),
        OtherFailure::TaskRetirement => (
            "AWS retired the task for maintenance",
            "AWS がメンテナンスのためタスクを終了した",
            "Nothing is wrong with the task; services start another one.",
            "タスクに問題はありません。サービスは新しいタスクを起動します。",
        ),
        OtherFailure::Internal => (
            "An internal error of Amazon ECS",
            "Amazon ECS の内部エラー",
            "Try again; AWS Support can look into it if it stays.",
            "再試行します。繰り返す場合は AWS サポートに問い合わせます。",
        ),
        OtherFailure::SteadyState | OtherFailure::NoReason | OtherFailure::DeploymentFailed | OtherFailure::Rollback => (
            "The event names no failure",
            "イベントは障害を示していません",
            "The stopped tasks themselves say why.",
            "停止したタスク自体を確認します。",
        ),
    }
}
