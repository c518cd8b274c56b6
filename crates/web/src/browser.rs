//! What the page asks of the browser: the person's language and the text or files of a paste or drop.

use std::rc::Rc;

use gloo_utils::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{DataTransfer, File, FileList};
use yew::Callback;

use crate::state::{Action, Language};

/// The only thing that is ever stored: the language, never what was pasted.
const LANGUAGE_KEY: &str = "pulldoctor.language";

/// The language chosen last, else the browser's.
pub(crate) fn preferred_language() -> Language {
    let stored = storage().and_then(|storage| storage.get_item(LANGUAGE_KEY).ok().flatten());
    let tag = stored
        .or_else(|| window().navigator().language())
        .unwrap_or_default();
    Language::from_tag(&tag)
}

/// Marks the document as being in this language and remembers it.
pub(crate) fn speak(language: Language) {
    if let Some(root) = document().document_element() {
        // Setting `lang` on `html` cannot fail; the result is that of any attribute name.
        let _ = root.set_attribute("lang", language.tag());
    }
    if let Some(storage) = storage() {
        // A full or forbidden storage only means that the choice is not remembered.
        let _ = storage.set_item(LANGUAGE_KEY, language.tag());
    }
}

/// Takes what a paste or a drop carries: its files, else its text. Tells whether there was any.
pub(crate) fn take(data: &DataTransfer, dispatch: &Callback<Action>) -> bool {
    if let Some(files) = data.files().filter(|files| files.length() > 0) {
        take_files(&files, dispatch);
        return true;
    }
    let text = data.get_data("text/plain").unwrap_or_default();
    if text.is_empty() {
        return false;
    }
    dispatch.emit(Action::Add {
        name: None,
        bytes: text.into_bytes().into(),
    });
    true
}

/// Reads files one after the other, so that they are held in the order in which they were given.
pub(crate) fn take_files(files: &FileList, dispatch: &Callback<Action>) {
    let files: Vec<File> = (0..files.length())
        .filter_map(|index| files.get(index))
        .collect();
    let dispatch = dispatch.clone();
    wasm_bindgen_futures::spawn_local(async move {
        for file in files {
            let name: Rc<str> = file.name().into();
            let file = gloo_file::File::from(file);
            // A dropped folder has no bytes to read; it is passed over.
            if let Ok(bytes) = gloo_file::futures::read_as_bytes(&file).await {
                dispatch.emit(Action::Add {
                    name: Some(name),
                    bytes: bytes.into(),
                });
            }
        }
    });
}

/// Moves the focus to the element with this id.
pub(crate) fn focus(id: &str) {
    let element = document().get_element_by_id(id);
    if let Some(element) =
        element.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
    {
        // An element that cannot be focused leaves the focus where it is.
        let _ = element.focus();
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}
