//! Environment files in Amazon S3.

mod bad_name;
mod not_found;

use super::Rule;

/// The rules, in the catalogue's order.
#[must_use]
pub(crate) fn rules() -> Vec<&'static Rule> {
    vec![&not_found::RULE, &bad_name::RULE]
}
