//! One remedy: its kind, whether it was tried on the pasted state, its text to copy, what else it changes.

use report::model::FixKind;
use report::words::Words;
use report::words::vocabulary::Tone;
use yew::prelude::*;

use super::copy::Copy;
use super::forms::other_forms;
use crate::app::Ui;
use crate::case::{Shown, Tried};
use crate::prose;

#[derive(Properties, PartialEq)]
pub(crate) struct FixProps {
    pub(crate) ui: Ui,
    pub(crate) shown: Shown,
    pub(crate) fix: report::model::Fix,
    /// The finding's place in the report, and the remedy's in the finding.
    pub(crate) place: (usize, usize),
    /// The operations whose outputs prove the fault.
    pub(crate) proofs: Vec<String>,
}

#[component]
pub(crate) fn Fix(props: &FixProps) -> Html {
    let FixProps {
        ui,
        shown,
        fix,
        place,
        proofs,
    } = props;
    let words = Words::of(ui.lang);
    let tried = use_state_eq(|| None::<Tried>);
    let (finding, at) = *place;
    let kind = fix.kind.phrase(ui.lang);
    let checked = if fix.verified {
        // The first word says it; what it means is said once, where the remedy is unfolded.
        let (word, _) = words.verified.split_once(words.colon).unwrap_or((words.verified, ""));
        prose::mark(Tone::Good, word)
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
    let try_it = {
        let (tried, shown, lang) = (tried.clone(), shown.clone(), ui.lang);
        move |_: MouseEvent| tried.set(shown.case.try_fix(finding, at, lang))
    };
    html! {
        <details class="fix" open={at == 0} data-fix={fix.kind.word()}>
            <summary><strong>{ kind }</strong>{ " " }{ checked }</summary>
            if fix.kind == FixKind::AwsCli { <p class="changes"><span class="sign" aria-hidden="true">{ "!" }</span>{ ui.text.changes }</p> }
            { content }
            if fix.verified { <p class="quiet">{ words.verified }</p> }
            if !fix.impact.is_empty() {
                <p class="impact"><strong>{ words.impact }{ words.colon }</strong>{ prose::line(&fix.impact) }</p>
            }
            if fix.kind == FixKind::AwsCli {
                { other_forms(ui, fix, proofs) }
            }
            if shown.case.can_try(finding, at) {
                <button type="button" data-role="try" onclick={try_it}>{ ui.text.try_it }</button>
                <div role="status">{ tried.as_ref().map(|tried| outcome(ui, tried)) }</div>
            }
        </details>
    }
}

/// What trying it showed.
fn outcome(ui: &Ui, tried: &Tried) -> Html {
    let text = ui.text;
    let part = |tone: Tone, name: &'static str, titles: &[String]| {
        html! {
            <div>
                <dt>{ if titles.is_empty() { html! { name } } else { prose::mark(tone, name) } }</dt>
                <dd>{ for titles.iter().map(|title| html! { <p>{ prose::line(title) }</p> }) }if titles.is_empty() { { text.tried_none } }</dd>
            </div>
        }
    };
    html! {
        <dl class="facts tried">
            { part(Tone::Good, text.tried_gone, &tried.gone) }
            { part(Tone::Careful, text.tried_left, &tried.left) }
            { part(Tone::Bad, text.tried_new, &tried.new) }
        </dl>
    }
}
