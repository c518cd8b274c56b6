//! Parameters of Parameter Store.

mod cross_region_unreachable;
mod not_found;
mod reference_malformed;
mod secret_reference_versioned;

use super::Rule;

/// The rules, in the catalogue's order.
#[must_use]
pub(crate) fn rules() -> Vec<&'static Rule> {
    vec![
        &reference_malformed::RULE,
        &not_found::RULE,
        &secret_reference_versioned::RULE,
        &cross_region_unreachable::RULE,
    ]
}
