//! The download of image layers: a URL that Amazon ECR signed itself, so that only the endpoint's policy can forbid it
//! (Amazon ECR User Guide, "Create the Amazon S3 gateway endpoint").

use super::calls::{Desk, agree};
use super::library::{Held, Stack, Stand};
use super::{Judgement, path};
use crate::model::DestinationKey;
use crate::requirements::{ApiCall, Caller, Requirement};
use policy::{Base, Context, Operand, Principal, Request, Resource, Unmentioned, Value, evaluate};
use references::{Region, Variant, layer_bucket, layer_bucket_host};

/// Keys that speak of the account or organization of either side: not the customer's, and otherwise not known.
const FOREIGN: [&str; 9] = [
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:ResourceAccount",
    "aws:ResourceOrgID",
    "aws:ResourceOrgPaths",
    "s3:ResourceAccount",
    "aws:PrincipalType",
];

/// Whether a requirement is the bucket of the layers.
pub(super) fn is_layer_host(requirement: &Requirement) -> bool {
    let region = requirement.region.as_deref().and_then(Region::parse);
    let mut hosts = region.iter().flat_map(|region| {
        let variants = [Variant::Standard, Variant::DualStack];
        variants.into_iter().filter_map(|variant| layer_bucket_host(region, variant))
    });
    requirement.key == DestinationKey::S3 && hosts.any(|host| host == requirement.host)
}

/// The download, where it passes an endpoint.
pub(super) fn judge(desk: &Desk<'_, '_>) -> Option<Judgement> {
    let region = desk.requirement.region.as_deref().and_then(Region::parse)?;
    let ways: Vec<&path::Way> = desk.through().filter(|way| way.id.is_some()).collect();
    if ways.is_empty() || ways.len() != desk.ways.ways.len() || !is_layer_host(desk.requirement) {
        return None;
    }
    let partition = region.partition().map_or("aws", references::Partition::id);
    let bucket = format!("arn:{partition}:s3:::{}/", layer_bucket(&region));
    let call = ApiCall {
        action: "s3:GetObject",
        resource: format!("{bucket}*"),
        caller: Caller::ExecutionRole,
        blocks_start: true,
        by: None,
    };
    let mut decisions = Vec::new();
    let mut request = None;
    let mut evidence = Vec::new();
    for way in ways {
        let endpoint = way.endpoint.clone();
        let guess = endpoint
            .as_ref()
            .is_some_and(|(_, held)| names_other_accounts(held, desk.case.account.as_deref()));
        evidence.extend(
            endpoint
                .as_ref()
                .and_then(|(_, held)| held.handle.at.clone())
                .map(|at| ("endpoint", at)),
        );
        let stack = Stack {
            endpoint,
            base: Base::Given,
            ..Stack::default()
        };
        for value in [Value::Absent, Value::one("amazon")] {
            let mut context = Context::new(Unmentioned::Unknown);
            way.set(&mut context);
            context.set("aws:SecureTransport", Value::one("true"));
            context.set("aws:ViaAWSService", Value::Unknown);
            context.set("aws:RequestedRegion", Value::one(region.as_str()));
            for key in FOREIGN {
                context.set(key, if guess { Value::Unknown } else { value.clone() });
            }
            let made = Request::new(
                Principal::aws_signer(),
                call.action,
                Resource::Beginning(bucket.clone()),
                None,
                context,
            );
            decisions.push(evaluate(&made, &stack.layers()));
            request.get_or_insert(made);
        }
    }
    let decision = agree(decisions)?;
    let open = decision.verdict == policy::Verdict::Unknown;
    let needs = if open {
        decision.residuals.missing.iter().flat_map(|handle| handle.needs.clone()).collect()
    } else {
        Vec::new()
    };
    Some(Judgement {
        call,
        decision: Some(decision),
        needs,
        request,
        evidence,
        ..Judgement::default()
    })
}

/// Whether the policy names accounts other than the case's: one of them may be Amazon ECR's.
fn names_other_accounts(held: &Held, own: Option<&str>) -> bool {
    let Stand::Document(document) = &held.stand else {
        return false;
    };
    let conditions = document.statements.iter().flat_map(|statement| &statement.conditions);
    let foreign = conditions.filter(|condition| FOREIGN.iter().any(|key| condition.key.eq_ignore_ascii_case(key)));
    foreign.flat_map(|condition| &condition.values).any(|value| match value {
        Operand::Text(text) => {
            let numbers = text.text().split(|c: char| !c.is_ascii_digit()).filter(|part| part.len() == 12);
            numbers.into_iter().any(|account| Some(account) != own)
        }
        _ => false,
    })
}
