//! What the task's own error text says.

use serde::{Deserialize, Serialize};

use crate::model::{Service, vocabulary};

/// The error text and what it states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Symptom {
    /// The text as pasted (`stoppedReason`, a container's `reason`, a service event).
    pub text: String,
    /// The error's own prefix (`ResourceInitializationError`); `None` where the text has none.
    pub class: Option<String>,
    /// What ECS was doing.
    pub stage: Stage,
    /// Whom it was talking to; `None` where the text names none.
    pub service: Option<Service>,
    /// What kind of failure the text's innermost error is.
    pub cause: ErrorCause,
    /// What the text quotes.
    pub quoted: Quoted,
}

vocabulary! {
    /// What ECS was doing when the start failed, as far as the text tells.
    pub enum Stage {
        /// Assuming the task's role.
        RoleAssumption = "role_assumption",
        /// Setting up the task's network interface.
        NetworkSetup = "network_setup",
        /// Fetching secrets or the registry's authorization; the text does not say which.
        SecretsOrRegistryAuth = "secrets_or_registry_auth",
        /// Fetching the registry's authorization.
        RegistryAuth = "registry_auth",
        /// Fetching a secret or parameter.
        SecretFetch = "secret_fetch",
        /// Downloading an environment file.
        EnvFile = "env_file",
        /// Pulling an image.
        ImagePull = "image_pull",
        /// Starting the log driver.
        LogDriver = "log_driver",
        /// Setting up a volume.
        Volume = "volume",
        /// Anything else.
        Other = "other",
    }
}

vocabulary! {
    /// The kind of failure that the innermost error states.
    pub enum ErrorCause {
        /// No answer in time.
        Timeout = "timeout",
        /// The name did not resolve.
        Dns = "dns",
        /// The connection was refused.
        Refused = "refused",
        /// The TLS handshake failed.
        Tls = "tls",
        /// The service answered that the call is not allowed.
        AccessDenied = "access_denied",
        /// The service answered that the thing is not there.
        NotFound = "not_found",
        /// The secret's JSON has no such key.
        JsonKey = "json_key",
        /// The secret is not JSON.
        NotJson = "not_json",
        /// The process that fetched was killed, which says only that it took too long or was stopped.
        Killed = "killed",
        /// The service refused because of its request rate.
        Throttled = "throttled",
        /// The reference could not be parsed.
        BadReference = "bad_reference",
        /// The image has no manifest for the task's platform.
        PlatformMismatch = "platform_mismatch",
        /// The registry refused because of its pull rate limit.
        RateLimited = "rate_limited",
        /// The disk is full.
        DiskFull = "disk_full",
        /// The text does not say.
        Unknown = "unknown",
    }
}

/// What the error text quotes, each as it stands there; `None` where the text does not name it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Quoted {
    /// The resource's ARN.
    pub arn: Option<String>,
    /// The host that was called.
    pub host: Option<String>,
    /// The address that was dialled.
    pub ip: Option<String>,
    /// The IAM action that was denied.
    pub action: Option<String>,
    /// The principal that was denied.
    pub principal: Option<String>,
    /// The port that was dialled.
    pub port: Option<u16>,
    /// How often ECS says that it retried.
    pub retries: Option<u32>,
    /// The key that the secret's JSON lacks.
    pub json_key: Option<String>,
    /// The secret's staging label.
    pub staging_label: Option<String>,
    /// The kind of policy that the denial names ("VPC endpoint policy").
    pub policy_layer: Option<String>,
    /// The log group.
    pub log_group: Option<String>,
    /// The image reference.
    pub image: Option<String>,
    /// The AWS request id, proof that a service answered.
    pub request_id: Option<OneOrMany>,
    /// The HTTP status of the answer.
    pub status_code: Option<u16>,
    /// The DNS server that was asked.
    pub dns_server: Option<String>,
    /// The names that Parameter Store refused.
    pub parameter: Option<OneOrMany>,
    /// The platform (`linux/amd64`) that the image lacks.
    pub platform: Option<String>,
}

/// What a text usually names once and sometimes several times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany {
    /// One.
    One(String),
    /// Several, in the text's order.
    Many(Vec<String>),
}

impl OneOrMany {
    /// `None` for none.
    pub fn of(texts: &[String]) -> Option<Self> {
        match texts {
            [] => None,
            [one] => Some(Self::One(one.clone())),
            many => Some(Self::Many(many.to_vec())),
        }
    }
}
