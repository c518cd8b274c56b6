//! From the case to its requirements.

use super::{ApiCall, Caller, Origin, Requirement, Use, UseKind, symptom_only};
use crate::case::Case;
use crate::model::{DestinationKey, Held};
use references::{Account, AwslogsOptions, CredentialsParameter, Partition, Region, Service, ValueFrom, Variant, endpoint_host};
use snapshot::Citation;
use snapshot::ecs::definition::{ContainerDefinition, LogConfiguration, Secret};
use snapshot::ecs::task::LaunchType;
use std::collections::BTreeMap;

/// Everything that the task needs, in the catalogue's order of destinations.
///
/// Without the task definition: the images that the task itself lists, and what the error text names.
#[must_use]
pub fn of(case: &Case<'_>) -> Vec<Requirement> {
    let mut builder = Builder {
        case,
        found: BTreeMap::new(),
    };
    match case.definition {
        Some(definition) => {
            for (index, container) in definition.value.container_definitions.iter().enumerate() {
                let at = definition.element("containerDefinitions", index);
                builder.container(container, &at);
            }
        }
        None => {
            if let Some(task) = case.task {
                for (index, container) in task.value.containers.iter().enumerate() {
                    let at = child(&task.element("containers", index), "image");
                    builder.image(container.name.as_deref().unwrap_or_default(), container.image.as_deref(), at, false);
                }
            }
        }
    }
    builder.injected();
    builder.service_connect();
    builder.roles();
    builder.agent();
    symptom_only::add(&mut builder);
    builder.instance_role();
    builder.found.into_values().collect()
}

/// Requirements by destination and host: two images of one registry are one requirement.
pub(super) struct Builder<'a> {
    pub(super) case: &'a Case<'a>,
    pub(super) found: BTreeMap<(DestinationKey, String), Requirement>,
}

impl Builder<'_> {
    fn container(&mut self, container: &ContainerDefinition, at: &Citation) {
        let name = container.name.as_deref().unwrap_or_default();
        let credentials = container
            .repository_credentials
            .as_ref()
            .and_then(|credentials| credentials.credentials_parameter.as_deref());
        self.image(name, container.image.as_deref(), child(at, "image"), credentials.is_some());
        if let Some(text) = credentials {
            let at = child(&child(at, "repositoryCredentials"), "credentialsParameter");
            self.credentials(Use {
                kind: UseKind::Credentials,
                container: name.to_owned(),
                variable: None,
                text: text.to_owned(),
                at,
            });
        }
        self.secrets(&container.secrets, UseKind::Secret, name, &child(at, "secrets"));
        if let Some(logging) = &container.log_configuration {
            let at = child(at, "logConfiguration");
            self.logging(logging, name, &at);
            self.secrets(&logging.secret_options, UseKind::SecretOption, name, &child(&at, "secretOptions"));
        }
        self.files(container, at);
    }

    pub(super) fn secrets(&mut self, secrets: &[Secret], kind: UseKind, container: &str, at: &Citation) {
        for (index, secret) in secrets.iter().enumerate() {
            let Some(text) = secret.value_from.clone() else { continue };
            let at = Citation {
                document: at.document,
                pointer: at.pointer.index(index).child("valueFrom"),
            };
            self.secret(Use {
                kind,
                container: container.to_owned(),
                variable: secret.name.clone(),
                text,
                at,
            });
        }
    }

    fn secret(&mut self, used: Use) {
        let home = self.case.region.clone();
        let (key, service, region, call_made) = match ValueFrom::parse(&used.text).map(|parsed| parsed.value) {
            Ok(ValueFrom::Secret(secret)) => {
                let made = call("secretsmanager:GetSecretValue", &secret.arn(), true, Some(used.clone()));
                (
                    DestinationKey::SecretsManager,
                    Service::SecretsManager,
                    Some(secret.region.as_str().to_owned()),
                    Some(made),
                )
            }
            Ok(ValueFrom::Parameter(parameter)) => {
                let region = parameter.owner.as_ref().map(|owner| owner.region.as_str().to_owned()).or(home);
                let arn = self.parameter_arn(&parameter);
                (
                    DestinationKey::Ssm,
                    Service::Ssm,
                    region,
                    Some(call("ssm:GetParameters", &arn, true, Some(used.clone()))),
                )
            }
            Ok(ValueFrom::SecretThroughParameterStore(through)) => {
                let arn = self.parameter_arn(&through.parameter);
                (
                    DestinationKey::Ssm,
                    Service::Ssm,
                    home,
                    Some(call("ssm:GetParameters", &arn, true, Some(used.clone()))),
                )
            }
            // What it was meant to be decides where the failure shows.
            Err(_) if used.text.contains(":secretsmanager:") => (DestinationKey::SecretsManager, Service::SecretsManager, home, None),
            Err(_) => (DestinationKey::Ssm, Service::Ssm, home, None),
        };
        let host = self.host_of(service, region.as_deref());
        let entry = self.entry(key, host, region.as_deref(), used.clone());
        entry.uses.push(used);
        entry.calls.extend(call_made);
    }

    /// With `*` where Region or account are not known.
    pub(super) fn parameter_arn(&self, parameter: &references::ParameterReference) -> String {
        let home = self.case.region.as_deref().and_then(Region::parse);
        let account = self.case.account.as_deref().and_then(Account::parse);
        match (home, account) {
            (Some(region), Some(account)) => parameter.arn(&self.case.partition, &region, &account),
            _ if parameter.owner.is_some() => parameter.to_string(),
            (region, account) => format!(
                "arn:{}:ssm:{}:{}:{}",
                self.case.partition,
                region.as_ref().map_or("*", Region::as_str),
                account.as_ref().map_or("*", Account::as_str),
                parameter.arn_resource()
            ),
        }
    }

    fn credentials(&mut self, used: Use) {
        let home = self.case.region.clone();
        let (region, resource) = match CredentialsParameter::parse(&used.text).map(|parsed| parsed.value) {
            Ok(CredentialsParameter::Secret(secret)) => (Some(secret.region.as_str().to_owned()), Some(secret.arn())),
            Ok(CredentialsParameter::Name(name)) => {
                let account = self.case.account.as_deref().unwrap_or("*");
                let arn = format!(
                    "arn:{}:secretsmanager:{}:{account}:secret:{name}",
                    self.case.partition,
                    home.as_deref().unwrap_or("*")
                );
                (home, Some(arn))
            }
            // A text that is no reference is never asked for.
            Err(_) => (home, None),
        };
        let host = self.host_of(Service::SecretsManager, region.as_deref());
        let entry = self.entry(DestinationKey::SecretsManager, host, region.as_deref(), used.clone());
        entry.uses.push(used.clone());
        entry
            .calls
            .extend(resource.map(|resource| call("secretsmanager:GetSecretValue", &resource, true, Some(used))));
    }

    pub(super) fn logging(&mut self, logging: &LogConfiguration, container: &str, at: &Citation) {
        if logging.log_driver.as_deref() != Some("awslogs") {
            return;
        }
        let fargate = self.case.launch == Some(LaunchType::Fargate);
        let options = AwslogsOptions::parse(logging.options.iter().map(|(name, value)| (name.as_str(), value.as_str())), fargate);
        let region = options
            .region
            .as_ref()
            .map(|region| region.as_str().to_owned())
            .or_else(|| self.case.region.clone());
        let group = options.group.clone().unwrap_or_default();
        let used = Use {
            kind: UseKind::LogGroup,
            container: container.to_owned(),
            variable: None,
            text: group.clone(),
            at: child(&child(at, "options"), "awslogs-group"),
        };
        let account = self.case.account.clone().unwrap_or_else(|| "*".to_owned());
        let name = region.clone().unwrap_or_else(|| "*".to_owned());
        let partition = Partition::of_region(&name).map_or_else(|| self.case.partition.clone(), |partition| partition.id().to_owned());
        let log_group = format!("arn:{partition}:logs:{name}:{account}:log-group:{group}");
        let host = self.host_of(Service::Logs, region.as_deref());
        let entry = self.entry(DestinationKey::Logs, host, region.as_deref(), used.clone());
        entry.uses.push(used.clone());
        if options.create_group {
            entry.calls.push(call("logs:CreateLogGroup", &log_group, true, Some(used.clone())));
        }
        let stream = format!("{log_group}:log-stream:*");
        entry.calls.push(call("logs:CreateLogStream", &stream, true, Some(used.clone())));
        entry.calls.push(call("logs:PutLogEvents", &stream, false, Some(used)));
    }

    /// The roles' assumption: judged where there is a role; nothing on the network.
    fn roles(&mut self) {
        let roles = [
            (&self.case.execution_role, Caller::ExecutionRole),
            (&self.case.task_role, Caller::TaskRole),
        ];
        let calls: Vec<ApiCall> = roles
            .into_iter()
            .filter_map(|(role, caller)| match role {
                Held::Known(arn) => Some(ApiCall {
                    action: "sts:AssumeRole",
                    resource: arn.0.clone(),
                    caller,
                    blocks_start: true,
                    by: None,
                }),
                Held::Absent | Held::Unknown => None,
            })
            .collect();
        let needs_role = self.found.values().any(|requirement| !requirement.calls.is_empty());
        if calls.is_empty() && !(needs_role && self.case.execution_role == Held::Absent) {
            return;
        }
        let key = (DestinationKey::Sts, String::new());
        self.found.insert(
            key,
            Requirement {
                key: DestinationKey::Sts,
                host: String::new(),
                port: 443,
                region: self.case.region.clone(),
                origin: Origin::OnPremises,
                needed_for: Vec::new(),
                calls,
                uses: Vec::new(),
            },
        );
    }

    /// EC2 and external instances: the agent's own connection (Amazon ECS Developer Guide, VPC endpoints).
    fn agent(&mut self) {
        if !matches!(self.case.launch, Some(LaunchType::Ec2 | LaunchType::External)) {
            return;
        }
        let region = self.case.region.clone();
        let key = DestinationKey::Ecs;
        let host = self.host_of(Service::Ecs, region.as_deref());
        let origin = self.origin(&key);
        self.found.entry((key.clone(), host.clone())).or_insert(Requirement {
            key,
            host,
            port: 443,
            region,
            origin,
            needed_for: vec![snapshot::Text::fixed(
                "agent of the container instance",
                "コンテナインスタンスのエージェント",
            )],
            calls: Vec::new(),
            uses: Vec::new(),
        });
    }

    /// On container instances the role of the instance pulls from Amazon ECR and writes logs where there is no task execution role
    /// (Amazon ECS Developer Guide, "Amazon ECS container instance IAM role").
    fn instance_role(&mut self) {
        if self.case.launch != Some(LaunchType::Ec2) || self.case.execution_role != Held::Absent {
            return;
        }
        let calls = self.found.values_mut().flat_map(|requirement| &mut requirement.calls);
        for call in calls.filter(|call| call.action.starts_with("ecr:") || call.action.starts_with("logs:")) {
            call.caller = Caller::InstanceRole;
        }
    }

    /// Whose interface calls that destination.
    fn origin(&self, key: &DestinationKey) -> Origin {
        match &self.case.launch {
            Some(LaunchType::Fargate) => {
                let early = matches!(key, DestinationKey::EcrApi | DestinationKey::SecretsManager | DestinationKey::Ssm);
                if early && self.case.platform.fetches_outside_vpc() {
                    Origin::FargateOwned
                } else {
                    Origin::TaskInterface
                }
            }
            Some(LaunchType::Ec2) => Origin::Instance,
            Some(LaunchType::ManagedInstances) => Origin::ManagedInstance,
            Some(LaunchType::External) => Origin::OnPremises,
            Some(LaunchType::Other(_)) | None => Origin::Unknown,
        }
    }

    pub(super) fn entry(&mut self, key: DestinationKey, host: String, region: Option<&str>, used: Use) -> &mut Requirement {
        let origin = self.origin(&key);
        let entry = self.found.entry((key.clone(), host.clone())).or_insert_with(|| Requirement {
            key,
            host,
            port: 443,
            region: region.map(str::to_owned),
            origin,
            needed_for: Vec::new(),
            calls: Vec::new(),
            uses: Vec::new(),
        });
        let label = used.label();
        if !entry.needed_for.contains(&label) {
            entry.needed_for.push(label);
        }
        entry
    }

    /// Which of a service's names is called: the agent asks for the dual-stack ones where the subnet has no IPv4 (Amazon ECS Developer
    /// Guide, "Using a VPC in IPv6-only mode"), else for the standard ones.
    pub(super) fn variant(&self) -> Variant {
        Variant::of(self.without_ipv4(), false)
    }

    /// Empty where the Region is not known.
    pub(super) fn host_of(&self, service: Service, region: Option<&str>) -> String {
        let region = region.and_then(Region::parse);
        let host = region.and_then(|region| {
            endpoint_host(service, &region, self.variant()).or_else(|| endpoint_host(service, &region, Variant::Standard))
        });
        host.unwrap_or_default()
    }

    /// Whether the task has no IPv4: its own subnet tells, else its addresses; before it is placed, a subnet that it may get.
    pub(super) fn without_ipv4(&self) -> bool {
        let subnets = &self.case.snapshot.ec2.subnets;
        let told = |id| subnets.get(id).and_then(|found| found.value.ipv6_native);
        let own = self.case.interface.as_ref();
        let placed = own.and_then(|interface| {
            let by_address = interface.ipv6.map(|_| interface.private_ip.is_none());
            interface.subnet.as_ref().and_then(told).or(by_address)
        });
        let mut possible = self.case.settings.iter().flat_map(|settings| &settings.subnets);
        placed.unwrap_or_else(|| possible.any(|id| told(id) == Some(true)))
    }
}

pub(super) fn call(action: &'static str, resource: &str, blocks_start: bool, by: Option<Use>) -> ApiCall {
    ApiCall {
        action,
        resource: resource.to_owned(),
        caller: Caller::ExecutionRole,
        blocks_start,
        by,
    }
}

pub(super) fn child(at: &Citation, name: &str) -> Citation {
    Citation {
        document: at.document,
        pointer: at.pointer.child(name),
    }
}
