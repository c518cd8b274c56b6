//! Copying, and pasting where no key does it.

use gloo_utils::{body, document, window};
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlTextAreaElement;

/// Whether the browser lets a page ask for what is in the clipboard. It does not where the page was loaded over plain HTTP from
/// another host, or as a file.
pub(crate) fn can_read() -> bool {
    let clipboard = member(&window().navigator(), "clipboard");
    clipboard.is_some_and(|clipboard| member(&clipboard, "readText").is_some_and(|read| read.is_function()))
}

/// The text in the clipboard; `None` where the person does not allow it, or there is none.
pub(crate) async fn read() -> Option<String> {
    let read = JsFuture::from(window().navigator().clipboard().read_text()).await;
    read.ok()?.as_string().filter(|text| !text.is_empty())
}

fn member(object: &JsValue, name: &str) -> Option<JsValue> {
    let found = Reflect::get(object, &JsValue::from_str(name)).ok()?;
    found.is_truthy().then_some(found)
}

/// Copies a text; tells whether it worked.
pub(crate) async fn copy(text: &str) -> bool {
    let navigator = window().navigator();
    // Not there where the page was loaded over plain HTTP from another host.
    let offered = member(&navigator, "clipboard").is_some();
    if offered && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok() {
        return true;
    }
    copy_selected(text).unwrap_or(false)
}

/// The old way: a text field that is there for one moment.
fn copy_selected(text: &str) -> Option<bool> {
    let field: HtmlTextAreaElement = document().create_element("textarea").ok()?.dyn_into().ok()?;
    field.set_value(text);
    field.set_class_name("unseen");
    body().append_child(&field).ok()?;
    field.select();
    let copy: js_sys::Function = Reflect::get(&document(), &JsValue::from_str("execCommand")).ok()?.dyn_into().ok()?;
    let copied = copy.call1(&document(), &JsValue::from_str("copy"));
    field.remove();
    copied.ok()?.as_bool()
}
