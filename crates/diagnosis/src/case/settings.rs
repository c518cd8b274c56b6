//! The network settings that the task was started with: from what started it, never from what the service says now.

use snapshot::ecs::service::{NetworkSettings, Service};
use snapshot::ecs::task::Task;
use snapshot::{Found, Snapshot};

/// The settings of the deployment or task set that started the task; of the run-task command; for a task not yet launched the service's own.
pub(super) fn in_force(snapshot: &Snapshot, task: Option<&Found<Task>>, service: Option<&Found<Service>>) -> Option<NetworkSettings> {
    let Some(task) = task else {
        return service.and_then(Found::<Service>::network).or_else(|| only(commanded(snapshot)));
    };
    if let Some(started_by) = task.value.started_by.as_deref()
        && let Some(settings) = service.and_then(|service| service.network_of(started_by))
    {
        return Some(settings);
    }
    if let Some(service) = service {
        // The deployment is not listed any more (or the task does not name it): only settings that all deployments share are those of the task.
        let mut all: Vec<NetworkSettings> = service.network().into_iter().collect();
        for deployment in &service.value.deployments {
            all.extend(deployment.id.as_deref().and_then(|id| service.network_of(id)));
        }
        return if task.value.started_by.is_none() { only(all) } else { None };
    }
    only(commanded(snapshot))
}

/// What run-task, create-service or update-service command lines say.
fn commanded(snapshot: &Snapshot) -> Vec<NetworkSettings> {
    snapshot.ecs.launches.iter().filter_map(|launch| launch.network.clone()).collect()
}

/// The settings, where all agree.
fn only(all: Vec<NetworkSettings>) -> Option<NetworkSettings> {
    let mut all = all.into_iter();
    let first = all.next()?;
    all.all(|other| {
        (&other.subnets, &other.security_groups, other.assign_public_ip) == (&first.subnets, &first.security_groups, first.assign_public_ip)
    })
    .then_some(first)
}
