//! Log groups of the awslogs driver.

mod cross_region_unreachable;
mod group_not_found;

use super::Rule;

/// The rules, in the catalogue's order.
#[must_use]
pub(crate) fn rules() -> Vec<&'static Rule> {
    vec![&group_not_found::RULE, &cross_region_unreachable::RULE]
}
