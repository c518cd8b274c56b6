//! What the page asks of the browser. Nothing here sends anything anywhere.

pub(crate) mod clipboard;
pub(crate) mod download;
pub(crate) mod files;

use gloo_utils::{document, window};
use report::Lang;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDetailsElement, HtmlElement};

use crate::state::{Route, Theme, lang_of};

/// All that is ever stored: the language and the colours, never what was pasted.
const LANGUAGE_KEY: &str = "pulldoctor.language";
const THEME_KEY: &str = "pulldoctor.theme";

/// The language chosen last, else the browser's.
pub(crate) fn preferred_language() -> Lang {
    let tag = stored(LANGUAGE_KEY).or_else(|| window().navigator().language());
    lang_of(&tag.unwrap_or_default())
}

/// The colours chosen last, else the system's.
pub(crate) fn preferred_theme() -> Theme {
    Theme::from_word(&stored(THEME_KEY).unwrap_or_default())
}

/// Marks the document as being in this language and remembers it.
pub(crate) fn speak(lang: Lang) {
    mark_root("lang", lang.word());
    store(LANGUAGE_KEY, lang.word());
}

/// Gives the page its colours and remembers them.
pub(crate) fn colour(theme: Theme) {
    mark_root("data-theme", theme.word());
    store(THEME_KEY, theme.word());
}

/// What the address asks for.
pub(crate) fn route() -> Route {
    Route::from_hash(&window().location().hash().unwrap_or_default())
}

/// The title of the tab.
pub(crate) fn title(text: &str) {
    document().set_title(text);
}

fn mark_root(name: &str, value: &str) {
    if let Some(root) = document().document_element() {
        // Setting one of these attributes cannot fail; the result is that of any attribute name.
        let _ = root.set_attribute(name, value);
    }
}

/// The present time.
pub(crate) fn now() -> Option<report::Time> {
    report::Time::from_epoch(js_sys::Date::now())
}

/// Moves the focus to the element with this id.
pub(crate) fn focus(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        focus_on(&element);
    }
}

/// Moves the focus to an element and it to the top, opening what hides it, and itself where it is a summary.
pub(crate) fn focus_on(element: &Element) {
    let mut inside = element.parent_element();
    while let Some(parent) = inside {
        if let Some(details) = parent.dyn_ref::<HtmlDetailsElement>() {
            details.set_open(true);
        }
        inside = parent.parent_element();
    }
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // An element that cannot be focused leaves the focus where it is.
        let _ = element.focus();
        element.scroll_into_view();
    }
}

/// Every element that a selector names, in reading order.
pub(crate) fn all(selector: &str) -> Vec<Element> {
    let Ok(nodes) = document().query_selector_all(selector) else {
        return Vec::new();
    };
    (0..nodes.length()).filter_map(|at| nodes.get(at)?.dyn_into().ok()).collect()
}

/// Opens the print dialogue.
pub(crate) fn print() {
    // Where printing is forbidden, nothing happens.
    let _ = window().print();
}

/// A value that nobody can guess; `None` where the browser has none to give.
pub(crate) fn random() -> Option<u128> {
    let mut bytes = [0; 16];
    window().crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(u128::from_le_bytes(bytes))
}

fn stored(key: &str) -> Option<String> {
    window().local_storage().ok().flatten()?.get_item(key).ok().flatten()
}

fn store(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        // A full or forbidden storage only means that the choice is not remembered.
        let _ = storage.set_item(key, value);
    }
}
