//! What was read.

use serde::{Deserialize, Serialize};

/// One document found in the paste.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The file's name, or the paste's place.
    pub name: String,
    /// The AWS operation whose output it is (`ec2:DescribeRouteTables`); `None` where it was not recognised.
    pub operation: Option<String>,
    /// How many resources it holds.
    pub resources: usize,
    /// What could not be read, was repaired or was masked, each in one sentence.
    pub problems: Vec<String>,
}

/// Stopped tasks that the report is not about, with one error text in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskGroup {
    /// Their error text; `None` where they carry none.
    pub text: Option<String>,
    /// Their ARNs.
    pub tasks: Vec<String>,
}
