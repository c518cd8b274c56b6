//! What a paste says of which task it is about besides the task's own output: ARNs in prose and in errors of the AWS CLI, the command that
//! asked for the task, the service's events.

use crate::symptom::Symptom;
use references::EcrHost;
use snapshot::ecs::service::Service;
use snapshot::ecs::task::Task;
use snapshot::ids::ArnText;
use snapshot::order::Order as _;
use snapshot::{Call, Citation, Found, Operation, Snapshot};
use std::collections::BTreeSet;

/// Where to look for the task; what is not known, or told in two ways, is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trail {
    /// The ARN of the task, or of another of the same Region and account.
    pub arn: Option<ArnText>,
    /// The cluster's name.
    pub cluster: Option<String>,
    /// The id of a task that was not answered to be missing.
    pub task: Option<String>,
    /// The service's name.
    pub service: Option<String>,
    /// The Region to ask in: of the ARN, of the command, else of the registry that the error names (a task may pull from another).
    pub region: Option<String>,
}

impl Trail {
    /// `describe-services` of the task's service, with placeholders for what is not known.
    pub(crate) fn services(&self) -> Call {
        Call::new(Operation::EcsDescribeServices)
            .option("cluster", self.cluster())
            .option("services", self.service.as_deref().unwrap_or("SERVICE"))
            .in_region(self.region.as_deref())
    }

    /// `describe-tasks` of the task, with placeholders for what is not known.
    pub(crate) fn tasks(&self) -> Call {
        Call::new(Operation::EcsDescribeTasks)
            .option("cluster", self.cluster())
            .option("tasks", self.task.as_deref().unwrap_or("TASK"))
            .in_region(self.region.as_deref())
    }

    fn cluster(&self) -> &str {
        self.cluster.as_deref().unwrap_or("CLUSTER")
    }
}

/// The nearest to the task says most: its own output, its service's, ARNs, commands, events, the error's names.
pub(super) fn of(
    snapshot: &Snapshot,
    texts: &[(String, Citation)],
    task: Option<&Found<Task>>,
    service: Option<&Found<Service>>,
    symptom: Option<&Symptom>,
) -> Trail {
    let ecs = &snapshot.ecs;
    let answered = ecs
        .failures
        .iter()
        .filter(|found| found.value.operation == Operation::EcsDescribeTasks);
    let missing: Vec<ArnText> = answered.filter_map(|found| found.value.failure.arn.clone()).collect();
    let gone: BTreeSet<&str> = missing.iter().map(|arn| last(arn.as_str())).collect();
    let written: Vec<&str> = texts
        .iter()
        .map(|(text, _)| text.as_str())
        .chain(snapshot.failures.iter().map(|failure| failure.message.as_str()))
        .collect();
    let asked = |name: &'static str| ecs.asked.iter().filter_map(move |call| call.options.get(name)).flatten();
    let own = task.and_then(|task| task.value.task_arn.clone());
    let mut arns: Vec<ArnText> = own.into_iter().collect();
    if arns.is_empty() {
        arns.extend(written.iter().flat_map(|text| task_arns(text)));
        arns.extend(ecs.listed_tasks.iter().map(|found| found.value.clone()));
        let words = asked("tasks").chain(asked("task"));
        arns.extend(
            words
                .flat_map(|word| task_arns(word))
                .filter(|arn| !gone.contains(last(arn.as_str()))),
        );
    }
    // What was asked may have been of another Region than the task's: it tells where to ask again, not where the task is.
    let arn = agreed(&arns);
    if arns.is_empty() {
        arns = missing.clone();
    }
    let events: Vec<(Option<String>, String)> = service.map_or_else(
        || written.iter().filter_map(|text| event(text)).collect(),
        |service| newest(service).into_iter().collect(),
    );
    let regions = arns.iter().filter_map(ArnText::region).map(str::to_owned);
    let one = |values: &mut dyn Iterator<Item = String>| only(values);
    let known = |id: &String| is_task_id(id) && !gone.contains(id.as_str());
    Trail {
        cluster: one(&mut arns.iter().filter_map(cluster_of))
            .or_else(|| {
                service
                    .and_then(|service| service.value.cluster_arn.as_ref())
                    .map(|arn| last(arn.as_str()).to_owned())
            })
            .or_else(|| {
                one(&mut asked("cluster")
                    .chain(ecs.launches.iter().filter_map(|launch| launch.cluster.as_ref()))
                    .map(|name| last(name).to_owned()))
            }),
        task: one(&mut arns.iter().map(|arn| last(arn.as_str()).to_owned()).filter(known))
            .or_else(|| one(&mut asked("tasks").chain(asked("task")).map(|name| last(name).to_owned()).filter(known)))
            .or_else(|| events.iter().map(|(_, id)| id.clone()).find(known))
            .or_else(|| symptom.and_then(session).filter(known)),
        service: task
            .and_then(|task| task.value.service_name())
            .map(str::to_owned)
            .or_else(|| one(&mut events.iter().filter_map(|(service, _)| service.clone())))
            .or_else(|| one(&mut asked("services").map(|name| last(name).to_owned()))),
        region: one(&mut regions.into_iter())
            .or_else(|| one(&mut ecs.asked.iter().filter_map(|call| call.region.clone())))
            .or_else(|| symptom.and_then(registry_region)),
        arn,
    }
}

/// An ARN for the Region and account that all have.
fn agreed(arns: &[ArnText]) -> Option<ArnText> {
    let first = arns.first()?;
    let same = arns
        .iter()
        .all(|arn| arn.region() == first.region() && arn.account() == first.account());
    same.then(|| first.clone())
}

/// The value, where there is one and no other.
fn only(values: &mut dyn Iterator<Item = String>) -> Option<String> {
    let first = values.next()?;
    for value in values {
        if value != first {
            return None;
        }
    }
    Some(first)
}

/// The name or id that an ARN ends with.
fn last(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// A task's id: 32 hexadecimal digits, or a UUID in the short ARNs (Amazon ECS Developer Guide, "ARN and resource ID formats").
fn is_task_id(word: &str) -> bool {
    let digits = word.bytes().filter(|byte| *byte != b'-').count();
    digits == 32 && word.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

/// The cluster in a task's ARN: `task/cluster/id`; the short form has none.
fn cluster_of(arn: &ArnText) -> Option<String> {
    let mut parts = arn.resource()?.strip_prefix("task/")?.split('/');
    let cluster = parts.next()?;
    parts.next().map(|_| cluster.to_owned())
}

/// ARNs of tasks in a text.
fn task_arns(text: &str) -> Vec<ArnText> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || "-_:/".contains(c)))
        .filter(|word| word.starts_with("arn:") && word.contains(":ecs:"))
        .map(|word| ArnText::from(word.trim_end_matches([':', '/', '-'])))
        .filter(|arn| arn.resource().is_some_and(|resource| resource.starts_with("task/")) && is_task_id(last(arn.as_str())))
        .collect()
}

/// The newest event of a service that tells of a task which failed to start.
fn newest(service: &Found<Service>) -> Option<(Option<String>, String)> {
    let mut events: Vec<_> = service.value.events.iter().collect();
    events.in_order_by_key(|event| std::cmp::Reverse(event.created_at));
    events.into_iter().find_map(|event| self::event(event.message.as_deref()?))
}

/// `(service app) (task 0f3a…) failed to start` of a service's events: service and task.
fn event(text: &str) -> Option<(Option<String>, String)> {
    let (before, after) = text
        .split_once(") failed to start")?
        .0
        .rsplit_once("(task ")
        .map(|(before, id)| (before, id.trim()))?;
    let service = before.rsplit_once("(service ").and_then(|(_, rest)| rest.split(')').next());
    Some((
        service.map(|name| name.trim_end_matches(',').trim().to_owned()),
        last(after).to_owned(),
    ))
}

/// The session of the role that an error quotes is named after the task (Amazon ECS Developer Guide, task IAM roles).
fn session(symptom: &Symptom) -> Option<String> {
    symptom.quoted.principal.as_deref().map(|principal| last(principal).to_owned())
}

/// The Region of the registry whose image an error names.
fn registry_region(symptom: &Symptom) -> Option<String> {
    let host = symptom.quoted.image.as_deref()?.split('/').next()?;
    let host = EcrHost::parse(host).filter(|host| !host.is_redacted())?;
    Some(host.region.to_string())
}
