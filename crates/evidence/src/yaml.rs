//! YAML as the AWS CLI prints it (`--output yaml`), converted to JSON with the
//! way back to the source.
//!
//! Plain scalars are typed as the YAML core schema has it; the CLI quotes every
//! string that would read as something else.

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use crate::operation::Operation;
use crate::scan::MAX_DEPTH;

/// A converted document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Yaml {
    pub(crate) json: String,
    /// (offset in `json`, place in the text) of every key and value that
    /// starts there, ascending.
    pub(crate) nodes: Vec<(usize, Range<usize>)>,
}

impl Yaml {
    /// The place in the text of what stands at `start..end` of the JSON.
    pub(crate) fn place(&self, start: usize, _end: usize) -> Range<usize> {
        let next = self.nodes.partition_point(|(at, _)| *at <= start);
        next.checked_sub(1)
            .and_then(|index| self.nodes.get(index))
            .map_or(0..0, |(_, place)| place.clone())
    }
}

/// Names of first members besides the listings' own.
const FIRST: [&str; 25] = [
    "Policy",
    "ARN",
    "Name",
    "RoleName",
    "PolicyName",
    "PolicyDocument",
    "VpcId",
    "EnableDnsSupport",
    "EnableDnsHostnames",
    "registryId",
    "repositoryName",
    "policyText",
    "UserId",
    "Account",
    "Arn",
    "LocationConstraint",
    "failures",
    "NextToken",
    "nextToken",
    "AWSTemplateFormatVersion",
    "Resources",
    "Version",
    "IsTruncated",
    "AdditionalRoutesAvailable",
    "InvalidParameters",
];

fn split_key(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let word =
        key.starts_with(|c: char| c.is_ascii_alphabetic()) && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    (word && (value.is_empty() || value.starts_with(' '))).then_some((key, value))
}

/// Whether a line can open a YAML output.
pub(crate) fn opens(line: &str) -> bool {
    let line = line.trim_end();
    let item = line.strip_prefix("- ");
    let Some((key, value)) = split_key(item.unwrap_or(line)) else {
        return false;
    };
    // A list or an object follows on the next lines, or is empty.
    let nested = matches!(value.trim(), "" | "[]" | "|-" | "|");
    Operation::ALL
        .iter()
        .any(|operation| (nested && operation.list_member() == Some(key)) || operation.item_members().contains(&key))
        || FIRST.contains(&key)
}

/// The lines from `start` that can be one YAML document.
pub(crate) fn region(text: &str, start: usize, end: usize) -> Option<Range<usize>> {
    let first = text.get(start..end)?;
    if !opens(first) {
        return None;
    }
    let mut stop = end;
    let mut at = end;
    while let Some(rest) = text.get(at + 1..) {
        let line = rest.split('\n').next().unwrap_or_default();
        at += 1 + line.len();
        let trimmed = line.trim_end();
        if trimmed.is_empty() {
            continue;
        }
        let inner = trimmed.starts_with([' ', '\t']);
        let blank = text.get(stop..at - line.len()).is_some_and(|gap| gap.matches('\n').count() > 1);
        let fits = inner || (!blank && (trimmed.starts_with("- ") || split_key(trimmed).is_some()));
        if !fits {
            break;
        }
        stop = at;
    }
    Some(start..stop)
}

/// Whether a text that is no readable YAML was surely meant as an output.
pub(crate) fn is_surely(source: &str) -> bool {
    let mut lines = source.lines();
    let first = lines.next().unwrap_or_default().trim_end();
    let line = first.strip_prefix("- ").unwrap_or(first);
    let second = lines.next().unwrap_or_default();
    line.strip_suffix(':')
        .is_some_and(|key| Operation::ALL.iter().any(|operation| operation.list_member() == Some(key)))
        && (second.trim_start().starts_with("- ") || second.starts_with(' '))
}

/// Whether YAML is a CloudFormation template.
pub(crate) fn is_template(source: &str) -> bool {
    source
        .lines()
        .any(|line| line.starts_with("AWSTemplateFormatVersion") || line.trim_end() == "Resources:")
}

/// Converts the YAML that stands at `base` of the text. `None` where it is not
/// what the CLI prints.
pub(crate) fn convert(source: &str, base: usize) -> Option<Yaml> {
    let mut writer = Writer {
        source,
        base,
        offsets: offsets(source),
        out: Yaml::default(),
        stack: Vec::new(),
    };
    for event in Parser::new_from_str(source) {
        let (event, span) = event.ok()?;
        writer.take(event, span)?;
    }
    (writer.stack.is_empty() && writer.out.json.starts_with(['{', '['])).then_some(writer.out)
}

/// The byte offset of each character; `None` where they are the same.
fn offsets(source: &str) -> Option<Vec<usize>> {
    (!source.is_ascii()).then(|| source.char_indices().map(|(at, _)| at).collect())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    /// In a list; whether it has elements yet.
    Array(bool),
    /// In an object, where a key comes next; whether it has members yet.
    Key(bool),
    /// In an object, where a value comes next.
    Value,
}

struct Writer<'a> {
    source: &'a str,
    base: usize,
    offsets: Option<Vec<usize>>,
    out: Yaml,
    stack: Vec<Open>,
}

impl Writer<'_> {
    fn take(&mut self, event: Event<'_>, span: Span) -> Option<()> {
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Some(()),
            // One document, and no second one.
            Event::DocumentStart(_) => self.out.json.is_empty().then_some(()),
            Event::Alias(_) => None,
            Event::Scalar(text, style, anchor, tag) => {
                if anchor != 0 || tag.is_some() {
                    return None;
                }
                let key = matches!(self.stack.last(), Some(Open::Key(_)));
                self.before(span)?;
                let plain = style == ScalarStyle::Plain && !key;
                if plain && is_typed(&text) {
                    let typed = if text.is_empty() || text == "~" { "null" } else { &text };
                    self.out.json.push_str(typed);
                } else {
                    let quoted = serde_json::to_string(text.as_ref()).ok()?;
                    self.out.json.push_str(&quoted);
                }
                self.after();
                Some(())
            }
            Event::SequenceStart(anchor, tag) => self.open(anchor == 0 && tag.is_none(), span, '[', Open::Array(false)),
            Event::MappingStart(anchor, tag) => self.open(anchor == 0 && tag.is_none(), span, '{', Open::Key(false)),
            Event::SequenceEnd => self.close(']'),
            Event::MappingEnd => self.close('}'),
        }
    }

    fn open(&mut self, plain: bool, span: Span, bracket: char, open: Open) -> Option<()> {
        let key = matches!(self.stack.last(), Some(Open::Key(_)));
        if !plain || key || self.stack.len() >= MAX_DEPTH as usize {
            return None;
        }
        self.before(span)?;
        self.out.json.push(bracket);
        self.stack.push(open);
        Some(())
    }

    fn close(&mut self, bracket: char) -> Option<()> {
        self.stack.pop()?;
        self.out.json.push(bracket);
        self.after();
        Some(())
    }

    /// Writes what separates from what came before, and notes the place.
    fn before(&mut self, span: Span) -> Option<()> {
        match self.stack.last_mut() {
            None if !self.out.json.is_empty() => return None,
            Some(Open::Array(more) | Open::Key(more)) => {
                if *more {
                    self.out.json.push(',');
                }
                *more = true;
            }
            None | Some(Open::Value) => {}
        }
        let start = self.byte(span.start.index());
        let end = self.byte(span.end.index()).max(start);
        let content = self.source.get(start..end).unwrap_or_default().trim_end();
        let place = self.base + start..self.base + start + content.len();
        self.out.nodes.push((self.out.json.len(), place));
        Some(())
    }

    fn after(&mut self) {
        match self.stack.last_mut() {
            Some(open @ Open::Key(_)) => {
                *open = Open::Value;
                self.out.json.push(':');
            }
            Some(open @ Open::Value) => *open = Open::Key(true),
            _ => {}
        }
    }

    fn byte(&self, index: usize) -> usize {
        match &self.offsets {
            Some(offsets) => offsets.get(index).copied().unwrap_or(self.source.len()),
            None => index.min(self.source.len()),
        }
    }
}

/// Whether a plain scalar is a number, a truth value or null.
fn is_typed(text: &str) -> bool {
    if matches!(text, "" | "~" | "null" | "true" | "false") {
        return true;
    }
    let mut scanner = crate::scan::Scanner::strict(text.as_bytes(), 0);
    let number = text.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    number && matches!(scanner.next(), Ok(Some(_))) && scanner.pos() == text.len()
}
