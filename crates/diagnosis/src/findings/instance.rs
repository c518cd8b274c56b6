//! Container instances.

mod agent_disconnected;

use super::Rule;
use crate::case::Case;
use crate::existence::redefine;
use snapshot::ids::ArnText;
use snapshot::{Call, Operation};

/// The rules, in the catalogue's order.
#[must_use]
pub(crate) fn rules() -> Vec<&'static Rule> {
    vec![&agent_disconnected::RULE]
}

/// The command that describes the task's container instance.
pub(in crate::findings) fn describe(case: &Case<'_>, arn: &ArnText) -> Call {
    Call::new(Operation::EcsDescribeContainerInstances)
        .option("cluster", redefine::cluster(case).unwrap_or_else(|| "CLUSTER".to_owned()))
        .option("container-instances", arn.0.clone())
        .in_region(case.region.as_deref())
}
