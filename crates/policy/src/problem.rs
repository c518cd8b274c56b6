//! What is wrong with a policy document, and exactly where.

use std::fmt;

/// A fault in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// JSON pointer to the faulty value, `""` for the document itself.
    pub pointer: String,
    /// Byte offset of the faulty value in [`Document::source`](crate::Document::source).
    pub offset: usize,
    /// The fault.
    pub kind: ProblemKind,
}

/// The faults a reader can find.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProblemKind {
    /// The text is no JSON; the parser's own words.
    Syntax(String),
    /// The JSON is no object, or holds no `Statement`.
    NotAPolicy,
    /// `Version` is neither `2008-10-17` nor `2012-10-17`.
    UnknownVersion(String),
    /// An object holds this name twice; JSON readers differ on which counts.
    DuplicateKey(String),
    /// An element the language does not define.
    UnknownElement(String),
    /// A condition operator the language does not define (or one in other letter case).
    UnknownOperator(String),
    /// `Effect` is neither `Allow` nor `Deny` (it is case-sensitive).
    UnknownEffect(String),
    /// A value of the wrong JSON type; what the element takes.
    WrongType(&'static str),
    /// A required element is not there.
    Missing(&'static str),
    /// Two elements that exclude each other.
    Conflict(&'static str, &'static str),
    /// This kind of policy cannot hold this element, or not with this value.
    NotAllowedHere(&'static str),
    /// An action that is neither `*` nor `service:Action`, or has a wildcard in the service's name.
    MalformedAction(String),
    /// A resource that is neither `*` nor an ARN.
    MalformedResource(String),
    /// A condition value that its operator cannot read (a number, a date, an address, …).
    MalformedValue(String),
}

impl fmt::Display for ProblemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ProblemKind::Syntax(why) => write!(f, "not JSON: {why}"),
            ProblemKind::NotAPolicy => f.write_str("not a policy document"),
            ProblemKind::UnknownVersion(v) => write!(f, "unknown policy version `{v}`"),
            ProblemKind::DuplicateKey(k) => write!(f, "`{k}` occurs twice"),
            ProblemKind::UnknownElement(e) => write!(f, "unknown element `{e}`"),
            ProblemKind::UnknownOperator(o) => write!(f, "unknown condition operator `{o}`"),
            ProblemKind::UnknownEffect(e) => write!(f, "unknown effect `{e}`"),
            ProblemKind::WrongType(w) => write!(f, "expected {w}"),
            ProblemKind::Missing(e) => write!(f, "`{e}` is missing"),
            ProblemKind::Conflict(a, b) => write!(f, "`{a}` and `{b}` exclude each other"),
            ProblemKind::NotAllowedHere(e) => {
                write!(f, "`{e}` is not allowed like this in this kind of policy")
            }
            ProblemKind::MalformedAction(a) => write!(f, "`{a}` is not an action"),
            ProblemKind::MalformedResource(r) => write!(f, "`{r}` is neither `*` nor an ARN"),
            ProblemKind::MalformedValue(v) => write!(f, "`{v}` does not fit the operator"),
        }
    }
}
