//! What an endpoint's policy must let through for this task.

use super::{is_layer, of_calls, role};
use crate::authorization::Judgement;
use crate::judged::Judged;
use crate::requirements::Origin;
use policy::{Draft, DraftPrincipal, DraftStatement};
use snapshot::Truth;
use snapshot::ids::VpcEndpointId;
use std::collections::BTreeMap;

/// A policy for each endpoint that the task's calls are proven to pass.
pub(super) fn of(judged: &Judged<'_>) -> Vec<(VpcEndpointId, Draft)> {
    let mut passed: BTreeMap<VpcEndpointId, Vec<&Judgement>> = BTreeMap::new();
    for destination in &judged.destinations {
        let Some(first) = destination.walks.first() else {
            continue;
        };
        let passage = &first.trace.passage;
        if passage.through_endpoint != Truth::True || destination.requirement.origin == Origin::FargateOwned {
            continue;
        }
        if let [endpoint] = passage.endpoints.as_slice() {
            passed.entry(endpoint.clone()).or_default().extend(&destination.calls);
        }
    }
    passed
        .into_iter()
        .map(|(endpoint, calls)| (endpoint, draft(judged, &calls)))
        .filter(|(_, draft)| !draft.statements.is_empty())
        .collect()
}

/// The role by `aws:PrincipalArn`, which both kinds of endpoints read alike; the layers for everyone, since Amazon ECR signs their URL.
pub(crate) fn draft(judged: &Judged<'_>, calls: &[&Judgement]) -> Draft {
    // What a service calls with the role's permissions passes no endpoint of the customer's.
    let forwarded = |judgement: &Judgement| {
        let via = judgement
            .request
            .as_ref()
            .map(|request| request.context().get("aws:ViaAWSService").clone());
        via == Some(policy::Value::one("true")) || judgement.call.action == "kms:Decrypt"
    };
    let own = |judgement: &&&Judgement| !forwarded(judgement) && !is_layer(judgement);
    let mine: Vec<&Judgement> = calls.iter().filter(own).copied().collect();
    let role = role(judged);
    let narrowed = |statement: DraftStatement| {
        let statement = statement.principal(DraftPrincipal::Everyone);
        match &role {
            Some(role) => statement.condition("ArnEquals", "aws:PrincipalArn", role.clone()),
            None => statement,
        }
    };
    let mut statements: Vec<DraftStatement> = of_calls(&mine).into_iter().map(narrowed).collect();
    let layers: Vec<&&Judgement> = calls.iter().filter(|judgement| is_layer(judgement)).collect();
    if !layers.is_empty() {
        let statement = DraftStatement::allow()
            .sid("ImageLayers")
            .principal(DraftPrincipal::Everyone)
            .action("s3:GetObject");
        statements.push(layers.iter().fold(statement, |statement, judgement| {
            statement.resource(judgement.call.resource.clone())
        }));
    }
    Draft { statements }
}
