//! Clusters, container instances, capacity providers and account settings.

use crate::core::collection::Resource;
use crate::core::ids::{ArnText, InstanceId};
use crate::core::shape::shape;
use crate::ecs::service::{AwsVpcConfiguration, CapacityProviderStrategyItem, by_arn};
use crate::ecs::task::Attribute;
use evidence::Operation;

shape! { Camel;
    /// A cluster.
    struct Cluster {
        /// Its ARN.
        cluster_arn: Option<ArnText>,
        /// Its name.
        cluster_name: Option<String>,
        /// `ACTIVE`, `INACTIVE`, …
        status: Option<String>,
        /// Its capacity providers.
        capacity_providers: Vec<String>,
        /// Where tasks go that name neither launch type nor strategy.
        default_capacity_provider_strategy: Vec<CapacityProviderStrategyItem>,
        /// ECS Exec and storage keys.
        configuration: Option<ClusterConfiguration>,
        /// `containerInsights`, …
        settings: Vec<Attribute>,
    }
    /// A cluster's configuration.
    struct ClusterConfiguration {
        /// Keys of Fargate's storage.
        managed_storage_configuration: Option<ManagedStorage>,
    }
    /// Keys of Fargate's storage.
    struct ManagedStorage {
        /// Of ephemeral storage.
        fargate_ephemeral_storage_kms_key_id: Option<String>,
        /// Of managed volumes.
        kms_key_id: Option<String>,
    }
    /// An instance that tasks are placed on.
    struct ContainerInstance {
        /// Its ARN.
        container_instance_arn: Option<ArnText>,
        /// `i-…`, or `mi-…` with ECS Anywhere.
        ec2_instance_id: Option<InstanceId>,
        /// The capacity provider that launched it.
        capacity_provider_name: Option<String>,
        /// `ACTIVE`, `DRAINING`, …
        status: Option<String>,
        /// Why.
        status_reason: Option<String>,
        /// Whether its agent is connected.
        agent_connected: Option<bool>,
        /// Versions of agent and Docker.
        version_info: Option<VersionInfo>,
        /// `ecs.os-type`, `ecs.cpu-architecture`, capabilities.
        attributes: Vec<Attribute>,
    }
    /// Versions of agent and Docker.
    struct VersionInfo {
        /// The agent's, such as `1.90.0`.
        agent_version: Option<String>,
        /// Docker's.
        docker_version: Option<String>,
    }
    /// A capacity provider.
    struct CapacityProvider {
        /// Its ARN.
        capacity_provider_arn: Option<ArnText>,
        /// Its name.
        name: Option<String>,
        /// Its cluster, with ECS Managed Instances.
        cluster: Option<String>,
        /// `ACTIVE`, …
        status: Option<String>,
        /// `EC2_AUTOSCALING`, `MANAGED_INSTANCES`, `FARGATE`, `FARGATE_SPOT`.
        kind: Option<String> = "type",
        /// With ECS Managed Instances.
        managed_instances_provider: Option<ManagedInstancesProvider>,
    }
    /// ECS Managed Instances.
    struct ManagedInstancesProvider {
        /// The role with which ECS manages them.
        infrastructure_role_arn: Option<ArnText>,
        /// How they are launched.
        instance_launch_template: Option<InstanceLaunchTemplate>,
    }
    /// How managed instances are launched.
    struct InstanceLaunchTemplate {
        /// Their instance profile.
        ec2_instance_profile_arn: Option<ArnText>,
        /// Their own interfaces.
        network_configuration: Option<AwsVpcConfiguration>,
        /// Whether they use FIPS endpoints.
        fips_enabled: Option<bool>,
    }
    /// An account setting.
    struct AccountSetting {
        /// `dualStackIPv6`, `fargateFIPSMode`, …
        name: Option<String>,
        /// `enabled`, `disabled`, …
        value: Option<String>,
        /// Whose it is: the account's root, a user or a role.
        principal_arn: Option<ArnText>,
    }
}

by_arn! {
    Cluster: cluster_arn, EcsDescribeClusters, "clusters";
    ContainerInstance: container_instance_arn, EcsDescribeContainerInstances, "containerInstances";
    CapacityProvider: capacity_provider_arn, EcsDescribeCapacityProviders, "capacityProviders";
}
