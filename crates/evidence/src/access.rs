//! Questions to what was read: a document's JSON, its items, and where a
//! citation stands.

use std::ops::Range;

use crate::document::{Body, Citation, Completeness, Converted, Document, Evidence, Location, Segment, Shape, Source, SourceId};
use crate::duplicates::content;
use crate::operation::Operation;
use crate::pointer::Pointer;
use crate::scan::{Event, Scanner, Token};

impl Evidence {
    /// The source of an id.
    #[must_use]
    pub fn source(&self, id: SourceId) -> Option<&Source> {
        self.sources.get(id.0 as usize)
    }

    /// The document of an id.
    #[must_use]
    pub fn document(&self, id: crate::DocumentId) -> Option<&Document> {
        self.documents.get(id.0 as usize)
    }

    /// The document's valid JSON; `None` for prose, errors, commands, and for
    /// documents that are cut.
    #[must_use]
    pub fn json<'a>(&'a self, document: &'a Document) -> Option<&'a str> {
        (document.completeness != Completeness::Cut).then(|| self.raw(document)).flatten()
    }

    /// The document as it stands in the source.
    #[must_use]
    pub fn text(&self, document: &Document) -> &str {
        self.source(document.source)
            .and_then(|source| source.text.get(document.range.clone()))
            .unwrap_or_default()
    }

    /// JSON, up to the cut where there is one.
    fn raw<'a>(&'a self, document: &'a Document) -> Option<&'a str> {
        if !matches!(document.body, Body::Output(_) | Body::Answer(_)) {
            return None;
        }
        match &document.converted {
            Some(converted) => Some(&converted.json),
            None => Some(self.text(document)),
        }
    }

    /// The raw JSON of each item of the list `member` with its pointer,
    /// whatever the document's shape: the elements of a list, the one object
    /// that stands in its place (`task` for `tasks`), a bare array's elements,
    /// one resource alone, an event's `detail`. Of a cut document, the items
    /// that are complete.
    #[must_use]
    pub fn items<'a>(&'a self, document: &'a Document, member: &str) -> Vec<(Pointer, &'a str)> {
        let (Some(json), Body::Output(shape)) = (self.raw(document), &document.body) else {
            return Vec::new();
        };
        let operation = document.operation;
        let own = operation.is_some_and(|operation| holds(operation, member));
        match shape {
            Shape::Items if own => elements(json, 0, &Pointer::root()),
            Shape::Items => Vec::new(),
            Shape::Item if own => vec![(Pointer::root(), json)],
            Shape::Item => listed(json, member),
            Shape::Event if own => match listed(json, "detail") {
                detail if detail.is_empty() => vec![(Pointer::root(), json)],
                detail => detail,
            },
            Shape::Event | Shape::Response => {
                let found = listed(json, member);
                match single(member) {
                    Some(other) if found.is_empty() => listed(json, other),
                    _ => found,
                }
            }
        }
    }

    /// A complete top-level member's raw JSON with its pointer.
    #[must_use]
    pub fn member<'a>(&'a self, document: &'a Document, name: &str) -> Option<(Pointer, &'a str)> {
        let json = self.raw(document)?;
        let mut scanner = Scanner::strict(json.as_bytes(), 0);
        let (_, first) = enter(&mut scanner, json, name)?;
        let start = start_of(&first);
        let end = skip(&mut scanner, &first)?;
        Some((Pointer::root().child(name), json.get(start..end)?))
    }

    /// Where a citation stands, for display. A pointer into a policy that is
    /// written as a string is that string's place. `None` where it points to
    /// nothing.
    #[must_use]
    pub fn locate(&self, citation: &Citation) -> Option<Location<'_>> {
        let document = self.document(citation.document)?;
        let source = self.source(document.source)?;
        let span = if citation.pointer.is_root() {
            document.range.clone()
        } else {
            let json = self.raw(document)?;
            let place = find(json, &citation.pointer)?;
            match &document.converted {
                Some(converted) => converted.source_range(&place),
                None => document.range.start + place.start..document.range.start + place.end,
            }
        };
        let excerpt = source.text.get(span.clone())?;
        let before = source.text.get(..span.start)?;
        let line_start = memchr::memrchr(b'\n', before.as_bytes()).map_or(0, |at| at + 1);
        Some(Location {
            source: document.source,
            line: memchr::memchr_iter(b'\n', before.as_bytes()).count() + 1,
            column: before.get(line_start..)?.chars().count() + 1,
            span,
            excerpt,
        })
    }
}

impl Converted {
    fn segment(&self, at: usize) -> Option<&Segment> {
        let next = self.map.partition_point(|segment| segment.json <= at);
        self.map.get(next.checked_sub(1)?)
    }

    /// Where a place of the JSON is in the source's text.
    pub(crate) fn source_offset(&self, at: usize) -> usize {
        self.segment(at).map_or(0, |segment| {
            let inside = if self.exact { at - segment.json } else { 0 };
            (segment.source.start + inside).min(segment.source.end)
        })
    }

    fn source_range(&self, place: &Range<usize>) -> Range<usize> {
        let start = self.source_offset(place.start);
        let last = place.end.saturating_sub(1);
        let end = self.segment(last).map_or(start, |segment| {
            if self.exact {
                (segment.source.start + last + 1 - segment.json).min(segment.source.end)
            } else {
                segment.source.end
            }
        });
        start..end.max(start)
    }
}

/// Whether the operation's items are those of this member.
fn holds(operation: Operation, member: &str) -> bool {
    operation.list_member() == Some(member)
        || matches!(
            (operation, member),
            (Operation::EventsEcsTaskStateChange, "tasks")
                | (Operation::EcsStopTask, "tasks")
                | (Operation::EcsCreateService | Operation::EcsUpdateService, "services")
        )
}

/// The member that holds one object in place of a list.
fn single(member: &str) -> Option<&'static str> {
    match member {
        "tasks" => Some("task"),
        "services" => Some("service"),
        "Events" => Some("Records"),
        _ => None,
    }
}

fn start_of(event: &Event) -> usize {
    match event.token {
        Token::Key | Token::String => event.start.saturating_sub(1),
        _ => event.start,
    }
}

/// Goes to the end of the value that this event begins.
fn skip(scanner: &mut Scanner<'_>, first: &Event) -> Option<usize> {
    if matches!(first.token, Token::ObjectStart | Token::ArrayStart) {
        let depth = scanner.depth();
        while scanner.depth() >= depth {
            scanner.next().ok()??;
        }
    }
    Some(scanner.pos())
}

/// Goes to the member `name` of the object that begins here: its key and the
/// first event of its value.
fn enter(scanner: &mut Scanner<'_>, json: &str, name: &str) -> Option<(Event, Event)> {
    let open = scanner.next().ok()??;
    if open.token != Token::ObjectStart {
        return None;
    }
    member_of(scanner, json, name)
}

/// The same inside an object that is already open.
fn member_of(scanner: &mut Scanner<'_>, json: &str, name: &str) -> Option<(Event, Event)> {
    loop {
        let key = scanner.next().ok()??;
        if key.token != Token::Key {
            return None;
        }
        let first = scanner.next().ok()??;
        if content(json, &key) == name {
            return Some((key, first));
        }
        skip(scanner, &first)?;
    }
}

/// The items of a top-level member: a list's elements, or its one object.
fn listed<'a>(json: &'a str, member: &str) -> Vec<(Pointer, &'a str)> {
    let mut scanner = Scanner::strict(json.as_bytes(), 0);
    let Some((_, first)) = enter(&mut scanner, json, member) else {
        return Vec::new();
    };
    let at = Pointer::root().child(member);
    match first.token {
        Token::ArrayStart => elements(json, first.start, &at),
        Token::ObjectStart => {
            let end = skip(&mut scanner, &first);
            end.and_then(|end| json.get(first.start..end))
                .map(|raw| vec![(at, raw)])
                .unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// The complete elements of the array that begins at `start`.
fn elements<'a>(json: &'a str, start: usize, at: &Pointer) -> Vec<(Pointer, &'a str)> {
    let mut scanner = Scanner::strict(json.as_bytes(), start);
    let mut items = Vec::new();
    if !matches!(scanner.next(), Ok(Some(event)) if event.token == Token::ArrayStart) {
        return items;
    }
    while let Ok(Some(first)) = scanner.next() {
        if first.token == Token::ArrayEnd {
            break;
        }
        let Some(end) = skip(&mut scanner, &first) else {
            break;
        };
        // A number at the very end of a cut text may go on.
        if first.token == Token::Scalar && end == json.len() {
            break;
        }
        if let Some(raw) = json.get(start_of(&first)..end) {
            items.push((at.index(items.len()), raw));
        }
    }
    items
}

/// The place of what a pointer names: with its key, where it has one.
fn find(json: &str, pointer: &Pointer) -> Option<Range<usize>> {
    let mut scanner = Scanner::strict(json.as_bytes(), 0);
    let mut current = scanner.next().ok()??;
    let mut from = current.start;
    for step in pointer.steps() {
        match current.token {
            Token::ObjectStart => {
                let (key, first) = member_of(&mut scanner, json, &step)?;
                from = start_of(&key);
                current = first;
            }
            Token::ArrayStart => {
                let index: usize = step.parse().ok()?;
                let mut element = scanner.next().ok()??;
                for _ in 0..index {
                    if element.token == Token::ArrayEnd {
                        return None;
                    }
                    skip(&mut scanner, &element)?;
                    element = scanner.next().ok()??;
                }
                if element.token == Token::ArrayEnd {
                    return None;
                }
                from = start_of(&element);
                current = element;
            }
            Token::String => {
                let text = content(json, &current);
                let policy = text.trim_start().starts_with(['{', '[', '%']);
                return policy.then_some(from..current.end + 1);
            }
            _ => return None,
        }
    }
    let end = skip(&mut scanner, &current).unwrap_or(json.len());
    Some(from..end)
}
