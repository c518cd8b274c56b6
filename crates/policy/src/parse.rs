//! Text to [`Document`]. Reading never fails: what cannot be read is a [`Problem`] with its place, and leaves its
//! statement, or the whole document, undecided.

pub(crate) mod json;
mod statement;

use self::json::{Node, Shape};
use crate::document::{Document, DocumentKind, Version};
use crate::problem::{Problem, ProblemKind};
use std::collections::BTreeSet;

/// Collects problems while a text is read.
pub(crate) struct Reader<'t> {
    text: &'t str,
    pub(crate) kind: DocumentKind,
    pub(crate) version: Version,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    pub(crate) fn report(&mut self, node: &Node<'_>, kind: ProblemKind) {
        self.problems.push(Problem {
            pointer: node.pointer.clone(),
            offset: node.offset(self.text),
            kind,
        });
    }
}

impl Document {
    /// Reads a policy document: a JSON object, a JSON string that holds one, or either of them percent-encoded (as the
    /// IAM API returns documents, RFC 3986).
    #[must_use]
    pub fn parse(text: &str, kind: DocumentKind) -> (Document, Vec<Problem>) {
        let source = unwrap(text);
        let mut reader = Reader {
            text: &source,
            kind,
            version: Version::V2008,
            problems: Vec::new(),
        };
        let mut document = match Node::root(&source) {
            Ok(root) => reader.document(&root),
            Err(error) => {
                let offset = offset_of(&source, error.line(), error.column());
                let fault = ProblemKind::Syntax(error.to_string());
                reader.problems.push(Problem {
                    pointer: String::new(),
                    offset,
                    kind: fault.clone(),
                });
                unreadable(kind, fault)
            }
        };
        let problems = std::mem::take(&mut reader.problems);
        document.source = source;
        (document, problems)
    }
}

fn unreadable(kind: DocumentKind, fault: ProblemKind) -> Document {
    Document {
        kind,
        version: Version::V2008,
        id: None,
        statements: Vec::new(),
        unreadable: Some(fault),
        source: String::new(),
    }
}

impl Reader<'_> {
    fn document(&mut self, root: &Node<'_>) -> Document {
        let Shape::Object(members) = root.shape() else {
            self.report(root, ProblemKind::NotAPolicy);
            return unreadable(self.kind, ProblemKind::NotAPolicy);
        };
        let mut id = None;
        let mut statement = None;
        // A fault of the document leaves every statement undecided.
        let mut faults = Vec::new();
        let mut seen = BTreeSet::new();
        for (name, node) in &members {
            if !seen.insert(name) {
                faults.push((node, ProblemKind::DuplicateKey(name.clone())));
                continue;
            }
            match (name.as_str(), node.shape()) {
                ("Version", Shape::Text(version)) => match version.as_str() {
                    "2012-10-17" => self.version = Version::V2012,
                    "2008-10-17" => self.version = Version::V2008,
                    _ => faults.push((node, ProblemKind::UnknownVersion(version))),
                },
                ("Id", Shape::Text(text)) => id = Some(text),
                ("Version" | "Id", _) => faults.push((node, ProblemKind::WrongType("a string"))),
                ("Statement", _) => statement = Some(node),
                _ => faults.push((node, ProblemKind::UnknownElement(name.clone()))),
            }
        }
        for (node, fault) in &faults {
            self.report(node, fault.clone());
        }
        let Some(node) = statement else {
            self.report(root, ProblemKind::Missing("Statement"));
            return unreadable(self.kind, ProblemKind::NotAPolicy);
        };
        let duplicate = ProblemKind::DuplicateKey("Statement".to_owned());
        if faults.iter().any(|(_, fault)| *fault == duplicate) {
            return unreadable(self.kind, duplicate);
        }
        let mut statements = match node.shape() {
            Shape::Object(members) => vec![self.statement(node, members)],
            Shape::Array(items) => {
                let mut out = Vec::with_capacity(items.len());
                for item in &items {
                    let Shape::Object(members) = item.shape() else {
                        let fault = ProblemKind::WrongType("a statement object");
                        self.report(item, fault.clone());
                        return unreadable(self.kind, fault);
                    };
                    out.push(self.statement(item, members));
                }
                out
            }
            _ => {
                let fault = ProblemKind::WrongType("a statement object or an array of them");
                self.report(node, fault.clone());
                return unreadable(self.kind, fault);
            }
        };
        // One fault suffices to leave every statement undecided; all of them at each would multiply.
        for statement in &mut statements {
            statement.defects.extend(faults.first().map(|(_, fault)| fault.clone()));
        }
        Document {
            kind: self.kind,
            version: self.version,
            id,
            statements,
            unreadable: None,
            source: String::new(),
        }
    }
}

/// Takes JSON strings and percent-encoding off, as often as they were put on (three times at most).
fn unwrap(text: &str) -> String {
    let mut text = text.trim_start_matches('\u{feff}').to_owned();
    for _ in 0..3 {
        let trimmed = text.trim_start();
        if trimmed.starts_with('"') {
            let Ok(inner) = serde_json::from_str::<String>(&text) else {
                break;
            };
            text = inner;
        } else if trimmed.starts_with('%') {
            let Some(inner) = percent_decode(trimmed.trim_end()) else {
                break;
            };
            text = inner;
        } else {
            break;
        }
    }
    text
}

/// RFC 3986 percent-decoding; `+` stays a plus sign. `None` if an escape is broken or the bytes are no UTF-8.
fn percent_decode(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(b) = bytes.next() {
        if b == b'%' {
            let digit = |b: Option<u8>| b.and_then(|b| char::from(b).to_digit(16));
            let value = digit(bytes.next())? * 16 + digit(bytes.next())?;
            out.push(u8::try_from(value).ok()?);
        } else {
            out.push(b);
        }
    }
    String::from_utf8(out).ok()
}

/// serde_json counts lines from one and columns in bytes; the end of a broken character counts as its beginning.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    text.floor_char_boundary(before + column.saturating_sub(1))
}
