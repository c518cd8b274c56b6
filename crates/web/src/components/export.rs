//! The report as a file that the person owns.

use report::{Colour, Format, render};
use yew::prelude::*;

use super::copy::Copy;
use crate::app::Ui;
use crate::browser::{self, download};
use crate::case::Shown;

/// The formats that are saved, with the kind of file and its ending.
const SAVED: [(Format, &str, &str); 4] = [
    (Format::Json, "application/json", "json"),
    (Format::Markdown, "text/markdown", "md"),
    (Format::Html, "text/html", "html"),
    (Format::Text, "text/plain", "txt"),
];

#[derive(Properties, PartialEq)]
pub(crate) struct ExportProps {
    pub(crate) ui: Ui,
    pub(crate) shown: Shown,
}

#[component]
pub(crate) fn Export(props: &ExportProps) -> Html {
    let ExportProps { ui, shown } = props;
    let Ui { text, lang, .. } = ui;
    let lang = *lang;
    let [.., print_name] = text.export_names;
    let buttons = SAVED.iter().zip(text.export_names).map(|((format, kind, ending), name)| {
        let report = shown.report.clone();
        let save = move |_: MouseEvent| {
            let written = render(&report, *format, lang, Colour::Plain);
            download::save(&written, kind, &format!("pulldoctor-report.{ending}"));
        };
        html! { <button type="button" data-role="export" data-format={format.word()} onclick={save}>{ name }</button> }
    });
    let markdown = render(&shown.report, Format::Markdown, lang, Colour::Plain);
    html! {
        <section class="export" aria-labelledby="export-heading">
            <h2 id="export-heading" tabindex="-1">{ text.export_heading }</h2>
            <div class="row">
                { for buttons }
                <button type="button" data-role="export" data-format="print" onclick={|_| browser::print()}>{ print_name }</button>
                <Copy ui={ui.clone()} value={markdown} label={text.copy_markdown} />
            </div>
            <p class="quiet">{ text.export_hint }</p>
        </section>
    }
}
