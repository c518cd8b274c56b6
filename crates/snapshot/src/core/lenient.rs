//! What faces of AWS print in more than one form.

use crate::core::json::{Json, Read};
use std::fmt;

/// A text that some faces of AWS print as a number or a boolean: `"256"` or `256`, `"true"` or `true`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Scalar(pub String);

impl Scalar {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Read for Scalar {
    fn read(json: Json<'_>) -> Option<Self> {
        if json.raw().starts_with(['{', '[', 'n']) {
            return None;
        }
        Some(Self(json.text().unwrap_or_else(|| json.raw().to_owned())))
    }
}
