//! Takes a text apart: documents, commands, errors, and what is left.
//!
//! One pass from front to back. A fault inside a document is where reading
//! goes on, so no byte is looked at more than a few times however the text is
//! made.

mod aside;
mod blocks;
mod commands;

use std::ops::Range;

pub(crate) use aside::Segmenting;

use crate::lines;
use crate::operation::Operation;
use crate::problem::ProblemKind;
use crate::recognise::{Known, View, recognise};
use crate::scan::FaultKind;
use crate::secrets::{Mask, mask_prose};
use crate::walk::{Kind, Walk, walk};
use crate::yaml;

/// A part of the text that is more than prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) range: Range<usize>,
    pub(crate) kind: PieceKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PieceKind {
    Json {
        walk: Box<Walk>,
        known: Known,
    },
    Yaml {
        yaml: Box<yaml::Yaml>,
        walk: Box<Walk>,
        known: Known,
    },
    Command,
    Assignment,
    Error,
    /// Recognised, but of no use: what to say, and what printed it.
    Claim(ProblemKind, Option<Operation>),
    /// Frames and marks without meaning of their own.
    Skip,
}

/// A text taken apart.
#[derive(Debug, Default)]
pub(crate) struct Segments {
    pub(crate) pieces: Vec<Piece>,
    pub(crate) masks: Vec<Mask>,
    /// Bytes looked at while walking documents.
    pub(crate) visited: usize,
}

struct Segmenter<'a> {
    text: &'a str,
    state: Segmenting,
}

impl Segmenter<'_> {
    /// Reads one line, or what starts on it.
    fn step(&mut self) {
        let bytes = self.text.as_bytes();
        let start = self.state.pos;
        let rest = bytes.get(start..).unwrap_or_default();
        let white = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n')).count();
        if white > 0 {
            // Blank lines and indentation, but whole lines keep their start.
            let skipped = rest.get(..white).unwrap_or_default();
            let line_start = skipped.iter().rposition(|&byte| byte == b'\n');
            let indent = line_start.map_or(0, |at| at + 1);
            self.state.pos = start + indent;
            if rest.get(white).is_none() {
                self.state.pos = bytes.len();
                return;
            }
        }
        let first = start + white;
        if self.state.line_end <= first {
            self.state.line_end = memchr::memchr(b'\n', bytes.get(first..).unwrap_or_default()).map_or(bytes.len(), |len| first + len);
        }
        let end = self.state.line_end;
        if let Some(b'{' | b'[') = bytes.get(first)
            && self.json(first, true)
        {
            return;
        }
        let at_line = self.state.pos == 0 || bytes.get(self.state.pos - 1) == Some(&b'\n');
        if at_line && self.line(self.state.pos, first, end) {
            return;
        }
        self.inline(first, end);
    }

    /// JSON in the middle of a line.
    fn inline(&mut self, from: usize, end: usize) {
        let bytes = self.text.as_bytes();
        let mut at = from;
        while at < end {
            let found = memchr::memchr2(b'{', b'[', bytes.get(at..end).unwrap_or_default());
            let Some(found) = found else {
                break;
            };
            if at + found != from && self.json(at + found, false) {
                return;
            }
            at += found + 1;
            if self.state.pos > at {
                // What was no document was walked over.
                if self.state.pos >= end {
                    return;
                }
                at = self.state.pos;
            }
        }
        self.state.pos = end;
    }

    /// Whether a value can start here at all.
    fn may_start(&self, at: usize) -> bool {
        let rest = self.text.as_bytes().get(at..).unwrap_or_default();
        let next = rest.iter().skip(1).find(|byte| !matches!(byte, b' ' | b'\t' | b'\n'));
        match (rest.first(), next) {
            (Some(b'{'), Some(b'"' | b'}')) => true,
            (Some(b'['), Some(b'{' | b'[' | b'"' | b']')) => true,
            (Some(_), Some(byte)) => *byte >= 0x80,
            _ => false,
        }
    }

    /// Tries a document at `at`; `true` where it was taken (or walked over).
    fn json(&mut self, at: usize, own_line: bool) -> bool {
        if !self.may_start(at) {
            return false;
        }
        let walk = walk(self.text, at, self.state.rules);
        self.state.out.visited += walk.end - walk.start;
        self.state.out.masks.extend(walk.masks.iter().cloned());
        let known = recognise(View {
            text: self.text,
            walk: &walk,
        });
        let end = walk.end.max(at + 1);
        let leak = walk.leak;
        if let Some(fault) = walk.fault
            && fault.kind == FaultKind::Depth
        {
            self.push(at..end, PieceKind::Claim(ProblemKind::TooDeep, None));
            self.state.pos = end;
            return true;
        }
        let recognised = known != Known::Unknown;
        let whole = walk.fault.is_none();
        let worth = match walk.kind {
            Kind::Object => !walk.members.is_empty() || whole,
            _ => whole && (walk.first == Some(Kind::Object) || own_line),
        };
        let closed = self.closes_line(end);
        let taken = recognised || (own_line && worth && (!whole || closed) && self.state.leak.is_none());
        if taken && (whole || !walk.members.is_empty()) {
            if recognised {
                self.end_leak(at);
            }
            self.push(
                at..end,
                PieceKind::Json {
                    walk: Box::new(walk),
                    known,
                },
            );
        }
        if let Some(leak) = leak {
            self.state.leak.get_or_insert(leak);
        }
        self.state.pos = end;
        true
    }

    /// Whether nothing but marks follows on the line.
    fn closes_line(&self, end: usize) -> bool {
        let rest = self.text.get(end..).unwrap_or_default();
        let marks = [' ', '\t', ',', ';', '`', '」', '。', '\u{3000}'];
        rest.chars().find(|c| !marks.contains(c)).is_none_or(|c| c == '\n')
    }

    /// Something at the start of a line that is no JSON.
    fn line(&mut self, start: usize, first: usize, end: usize) -> bool {
        let line = self.text.get(first..end).unwrap_or_default();
        if let Some(aws) = lines::find_aws(line, 0) {
            self.commands(first, first + aws, end);
            return true;
        }
        if let Some(at) = lines::find_error(line) {
            self.error(first + at, end);
            return true;
        }
        if self.block(start, first, end) {
            return true;
        }
        if self.yaml(start, end) {
            return true;
        }
        if lines::assignment(line).is_some() {
            self.push(first..end, PieceKind::Assignment);
            self.state.pos = end;
            return true;
        }
        false
    }

    fn yaml(&mut self, start: usize, end: usize) -> bool {
        if start < self.state.no_yaml {
            return false;
        }
        let Some(region) = yaml::region(self.text, start, end) else {
            return false;
        };
        self.state.no_yaml = region.end;
        let source = self.text.get(region.clone()).unwrap_or_default();
        self.state.out.visited += region.len();
        if source.contains("AWS::") && yaml::is_template(source) {
            self.push(region.clone(), PieceKind::Claim(ProblemKind::CloudFormation, None));
            self.state.pos = region.end;
            return true;
        }
        let Some(yaml) = yaml::convert(source, region.start) else {
            // A paste of one of the listings it is all the same.
            if yaml::is_surely(source) {
                self.push(region.clone(), PieceKind::Claim(ProblemKind::BadYaml, None));
                self.state.pos = region.end;
                return true;
            }
            return false;
        };
        let walk = walk(&yaml.json, 0, self.state.rules);
        let known = recognise(View {
            text: &yaml.json,
            walk: &walk,
        });
        if known == Known::Unknown {
            return false;
        }
        if known == Known::CloudFormation {
            self.push(region.clone(), PieceKind::Claim(ProblemKind::CloudFormation, None));
            self.state.pos = region.end;
            return true;
        }
        self.end_leak(region.start);
        for mask in &walk.masks {
            let place = yaml.place(mask.start, mask.end);
            self.state.out.masks.push(Mask::over(self.text, place.start, place.end));
        }
        self.push(
            region.clone(),
            PieceKind::Yaml {
                yaml: Box::new(yaml),
                walk: Box::new(walk),
                known,
            },
        );
        self.state.pos = region.end;
        true
    }

    fn push(&mut self, range: Range<usize>, kind: PieceKind) {
        if matches!(kind, PieceKind::Command | PieceKind::Error) {
            self.end_leak(range.start);
        }
        self.state.out.pieces.push(Piece { range, kind });
    }

    /// Everything from the leak up to here goes.
    fn end_leak(&mut self, at: usize) {
        if let Some(leak) = self.state.leak.take()
            && leak < at
        {
            let dropped = self.text.get(leak..at).unwrap_or_default();
            let trimmed = dropped.trim_end().len();
            if trimmed > 0 {
                self.state.out.masks.push(Mask::over(self.text, leak, leak + trimmed));
            }
            // Nothing found inside is a document.
            let before = self.state.out.pieces.partition_point(|piece| piece.range.start < leak);
            self.state.out.pieces.truncate(before);
        }
    }

    fn finish(mut self) -> Segments {
        self.end_leak(self.text.len());
        let mut at = 0;
        let mut prose = Vec::new();
        for piece in &self.state.out.pieces {
            if matches!(piece.kind, PieceKind::Json { .. } | PieceKind::Yaml { .. }) {
                prose.push(at..piece.range.start);
                at = piece.range.end;
            }
        }
        prose.push(at..self.text.len());
        for range in prose {
            if range.end > range.start {
                mask_prose(self.text, range.start, range.end, &mut self.state.out.masks);
            }
        }
        self.state.out
    }
}
