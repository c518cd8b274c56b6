//! The role of the container instance, where it makes a call that the task execution role makes elsewhere.

use crate::case::Case;
use crate::requirements::{ApiCall, Caller};
use snapshot::ec2::interface::Instance;
use snapshot::ids::ArnText;
use snapshot::{Call, Found, Need, Operation};

/// The instance that the task was placed on, as far as it was pasted.
fn instance<'a>(case: &Case<'a>) -> Option<&'a Found<Instance>> {
    let arn = case.task?.value.container_instance_arn.as_ref()?;
    let host = case.snapshot.ecs.container_instances.get(arn)?;
    case.snapshot.ec2.instances.get(host.value.ec2_instance_id.as_ref()?)
}

/// The ARN of its instance profile.
fn profile<'a>(case: &Case<'a>) -> Option<&'a str> {
    instance(case)?.value.iam_instance_profile.as_ref()?.arn.as_deref()
}

/// The role in its instance profile, which holds at most one (IAM User Guide, "Use instance profiles").
pub(super) fn role(case: &Case<'_>) -> Option<ArnText> {
    let profile = profile(case)?;
    let mut profiles = case.snapshot.iam.profiles.iter();
    let found = profiles.find(|found| found.value.arn.as_ref().is_some_and(|arn| arn.as_str() == profile))?;
    found.value.roles.first()?.arn.clone()
}

/// The name of its session: the instance's id (Amazon EC2 User Guide, "IAM roles for Amazon EC2").
pub(super) fn session<'a>(case: &Case<'a>) -> Option<&'a str> {
    Some(instance(case)?.value.instance_id.as_ref()?.as_str())
}

/// What would name the role of a call that the instance makes. The walk asks for the instance itself.
pub(super) fn needs(case: &Case<'_>, call: &ApiCall) -> Vec<Need> {
    let name = profile(case).filter(|_| call.caller == Caller::InstanceRole && role(case).is_none());
    let name = name.and_then(|arn| arn.rsplit('/').next());
    name.map(|name| {
        Call::new(Operation::IamGetInstanceProfile)
            .option("instance-profile-name", name)
            .into()
    })
    .into_iter()
    .collect()
}
