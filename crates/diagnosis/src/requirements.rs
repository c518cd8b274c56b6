//! What the task needs before its containers start: hosts, callers, calls and references, for every container.
//!
//! Rests on the Amazon ECS Developer Guide (Fargate task networking, task execution IAM role, VPC endpoints, specifying sensitive data)
//! and the Amazon ECR User Guide (VPC endpoints).

mod build;
mod files;
mod images;
mod symptom_only;

pub use build::of;

use crate::model::DestinationKey;
use snapshot::{Citation, Text};

/// Whose network interface the traffic leaves by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The task's own interface.
    TaskInterface,
    /// An interface of Fargate's, outside the customer's VPC: platform version 1.3.0 and older, for ECR login and secrets.
    FargateOwned,
    /// The primary interface of the EC2 instance: agent and Docker run on the host in every network mode.
    Instance,
    /// ECS Managed Instances: which interface calls is not documented.
    ManagedInstance,
    /// A machine outside AWS: no VPC path to judge.
    OnPremises,
    /// The launch type is not known.
    Unknown,
}

/// Whose permissions a call needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Caller {
    /// The task execution role.
    ExecutionRole,
    /// The task role.
    TaskRole,
    /// The instance's profile.
    InstanceRole,
}

/// What a container writes to name something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UseKind {
    /// `image`.
    Image,
    /// `secrets[].valueFrom`.
    Secret,
    /// `logConfiguration.secretOptions[].valueFrom`.
    SecretOption,
    /// `repositoryCredentials.credentialsParameter`.
    Credentials,
    /// `environmentFiles[].value`.
    EnvironmentFile,
    /// `logConfiguration.options` of the `awslogs` driver.
    LogGroup,
    /// `firelensConfiguration.options` where the configuration is in Amazon S3.
    FirelensConfig,
    /// `credentialSpecs[]` in Amazon S3 or Parameter Store.
    CredentialSpec,
}

/// One reference and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Use {
    /// What it is.
    pub kind: UseKind,
    /// The container.
    pub container: String,
    /// The environment variable or log option, where it has one.
    pub variable: Option<String>,
    /// As the task definition writes it.
    pub text: String,
    /// Where.
    pub at: Citation,
}

impl Use {
    /// The text that names `reference` in this place.
    #[must_use]
    pub fn naming(&self, reference: &str) -> String {
        match self.text.split_once("arn:") {
            Some((prefix, _)) if self.kind == UseKind::CredentialSpec => format!("{prefix}{reference}"),
            _ => reference.to_owned(),
        }
    }

    /// `secret DB_PASSWORD of container app`.
    #[must_use]
    pub fn label(&self) -> Text {
        let container = &self.container;
        let variable = self.variable.as_deref().unwrap_or_default();
        match self.kind {
            UseKind::Image => Text::new(
                format!("image of container {container}"),
                format!("コンテナ {container} のイメージ"),
            ),
            UseKind::Secret => Text::new(
                format!("secret {variable} of container {container}"),
                format!("コンテナ {container} のシークレット {variable}"),
            ),
            UseKind::SecretOption => Text::new(
                format!("log option {variable} of container {container}"),
                format!("コンテナ {container} のログオプション {variable}"),
            ),
            UseKind::Credentials => Text::new(
                format!("registry credentials of container {container}"),
                format!("コンテナ {container} のレジストリ認証情報"),
            ),
            UseKind::EnvironmentFile => Text::new(
                format!("environment file of container {container}"),
                format!("コンテナ {container} の環境ファイル"),
            ),
            UseKind::FirelensConfig => Text::new(
                format!("FireLens configuration of container {container}"),
                format!("コンテナ {container} の FireLens 設定ファイル"),
            ),
            UseKind::CredentialSpec => Text::new(
                format!("credential spec of container {container}"),
                format!("コンテナ {container} の credential spec"),
            ),
            UseKind::LogGroup => Text::new(format!("logs of container {container}"), format!("コンテナ {container} のログ")),
        }
    }
}

/// One call that the start of the task makes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ApiCall {
    /// `secretsmanager:GetSecretValue`, …
    pub action: &'static str,
    /// The resource's ARN as far as the reference tells it, or `*`.
    pub resource: String,
    /// Whose permissions it needs.
    pub caller: Caller,
    /// Whether its denial stops a start.
    pub blocks_start: bool,
    /// The use that makes it; none for a call of the task as a whole.
    pub by: Option<Use>,
}

/// One host that the task must reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// The destination.
    pub key: DestinationKey,
    /// The host; empty for `sts`, which is nothing on the network.
    pub host: String,
    /// The TCP port.
    pub port: u16,
    /// The Region of the service, where known.
    pub region: Option<String>,
    /// Whose interface calls.
    pub origin: Origin,
    /// What needs it.
    pub needed_for: Vec<Text>,
    /// The calls made there.
    pub calls: Vec<ApiCall>,
    /// The references resolved there.
    pub uses: Vec<Use>,
}
