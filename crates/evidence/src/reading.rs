//! From bytes to documents.

mod bundle;
mod calls;
mod outputs;
mod prose;
mod repairs;

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::ops::Range;

use crate::advice;
use crate::decode::{self, Decoded};
use crate::document::{Body, Collected, Completeness, Document, DocumentId, Evidence, Input, Source, SourceId};
use crate::edits::Edits;
use crate::operation::Operation;
use crate::problem::{Problem, ProblemKind};
use crate::segment::{Piece, PieceKind, Segmenting, Segments};

use calls::Calls;

/// Problems of one kind in one source beyond this many say nothing new.
const MAX_PROBLEMS: usize = 200;

/// Reads everything that was pasted. Total: any bytes give an answer, the same
/// bytes the same answer, in linear time.
#[must_use]
pub fn read(inputs: &[Input<'_>]) -> Evidence {
    read_counted(inputs).0
}

/// [`read`], with how many bytes the document passes looked at: for tests of
/// linear time.
#[doc(hidden)]
#[must_use]
pub fn read_counted(inputs: &[Input<'_>]) -> (Evidence, usize) {
    let mut reader = Reader::default();
    for input in inputs {
        reader.read(input);
    }
    (reader.evidence, reader.visited)
}

/// [`read`] one input at a time, or a stretch of one, for a caller that has other things to do in between.
#[derive(Debug)]
pub struct Reader {
    evidence: Evidence,
    /// Bytes that may still be read.
    left: usize,
    visited: usize,
}

impl Default for Reader {
    fn default() -> Self {
        Self {
            evidence: Evidence::default(),
            left: crate::MAX_BYTES,
            visited: 0,
        }
    }
}

/// An input that is being read: what [`Reader::open`] gives and [`Reader::close`] takes.
#[derive(Debug)]
pub struct Opened {
    name: String,
    decoded: Decoded,
    segmenting: Segmenting,
}

impl Opened {
    /// Reads on for about so many bytes, and at least to the end of a document.
    #[must_use]
    pub fn on(self, bytes: usize) -> Self {
        let segmenting = self.segmenting.on(&self.decoded.text, bytes);
        Self { segmenting, ..self }
    }

    /// Bytes of the decoded text that are read.
    #[must_use]
    pub const fn done(&self) -> usize {
        self.segmenting.done()
    }

    /// Whether nothing is left to read.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        self.done() >= self.decoded.text.len()
    }
}

impl Reader {
    /// Reads the next input.
    pub fn read(&mut self, input: &Input<'_>) {
        let opened = self.open(input);
        self.close(opened);
    }

    /// Begins the next input, for a caller that has other things to do while a large one is read.
    /// It counts as soon as it is [closed](Self::close); inputs are closed in the order in which they were opened.
    pub fn open(&mut self, input: &Input<'_>) -> Opened {
        let taken = input.bytes.get(..self.left).unwrap_or(input.bytes);
        self.left -= taken.len();
        let mut decoded = decode::decode(taken);
        if taken.len() < input.bytes.len() {
            decoded.problems.push(advice::too_large(crate::MAX_BYTES));
        }
        Opened {
            name: input.name.to_owned(),
            segmenting: Segmenting::of(&decoded.text),
            decoded,
        }
    }

    /// Reads what is left of an input, and keeps what it says.
    pub fn close(&mut self, opened: Opened) {
        let Opened { name, decoded, segmenting } = opened;
        let evidence = &mut self.evidence;
        let source = SourceId(u32::try_from(evidence.sources.len()).unwrap_or(u32::MAX));
        let problems = decoded.problems;
        let segments = segmenting.finish(&decoded.text);
        self.visited += segments.visited;
        let edits = repairs::edits(&decoded.text, &segments);
        let edited = (!edits.is_empty()).then(|| edits.apply(&decoded.text));
        let text = edited.as_deref().unwrap_or(&decoded.text);
        let lines = Lines::of(text);
        let mut reading = Reading {
            name: &name,
            source,
            before: &decoded.text,
            text,
            lines,
            edits: &edits,
            first: evidence.documents.len(),
            documents: Vec::new(),
            problems,
            calls: Calls::default(),
            collected: None,
        };
        reading.run(&segments);
        let Reading {
            documents,
            problems,
            lines,
            ..
        } = reading;
        let mut all = decoded.repairs;
        repairs::record(&mut all, &decoded.text, &segments, &lines, &edits);
        evidence.documents.extend(documents);
        evidence.sources.push(Source {
            name,
            repairs: all,
            problems,
            text: edited.unwrap_or(decoded.text),
        });
    }

    /// All that was read.
    #[must_use]
    pub fn finish(self) -> Evidence {
        self.evidence
    }
}

/// Where the lines of a text end; looked for when the first is asked for, since most pastes have nothing to say.
pub(crate) struct Lines<'a> {
    text: &'a str,
    ends: OnceCell<Vec<usize>>,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        Self {
            text,
            ends: OnceCell::new(),
        }
    }

    /// The line of an offset, from 1.
    pub(crate) fn at(&self, offset: usize) -> usize {
        let ends = self.ends.get_or_init(|| memchr::memchr_iter(b'\n', self.text.as_bytes()).collect());
        ends.partition_point(|&end| end < offset) + 1
    }
}

/// One source being read.
struct Reading<'a> {
    name: &'a str,
    source: SourceId,
    /// The text before secrets were masked; only to see how lines were wrapped.
    before: &'a str,
    text: &'a str,
    lines: Lines<'a>,
    edits: &'a Edits,
    first: usize,
    documents: Vec<Document>,
    problems: Vec<Problem>,
    calls: Calls,
    collected: Option<Collected>,
}

impl<'a> Reading<'a> {
    fn run(&mut self, segments: &Segments) {
        let mut at = 0;
        for piece in &segments.pieces {
            let range = self.edits.range(&piece.range);
            if range.start > at {
                self.prose(at..range.start);
            }
            at = at.max(range.end);
            self.piece(piece, range);
        }
        self.prose(at..self.text.len());
        self.unanswered();
        if !segments.masks.is_empty() {
            let lines: BTreeSet<usize> = segments
                .masks
                .iter()
                .map(|mask| self.lines.at(self.edits.start(mask.start)))
                .collect();
            let lines: Vec<usize> = lines.into_iter().collect();
            self.problems.push(advice::secrets_dropped(&lines));
        }
    }

    fn piece(&mut self, piece: &Piece, range: Range<usize>) {
        match &piece.kind {
            PieceKind::Skip => {}
            PieceKind::Assignment => self.calls.assign(self.slice(&range)),
            PieceKind::Command => self.command(range),
            PieceKind::Error => self.error(range),
            PieceKind::Claim(kind, operation) => self.claim(*kind, *operation, range),
            PieceKind::Json { walk, known } => self.json(walk, known, range, None),
            PieceKind::Yaml { yaml, walk, known } => self.json(walk, known, range, Some(yaml)),
        }
    }

    fn slice(&self, range: &Range<usize>) -> &'a str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// What was recognised, but holds no evidence.
    fn claim(&mut self, kind: ProblemKind, operation: Option<Operation>, range: Range<usize>) {
        let call = self.calls.nearest();
        let called = call.as_ref().map(|call| call.operation);
        // Several operations share a list's or a title's name; the command above says which.
        let named = |operation: Operation| (operation.action(), operation.list_member().map(str::to_ascii_lowercase));
        let operation = match (operation, called) {
            (Some(shown), Some(called)) => {
                let (shown_as, called_as) = (named(shown), named(called));
                let same = shown_as.0 == called_as.0 || shown_as.1 == called_as.1;
                Some(if same { called } else { shown })
            }
            (shown, called) => shown.or(called),
        };
        let fits = call.filter(|call| Some(call.operation) == operation);
        let operation = match kind {
            ProblemKind::Terraform | ProblemKind::CloudFormation => Some(Operation::EcsDescribeTasks),
            _ => operation,
        };
        let problem = advice::rerun(kind, operation, fits.as_ref());
        if matches!(kind, ProblemKind::TextOutput | ProblemKind::TableOutput) {
            // A cell may hold an error text.
            let mut document = self.document(range, Body::Text);
            document.command = fits;
            document.problems.push(self.placed(problem, document.range.start));
            self.documents.push(document);
        } else {
            self.complain(problem, range.start);
        }
    }

    fn placed(&self, mut problem: Problem, at: usize) -> Problem {
        problem.line = self.lines.at(at);
        problem
    }

    /// Adds a problem of the source.
    fn complain(&mut self, problem: Problem, at: usize) {
        let same = self.problems.iter().filter(|other| other.kind == problem.kind).count();
        if same < MAX_PROBLEMS {
            self.problems.push(self.placed(problem, at));
        }
    }

    /// A document without anything known of it but its place.
    fn document(&self, range: Range<usize>, body: Body) -> Document {
        let index = self.first + self.documents.len();
        Document {
            id: DocumentId(u32::try_from(index).unwrap_or(u32::MAX)),
            source: self.source,
            range,
            operation: None,
            command: None,
            body,
            completeness: Completeness::Whole,
            collected: self.collected.clone(),
            problems: Vec::new(),
            converted: None,
        }
    }
}
