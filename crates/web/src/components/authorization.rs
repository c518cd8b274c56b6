//! One call of the start: the decision, and every layer of policies with the statement that decides there.

use report::words::Words;
use yew::prelude::*;

use super::evidence::Evidence;
use crate::app::Ui;
use crate::case::Shown;
use crate::prose;

pub(crate) fn authorization(ui: &Ui, shown: &Shown, call: &report::model::Authorization) -> Html {
    let lang = ui.lang;
    let words = Words::of(lang);
    let layers = call.layers.iter().map(|layer| {
        let deciding = call.decided_by == Some(layer.kind);
        html! {
            <li class={classes!(deciding.then_some("deciding"))} data-layer={layer.kind.word()}>
                { layer.kind.phrase(lang) }{ " " }
                { prose::mark(layer.verdict.tone(), layer.verdict.phrase(lang)) }
                if let Some(statement) = &layer.statement {
                    <Evidence ui={ui.clone()} shown={shown.clone()} document={statement.document} pointer={statement.pointer.clone()} />
                }
            </li>
        }
    });
    html! {
        <div class="call" data-action={call.action.clone()} data-verdict={call.verdict.word()}>
            <p>
                { prose::mark(call.verdict.tone(), call.verdict.phrase(lang)) }{ words.colon }
                { prose::code(&call.action) }{ " → " }{ prose::code(&call.resource) }
                if !call.blocks_start { { format!(" ({})", words.does_not_block) } }
            </p>
            <dl class="facts">
                if let Some(principal) = &call.principal {
                    <div><dt>{ words.principal }</dt><dd>{ prose::code(principal) }</dd></div>
                }
                if let Some(layer) = call.decided_by {
                    <div><dt>{ words.decided_by }</dt><dd>{ layer.phrase(lang) }</dd></div>
                }
                if !call.assumes.is_empty() {
                    <div><dt>{ words.assumes }</dt><dd>{ for call.assumes.iter().map(|assumed| html! { <p>{ prose::line(assumed) }</p> }) }</dd></div>
                }
            </dl>
            if !call.layers.is_empty() {
                <p class="label">{ words.layers }</p>
                <ul class="layers">{ for layers }</ul>
            }
        </div>
    }
}
