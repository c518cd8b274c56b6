//! The collector script: everything in one go.

use yew::prelude::*;

use super::copy::Copy;
use super::fold::use_fold;
use super::message::Message;
use crate::app::Ui;
use crate::browser::download;
use crate::case::{Shown, calls};
use crate::message::Purpose;
use crate::prose;
use crate::ui_text::with;

#[derive(Properties, PartialEq)]
pub(crate) struct CollectorProps {
    pub(crate) ui: Ui,
    pub(crate) shown: Shown,
}

#[component]
pub(crate) fn Collector(props: &CollectorProps) -> Html {
    let CollectorProps { ui, shown } = props;
    let text = ui.text;
    let (open, toggle) = use_fold(false);
    let content = open.then(|| match shown.case.collector(ui.shell) {
        None => html! { <p class="quiet">{ text.collector_unknown }</p> },
        Some(collector) => {
            let (script, file) = (collector.script.clone(), collector.file);
            let save = move |_: MouseEvent| download::save(&script, "text/plain", file);
            let calls = calls();
            html! {
                <>
                    <p>{ prose::line(&with(text.collector_hint, collector.run)) }</p>
                    <div class="row">
                        <button type="button" data-role="collector" onclick={save}>{ with(text.collector_save, file) }</button>
                        <Copy ui={ui.clone()} value={collector.script.clone()} label={text.collector_copy} />
                    </div>
                    <Message ui={ui.clone()} shown={shown.clone()} purpose={Purpose::Script { file, run: collector.run }} />
                    <details>
                        <summary>{ with(text.collector_calls, calls.len()) }</summary>
                        <pre tabindex="0" role="group" aria-label={with(text.collector_calls, calls.len())} translate="no">{ calls.join("\n") }</pre>
                    </details>
                </>
            }
        }
    });
    html! {
        <details class="collector" ontoggle={toggle}>
            <summary><h3>{ text.collector_heading }</h3></summary>
            { content.unwrap_or_default() }
        </details>
    }
}
