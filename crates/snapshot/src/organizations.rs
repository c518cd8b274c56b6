//! AWS Organizations: service and resource control policies, and where in the tree they hang.

use crate::core::collection::{Collection, Found, Resource};
use crate::core::ids::ArnText;
use crate::core::listing::Listing;
use crate::core::owned::{PolicyDocument, PolicyText};
use crate::core::shape::shape;
use crate::load::Reader;
use evidence::Operation;

/// Everything pasted about Organizations.
#[derive(Clone, Debug, Default)]
pub struct Organizations {
    /// Policies with their content.
    pub policies: Collection<ControlPolicy>,
    /// Policies of the organization, without content.
    pub summaries: Vec<Found<PolicySummary>>,
    /// Policies on roots, units and accounts.
    pub targets: Vec<TargetPolicies>,
    /// Parents of accounts and units.
    pub parents: Vec<Parents>,
    /// The organization.
    pub organization: Vec<Found<Organization>>,
}

shape! { Pascal;
    /// A policy with its content.
    struct ControlPolicy {
        /// What it is.
        policy_summary: PolicySummary,
        /// Its document.
        content: Option<PolicyDocument>,
    }
    /// A policy without its content.
    struct PolicySummary {
        /// `p-…`.
        id: Option<String>,
        /// Its ARN.
        arn: Option<ArnText>,
        /// Its name.
        name: Option<String>,
        /// `SERVICE_CONTROL_POLICY`, `RESOURCE_CONTROL_POLICY`, …
        kind: Option<String> = "Type",
        /// Whether it is AWS's own, such as `p-FullAWSAccess`.
        aws_managed: Option<bool>,
    }
    /// A parent.
    struct Parent {
        /// `r-…` or `ou-…`.
        id: Option<String>,
        /// `ROOT`, `ORGANIZATIONAL_UNIT`.
        kind: Option<String> = "Type",
    }
    /// The organization.
    struct Organization {
        /// `o-…`.
        id: Option<String>,
        /// The management account, which control policies never bind.
        master_account_id: Option<String>,
        /// `ALL`, or `CONSOLIDATED_BILLING`, which has no control policies.
        feature_set: Option<String>,
    }
}

/// One `list-policies-for-target`.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetPolicies {
    /// Root, unit or account, where the command says it.
    pub target: Option<String>,
    /// The kind that was asked for, where the command says it.
    pub kind: Option<String>,
    /// Its policies.
    pub policies: Vec<Found<PolicySummary>>,
    /// How complete the list is.
    pub listing: Listing,
}

/// One `list-parents`.
#[derive(Clone, Debug, PartialEq)]
pub struct Parents {
    /// The account or unit, where the command says it.
    pub child: Option<String>,
    /// Its parent; there is only one.
    pub parents: Vec<Found<Parent>>,
}

impl Resource for ControlPolicy {
    type Id = String;
    const LISTED_BY: Operation = Operation::OrganizationsDescribePolicy;
    const MEMBER: &'static str = "Policy";

    fn id(&self) -> Option<String> {
        self.policy_summary.id.clone()
    }

    fn attribute(&self, name: &str) -> Vec<&str> {
        match name {
            "policy-id" => self.policy_summary.id.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }
}

impl Found<ControlPolicy> {
    /// Its document.
    #[must_use]
    pub fn policy(&self) -> Option<PolicyText> {
        Some(self.value.content.as_ref()?.cited(self.member("Content")))
    }
}

impl Organizations {
    pub(crate) fn load(&mut self, source: &Reader<'_>, operation: Operation) {
        let said = |name: &str| source.option(name).map(str::to_owned);
        match operation {
            Operation::OrganizationsDescribePolicy => source.add(&mut self.policies, "Policy", &|_| {}),
            Operation::OrganizationsListPolicies => self.summaries.extend(source.items("Policies")),
            Operation::OrganizationsListPoliciesForTarget => {
                let policies = source.items("Policies");
                let listing = source.listing(operation, "Policies", policies.len());
                self.targets.push(TargetPolicies {
                    target: said("target-id"),
                    kind: said("filter"),
                    policies,
                    listing,
                });
            }
            Operation::OrganizationsListParents => {
                self.parents.push(Parents {
                    child: said("child-id"),
                    parents: source.items("Parents"),
                });
            }
            Operation::OrganizationsDescribeOrganization => self.organization.extend(source.items("Organization")),
            _ => {}
        }
    }

    /// Whether anything of Organizations was pasted: then its policies count, and levels that are missing make unknown.
    #[must_use]
    pub fn any(&self) -> bool {
        self.policies.iter().next().is_some() || !(self.summaries.is_empty() && self.targets.is_empty() && self.parents.is_empty())
    }
}
