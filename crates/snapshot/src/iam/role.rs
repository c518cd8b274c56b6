//! Roles and the lists that hang on them (IAM API reference: `Role`, `RoleDetail`, `ListAttachedRolePolicies`, `ListRolePolicies`).

use crate::core::collection::{Found, Resource};
use crate::core::ids::ArnText;
use crate::core::listing::{Listing, Page};
use crate::core::owned::{Owner, PolicyDocument, PolicyText};
use crate::core::shape::shape;
use crate::core::time::Time;
use evidence::{Citation, Operation};

shape! { Pascal;
    /// A role.
    struct Role {
        /// Its ARN, with its path.
        arn: Option<ArnText>,
        /// Its name, without the path.
        role_name: Option<String>,
        /// `AROA…`: another one means that the role was deleted and made again.
        role_id: Option<String>,
        /// Its path.
        path: Option<String>,
        /// When it was created.
        create_date: Option<Time>,
        /// Its trust policy.
        assume_role_policy_document: Option<PolicyDocument>,
        /// Its boundary; absent: none.
        permissions_boundary: Option<PermissionsBoundary>,
        /// Its tags.
        tags: Vec<Tag>,
    }
    /// A permissions boundary.
    struct PermissionsBoundary {
        /// The policy.
        permissions_boundary_arn: Option<ArnText>,
    }
    /// A tag.
    struct Tag {
        /// Its key.
        key: Option<String>,
        /// Its value.
        value: Option<String>,
    }
    /// A managed policy on a role.
    struct AttachedPolicy {
        /// Its name.
        policy_name: Option<String>,
        /// Its ARN.
        policy_arn: Option<ArnText>,
    }
    /// An inline policy, as `get-account-authorization-details` holds it.
    struct InlineDetail {
        /// Its name.
        policy_name: Option<String>,
        /// Its document.
        policy_document: Option<PolicyDocument>,
    }
    /// The lists of a role in `get-account-authorization-details`.
    struct RoleDetail {
        /// The role's ARN.
        arn: Option<ArnText>,
        /// Its inline policies; the output always has the member.
        role_policy_list: Option<Vec<InlineDetail>>,
        /// Its managed policies; the output always has the member.
        attached_managed_policies: Option<Vec<AttachedPolicy>>,
    }
}

impl Resource for Role {
    type Id = ArnText;
    const LISTED_BY: Operation = Operation::IamGetAccountAuthorizationDetails;
    const MEMBER: &'static str = "RoleDetailList";

    fn id(&self) -> Option<ArnText> {
        self.arn.clone()
    }

    fn attribute(&self, name: &str) -> Vec<&str> {
        match name {
            "role-name" => self.role_name.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }

    fn owner(&self) -> Option<&str> {
        self.arn.as_ref()?.account()
    }

    fn created(&self) -> Option<Time> {
        self.create_date
    }
}

impl Found<Role> {
    /// Its trust policy.
    #[must_use]
    pub fn trust(&self) -> Option<PolicyText> {
        let at = self.member("AssumeRolePolicyDocument");
        Some(self.value.assume_role_policy_document.as_ref()?.cited(at))
    }
}

/// A role as a command or another output names it: by ARN, or by its name alone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RoleRef(pub String);

impl From<String> for RoleRef {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl RoleRef {
    /// The name without path.
    #[must_use]
    pub fn name(&self) -> &str {
        role_name(&self.0)
    }

    /// Whether it may be that role: the whole ARN, or the name where that is all there is.
    #[must_use]
    pub fn is(&self, role: &ArnText) -> bool {
        if self.0.starts_with("arn:") && role.as_str().starts_with("arn:") {
            self.0 == role.0
        } else {
            // Role names are unique in an account without regard to case, and so compared by IAM.
            self.name().eq_ignore_ascii_case(role_name(role.as_str()))
        }
    }
}

/// The name in a role's ARN, or the name itself.
#[must_use]
pub fn role_name(arn_or_name: &str) -> &str {
    arn_or_name.rsplit('/').next().unwrap_or(arn_or_name)
}

/// One `list-attached-role-policies`, or that part of `get-account-authorization-details`.
#[derive(Clone, Debug, PartialEq)]
pub struct AttachedPolicies {
    /// The role.
    pub role: Owner<RoleRef>,
    /// Its managed policies.
    pub policies: Vec<Found<AttachedPolicy>>,
    /// How complete the list is.
    pub listing: Listing,
    /// Where it stands among the pages of the list.
    pub page: Page,
    /// The list.
    pub at: Citation,
    /// When it was collected.
    pub collected: Option<Time>,
}

/// One `list-role-policies`: names of inline policies.
#[derive(Clone, Debug, PartialEq)]
pub struct InlineNames {
    /// The role.
    pub role: Owner<RoleRef>,
    /// The names.
    pub names: Vec<Found<String>>,
    /// How complete the list is.
    pub listing: Listing,
    /// Where it stands among the pages of the list.
    pub page: Page,
    /// The list.
    pub at: Citation,
    /// When it was collected.
    pub collected: Option<Time>,
}

/// An inline policy with its document.
#[derive(Clone, Debug, PartialEq)]
pub struct InlinePolicy {
    /// The role; the output itself says it.
    pub role: RoleRef,
    /// Its name.
    pub name: String,
    /// Its document.
    pub document: PolicyText,
    /// When it was collected.
    pub collected: Option<Time>,
}
