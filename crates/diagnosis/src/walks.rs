//! The packet walk put to use: who calls from where, whom, and from which subnets.

use crate::case::{Case, Family};
use crate::judged::Walk;
use crate::model::{Code, DestinationKey};
use crate::requirements::{Origin, Requirement};
use crate::symptom::Service as Named;
use network::{Caller, Context, Os, PublicAddress, Reach, ServiceKey, Target, Trace};
use references::{Region, Service, private_dns_names};
use snapshot::ids::{SecurityGroupId, SubnetId};
use snapshot::{Citation, Question, QuestionKind};
use std::net::IpAddr;

/// Every service that the task needs and an endpoint could carry: one endpoint for any of them makes the VPC one that is built on endpoints.
#[must_use]
pub fn services(requirements: &[Requirement]) -> Vec<ServiceKey> {
    let mut services: Vec<ServiceKey> = requirements.iter().filter_map(service).collect();
    services.sort();
    services.dedup();
    services
}

/// The walks of a requirement: from the subnet that the task got, then from every other that its service names.
///
/// Empty where nothing on the network can be judged: the role's assumption, an interface outside the customer's VPC, a machine outside AWS.
#[must_use]
pub fn of(case: &Case<'_>, requirement: &Requirement, services: &[ServiceKey]) -> Vec<Walk> {
    if requirement.key == DestinationKey::Sts || requirement.host.is_empty() {
        return Vec::new();
    }
    let callers = match requirement.origin {
        Origin::FargateOwned | Origin::OnPremises => return Vec::new(),
        Origin::TaskInterface | Origin::Unknown => task_callers(case),
        Origin::Instance => vec![instance_caller(case)],
        Origin::ManagedInstance => managed_callers(case),
    };
    let target = target(case, requirement);
    let context = Context { services: services.to_vec() };
    callers
        .into_iter()
        .map(|caller| Walk { subnet: caller.subnet.clone(), trace: network::walk(case.snapshot, &caller, &target, &context) })
        .collect()
}

/// The findings that an open walk could still become.
#[must_use]
pub fn undecided_codes(trace: &Trace) -> Vec<Code> {
    let mut codes: Vec<Code> =
        trace.faults.iter().filter(|fault| fault.severity == network::Severity::Unknown).map(|fault| Code(fault.kind.code())).collect();
    if codes.is_empty() && trace.verdict == Reach::Unknown {
        codes.push(Code("network.no-route"));
    }
    codes.sort();
    codes.dedup();
    codes
}

/// The service as endpoints name it; `None` for what no endpoint carries.
fn service(requirement: &Requirement) -> Option<ServiceKey> {
    let (suffix, region) = (endpoint_suffix(&requirement.key)?, requirement.region.as_deref()?);
    Some(ServiceKey::new(suffix, region))
}

/// What an endpoint's service name ends with.
#[must_use]
pub fn endpoint_suffix(key: &DestinationKey) -> Option<&'static str> {
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

fn target(case: &Case<'_>, requirement: &Requirement) -> Target {
    let named = match requirement.key {
        DestinationKey::EcrApi => Some(Service::EcrApi),
        DestinationKey::EcrDkr => Some(Service::EcrDkr),
        DestinationKey::S3 => Some(Service::S3),
        DestinationKey::SecretsManager => Some(Service::SecretsManager),
        DestinationKey::Ssm => Some(Service::Ssm),
        DestinationKey::Kms => Some(Service::Kms),
        DestinationKey::Logs => Some(Service::Logs),
        DestinationKey::Ecs => Some(Service::Ecs),
        DestinationKey::Sts | DestinationKey::Registry(_) => None,
    };
    let region = requirement.region.as_deref().and_then(Region::parse);
    let fips = requirement.host.contains("-fips.");
    let private_names = match (named, &region) {
        (Some(named), Some(region)) => private_dns_names(named, region, fips)
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
        dual_stack: None,
    }
}

/// The address that the error quotes for this very call.
fn quoted_address(case: &Case<'_>, requirement: &Requirement) -> Option<IpAddr> {
    let symptom = case.symptom.as_ref()?;
    let same = match symptom.service? {
        Named::Registry => matches!(requirement.key, DestinationKey::Registry(_)),
        service => crate::ranking::destination_of(service).as_ref() == Some(&requirement.key),
    };
    let host = symptom.quoted.host.as_deref().is_none_or(|host| host.eq_ignore_ascii_case(&requirement.host));
    let port = symptom.quoted.port.is_none_or(|port| port == requirement.port);
    if same && host && port { symptom.quoted.ip.as_deref()?.parse().ok() } else { None }
}

fn os(case: &Case<'_>) -> Os {
    match case.platform.family {
        Family::Linux => Os::Linux,
        Family::Windows => Os::Windows,
    }
}

fn subject(case: &Case<'_>) -> String {
    let task = case.task.and_then(|task| task.value.task_arn.as_ref().map(|arn| arn.0.clone()));
    task.unwrap_or_default()
}

/// One caller for the subnet that the task got, then one for each other subnet of its settings.
fn task_callers(case: &Case<'_>) -> Vec<Caller> {
    let mut callers = vec![own_caller(case)];
    let own = callers.first().and_then(|caller| caller.subnet.clone());
    if let Some(settings) = &case.settings {
        for subnet in settings.subnets.iter().filter(|subnet| Some(*subnet) != own.as_ref()) {
            let caller = Caller { subnet: Some(subnet.clone()), interface: None, private_ips: Vec::new(), public_ip: assigned(case), ..base(case) };
            // Without a task the first of the service's subnets takes the place of the task's own.
            if own.is_none() && callers.len() == 1 && callers.first().is_some_and(|first| first.subnet.is_none()) {
                callers.clear();
            }
            callers.push(caller);
        }
    }
    callers
}

/// What every caller of the task's own network shares.
fn base(case: &Case<'_>) -> Caller {
    let mut evidence: Vec<Citation> = Vec::new();
    if let Some(settings) = &case.settings {
        evidence.push(settings.at.clone());
    }
    Caller {
        subject: subject(case),
        vpc: None,
        subnet: None,
        interface: None,
        private_ips: Vec::new(),
        public_ip: PublicAddress::Unknown,
        security_groups: groups(case),
        os: os(case),
        account: case.account.clone(),
        region: case.region.clone(),
        evidence,
    }
}

fn own_caller(case: &Case<'_>) -> Caller {
    let mut caller = base(case);
    let Some(interface) = &case.interface else {
        caller.public_ip = assigned(case);
        let question = Question { kind: QuestionKind::Subnet, subject: caller.subject.clone() };
        if let Some(answer) = case.snapshot.answer(&question) {
            caller.subnet = Some(SubnetId::from(answer.value.trim()));
            caller.evidence.push(answer.at.clone());
        }
        return caller;
    };
    if let Some(task) = case.task {
        caller.evidence.extend(task.interface_detail("subnetId"));
    }
    caller.subnet = interface.subnet.clone();
    caller.interface = interface.interface.clone();
    caller.private_ips = interface.private_ip.map(IpAddr::from).into_iter().chain(interface.ipv6.map(IpAddr::from)).collect();
    caller.public_ip = assigned(case);
    // While it lives, the interface itself says which groups and address it has.
    if let Some(described) = interface.interface.as_ref().and_then(|id| case.snapshot.ec2.network_interfaces.get(id)) {
        let public = described.value.association.as_ref().and_then(|association| association.public_ip);
        caller.public_ip = public.map_or(PublicAddress::Absent, |address| PublicAddress::Known(IpAddr::from(address)));
        if let Some(groups) = &described.value.groups {
            caller.security_groups = Some(groups.iter().filter_map(|group| group.group_id.clone()).collect());
        }
        caller.evidence.push(described.at.clone());
    }
    caller
}

/// Whether the settings ask for a public address; else what the person answered.
fn assigned(case: &Case<'_>) -> PublicAddress {
    let question = Question { kind: QuestionKind::PublicIp, subject: subject(case) };
    let answered = || case.snapshot.answer(&question).map(|answer| answer.value.trim().eq_ignore_ascii_case("yes"));
    match case.settings.as_ref().and_then(|settings| settings.assign_public_ip).or_else(answered) {
        Some(true) => PublicAddress::Assigned,
        Some(false) => PublicAddress::Absent,
        None => PublicAddress::Unknown,
    }
}

/// The groups of the settings; settings without any mean the VPC's default group (Amazon ECS API reference, `AwsVpcConfiguration`).
fn groups(case: &Case<'_>) -> Option<Vec<SecurityGroupId>> {
    if let Some(settings) = &case.settings {
        if !settings.security_groups.is_empty() {
            return Some(settings.security_groups.clone());
        }
        let subnet = settings.subnets.first().or_else(|| case.interface.as_ref()?.subnet.as_ref())?;
        let vpc = case.snapshot.ec2.subnets.get(subnet)?.value.vpc_id.clone()?;
        let default = case
            .snapshot
            .ec2
            .security_groups
            .iter()
            .find(|group| group.value.group_name.as_deref() == Some("default") && group.value.vpc_id.as_ref() == Some(&vpc))?;
        return Some(vec![default.value.group_id.clone()?]);
    }
    let question = Question { kind: QuestionKind::SecurityGroups, subject: subject(case) };
    let answer = case.snapshot.answer(&question)?;
    let named: Vec<SecurityGroupId> =
        answer.value.split([',', ' ']).map(str::trim).filter(|id| id.starts_with("sg-")).map(SecurityGroupId::from).collect();
    (!named.is_empty()).then_some(named)
}

/// The primary interface of the container instance: agent and Docker run on the host.
fn instance_caller(case: &Case<'_>) -> Caller {
    let bare = Caller { subject: subject(case), os: os(case), account: case.account.clone(), region: case.region.clone(), ..Caller::default() };
    let snapshot = case.snapshot;
    let instance = case
        .task
        .and_then(|task| task.value.container_instance_arn.as_ref())
        .and_then(|arn| snapshot.ecs.container_instances.get(arn))
        .and_then(|host| Some((host, host.value.ec2_instance_id.as_ref()?)))
        .and_then(|(host, id)| Some((host, snapshot.ec2.instances.get(id)?)));
    let Some((host, instance)) = instance else { return bare };
    let value = &instance.value;
    Caller {
        vpc: value.vpc_id.clone(),
        subnet: value.subnet_id.clone(),
        interface: value
            .network_interfaces
            .iter()
            .find(|interface| interface.attachment.as_ref().and_then(|attachment| attachment.device_index) == Some(0))
            .and_then(|interface| interface.network_interface_id.clone()),
        private_ips: value.private_ip_address.map(IpAddr::from).into_iter().collect(),
        public_ip: value.public_ip_address.map_or(PublicAddress::Absent, |address| PublicAddress::Known(IpAddr::from(address))),
        security_groups: value.security_groups.as_ref().map(|groups| groups.iter().filter_map(|group| group.group_id.clone()).collect()),
        evidence: vec![host.at.clone(), instance.at.clone()],
        ..bare
    }
}

/// The subnets of the capacity provider, from which its instances call; which interface fetches is not documented, so both it and the
/// task's own are walked.
fn managed_callers(case: &Case<'_>) -> Vec<Caller> {
    let mut callers = task_callers(case);
    let provider = case
        .task
        .and_then(|task| task.value.capacity_provider_name.as_deref())
        .and_then(|name| case.snapshot.ecs.capacity_providers.iter().find(|provider| provider.value.name.as_deref() == Some(name)));
    let network = provider.and_then(|provider| Some((provider, provider.value.managed_instances_provider.as_ref()?.instance_launch_template.as_ref()?.network_configuration.as_ref()?)));
    if let Some((provider, network)) = network {
        for subnet in &network.subnets {
            callers.push(Caller {
                subnet: Some(subnet.clone()),
                security_groups: Some(network.security_groups.clone()),
                evidence: vec![provider.at.clone()],
                ..base(case)
            });
        }
    }
    callers
}
