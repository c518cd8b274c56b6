//! The parts of the page. Each shows what it is given and reports what a person did.

pub(crate) mod header;
pub(crate) mod inputs;
pub(crate) mod outcome;
pub(crate) mod paste;
