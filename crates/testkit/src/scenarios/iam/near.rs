//! A permission that is nearly right: what the findings say of it stands in the kept reports.

use super::{plain, scenario, secret_denied};
use crate::scenario::Said::{Cause, Next, Unknown};
use crate::scenario::Scenario;
use crate::world::{ACCOUNT, Egress, REGION, SECRET, TASK_ID, World};
use serde_json::{Value, json};

const LACK: &str = " because no identity-based policy allows the secretsmanager:GetSecretValue action";

/// The secret is allowed within one organization only.
fn of_organization(id: &str) -> World {
    let mut world = World::new(Egress::Nat, &secret_denied(""));
    let within = json!({"StringEquals": {"aws:PrincipalOrgID": id}});
    world.set("get-role-policy", "/PolicyDocument/Statement/0/Condition", within);
    world
}

/// All scenarios of this part.
pub(super) fn all() -> Vec<Scenario> {
    vec![
        scenario(
            "iam/action_not_allowed/not_attached",
            "root_cause",
            &[("iam.action-not-allowed", Cause)],
            &[],
            || {
                let mut world = without_secret();
                version(&mut world, "read-secrets", "v1", true, GET);
                world
            },
        ),
        scenario(
            "iam/action_not_allowed/other_version",
            "root_cause",
            &[("iam.action-not-allowed", Cause)],
            &[],
            || {
                let mut world = without_secret();
                attach(&mut world, "read-secrets");
                version(&mut world, "read-secrets", "v1", true, "secretsmanager:DescribeSecret");
                version(&mut world, "read-secrets", "v2", false, GET);
                world
            },
        ),
        scenario(
            "iam/action_not_allowed/organization",
            "suspects",
            &[("iam.action-not-allowed", Unknown)],
            &["organizations:DescribeOrganization"],
            || of_organization("o-exampleorg"),
        ),
        scenario(
            "iam/action_not_allowed/other_organization",
            "root_cause",
            &[("iam.action-not-allowed", Cause)],
            &[],
            || {
                let mut world = of_organization("o-exampleorg");
                world.put(
                    "describe-organization",
                    "organizations describe-organization",
                    json!({"Organization": {"Id": "o-anotherorg1", "Arn": "arn:aws:organizations::444455556666:organization/o-anotherorg1", "FeatureSet": "ALL",
                        "MasterAccountArn": "arn:aws:organizations::444455556666:account/o-anotherorg1/444455556666", "MasterAccountId": "444455556666", "MasterAccountEmail": "owner@example.com"}}),
                );
                world
            },
        ),
        scenario(
            "iam/action_not_allowed/condition_key",
            "suspects",
            &[("iam.action-not-allowed", Unknown)],
            &[],
            || {
                // No output shows the key's value: the person is asked.
                let mut world = World::new(Egress::Nat, &secret_denied(""));
                let until = json!({"DateLessThan": {"aws:CurrentTime": "2026-11-24T08:00:00Z"}});
                world.set("get-role-policy", "/PolicyDocument/Statement/0/Condition", until);
                world
            },
        ),
        scenario(
            "iam/action_not_allowed/typo",
            "root_cause",
            &[("iam.action-not-allowed", Cause)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &secret_denied(LACK));
                world.set(
                    "get-role-policy",
                    "/PolicyDocument/Statement/0/Action",
                    json!("secretsmanager:GetSecretsValue"),
                );
                world
            },
        ),
        scenario(
            "iam/action_not_allowed/token_on_repository",
            "root_cause",
            &[("iam.action-not-allowed", Cause)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &token_denied());
                world.set("list-attached-role-policies", "/AttachedPolicies", json!([]));
                let repository = format!("arn:aws:ecr:{REGION}:{ACCOUNT}:repository/app");
                for statement in [
                    json!({"Sid": "Pull", "Effect": "Allow", "Action": ["ecr:GetAuthorizationToken", "ecr:BatchCheckLayerAvailability",
                        "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"], "Resource": repository}),
                    json!({"Sid": "Logs", "Effect": "Allow", "Action": ["logs:CreateLogStream", "logs:PutLogEvents"], "Resource": "*"}),
                ] {
                    world.set("get-role-policy", "/PolicyDocument/Statement/-", statement);
                }
                world
            },
        ),
        // A role that somebody made and gave nothing: each remedy adds a policy of its own.
        scenario(
            "iam/action_not_allowed/empty_role",
            "root_cause",
            &[("iam.action-not-allowed", Cause), ("iam.action-not-allowed", Next)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &token_denied());
                world.set("list-attached-role-policies", "/AttachedPolicies", json!([]));
                world.set("list-role-policies", "/PolicyNames", json!([]));
                world.drop_output("get-role-policy");
                world
            },
        ),
        // Two statements of one policy deny: each remedy answers both.
        scenario(
            "iam/explicit_deny/two_statements",
            "root_cause",
            &[("iam.explicit-deny", Cause), ("iam.explicit-deny", Next)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &secret_denied(" with an explicit deny in an identity-based policy"));
                plain(&mut world);
                for (sid, actions) in [("NoSecrets", "secretsmanager:*"), ("NoParameters", "ssm:*")] {
                    let statement = json!({"Sid": sid, "Effect": "Deny", "Action": actions, "Resource": "*"});
                    world.set("get-role-policy", "/PolicyDocument/Statement/-", statement);
                }
                world
            },
        ),
        scenario(
            "iam/explicit_deny/managed",
            "root_cause",
            &[("iam.explicit-deny", Cause)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &secret_denied(" with an explicit deny in an identity-based policy"));
                plain(&mut world);
                attach(&mut world, "guard");
                put_version(
                    &mut world,
                    "guard",
                    "v1",
                    true,
                    json!([{"Sid": "NoSecrets", "Effect": "Deny", "Action": "secretsmanager:*", "Resource": "*"}]),
                );
                world
            },
        ),
    ]
}

const GET: &str = "secretsmanager:GetSecretValue";

/// The role has no permission for the secret, and the error says so.
fn without_secret() -> World {
    let mut world = World::new(Egress::Nat, &secret_denied(LACK));
    world.set(
        "get-role-policy",
        "/PolicyDocument/Statement",
        json!([{"Sid": "Parameter", "Effect": "Allow", "Action": "ssm:GetParameters",
            "Resource": format!("arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/prod/api-url")}]),
    );
    world
}

fn arn(policy: &str) -> String {
    format!("arn:aws:iam::{ACCOUNT}:policy/{policy}")
}

fn attach(world: &mut World, policy: &str) {
    world.set(
        "list-attached-role-policies",
        "/AttachedPolicies/-",
        json!({"PolicyName": policy, "PolicyArn": arn(policy)}),
    );
}

fn version(world: &mut World, policy: &str, version: &str, default: bool, action: &str) {
    let statement = json!([{"Effect": "Allow", "Action": action, "Resource": SECRET}]);
    put_version(world, policy, version, default, statement);
}

fn put_version(world: &mut World, policy: &str, version: &str, default: bool, statements: Value) {
    world.put(
        &format!("get-policy-version-{policy}-{version}"),
        &format!("iam get-policy-version --policy-arn {} --version-id {version}", arn(policy)),
        json!({"PolicyVersion": {"VersionId": version, "IsDefaultVersion": default, "CreateDate": "2026-01-01T00:00:00+00:00",
            "Document": {"Version": "2012-10-17", "Statement": statements}}}),
    );
}

fn token_denied() -> String {
    format!(
        "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 1 time(s): AccessDeniedException: User: arn:aws:sts::{ACCOUNT}:assumed-role/ecsTaskExecutionRole/{TASK_ID} is not authorized to perform: ecr:GetAuthorizationToken on resource: * because no identity-based policy allows the ecr:GetAuthorizationToken action status code: 400, request id: 2f6b8a34-1111-4222-8333-444455556668"
    )
}
