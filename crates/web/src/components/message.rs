//! The message to the customer, in the customer's language whatever the page's is.

use report::Lang;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::copy::Copy;
use crate::app::Ui;
use crate::case::Shown;
use crate::message::to_customer;

#[derive(Properties, PartialEq)]
pub(crate) struct MessageProps {
    pub(crate) ui: Ui,
    pub(crate) shown: Shown,
}

#[component]
pub(crate) fn Message(props: &MessageProps) -> Html {
    let MessageProps { ui, shown } = props;
    let text = ui.text;
    let chosen = use_state_eq(|| None::<Lang>);
    let lang = chosen.unwrap_or(ui.lang);
    let Some(message) = to_customer(&shown.case.report(lang), lang) else {
        return Html::default();
    };
    let choose = Callback::from(move |event: Event| {
        let word = event.target_dyn_into::<HtmlSelectElement>().map(|field| field.value());
        chosen.set(word.and_then(|word| Lang::from_word(&word)));
    });
    let option = |offered: Lang, name: &'static str| html! { <option value={offered.word()} lang={offered.word()} selected={offered == lang}>{ name }</option> };
    html! {
        <details class="message">
            <summary><h3>{ text.message_heading }</h3></summary>
            <div class="row">
                <label class="field"><span>{ text.message_language }</span>
                    <select data-role="message-language" onchange={choose}>{ option(Lang::En, "English") }{ option(Lang::Ja, "日本語") }</select>
                </label>
                <Copy ui={ui.clone()} value={message.clone()} label={text.copy_message} />
            </div>
            <pre class="mail" tabindex="0" role="group" aria-label={text.message_heading} lang={lang.word()}>{ message }</pre>
        </details>
    }
}
