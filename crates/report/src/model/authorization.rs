//! Whether the calls of a task's start are allowed, layer by layer.

use serde::{Deserialize, Serialize};

use crate::model::{Citation, vocabulary};

/// One call: an action on a resource by a principal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authorization {
    /// The IAM action (`ecr:GetAuthorizationToken`).
    pub action: String,
    /// The resource's ARN, or `*` where the action has none.
    pub resource: String,
    /// The ARN of the role that calls; `None` where it is not known.
    pub principal: Option<String>,
    /// The answer over all layers that apply.
    pub verdict: Access,
    /// Whether a denial of this call stops the start.
    pub blocks_start: bool,
    /// What the verdict takes for granted.
    pub assumes: Vec<String>,
    /// The layer that decides; `None` where none does.
    pub decided_by: Option<LayerKind>,
    /// Every layer that applies.
    pub layers: Vec<Layer>,
}

vocabulary! {
    /// AWS's answer to a call.
    pub enum Access {
        /// Allowed.
        Allowed = "allowed",
        /// Denied because nothing allows it.
        ImplicitlyDenied = "implicitly_denied",
        /// Denied by a statement.
        ExplicitlyDenied = "explicitly_denied",
        /// Not settled by what was pasted.
        Unknown = "unknown",
    }
}

/// One layer of AWS's policy evaluation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layer {
    /// Which layer.
    pub kind: LayerKind,
    /// What this layer alone answers.
    pub verdict: Access,
    /// The statement that decides; `None` where none does (an implicit deny, an unknown).
    pub statement: Option<Citation>,
}

vocabulary! {
    /// The layers of AWS's policy evaluation that can matter to a task's start.
    pub enum LayerKind {
        /// The role's identity-based policies.
        Identity = "identity",
        /// The role's permissions boundary.
        Boundary = "boundary",
        /// Service control policies.
        Scp = "scp",
        /// Resource control policies.
        Rcp = "rcp",
        /// The resource-based policy of a secret, repository or bucket.
        Resource = "resource",
        /// The KMS key's policy.
        Key = "key",
        /// The KMS key's grants.
        Grant = "grant",
        /// The VPC endpoint's policy.
        Endpoint = "endpoint",
        /// The role's trust policy.
        Trust = "trust",
    }
}
