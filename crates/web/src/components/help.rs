//! The list of keys, and the switch that turns them off.

use web_sys::{HtmlDialogElement, HtmlInputElement};
use yew::prelude::*;

use crate::app::Ui;
use crate::keys;
use crate::state::Action;

const KEYS: [&str; 6] = ["/", "j", "k", "e", "c", "?"];

#[derive(Properties, PartialEq)]
pub(crate) struct HelpProps {
    pub(crate) ui: Ui,
    /// Whether single keys act.
    pub(crate) on: bool,
}

#[component]
pub(crate) fn Help(props: &HelpProps) -> Html {
    let HelpProps {
        ui: Ui { text, dispatch, .. },
        on,
    } = props;
    let dialog = use_node_ref();
    let close = {
        let dialog = dialog.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                dialog.close();
            }
        })
    };
    let switch = dispatch.reform(|event: Event| {
        let field = event.target_dyn_into::<HtmlInputElement>();
        Action::UseKeys(field.is_some_and(|field| field.checked()))
    });
    let keys = KEYS.iter().zip(text.keys_list).map(|(key, does)| {
        html! { <><dt><kbd>{ *key }</kbd></dt><dd>{ does }</dd></> }
    });
    html! {
        <dialog id={keys::HELP} ref={dialog} aria-labelledby="help-heading">
            <h2 id="help-heading">{ text.keys_heading }</h2>
            <dl class="keys">{ for keys }</dl>
            <label class="check"><input type="checkbox" checked={*on} onchange={switch} />{ text.keys_switch }</label>
            <button type="button" onclick={close}>{ text.close }</button>
        </dialog>
    }
}
