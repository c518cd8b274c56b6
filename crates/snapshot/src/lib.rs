//! Typed AWS state, read from documents: what is known, where each value came from, and what is missing.
//!
//! Everything past this crate works on types: ids are newtypes, times are [`Time`], lists of resources are
//! [`Collection`]s that know how complete they are, and every resource carries the [`Citation`] that proves it.

pub mod activity;
pub mod changes;
pub mod core;
pub mod ec2;
pub mod ecr;
pub mod ecs;
mod failures;
pub mod iam;
pub mod kms;
mod load;
pub mod logs;
pub mod needs;
pub mod organizations;
mod owners;
mod places;
mod policies;
pub mod route53;
pub mod s3;
pub mod secrets;
pub mod ssm;

pub use crate::core::collection::{Collection, Contradiction, Found, Resource};
pub use crate::core::ids;
pub use crate::core::lenient;
pub use crate::core::listing::{Asked, Assumption, Coverage, Listing, Scope};
pub use crate::core::order;
pub use crate::core::owned::{Owner, PolicyDocument, PolicyText};
pub use crate::core::time::Time;
pub use crate::core::truth::Truth;
pub use crate::load::{CallFailure, GivenAnswer, Snapshot};
pub use crate::needs::{Call, Need, Question, QuestionKind};
pub use evidence::{Citation, DocumentId, Operation, Pointer, Text};
