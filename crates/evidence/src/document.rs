//! What reading hands out: sources, and the documents found in them.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::operation::Operation;
use crate::pointer::Pointer;
use crate::problem::{Problem, Repair};

/// One pasted text or file.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The file's name, or what stands for one. Only a last hint.
    pub name: &'a str,
    /// The bytes as they came, in any encoding.
    pub bytes: &'a [u8],
}

/// Index into [`Evidence::sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// Index into [`Evidence::documents`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub u32);

/// Everything that was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evidence {
    /// One for each input, in order.
    pub sources: Vec<Source>,
    /// In paste order.
    pub documents: Vec<Document>,
}

/// One input, decoded, repaired, its secret values masked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// As given.
    pub name: String,
    /// What was changed while reading.
    pub repairs: Vec<Repair>,
    /// What could not be used, apart from what its documents say themselves.
    pub problems: Vec<Problem>,
    pub(crate) text: String,
}

impl Source {
    /// The text as it was kept: same lines as the input, no secret values.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// One output, error, answer, command or piece of prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its own index.
    pub id: DocumentId,
    /// Where it stands.
    pub source: SourceId,
    /// Bytes of the source's text.
    pub range: Range<usize>,
    /// What printed it; `None` where that is not known.
    pub operation: Option<Operation>,
    /// The call that printed it; `None` where that is not known.
    pub command: Option<Command>,
    /// What it is.
    pub body: Body,
    /// Whether all of it is there.
    pub completeness: Completeness,
    /// What the bundle's header says of it.
    pub collected: Option<Collected>,
    /// What the person should know of it.
    pub problems: Vec<Problem>,
    pub(crate) converted: Option<Box<Converted>>,
}

/// JSON that does not stand in the source as such (YAML, wrapped lines), with
/// the way back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Converted {
    pub(crate) json: String,
    /// Ascending, without gaps in `json`.
    pub(crate) map: Vec<Segment>,
    /// Whether a segment's bytes are those of the source, one by one.
    pub(crate) exact: bool,
}

/// A stretch of converted JSON: where it starts, and what it was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Segment {
    pub(crate) json: usize,
    /// Bytes of the source's text.
    pub(crate) source: Range<usize>,
}

/// What a document is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// What an operation printed, or a part of it.
    Output(Shape),
    /// The operation failed.
    Error(CallError),
    /// The person's answer to a question of the tool.
    Answer(Answer),
    /// A command line that itself is evidence: `run-task`, `create-service`
    /// and `update-service`; `describe-tasks`, `describe-services` and
    /// `stop-task` where no output follows.
    Command,
    /// Prose between documents; it may hold an error line of ECS.
    Text,
}

/// How much of the output's frame is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// The whole response with its top-level members.
    Response,
    /// The bare array of items, as `--query Subnets` prints.
    Items,
    /// One resource copied out of the listing.
    Item,
    /// An EventBridge event or CloudTrail record.
    Event,
}

/// An AWS error as the CLI prints it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallError {
    /// The error's code, such as `NoSuchEntity`.
    pub code: String,
    /// The operation as the message names it, such as `GetRole`.
    pub operation_word: String,
    /// The message, on one line.
    pub message: String,
}

/// A question of the tool and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Which question.
    pub question: String,
    /// What it was asked about, empty where nothing in particular.
    pub subject: String,
    /// The answer: a string's content, or any other value as JSON.
    pub value: String,
}

/// Whether all of a document is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Completeness {
    /// All of it.
    Whole,
    /// One page of a listing that has more (a token member says so).
    Partial,
    /// The text ends, or breaks, inside the document: only the items before
    /// that are there.
    Cut,
}

/// Where and when a bundle was collected.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Collected {
    /// RFC 3339 time.
    pub at: Option<String>,
    /// Twelve-digit account id.
    pub account: Option<String>,
    /// Region code.
    pub region: Option<String>,
}

/// A call: the command line above an output or a bundle's parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// What was called.
    pub operation: Operation,
    /// Option names without dashes, with their values in order. A flag has no
    /// values. Options whose value is a shell variable that the paste does not
    /// set are left out.
    pub options: BTreeMap<String, Vec<String>>,
    /// Whether the output went through another program (`| jq …`), which may
    /// have filtered it.
    pub piped: bool,
    pub(crate) region: Option<String>,
    pub(crate) profile: Option<String>,
}

impl Command {
    /// A call of `operation` without options.
    #[must_use]
    pub const fn new(operation: Operation) -> Self {
        Self {
            operation,
            options: BTreeMap::new(),
            piped: false,
            region: None,
            profile: None,
        }
    }

    /// The first value of an option.
    #[must_use]
    pub fn option(&self, name: &str) -> Option<&str> {
        self.options.get(name)?.first().map(String::as_str)
    }

    /// `--region`, or what the paste sets `AWS_REGION` (then
    /// `AWS_DEFAULT_REGION`) to above the command.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        self.option("region").or(self.region.as_deref())
    }

    /// `--profile`, or what the paste sets `AWS_PROFILE` to above the command.
    #[must_use]
    pub fn profile(&self) -> Option<&str> {
        self.option("profile").or(self.profile.as_deref())
    }
}

/// A place in a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Citation {
    /// Which document.
    pub document: DocumentId,
    /// Where in it.
    pub pointer: Pointer,
}

/// A citation resolved for display.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location<'a> {
    /// Where the text stands.
    pub source: SourceId,
    /// Line in the source, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Bytes of the source's text: the member's name (where there is one) and
    /// value.
    pub span: Range<usize>,
    /// That text.
    pub excerpt: &'a str,
}
