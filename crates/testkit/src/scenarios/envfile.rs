//! Environment files.

use super::secret::{allow, scenario};
use crate::scenario::Said::{Cause, Silent, Unknown};
use crate::scenario::Scenario;
use crate::world::{Egress, World};
use serde_json::{Value, json};

fn with(file: &str, reason: &str) -> World {
    let mut world = World::new(Egress::Nat, reason);
    let arn = format!("arn:aws:s3:::app-config-111122223333/{file}");
    world.set(
        "describe-task-definition",
        "/taskDefinition/containerDefinitions/0/environmentFiles",
        json!([{"value": arn, "type": "s3"}]),
    );
    allow(&mut world, "s3:GetObject", "arn:aws:s3:::app-config-111122223333/*");
    allow(&mut world, "s3:GetBucketLocation", "arn:aws:s3:::app-config-111122223333");
    world
}

/// Two files in the task definition, and the error that the one of that name is not there.
fn two_files(first: &str, second: &str, named: &str) -> World {
    let mut world = with(
        first,
        &format!(
            "ResourceInitializationError: failed to download env files: file download command: non empty error stream: failed to download file {named}: failed to write to a temporary file: NoSuchKey: The specified key does not exist."
        ),
    );
    let files = [first, second].map(|file| json!({"value": format!("arn:aws:s3:::app-config-111122223333/{file}"), "type": "s3"}));
    world.set(
        "describe-task-definition",
        "/taskDefinition/containerDefinitions/0/environmentFiles",
        json!(files),
    );
    world
}

fn failed(tail: &str) -> String {
    format!("ResourceInitializationError: failed to download env files: service call has been retried 1 time(s): {tail}")
}

fn head(world: &mut World, output: Value) {
    world.put(
        "head-object",
        "s3api head-object --bucket app-config-111122223333 --key prod/app.env",
        output,
    );
}

fn there(world: &mut World) {
    head(
        world,
        json!({"AcceptRanges": "bytes", "ContentLength": 42, "ContentType": "binary/octet-stream", "ServerSideEncryption": "AES256"}),
    );
}

/// A task of the EC2 launch type whose log router, and gMSA, read files that are elsewhere.
fn on_instance(allowed: &[&str]) -> World {
    let mut world = super::instance::pending();
    let container = "/taskDefinition/containerDefinitions/0";
    world.set(
        "describe-task-definition",
        &format!("{container}/firelensConfiguration"),
        json!({"type": "fluentbit", "options": {"config-file-type": "s3", "config-file-value": "arn:aws:s3:::app-config-111122223333/fluent.conf"}}),
    );
    world.set(
        "describe-task-definition",
        &format!("{container}/credentialSpecs"),
        json!(["credentialspec:arn:aws:ssm:us-east-1:111122223333:parameter/gmsa/webapp"]),
    );
    world.set(
        "describe-task-definition",
        "/taskDefinition/containerDefinitions/0/secrets",
        json!([]),
    );
    for action in allowed {
        allow(&mut world, action, "*");
    }
    world
}

fn files() -> Vec<Scenario> {
    vec![
        scenario(
            "envfile/not_found/firelens_and_gmsa_unseen",
            "suspects",
            &[("envfile.not-found", Unknown), ("parameter.not-found", Silent)],
            &["s3api:HeadObject"],
            || {
                let mut world = on_instance(&["s3:GetObject", "s3:GetBucketLocation", "ssm:GetParameters"]);
                world.set("describe-parameters", "/Parameters/0/Name", json!("/gmsa/webapp"));
                let arn = "arn:aws:ssm:us-east-1:111122223333:parameter/gmsa/webapp";
                world.set("describe-parameters", "/Parameters/0/ARN", json!(arn));
                world
            },
        ),
        scenario(
            "envfile/not_found/firelens_and_gmsa_absent",
            "root_cause",
            &[
                ("envfile.not-found", Cause),
                ("parameter.not-found", Cause),
                ("iam.action-not-allowed", Silent),
            ],
            &[],
            || {
                let mut world = on_instance(&[]);
                world.put(
                    "head-object",
                    "s3api head-object --bucket app-config-111122223333 --key fluent.conf",
                    Value::String("\nAn error occurred (404) when calling the HeadObject operation: Not Found".to_owned()),
                );
                world
            },
        ),
        // The log router's configuration, by the error alone.
        scenario(
            "envfile/not_found/firelens_told",
            "root_cause",
            &[("envfile.not-found", Cause)],
            &[],
            || {
                let mut world = on_instance(&["s3:GetObject", "s3:GetBucketLocation", "ssm:GetParameters"]);
                world.set("describe-tasks", "/tasks/0/lastStatus", json!("STOPPED"));
                world.set("describe-tasks", "/tasks/0/desiredStatus", json!("STOPPED"));
                world.set("describe-tasks", "/tasks/0/stoppedAt", json!("2026-11-24T08:05:00+00:00"));
                let specs = "/taskDefinition/containerDefinitions/0/credentialSpecs";
                world.unset("describe-task-definition", specs);
                let reason = "ResourceInitializationError: unable to download firelens s3 config file: unable to download s3 config fluent.conf from bucket app-config-111122223333: NoSuchKey: The specified key does not exist.";
                world.set("describe-tasks", "/tasks/0/stoppedReason", json!(reason));
                world
            },
        ),
        // Among Docker's own options, which are no references.
        scenario(
            "envfile/not_found/credential_spec_of_docker",
            "root_cause",
            &[("envfile.not-found", Cause), ("envfile.bad-name", Silent)],
            &[],
            || {
                let mut world = on_instance(&["s3:GetObject", "s3:GetBucketLocation", "ssm:GetParameters"]);
                let container = "/taskDefinition/containerDefinitions/0";
                world.unset("describe-task-definition", &format!("{container}/firelensConfiguration"));
                world.unset("describe-task-definition", &format!("{container}/credentialSpecs"));
                let options = json!([
                    "label:type:app_t",
                    "credentialspec:arn:aws:s3:::app-config-111122223333/webapp.json"
                ]);
                world.set("describe-task-definition", &format!("{container}/dockerSecurityOptions"), options);
                world.put(
                    "head-object",
                    "s3api head-object --bucket app-config-111122223333 --key webapp.json",
                    Value::String("\nAn error occurred (404) when calling the HeadObject operation: Not Found".to_owned()),
                );
                world
            },
        ),
        scenario(
            "envfile/bad_name/firelens_and_gmsa",
            "root_cause",
            &[("envfile.bad-name", Cause)],
            &[],
            || {
                let mut world = on_instance(&["s3:GetObject", "s3:GetBucketLocation", "ssm:GetParameters"]);
                let container = "/taskDefinition/containerDefinitions/0";
                let config = "s3://app-config-111122223333/fluent.conf";
                let place = format!("{container}/firelensConfiguration/options/config-file-value");
                world.set("describe-task-definition", &place, json!(config));
                let specs = json!(["credentialsspec:arn:aws:s3:::app-config-111122223333/webapp.json"]);
                world.set("describe-task-definition", &format!("{container}/credentialSpecs"), specs);
                world
            },
        ),
        scenario(
            "envfile/not_found/firelens_not_allowed",
            "root_cause",
            &[
                ("iam.action-not-allowed", Cause),
                ("envfile.not-found", Unknown),
                ("parameter.not-found", Unknown),
            ],
            &[],
            || {
                let mut world = on_instance(&[]);
                world.drop_output("describe-parameters");
                world
            },
        ),
    ]
}

/// All scenarios of this area.
#[must_use]
pub(super) fn all() -> Vec<Scenario> {
    let mut all = files();
    all.extend(environment_files());
    all
}

fn environment_files() -> Vec<Scenario> {
    vec![
        scenario(
            "envfile/not_found/fault",
            "root_cause",
            &[("envfile.not-found", Cause)],
            &[],
            || {
                let mut world = with(
                    "prod/app.env",
                    &failed(
                        "operation error S3: HeadObject, https response error StatusCode: 404, RequestID: 7A1B2C3D4E5F6071, HostID: x, api error NotFound: Not Found",
                    ),
                );
                head(
                    &mut world,
                    Value::String("\nAn error occurred (404) when calling the HeadObject operation: Not Found".to_owned()),
                );
                world
            },
        ),
        scenario(
            "envfile/not_found/named_by_error",
            "root_cause",
            &[("envfile.not-found", Cause)],
            &[],
            || {
                // Of two files the error names the one that is not there.
                let mut world = two_files("prod/app.env", "prod/extra.env", "extra.env");
                there(&mut world);
                world
            },
        ),
        scenario(
            "envfile/not_found/two_of_that_name",
            "root_cause",
            &[("envfile.not-found", Cause)],
            &[],
            || {
                // Two files have the name that the error gives: one of them is not there, and which it is stays open.
                two_files("common/app.env", "prod/app.env", "app.env")
            },
        ),
        scenario(
            "envfile/not_found/key_unusable",
            "root_cause",
            &[("envfile.not-found", Silent), ("kms.key-unusable", Cause)],
            &[],
            || {
                // The file is there; the key that it is encrypted with cannot be used.
                with(
                    "prod/app.env",
                    "ResourceInitializationError: failed to download env files: file download command: non empty error stream: failed to download file app.env: failed to write to a temporary file: KMS.KMSInvalidStateException: arn:aws:kms:us-east-1:111122223333:key/1a2b3c4d-0000-4000-8000-000000000001 is pending deletion.",
                )
            },
        ),
        scenario(
            "envfile/not_found/listed",
            "root_cause",
            &[("envfile.not-found", Cause)],
            &[],
            || {
                let mut world = with(
                    "prod/app.env",
                    &failed(
                        "operation error S3: HeadObject, https response error StatusCode: 404, RequestID: 7A1B2C3D4E5F6071, HostID: x, api error NotFound: Not Found",
                    ),
                );
                world.put(
                "list-objects-v2",
                "s3api list-objects-v2 --bucket app-config-111122223333 --prefix prod/",
                json!({"Contents": [{"Key": "prod/App.env", "LastModified": "2026-10-01T00:00:00+00:00", "ETag": "\"aa\"", "Size": 42, "StorageClass": "STANDARD"}], "RequestCharged": null}),
            );
                world
            },
        ),
        scenario(
            "envfile/not_found/near_miss",
            "suspects",
            &[("envfile.not-found", Silent)],
            &[],
            || {
                // 403 hides whether the object is there.
                let mut world = with(
                    "prod/app.env",
                    &failed(
                        "operation error S3: HeadObject, https response error StatusCode: 403, RequestID: 7A1B2C3D4E5F6071, HostID: x, api error Forbidden: Forbidden",
                    ),
                );
                there(&mut world);
                world
            },
        ),
        scenario(
            "envfile/not_found/missing",
            "suspects",
            &[("envfile.not-found", Unknown)],
            &["s3api:HeadObject"],
            || with("prod/app.env", &failed("operation error S3...")),
        ),
        scenario("envfile/bad_name/fault", "root_cause", &[("envfile.bad-name", Cause)], &[], || {
            with("prod/app.txt", &failed("..."))
        }),
        // Another environment's file is not written over.
        scenario(
            "envfile/bad_name/environment_behind",
            "root_cause",
            &[("envfile.bad-name", Cause)],
            &[],
            || with("prod/.env.staging", &failed("...")),
        ),
        scenario(
            "envfile/bad_name/near_miss",
            "suspects",
            &[("envfile.bad-name", Silent)],
            &[],
            || {
                let mut world = with("prod/app.env", &failed("..."));
                there(&mut world);
                world
            },
        ),
        scenario(
            "envfile/bad_name/missing",
            "suspects",
            &[("envfile.bad-name", Silent)],
            &["ecs:DescribeTaskDefinition"],
            || {
                let mut world = with("prod/app.txt", &failed("..."));
                world.drop_output("describe-task-definition");
                world
            },
        ),
    ]
}
