//! Where the task runs: launch type, platform family and version.

use snapshot::ecs::definition::TaskDefinition;
use snapshot::ecs::service::Service;
use snapshot::ecs::task::{LaunchType, Task};
use snapshot::{Found, Snapshot};

/// Operating system family; platform versions compare only within one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// Linux: platform versions 1.0.0 to 1.4.0.
    #[default]
    Linux,
    /// Windows: platform version 1.0.0, which behaves as Linux 1.4.0 (Amazon ECS Developer Guide, Fargate platform versions).
    Windows,
}

/// The Fargate platform.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Platform {
    /// Its family.
    pub family: Family,
    /// The resolved version; `LATEST` is resolved for a task not yet launched. `None` where not known or not on Fargate.
    pub version: Option<String>,
}

impl Platform {
    /// Whether ECR login and secrets are fetched by an interface that Fargate owns, outside the customer's VPC: Linux up to 1.3.0.
    #[must_use]
    pub fn fetches_outside_vpc(&self) -> bool {
        self.family == Family::Linux
            && self
                .version
                .as_deref()
                .is_some_and(|version| matches!(version.trim(), "1.0.0" | "1.1.0" | "1.2.0" | "1.3.0"))
    }
}

/// The launch type, from the task, else its service, else the only one that the definition was registered for.
pub(super) fn of(
    _snapshot: &Snapshot,
    task: Option<&Found<Task>>,
    service: Option<&Found<Service>>,
    definition: Option<&Found<TaskDefinition>>,
) -> Option<LaunchType> {
    if let Some((launch, _)) = task.and_then(|task| task.value.launch()) {
        return Some(launch);
    }
    if let Some(service) = service {
        if let Some(word) = service.value.launch_type.as_deref().filter(|word| !word.is_empty()) {
            return Some(LaunchType::parse(word));
        }
        let mut providers = service
            .value
            .capacity_provider_strategy
            .iter()
            .filter_map(|item| item.capacity_provider.as_deref())
            .peekable();
        if providers.peek().is_some() && providers.all(|provider| matches!(provider, "FARGATE" | "FARGATE_SPOT")) {
            return Some(LaunchType::Fargate);
        }
    }
    match definition?.value.requires_compatibilities.as_slice() {
        [one] => Some(LaunchType::parse(one)),
        _ => None,
    }
}

/// Family and version; for a task not yet launched `LATEST` is what its family resolves to (1.4.0, Windows 1.0.0).
pub(super) fn platform(
    task: Option<&Found<Task>>,
    service: Option<&Found<Service>>,
    definition: Option<&Found<TaskDefinition>>,
    launch: Option<&LaunchType>,
) -> Platform {
    let named = task
        .and_then(|task| task.value.platform_family.clone())
        .or_else(|| service.and_then(|service| service.value.platform_family.clone()))
        .or_else(|| definition.and_then(|definition| definition.value.runtime_platform.as_ref()?.operating_system_family.clone()));
    let family = if named.is_some_and(|name| name.to_ascii_uppercase().starts_with("WINDOWS")) {
        Family::Windows
    } else {
        Family::Linux
    };
    if launch != Some(&LaunchType::Fargate) {
        return Platform { family, version: None };
    }
    let latest = || if family == Family::Windows { "1.0.0" } else { "1.4.0" }.to_owned();
    let version = match task {
        Some(task) => task.value.platform_version.clone().filter(|version| !version.is_empty()),
        None => match service.and_then(|service| service.value.platform_version.clone()) {
            Some(version) if version != "LATEST" && !version.is_empty() => Some(version),
            _ => Some(latest()),
        },
    };
    Platform {
        family,
        version: version.map(|version| if version == "LATEST" { latest() } else { version }),
    }
}
