//! Log groups of the awslogs driver.

use super::secret::{allow, scenario};
use crate::scenario::Said::{Cause, Silent, Unknown};
use crate::scenario::Scenario;
use crate::world::{Egress, World};
use serde_json::json;

const OPTIONS: &str = "/taskDefinition/containerDefinitions/0/logConfiguration/options";

fn failed(tail: &str) -> String {
    format!(
        "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: {tail}"
    )
}

fn not_found() -> String {
    failed("ResourceNotFoundException: The specified log group does not exist. : exit status 1")
}

fn empty(world: &mut World) {
    world.put(
        "describe-log-groups",
        "logs describe-log-groups --log-group-name-prefix /ecs/app",
        json!({"logGroups": []}),
    );
}

fn far(egress: Egress) -> World {
    let mut world = World::new(
        egress,
        &failed(
            "RequestError: send request failed caused by: Post \"https://logs.eu-west-1.amazonaws.com/\": dial tcp 52.95.115.20:443: i/o timeout : exit status 1",
        ),
    );
    world.set("describe-task-definition", &format!("{OPTIONS}/awslogs-region"), json!("eu-west-1"));
    world.drop_output("describe-log-groups");
    world
}

/// All scenarios of this area.
#[must_use]
pub(super) fn all() -> Vec<Scenario> {
    vec![
        scenario(
            "logs/group_not_found/fault",
            "root_cause",
            &[("logs.group-not-found", Cause)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &not_found());
                empty(&mut world);
                world
            },
        ),
        scenario(
            "logs/group_not_found/before_launch",
            "root_cause",
            &[("logs.group-not-found", Cause)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, "");
                world.drop_output("describe-tasks");
                empty(&mut world);
                world
            },
        ),
        // The container that Service Connect adds has a log group of its own.
        scenario(
            "logs/group_not_found/service_connect",
            "root_cause",
            &[("logs.group-not-found", Cause)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &not_found());
                let logging = json!({"logDriver": "awslogs", "options": {"awslogs-group": "/ecs/proxy", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "proxy"}});
                let connect = json!({"enabled": true, "namespace": "internal", "services": [], "logConfiguration": logging});
                world.set(
                    "describe-services",
                    "/services/0/deployments/0/serviceConnectConfiguration",
                    connect,
                );
                allow(
                    &mut world,
                    "logs:CreateLogStream",
                    "arn:aws:logs:us-east-1:111122223333:log-group:/ecs/proxy:*",
                );
                world.put(
                    "describe-log-groups",
                    "logs describe-log-groups",
                    json!({"logGroups": [{"logGroupName": "/ecs/app", "creationTime": 1_767_225_600_000_i64, "storedBytes": 0,
                        "arn": "arn:aws:logs:us-east-1:111122223333:log-group:/ecs/app:*"}]}),
                );
                world
            },
        ),
        scenario(
            "logs/group_not_found/near_miss",
            "suspects",
            &[("logs.group-not-found", Silent)],
            &[],
            || {
                // ECS's lead sentence next to `killed`: the network, not the group.
                World::new(
                    Egress::Nat,
                    "ResourceInitializationError: failed to validate logger args: The task cannot find the Amazon CloudWatch log group defined in the task definition. There is a connection issue between the task and Amazon CloudWatch. Check your network configuration. : signal: killed",
                )
            },
        ),
        scenario(
            "logs/group_not_found/created",
            "suspects",
            &[("logs.group-not-found", Silent)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &failed("..."));
                empty(&mut world);
                world.set(
                    "describe-task-definition",
                    &format!("{OPTIONS}/awslogs-create-group"),
                    json!("true"),
                );
                super::secret::allow(&mut world, "logs:CreateLogGroup", "*");
                world
            },
        ),
        scenario(
            "logs/group_not_found/missing",
            "suspects",
            &[("logs.group-not-found", Unknown)],
            &["logs:DescribeLogGroups"],
            || {
                let mut world = World::new(Egress::Nat, &failed("..."));
                world.drop_output("describe-log-groups");
                world
            },
        ),
        scenario(
            "logs/cross_region_unreachable/fault",
            "root_cause",
            &[("logs.cross-region-unreachable", Cause)],
            &[],
            || far(Egress::Endpoints),
        ),
        scenario(
            "logs/cross_region_unreachable/near_miss",
            "suspects",
            &[("logs.cross-region-unreachable", Silent)],
            &[],
            || far(Egress::Nat),
        ),
        scenario(
            "logs/cross_region_unreachable/missing",
            "suspects",
            &[("logs.cross-region-unreachable", Silent)],
            &["ec2:DescribeRouteTables"],
            || {
                let mut world = far(Egress::Endpoints);
                world.drop_output("describe-route-tables");
                world
            },
        ),
    ]
}
