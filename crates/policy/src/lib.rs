//! The IAM policy language of AWS: documents parsed with exact error positions, and requests decided as AWS documents it,
//! in three values.
//!
//! A [`Request`] is held against [`Layers`] of [`Document`]s. What is not known, a context key's value or a document that
//! nobody showed, is said to be so; the [`Decision`] is settled only where every completion agrees, names the statement
//! that decides, and otherwise lists what would settle it.
//!
//! ```
//! use policy::{Context, Document, DocumentKind, Layers, Principal, Request, Resource, Source, Verdict, evaluate};
//!
//! let text = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow",
//!     "Action": "secretsmanager:GetSecretValue", "Resource": "arn:aws:secretsmanager:*:111122223333:secret:app-??????"}}"#;
//! let (document, problems) = Document::parse(text, DocumentKind::Identity);
//! assert!(problems.is_empty());
//!
//! let request = Request::new(
//!     Principal::role("arn:aws:iam::111122223333:role/ecsTaskExecutionRole", None).unwrap(),
//!     "secretsmanager:GetSecretValue",
//!     Resource::Arn("arn:aws:secretsmanager:eu-west-1:111122223333:secret:app-AbCdEf".into()),
//!     None,
//!     Context::default(),
//! );
//! let layers = Layers { identity: vec![Source::Document("inline", &document)], ..Layers::default() };
//! let decision = evaluate(&request, &layers);
//! assert_eq!(decision.verdict, Verdict::Allowed);
//! assert_eq!(decision.decided_by.unwrap().statement.unwrap().pointer, "/Statement");
//! ```

mod amend;
mod arn;
mod condition;
mod context;
mod decision;
mod document;
mod doubt;
mod evaluate;
mod glob;
mod layers;
mod managed_key;
mod near;
mod number;
mod parse;
mod problem;
mod request;
mod services;
mod template;
mod tri;
mod write;

pub use crate::arn::Arn;
pub use crate::condition::{Comparison, Condition, Operand, Operator, Set, Test};
pub use crate::context::{Context, Unmentioned, Value};
pub use crate::decision::{DecidedBy, Decision, LayerDecision, LayerKind, OpenStatement, Residuals, StatementRef, Verdict};
pub use crate::document::{
    ActionPattern, Actions, Document, DocumentKind, Effect, PrincipalItem, Principals, Resources, Statement, Version,
};
pub use crate::doubt::Doubt;
pub use crate::evaluate::evaluate;
pub use crate::glob::{Reading, Token, compile, matches, matches_counting};
pub use crate::layers::{Base, EndpointKind, Grant, Grants, KeyOwner, Layers, Level, ResourcePolicy, Source};
pub use crate::managed_key::aws_managed_key_policy;
pub use crate::near::{NearMiss, NearMissKind, ResourceDifference, near_misses};
pub use crate::number::Decimal;
pub use crate::problem::{Problem, ProblemKind};
pub use crate::request::{Principal, PrincipalKind, Request, Resource};
pub use crate::services::{has_no_resource_type, resource_controlled};
pub use crate::template::{Part, Template};
pub use crate::tri::Tri;
pub use crate::write::{Draft, DraftPrincipal, DraftStatement};
