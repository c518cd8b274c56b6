//! Where the page breaks down: what was pasted must not be lost, and the person must know what happened.
//!
//! After a panic nothing of the page runs any more. Everything is therefore made in the hook itself, out of plain
//! elements that the browser keeps alive.

use std::cell::RefCell;
use std::panic::PanicHookInfo;

use gloo_utils::{body, document};
use report::Lang;
use web_sys::Element;

use crate::browser::{self, download};
use crate::case::redacted;
use crate::state::{Held, State};
use crate::ui_text::UiText;

struct Kept {
    lang: Lang,
    /// What every tab holds.
    held: Vec<Held>,
}

thread_local! {
    static KEPT: RefCell<Kept> = const { RefCell::new(Kept { lang: Lang::En, held: Vec::new() }) };
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
                held: state.tabs.iter().map(|tab| tab.held.clone()).collect(),
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
        let inputs = kept.held.iter().flat_map(|held| &held.inputs);
        let parts = inputs.flat_map(|input| [&*input.bytes, b"\n"]);
        if let Some(link) = download::link(parts, "text/plain", "pasted.txt") {
            link.set_text_content(Some(text.crash_save));
            add(link.into())?;
        }
        // The place alone: a panic's message could quote what was pasted.
        let place = info
            .location()
            .map(|place| format!("{}:{}", place.file(), place.line()))
            .unwrap_or_default();
        let tool = report::tool();
        let made = [Some(tool.version), tool.build, tool.facts].into_iter().flatten();
        let report = format!("{} {} {place}", tool.name, made.collect::<Vec<_>>().join(" "));
        add(element("pre", &report)?)?;
        // Inside the landmark, so that the link that skips to it stays the first thing on the page.
        let place: Element = document().get_element_by_id("main").unwrap_or_else(|| body().into());
        place.prepend_with_node_1(&banner).ok()?;
        // Last, and only now: should this break as well, what stands above is on the page already.
        let parts: Vec<String> = std::iter::once(report)
            .chain(kept.held.iter().filter_map(under_pseudonyms))
            .collect();
        let link = download::link(parts.iter().map(String::as_bytes), "text/plain", "pulldoctor-crash.txt")?;
        link.set_text_content(Some(text.crash_redacted));
        banner.append_with_node_1(&link).ok()
    })
}

/// What a tab holds, as it may be handed on.
fn under_pseudonyms(held: &Held) -> Option<String> {
    let redacted = redacted(held, browser::random()?);
    let texts = redacted
        .inputs
        .iter()
        .map(|input| format!("\n\n{}", String::from_utf8_lossy(&input.bytes)));
    Some(texts.collect())
}

fn element(tag: &str, text: &str) -> Option<Element> {
    let element = document().create_element(tag).ok()?;
    element.set_text_content(Some(text));
    Some(element)
}
