//! Container images and their registries.

mod credentials_invalid;
mod credentials_missing;
mod cross_region_unreachable;
mod disk_full;
mod platform_mismatch;
mod rate_limited;
mod reference_malformed;
mod repository_not_found;
mod tag_not_found;

use super::Rule;

/// The rules, in the catalogue's order.
#[must_use]
pub(crate) fn rules() -> Vec<&'static Rule> {
    vec![
        &reference_malformed::RULE,
        &repository_not_found::RULE,
        &tag_not_found::RULE,
        &platform_mismatch::RULE,
        &credentials_missing::RULE,
        &credentials_invalid::RULE,
        &rate_limited::RULE,
        &disk_full::RULE,
        &cross_region_unreachable::RULE,
    ]
}
