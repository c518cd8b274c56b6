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

/// All scenarios of this area.
#[must_use]
pub(super) fn all() -> Vec<Scenario> {
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
