//! Why a statement, or a whole document, could not be decided.

use std::fmt;

use crate::problem::ProblemKind;

/// One thing that keeps a statement from being decided. Each is a fact that somebody could look up, or a point on which
/// AWS's documentation is silent or contradicts itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// The value of this context key is not known.
    Key(String),
    /// The statement holds something the language does not define, or defines twice.
    Defect(ProblemKind),
    /// The resource is known only by the beginning of its ARN, and this pattern may or may not match the rest.
    PartialResource(String),
    /// A resource pattern matches only if a `*` inside a segment crosses a colon, or if a `*` in the ARN's head swallows
    /// whole segments: documentation and observed behaviour differ.
    ColonCrossing(String),
    /// A resource pattern with fewer than six ARN parts: whether the missing ones are wildcards is not documented.
    ShortArn(String),
    /// A resource pattern has a wildcard in the service's name, or in the resource's type with more behind it
    /// (`…:s*t:name`): the IAM User Guide allows neither ("Resource element", "ARNs, incorrect wildcard usage"), and what
    /// a stored one matches is not documented.
    ResourceType(String),
    /// A resource pattern matches only if a variable before its fifth colon is filled in. The IAM User Guide ("Policy variables",
    /// "Resource element") says that a variable cannot stand there, and not what a stored one does.
    VariableInHead(String),
    /// `ForAnyValue` and `IfExists` together on a key that the request does not have: the one is false there, the other true, and
    /// which goes first is not documented.
    AnyValueIfExists(String),
    /// A policy variable names a key with several values, which AWS does not allow.
    MultiValuedVariable(String),
    /// A `NotResource` with a variable that has no value: "will not match any resource" (IAM User Guide, "Policy
    /// variables with no value") leaves open whether nothing is excluded or the statement does not apply.
    NoValueInNotResource(String),
    /// A `${` without an end, or without a usable key.
    BrokenVariable(String),
    /// A key with several values under an operator without `ForAllValues` or `ForAnyValue`: AWS documents no result.
    MissingSetOperator(String),
    /// The request's value of this key is not of the operator's type.
    UnexpectedValue(String),
    /// The session's name is not known, and the policy names a session of this role.
    SessionName(String),
    /// The role's path is not known, and the policy names a role of this name.
    RolePath(String),
    /// The policy names a principal by its unique id, and the role's id is not known.
    UniqueId(String),
    /// Whether this principal element covers the caller is not documented.
    Principal(String),
    /// `NotPrincipal` lists the caller, but not all of session, role and account: "might deny", says the IAM User Guide.
    PartialNotPrincipal,
    /// `NotPrincipal` always denies a principal with a permissions boundary, and whether there is one is not known.
    NotPrincipalBoundary,
    /// A gateway endpoint's policy names this role or user; AWS documents only `*` and the account's root there.
    GatewayPrincipal(String),
    /// A resource policy's `*` in the caller's own account, while boundary or session policy does not allow.
    EveryonePastBoundary,
    /// A grant where boundary, session or the caller's account does not allow: AWS documents no result.
    GrantPastBoundary,
    /// Whether resource control policies reach this service is not known.
    ControlledService(String),
    /// Whose account holds the resource is not known.
    ResourceAccount,
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Doubt::Key(k) => write!(f, "the value of `{k}` is not known"),
            Doubt::Defect(p) => write!(f, "{p}"),
            Doubt::PartialResource(p) => write!(f, "`{p}` may or may not match the part of the resource that is not known"),
            Doubt::ColonCrossing(p) => write!(f, "`{p}` matches only if a `*` crosses a colon"),
            Doubt::ShortArn(p) => write!(f, "`{p}` has fewer than six ARN parts"),
            Doubt::ResourceType(p) => write!(f, "`{p}` has a wildcard in the service or the resource's type"),
            Doubt::VariableInHead(p) => write!(f, "`{p}` has a variable before its fifth colon"),
            Doubt::AnyValueIfExists(k) => write!(f, "`{k}` is absent, under `ForAnyValue` and `IfExists` together"),
            Doubt::MultiValuedVariable(k) => write!(f, "`{k}` has several values and cannot be a variable"),
            Doubt::NoValueInNotResource(p) => write!(f, "`NotResource` holds `{p}`, whose variable has no value"),
            Doubt::BrokenVariable(t) => write!(f, "`{t}` holds a malformed variable"),
            Doubt::MissingSetOperator(k) => write!(f, "`{k}` has several values, the operator no `ForAllValues` or `ForAnyValue`"),
            Doubt::UnexpectedValue(k) => write!(f, "the value of `{k}` does not fit the operator"),
            Doubt::SessionName(a) => write!(f, "the session's name is not known, and the policy names `{a}`"),
            Doubt::RolePath(a) => write!(f, "the role's path is not known, and the policy names `{a}`"),
            Doubt::UniqueId(i) => write!(f, "the role's unique id is not known, and the policy names `{i}`"),
            Doubt::Principal(p) => write!(f, "whether principal `{p}` covers the caller is not documented"),
            Doubt::PartialNotPrincipal => f.write_str("`NotPrincipal` lists the caller only in part"),
            Doubt::NotPrincipalBoundary => {
                f.write_str("`NotPrincipal` denies every principal with a boundary, and whether there is one is not known")
            }
            Doubt::GatewayPrincipal(p) => write!(f, "a gateway endpoint's policy names principal `{p}`"),
            Doubt::EveryonePastBoundary => {
                f.write_str("whether `*` in a resource policy passes a boundary that does not allow is not documented")
            }
            Doubt::GrantPastBoundary => f.write_str("whether a grant passes a boundary or account that does not allow is not documented"),
            Doubt::ControlledService(s) => write!(f, "whether resource control policies reach `{s}` is not known"),
            Doubt::ResourceAccount => f.write_str("the resource's account is not known"),
        }
    }
}
