//! From the model to each format.

mod html;
mod json;
mod markdown;
mod text;

use crate::lang::Lang;
use crate::model::{Comparison, Report, vocabulary};
use crate::view::{self, Block, Line};

pub use text::Colour;

vocabulary! {
    /// What a report is rendered as.
    pub enum Format {
        /// For a terminal or a plain mail.
        Text = "text",
        /// `pulldoctor.report/1` itself.
        Json = "json",
        /// For a ticket (CommonMark with GitHub's tables).
        Markdown = "markdown",
        /// One page that stands alone: no script, nothing loaded.
        Html = "html",
    }
}

/// Renders a report.
///
/// `lang` is the language of the words around the report's own sentences and has to be the one that the report was made
/// in. `colour` matters to [`Format::Text`] only.
pub fn render(report: &Report, format: Format, lang: Lang, colour: Colour) -> String {
    match format {
        Format::Text => text::render(&view::blocks(report, lang), lang, colour),
        Format::Json => json::render(report),
        Format::Markdown => markdown::render(&view::blocks(report, lang), lang),
        Format::Html => html::render(view::headline(report, lang), &view::blocks(report, lang), lang),
    }
}

/// The outcome in one sentence, the first line of a report's text: what failed, how sure.
pub fn headline(report: &Report, lang: Lang) -> String {
    let sentence = Block::Paragraph(view::headline(report, lang));
    text::render(&[sentence], lang, Colour::Plain).trim_end().to_owned()
}

/// Renders what to collect or answer next, and nothing else of a report; as [`Format::Json`] the whole report.
pub fn render_plan(report: &Report, format: Format, lang: Lang, colour: Colour) -> String {
    let blocks = || view::requests::plan(report, lang);
    match format {
        Format::Text => text::render(&blocks(), lang, colour),
        Format::Json => json::render(report),
        Format::Markdown => markdown::render(&blocks(), lang),
        Format::Html => html::render(view::requests::plan_title(lang), &blocks(), lang),
    }
}

/// Renders what became of a case, with the case as it stands below.
pub fn render_comparison(comparison: &Comparison, format: Format, lang: Lang, colour: Colour) -> String {
    let blocks = || view::comparison::blocks(comparison, lang);
    match format {
        Format::Text => text::render(&blocks(), lang, colour),
        Format::Json => json::render(comparison),
        Format::Markdown => markdown::render(&blocks(), lang),
        Format::Html => html::render(Line::prose(&comparison.summary), &blocks(), lang),
    }
}
