//! The policy of an Amazon ECR registry, which counts for pulls where its scope is V2, and for what fills a pull-through cache.

use super::{plain, quiet, scenario};
use crate::scenario::Said::{Cause, Silent, Unknown};
use crate::scenario::Scenario;
use crate::scenarios::image::upstream;
use crate::world::{ACCOUNT, Egress, REGION, ROLE, TASK_ID, World};
use serde_json::{Value, json};

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

/// The permissions that fill a pull-through cache with the first pull: of the role, or of the registry for it.
pub(super) fn first_pulls() -> Vec<Scenario> {
    vec![
        scenario(
            "iam/action_not_allowed/upstream",
            "root_cause",
            &[("iam.action-not-allowed", Cause)],
            &[],
            || {
                let mut world = first_pull(&import_denied());
                no_registry_policy(&mut world);
                world
            },
        ),
        scenario(
            "iam/action_not_allowed/upstream_near_miss",
            "suspects",
            &[("iam.action-not-allowed", Silent)],
            &[],
            || {
                let mut world = first_pull("");
                plain(&mut world);
                registry(&mut world);
                let grant = json!({"Sid": "Fill", "Effect": "Allow", "Principal": {"AWS": ROLE},
                    "Action": ["ecr:CreateRepository", "ecr:BatchImportUpstreamImage"],
                    "Resource": format!("arn:aws:ecr:{REGION}:{ACCOUNT}:repository/docker-hub/*")});
                let policy = json!({"Version": "2012-10-17", "Statement": [grant]}).to_string();
                world.set("get-registry-policy", "/policyText", json!(policy));
                scope(&mut world, "V1");
                world
            },
        ),
        scenario(
            "iam/action_not_allowed/upstream_missing",
            "suspects",
            &[("iam.resource-policy-denied", Unknown)],
            &["ecr:GetRegistryPolicy"],
            || first_pull(&import_denied().replace(BY_IDENTITY, "")),
        ),
    ]
}

/// A task whose image is not in its pull-through cache yet.
fn first_pull(reason: &str) -> World {
    let mut world = upstream(reason, true);
    world.put(
        "describe-images",
        "ecr describe-images --repository-name docker-hub/library/nginx",
        not_found("DescribeImages"),
    );
    world.put(
        "get-repository-policy",
        "ecr get-repository-policy --repository-name docker-hub/library/nginx",
        not_found("GetRepositoryPolicy"),
    );
    world
}

fn not_found(operation: &str) -> Value {
    Value::String(format!(
        "\nAn error occurred (RepositoryNotFoundException) when calling the {operation} operation: The repository with name 'docker-hub/library/nginx' does not exist in the registry with id '{ACCOUNT}'"
    ))
}

fn no_registry_policy(world: &mut World) {
    world.put(
        "get-registry-policy",
        "ecr get-registry-policy",
        Value::String(format!(
            "\nAn error occurred (RegistryPolicyNotFoundException) when calling the GetRegistryPolicy operation: Registry policy does not exist in the registry with id '{ACCOUNT}'"
        )),
    );
}

const BY_IDENTITY: &str = " because no identity-based policy allows the ecr:BatchImportUpstreamImage action";

fn import_denied() -> String {
    format!(
        "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref {ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/docker-hub/library/nginx:1: failed to do request: denied: User: arn:aws:sts::{ACCOUNT}:assumed-role/ecsTaskExecutionRole/{TASK_ID} is not authorized to perform: ecr:BatchImportUpstreamImage on resource: arn:aws:ecr:{REGION}:{ACCOUNT}:repository/docker-hub/library/nginx{BY_IDENTITY}"
    )
}

/// The error of a denied pull, without the words that IAM adds.
pub(super) fn pull_denied() -> String {
    format!(
        "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref {ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/app:v1: failed to do request: denied: User: arn:aws:sts::{ACCOUNT}:assumed-role/ecsTaskExecutionRole/{TASK_ID} is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:{REGION}:{ACCOUNT}:repository/app"
    )
}

/// A registry's policy that denies pulls.
pub(super) fn registry(world: &mut World) {
    let statement = json!({"Sid": "NoPulls", "Effect": "Deny", "Principal": "*", "Action": "ecr:BatchGetImage",
        "Resource": format!("arn:aws:ecr:{REGION}:{ACCOUNT}:repository/*")});
    let policy = json!({"Version": "2012-10-17", "Statement": [statement]}).to_string();
    world.put(
        "get-registry-policy",
        "ecr get-registry-policy",
        json!({"registryId": ACCOUNT, "policyText": policy}),
    );
}

pub(super) fn scope(world: &mut World, version: &str) {
    world.put(
        "get-account-setting",
        "ecr get-account-setting --name REGISTRY_POLICY_SCOPE",
        json!({"name": "REGISTRY_POLICY_SCOPE", "value": version}),
    );
}
