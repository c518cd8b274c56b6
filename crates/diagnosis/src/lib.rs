//! From typed state to findings: the symptom, the case, what the task needs, what is proven of it, and what to ask next.

pub mod authorization;
pub mod case;
pub mod collector;
pub mod comparison;
pub mod existence;
pub mod findings;
pub mod judged;
pub mod least;
pub mod model;
mod notes;
mod pipeline;
pub mod plan;
pub mod ranking;
pub mod requirements;
pub mod symptom;
mod walks;
mod wishes;

pub use case::Options;
pub use notes::EXPLANATIONS;
pub use pipeline::{diagnose, diagnose_changed, diagnose_loaded, least_policies};

/// The day as of which AWS's behaviour, hosts and managed policies were written down.
pub const FACTS_DATE: &str = "2026-11-01";
