//! The error text as evidence: where it names the layer that denied, it proves that for the very call that it names. CloudTrail's records
//! speak the same words, and are compared only.

use super::{Handle, caller};
use crate::case::Case;
use crate::model::DestinationKey;
use crate::requirements::{ApiCall, Caller, Requirement};
use crate::symptom::{self, Cause, PolicyLayer, Service, Symptom};
use policy::{DecidedBy, Decision, LayerDecision, LayerKind, Principal, PrincipalKind, Residuals, StatementRef, Verdict};
use snapshot::Citation;
use snapshot::ids::ArnText;
use std::borrow::Cow;

/// The actions that a start makes; an error text that names another is not about it.
const ACTIONS: [&str; 15] = [
    "ecr:GetAuthorizationToken",
    "ecr:BatchGetImage",
    "ecr:BatchImportUpstreamImage",
    "ecr:CreateRepository",
    "ecr:GetDownloadUrlForLayer",
    "ecr:BatchCheckLayerAvailability",
    "secretsmanager:GetSecretValue",
    "ssm:GetParameters",
    "kms:Decrypt",
    "logs:CreateLogStream",
    "logs:CreateLogGroup",
    "logs:PutLogEvents",
    "s3:GetObject",
    "s3:GetBucketLocation",
    "sts:AssumeRole",
];

/// The call that the error text names, where nothing else told that the task makes it at this destination.
pub(super) fn call(case: &Case<'_>, requirement: &Requirement) -> Option<ApiCall> {
    let symptom = case.symptom.as_ref().filter(|symptom| symptom.cause == Cause::AccessDenied)?;
    let named = symptom.quoted.action.as_deref()?;
    let action = ACTIONS.into_iter().find(|action| action.eq_ignore_ascii_case(named))?;
    if destination(action, symptom.service) != Some(requirement.key.clone()) {
        return None;
    }
    let resource = symptom.quoted.arn.as_deref();
    let known = requirement
        .calls
        .iter()
        .any(|call| call.action == action && resource.is_none_or(|arn| call.resource == "*" || same(arn, &call.resource)));
    // The keys of secrets and parameters are found by what they encrypt.
    if known || (action == "kms:Decrypt" && !requirement.calls.is_empty()) {
        return None;
    }
    let region = resource.and_then(|arn| ArnText::from(arn).region().map(str::to_owned));
    if region.is_some() && requirement.region.is_some() && region != requirement.region {
        return None;
    }
    let resource = match (action, resource) {
        ("ecr:GetAuthorizationToken", _) => "*",
        (_, Some(arn)) => arn,
        (_, None) => return None,
    };
    let blocks_start = !matches!(action, "logs:PutLogEvents" | "ecr:BatchCheckLayerAvailability");
    Some(ApiCall {
        action,
        resource: resource.to_owned(),
        caller: Caller::ExecutionRole,
        blocks_start,
        by: None,
    })
}

fn destination(action: &str, service: Option<Service>) -> Option<DestinationKey> {
    Some(match action.split(':').next()? {
        "ecr" if action == "ecr:GetAuthorizationToken" => DestinationKey::EcrApi,
        "ecr" => DestinationKey::EcrDkr,
        "secretsmanager" => DestinationKey::SecretsManager,
        "ssm" => DestinationKey::Ssm,
        "kms" if service == Some(Service::Ssm) => DestinationKey::Ssm,
        "kms" => DestinationKey::SecretsManager,
        "logs" => DestinationKey::Logs,
        "s3" => DestinationKey::S3,
        "sts" => DestinationKey::Sts,
        _ => return None,
    })
}

/// Whether the ARN of an error text is that resource, which may be known by its beginning only.
pub(crate) fn same(quoted: &str, resource: &str) -> bool {
    if quoted == resource {
        return true;
    }
    if let Some(beginning) = resource.strip_suffix('*') {
        return quoted.starts_with(beginning) || quoted.trim_end_matches('*') == beginning.trim_end_matches(':');
    }
    snapshot::secrets::without_suffix(quoted) == Some(resource) || snapshot::secrets::without_suffix(resource) == Some(quoted)
}

/// AWS's own words about a denied call.
pub(super) struct Said<'c> {
    symptom: Cow<'c, Symptom>,
    /// Where they stand.
    pub(super) at: Option<Citation>,
}

impl Said<'_> {
    /// Whether they are about that very call of that very role.
    pub(super) fn about(&self, action: &str, resource: &str, principal: &Principal) -> bool {
        let quoted = &self.symptom.quoted;
        let action_named = quoted.action.as_deref().is_some_and(|named| named.eq_ignore_ascii_case(action));
        let resource_named = match quoted.arn.as_deref() {
            Some(arn) => same(arn, resource),
            None => resource == "*",
        };
        self.symptom.cause == Cause::AccessDenied
            && action_named
            && resource_named
            && quoted.principal.as_deref().is_none_or(|named| is(named, principal))
    }

    /// The layer that they name.
    pub(super) fn layer(&self) -> Option<LayerKind> {
        let told = self.symptom.layer.as_ref()?;
        let decrypts = self
            .symptom
            .quoted
            .action
            .as_deref()
            .is_some_and(|action| action.eq_ignore_ascii_case("kms:Decrypt"));
        Some(match told.layer {
            PolicyLayer::Identity => LayerKind::Identity,
            PolicyLayer::Resource if decrypts => LayerKind::Key,
            PolicyLayer::Resource => LayerKind::Resource,
            PolicyLayer::Boundary => LayerKind::Boundary,
            PolicyLayer::Session => LayerKind::Session,
            PolicyLayer::VpcEndpoint => LayerKind::Endpoint,
            PolicyLayer::ServiceControl => LayerKind::ServiceControl(0),
            PolicyLayer::ResourceControl => LayerKind::ResourceControl(0),
            PolicyLayer::Trust => LayerKind::Trust,
        })
    }
}

/// The task's error.
fn error<'c>(case: &'c Case<'_>) -> Option<Said<'c>> {
    Some(Said {
        symptom: Cow::Borrowed(case.symptom.as_ref()?),
        at: case.error.as_ref().map(|error| error.at.clone()),
    })
}

/// CloudTrail's records of calls that were denied to the task's own session, which bears the task's id as its name.
pub(super) fn records<'c>(case: &'c Case<'_>) -> impl Iterator<Item = Said<'c>> {
    let session = caller::task_id(case).map(|id| format!("/{id}"));
    case.snapshot.activity.records.iter().filter_map(move |found| {
        let record = &found.value;
        let who = record.user_identity.as_ref()?.arn.as_ref()?;
        let denied = record.error_code.as_deref().is_some_and(|code| code.contains("AccessDenied"));
        if !denied || !who.as_str().ends_with(session.as_deref()?) {
            return None;
        }
        Some(Said {
            symptom: Cow::Owned(symptom::parse(record.error_message.as_deref()?)),
            at: Some(found.at.clone()),
        })
    })
}

fn is(named: &str, principal: &Principal) -> bool {
    let Some(named) = Principal::from_arn(named) else {
        return true;
    };
    match (&named.kind, &principal.kind) {
        (PrincipalKind::Role { name: a, .. }, PrincipalKind::Role { name: b, .. }) => a == b && named.account == principal.account,
        _ => false,
    }
}

/// Adds what the error text proves. Where the documents prove the opposite of it, they stand: they are not what was in force then, or of
/// another role, and the contradiction is a finding of its own.
pub(super) fn apply(case: &Case<'_>, action: &str, resource: &str, principal: &Principal, decision: &mut Decision<Handle>) -> bool {
    error(case).is_some_and(|said| said.about(action, resource, principal) && settle(&said, decision))
}

fn settle(said: &Said<'_>, decision: &mut Decision<Handle>) -> bool {
    let (Some(told), Some(kind)) = (&said.symptom.layer, said.layer()) else {
        return false;
    };
    let verdict = if told.explicit {
        Verdict::ExplicitlyDenied
    } else {
        Verdict::ImplicitlyDenied
    };
    let mut found: Vec<&mut LayerDecision<Handle>> = decision.layers.iter_mut().filter(|layer| same_kind(layer.kind, kind)).collect();
    // Several levels of control policies are one layer of the text's.
    let proven = found.iter().any(|layer| layer.verdict == verdict);
    let open = found
        .iter()
        .any(|layer| matches!(layer.verdict, Verdict::Unknown | Verdict::Denied));
    if !proven && !open && !found.is_empty() {
        return false;
    }
    if decision.verdict == Verdict::ExplicitlyDenied && !proven {
        return false;
    }
    let at = said.at.clone();
    let name = told.policy_arn.clone().unwrap_or_default();
    let statement = StatementRef {
        handle: Handle {
            name,
            at,
            embedded: true,
            needs: Vec::new(),
        },
        pointer: String::new(),
        sid: None,
        effect: told.explicit.then_some(policy::Effect::Deny),
    };
    let mut by = DecidedBy {
        layer: kind,
        statement: Some(statement.clone()),
    };
    if proven {
        if let Some(layer) = found.iter().find(|layer| layer.verdict == verdict) {
            by = DecidedBy {
                layer: layer.kind,
                statement: layer.statement.clone().or(Some(statement)),
            };
        }
    } else if let Some(layer) = found
        .iter_mut()
        .find(|layer| matches!(layer.verdict, Verdict::Unknown | Verdict::Denied))
    {
        layer.verdict = verdict;
        layer.statement = Some(statement.clone());
        by = DecidedBy {
            layer: layer.kind,
            statement: Some(statement),
        };
    } else {
        decision.layers.push(LayerDecision {
            kind,
            verdict,
            statement: Some(statement),
            delegates: false,
        });
    }
    decision.verdict = verdict;
    decision.decided_by = Some(by);
    decision.residuals = Residuals::default();
    true
}

/// Levels of an organization count as one.
fn same_kind(a: LayerKind, b: LayerKind) -> bool {
    match (a, b) {
        (LayerKind::ServiceControl(_), LayerKind::ServiceControl(_)) | (LayerKind::ResourceControl(_), LayerKind::ResourceControl(_)) => {
            true
        }
        _ => a == b,
    }
}
