//! Files that the person keeps: made in memory, saved by the browser, sent nowhere.

use gloo_utils::{body, document};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// A link that saves these bytes under this name.
pub(crate) fn link<'a>(parts: impl IntoIterator<Item = &'a [u8]>, kind: &str, name: &str) -> Option<HtmlAnchorElement> {
    let array = Array::new();
    for part in parts {
        array.push(&Uint8Array::from(part));
    }
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_u8_array_sequence_and_options(&array, &options).ok()?;
    let link: HtmlAnchorElement = document().create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&Url::create_object_url_with_blob(&blob).ok()?);
    link.set_download(name);
    Some(link)
}

/// Saves a text under a name.
pub(crate) fn save(text: &str, kind: &str, name: &str) {
    let Some(link) = link([text.as_bytes()], kind, name) else {
        return;
    };
    link.set_class_name("unseen");
    if body().append_child(&link).is_ok() {
        link.click();
        link.remove();
    }
    let address = link.href();
    // The browser has the blob by then; later the address would only hold memory.
    gloo_timers::callback::Timeout::new(60_000, move || {
        let _ = Url::revoke_object_url(&address);
    })
    .forget();
}
