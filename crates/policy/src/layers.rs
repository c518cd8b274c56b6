//! The policies that apply to a request, each with the caller's handle so that a decision can point back.

use crate::document::Document;

/// One policy of a layer.
#[derive(Clone, Debug)]
pub enum Source<'a, S> {
    /// Its document.
    Document(S, &'a Document),
    /// There is such a policy, and its document is not known: it may hold anything.
    Missing(S),
    /// It is not known whether there is such a policy at all.
    Unproven(S),
}

impl<S> Source<'_, S> {
    /// The caller's handle.
    pub fn handle(&self) -> &S {
        match self {
            Source::Document(s, _) | Source::Missing(s) | Source::Unproven(s) => s,
        }
    }
}

/// The policies attached at one level of an organisation; a level allows what any of them allows.
pub type Level<'a, S> = Vec<Source<'a, S>>;

/// Whose KMS key it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyOwner {
    /// A customer managed key.
    Customer,
    /// `alias/aws/…`: never usable from another account, and out of reach of resource control policies.
    AwsManaged,
}

/// The policy on the resource's side.
#[derive(Clone, Debug, Default)]
pub enum ResourcePolicy<'a, S> {
    /// Proved that there is none.
    #[default]
    None,
    /// A secret's, repository's, registry's, bucket's, … policy: in one account it grants beside the identity policies.
    Generic(Source<'a, S>),
    /// A resource's policy and those of what holds it, which count together: an Amazon ECR repository's and its registry's (Amazon ECR
    /// User Guide, "Private registry permissions", scope V2).
    Together(Vec<Source<'a, S>>),
    /// A KMS key's policy: nothing is granted without it (or a grant).
    Key {
        /// The key policy; every key has one.
        policy: Source<'a, S>,
        /// Whose key.
        owner: KeyOwner,
    },
    /// A role's trust policy: nothing is granted without it.
    Trust(Source<'a, S>),
}

/// A KMS grant (KMS Developer Guide, "Grants").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant<S> {
    /// The caller's handle.
    pub handle: S,
    /// `GranteePrincipal`.
    pub grantee: String,
    /// `Operations`, e.g. `Decrypt`.
    pub operations: Vec<String>,
    /// `Constraints.EncryptionContextSubset`: pairs that the request must hold.
    pub context_subset: Vec<(String, String)>,
    /// `Constraints.EncryptionContextEquals`: exactly the pairs that the request must hold.
    pub context_equals: Option<Vec<(String, String)>>,
}

/// A key's grants.
#[derive(Clone, Debug)]
pub struct Grants<S> {
    /// The grants that are known (live ones: retired and revoked grants are not listed by AWS).
    pub known: Vec<Grant<S>>,
    /// Where the list was not pasted or is not complete: there may be others.
    pub unproven: Option<S>,
}

impl<S> Default for Grants<S> {
    fn default() -> Self {
        Grants {
            known: Vec::new(),
            unproven: None,
        }
    }
}

/// Kinds of VPC endpoints; they read `Principal` differently (VPC PrivateLink Guide, "Endpoint policies").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndpointKind {
    /// An account principal covers all its principals.
    Interface,
    /// An account principal covers its root user only; others are told apart by `aws:PrincipalArn`.
    Gateway,
}

/// Where the basic permission comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Base {
    /// From the identity and resource policies here.
    #[default]
    Policies,
    /// It is given: a URL that a service pre-signed (an ECR layer). Only the other layers can still forbid it.
    Given,
}

/// Everything that decides over one request.
#[derive(Clone, Debug)]
pub struct Layers<'a, S> {
    /// Attached and inline policies of the caller. None at all = proved that there are none.
    pub identity: Vec<Source<'a, S>>,
    /// The permissions boundary; `None` = proved that there is none.
    pub boundary: Option<Source<'a, S>>,
    /// Session policies; empty = proved that there are none.
    pub session: Vec<Source<'a, S>>,
    /// Service control policies of the caller's account, root first; empty = they do not apply.
    pub service_control: Vec<Level<'a, S>>,
    /// Resource control policies of the resource's account, root first; empty = they do not apply. `RCPFullAWSAccess` is
    /// always attached and need not be listed.
    pub resource_control: Vec<Level<'a, S>>,
    /// The policy on the resource's side.
    pub resource: ResourcePolicy<'a, S>,
    /// Grants on the key.
    pub grants: Grants<S>,
    /// The VPC endpoint that the call passes, with its policy; `None` = it passes none.
    pub endpoint: Option<(EndpointKind, Source<'a, S>)>,
    /// Where the basic permission comes from.
    pub base: Base,
}

impl<S> Default for Layers<'_, S> {
    fn default() -> Self {
        Layers {
            identity: Vec::new(),
            boundary: None,
            session: Vec::new(),
            service_control: Vec::new(),
            resource_control: Vec::new(),
            resource: ResourcePolicy::None,
            grants: Grants::default(),
            endpoint: None,
            base: Base::Policies,
        }
    }
}
