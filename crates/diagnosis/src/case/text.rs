//! The error text: from the task, its containers, the service's events, or a line of the customer's e-mail.

use crate::symptom::{self, Cause, Stage};
use snapshot::ecs::definition::ContainerDefinition;
use snapshot::ecs::service::Service;
use snapshot::ecs::task::Task;
use snapshot::order::Order as _;
use snapshot::{Citation, Found, Snapshot};

/// An error text and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorText {
    /// As ECS wrote it.
    pub text: String,
    /// Where.
    pub at: Citation,
}

/// The text that says most, of the nearest place that has one: the task itself, else its service's latest event, else the prose.
/// Where the task's own ends too early, what a person wrote of it goes on.
pub(super) fn choose(
    snapshot: &Snapshot,
    task: Option<&Found<Task>>,
    service: Option<&Found<Service>>,
    texts: &[(String, Citation)],
) -> Option<ErrorText> {
    let answered = snapshot.answers.iter().filter(|answer| answer.question == "error-text");
    let pasted = texts.iter().flat_map(|(text, at)| {
        symptom::find(text).into_iter().filter_map(|range| {
            Some(ErrorText {
                text: text.get(range)?.to_owned(),
                at: at.clone(),
            })
        })
    });
    let written: Vec<ErrorText> = answered
        .map(|answer| ErrorText {
            text: answer.value.clone(),
            at: answer.at.clone(),
        })
        .chain(pasted)
        .collect();
    if let Some(own) = most_telling(task.map(of_task).unwrap_or_default()) {
        let mut whole: Vec<ErrorText> = written
            .into_iter()
            .filter(|other| goes_on(&own.text, &other.text) && is_of_the_task(snapshot, &own.text, &other.text))
            .collect();
        whole.dedup_by(|a, b| symptom::parse(&a.text).text == symptom::parse(&b.text).text);
        // Two different ends: which is this task's, nobody can tell.
        return match <[ErrorText; 1]>::try_from(whole) {
            Ok([one]) => most_telling(vec![own, one]),
            Err(_) => Some(own),
        };
    }
    if let Some(best) = most_telling(written) {
        return Some(best);
    }
    // A running or starting task of the same service says nothing of an older event.
    if task.is_some() {
        return None;
    }
    most_telling(service.map(of_service).unwrap_or_default())
}

/// Whether the longer text is the shorter one, which ends in the middle, and what follows: the shorter one has to say what the error is about,
/// else the longer may be any other task's.
fn goes_on(short: &str, long: &str) -> bool {
    let told = short.trim_end().trim_end_matches(['.', '…']).trim_end();
    let said = symptom::parse(short);
    said.cut && said.service.is_some() && long.trim_start().starts_with(told)
}

/// Whether whatever the longer text names beyond the shorter one stands in the task definition: a mail may quote another task's error.
fn is_of_the_task(snapshot: &Snapshot, short: &str, long: &str) -> bool {
    let quoted = symptom::parse(long).quoted;
    let names = quoted
        .arn
        .iter()
        .chain(&quoted.image)
        .chain(&quoted.parameter)
        .chain(&quoted.log_group);
    let mut new = names.filter(|name| !short.contains(name.as_str()));
    new.all(|name| {
        let definitions = snapshot.ecs.task_definitions.iter();
        let mut containers = definitions.flat_map(|found| &found.value.container_definitions);
        containers.any(|container| refers_to(container, name))
    })
}

fn refers_to(container: &ContainerDefinition, name: &str) -> bool {
    let log = container.log_configuration.iter();
    let secrets = container.secrets.iter().chain(log.clone().flat_map(|log| &log.secret_options));
    let credentials = container.repository_credentials.iter();
    let values = secrets
        .filter_map(|secret| secret.value_from.as_deref())
        .chain(container.image.as_deref())
        .chain(credentials.filter_map(|credentials| credentials.credentials_parameter.as_deref()))
        .chain(container.environment_files.iter().filter_map(|file| file.value.as_deref()))
        .chain(log.flat_map(|log| log.options.values()).map(|option| option.as_str()));
    // A reference adds a JSON key to the ARN that the error names, or leaves the ARN's beginning out.
    values
        .filter(|value| !value.is_empty())
        .any(|value| value.starts_with(name) || value.ends_with(name) || name.ends_with(value))
}

fn of_task(task: &Found<Task>) -> Vec<ErrorText> {
    let own = task.value.stopped_reason.iter().map(|text| ErrorText {
        text: text.clone(),
        at: task.member("stoppedReason"),
    });
    let containers = task.value.containers.iter().enumerate().filter_map(|(index, container)| {
        let at = task.element("containers", index);
        Some(ErrorText {
            text: container.reason.clone()?,
            at: Citation {
                document: at.document,
                pointer: at.pointer.child("reason"),
            },
        })
    });
    own.chain(containers).filter(|error| !error.text.trim().is_empty()).collect()
}

/// Events are listed the newest first.
fn of_service(service: &Found<Service>) -> Vec<ErrorText> {
    let mut events: Vec<_> = service.value.events.iter().enumerate().collect();
    events.in_order_by_key(|(_, event)| std::cmp::Reverse(event.created_at));
    let newest = events.into_iter().find_map(|(index, event)| {
        let message = event.message.as_deref()?;
        let range = symptom::find(message).into_iter().next()?;
        let at = service.element("events", index);
        Some(ErrorText {
            text: message.get(range)?.to_owned(),
            at: Citation {
                document: at.document,
                pointer: at.pointer.child("message"),
            },
        })
    });
    newest.into_iter().collect()
}

/// The text whose cause is told; else whose stage is; else the first.
fn most_telling(texts: Vec<ErrorText>) -> Option<ErrorText> {
    let mut best: Option<(u8, ErrorText)> = None;
    for error in texts {
        let said = symptom::parse(&error.text);
        let rank = u8::from(said.stage != Stage::Other) + 2 * u8::from(said.cause != Cause::Unknown) + u8::from(said.service.is_some());
        if best.as_ref().is_none_or(|(known, _)| rank > *known) {
            best = Some((rank, error));
        }
    }
    best.map(|(_, error)| error)
}
