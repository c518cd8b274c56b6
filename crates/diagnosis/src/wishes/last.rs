//! What the error itself leaves open: its end, where it stops in the middle, and, once nothing else is open, what few cases need. An error
//! without a cause and without a next step leaves everybody where they were.

use super::{EXPLAINS, OTHERWISE, names};
use crate::case::{Case, error_question};
use crate::existence::says;
use crate::judged::Judged;
use crate::model::{Code, Held};
use crate::plan::Wish;
use crate::symptom::{Cause, Symptom, cut_by_ecs};
use snapshot::{Call, Need, Operation};

/// Few cases need these, so they are asked for only here.
pub(super) fn of(judged: &Judged<'_>, decided: bool) -> Vec<Wish> {
    let Some(symptom) = judged.case.symptom.as_ref().filter(|symptom| !symptom.template) else {
        return Vec::new();
    };
    match symptom.cause {
        Cause::Timeout | Cause::Dns | Cause::Killed | Cause::Refused if !decided => unseen(judged, symptom),
        Cause::AccessDenied | Cause::Unknown if !decided => records(judged).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// What the way may depend on though hardly any has it, such as private hosted zones of the VPC.
fn unseen(judged: &Judged<'_>, symptom: &Symptom) -> Vec<Wish> {
    let destinations = judged.destinations.iter();
    let named = destinations.filter(|destination| names(symptom, &destination.requirement.key));
    let unseen = named.flat_map(|destination| &destination.walks).flat_map(|walk| &walk.trace.unseen);
    unseen
        .map(|need| Wish {
            need: need.clone(),
            decides: vec![Code("dns.private-zone-shadows")],
            weight: OTHERWISE,
        })
        .collect()
}

/// The end of an error that stops before it says what happened, unless Amazon ECS itself cut it.
pub(super) fn whole(case: &Case<'_>) -> Option<Wish> {
    let symptom = case
        .symptom
        .as_ref()
        .filter(|symptom| symptom.cut && symptom.cause == Cause::Unknown)?;
    let question = case.task.and_then(error_question)?;
    let told = case.snapshot.answer(&question).is_some();
    if symptom.template || told || cut_by_ecs(case.error.as_ref()?.text.trim()) {
        return None;
    }
    Some(Wish {
        need: Need::Question(question),
        decides: vec![Code("task.other-failure")],
        weight: EXPLAINS,
    })
}

/// What the services answered to the task itself, in full: its session bears the task's id, and CloudTrail calls a session by that name
/// (AWS CloudTrail User Guide, "CloudTrail userIdentity element" and "lookup-events").
fn records(judged: &Judged<'_>) -> Option<Wish> {
    let case = judged.case;
    let asked = case.snapshot.activity.searched
        || case
            .snapshot
            .failures
            .iter()
            .any(|failure| failure.operation == Some(Operation::CloudtrailLookupEvents));
    // Where the request was never sent, no service has a record of it.
    let unsent = case
        .symptom
        .as_ref()
        .is_some_and(|symptom| says(symptom, "request failed") || says(symptom, "request send failed"));
    // Without an execution role the instance's own session calls, which is no single task's.
    let of_instance = matches!(case.execution_role, Held::Absent);
    let id = case.trail.task.as_ref().filter(|_| !asked && !unsent && !of_instance)?;
    let call = Call::new(Operation::CloudtrailLookupEvents)
        .option("lookup-attributes", format!("AttributeKey=Username,AttributeValue={id}"))
        .in_region(case.region.as_deref());
    Some(Wish {
        need: call.into(),
        decides: vec![Code("iam.action-not-allowed")],
        weight: OTHERWISE,
    })
}
