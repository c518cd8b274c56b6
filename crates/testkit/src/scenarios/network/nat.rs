//! NAT gateways.

use super::{NAT_STATE, OTHER, PRIVATE, VPC, WAY_OUT, case, login_timeout, route};
use crate::scenario::Said::{Cause, Silent, Unknown};
use crate::scenario::Scenario;
use crate::world::{Egress, World};
use serde_json::json;

fn nat() -> World {
    World::new(Egress::Nat, &login_timeout("44.213.79.10"))
}

fn private_nat(own_route: serde_json::Value) -> World {
    let mut world = nat();
    world.set("describe-nat-gateways", "/NatGateways/0/ConnectivityType", json!("private"));
    world.set("describe-route-tables", "/RouteTables/1/Routes/1", own_route);
    world
}

/// Scenarios.
pub(super) fn all() -> Vec<Scenario> {
    vec![
        case(
            "network/nat_unavailable/fault",
            "root_cause",
            &[("network.nat-unavailable", Cause)],
            &[],
            || {
                let mut world = nat();
                world.set("describe-nat-gateways", NAT_STATE, json!("failed"));
                world.set(
                    "describe-nat-gateways",
                    "/NatGateways/0/FailureCode",
                    json!("InsufficientFreeAddressesInSubnet"),
                );
                world.set(
                    "describe-nat-gateways",
                    "/NatGateways/0/FailureMessage",
                    json!("The subnet has insufficient free addresses to create this NAT gateway"),
                );
                world.set("describe-route-tables", &format!("{WAY_OUT}/State"), json!("blackhole"));
                world
            },
        ),
        case(
            "network/nat_unavailable/near_miss",
            "suspects",
            &[("network.nat-unavailable", Silent)],
            &[],
            || {
                // A failed one beside it that no route leads to.
                let mut world = nat();
                world.set("describe-nat-gateways", "/NatGateways/-", json!({"NatGatewayId": "nat-0dead000000000001", "SubnetId": PRIVATE, "VpcId": VPC, "State": "failed", "ConnectivityType": "public", "NatGatewayAddresses": []}));
                world
            },
        ),
        case(
            "network/nat_unavailable/missing",
            "suspects",
            &[("network.nat-unavailable", Unknown)],
            &["ec2:DescribeNatGateways"],
            || {
                let mut world = nat();
                world.drop_output("describe-nat-gateways");
                world
            },
        ),
        case(
            "network/nat_no_internet_route/fault",
            "root_cause",
            &[("network.nat-no-internet-route", Cause)],
            &[],
            || {
                let mut world = nat();
                world.set("describe-nat-gateways", "/NatGateways/0/SubnetId", json!(OTHER));
                world
            },
        ),
        case(
            "network/nat_no_internet_route/itself",
            "root_cause",
            &[("network.nat-no-internet-route", Cause)],
            &[],
            || {
                // It stands in the private subnet that routes to it.
                let mut world = nat();
                world.set("describe-nat-gateways", "/NatGateways/0/SubnetId", json!(PRIVATE));
                world
            },
        ),
        case(
            "network/nat_no_internet_route/near_miss",
            "suspects",
            &[("network.nat-no-internet-route", Silent)],
            &[],
            nat,
        ),
        case(
            "network/nat_no_internet_route/missing",
            "suspects",
            &[("network.nat-no-internet-route", Unknown)],
            &["ec2:DescribeRouteTables"],
            || {
                let mut world = nat();
                let mut tables = world.output("describe-route-tables")["RouteTables"].clone();
                tables.as_array_mut().unwrap().truncate(1);
                world.put(
                    "describe-route-tables",
                    "ec2 describe-route-tables --route-table-ids rtb-0a0000000000000a1",
                    json!({"RouteTables": tables}),
                );
                world
            },
        ),
        case(
            "network/nat_private/fault",
            "root_cause",
            &[("network.nat-private", Cause)],
            &[],
            || private_nat(route("GatewayId", "igw-0a0000000000000a1", "active")),
        ),
        case(
            "network/nat_private/near_miss",
            "suspects",
            &[("network.nat-private", Silent), ("network.opaque-next-hop", Unknown)],
            &[],
            || {
                // Central egress behind a transit gateway.
                private_nat(route("TransitGatewayId", "tgw-0a0000000000000a1", "active"))
            },
        ),
        case(
            "network/nat_private/missing",
            "suspects",
            &[("network.nat-private", Silent)],
            &["ec2:DescribeNatGateways"],
            || {
                let mut world = private_nat(route("GatewayId", "igw-0a0000000000000a1", "active"));
                world.drop_output("describe-nat-gateways");
                world
            },
        ),
    ]
}
