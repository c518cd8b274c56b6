//! Secrets of Secrets Manager: by ARN, by name (registry credentials), and through Parameter Store.
//!
//! Secrets Manager User Guide and API reference: names are unique in an account and Region; `list-secrets` leaves out secrets that are
//! scheduled for deletion; `describe-secret` and `list-secrets` leave out versions without a staging label.

mod answers;
mod meant;
mod version;

use self::answers::{answered, refused};
use self::meant::{keyed, near};
use self::version::{content, labelled, no_version, version};
use super::error::{self, SecretAnswer};
use super::{FaultKind, Judgement, Proof};
use crate::case::Case;
use crate::model::ReferenceVerdict;
use crate::requirements::Use;
use crate::symptom::Cause;
use references::{
    Arn, ArnField, CredentialsParameter, Difference, Malformed, MalformedKind, Near, Oddity, OddityKind, SecretReference,
    SecretThroughParameterStore, nearest,
};
use snapshot::secrets::{Secret, without_suffix};
use snapshot::{Call, Citation, Coverage, Found, Operation};

/// What is looked for.
struct Wanted<'a> {
    /// The ARN as it is asked for; a name where the reference is one.
    arn: String,
    /// The name by the likeliest reading.
    name: &'a str,
    region: Option<&'a str>,
    account: Option<&'a str>,
    /// The ARN is complete.
    full: bool,
    /// The end of the ARN may belong to the name.
    doubtful: bool,
    /// `name` and the six characters, as written.
    written: &'a str,
    /// What was likely meant, as the text alone tells.
    meant: Option<Near>,
}

/// A secret by its ARN.
pub(super) fn judge(case: &Case<'_>, used: &Use, secret: &SecretReference, hidden: bool, oddities: &[Oddity]) -> Judgement {
    let split = secret.split();
    let wanted = Wanted {
        arn: secret.arn(),
        name: split.name,
        region: Some(secret.region.as_str()),
        account: Some(secret.account.as_str()),
        full: split.suffix.is_some(),
        doubtful: split.doubtful,
        written: &secret.name_with_suffix,
        meant: keyed(case, secret, oddities).map(|text| Near {
            text,
            difference: Difference::JoinedKey,
        }),
    };
    if hidden {
        let judged = Judgement::unknown(used, secret.arn());
        let name = if wanted.full { split.name } else { &secret.name_with_suffix };
        let call = Call::new(Operation::SecretsmanagerDescribeSecret)
            .option("secret-id", name)
            .in_region(case.region.as_deref());
        return judged.open("secret.not-found", vec![call.into()]);
    }
    if let Some(judged) = unknown_region(case, used, oddities, "secretsmanager") {
        return judged;
    }
    let mut judged = exists(case, used, &wanted);
    if judged.verdict == ReferenceVerdict::Found
        && judged.faults.is_empty()
        && let Some(found) = find(case, &wanted)
    {
        version(case, secret, found, &mut judged);
    }
    // Where the version is not there, its content was never read.
    if judged.verdict != ReferenceVerdict::NotFound && judged.faults.is_empty() {
        content(case, secret, &mut judged);
    }
    judged
}

/// A registry's credentials.
pub(super) fn judge_credentials(case: &Case<'_>, used: &Use, parameter: &CredentialsParameter, oddities: &[Oddity]) -> Judgement {
    match parameter {
        CredentialsParameter::Secret(secret) => judge(case, used, secret, false, &[]),
        CredentialsParameter::Name(name) => {
            let corrected = oddities.iter().find(|oddity| oddity.kind == OddityKind::SecretSuffixInName);
            let meant = corrected.and_then(|oddity| oddity.corrected.clone()).map(|text| Near {
                text,
                difference: Difference::SuffixInName,
            });
            let wanted = Wanted {
                meant,
                ..by_name(case, name, name.clone())
            };
            let mut judged = exists(case, used, &wanted);
            if let (ReferenceVerdict::Found, Some(found)) = (judged.verdict, find(case, &wanted)) {
                labelled(case, found, None, &mut judged);
            }
            judged
        }
    }
}

/// A secret through Parameter Store, by name.
pub(super) fn judge_through(case: &Case<'_>, used: &Use, through: &SecretThroughParameterStore) -> Judgement {
    // A Parameter Store version is a number; a secret's version id is longer, a label has letters.
    if let Some(selector) = through
        .selector()
        .filter(|selector| selector.len() < 32 && selector.bytes().all(|byte| byte.is_ascii_digit()))
    {
        let mut judged = Judgement::unknown(used, used.text.clone());
        judged.verdict = ReferenceVerdict::Malformed;
        judged.fault(
            FaultKind::Versioned {
                selector: selector.to_owned(),
            },
            Vec::new(),
            Vec::new(),
        );
        return judged;
    }
    let wanted = by_name(case, &through.secret, through.secret.clone());
    // Where the secret was pasted, its being refused is a contradiction and no proof.
    if find(case, &wanted).is_none()
        && let Some((_, at)) = super::parameter::refused(case, used, &through.parameter)
    {
        let near = near(case, &wanted);
        return Judgement::unknown(used, through.secret.clone()).absent(
            FaultKind::NotFound { near, or_deleted: true },
            vec![at],
            Vec::new(),
        );
    }
    let mut judged = exists(case, used, &wanted);
    if let (ReferenceVerdict::Found, Some(found)) = (judged.verdict, find(case, &wanted)) {
        match through.selector() {
            None => labelled(case, found, None, &mut judged),
            // The error text gives the stage back; the description tells whether it is there.
            Some(stage)
                if super::parameter::refused(case, used, &through.parameter)
                    .is_some_and(|(name, _)| name.ends_with(&format!(":{stage}"))) =>
            {
                labelled(case, found, Some(stage), &mut judged);
            }
            // What ECS does with it is not documented.
            Some(_) => judged.verdict = ReferenceVerdict::Unknown,
        }
    }
    judged
}

fn by_name<'a>(case: &'a Case<'_>, name: &'a str, arn: String) -> Wanted<'a> {
    Wanted {
        arn,
        name,
        region: case.region.as_deref(),
        account: case.account.as_deref(),
        full: false,
        doubtful: false,
        written: name,
        meant: None,
    }
}

/// Whether the secret is there, and can be read at all.
fn exists(case: &Case<'_>, used: &Use, wanted: &Wanted<'_>) -> Judgement {
    let judged = Judgement::unknown(used, wanted.arn.clone());
    let call = Call::new(Operation::SecretsmanagerDescribeSecret)
        .option("secret-id", wanted.arn.clone())
        .in_region(wanted.region);
    if let Some(found) = find(case, wanted) {
        let mut judged = judged.found(&found.member("ARN"));
        if let Some(on) = found.value.deleted_date {
            let proof = vec![found.member("DeletedDate")];
            judged.fault(FaultKind::Deleted { on: Some(on) }, proof, Vec::new());
        }
        return judged;
    }
    if let Some(at) = replica(case, wanted) {
        return judged.found(&at);
    }
    // Names are unique: a secret of that name with other characters at the end leaves no room for this ARN.
    if wanted.full
        && !wanted.doubtful
        && let Some(other) = same_name(case, wanted, wanted.name)
    {
        let arn = other.value.arn.as_ref().map(|arn| arn.0.clone()).unwrap_or_default();
        let near = nearest(&wanted.arn, [arn.as_str()]);
        return judged.absent(
            FaultKind::NotFound { near, or_deleted: false },
            vec![other.member("ARN")],
            Vec::new(),
        );
    }
    match error::secret_answer(case, &wanted.arn) {
        Some((SecretAnswer::NotFound, at)) => {
            let kind = FaultKind::NotFound {
                near: near(case, wanted),
                or_deleted: false,
            };
            let mut proof = vec![at];
            proof.extend(answered(case, wanted).into_iter().flat_map(|proof| proof.evidence));
            return judged.absent(kind, proof, Vec::new());
        }
        Some((SecretAnswer::Deleted, at)) => {
            let mut judged = judged.found(&at);
            judged.fault(FaultKind::Deleted { on: None }, vec![at], Vec::new());
            return judged;
        }
        Some((SecretAnswer::NoVersion, at)) => {
            let mut judged = judged.found(&at);
            no_version(case, used, &at, &mut judged);
            return judged;
        }
        None => {}
    }
    if let Some(at) = refused(case, wanted) {
        let mut judged = judged.found(&at);
        judged.fault(FaultKind::Deleted { on: None }, vec![at], Vec::new());
        return judged;
    }
    if let Some(proof) = answered(case, wanted) {
        let kind = FaultKind::NotFound {
            near: near(case, wanted),
            or_deleted: false,
        };
        return judged.absent(kind, proof.evidence, proof.assumes);
    }
    // Where the end of the ARN may belong to the name, neither reading may name a secret.
    let maybe = wanted.doubtful && same_name(case, wanted, wanted.written).is_some();
    let secrets = &case.snapshot.secrets;
    let there = |secret: &Secret| {
        secret
            .arn
            .as_ref()
            .is_some_and(|arn| arn.region() == wanted.region && arn.account() == wanted.account)
    };
    let coverage = if wanted.doubtful && same_name(case, wanted, wanted.name).is_some() {
        // A secret of the shorter name is there, with other characters at its end.
        secrets.coverage(wanted.written, wanted.account, wanted.region)
    } else if wanted.doubtful && secrets.coverage(wanted.written, wanted.account, wanted.region) == Coverage::Missing {
        Coverage::Missing
    } else {
        secrets.coverage(wanted.name, wanted.account, wanted.region)
    };
    if !maybe && let Some(proof) = Proof::listed(case, &secrets.secrets, &coverage, (wanted.account, wanted.region), there) {
        let kind = FaultKind::NotFound {
            near: near(case, wanted),
            or_deleted: true,
        };
        return judged.absent(kind, proof.evidence, proof.assumes);
    }
    judged.open("secret.not-found", vec![call.into()])
}

/// The pasted secret that is meant beyond doubt.
fn find<'a>(case: &'a Case<'_>, wanted: &Wanted<'_>) -> Option<&'a Found<Secret>> {
    let exact = case
        .snapshot
        .secrets
        .secrets
        .iter()
        .find(|found| found.value.arn.as_ref().is_some_and(|arn| arn.as_str() == wanted.arn));
    if exact.is_some() || wanted.full {
        return exact;
    }
    same_name(case, wanted, wanted.name)
}

fn same_name<'a>(case: &'a Case<'_>, wanted: &Wanted<'_>, name: &str) -> Option<&'a Found<Secret>> {
    case.snapshot.secrets.secrets.iter().find(|found| {
        let Some(arn) = &found.value.arn else {
            return false;
        };
        let own = found
            .value
            .name
            .as_deref()
            .or_else(|| without_suffix(arn.as_str())?.split_once(":secret:").map(|(_, name)| name));
        let there = wanted.region.is_none_or(|region| arn.region() == Some(region))
            && wanted.account.is_none_or(|account| arn.account() == Some(account));
        own == Some(name) && there
    })
}

/// Where the description of a secret says that its replica is there: a replica has the same name and characters in another Region. One
/// that failed may still be there as it was before, so that alone `InSync` tells.
fn replica(case: &Case<'_>, wanted: &Wanted<'_>) -> Option<Citation> {
    let region = wanted.region?;
    let found = case.snapshot.secrets.secrets.iter().find(|found| {
        let arn = found.value.arn.as_ref().and_then(|arn| Arn::parse(arn.as_str()).ok());
        let there = arn.map(|arn| arn.with(ArnField::Region, region));
        let named = there.is_some_and(|arn| arn == wanted.arn || (!wanted.full && without_suffix(&arn) == Some(wanted.arn.as_str())));
        let mut replicas = found.value.replication_status.iter();
        named && replicas.any(|replica| replica.region.as_deref() == Some(region) && replica.status.as_deref() == Some("InSync"))
    })?;
    Some(found.member("ReplicationStatus"))
}

/// A Region that nobody knows, and whose host the error text proves not to exist.
pub(super) fn unknown_region(case: &Case<'_>, used: &Use, oddities: &[Oddity], service: &str) -> Option<Judgement> {
    let odd = oddities.iter().find(|oddity| oddity.kind == OddityKind::UnknownRegion)?;
    let region = used.text.get(odd.position.clone())?;
    let (symptom, at) = error::stated(case)?;
    let host = symptom.quoted.host.as_deref()?;
    let named = host.starts_with(&format!("{service}.")) && host.split('.').any(|label| label == region);
    (symptom.cause == Cause::Dns && named && error::says(symptom, "no such host")).then(|| {
        let malformed = Malformed {
            position: odd.position.clone(),
            kind: MalformedKind::Region,
            corrected: odd.corrected.clone(),
        };
        let mut judged = Judgement::unknown(used, used.text.clone());
        judged.verdict = ReferenceVerdict::Malformed;
        judged.fault(FaultKind::Malformed(malformed), vec![at.clone()], Vec::new());
        judged
    })
}
