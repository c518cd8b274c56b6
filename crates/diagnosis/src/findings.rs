//! The catalogue: one file for each finding, with its facts, wording, remedies, documentation and examples.

mod dns;
mod endpoint;
mod envfile;
mod evidence;
mod iam;
mod image;
mod instance;
mod kms;
mod logs;
mod network;
mod page;
mod parameter;
mod secret;
mod service;
mod task;

pub use page::{Page, Rule};

use crate::judged::Judged;
use crate::model::{Code, Finding};

/// Every code of the catalogue, in its order.
pub const CATALOGUE: [&str; 73] = [
    "network.no-route",
    "network.blackhole-route",
    "network.no-public-ip",
    "network.igw-detached",
    "network.nat-unavailable",
    "network.nat-no-internet-route",
    "network.nat-private",
    "network.peering-not-transitive",
    "network.source-dest-check",
    "network.public-access-blocked",
    "network.sg-egress-blocked",
    "network.endpoint-sg-ingress-blocked",
    "network.acl-outbound-blocked",
    "network.acl-inbound-blocked",
    "network.tls-intercepted",
    "network.opaque-next-hop",
    "dns.support-disabled",
    "dns.hostnames-disabled",
    "dns.custom-server-port-blocked",
    "dns.custom-server",
    "dns.private-zone-shadows",
    "endpoint.missing",
    "endpoint.not-available",
    "endpoint.private-dns-disabled",
    "endpoint.gateway-not-routed",
    "endpoint.policy-denied",
    "iam.execution-role-absent",
    "iam.execution-role-not-found",
    "iam.trust-denied",
    "iam.task-role-not-found",
    "iam.action-not-allowed",
    "iam.explicit-deny",
    "iam.boundary-not-allowed",
    "iam.scp-denied",
    "iam.rcp-denied",
    "iam.resource-policy-denied",
    "kms.key-policy-denied",
    "kms.key-unusable",
    "kms.aws-managed-cross-account",
    "secret.reference-malformed",
    "secret.not-found",
    "secret.deleted",
    "secret.no-current-version",
    "secret.version-not-found",
    "secret.json-key-not-found",
    "secret.not-json",
    "secret.cross-region-unreachable",
    "parameter.reference-malformed",
    "parameter.not-found",
    "parameter.secret-reference-versioned",
    "parameter.cross-region-unreachable",
    "image.reference-malformed",
    "image.repository-not-found",
    "image.tag-not-found",
    "image.platform-mismatch",
    "image.credentials-missing",
    "image.credentials-invalid",
    "image.rate-limited",
    "image.disk-full",
    "image.cross-region-unreachable",
    "service.throttled",
    "logs.group-not-found",
    "logs.cross-region-unreachable",
    "envfile.not-found",
    "envfile.bad-name",
    "task.platform-too-old",
    "task.expired",
    "task.other-failure",
    "task.not-stopped",
    "instance.agent-disconnected",
    "evidence.changed-since-failure",
    "evidence.contradicts-error",
    "evidence.other-revision",
];

/// Where a code stands in the catalogue.
#[must_use]
pub fn position(code: Code) -> usize {
    CATALOGUE.iter().position(|known| *known == code.0).unwrap_or(CATALOGUE.len())
}

/// Every rule that is built, in the catalogue's order.
#[must_use]
pub fn rules() -> Vec<&'static Rule> {
    let mut rules = Vec::new();
    rules.extend(network::rules());
    rules.extend(dns::rules());
    rules.extend(endpoint::rules());
    rules.extend(iam::rules());
    rules.extend(kms::rules());
    rules.extend(secret::rules());
    rules.extend(parameter::rules());
    rules.extend(image::rules());
    rules.extend(service::rules());
    rules.extend(logs::rules());
    rules.extend(envfile::rules());
    rules.extend(task::rules());
    rules.extend(instance::rules());
    rules.extend(evidence::rules());
    rules
}

/// Runs every rule.
#[must_use]
pub fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = rules().into_iter().flat_map(|rule| (rule.judge)(judged)).collect();
    found.iter_mut().for_each(iam::draft::by_condition);
    found
}
