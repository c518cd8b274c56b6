//! Where the page breaks down: what was pasted must not be lost, and the person must know what happened.
//!
//! After a panic nothing of the page runs any more. Everything is therefore made in the hook itself, out of plain
//! elements that the browser keeps alive.

use std::cell::RefCell;
use std::panic::PanicHookInfo;

use gloo_utils::{body, document};
use report::Lang;
use web_sys::Element;

use crate::browser::download;
use crate::state::{Input, State};
use crate::ui_text::UiText;

struct Kept {
    lang: Lang,
    inputs: Vec<Input>,
}

thread_local! {
    static KEPT: RefCell<Kept> = const { RefCell::new(Kept { lang: Lang::En, inputs: Vec::new() }) };
}

/// From now on a panic is shown.
pub(crate) fn watch() {
    // A hook set otherwise would be replaced by Yew's own.
    yew::set_custom_panic_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        // Where even this fails there is nobody left to tell.
        let _ = show(info);
    }));
}

/// Keeps what would have to be saved. The bytes are shared, not copied.
pub(crate) fn keep(state: &State) {
    KEPT.with(|kept| {
        if let Ok(mut kept) = kept.try_borrow_mut() {
            *kept = Kept {
                lang: state.lang,
                inputs: state.held.inputs.clone(),
            };
        }
    });
}

fn show(info: &PanicHookInfo<'_>) -> Option<()> {
    KEPT.with(|kept| {
        let kept = kept.try_borrow().ok()?;
        let text = UiText::of(kept.lang);
        let banner = element("div", "")?;
        banner.set_attribute("role", "alert").ok()?;
        banner.set_class_name("crash");
        let add = |element: Element| banner.append_with_node_1(&element).ok();
        add(element("h2", text.crash_heading)?)?;
        add(element("p", text.crash_hint)?)?;
        let parts = kept.inputs.iter().flat_map(|input| [&*input.bytes, b"\n"]);
        if let Some(link) = download::link(parts, "text/plain", "pasted.txt") {
            link.set_text_content(Some(text.crash_save));
            add(link.into())?;
        }
        // The place alone: a panic's message could quote what was pasted.
        let place = info
            .location()
            .map(|place| format!("{}:{}", place.file(), place.line()))
            .unwrap_or_default();
        let report = format!("pulldoctor {} {place}", env!("CARGO_PKG_VERSION"));
        add(element("pre", &report)?)?;
        body().prepend_with_node_1(&banner).ok()
    })
}

fn element(tag: &str, text: &str) -> Option<Element> {
    let element = document().create_element(tag).ok()?;
    element.set_text_content(Some(text));
    Some(element)
}
