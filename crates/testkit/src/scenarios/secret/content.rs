//! What is in a secret: keys that only the error text, or a person, tells.

use super::{VALUE_FROM, about, allow, answer, cut, failed, scenario};
use crate::scenario::Said::{Cause, Silent, Unknown};
use crate::scenario::Scenario;
use crate::world::{Egress, SECRET, World};
use serde_json::json;

/// All scenarios of keys and JSON.
pub(super) fn all() -> Vec<Scenario> {
    vec![
        scenario(
            "secret/json_key_not_found/fault",
            "root_cause",
            &[("secret.json-key-not-found", Cause)],
            &[],
            || {
                World::new(
                    Egress::Nat,
                    &failed("retrieved secret from Secrets Manager did not contain json key password"),
                )
            },
        ),
        scenario(
            "secret/json_key_not_found/near_miss",
            "root_cause",
            &[("secret.json-key-not-found", Silent), ("secret.not-json", Cause)],
            &[],
            || World::new(Egress::Nat, &failed("invalid character 'p' looking for beginning of value")),
        ),
        scenario(
            "secret/json_key_not_found/missing",
            "suspects",
            &[("secret.json-key-not-found", Unknown)],
            &["JSON of secret"],
            || World::new(Egress::Nat, &failed("retrieved secret from Secrets Man...")),
        ),
        scenario(
            "secret/json_key_not_found/whole_error_written",
            "root_cause",
            &[("secret.json-key-not-found", Cause)],
            &[],
            || {
                // A mail has what the output leaves out, on lines as the mail program broke them.
                let mut world = World::new(Egress::Nat, &failed("retrieved secret from Secrets Man..."));
                let whole = failed("retrieved secret from Secrets Manager did not contain json key password");
                let mail = format!(
                    "Hello,\n\nthe console shows:\n\n{}\n\nBest regards\n",
                    whole.replace(" retrieval failed", " retrieval\nfailed")
                );
                world
                    .outputs
                    .insert("describe-tasks-mail".to_owned(), ("cat mail.txt".to_owned(), json!(mail)));
                world
            },
        ),
        scenario(
            "secret/json_key_not_found/whole_error_answered",
            "root_cause",
            &[("secret.json-key-not-found", Cause)],
            &[],
            || {
                // Nobody types what stands there already.
                let mut world = World::new(Egress::Nat, &failed("retrieved secret from Secrets Man..."));
                let end = "retrieved secret from Secrets Manager did not contain json key password";
                answer(&mut world, "error-text", "0f3a1c5e7b9d4e2fa6c8d0e1f2a3b4c5", end);
                world
            },
        ),
        // Whoever has no more of it is not asked a second time.
        scenario(
            "secret/json_key_not_found/whole_error_not_known",
            "suspects",
            &[("secret.json-key-not-found", Unknown)],
            &["JSON of secret"],
            || {
                let mut world = World::new(Egress::Nat, &failed("retrieved secret from Secrets Man..."));
                answer(&mut world, "error-text", "0f3a1c5e7b9d4e2fa6c8d0e1f2a3b4c5", "no more was shown");
                world
            },
        ),
        scenario(
            "secret/json_key_not_found/whole_error_of_another",
            "suspects",
            &[("secret.json-key-not-found", Unknown), ("secret.not-found", Silent)],
            &["whole error text"],
            || {
                // The mail quotes what another task of the customer said, of a secret that this one does not read.
                let mut world = World::new(Egress::Nat, &failed("..."));
                let other = "failed to fetch secret arn:aws:secretsmanager:us-east-1:111122223333:secret:billing/db-XyZ123 from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret.";
                let mail = format!("Hello,\n\nlast week we had this:\n\n{}\n", failed(other));
                world
                    .outputs
                    .insert("describe-tasks-mail".to_owned(), ("cat mail.txt".to_owned(), json!(mail)));
                world
            },
        ),
        scenario(
            "secret/json_key_not_found/refused",
            "suspects",
            &[("secret.json-key-not-found", Silent)],
            &[],
            || {
                // A refused call never came to the value: its keys are no question.
                World::new(
                    Egress::Nat,
                    &about(&format!(
                        "AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/ecsTaskExecutionRole/x is not authorized to perform: secretsmanager:GetSecretValue on resource: {SECRET}"
                    )),
                )
            },
        ),
        scenario(
            "secret/json_key_not_found/before_launch",
            "suspects",
            &[("secret.json-key-not-found", Unknown)],
            &["JSON of secret"],
            || {
                let mut world = World::new(Egress::Nat, "");
                world.drop_output("describe-tasks");
                world
            },
        ),
        scenario(
            "secret/json_key_not_found/answered",
            "no_fault_found",
            &[("secret.json-key-not-found", Silent)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, "");
                world.drop_output("describe-tasks");
                answer(&mut world, "secret-json-keys", SECRET, "username, password");
                world
            },
        ),
        scenario(
            "secret/json_key_not_found/answered_without",
            "root_cause",
            &[("secret.json-key-not-found", Cause)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, "");
                world.drop_output("describe-tasks");
                answer(&mut world, "secret-json-keys", SECRET, "username, Password");
                world
            },
        ),
        scenario("secret/not_json/fault", "root_cause", &[("secret.not-json", Cause)], &[], || {
            let mut world = World::new(Egress::Nat, &failed("invalid character 's' looking for beginning of value"));
            let other = "arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/api-GhIjKl";
            let secrets = "/taskDefinition/containerDefinitions/0/secrets/-";
            world.set("describe-task-definition", secrets, json!({"name": "API_KEY", "valueFrom": other}));
            world.put(
                "describe-secret-api",
                "secretsmanager describe-secret --secret-id prod/api",
                json!({"ARN": other, "Name": "prod/api", "VersionIdsToStages": {"a1b2c3d4-5678-90ab-cdef-EXAMPLE22222": ["AWSCURRENT"]}}),
            );
            allow(&mut world, "secretsmanager:GetSecretValue", other);
            world
        }),
        scenario("secret/not_json/near_miss", "suspects", &[("secret.not-json", Silent)], &[], || {
            // Without a key the value is taken as it is.
            let mut world = World::new(Egress::Nat, &cut());
            world.set("describe-task-definition", VALUE_FROM, json!(SECRET));
            world
        }),
        scenario(
            "secret/not_json/missing",
            "root_cause",
            &[("secret.not-json", Cause)],
            &["ecs:DescribeTaskDefinition"],
            || {
                let mut world = World::new(Egress::Nat, &failed("invalid character 's' looking for beginning of value"));
                world.drop_output("describe-task-definition");
                world
            },
        ),
    ]
}
