//! Images: repositories, tags, platforms, and registries other than Amazon ECR.

mod elsewhere;
mod platforms;
mod refused;

use super::secret::scenario;
use crate::scenario::Said::{Cause, Silent, Unknown};
use crate::scenario::Scenario;
use crate::world::{ACCOUNT, Egress, World};
use serde_json::{Value, json};

const IMAGE: &str = "111122223333.dkr.ecr.us-east-1.amazonaws.com/app:v1";
const DEFINED: &str = "/taskDefinition/containerDefinitions/0/image";

fn pull(tail: &str) -> String {
    format!("CannotPullContainerError: {tail}")
}

fn resolve(image: &str, tail: &str) -> String {
    pull(&format!(
        "pull image manifest has been retried 1 time(s): failed to resolve ref {image}: {tail}"
    ))
}

/// The task with another image.
fn with(image: &str, reason: &str) -> World {
    on(Egress::Nat, image, reason)
}

fn on(egress: Egress, image: &str, reason: &str) -> World {
    let mut world = World::new(egress, reason);
    world.set("describe-task-definition", DEFINED, json!(image));
    world.set("describe-tasks", "/tasks/0/containers/0/image", json!(image));
    world
}

/// The task with an image of Docker Hub by a pull-through cache, whose repository is not there; with the rule or without.
pub(super) fn upstream(reason: &str, ruled: bool) -> World {
    let mut world = with("111122223333.dkr.ecr.us-east-1.amazonaws.com/docker-hub/library/nginx:1", reason);
    if ruled {
        let rule = json!({"ecrRepositoryPrefix": "docker-hub", "upstreamRegistryUrl": "registry-1.docker.io", "registryId": ACCOUNT});
        world.put(
            "describe-pull-through-cache-rules",
            "ecr describe-pull-through-cache-rules",
            json!({"pullThroughCacheRules": [rule]}),
        );
    }
    world.put(
        "describe-repositories",
        "ecr describe-repositories",
        json!({"repositories": [{
            "repositoryArn": "arn:aws:ecr:us-east-1:111122223333:repository/app", "registryId": ACCOUNT, "repositoryName": "app",
            "repositoryUri": "111122223333.dkr.ecr.us-east-1.amazonaws.com/app"}]}),
    );
    world
}

/// The task with an image of another registry only.
fn foreign(image: &str, reason: &str) -> World {
    let mut world = with(image, reason);
    for output in ["describe-repositories", "describe-images", "get-repository-policy"] {
        world.drop_output(output);
    }
    world
}

fn no_rules(world: &mut World) {
    world.put(
        "describe-pull-through-cache-rules",
        "ecr describe-pull-through-cache-rules",
        json!({"pullThroughCacheRules": []}),
    );
}

fn no_repository(world: &mut World) {
    let error = |operation: &str| {
        Value::String(format!(
            "\nAn error occurred (RepositoryNotFoundException) when calling the {operation} operation: The repository with name 'app' does not exist in the registry with id '{ACCOUNT}'"
        ))
    };
    world.put(
        "describe-repositories",
        "ecr describe-repositories --repository-names app",
        error("DescribeRepositories"),
    );
    world.put(
        "describe-images",
        "ecr describe-images --repository-name app",
        error("DescribeImages"),
    );
    world.put(
        "get-repository-policy",
        "ecr get-repository-policy --repository-name app",
        error("GetRepositoryPolicy"),
    );
}

/// All scenarios of this area.
#[must_use]
pub(super) fn all() -> Vec<Scenario> {
    let mut all = ecr();
    all.extend(platforms::all());
    all.extend(elsewhere::registries());
    all.extend(elsewhere::places());
    all.extend(refused::all());
    all
}

fn ecr() -> Vec<Scenario> {
    vec![
        scenario(
            "image/reference_malformed/fault",
            "root_cause",
            &[("image.reference-malformed", Cause)],
            &[],
            || {
                let image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/App:v1";
                foreign(image, &pull("invalid reference format: repository name must be lowercase"))
            },
        ),
        scenario(
            "image/reference_malformed/repository_arn",
            "root_cause",
            &[("image.reference-malformed", Cause)],
            &[],
            || {
                let image = "arn:aws:ecr:us-east-1:111122223333:repository/app";
                foreign(image, &pull("invalid reference format"))
            },
        ),
        scenario(
            "image/reference_malformed/no_such_host",
            "root_cause",
            &[("image.reference-malformed", Cause)],
            &[],
            || {
                let image = "111122223333.dkr.ecr.us-east-1.amazonaws.co/app:v1";
                foreign(
                    image,
                    &resolve(
                        image,
                        "failed to do request: Head \"https://111122223333.dkr.ecr.us-east-1.amazonaws.co/v2/app/manifests/v1\": dial tcp: lookup 111122223333.dkr.ecr.us-east-1.amazonaws.co on 10.0.0.2:53: no such host",
                    ),
                )
            },
        ),
        scenario(
            "image/reference_malformed/near_miss",
            "suspects",
            &[("image.reference-malformed", Silent)],
            &[],
            || {
                // A host that is nearly Amazon ECR's may well exist: only an error that says otherwise proves it.
                foreign("111122223333.dkr.ecr.us-east-1.amazonaws.co/app:v1", &pull("..."))
            },
        ),
        scenario(
            "image/reference_malformed/missing",
            "suspects",
            &[("image.reference-malformed", Silent)],
            &["ecs:DescribeTaskDefinition"],
            || {
                let mut world = World::new(Egress::Nat, &pull("..."));
                world.unset("describe-tasks", "/tasks/0/containers/0/image");
                world.drop_output("describe-task-definition");
                world
            },
        ),
        scenario(
            "image/repository_not_found/fault",
            "root_cause",
            &[("image.repository-not-found", Cause)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &resolve(IMAGE, &format!("{IMAGE}: not found")));
                no_repository(&mut world);
                world
            },
        ),
        scenario(
            "image/repository_not_found/near_miss",
            "suspects",
            &[("image.repository-not-found", Silent)],
            &[],
            || upstream(&pull("..."), true),
        ),
        scenario(
            "image/repository_not_found/upstream_refused",
            "suspects",
            &[("image.repository-not-found", Silent)],
            &[],
            || {
                // The cache's credentials for the upstream registry are refused: the repository is made with the first pull.
                upstream(
                    "CannotPullContainerError: Error response from daemon: pull access denied for 111122223333.dkr.ecr.us-east-1.amazonaws.com/docker-hub/library/nginx, repository does not exist or may require 'docker login': denied: The authentication to the upstream registry failed. Verify that the credentials provided in the pull through cache rule are correct.",
                    true,
                )
            },
        ),
        scenario(
            "image/repository_not_found/missing",
            "suspects",
            &[("image.repository-not-found", Unknown)],
            &["ecr:DescribePullThroughCacheRules"],
            || {
                // The name is one that a pull-through cache rule would give: a rule may fill the repository yet.
                upstream(&pull("..."), false)
            },
        ),
        scenario(
            "image/repository_not_found/own_name",
            "suspects",
            &[("image.repository-not-found", Unknown)],
            &["ecr:DescribePullThroughCacheRules"],
            || {
                // The error was cut. Any prefix may be a rule's, also that of all repositories.
                let mut world = World::new(Egress::Nat, &pull("..."));
                no_repository(&mut world);
                world
            },
        ),
        scenario(
            "image/repository_not_found/no_rules",
            "root_cause",
            &[("image.repository-not-found", Cause)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &pull("..."));
                no_repository(&mut world);
                no_rules(&mut world);
                world
            },
        ),
        scenario(
            "image/tag_not_found/fault",
            "root_cause",
            &[("image.tag-not-found", Cause)],
            &[],
            || {
                let image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/app:v2";
                with(image, &resolve(image, &format!("{image}: not found")))
            },
        ),
        scenario(
            "image/tag_not_found/team_repository",
            "root_cause",
            &[("image.tag-not-found", Cause)],
            &[],
            || {
                // A tag that is in no listing of the repository, by ids alone.
                let image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/team/app:v2";
                let mut world = with(image, &resolve(image, &format!("{image}: not found")));
                for output in ["describe-images", "get-repository-policy"] {
                    world.drop_output(output);
                }
                world.put(
                    "describe-repositories",
                    "ecr describe-repositories --repository-names team/app",
                    json!({"repositories": [{
                        "repositoryArn": "arn:aws:ecr:us-east-1:111122223333:repository/team/app", "registryId": ACCOUNT, "repositoryName": "team/app",
                        "repositoryUri": "111122223333.dkr.ecr.us-east-1.amazonaws.com/team/app"}]}),
                );
                world.put(
                    "list-images",
                    "ecr list-images --repository-name team/app",
                    json!({"imageIds": [{"imageDigest": format!("sha256:{}", "1".repeat(64)), "imageTag": "v1"}]}),
                );
                world
            },
        ),
        scenario(
            "image/tag_not_found/archived",
            "root_cause",
            &[("image.tag-not-found", Cause)],
            &[],
            || {
                let image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/app:v1";
                let mut world = with(image, &resolve(image, &format!("{image}: not found")));
                world.set("describe-images", "/imageDetails/0/imageStatus", json!("ARCHIVED"));
                world
            },
        ),
        scenario(
            "image/tag_not_found/restoring",
            "suspects",
            &[("image.tag-not-found", Silent)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &pull("..."));
                world.set("describe-images", "/imageDetails/0/imageStatus", json!("ACTIVATING"));
                world
            },
        ),
        scenario(
            "image/tag_not_found/near_miss",
            "suspects",
            &[("image.tag-not-found", Silent)],
            &[],
            || World::new(Egress::Nat, &pull("...")),
        ),
        scenario(
            "image/tag_not_found/missing",
            "suspects",
            &[("image.tag-not-found", Unknown)],
            &["ecr:DescribeImages"],
            || {
                let mut world = World::new(Egress::Nat, &pull("..."));
                world.drop_output("describe-images");
                world
            },
        ),
    ]
}
