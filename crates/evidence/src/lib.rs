//! Text to documents: what a customer pasted, taken apart.
//!
//! [`read`] takes any bytes and never fails. It decodes, repairs what can be
//! repaired without loss, masks secret values, finds the documents, and says
//! of each which AWS operation printed it. Later stages cite a document and a
//! JSON pointer; [`Evidence::locate`] turns that into lines.

mod access;
mod advice;
mod archive;
mod command;
mod decode;
mod document;
mod duplicates;
mod edits;
mod lines;
mod operation;
mod pointer;
mod problem;
mod reading;
mod recognise;
mod redact;
mod scan;
mod secrets;
mod segment;
mod text;
mod walk;
mod yaml;

pub use archive::unpacked;
pub use document::{
    Answer, Body, CallError, Citation, Collected, Command, Completeness, Document, DocumentId, Evidence, Input, Location, Shape, Source,
    SourceId,
};
pub use operation::Operation;
pub use pointer::Pointer;
pub use problem::{Problem, ProblemKind, Repair, RepairKind};
pub use reading::{Opened, Reader, read, read_counted};
pub use redact::{Redacted, redact};
pub use secrets::MASK;
pub use text::Text;

/// How many bytes of input are read at most, all inputs together. Real cases
/// are below 2 MB; what is beyond is left out and a problem says so.
pub const MAX_BYTES: usize = 100 * 1024 * 1024;
