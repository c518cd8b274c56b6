//! Host names of the AWS services that a starting task or its agent calls, per partition and variant.
//!
//! They are those of the SDKs' endpoint rule sets (botocore, the tests hold its table) and, for registries, of the ECR
//! User Guide.

use crate::partition::Partition;
use crate::region::Region;

/// A service that is called while a task starts, or by the agent that starts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Service {
    /// ECR's API: registry authorization.
    EcrApi,
    /// ECR's registries: manifests. The host of one account's registry is [`crate::ecr_host`].
    EcrDkr,
    /// ECR Public's API (`us-east-1` only).
    EcrPublic,
    /// S3: image layers, environment files.
    S3,
    /// Secrets Manager.
    SecretsManager,
    /// Systems Manager: Parameter Store.
    Ssm,
    /// Session Manager's channels: ECS Exec.
    SsmMessages,
    /// Systems Manager's message delivery: ECS Anywhere.
    Ec2Messages,
    /// CloudWatch Logs.
    Logs,
    /// Key Management Service.
    Kms,
    /// Security Token Service.
    Sts,
    /// ECS's API.
    Ecs,
    /// ECS's agent communication (`ecs-a`).
    EcsAgent,
    /// ECS's agent telemetry (`ecs-t`).
    EcsTelemetry,
    /// Elastic File System's API (not the mount targets).
    Efs,
    /// GuardDuty's runtime monitoring intake.
    GuardDutyData,
}

/// Which of a service's host names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Variant {
    /// The standard name.
    #[default]
    Standard,
    /// The name with IPv4 and IPv6 addresses.
    DualStack,
    /// The name of FIPS-validated endpoints.
    Fips,
    /// Both.
    FipsDualStack,
}

impl Variant {
    /// The variant for two switches.
    #[must_use]
    pub const fn of(dual_stack: bool, fips: bool) -> Self {
        match (dual_stack, fips) {
            (false, false) => Self::Standard,
            (true, false) => Self::DualStack,
            (false, true) => Self::Fips,
            (true, true) => Self::FipsDualStack,
        }
    }

    /// Whether it has IPv6 addresses by its name.
    #[must_use]
    pub const fn is_dual_stack(self) -> bool {
        matches!(self, Self::DualStack | Self::FipsDualStack)
    }

    /// Whether it is FIPS-validated.
    #[must_use]
    pub const fn is_fips(self) -> bool {
        matches!(self, Self::Fips | Self::FipsDualStack)
    }
}

impl Service {
    /// Every service.
    pub const ALL: [Self; 16] = [
        Self::EcrApi,
        Self::EcrDkr,
        Self::EcrPublic,
        Self::S3,
        Self::SecretsManager,
        Self::Ssm,
        Self::SsmMessages,
        Self::Ec2Messages,
        Self::Logs,
        Self::Kms,
        Self::Sts,
        Self::Ecs,
        Self::EcsAgent,
        Self::EcsTelemetry,
        Self::Efs,
        Self::GuardDutyData,
    ];

    /// What follows the Region in the name of its VPC endpoint service, such as `ecr.api`.
    #[must_use]
    pub const fn endpoint_name(self) -> &'static str {
        match self {
            Self::EcrApi => "ecr.api",
            Self::EcrDkr => "ecr.dkr",
            Self::EcrPublic => "ecr-public.api",
            Self::S3 => "s3",
            Self::SecretsManager => "secretsmanager",
            Self::Ssm => "ssm",
            Self::SsmMessages => "ssmmessages",
            Self::Ec2Messages => "ec2messages",
            Self::Logs => "logs",
            Self::Kms => "kms",
            Self::Sts => "sts",
            Self::Ecs => "ecs",
            Self::EcsAgent => "ecs-agent",
            Self::EcsTelemetry => "ecs-telemetry",
            Self::Efs => "elasticfilesystem",
            Self::GuardDutyData => "guardduty-data",
        }
    }

    /// The first labels of its standard host name.
    pub(crate) const fn host_prefix(self) -> &'static str {
        match self {
            Self::EcrApi => "api.ecr",
            Self::EcrDkr => "dkr.ecr",
            Self::EcrPublic => "api.ecr-public",
            Self::EcsAgent => "ecs-a",
            Self::EcsTelemetry => "ecs-t",
            other => other.endpoint_name(),
        }
    }
}

/// The host that the service answers on in that Region; `None` where no document names one (a FIPS name in China's S3,
/// dual-stack registries of isolated partitions, a Region whose name was hidden).
#[must_use]
pub fn endpoint_host(service: Service, region: &Region, variant: Variant) -> Option<String> {
    let partition = region.partition()?;
    let (suffix, dual) = (partition.dns_suffix(), partition.dual_stack_suffix());
    let commercial = matches!(partition, Partition::Aws | Partition::GovCloud);
    let fips = if variant.is_fips() { "-fips" } else { "" };
    let standard = |prefix: &str| Some(format!("{prefix}{fips}.{region}.{suffix}"));
    match service {
        Service::EcrApi if variant.is_dual_stack() => Some(format!("ecr{fips}.{region}.{dual}")),
        Service::EcrApi => standard("api.ecr"),
        Service::EcrDkr if variant.is_dual_stack() => Some(format!("dkr-ecr{fips}.{region}.{}", partition.dual_stack_registry_suffix()?)),
        Service::EcrDkr => standard("dkr.ecr"),
        // The API is documented in the commercial partition alone; its one home is us-east-1.
        Service::EcrPublic if region.as_str() != "us-east-1" || variant.is_fips() => None,
        Service::EcrPublic if variant.is_dual_stack() => Some(format!("ecr-public.{region}.{dual}")),
        Service::EcrPublic => standard("api.ecr-public"),
        Service::S3 if variant.is_fips() && partition == Partition::China => None,
        Service::S3 if variant.is_dual_stack() => Some(format!("s3{fips}.dualstack.{region}.{suffix}")),
        Service::S3 => standard("s3"),
        // One name serves both address families there.
        Service::SecretsManager if commercial || (partition == Partition::China && variant == Variant::DualStack) => {
            standard("secretsmanager")
        }
        Service::Ssm | Service::Logs | Service::Sts if partition == Partition::GovCloud && variant == Variant::Fips => {
            Some(format!("{}.{region}.{suffix}", service.host_prefix()))
        }
        Service::SecretsManager | Service::Ssm | Service::Logs | Service::Sts | Service::Kms | Service::Ecs if variant.is_dual_stack() => {
            Some(format!("{}{fips}.{region}.{dual}", service.host_prefix()))
        }
        Service::SecretsManager | Service::Ssm | Service::Logs | Service::Sts | Service::Kms | Service::Ecs => {
            standard(service.host_prefix())
        }
        Service::Efs if variant.is_dual_stack() && (commercial || partition == Partition::China) => {
            Some(format!("efs{fips}.{region}.{dual}"))
        }
        Service::Efs if variant.is_dual_stack() => None,
        Service::Efs => standard("elasticfilesystem"),
        // No SDK calls these, so only their standard names are documented.
        Service::SsmMessages | Service::Ec2Messages | Service::EcsAgent | Service::EcsTelemetry | Service::GuardDutyData => {
            (variant == Variant::Standard).then(|| format!("{}.{region}.{suffix}", service.host_prefix()))
        }
    }
}

/// Whether a service's host has IPv6 addresses, by its documented name: each service has one name for IPv4 alone and one for both
/// families, or one for all. `None` for a host that is none of these.
#[must_use]
pub fn answers_by_ipv6(service: Service, region: &Region, host: &str) -> Option<bool> {
    let is = |variant| {
        endpoint_host(service, region, variant).is_some_and(|name| {
            let parent = host.strip_suffix(&name);
            parent.is_some_and(|rest| rest.is_empty() || (matches!(service, Service::S3 | Service::EcrDkr) && rest.ends_with('.')))
        })
    };
    if is(Variant::DualStack) || is(Variant::FipsDualStack) {
        Some(true)
    } else {
        (is(Variant::Standard) || is(Variant::Fips)).then_some(false)
    }
}
