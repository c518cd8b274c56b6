//! Findings: what is proven wrong, a trap, unknown or in order, with its proof and its remedies.

use serde::{Deserialize, Serialize};

use crate::model::{Service, vocabulary};

/// One fault or check of the catalogue, applied to this case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The catalogue's code (`network.no-route`), never renamed.
    pub code: String,
    /// What is known.
    pub status: Status,
    /// How a failure relates to the reported error; `None` unless the status is [`Status::Fail`].
    pub role: Option<Role>,
    /// The ids or ARNs that the finding is about.
    pub subject: Vec<String>,
    /// The destinations that it touches.
    pub affects: Vec<Service>,
    /// One line.
    pub title: String,
    /// For the one who has to tell the customer.
    pub summary: String,
    /// For the engineer.
    pub explanation: String,
    /// What the verdict takes for granted.
    pub assumes: Vec<String>,
    /// What proves it.
    pub evidence: Vec<Evidence>,
    /// Ids of the requests that would settle an unknown.
    pub missing: Vec<String>,
    /// What to do.
    pub fixes: Vec<Fix>,
}

vocabulary! {
    /// What is known about a check.
    pub enum Status {
        /// Proven to stop the task from starting.
        Fail = "fail",
        /// Proven; does not stop this task, but is a trap.
        Warn = "warn",
        /// Cannot be judged until something named is pasted.
        Unknown = "unknown",
        /// Proven to be in order.
        Pass = "pass",
    }
}

vocabulary! {
    /// How a proven failure relates to the error that the task reported.
    pub enum Role {
        /// It explains the error.
        Cause = "cause",
        /// It surfaces once the cause is fixed.
        Next = "next",
    }
}

/// A place in a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Citation {
    /// Index into the report's documents, from 0.
    pub document: usize,
    /// RFC 6901 JSON pointer; empty for the whole document.
    pub pointer: String,
}

/// A place in a document, with the line shown to the reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Index into the report's documents, from 0.
    pub document: usize,
    /// RFC 6901 JSON pointer; empty for the whole document.
    pub pointer: String,
    /// The line of the document on which the cited value starts, from 1; `None` where the text has no line for it.
    pub line: Option<usize>,
    /// The cited text, shortened.
    pub excerpt: String,
}

/// One way to remove a fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// The form that `text` has.
    pub kind: FixKind,
    /// The command, steps, template or policy, with this case's ids.
    pub text: String,
    /// What else it changes, restarts or costs.
    pub impact: String,
    /// Whether this fix, applied to the typed state and diagnosed again, clears the finding and adds no failure.
    pub verified: bool,
}

vocabulary! {
    /// The form of a fix.
    pub enum FixKind {
        /// An AWS CLI command.
        AwsCli = "aws-cli",
        /// Steps in the AWS Management Console.
        Console = "console",
        /// An AWS CloudFormation fragment.
        CloudFormation = "cloudformation",
        /// A Terraform fragment.
        Terraform = "terraform",
        /// A policy document.
        Policy = "policy",
    }
}
