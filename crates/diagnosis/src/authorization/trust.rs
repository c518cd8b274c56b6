//! Whether Amazon ECS may assume a role (Amazon ECS Developer Guide, "Task execution IAM role": trust policy and its conditions).

use super::calls::Desk;
use super::library::{Held, OnResource, Stack, Stand};
use super::organization::{self, Control};
use super::{Judgement, caller, identity};
use crate::model::Held as Fact;
use crate::requirements::{ApiCall, Caller};
use policy::{Context, Document, Operand, Principal, Request, Resource, Test, Unmentioned, Value, evaluate};
use snapshot::Assumption;
use snapshot::ids::ArnText;

const SERVICE: &str = "ecs-tasks.amazonaws.com";

/// Judges the assumption of a role.
pub(super) fn judge(desk: &Desk<'_, '_>, call: &ApiCall) -> Judgement {
    let case = desk.case;
    let fact = if call.caller == Caller::TaskRole {
        &case.task_role
    } else {
        &case.execution_role
    };
    let arn = match fact {
        Fact::Known(arn) => caller::full_arn(case, arn),
        _ => Some(ArnText::from(call.resource.as_str())),
    };
    let Some(arn) = arn else {
        return Judgement {
            call: call.clone(),
            ..Judgement::default()
        };
    };
    let call = ApiCall {
        resource: arn.0.clone(),
        ..call.clone()
    };
    if caller::missing(case, &arn).is_some() {
        return Judgement {
            call,
            ..Judgement::default()
        };
    }
    let held = identity::trust(case, desk.library, &arn);
    let context = context(desk, &held);
    let request = Request::new(
        Principal::service(SERVICE),
        call.action,
        Resource::Arn(arn.0.clone()),
        arn.account(),
        context,
    );
    let evidence = held.handle.at.clone().map(|at| ("trust", at)).into_iter().collect();
    let stack = Stack {
        resource: OnResource::Trust(held),
        resource_control: organization::levels(case, desk.library, Control::Resource, arn.account()),
        ..Stack::default()
    };
    let decision = evaluate(&request, &stack.layers());
    let mut assumes = Vec::new();
    if decision.verdict == policy::Verdict::Allowed && !organization::pasted(case, Control::Resource) {
        assumes.push(Assumption::NoOrganizationsPolicy);
    }
    let needs = if decision.verdict == policy::Verdict::Unknown {
        decision.residuals.missing.iter().flat_map(|handle| handle.needs.clone()).collect()
    } else {
        Vec::new()
    };
    // The caller is the service; the report names the role that is assumed as resource.
    Judgement {
        principal: Some(SERVICE.to_owned()),
        call,
        decision: Some(decision),
        assumes,
        needs,
        request: Some(request),
        evidence,
        ..Judgement::default()
    }
}

fn context(desk: &Desk<'_, '_>, held: &Held) -> Context {
    let case = desk.case;
    let mut context = Context::new(Unmentioned::Unknown);
    for key in [
        "aws:SourceVpce",
        "aws:SourceVpc",
        "aws:VpcSourceIp",
        "aws:MultiFactorAuthPresent",
        "sts:ExternalId",
        "aws:PrincipalOrgID",
    ] {
        context.set(key, Value::Absent);
    }
    context.set("aws:SecureTransport", Value::one("true"));
    context.set("aws:SourceAccount", case.account.clone().map_or(Value::Unknown, Value::One));
    let documented = match &held.stand {
        Stand::Document(document) => names_documented(document),
        Stand::Missing | Stand::Unproven => true,
    };
    let source = match (&case.region, &case.account) {
        (Some(region), Some(account)) if documented => Value::One(format!("arn:{}:ecs:{region}:{account}:*", case.partition)),
        _ => Value::Unknown,
    };
    context.set("aws:SourceArn", source);
    context
}

/// Whether every value that the policy compares `aws:SourceArn` with is one of which AWS says how it compares: any resource of
/// Amazon ECS in an account and Region matches, one cluster's ARN does not ("specifying a specific cluster is not supported").
/// The exact value that Amazon ECS sends is not documented.
fn names_documented(document: &Document) -> bool {
    let conditions = document.statements.iter().flat_map(|statement| &statement.conditions);
    conditions
        .filter(|condition| condition.key.eq_ignore_ascii_case("aws:SourceArn"))
        .all(|condition| {
            let like = condition
                .operator
                .is_some_and(|operator| matches!(operator.test, Test::Arn | Test::Like | Test::Null));
            like && condition.values.iter().all(|value| match value {
                Operand::Text(text) => {
                    let resource = text.text().splitn(6, ':').nth(5);
                    matches!(resource, Some("*")) || text.text() == "*" || resource.is_some_and(|resource| resource.starts_with("cluster/"))
                }
                _ => true,
            })
        })
}
