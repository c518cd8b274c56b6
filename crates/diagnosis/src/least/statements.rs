//! Calls as the statements that allow them, and nothing else.

use crate::authorization::Judgement;
use policy::DraftStatement;
use snapshot::ids::ArnText;
use std::collections::{BTreeMap, BTreeSet};

/// Actions and resources of one statement.
type Grouped = (BTreeSet<&'static str>, BTreeSet<String>);

/// The statements that allow these calls: one for the actions of one resource kind.
#[must_use]
pub fn of_calls(calls: &[&Judgement]) -> Vec<DraftStatement> {
    let mut groups: BTreeMap<(usize, Option<String>), Grouped> = BTreeMap::new();
    for judgement in calls {
        let call = &judgement.call;
        // An alias that was not resolved names no resource of a policy.
        if call.action == "kms:Decrypt" && !call.resource.contains(":key/") {
            continue;
        }
        let (place, _) = group(call.action);
        let entry = groups.entry((place, via(judgement))).or_default();
        entry.0.insert(call.action);
        entry.1.extend(resources(call.action, &call.resource));
    }
    groups
        .into_iter()
        .map(|((_, via), (actions, resources))| {
            let sid = actions.iter().next().map_or("", |action| group(action).1);
            let mut statement = DraftStatement::allow();
            statement = actions.into_iter().fold(statement, DraftStatement::action);
            statement = resources.into_iter().fold(statement, DraftStatement::resource);
            statement = match via {
                Some(service) => statement
                    .sid(keys_of(&service))
                    .condition("StringEquals", "kms:ViaService", service),
                None => statement.sid(sid),
            };
            statement
        })
        .collect()
}

/// What the keys of a service encrypt.
fn keys_of(service: &str) -> &'static str {
    match service.split('.').next() {
        Some("secretsmanager") => "SecretKeys",
        Some("ssm") => "ParameterKeys",
        _ => "ObjectKeys",
    }
}

/// Which actions share their resources, in the order of a start.
fn group(action: &str) -> (usize, &'static str) {
    match action {
        "ecr:GetAuthorizationToken" => (0, "RegistryLogin"),
        "ecr:BatchImportUpstreamImage" | "ecr:CreateRepository" => (2, "PullThroughCache"),
        "secretsmanager:GetSecretValue" => (3, "Secrets"),
        "ssm:GetParameters" => (4, "Parameters"),
        "kms:Decrypt" => (5, "Keys"),
        "logs:CreateLogGroup" => (6, "LogGroup"),
        "logs:CreateLogStream" | "logs:PutLogEvents" => (7, "Logs"),
        "s3:GetObject" => (8, "EnvironmentFiles"),
        "s3:GetBucketLocation" => (9, "EnvironmentFileBuckets"),
        _ => (1, "ImagePull"),
    }
}

/// The service that decrypts with the role's permission: the key is opened through it only.
fn via(judgement: &Judgement) -> Option<String> {
    if judgement.call.action != "kms:Decrypt" {
        return None;
    }
    match judgement.request.as_ref()?.context().get("kms:ViaService") {
        policy::Value::One(service) => Some(service.clone()),
        _ => None,
    }
}

fn resources(action: &str, resource: &str) -> Vec<String> {
    let arn = ArnText::from(resource);
    let partial_secret = action.starts_with("secretsmanager:") && snapshot::secrets::without_suffix(resource).is_none();
    match action {
        "ecr:GetAuthorizationToken" => vec!["*".to_owned()],
        _ if partial_secret && arn.resource().is_some() => vec![format!("{resource}-??????")],
        "logs:CreateLogStream" | "logs:PutLogEvents" => {
            let group = resource.split_once(":log-stream:").map_or(resource, |(group, _)| group);
            vec![format!("{group}:*")]
        }
        "logs:CreateLogGroup" => vec![resource.to_owned(), format!("{resource}:*")],
        _ => vec![resource.to_owned()],
    }
}
