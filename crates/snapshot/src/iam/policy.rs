//! Managed policies and their versions (IAM API reference: `Policy`, `PolicyVersion`), and results of the policy simulator.

use crate::core::collection::{Found, Resource};
use crate::core::ids::ArnText;
use crate::core::owned::{Owner, PolicyDocument, PolicyText};
use crate::core::shape::shape;
use crate::core::time::Time;
use evidence::Operation;

shape! { Pascal;
    /// A managed policy, without its document.
    struct ManagedPolicy {
        /// Its ARN.
        arn: Option<ArnText>,
        /// Its name.
        policy_name: Option<String>,
        /// `ANPA…`.
        policy_id: Option<String>,
        /// The version that is in force.
        default_version_id: Option<String>,
        /// When its default version last changed.
        update_date: Option<Time>,
    }
    /// A version, as outputs hold it.
    struct VersionDetail {
        /// `v3`.
        version_id: Option<String>,
        /// Whether it is the one in force.
        is_default_version: Option<bool>,
        /// Its document; `list-policy-versions` leaves it out.
        document: Option<PolicyDocument>,
        /// When it was made.
        create_date: Option<Time>,
    }
    /// A managed policy in `get-account-authorization-details`.
    struct PolicyDetail {
        /// Its ARN.
        arn: Option<ArnText>,
        /// Its versions.
        policy_version_list: Vec<VersionDetail>,
    }
    /// One result of the policy simulator.
    struct EvaluationResult {
        /// The action.
        eval_action_name: Option<String>,
        /// The resource, `*` where none was given.
        eval_resource_name: Option<String>,
        /// `allowed`, `explicitDeny`, `implicitDeny`.
        eval_decision: Option<String>,
        /// The statements that decided.
        matched_statements: Vec<MatchedStatement>,
        /// Context keys that the policies name and the simulation was not given.
        missing_context_values: Vec<String>,
        /// What Organizations' policies said.
        organizations_decision_detail: Option<OrganizationsDecision>,
        /// What the boundary said.
        permissions_boundary_decision_detail: Option<BoundaryDecision>,
        /// The same for each resource, where several were given.
        resource_specific_results: Vec<ResourceResult>,
    }
    /// A statement that decided.
    struct MatchedStatement {
        /// The policy's name.
        source_policy_id: Option<String>,
        /// `IAM Policy`, `Resource Policy`, …
        source_policy_type: Option<String>,
    }
    /// What Organizations' policies said.
    struct OrganizationsDecision {
        /// Whether they allow it.
        allowed_by_organizations: Option<bool>,
    }
    /// What the boundary said.
    struct BoundaryDecision {
        /// Whether it allows it.
        allowed_by_permissions_boundary: Option<bool>,
    }
    /// The result for one of several resources.
    struct ResourceResult {
        /// The resource.
        eval_resource_name: Option<String>,
        /// `allowed`, `explicitDeny`, `implicitDeny`.
        eval_resource_decision: Option<String>,
        /// The statements that decided.
        matched_statements: Vec<MatchedStatement>,
        /// Context keys that the simulation was not given.
        missing_context_values: Vec<String>,
        /// What the boundary said.
        permissions_boundary_decision_detail: Option<BoundaryDecision>,
    }
}

impl Resource for ManagedPolicy {
    type Id = ArnText;
    const LISTED_BY: Operation = Operation::IamGetPolicy;
    const MEMBER: &'static str = "Policy";

    fn id(&self) -> Option<ArnText> {
        self.arn.clone()
    }

    fn attribute(&self, name: &str) -> Vec<&str> {
        match name {
            "policy-arn" => self.arn.iter().map(ArnText::as_str).collect(),
            _ => Vec::new(),
        }
    }

    fn owner(&self) -> Option<&str> {
        self.arn.as_ref()?.account()
    }
}

/// A version of a managed policy with its document.
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyVersion {
    /// The policy.
    pub policy: Owner<ArnText>,
    /// `v3`; absent where the bare document was pasted.
    pub version: Option<String>,
    /// Whether the output says that it is in force.
    pub is_default: Option<bool>,
    /// Its document.
    pub document: PolicyText,
    /// When it was collected.
    pub collected: Option<Time>,
}

/// One `list-policy-versions`: which version is in force.
#[derive(Clone, Debug, PartialEq)]
pub struct VersionList {
    /// The policy, where the command says it.
    pub policy: Option<ArnText>,
    /// Its versions, without documents.
    pub versions: Vec<Found<VersionDetail>>,
}

/// One `list-entities-for-policy`.
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyRoles {
    /// The policy, where the command says it.
    pub policy: Option<ArnText>,
    /// Names of roles that it is attached to.
    pub roles: Vec<Found<String>>,
}

/// One call of the policy simulator. It knows no endpoint policies, no resource control policies, and Organizations only in part
/// (IAM user guide, "IAM policy simulator").
#[derive(Clone, Debug, PartialEq)]
pub struct Simulation {
    /// Whose policies were simulated, where the command says it.
    pub principal: Option<ArnText>,
    /// Whether policies of the person's own were simulated instead of the principal's.
    pub custom: bool,
    /// Context that the simulation was given.
    pub context: Vec<String>,
    /// The results.
    pub results: Vec<Found<EvaluationResult>>,
}

/// A policy document pasted alone; whose it is, nothing says.
#[derive(Clone, Debug, PartialEq)]
pub struct BareDocument {
    /// Whose it is: an ARN (of a managed policy, role, key, bucket, repository, secret) or an endpoint's id.
    pub owner: Owner<String>,
    /// The document.
    pub document: PolicyText,
    /// When it was collected.
    pub collected: Option<Time>,
}
