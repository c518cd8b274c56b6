//! The context keys of a call that the task's role makes, each known, absent or not known (IAM User Guide, "AWS global condition
//! context keys"; Service Authorization Reference of each service).

use super::caller::Who;
use crate::case::Case;
use crate::requirements::Use;
use policy::{Context, Unmentioned, Value};
use references::ValueFrom;
use snapshot::iam::role::Tag;
use snapshot::ids::ArnText;
use snapshot::{Citation, Question, QuestionKind};
use std::collections::BTreeSet;

/// Keys that AWS never sends on these calls: nothing calls on the role's behalf, nobody signed in with a second factor.
const ABSENT: [&str; 12] = [
    "aws:CalledVia",
    "aws:CalledViaFirst",
    "aws:CalledViaLast",
    "aws:MultiFactorAuthPresent",
    "aws:MultiFactorAuthAge",
    "aws:SourceArn",
    "aws:SourceAccount",
    "aws:SourceOrgID",
    "aws:SourceOrgPaths",
    "aws:FederatedProvider",
    "aws:TagKeys",
    "aws:PrincipalServiceName",
];

/// Keys that only the credentials of an instance carry (IAM User Guide, "AWS global condition context keys").
const OF_INSTANCES: [&str; 3] = [
    "ec2:SourceInstanceARN",
    "aws:Ec2InstanceSourceVpc",
    "aws:Ec2InstanceSourcePrivateIPv4",
];

/// What every call of a role carries, whatever it asks for.
pub(super) fn base(case: &Case<'_>, who: &Who<'_>, region: Option<&str>) -> Context {
    let mut context = Context::new(Unmentioned::Unknown);
    for key in ABSENT {
        context.set(key, Value::Absent);
    }
    if !who.instance {
        for key in OF_INSTANCES {
            context.set(key, Value::Absent);
        }
    }
    context.set_family("aws:RequestTag/", Unmentioned::Absent);
    context.set("aws:SecureTransport", Value::one("true"));
    context.set("aws:ViaAWSService", Value::one("false"));
    context.set("aws:RequestedRegion", region.map_or(Value::Unknown, Value::one));
    let organization = case
        .snapshot
        .organizations
        .organization
        .first()
        .and_then(|found| found.value.id.clone());
    if let Some(id) = organization.filter(|_| who.arn.account() == case.account.as_deref()) {
        context.set("aws:PrincipalOrgID", Value::One(id));
    }
    if let Some(role) = who.role {
        // Amazon ECS adds no session tags: the role's own are all there are.
        set_tags(&mut context, "aws:PrincipalTag/", &role.value.tags);
    }
    context
}

/// What the question about a key is asked of: the key alone where all calls of the role carry the same value, else the key on the calls
/// for one resource.
pub(super) fn subject(key: &str, resource: &str) -> String {
    if resource == "*" || !of_resource(key) {
        return key.to_owned();
    }
    format!("{key} {resource}")
}

/// Whether a key tells of what is called, or of the endpoint that it is called through, and so may differ from resource to resource: the
/// global keys that describe the resource, and the keys of services but those of the instance that calls.
fn of_resource(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    match key.strip_prefix("aws:") {
        Some(global) => global.starts_with("resource") || global == "sourcevpce",
        None => !key.starts_with("ec2:"),
    }
}

/// Sets those of the keys that the person told of on calls for that resource; what the evidence tells stands.
pub(super) fn answered(case: &Case<'_>, context: &mut Context, keys: &BTreeSet<String>, resource: &str) -> Vec<Citation> {
    let mut cites = Vec::new();
    for key in keys {
        let asked = Question {
            kind: QuestionKind::ConditionKey,
            subject: subject(key, resource),
        };
        let given = case.snapshot.answer(&asked).filter(|_| *context.get(key) == Value::Unknown);
        let Some(given) = given else {
            continue;
        };
        let value = given.value.trim();
        context.set(
            key,
            if value.eq_ignore_ascii_case("none") {
                Value::Absent
            } else {
                Value::one(value)
            },
        );
        cites.push(given.at.clone());
    }
    cites
}

/// All the tags that there are.
fn set_tags(context: &mut Context, family: &str, tags: &[Tag]) {
    context.set_family(family, Unmentioned::Absent);
    for Tag { key, value } in tags {
        if let (Some(key), Some(value)) = (key, value) {
            context.set(&format!("{family}{key}"), Value::one(value.clone()));
        }
    }
}

/// What `GetSecretValue` is asked for, and what the secret is tagged with.
pub(super) fn secret(case: &Case<'_>, context: &mut Context, arn: &str, used: Option<&Use>) {
    let described = case.snapshot.secrets.secrets.get(&ArnText::from(arn));
    if let Some(tags) = described.and_then(|found| found.value.tags.as_ref()) {
        for family in ["aws:ResourceTag/", "secretsmanager:ResourceTag/"] {
            set_tags(context, family, tags);
        }
    }
    context.set("secretsmanager:SecretId", Value::one(arn));
    let reference = used.and_then(|used| ValueFrom::parse(&used.text).ok());
    let Some(ValueFrom::Secret(secret)) = reference.map(|parsed| parsed.value) else {
        return;
    };
    context.set(
        "secretsmanager:VersionId",
        secret.version_id.clone().map_or(Value::Absent, Value::One),
    );
    if let Some(stage) = secret.version_stage {
        context.set("secretsmanager:VersionStage", Value::One(stage));
    }
}

/// What `kms:Decrypt` carries where a service makes it with the caller's permissions (AWS KMS Developer Guide, "Forward access
/// sessions", "How Secrets Manager uses KMS", "How Parameter Store uses KMS").
pub(super) fn forwarded(context: &mut Context, service: &str, region: Option<&str>, account: &str, encryption: &[(&str, Option<&str>)]) {
    context.set("aws:ViaAWSService", Value::one("true"));
    for key in ["aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast"] {
        context.set(key, Value::Unknown);
    }
    // Which suffix the key carries in China is not documented.
    let known = region.filter(|region| !region.starts_with("cn-"));
    context.set(
        "kms:ViaService",
        known.map_or(Value::Unknown, |region| Value::One(format!("{service}.{region}.amazonaws.com"))),
    );
    context.set("kms:CallerAccount", Value::one(account));
    context.set("kms:GrantIsForAWSResource", Value::Absent);
    if encryption.is_empty() {
        return;
    }
    context.set_family("kms:EncryptionContext:", Unmentioned::Absent);
    for (name, value) in encryption {
        context.set(&format!("kms:EncryptionContext:{name}"), value.map_or(Value::Unknown, Value::one));
    }
    context.set(
        "kms:EncryptionContextKeys",
        Value::Many(encryption.iter().map(|(name, _)| (*name).to_owned()).collect()),
    );
}
