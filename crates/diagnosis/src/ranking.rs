//! Which `fail` explains the error, in which order findings are shown, and what the whole comes to.

use crate::model::{DestinationKey, Finding, Outcome, Role, Status};
use crate::symptom::{Cause, Service, Stage, Symptom};
use snapshot::order::Order as _;

/// Sets the role of every `fail`: with no error text each is a cause, else only those that the text's service, stage and kind of
/// error leave, and where it names an action or a resource, only those about it.
pub fn assign_roles(findings: &mut [Finding], symptom: Option<&Symptom>) {
    for finding in findings.iter_mut().filter(|finding| finding.status == Status::Fail) {
        let cause = symptom.is_none_or(|symptom| explains(finding, symptom));
        finding.role = Some(if cause { Role::Cause } else { Role::Next });
    }
}

/// Whether a proven fault explains that error.
#[must_use]
pub fn explains(finding: &Finding, symptom: &Symptom) -> bool {
    // A failure that is not ours is what the text itself says.
    if finding.code.0 == "task.other-failure" {
        return true;
    }
    reached_by_service(finding, symptom) && of_the_kind(finding, symptom) && about_what_is_named(finding, symptom)
}

fn reached_by_service(finding: &Finding, symptom: &Symptom) -> bool {
    let affects = |keys: &[DestinationKey]| finding.affects.iter().any(|key| keys.contains(key));
    let registry = || finding.affects.iter().any(|key| matches!(key, DestinationKey::Registry(_)));
    // A host that only resembles Amazon ECR's is a registry's own destination.
    let host_named = finding
        .affects
        .iter()
        .any(|key| matches!(key, DestinationKey::Registry(host) if symptom.quoted.host.as_ref() == Some(host)));
    match symptom.service {
        Some(Service::EcrDkr) if host_named => true,
        Some(Service::Kms) => finding.code.area() == "kms" || about_decrypt(finding),
        Some(Service::Registry) => registry(),
        Some(service) => destination_of(service).is_some_and(|key| affects(&[key])),
        None => {
            use DestinationKey::{EcrApi, EcrDkr, Logs, S3, SecretsManager, Ssm, Sts};
            match symptom.stage {
                Stage::SecretsOrRegistryAuth => affects(&[EcrApi, SecretsManager, Ssm]),
                Stage::RegistryAuth => affects(&[EcrApi, SecretsManager]),
                Stage::SecretFetch => affects(&[SecretsManager, Ssm]),
                Stage::ImagePull => affects(&[EcrApi, EcrDkr, S3]) || registry(),
                Stage::LogDriver => affects(&[Logs, SecretsManager, Ssm]),
                Stage::EnvFile => affects(&[S3]),
                Stage::RoleAssumption => affects(&[Sts]),
                Stage::NetworkSetup | Stage::Volume | Stage::Other => false,
            }
        }
    }
}

/// The destination that a service of an error text stands for.
#[must_use]
pub fn destination_of(service: Service) -> Option<DestinationKey> {
    Some(match service {
        Service::EcrApi => DestinationKey::EcrApi,
        Service::EcrDkr => DestinationKey::EcrDkr,
        Service::S3 => DestinationKey::S3,
        Service::SecretsManager => DestinationKey::SecretsManager,
        Service::Ssm => DestinationKey::Ssm,
        Service::Kms => DestinationKey::Kms,
        Service::Logs => DestinationKey::Logs,
        Service::Sts => DestinationKey::Sts,
        Service::Ecs => DestinationKey::Ecs,
        Service::Efs | Service::Registry => return None,
    })
}

fn about_decrypt(finding: &Finding) -> bool {
    finding.denied.iter().any(|(action, _)| action.eq_ignore_ascii_case("kms:Decrypt"))
}

fn of_the_kind(finding: &Finding, symptom: &Symptom) -> bool {
    let code = finding.code;
    let (area, fault) = (code.area(), code.fault());
    let path =
        (matches!(area, "network" | "dns" | "endpoint") && code.0 != "endpoint.policy-denied" && code.0 != "network.tls-intercepted")
            || fault == "cross-region-unreachable"
            || code.0 == "instance.agent-disconnected";
    match symptom.cause {
        Cause::Timeout | Cause::Refused | Cause::Killed => path,
        Cause::Dns => path || fault == "reference-malformed",
        Cause::AccessDenied => {
            matches!(area, "iam" | "kms" | "secret" | "parameter" | "envfile")
                || code.0 == "endpoint.policy-denied"
                || (area == "image" && !matches!(fault, "rate-limited" | "disk-full" | "platform-mismatch"))
        }
        Cause::NotFound | Cause::JsonKey | Cause::NotJson | Cause::BadReference | Cause::PlatformMismatch => {
            matches!(area, "secret" | "parameter" | "logs" | "envfile")
                || (area == "image" && !matches!(fault, "rate-limited" | "disk-full"))
                || matches!(code.0, "kms.key-unusable" | "task.platform-too-old")
        }
        Cause::RateLimited | Cause::Throttled => matches!(code.0, "image.rate-limited" | "service.throttled"),
        Cause::Tls => code.0 == "network.tls-intercepted",
        Cause::DiskFull => code.0 == "image.disk-full",
        Cause::Unknown => true,
    }
}

/// A denial that names an action or a resource is explained only by a finding about that action, that resource, or what it depends on
/// (the key of a secret), or by a wrong name of it.
fn about_what_is_named(finding: &Finding, symptom: &Symptom) -> bool {
    if symptom.cause != Cause::AccessDenied {
        return true;
    }
    let quoted = &symptom.quoted;
    let names_reference = matches!(finding.code.area(), "secret" | "parameter" | "image" | "envfile");
    let resource = quoted.arn.as_deref();
    let subject_named = |resource: &str| {
        finding.subject.iter().any(|subject| same_resource(subject, resource))
            || finding.denied.iter().any(|(_, denied)| same_resource(denied, resource))
    };
    if names_reference {
        return resource.is_none_or(subject_named);
    }
    if finding.code.area() == "kms" {
        return true;
    }
    let Some(action) = quoted.action.as_deref() else {
        return resource.is_none_or(|resource| finding.denied.is_empty() || subject_named(resource));
    };
    if finding.denied.is_empty() {
        return true;
    }
    finding.denied.iter().any(|(denied_action, denied_resource)| {
        denied_action.eq_ignore_ascii_case(action)
            && resource.is_none_or(|resource| denied_resource == "*" || same_resource(denied_resource, resource))
    })
}

/// Whether two texts name one resource: equal, or one is the other with a suffix that a reference adds (`:json-key::`, a secret's six characters).
fn same_resource(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    long.strip_prefix(short)
        .is_some_and(|rest| rest.is_empty() || short.contains(':') && rest.starts_with([':', '-', '/', '*']))
        || (!short.is_empty() && short.contains('/') && long.ends_with(short))
}

/// Orders findings: causes, what fails next, traps, unknowns, what is in order; within each as the catalogue goes.
pub fn order(findings: &mut [Finding]) {
    let weight = |finding: &Finding| match (finding.status, finding.role) {
        (Status::Fail, Some(Role::Cause) | None) => 0,
        (Status::Fail, Some(Role::Next)) => 1,
        (Status::Unknown, _) => 2,
        (Status::Warn, _) => 3,
        (Status::Pass, _) => 4,
    };
    findings.in_order_by(|a, b| {
        (
            weight(a),
            std::cmp::Reverse(a.affects.len()),
            crate::findings::position(a.code),
            &a.subject,
        )
            .cmp(&(
                weight(b),
                std::cmp::Reverse(b.affects.len()),
                crate::findings::position(b.code),
                &b.subject,
            ))
    });
}

/// What was there to judge.
#[derive(Clone, Copy, Debug, Default)]
pub struct Given {
    /// A task, or a task definition or service that says what it needs.
    pub task_or_configuration: bool,
    /// Whether the task runs.
    pub running: bool,
    /// `describe-tasks` answered that the task has vanished, and nothing else says what it was.
    pub expired: bool,
    /// A destination, a call or a reference is not decided, or rests on an assumption that someone could settle.
    pub undecided: bool,
    /// The task's needs are known (its task definition was pasted), so that "everything" means something.
    pub needs_known: bool,
}

/// What the whole comes to; the first that matches.
#[must_use]
pub fn outcome(findings: &[Finding], symptom: Option<&Symptom>, given: Given) -> Outcome {
    let has = |code: &str| findings.iter().any(|finding| finding.code.0 == code);
    if given.running || has("task.other-failure") {
        return Outcome::OutOfScope;
    }
    if findings.iter().any(Finding::is_cause) {
        return Outcome::RootCause;
    }
    let text_says_something =
        symptom.is_some_and(|symptom| symptom.stage != Stage::Other || symptom.cause != Cause::Unknown || symptom.service.is_some());
    if given.expired && !text_says_something && !given.needs_known {
        return Outcome::InsufficientEvidence;
    }
    let next = findings.iter().any(|finding| finding.status == Status::Fail);
    if text_says_something || next || (given.task_or_configuration && (given.undecided || !given.needs_known || symptom.is_some())) {
        return Outcome::Suspects;
    }
    if !given.task_or_configuration {
        return Outcome::InsufficientEvidence;
    }
    Outcome::NoFaultFound
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Code;

    #[test]
    fn an_error_that_names_a_host_is_about_the_registry_of_that_host() {
        let host = "111122223333.dkr.ecr.us-east1.amazonaws.com";
        let text = format!("CannotPullContainerError: dial tcp: lookup {host} on 10.0.0.2:53: no such host");
        let symptom = crate::symptom::parse(&text);
        let mut finding = Finding::new(Code("image.reference-malformed"), Status::Fail);
        finding.affects = vec![DestinationKey::Registry(host.to_owned())];
        assert!(explains(&finding, &symptom));
        finding.affects = vec![DestinationKey::Registry("registry.example.com".to_owned())];
        assert!(!explains(&finding, &symptom));
    }
}
