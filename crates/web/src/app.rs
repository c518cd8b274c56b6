//! The page as a whole: holds the state, listens to the document, lays out the parts.

use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use gloo_utils::{document, window};
use report::{Lang, Shell};
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, DragEvent, Event, KeyboardEvent};
use yew::prelude::*;

use crate::browser::{self, files};
use crate::case::Shown;
use crate::components::{
    answer::Answer, finding_page::finding_page, footer::footer, header::header, help::Help, inputs::Inputs, paste::paste, tabs::tabs,
};
use crate::crash;
use crate::keys;
use crate::state::{Action, Route, State};
use crate::ui_text::UiText;
use crate::work::use_case;

/// What every part needs: the words, the language, and a way to say what a person did.
#[derive(Clone)]
pub(crate) struct Ui {
    pub(crate) text: &'static UiText,
    pub(crate) lang: Lang,
    /// What the customer types commands into.
    pub(crate) shell: Shell,
    /// Whether what is for engineers is unfolded.
    pub(crate) detailed: bool,
    pub(crate) dispatch: Callback<Action>,
}

impl PartialEq for Ui {
    fn eq(&self, other: &Self) -> bool {
        (self.lang, self.shell, self.detailed) == (other.lang, other.shell, other.detailed) && self.dispatch == other.dispatch
    }
}

#[component]
pub(crate) fn App() -> Html {
    let state = use_reducer(|| State::new(browser::preferred_language(), browser::preferred_theme(), browser::route()));
    let dispatch = {
        let dispatcher = state.dispatcher();
        use_callback((), move |action: Action, ()| dispatcher.dispatch(action))
    };
    let ui = Ui {
        text: UiText::of(state.lang),
        lang: state.lang,
        shell: state.shell,
        detailed: state.detailed,
        dispatch: dispatch.clone(),
    };
    let tab = state.tab();
    let (case, progress) = use_case(&state.tabs, &tab);
    let shown = Shown {
        case: Rc::clone(&case),
        lang: state.lang,
    };
    let held = !tab.held.inputs.is_empty();

    crash::keep(&state);
    use_effect_with(state.lang, |lang| browser::speak(*lang));
    use_effect_with(state.theme, |theme| browser::colour(*theme));
    use_effect_with((state.route.clone(), state.lang), |(route, lang)| arrive(route, *lang));
    use_effect_with((), {
        let dispatch = dispatch.clone();
        move |()| {
            let listeners = listen_everywhere(&dispatch);
            move || drop(listeners)
        }
    });
    use_effect_with(state.tabs.iter().any(|tab| !tab.held.inputs.is_empty()), |held| {
        let listener = held.then(warn_before_leaving);
        move || drop(listener)
    });
    use_effect_with(state.keys, |on| {
        let listener = on.then(listen_to_keys);
        move || drop(listener)
    });

    let main = match &state.route {
        Route::Case => html! {
            <>
                { tabs(&ui, &state.tabs, tab.id, state.closed.is_some()) }
                <div class="case" key={tab.id}>
                    <div class="given">
                        { paste(&ui, state.reading || progress.is_some(), !held) }
                        <Inputs ui={ui.clone()} tab={tab.clone()} shown={shown.clone()} reading={progress.is_some()} />
                    </div>
                    if let Some((done, of)) = progress {
                        <div class="answer"><progress aria-label={ui.text.reading} value={done.to_string()} max={of.to_string()} /></div>
                    } else {
                        <Answer ui={ui.clone()} shown={shown.clone()} held={tab.held.clone()} />
                    }
                </div>
            </>
        },
        Route::Findings => finding_page(&ui, None),
        Route::Finding(code) => finding_page(&ui, Some(code)),
    };
    let (target, skip_text) = match &state.route {
        Route::Case => ("paste", ui.text.skip_to_paste),
        Route::Findings | Route::Finding(_) => ("main", ui.text.skip_to_main),
    };
    html! {
        <>
            <a class="skip" href={format!("#{target}")} onclick={skip(target)}>{ skip_text }</a>
            { header(&ui, state.theme) }
            <main id="main" tabindex="-1">{ main }</main>
            { footer(&ui) }
            <Help ui={ui} on={state.keys} />
        </>
    }
}

/// A fragment link would change the address; moving the focus is what is meant.
fn skip(target: &'static str) -> Callback<MouseEvent> {
    Callback::from(move |event: MouseEvent| {
        event.prevent_default();
        browser::focus(target);
    })
}

/// Names the tab, and brings the reader to the top of what has come.
fn arrive(route: &Route, lang: Lang) {
    let title = UiText::of(lang).title;
    match route {
        Route::Case => browser::title(title),
        Route::Findings => browser::title(&format!("{} – {title}", UiText::of(lang).pages_heading)),
        Route::Finding(code) => browser::title(&format!("{code} – {title}")),
    }
}

/// A paste or a drop counts wherever on the page it happens.
fn listen_everywhere(dispatch: &Callback<Action>) -> [EventListener; 4] {
    let document = document();
    // Without `preventDefault` the browser would open a dropped file in place of the page.
    let options = EventListenerOptions::enable_prevent_default();
    let (on_paste, on_drop, on_route) = (dispatch.clone(), dispatch.clone(), dispatch.clone());
    [
        EventListener::new_with_options(&document, "paste", options, move |event: &Event| {
            if in_field(event) {
                return;
            }
            let data = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
            if data.is_some_and(|data| files::take(&data, &on_paste)) {
                event.prevent_default();
            }
        }),
        EventListener::new_with_options(&document, "dragover", options, Event::prevent_default),
        EventListener::new_with_options(&document, "drop", options, move |event: &Event| {
            event.prevent_default();
            if let Some(data) = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer) {
                files::take(&data, &on_drop);
            }
        }),
        EventListener::new(&window(), "hashchange", move |_| {
            on_route.emit(Action::Go(browser::route()));
            browser::focus("main");
        }),
    ]
}

/// An answer is typed or pasted into its field: there the text is the field's.
fn in_field(event: &Event) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.is_some_and(|element| element.matches("input[type=text]").unwrap_or(false))
}

/// Nothing is stored, so what was pasted is gone with the page: the browser asks first.
fn warn_before_leaving() -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&window(), "beforeunload", options, Event::prevent_default)
}

fn listen_to_keys() -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&document(), "keydown", options, |event: &Event| {
        if event.dyn_ref::<KeyboardEvent>().is_some_and(keys::press) {
            event.prevent_default();
        }
    })
}
