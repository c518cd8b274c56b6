//! The core as an npm package: what JavaScript and TypeScript call.

use wasm_bindgen::prelude::wasm_bindgen;

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
    evidence::read(&[evidence::Input {
        name: "bench",
        bytes,
    }])
    .documents
    .len()
}
