//! What would settle what is unknown.

use serde::{Deserialize, Serialize};

/// Something to collect or to answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The id by which findings name it (`r1`, `q1`).
    pub id: String,
    /// What is asked.
    #[serde(flatten)]
    pub body: RequestBody,
    /// What it would tell.
    pub why: String,
    /// Codes of the findings that it would decide.
    pub decides: Vec<String>,
}

impl Request {
    /// The command, where it is one that only reads: all are but AWS's own runbook, which a person has to choose knowingly.
    pub fn reading(&self) -> Option<&str> {
        match &self.body {
            RequestBody::Command { operation, command } if operation != diagnosis::plan::runbook::OPERATION => Some(command),
            _ => None,
        }
    }
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RequestBody {
    /// The output of a read-only command.
    Command {
        /// The AWS operation (`ec2:DescribeRouteTables`).
        operation: String,
        /// The AWS CLI command with the ids known so far.
        command: String,
    },
    /// The answer to a question that no output holds.
    Question {
        /// The question.
        question: String,
        /// The answers to choose from; empty where the answer is free text.
        choices: Vec<String>,
    },
}
