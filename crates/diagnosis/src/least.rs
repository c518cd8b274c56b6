//! The least policies that this very task needs: for its execution role, for who may assume it, and for the endpoints that it passes.

mod endpoints;
mod statements;

pub use statements::of_calls;

use crate::authorization::{Judgement, by_log_driver};
use crate::judged::Judged;
use crate::model::{DestinationKey, Held};
use crate::requirements::Caller;
use policy::{Draft, DraftPrincipal, DraftStatement};
use snapshot::ids::VpcEndpointId;

/// The policies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Least {
    /// The permissions of the task execution role.
    pub execution_role: Draft,
    /// The permissions of the container instances' role: the log driver signs with it unless the agent sets
    /// `ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE`, and the agent pulls with it where the task has no execution role (Amazon ECS Developer
    /// Guide); no statements where it needs none.
    pub instance_role: Draft,
    /// The trust policy of the task execution role (Amazon ECS Developer Guide, "Amazon ECS task execution IAM role").
    pub trust: Draft,
    /// A policy for each VPC endpoint that the task's calls pass.
    pub endpoints: Vec<(VpcEndpointId, Draft)>,
}

/// The least policies of a case; `None` where the task definition was not pasted, so that what it needs is not known.
#[must_use]
pub fn of(judged: &Judged<'_>) -> Option<Least> {
    judged.case.definition?;
    let own = judged
        .destinations
        .iter()
        .filter(|destination| destination.requirement.key != DestinationKey::Sts);
    let calls: Vec<&Judgement> = own
        .flat_map(|destination| &destination.calls)
        .filter(|judgement| !is_layer(judgement))
        .collect();
    let (driver, calls): (Vec<&Judgement>, Vec<&Judgement>) = calls
        .into_iter()
        .partition(|judgement| by_log_driver(judged.case, &judgement.call) || judgement.call.caller == Caller::InstanceRole);
    Some(Least {
        execution_role: Draft {
            statements: of_calls(&calls),
        },
        instance_role: Draft {
            statements: of_calls(&driver),
        },
        trust: trust(
            &judged.case.partition,
            judged.case.region.as_deref(),
            judged.case.account.as_deref(),
        ),
        endpoints: endpoints::of(judged),
    })
}

/// The download of image layers is signed by Amazon ECR: the role needs no permission for it.
fn is_layer(judgement: &Judgement) -> bool {
    judgement.principal.is_none() && judgement.call.by.is_none() && judgement.call.action == "s3:GetObject"
}

/// Who may assume the role: Amazon ECS for tasks of this account, and in this Region where it is known.
#[must_use]
pub fn trust(partition: &str, region: Option<&str>, account: Option<&str>) -> Draft {
    let mut statement = DraftStatement::allow()
        .sid("EcsTasks")
        .principal(DraftPrincipal::Service("ecs-tasks.amazonaws.com".to_owned()))
        .action("sts:AssumeRole");
    if let Some(account) = account {
        statement = statement
            .condition(
                "ArnLike",
                "aws:SourceArn",
                format!("arn:{partition}:ecs:{}:{account}:*", region.unwrap_or("*")),
            )
            .condition("StringEquals", "aws:SourceAccount", account);
    }
    Draft {
        statements: vec![statement],
    }
}

/// The execution role's ARN, where known.
fn role(judged: &Judged<'_>) -> Option<String> {
    match &judged.case.execution_role {
        Held::Known(arn) => Some(arn.0.clone()),
        Held::Absent | Held::Unknown => None,
    }
}
