//! Where to paste. Not a text field: a megabyte in one blocks the page for half a second,
//! so the text goes straight into memory and is shown as an entry of the list.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::examples::examples;
use crate::app::Ui;
use crate::browser::{clipboard, files};

pub(crate) fn paste(ui: &Ui, reading: bool, empty: bool) -> Html {
    let text = ui.text;
    let choose = {
        let dispatch = ui.dispatch.clone();
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
                return;
            };
            if let Some(files) = input.files() {
                files::take_files(&files, &dispatch);
            }
            // Emptied, so that choosing the same file again is a change again.
            input.set_value("");
        })
    };
    // A phone has no keys to paste with.
    let from_clipboard = {
        let dispatch = ui.dispatch.clone();
        move |_: MouseEvent| {
            let dispatch = dispatch.clone();
            wasm_bindgen_futures::spawn_local(async move {
                if let Some(text) = clipboard::read().await {
                    files::take_text(text, &dispatch);
                }
            });
        }
    };
    let hint = match (reading, empty) {
        (true, _) => text.reading,
        (false, true) => text.paste_hint,
        (false, false) => text.paste_more,
    };
    html! {
        <section class={classes!("paste", (!empty).then_some("small"))} aria-labelledby="paste-heading">
            <h2 id="paste-heading">{ text.paste_label }</h2>
            <div
                id="paste"
                class="paste-area"
                data-role="paste"
                role="group"
                tabindex="0"
                aria-labelledby="paste-heading"
                aria-describedby="paste-hint"
                aria-busy={reading.to_string()}
            >
                <p id="paste-hint">{ hint }</p>
            </div>
            <div class="row">
                if clipboard::can_read() {
                    <button type="button" data-role="clipboard" onclick={from_clipboard}>{ text.from_clipboard }</button>
                }
                <label class="files">
                    <span>{ text.files_label }</span>
                    <input type="file" multiple=true data-role="files" onchange={choose.clone()} />
                </label>
                <label class="files">
                    <span>{ text.folder_label }</span>
                    <input type="file" multiple=true webkitdirectory=true data-role="folder" onchange={choose} />
                </label>
            </div>
            if empty {
                { examples(ui) }
            }
        </section>
    }
}
