//! Members written twice: `serde_json` keeps the last of them without a word,
//! IAM rejects such a policy, so a paste that has one was edited.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::pointer::Pointer;
use crate::scan::{Event, Scanner, Token};

/// More than this many say nothing new.
const MOST: usize = 20;

enum Open<'a> {
    Object(BTreeSet<Cow<'a, str>>, Cow<'a, str>),
    Array(usize),
}

/// Every member that its object already has, with its place in the text;
/// policies inside strings included.
pub(crate) fn duplicates(json: &str) -> Vec<(Pointer, usize)> {
    let mut found = Vec::new();
    collect(json, &Pointer::root(), None, 0, &mut found);
    found
}

fn collect(json: &str, base: &Pointer, outer: Option<usize>, level: u32, found: &mut Vec<(Pointer, usize)>) {
    let mut scanner = Scanner::strict(json.as_bytes(), 0);
    let mut stack: Vec<Open<'_>> = Vec::new();
    while let Ok(Some(event)) = scanner.next() {
        if found.len() >= MOST {
            return;
        }
        if !matches!(event.token, Token::Key | Token::ObjectEnd | Token::ArrayEnd)
            && let Some(Open::Array(next)) = stack.last_mut()
        {
            *next += 1;
        }
        match event.token {
            Token::ObjectStart => stack.push(Open::Object(BTreeSet::new(), Cow::Borrowed(""))),
            Token::ArrayStart => stack.push(Open::Array(0)),
            Token::ObjectEnd | Token::ArrayEnd => {
                stack.pop();
            }
            Token::Key => {
                let name = content(json, &event);
                let new = match stack.last_mut() {
                    Some(Open::Object(seen, current)) => {
                        current.clone_from(&name);
                        seen.insert(name)
                    }
                    _ => true,
                };
                if !new {
                    found.push((path(base, &stack), outer.unwrap_or(event.start)));
                }
            }
            Token::String if event.escaped && level < 2 => {
                let inner = content(json, &event);
                if inner.trim_start().starts_with('{') {
                    let at = outer.unwrap_or(event.start);
                    collect(&inner, &path(base, &stack), Some(at), level + 1, found);
                }
            }
            Token::String | Token::Scalar => {}
        }
    }
}

/// A string's content.
pub(crate) fn content<'a>(json: &'a str, event: &Event) -> Cow<'a, str> {
    let raw = json.get(event.start..event.end).unwrap_or_default();
    if !event.escaped {
        return Cow::Borrowed(raw);
    }
    let quoted = json.get(event.start.saturating_sub(1)..event.end + 1);
    quoted
        .and_then(|quoted| serde_json::from_str::<String>(quoted).ok())
        .map_or(Cow::Borrowed(raw), Cow::Owned)
}

fn path(base: &Pointer, stack: &[Open<'_>]) -> Pointer {
    stack.iter().fold(base.clone(), |at, open| match open {
        Open::Object(_, current) => at.child(current),
        Open::Array(next) => at.index(next.saturating_sub(1)),
    })
}
