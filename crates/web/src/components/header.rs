//! Title, promise of privacy, language switch.

use yew::prelude::*;

use crate::state::{Action, Language};
use crate::ui_text::UiText;

#[derive(Properties, PartialEq)]
pub(crate) struct HeaderProps {
    pub(crate) text: &'static UiText,
    pub(crate) language: Language,
    pub(crate) dispatch: Callback<Action>,
}

#[component]
pub(crate) fn Header(props: &HeaderProps) -> Html {
    let HeaderProps {
        text,
        language,
        dispatch,
    } = props;
    let other = language.other();
    let switch = {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.emit(Action::Speak(other)))
    };
    html! {
        <header class="top">
            <div>
                <h1>{ text.title }</h1>
                <p class="tagline">{ text.tagline }</p>
                <p class="privacy">{ text.privacy }</p>
            </div>
            <button type="button" data-role="language" lang={other.tag()} onclick={switch}>
                { text.switch_language }
            </button>
        </header>
    }
}
