//! The error text: from the task, its containers, the service's events, or a line of the customer's e-mail.

use crate::symptom::naming::{names_text, same_image};
use crate::symptom::{self, Cause, Stage, Symptom};
use snapshot::ecs::definition::ContainerDefinition;
use snapshot::ecs::service::Service;
use snapshot::ecs::task::Task;
use snapshot::order::Order as _;
use snapshot::{Citation, Found, GivenAnswer, Question, QuestionKind, Snapshot};

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
    let pasted = texts.iter().flat_map(|(text, at)| {
        symptom::find(text).into_iter().filter_map(|range| {
            Some(ErrorText {
                text: text.get(range)?.to_owned(),
                at: at.clone(),
            })
        })
    });
    if let Some(own) = most_telling(task.map(of_task).unwrap_or_default()) {
        let answer = task.and_then(|task| snapshot.answer(&question(task)?)).map(answered);
        let whole = answer.or_else(|| whole(snapshot, &own.text, pasted));
        return match whole.filter(|_| ends_early(&own.text)) {
            Some(whole) => most_telling(vec![own, whole]),
            None => Some(own),
        };
    }
    let given = snapshot
        .answers
        .iter()
        .filter(|answer| answer.question == QuestionKind::ErrorText.slug());
    if let Some(best) = most_telling(given.map(answered).chain(pasted).collect()) {
        return Some(best);
    }
    // A running or starting task of the same service says nothing of an older event.
    if task.is_some() {
        return None;
    }
    most_telling(service.map(of_service).unwrap_or_default())
}

/// What the whole error of a task is.
pub(crate) fn question(task: &Found<Task>) -> Option<Question> {
    let arn = task.value.task_arn.as_ref()?.as_str();
    Some(Question {
        kind: QuestionKind::ErrorText,
        subject: arn.rsplit('/').next().unwrap_or(arn).to_owned(),
    })
}

/// Whether a task's error stops before it says what happened.
fn ends_early(text: &str) -> bool {
    let said = symptom::parse(text);
    said.cut && said.cause == Cause::Unknown
}

fn answered(answer: &GivenAnswer) -> ErrorText {
    ErrorText {
        text: answer.value.clone(),
        at: answer.at.clone(),
    }
}

/// The one text of those that is the task's own and what follows it; a mail may quote another task's error as well.
fn whole(snapshot: &Snapshot, own: &str, pasted: impl Iterator<Item = ErrorText>) -> Option<ErrorText> {
    let said = symptom::parse(own);
    let told = said.text.trim_end().trim_end_matches(['.', '…']).trim_end();
    // The beginning that all errors have in common tells no one from another.
    said.service?;
    let mut found: Option<(String, ErrorText)> = None;
    for other in pasted {
        let whole = symptom::parse(&other.text);
        if !whole.text.starts_with(told) || !is_of_the_task(snapshot, told, &whole) {
            continue;
        }
        match &found {
            // Two different ends: which is this task's, nobody can tell.
            Some((text, _)) if *text != whole.text => return None,
            Some(_) => {}
            None => found = Some((whole.text, other)),
        }
    }
    found.map(|(_, text)| text)
}

/// Whether a task definition refers to whatever the longer text names beyond the shorter one.
fn is_of_the_task(snapshot: &Snapshot, short: &str, long: &Symptom) -> bool {
    let quoted = &long.quoted;
    let containers = || {
        let definitions = snapshot.ecs.task_definitions.iter();
        definitions.flat_map(|found| &found.value.container_definitions)
    };
    let new = |name: &&String| !short.contains(name.as_str());
    let mut images = quoted.image.iter().filter(new);
    let mut groups = quoted.log_group.iter().filter(new);
    let mut names = quoted.arn.iter().chain(&quoted.parameter).filter(new);
    images.all(|name| containers().any(|container| container.image.as_deref().is_some_and(|own| same_image(name, own))))
        && groups.all(|name| containers().any(|container| log_group(container) == Some(name)))
        && names.all(|name| containers().any(|container| references(container).any(|text| names_text(name, text))))
}

fn log_group(container: &ContainerDefinition) -> Option<&str> {
    let log = container.log_configuration.as_ref()?;
    Some(log.options.get("awslogs-group")?.as_str())
}

/// What a container refers to by name or ARN, besides its image and its log group.
fn references(container: &ContainerDefinition) -> impl Iterator<Item = &str> {
    let options = container.log_configuration.iter().flat_map(|log| &log.secret_options);
    let credentials = container.repository_credentials.iter();
    let files = container.environment_files.iter();
    container
        .secrets
        .iter()
        .chain(options)
        .filter_map(|secret| secret.value_from.as_deref())
        .chain(credentials.filter_map(|credentials| credentials.credentials_parameter.as_deref()))
        .chain(files.filter_map(|file| file.value.as_deref()))
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
