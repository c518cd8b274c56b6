//! The layout of a report, once for all formats: the same blocks are rendered as text, Markdown and HTML.

pub(crate) mod comparison;
mod destinations;
mod documents;
mod findings;
mod inline;
mod outcome;
pub(crate) mod requests;

use crate::lang::Lang;
use crate::model::Report;
use crate::words::Words;
use crate::words::vocabulary::{Tone, Verdict};

pub(crate) use inline::{Inline, Line};

/// A piece of a rendered report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block {
    /// A heading of level 1 to 4.
    Heading(u8, Line),
    /// A paragraph.
    Paragraph(Line),
    /// A command, fragment or quotation, kept as it is.
    Verbatim(String),
    /// Items in no order.
    List(Vec<Line>),
    /// Items in an order that matters: steps, a way.
    Steps(Vec<Line>),
    /// Blocks under a label.
    Labelled(&'static str, Vec<Block>),
    /// Labels and their values.
    Facts(Vec<(&'static str, Line)>),
    /// A table: its name, its columns, its rows of as many cells.
    Table(&'static str, Vec<&'static str>, Vec<Vec<Line>>),
    /// Blocks that belong together, with the marks that programs find them by.
    Section(Marks, Vec<Block>),
}

/// What programs find a section by: `data-…` attributes in HTML, nothing elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Marks {
    /// How the section is coloured.
    pub(crate) tone: Option<Tone>,
    /// The attributes without `data-`, and their values.
    pub(crate) data: Vec<(&'static str, String)>,
}

/// The whole layout, in reading order: the outcome, the findings by verdict, the destinations, what was read, the version.
pub(crate) fn blocks(report: &Report, lang: Lang) -> Vec<Block> {
    let mut blocks = vec![outcome::section(report, lang)];
    for verdict in Verdict::ALL {
        blocks.extend(findings::of_verdict(report, verdict, lang));
    }
    blocks.extend(destinations::blocks(report, lang));
    blocks.extend(documents::blocks(report, lang));
    blocks.push(Block::Paragraph(version(report, lang)));
    blocks
}

/// The outcome in one sentence: what failed, how sure.
pub(crate) fn headline(report: &Report, lang: Lang) -> Line {
    outcome::sentence(report, lang)
}

fn version(report: &Report, lang: Lang) -> Line {
    let words = Words::of(lang);
    let mut line = Line::data(format!("{} {}", report.tool.name, report.tool.version))
        .words(" · ")
        .and(Inline::Data(report.schema.word().to_owned()));
    if let Some(build) = &report.tool.build {
        line = line.words(" · ").words(words.build).words(" ").and(Inline::Data(build.clone()));
    }
    if let Some(facts) = &report.tool.facts {
        line = line.words(" · ").words(words.facts).words(" ").and(Inline::Data(facts.clone()));
    }
    line
}
