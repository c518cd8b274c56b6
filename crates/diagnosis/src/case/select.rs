//! Which of the pasted tasks, definitions and services the case is about.

use super::{Options, Trail};
use crate::symptom::{self, Stage, Symptom};
use snapshot::ecs::definition::TaskDefinition;
use snapshot::ecs::service::Service;
use snapshot::ecs::task::Task;
use snapshot::ids::ArnText;
use snapshot::order::Order as _;
use snapshot::{Citation, Found, Snapshot};
use std::collections::BTreeMap;

/// The task asked for; else the latest that failed to start, then one still starting, then any stopped, then any.
pub(super) fn task<'a>(snapshot: &'a Snapshot, options: &Options) -> Option<&'a Found<Task>> {
    if let Some(wanted) = options.task.as_deref() {
        let named = |task: &&Found<Task>| {
            task.value
                .task_arn
                .as_ref()
                .is_some_and(|arn| arn.as_str() == wanted || arn.as_str().rsplit('/').next() == Some(wanted))
        };
        return snapshot.ecs.tasks.iter().find(named);
    }
    snapshot.ecs.tasks.iter().max_by_key(|task| {
        let value = &task.value;
        let rank = if failed_to_start(value) {
            3
        } else if matches!(value.last_status.as_deref(), Some("PROVISIONING" | "PENDING")) {
            2
        } else {
            i32::from(value.last_status.as_deref() == Some("STOPPED"))
        };
        (
            rank,
            value.stopped_at.or(value.stopping_at).or(value.created_at),
            value.task_arn.clone(),
        )
    })
}

/// Whether ECS says so, or a task that never ran has an error text of ours: events lack the code, and where a container could not be made,
/// older agents say only that an essential one is gone.
fn failed_to_start(task: &Task) -> bool {
    match task.stop_code.as_deref() {
        Some("TaskFailedToStart") => true,
        None | Some("EssentialContainerExited") => {
            let reasons = task.containers.iter().filter_map(|container| container.reason.as_deref());
            let texts = task.stopped_reason.as_deref().into_iter().chain(reasons);
            task.started_at.is_none() && texts.into_iter().any(|text| symptom::parse(text).stage != Stage::Other)
        }
        Some(_) => false,
    }
}

/// Other tasks that failed to start, by error text, the most frequent first.
pub(super) fn others(snapshot: &Snapshot, chosen: Option<&Found<Task>>) -> Vec<(Option<String>, Vec<String>)> {
    let mut grouped = BTreeMap::<Option<String>, Vec<String>>::new();
    for task in snapshot
        .ecs
        .tasks
        .iter()
        .filter(|task| chosen.is_none_or(|chosen| chosen.at != task.at))
    {
        if failed_to_start(&task.value)
            && let Some(arn) = &task.value.task_arn
        {
            grouped.entry(task.value.stopped_reason.clone()).or_default().push(arn.0.clone());
        }
    }
    let mut grouped: Vec<_> = grouped.into_iter().collect();
    grouped.in_order_by(|a, b| b.1.len().cmp(&a.1.len()).then_with(|| a.0.cmp(&b.0)));
    grouped
}

/// Where `describe-tasks` answered `MISSING` and no task was pasted.
pub(super) fn expired(snapshot: &Snapshot, task: Option<&Found<Task>>) -> Option<Citation> {
    if task.is_some() {
        return None;
    }
    snapshot
        .ecs
        .failures
        .iter()
        .find(|found| {
            found.value.operation == snapshot::Operation::EcsDescribeTasks && found.value.failure.reason.as_deref() == Some("MISSING")
        })
        .map(|found| found.at.clone())
}

/// The task's service; without a task the only one pasted.
pub(super) fn service<'a>(snapshot: &'a Snapshot, task: Option<&Found<Task>>) -> Option<&'a Found<Service>> {
    let Some(task) = task else {
        return only(snapshot.ecs.services.iter());
    };
    let name = task.value.service_name()?;
    let same_cluster = |service: &Found<Service>| match (&service.value.cluster_arn, &task.value.cluster_arn) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    };
    only(
        snapshot
            .ecs
            .services
            .iter()
            .filter(|service| service.value.service_name.as_deref() == Some(name) && same_cluster(service)),
    )
}

/// The revision that ran, and else one of its family that did not.
pub(super) fn definition<'a>(
    snapshot: &'a Snapshot,
    task: Option<&Found<Task>>,
    service: Option<&Found<Service>>,
) -> (Option<&'a Found<TaskDefinition>>, Option<&'a Found<TaskDefinition>>) {
    let definitions = || snapshot.ecs.task_definitions.iter();
    let wanted = task
        .and_then(|task| task.value.task_definition_arn.as_ref().map(|arn| arn.0.clone()))
        .or_else(|| service.and_then(|service| service.value.task_definition.clone()));
    let Some(wanted) = wanted else {
        return (only(definitions()), None);
    };
    let short = short_name(&wanted);
    let names = |found: &&Found<TaskDefinition>| match &found.value.task_definition_arn {
        Some(arn) => arn.as_str() == wanted || (!wanted.starts_with("arn:") && short_name(arn.as_str()) == short),
        None => found.value.family_and_revision().as_deref() == Some(short),
    };
    if let Some(found) = definitions().find(names) {
        return (Some(found), None);
    }
    let family = short.split(':').next().unwrap_or(short);
    let of_family = |found: &&Found<TaskDefinition>| {
        found.value.family.as_deref() == Some(family)
            || found
                .value
                .task_definition_arn
                .as_ref()
                .is_some_and(|arn| short_name(arn.as_str()).split(':').next() == Some(family))
    };
    // A definition without a revision (the console's JSON before registration) is of its family, nothing says that it ran.
    (None, definitions().find(of_family))
}

fn short_name(name: &str) -> &str {
    name.rsplit_once('/').map_or(name, |(_, short)| short)
}

/// Partition, Region and account, from the ARN that is nearest to the task.
pub(super) fn whereabouts(
    snapshot: &Snapshot,
    task: Option<&Found<Task>>,
    definition: Option<&Found<TaskDefinition>>,
    service: Option<&Found<Service>>,
    symptom: Option<&Symptom>,
    trail: &Trail,
) -> (Option<String>, Option<String>, Option<String>) {
    let arns = task
        .and_then(|task| task.value.task_arn.clone())
        .into_iter()
        .chain(service.and_then(|service| service.value.service_arn.clone()))
        .chain(definition.and_then(|definition| definition.value.task_definition_arn.clone()))
        .chain(trail.arn.clone());
    for arn in arns {
        if let (Some(region), Some(account)) = (arn.region(), arn.account()) {
            return (
                arn.partition().map(str::to_owned),
                Some(region.to_owned()),
                Some(account.to_owned()),
            );
        }
    }
    let quoted = symptom.map(|symptom| &symptom.quoted);
    // A principal of the error text is the task's own role: its account is the task's.
    let principal = quoted.and_then(|quoted| quoted.principal.clone()).map(ArnText);
    let account = principal
        .as_ref()
        .and_then(ArnText::account)
        .map(str::to_owned)
        .or_else(|| only(snapshot.accounts().into_iter()).map(|account| account.0));
    let region = quoted
        .and_then(|quoted| region_of_host(quoted.host.as_deref()?))
        .or_else(|| only(snapshot.regions().into_iter()).map(|region| region.0));
    let partition = region
        .as_deref()
        .and_then(references::Partition::of_region)
        .map(|partition| partition.id().to_owned());
    (partition, region, account)
}

/// The Region in a host of AWS's: the label that has a Region's form.
fn region_of_host(host: &str) -> Option<String> {
    host.split('.')
        .find(|label| references::Partition::of_region(label).is_some())
        .map(str::to_owned)
}

fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next()?;
    items.next().is_none().then_some(first)
}
