//! Whole cases: in order, with nothing to judge, with several faults.

use super::network::{WAY_OUT, case, login_timeout, secret_timeout};
use crate::scenario::Said::{Cause, Next, Silent, Unknown, Warn};
use crate::scenario::Scenario;
use crate::world::{Egress, World};
use serde_json::{Value, json};

/// No task: what would be started is judged.
fn before_launch(egress: Egress) -> World {
    let mut world = World::new(egress, "");
    world.drop_output("describe-tasks");
    // A whole secret: which keys its JSON has, no output shows.
    world.set(
        "describe-task-definition",
        "/taskDefinition/containerDefinitions/0/secrets/0/valueFrom",
        json!(crate::world::SECRET),
    );
    world
}

fn only(stem: &str, command: &str, output: Value) -> World {
    let mut world = World::new(Egress::Nat, "");
    world.outputs.clear();
    world.outputs.insert(stem.to_owned(), (command.to_owned(), output));
    world
}

/// All scenarios of this area.
#[must_use]
pub(super) fn all() -> Vec<Scenario> {
    vec![
        case("general/running", "out_of_scope", &[], &[], || {
            let mut world = World::new(Egress::Nat, "");
            for member in ["stoppedReason", "stopCode", "stoppedAt", "stoppingAt", "executionStoppedAt"] {
                world.unset("describe-tasks", &format!("/tasks/0/{member}"));
            }
            world.set("describe-tasks", "/tasks/0/lastStatus", json!("RUNNING"));
            world.set("describe-tasks", "/tasks/0/desiredStatus", json!("RUNNING"));
            world.set("describe-tasks", "/tasks/0/startedAt", json!("2026-11-24T08:01:00.000000+00:00"));
            world.set("describe-tasks", "/tasks/0/containers/0/lastStatus", json!("RUNNING"));
            world.set("describe-tasks", "/tasks/0/attachments/0/status", json!("ATTACHED"));
            world
        }),
        case("general/before_launch_nat", "no_fault_found", &[], &[], || {
            before_launch(Egress::Nat)
        }),
        case("general/before_launch_public_ip", "no_fault_found", &[], &[], || {
            before_launch(Egress::PublicIp)
        }),
        case("general/before_launch_endpoints", "no_fault_found", &[], &[], || {
            before_launch(Egress::Endpoints)
        }),
        case(
            "general/before_launch_one_subnet_broken",
            "suspects",
            &[("network.no-route", Warn)],
            &[],
            || {
                // Where the task will be placed is not known: one of two subnets leads nowhere.
                let mut world = before_launch(Egress::Nat);
                super::network::also_in(&mut world, super::network::OTHER);
                world
            },
        ),
        case("general/error_line_only", "suspects", &[], &["ecs:DescribeTasks"], || {
            only(
                "mail",
                "",
                json!(format!("Our tasks fail since yesterday:\n{}\nWhat can we do?", secret_timeout())),
            )
        }),
        case("general/nothing", "insufficient_evidence", &[], &["ecs:DescribeTasks"], || {
            only("mail", "", json!("Hello, our deployment does not work. Please help."))
        }),
        case(
            "general/timeout_in_order",
            "suspects",
            &[("network.no-route", Silent), ("network.sg-egress-blocked", Silent)],
            &[],
            || World::new(Egress::Nat, &secret_timeout()),
        ),
        case(
            "general/the_service_answered",
            "root_cause",
            &[("secret.not-found", Cause), ("network.no-route", Unknown)],
            &["ec2:DescribeRouteTables"],
            || {
                // The answer proves the way to Secrets Manager; that of the others stays open.
                let mut world = World::new(Egress::Nat, &super::secret::not_found());
                world.drop_output("describe-route-tables");
                world.drop_output("describe-secret");
                world
            },
        ),
        case(
            "general/cause_and_next",
            "root_cause",
            &[("endpoint.missing", Cause), ("logs.group-not-found", Next)],
            &[],
            || {
                let mut world = World::new(Egress::Endpoints, &secret_timeout());
                world.unset("describe-vpc-endpoints", "/VpcEndpoints/2");
                world.put(
                    "describe-log-groups",
                    "logs describe-log-groups --log-group-name-prefix /ecs/app",
                    json!({"logGroups": []}),
                );
                world
            },
        ),
        case(
            "general/one_fault_five_destinations",
            "root_cause",
            &[("network.no-route", Cause)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &login_timeout("44.213.79.10"));
                world.unset("describe-route-tables", WAY_OUT);
                world
            },
        ),
    ]
}
