//! Every scenario, by area of the catalogue.

mod endpoint_policy;
mod iam;
mod kms;

use crate::scenario::Scenario;

/// All scenarios.
#[must_use]
pub fn all() -> Vec<Scenario> {
    let mut all = Vec::new();
    all.extend(iam::all());
    all.extend(kms::all());
    all.extend(endpoint_policy::all());
    all
}
