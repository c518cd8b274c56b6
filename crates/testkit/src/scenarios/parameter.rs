//! Parameters: names, ARNs, and secrets through Parameter Store.

use super::secret::{allow, scenario};
use crate::scenario::Said::{Cause, Silent, Unknown, Warn};
use crate::scenario::Scenario;
use crate::world::{Egress, World};
use serde_json::json;

const VALUE_FROM: &str = "/taskDefinition/containerDefinitions/0/secrets/1/valueFrom";

fn failed(tail: &str) -> String {
    format!(
        "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): {tail}"
    )
}

fn with(text: &str, tail: &str) -> World {
    let mut world = World::new(Egress::Nat, &failed(tail));
    world.set("describe-task-definition", VALUE_FROM, json!(text));
    world
}

fn far(egress: Egress) -> World {
    let arn = "arn:aws:ssm:eu-west-1:111122223333:parameter/prod/api-url";
    let mut world = World::new(
        egress,
        "ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secrets from ssm: The task cannot pull secrets from AWS Systems Manager. There is a connection issue between the task and AWS Systems Manager Parameter Store. Check your task network configuration. RequestError: send request failed caused by: Post \"https://ssm.eu-west-1.amazonaws.com/\": dial tcp 52.95.118.40:443: i/o timeout",
    );
    world.set("describe-task-definition", VALUE_FROM, json!(arn));
    world.set("describe-parameters", "/Parameters/0/ARN", json!(arn));
    allow(&mut world, "ssm:GetParameters", arn);
    world
}

/// All scenarios of this area.
#[must_use]
pub(super) fn all() -> Vec<Scenario> {
    vec![
        scenario(
            "parameter/reference_malformed/fault",
            "root_cause",
            &[("parameter.reference-malformed", Cause)],
            &[],
            || {
                with(
                    "arn:aws:ssm:us-east-1:111122223333:parameter//prod/api-url",
                    "invalid ssm parameters: /prod/api-url",
                )
            },
        ),
        scenario(
            "parameter/reference_malformed/another_account",
            "root_cause",
            &[("parameter.reference-malformed", Cause), ("parameter.not-found", Silent)],
            &[],
            || with("arn:aws:ssm:us-east-1:999988887777:parameter/prod/api-url", "..."),
        ),
        scenario(
            "parameter/reference_malformed/near_miss",
            "suspects",
            &[("parameter.reference-malformed", Silent)],
            &[],
            || with("arn:aws:ssm:us-east-1:111122223333:parameter/prod/api-url", "..."),
        ),
        scenario(
            "parameter/reference_malformed/missing",
            "suspects",
            &[("parameter.reference-malformed", Silent)],
            &["ecs:DescribeTaskDefinition"],
            || {
                let mut world = World::new(Egress::Nat, &failed("..."));
                world.drop_output("describe-task-definition");
                world
            },
        ),
        scenario(
            "parameter/not_found/fault",
            "root_cause",
            &[("parameter.not-found", Cause), ("iam.action-not-allowed", Silent)],
            &[],
            || {
                let mut world = with("/prod/api-ur1", "invalid ssm parameters: /prod/api-ur1");
                allow(
                    &mut world,
                    "ssm:GetParameters",
                    "arn:aws:ssm:us-east-1:111122223333:parameter/prod/*",
                );
                world
            },
        ),
        scenario(
            "parameter/not_found/no_leading_slash",
            "root_cause",
            &[("parameter.not-found", Cause), ("parameter.reference-malformed", Silent)],
            &[],
            || with("prod/api-url", "invalid ssm parameters: prod/api-url"),
        ),
        scenario(
            "parameter/not_found/no_leading_slash_to_secret",
            "root_cause",
            &[("parameter.not-found", Cause), ("secret.not-found", Silent)],
            &[],
            || {
                with(
                    "aws/reference/secretsmanager/prod/db",
                    "invalid ssm parameters: aws/reference/secretsmanager/prod/db",
                )
            },
        ),
        // A listing of the case's own Region says nothing of another.
        scenario(
            "parameter/not_found/another_region",
            "suspects",
            &[("parameter.not-found", Unknown)],
            &["ssm:DescribeParameters"],
            || {
                let arn = "arn:aws:ssm:eu-west-1:111122223333:parameter/prod/api-url";
                let mut world = with(arn, "...");
                allow(&mut world, "ssm:GetParameters", arn);
                world
            },
        ),
        scenario(
            "parameter/not_found/secret_name",
            "root_cause",
            &[("parameter.not-found", Cause), ("iam.action-not-allowed", Silent)],
            &[],
            || {
                let mut world = with("prod-db", "invalid ssm parameters: prod-db");
                world.set("describe-secret", "/Name", json!("prod-db"));
                world.set(
                    "describe-secret",
                    "/ARN",
                    json!("arn:aws:secretsmanager:us-east-1:111122223333:secret:prod-db-AbCdEf"),
                );
                world.set(
                    "get-resource-policy",
                    "/ARN",
                    json!("arn:aws:secretsmanager:us-east-1:111122223333:secret:prod-db-AbCdEf"),
                );
                allow(&mut world, "ssm:GetParameters", "arn:aws:ssm:us-east-1:111122223333:parameter/*");
                world.unset("describe-task-definition", "/taskDefinition/containerDefinitions/0/secrets/0");
                world
            },
        ),
        // The end of a secret's ARN is no reference to it either.
        scenario(
            "parameter/not_found/secret_name_and_suffix",
            "root_cause",
            &[("parameter.not-found", Cause)],
            &[],
            || with("prod/db-AbCdEf", "invalid ssm parameters: prod/db-AbCdEf"),
        ),
        // Parameter Store names the label that it does not have; the parameter itself is there.
        scenario(
            "parameter/not_found/label",
            "root_cause",
            &[("parameter.not-found", Cause)],
            &[],
            || with("/prod/api-url:live", "invalid ssm parameters: /prod/api-url:live"),
        ),
        // The secret nearest by name stays a secret through Parameter Store in the remedy.
        scenario(
            "secret/not_found/through_parameter_store",
            "root_cause",
            &[("secret.not-found", Cause), ("parameter.not-found", Silent)],
            &[],
            || {
                let mut world = with(
                    "/aws/reference/secretsmanager/prod/dbx",
                    "invalid ssm parameters: /aws/reference/secretsmanager/prod/dbx",
                );
                allow(&mut world, "ssm:GetParameters", "arn:aws:ssm:us-east-1:111122223333:parameter/*");
                world
            },
        ),
        // Refused to the task, yet described to the person: that proves nothing against the secret.
        scenario(
            "secret/not_found/through_parameter_store_found",
            "suspects",
            &[("secret.not-found", Silent), ("evidence.contradicts-error", Warn)],
            &[],
            || {
                let mut world = with(
                    "/aws/reference/secretsmanager/prod/db",
                    "invalid ssm parameters: /aws/reference/secretsmanager/prod/db",
                );
                allow(&mut world, "ssm:GetParameters", "arn:aws:ssm:us-east-1:111122223333:parameter/*");
                world
            },
        ),
        // CloudFormation would have resolved it.
        scenario(
            "parameter/reference_malformed/dynamic_reference",
            "root_cause",
            &[("parameter.reference-malformed", Cause), ("parameter.not-found", Silent)],
            &[],
            || {
                with(
                    "{{resolve:ssm:/prod/api-url}}",
                    "invalid ssm parameters: {{resolve:ssm:/prod/api-url}}",
                )
            },
        ),
        scenario(
            "parameter/not_found/near_miss",
            "suspects",
            &[("parameter.not-found", Silent)],
            &[],
            || with("/prod/api-url", "invalid ssm par..."),
        ),
        scenario(
            "parameter/not_found/missing",
            "suspects",
            &[("parameter.not-found", Unknown)],
            &["ssm:DescribeParameters"],
            || {
                let mut world = with("/prod/api-url", "...");
                world.drop_output("describe-parameters");
                world
            },
        ),
        scenario(
            "parameter/secret_reference_versioned/fault",
            "root_cause",
            &[("parameter.secret-reference-versioned", Cause)],
            &[],
            || {
                let mut world = with(
                    "/aws/reference/secretsmanager/prod/db:3",
                    "invalid ssm parameters: /aws/reference/secretsmanager/prod/db:3",
                );
                allow(
                    &mut world,
                    "ssm:GetParameters",
                    "arn:aws:ssm:us-east-1:111122223333:parameter/aws/reference/secretsmanager/prod/db*",
                );
                world
            },
        ),
        scenario(
            "parameter/secret_reference_versioned/near_miss",
            "suspects",
            &[("parameter.secret-reference-versioned", Silent), ("parameter.not-found", Silent)],
            &[],
            || {
                let mut world = with("/aws/reference/secretsmanager/prod/db", "...");
                allow(
                    &mut world,
                    "ssm:GetParameters",
                    "arn:aws:ssm:us-east-1:111122223333:parameter/aws/reference/secretsmanager/prod/db",
                );
                world
            },
        ),
        scenario(
            "parameter/secret_reference_versioned/missing",
            "suspects",
            &[("parameter.secret-reference-versioned", Silent)],
            &["secretsmanager:DescribeSecret"],
            || {
                let mut world = with("/aws/reference/secretsmanager/prod/db", "...");
                allow(
                    &mut world,
                    "ssm:GetParameters",
                    "arn:aws:ssm:us-east-1:111122223333:parameter/aws/reference/secretsmanager/prod/db",
                );
                world.unset("describe-task-definition", "/taskDefinition/containerDefinitions/0/secrets/0");
                world.drop_output("describe-secret");
                world
            },
        ),
        scenario(
            "parameter/cross_region_unreachable/fault",
            "root_cause",
            &[("parameter.cross-region-unreachable", Cause)],
            &[],
            || far(Egress::Endpoints),
        ),
        scenario(
            "parameter/cross_region_unreachable/near_miss",
            "suspects",
            &[("parameter.cross-region-unreachable", Silent)],
            &[],
            || far(Egress::Nat),
        ),
        scenario(
            "parameter/cross_region_unreachable/missing",
            "suspects",
            &[("parameter.cross-region-unreachable", Silent)],
            &["ec2:DescribeRouteTables"],
            || {
                let mut world = far(Egress::Endpoints);
                world.drop_output("describe-route-tables");
                world
            },
        ),
    ]
}
