//! What others say of the same calls: the policy simulator, and CloudTrail's records of the task's own session.
//!
//! The simulator proves nothing by itself: it knows no endpoint policies and no resource control policies, and only the policies and
//! context that it was given (IAM User Guide, "IAM policy simulator"). A record tells of the past. Where they differ from what the
//! pasted policies decide, the reader is told at the output that says so. A run of `simulate-custom-policy`, or with policies of the
//! person's own, shows what those would do; it says nothing of what is attached, and is told apart.

use super::denials::dedup;
use super::{Judgement, kind, told};
use crate::case::Case;
use crate::judged::Judged;
use crate::model::Note;
use policy::{Decision, LayerKind, Verdict};
use snapshot::iam::policy::{EvaluationResult, Simulation};
use snapshot::{DocumentId, Found, Text};

/// What a pasted run of the simulator says of a call.
pub(crate) struct Simulated<'a> {
    /// The run.
    at: DocumentId,
    /// `allowed`, `explicitDeny`, `implicitDeny`.
    pub(crate) word: &'a str,
    /// Whether Organizations' policies took part.
    organizations: bool,
    /// Context keys that the policies name and the run was not given.
    lacks: &'a [String],
}

/// The last pasted run of the simulator for the role's own policies and this call.
pub(crate) fn simulated<'a>(case: &Case<'a>, judgement: &Judgement) -> Option<Simulated<'a>> {
    let role = judgement.principal.as_deref()?;
    let runs = case
        .snapshot
        .iam
        .simulations
        .iter()
        .filter(|run| !run.custom && run.principal.as_ref().is_some_and(|arn| arn.as_str() == role));
    runs.flat_map(|run| &run.results)
        .filter_map(|found| of_call(found, judgement))
        .next_back()
}

fn of_call<'a>(found: &'a Found<EvaluationResult>, judgement: &Judgement) -> Option<Simulated<'a>> {
    let (result, call) = (&found.value, &judgement.call);
    let action = result.eval_action_name.as_deref()?;
    if !action.eq_ignore_ascii_case(call.action) {
        return None;
    }
    let same = |name: &Option<String>| name.as_deref().is_none_or(|name| name == "*" || name == call.resource);
    let mut of_resources = result.resource_specific_results.iter();
    let (word, lacks) = match of_resources.find(|one| one.eval_resource_name.as_deref() == Some(&call.resource)) {
        Some(one) => (one.eval_resource_decision.as_deref()?, &one.missing_context_values),
        None if same(&result.eval_resource_name) => (result.eval_decision.as_deref()?, &result.missing_context_values),
        None => return None,
    };
    Some(Simulated {
        at: found.at.document,
        word,
        organizations: result.organizations_decision_detail.is_some(),
        lacks,
    })
}

/// Where other outputs differ from what the pasted policies decide, and how.
pub(crate) fn notes(judged: &Judged<'_>) -> Vec<Note> {
    let mut found = Vec::new();
    for judgement in judged.destinations.iter().flat_map(|destination| &destination.calls) {
        let Some(decision) = &judgement.decision else { continue };
        found.extend(simulator_differs(judged.case, judgement, decision));
        found.extend(record_differs(judged.case, judgement, decision));
    }
    found.extend(judged.case.snapshot.iam.simulations.iter().filter_map(|run| other_run(judged, run)));
    dedup(found)
}

/// A run of the simulator that is not of a caller's own policies: what it judged instead, so that nobody takes it for the answer.
fn other_run(judged: &Judged<'_>, run: &Simulation) -> Option<Note> {
    let document = run.results.first()?.at.document;
    let calls = || judged.destinations.iter().flat_map(|destination| &destination.calls);
    if run.custom {
        let said = calls().find_map(|judgement| custom_differs(run, judgement));
        let text = Text::new(
            "This run of the simulator judged policies that were typed into it (--policy-input-list), attached or not: it shows what they would do, and nothing of what the role may do now.",
            "このシミュレーションは、入力されたポリシー (--policy-input-list) を評価したものです。アタッチされているかどうかに関係なく、そのポリシーの効果を示すだけで、ロールの現在の権限を示すものではありません。",
        );
        let text = said.map_or(text.clone(), |said| {
            Text::new(format!("{} {}", text.en, said.en), format!("{}{}", text.ja, said.ja))
        });
        return Some(Note { document, text });
    }
    let principal = run.principal.as_ref()?;
    let known = calls().any(|judgement| judgement.principal.as_deref() == Some(principal.as_str()));
    (!known).then(|| Note {
        document,
        text: Text::new(
            format!("This simulation is of {principal}, which makes no call that was judged here."),
            format!("このシミュレーションの対象は {principal} で、ここで判定した呼び出しを行うものではありません。"),
        ),
    })
}

/// Where policies typed into the simulator would do otherwise than the pasted ones of the role.
fn custom_differs(run: &Simulation, judgement: &Judgement) -> Option<Text> {
    let theirs = run.results.iter().rev().find_map(|found| of_call(found, judgement))?;
    let ours = as_simulated(judgement.decision.as_ref()?, theirs.organizations)?;
    let (action, resource, word) = (judgement.call.action, &judgement.call.resource, theirs.word);
    ((ours == "allowed") != (word == "allowed")).then(|| {
        Text::new(
            format!("It says {word} for {action} on {resource}, the pasted policies of the role say {ours}: they are not the same policies."),
            format!("{resource} に対する {action} について、シミュレーションは {word}、ロールの貼り付けられたポリシーは {ours} です。両者は同じポリシーではありません。"),
        )
    })
}

/// What the layers that the simulator knows say together; `None` where they leave it open.
fn as_simulated(decision: &Decision<super::Handle>, organizations: bool) -> Option<&'static str> {
    let known = |kind: LayerKind| match kind {
        LayerKind::Identity | LayerKind::Boundary => true,
        LayerKind::ServiceControl(_) => organizations,
        _ => false,
    };
    let verdicts: Vec<Verdict> = decision
        .layers
        .iter()
        .filter(|layer| known(layer.kind))
        .map(|layer| layer.verdict)
        .collect();
    if verdicts.contains(&Verdict::ExplicitlyDenied) {
        return Some("explicitDeny");
    }
    if verdicts.is_empty() || verdicts.iter().any(|verdict| matches!(verdict, Verdict::Unknown | Verdict::Denied)) {
        return None;
    }
    let denied = verdicts.contains(&Verdict::ImplicitlyDenied);
    Some(if denied { "implicitDeny" } else { "allowed" })
}

fn simulator_differs(case: &Case<'_>, judgement: &Judgement, decision: &Decision<super::Handle>) -> Option<Note> {
    let theirs = simulated(case, judgement)?;
    let ours = as_simulated(decision, theirs.organizations)?;
    if (ours == "allowed") == (theirs.word == "allowed") {
        return None;
    }
    let (action, resource, word) = (judgement.call.action, &judgement.call.resource, theirs.word);
    let lacks = theirs.lacks.join(", ");
    let why = if lacks.is_empty() {
        Text::fixed(
            "it was made with other policies or other context, or something changed in between.",
            "異なるポリシーまたは条件で実行されたか、その間に変更された可能性があります。",
        )
    } else {
        Text::new(
            format!("it was not given {lacks}, which the policies ask for."),
            format!("ポリシーが参照する {lacks} が指定されていません。"),
        )
    };
    let text = Text::new(
        format!(
            "The simulation says {word} for {action} on {resource}, the pasted policies say {ours}: {}",
            why.en
        ),
        format!(
            "{resource} に対する {action} について、シミュレーションは {word}、貼り付けられたポリシーは {ours} です。シミュレーションは、{}",
            why.ja
        ),
    );
    Some(Note { document: theirs.at, text })
}

fn record_differs(case: &Case<'_>, judgement: &Judgement, decision: &Decision<super::Handle>) -> Option<Note> {
    if decision.verdict != Verdict::Allowed {
        return None;
    }
    let principal = judgement.request.as_ref()?.principal();
    let denied = told::records(case).find(|said| said.about(judgement.call.action, &judgement.call.resource, principal))?;
    let layer = denied.layer().map(kind);
    let (action, resource) = (judgement.call.action, &judgement.call.resource);
    let by = layer.map_or_else(Text::default, |layer| Text::new(format!(" ({layer})"), format!(" ({layer})")));
    let text = Text::new(
        format!(
            "CloudTrail recorded that {action} on {resource} was denied{} to this task, the pasted policies allow it: they are not those of that time, or of another role.",
            by.en
        ),
        format!(
            "CloudTrail には、このタスクによる {resource} への {action} が拒否された{}と記録されていますが、貼り付けられたポリシーでは許可されています。当時のポリシーではないか、別のロールのものです。",
            by.ja
        ),
    );
    Some(Note {
        document: denied.at?.document,
        text,
    })
}
