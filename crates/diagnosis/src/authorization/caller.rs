//! Whose permissions a call needs: the role in force, as far as task, definition or error text tell it.

use super::instance;
use crate::case::Case;
use crate::model::Held as Fact;
use crate::requirements::{ApiCall, Caller};
use policy::Principal;
use snapshot::ecs::task::LaunchType;
use snapshot::iam::role::{Role, role_name};
use snapshot::ids::ArnText;
use snapshot::{CallFailure, Found, Operation};

/// The role that makes a call.
#[derive(Clone, Debug)]
pub(super) struct Who<'a> {
    /// Its ARN; without its path where only a session of it is known.
    pub(super) arn: ArnText,
    /// The caller as policies see it.
    pub(super) principal: Principal,
    /// The role, where it was pasted.
    pub(super) role: Option<&'a Found<Role>>,
    /// Whether its credentials may be an instance's.
    pub(super) instance: bool,
}

/// The caller of a call; `None` where it is not known, or is proven not to exist.
pub(super) fn of<'a>(case: &Case<'a>, call: &ApiCall) -> Option<Who<'a>> {
    if let Some(named) = named_by_error(case, call) {
        return Some(named);
    }
    let fact = match call.caller {
        Caller::ExecutionRole => &case.execution_role,
        Caller::TaskRole => &case.task_role,
        Caller::InstanceRole => {
            let arn = instance::role(case).filter(|arn| missing(case, arn).is_none())?;
            return Some(Who {
                instance: true,
                ..who(case, arn, instance::session(case))
            });
        }
    };
    if by_log_driver(case, call) {
        return None;
    }
    let Fact::Known(arn) = fact else { return None };
    let arn = full_arn(case, arn)?;
    if missing(case, &arn).is_some() {
        return None;
    }
    Some(who(case, arn, task_id(case)))
}

/// On container instances the log driver signs with the instance's role unless the agent is configured otherwise, which no output
/// shows (Amazon ECS Developer Guide, `ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE`).
pub(crate) fn by_log_driver(case: &Case<'_>, call: &ApiCall) -> bool {
    let on_fargate = matches!(case.launch, Some(LaunchType::Fargate) | None);
    call.action.starts_with("logs:") && !on_fargate
}

/// A role in a definition that was not registered may be a bare name.
pub(crate) fn full_arn(case: &Case<'_>, arn: &ArnText) -> Option<ArnText> {
    if arn.as_str().starts_with("arn:") {
        return Some(arn.clone());
    }
    if let Some(role) = case.snapshot.iam.role(arn.as_str()) {
        return role.value.arn.clone();
    }
    let account = case.account.as_deref()?;
    Some(ArnText(format!("arn:{}:iam::{account}:role/{arn}", case.partition)))
}

/// The CLI's word that there is no such role.
#[must_use]
pub(crate) fn missing<'a>(case: &Case<'a>, role: &ArnText) -> Option<&'a CallFailure> {
    if case.snapshot.iam.roles.get(role).is_some() {
        return None;
    }
    let snapshot = case.snapshot;
    [
        Operation::IamGetRole,
        Operation::IamListAttachedRolePolicies,
        Operation::IamListRolePolicies,
    ]
    .into_iter()
    .find_map(|operation| snapshot.failure_for(operation, &["NoSuchEntity", "NoSuchEntityException"], role.as_str()))
}

fn who<'a>(case: &Case<'a>, arn: ArnText, session: Option<&str>) -> Who<'a> {
    let role = case.snapshot.iam.roles.get(&arn);
    let mut principal = Principal::role(arn.as_str(), session).unwrap_or_else(Principal::anonymous);
    if let policy::PrincipalKind::Role { unique_id, .. } = &mut principal.kind {
        *unique_id = role.and_then(|role| role.value.role_id.clone());
    }
    Who {
        arn,
        principal,
        role,
        instance: false,
    }
}

/// The session's name is the task's id.
pub(super) fn task_id<'a>(case: &Case<'a>) -> Option<&'a str> {
    case.task?.value.task_arn.as_ref()?.as_str().rsplit('/').next()
}

/// The principal of the error text, where the text is about this very call and the case does not name the role otherwise.
fn named_by_error<'a>(case: &Case<'a>, call: &ApiCall) -> Option<Who<'a>> {
    let quoted = &case.symptom.as_ref()?.quoted;
    let text = quoted.principal.as_deref()?;
    if !quoted.action.as_deref()?.eq_ignore_ascii_case(call.action) || call.action == "sts:AssumeRole" {
        return None;
    }
    let principal = Principal::from_arn(text)?;
    let policy::PrincipalKind::Role { name, session, .. } = &principal.kind else {
        return None;
    };
    let known = [&case.execution_role, &case.task_role]
        .into_iter()
        .filter_map(|fact| full_arn(case, fact.known()?));
    let mut same = known.filter(|arn| role_name(arn.as_str()) == name && arn.account() == Some(principal.account.as_str()));
    if let Some(arn) = same.next() {
        return if missing(case, &arn).is_some() {
            None
        } else {
            Some(who(case, arn, task_id(case)))
        };
    }
    if case.execution_role != Fact::Unknown && matches!(case.launch, Some(LaunchType::Fargate)) {
        // The text speaks of another role than the task's.
        return None;
    }
    let pasted = case
        .snapshot
        .iam
        .role(name)
        .filter(|role| role.value.arn.as_ref().and_then(ArnText::account) == Some(principal.account.as_str()));
    // It is neither of the task's: on a container instance it may be the instance's.
    let instance = !matches!(case.launch, Some(LaunchType::Fargate));
    if let Some(arn) = pasted.and_then(|role| role.value.arn.clone()) {
        return Some(Who {
            instance,
            ..who(case, arn, session.as_deref())
        });
    }
    let arn = ArnText(format!("arn:{}:iam::{}:role/{name}", principal.partition, principal.account));
    Some(Who {
        arn,
        principal,
        role: None,
        instance,
    })
}
