//! The contract itself, indented, the same bytes for the same report.

use crate::escape;
use serde::Serialize;

pub(super) fn render(model: &impl Serialize) -> String {
    // The model holds nothing that JSON cannot: no map with keys that are not text, no number that is not finite.
    let plain = serde_json::to_string_pretty(model).unwrap_or_default();
    let mut out = String::with_capacity(plain.len().saturating_add(1));
    for c in plain.chars() {
        // Outside strings the only one of these is the line feed; inside, an escape is the same value and safe to print.
        if c != '\n' && escape::acts(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(c);
        }
    }
    out.push('\n');
    out
}
