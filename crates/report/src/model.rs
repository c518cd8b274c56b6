//! The report as plain data: one struct for each object of `pulldoctor.report/1`, members in the contract's order.
//!
//! This is where types end: identifiers are text here, exactly as AWS writes them, because a report is read by programs
//! that do not share ours. What has a closed vocabulary is an enum. Prose (`title`, `summary`, `explanation`, `why`, …)
//! is plain text in the asked language; a pair of backticks marks data, a blank line parts paragraphs, and nothing else
//! in it is markup: renderers escape the rest.

mod authorization;
mod comparison;
mod destination;
mod document;
mod finding;
mod network;
mod request;
mod service;
mod symptom;
mod task;
mod vocabulary;

use serde::{Deserialize, Serialize};

pub use authorization::{Access, Authorization, Layer, LayerKind};
pub use comparison::{CauseProgress, Change, ChangeKind, Comparison, ComparisonSchema, MemberChange, Progress};
pub use destination::{Destination, Reference, ReferenceVerdict};
pub use document::{Document, TaskGroup};
pub use finding::{Citation, Evidence, Finding, Fix, FixKind, Role, Status};
pub use network::{Direction, Hop, HopKind, HopVerdict, Network, Protocol, Reach, SubnetVerdict, Via, Witness};
pub use request::{Request, RequestBody};
pub use service::Service;
pub use symptom::{ErrorCause, OneOrMany, Quoted, Stage, Symptom};
pub use task::{Field, Task};
pub(crate) use vocabulary::vocabulary;

/// A whole diagnosis, as handed to the outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Which contract this report keeps.
    pub schema: SchemaId,
    /// What made the report.
    pub tool: Tool,
    /// The answer in one word; see [`Outcome`] for when each is given.
    pub outcome: Outcome,
    /// The task that the report is about; all members unknown where none was pasted.
    pub task: Task,
    /// What the task's own error text says; `None` where no error text was pasted.
    pub symptom: Option<Symptom>,
    /// Findings by role and weight, causes first.
    pub findings: Vec<Finding>,
    /// Every destination that the task needs to reach before its containers run.
    pub destinations: Vec<Destination>,
    /// What to collect or answer next, the most deciding first.
    pub requests: Vec<Request>,
    /// What was read, in the order pasted; citations index this list from 0.
    pub documents: Vec<Document>,
    /// Other stopped tasks in the paste, grouped by their error text; left out of the JSON where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_tasks: Vec<TaskGroup>,
}

/// The maker of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tool {
    /// Always `pulldoctor`.
    pub name: String,
    /// The tool's version (`1.2.3`).
    pub version: String,
    /// The day (`YYYY-MM-DD`) to which the built-in AWS facts are true, managed policies among them; left out where not stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<String>,
    /// The commit that the tool was built from; left out where it was built outside of a checkout.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub build: Option<String>,
}

vocabulary! {
    /// The contract's name and major version; members are added within one version, never renamed or removed.
    pub enum SchemaId {
        /// `pulldoctor.report/1`.
        V1 = "pulldoctor.report/1",
    }
}

vocabulary! {
    /// The answer in one word. The first that holds, in the order of the variants' documentation: out of scope, root
    /// cause, suspects, insufficient evidence, no fault found.
    pub enum Outcome {
        /// At least one fault is proven to explain the error.
        RootCause = "root_cause",
        /// An error was reported and nothing is proven to explain it, or something that could matter is unknown.
        Suspects = "suspects",
        /// Everything that the task needs was judged, and passes.
        NoFaultFound = "no_fault_found",
        /// There is neither a task, nor an error text that says anything, nor configuration.
        InsufficientEvidence = "insufficient_evidence",
        /// The task runs, or failed in an area that the tool does not cover.
        OutOfScope = "out_of_scope",
    }
}
