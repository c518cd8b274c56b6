//! What the error text itself proves of a reference.
//!
//! Amazon ECS's own lead sentences prove nothing; the tail does: the service's exception, its words, the name it gives back.

use crate::case::Case;
use crate::requirements::{Use, UseKind};
use crate::symptom::naming::{names_parameter, names_text, same, same_image, whole_secret};
use crate::symptom::{Cause, Symptom};
use references::{SecretReference, ValueFrom};
use snapshot::Citation;
use snapshot::ids::ArnText;
use snapshot::order;
use std::collections::BTreeSet;

/// The error text that a task reported: no page's template, whose holes are nobody's names.
#[must_use]
pub fn stated<'a>(case: &'a Case<'_>) -> Option<(&'a Symptom, &'a Citation)> {
    let symptom = case.symptom.as_ref().filter(|symptom| !symptom.template)?;
    Some((symptom, &case.error.as_ref()?.at))
}

/// Whether the text has these words, whatever white space or case lies between.
#[must_use]
pub fn says(symptom: &Symptom, words: &str) -> bool {
    let squeeze = |text: &str| -> String {
        text.chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’' | '"' | '`'))
            .flat_map(char::to_lowercase)
            .collect()
    };
    squeeze(&symptom.text).contains(&squeeze(words))
}

/// Every use of the task definition.
pub(super) fn uses(case: &Case<'_>) -> Vec<Use> {
    let requirements = crate::requirements::of(case);
    let mut seen = BTreeSet::new();
    requirements
        .into_iter()
        .flat_map(|requirement| requirement.uses)
        .filter(|used| seen.insert(used.clone()))
        .collect()
}

/// Whether an error that names a resource by `quoted`, or does not name one, is about this use: the name is its own, or it is the only
/// one of those that the error may be about.
#[must_use]
pub fn about(case: &Case<'_>, quoted: Option<&str>, own: &str, key: impl Fn(&Use) -> Option<String>) -> bool {
    if let Some(quoted) = quoted {
        return same(quoted, own);
    }
    if case.definition.is_none() {
        return false;
    }
    let candidates = order::set(uses(case).iter().filter_map(key));
    candidates.len() == 1 && candidates.contains(own)
}

/// What the error names of that area of the catalogue.
pub(super) fn named(symptom: &Symptom, area: &str) -> Vec<String> {
    let quoted = &symptom.quoted;
    let arn = |service: &str| quoted.arn.iter().filter(|arn| arn.contains(service)).cloned().collect::<Vec<_>>();
    match area {
        "secret" => arn(":secretsmanager:").iter().map(|arn| whole_secret(arn).to_owned()).collect(),
        "parameter" => quoted.parameter.clone(),
        "image" => quoted.image.iter().cloned().collect(),
        "logs" => quoted.log_group.iter().cloned().collect(),
        "envfile" => arn(":s3:"),
        _ => Vec::new(),
    }
}

/// Whether the error names that use, by one of these names.
pub(super) fn names_use(names: &[String], used: &Use, resource: &str) -> bool {
    names.iter().any(|name| match used.kind {
        UseKind::Image => same_image(name, &used.text),
        _ => same(name, resource) || names_text(name, &used.text) || names_parameter(name, resource),
    })
}

/// The secret's ARN that a use asks Secrets Manager for.
#[must_use]
pub fn secret_arn(used: &Use) -> Option<String> {
    match used.kind {
        UseKind::Secret | UseKind::SecretOption => match ValueFrom::parse(&used.text).ok()?.value {
            ValueFrom::Secret(secret) => Some(secret.arn()),
            _ => None,
        },
        UseKind::Credentials => Some(used.text.clone()),
        _ => None,
    }
}

/// What Secrets Manager answered about a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum SecretAnswer {
    /// `can't find the specified secret.`
    NotFound,
    /// `it was marked for deletion`
    Deleted,
    /// `can't find the specified secret value for staging label: …` or `VersionId: …`
    NoVersion,
}

/// The version id that Secrets Manager gives back: `can't find the specified secret value for VersionId: …`.
pub(super) fn version_id(symptom: &Symptom) -> Option<String> {
    let (_, rest) = symptom.text.split_once("VersionId:")?;
    let id: String = rest
        .trim_start()
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect();
    (32..=64).contains(&id.len()).then_some(id)
}

/// What AWS KMS says of a key that it will not use, and its word for that state (AWS KMS Developer Guide, "Key states of AWS KMS keys").
const KEY_STATES: [(&str, &str); 5] = [
    (" is disabled", "Disabled"),
    (" is pending deletion", "PendingDeletion"),
    (" is pending replica deletion", "PendingReplicaDeletion"),
    (" is pending import", "PendingImport"),
    (" is unavailable", "Unavailable"),
];

/// The key, and its state, that the error text gives back: `KMSInvalidStateException: arn:…:key/… is pending deletion.`
#[must_use]
pub fn key_state<'a>(case: &'a Case<'_>) -> Option<(ArnText, &'static str, &'a Citation)> {
    let (symptom, at) = stated(case)?;
    let mut words = symptom.text.split(|c: char| c.is_whitespace() || "'\"`(),".contains(c));
    words.find_map(|word| {
        let arn = word.get(word.find("arn:")?..)?;
        let key = arn.contains(":kms:") && arn.contains(":key/");
        let state = KEY_STATES
            .iter()
            .find(|(words, _)| key && says(symptom, &format!("{arn}{words}")))?;
        Some((ArnText::from(arn), state.1, at))
    })
}

/// The answer that the error text quotes for that secret.
pub(super) fn secret_answer(case: &Case<'_>, arn: &str) -> Option<(SecretAnswer, Citation)> {
    let (symptom, at) = stated(case)?;
    if symptom.cause != Cause::NotFound {
        return None;
    }
    let answer = if says(symptom, "marked for deletion") || says(symptom, "because it was deleted") {
        SecretAnswer::Deleted
    } else if symptom.quoted.staging_label.is_some() || says(symptom, "find the specified secret value for") {
        SecretAnswer::NoVersion
    } else if says(symptom, "cant find the specified secret.")
        || says(symptom, "cant find the specified secret") && !says(symptom, "specified secret value")
    {
        SecretAnswer::NotFound
    } else {
        return None;
    };
    about(case, symptom.quoted.arn.as_deref(), arn, secret_arn).then(|| (answer, at.clone()))
}

/// Whether the text says that this secret's JSON lacks this key, or is no JSON at all.
pub(super) fn secret_content(case: &Case<'_>, secret: &SecretReference) -> Option<(Cause, Citation)> {
    let (symptom, at) = stated(case)?;
    let key = secret.json_key.as_deref()?;
    let quoted = &symptom.quoted;
    let keyed = |used: &Use, key: Option<&str>| match ValueFrom::parse(&used.text).ok()?.value {
        ValueFrom::Secret(other) if other.json_key.is_some() && key.is_none_or(|key| other.json_key.as_deref() == Some(key)) => {
            Some(other.arn())
        }
        _ => None,
    };
    let own = secret.arn();
    let proven = match symptom.cause {
        Cause::JsonKey => {
            quoted.json_key.as_deref() == Some(key) && about(case, quoted.arn.as_deref(), &own, |used| keyed(used, Some(key)))
        }
        // The registry's credentials are read as JSON too.
        Cause::NotJson => !says(symptom, "unmarshal secret value") && about(case, quoted.arn.as_deref(), &own, |used| keyed(used, None)),
        _ => false,
    };
    proven.then(|| (symptom.cause, at.clone()))
}
