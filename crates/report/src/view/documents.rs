//! What was read and what was wrong with it, and the tasks that the report is not about.

use super::Block;
use super::inline::{Inline, Line};
use crate::lang::Lang;
use crate::model::{Document, Report, TaskGroup};
use crate::words::Words;

pub(super) fn blocks(report: &Report, lang: Lang) -> Vec<Block> {
    let words = Words::of(lang);
    let mut blocks = Vec::new();
    if !report.other_tasks.is_empty() {
        blocks.push(Block::Heading(2, Line::new().words(words.other_tasks)));
        blocks.push(Block::List(
            report.other_tasks.iter().map(|group| group_line(group, words)).collect(),
        ));
    }
    if !report.documents.is_empty() {
        blocks.push(Block::Heading(2, Line::new().words(words.documents)));
        let rows = report.documents.iter().map(|document| row(document, words)).collect();
        blocks.push(Block::Table(words.documents, words.document_columns.to_vec(), rows));
    }
    blocks
}

fn row(document: &Document, words: &Words) -> Vec<Line> {
    vec![
        Line::data(&document.name),
        match &document.operation {
            Some(operation) => Line::data(operation),
            None => Line::new().words(words.not_recognised),
        },
        Line::new().words(&document.resources.to_string()),
        Line::join(document.problems.iter().map(|problem| Line::prose(problem)), " "),
    ]
}

fn group_line(group: &TaskGroup, words: &Words) -> Line {
    let text = match &group.text {
        Some(text) => Line::new().and(Inline::Data(text.clone())),
        None => Line::new().words(words.no_error_text),
    };
    text.words(words.colon)
        .then(Line::join(group.tasks.iter().map(Line::data), words.comma))
}
