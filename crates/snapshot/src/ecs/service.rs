//! Services, their deployments, task sets and revisions, and the network configuration that they give their tasks.

use crate::core::collection::{Found, Resource};
use crate::core::ids::{ArnText, SecurityGroupId, SubnetId};
use crate::core::shape::shape;
use crate::core::time::Time;
use crate::ecs::definition::LogConfiguration;
use evidence::{Citation, Operation};

shape! { Camel;
    /// A service.
    struct Service {
        /// Its ARN.
        service_arn: Option<ArnText>,
        /// Its name.
        service_name: Option<String>,
        /// Its cluster.
        cluster_arn: Option<ArnText>,
        /// `ACTIVE`, `DRAINING`, `INACTIVE`.
        status: Option<String>,
        /// `FARGATE`, `EC2`, …; absent with a capacity provider strategy.
        launch_type: Option<String>,
        /// Where its tasks are placed.
        capacity_provider_strategy: Vec<CapacityProviderStrategyItem>,
        /// A number, or `LATEST`.
        platform_version: Option<String>,
        /// `Linux`, …
        platform_family: Option<String>,
        /// ARN or `family:revision`.
        task_definition: Option<String>,
        /// Subnets, security groups, public address.
        network_configuration: Option<NetworkConfiguration>,
        /// Its deployments.
        deployments: Vec<Deployment>,
        /// Its last events, at most 100.
        events: Vec<ServiceEvent>,
        /// Task sets (external and CodeDeploy deployments).
        task_sets: Vec<TaskSet>,
        /// `REPLICA`, `DAEMON`.
        scheduling_strategy: Option<String>,
        /// Who deploys.
        deployment_controller: Option<DeploymentController>,
        /// Revisions now in use.
        current_service_revisions: Vec<ServiceRevisionSummary>,
        /// How many tasks are wanted.
        desired_count: Option<i64>,
        /// How many run.
        running_count: Option<i64>,
        /// How many are pending.
        pending_count: Option<i64>,
        /// When it was created.
        created_at: Option<Time>,
    }
    /// Who deploys.
    struct DeploymentController {
        /// `ECS`, `CODE_DEPLOY`, `EXTERNAL`.
        kind: Option<String> = "type",
    }
    /// One part of a capacity provider strategy.
    struct CapacityProviderStrategyItem {
        /// The capacity provider.
        capacity_provider: Option<String>,
        /// Its share.
        weight: Option<i64>,
        /// How many tasks it takes first.
        base: Option<i64>,
    }
    /// A network configuration.
    struct NetworkConfiguration {
        /// Subnets, security groups, public address.
        awsvpc_configuration: Option<AwsVpcConfiguration>,
    }
    /// Where tasks in `awsvpc` mode get their interfaces.
    struct AwsVpcConfiguration {
        /// The subnets.
        subnets: Vec<SubnetId>,
        /// The security groups; none means the VPC's default group.
        security_groups: Vec<SecurityGroupId>,
        /// `ENABLED` or `DISABLED`.
        assign_public_ip: Option<String>,
    }
    /// A deployment of a service.
    struct Deployment {
        /// `ecs-svc/…`: what its tasks name in `startedBy`.
        id: Option<String>,
        /// `PRIMARY`, `ACTIVE`, `INACTIVE`.
        status: Option<String>,
        /// ARN of its task definition.
        task_definition: Option<String>,
        /// Its network configuration.
        network_configuration: Option<NetworkConfiguration>,
        /// `FARGATE`, `EC2`, …
        launch_type: Option<String>,
        /// Where its tasks are placed.
        capacity_provider_strategy: Vec<CapacityProviderStrategyItem>,
        /// A number, or `LATEST`.
        platform_version: Option<String>,
        /// The proxy that ECS adds to its tasks.
        service_connect_configuration: Option<ServiceConnect>,
        /// How many of its tasks failed to start in a row.
        failed_tasks: Option<i64>,
        /// `IN_PROGRESS`, `COMPLETED`, `FAILED`.
        rollout_state: Option<String>,
        /// Why.
        rollout_state_reason: Option<String>,
        /// When it was created.
        created_at: Option<Time>,
        /// When it last changed.
        updated_at: Option<Time>,
    }
    /// Service Connect: a container that ECS adds to every task of the deployment.
    struct ServiceConnect {
        /// Whether it is on.
        enabled: Option<bool>,
        /// Where that container's output goes.
        log_configuration: Option<LogConfiguration>,
    }
    /// An event of a service.
    struct ServiceEvent {
        /// Its id.
        id: Option<String>,
        /// When.
        created_at: Option<Time>,
        /// The text.
        message: Option<String>,
    }
    /// A task set.
    struct TaskSet {
        /// `ecs-svc/…`.
        id: Option<String>,
        /// Its ARN.
        task_set_arn: Option<ArnText>,
        /// Its service.
        service_arn: Option<ArnText>,
        /// `PRIMARY`, `ACTIVE`, `DRAINING`.
        status: Option<String>,
        /// ARN of its task definition.
        task_definition: Option<String>,
        /// `FARGATE`, `EC2`, …
        launch_type: Option<String>,
        /// A number, or `LATEST`.
        platform_version: Option<String>,
        /// What its tasks name in `startedBy`, where another controller started them.
        started_by: Option<String>,
        /// Its network configuration.
        network_configuration: Option<NetworkConfiguration>,
    }
    /// A revision of a service, in short.
    struct ServiceRevisionSummary {
        /// Its ARN.
        arn: Option<ArnText>,
    }
    /// A revision of a service: what its tasks run with.
    struct ServiceRevision {
        /// Its ARN.
        service_revision_arn: Option<ArnText>,
        /// Its service.
        service_arn: Option<ArnText>,
        /// Its cluster.
        cluster_arn: Option<ArnText>,
        /// ARN of its task definition.
        task_definition: Option<String>,
        /// `FARGATE`, `EC2`, …
        launch_type: Option<String>,
        /// Where its tasks are placed.
        capacity_provider_strategy: Vec<CapacityProviderStrategyItem>,
        /// A number.
        platform_version: Option<String>,
        /// Its network configuration.
        network_configuration: Option<NetworkConfiguration>,
        /// The images and the digests that their tags were resolved to.
        container_images: Vec<ContainerImage>,
        /// Whether GuardDuty adds its own container.
        guard_duty_enabled: Option<bool>,
        /// When it was created.
        created_at: Option<Time>,
    }
    /// An image of a service revision.
    struct ContainerImage {
        /// The container.
        container_name: Option<String>,
        /// The reference.
        image: Option<String>,
        /// The digest.
        image_digest: Option<String>,
    }
    /// A deployment as `describe-service-deployments` prints it.
    struct ServiceDeployment {
        /// Its ARN.
        service_deployment_arn: Option<ArnText>,
        /// Its service.
        service_arn: Option<ArnText>,
        /// `IN_PROGRESS`, `STOPPED`, `ROLLBACK_FAILED`, …
        status: Option<String>,
        /// Why.
        status_reason: Option<String>,
        /// The revision that it brings.
        target_service_revision: Option<ServiceRevisionSummary>,
        /// When it was created.
        created_at: Option<Time>,
    }
}

/// Where tasks get their interfaces, whichever output or command says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkSettings {
    /// The subnets.
    pub subnets: Vec<SubnetId>,
    /// The security groups; none means the VPC's default group (ECS API reference, `AwsVpcConfiguration`).
    pub security_groups: Vec<SecurityGroupId>,
    /// Whether a public address was asked for; `None` where it is not said.
    pub assign_public_ip: Option<bool>,
    /// Where it stands.
    pub at: Citation,
}

impl NetworkConfiguration {
    /// As settings, standing at that place.
    #[must_use]
    pub fn settings(&self, at: Citation) -> Option<NetworkSettings> {
        let configuration = self.awsvpc_configuration.as_ref()?;
        Some(NetworkSettings {
            subnets: configuration.subnets.clone(),
            security_groups: configuration.security_groups.clone(),
            assign_public_ip: match configuration.assign_public_ip.as_deref() {
                Some("ENABLED") => Some(true),
                Some("DISABLED") => Some(false),
                _ => None,
            },
            at,
        })
    }
}

/// The citation of the network configuration below a value.
fn below(at: &Citation) -> Citation {
    Citation {
        document: at.document,
        pointer: at.pointer.child("networkConfiguration").child("awsvpcConfiguration"),
    }
}

impl Found<Service> {
    /// The service's own network configuration: what the next deployment uses.
    #[must_use]
    pub fn network(&self) -> Option<NetworkSettings> {
        self.value.network_configuration.as_ref()?.settings(below(&self.at))
    }

    /// The network configuration of the deployment or task set that tasks with that `startedBy` belong to.
    #[must_use]
    pub fn network_of(&self, started_by: &str) -> Option<NetworkSettings> {
        let deployments = self.value.deployments.iter().enumerate();
        let of_deployment = deployments
            .filter(|(_, deployment)| deployment.id.as_deref() == Some(started_by))
            .find_map(|(index, deployment)| {
                deployment
                    .network_configuration
                    .as_ref()?
                    .settings(below(&self.element("deployments", index)))
            });
        of_deployment.or_else(|| {
            let sets = self.value.task_sets.iter().enumerate();
            sets.filter(|(_, set)| set.id.as_deref() == Some(started_by) || set.started_by.as_deref() == Some(started_by))
                .find_map(|(index, set)| {
                    set.network_configuration
                        .as_ref()?
                        .settings(below(&self.element("taskSets", index)))
                })
        })
    }
}

impl Found<ServiceRevision> {
    /// Its network configuration.
    #[must_use]
    pub fn network(&self) -> Option<NetworkSettings> {
        self.value.network_configuration.as_ref()?.settings(below(&self.at))
    }
}

impl Found<TaskSet> {
    /// Its network configuration.
    #[must_use]
    pub fn network(&self) -> Option<NetworkSettings> {
        self.value.network_configuration.as_ref()?.settings(below(&self.at))
    }
}

/// An id and attributes for resources that are named by one ARN member and listed by ARN only.
macro_rules! by_arn {
    ($($kind:ident: $field:ident, $operation:ident, $member:literal;)*) => {$(
        impl Resource for $kind {
            type Id = ArnText;
            const LISTED_BY: Operation = Operation::$operation;
            const MEMBER: &'static str = $member;

            fn id(&self) -> Option<ArnText> {
                self.$field.clone()
            }

            fn attribute(&self, name: &str) -> Vec<&str> {
                if name == "arn" { self.$field.iter().map(ArnText::as_str).collect() } else { Vec::new() }
            }

            fn owner(&self) -> Option<&str> {
                self.$field.as_ref()?.account()
            }
        }
    )*};
}
pub(crate) use by_arn;

by_arn! {
    Service: service_arn, EcsDescribeServices, "services";
    ServiceRevision: service_revision_arn, EcsDescribeServiceRevisions, "serviceRevisions";
    ServiceDeployment: service_deployment_arn, EcsDescribeServiceDeployments, "serviceDeployments";
    TaskSet: task_set_arn, EcsDescribeTaskSets, "taskSets";
}
