//! A citation: the document, and the lines around the cited part. Looked up when it is opened.

use report::words::Words;
use yew::prelude::*;

use super::fold::use_fold;
use super::lines::lines;
use crate::app::Ui;
use crate::case::{PASTE, Shown};
use crate::prose;
use crate::ui_text::{UiText, with};
use crate::window;

/// How many lines stand on either side at first, and how many more each time.
const AROUND: usize = 3;
const MORE: usize = 12;

#[derive(Properties, PartialEq)]
pub(crate) struct EvidenceProps {
    pub(crate) ui: Ui,
    pub(crate) shown: Shown,
    pub(crate) document: usize,
    pub(crate) pointer: AttrValue,
    /// The line, where it is known without looking.
    #[prop_or_default]
    pub(crate) line: Option<usize>,
    #[prop_or_default]
    pub(crate) open: bool,
    /// The id of what takes the focus, where something leads here.
    #[prop_or_default]
    pub(crate) id: Option<AttrValue>,
}

/// The name of a source, a paste's in the words of the page.
fn source_name(text: &UiText, name: &str) -> String {
    match name.strip_prefix(PASTE) {
        Some(number) => format!("{} {number}", text.pasted_name),
        None => prose::visible(name),
    }
}

#[component]
pub(crate) fn Evidence(props: &EvidenceProps) -> Html {
    let EvidenceProps {
        ui,
        shown,
        document,
        pointer,
        line,
        open,
        id,
    } = props;
    let text = ui.text;
    let comma = Words::of(ui.lang).comma;
    let (opened, toggle) = use_fold(*open);
    let context = use_state_eq(|| AROUND);
    let cited = shown.report().documents.get(*document);
    let name = cited.map_or_else(|| format!("#{}", document + 1), |cited| source_name(text, &cited.name));
    let operation = cited.and_then(|cited| cited.operation.as_deref());
    // Always one node: with one more child the summary would be made anew, and lose the focus.
    let content = opened.then(|| match shown.case.place(*document, pointer) {
        Some(place) => {
            let window = window::around(place.text, &place.span, place.line, *context);
            let more = {
                let context = context.clone();
                move |_: MouseEvent| context.set(*context + MORE)
            };
            html! {
                <>
                    { lines(&window, with(text.evidence_of, &name)) }
                    if window.cut { <p class="quiet">{ text.mark_goes_on }</p> }
                    <button type="button" class="link" onclick={more}>{ text.lines_around }</button>
                </>
            }
        }
        None => Html::default(),
    });
    html! {
        <details class="evidence" open={*open} ontoggle={toggle}>
            <summary id={id.clone()}>
                { prose::code(&name) }
                if let Some(operation) = operation { { comma }{ operation } }
                if let Some(line) = line { { comma }{ with(text.line, line) } }
                if !pointer.is_empty() { { comma }<code class="pointer">{ prose::visible(pointer) }</code> }
            </summary>
            { content.unwrap_or_default() }
        </details>
    }
}
