//! From evidence to diagnosis; the part from typed state on is run again on changed state to verify a remedy.

use crate::case::{Case, Options};
use crate::findings;
use crate::judged::Judged;
use crate::least::Least;
use crate::model::{Change, DestinationReport, Diagnosis, Finding, Outcome, Status};
use crate::notes;
use crate::plan;
use crate::ranking::{self, Given};
use crate::wishes;
use evidence::{Body, Document, Evidence, ProblemKind};
use snapshot::{Citation, Pointer, Snapshot};

/// Reads typed state out of the evidence and diagnoses it. Total and deterministic.
#[must_use]
pub fn diagnose(evidence: &Evidence, options: &Options) -> Diagnosis {
    diagnose_loaded(evidence, &Snapshot::load(evidence), options)
}

/// The same for state that was loaded already.
#[must_use]
pub fn diagnose_loaded(evidence: &Evidence, snapshot: &Snapshot, options: &Options) -> Diagnosis {
    diagnose_texts(snapshot, &texts(evidence, &|_| true), options)
}

/// The same of some of the documents only, with their typed state.
pub(crate) fn diagnose_part(evidence: &Evidence, options: &Options, keep: &dyn Fn(&Document) -> bool) -> (Diagnosis, Snapshot) {
    let snapshot = Snapshot::load_part(evidence, keep);
    (diagnose_texts(&snapshot, &texts(evidence, keep), options), snapshot)
}

/// What would be found with a remedy's change carried out on the state; its own remedies are not tried in turn.
#[must_use]
pub fn diagnose_changed(evidence: &Evidence, snapshot: &Snapshot, options: &Options, change: &Change) -> Vec<Finding> {
    let (mut found, _) = carried_out(snapshot, &texts(evidence, &|_| true), options, change);
    ranking::order(&mut found);
    found
}

/// The findings, and the destinations that stay open, with a change carried out.
fn carried_out(snapshot: &Snapshot, texts: &[(String, Citation)], options: &Options, change: &Change) -> (Vec<Finding>, Vec<String>) {
    let mut changed = snapshot.clone();
    change.apply(&mut changed);
    let mut case = Case::build(&changed, texts, options);
    case.repaired = true;
    let judged = Judged::of(&case);
    (findings::judge(&judged), in_state(&judged.reports(), network::Reach::Unknown))
}

/// The least policies that the task of this state needs; `None` where its task definition was not pasted.
#[must_use]
pub fn least_policies(snapshot: &Snapshot, options: &Options) -> Option<Least> {
    let case = Case::build(snapshot, &[], options);
    crate::least::of(&Judged::of(&case))
}

/// What people wrote, where an error text may stand.
fn texts(evidence: &Evidence, keep: &dyn Fn(&Document) -> bool) -> Vec<(String, Citation)> {
    let documents = evidence.documents.iter();
    let written = documents.filter(|document| may_hold_an_error(evidence, document) && keep(document));
    written
        .map(|document| {
            let at = Citation {
                document: document.id,
                pointer: Pointer::root(),
            };
            (evidence.text(document).to_owned(), at)
        })
        .collect()
}

/// Whether a document's text is searched for an error: prose, and what `--query` left of a task.
fn may_hold_an_error(evidence: &Evidence, document: &Document) -> bool {
    let of_no_operation = || document.operation.is_none() && matches!(document.body, Body::Output(_));
    let reshaped = || document.problems.iter().any(|problem| problem.kind == ProblemKind::Reshaped);
    document.body == Body::Text || of_no_operation() && (reshaped() || evidence.text(document).contains("toppedReason"))
}

fn diagnose_texts(snapshot: &Snapshot, texts: &[(String, Citation)], options: &Options) -> Diagnosis {
    let mut diagnosis = diagnose_state(snapshot, texts, options);
    let blocked = in_state(&diagnosis.destinations, network::Reach::Blocked);
    verify_fixes(&mut diagnosis.findings, &blocked, snapshot, texts, options);
    diagnosis
}

fn diagnose_state(snapshot: &Snapshot, texts: &[(String, Citation)], options: &Options) -> Diagnosis {
    let case = Case::build(snapshot, texts, options);
    let judged = Judged::of(&case);
    let mut found = findings::judge(&judged);
    ranking::assign_roles(&mut found, case.symptom.as_ref());
    ranking::order(&mut found);
    let mut requests = plan::requests(&wishes::of(&judged, &found), &wishes::vpcs_of_groups(&case));
    let given = Given {
        task_or_configuration: case.has_configuration(),
        running: case.is_running(),
        expired: case.expired.is_some(),
        undecided: judged.is_undecided() || found.iter().any(|finding| finding.status == Status::Unknown),
        needs_known: case.definition.is_some(),
    };
    let outcome = ranking::outcome(&found, case.symptom.as_ref(), given);
    if outcome == Outcome::Suspects {
        requests.extend(plan::runbook::offer(&case, options.now, &found, requests.len()));
    }
    let destinations = judged.reports();
    let notes = notes::of(&judged, &found);
    Diagnosis {
        outcome,
        case: case.summary(),
        symptom: case.symptom.clone(),
        findings: found,
        destinations,
        requests,
        notes,
        other_tasks: case.others.clone(),
    }
}

/// The destinations whose walk ends so.
fn in_state(destinations: &[DestinationReport], reach: network::Reach) -> Vec<String> {
    destinations
        .iter()
        .filter(|destination| destination.trace.as_ref().is_some_and(|trace| trace.verdict == reach))
        .map(|destination| destination.host.clone())
        .collect()
}

/// A remedy is verified where the state that it leads to, diagnosed again, lacks the finding, has no new `fail`, and leaves no destination
/// open that was blocked.
fn verify_fixes(findings: &mut [Finding], blocked: &[String], snapshot: &Snapshot, texts: &[(String, Citation)], options: &Options) {
    let fails = |findings: &[Finding]| -> Vec<(&'static str, Vec<String>)> {
        findings
            .iter()
            .filter(|finding| finding.status == Status::Fail)
            .map(|finding| (finding.code.0, finding.subject.clone()))
            .collect()
    };
    let before = fails(findings);
    for finding in findings.iter_mut().filter(|finding| finding.status == Status::Fail) {
        let own = (finding.code.0, finding.subject.clone());
        for fix in &mut finding.fixes {
            let Some(change) = &fix.change else { continue };
            let (after, open) = carried_out(snapshot, texts, options, change);
            let after = fails(&after);
            fix.verified =
                !after.contains(&own) && after.iter().all(|fail| before.contains(fail)) && !open.iter().any(|host| blocked.contains(host));
        }
    }
}
