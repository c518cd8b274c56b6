//! Secrets of AWS Secrets Manager.

mod cross_region_unreachable;
mod deleted;
mod json_key_not_found;
mod no_current_version;
mod not_found;
mod not_json;
mod reference_malformed;
mod version_not_found;

use super::Rule;

/// The rules, in the catalogue's order.
#[must_use]
pub(crate) fn rules() -> Vec<&'static Rule> {
    vec![
        &reference_malformed::RULE,
        &not_found::RULE,
        &deleted::RULE,
        &no_current_version::RULE,
        &version_not_found::RULE,
        &json_key_not_found::RULE,
        &not_json::RULE,
        &cross_region_unreachable::RULE,
    ]
}
