//! The parts of the page. Each shows what it is given and reports what a person did.

pub(crate) mod answer;
mod authorization;
mod collect;
mod copy;
mod destination;
mod destinations;
mod evidence;
mod examples;
mod export;
mod finding;
pub(crate) mod finding_page;
mod findings;
mod fix;
pub(crate) mod footer;
pub(crate) mod header;
pub(crate) mod help;
pub(crate) mod inputs;
mod jumps;
mod lines;
mod message;
mod outcome;
pub(crate) mod paste;
mod path;
mod question;
mod source_text;
mod tasks;
