//! `evidence.contradicts-error`: what was pasted is in order where the error says it failed.

use crate::existence::{self, stated, tell};
use crate::findings::kms::key_unusable;
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{AuthorizationVerdict, DestinationKey, LayerVerdict, ReferenceVerdict, Status};
use crate::model::{Code, Finding};
use crate::ranking::destination_of;
use crate::requirements::UseKind;
use crate::symptom::{Cause, PolicyLayer, Service, Symptom};
use network::{FaultKind, Reach, Severity};
use references::ValueFrom;
use snapshot::Text;
use snapshot::ids::VpcEndpointId;
use snapshot::{Assumption, Citation};

/// The rule of `evidence.contradicts-error`.
pub(crate) static RULE: Rule = Rule {
    code: Code("evidence.contradicts-error"),
    page: Page {
        title: Text::fixed(
            "What was pasted is in order where the error says it failed",
            "エラーが示す箇所の設定に問題がない",
        ),
        what: Text::fixed(
            "The pasted outputs are in order exactly where the error says that the task failed: another account, Region, role or revision was pasted, or it changed since.",
            "貼り付けられた出力では、エラーが示す箇所に問題がありません。別のアカウント、リージョン、ロール、リビジョンの出力であるか、その後に変更された可能性があります。",
        ),
        why: Text::fixed(
            "The error is a fact of the past; an output is one of the present and of the account and Region that it was taken in.",
            "エラーは過去の事実ですが、出力は取得した時点、アカウント、リージョンのものです。",
        ),
        remedy: Text::fixed(
            "Check that account, Region, role and revision are those of the failed task; then start the task again.",
            "アカウント、リージョン、ロール、リビジョンが失敗したタスクのものか確認し、タスクを再度起動します。",
        ),
        not_this: Text::fixed(
            "While something that the error may be about is not pasted, nothing contradicts it.",
            "エラーに関係し得る出力がそろっていない間は、矛盾とは判定しません。",
        ),
        documentation: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-errors.html"],
        examples: &["evidence/contradicts_error/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let Some((symptom, at)) = stated(judged.case) else {
        return Vec::new();
    };
    // A remedy puts in order what the error names: that is no contradiction.
    if judged.case.is_running() || judged.case.repaired {
        return Vec::new();
    }
    let nothing_assumed = |found: Ordered| (found, Vec::new());
    let found = match symptom.cause {
        Cause::Timeout | Cause::Dns | Cause::Refused | Cause::Killed => path(judged, symptom).map(nothing_assumed),
        Cause::AccessDenied if symptom.service == Some(Service::Kms) && symptom.quoted.action.is_none() => {
            key(judged, symptom).map(nothing_assumed)
        }
        Cause::AccessDenied => call(judged, symptom),
        // What AWS KMS lacks, or will not use, is a key: the secret that it encrypts is there.
        Cause::NotFound if symptom.service == Some(Service::Kms) => repaired_key(judged, symptom).map(nothing_assumed),
        Cause::NotFound => reference(judged, symptom).map(nothing_assumed),
        Cause::JsonKey => unasked(judged, symptom).map(nothing_assumed),
        _ => None,
    };
    let Some(((subject, key, mut evidence), assumes)) = found else {
        return Vec::new();
    };
    let past = went_past(judged, &key);
    let title = match &past {
        // The way through the endpoint is not walked: whether it is in order is not known.
        Some(endpoint) => Text::new(
            format!("{endpoint} answers for {subject}, and yet the error quotes a public address"),
            format!("{subject} には {endpoint} が応答しますが、エラーにはパブリックアドレスが示されています"),
        ),
        None if symptom.cause == Cause::JsonKey => Text::new(
            format!("No secret is asked for the key {subject}, which the error names"),
            format!("エラーが示す JSON キー {subject} を参照するシークレットはありません"),
        ),
        None => Text::new(
            format!("{subject} is in order, though the error says that it failed there"),
            format!("エラーが示す {subject} に問題は見つかりません"),
        ),
    };
    let mut finding = Finding::new(RULE.code, Status::Warn);
    finding.subject = vec![subject.clone()];
    finding.affects = vec![key];
    finding.assumes = assumes;
    finding.evidence = vec![at.clone()];
    finding.evidence.append(&mut evidence);
    finding.evidence.dedup();
    let revision = judged
        .case
        .definition
        .and_then(|definition| definition.value.family_and_revision())
        .unwrap_or_default();
    let place = format!(
        "{} {}",
        judged.case.account.as_deref().unwrap_or_default(),
        judged.case.region.as_deref().unwrap_or_default()
    );
    let past = past.map_or_else(Text::default, |endpoint| {
        Text::new(
            format!(
                "The error quotes a public address, though {endpoint} answers for the name inside the VPC: it did not do so yet when the task failed, or other DNS servers were asked. "
            ),
            format!(
                "エラーにはパブリックアドレスが示されていますが、VPC 内ではこの名前に {endpoint} が応答します。失敗した時点ではまだ有効でなかったか、別の DNS サーバーに問い合わせた可能性があります。"
            ),
        )
    });
    vec![tell::worded(
        finding,
        title,
        Text::fixed(
            "The outputs do not fit the error: they may be of another place or time.",
            "出力がエラーと一致しません。別の環境や時点のものである可能性があります。",
        ),
        Text::new(
            format!(
                "{}Check that the outputs are of account and Region {place}, of the role that the error names and of revision {revision}, and that nothing was repaired since; then start the task again.",
                past.en
            ),
            format!(
                "{}出力がアカウントとリージョン ({place})、エラーが示すロール、リビジョン {revision} のものか、その後に修正されていないかを確認し、タスクを再度起動してください。",
                past.ja
            ),
        ),
    )]
}

/// The endpoint that the error's public address leads past.
fn went_past(judged: &Judged<'_>, key: &DestinationKey) -> Option<VpcEndpointId> {
    let concerned = judged.destinations.iter().filter(|destination| destination.requirement.key == *key);
    let faults = concerned
        .filter_map(|destination| destination.walks.first())
        .flat_map(|walk| &walk.trace.faults);
    faults.into_iter().find_map(|fault| match &fault.kind {
        FaultKind::NameWentPublic { endpoint, .. } => Some(endpoint.clone()),
        _ => None,
    })
}

type Ordered = (String, DestinationKey, Vec<Citation>);

/// The host that could not be reached, where every step of the way passes and nothing is assumed.
fn path(judged: &Judged<'_>, symptom: &Symptom) -> Option<Ordered> {
    let key = destination_of(symptom.service?)?;
    let mut all = judged
        .destinations
        .iter()
        .filter(|destination| destination.requirement.key == key)
        .peekable();
    let first = all.peek()?.requirement.host.clone();
    let mut evidence = Vec::new();
    let mut any = false;
    for destination in all {
        let walk = destination.walks.first()?;
        let trace = &walk.trace;
        let in_order = trace.verdict == Reach::Reachable && !trace.assumes.iter().any(Assumption::is_default) && trace.unseen.is_empty();
        // An endpoint takes the name, and yet the error quotes a public address.
        let went_public = trace.faults.iter().find_map(|fault| match &fault.kind {
            FaultKind::NameWentPublic { proof, .. } if fault.severity == Severity::Fail && !proof.is_empty() => Some(proof),
            _ => None,
        });
        if !in_order && went_public.is_none() {
            return None;
        }
        evidence.extend(went_public.into_iter().flatten().cloned());
        any = true;
        evidence.extend(walk.trace.evidence.iter().cloned());
    }
    any.then_some((first, key, evidence))
}

/// The call that was denied, where every layer allows it.
fn call(judged: &Judged<'_>, symptom: &Symptom) -> Option<(Ordered, Vec<Assumption>)> {
    // An error about the assumption names the role, never the action.
    let assumed = (symptom.service == Some(Service::Sts)).then_some("sts:AssumeRole");
    let (action, resource) = (symptom.quoted.action.as_deref().or(assumed)?, symptom.quoted.arn.as_deref());
    for destination in &judged.destinations {
        // A wrong name answers "denied" too.
        if destination.references.iter().any(|reference| !reference.faults.is_empty()) {
            continue;
        }
        for judgement in &destination.calls {
            let same = judgement.call.action.eq_ignore_ascii_case(action)
                && resource.is_none_or(|resource| {
                    judgement.call.resource == "*"
                        || resource.starts_with(&judgement.call.resource)
                        || judgement.call.resource.starts_with(resource)
                });
            let report = judgement.report();
            // Few can read the organization's policies: that none interferes is what the finding assumes.
            let known = report
                .assumes
                .iter()
                .all(|assumption| *assumption == Assumption::NoOrganizationsPolicy);
            let allowed = report.verdict == AuthorizationVerdict::Allowed
                || (report.verdict == AuthorizationVerdict::Unknown && named_layer_allows(symptom, &report.layers));
            if same && allowed && known {
                let evidence = report.layers.iter().filter_map(|layer| layer.statement.clone()).collect();
                let ordered = (action.to_owned(), destination.requirement.key.clone(), evidence);
                return Some((ordered, report.assumes));
            }
        }
    }
    None
}

/// Whether the role's own layer that the error names allows the call: whatever else is open, it is not what the error says.
fn named_layer_allows(symptom: &Symptom, layers: &[LayerVerdict]) -> bool {
    let named = match symptom.layer.as_ref().map(|told| told.layer) {
        Some(PolicyLayer::Identity) => "identity",
        Some(PolicyLayer::Boundary) => "boundary",
        _ => return false,
    };
    let mut own = layers.iter().filter(|layer| layer.kind == named).peekable();
    own.peek().is_some() && own.all(|layer| layer.verdict == AuthorizationVerdict::Allowed)
}

/// The decryption that was denied, where what was pasted needs none of the role's: an AWS managed key of its own account, or none.
fn key(judged: &Judged<'_>, symptom: &Symptom) -> Option<Ordered> {
    let named = symptom.quoted.arn.as_deref();
    let fetched = |key: &DestinationKey| matches!(key, DestinationKey::SecretsManager | DestinationKey::Ssm);
    let mut found: Option<Ordered> = None;
    for destination in judged
        .destinations
        .iter()
        .filter(|destination| fetched(&destination.requirement.key))
    {
        if destination.calls.iter().any(|call| call.call.action == "kms:Decrypt") {
            return None;
        }
        for reference in &destination.references {
            if named.is_some_and(|named| named != reference.resource) {
                continue;
            }
            if !is_there(reference) {
                return None;
            }
            let key = destination.requirement.key.clone();
            let (.., evidence) = found.get_or_insert_with(|| ("kms:Decrypt".to_owned(), key, Vec::new()));
            evidence.extend(reference.evidence.iter().cloned());
        }
    }
    found
}

/// Whether the reference is proven to be there. Which keys its JSON has is another question.
fn is_there(reference: &existence::Judgement) -> bool {
    let known = reference.verdict == ReferenceVerdict::Found || reference.open == Some(Code("secret.json-key-not-found"));
    known && reference.faults.is_empty() && reference.assumes.is_empty() && !reference.evidence.is_empty()
}

/// The key that the error calls unusable, where it is enabled by now.
fn repaired_key(judged: &Judged<'_>, symptom: &Symptom) -> Option<Ordered> {
    let (key, ..) = existence::key_state(judged.case)?;
    let found = judged.case.snapshot.kms.keys.get(&key)?;
    let enabled = found.value.key_state.as_deref() == Some("Enabled");
    enabled.then(|| (key.0, key_unusable::behind(symptom), vec![found.member("KeyState")]))
}

/// The name that was not found, where it is there.
fn reference(judged: &Judged<'_>, symptom: &Symptom) -> Option<Ordered> {
    let quoted = &symptom.quoted;
    let names: Vec<&str> = quoted
        .arn
        .iter()
        .chain(&quoted.image)
        .chain(&quoted.log_group)
        .chain(&quoted.parameter)
        .map(String::as_str)
        .collect();
    for destination in &judged.destinations {
        for reference in &destination.references {
            let named = names.iter().any(|name| *name == reference.resource || *name == reference.used.text);
            if named && is_there(reference) {
                return Some((
                    reference.resource.clone(),
                    destination.requirement.key.clone(),
                    reference.evidence.clone(),
                ));
            }
        }
    }
    None
}

/// The key that a secret's JSON did not have, where no reference of the definition asks for it.
fn unasked(judged: &Judged<'_>, symptom: &Symptom) -> Option<Ordered> {
    let (definition, key) = (judged.case.definition?, symptom.quoted.json_key.as_deref()?);
    let references = || judged.destinations.iter().flat_map(|destination| &destination.references);
    let asks = |reference: &existence::Judgement| match ValueFrom::parse(&reference.used.text).map(|parsed| parsed.value) {
        Ok(ValueFrom::Secret(secret)) => secret.json_key.as_deref() == Some(key),
        // What a text that is written wrongly asks for is anybody's guess.
        Ok(_) => false,
        Err(_) => matches!(reference.used.kind, UseKind::Secret | UseKind::SecretOption),
    };
    if references().any(|reference| asks(reference) || !reference.faults.is_empty()) {
        return None;
    }
    Some((key.to_owned(), DestinationKey::SecretsManager, vec![definition.at.clone()]))
}
