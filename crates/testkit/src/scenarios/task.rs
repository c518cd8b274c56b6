//! The task itself: its platform, its state, and failures of other kinds.

use super::instance::{agent, placed};
use super::secret::{failed, scenario};
use crate::scenario::Said::{Cause, Next, Pass, Silent, Unknown};
use crate::scenario::Scenario;
use crate::world::{Egress, SECRET, World};
use serde_json::json;

fn platform(version: &str, family: &str, reason: &str) -> World {
    let mut world = World::new(Egress::Nat, reason);
    world.set("describe-tasks", "/tasks/0/platformVersion", json!(version));
    world.set("describe-tasks", "/tasks/0/platformFamily", json!(family));
    world
}

fn expired() -> serde_json::Value {
    json!({"tasks": [], "failures": [{"arn": "arn:aws:ecs:us-east-1:111122223333:task/prod/0f3a1c5e7b9d4e2fa6c8d0e1f2a3b4c5", "reason": "MISSING"}]})
}

/// All scenarios of this area.
#[must_use]
pub(super) fn all() -> Vec<Scenario> {
    vec![
        scenario(
            "task/platform_too_old/fault",
            "root_cause",
            &[("task.platform-too-old", Cause)],
            &[],
            || {
                platform(
                    "1.3.0",
                    "Linux",
                    &failed(&format!("failed to fetch secret {SECRET}:password:: from secrets manager: ...")),
                )
            },
        ),
        scenario(
            "task/platform_too_old/near_miss",
            "suspects",
            &[("task.platform-too-old", Silent)],
            &[],
            || {
                // Windows counts its own versions.
                let mut world = platform("1.0.0", "WINDOWS_SERVER_2022_CORE", &failed("..."));
                world.set(
                    "describe-task-definition",
                    "/taskDefinition/runtimePlatform/operatingSystemFamily",
                    json!("WINDOWS_SERVER_2022_CORE"),
                );
                world
            },
        ),
        // A JSON key needs container agent 1.37.0.
        scenario(
            "task/platform_too_old/agent",
            "root_cause",
            &[("task.platform-too-old", Cause)],
            &[],
            || {
                let mut world = placed("EC2");
                agent(&mut world, "1.36.2");
                world
            },
        ),
        scenario(
            "task/platform_too_old/agent_anywhere",
            "root_cause",
            &[("task.platform-too-old", Cause)],
            &[],
            || {
                // A whole secret needs 1.22.0 only, an environment file 1.39.0.
                let mut world = placed("EXTERNAL");
                agent(&mut world, "1.38.0");
                let secret = "/taskDefinition/containerDefinitions/0/secrets/0/valueFrom";
                world.set("describe-task-definition", secret, json!(SECRET));
                let files = json!([{"type": "s3", "value": "arn:aws:s3:::app-config/app.env"}]);
                world.set(
                    "describe-task-definition",
                    "/taskDefinition/containerDefinitions/0/environmentFiles",
                    files,
                );
                let failed = "ResourceInitializationError: failed to download env files: ...";
                world.set("describe-tasks", "/tasks/0/stoppedReason", json!(failed));
                world
            },
        ),
        scenario(
            "task/platform_too_old/agent_near_miss",
            "suspects",
            &[("task.platform-too-old", Silent)],
            &[],
            || {
                let mut world = placed("EC2");
                agent(&mut world, "1.37.0");
                world
            },
        ),
        // Secrets Manager answered: the subnet's family is not what stopped it.
        scenario(
            "task/platform_too_old/agent_answered",
            "suspects",
            &[("task.platform-too-old", Silent)],
            &[],
            || {
                let mut world = placed("EC2");
                agent(&mut world, "1.90.0");
                world.set("describe-subnets", "/Subnets/0/Ipv6Native", json!(true));
                let answered = failed("AccessDeniedException: status code: 400, request id: 2f6b8a34-1111-4222-8333-444455556666");
                world.set("describe-tasks", "/tasks/0/stoppedReason", json!(answered));
                world
            },
        ),
        scenario(
            "task/platform_too_old/agent_missing",
            "suspects",
            &[("task.platform-too-old", Unknown), ("instance.agent-disconnected", Unknown)],
            &["ecs:DescribeContainerInstances"],
            || placed("EC2"),
        ),
        scenario(
            "task/platform_too_old/missing",
            "suspects",
            &[("task.platform-too-old", Silent)],
            &["ecs:DescribeTaskDefinition"],
            || {
                let mut world = platform("1.3.0", "Linux", &failed("..."));
                world.drop_output("describe-task-definition");
                world
            },
        ),
        scenario(
            "task/expired/fault",
            "insufficient_evidence",
            &[("task.expired", Unknown)],
            &["ecs:DescribeTasks"],
            || {
                let mut world = World::new(Egress::Nat, "");
                world.set("describe-tasks", "/tasks", json!([]));
                *world.output("describe-tasks") = expired();
                world.outputs.retain(|stem, _| stem == "describe-tasks");
                world
            },
        ),
        scenario(
            "task/expired/near_miss",
            "root_cause",
            &[("task.expired", Unknown), ("logs.group-not-found", Cause)],
            &[],
            || {
                // The task is gone, but its configuration says enough.
                let mut world = World::new(Egress::Nat, "");
                *world.output("describe-tasks") = expired();
                world.put(
                    "describe-log-groups",
                    "logs describe-log-groups --log-group-name-prefix /ecs/app",
                    json!({"logGroups": []}),
                );
                world
            },
        ),
        scenario("task/expired/missing", "suspects", &[("task.expired", Silent)], &[], || {
            World::new(Egress::Nat, &failed("..."))
        }),
        scenario(
            "task/other_failure/fault",
            "out_of_scope",
            &[("task.other-failure", Cause)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, "Essential container in task exited");
                world.set("describe-tasks", "/tasks/0/stopCode", json!("EssentialContainerExited"));
                world.set("describe-tasks", "/tasks/0/startedAt", json!("2026-11-24T08:01:00.000000+00:00"));
                world.set("describe-tasks", "/tasks/0/containers/0/exitCode", json!(1));
                world
            },
        ),
        scenario(
            "task/other_failure/out_of_memory",
            "out_of_scope",
            &[("task.other-failure", Cause)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, "OutOfMemoryError: Container killed due to memory usage");
                world.set("describe-tasks", "/tasks/0/stopCode", json!("EssentialContainerExited"));
                world
            },
        ),
        scenario(
            "task/other_failure/near_miss",
            "suspects",
            &[("task.other-failure", Silent)],
            &[],
            || World::new(Egress::Nat, &failed("...")),
        ),
        scenario(
            "task/other_failure/missing",
            "suspects",
            &[("task.other-failure", Silent)],
            &[],
            || {
                // The event says only that tasks do not stay up.
                World::new(
                    Egress::Nat,
                    "(service app) is unable to consistently start tasks successfully. For more information, see the Troubleshooting section.",
                )
            },
        ),
        scenario("task/not_stopped/fault", "out_of_scope", &[("task.not-stopped", Pass)], &[], || {
            let mut world = World::new(Egress::Nat, "");
            for member in ["stoppedReason", "stopCode", "stoppedAt", "stoppingAt", "executionStoppedAt"] {
                world.unset("describe-tasks", &format!("/tasks/0/{member}"));
            }
            world.set("describe-tasks", "/tasks/0/lastStatus", json!("RUNNING"));
            world.set("describe-tasks", "/tasks/0/desiredStatus", json!("RUNNING"));
            world.set("describe-tasks", "/tasks/0/startedAt", json!("2026-11-24T08:01:00.000000+00:00"));
            world
        }),
        scenario(
            "task/not_stopped/near_miss",
            "root_cause",
            &[("task.not-stopped", Silent), ("logs.group-not-found", Cause)],
            &[],
            || {
                // Not started yet: judged as before launch.
                let mut world = World::new(Egress::Nat, "");
                for member in ["stoppedReason", "stopCode", "stoppedAt", "stoppingAt", "executionStoppedAt"] {
                    world.unset("describe-tasks", &format!("/tasks/0/{member}"));
                }
                world.set("describe-tasks", "/tasks/0/lastStatus", json!("PENDING"));
                world.set("describe-tasks", "/tasks/0/desiredStatus", json!("RUNNING"));
                world.put(
                    "describe-log-groups",
                    "logs describe-log-groups --log-group-name-prefix /ecs/app",
                    json!({"logGroups": []}),
                );
                world
            },
        ),
        scenario("task/not_stopped/missing", "suspects", &[("task.not-stopped", Silent)], &[], || {
            let mut world = World::new(Egress::Nat, &failed("..."));
            world.drop_output("describe-tasks");
            world
        }),
        scenario(
            "task/next/another_fault",
            "root_cause",
            &[("secret.json-key-not-found", Cause), ("logs.group-not-found", Next)],
            &[],
            || {
                let mut world = World::new(
                    Egress::Nat,
                    &failed("retrieved secret from Secrets Manager did not contain json key password"),
                );
                world.put(
                    "describe-log-groups",
                    "logs describe-log-groups --log-group-name-prefix /ecs/app",
                    json!({"logGroups": []}),
                );
                world
            },
        ),
    ]
}
