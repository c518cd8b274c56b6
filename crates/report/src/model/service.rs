//! The destinations that a task start depends on.

use std::fmt;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A destination, as the error text, a finding's `affects` and the table of destinations name it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Service {
    /// Amazon ECR's API: `GetAuthorizationToken`.
    EcrApi,
    /// Amazon ECR's registry: manifests, and the permissions of the pull.
    EcrDkr,
    /// Amazon S3: image layers and environment files.
    S3,
    /// AWS Secrets Manager.
    SecretsManager,
    /// AWS Systems Manager Parameter Store.
    Ssm,
    /// AWS KMS, where the task's own role calls it.
    Kms,
    /// Amazon CloudWatch Logs.
    Logs,
    /// AWS STS: the assumption of the role, nothing on the network.
    Sts,
    /// Amazon EFS.
    Efs,
    /// The ECS control plane as the agent needs it.
    Ecs,
    /// A registry other than Amazon ECR; its host where one is named.
    Registry(Option<String>),
}

impl Service {
    /// The services with a fixed word; registries besides.
    pub const FIXED: &'static [Self] = &[
        Self::EcrApi,
        Self::EcrDkr,
        Self::S3,
        Self::SecretsManager,
        Self::Ssm,
        Self::Kms,
        Self::Logs,
        Self::Sts,
        Self::Efs,
        Self::Ecs,
        Self::Registry(None),
    ];

    /// The service that `word` stands for (`ecr.api`, `registry`, `registry:ghcr.io`).
    pub fn from_word(word: &str) -> Option<Self> {
        if let Some(host) = word.strip_prefix("registry:") {
            return (!host.is_empty()).then(|| Self::Registry(Some(host.to_owned())));
        }
        Self::FIXED.iter().find(|service| service.fixed_word() == word).cloned()
    }

    const fn fixed_word(&self) -> &'static str {
        match self {
            Self::EcrApi => "ecr.api",
            Self::EcrDkr => "ecr.dkr",
            Self::S3 => "s3",
            Self::SecretsManager => "secretsmanager",
            Self::Ssm => "ssm",
            Self::Kms => "kms",
            Self::Logs => "logs",
            Self::Sts => "sts",
            Self::Efs => "efs",
            Self::Ecs => "ecs",
            Self::Registry(_) => "registry",
        }
    }
}

impl fmt::Display for Service {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.fixed_word())?;
        if let Self::Registry(Some(host)) = self {
            write!(out, ":{host}")
        } else {
            Ok(())
        }
    }
}

impl Serialize for Service {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Service {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        Self::from_word(&word).ok_or_else(|| D::Error::custom(format!("unknown service `{word}`")))
    }
}
