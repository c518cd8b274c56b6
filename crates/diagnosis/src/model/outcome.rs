//! The diagnosis as a whole.

use super::code::Code;
use super::destination::DestinationReport;
use super::finding::Finding;
use crate::symptom::Symptom;
use evidence::DocumentId;
use snapshot::{Need, Text};

/// What the diagnosis comes to; the first that matches, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// The task runs, or failed in an area that is not covered.
    OutOfScope,
    /// At least one proven cause.
    RootCause,
    /// Something may explain the error, nothing is proven to.
    Suspects,
    /// Neither a task, nor an error text that says anything, nor configuration.
    InsufficientEvidence,
    /// Everything the task needs was judged, and passes.
    NoFaultFound,
}

/// A fact that is known, known to be absent, or not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Held<T> {
    /// Not known.
    #[default]
    Unknown,
    /// Known to be absent.
    Absent,
    /// Known.
    Known(T),
}

impl<T> Held<T> {
    /// The value, where known.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Unknown | Self::Absent => None,
        }
    }
}

impl<T> From<Option<T>> for Held<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Unknown, Self::Known)
    }
}

/// The task, as the report's head shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseSummary {
    /// The task's ARN.
    pub arn: Held<String>,
    /// Its account.
    pub account: Held<String>,
    /// Its Region.
    pub region: Held<String>,
    /// Its partition.
    pub partition: Held<String>,
    /// `FARGATE`, `EC2`, `EXTERNAL`, `MANAGED_INSTANCES`.
    pub launch_type: Held<String>,
    /// The resolved platform version.
    pub platform_version: Held<String>,
    /// The subnet it got.
    pub subnet: Held<String>,
    /// Its interface.
    pub interface: Held<String>,
    /// Its private IPv4 address.
    pub private_ip: Held<String>,
    /// Its public IPv4 address.
    pub public_ip: Held<String>,
    /// Its security groups.
    pub security_groups: Held<Vec<String>>,
    /// The VPC.
    pub vpc: Held<String>,
    /// The task execution role in force.
    pub execution_role: Held<String>,
    /// The task definition's ARN.
    pub task_definition: Held<String>,
}

/// What is asked of the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestBody {
    /// A command to run and paste.
    Command {
        /// The operation's name, such as `ec2:DescribeRouteTables`.
        operation: &'static str,
        /// The command, quoted for bash.
        command: String,
    },
    /// A question to answer.
    Question {
        /// The question.
        question: Text,
        /// The answers to choose from; empty: free text.
        choices: Vec<String>,
    },
}

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Its id in the report, `r1`, `q1`, ….
    pub id: String,
    /// What is asked.
    pub body: RequestBody,
    /// Why.
    pub why: Text,
    /// The findings that it would decide.
    pub decides: Vec<Code>,
    /// The needs that it settles.
    pub settles: Vec<Need>,
}

/// What is said of a pasted document beside its own problems: statements of other tools, shown and compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The document.
    pub document: DocumentId,
    /// What it says.
    pub text: Text,
}

/// Everything that is said.
#[derive(Clone, Debug)]
pub struct Diagnosis {
    /// What it comes to.
    pub outcome: Outcome,
    /// The task.
    pub case: CaseSummary,
    /// The error text.
    pub symptom: Option<Symptom>,
    /// Findings, causes first.
    pub findings: Vec<Finding>,
    /// Destinations, in the catalogue's order.
    pub destinations: Vec<DestinationReport>,
    /// What to collect or answer next, what decides most first.
    pub requests: Vec<Request>,
    /// What other tools say of the failure.
    pub notes: Vec<Note>,
    /// Other failed tasks in the paste: error text (where they have one) and their ARNs, the most frequent first.
    pub other_tasks: Vec<(Option<String>, Vec<String>)>,
}
