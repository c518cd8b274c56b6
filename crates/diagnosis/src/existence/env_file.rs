//! Environment files and other objects in Amazon S3 (ECS Developer Guide, "Pass an environment variable in a file").

use super::{FaultKind, Judgement, error};
use crate::case::Case;
use crate::requirements::{Use, UseKind};
use crate::symptom::{Cause, Service, Stage, Symptom};
use references::{EnvFile, Malformed, MalformedKind, ObjectArn, nearest};
use snapshot::{Call, Operation};
use std::collections::BTreeSet;

/// An environment file.
pub(super) fn judge(case: &Case<'_>, used: &Use) -> Judgement {
    let parsed = match EnvFile::parse(&used.text) {
        Ok(parsed) => parsed,
        Err(malformed) => return Judgement::malformed(used, at_home(case, malformed)),
    };
    let mut judged = object(case, used, &parsed.value.object, parsed.is_redacted());
    if !parsed.is_redacted() && !parsed.value.is_dot_env() {
        judged.fault(FaultKind::NotDotEnv, Vec::new(), Vec::new());
    }
    judged
}

/// What was meant by an address, which names no partition, is in the task's own.
pub(super) fn at_home(case: &Case<'_>, mut malformed: Malformed) -> Malformed {
    if matches!(malformed.kind, MalformedKind::S3Address | MalformedKind::NotAnArn)
        && let Some(rest) = malformed.corrected.as_deref().and_then(|text| text.strip_prefix("arn:aws:"))
    {
        malformed.corrected = Some(format!("arn:{}:{rest}", case.partition));
    }
    malformed
}

/// Whether Amazon S3 told the task that an environment file is not there: a key that cannot be used is no missing file.
pub(crate) fn is_gone(symptom: &Symptom) -> bool {
    symptom.cause == Cause::NotFound && symptom.stage == Stage::EnvFile && symptom.service != Some(Service::Kms)
}

/// Whether the error is about that file: it is the only one that fits the name, or that it may be about.
fn named(case: &Case<'_>, symptom: &Symptom, file: &ObjectArn) -> bool {
    match &symptom.env_file {
        Some(name) => {
            let files = error::uses(case)
                .into_iter()
                .filter(|used| used.kind == UseKind::EnvironmentFile)
                .filter_map(|used| EnvFile::parse(&used.text).ok())
                .map(|parsed| parsed.value.object)
                .filter(|object| name.is(&object.bucket, &object.key));
            let names: BTreeSet<String> = files.map(|object| object.to_string()).collect();
            names.len() == 1 && names.contains(&file.to_string())
        }
        None => error::about(case, symptom.quoted.arn.as_deref(), &file.to_string(), |used| {
            (used.kind == UseKind::EnvironmentFile).then(|| used.text.clone())
        }),
    }
}

/// Whether Amazon S3 told the task that this, the only configuration of a log router, is not there.
fn of_log_router(case: &Case<'_>, symptom: &Symptom, used: &Use) -> bool {
    symptom.cause == Cause::NotFound
        && symptom.stage == Stage::LogDriver
        && symptom.service == Some(Service::S3)
        && used.kind == UseKind::FirelensConfig
        && error::about(case, symptom.quoted.arn.as_deref(), &used.text, |used| {
            (used.kind == UseKind::FirelensConfig).then(|| used.text.clone())
        })
}

/// Whether an object is in its bucket.
pub(super) fn object(case: &Case<'_>, used: &Use, file: &ObjectArn, hidden: bool) -> Judgement {
    let judged = Judgement::unknown(used, file.to_string());
    if hidden {
        return judged;
    }
    let s3 = &case.snapshot.s3;
    let keys = s3
        .objects
        .iter()
        .filter(|list| list.bucket.known() == Some(&file.bucket))
        .flat_map(|list| &list.objects);
    let near = nearest(&file.key, keys.filter_map(|found| found.value.key.as_deref()));
    let kind = FaultKind::NotFound { near, or_deleted: false };
    match s3.object(&file.bucket, &file.key) {
        Some((true, at)) => return judged.found(&at),
        Some((false, at)) => return judged.absent(kind, vec![at], Vec::new()),
        None => {}
    }
    if let Some((symptom, at)) = error::stated(case)
        && (is_gone(symptom) && named(case, symptom, file) || of_log_router(case, symptom, used))
    {
        let kind = if error::says(symptom, "NoSuchBucket") {
            FaultKind::BucketNotFound
        } else {
            kind
        };
        return judged.absent(kind, vec![at.clone()], Vec::new());
    }
    let option = |failure: &snapshot::CallFailure, name: &str| failure.options.get(name).and_then(|values| values.first()).cloned();
    let failures = || {
        case.snapshot
            .failures
            .iter()
            .filter(|failure| option(failure, "bucket").as_ref() == Some(&file.bucket))
    };
    let no_bucket = failures()
        .find(|failure| failure.code == "NoSuchBucket" || failure.code == "404" && failure.operation == Some(Operation::S3apiHeadBucket));
    if let Some(failure) = no_bucket {
        return judged.absent(FaultKind::BucketNotFound, vec![failure.at.clone()], Vec::new());
    }
    let no_object = failures().find(|failure| {
        failure.operation == Some(Operation::S3apiHeadObject)
            && matches!(failure.code.as_str(), "404" | "NotFound" | "NoSuchKey")
            && option(failure, "key").as_ref() == Some(&file.key)
    });
    if let Some(failure) = no_object {
        return judged.absent(kind, vec![failure.at.clone()], Vec::new());
    }
    let call = Call::new(Operation::S3apiHeadObject)
        .option("bucket", file.bucket.clone())
        .option("key", file.key.clone())
        .in_region(case.region.as_deref());
    judged.open("envfile.not-found", vec![call.into()])
}
