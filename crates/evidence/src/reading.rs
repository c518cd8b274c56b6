//! From bytes to documents.

use std::collections::BTreeMap;

use serde::de::IgnoredAny;

use crate::document::{
    Body, Completeness, Document, DocumentId, Evidence, Input, Shape, Source, SourceId,
};
use crate::operation::Operation;

/// Reads everything that was pasted. Total: any bytes give an answer, the same
/// bytes the same answer, in linear time.
#[must_use]
pub fn read(inputs: &[Input<'_>]) -> Evidence {
    let mut evidence = Evidence::default();
    for (index, input) in inputs.iter().enumerate() {
        let text = String::from_utf8_lossy(input.bytes).into_owned();
        let source = SourceId(u32::try_from(index).unwrap_or(u32::MAX));
        let mut at = 0;
        while let Some(found) = text.get(at..).and_then(|rest| rest.find(['{', '['])) {
            let start = at + found;
            let rest = text.get(start..).unwrap_or_default();
            let mut stream = serde_json::Deserializer::from_str(rest).into_iter::<IgnoredAny>();
            if !matches!(stream.next(), Some(Ok(_))) {
                at = start + 1;
                continue;
            }
            let end = start + stream.byte_offset();
            let keys: BTreeMap<String, IgnoredAny> =
                serde_json::from_str(text.get(start..end).unwrap_or_default()).unwrap_or_default();
            let operation = Operation::ALL.iter().copied().find(|op| {
                op.list_member()
                    .is_some_and(|member| keys.contains_key(member))
            });
            evidence.documents.push(Document {
                id: DocumentId(u32::try_from(evidence.documents.len()).unwrap_or(u32::MAX)),
                source,
                range: start..end,
                operation,
                command: None,
                body: Body::Output(Shape::Response),
                completeness: Completeness::Whole,
                collected: None,
                problems: Vec::new(),
                converted: None,
            });
            at = end;
        }
        evidence.sources.push(Source {
            name: input.name.to_owned(),
            text,
            ..Source::default()
        });
    }
    evidence
}
