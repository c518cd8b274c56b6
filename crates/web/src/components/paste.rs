//! Where to paste. Not a text field: a megabyte in one blocks the page for half a second,
//! so the text goes straight into memory and is shown as an entry of the list.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::browser;
use crate::state::Action;
use crate::ui_text::UiText;

#[derive(Properties, PartialEq)]
pub(crate) struct PasteProps {
    pub(crate) text: &'static UiText,
    pub(crate) dispatch: Callback<Action>,
}

#[component]
pub(crate) fn Paste(props: &PasteProps) -> Html {
    let PasteProps { text, dispatch } = props;
    let choose = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
                return;
            };
            if let Some(files) = input.files() {
                browser::take_files(&files, &dispatch);
            }
            // Emptied, so that choosing the same file again is a change again.
            input.set_value("");
        })
    };
    html! {
        <section class="paste" aria-labelledby="paste-heading">
            <h2 id="paste-heading">{ text.paste_label }</h2>
            <div
                id="paste"
                class="paste-area"
                data-role="paste"
                role="group"
                tabindex="0"
                aria-labelledby="paste-heading"
                aria-describedby="paste-hint"
            >
                <p id="paste-hint">{ text.paste_hint }</p>
            </div>
            <label class="files">
                <span>{ text.files_label }</span>
                <input type="file" multiple=true data-role="files" onchange={choose} />
            </label>
        </section>
    }
}
