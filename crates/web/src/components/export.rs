//! The report as a file that the person owns, in the reader's language, redacted or not.

use std::rc::Rc;

use report::{Colour, Format, render};
use snapshot::order::Order as _;
use yew::prelude::*;

use super::copy::Copy;
use super::fold::use_fold;
use super::language::language;
use crate::app::Ui;
use crate::browser::{self, download};
use crate::case::{Case, Shown, redacted};
use crate::prose;
use crate::state::Held;

/// The formats that are saved, with the kind of file and its ending.
const SAVED: [(Format, &str, &str); 4] = [
    (Format::Json, "application/json", "json"),
    (Format::Markdown, "text/markdown", "md"),
    (Format::Html, "text/html", "html"),
    (Format::Text, "text/plain", "txt"),
];
/// How many lines of it are shown before it is saved.
const PREVIEWED: usize = 400;

#[derive(Properties, PartialEq)]
pub(crate) struct ExportProps {
    pub(crate) ui: Ui,
    pub(crate) shown: Shown,
    pub(crate) held: Held,
}

#[component]
pub(crate) fn Export(props: &ExportProps) -> Html {
    let ExportProps { ui, shown, held } = props;
    let text = ui.text;
    let chosen = use_state_eq(|| None);
    let lang = chosen.unwrap_or(ui.lang);
    let choose = Callback::from(move |lang| chosen.set(Some(lang)));
    let redact = use_state_eq(|| false);
    let switch = {
        let redact = redact.clone();
        move |_: Event| redact.set(!*redact)
    };
    let (previewed, preview) = use_fold(false);
    // Drawn anew whenever what is shown or the switch changes.
    let other = use_memo((shown.clone(), *redact), |(_, redact)| {
        let held = redacted(held, redact.then(browser::random)??);
        Some((Rc::new(Case::new(&held)), held))
    });
    let case = other.as_ref().as_ref().map_or(&shown.case, |(case, _)| case);
    let report = case.report(lang);
    let [.., print_name] = text.export_names;
    let buttons = SAVED.iter().zip(text.export_names).map(|((format, kind, ending), name)| {
        let report = report.clone();
        let save = move |_: MouseEvent| {
            let written = render(&report, *format, lang, Colour::Plain);
            download::save(&written, kind, &format!("pulldoctor-report.{ending}"));
        };
        html! { <button type="button" data-role="export" data-format={format.word()} onclick={save}>{ name }</button> }
    });
    let evidence = other.as_ref().as_ref().map(|(_, held)| {
        let held = held.clone();
        let save = move |_: MouseEvent| download::save(&joined(&held), "text/plain", "pulldoctor-redacted.txt");
        html! { <button type="button" data-role="redacted-evidence" onclick={save}>{ text.save_redacted }</button> }
    });
    let markdown = render(report, Format::Markdown, lang, Colour::Plain);
    let written = previewed.then(|| {
        let lines: Vec<&str> = markdown.lines().take(PREVIEWED).collect();
        html! { <pre class="lines preview" tabindex="0" role="group" aria-label={text.preview} lang={lang.word()}>{ prose::visible(&lines.join("\n")) }</pre> }
    });
    html! {
        <section class="export" aria-labelledby="export-heading">
            <h2 id="export-heading" tabindex="-1">{ text.export_heading }</h2>
            <div class="row">
                { language("report-language", text.report_language, lang, &choose) }
                <label class="check"><input type="checkbox" data-role="redact" checked={*redact} onchange={switch} />{ text.redact_switch }</label>
            </div>
            <div class="row">
                { for buttons }
                <button type="button" data-role="export" data-format="print" onclick={|_| browser::print()}>{ print_name }</button>
                <Copy ui={ui.clone()} value={markdown} label={text.copy_markdown} />
                { evidence.unwrap_or_default() }
            </div>
            <p class="quiet">{ if *redact { text.redacted_hint } else { text.export_hint } }</p>
            <details ontoggle={preview}><summary>{ text.preview }</summary>{ written.unwrap_or_default() }</details>
        </section>
    }
}

/// All inputs as one text. The head of a bundle speaks of all lines that follow it, so bundles come last.
fn joined(held: &Held) -> String {
    let mut texts: Vec<_> = held.inputs.iter().map(|input| String::from_utf8_lossy(&input.bytes)).collect();
    texts.in_order_by_key(|text| text.contains("pulldoctor.bundle/1"));
    texts.join("\n")
}
