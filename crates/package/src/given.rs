//! From JavaScript's values to ours, or an error that says what was expected.

use std::collections::BTreeMap;

use report::{Lang, Options, Time};
use serde::Deserialize;
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen::{JsCast as _, JsError};

/// The name that the command line gives to standard input: the same text gives the same report here.
const UNNAMED: &str = "stdin";

/// A name and its bytes.
pub(crate) type Given = (String, Vec<u8>);

/// The inputs of a call: a text, bytes, or a list of named texts and bytes.
pub(crate) fn inputs(text: &JsValue) -> Result<Vec<Given>, JsError> {
    if let Some(bytes) = bytes(text) {
        return Ok(evidence::unpacked(UNNAMED.to_owned(), bytes));
    }
    let list: &js_sys::Array = text
        .dyn_ref()
        .ok_or_else(|| expected("a string, a Uint8Array or an array of inputs"))?;
    let mut files = Vec::new();
    for item in list.iter() {
        let (name, bytes) = input(&item)?;
        files.extend(evidence::unpacked(name, bytes));
    }
    Ok(files)
}

fn input(item: &JsValue) -> Result<Given, JsError> {
    let member = |key: &str| js_sys::Reflect::get(item, &JsValue::from_str(key)).unwrap_or(JsValue::UNDEFINED);
    let name = member("name").as_string().ok_or_else(|| expected("an input's name, a string"))?;
    let bytes = bytes(&member("text")).ok_or_else(|| expected("an input's text, a string or a Uint8Array"))?;
    Ok((name, bytes))
}

fn bytes(value: &JsValue) -> Option<Vec<u8>> {
    match value.as_string() {
        Some(text) => Some(text.into_bytes()),
        None => value.dyn_ref::<js_sys::Uint8Array>().map(js_sys::Uint8Array::to_vec),
    }
}

fn expected(what: &str) -> JsError {
    JsError::new(&format!("expected {what}"))
}

/// The options as JavaScript gives them.
#[derive(Default, Deserialize)]
struct Chosen {
    lang: Option<Lang>,
    task: Option<String>,
    answers: Option<BTreeMap<String, String>>,
    now: Option<String>,
}

/// The members of [`Chosen`].
const MEMBERS: [&str; 4] = ["lang", "task", "answers", "now"];

/// An unknown member is more likely a slip than a wish. serde-wasm-bindgen looks only for those that it knows.
fn refuse_unknown(options: &JsValue) -> Result<(), JsError> {
    let keys = options.dyn_ref::<js_sys::Object>().map(js_sys::Object::keys).unwrap_or_default();
    let unknown = keys
        .iter()
        .filter_map(|key| key.as_string())
        .find(|key| !MEMBERS.contains(&key.as_str()));
    unknown.map_or(Ok(()), |key| Err(JsError::new(&format!("options: there is no `{key}`"))))
}

/// The options of a call; none are the defaults.
pub(crate) fn options(options: JsValue) -> Result<Options, JsError> {
    refuse_unknown(&options)?;
    let chosen = if options.is_undefined() || options.is_null() {
        Chosen::default()
    } else {
        serde_wasm_bindgen::from_value(options).map_err(|error| JsError::new(&format!("options: {error}")))?
    };
    let now = match chosen.now {
        Some(text) => Some(Time::parse(&text).ok_or_else(|| JsError::new("options: `now` is no time (2026-11-25T01:02:03Z)"))?),
        None => None,
    };
    Ok(Options {
        lang: chosen.lang.unwrap_or(Lang::En),
        task: chosen.task,
        answers: chosen.answers.unwrap_or_default().into_iter().collect(),
        now,
    })
}
