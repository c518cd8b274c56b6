//! Images of other registries and of other places.

use super::{foreign, no_rules, on, pull, resolve};
use crate::scenario::Said::{Cause, Silent, Unknown, Warn};
use crate::scenario::Scenario;
use crate::scenarios::secret::{allow, answer, scenario};
use crate::world::{Egress, SECRET, World};
use serde_json::json;

pub(super) const GITHUB: &str = "ghcr.io/example/app:v1";

/// An image of another registry before launch, and what someone says of it.
fn said(answered: &str) -> World {
    let mut world = foreign(GITHUB, "");
    world.drop_output("describe-tasks");
    let secret = "/taskDefinition/containerDefinitions/0/secrets/0/valueFrom";
    world.set("describe-task-definition", secret, json!(SECRET));
    answer(&mut world, "image-pullable", GITHUB, answered);
    world
}

pub(super) fn registries() -> Vec<Scenario> {
    vec![
        scenario(
            "image/credentials_missing/fault",
            "root_cause",
            &[("image.credentials-missing", Cause)],
            &[],
            || {
                foreign(
                    GITHUB,
                    &resolve(
                        GITHUB,
                        "failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://ghcr.io/token?scope=repository%3Aexample%2Fapp%3Apull&service=ghcr.io: 401 Unauthorized",
                    ),
                )
            },
        ),
        scenario(
            "image/credentials_missing/near_miss",
            "suspects",
            &[("image.credentials-missing", Silent)],
            &[],
            || foreign(GITHUB, &resolve(GITHUB, "failed to authorize: failed to fetch anonymous token...")),
        ),
        scenario(
            "image/credentials_missing/missing",
            "suspects",
            &[("image.credentials-missing", Unknown)],
            &["ecr:DescribeRepositories"],
            || {
                foreign(
                    "app:v1",
                    &resolve(
                        "docker.io/library/app:v1",
                        "pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed",
                    ),
                )
            },
        ),
        scenario(
            "image/credentials_missing/answered",
            "root_cause",
            &[("image.credentials-missing", Cause), ("image.tag-not-found", Silent)],
            &[],
            || said("it needs credentials"),
        ),
        scenario(
            "image/tag_not_found/another_registry",
            "suspects",
            &[("image.tag-not-found", Unknown), ("image.credentials-missing", Silent)],
            &["exist in its registry"],
            || {
                let mut world = said("");
                world.drop_output("answers");
                world
            },
        ),
        // A number in a tag is no status of an answer.
        scenario(
            "image/tag_not_found/tag_like_a_status",
            "root_cause",
            &[("image.tag-not-found", Cause), ("image.credentials-missing", Silent)],
            &[],
            || {
                foreign(
                    "ghcr.io/org/app:401",
                    &resolve("ghcr.io/org/app:401", "ghcr.io/org/app:401: not found"),
                )
            },
        ),
        scenario(
            "image/tag_not_found/another_registry_answered",
            "no_fault_found",
            &[("image.tag-not-found", Silent), ("image.credentials-missing", Silent)],
            &[],
            || said("yes"),
        ),
        scenario(
            "image/tag_not_found/another_registry_without",
            "root_cause",
            &[("image.tag-not-found", Cause)],
            &[],
            || said("no such image"),
        ),
        scenario(
            "image/credentials_invalid/on_ecr",
            "no_fault_found",
            &[("image.credentials-invalid", Warn)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, "");
                world.drop_output("describe-tasks");
                let container = "/taskDefinition/containerDefinitions/0";
                let credentials = json!({"credentialsParameter": SECRET});
                world.set(
                    "describe-task-definition",
                    &format!("{container}/repositoryCredentials"),
                    credentials,
                );
                world.set(
                    "describe-task-definition",
                    &format!("{container}/secrets/0/valueFrom"),
                    json!(SECRET),
                );
                world
            },
        ),
        scenario(
            "image/credentials_invalid/fault",
            "root_cause",
            &[("image.credentials-invalid", Cause)],
            &[],
            || {
                credentials(
                    "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to get registry auth from asm: service call has been retried 1 time(s): asm fetching authorization data: unable to unmarshal secret value, invalid schema",
                )
            },
        ),
        scenario(
            "image/credentials_invalid/refused",
            "root_cause",
            &[("image.credentials-invalid", Cause)],
            &[],
            || {
                credentials(&resolve(
                    GITHUB,
                    "failed to authorize: failed to fetch oauth token: unexpected status from GET request to https://ghcr.io/token: 401 Unauthorized",
                ))
            },
        ),
        scenario(
            "image/credentials_invalid/near_miss",
            "suspects",
            &[("image.credentials-invalid", Silent)],
            &[],
            || {
                credentials(&resolve(
                    GITHUB,
                    "failed to do request: Head \"https://ghcr.io/v2/example/app/manifests/v1\": dial tcp 140.82.113.33:443: i/o timeout",
                ))
            },
        ),
        scenario(
            "image/credentials_invalid/missing",
            "suspects",
            &[("image.credentials-invalid", Silent)],
            &["ecs:DescribeTaskDefinition"],
            || {
                let mut world = credentials(&pull("..."));
                world.drop_output("describe-task-definition");
                world
            },
        ),
        scenario(
            "image/rate_limited/fault",
            "root_cause",
            &[("image.rate-limited", Cause)],
            &[],
            || {
                foreign(
                    "nginx:1.27",
                    &pull(
                        "inspect image has been retried 5 time(s): httpReadSeeker: failed open: unexpected status code https://registry-1.docker.io/v2/library/nginx/manifests/sha256:aa: 429 Too Many Requests - Server message: toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit",
                    ),
                )
            },
        ),
        scenario(
            "image/rate_limited/near_miss",
            "root_cause",
            &[("image.rate-limited", Silent), ("service.throttled", Cause)],
            &[],
            || {
                World::new(
                    Egress::Nat,
                    "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 3 time(s): ThrottlingException: Rate exceeded status code: 400, request id: 2f6b8a34-1111-4222-8333-444455556666",
                )
            },
        ),
        scenario(
            "image/rate_limited/missing",
            "suspects",
            &[("image.rate-limited", Silent)],
            &["ecs:DescribeTaskDefinition"],
            || {
                let mut world = foreign("nginx:1.27", &pull("inspect image has been retried 5 time(s): ..."));
                world.drop_output("describe-task-definition");
                world
            },
        ),
        scenario("image/disk_full/fault", "root_cause", &[("image.disk-full", Cause)], &[], || {
            World::new(
                Egress::Nat,
                &pull(
                    "ref pull has been retried 1 time(s): failed to extract layer sha256:ab: write /var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/9/fs/model.bin: no space left on device: unknown",
                ),
            )
        }),
        scenario("image/disk_full/near_miss", "suspects", &[("image.disk-full", Silent)], &[], || {
            World::new(
                Egress::Nat,
                &pull(
                    "ref pull has been retried 1 time(s): failed to copy: httpReadSeeker: failed open: failed to do request: Get 111122223333.dkr.ecr.us-east-1.amazonaws.com/app:v1: dial tcp 52.216.1.1:443: i/o timeout",
                ),
            )
        }),
        scenario(
            "image/disk_full/missing",
            "suspects",
            &[("image.disk-full", Silent)],
            &["ecs:DescribeTaskDefinition"],
            || {
                let mut world = World::new(
                    Egress::Nat,
                    &pull("ref pull has been retried 1 time(s): failed to extract layer..."),
                );
                world.drop_output("describe-task-definition");
                world
            },
        ),
    ]
}

/// An image of another registry with credentials.
pub(super) fn credentials(reason: &str) -> World {
    let mut world = foreign(GITHUB, reason);
    let secret = "arn:aws:secretsmanager:us-east-1:111122223333:secret:registry/ghcr-MnOpQr";
    world.set(
        "describe-task-definition",
        "/taskDefinition/containerDefinitions/0/repositoryCredentials",
        json!({"credentialsParameter": secret}),
    );
    world.put(
        "describe-secret-registry",
        "secretsmanager describe-secret --secret-id registry/ghcr",
        json!({"ARN": secret, "Name": "registry/ghcr", "VersionIdsToStages": {"a1b2c3d4-5678-90ab-cdef-EXAMPLE33333": ["AWSCURRENT"]}}),
    );
    allow(&mut world, "secretsmanager:GetSecretValue", secret);
    world
}

fn far(egress: Egress) -> World {
    let image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:v1";
    let mut world = on(
        egress,
        image,
        &resolve(
            image,
            "failed to do request: Head \"https://111122223333.dkr.ecr.eu-west-1.amazonaws.com/v2/app/manifests/v1\": dial tcp 52.95.120.3:443: i/o timeout",
        ),
    );
    for output in ["describe-repositories", "describe-images", "get-repository-policy"] {
        world.drop_output(output);
    }
    no_rules(&mut world);
    world
}

pub(super) fn places() -> Vec<Scenario> {
    vec![
        scenario(
            "image/cross_region_unreachable/fault",
            "root_cause",
            &[("image.cross-region-unreachable", Cause)],
            &[],
            || far(Egress::Endpoints),
        ),
        scenario(
            "image/cross_region_unreachable/near_miss",
            "suspects",
            &[("image.cross-region-unreachable", Silent)],
            &[],
            || far(Egress::Nat),
        ),
        scenario(
            "image/cross_region_unreachable/missing",
            "suspects",
            &[("image.cross-region-unreachable", Silent)],
            &["ec2:DescribeRouteTables"],
            || {
                let mut world = far(Egress::Endpoints);
                world.drop_output("describe-route-tables");
                world
            },
        ),
    ]
}
