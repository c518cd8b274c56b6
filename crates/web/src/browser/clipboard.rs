//! Copying.

use gloo_utils::{body, document, window};
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlTextAreaElement;

/// Copies a text; tells whether it worked.
pub(crate) async fn copy(text: &str) -> bool {
    let navigator = window().navigator();
    // Not there where the page was loaded over plain HTTP from another host.
    let offered = Reflect::get(&navigator, &JsValue::from_str("clipboard")).is_ok_and(|found| found.is_object());
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
