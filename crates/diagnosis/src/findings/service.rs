//! AWS services that refuse for their own reasons.

mod throttled;

use super::Rule;

/// The rules, in the catalogue's order.
#[must_use]
pub(crate) fn rules() -> Vec<&'static Rule> {
    vec![&throttled::RULE]
}
