//! One finding.

use super::code::Code;
use super::destination::DestinationKey;
use snapshot::{Assumption, Citation, Need, Snapshot, Text};
use std::fmt;
use std::rc::Rc;

/// What a finding says of its fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Proven from the pasted evidence to stop the task from starting.
    Fail,
    /// Proven, does not stop this task, but is a trap.
    Warn,
    /// Cannot be judged until named evidence is pasted.
    Unknown,
    /// Proven to be in order.
    Pass,
}

/// How a `fail` relates to the error that the task reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// It explains the error.
    Cause,
    /// It stops the task too, once the cause is fixed.
    Next,
}

/// How a remedy is carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FixKind {
    /// A command of the AWS CLI.
    AwsCli,
    /// Steps in the AWS Management Console.
    Console,
    /// A CloudFormation fragment.
    CloudFormation,
    /// A Terraform fragment.
    Terraform,
    /// A policy document.
    Policy,
}

/// A remedy, with the case's real ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// How it is carried out.
    pub kind: FixKind,
    /// The command, the steps, the fragment. Commands are the same in both languages.
    pub text: Text,
    /// What else it changes, restarts or costs.
    pub impact: Text,
    /// Whether this fix, applied to the typed state and diagnosed again, clears the finding and adds no `fail`. Set by the pipeline.
    pub verified: bool,
    /// What the remedy does to the typed state; `None` where the state cannot show it.
    pub change: Option<Change>,
}

/// A remedy as a change of typed state.
#[derive(Clone)]
pub struct Change(Rc<dyn Fn(&mut Snapshot)>);

impl Change {
    /// Wraps the change.
    pub fn new(change: impl Fn(&mut Snapshot) + 'static) -> Self {
        Self(Rc::new(change))
    }

    /// Carries it out.
    pub fn apply(&self, snapshot: &mut Snapshot) {
        (self.0)(snapshot);
    }
}

impl fmt::Debug for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Change")
    }
}

impl PartialEq for Change {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Change {}

/// One fault (or its proven absence), proven or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Its public name.
    pub code: Code,
    /// What is said of it.
    pub status: Status,
    /// Only for `fail`; set by ranking, from the error text.
    pub role: Option<Role>,
    /// The resources it is about, as ids or ARNs.
    pub subject: Vec<String>,
    /// The destinations that it breaks, in the catalogue's order.
    pub affects: Vec<DestinationKey>,
    /// The actions and resources that a denial is about: an error that names one is explained only by findings that name it too.
    pub denied: Vec<(String, String)>,
    /// One phrase: if only one thing can be shown, it is this.
    pub title: Text,
    /// For the one who has to tell the customer.
    pub summary: Text,
    /// For the engineer: what, why here, and what follows.
    pub explanation: Text,
    /// What the verdict takes for granted.
    pub assumes: Vec<Assumption>,
    /// What proves it; suffices for the verdict.
    pub evidence: Vec<Citation>,
    /// What would settle an unknown.
    pub missing: Vec<Need>,
    /// Remedies.
    pub fixes: Vec<Fix>,
}

impl Finding {
    /// A finding with its facts; wording, evidence and remedies are added by its file.
    #[must_use]
    pub fn new(code: Code, status: Status) -> Self {
        Self {
            code,
            status,
            role: None,
            subject: Vec::new(),
            affects: Vec::new(),
            denied: Vec::new(),
            title: Text::default(),
            summary: Text::default(),
            explanation: Text::default(),
            assumes: Vec::new(),
            evidence: Vec::new(),
            missing: Vec::new(),
            fixes: Vec::new(),
        }
    }

    /// Whether it is a `fail` that explains the error.
    #[must_use]
    pub fn is_cause(&self) -> bool {
        self.status == Status::Fail && self.role == Some(Role::Cause)
    }
}
