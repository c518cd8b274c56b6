//! Every scenario, by area of the catalogue.

use crate::scenario::Scenario;

/// All scenarios.
#[must_use]
pub fn all() -> Vec<Scenario> {
    Vec::new()
}
