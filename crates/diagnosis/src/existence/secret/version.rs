//! Versions of a secret, and what is in it.
//!
//! `describe-secret` and `list-secrets` leave out versions without a staging label; no output shows the keys of a value without it.

use super::super::error;
use super::super::{FaultKind, Judgement};
use crate::case::Case;
use crate::model::ReferenceVerdict;
use crate::requirements::Use;
use crate::symptom::Cause;
use references::{SecretReference, nearest};
use snapshot::order::Order as _;
use snapshot::secrets::Secret;
use snapshot::{Call, Found, Need, Operation, Question, QuestionKind};

/// Secrets Manager said that the version is not there: the one that the error names, where it is of another revision.
pub(super) fn no_version(case: &Case<'_>, used: &Use, at: &snapshot::Citation, judged: &mut Judgement) {
    let reference = match references::ValueFrom::parse(&used.text).map(|parsed| parsed.value) {
        Ok(references::ValueFrom::Secret(secret)) => Some(secret),
        _ => None,
    };
    let said = error::stated(case).and_then(|(symptom, _)| symptom.quoted.staging_label.clone().or_else(|| error::version_id(symptom)));
    let asked = said
        .or_else(|| reference.and_then(|secret| secret.version_id.or(secret.version_stage)))
        .filter(|asked| asked != "AWSCURRENT");
    let kind = match asked {
        Some(asked) => FaultKind::VersionNotFound {
            asked,
            existing: Vec::new(),
        },
        None => FaultKind::NoCurrentVersion { labels: Vec::new() },
    };
    judged.fault(kind, vec![at.clone()], Vec::new());
    judged.verdict = ReferenceVerdict::NotFound;
}

/// Whether the version that is asked for is there.
pub(super) fn version(case: &Case<'_>, secret: &SecretReference, found: &Found<Secret>, judged: &mut Judgement) {
    match &secret.version_id {
        Some(id) => identified(case, found, id, judged),
        None => labelled(case, found, secret.version_stage.as_deref(), judged),
    }
}

/// The version with a staging label; none asked for is `AWSCURRENT`.
pub(super) fn labelled(case: &Case<'_>, found: &Found<Secret>, stage: Option<&str>, judged: &mut Judgement) {
    if !judged.faults.is_empty() {
        return;
    }
    let wanted = stage.unwrap_or("AWSCURRENT");
    let listed = found.value.version_ids_to_stages.as_ref().map(|versions| {
        let at = found.member(if found.value.listed == Some(true) {
            "SecretVersionsToStages"
        } else {
            "VersionIdsToStages"
        });
        (versions.values().flatten().cloned().collect::<Vec<String>>(), at, None)
    });
    let versions = || {
        let arn = found.value.arn.as_ref()?;
        let list = case
            .snapshot
            .secrets
            .versions
            .iter()
            .find(|list| list.secret == *arn && list.listing.whole)?;
        let labels = list
            .versions
            .iter()
            .flat_map(|version| version.value.version_stages.clone())
            .collect::<Vec<String>>();
        Some((labels, list.listing.at.clone(), Some(())))
    };
    let Some((mut labels, at, _)) = listed.or_else(versions) else {
        judged.verdict = ReferenceVerdict::Unknown;
        judged.open = Some(crate::model::Code("secret.no-current-version"));
        judged.needs.push(versions_of(&judged.resource, case, found));
        return;
    };
    if labels.iter().any(|label| label == wanted) {
        return;
    }
    labels.in_order();
    labels.dedup();
    let kind = if wanted == "AWSCURRENT" {
        FaultKind::NoCurrentVersion { labels }
    } else {
        FaultKind::VersionNotFound {
            asked: wanted.to_owned(),
            existing: labels,
        }
    };
    judged.fault(kind, vec![at], Vec::new());
    judged.verdict = ReferenceVerdict::NotFound;
}

/// The version with an id: one without label is only in `list-secret-version-ids --include-deprecated`.
fn identified(case: &Case<'_>, found: &Found<Secret>, id: &str, judged: &mut Judgement) {
    if found
        .value
        .version_ids_to_stages
        .as_ref()
        .is_some_and(|versions| versions.contains_key(id))
    {
        return;
    }
    let lists: Vec<_> = case
        .snapshot
        .secrets
        .versions
        .iter()
        .filter(|list| found.value.arn.as_ref() == Some(&list.secret))
        .collect();
    if lists
        .iter()
        .flat_map(|list| &list.versions)
        .any(|version| version.value.version_id.as_deref() == Some(id))
    {
        return;
    }
    let all = |list: &&&snapshot::secrets::SecretVersions| {
        list.listing.whole
            && list
                .listing
                .filters
                .as_ref()
                .is_some_and(|filters| filters.contains_key("include-deprecated"))
    };
    if let Some((error::SecretAnswer::NoVersion, at)) = error::secret_answer(case, &judged.resource)
        && error::stated(case).and_then(|(symptom, _)| error::version_id(symptom)).as_deref() == Some(id)
    {
        let existing = Vec::new();
        judged.fault(
            FaultKind::VersionNotFound {
                asked: id.to_owned(),
                existing,
            },
            vec![at],
            Vec::new(),
        );
        judged.verdict = ReferenceVerdict::NotFound;
        return;
    }
    if let Some(list) = lists.iter().find(all) {
        let existing = list
            .versions
            .iter()
            .filter_map(|version| version.value.version_id.clone())
            .collect();
        judged.fault(
            FaultKind::VersionNotFound {
                asked: id.to_owned(),
                existing,
            },
            vec![list.listing.at.clone()],
            Vec::new(),
        );
        judged.verdict = ReferenceVerdict::NotFound;
        return;
    }
    judged.verdict = ReferenceVerdict::Unknown;
    judged.open = Some(crate::model::Code("secret.version-not-found"));
    judged.needs.push(versions_of(&judged.resource, case, found));
}

fn versions_of(resource: &str, case: &Case<'_>, found: &Found<Secret>) -> Need {
    let region = found.value.arn.as_ref().and_then(|arn| arn.region()).or(case.region.as_deref());
    let mut call = Call::new(Operation::SecretsmanagerListSecretVersionIds)
        .option("secret-id", resource)
        .in_region(region);
    // An option without a value.
    call.options.insert("include-deprecated".to_owned(), Vec::new());
    call.into()
}

/// Whether the value's JSON has the key: only the error text or the person can say.
pub(super) fn content(case: &Case<'_>, secret: &SecretReference, judged: &mut Judgement) {
    let Some(key) = secret.json_key.clone() else {
        return;
    };
    if let Some((cause, at)) = error::secret_content(case, secret) {
        let kind = match cause {
            Cause::NotJson => FaultKind::NotJson { key: Some(key) },
            _ => FaultKind::JsonKeyNotFound {
                key,
                existing: Vec::new(),
                near: None,
            },
        };
        judged.needs.clear();
        judged.open = None;
        judged.fault(kind, vec![at], Vec::new());
        judged.verdict = ReferenceVerdict::NotFound;
        return;
    }
    let question = Question {
        kind: QuestionKind::SecretJsonKeys,
        subject: secret.arn(),
    };
    match super::super::answer(case, &question) {
        Some(answer) => {
            let keys: Vec<String> = answer
                .value
                .split([',', '、', '\n'])
                .map(|key| key.trim().trim_matches(['"', '\'']).to_owned())
                .filter(|key| !key.is_empty())
                .collect();
            if keys.contains(&key) {
                judged.evidence.push(answer.at.clone());
            } else {
                let near = nearest(&key, keys.iter().map(String::as_str));
                judged.fault(
                    FaultKind::JsonKeyNotFound {
                        key,
                        existing: keys.clone(),
                        near,
                    },
                    vec![answer.at.clone()],
                    Vec::new(),
                );
                judged.verdict = ReferenceVerdict::NotFound;
            }
        }
        None => {
            judged.verdict = ReferenceVerdict::Unknown;
            judged.open.get_or_insert(crate::model::Code("secret.json-key-not-found"));
            judged.needs.push(Need::Question(question));
        }
    }
}
