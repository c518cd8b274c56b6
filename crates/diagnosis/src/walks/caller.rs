//! Who calls from where: the task's interface on Fargate, the container instance's on Amazon EC2, both on managed instances.
//!
//! Rests on the Amazon ECS Developer Guide ("Fargate task networking", "Amazon ECS task networking options for EC2", "Amazon ECS Managed
//! Instances"). Fargate's platform versions decide in the requirements already which calls leave by an interface of the customer's.

use crate::case::{Case, Family};
use crate::judged::Whose;
use network::{Caller, Os, PublicAddress};
use snapshot::ec2::interface::group_ids;
use snapshot::ids::{SecurityGroupId, SubnetId};
use snapshot::{Call, Citation, Need, Operation, Question, QuestionKind};
use std::net::IpAddr;

/// A caller, and what would tell of it what is not known.
pub(super) struct From {
    pub(super) whose: Whose,
    pub(super) caller: Caller,
    /// Outputs that show what a question would else ask; empty: the question stands.
    pub(super) needs: Vec<Need>,
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
///
/// Where no subnet is the task's own (it is not placed yet), it may get any of them.
pub(super) fn of_task(case: &Case<'_>) -> Vec<From> {
    let needs = shown_by(case);
    let own = own_caller(case);
    let known = own.subnet.clone();
    let others = case
        .settings
        .iter()
        .flat_map(|settings| &settings.subnets)
        .filter(|subnet| Some(*subnet) != known.as_ref());
    let mut callers: Vec<From> = others
        .map(|subnet| From {
            whose: if known.is_some() { Whose::Sibling } else { Whose::Possible },
            caller: Caller {
                subnet: Some(subnet.clone()),
                public_ip: assigned(case),
                ..base(case)
            },
            needs: needs.clone(),
        })
        .collect();
    if known.is_some() || callers.is_empty() {
        callers.insert(
            0,
            From {
                whose: Whose::Own,
                caller: own,
                needs,
            },
        );
    }
    callers
}

/// Outputs that show what a question would else ask: the task, where nothing but its error was pasted; the service's own, where it was not pasted; the VPC's default group, where the
/// settings name none.
fn shown_by(case: &Case<'_>) -> Vec<Need> {
    let region = case.region.as_deref();
    let Some(settings) = &case.settings else {
        if case.task.is_none() && case.service.is_none() && case.definition.is_none() {
            return vec![case.trail.tasks().into()];
        }
        let known = case.task.is_some() && case.service.is_none() && case.trail.service.is_some() && case.trail.cluster.is_some();
        let call = known.then(|| case.trail.services());
        return call.map(|call| call.in_region(region).into()).into_iter().collect();
    };
    if !settings.security_groups.is_empty() {
        return Vec::new();
    }
    let subnet = settings.subnets.first().and_then(|subnet| case.snapshot.ec2.subnets.get(subnet));
    let call = match subnet.and_then(|subnet| subnet.value.vpc_id.as_ref()) {
        Some(vpc) => Call::new(Operation::Ec2DescribeSecurityGroups).filter("vpc-id", vpc.as_str()),
        None => settings
            .subnets
            .iter()
            .fold(Call::new(Operation::Ec2DescribeSubnets), |call, subnet| {
                call.option("subnet-ids", subnet.as_str())
            }),
    };
    vec![call.in_region(region).into()]
}

/// What every caller of the task's own network shares.
fn base(case: &Case<'_>) -> Caller {
    let mut evidence: Vec<Citation> = Vec::new();
    if let Some(settings) = &case.settings {
        evidence.push(settings.at.clone());
    }
    let groups = groups(case);
    evidence.extend(groups.iter().flat_map(|(_, cites)| cites.iter().cloned()));
    Caller {
        subject: subject(case),
        vpc: None,
        subnet: None,
        interface: None,
        private_ips: Vec::new(),
        public_ip: PublicAddress::Unknown,
        ipv6: ipv6(case),
        security_groups: groups.map(|(groups, _)| groups),
        os: os(case),
        account: case.account.clone(),
        region: case.region.clone(),
        evidence,
        place: Vec::new(),
    }
}

fn own_caller(case: &Case<'_>) -> Caller {
    let mut caller = base(case);
    let Some(interface) = &case.interface else {
        caller.public_ip = assigned(case);
        let question = Question {
            kind: QuestionKind::Subnet,
            subject: caller.subject.clone(),
        };
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
    caller.private_ips = interface
        .private_ip
        .map(IpAddr::from)
        .into_iter()
        .chain(interface.ipv6.map(IpAddr::from))
        .collect();
    caller.public_ip = assigned(case);
    // While it lives, the interface itself says which groups and address it has.
    if let Some(described) = interface
        .interface
        .as_ref()
        .and_then(|id| case.snapshot.ec2.network_interfaces.get(id))
    {
        let public = described.value.association.as_ref().and_then(|association| association.public_ip);
        caller.public_ip = public.map_or(PublicAddress::Absent, |address| PublicAddress::Known(IpAddr::from(address)));
        if let Some(groups) = &described.value.groups {
            caller.security_groups = group_ids(Some(groups));
        }
        caller.evidence.push(described.at.clone());
    }
    caller
}

/// A task gets no IPv6 address where its account's setting says so (Amazon ECS Developer Guide, "Using a VPC in dual-stack mode"). Each
/// user and role may have another value than the account, so all that were listed have to agree.
fn ipv6(case: &Case<'_>) -> Option<bool> {
    let mut settings = case.snapshot.ecs.settings("dualStackIPv6").peekable();
    let off = settings.peek().is_some() && settings.all(|found| found.value.value.as_deref() == Some("disabled"));
    off.then_some(false)
}

/// Whether the settings ask for a public address; else what the person answered.
fn assigned(case: &Case<'_>) -> PublicAddress {
    let question = Question {
        kind: QuestionKind::PublicIp,
        subject: subject(case),
    };
    let answered = || {
        case.snapshot
            .answer(&question)
            .map(|answer| answer.value.trim().eq_ignore_ascii_case("yes"))
    };
    match case
        .settings
        .as_ref()
        .and_then(|settings| settings.assign_public_ip)
        .or_else(answered)
    {
        Some(true) => PublicAddress::Assigned,
        Some(false) => PublicAddress::Absent,
        None => PublicAddress::Unknown,
    }
}

/// The groups of the settings, and what else tells them; settings without any mean the VPC's default group (Amazon ECS API reference,
/// `AwsVpcConfiguration`).
fn groups(case: &Case<'_>) -> Option<(Vec<SecurityGroupId>, Vec<Citation>)> {
    if let Some(settings) = &case.settings {
        if !settings.security_groups.is_empty() {
            return Some((settings.security_groups.clone(), Vec::new()));
        }
        let subnet = settings.subnets.first().or_else(|| case.interface.as_ref()?.subnet.as_ref())?;
        let subnet = case.snapshot.ec2.subnets.get(subnet)?;
        let vpc = subnet.value.vpc_id.clone()?;
        let default = case
            .snapshot
            .ec2
            .security_groups
            .iter()
            .find(|group| group.value.group_name.as_deref() == Some("default") && group.value.vpc_id.as_ref() == Some(&vpc))?;
        return Some((vec![default.value.group_id.clone()?], vec![subnet.at.clone(), default.at.clone()]));
    }
    let question = Question {
        kind: QuestionKind::SecurityGroups,
        subject: subject(case),
    };
    let answer = case.snapshot.answer(&question)?;
    let named: Vec<SecurityGroupId> = answer
        .value
        .split([',', ' '])
        .map(str::trim)
        .filter(|id| id.starts_with("sg-"))
        .map(SecurityGroupId::from)
        .collect();
    (!named.is_empty()).then(|| (named, vec![answer.at.clone()]))
}

/// The primary interface of the container instance: agent and Docker run on the host, in every network mode.
pub(super) fn of_instance(case: &Case<'_>) -> From {
    let region = case.region.as_deref();
    let bare = Caller {
        subject: subject(case),
        os: os(case),
        account: case.account.clone(),
        region: case.region.clone(),
        ..Caller::default()
    };
    let snapshot = case.snapshot;
    let arn = case.task.and_then(|task| task.value.container_instance_arn.as_ref());
    let host = arn.and_then(|arn| snapshot.ecs.container_instances.get(arn));
    let id = host.and_then(|host| host.value.ec2_instance_id.as_ref());
    let instance = id.and_then(|id| snapshot.ec2.instances.get(id));
    let (Some(host), Some(instance)) = (host, instance) else {
        let call = match (id, arn) {
            (Some(id), _) => Call::new(Operation::Ec2DescribeInstances).option("instance-ids", id.as_str()),
            (None, Some(arn)) => {
                let cluster = case
                    .task
                    .and_then(|task| task.value.cluster_arn.as_ref())
                    .map_or("CLUSTER", |arn| short(arn.as_str()));
                Call::new(Operation::EcsDescribeContainerInstances)
                    .option("cluster", cluster)
                    .option("container-instances", arn.as_str())
            }
            (None, None) => Call::new(Operation::EcsDescribeTasks)
                .option("cluster", "CLUSTER")
                .option("tasks", "TASK"),
        };
        return From {
            whose: Whose::Own,
            caller: bare,
            needs: vec![call.in_region(region).into()],
        };
    };
    let value = &instance.value;
    let primary = value
        .network_interfaces
        .iter()
        .find(|interface| interface.attachment.as_ref().and_then(|attachment| attachment.device_index) == Some(0));
    let v6 = primary.into_iter().flat_map(|interface| &interface.ipv6_addresses);
    let v6 = v6.filter_map(|address| address.ipv6_address).map(IpAddr::from);
    let caller = Caller {
        vpc: value.vpc_id.clone(),
        subnet: value.subnet_id.clone(),
        interface: primary.and_then(|interface| interface.network_interface_id.clone()),
        private_ips: value.private_ip_address.map(IpAddr::from).into_iter().chain(v6).collect(),
        public_ip: value
            .public_ip_address
            .map_or(PublicAddress::Absent, |address| PublicAddress::Known(IpAddr::from(address))),
        security_groups: group_ids(value.security_groups.as_ref()),
        evidence: vec![host.at.clone(), instance.at.clone()],
        place: vec![host.at.clone(), instance.at.clone()],
        ..bare
    };
    From {
        whose: Whose::Own,
        caller,
        needs: Vec::new(),
    }
}

/// Which interface fetches on managed instances is not documented: the task's own and the instance's are walked, and only what holds
/// for both is proven. The instance's own where it was pasted, else any subnet of its capacity provider.
pub(super) fn of_managed(case: &Case<'_>) -> Vec<From> {
    let mut callers: Vec<From> = of_task(case)
        .into_iter()
        .map(|from| From {
            whose: if from.whose == Whose::Own { Whose::Possible } else { from.whose },
            ..from
        })
        .collect();
    let instance = of_instance(case);
    if instance.caller.subnet.is_some() {
        callers.push(From {
            whose: Whose::Possible,
            ..instance
        });
        return callers;
    }
    let name = case.task.and_then(|task| task.value.capacity_provider_name.as_deref());
    let provider = name.and_then(|name| {
        case.snapshot
            .ecs
            .capacity_providers
            .iter()
            .find(|provider| provider.value.name.as_deref() == Some(name))
    });
    let network = provider.and_then(|provider| {
        let template = provider
            .value
            .managed_instances_provider
            .as_ref()?
            .instance_launch_template
            .as_ref()?;
        Some((provider, template.network_configuration.as_ref()?))
    });
    match network {
        Some((provider, network)) => callers.extend(network.subnets.iter().map(|subnet| From {
            whose: Whose::Possible,
            caller: Caller {
                subnet: Some(subnet.clone()),
                security_groups: Some(network.security_groups.clone()),
                evidence: vec![provider.at.clone()],
                ..base(case)
            },
            needs: Vec::new(),
        })),
        // Nothing is proven by the task's own interface alone.
        None => callers.push(From {
            whose: Whose::Possible,
            ..instance
        }),
    }
    callers
}

/// What follows the last slash.
fn short(arn: &str) -> &str {
    arn.rsplit_once('/').map_or(arn, |(_, name)| name)
}
