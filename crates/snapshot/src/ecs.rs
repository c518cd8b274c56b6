//! Amazon ECS: tasks, task definitions, services, clusters, and what ECS itself says it could not find.

pub mod cluster;
pub mod definition;
pub mod launch;
pub mod service;
pub mod task;

use crate::core::collection::{Collection, Found};
use crate::core::ids::ArnText;
use crate::core::listing::Scope;
use crate::core::shape::shape;
use crate::core::time::Time;
use crate::ecs::cluster::{AccountSetting, CapacityProvider, Cluster, ContainerInstance};
use crate::ecs::definition::{TaskDefinition, family_of};
use crate::ecs::launch::LaunchCommand;
use crate::ecs::service::{Service, ServiceDeployment, ServiceRevision, TaskSet};
use crate::ecs::task::Task;
use crate::load::Reader;
use crate::needs::Call;
use evidence::{Body, Operation, Pointer, Shape};

/// Everything pasted about Amazon ECS.
#[derive(Clone, Debug, Default)]
pub struct Ecs {
    /// Tasks, from descriptions, events and the output of `run-task` and `stop-task`.
    pub tasks: Collection<Task>,
    /// Task definitions.
    pub task_definitions: Collection<TaskDefinition>,
    /// Services.
    pub services: Collection<Service>,
    /// Deployments of services.
    pub service_deployments: Collection<ServiceDeployment>,
    /// Revisions of services.
    pub service_revisions: Collection<ServiceRevision>,
    /// Task sets.
    pub task_sets: Collection<TaskSet>,
    /// Clusters.
    pub clusters: Collection<Cluster>,
    /// Container instances.
    pub container_instances: Collection<ContainerInstance>,
    /// Capacity providers.
    pub capacity_providers: Collection<CapacityProvider>,
    /// Account settings, as listed.
    pub account_settings: Vec<Found<AccountSetting>>,
    /// `failures` of the describe calls: what ECS did not find. The call itself succeeds then.
    pub failures: Vec<Found<EcsFailure>>,
    /// EventBridge's "ECS Service Action" and "ECS Deployment State Change".
    pub service_actions: Vec<Found<ServiceAction>>,
    /// Commands that start tasks.
    pub launches: Vec<LaunchCommand>,
    /// ARNs that `list-tasks` named: they exist, no more is known.
    pub listed_tasks: Vec<Found<ArnText>>,
    /// Commands that name the task or service meant, and the cluster: `describe-tasks`, whatever it printed; `describe-services` and
    /// `stop-task` where no output says more.
    pub asked: Vec<Call>,
}

/// What a describe call did not find.
#[derive(Clone, Debug, PartialEq)]
pub struct EcsFailure {
    /// The call.
    pub operation: Operation,
    /// Where it was asked.
    pub scope: Scope,
    /// What ECS says.
    pub failure: Failure,
}

shape! { Camel;
    /// One entry of `failures` (ECS API reference, "API failure reasons").
    struct Failure {
        /// What was asked for.
        arn: Option<ArnText>,
        /// `MISSING`: not there, or a task that stopped more than about an hour ago.
        reason: Option<String>,
        /// More.
        detail: Option<String>,
    }
    /// An event of a service or its deployment.
    struct ServiceAction {
        /// `ERROR`, `WARN`, `INFO`.
        event_type: Option<String>,
        /// `SERVICE_TASK_PLACEMENT_FAILURE`, `SERVICE_DEPLOYMENT_FAILED`, …
        event_name: Option<String>,
        /// Its cluster.
        cluster_arn: Option<ArnText>,
        /// `ecs-svc/…`.
        deployment_id: Option<String>,
        /// Why.
        reason: Option<String>,
        /// When.
        created_at: Option<Time>,
        /// The service, from the event's `resources`.
        service_arn: Option<ArnText> = "",
    }
}

impl Ecs {
    pub(crate) fn load(&mut self, source: &Reader<'_>, operation: Operation) {
        match operation {
            Operation::EcsDescribeTasks => source.list(&mut self.tasks),
            // Their output is no listing, and holds the tasks only as they were at that moment.
            Operation::EcsRunTask | Operation::EcsStartTask => source.add(&mut self.tasks, "tasks", &|_| {}),
            Operation::EcsStopTask => source.add(&mut self.tasks, "task", &|_| {}),
            Operation::EventsEcsTaskStateChange => {
                source.add(&mut self.tasks, "detail", &|task: &mut Task| task.from_event = Some(true));
            }
            Operation::EventsEcsServiceAction | Operation::EventsEcsDeploymentStateChange => self.action(source),
            Operation::EcsDescribeTaskDefinition | Operation::EcsRegisterTaskDefinition => self.definition(source),
            Operation::EcsDescribeServices => source.list(&mut self.services),
            Operation::EcsCreateService | Operation::EcsUpdateService => source.add(&mut self.services, "service", &|_| {}),
            Operation::EcsDescribeServiceDeployments => source.list(&mut self.service_deployments),
            Operation::EcsDescribeServiceRevisions => source.list(&mut self.service_revisions),
            Operation::EcsDescribeTaskSets => source.list(&mut self.task_sets),
            Operation::EcsDescribeClusters => source.list(&mut self.clusters),
            Operation::EcsDescribeContainerInstances => source.list(&mut self.container_instances),
            Operation::EcsDescribeCapacityProviders => source.list(&mut self.capacity_providers),
            Operation::EcsListAccountSettings => self.account_settings.extend(source.items("settings")),
            Operation::EcsListTasks => self.listed_tasks.extend(source.items("taskArns")),
            _ => return,
        }
        let failures = source.items::<Failure>("failures").into_iter();
        self.failures.extend(failures.map(|found| {
            found.map(|failure| EcsFailure {
                operation,
                scope: source.scope(),
                failure,
            })
        }));
    }

    /// Reads a command that starts or describes tasks, whether its output follows or not.
    pub(crate) fn command(&mut self, source: &Reader<'_>) {
        let Some(command) = &source.document.command else {
            return;
        };
        let names = match command.operation {
            Operation::EcsDescribeTasks => true,
            Operation::EcsDescribeServices | Operation::EcsStopTask => !matches!(source.document.body, Body::Output(_)),
            _ => false,
        };
        if names {
            let scope = source.scope();
            self.asked.push(Call {
                operation: command.operation,
                options: command.options.clone(),
                region: scope.region,
                account: scope.account,
            });
        }
        let tasks = source
            .items::<Task>("tasks")
            .into_iter()
            .filter_map(|task| Some(task.value.task_arn?.0))
            .collect();
        self.launches
            .extend(LaunchCommand::read(command, tasks, source.cite(Pointer::root())));
    }

    /// The member `taskDefinition`, or the definition itself as the console's JSON tab and `register-task-definition` files hold it.
    fn definition(&mut self, source: &Reader<'_>) {
        let bare = source.document.body == Body::Output(Shape::Item) || !source.has("taskDefinition");
        if bare {
            if let Some(found) = source.value::<TaskDefinition>("") {
                self.task_definitions.insert(found);
            }
        } else {
            source.add(&mut self.task_definitions, "taskDefinition", &|_| {});
        }
    }

    fn action(&mut self, source: &Reader<'_>) {
        let Some(mut found) = source.value::<ServiceAction>("detail") else {
            return;
        };
        let resources = source.items::<ArnText>("resources");
        found.value.service_arn = resources.into_iter().next().map(|arn| arn.value);
        self.service_actions.push(found);
    }

    /// The task definition that a task, service or command names by ARN, `family:revision` or `family`, and whether it is that very
    /// revision: a definition pasted without revision matches by its family only.
    #[must_use]
    pub fn task_definition(&self, name: &str) -> Option<(&Found<TaskDefinition>, bool)> {
        let wanted = family_of(name);
        if let Some(exact) = self.task_definitions.get(&name.to_owned()) {
            return Some((exact, exact.value.task_definition_arn.is_some() || wanted.contains(':')));
        }
        let by_revision = |found: &&Found<TaskDefinition>| {
            let other_arn = name.starts_with("arn:") && found.value.task_definition_arn.is_some();
            !other_arn && found.value.family_and_revision().as_deref() == Some(wanted)
        };
        if let Some(found) = self.task_definitions.iter().find(by_revision) {
            return Some((found, true));
        }
        let (family, revision) = wanted
            .split_once(':')
            .map_or((wanted, None), |(family, revision)| (family, Some(revision)));
        let mut of_family = self.task_definitions.iter().filter(|found| {
            found.value.family.as_deref() == Some(family)
                && (revision.is_none() || (found.value.task_definition_arn.is_none() && found.value.revision.is_none()))
        });
        let first = of_family.next()?;
        if of_family.next().is_some() { None } else { Some((first, false)) }
    }

    /// What ECS says that it did not find, by the ARN or the name in it.
    #[must_use]
    pub fn missing(&self, operation: Operation, arn: &str) -> Option<&Found<EcsFailure>> {
        self.failures.iter().find(|found| {
            found.value.operation == operation
                && found.value.failure.reason.as_deref() == Some("MISSING")
                && found.value.failure.arn.as_ref().is_some_and(|missing| missing.as_str() == arn)
        })
    }

    /// The service of a task, by `group` and cluster.
    #[must_use]
    pub fn service_of(&self, task: &Task) -> Option<&Found<Service>> {
        let name = task.service_name()?;
        self.services.iter().find(|found| {
            let service = &found.value;
            let arn_region = |arn: &Option<ArnText>| {
                arn.as_ref()
                    .and_then(|arn| Some((arn.account()?.to_owned(), arn.region()?.to_owned())))
            };
            service.service_name.as_deref() == Some(name)
                && match (&service.cluster_arn, &task.cluster_arn) {
                    (Some(mine), Some(theirs)) => mine == theirs,
                    _ => arn_region(&service.service_arn) == arn_region(&task.task_arn),
                }
        })
    }

    /// Account settings of that name, as listed.
    pub fn settings<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Found<AccountSetting>> {
        self.account_settings
            .iter()
            .filter(move |found| found.value.name.as_deref() == Some(name))
    }
}
