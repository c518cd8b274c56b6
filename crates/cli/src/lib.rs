//! What the commands of `pulldoctor` share: options, reading, printing and the exit status.
//!
//! The only crate that touches files, the environment and the terminal; everything it prints comes from the core.

pub mod commands;
pub mod input;
pub mod options;
pub mod output;
pub mod status;
pub mod unusable;

pub use unusable::Unusable;
