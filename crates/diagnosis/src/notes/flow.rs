//! Lines of VPC flow logs that are about the task's interface (Amazon VPC User Guide, "Flow log records").

use super::some;
use crate::case::Case;
use crate::model::Note;
use evidence::DocumentId;
use snapshot::Text;
use std::collections::BTreeMap;

/// How many destinations are shown.
const SHOWN: usize = 6;

/// What the records of the task's interface say, document by document.
pub(super) fn notes(case: &Case<'_>) -> Vec<Note> {
    let Some(own) = case
        .task
        .and_then(|task| task.value.interface())
        .and_then(|interface| interface.interface)
    else {
        return Vec::new();
    };
    let mut documents: BTreeMap<DocumentId, BTreeMap<(bool, String), usize>> = BTreeMap::new();
    let mut strangers: BTreeMap<DocumentId, usize> = BTreeMap::new();
    for found in &case.snapshot.logs.events {
        let Some(record) = found.value.flow() else { continue };
        if record.interface != own.as_str() {
            *strangers.entry(found.at.document).or_default() += 1;
            continue;
        }
        let way = format!("{} -> {}:{}", record.source, record.destination, record.destination_port);
        *documents
            .entry(found.at.document)
            .or_default()
            .entry((record.accepted, way))
            .or_default() += 1;
    }
    let own = own.as_str();
    let told = documents.iter().map(|(document, ways)| {
        // Refused packets first.
        let ways: Vec<String> = ways
            .iter()
            .map(|((accepted, way), count)| format!("{} {way} ({count})", if *accepted { "ACCEPT" } else { "REJECT" }))
            .collect();
        let ways = some(&ways, SHOWN, "; ");
        Note {
            document: *document,
            text: Text::new(
                format!("Flow log of the task's interface {own}: {ways}. That a packet has that a packet has no record proves nothing."),
                format!("タスクの ENI {own} のフローログ: {ways}。記録がないことは何も証明しません。"),
            ),
        }
    });
    let silent = strangers
        .keys()
        .filter(|document| !documents.contains_key(document))
        .map(|document| Note {
            document: *document,
            text: Text::new(
                format!("None of these flow log records is of the task's interface {own}."),
                format!("タスクの ENI {own} のフローログ記録は含まれていません。"),
            ),
        });
    told.chain(silent).collect()
}
