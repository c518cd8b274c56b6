//! The container instance's role, which pulls and writes logs where the task has no execution role.

use super::scenario;
use crate::scenario::Said::{Cause, Silent};
use crate::scenario::Scenario;
use crate::scenarios::network::callers::{failed, on_instance};
use crate::world::{ACCOUNT, World};
use serde_json::{Value, json};

const PULL: [&str; 4] = [
    "ecr:GetAuthorizationToken",
    "ecr:BatchCheckLayerAvailability",
    "ecr:GetDownloadUrlForLayer",
    "ecr:BatchGetImage",
];

/// All scenarios of this part.
pub(super) fn all() -> Vec<Scenario> {
    vec![
        scenario(
            "iam/action_not_allowed/instance_role",
            "root_cause",
            &[("iam.action-not-allowed", Cause)],
            &[],
            || placed(&["ecs:*"]),
        ),
        scenario(
            "iam/action_not_allowed/instance_role_near_miss",
            "suspects",
            &[("iam.action-not-allowed", Silent)],
            &[],
            || placed(&[&PULL[..], &["logs:CreateLogStream", "logs:PutLogEvents"]].concat()),
        ),
        scenario(
            "iam/action_not_allowed/instance_role_missing",
            "suspects",
            &[("iam.action-not-allowed", Silent)],
            &["iam:GetInstanceProfile"],
            || {
                let mut world = placed(&["ecs:*"]);
                world.drop_output("get-instance-profile");
                world
            },
        ),
    ]
}

/// A task without an execution role that could not log in to Amazon ECR, on an instance whose role allows those actions.
fn placed(actions: &[&str]) -> World {
    let mut world = failed(
        "EC2",
        "CannotPullECRContainerError: AccessDeniedException: no identity-based policy allows the ecr:GetAuthorizationToken action status code: 400, request id: 2f6b8a34-1111-4222-8333-444455556668",
    );
    world.unset("describe-task-definition", "/taskDefinition/executionRoleArn");
    world.set(
        "describe-task-definition",
        "/taskDefinition/containerDefinitions/0/secrets",
        json!([]),
    );
    on_instance(&mut world, "subnet-0a0000000000000a1", "10.0.10.7");
    let profile = format!("arn:aws:iam::{ACCOUNT}:instance-profile/ecsInstanceRole");
    world.set(
        "describe-instances",
        "/Reservations/0/Instances/0/IamInstanceProfile",
        json!({"Arn": profile, "Id": "AIPAEXAMPLEEXAMPLE123"}),
    );
    let trust: Value = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
        "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]});
    let role = json!({"Path": "/", "RoleName": "ecsInstanceRole", "RoleId": "AROAEXAMPLEEXAMPLE789",
        "Arn": format!("arn:aws:iam::{ACCOUNT}:role/ecsInstanceRole"), "CreateDate": "2026-01-01T00:00:00+00:00", "AssumeRolePolicyDocument": trust});
    world.put(
        "get-instance-profile",
        "iam get-instance-profile --instance-profile-name ecsInstanceRole",
        json!({"InstanceProfile": {"Path": "/", "InstanceProfileName": "ecsInstanceRole", "InstanceProfileId": "AIPAEXAMPLEEXAMPLE123",
            "Arn": profile, "CreateDate": "2026-01-01T00:00:00+00:00", "Roles": [role]}}),
    );
    world.put("get-role", "iam get-role --role-name ecsInstanceRole", json!({"Role": role}));
    world.put(
        "list-attached-role-policies",
        "iam list-attached-role-policies --role-name ecsInstanceRole",
        json!({"AttachedPolicies": []}),
    );
    world.put(
        "list-role-policies",
        "iam list-role-policies --role-name ecsInstanceRole",
        json!({"PolicyNames": ["instance"]}),
    );
    let statement = json!({"Effect": "Allow", "Action": actions, "Resource": "*"});
    world.put(
        "get-role-policy",
        "iam get-role-policy --role-name ecsInstanceRole --policy-name instance",
        json!({"RoleName": "ecsInstanceRole", "PolicyName": "instance",
            "PolicyDocument": {"Version": "2012-10-17", "Statement": [statement]}}),
    );
    world
}
