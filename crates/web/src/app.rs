//! The page as a whole: holds the state, listens to the document, lays out the parts.

use gloo_events::{EventListener, EventListenerOptions};
use gloo_utils::document;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, DragEvent, Event};
use yew::prelude::*;

use crate::browser;
use crate::components::{header::Header, inputs::Inputs, outcome::Outcome, paste::Paste};
use crate::state::{Action, State};
use crate::ui_text::UiText;

#[component]
pub(crate) fn App() -> Html {
    let state = use_reducer(|| State::new(browser::preferred_language()));
    let language = state.language;
    let text = UiText::of(language);
    let dispatch = {
        let dispatcher = state.dispatcher();
        use_callback((), move |action: Action, ()| dispatcher.dispatch(action))
    };

    use_effect_with(language, |language| browser::speak(*language));
    {
        let dispatch = dispatch.clone();
        use_effect_with((), move |()| {
            let listeners = listen_everywhere(&dispatch);
            move || drop(listeners)
        });
    }

    html! {
        <>
            <a class="skip" href="#paste" onclick={skip_to_paste()}>{ text.skip_to_paste }</a>
            <Header {text} {language} dispatch={dispatch.clone()} />
            <main>
                <Paste {text} dispatch={dispatch.clone()} />
                <Outcome {text} inputs={state.inputs.len()} />
                <Inputs {text} inputs={state.inputs.clone()} {dispatch} />
            </main>
        </>
    }
}

/// A fragment link would put `#paste` into the address; moving the focus is what is meant.
fn skip_to_paste() -> Callback<MouseEvent> {
    Callback::from(|event: MouseEvent| {
        event.prevent_default();
        browser::focus("paste");
    })
}

/// A paste or a drop counts wherever on the page it happens.
fn listen_everywhere(dispatch: &Callback<Action>) -> [EventListener; 3] {
    let document = document();
    // Without `preventDefault` the browser would open a dropped file in place of the page.
    let options = EventListenerOptions::enable_prevent_default();
    let on_paste = dispatch.clone();
    let on_drop = dispatch.clone();
    [
        EventListener::new_with_options(&document, "paste", options, move |event: &Event| {
            let data = event
                .dyn_ref::<ClipboardEvent>()
                .and_then(ClipboardEvent::clipboard_data);
            if data.is_some_and(|data| browser::take(&data, &on_paste)) {
                event.prevent_default();
            }
        }),
        EventListener::new_with_options(&document, "dragover", options, Event::prevent_default),
        EventListener::new_with_options(&document, "drop", options, move |event: &Event| {
            event.prevent_default();
            if let Some(data) = event
                .dyn_ref::<DragEvent>()
                .and_then(DragEvent::data_transfer)
            {
                browser::take(&data, &on_drop);
            }
        }),
    ]
}
