//! CloudTrail's records of what the task's roles called (AWS CloudTrail User Guide, "CloudTrail record contents").

use super::{cut, short, some};
use crate::case::Case;
use crate::model::Note;
use evidence::DocumentId;
use snapshot::Text;
use snapshot::order::Order as _;
use std::collections::BTreeMap;

/// How many records are shown, and how long a message may be.
const SHOWN: usize = 6;
const LONGEST: usize = 200;

/// The records of the task's own roles, document by document.
pub(super) fn notes(case: &Case<'_>) -> Vec<Note> {
    let roles = [case.execution_role.known(), case.task_role.known()];
    let mut documents: BTreeMap<DocumentId, Vec<String>> = BTreeMap::new();
    for found in &case.snapshot.activity.records {
        let record = &found.value;
        let Some(role) = record.role().filter(|role| roles.contains(&Some(role))) else {
            continue;
        };
        let name = record.event_name.as_deref().unwrap_or("?");
        let when = record.event_time.map(snapshot::Time::iso).unwrap_or_default();
        let answer = match (&record.error_code, &record.error_message) {
            (None, _) => "OK".to_owned(),
            (Some(code), None) => code.clone(),
            (Some(code), Some(message)) => format!("{code}: {}", cut(message, LONGEST)),
        };
        let line = format!("{when} {} {name}: {answer}", short(role.as_str()));
        documents.entry(found.at.document).or_default().push(line.trim_start().to_owned());
    }
    let told = documents.into_iter().map(|(document, mut lines)| {
        lines.in_order();
        lines.dedup();
        let lines = some(&lines, SHOWN, "; ");
        Note {
            document,
            text: Text::new(
                format!("CloudTrail's records of the task's roles: {lines}."),
                format!("タスクのロールによる CloudTrail の記録: {lines}。"),
            ),
        }
    });
    told.collect()
}
