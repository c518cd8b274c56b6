//! Whose interface calls: the instance's on Amazon EC2, either on managed instances, none of the VPC's elsewhere.

use super::{OTHER, PRIVATE, VPC, WAY_OUT, case, login_timeout};
use crate::scenario::Said::{Cause, Silent, Unknown, Warn};
use crate::scenario::Scenario;
use crate::world::{ACCOUNT, Egress, REGION, World};
use serde_json::json;

fn launched(launch: &str) -> World {
    failed(launch, &login_timeout("44.213.79.10"))
}

/// A task of that launch type, with its error.
pub(crate) fn failed(launch: &str, reason: &str) -> World {
    let mut world = World::new(Egress::Nat, reason);
    world.set("describe-tasks", "/tasks/0/launchType", json!(launch));
    world.unset("describe-tasks", "/tasks/0/platformVersion");
    world.unset("describe-tasks", "/tasks/0/platformFamily");
    let instance = format!("arn:aws:ecs:{REGION}:{ACCOUNT}:container-instance/prod/4a1f8e6c0b7d4f3e9a2b1c0d9e8f7a6b");
    world.set("describe-tasks", "/tasks/0/containerInstanceArn", json!(instance));
    world.set("describe-services", "/services/0/launchType", json!(launch));
    world.set("describe-services", "/services/0/deployments/0/launchType", json!(launch));
    world.set(
        "describe-task-definition",
        "/taskDefinition/requiresCompatibilities",
        json!([launch]),
    );
    world
}

/// The container instance, and the EC2 instance below it in that subnet.
pub(crate) fn on_instance(world: &mut World, subnet: &str, address: &str) {
    let arn = format!("arn:aws:ecs:{REGION}:{ACCOUNT}:container-instance/prod/4a1f8e6c0b7d4f3e9a2b1c0d9e8f7a6b");
    world.put(
        "describe-container-instances",
        &format!("ecs describe-container-instances --cluster prod --container-instances {arn}"),
        json!({"containerInstances": [{"containerInstanceArn": arn, "ec2InstanceId": "i-0a0000000000000a1", "status": "ACTIVE", "agentConnected": true}], "failures": []}),
    );
    world.put(
        "describe-instances",
        "ec2 describe-instances --instance-ids i-0a0000000000000a1",
        json!({"Reservations": [{"ReservationId": "r-0a0000000000000a1", "OwnerId": ACCOUNT, "Instances": [{"InstanceId": "i-0a0000000000000a1", "SubnetId": subnet, "VpcId": VPC,
            "PrivateIpAddress": address, "State": {"Code": 16, "Name": "running"}, "SourceDestCheck": true, "LaunchTime": "2026-11-01T00:00:00+00:00",
            "SecurityGroups": [{"GroupId": "sg-0a0000000000000a1", "GroupName": "app"}],
            "NetworkInterfaces": [{"NetworkInterfaceId": "eni-0c0000000000000c1", "SubnetId": subnet, "VpcId": VPC, "SourceDestCheck": true,
                "PrivateIpAddress": address, "Attachment": {"DeviceIndex": 0, "Status": "attached"}}]}]}]}),
    );
}

/// Scenarios.
pub(super) fn all() -> Vec<Scenario> {
    vec![
        case(
            "network/callers/ec2_instance",
            "root_cause",
            &[("network.no-route", Cause)],
            &[],
            || {
                // The task's subnet has a way out, the instance's has none: agent and Docker run on the instance.
                let mut world = launched("EC2");
                on_instance(&mut world, OTHER, "10.0.20.7");
                world
            },
        ),
        case(
            "network/callers/ec2_task_subnet_broken",
            "suspects",
            &[("network.no-route", Silent)],
            &[],
            || {
                // The task's own subnet leads nowhere, which the pull does not need.
                let mut world = launched("EC2");
                on_instance(&mut world, PRIVATE, "10.0.10.7");
                world.set("describe-tasks", "/tasks/0/attachments/0/details/0/value", json!(OTHER));
                world
            },
        ),
        case(
            "network/callers/ec2_instance_missing",
            "suspects",
            &[("network.no-route", Silent)],
            &["ecs:DescribeContainerInstances"],
            || launched("EC2"),
        ),
        case(
            "network/callers/managed_one_blocked",
            "suspects",
            &[("network.no-route", Warn)],
            &[],
            || {
                // Which interface fetches on managed instances is not documented: one that is blocked proves nothing.
                let mut world = launched("MANAGED_INSTANCES");
                on_instance(&mut world, OTHER, "10.0.20.7");
                world
            },
        ),
        case(
            "network/callers/managed_both_blocked",
            "root_cause",
            &[("network.no-route", Cause)],
            &[],
            || {
                let mut world = launched("MANAGED_INSTANCES");
                on_instance(&mut world, OTHER, "10.0.20.7");
                world.unset("describe-route-tables", WAY_OUT);
                world
            },
        ),
        case(
            "network/callers/anywhere",
            "suspects",
            &[("network.no-route", Silent), ("network.sg-egress-blocked", Silent)],
            &[],
            || {
                // A machine outside AWS: no path of the VPC to judge.
                let mut world = launched("EXTERNAL");
                world.unset("describe-route-tables", WAY_OUT);
                world
            },
        ),
        case(
            "network/callers/unknown_launch_type",
            "suspects",
            &[("network.no-route", Unknown)],
            &["ecs:DescribeTasks"],
            || {
                // It may be the instance that calls: the task's subnet proves nothing.
                let mut world = launched("EC2");
                world.drop_output("describe-tasks");
                world.unset("describe-services", "/services/0/launchType");
                world.set(
                    "describe-task-definition",
                    "/taskDefinition/requiresCompatibilities",
                    json!(["EC2", "FARGATE"]),
                );
                world.unset("describe-route-tables", WAY_OUT);
                world
            },
        ),
        case(
            "network/callers/old_platform",
            "root_cause",
            &[("network.no-route", Cause)],
            &[],
            || {
                // Platform version 1.3.0 logs in and fetches secrets outside the VPC; layers come through it.
                let mut world = World::new(Egress::Nat, &super::layers_timeout());
                world.set("describe-tasks", "/tasks/0/platformVersion", json!("1.3.0"));
                world.set(
                    "describe-task-definition",
                    "/taskDefinition/containerDefinitions/0/secrets/0/valueFrom",
                    json!(crate::world::SECRET),
                );
                world.unset("describe-route-tables", WAY_OUT);
                world
            },
        ),
    ]
}
