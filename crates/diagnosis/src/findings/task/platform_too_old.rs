//! `task.platform-too-old`: platform version too old.

use crate::case::{Case, Family};
use crate::existence::{redefine, tell};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Change, DestinationKey, Fix, FixKind, Status};
use crate::model::{Code, Finding};
use crate::requirements::UseKind;
use references::{Feature, OperatingSystemFamily, PlatformVersion, Supported, ValueFrom, fargate_supports};
use snapshot::Text;
use snapshot::ecs::definition::TaskDefinition;
use snapshot::ecs::task::LaunchType;
use snapshot::order::Order as _;
use snapshot::{Citation, Found};

/// The rule of `task.platform-too-old`.
pub(crate) static RULE: Rule = Rule {
    code: Code("task.platform-too-old"),
    page: Page {
        title: Text::fixed("Platform version too old", "プラットフォームのバージョンが古い"),
        what: Text::fixed(
            "The task uses something that its Fargate platform version does not support. Platform versions compare only within Linux or within Windows: Windows 1.0.0 is no older than Linux 1.4.0.",
            "タスクが、Fargate のプラットフォームバージョンでサポートされていない機能を使用しています。バージョンの比較は Linux 同士または Windows 同士でのみ意味があります (Windows 1.0.0 は Linux 1.4.0 より古いわけではありません)。",
        ),
        why: Text::fixed(
            "Secrets need Linux 1.3.0, JSON keys and versions of secrets, environment files and EFS need Linux 1.4.0. On an older platform the start fails, or the reference is misread.",
            "シークレットには Linux 1.3.0、シークレットの JSON キーとバージョン、環境ファイル、EFS には Linux 1.4.0 が必要です。古いプラットフォームでは起動に失敗するか、参照が正しく解釈されません。",
        ),
        remedy: Text::fixed(
            "Deploy with platform version LATEST or 1.4.0.",
            "プラットフォームバージョン LATEST または 1.4.0 でデプロイします。",
        ),
        not_this: Text::fixed(
            "An agent that is too old on an EC2 instance lacks the capability, so the task is not placed there.",
            "EC2 インスタンスのエージェントが古い場合は、必要な機能がないためタスクが配置されません。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-fargate.html",
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html",
        ],
        examples: &["task/platform_too_old/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let case = judged.case;
    let (Some(version), Some(definition)) = (case.platform.version.as_deref().and_then(PlatformVersion::parse), case.definition) else {
        return Vec::new();
    };
    if case.launch != Some(LaunchType::Fargate) || case.is_running() {
        return Vec::new();
    }
    let family = match case.platform.family {
        Family::Linux => OperatingSystemFamily::Linux,
        Family::Windows => OperatingSystemFamily::Windows { build: None },
    };
    let unsupported: Vec<Used> = features(judged, definition)
        .into_iter()
        .filter(|used| fargate_supports(used.feature, family, version) == Supported::No)
        .collect();
    if unsupported.is_empty() {
        return Vec::new();
    }
    let mut finding = Finding::new(RULE.code, Status::Fail);
    let subject = case
        .task
        .and_then(|task| task.value.task_arn.clone())
        .or_else(|| definition.value.task_definition_arn.clone());
    finding.subject = subject.map(|arn| arn.0).into_iter().collect();
    let said_by = match (case.task, case.service) {
        (Some(task), _) => Some(task.member("platformVersion")),
        (None, Some(service)) => Some(service.member("platformVersion")),
        (None, None) => None,
    };
    finding.evidence = said_by.into_iter().collect();
    for used in &unsupported {
        if !finding.evidence.contains(&used.at) {
            finding.evidence.push(used.at.clone());
        }
        if let Some(key) = &used.affects
            && !finding.affects.contains(key)
        {
            finding.affects.push(key.clone());
        }
    }
    finding.affects.in_order();
    let mut names: Vec<Text> = unsupported.iter().map(|used| words(used.feature)).collect();
    names.dedup();
    let en = names.iter().map(|text| text.en.as_ref()).collect::<Vec<_>>().join(", ");
    let ja = names.iter().map(|text| text.ja.as_ref()).collect::<Vec<_>>().join("、");
    let system = if family.is_windows() { "Windows" } else { "Linux" };
    let command = match redefine::restart(case).trim_start() {
        "" => "aws ecs run-task --platform-version LATEST …".to_owned(),
        restart => format!("{restart} --platform-version LATEST"),
    };
    let impact = Text::fixed(
        "The service's tasks are replaced. From 1.4.0 on the task's own network interface fetches image and secrets, so the VPC must let it reach them.",
        "サービスのタスクが置き換えられます。1.4.0 以降では、イメージとシークレットの取得にタスク自身の ENI が使用されるため、VPC から到達できる必要があります。",
    );
    if !family.is_windows() {
        let change = latest(case);
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
                text: Text::fixed(
                    "Amazon ECS > Clusters > the service > Update service > Compute configuration: platform version LATEST.",
                    "Amazon ECS >「クラスター」> サービス >「サービスを更新」>「コンピューティング設定」でプラットフォームバージョンを LATEST にします。",
                ),
                impact,
                verified: false,
                change: Some(change),
            },
        ];
    } else {
        let impact = Text::fixed(
            "A new revision without what Windows on Fargate does not offer.",
            "Fargate の Windows でサポートされない機能を除いた新しいリビジョンが作成されます。",
        );
        let command = format!(
            "aws ecs register-task-definition --cli-input-json file://task-definition.json{}",
            redefine::region(case)
        );
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
                text: Text::fixed(
                    "Amazon ECS > Task definitions > Create new revision: take out what is not supported.",
                    "Amazon ECS >「タスク定義」>「新しいリビジョンの作成」で、サポートされない機能を削除します。",
                ),
                impact,
                verified: false,
                change: None,
            },
        ];
    }
    vec![tell::worded(
        finding,
        Text::new(
            format!("{system} platform version {version} does not support {en}"),
            format!("{system} プラットフォームバージョン {version} は {ja} をサポートしていません"),
        ),
        Text::fixed(
            "The task runs on a platform version that is too old for its task definition.",
            "タスクのプラットフォームバージョンが、タスク定義に対して古すぎます。",
        ),
        Text::new(
            format!("The task definition uses {en}; platform version {version} of {system} on Fargate does not support it."),
            format!(
                "タスク定義は {ja} を使用していますが、Fargate の {system} プラットフォームバージョン {version} ではサポートされていません。"
            ),
        ),
    )]
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

/// Something of the task definition that needs a platform version.
struct Used {
    feature: Feature,
    at: Citation,
    affects: Option<DestinationKey>,
}

fn features(judged: &Judged<'_>, definition: &Found<TaskDefinition>) -> Vec<Used> {
    let mut found = Vec::new();
    for destination in &judged.destinations {
        for reference in &destination.references {
            let used = &reference.used;
            let feature = match used.kind {
                UseKind::Credentials => Feature::PrivateRegistry,
                UseKind::EnvironmentFile => Feature::EnvironmentFiles,
                UseKind::Secret | UseKind::SecretOption => match ValueFrom::parse(&used.text).map(|parsed| parsed.value) {
                    Ok(ValueFrom::Secret(secret)) if secret.has_parameters() => Feature::SecretJsonKeyOrVersion,
                    _ => Feature::Secrets,
                },
                UseKind::Image | UseKind::LogGroup | UseKind::FirelensConfig | UseKind::CredentialSpec => continue,
            };
            found.push(Used {
                feature,
                at: used.at.clone(),
                affects: Some(destination.requirement.key.clone()),
            });
        }
    }
    if let Some(index) = definition
        .value
        .volumes
        .iter()
        .position(|volume| volume.efs_volume_configuration.is_some())
    {
        found.push(Used {
            feature: Feature::EfsVolume,
            at: definition.element("volumes", index),
            affects: None,
        });
    }
    if definition.value.ephemeral_storage.is_some() {
        found.push(Used {
            feature: Feature::EphemeralStorage,
            at: definition.member("ephemeralStorage"),
            affects: None,
        });
    }
    found.in_order_by_key(|used| used.feature);
    found
}

fn words(feature: Feature) -> Text {
    match feature {
        Feature::PrivateRegistry => Text::fixed("private registry credentials", "プライベートレジストリの認証情報"),
        Feature::Secrets => Text::fixed("secrets", "シークレット"),
        Feature::SecretJsonKeyOrVersion => Text::fixed("JSON keys or versions of secrets", "シークレットの JSON キーまたはバージョン"),
        Feature::EnvironmentFiles => Text::fixed("environment files", "環境ファイル"),
        Feature::EfsVolume => Text::fixed("EFS volumes", "EFS ボリューム"),
        Feature::EphemeralStorage => Text::fixed("a set size of ephemeral storage", "エフェメラルストレージのサイズ指定"),
        Feature::Exec => Text::fixed("ECS Exec", "ECS Exec"),
        Feature::Ipv6OnlySubnet => Text::fixed("subnets without IPv4", "IPv4 のないサブネット"),
    }
}
