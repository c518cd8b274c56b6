//! What can be wrong with a reference, as data.

use crate::model::Code;
use crate::requirements::{Use, UseKind};
use references::{Malformed, Near};
use snapshot::{Assumption, Citation, Time};

/// One thing that is wrong with a reference.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// The finding that it is.
    pub code: Code,
    /// What it is.
    pub kind: FaultKind,
    /// What proves it; the reference itself comes first.
    pub evidence: Vec<Citation>,
    /// What it takes for granted.
    pub assumes: Vec<Assumption>,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum FaultKind {
    /// The documented grammar rules the text out, or its host was proven not to exist.
    Malformed(Malformed),
    /// There is no such secret, parameter, log group or file.
    NotFound {
        /// The existing name that is nearest.
        near: Option<Near>,
        /// Secrets: the proof is a listing, which leaves out secrets that are scheduled for deletion.
        or_deleted: bool,
    },
    /// The bucket itself does not exist.
    BucketNotFound,
    /// The secret is scheduled for deletion.
    Deleted {
        /// When it will be gone.
        on: Option<Time>,
    },
    /// No version of the secret has the label `AWSCURRENT`.
    NoCurrentVersion {
        /// The labels that versions do have.
        labels: Vec<String>,
    },
    /// No version has the label or id that is asked for.
    VersionNotFound {
        /// The label or id.
        asked: String,
        /// The labels (or ids) that exist, where known.
        existing: Vec<String>,
    },
    /// The secret's JSON lacks the key.
    JsonKeyNotFound {
        /// The key that is asked for.
        key: String,
        /// The keys that exist, where known.
        existing: Vec<String>,
        /// The nearest of them.
        near: Option<Near>,
    },
    /// A key is asked of a secret that is no JSON.
    NotJson {
        /// The key that is asked for.
        key: Option<String>,
    },
    /// A Parameter Store version is asked of a secret.
    Versioned {
        /// The version.
        selector: String,
    },
    /// There is no such repository.
    RepositoryNotFound {
        /// The existing name that is nearest.
        near: Option<Near>,
    },
    /// The repository has no such tag or digest.
    TagNotFound {
        /// The tag or digest that is asked for.
        asked: String,
        /// The tag that is nearest.
        near: Option<Near>,
        /// Tags that exist, the latest pushed first; empty where unknown.
        existing: Vec<String>,
    },
    /// The image is in the archival storage class, from which the registry serves none: it answers as if there were no such tag (Amazon
    /// ECR User Guide, "Archiving an image").
    Archived {
        /// The tag or digest that is asked for.
        asked: String,
        /// The image's digest, where the listing has it.
        digest: Option<String>,
    },
    /// Nothing in the image is for the task's platform.
    PlatformMismatch {
        /// The task's platform, `linux/amd64`, where known.
        wanted: Option<String>,
        /// The platforms of the image, where known.
        offered: Vec<String>,
    },
    /// The file's name does not end in `.env`.
    NotDotEnv,
}

/// The finding of a fault.
pub(super) fn code(used: &Use, kind: &FaultKind) -> Code {
    // Without its leading slash the path to a secret is no path, but a parameter's name.
    let secret =
        matches!(used.kind, UseKind::Credentials) || used.text.contains("secretsmanager") && !used.text.starts_with("aws/reference/");
    let reference = matches!(used.kind, UseKind::Secret | UseKind::SecretOption | UseKind::Credentials)
        || used.kind == UseKind::CredentialSpec && used.text.contains(":ssm:");
    Code(match kind {
        FaultKind::Malformed(_) => match used.kind {
            UseKind::Image => "image.reference-malformed",
            UseKind::EnvironmentFile | UseKind::FirelensConfig => "envfile.bad-name",
            UseKind::CredentialSpec if !reference => "envfile.bad-name",
            UseKind::CredentialSpec => "parameter.reference-malformed",
            UseKind::LogGroup => "logs.group-not-found",
            _ if secret => "secret.reference-malformed",
            _ => "parameter.reference-malformed",
        },
        FaultKind::NotFound { .. } if reference && secret => "secret.not-found",
        FaultKind::NotFound { .. } if reference => "parameter.not-found",
        FaultKind::NotFound { .. } if used.kind == UseKind::LogGroup => "logs.group-not-found",
        FaultKind::NotFound { .. } | FaultKind::BucketNotFound => "envfile.not-found",
        FaultKind::Deleted { .. } => "secret.deleted",
        FaultKind::NoCurrentVersion { .. } => "secret.no-current-version",
        FaultKind::VersionNotFound { .. } => "secret.version-not-found",
        FaultKind::JsonKeyNotFound { .. } => "secret.json-key-not-found",
        FaultKind::NotJson { .. } => "secret.not-json",
        FaultKind::Versioned { .. } => "parameter.secret-reference-versioned",
        FaultKind::RepositoryNotFound { .. } => "image.repository-not-found",
        FaultKind::TagNotFound { .. } | FaultKind::Archived { .. } => "image.tag-not-found",
        FaultKind::PlatformMismatch { .. } => "image.platform-mismatch",
        FaultKind::NotDotEnv => "envfile.bad-name",
    })
}
