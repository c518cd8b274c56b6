//! Every scenario, by area of the catalogue.

mod network;
mod dns;
mod endpoint;
mod general;
mod endpoint_policy;
mod iam;
mod kms;
mod secret;
mod parameter;
mod image;
mod service;
mod logs;
mod envfile;
mod task;
mod instance;
mod evidence;

use crate::scenario::Scenario;

/// All scenarios.
#[must_use]
pub fn all() -> Vec<Scenario> {
    let mut all = Vec::new();
    all.extend(general::all());
    all.extend(network::all());
    all.extend(dns::all());
    all.extend(endpoint::all());
    all.extend(iam::all());
    all.extend(kms::all());
    all.extend(endpoint_policy::all());
    all.extend(secret::all());
    all.extend(parameter::all());
    all.extend(image::all());
    all.extend(service::all());
    all.extend(logs::all());
    all.extend(envfile::all());
    all.extend(task::all());
    all.extend(instance::all());
    all.extend(evidence::all());
    all
}
