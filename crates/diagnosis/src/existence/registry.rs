//! Registries other than Amazon ECR: which pull an error is about, and the credentials that were sent.

use super::redefine;
use crate::case::Case;
use crate::judged::Judged;
use crate::model::{DestinationKey, Fix, FixKind};
use crate::requirements::{Use, UseKind};
use references::{ImageReference, Registry};
use snapshot::{Call, Citation, Need, Operation, Text};

/// A pull from a registry that an error is about.
#[derive(Clone, Debug)]
pub struct Pull {
    /// The image as the task definition, or the error, writes it.
    pub image: String,
    /// The registry's host.
    pub host: String,
    /// The destination.
    pub key: DestinationKey,
    /// The container, where known.
    pub container: Option<String>,
    /// Where the image stands.
    pub at: Option<Citation>,
    /// The container's credentials, where it has some.
    pub credentials: Option<Use>,
}

/// The pull that the error text names, else the only one from a registry other than Amazon ECR private.
#[must_use]
pub fn pull(judged: &Judged<'_>) -> Option<Pull> {
    let symptom = judged.case.symptom.as_ref()?;
    let quoted = symptom.quoted.image.as_deref();
    let mut images: Vec<(&Use, &DestinationKey)> = Vec::new();
    for destination in &judged.destinations {
        for reference in &destination.references {
            if reference.used.kind == UseKind::Image && matches!(destination.requirement.key, DestinationKey::Registry(_)) {
                images.push((&reference.used, &destination.requirement.key));
            }
        }
    }
    let same = |text: &str| quoted.is_some_and(|quoted| canonical(quoted) == canonical(text));
    let named = images
        .iter()
        .find(|(used, _)| same(&used.text))
        .or(match (quoted, images.as_slice()) {
            (None, [one]) => Some(one),
            _ => None,
        });
    if let Some((used, key)) = named {
        let credentials = credentials(judged).into_iter().find(|other| other.container == used.container);
        return Some(Pull {
            image: used.text.clone(),
            host: host(&used.text)?,
            key: (*key).clone(),
            container: Some(used.container.clone()),
            at: Some(used.at.clone()),
            credentials,
        });
    }
    let image = quoted?;
    let parsed = ImageReference::parse(image).ok()?.value;
    if parsed.registry.ecr().is_some() {
        return None;
    }
    let key = DestinationKey::Registry(parsed.registry.pull_hosts().into_iter().next()?);
    Some(Pull {
        image: image.to_owned(),
        host: parsed.registry.host(),
        key,
        container: None,
        at: None,
        credentials: None,
    })
}

/// Registry, repository and tag, however they are written.
fn canonical(text: &str) -> String {
    ImageReference::parse(text).map_or_else(
        |_| text.to_owned(),
        |parsed| {
            let image = parsed.value;
            format!(
                "{}/{}:{}",
                image.registry.host(),
                image.repository,
                image.tag.as_deref().unwrap_or("latest")
            )
        },
    )
}

fn host(image: &str) -> Option<String> {
    Some(ImageReference::parse(image).ok()?.value.registry.host())
}

/// Every `repositoryCredentials` of the task definition.
#[must_use]
pub fn credentials(judged: &Judged<'_>) -> Vec<Use> {
    let references = judged.destinations.iter().flat_map(|destination| &destination.references);
    references
        .filter(|reference| reference.used.kind == UseKind::Credentials)
        .map(|reference| reference.used.clone())
        .collect()
}

/// The destinations that images are pulled from.
#[must_use]
pub fn of_images(judged: &Judged<'_>) -> Vec<DestinationKey> {
    let mut keys: Vec<DestinationKey> = Vec::new();
    for destination in &judged.destinations {
        let images = destination.references.iter().any(|reference| reference.used.kind == UseKind::Image);
        if images && !keys.contains(&destination.requirement.key) {
            keys.push(destination.requirement.key.clone());
        }
    }
    if keys.is_empty() { vec![DestinationKey::EcrDkr] } else { keys }
}

/// What shows whether an image without a registry was meant to be in Amazon ECR; `None` where it names its registry.
#[must_use]
pub fn meant_for_ecr(case: &Case<'_>, pull: &Pull) -> Option<Need> {
    let image = ImageReference::parse(&pull.image).ok()?.value;
    if image.registry != Registry::DockerHub {
        return None;
    }
    let name = image.repository.strip_prefix("library/").unwrap_or(&image.repository);
    Some(
        Call::new(Operation::EcrDescribeRepositories)
            .option("repository-names", name)
            .in_region(case.region.as_deref())
            .into(),
    )
}

/// A secret with credentials, named in the task definition.
#[must_use]
pub fn credentials_fixes(case: &Case<'_>, pull: &Pull) -> Vec<Fix> {
    let name = format!("registry/{}", pull.host.replace(':', "-"));
    let command = format!(
        "aws secretsmanager create-secret --name {name} --secret-string file://credentials.json{}\n\
         # credentials.json: {{\"username\": \"…\", \"password\": \"…\"}}; then, in the container definition:\n\
         # \"repositoryCredentials\": {{\"credentialsParameter\": \"THE SECRET'S ARN\"}}",
        redefine::region(case)
    );
    let impact = Text::fixed(
        "A new secret, billed per month; the task execution role needs secretsmanager:GetSecretValue on it. A new revision of the task definition.",
        "シークレットが新規作成され、月額料金が発生します。タスク実行ロールに secretsmanager:GetSecretValue が必要です。タスク定義の新しいリビジョンが作成されます。",
    );
    let container = pull.container.as_deref().unwrap_or_default();
    vec![
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
                format!(
                    "Amazon ECS > Task definitions > Create new revision > Container {container}: turn on private registry and give the secret's ARN."
                ),
                format!(
                    "Amazon ECS >「タスク定義」>「新しいリビジョンの作成」> コンテナ {container} で「プライベートレジストリ」を有効にし、シークレットの ARN を指定します。"
                ),
            ),
            impact,
            verified: false,
            change: None,
        },
    ]
}

/// A new value of the secret with credentials.
#[must_use]
pub fn secret_fixes(case: &Case<'_>, secret: &str) -> Vec<Fix> {
    let command = format!(
        "aws secretsmanager put-secret-value --secret-id {secret} --secret-string file://credentials.json{}{}\n# credentials.json: {{\"username\": \"…\", \"password\": \"…\"}}",
        redefine::region(case),
        redefine::restart(case)
    );
    let impact = Text::fixed(
        "A new version of the secret becomes current for everything that reads it.",
        "シークレットの新しいバージョンが現在のバージョンになり、このシークレットを読み取るすべてのものに反映されます。",
    );
    vec![
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
                format!("AWS Secrets Manager > Secrets > {secret} > Retrieve secret value > Edit: the keys username and password."),
                format!(
                    "AWS Secrets Manager >「シークレット」> {secret} >「シークレットの値を取得する」>「編集」で、キー username と password を設定します。"
                ),
            ),
            impact,
            verified: false,
            change: None,
        },
    ]
}
