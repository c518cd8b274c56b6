//! The task itself.

mod expired;
mod not_stopped;
mod other_failure;
mod platform_too_old;

use super::Rule;

/// The rules, in the catalogue's order.
#[must_use]
pub(crate) fn rules() -> Vec<&'static Rule> {
    vec![&platform_too_old::RULE, &expired::RULE, &other_failure::RULE, &not_stopped::RULE]
}
