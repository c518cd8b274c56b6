//! The error text: from the task, its containers, the service's events, or a line of the customer's e-mail.

use crate::symptom::{self, Cause, Stage};
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
        let whole = written.into_iter().filter(|other| goes_on(&own.text, &other.text));
        return most_telling(std::iter::once(own.clone()).chain(whole).collect());
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

/// Whether the longer text is the shorter one, which ends in the middle, and what follows.
fn goes_on(short: &str, long: &str) -> bool {
    let told = short.trim_end().trim_end_matches(['.', '…']).trim_end();
    symptom::parse(short).cut && long.trim_start().starts_with(told)
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
