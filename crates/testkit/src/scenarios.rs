//! Every scenario, by area of the catalogue.

mod dns;
mod endpoint;
mod endpoint_policy;
mod envfile;
mod evidence;
mod general;
mod iam;
mod image;
mod instance;
mod kms;
mod logs;
mod network;
mod parameter;
mod secret;
mod service;
mod task;

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
