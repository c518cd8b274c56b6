//! Before and after: a second set of evidence of the same case. What changed, whether the cause is gone, what comes next.
//!
//! The second set is diagnosed alone and laid over the first: what the same call printed again takes the place of what it printed before,
//! all else is taken to be as it was. A cause is only said to be gone, or still there, where the second set itself speaks of it.

mod again;
mod cause;

use crate::case::Options;
use crate::model::{Diagnosis, Finding, Held, Request};
use crate::pipeline::diagnose_part;
use evidence::{Body, Document, Evidence, SourceId};
use snapshot::changes::{self, Change, Repeated};
use snapshot::ecs::task::Task;
use snapshot::{Citation, Found, Snapshot};

/// Whether a cause is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gone {
    /// The second set shows that it is no more.
    Yes,
    /// The second set shows it still.
    No,
    /// The second set does not speak of it.
    Unknown,
}

/// What became of a cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// The finding of the first set.
    pub finding: Finding,
    /// Whether it is gone.
    pub gone: Gone,
    /// What proves it, in the second set; empty where nothing does.
    pub evidence: Vec<Citation>,
}

/// What a second set of evidence tells.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The diagnosis of the first set.
    pub before: Diagnosis,
    /// The diagnosis of the second set, laid over the first.
    pub now: Diagnosis,
    /// What became of each cause that the first set proved.
    pub causes: Vec<Cause>,
    /// What differs.
    pub changes: Vec<Change>,
    /// Where a newer task runs: the citation of its status.
    pub runs: Option<Citation>,
    /// Whether the task's error is another one now; unknown where the second set holds none.
    pub other_error: Option<bool>,
    /// Calls to make again: they proved a cause, and the second set lacks them.
    pub again: Vec<Request>,
    /// Whether the second set holds no output, no error and no answer at all.
    pub empty: bool,
}

/// Compares two sets of evidence of one case; `is_before` tells the sources of the first.
#[must_use]
pub fn compare(evidence: &Evidence, is_before: &dyn Fn(SourceId) -> bool, options: &Options) -> Comparison {
    let first = |document: &Document| is_before(document.source);
    let (before, old) = diagnose_part(evidence, options, &first);
    let any = Options {
        task: None,
        ..options.clone()
    };
    let (after, new) = diagnose_part(evidence, &any, &|document| !first(document));
    let repeated = Repeated::of(evidence, &first);
    let told = after.symptom.is_some();
    let replaced = |document: &Document| {
        let error_of_old = told && (document.body == Body::Text || new.ecs.tasks.iter().next().is_none() && holds_task(&old, document));
        first(document) && (repeated.again(document.id).is_some() || error_of_old)
    };
    let (failed, latest) = (task(&old, &before.case.arn), task(&new, &after.case.arn));
    let later = latest.is_some_and(|latest| failed.is_none_or(|failed| latest.value.created_at >= failed.value.created_at));
    let followed = if later { &after.case.arn } else { &before.case.arn };
    let current = Options {
        task: followed.known().cloned(),
        ..options.clone()
    };
    let (now, _) = diagnose_part(evidence, &current, &|document| !replaced(document));
    let changes = changes::between(evidence, &old, &new, &repeated);
    let runs = running(failed, latest);
    let sight = cause::Sight {
        after: &after,
        now: &now,
        changes: &changes,
        runs: runs.as_ref(),
        // That a task is there says nothing of what stops it.
        is_second: &|at: &Citation| {
            let document = evidence.document(at.document);
            document.is_some_and(|document| !first(document) && !holds_task(&new, document))
        },
    };
    let causes: Vec<Cause> = before
        .findings
        .iter()
        .filter(|finding| finding.is_cause())
        .map(|finding| sight.judge(finding))
        .collect();
    let again = again::Asked {
        evidence,
        region: before.case.region.known().map(String::as_str),
        task: before.case.arn.known().map(String::as_str),
        of_task: &|document| holds_task(&old, document),
        without: &|stale| {
            let kept = |document: &Document| !replaced(document) && document.id != stale;
            diagnose_part(evidence, &current, &kept).0.requests
        },
    };
    let again = again.of(&causes);
    let second = evidence.documents.iter().filter(|document| !first(document));
    let empty = !told
        && second
            .filter(|document| document.body != Body::Text)
            .all(|document| document.operation.is_none());
    let other_error = after.symptom.as_ref().map(|symptom| {
        let told = |symptom: &crate::symptom::Symptom| (symptom.stage, symptom.service, symptom.cause);
        before.symptom.as_ref().map(told) != Some(told(symptom))
    });
    Comparison {
        other_error,
        before,
        now,
        causes,
        changes,
        runs,
        again,
        empty,
    }
}

fn holds_task(snapshot: &Snapshot, document: &Document) -> bool {
    snapshot.ecs.tasks.iter().any(|task| task.at.document == document.id)
}

fn task<'a>(snapshot: &'a Snapshot, arn: &Held<String>) -> Option<&'a Found<Task>> {
    let arn = arn.known()?;
    let named = |found: &&Found<Task>| found.value.task_arn.as_ref().is_some_and(|own| own.as_str() == arn);
    snapshot.ecs.tasks.iter().find(named)
}

/// A task of the second set that runs and was created after the one that failed: one that ran already then proves nothing.
fn running(failed: Option<&Found<Task>>, later: Option<&Found<Task>>) -> Option<Citation> {
    let (failed, later) = (failed?, later?);
    let ran = later.value.last_status.as_deref() == Some("RUNNING") && later.value.stopped_at.is_none();
    let newer = later.value.created_at? > failed.value.created_at?;
    let same = later.value.group == failed.value.group && later.value.group.is_some();
    (ran && newer && same).then(|| later.member("lastStatus"))
}
