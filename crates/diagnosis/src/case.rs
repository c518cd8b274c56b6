//! The case: which task, which definition, which network settings, which roles; each with the place that says so.

mod launch;
mod select;
mod settings;
mod text;
mod trail;

use crate::model::{CaseSummary, Held};
use crate::symptom::Symptom;
use snapshot::ecs::definition::TaskDefinition;
use snapshot::ecs::service::{NetworkSettings, Service};
use snapshot::ecs::task::{LaunchType, Task, TaskInterface};
use snapshot::ids::{ArnText, NetworkInterfaceId};
use snapshot::{Citation, Found, Snapshot, Time};

pub use launch::{Family, Platform};
pub use text::ErrorText;
pub(crate) use text::question as error_question;
pub use trail::Trail;

/// What the person chose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The task to diagnose, by ARN or id; none: the latest that failed to start.
    pub task: Option<String>,
    /// The present time; none: what is only possible for a while is not offered.
    pub now: Option<Time>,
}

/// Everything that is judged, put together from the pasted outputs.
#[derive(Clone, Debug)]
pub struct Case<'a> {
    /// All typed state.
    pub snapshot: &'a Snapshot,
    /// The task, where one was pasted.
    pub task: Option<&'a Found<Task>>,
    /// The revision that ran (or is to run).
    pub definition: Option<&'a Found<TaskDefinition>>,
    /// A pasted definition of the same family that is not the revision that ran.
    pub other_revision: Option<&'a Found<TaskDefinition>>,
    /// The service that the task belongs to.
    pub service: Option<&'a Found<Service>>,
    /// The network settings that the task was started with.
    pub settings: Option<NetworkSettings>,
    /// The interface that ECS attached to the task.
    pub interface: Option<TaskInterface>,
    /// Where it runs.
    pub launch: Option<LaunchType>,
    /// Its platform family and version.
    pub platform: Platform,
    /// The Region.
    pub region: Option<String>,
    /// The account.
    pub account: Option<String>,
    /// The partition; `aws` where nothing names one.
    pub partition: String,
    /// The task execution role in force.
    pub execution_role: Held<ArnText>,
    /// The task role in force.
    pub task_role: Held<ArnText>,
    /// The error text and where it stands.
    pub error: Option<ErrorText>,
    /// What the error text says.
    pub symptom: Option<Symptom>,
    /// Other failed tasks of the paste by error text.
    pub others: Vec<(Option<String>, Vec<String>)>,
    /// What else the paste says of which task it is about.
    pub trail: Trail,
    /// `describe-tasks` answered that the task is not there (any more).
    pub expired: Option<Citation>,
    /// The state is one that a remedy led to: what the error names may be gone from it, and is then no fault of it.
    pub repaired: bool,
}

impl<'a> Case<'a> {
    /// Puts the case together. `texts` are the pieces of prose between the outputs.
    #[must_use]
    pub fn build(snapshot: &'a Snapshot, texts: &[(String, Citation)], options: &Options) -> Self {
        let task = select::task(snapshot, options);
        let service = select::service(snapshot, task);
        let (definition, other_revision) = select::definition(snapshot, task, service);
        let error = text::choose(snapshot, task, service, texts);
        let symptom = error.as_ref().map(|error| crate::symptom::parse(&error.text));
        let settings = settings::in_force(snapshot, task, service);
        let launch = launch::of(snapshot, task, service, definition);
        let platform = launch::platform(task, service, definition, launch.as_ref());
        let mut trail = trail::of(snapshot, texts, task, service, symptom.as_ref());
        let (partition, region, account) = select::whereabouts(snapshot, task, definition, service, symptom.as_ref(), &trail);
        trail.region = region.clone().or(trail.region);
        let definition_role = |pick: fn(&TaskDefinition) -> Option<&ArnText>| match definition {
            Some(definition) => pick(&definition.value).map_or(Held::Absent, |role| Held::Known(role.clone())),
            None => Held::Unknown,
        };
        let override_role = |pick: fn(&Task) -> Option<&ArnText>| task.and_then(|task| pick(&task.value)).cloned();
        let execution_role = override_role(|task| task.overrides.execution_role_arn.as_ref())
            .map_or_else(|| definition_role(|definition| definition.execution_role_arn.as_ref()), Held::Known);
        let task_role = override_role(|task| task.overrides.task_role_arn.as_ref())
            .map_or_else(|| definition_role(|definition| definition.task_role_arn.as_ref()), Held::Known);
        Self {
            snapshot,
            task,
            definition,
            other_revision,
            service,
            settings,
            interface: task.and_then(|task| task.value.interface()),
            launch,
            platform,
            region,
            account,
            partition: partition.unwrap_or_else(|| "aws".to_owned()),
            execution_role,
            task_role,
            error,
            symptom,
            others: select::others(snapshot, task),
            trail,
            expired: select::expired(snapshot, task),
            repaired: false,
        }
    }

    /// Whether the task's containers run.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.task.is_some_and(|task| {
            matches!(task.value.last_status.as_deref(), Some("RUNNING" | "ACTIVATING")) && task.value.stopped_at.is_none()
        })
    }

    /// Whether there is anything to judge but an error text.
    #[must_use]
    pub fn has_configuration(&self) -> bool {
        self.task.is_some() || self.definition.is_some() || self.service.is_some()
    }

    /// The head of the report.
    #[must_use]
    pub fn summary(&self) -> CaseSummary {
        let text = |value: Option<&str>| value.map(str::to_owned).into();
        let interface = self.interface.as_ref();
        let described = interface
            .and_then(|interface| interface.interface.as_ref())
            .and_then(|id: &NetworkInterfaceId| self.snapshot.ec2.network_interfaces.get(id));
        let subnet = interface.and_then(|interface| interface.subnet.clone()).or_else(|| {
            self.settings.as_ref().and_then(|settings| {
                if let [one] = settings.subnets.as_slice() {
                    Some(one.clone())
                } else {
                    None
                }
            })
        });
        let vpc = subnet
            .as_ref()
            .and_then(|subnet| self.snapshot.ec2.subnets.get(subnet))
            .and_then(|subnet| subnet.value.vpc_id.as_ref().map(|vpc| vpc.0.clone()));
        let groups = described
            .and_then(|eni| eni.value.groups.as_ref())
            .map(|groups| {
                groups
                    .iter()
                    .filter_map(|group| group.group_id.as_ref())
                    .map(|group| group.0.clone())
                    .collect::<Vec<_>>()
            })
            .or_else(|| {
                self.settings
                    .as_ref()
                    .map(|settings| settings.security_groups.iter().map(|group| group.0.clone()).collect())
            });
        let public = match described {
            Some(eni) => eni
                .value
                .association
                .as_ref()
                .and_then(|association| association.public_ip)
                .map_or(Held::Absent, |address| Held::Known(address.to_string())),
            None if self
                .settings
                .as_ref()
                .is_some_and(|settings| settings.assign_public_ip == Some(false)) =>
            {
                Held::Absent
            }
            None => Held::Unknown,
        };
        CaseSummary {
            arn: text(self.task.and_then(|task| task.value.task_arn.as_ref()).map(ArnText::as_str)),
            account: self.account.clone().into(),
            region: self.region.clone().into(),
            partition: self.region.as_ref().map(|_| self.partition.clone()).into(),
            launch_type: self.launch.as_ref().map(|launch| launch_word(launch).to_owned()).into(),
            platform_version: self.platform.version.clone().into(),
            subnet: subnet.map(|subnet| subnet.0).into(),
            interface: interface
                .and_then(|interface| interface.interface.as_ref())
                .map(|id| id.0.clone())
                .into(),
            private_ip: interface.and_then(|interface| interface.private_ip).map(|ip| ip.to_string()).into(),
            public_ip: public,
            security_groups: groups.into(),
            vpc: vpc.into(),
            execution_role: held_text(&self.execution_role),
            task_definition: text(
                self.task
                    .and_then(|task| task.value.task_definition_arn.as_ref())
                    .or_else(|| self.definition.and_then(|definition| definition.value.task_definition_arn.as_ref()))
                    .map(ArnText::as_str),
            ),
        }
    }
}

/// The API's word for a launch type.
fn launch_word(launch: &LaunchType) -> &str {
    match launch {
        LaunchType::Fargate => "FARGATE",
        LaunchType::Ec2 => "EC2",
        LaunchType::External => "EXTERNAL",
        LaunchType::ManagedInstances => "MANAGED_INSTANCES",
        LaunchType::Other(word) => word,
    }
}

fn held_text(held: &Held<ArnText>) -> Held<String> {
    match held {
        Held::Known(arn) => Held::Known(arn.0.clone()),
        Held::Absent => Held::Absent,
        Held::Unknown => Held::Unknown,
    }
}
