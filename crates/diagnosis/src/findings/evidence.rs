//! Whether the evidence fits the failure.

mod changed_since_failure;
mod contradicts_error;
mod other_revision;

use super::Rule;

/// The rules, in the catalogue's order.
#[must_use]
pub(crate) fn rules() -> Vec<&'static Rule> {
    vec![&changed_since_failure::RULE, &contradicts_error::RULE, &other_revision::RULE]
}
