//! The outside contract `pulldoctor.report/1`: its types, its JSON Schema and its renderers.
//!
//! A report is plain data: the page, the command line and the npm package show the same value, and everything that is
//! rendered is rendered from the [`model`] alone.

mod assemble;
mod compare;
mod escape;
pub mod explain;
pub mod lang;
pub mod model;
mod policies;
pub mod remedy;
pub mod render;
pub mod schema;
mod view;
pub mod words;

pub use crate::assemble::{Options, assemble, diagnose, diagnose_evidence, tool};
pub use crate::compare::compare;
pub use crate::escape::acts;
pub use crate::lang::Lang;
pub use crate::model::{Comparison, Report};
pub use crate::policies::{Policy, policies, write_policies};
pub use crate::render::{Colour, Format, headline, render, render_comparison, render_plan};
pub use diagnosis::plan::{Shell, quote, requote};
pub use evidence::Input;
pub use snapshot::Time;
