//! The chain that the collector follows, from the task to everything that its start depends on.

mod network;
mod things;

use super::members::{DEFINITION, INSTANCES, SERVICES, TASKS};
use super::step::{Keep, Step, call, each, without};
use evidence::Operation as Op;

/// All steps.
pub(super) fn steps() -> Vec<Step> {
    let mut all = vec![Step::from(call(Op::StsGetCallerIdentity))];
    all.extend(start());
    all.extend(placement());
    all.extend(network::network());
    all.extend(network::names());
    all.extend(things::roles());
    all.extend(things::references());
    all.extend(things::images());
    all.extend(things::keys());
    all
}

/// Facts of described tasks. The details of an attachment are named as AWS names them (`subnetId`, `networkInterfaceId`).
const OF_TASKS: &str = "[tasks[].['found', taskArn], tasks[].['definition', taskDefinitionArn], tasks[].['group', group], \
     tasks[].['instance', containerInstanceArn], tasks[].['provider', capacityProviderName], \
     tasks[].attachments[].details[].[name, value], tasks[].overrides.['role', executionRoleArn], tasks[].overrides.['role', taskRoleArn], \
     tasks[].overrides.containerOverrides[].environmentFiles[].['file', value]][]";

/// Facts of described services.
const OF_SERVICES: &str = "[services[].['later', taskDefinition], \
     services[].networkConfiguration.awsvpcConfiguration.subnets[].['subnetId', @], \
     services[].deployments[].networkConfiguration.awsvpcConfiguration.subnets[].['subnetId', @], \
     services[].taskSets[].networkConfiguration.awsvpcConfiguration.subnets[].['subnetId', @], \
     services[].capacityProviderStrategy[].['provider', capacityProvider]][]";

/// Facts of a task definition.
const OF_DEFINITION: &str = "[[taskDefinition.['role', executionRoleArn]], [taskDefinition.['role', taskRoleArn]], \
     taskDefinition.containerDefinitions[].['image', image], taskDefinition.containerDefinitions[].secrets[].['value', valueFrom], \
     taskDefinition.containerDefinitions[].logConfiguration.secretOptions[].['value', valueFrom], \
     taskDefinition.containerDefinitions[].repositoryCredentials.['credentials', credentialsParameter], \
     taskDefinition.containerDefinitions[].environmentFiles[].['file', value], \
     taskDefinition.containerDefinitions[].firelensConfiguration.options.['file', \"config-file-value\"], \
     taskDefinition.containerDefinitions[].credentialSpecs[].['file', @], \
     taskDefinition.volumes[].fsxWindowsFileServerVolumeConfiguration.authorizationConfig.['value', credentialsParameter], \
     taskDefinition.containerDefinitions[].logConfiguration.options.['log', \"awslogs-group\", \"awslogs-region\"]][]";

fn describe_tasks(task: &'static str) -> Step {
    call(Op::EcsDescribeTasks)
        .opt("cluster", "{cluster}")
        .opt("tasks", task)
        .keep(TASKS)
        .learn(OF_TASKS)
        .into()
}

/// Task, service and definition. A task that is gone is looked for in the events of the cluster's services.
fn start() -> Vec<Step> {
    let gone = vec![
        Step::Say("The task is not there any more: looking for it in the events of the services"),
        call(Op::EcsListServices)
            .opt("cluster", "{cluster}")
            .keep(Keep::Nothing)
            .learn("serviceArns[].['listed', @]")
            .into(),
        each(
            "listed",
            &["listed"],
            vec![
                call(Op::EcsDescribeServices)
                    .opt("cluster", "{cluster}")
                    .opt("services", "{listed}")
                    .keep(Keep::Nothing)
                    .learn("services[?events[?contains(message, '{task_id}')]].['service', serviceName]")
                    .into(),
            ],
        ),
    ];
    let stopped = vec![
        call(Op::EcsListTasks)
            .opt("cluster", "{cluster}")
            .opt("service-name", "{service}")
            .opt("desired-status", "STOPPED")
            .learn("taskArns[:10].['stopped', @]")
            .into(),
        each("stopped", &["stopped"], vec![describe_tasks("{stopped}")]),
    ];
    let services = call(Op::EcsDescribeServices)
        .opt("cluster", "{cluster}")
        .opt("services", "{service}")
        .keep(SERVICES)
        .learn(OF_SERVICES);
    let in_cluster = vec![
        call(Op::EcsDescribeClusters).opt("clusters", "{cluster}").into(),
        each("task", &["task"], vec![describe_tasks("{task}")]),
        Step::Derive("services"),
        each("task", &["task"], vec![without("found", vec![without("service", gone)])]),
        each("service", &["service"], vec![services.into(), without("found", stopped)]),
    ];
    vec![
        Step::Say("Task, service and task definition"),
        each("cluster", &["cluster"], in_cluster),
        without(
            "definition",
            vec![each(
                "later",
                &["later"],
                vec![Step::Note {
                    tag: "definition",
                    value: "{later}",
                }],
            )],
        ),
        each(
            "definition",
            &["definition"],
            vec![
                call(Op::EcsDescribeTaskDefinition)
                    .opt("task-definition", "{definition}")
                    .keep(DEFINITION)
                    .learn(OF_DEFINITION)
                    .into(),
            ],
        ),
        call(Op::EcsListAccountSettings).flag("effective-settings").into(),
    ]
}

/// The machine that the task was placed on, and the task's own interface.
fn placement() -> Vec<Step> {
    let providers = call(Op::EcsDescribeCapacityProviders)
        .opt("capacity-providers", "{provider}")
        .learn("capacityProviders[].managedInstancesProvider.instanceLaunchTemplate.networkConfiguration.subnets[].['subnetId', @]");
    let instances = vec![
        call(Op::EcsDescribeContainerInstances)
            .opt("cluster", "{cluster}")
            .opt("container-instances", "{instance}")
            .learn("containerInstances[].['ec2', ec2InstanceId]")
            .into(),
    ];
    vec![
        each("instance", &["instance"], instances),
        each(
            "ec2",
            &["ec2"],
            vec![
                call(Op::Ec2DescribeInstances)
                    .opt("instance-ids", "{ec2}")
                    .keep(INSTANCES)
                    .learn("Reservations[].Instances[].[['subnetId', SubnetId], ['profile', IamInstanceProfile.Arn]][]")
                    .into(),
            ],
        ),
        Step::Derive("profile_names"),
        each(
            "profile_name",
            &["instance_profile"],
            vec![
                call(Op::IamGetInstanceProfile)
                    .opt("instance-profile-name", "{instance_profile}")
                    .learn("InstanceProfile.Roles[].['role', Arn]")
                    .into(),
            ],
        ),
        each("provider", &["provider"], vec![providers.into()]),
        network::interfaces("networkInterfaceId"),
    ]
}
