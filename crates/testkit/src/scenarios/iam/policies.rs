//! The role's own policies, its boundary, and the policies of what it asks for.

use super::{parameter_denied, plain, quiet, scenario, secret_denied, task_role, with_task_role};
use crate::scenario::Said::{Cause, Silent, Unknown, Warn};
use crate::scenario::Scenario;
use crate::world::{ACCOUNT, Egress, REGION, SECRET, World};
use serde_json::{Value, json};

const INLINE: &str = "/PolicyDocument/Statement/-";

/// All scenarios of this part.
pub(super) fn all() -> Vec<Scenario> {
    let mut all = own_policies();
    all.extend(resource());
    all
}

fn own_policies() -> Vec<Scenario> {
    vec![
        scenario(
            "iam/action_not_allowed/fault",
            "root_cause",
            &[("iam.action-not-allowed", Cause)],
            &[],
            || {
                let mut world = World::new(
                    Egress::Nat,
                    &parameter_denied(" because no identity-based policy allows the ssm:GetParameters action"),
                );
                world.set("get-role-policy", "/PolicyDocument/Statement/1/Action", json!("ssm:GetParameter"));
                world
            },
        ),
        scenario(
            "iam/action_not_allowed/no_suffix",
            "root_cause",
            &[("iam.action-not-allowed", Cause)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &secret_denied(""));
                let partial = format!("arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:prod/db");
                world.set("get-role-policy", "/PolicyDocument/Statement/0/Resource", json!(partial));
                world
            },
        ),
        scenario(
            "iam/action_not_allowed/on_task_role",
            "root_cause",
            &[("iam.action-not-allowed", Cause)],
            &[],
            || {
                let mut world = with_task_role(&secret_denied(
                    " because no identity-based policy allows the secretsmanager:GetSecretValue action",
                ));
                task_role(&mut world);
                world.set(
                    "get-role-policy",
                    "/PolicyDocument/Statement",
                    json!([{"Sid": "Parameter", "Effect": "Allow", "Action": "ssm:GetParameters",
                "Resource": format!("arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/prod/api-url")}]),
                );
                world.put(
                    "list-role-policies-task",
                    "iam list-role-policies --role-name appTaskRole",
                    json!({"PolicyNames": ["secrets"]}),
                );
                world.put(
                    "list-attached-role-policies-task",
                    "iam list-attached-role-policies --role-name appTaskRole",
                    json!({"AttachedPolicies": []}),
                );
                world.put(
                    "get-role-policy-task",
                    "iam get-role-policy --role-name appTaskRole --policy-name secrets",
                    json!({"RoleName": "appTaskRole", "PolicyName": "secrets", "PolicyDocument": {"Version": "2012-10-17", "Statement": [
                    {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": SECRET}]}}),
                );
                world
            },
        ),
        scenario(
            "iam/action_not_allowed/told_by_error",
            "root_cause",
            &[("iam.action-not-allowed", Cause)],
            &[],
            || {
                let mut world = World::new(
                    Egress::Nat,
                    &secret_denied(" because no identity-based policy allows the secretsmanager:GetSecretValue action"),
                );
                for stem in [
                    "get-role",
                    "list-attached-role-policies",
                    "list-role-policies",
                    "get-role-policy",
                    "get-resource-policy",
                ] {
                    world.drop_output(stem);
                }
                world
            },
        ),
        scenario(
            "iam/action_not_allowed/only_put_log_events",
            "suspects",
            &[("iam.action-not-allowed", Warn)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &secret_denied(""));
                world.set("list-attached-role-policies", "/AttachedPolicies", json!([]));
                let actions = json!([
                    "ecr:GetAuthorizationToken",
                    "ecr:BatchGetImage",
                    "ecr:GetDownloadUrlForLayer",
                    "ecr:BatchCheckLayerAvailability",
                    "logs:CreateLogStream"
                ]);
                world.set(
                    "get-role-policy",
                    INLINE,
                    json!({"Effect": "Allow", "Action": actions, "Resource": "*"}),
                );
                world
            },
        ),
        scenario(
            "iam/action_not_allowed/near_miss",
            "no_fault_found",
            &[("iam.action-not-allowed", Silent)],
            &[],
            || {
                let mut world = quiet(Egress::Nat);
                let pattern = format!("arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:prod/db-??????");
                world.set("get-role-policy", "/PolicyDocument/Statement/0/Resource", json!(pattern));
                world.set("get-role-policy", "/PolicyDocument/Statement/1/Action", json!("SSM:getparam*"));
                world
            },
        ),
        scenario(
            "iam/action_not_allowed/missing",
            "suspects",
            &[("iam.action-not-allowed", Unknown)],
            &["iam:GetRolePolicy"],
            || {
                let mut world = World::new(Egress::Nat, &secret_denied(""));
                world.drop_output("get-role-policy");
                world
            },
        ),
        scenario(
            "iam/explicit_deny/fault",
            "root_cause",
            &[("iam.explicit-deny", Cause)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &secret_denied(" with an explicit deny in an identity-based policy"));
                world.set(
                    "get-role-policy",
                    INLINE,
                    json!({"Sid": "OnlyThroughEndpoint", "Effect": "Deny", "Action": ["secretsmanager:*", "ssm:*"],
                "Resource": "*", "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-0123456789abcdef0"}}}),
                );
                world
            },
        ),
        scenario(
            "iam/explicit_deny/near_miss",
            "no_fault_found",
            &[("iam.explicit-deny", Silent)],
            &[],
            || {
                let mut world = quiet(Egress::Nat);
                world.set(
                    "get-role-policy",
                    INLINE,
                    json!({"Sid": "Tls", "Effect": "Deny", "Action": "*", "Resource": "*",
                "Condition": {"Bool": {"aws:SecureTransport": "false"}}}),
                );
                world
            },
        ),
        scenario(
            "iam/explicit_deny/missing",
            "suspects",
            &[("iam.explicit-deny", Silent), ("iam.action-not-allowed", Unknown)],
            &["iam:GetPolicy"],
            || {
                let mut world = World::new(Egress::Nat, &secret_denied(""));
                world.set(
                    "list-attached-role-policies",
                    "/AttachedPolicies/-",
                    json!({"PolicyName": "guard", "PolicyArn": format!("arn:aws:iam::{ACCOUNT}:policy/guard")}),
                );
                world
            },
        ),
        scenario(
            "iam/boundary_not_allowed/fault",
            "root_cause",
            &[("iam.boundary-not-allowed", Cause)],
            &[],
            || {
                boundary(
                    &secret_denied(" because no permissions boundary allows the secretsmanager:GetSecretValue action"),
                    Some(json!(["ecr:*", "logs:*", "ssm:*"])),
                )
            },
        ),
        scenario(
            "iam/boundary_not_allowed/near_miss",
            "no_fault_found",
            &[("iam.boundary-not-allowed", Silent)],
            &[],
            || boundary("", Some(json!(["ecr:*", "logs:*", "ssm:*", "secretsmanager:Get*"]))),
        ),
        scenario(
            "iam/boundary_not_allowed/missing",
            "suspects",
            &[("iam.boundary-not-allowed", Unknown)],
            &["iam:GetPolicy"],
            || boundary(&secret_denied(""), None),
        ),
    ]
}

fn boundary(reason: &str, actions: Option<Value>) -> World {
    let mut world = World::new(Egress::Nat, reason);
    plain(&mut world);
    let arn = format!("arn:aws:iam::{ACCOUNT}:policy/team-boundary");
    world.set(
        "get-role",
        "/Role/PermissionsBoundary",
        json!({"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": arn}),
    );
    if let Some(actions) = actions {
        world.put(
            "get-policy-version",
            &format!("iam get-policy-version --policy-arn {arn} --version-id v2"),
            json!({"PolicyVersion": {"VersionId": "v2", "IsDefaultVersion": true, "CreateDate": "2026-01-01T00:00:00+00:00",
                "Document": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": actions, "Resource": "*"}]}}}),
        );
    }
    world
}

fn secret_policy(world: &mut World, statement: Value) {
    let policy = json!({"Version": "2012-10-17", "Statement": [statement]}).to_string();
    world.set("get-resource-policy", "/ResourcePolicy", json!(policy));
}

fn resource() -> Vec<Scenario> {
    vec![
        scenario(
            "iam/resource_policy_denied/fault",
            "root_cause",
            &[("iam.resource-policy-denied", Cause)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &secret_denied(" with an explicit deny in a resource-based policy"));
                secret_policy(
                    &mut world,
                    json!({"Sid": "OnlyAdmins", "Effect": "Deny", "Principal": "*", "Action": "secretsmanager:GetSecretValue", "Resource": "*",
                "Condition": {"ArnNotLike": {"aws:PrincipalArn": format!("arn:aws:iam::{ACCOUNT}:role/admin*")}}}),
                );
                world
            },
        ),
        scenario(
            "iam/resource_policy_denied/near_miss",
            "no_fault_found",
            &[("iam.resource-policy-denied", Silent)],
            &[],
            || {
                let mut world = quiet(Egress::Nat);
                secret_policy(
                    &mut world,
                    json!({"Sid": "NotTheOther", "Effect": "Deny", "Principal": {"AWS": format!("arn:aws:iam::{ACCOUNT}:role/other")},
                "Action": "secretsmanager:*", "Resource": "*"}),
                );
                world
            },
        ),
        scenario(
            "iam/resource_policy_denied/missing",
            "suspects",
            &[("iam.resource-policy-denied", Unknown)],
            &["secretsmanager:GetResourcePolicy"],
            || {
                let mut world = World::new(Egress::Nat, &secret_denied(""));
                world.drop_output("get-resource-policy");
                world
            },
        ),
    ]
}
