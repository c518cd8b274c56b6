//! The error text as evidence: where it names the layer that denied, it proves that for the very call that it names.

use super::Handle;
use crate::case::Case;
use crate::model::DestinationKey;
use crate::requirements::{ApiCall, Caller, Requirement};
use crate::symptom::{Cause, PolicyLayer, Service};
use policy::{DecidedBy, Decision, LayerDecision, LayerKind, Principal, PrincipalKind, Residuals, StatementRef, Verdict};
use snapshot::ids::ArnText;

/// The actions that a start makes; an error text that names another is not about it.
const ACTIONS: [&str; 13] = [
    "ecr:GetAuthorizationToken",
    "ecr:BatchGetImage",
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

/// Whether the text is about that very call of that very role.
fn about(case: &Case<'_>, action: &str, resource: &str, principal: &Principal) -> bool {
    let Some(symptom) = case.symptom.as_ref().filter(|symptom| symptom.cause == Cause::AccessDenied) else {
        return false;
    };
    let quoted = &symptom.quoted;
    let action_named = quoted.action.as_deref().is_some_and(|named| named.eq_ignore_ascii_case(action));
    let resource_named = match quoted.arn.as_deref() {
        Some(arn) => same(arn, resource),
        None => resource == "*",
    };
    action_named && resource_named && quoted.principal.as_deref().is_none_or(|named| is(named, principal))
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

/// Adds what the text proves. Where the documents prove the opposite of it, they stand: they are not what was in force then, or of
/// another role, and the contradiction is a finding of its own.
pub(super) fn apply(case: &Case<'_>, action: &str, resource: &str, principal: &Principal, decision: &mut Decision<Handle>) -> bool {
    let Some(told) = case.symptom.as_ref().and_then(|symptom| symptom.layer.as_ref()) else {
        return false;
    };
    if !about(case, action, resource, principal) {
        return false;
    }
    let resource_side = if action == "kms:Decrypt" {
        LayerKind::Key
    } else {
        LayerKind::Resource
    };
    let kind = match told.layer {
        PolicyLayer::Identity => LayerKind::Identity,
        PolicyLayer::Resource => resource_side,
        PolicyLayer::Boundary => LayerKind::Boundary,
        PolicyLayer::Session => LayerKind::Session,
        PolicyLayer::VpcEndpoint => LayerKind::Endpoint,
        PolicyLayer::ServiceControl => LayerKind::ServiceControl(0),
        PolicyLayer::ResourceControl => LayerKind::ResourceControl(0),
        PolicyLayer::Trust => LayerKind::Trust,
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
    let at = case.error.as_ref().map(|error| error.at.clone());
    let name = told.policy_arn.clone().unwrap_or_default();
    let said = StatementRef {
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
        statement: Some(said.clone()),
    };
    if proven {
        if let Some(layer) = found.iter().find(|layer| layer.verdict == verdict) {
            by = DecidedBy {
                layer: layer.kind,
                statement: layer.statement.clone().or(Some(said)),
            };
        }
    } else if let Some(layer) = found
        .iter_mut()
        .find(|layer| matches!(layer.verdict, Verdict::Unknown | Verdict::Denied))
    {
        layer.verdict = verdict;
        layer.statement = Some(said.clone());
        by = DecidedBy {
            layer: layer.kind,
            statement: Some(said),
        };
    } else {
        decision.layers.push(LayerDecision {
            kind,
            verdict,
            statement: Some(said),
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
