//! Remedies that depend on whose policy it is: AWS's own cannot be changed, another account's not from here, and a registry's is not
//! its repository's.

use super::registry::{pull_denied, registry, scope};
use super::{plain, scenario, secret_denied};
use crate::scenario::Said::Cause;
use crate::scenario::Scenario;
use crate::scenarios::kms::{FOREIGN, FOREIGN_KEY, cross_account};
use crate::world::{ACCOUNT, Egress, REGION, ROLE, SECRET, World};
use serde_json::{Value, json};

const READ_ONLY: &str = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly";
const DENY_ALL: &str = "arn:aws:iam::aws:policy/AWSDenyAll";

/// All scenarios of this part.
pub(super) fn all() -> Vec<Scenario> {
    vec![
        scenario(
            "iam/explicit_deny/aws_managed",
            "root_cause",
            &[("iam.explicit-deny", Cause)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &secret_denied(" with an explicit deny in an identity-based policy"));
                plain(&mut world);
                world.set(
                    "list-attached-role-policies",
                    "/AttachedPolicies/-",
                    json!({"PolicyName": "AWSDenyAll", "PolicyArn": DENY_ALL}),
                );
                world.put(
                    "get-policy-version-deny-all",
                    &format!("iam get-policy-version --policy-arn {DENY_ALL} --version-id v1"),
                    json!({"PolicyVersion": {"VersionId": "v1", "IsDefaultVersion": true, "CreateDate": "2019-05-01T22:36:14+00:00",
                        "Document": {"Version": "2012-10-17", "Statement": [{"Sid": "DenyAll", "Effect": "Deny", "Action": ["*"], "Resource": "*"}]}}}),
                );
                world
            },
        ),
        scenario(
            "iam/boundary_not_allowed/aws_managed",
            "root_cause",
            &[("iam.boundary-not-allowed", Cause)],
            &[],
            || {
                let mut world = World::new(
                    Egress::Nat,
                    &secret_denied(" because no permissions boundary allows the secretsmanager:GetSecretValue action"),
                );
                plain(&mut world);
                world.set(
                    "get-role",
                    "/Role/PermissionsBoundary",
                    json!({"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": READ_ONLY}),
                );
                world
            },
        ),
        scenario(
            "iam/resource_policy_denied/other_account",
            "root_cause",
            &[("iam.resource-policy-denied", Cause)],
            &[],
            || {
                let reason = secret_denied("").replace(SECRET, FOREIGN);
                let mut world = cross_account(&reason, Some(FOREIGN_KEY), true);
                let statement = json!({"Effect": "Allow", "Principal": {"AWS": format!("arn:aws:iam::{ACCOUNT}:role/other")},
                    "Action": "secretsmanager:GetSecretValue", "Resource": "*"});
                policy(&mut world, "get-resource-policy", "/ResourcePolicy", statement);
                world
            },
        ),
        // The registry's policy counts as well, and says nothing of the pull: what denies is the repository's.
        scenario(
            "iam/resource_policy_denied/repository",
            "root_cause",
            &[("iam.resource-policy-denied", Cause)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &pull_denied());
                registry(&mut world);
                scope(&mut world, "V2");
                let replicate = json!({"Sid": "Replicate", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::444455556666:root"},
                    "Action": ["ecr:CreateRepository", "ecr:ReplicateImage"], "Resource": format!("arn:aws:ecr:{REGION}:{ACCOUNT}:repository/*")});
                policy(&mut world, "get-registry-policy", "/policyText", replicate);
                world.put(
                    "get-repository-policy",
                    "ecr get-repository-policy --repository-name app",
                    json!({"registryId": ACCOUNT, "repositoryName": "app", "policyText": ""}),
                );
                let deny = json!({"Sid": "NotThisRole", "Effect": "Deny", "Principal": {"AWS": ROLE}, "Action": "ecr:BatchGetImage"});
                policy(&mut world, "get-repository-policy", "/policyText", deny);
                world
            },
        ),
        // What the simulator says of policies typed into it is no permission.
        scenario(
            "iam/action_not_allowed/simulated",
            "root_cause",
            &[("iam.action-not-allowed", Cause)],
            &[],
            || {
                let mut world = World::new(
                    Egress::Nat,
                    &secret_denied(" because no identity-based policy allows the secretsmanager:GetSecretValue action"),
                );
                world.set(
                    "get-role-policy",
                    "/PolicyDocument/Statement/0/Action",
                    json!("secretsmanager:DescribeSecret"),
                );
                world.put(
                    "simulate-custom-policy",
                    &format!("iam simulate-custom-policy --policy-input-list file://app-secrets.json --action-names secretsmanager:GetSecretValue --resource-arns {SECRET}"),
                    json!({"EvaluationResults": [{"EvalActionName": "secretsmanager:GetSecretValue", "EvalResourceName": SECRET,
                        "EvalDecision": "allowed", "MatchedStatements": [{"SourcePolicyId": "PolicyInputList.1", "SourcePolicyType": "IAM Policy",
                            "StartPosition": {"Line": 1, "Column": 41}, "EndPosition": {"Line": 1, "Column": 194}}],
                        "MissingContextValues": []}], "IsTruncated": false}),
                );
                world
            },
        ),
    ]
}

/// A policy of one statement, held as a string.
fn policy(world: &mut World, stem: &str, pointer: &str, statement: Value) {
    let text = json!({"Version": "2012-10-17", "Statement": [statement]}).to_string();
    world.set(stem, pointer, json!(text));
}
