//! Task definitions, as `describe-task-definition`, `register-task-definition` and the console's JSON tab print them.

use crate::core::collection::Resource;
use crate::core::ids::ArnText;
use crate::core::lenient::Scalar;
use crate::core::shape::shape;
use crate::core::time::Time;
use crate::ecs::task::{Attribute, EphemeralStorage};
use evidence::Operation;
use std::collections::BTreeMap;

shape! { Camel;
    /// A task definition.
    struct TaskDefinition {
        /// With the revision; absent in a definition that was not registered.
        task_definition_arn: Option<ArnText>,
        /// Its family.
        family: Option<String>,
        /// Its revision.
        revision: Option<i64>,
        /// `ACTIVE`, `INACTIVE`, `DELETE_IN_PROGRESS`.
        status: Option<String>,
        /// The role that ECS and its agent use to start the task: an ARN, before registration also a name.
        execution_role_arn: Option<ArnText>,
        /// The role of the code in the containers.
        task_role_arn: Option<ArnText>,
        /// `awsvpc`, `bridge`, `host`, `none`.
        network_mode: Option<String>,
        /// What it was registered for: `FARGATE`, `EC2`, …
        requires_compatibilities: Vec<String>,
        /// What it could run on.
        compatibilities: Vec<String>,
        /// Operating system and processor.
        runtime_platform: Option<RuntimePlatform>,
        /// Its containers.
        container_definitions: Vec<ContainerDefinition>,
        /// Its volumes.
        volumes: Vec<Volume>,
        /// What an agent must be capable of: `com.amazonaws.ecs.capability.ecr-auth`, …
        requires_attributes: Vec<Attribute>,
        /// CPU units of the task.
        cpu: Option<Scalar>,
        /// MiB of the task.
        memory: Option<Scalar>,
        /// Fargate's ephemeral storage.
        ephemeral_storage: Option<EphemeralStorage>,
        /// The mesh proxy.
        proxy_configuration: Option<ProxyConfiguration>,
        /// When it was registered.
        registered_at: Option<Time>,
    }
    /// Operating system and processor.
    struct RuntimePlatform {
        /// `LINUX`, `WINDOWS_SERVER_2022_CORE`, …
        operating_system_family: Option<String>,
        /// `X86_64`, `ARM64`.
        cpu_architecture: Option<String>,
    }
    /// A container.
    struct ContainerDefinition {
        /// Its name.
        name: Option<String>,
        /// Its image reference.
        image: Option<String>,
        /// Whether the task ends with it; absent is true.
        essential: Option<bool>,
        /// Secrets that become environment variables.
        secrets: Vec<Secret>,
        /// Where its output goes.
        log_configuration: Option<LogConfiguration>,
        /// The secret with the registry's user name and password.
        repository_credentials: Option<RepositoryCredentials>,
        /// Files in S3 with environment variables.
        environment_files: Vec<EnvironmentFile>,
        /// Environment variables; values that look like credentials are masked.
        environment: Vec<Attribute>,
        /// The log router's own settings, where it is one.
        firelens_configuration: Option<FirelensConfiguration>,
        /// gMSA credential specs: `credentialspec:arn:…`.
        credential_specs: Vec<String>,
        /// Options of Docker's, on container instances; `credentialspec:…` among them is an older place of the same.
        docker_security_options: Vec<String>,
        /// Where its volumes are mounted.
        mount_points: Vec<MountPoint>,
        /// Containers that must have started before.
        depends_on: Vec<ContainerDependency>,
        /// `enabled` (default) resolves tags to digests once per deployment.
        version_consistency: Option<String>,
    }
    /// An environment variable's name and the secret or parameter that it is read from.
    struct Secret {
        /// The variable, or the log driver's option.
        name: Option<String>,
        /// A Secrets Manager ARN, or a Systems Manager parameter's name or ARN.
        value_from: Option<String>,
    }
    /// A container's logging.
    struct LogConfiguration {
        /// `awslogs`, `awsfirelens`, `splunk`, …
        log_driver: Option<String>,
        /// The driver's options, such as `awslogs-group`.
        options: BTreeMap<String, Scalar>,
        /// Options that are read from secrets.
        secret_options: Vec<Secret>,
    }
    /// A private registry's credentials.
    struct RepositoryCredentials {
        /// A secret's name or ARN.
        credentials_parameter: Option<String>,
    }
    /// A file with environment variables.
    struct EnvironmentFile {
        /// `arn:aws:s3:::bucket/key.env`.
        value: Option<String>,
        /// `s3`.
        kind: Option<String> = "type",
    }
    /// The log router's settings.
    struct FirelensConfiguration {
        /// `fluentbit`, `fluentd`.
        kind: Option<String> = "type",
        /// `config-file-type`, `config-file-value`.
        options: BTreeMap<String, Scalar>,
    }
    /// Where a volume is mounted.
    struct MountPoint {
        /// The volume.
        source_volume: Option<String>,
        /// The path in the container.
        container_path: Option<String>,
    }
    /// A container that must have started before.
    struct ContainerDependency {
        /// Its name.
        container_name: Option<String>,
        /// `START`, `COMPLETE`, `SUCCESS`, `HEALTHY`.
        condition: Option<String>,
    }
    /// A volume.
    struct Volume {
        /// Its name.
        name: Option<String>,
        /// Amazon EFS.
        efs_volume_configuration: Option<EfsVolume>,
        /// Amazon FSx for Windows File Server.
        fsx_windows_file_server_volume_configuration: Option<FsxVolume>,
        /// Whether it is an EBS volume that the launch configures.
        configured_at_launch: Option<bool>,
    }
    /// An EFS volume.
    struct EfsVolume {
        /// `fs-…`.
        file_system_id: Option<String>,
        /// The directory in it.
        root_directory: Option<String>,
        /// `ENABLED` encrypts.
        transit_encryption: Option<String>,
        /// Access point and IAM.
        authorization_config: Option<EfsAuthorization>,
    }
    /// An EFS volume's authorisation.
    struct EfsAuthorization {
        /// `fsap-…`.
        access_point_id: Option<String>,
        /// `ENABLED` mounts with the task role.
        iam: Option<String>,
    }
    /// An FSx volume.
    struct FsxVolume {
        /// `fs-…`.
        file_system_id: Option<String>,
        /// The directory in it.
        root_directory: Option<String>,
        /// Its credentials.
        authorization_config: Option<FsxAuthorization>,
    }
    /// An FSx volume's credentials.
    struct FsxAuthorization {
        /// A secret's or parameter's ARN.
        credentials_parameter: Option<String>,
        /// The Active Directory domain.
        domain: Option<String>,
    }
    /// The mesh proxy of a task.
    struct ProxyConfiguration {
        /// The container that is the proxy.
        container_name: Option<String>,
        /// `APPMESH`.
        kind: Option<String> = "type",
    }
}

impl TaskDefinition {
    /// Whether an agent must have that capability for this definition.
    #[must_use]
    pub fn requires(&self, attribute: &str) -> bool {
        self.requires_attributes
            .iter()
            .any(|required| required.name.as_deref() == Some(attribute))
    }

    /// `family:revision`, from the ARN where the members are missing.
    #[must_use]
    pub fn family_and_revision(&self) -> Option<String> {
        match (&self.family, self.revision) {
            (Some(family), Some(revision)) => Some(format!("{family}:{revision}")),
            _ => Some(family_of(self.task_definition_arn.as_ref()?.as_str()).to_owned()),
        }
    }
}

/// `family:revision` (or `family`) of a task definition's ARN or short name.
pub(crate) fn family_of(name: &str) -> &str {
    name.rsplit_once("task-definition/").map_or(name, |(_, family)| family)
}

impl Resource for TaskDefinition {
    /// The ARN; without one `family:revision`, then the family.
    type Id = String;
    const LISTED_BY: Operation = Operation::EcsDescribeTaskDefinition;
    const MEMBER: &'static str = "taskDefinition";

    fn id(&self) -> Option<String> {
        let arn = self.task_definition_arn.as_ref().map(|arn| arn.0.clone());
        arn.or_else(|| match (&self.family, self.revision) {
            (Some(family), Some(revision)) => Some(format!("{family}:{revision}")),
            (family, _) => family.clone(),
        })
    }

    fn attribute(&self, name: &str) -> Vec<&str> {
        match name {
            "task-definition" => self.task_definition_arn.iter().map(ArnText::as_str).collect(),
            "family" => self.family.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }

    fn owner(&self) -> Option<&str> {
        self.task_definition_arn.as_ref()?.account()
    }
}
