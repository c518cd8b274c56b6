//! One remedy: its kind, whether it was tried on the pasted state, its text to copy, what else it changes.

use report::model::FixKind;
use report::words::Words;
use report::words::vocabulary::Tone;
use yew::prelude::*;

use super::copy::Copy;
use crate::app::Ui;
use crate::prose;

#[derive(Properties, PartialEq)]
pub(crate) struct FixProps {
    pub(crate) ui: Ui,
    pub(crate) fix: report::model::Fix,
}

#[component]
pub(crate) fn Fix(props: &FixProps) -> Html {
    let FixProps { ui, fix } = props;
    let words = Words::of(ui.lang);
    let kind = fix.kind.phrase(ui.lang);
    let checked = if fix.verified {
        prose::mark(Tone::Good, words.verified)
    } else {
        html! { <span class="quiet">{ words.not_verified }</span> }
    };
    let content = match fix.kind {
        FixKind::Console => {
            let steps = fix.text.lines().map(str::trim).filter(|step| !step.is_empty());
            html! { <ol>{ for steps.map(|step| html! { <li>{ prose::line(step) }</li> }) }</ol> }
        }
        FixKind::AwsCli | FixKind::CloudFormation | FixKind::Terraform | FixKind::Policy => html! {
            <div class="command">
                <pre tabindex="0" role="group" aria-label={kind} translate="no">{ prose::visible(&fix.text) }</pre>
                <Copy ui={ui.clone()} value={fix.text.clone()} of={kind} />
            </div>
        },
    };
    html! {
        <div class="fix" data-fix={fix.kind.word()}>
            <p><strong>{ kind }</strong>{ " " }{ checked }</p>
            if fix.kind == FixKind::AwsCli { <p class="changes"><span class="sign" aria-hidden="true">{ "!" }</span>{ ui.text.changes }</p> }
            { content }
            if !fix.impact.is_empty() {
                <p class="impact"><strong>{ words.impact }{ words.colon }</strong>{ prose::line(&fix.impact) }</p>
            }
        </div>
    }
}
