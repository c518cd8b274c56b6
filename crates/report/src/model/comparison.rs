//! What a second set of evidence of the same case tells.

use serde::{Deserialize, Serialize};

use crate::model::{Evidence, Report, Request, Tool, vocabulary};

vocabulary! {
    /// The contract's name and major version.
    pub enum ComparisonSchema {
        /// `pulldoctor.comparison/1`.
        V1 = "pulldoctor.comparison/1",
    }
}

vocabulary! {
    /// The answer in one word.
    pub enum Progress {
        /// Every proven cause is gone.
        Gone = "gone",
        /// At least one proven cause is still there.
        Remains = "remains",
        /// The second set does not say it of every cause.
        Unknown = "unknown",
        /// The first set proved no cause.
        NoCause = "no_cause",
    }
}

vocabulary! {
    /// How a resource differs.
    pub enum ChangeKind {
        /// It has other content.
        Changed = "changed",
        /// The same command lists it now and did not before.
        Added = "added",
        /// The same command listed it before and does not now.
        Gone = "gone",
    }
}

/// Before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// Which contract this keeps.
    pub schema: ComparisonSchema,
    /// What made it.
    pub tool: Tool,
    /// Whether the causes are gone.
    pub verdict: Progress,
    /// The same in one sentence.
    pub summary: String,
    /// Whether a task created after the one that failed runs now; `None` where nothing pasted says that it does.
    pub runs: Option<Evidence>,
    /// Whether the task fails with another error now; `None` where the second set holds no error text.
    pub other_error: Option<bool>,
    /// What became of each cause that the first set proved.
    pub causes: Vec<CauseProgress>,
    /// What differs between the sets.
    pub changes: Vec<Change>,
    /// Commands to run again: they proved a cause, and the second set lacks them.
    pub again: Vec<Request>,
    /// The case as it stands: the second set laid over the first. Citations everywhere here index its documents.
    pub report: Report,
}

/// What became of one cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CauseProgress {
    /// The finding's code.
    pub code: String,
    /// What it was about.
    pub subject: Vec<String>,
    /// The finding's title in the first set.
    pub title: String,
    /// `gone`, `remains` or `unknown`.
    pub verdict: Progress,
    /// What proves it in the second set.
    pub evidence: Vec<Evidence>,
}

/// One resource, or the output of one command, that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The operation that shows it (`ec2:DescribeRouteTables`).
    pub operation: String,
    /// The resource's id, or what the command named.
    pub subject: String,
    /// How it differs.
    pub kind: ChangeKind,
    /// Where it stood.
    pub before: Option<Evidence>,
    /// Where it stands.
    pub after: Option<Evidence>,
    /// The members that differ.
    pub members: Vec<MemberChange>,
}

/// One member that differs; of lists, the elements that only one side has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberChange {
    /// Its name; those of nested objects with slashes between.
    pub member: String,
    /// Its JSON before, shortened; `None` where it was not there.
    pub before: Option<String>,
    /// Its JSON after.
    pub after: Option<String>,
}
