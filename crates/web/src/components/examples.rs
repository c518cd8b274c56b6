//! Cases to try, one click each.

use yew::prelude::*;

use crate::app::Ui;
use crate::examples::EXAMPLES;
use crate::state::Action;

pub(crate) fn examples(ui: &Ui) -> Html {
    let Ui { text, lang, dispatch, .. } = ui;
    let buttons = EXAMPLES.iter().map(|example| {
        let try_it = dispatch.reform(move |_: MouseEvent| Action::Replace(example.given()));
        html! {
            <li>
                <button type="button" data-example={example.name} onclick={try_it}>{ example.title(*lang) }</button>
            </li>
        }
    });
    html! {
        <div class="examples">
            <h3>{ text.examples_heading }</h3>
            <ul class="row">{ for buttons }</ul>
            <p class="quiet">{ text.examples_hint }</p>
        </div>
    }
}
