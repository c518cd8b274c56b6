//! Images and the platforms that they are for.

use super::{ACCOUNT, IMAGE, pull, resolve};
use crate::scenario::Said::{Cause, Silent};
use crate::scenario::Scenario;
use crate::scenarios::secret::scenario;
use crate::world::{Egress, SECRET, World};
use serde_json::{Value, json};

fn manifests(world: &mut World, platforms: &[(&str, &str)]) {
    let list = platforms.iter().map(|(os, architecture)| {
        json!({"mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": "sha256:aa", "size": 1, "platform": {"os": os, "architecture": architecture}})
    });
    index(world, list.collect());
}

/// `batch-get-image` of an index of those manifests.
fn index(world: &mut World, manifests: Vec<Value>) {
    let index = json!({"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": manifests});
    world.put(
        "batch-get-image",
        "ecr batch-get-image --repository-name app --image-ids imageTag=v1",
        json!({"images": [{"registryId": ACCOUNT, "repositoryName": "app", "imageManifestMediaType": "application/vnd.oci.image.index.v1+json",
            "imageId": {"imageDigest": "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "imageTag": "v1"},
            "imageManifest": index.to_string()}], "failures": []}),
    );
}

/// Before launch on Windows of that family, with an image of Windows Server 2022.
fn windows(family: &str) -> World {
    let mut world = World::new(Egress::Nat, "");
    world.drop_output("describe-tasks");
    let system = "/taskDefinition/runtimePlatform/operatingSystemFamily";
    world.set("describe-task-definition", system, json!(family));
    world.set("describe-services", "/services/0/platformFamily", json!(family));
    let secret = "/taskDefinition/containerDefinitions/0/secrets/0/valueFrom";
    world.set("describe-task-definition", secret, json!(SECRET));
    let platform = json!({"os": "windows", "architecture": "amd64", "os.version": "10.0.20348.1487"});
    index(
        &mut world,
        vec![json!({"mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": "sha256:aa", "size": 1, "platform": platform})],
    );
    world
}

pub(super) fn all() -> Vec<Scenario> {
    vec![
        scenario(
            "image/platform_mismatch/fault",
            "root_cause",
            &[("image.platform-mismatch", Cause)],
            &[],
            || {
                let mut world = World::new(
                    Egress::Nat,
                    &resolve(IMAGE, "image Manifest does not contain descriptor matching platform 'linux/amd64'"),
                );
                manifests(&mut world, &[("linux", "arm64")]);
                world
            },
        ),
        scenario(
            "image/platform_mismatch/before_launch",
            "root_cause",
            &[("image.platform-mismatch", Cause)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, "");
                manifests(&mut world, &[("linux", "arm64"), ("unknown", "unknown")]);
                world.drop_output("describe-tasks");
                world
            },
        ),
        scenario(
            "image/platform_mismatch/unseen_before_launch",
            "suspects",
            &[("image.platform-mismatch", Silent)],
            &["ecr:BatchGetImage"],
            || {
                let mut world = World::new(Egress::Nat, "");
                world.drop_output("describe-tasks");
                world
            },
        ),
        // The instance's processor tells, where the task definition does not.
        scenario(
            "image/platform_mismatch/of_instance",
            "root_cause",
            &[("image.platform-mismatch", Cause), ("instance.agent-disconnected", Silent)],
            &[],
            || {
                let mut world = crate::scenarios::instance::pending();
                crate::scenarios::instance::agent(&mut world, "1.99.1");
                world.unset("describe-task-definition", "/taskDefinition/runtimePlatform");
                let attributes = json!([{"name": "ecs.os-type", "value": "linux"}, {"name": "ecs.cpu-architecture", "value": "arm64"}]);
                world.set("describe-container-instances", "/containerInstances/0/attributes", attributes);
                manifests(&mut world, &[("linux", "amd64")]);
                world
            },
        ),
        // Windows runs images of its own build only.
        scenario(
            "image/platform_mismatch/windows_build",
            "root_cause",
            &[("image.platform-mismatch", Cause)],
            &[],
            || windows("WINDOWS_SERVER_2019_CORE"),
        ),
        scenario(
            "image/platform_mismatch/windows_build_near_miss",
            "no_fault_found",
            &[("image.platform-mismatch", Silent)],
            &[],
            || windows("WINDOWS_SERVER_2022_CORE"),
        ),
        scenario(
            "image/platform_mismatch/windows_told",
            "root_cause",
            &[("image.platform-mismatch", Cause)],
            &[],
            || {
                let reason = pull("a Windows version 10.0.20348-based image is incompatible with a 10.0.17763 host");
                let mut world = windows("WINDOWS_SERVER_2019_CORE");
                world.drop_output("batch-get-image");
                let task = World::new(Egress::Nat, &reason).output("describe-tasks").clone();
                world.put(
                    "describe-tasks",
                    "ecs describe-tasks --cluster prod --tasks 0f3a1c5e7b9d4e2fa6c8d0e1f2a3b4c5",
                    task,
                );
                world.set("describe-tasks", "/tasks/0/platformFamily", json!("WINDOWS_SERVER_2019_CORE"));
                world.set("describe-tasks", "/tasks/0/platformVersion", json!("1.0.0"));
                world
            },
        ),
        scenario(
            "image/platform_mismatch/near_miss",
            "suspects",
            &[("image.platform-mismatch", Silent)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &pull("..."));
                manifests(&mut world, &[("linux", "arm64"), ("linux", "amd64")]);
                world
            },
        ),
        scenario(
            "image/platform_mismatch/unlabelled",
            "no_fault_found",
            &[("image.platform-mismatch", Silent)],
            &[],
            || {
                // A manifest of the index that names no platform may be for any.
                let mut world = World::new(Egress::Nat, "");
                let entry = |digest: &str| json!({"mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": digest, "size": 1});
                let mut arm = entry("sha256:aa");
                arm["platform"] = json!({"os": "linux", "architecture": "arm64"});
                index(&mut world, vec![arm, entry("sha256:bb")]);
                let secret = "/taskDefinition/containerDefinitions/0/secrets/0/valueFrom";
                world.set("describe-task-definition", secret, json!(SECRET));
                world.drop_output("describe-tasks");
                world
            },
        ),
        scenario(
            "image/platform_mismatch/missing",
            "root_cause",
            &[("image.platform-mismatch", Cause)],
            &["ecs:DescribeTaskDefinition"],
            || {
                // The error alone proves it.
                let mut world = World::new(
                    Egress::Nat,
                    &resolve(IMAGE, "image Manifest does not contain descriptor matching platform 'linux/amd64'"),
                );
                world.drop_output("describe-task-definition");
                world
            },
        ),
    ]
}
