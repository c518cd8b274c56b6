//! Container instances.

use super::secret::{about, scenario};
use crate::scenario::Said::{Cause, Silent, Unknown};
use crate::scenario::Scenario;
use crate::world::{Egress, World};
use serde_json::json;

const INSTANCE: &str = "arn:aws:ecs:us-east-1:111122223333:container-instance/prod/5f6e7d8c9b0a4f3e2d1c0b9a8f7e6d5c";

/// A task of the EC2 launch type that waits to be started.
pub(super) fn pending() -> World {
    let mut world = World::new(Egress::Nat, "");
    for member in [
        "stoppedReason",
        "stopCode",
        "stoppedAt",
        "stoppingAt",
        "executionStoppedAt",
        "platformVersion",
    ] {
        world.unset("describe-tasks", &format!("/tasks/0/{member}"));
    }
    for (member, value) in [
        ("lastStatus", "PENDING"),
        ("desiredStatus", "RUNNING"),
        ("launchType", "EC2"),
        ("containerInstanceArn", INSTANCE),
    ] {
        world.set("describe-tasks", &format!("/tasks/0/{member}"), json!(value));
    }
    world.set("describe-services", "/services/0/launchType", json!("EC2"));
    world
}

/// A task that was placed on that instance and could not fetch its secret, for a reason that the error does not tell.
pub(super) fn placed(launch: &str) -> World {
    let mut world = World::new(Egress::Nat, &about("..."));
    world.unset("describe-tasks", "/tasks/0/platformVersion");
    world.set("describe-tasks", "/tasks/0/launchType", json!(launch));
    world.set("describe-tasks", "/tasks/0/containerInstanceArn", json!(INSTANCE));
    world.set("describe-services", "/services/0/launchType", json!(launch));
    world
}

/// The instance, with that version of the container agent.
pub(super) fn agent(world: &mut World, version: &str) {
    instance(world, true);
    let place = "/containerInstances/0/versionInfo/agentVersion";
    world.set("describe-container-instances", place, json!(version));
}

fn instance(world: &mut World, connected: bool) {
    world.put(
        "describe-container-instances",
        "ecs describe-container-instances --cluster prod --container-instances 5f6e7d8c9b0a4f3e2d1c0b9a8f7e6d5c",
        json!({"containerInstances": [{"containerInstanceArn": INSTANCE, "ec2InstanceId": "i-0a1b2c3d4e5f60718", "status": "ACTIVE",
            "agentConnected": connected, "versionInfo": {"agentVersion": "1.99.1", "agentHash": "abcdef0", "dockerVersion": "DockerVersion: 25.0.8"},
            "attributes": [], "runningTasksCount": 0, "pendingTasksCount": 1}], "failures": []}),
    );
}

/// All scenarios of this area.
#[must_use]
pub(super) fn all() -> Vec<Scenario> {
    vec![
        scenario(
            "instance/agent_disconnected/fault",
            "root_cause",
            &[("instance.agent-disconnected", Cause)],
            &[],
            || {
                let mut world = pending();
                instance(&mut world, false);
                world
            },
        ),
        scenario(
            "instance/agent_disconnected/windows",
            "root_cause",
            &[("instance.agent-disconnected", Cause)],
            &[],
            || {
                let mut world = pending();
                instance(&mut world, false);
                let attributes = json!([{"name": "ecs.os-type", "value": "windows"}]);
                world.set("describe-container-instances", "/containerInstances/0/attributes", attributes);
                world
            },
        ),
        scenario(
            "instance/agent_disconnected/near_miss",
            "suspects",
            &[("instance.agent-disconnected", Silent)],
            &[],
            || {
                let mut world = pending();
                instance(&mut world, true);
                world
            },
        ),
        scenario(
            "instance/agent_disconnected/missing",
            "suspects",
            &[("instance.agent-disconnected", Unknown)],
            &["ecs:DescribeContainerInstances"],
            pending,
        ),
    ]
}
