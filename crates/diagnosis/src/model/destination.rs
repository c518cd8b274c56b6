//! The services that a task must reach before it starts, and what was judged of each.

use snapshot::ids::SubnetId;
use snapshot::{Assumption, Citation, Need, Text, Truth};
use std::fmt;

/// A destination, in the catalogue's order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DestinationKey {
    /// Amazon ECR's API (GetAuthorizationToken).
    EcrApi,
    /// The Amazon ECR registry (manifests, and the permissions of the pull).
    EcrDkr,
    /// Amazon S3 (image layers, environment files).
    S3,
    /// AWS Secrets Manager.
    SecretsManager,
    /// Parameter Store.
    Ssm,
    /// AWS KMS, only where a role of the task calls it itself.
    Kms,
    /// Amazon CloudWatch Logs.
    Logs,
    /// The role's assumption; nothing on the network.
    Sts,
    /// A registry other than Amazon ECR private, by host.
    Registry(String),
    /// The agent's control plane; EC2 and external instances only.
    Ecs,
}

impl fmt::Display for DestinationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::EcrApi => "ecr.api",
            Self::EcrDkr => "ecr.dkr",
            Self::S3 => "s3",
            Self::SecretsManager => "secretsmanager",
            Self::Ssm => "ssm",
            Self::Kms => "kms",
            Self::Logs => "logs",
            Self::Sts => "sts",
            Self::Registry(host) => return write!(f, "registry:{host}"),
            Self::Ecs => "ecs",
        })
    }
}

/// One subnet's verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubnetReport {
    /// The subnet.
    pub id: SubnetId,
    /// Whether the destination is reachable from it.
    pub reachable: Truth,
}

/// The final answer over all policy layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AuthorizationVerdict {
    /// Proven allowed.
    Allowed,
    /// Proven: nothing allows it.
    ImplicitlyDenied,
    /// Proven: a statement denies it.
    ExplicitlyDenied,
    /// Not decided by what was pasted.
    Unknown,
}

/// One layer's verdict, with the deciding statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerVerdict {
    /// `identity`, `boundary`, `session`, `scp`, `rcp`, `resource`, `key`, `grant`, `endpoint`, `trust`.
    pub kind: &'static str,
    /// Its verdict.
    pub verdict: AuthorizationVerdict,
    /// The deciding statement.
    pub statement: Option<Citation>,
}

/// One call that the start of the task makes, and whether it is allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorization {
    /// `secretsmanager:GetSecretValue`, …
    pub action: String,
    /// The resource's ARN, or `*`.
    pub resource: String,
    /// The role that calls, where known.
    pub principal: Option<String>,
    /// The final answer.
    pub verdict: AuthorizationVerdict,
    /// Whether its denial stops a start.
    pub blocks_start: bool,
    /// What it takes for granted.
    pub assumes: Vec<Assumption>,
    /// The layer that decides.
    pub decided_by: Option<&'static str>,
    /// Every layer.
    pub layers: Vec<LayerVerdict>,
    /// What would settle it.
    pub needs: Vec<Need>,
}

/// Whether a reference names something that exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReferenceVerdict {
    /// It exists.
    Found,
    /// It does not.
    NotFound,
    /// It cannot exist: the text is no valid reference.
    Malformed,
    /// Not decided by what was pasted.
    Unknown,
}

/// One reference of the task definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReferenceReport {
    /// As the task definition writes it.
    pub text: String,
    /// Whether it exists.
    pub verdict: ReferenceVerdict,
}

/// One destination with everything judged of it.
#[derive(Clone, Debug)]
pub struct DestinationReport {
    /// Which one.
    pub key: DestinationKey,
    /// The host's name.
    pub host: String,
    /// The TCP port.
    pub port: u16,
    /// What needs it, such as `image of container app`.
    pub needed_for: Vec<Text>,
    /// The walk from the subnet that the task got (or the service's first).
    pub trace: Option<network::Trace>,
    /// Every subnet that the service may use.
    pub subnets: Vec<SubnetReport>,
    /// The calls made there.
    pub authorization: Vec<Authorization>,
    /// The references resolved there.
    pub references: Vec<ReferenceReport>,
}
