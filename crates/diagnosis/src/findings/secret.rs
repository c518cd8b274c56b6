//! Secrets of AWS Secrets Manager.

mod reference_malformed;
mod not_found;
mod deleted;
mod no_current_version;
mod version_not_found;
mod json_key_not_found;
mod not_json;
mod cross_region_unreachable;

use super::Rule;

/// The rules, in the catalogue's order.
#[must_use]
pub fn rules() -> Vec<&'static Rule> {
    vec![&reference_malformed::RULE, &not_found::RULE, &deleted::RULE, &no_current_version::RULE, &version_not_found::RULE, &json_key_not_found::RULE, &not_json::RULE, &cross_region_unreachable::RULE]
}
