//! From the model to each format.

mod html;
mod json;
mod markdown;
mod text;

use crate::lang::Lang;
use crate::model::{Report, vocabulary};

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
        Format::Text => text::render(report, lang, colour),
        Format::Json => json::render(report),
        Format::Markdown => markdown::render(report, lang),
        Format::Html => html::render(report, lang),
    }
}
