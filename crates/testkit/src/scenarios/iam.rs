//! Identity and permissions: the roles and the policies that bind them.

mod above;
mod instance;
mod near;
mod owned;
mod policies;
mod registry;

use crate::scenario::Said::{Cause, Silent, Unknown};
use crate::scenario::Scenario;
use crate::world::{ACCOUNT, Egress, REGION, ROLE, SECRET, TASK_ID, World};
use serde_json::{Value, json};

/// All scenarios of this area.
#[must_use]
pub(crate) fn all() -> Vec<Scenario> {
    let mut all = roles();
    all.extend(policies::all());
    all.extend(near::all());
    all.extend(above::all());
    all.extend(registry::all());
    all.extend(registry::first_pulls());
    all.extend(owned::all());
    all.extend(instance::all());
    all
}

const fn scenario(
    name: &'static str,
    outcome: &'static str,
    says: &'static [(&'static str, crate::scenario::Said)],
    asks: &'static [&'static str],
    build: fn() -> World,
) -> Scenario {
    Scenario {
        name,
        outcome,
        says,
        asks,
        build,
    }
}

/// A healthy account whose task asks for no key of the secret's JSON, which no output shows.
#[must_use]
pub(crate) fn quiet(egress: Egress) -> World {
    let mut world = World::new(egress, "");
    plain(&mut world);
    world
}

/// Takes the JSON key off the reference of the secret.
pub(crate) fn plain(world: &mut World) {
    world.set(
        "describe-task-definition",
        "/taskDefinition/containerDefinitions/0/secrets/0/valueFrom",
        json!(SECRET),
    );
}

/// The error of a denied secret, with the words that IAM adds.
#[must_use]
pub(crate) fn secret_denied(tail: &str) -> String {
    format!(
        "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret {SECRET} from secrets manager: AccessDeniedException: User: arn:aws:sts::{ACCOUNT}:assumed-role/ecsTaskExecutionRole/{TASK_ID} is not authorized to perform: secretsmanager:GetSecretValue on resource: {SECRET}{tail} status code: 400, request id: 2f6b8a34-1111-4222-8333-444455556666"
    )
}

fn parameter_denied(tail: &str) -> String {
    format!(
        "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): AccessDeniedException: User: arn:aws:sts::{ACCOUNT}:assumed-role/ecsTaskExecutionRole/{TASK_ID} is not authorized to perform: ssm:GetParameters on resource: arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/prod/api-url{tail} status code: 400, request id: 2f6b8a34-1111-4222-8333-444455556667"
    )
}

fn role_refused(role: &str) -> String {
    format!(
        "ECS was unable to assume the role '{role}' that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this role."
    )
}

fn no_such_role(name: &str) -> Value {
    Value::String(format!(
        "\nAn error occurred (NoSuchEntity) when calling the GetRole operation: The role with name {name} cannot be found."
    ))
}

const TASK_ROLE: &str = "arn:aws:iam::111122223333:role/appTaskRole";

fn with_task_role(reason: &str) -> World {
    let mut world = World::new(Egress::Nat, reason);
    world.set("describe-task-definition", "/taskDefinition/taskRoleArn", json!(TASK_ROLE));
    world
}

fn task_role(world: &mut World) {
    world.put(
        "get-role-task",
        "iam get-role --role-name appTaskRole",
        json!({"Role": {"Path": "/", "RoleName": "appTaskRole", "RoleId": "AROAEXAMPLEEXAMPLE456", "Arn": TASK_ROLE,
            "CreateDate": "2026-01-01T00:00:00+00:00", "MaxSessionDuration": 3600,
            "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}]}}}),
    );
}

fn roles() -> Vec<Scenario> {
    vec![
        scenario(
            "iam/execution_role_absent/fault",
            "root_cause",
            &[("iam.execution-role-absent", Cause)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, "");
                world.unset("describe-task-definition", "/taskDefinition/executionRoleArn");
                world
            },
        ),
        scenario(
            "iam/execution_role_absent/near_miss",
            "no_fault_found",
            &[("iam.execution-role-absent", Silent)],
            &[],
            || {
                let mut world = quiet(Egress::Nat);
                world.unset("describe-task-definition", "/taskDefinition/executionRoleArn");
                world.set("describe-tasks", "/tasks/0/overrides/executionRoleArn", json!(ROLE));
                world
            },
        ),
        scenario(
            "iam/execution_role_absent/missing",
            "suspects",
            &[("iam.execution-role-absent", Silent)],
            &["ecs:DescribeTaskDefinition"],
            || {
                let mut world = World::new(Egress::Nat, "");
                world.drop_output("describe-task-definition");
                world
            },
        ),
        scenario(
            "iam/execution_role_not_found/fault",
            "root_cause",
            &[("iam.execution-role-not-found", Cause)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &role_refused(ROLE));
                world.put(
                    "get-role",
                    "iam get-role --role-name ecsTaskExecutionRole",
                    no_such_role("ecsTaskExecutionRole"),
                );
                for stem in ["list-attached-role-policies", "list-role-policies", "get-role-policy"] {
                    world.drop_output(stem);
                }
                world
            },
        ),
        scenario(
            "iam/execution_role_not_found/near_miss",
            "no_fault_found",
            &[("iam.execution-role-not-found", Silent)],
            &[],
            || {
                let mut world = quiet(Egress::Nat);
                world.put(
                    "get-role-other",
                    "iam get-role --role-name ecsTaskExecutionRole2",
                    no_such_role("ecsTaskExecutionRole2"),
                );
                world
            },
        ),
        scenario(
            "iam/execution_role_not_found/missing",
            "suspects",
            &[("iam.execution-role-not-found", Silent), ("iam.trust-denied", Unknown)],
            &["iam:GetRole"],
            || {
                let mut world = World::new(Egress::Nat, &role_refused(ROLE));
                world.drop_output("get-role");
                world
            },
        ),
        scenario("iam/trust_denied/fault", "root_cause", &[("iam.trust-denied", Cause)], &[], || {
            let mut world = World::new(Egress::Nat, &role_refused(ROLE));
            world.set(
                "get-role",
                "/Role/AssumeRolePolicyDocument/Statement/0/Principal/Service",
                json!("ec2.amazonaws.com"),
            );
            world
        }),
        scenario(
            "iam/trust_denied/one_cluster",
            "root_cause",
            &[("iam.trust-denied", Cause)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &role_refused(ROLE));
                let arn = format!("arn:aws:ecs:{REGION}:{ACCOUNT}:cluster/prod");
                world.set(
                    "get-role",
                    "/Role/AssumeRolePolicyDocument/Statement/0/Condition",
                    json!({"ArnLike": {"aws:SourceArn": arn}}),
                );
                world
            },
        ),
        scenario(
            "iam/trust_denied/near_miss",
            "no_fault_found",
            &[("iam.trust-denied", Silent)],
            &[],
            || {
                let mut world = quiet(Egress::Nat);
                let arn = format!("arn:aws:ecs:{REGION}:{ACCOUNT}:*");
                let condition = json!({"ArnLike": {"aws:SourceArn": arn}, "StringEquals": {"aws:SourceAccount": ACCOUNT}});
                world.set("get-role", "/Role/AssumeRolePolicyDocument/Statement/0/Condition", condition);
                world
            },
        ),
        scenario(
            "iam/trust_denied/missing",
            "suspects",
            &[("iam.trust-denied", Unknown)],
            &["iam:GetRole"],
            || {
                let mut world = World::new(Egress::Nat, &role_refused(ROLE));
                for stem in ["get-role", "describe-task-definition"] {
                    world.drop_output(stem);
                }
                world
            },
        ),
        scenario(
            "iam/task_role_not_found/fault",
            "root_cause",
            &[("iam.task-role-not-found", Cause)],
            &[],
            || {
                let mut world = with_task_role(&role_refused(TASK_ROLE));
                world.put("get-role-task", "iam get-role --role-name appTaskRole", no_such_role("appTaskRole"));
                world
            },
        ),
        scenario(
            "iam/task_role_not_found/near_miss",
            "no_fault_found",
            &[("iam.task-role-not-found", Silent)],
            &[],
            || {
                let mut world = with_task_role("");
                plain(&mut world);
                task_role(&mut world);
                world
            },
        ),
        scenario(
            "iam/task_role_not_found/missing",
            "suspects",
            &[("iam.task-role-not-found", Silent), ("iam.trust-denied", Unknown)],
            &["iam:GetRole"],
            || with_task_role(&role_refused(TASK_ROLE)),
        ),
    ]
}
