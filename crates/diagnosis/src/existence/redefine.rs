//! The remedy of a wrong reference: a new revision of the task definition with one text changed.

use crate::case::Case;
use crate::model::{Change, Fix, FixKind};
use crate::requirements::{Use, UseKind};
use references::Arn;
use snapshot::Text;
use snapshot::ecs::definition::{ContainerDefinition, TaskDefinition};

/// Takes away what `describe-task-definition` adds and `register-task-definition` refuses.
const STRIPPED: &str =
    "del(.taskDefinitionArn, .revision, .status, .requiresAttributes, .compatibilities, .registeredAt, .registeredBy, .deregisteredAt)";

/// The commands and the console's steps that put `corrected` in the place of a use's text, with the change that verifies them.
#[must_use]
pub fn fixes(case: &Case<'_>, used: &Use, corrected: &str) -> Vec<Fix> {
    let corrected = &used.naming(corrected);
    let Some(definition) = case.definition else {
        return Vec::new();
    };
    let name = definition
        .value
        .family_and_revision()
        .unwrap_or_else(|| definition.value.family.clone().unwrap_or_default());
    let family = definition
        .value
        .family
        .clone()
        .unwrap_or_else(|| name.split(':').next().unwrap_or_default().to_owned());
    let mut command = format!(
        "aws ecs describe-task-definition --task-definition {name}{region} --query taskDefinition --output json \\\n  | jq {filter} > task-definition.json\n\
         aws ecs register-task-definition --cli-input-json file://task-definition.json{region}",
        region = region(case),
        filter = quoted(&format!("{} | {STRIPPED}", assignment(used, corrected))),
    );
    command.push_str(&redeploy(case, &family));
    let label = used.label();
    let change = {
        let (arn, used, corrected) = (definition.value.task_definition_arn.clone(), used.clone(), corrected.to_owned());
        Change::new(move |snapshot| {
            snapshot.ecs.task_definitions.edit(|definition: &mut TaskDefinition| {
                if definition.task_definition_arn == arn {
                    definition
                        .container_definitions
                        .iter_mut()
                        .for_each(|container| replace(container, &used, &corrected));
                }
            });
        })
    };
    vec![
        Fix {
            kind: FixKind::AwsCli,
            text: Text::new(command.clone(), command),
            impact: impact(case),
            verified: false,
            change: Some(change.clone()),
        },
        Fix {
            kind: FixKind::Console,
            text: Text::new(
                format!(
                    "Amazon ECS > Task definitions > {family} > Create new revision: set the {} to {corrected} and create the revision. {}",
                    label.en,
                    service_step(case, true)
                ),
                format!(
                    "Amazon ECS >「タスク定義」> {family} >「新しいリビジョンの作成」で、{}を {corrected} に変更してリビジョンを作成します。{}",
                    spaced(&label.ja),
                    service_step(case, false)
                ),
            ),
            impact: impact(case),
            verified: false,
            change: Some(change),
        },
    ]
}

/// What the person puts in the place of a text that does not tell what was meant.
const OPEN: &str = "CORRECT_REFERENCE";

/// The same for a text that is written wrongly; where what was meant is not known, the person fills it in, and nothing can be verified.
#[must_use]
pub fn rewrite(case: &Case<'_>, used: &Use, meant: Option<&str>) -> Vec<Fix> {
    let mut fixes = fixes(case, used, meant.unwrap_or(OPEN));
    if meant.is_none() {
        fixes.iter_mut().for_each(|fix| fix.change = None);
    }
    fixes
}

/// The commands that give the task that much ephemeral storage.
#[must_use]
pub fn storage(case: &Case<'_>, gib: i64) -> String {
    let Some(definition) = case.definition else {
        return String::new();
    };
    let name = definition.value.family_and_revision().unwrap_or_default();
    let family = definition.value.family.clone().unwrap_or_default();
    let filter = quoted(&format!(".ephemeralStorage = {{\"sizeInGiB\": {gib}}} | {STRIPPED}"));
    format!(
        "aws ecs describe-task-definition --task-definition {name}{region} --query taskDefinition --output json \\\n  | jq {filter} > task-definition.json\n\
         aws ecs register-task-definition --cli-input-json file://task-definition.json{region}{}",
        redeploy(case, &family),
        region = region(case),
    )
}

/// A half-width space stands after Latin letters, none after Japanese ones.
fn spaced(label: &str) -> String {
    let space = if label.ends_with(|c: char| c.is_ascii()) { " " } else { "" };
    format!("{label}{space}")
}

/// The commands that start the service's tasks anew from the newest revision.
#[must_use]
pub fn redeploy(case: &Case<'_>, family: &str) -> String {
    match (service(case), cluster(case)) {
        (Some(service), Some(cluster)) => {
            format!(
                "\naws ecs update-service --cluster {cluster} --service {service} --task-definition {family}{}",
                region(case)
            )
        }
        _ => String::new(),
    }
}

/// ` --region us-east-1`, or nothing where it is not known.
#[must_use]
pub fn region(case: &Case<'_>) -> String {
    case.region
        .as_deref()
        .map(|region| format!(" --region {region}"))
        .unwrap_or_default()
}

/// The same for a thing that is not the task's own: the Region of its ARN, where it is one.
#[must_use]
pub fn region_of(case: &Case<'_>, resource: &str) -> String {
    match Arn::parse(resource).ok().and_then(|arn| arn.region()) {
        Some(own) => format!(" --region {own}"),
        None => region(case),
    }
}

/// The command that starts the service's tasks anew without changing its task definition; empty without a service.
#[must_use]
pub fn restart(case: &Case<'_>) -> String {
    match (service(case), cluster(case)) {
        (Some(service), Some(cluster)) => format!(
            "\naws ecs update-service --cluster {cluster} --service {service} --force-new-deployment{}",
            region(case)
        ),
        _ => String::new(),
    }
}

fn service(case: &Case<'_>) -> Option<String> {
    case.service
        .and_then(|service| service.value.service_name.clone())
        .or_else(|| case.task?.value.service_name().map(str::to_owned))
}

/// The name of the task's cluster, else of its service's.
pub(crate) fn cluster(case: &Case<'_>) -> Option<String> {
    let arn = case
        .task
        .and_then(|task| task.value.cluster_arn.clone())
        .or_else(|| case.service?.value.cluster_arn.clone())?;
    arn.as_str().rsplit('/').next().map(str::to_owned)
}

fn service_step(case: &Case<'_>, english: bool) -> String {
    match (service(case), english) {
        (Some(service), true) => format!("Then update service {service} to the new revision."),
        (Some(service), false) => {
            format!("続いて、サービス {service} を新しいリビジョンに更新します。")
        }
        (None, true) => "Then run the task again with the new revision.".to_owned(),
        (None, false) => "続いて、新しいリビジョンでタスクを再実行します。".to_owned(),
    }
}

fn impact(case: &Case<'_>) -> Text {
    match service(case) {
        Some(service) => Text::new(
            format!("A new revision; the tasks of service {service} are replaced by a deployment. No cost."),
            format!("新しいリビジョンが作成され、サービス {service} のタスクはデプロイによって置き換えられます。追加料金はかかりません。"),
        ),
        None => Text::fixed(
            "A new revision; running tasks stay as they are. No cost.",
            "新しいリビジョンが作成されます。実行中のタスクには影響しません。追加料金はかかりません。",
        ),
    }
}

/// The jq assignment that changes the use's text.
fn assignment(used: &Use, corrected: &str) -> String {
    let container = format!(".containerDefinitions[] | select(.name == {})", json(&used.container));
    let by_name = |list: &str| {
        format!(
            "({container} | {list}[] | select(.name == {})).valueFrom",
            json(used.variable.as_deref().unwrap_or_default())
        )
    };
    let place = match used.kind {
        UseKind::Image => format!("({container}).image"),
        UseKind::Secret => by_name(".secrets"),
        UseKind::SecretOption => by_name(".logConfiguration.secretOptions"),
        UseKind::Credentials => format!("({container}).repositoryCredentials.credentialsParameter"),
        UseKind::EnvironmentFile => format!("({container} | .environmentFiles[] | select(.value == {})).value", json(&used.text)),
        UseKind::FirelensConfig => format!("({container}).firelensConfiguration.options[\"config-file-value\"]"),
        UseKind::CredentialSpec => format!(
            "({container} | (.credentialSpecs, .dockerSecurityOptions)[]? | select(. == {}))",
            json(&used.text)
        ),
        UseKind::LogGroup => format!("({container}).logConfiguration.options[\"awslogs-group\"]"),
    };
    format!("{place} = {}", json(corrected))
}

/// A JSON string.
fn json(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// One word of bash.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

fn replace(container: &mut ContainerDefinition, used: &Use, corrected: &str) {
    if container.name.as_deref().unwrap_or_default() != used.container {
        return;
    }
    let set = |text: &mut Option<String>| {
        if text.as_deref() == Some(used.text.as_str()) {
            *text = Some(corrected.to_owned());
        }
    };
    match used.kind {
        UseKind::Image => set(&mut container.image),
        UseKind::Secret => container.secrets.iter_mut().for_each(|secret| set(&mut secret.value_from)),
        UseKind::SecretOption => {
            container
                .log_configuration
                .iter_mut()
                .flat_map(|logging| &mut logging.secret_options)
                .for_each(|secret| set(&mut secret.value_from));
        }
        UseKind::Credentials => container
            .repository_credentials
            .iter_mut()
            .for_each(|credentials| set(&mut credentials.credentials_parameter)),
        UseKind::EnvironmentFile => container.environment_files.iter_mut().for_each(|file| set(&mut file.value)),
        UseKind::CredentialSpec => {
            let lists = container.credential_specs.iter_mut().chain(&mut container.docker_security_options);
            lists.filter(|text| **text == used.text).for_each(|text| corrected.clone_into(text));
        }
        UseKind::FirelensConfig => {
            let options = container.firelens_configuration.as_mut().map(|firelens| &mut firelens.options);
            if let Some(value) = options.and_then(|options| options.get_mut("config-file-value")) {
                corrected.clone_into(&mut value.0);
            }
        }
        UseKind::LogGroup => {
            if let Some(group) = container
                .log_configuration
                .as_mut()
                .and_then(|logging| logging.options.get_mut("awslogs-group"))
            {
                corrected.clone_into(&mut group.0);
            }
        }
    }
}
