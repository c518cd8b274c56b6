//! What a reference names: its form, and whether such a secret is there.

use super::{VALUE_FROM, about, allow, cut, failed, no_such_secret, not_found, scenario};
use crate::scenario::Said::{Cause, Silent, Unknown};
use crate::scenario::Scenario;
use crate::world::{Egress, REGION, SECRET, World};
use serde_json::{Value, json};

/// All scenarios of what a reference names.
pub(super) fn all() -> Vec<Scenario> {
    vec![
        scenario(
            "secret/reference_malformed/fault",
            "root_cause",
            &[("secret.reference-malformed", Cause)],
            &[],
            || {
                let text = format!("{SECRET}:password");
                let mut world = World::new(
                    Egress::Nat,
                    &failed(&format!(
                        "trying to retrieve secret with value {text} resulted in error: an invalid ARN format for the AWS Secrets Manager secret was specified. Specify a valid ARN and try again."
                    )),
                );
                world.set("describe-task-definition", VALUE_FROM, json!(text));
                world
            },
        ),
        // A JSON key by another character than a colon: one that no secret's name has.
        scenario(
            "secret/reference_malformed/joined_key",
            "root_cause",
            &[("secret.reference-malformed", Cause)],
            &[],
            || {
                let text = format!("{SECRET}#password");
                let mut world = World::new(Egress::Nat, "");
                world.drop_output("describe-tasks");
                world.set("describe-task-definition", VALUE_FROM, json!(text));
                world
            },
        ),
        // One that a name may have: then it is another secret's name, and there is none.
        scenario(
            "secret/not_found/joined_key",
            "root_cause",
            &[("secret.not-found", Cause)],
            &[],
            || {
                let text = format!("{SECRET}.password");
                let mut world = World::new(
                    Egress::Nat,
                    &failed(&format!(
                        "failed to fetch secret {text} from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret."
                    )),
                );
                world.set("describe-task-definition", VALUE_FROM, json!(text));
                world
            },
        ),
        scenario(
            "secret/reference_malformed/other_partition",
            "root_cause",
            &[("secret.reference-malformed", Cause), ("secret.not-found", Silent)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &cut());
                world.set(
                    "describe-task-definition",
                    VALUE_FROM,
                    json!(SECRET.replacen("arn:aws:", "arn:aws-cn:", 1)),
                );
                world
            },
        ),
        scenario(
            "secret/reference_malformed/near_miss",
            "suspects",
            &[("secret.reference-malformed", Silent)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &cut());
                world.set("describe-task-definition", VALUE_FROM, json!(format!("{SECRET}:::")));
                world
            },
        ),
        scenario(
            "secret/reference_malformed/missing",
            "suspects",
            &[("secret.reference-malformed", Silent)],
            &["ecs:DescribeTaskDefinition"],
            || {
                let mut world = World::new(Egress::Nat, &failed("trying to retrieve secret with value..."));
                world.drop_output("describe-task-definition");
                world
            },
        ),
        scenario("secret/not_found/fault", "root_cause", &[("secret.not-found", Cause)], &[], || {
            let mut world = World::new(Egress::Nat, &not_found());
            no_such_secret(&mut world);
            world.put(
                "list-secrets",
                "secretsmanager list-secrets",
                json!({"SecretList": [{"ARN": "arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/db2-QwErTy", "Name": "prod/db2",
                    "CreatedDate": "2026-09-01T00:00:00+00:00", "SecretVersionsToStages": {"a1b2c3d4-5678-90ab-cdef-EXAMPLE11111": ["AWSCURRENT"]}}]}),
            );
            world
        }),
        scenario(
            "secret/not_found/another_suffix",
            "root_cause",
            &[("secret.not-found", Cause), ("iam.action-not-allowed", Silent)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &not_found());
                let again = "arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/db-Zz9Yx8";
                world.set("describe-secret", "/ARN", json!(again));
                world.set("get-resource-policy", "/ARN", json!(again));
                allow(&mut world, "secretsmanager:GetSecretValue", again);
                world
            },
        ),
        scenario(
            "secret/not_found/from_error",
            "root_cause",
            &[("secret.not-found", Cause)],
            &["ecs:DescribeTaskDefinition"],
            || {
                let mut world = World::new(Egress::Nat, &not_found());
                for output in ["describe-task-definition", "describe-secret", "get-resource-policy"] {
                    world.drop_output(output);
                }
                world
            },
        ),
        scenario(
            "secret/not_found/near_miss",
            "suspects",
            &[("secret.not-found", Silent)],
            &[],
            || {
                // ECS's lead sentence next to a time limit: the tail decides.
                World::new(
                    Egress::Nat,
                    &failed(&format!(
                        "The task can't retrieve the secret with ARN '{SECRET}' from AWS Secrets Manager. Check whether the secret exists in the specified Region: RequestCanceled: request context canceled caused by: context deadline exceeded"
                    )),
                )
            },
        ),
        // The primary's description says why there is no replica.
        scenario(
            "secret/not_found/replica_refused",
            "root_cause",
            &[("secret.not-found", Cause)],
            &[],
            || {
                let there = SECRET.replace(REGION, "eu-west-1");
                let mut world = World::new(
                    Egress::Nat,
                    &failed(&format!(
                        "failed to fetch secret {there} from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret."
                    )),
                );
                world.set("describe-task-definition", VALUE_FROM, json!(there));
                let status =
                    json!([{"Region": "eu-west-1", "Status": "Failed", "StatusMessage": "A secret with this name already exists"}]);
                world.set("describe-secret", "/ReplicationStatus", status);
                allow(&mut world, "secretsmanager:GetSecretValue", &there);
                world
            },
        ),
        // Amazon RDS names, deletes and makes its own.
        scenario(
            "secret/not_found/of_a_service",
            "root_cause",
            &[("secret.not-found", Cause)],
            &[],
            || {
                let managed = "arn:aws:secretsmanager:us-east-1:111122223333:secret:rds!db-1f2e4a5b-AbCdEf";
                let mut world = World::new(
                    Egress::Nat,
                    &failed(&format!(
                        "failed to fetch secret {managed} from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret."
                    )),
                );
                world.set("describe-task-definition", VALUE_FROM, json!(format!("{managed}:password::")));
                allow(&mut world, "secretsmanager:GetSecretValue", managed);
                for output in ["describe-secret", "get-resource-policy"] {
                    world.drop_output(output);
                }
                world
            },
        ),
        // The description of the primary says that the replica is in step.
        scenario("secret/not_found/replica", "suspects", &[("secret.not-found", Silent)], &[], || {
            let there = SECRET.replace(REGION, "eu-west-1");
            let mut world = World::new(Egress::Nat, "");
            world.drop_output("describe-tasks");
            world.set("describe-task-definition", VALUE_FROM, json!(there));
            let status = json!([{"Region": "eu-west-1", "KmsKeyId": "alias/aws/secretsmanager", "Status": "InSync", "StatusMessage": "Replication succeeded"}]);
            world.set("describe-secret", "/ReplicationStatus", status);
            allow(&mut world, "secretsmanager:GetSecretValue", &there);
            world
        }),
        scenario(
            "secret/not_found/replica_failed",
            "suspects",
            &[("secret.not-found", Unknown)],
            &["secretsmanager:DescribeSecret"],
            || {
                let there = SECRET.replace(REGION, "eu-west-1");
                let mut world = World::new(Egress::Nat, "");
                world.drop_output("describe-tasks");
                world.set("describe-task-definition", VALUE_FROM, json!(there));
                let status = json!([{"Region": "eu-west-1", "Status": "Failed", "StatusMessage": "Replication failed"}]);
                world.set("describe-secret", "/ReplicationStatus", status);
                allow(&mut world, "secretsmanager:GetSecretValue", &there);
                world
            },
        ),
        // The name ends as a complete ARN does: whether the partial one is understood is Secrets Manager's own word.
        scenario(
            "secret/not_found/name_ends_like_an_arn",
            "suspects",
            &[("secret.not-found", Unknown)],
            &["secretsmanager:DescribeSecret"],
            || {
                let partial = "arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/db-config";
                let whole = format!("{partial}-AbCdEf");
                let mut world = World::new(Egress::Nat, "");
                world.drop_output("describe-tasks");
                world.set("describe-task-definition", VALUE_FROM, json!(partial));
                world.set("describe-secret", "/ARN", json!(whole));
                world.set("describe-secret", "/Name", json!("prod/db-config"));
                world.set("get-resource-policy", "/ARN", json!(whole));
                world.set("get-resource-policy", "/Name", json!("prod/db-config"));
                allow(&mut world, "secretsmanager:GetSecretValue", &whole);
                allow(&mut world, "secretsmanager:GetSecretValue", partial);
                world
            },
        ),
        scenario(
            "secret/not_found/missing",
            "suspects",
            &[("secret.not-found", Unknown)],
            &["secretsmanager:DescribeSecret"],
            || {
                let mut world = World::new(Egress::Nat, &cut());
                world.drop_output("describe-secret");
                world
            },
        ),
        scenario(
            "secret/not_found/redacted",
            "suspects",
            &[("secret.not-found", Unknown)],
            &["secretsmanager:DescribeSecret"],
            || {
                let mut world = World::new(Egress::Nat, &failed("failed to fetch secret..."));
                world.set(
                    "describe-task-definition",
                    VALUE_FROM,
                    json!("arn:aws:secretsmanager:us-east-1:<account>:secret:prod/db-AbCdEf"),
                );
                world.put("list-secrets", "secretsmanager list-secrets", json!({"SecretList": []}));
                world.drop_output("get-role-policy");
                world.drop_output("describe-secret");
                world
            },
        ),
        scenario("secret/deleted/fault", "root_cause", &[("secret.deleted", Cause)], &[], || {
            let mut world = World::new(
                Egress::Nat,
                &about("InvalidRequestException: You can't perform this operation on the secret because it was marked for deletion."),
            );
            world.set("describe-secret", "/DeletedDate", json!("2026-11-20T00:00:00+00:00"));
            world
        }),
        // The person was refused for the same reason; the task's error was cut.
        scenario(
            "secret/deleted/refused_to_person",
            "root_cause",
            &[("secret.deleted", Cause)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &cut());
                world.drop_output("describe-secret");
                world.put(
                "get-resource-policy",
                "secretsmanager get-resource-policy --secret-id prod/db",
                Value::String(
                    "\nAn error occurred (InvalidRequestException) when calling the GetResourcePolicy operation: You can't perform this operation on the secret because it was marked for deletion."
                        .to_owned(),
                ),
            );
                world
            },
        ),
        scenario(
            "secret/deleted/near_miss",
            "root_cause",
            &[("secret.deleted", Silent), ("secret.not-found", Cause)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &not_found());
                no_such_secret(&mut world);
                world
            },
        ),
        scenario(
            "secret/deleted/missing",
            "suspects",
            &[("secret.deleted", Silent), ("secret.not-found", Unknown)],
            &["secretsmanager:DescribeSecret"],
            || {
                let mut world = World::new(Egress::Nat, &about("InvalidRequestException: You can't perform this op..."));
                world.drop_output("describe-secret");
                world
            },
        ),
    ]
}
