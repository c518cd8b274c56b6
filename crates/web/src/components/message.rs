//! A message to the customer, in the customer's language whatever the page's is.

use yew::prelude::*;

use super::copy::Copy;
use super::fold::use_fold;
use super::language::language;
use crate::app::Ui;
use crate::case::Shown;
use crate::message::Purpose;

#[derive(Properties, PartialEq)]
pub(crate) struct MessageProps {
    pub(crate) ui: Ui,
    pub(crate) shown: Shown,
    pub(crate) purpose: Purpose,
}

#[component]
pub(crate) fn Message(props: &MessageProps) -> Html {
    let MessageProps { ui, shown, purpose } = props;
    let text = ui.text;
    let heading = match purpose {
        Purpose::Ask => text.message_heading,
        Purpose::Script { .. } => text.script_message,
        Purpose::Answer => text.reply_heading,
    };
    let chosen = use_state_eq(|| None);
    let (open, toggle) = use_fold(false);
    if !purpose.applies(shown.report()) {
        return Html::default();
    }
    let lang = chosen.unwrap_or(ui.lang);
    let choose = Callback::from(move |lang| chosen.set(Some(lang)));
    let written = open.then(|| purpose.write(shown.case.report(lang), lang, ui.shell)).flatten();
    let content = written.map(|message| {
        html! {
            <>
                <div class="row">
                    { language("message-language", text.message_language, lang, &choose) }
                    <Copy ui={ui.clone()} value={message.clone()} label={text.copy_message} />
                </div>
                <pre class="mail" tabindex="0" role="group" aria-label={heading} lang={lang.word()}>{ message }</pre>
            </>
        }
    });
    html! {
        <details class="message" data-purpose={purpose.word()} ontoggle={toggle}>
            <summary id={purpose.heading()}><h3>{ heading }</h3></summary>
            { content.unwrap_or_default() }
        </details>
    }
}
