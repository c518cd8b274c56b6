//! Questions to what was read: a document's JSON, its items, and where a
//! citation stands.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::document::{
    Body, Citation, Completeness, Document, Evidence, Location, Shape, Source, SourceId,
};
use crate::pointer::Pointer;

impl Evidence {
    /// The source of an id.
    #[must_use]
    pub fn source(&self, id: SourceId) -> Option<&Source> {
        self.sources.get(id.0 as usize)
    }

    /// The document's valid JSON; `None` for prose, errors, commands, and for
    /// documents that are cut.
    #[must_use]
    pub fn json<'a>(&'a self, document: &'a Document) -> Option<&'a str> {
        if !matches!(document.body, Body::Output(_) | Body::Answer(_))
            || document.completeness == Completeness::Cut
        {
            return None;
        }
        match &document.converted {
            Some(converted) => Some(&converted.json),
            None => Some(self.text(document)),
        }
    }

    /// The document as it stands in the source.
    #[must_use]
    pub fn text(&self, document: &Document) -> &str {
        self.source(document.source)
            .and_then(|source| source.text.get(document.range.clone()))
            .unwrap_or_default()
    }

    /// The raw JSON of each item of the list `member` with its pointer,
    /// whatever the document's shape.
    #[must_use]
    pub fn items<'a>(&'a self, document: &'a Document, member: &str) -> Vec<(Pointer, &'a str)> {
        let Some(json) = self.json(document) else {
            return Vec::new();
        };
        let own = document.operation.and_then(crate::Operation::list_member) == Some(member);
        match document.body {
            Body::Output(Shape::Items) if own => elements(&Pointer::root(), json),
            Body::Output(Shape::Item) if own => vec![(Pointer::root(), json)],
            _ => match self.member(document, member) {
                Some((at, raw)) if raw.starts_with('[') => elements(&at, raw),
                Some(one) => vec![one],
                None => Vec::new(),
            },
        }
    }

    /// A top-level member's raw JSON with its pointer.
    #[must_use]
    pub fn member<'a>(&'a self, document: &'a Document, name: &str) -> Option<(Pointer, &'a str)> {
        let members: BTreeMap<String, &RawValue> =
            serde_json::from_str(self.json(document)?).ok()?;
        let raw: &&'a RawValue = members.get(name)?;
        Some((Pointer::root().child(name), raw.get()))
    }

    /// Where a citation stands, for display. `None` where it points to nothing.
    #[must_use]
    pub fn locate(&self, citation: &Citation) -> Option<Location<'_>> {
        let document = self.documents.get(citation.document.0 as usize)?;
        let source = self.source(document.source)?;
        let excerpt = self.text(document);
        let before = source.text.get(..document.range.start)?;
        Some(Location {
            source: document.source,
            line: before.matches('\n').count() + 1,
            column: before.chars().rev().take_while(|&c| c != '\n').count() + 1,
            span: document.range.clone(),
            excerpt,
        })
    }
}

fn elements<'a>(at: &Pointer, raw: &'a str) -> Vec<(Pointer, &'a str)> {
    let items: Vec<&'a RawValue> = serde_json::from_str(raw).unwrap_or_default();
    items
        .into_iter()
        .enumerate()
        .map(|(index, item)| (at.index(index), item.get()))
        .collect()
}
