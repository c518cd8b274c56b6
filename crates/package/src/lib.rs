//! The core as an npm package: what JavaScript and TypeScript call.

use wasm_bindgen::prelude::wasm_bindgen;

/// The version of Pulldoctor, as in a report's `tool.version`.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
