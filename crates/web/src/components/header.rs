//! Title, promise of privacy, language, colours, keys.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::app::Ui;
use crate::keys;
use crate::state::{Action, Theme, other};

pub(crate) fn header(ui: &Ui, theme: Theme) -> Html {
    let Ui { text, lang, dispatch, .. } = ui;
    let other = other(*lang);
    let switch = dispatch.reform(move |_: MouseEvent| Action::Speak(other));
    let choose = dispatch.reform(|event: Event| {
        let field = event.target_dyn_into::<HtmlSelectElement>();
        Action::Colour(Theme::from_word(&field.map(|field| field.value()).unwrap_or_default()))
    });
    let themes = Theme::ALL.into_iter().zip(text.theme_names).map(|(offered, name)| {
        html! { <option value={offered.word()} selected={offered == theme}>{ name }</option> }
    });
    html! {
        <header class="top">
            <div>
                <h1>{ text.title }</h1>
                <p class="tagline">{ text.tagline }</p>
                <p class="privacy">{ text.privacy }</p>
            </div>
            <div class="controls">
                <button type="button" data-role="language" lang={other.word()} onclick={switch}>
                    { text.switch_language }
                </button>
                <label class="theme">
                    <span>{ text.theme_label }</span>
                    <select data-role="theme" onchange={choose}>{ for themes }</select>
                </label>
                <button type="button" data-role="help" aria-haspopup="dialog" onclick={|_| keys::help()}>{ text.help }</button>
            </div>
        </header>
    }
}
