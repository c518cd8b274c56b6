//! The choice of a language for what goes to someone else.

use report::Lang;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

pub(crate) fn language(role: &'static str, label: &'static str, lang: Lang, choose: &Callback<Lang>) -> Html {
    let choose = choose.reform(|event: Event| {
        let word = event.target_dyn_into::<HtmlSelectElement>().map(|field| field.value());
        word.and_then(|word| Lang::from_word(&word)).unwrap_or(Lang::En)
    });
    let option = |offered: Lang, name: &'static str| {
        html! { <option value={offered.word()} lang={offered.word()} selected={offered == lang}>{ name }</option> }
    };
    html! {
        <label class="field"><span>{ label }</span>
            <select data-role={role} onchange={choose}>{ option(Lang::En, "English") }{ option(Lang::Ja, "日本語") }</select>
        </label>
    }
}
