//! The policy of an Amazon ECR registry, which counts for pulls where its scope is V2.

use super::{quiet, scenario};
use crate::scenario::Said::{Cause, Silent, Unknown};
use crate::scenario::Scenario;
use crate::world::{ACCOUNT, Egress, REGION, TASK_ID, World};
use serde_json::json;

/// All scenarios of this part.
pub(super) fn all() -> Vec<Scenario> {
    vec![
        scenario(
            "iam/resource_policy_denied/registry",
            "root_cause",
            &[("iam.resource-policy-denied", Cause)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &pull_denied());
                registry(&mut world);
                scope(&mut world, "V2");
                world
            },
        ),
        scenario(
            "iam/resource_policy_denied/registry_near_miss",
            "no_fault_found",
            &[("iam.resource-policy-denied", Silent)],
            &[],
            || {
                let mut world = quiet(Egress::Nat);
                registry(&mut world);
                scope(&mut world, "V1");
                world
            },
        ),
        scenario(
            "iam/resource_policy_denied/registry_missing",
            "suspects",
            &[("iam.resource-policy-denied", Unknown)],
            &["ecr:GetAccountSetting"],
            || {
                let mut world = World::new(Egress::Nat, &pull_denied());
                registry(&mut world);
                world
            },
        ),
    ]
}

/// The error of a denied pull, without the words that IAM adds.
fn pull_denied() -> String {
    format!(
        "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref {ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/app:v1: failed to do request: denied: User: arn:aws:sts::{ACCOUNT}:assumed-role/ecsTaskExecutionRole/{TASK_ID} is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:{REGION}:{ACCOUNT}:repository/app"
    )
}

/// A registry's policy that denies pulls.
fn registry(world: &mut World) {
    let statement = json!({"Sid": "NoPulls", "Effect": "Deny", "Principal": "*", "Action": "ecr:BatchGetImage",
        "Resource": format!("arn:aws:ecr:{REGION}:{ACCOUNT}:repository/*")});
    let policy = json!({"Version": "2012-10-17", "Statement": [statement]}).to_string();
    world.put(
        "get-registry-policy",
        "ecr get-registry-policy",
        json!({"registryId": ACCOUNT, "policyText": policy}),
    );
}

fn scope(world: &mut World, version: &str) {
    world.put(
        "get-account-setting",
        "ecr get-account-setting --name REGISTRY_POLICY_SCOPE",
        json!({"name": "REGISTRY_POLICY_SCOPE", "value": version}),
    );
}
