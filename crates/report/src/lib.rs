//! The outside contract `pulldoctor.report/1`: its types, its JSON Schema and its renderers.
//!
//! A report is plain data: the page, the command line and the npm package show the same value, and everything that is
//! rendered is rendered from the [`model`] alone.

pub mod lang;
pub mod model;
pub mod schema;

pub use crate::lang::Lang;
pub use crate::model::Report;
