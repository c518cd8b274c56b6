//! The answer: verdict, what decides, each layer's own verdict, and what is missing.

use std::collections::BTreeSet;

use crate::document::Effect;
use crate::doubt::Doubt;

/// An answer. It is settled only where every completion of what is not known agrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Granted, and nothing forbids it.
    Allowed,
    /// Nothing forbids it by name, and at least one layer that must allow it does not.
    ImplicitlyDenied,
    /// A deny statement applies.
    ExplicitlyDenied,
    /// Denied in any case; whether a deny statement applies as well is open.
    Denied,
    /// Open.
    Unknown,
}

impl Verdict {
    /// Denied, of whatever kind.
    #[must_use]
    pub fn is_denied(self) -> bool {
        matches!(self, Verdict::ImplicitlyDenied | Verdict::ExplicitlyDenied | Verdict::Denied)
    }
}

/// A layer of policies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LayerKind {
    /// Resource control policies at a level, 0 = root.
    ResourceControl(usize),
    /// Service control policies at a level, 0 = root.
    ServiceControl(usize),
    /// The VPC endpoint's policy.
    Endpoint,
    /// The resource's policy.
    Resource,
    /// The KMS key's policy.
    Key,
    /// The role's trust policy.
    Trust,
    /// A KMS grant.
    Grant,
    /// The caller's identity policies.
    Identity,
    /// The permissions boundary.
    Boundary,
    /// The session policies.
    Session,
}

/// A statement, by the handle of its document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementRef<S> {
    /// The caller's handle of the document.
    pub handle: S,
    /// JSON pointer of the statement inside the document; empty for a grant.
    pub pointer: String,
    /// Its `Sid`.
    pub sid: Option<String>,
    /// Its effect; `None` where the text says neither.
    pub effect: Option<Effect>,
}

/// One layer's own verdict, whatever the other layers say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerDecision<S> {
    /// Which layer.
    pub kind: LayerKind,
    /// Its verdict alone.
    pub verdict: Verdict,
    /// The statement that makes it so; none for an implicit denial.
    pub statement: Option<StatementRef<S>>,
    /// It allows only by naming the caller's account: the account's own policies must allow as well.
    pub delegates: bool,
}

/// What decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecidedBy<S> {
    /// The layer.
    pub layer: LayerKind,
    /// The statement; none where the layer's silence decided.
    pub statement: Option<StatementRef<S>>,
}

/// A statement that could not be decided and matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenStatement<S> {
    /// Its layer.
    pub layer: LayerKind,
    /// The statement.
    pub at: StatementRef<S>,
    /// Why.
    pub doubts: Vec<Doubt>,
}

/// What would settle an open decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Residuals<S> {
    /// Documents that were not given, or could not be read.
    pub missing: Vec<S>,
    /// Context keys whose value is not known, as the policies write them.
    pub keys: BTreeSet<String>,
    /// Statements that are open.
    pub statements: Vec<OpenStatement<S>>,
    /// Doubts that belong to no statement.
    pub doubts: Vec<Doubt>,
}

impl<S> Default for Residuals<S> {
    fn default() -> Self {
        Residuals {
            missing: Vec::new(),
            keys: BTreeSet::new(),
            statements: Vec::new(),
            doubts: Vec::new(),
        }
    }
}

impl<S> Residuals<S> {
    /// Nothing is missing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.missing.is_empty() && self.keys.is_empty() && self.statements.is_empty() && self.doubts.is_empty()
    }
}

/// The answer to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision<S> {
    /// The answer over all layers.
    pub verdict: Verdict,
    /// What decided it; none where it is open.
    pub decided_by: Option<DecidedBy<S>>,
    /// Every layer that applies, in AWS's order of evaluation.
    pub layers: Vec<LayerDecision<S>>,
    /// What would settle it (or, for [`Verdict::Denied`], its kind); empty where it is settled.
    pub residuals: Residuals<S>,
}
