//! `task.platform-too-old`: Fargate platform version, or container agent, too old.

use crate::case::{Case, Family};
use crate::existence::feature::{self, Used};
use crate::existence::{redefine, tell};
use crate::findings::iam::draft::{cli, console};
use crate::findings::instance::describe;
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Change, Fix, Status};
use crate::model::{Code, Finding};
use crate::ranking;
use references::{AgentVersion, Minimum, OperatingSystemFamily, PlatformVersion, Supported, agent_supports, fargate_supports};
use snapshot::ecs::cluster::ContainerInstance;
use snapshot::ecs::task::LaunchType;
use snapshot::order::Order as _;
use snapshot::{Citation, Found, Text};

/// The rule of `task.platform-too-old`.
pub(crate) static RULE: Rule = Rule {
    code: Code("task.platform-too-old"),
    page: Page {
        title: Text::fixed(
            "Platform or agent version too old",
            "プラットフォームまたはエージェントのバージョンが古い",
        ),
        what: Text::fixed(
            "The task uses something that its Fargate platform version, or the container agent of its instance, does not support. Platform versions compare only within Linux or within Windows: Windows 1.0.0 is no older than Linux 1.4.0.",
            "タスクが、Fargate のプラットフォームバージョンまたはインスタンスのコンテナエージェントでサポートされていない機能を使用しています。プラットフォームバージョンの比較は Linux 同士または Windows 同士でのみ意味があります (Windows 1.0.0 は Linux 1.4.0 より古いわけではありません)。",
        ),
        why: Text::fixed(
            "Secrets need Linux 1.3.0 or agent 1.22.0; JSON keys and versions of secrets need Linux 1.4.0 or agent 1.37.0, environment files Linux 1.4.0 or agent 1.39.0. On an older one the start fails, or the reference is misread.",
            "シークレットには Linux 1.3.0 またはエージェント 1.22.0、シークレットの JSON キーとバージョンには Linux 1.4.0 またはエージェント 1.37.0、環境ファイルには Linux 1.4.0 またはエージェント 1.39.0 が必要です。より古いバージョンでは起動に失敗するか、参照が正しく解釈されません。",
        ),
        remedy: Text::fixed(
            "Deploy with platform version LATEST or 1.4.0; on instances, update the container agent or launch new instances from the current Amazon ECS-optimized AMI.",
            "プラットフォームバージョン LATEST または 1.4.0 でデプロイします。インスタンスでは、コンテナエージェントを更新するか、最新の Amazon ECS 最適化 AMI から新しいインスタンスを起動します。",
        ),
        not_this: Text::fixed(
            "Where the agent does not announce a capability that the task requires, ECS does not place the task there: the service says that no container instance met all of its requirements.",
            "タスクに必要な機能をエージェントが通知していない場合、ECS はタスクを配置しません。サービスのイベントには、要件を満たすコンテナインスタンスがないと表示されます。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-fargate.html",
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html",
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html",
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-agent-update.html",
        ],
        examples: &["task/platform_too_old/fault", "task/platform_too_old/agent"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let case = judged.case;
    if case.is_running() {
        return Vec::new();
    }
    let finding = match case.launch {
        Some(LaunchType::Fargate) => platform(judged),
        // The agents of managed instances are kept up to date by AWS.
        Some(LaunchType::ManagedInstances) => None,
        _ => agent(judged),
    };
    finding.into_iter().collect()
}

fn platform(judged: &Judged<'_>) -> Option<Finding> {
    let case = judged.case;
    let version = case.platform.version.as_deref().and_then(PlatformVersion::parse)?;
    let family = match case.platform.family {
        Family::Linux => OperatingSystemFamily::Linux,
        Family::Windows => OperatingSystemFamily::Windows { build: None },
    };
    let mut unsupported = feature::used(judged, case.definition?);
    unsupported.retain(|used| fargate_supports(used.feature, family, version) == Supported::No);
    let said_by = match (case.task, case.service) {
        (Some(task), _) => Some(task.member("platformVersion")),
        (None, Some(service)) => Some(service.member("platformVersion")),
        (None, None) => None,
    };
    let mut finding = unsupported_by(judged, &unsupported, Status::Fail, said_by)?;
    finding.fixes = if family.is_windows() { without(case) } else { newer_platform(case) };
    let system = if family.is_windows() { "Windows" } else { "Linux" };
    let names = feature::names(&unsupported);
    Some(tell::worded(
        finding,
        Text::new(
            format!("{system} platform version {version} does not support {}", names.en),
            format!(
                "{system} プラットフォームバージョン {version} は {} をサポートしていません",
                names.ja
            ),
        ),
        Text::fixed(
            "The task runs on a platform version that is too old for its task definition.",
            "タスクのプラットフォームバージョンが、タスク定義に対して古すぎます。",
        ),
        Text::new(
            format!(
                "The task definition uses {}; platform version {version} of {system} on Fargate does not support it.",
                names.en
            ),
            format!(
                "タスク定義は {} を使用していますが、Fargate の {system} プラットフォームバージョン {version} ではサポートされていません。",
                names.ja
            ),
        ),
    ))
}

/// The agent of the task's own container instance; of an instance that was not chosen yet nothing is said.
fn agent(judged: &Judged<'_>) -> Option<Finding> {
    let case = judged.case;
    let arn = case.task?.value.container_instance_arn.as_ref()?;
    let mut used = feature::used(judged, case.definition?);
    let instance = case.snapshot.ecs.container_instances.get(arn);
    let version = instance.and_then(|instance| instance.value.version_info.as_ref()?.agent_version.clone());
    let Some((instance, version)) = instance.zip(version.as_deref().and_then(AgentVersion::parse)) else {
        used.retain(|used| matches!(used.feature.agent(), Minimum::Version(_)));
        let mut finding = unsupported_by(judged, &used, Status::Unknown, None)?;
        let possible = case.symptom.as_ref().is_some_and(|symptom| ranking::explains(&finding, symptom));
        finding.missing = vec![describe(case, arn).into()];
        return possible.then(|| unseen(finding, &used));
    };
    used.retain(|used| agent_supports(used.feature, version) == Supported::No);
    let said_by = instance.member("versionInfo");
    let mut finding = unsupported_by(judged, &used, Status::Fail, Some(said_by))?;
    let needed = used.iter().filter_map(|used| match used.feature.agent() {
        Minimum::Version(version) => Some(version),
        Minimum::Never | Minimum::Undocumented => None,
    });
    let needed = needed.max()?;
    finding.fixes = newer_agent(case, instance, needed);
    let names = feature::names(&used);
    Some(tell::worded(
        finding,
        Text::new(
            format!("Container agent {version} does not support {}", names.en),
            format!("コンテナエージェント {version} は {} をサポートしていません", names.ja),
        ),
        Text::fixed(
            "The agent of the task's container instance is too old for its task definition.",
            "タスクのコンテナインスタンスのエージェントが、タスク定義に対して古すぎます。",
        ),
        Text::new(
            format!(
                "The task uses {}, for which the container agent must be {needed} or later; the instance's is {version}.",
                names.en
            ),
            format!(
                "タスクは {} を使用しており、コンテナエージェント {needed} 以降が必要ですが、インスタンスのバージョンは {version} です。",
                names.ja
            ),
        ),
    ))
}

/// The finding about these, in no words yet; `None` where there are none.
fn unsupported_by(judged: &Judged<'_>, used: &[Used], status: Status, said_by: Option<Citation>) -> Option<Finding> {
    if used.is_empty() {
        return None;
    }
    let case = judged.case;
    let mut finding = Finding::new(RULE.code, status);
    let subject = case
        .task
        .and_then(|task| task.value.task_arn.clone())
        .or_else(|| case.definition?.value.task_definition_arn.clone());
    finding.subject = subject.map(|arn| arn.0).into_iter().collect();
    finding.evidence = said_by.into_iter().collect();
    for used in used {
        tell::push(&mut finding.evidence, used.at.clone());
        used.affects.iter().for_each(|key| tell::push(&mut finding.affects, key.clone()));
    }
    finding.affects.in_order();
    Some(finding)
}

fn unseen(finding: Finding, used: &[Used]) -> Finding {
    let names = feature::names(used);
    tell::worded(
        finding,
        Text::fixed(
            "Whether the instance's agent is recent enough is not known",
            "インスタンスのエージェントのバージョンが十分に新しいかどうかは未確認です",
        ),
        Text::fixed(
            "The version of the container agent on the task's instance was not pasted.",
            "タスクのインスタンスのコンテナエージェントのバージョンが貼り付けられていません。",
        ),
        Text::new(
            format!(
                "The task uses {}, which old container agents do not support; versionInfo.agentVersion shows the version.",
                names.en
            ),
            format!(
                "タスクは {} を使用しており、古いコンテナエージェントではサポートされていません。versionInfo.agentVersion でバージョンを確認できます。",
                names.ja
            ),
        ),
    )
}

fn newer_platform(case: &Case<'_>) -> Vec<Fix> {
    let command = match redefine::restart(case).trim_start() {
        "" => "aws ecs run-task --platform-version LATEST …".to_owned(),
        restart => format!("{restart} --platform-version LATEST"),
    };
    let steps = Text::fixed(
        "Amazon ECS > Clusters > the service > Update service > Compute configuration: platform version LATEST.",
        "Amazon ECS >「クラスター」> サービス >「サービスを更新」>「コンピューティング設定」でプラットフォームバージョンを LATEST にします。",
    );
    let impact = Text::fixed(
        "The service's tasks are replaced. From 1.4.0 on the task's own network interface fetches image and secrets, so the VPC must let it reach them.",
        "サービスのタスクが置き換えられます。1.4.0 以降では、イメージとシークレットの取得にタスク自身の ENI が使用されるため、VPC から到達できる必要があります。",
    );
    let change = latest(case);
    vec![
        cli(command, impact.clone(), Some(change.clone())),
        console(steps, impact, Some(change)),
    ]
}

/// Windows on Fargate has no version that supports it.
fn without(case: &Case<'_>) -> Vec<Fix> {
    let command = format!(
        "aws ecs register-task-definition --cli-input-json file://task-definition.json{}",
        redefine::region(case)
    );
    let steps = Text::fixed(
        "Amazon ECS > Task definitions > Create new revision: take out what is not supported.",
        "Amazon ECS >「タスク定義」>「新しいリビジョンの作成」で、サポートされない機能を削除します。",
    );
    let impact = Text::fixed(
        "A new revision without what Windows on Fargate does not offer.",
        "Fargate の Windows でサポートされない機能を除いた新しいリビジョンが作成されます。",
    );
    vec![cli(command, impact.clone(), None), console(steps, impact, None)]
}

/// ECS updates the agent itself only where ecs-init runs it; Windows and ECS Anywhere have ways of their own.
fn newer_agent(case: &Case<'_>, instance: &Found<ContainerInstance>, needed: AgentVersion) -> Vec<Fix> {
    let arn = instance.value.container_instance_arn.clone();
    let name = arn.as_ref().map(|arn| arn.as_str()).unwrap_or_default();
    let cluster = redefine::cluster(case).unwrap_or_else(|| "CLUSTER".to_owned());
    let by_ecs = case.launch != Some(LaunchType::External) && case.platform.family == Family::Linux;
    let target = arn.clone();
    let change = Change::new(move |snapshot| {
        snapshot.ecs.container_instances.edit(|instance| {
            if instance.container_instance_arn == target
                && let Some(versions) = &mut instance.version_info
            {
                versions.agent_version = Some(needed.to_string());
            }
        });
    });
    let region = redefine::region(case);
    let command = if by_ecs {
        format!("aws ecs update-container-agent --cluster {cluster} --container-instance {name}{region}")
    } else {
        format!("aws ecs update-container-instances-state --cluster {cluster} --container-instances {name} --status DRAINING{region}")
    };
    let (steps, impact) = if by_ecs {
        (
            Text::new(
                format!(
                    "Amazon ECS > Clusters > {cluster} > Infrastructure > the container instance > Actions > Update agent; where the AMI has no ecs-init, launch a new instance from the current Amazon ECS-optimized AMI."
                ),
                format!(
                    "Amazon ECS >「クラスター」> {cluster} >「インフラストラクチャ」> コンテナインスタンス >「アクション」>「エージェントを更新」を選択します。AMI に ecs-init がない場合は、最新の Amazon ECS 最適化 AMI から新しいインスタンスを起動します。"
                ),
            ),
            Text::fixed(
                "The agent is replaced and restarts; running tasks are not interrupted.",
                "エージェントが更新され、再起動します。実行中のタスクは中断されません。",
            ),
        )
    } else {
        (
            Text::new(
                format!(
                    "Drain the instance (Amazon ECS > Clusters > {cluster} > Infrastructure > Actions > Drain), install agent {needed} or later on it or bring up a new instance with one, and set it to ACTIVE."
                ),
                format!(
                    "インスタンスをドレインし (Amazon ECS >「クラスター」> {cluster} >「インフラストラクチャ」>「アクション」>「ドレイン」)、エージェント {needed} 以降をインストールするか、そのバージョンの新しいインスタンスを用意してから ACTIVE に戻します。"
                ),
            ),
            Text::fixed(
                "Tasks of services on the instance move to other instances.",
                "このインスタンス上のサービスのタスクは、ほかのインスタンスに移動します。",
            ),
        )
    };
    let change = by_ecs.then_some(change);
    vec![cli(command, impact.clone(), change.clone()), console(steps, impact, change)]
}

/// The task, and its service, on the platform version that LATEST stands for on Linux.
fn latest(case: &Case<'_>) -> Change {
    const LATEST: &str = "1.4.0";
    let task = case.task.and_then(|task| task.value.task_arn.clone());
    let service = case.service.and_then(|service| service.value.service_arn.clone());
    Change::new(move |snapshot| {
        snapshot.ecs.tasks.edit(|found| {
            if found.task_arn == task {
                found.platform_version = Some(LATEST.to_owned());
            }
        });
        snapshot.ecs.services.edit(|found| {
            if found.service_arn == service {
                found.platform_version = Some(LATEST.to_owned());
            }
        });
    })
}
