//! Failures that are none of ours, told by their own words, so that a finding can say what they are and where to look.

use super::clean::Clean;
use super::squeezed::Squeezed;
use super::tokens::number;

macro_rules! failures {
    ($($(#[$doc:meta])* $variant:ident = $word:literal,)+) => {
        /// What happened, where it is not a matter of fetching images, secrets, credentials, logs or configuration.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum OtherFailure { $($(#[$doc])* $variant,)+ }

        impl OtherFailure {
            /// A stable word for it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }
    };
}

failures! {
    /// A container used more memory than it may ("OutOfMemoryError: Container killed due to memory usage").
    OutOfMemory = "out_of_memory",
    /// A container that the task cannot be without has exited.
    ContainerExited = "container_exited",
    /// A container that another one waits for has exited, or did not become what it waits for.
    DependencyFailed = "dependency_failed",
    /// The container's own health check failed.
    ContainerHealthCheck = "container_health_check",
    /// A load balancer's health check failed.
    LoadBalancerHealthCheck = "load_balancer_health_check",
    /// No container instance meets what the task asks for.
    Placement = "placement",
    /// No capacity at this time, in this Availability Zone.
    Capacity = "capacity",
    /// A quota of the account.
    AccountLimit = "account_limit",
    /// The account is blocked.
    AccountBlocked = "account_blocked",
    /// An instance of ECS Managed Instances could not be launched.
    InstanceLaunch = "instance_launch",
    /// The network interface was not ready in time, or not made.
    NetworkInterface = "network_interface",
    /// The subnet has no free address.
    SubnetFull = "subnet_full",
    /// The task's storage was not ready in time.
    StorageProvisioning = "storage_provisioning",
    /// An Amazon EFS file system could not be mounted.
    EfsMount = "efs_mount",
    /// Another volume could not be made or attached.
    Volume = "volume",
    /// A Spot instance or Fargate Spot capacity was taken back.
    SpotInterruption = "spot_interruption",
    /// The service's scheduler, or a deployment, replaced the task.
    Scaling = "scaling",
    /// A deployment was rolled back.
    Rollback = "rollback",
    /// A deployment's circuit breaker counted failed tasks; the tasks themselves say why.
    DeploymentFailed = "deployment_failed",
    /// Someone stopped the task.
    StoppedByUser = "stopped_by_user",
    /// The host went away.
    HostTerminated = "host_terminated",
    /// The container runtime could not run the container's command.
    ContainerStart = "container_start",
    /// The container could not be created.
    ContainerCreate = "container_create",
    /// The container engine did not answer in time.
    EngineTimeout = "engine_timeout",
    /// The container agent or the runtime did not say how the container is.
    AgentStatus = "agent_status",
    /// Amazon ECS's own maintenance of the platform.
    TaskRetirement = "task_retirement",
    /// An internal error of Amazon ECS.
    Internal = "internal",
    /// No failure: the service is steady.
    SteadyState = "steady_state",
    /// The event says only that tasks do not stay up.
    NoReason = "no_reason",
}

/// Words of each, squeezed; the more exact ones first.
const WORDS: [(OtherFailure, &[&str]); 29] = [
    (
        OtherFailure::OutOfMemory,
        &["outofmemoryerror", "killedduetomemoryusage", "oomkilled"],
    ),
    (
        OtherFailure::SpotInterruption,
        &[
            "spottaskwasinterrupted",
            "spotinterruption",
            "hostec2spot",
            "spotinstanceinterruption",
        ],
    ),
    (OtherFailure::SubnetFull, &["insufficientfreeaddressesinsubnet"]),
    (OtherFailure::StorageProvisioning, &["ephemeralstorageprovision"]),
    (OtherFailure::EfsMount, &["efsutilscommand", "tosetupefsvolumes", "mount.nfs4"]),
    (
        OtherFailure::Volume,
        &[
            "cannotcreatevolumeerror",
            "fsxwindowsfileserver",
            "volumeattachment",
            "ebsvolume",
            "failedtomountvolume",
        ],
    ),
    (
        OtherFailure::NetworkInterface,
        &[
            "networkinterfaceprovision",
            "unexpectedec2errorwhileattemptingto",
            "failedtoconfigureeni",
            "resource:eni",
            "attachnetworkinterface",
        ],
    ),
    (OtherFailure::InstanceLaunch, &["unabletolaunchinstance"]),
    (
        OtherFailure::LoadBalancerHealthCheck,
        &[
            "failedelbhealthchecks",
            "isunhealthyintarget-group",
            "failedhealthcheckforelb",
            "elbhealthchecks",
            "isunhealthyin(target",
        ],
    ),
    (
        OtherFailure::ContainerHealthCheck,
        &["failedcontainerhealthchecks", "containerhealthchecks"],
    ),
    (
        OtherFailure::AccountBlocked,
        &["accountiscurrentlyblocked", "accounthasbeenblocked"],
    ),
    (
        OtherFailure::AccountLimit,
        &[
            "youvereachedthelimit",
            "limitonthenumberof",
            "servicequota",
            "maxspotinstancecountexceeded",
        ],
    ),
    (
        OtherFailure::Placement,
        &[
            "nocontainerinstancemetallofitsrequirements",
            "nocontainerinstanceswerefound",
            "closestmatching",
            "placementconstraint",
            "missingattribute",
        ],
    ),
    (
        OtherFailure::Capacity,
        &[
            "capacityisunavailable",
            "nocapacity",
            "insufficientcapacity",
            "insufficientinstancecapacity",
            "resource:cpu",
            "resource:memory",
            "resource:port",
            "resource:gpu",
            "insufficientcpu",
            "insufficientmemory",
        ],
    ),
    (
        OtherFailure::HostTerminated,
        &[
            "hostec2(instance",
            "hostec2instance",
            "instanceterminated",
            "containerinstancewasderegistered",
        ],
    ),
    (OtherFailure::Scaling, &["scalingactivityinitiatedby", "servicescheduler"]),
    (OtherFailure::Rollback, &["rollingbacktodeployment", "rolledbackto"]),
    (OtherFailure::DeploymentFailed, &["deploymentfailed:", "deploymentcircuitbreaker"]),
    (
        OtherFailure::StoppedByUser,
        &["taskstoppedbyuser", "stoppedbyuser", "userinitiated"],
    ),
    (
        OtherFailure::TaskRetirement,
        &["taskretirement", "ecsisperformingmaintenance", "underlyinginfrastructure"],
    ),
    (
        OtherFailure::DependencyFailed,
        &["dependentcontainer", "dependencycontainer", "successcondition"],
    ),
    (
        OtherFailure::EngineTimeout,
        &["dockertimeouterror", "couldnottransitionto", "containerruntimetimeouterror"],
    ),
    (
        OtherFailure::AgentStatus,
        &[
            "failedtogetcontainerstatus",
            "cannotinspectcontainererror",
            "cannotdescribecontainererror",
            "agentwasunabletocommunicate",
        ],
    ),
    (OtherFailure::ContainerCreate, &["cannotcreatecontainererror"]),
    (
        OtherFailure::ContainerStart,
        &[
            "cannotstartcontainererror",
            "ociruntimecreatefailed",
            "failedtocreateshim",
            "containerruntimetask",
            "containerruntimeerror",
        ],
    ),
    (
        OtherFailure::ContainerExited,
        &["essentialcontainer", "exitedwithcode", "exitedwithnon-zero"],
    ),
    (OtherFailure::Internal, &["internalerror"]),
    (OtherFailure::SteadyState, &["reachedasteadystate"]),
    (OtherFailure::NoReason, &["unabletoconsistentlystarttasks", "tasksfailedtostart"]),
];

/// The failure that the words name, if one of these.
pub(super) fn failure(squeezed: &Squeezed) -> Option<OtherFailure> {
    WORDS.iter().find(|(_, words)| squeezed.any(words)).map(|(failure, _)| *failure)
}

/// The exit code of a container, where the text gives it.
pub(super) fn exit_code(clean: &Clean, squeezed: &Squeezed) -> Option<i32> {
    ["exitcode:", "exitcode", "exitedwithcode:", "exitedwithcode"]
        .iter()
        .find_map(|words| {
            let (code, _) = number(clean, squeezed.end_of(words)?)?;
            i32::try_from(code).ok()
        })
}
