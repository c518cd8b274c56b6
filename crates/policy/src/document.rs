//! A policy document, typed.

use crate::condition::Condition;
use crate::glob::Token;
use crate::problem::ProblemKind;
use crate::template::Template;

/// What a document is attached to; the grammar differs a little (IAM User Guide, "Policy grammar"; Organizations User
/// Guide, "SCP syntax", "RCP syntax"; ECR User Guide, "Repository policies", whose statements need no `Resource`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DocumentKind {
    /// Attached to, or inline in, a role or user.
    Identity,
    /// A permissions boundary.
    Boundary,
    /// Passed when a session was made.
    Session,
    /// A service control policy.
    ServiceControl,
    /// A resource control policy.
    ResourceControl,
    /// Attached to a resource (secret, repository, registry, bucket, log group, …), also a KMS key's policy.
    Resource,
    /// A role's trust policy.
    Trust,
    /// A VPC endpoint's policy.
    Endpoint,
}

impl DocumentKind {
    /// Whether its statements name principals.
    #[must_use]
    pub fn has_principals(self) -> bool {
        matches!(
            self,
            DocumentKind::ResourceControl | DocumentKind::Resource | DocumentKind::Trust | DocumentKind::Endpoint
        )
    }
}

/// The language's version; absent means the old one, in which `${…}` is plain text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// `2008-10-17`, also where `Version` is absent.
    V2008,
    /// `2012-10-17`.
    V2012,
}

/// A parsed document. One that could not be read stands for any document at all.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// What it is attached to.
    pub kind: DocumentKind,
    /// The language's version.
    pub version: Version,
    /// Its `Id`.
    pub id: Option<String>,
    /// Its statements, in the order written.
    pub statements: Vec<Statement>,
    pub(crate) unreadable: Option<ProblemKind>,
    pub(crate) source: String,
}

impl Document {
    /// The JSON text that offsets count in: the input after JSON strings and percent-encoding are taken off.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Why the document as a whole could not be read; it then stands for any document.
    #[must_use]
    pub fn unreadable(&self) -> Option<&ProblemKind> {
        self.unreadable.as_ref()
    }
}

/// What a statement does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// Grants.
    Allow,
    /// Forbids.
    Deny,
}

/// One statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// JSON pointer inside the document, `/Statement/0`, or `/Statement` where it is a lone object.
    pub pointer: String,
    /// Byte offset in the document's source.
    pub offset: usize,
    /// Its `Sid`.
    pub sid: Option<String>,
    /// Allow or deny; `None` where the text says neither.
    pub effect: Option<Effect>,
    /// Whom it covers; `None` where this kind of document names none.
    pub principals: Option<Principals>,
    /// `Action` or `NotAction`; `None` where it is unusable (a defect says why).
    pub actions: Option<Actions>,
    /// `Resource` or `NotResource`; `None` where the statement applies to whatever the policy is attached to.
    pub resources: Option<Resources>,
    /// The condition entries, all of which must hold.
    pub conditions: Vec<Condition>,
    /// What is wrong with it. A statement with a defect is never satisfied, and false only where its readable parts
    /// rule it out.
    pub defects: Vec<ProblemKind>,
}

/// `Action` or `NotAction`.
#[derive(Clone, Debug, PartialEq)]
pub struct Actions {
    /// `NotAction`.
    pub negated: bool,
    /// The patterns.
    pub patterns: Vec<ActionPattern>,
}

/// One action pattern, matched without letter case.
#[derive(Clone, Debug, PartialEq)]
pub struct ActionPattern {
    /// As written.
    pub text: String,
    pub(crate) tokens: Vec<Token>,
    pub(crate) malformed: bool,
}

/// `Resource` or `NotResource`.
#[derive(Clone, Debug, PartialEq)]
pub struct Resources {
    /// `NotResource`.
    pub negated: bool,
    /// The patterns.
    pub patterns: Vec<Template>,
}

/// `Principal` or `NotPrincipal`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principals {
    /// `NotPrincipal`.
    pub negated: bool,
    /// The entries.
    pub items: Vec<PrincipalItem>,
}

/// One entry of a principal element (IAM User Guide, "Principal").
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrincipalItem {
    /// `"*"` or `{"AWS": "*"}`.
    Everyone,
    /// `{"AWS": …}`: an account id, an ARN, or a unique id.
    Aws(String),
    /// `{"Service": …}`.
    Service(String),
    /// `{"Federated": …}`.
    Federated(String),
    /// `{"CanonicalUser": …}`.
    CanonicalUser(String),
    /// A type the language does not define, with its value.
    Other(String, String),
}
