//! The packet walk put to use: who calls from where, whom, and from which subnets.

mod caller;
mod flow;

use crate::case::Case;
use crate::judged::{Walk, Whose};
use crate::model::{Code, DestinationKey};
use crate::requirements::{Origin, Requirement};
use crate::symptom::{Service as Named, Symptom};
use caller::From;
use network::{Context, Reach, ServiceKey, Severity, Target, Trace, walk};
use references::{Region, Service, answers_by_ipv6, private_dns_names};
use snapshot::ids::ArnText;
use snapshot::order::Order as _;
use snapshot::{Need, Question, QuestionKind};
use std::net::IpAddr;

/// Every service that the task needs and an endpoint could carry: one endpoint for any of them makes the VPC one that is built on endpoints.
#[must_use]
pub(crate) fn services(requirements: &[Requirement]) -> Vec<ServiceKey> {
    let mut services: Vec<ServiceKey> = requirements.iter().filter_map(service).collect();
    services.in_order();
    services.dedup();
    services
}

/// The walks of a requirement: from the subnet that the task got, then from every other that its service names.
///
/// Empty where nothing on the network can be judged: the role's assumption, an interface outside the customer's VPC, a machine outside AWS.
#[must_use]
pub(crate) fn of(case: &Case<'_>, requirement: &Requirement, all: &[Requirement], services: &[ServiceKey]) -> Vec<Walk> {
    if requirement.key == DestinationKey::Sts || requirement.host.is_empty() {
        return Vec::new();
    }
    let callers = match requirement.origin {
        Origin::FargateOwned | Origin::OnPremises => return Vec::new(),
        Origin::TaskInterface | Origin::Unknown => caller::of_task(case),
        Origin::Instance => vec![caller::of_instance(case)],
        Origin::ManagedInstance => caller::of_managed(case),
    };
    let target = target(case, requirement);
    let context = Context {
        services: services.to_vec(),
    };
    let mut walks: Vec<Walk> = callers
        .into_iter()
        .map(|From { whose, caller, needs }| {
            let mut trace = walk(case.snapshot, &caller, &target, &context);
            if !needs.is_empty() {
                replace_questions(&mut trace, &needs);
            }
            if let (Whose::Own, Origin::TaskInterface, Some(interface)) = (whose, &requirement.origin, &caller.interface) {
                flow::settle(case, interface, &target, &mut trace);
            }
            Walk {
                whose,
                subnet: caller.subnet,
                trace,
            }
        })
        .collect();
    if requirement.origin == Origin::Unknown {
        // The task says on which launch type it runs, and so which interface calls.
        let launch = [Need::Call(case.trail.tasks())];
        walks.iter_mut().for_each(|walk| demote(&mut walk.trace, &launch));
    }
    if requirement.origin == Origin::ManagedInstance {
        agree(&mut walks);
    }
    heard_from_service(case, requirement, all, &mut walks);
    walks
}

/// What the walk would ask the person is shown by outputs: those are asked for instead.
fn replace_questions(trace: &mut Trace, needs: &[Need]) {
    let asked = |need: &Need| {
        matches!(
            need,
            Need::Question(Question {
                kind: QuestionKind::Subnet | QuestionKind::SecurityGroups | QuestionKind::PublicIp,
                ..
            })
        )
    };
    let replace = |list: &mut Vec<Need>| {
        if list.iter().any(asked) {
            list.retain(|need| !asked(need));
            list.splice(0..0, needs.iter().cloned());
        }
    };
    replace(&mut trace.needs);
    trace.faults.iter_mut().for_each(|fault| replace(&mut fault.needs));
}

/// A verdict that holds only for one of the interfaces that may call is none.
fn demote(trace: &mut Trace, needs: &[Need]) {
    if trace.verdict == Reach::Unknown {
        return;
    }
    trace.verdict = Reach::Unknown;
    trace.witness = None;
    trace.needs.splice(0..0, needs.iter().cloned());
    for fault in trace.faults.iter_mut().filter(|fault| fault.severity == Severity::Fail) {
        fault.severity = Severity::Unknown;
        fault.needs = needs.to_vec();
    }
}

/// Managed instances: where the task's interface and the instance's disagree, nothing is proven for the call.
fn agree(walks: &mut [Walk]) {
    let mut verdicts = walks
        .iter()
        .filter(|walk| walk.whose == Whose::Possible)
        .map(|walk| walk.trace.verdict);
    let Some(first) = verdicts.next() else { return };
    if verdicts.all(|verdict| verdict == first) {
        return;
    }
    if let Some(walk) = walks.first_mut() {
        walk.trace.verdict = Reach::Unknown;
        walk.trace.witness = None;
    }
}

/// The findings that an open walk could still become.
#[must_use]
pub(crate) fn undecided_codes(trace: &Trace) -> Vec<Code> {
    let mut codes: Vec<Code> = trace
        .faults
        .iter()
        .filter(|fault| fault.severity == network::Severity::Unknown)
        .map(|fault| Code(fault.kind.code()))
        .collect();
    if codes.is_empty() && trace.verdict == Reach::Unknown {
        codes.push(Code("network.no-route"));
    }
    codes.in_order();
    codes.dedup();
    codes
}

/// The service as endpoints name it; `None` for what no endpoint carries. FIPS hosts have endpoints of their own, such as `ecr-fips.api`
/// and `ssm-fips`, whose names the others do not take over.
fn service(requirement: &Requirement) -> Option<ServiceKey> {
    let (suffix, region) = (endpoint_suffix(&requirement.key)?, requirement.region.as_deref()?);
    if !is_fips(requirement) {
        return Some(ServiceKey::new(suffix, region));
    }
    let (name, kind) = suffix
        .split_once('.')
        .map_or((suffix, String::new()), |(name, kind)| (name, format!(".{kind}")));
    Some(ServiceKey::new(&format!("{name}-fips{kind}"), region))
}

fn is_fips(requirement: &Requirement) -> bool {
    requirement.host.contains("-fips.")
}

/// What an endpoint's service name ends with.
#[must_use]
pub(crate) fn endpoint_suffix(key: &DestinationKey) -> Option<&'static str> {
    Some(match key {
        DestinationKey::EcrApi => "ecr.api",
        DestinationKey::EcrDkr => "ecr.dkr",
        DestinationKey::S3 => "s3",
        DestinationKey::SecretsManager => "secretsmanager",
        DestinationKey::Ssm => "ssm",
        DestinationKey::Kms => "kms",
        DestinationKey::Logs => "logs",
        DestinationKey::Ecs => "ecs",
        DestinationKey::Sts | DestinationKey::Registry(_) => return None,
    })
}

/// The service of a destination; `None` for what is no service of AWS's on the network.
#[must_use]
pub(crate) fn named(key: &DestinationKey) -> Option<Service> {
    Some(match key {
        DestinationKey::EcrApi => Service::EcrApi,
        DestinationKey::EcrDkr => Service::EcrDkr,
        DestinationKey::S3 => Service::S3,
        DestinationKey::SecretsManager => Service::SecretsManager,
        DestinationKey::Ssm => Service::Ssm,
        DestinationKey::Kms => Service::Kms,
        DestinationKey::Logs => Service::Logs,
        DestinationKey::Ecs => Service::Ecs,
        DestinationKey::Sts | DestinationKey::Registry(_) => return None,
    })
}

fn target(case: &Case<'_>, requirement: &Requirement) -> Target {
    let named = named(&requirement.key);
    let region = requirement.region.as_deref().and_then(Region::parse);
    let private_names = match (named, &region) {
        (Some(named), Some(region)) => private_dns_names(named, region, is_fips(requirement))
            .into_iter()
            // Names that only newer endpoints have are not relied on: their own DnsEntries tell.
            .filter(|name| !name.newer)
            .map(|name| name.pattern.to_string())
            .collect(),
        _ => Vec::new(),
    };
    let quoted = quoted_address(case, requirement);
    Target {
        host: requirement.host.clone(),
        service: service(requirement),
        gateway: requirement.key == DestinationKey::S3,
        private_names,
        port: requirement.port,
        quoted_at: quoted.and(case.error.as_ref()).map(|error| error.at.clone()),
        quoted_address: quoted,
        is_aws_public: !matches!(requirement.key, DestinationKey::Registry(_)),
        dual_stack: named
            .zip(region.as_ref())
            .and_then(|(named, region)| answers_by_ipv6(named, region, &requirement.host)),
    }
}

/// The address that the error quotes for this very call.
fn quoted_address(case: &Case<'_>, requirement: &Requirement) -> Option<IpAddr> {
    let symptom = case.symptom.as_ref().filter(|symptom| is_about(symptom, requirement))?;
    symptom.quoted.ip.as_deref()?.parse().ok()
}

/// Whether the error is about calls to that destination.
fn is_about(symptom: &Symptom, requirement: &Requirement) -> bool {
    let same = symptom.service.is_some_and(|service| match service {
        Named::Registry => matches!(requirement.key, DestinationKey::Registry(_)),
        service => crate::ranking::destination_of(service).as_ref() == Some(&requirement.key),
    });
    let quoted = &symptom.quoted;
    let host = quoted
        .host
        .as_deref()
        .is_none_or(|host| host.eq_ignore_ascii_case(&requirement.host));
    same && host && quoted.port.is_none_or(|port| port == requirement.port)
}

/// That the service answered the task proves the way to it, where the configuration leaves it open.
fn heard_from_service(case: &Case<'_>, requirement: &Requirement, all: &[Requirement], walks: &mut [Walk]) {
    let (Some(symptom), Some(error)) = (&case.symptom, &case.error) else {
        return;
    };
    if !symptom.answered || symptom.template || !is_about(symptom, requirement) || !is_the_one(symptom, requirement, all) {
        return;
    }
    // Of several places that the call may have left from, the answer proves one, and does not say which.
    let mut places = walks.iter_mut().filter(|walk| walk.whose != Whose::Sibling);
    let (Some(Walk { trace, .. }), None) = (places.next(), places.next()) else {
        return;
    };
    if trace.verdict == Reach::Unknown {
        trace.verdict = Reach::Reachable;
        trace.evidence = vec![error.at.clone()];
        trace.faults.retain(|fault| fault.severity == Severity::Warn);
        trace.unseen.clear();
        // What is needed stays: which way it was, and so which policies the call met, the answer does not say.
    }
}

/// Whether it was this destination that answered, of all of the same service.
fn is_the_one(symptom: &Symptom, requirement: &Requirement, all: &[Requirement]) -> bool {
    let quoted = &symptom.quoted;
    let arn = quoted.arn.as_deref().map(ArnText::from);
    let region = arn.as_ref().and_then(ArnText::region).filter(|region| !region.is_empty());
    let alone = || all.iter().filter(|other| other.key == requirement.key).count() == 1;
    match symptom.service {
        Some(Named::Registry) => quoted.host.is_some(),
        // ARNs of Amazon S3 name the bucket, and no Region.
        Some(Named::S3) => quoted.host.is_some() || names_bucket(symptom, &requirement.host) || arn.is_none() && alone(),
        _ if region.is_some() => requirement.region.as_deref() == region,
        _ => quoted.host.is_some() || alone(),
    }
}

/// Whether the error names the bucket of that host, in an ARN or by itself.
fn names_bucket(symptom: &Symptom, host: &str) -> bool {
    let bucket = host.split_once(".s3").map(|(bucket, _)| bucket);
    let mut words = symptom.text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '.')));
    words.any(|word| Some(word.trim_matches('.')) == bucket)
}
