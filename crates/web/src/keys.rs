//! Single keys. Off inside of fields, beside Ctrl, Alt and Meta, and wherever the person turned them off.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlElement, KeyboardEvent};

use crate::browser;

/// Every finding, where `j` and `k` go.
const FINDINGS: &str = "[data-code]";
/// The id of the list of keys.
pub(crate) const HELP: &str = "help";

/// Acts on a key; tells whether it was one of ours.
pub(crate) fn press(event: &KeyboardEvent) -> bool {
    if event.ctrl_key() || event.alt_key() || event.meta_key() || event.is_composing() || in_field() {
        return false;
    }
    match event.key().as_str() {
        "/" => browser::focus("paste"),
        "j" => step(true),
        "k" => step(false),
        "e" => click("summary[data-key=e]"),
        "c" => click("button[data-copy]"),
        "?" => help(),
        _ => return false,
    }
    true
}

/// Opens the list of keys.
pub(crate) fn help() {
    let dialog = gloo_utils::document().get_element_by_id(HELP);
    if let Some(dialog) = dialog.and_then(|dialog| dialog.dyn_into::<HtmlDialogElement>().ok())
        && !dialog.open()
    {
        // It fails only where the dialog is open already.
        let _ = dialog.show_modal();
    }
}

fn focused() -> Option<Element> {
    gloo_utils::document().active_element()
}

fn in_field() -> bool {
    focused().is_some_and(|element| {
        element
            .closest("input, textarea, select, [contenteditable], dialog")
            .ok()
            .flatten()
            .is_some()
    })
}

/// The next or the previous finding, seen from the one that holds the focus.
fn step(forward: bool) {
    let findings = browser::all(FINDINGS);
    let current = focused().and_then(|element| element.closest(FINDINGS).ok().flatten());
    let at = current.and_then(|current| findings.iter().position(|finding| *finding == current));
    let next = match (at, forward) {
        (None, true) => Some(0),
        (None, false) => findings.len().checked_sub(1),
        (Some(at), true) => Some(at + 1),
        (Some(at), false) => at.checked_sub(1),
    };
    if let Some(finding) = next.and_then(|next| findings.get(next)) {
        browser::focus_on(finding);
    }
}

/// Clicks the first such element within what holds the focus.
fn click(selector: &str) {
    let part = focused().and_then(|element| element.closest("[data-code], [data-operation]").ok().flatten());
    let found = part.and_then(|part| part.query_selector(selector).ok().flatten());
    if let Some(element) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        element.click();
    }
}
