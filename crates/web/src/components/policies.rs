//! The least policies that this task needs, worked out when they are asked for.

use yew::prelude::*;

use super::copy::Copy;
use super::fold::use_fold;
use crate::app::Ui;
use crate::case::Shown;
use crate::prose;

#[derive(Properties, PartialEq)]
pub(crate) struct PoliciesProps {
    pub(crate) ui: Ui,
    pub(crate) shown: Shown,
}

#[component]
pub(crate) fn Policies(props: &PoliciesProps) -> Html {
    let PoliciesProps { ui, shown } = props;
    let text = ui.text;
    let (open, toggle) = use_fold(false);
    if shown.report().task.task_definition.known().is_none() {
        return Html::default();
    }
    let written = if open { shown.case.policies(ui.lang) } else { Vec::new() };
    let policies = written.iter().map(|policy| {
        html! {
            <div class="policy">
                <h3>{ prose::visible(&policy.heading) }</h3>
                <div class="command">
                    <pre tabindex="0" role="group" aria-label={policy.heading.clone()} translate="no">{ prose::visible(&policy.document) }</pre>
                    <Copy ui={ui.clone()} value={policy.document.clone()} of={policy.heading.clone()} />
                </div>
            </div>
        }
    });
    html! {
        <details class="policies" ontoggle={toggle}>
            <summary><h2>{ text.policies_heading }</h2></summary>
            <p class="quiet">{ text.policies_hint }</p>
            { for policies }
            if open && written.is_empty() { <p>{ text.policies_unknown }</p> }
        </details>
    }
}
