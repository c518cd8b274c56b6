//! What to collect or answer next.

use super::inline::{Line, paragraphs};
use super::{Block, Marks};
use crate::lang::Lang;
use crate::model::{Report, Request, RequestBody};
use crate::words::Words;

pub(super) fn blocks(report: &Report, lang: Lang) -> Vec<Block> {
    if report.requests.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::Heading(3, Line::new().words(Words::of(lang).to_settle))];
    blocks.extend(report.requests.iter().map(|request| section(request, lang)));
    blocks
}

/// What to run or answer next, alone.
pub(crate) fn plan(report: &Report, lang: Lang) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(1, plan_title(lang))];
    if report.requests.is_empty() {
        let nothing = lang.pick("Nothing more is needed.", "これ以上必要な情報はありません。");
        blocks.push(Block::Paragraph(Line::new().words(nothing)));
    }
    blocks.extend(report.requests.iter().map(|request| section(request, lang)));
    blocks
}

pub(crate) fn plan_title(lang: Lang) -> Line {
    Line::new().words(lang.pick("What to collect next", "次に必要な情報"))
}

pub(super) fn section(request: &Request, lang: Lang) -> Block {
    let words = Words::of(lang);
    let mut blocks = vec![Block::Paragraph(
        Line::data(&request.id)
            .words(words.colon)
            .then(Line::join(paragraphs(&request.why), " ")),
    )];
    let mut data = Vec::new();
    let mut facts = Vec::new();
    match &request.body {
        RequestBody::Command { operation, command } => {
            data.push(("operation", operation.clone()));
            blocks.push(Block::Verbatim(command.clone()));
        }
        RequestBody::Question { question, choices } => {
            data.push(("operation", "pulldoctor:Answer".to_owned()));
            blocks.extend(paragraphs(question).into_iter().map(Block::Paragraph));
            if !choices.is_empty() {
                facts.push((words.choices, Line::join(choices.iter().map(Line::data), words.comma)));
            }
        }
    }
    if !request.decides.is_empty() {
        facts.push((words.decides, Line::join(request.decides.iter().map(Line::data), words.comma)));
    }
    if !facts.is_empty() {
        blocks.push(Block::Facts(facts));
    }
    Block::Section(Marks { tone: None, data }, blocks)
}
