//! Container instances.

mod agent_disconnected;

use super::Rule;

/// The rules, in the catalogue's order.
#[must_use]
pub(crate) fn rules() -> Vec<&'static Rule> {
    vec![&agent_disconnected::RULE]
}
