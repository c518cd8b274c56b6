//! Tasks, as `describe-tasks` and EventBridge's "ECS Task State Change" print them (Amazon ECS API reference, `Task`).

use crate::core::collection::{Found, Resource};
use crate::core::ids::{ArnText, NetworkInterfaceId, SubnetId};
use crate::core::lenient::Scalar;
use crate::core::shape::shape;
use crate::core::time::Time;
use crate::ecs::definition::EnvironmentFile;
use evidence::{Citation, Operation};
use std::net::{Ipv4Addr, Ipv6Addr};

shape! { Camel;
    /// A task.
    struct Task {
        /// `arn:aws:ecs:…:task/cluster/id`, or `…:task/id` in the old form.
        task_arn: Option<ArnText>,
        /// Its cluster.
        cluster_arn: Option<ArnText>,
        /// Its task definition, with the revision.
        task_definition_arn: Option<ArnText>,
        /// The instance that it was placed on; absent on Fargate.
        container_instance_arn: Option<ArnText>,
        /// `FARGATE`, `EC2`, `EXTERNAL` or `MANAGED_INSTANCES`.
        launch_type: Option<String>,
        /// The capacity provider that placed it.
        capacity_provider_name: Option<String>,
        /// Fargate's platform version, resolved to a number.
        platform_version: Option<String>,
        /// `Linux`, `WINDOWS_SERVER_2022_CORE`, …
        platform_family: Option<String>,
        /// `PROVISIONING` … `STOPPED`.
        last_status: Option<String>,
        /// What ECS wants it to be.
        desired_status: Option<String>,
        /// `TaskFailedToStart`, `EssentialContainerExited`, `UserInitiated`, …
        stop_code: Option<String>,
        /// The error text.
        stopped_reason: Option<String>,
        /// `service:name` or `family:name`.
        group: Option<String>,
        /// The deployment's id (`ecs-svc/…`), or what `run-task` was given.
        started_by: Option<String>,
        /// The zone it was placed in.
        availability_zone: Option<String>,
        /// Network interfaces and volumes.
        attachments: Vec<Attachment>,
        /// `ecs.cpu-architecture` and others.
        attributes: Vec<Attribute>,
        /// Its containers.
        containers: Vec<TaskContainer>,
        /// What `run-task` replaced of the definition.
        overrides: TaskOverride,
        /// CPU units.
        cpu: Option<Scalar>,
        /// MiB.
        memory: Option<Scalar>,
        /// Fargate's ephemeral storage.
        ephemeral_storage: Option<EphemeralStorage>,
        /// When it was created.
        created_at: Option<Time>,
        /// When the pull of the images began; absent: it never did.
        pull_started_at: Option<Time>,
        /// When the pull of the images ended.
        pull_stopped_at: Option<Time>,
        /// When its containers started; absent: never.
        started_at: Option<Time>,
        /// When ECS began to stop it.
        stopping_at: Option<Time>,
        /// When its containers ended.
        execution_stopped_at: Option<Time>,
        /// When it was stopped.
        stopped_at: Option<Time>,
        /// Counts up with every change of the task's state.
        version: Option<i64>,
        /// Whether an event told it rather than `describe-tasks`.
        from_event: Option<bool> = "",
    }
    /// A network interface (`ElasticNetworkInterface`, in events `eni`), volume or other attachment.
    struct Attachment {
        /// Its id.
        id: Option<String>,
        /// Its kind.
        kind: Option<String> = "type",
        /// `ATTACHED`, `DELETED`, …
        status: Option<String>,
        /// Names and values: `subnetId`, `networkInterfaceId`, `privateIPv4Address`, …
        details: Vec<Attribute>,
    }
    /// A name and its value.
    struct Attribute {
        /// The name.
        name: Option<String>,
        /// The value.
        value: Option<Scalar>,
    }
    /// A container of a task.
    struct TaskContainer {
        /// Its name in the definition.
        name: Option<String>,
        /// The image that it was to run.
        image: Option<String>,
        /// The digest that the image was resolved to.
        image_digest: Option<String>,
        /// `PENDING`, `RUNNING`, `STOPPED`.
        last_status: Option<String>,
        /// Why it stopped, such as `CannotPullContainerError: …`; at most 1024 characters.
        reason: Option<String>,
        /// The exit code; absent: it never ran.
        exit_code: Option<i64>,
        /// The runtime's id; absent: it was never created.
        runtime_id: Option<String>,
        /// Its interfaces in a task's own network.
        network_interfaces: Vec<ContainerInterface>,
    }
    /// A container's network interface.
    struct ContainerInterface {
        /// Its private IPv4 address.
        private_ipv4_address: Option<String>,
        /// Its IPv6 address.
        ipv6_address: Option<String>,
    }
    /// What `run-task` replaced of the task definition.
    struct TaskOverride {
        /// Another execution role.
        execution_role_arn: Option<ArnText>,
        /// Another task role.
        task_role_arn: Option<ArnText>,
        /// What was replaced of its containers.
        container_overrides: Vec<ContainerOverride>,
    }
    /// What `run-task` replaced of one container.
    struct ContainerOverride {
        /// The container.
        name: Option<String>,
        /// These take the place of the definition's; absent: the definition's stay.
        environment_files: Option<Vec<EnvironmentFile>>,
    }
    /// Ephemeral storage.
    struct EphemeralStorage {
        /// GiB.
        size_gib: Option<i64> = "sizeInGiB",
    }
}

impl Resource for Task {
    type Id = ArnText;
    const LISTED_BY: Operation = Operation::EcsDescribeTasks;
    const MEMBER: &'static str = "tasks";

    fn id(&self) -> Option<ArnText> {
        self.task_arn.clone()
    }

    fn attribute(&self, name: &str) -> Vec<&str> {
        match name {
            "tasks" => self.task_arn.iter().map(ArnText::as_str).collect(),
            "cluster" => self.cluster_arn.iter().map(ArnText::as_str).collect(),
            _ => Vec::new(),
        }
    }

    fn owner(&self) -> Option<&str> {
        self.task_arn.as_ref()?.account()
    }

    fn created(&self) -> Option<Time> {
        self.created_at
    }

    fn rank(&self) -> Option<i64> {
        // Of one version the description is fuller than the event.
        Some(self.version?.checked_mul(2)? + i64::from(self.from_event != Some(true)))
    }

    fn latest(&self) -> Option<Time> {
        let times = [
            self.created_at,
            self.pull_started_at,
            self.pull_stopped_at,
            self.started_at,
            self.stopping_at,
            self.execution_stopped_at,
            self.stopped_at,
        ];
        times.into_iter().flatten().max()
    }
}

/// Where a task runs, as far as the task itself says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LaunchType {
    /// AWS Fargate.
    Fargate,
    /// The customer's EC2 instances.
    Ec2,
    /// ECS Anywhere.
    External,
    /// ECS Managed Instances.
    ManagedInstances,
    /// One that AWS added since.
    Other(String),
}

impl LaunchType {
    /// Reads the API's word.
    #[must_use]
    pub fn parse(word: &str) -> Self {
        match word {
            "FARGATE" => Self::Fargate,
            "EC2" => Self::Ec2,
            "EXTERNAL" => Self::External,
            "MANAGED_INSTANCES" => Self::ManagedInstances,
            other => Self::Other(other.to_owned()),
        }
    }
}

/// A task's own network interface.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskInterface {
    /// The subnet that it was placed in.
    pub subnet: Option<SubnetId>,
    /// The interface; it is gone once the task stopped.
    pub interface: Option<NetworkInterfaceId>,
    /// Its private IPv4 address.
    pub private_ip: Option<Ipv4Addr>,
    /// Its IPv6 address.
    pub ipv6: Option<Ipv6Addr>,
    /// The private DNS name that AWS gave it.
    pub private_dns_name: Option<String>,
    /// The attachment's index among the task's.
    pub index: usize,
}

impl Attachment {
    /// The value of a detail.
    #[must_use]
    pub fn detail(&self, name: &str) -> Option<&str> {
        let detail = self.details.iter().find(|detail| detail.name.as_deref() == Some(name))?;
        detail.value.as_ref().map(Scalar::as_str).filter(|value| !value.is_empty())
    }

    /// Whether it is the task's network interface.
    #[must_use]
    pub fn is_interface(&self) -> bool {
        matches!(self.kind.as_deref(), Some("ElasticNetworkInterface" | "eni"))
    }
}

impl Task {
    /// Its network interface, whichever output names it; `None` where it never had one (or does not run in `awsvpc` mode).
    #[must_use]
    pub fn interface(&self) -> Option<TaskInterface> {
        let (index, attachment) = self
            .attachments
            .iter()
            .enumerate()
            .find(|(_, attachment)| attachment.is_interface())?;
        let container = || self.containers.iter().flat_map(|container| &container.network_interfaces);
        let v4 = attachment.detail("privateIPv4Address").map(str::to_owned);
        let v6 = attachment
            .detail("ipv6Address")
            .or_else(|| attachment.detail("privateIPv6Address"))
            .map(str::to_owned);
        Some(TaskInterface {
            subnet: attachment.detail("subnetId").map(SubnetId::from),
            interface: attachment.detail("networkInterfaceId").map(NetworkInterfaceId::from),
            private_ip: v4
                .or_else(|| container().find_map(|at| at.private_ipv4_address.clone()))
                .and_then(|address| address.parse().ok()),
            ipv6: v6
                .or_else(|| container().find_map(|at| at.ipv6_address.clone()))
                .and_then(|address| address.parse().ok()),
            private_dns_name: attachment.detail("privateDnsName").map(str::to_owned),
            index,
        })
    }

    /// Where it runs, with the member that says so.
    ///
    /// `launchType`; else the names of Fargate's own capacity providers; else a platform version, which the API gives for Fargate only.
    /// A container instance alone tells no more than that it is not Fargate.
    #[must_use]
    pub fn launch(&self) -> Option<(LaunchType, &'static str)> {
        if let Some(word) = self.launch_type.as_deref().filter(|word| !word.is_empty()) {
            return Some((LaunchType::parse(word), "launchType"));
        }
        if matches!(self.capacity_provider_name.as_deref(), Some("FARGATE" | "FARGATE_SPOT")) {
            return Some((LaunchType::Fargate, "capacityProviderName"));
        }
        if self.container_instance_arn.is_none() && self.platform_version.as_deref().is_some_and(|version| !version.is_empty()) {
            return Some((LaunchType::Fargate, "platformVersion"));
        }
        None
    }

    /// The service that it belongs to, by `group`.
    #[must_use]
    pub fn service_name(&self) -> Option<&str> {
        self.group.as_deref()?.strip_prefix("service:")
    }

    /// Whether it never got as far as running a container.
    #[must_use]
    pub fn never_started(&self) -> bool {
        self.started_at.is_none() && self.stopped_at.is_some()
    }
}

impl Found<Task> {
    /// The citation of a detail of the task's network interface, such as `subnetId`.
    #[must_use]
    pub fn interface_detail(&self, name: &str) -> Option<Citation> {
        let interface = self.value.interface()?;
        let attachment = self.value.attachments.get(interface.index)?;
        let index = attachment.details.iter().position(|detail| detail.name.as_deref() == Some(name))?;
        let at = self.element("attachments", interface.index);
        Some(Citation {
            document: at.document,
            pointer: at.pointer.child("details").index(index),
        })
    }
}
