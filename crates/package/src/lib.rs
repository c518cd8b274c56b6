//! The core as an npm package: what JavaScript and TypeScript call.
//!
//! Text goes in, a report or a comparison comes out; nothing else crosses. The types of the report are written into the package's
//! declarations from the published schema when it is built.

mod given;

use serde::Serialize as _;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");

/// Diagnoses what a customer pasted: one text with any number of outputs in it, or several inputs with names.
///
/// Any text gives a report, also an empty one. Throws only where the arguments are not of the types stated.
#[wasm_bindgen(unchecked_return_type = "Report")]
pub fn diagnose(
    #[wasm_bindgen(unchecked_param_type = "string | Uint8Array | readonly Input[]")] text: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Options")] options: JsValue,
) -> Result<JsValue, JsError> {
    let given = given::inputs(text)?;
    let options = given::options(options)?;
    let report = report::diagnose(&named(&given), &options);
    // As `JSON.parse` would give it: `null` where nothing is known, plain objects.
    report.serialize(&Serializer::json_compatible()).map_err(JsError::from)
}

/// Compares a second set of outputs of the same case with the first: what changed, whether the cause is gone, what comes next.
///
/// Answers belong to the second set. Throws only where the arguments are not of the types stated.
#[wasm_bindgen(unchecked_return_type = "Comparison")]
pub fn compare(
    #[wasm_bindgen(unchecked_param_type = "string | Uint8Array | readonly Input[]")] before: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string | Uint8Array | readonly Input[]")] after: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Options")] options: JsValue,
) -> Result<JsValue, JsError> {
    let (before, after) = (given::inputs(before)?, given::inputs(after)?);
    let options = given::options(options)?;
    let compared = report::compare(&named(&before), &named(&after), &options);
    compared.serialize(&Serializer::json_compatible()).map_err(JsError::from)
}

fn named(given: &[given::Given]) -> Vec<evidence::Input<'_>> {
    given.iter().map(|(name, bytes)| evidence::Input { name, bytes }).collect()
}

/// The version of Pulldoctor, as in a report's `tool.version`.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// Reads a text and returns how many documents were found in it; measured by `cargo xtask bench`.
#[cfg(feature = "bench")]
#[wasm_bindgen(js_name = readDocuments)]
#[must_use]
pub fn read_documents(bytes: &[u8]) -> usize {
    evidence::read(&[evidence::Input { name: "bench", bytes }]).documents.len()
}
