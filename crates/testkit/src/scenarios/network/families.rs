//! IPv6: subnets without IPv4, hosts without IPv6, interfaces that have both.

use super::{NAT, VPC, case, login_timeout, secret_timeout};
use crate::scenario::Said::{Cause, Next, Silent, Unknown};
use crate::scenario::Scenario;
use crate::world::{ACCOUNT, Egress, REGION, World};
use serde_json::{Value, json};

const GATEWAY: &str = "eigw-0a0000000000000a1";

fn by_egress_only_gateway() -> Value {
    json!({"DestinationIpv6CidrBlock": "::/0", "EgressOnlyInternetGatewayId": GATEWAY, "Origin": "CreateRoute", "State": "active"})
}

/// Groups and ACL admit IPv6, the VPC has a range of it and an egress-only gateway, to which the task's subnet leads.
fn with_ipv6(reason: &str) -> World {
    let mut world = World::new(Egress::Nat, reason);
    world.set(
        "describe-vpcs",
        "/Vpcs/0/Ipv6CidrBlockAssociationSet",
        json!([{"Ipv6CidrBlock": "2600:1f18:1:a00::/56", "Ipv6CidrBlockState": {"State": "associated"}}]),
    );
    world.set(
        "describe-subnets",
        "/Subnets/0/Ipv6CidrBlockAssociationSet",
        json!([{"Ipv6CidrBlock": "2600:1f18:1:a0a::/64", "Ipv6CidrBlockState": {"State": "associated"}}]),
    );
    world.set("describe-subnets", "/Subnets/0/AssignIpv6AddressOnCreation", json!(true));
    world.set(
        "describe-security-groups",
        "/SecurityGroups/0/IpPermissionsEgress/0/Ipv6Ranges",
        json!([{"CidrIpv6": "::/0"}]),
    );
    for egress in [true, false] {
        world.set(
            "describe-network-acls",
            "/NetworkAcls/0/Entries/-",
            json!({"Ipv6CidrBlock": "::/0", "Egress": egress, "Protocol": "-1", "RuleAction": "allow", "RuleNumber": 101}),
        );
    }
    world.put(
        "describe-egress-only-internet-gateways",
        "ec2 describe-egress-only-internet-gateways",
        json!({"EgressOnlyInternetGateways": [{"EgressOnlyInternetGatewayId": GATEWAY, "Attachments": [{"State": "attached", "VpcId": VPC}], "Tags": []}]}),
    );
    world.set("describe-route-tables", "/RouteTables/0/Routes/-", by_egress_only_gateway());
    world
}

/// The task's subnet has no IPv4, and its image is named by that host.
fn without_ipv4(reason: &str, registry: &str) -> World {
    let mut world = with_ipv6(reason);
    world.set("describe-subnets", "/Subnets/0/Ipv6Native", json!(true));
    world.unset("describe-subnets", "/Subnets/0/CidrBlock");
    world.set(
        "describe-tasks",
        "/tasks/0/attachments/0/details/4",
        json!({"name": "ipv6Address", "value": "2600:1f18:1:a0a::25"}),
    );
    let image = format!("{ACCOUNT}.{registry}/app:v1");
    world.set("describe-tasks", "/tasks/0/containers/0/image", json!(image));
    world.set(
        "describe-task-definition",
        "/taskDefinition/containerDefinitions/0/image",
        json!(image),
    );
    world
}

fn dual_stack_image() -> World {
    without_ipv4(&secret_timeout(), &format!("dkr-ecr.{REGION}.on.aws"))
}

fn image_by_ipv4() -> World {
    let registry = format!("dkr.ecr.{REGION}.amazonaws.com");
    let reason = format!(
        "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref {ACCOUNT}.{registry}/app:v1: failed to do request: Head \"https://{ACCOUNT}.{registry}/v2/app/manifests/v1\": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)"
    );
    without_ipv4(&reason, &registry)
}

/// The route by which a NAT gateway translates.
fn lead_to_nat64(world: &mut World) {
    world.set(
        "describe-route-tables",
        "/RouteTables/0/Routes/-",
        json!({"DestinationIpv6CidrBlock": "64:ff9b::/96", "NatGatewayId": NAT, "Origin": "CreateRoute", "State": "active"}),
    );
}

/// The subnet has both families, and IPv4 has no way out.
fn with_both(reason: &str) -> World {
    let mut world = with_ipv6(reason);
    world.set(
        "describe-tasks",
        "/tasks/0/attachments/0/details/-",
        json!({"name": "ipv6Address", "value": "2600:1f18:1:a0a::25"}),
    );
    world.unset("describe-route-tables", super::WAY_OUT);
    world
}

pub(super) fn all() -> Vec<Scenario> {
    vec![
        case("network/ipv6/no_route", "root_cause", &[("network.no-route", Cause)], &[], || {
            // 0.0.0.0/0 does not cover IPv6.
            let mut world = dual_stack_image();
            world.unset("describe-route-tables", "/RouteTables/0/Routes/2");
            world
        }),
        case(
            "network/ipv6/way_out",
            "suspects",
            &[("network.no-route", Silent)],
            &[],
            dual_stack_image,
        ),
        case(
            "network/ipv6/routes_missing",
            "suspects",
            &[("network.no-route", Unknown)],
            &["ec2:DescribeRouteTables"],
            || {
                let mut world = dual_stack_image();
                world.drop_output("describe-route-tables");
                world
            },
        ),
        // The registry's older name has IPv4 addresses only.
        case(
            "network/ipv6/image_by_ipv4",
            "root_cause",
            &[("network.no-route", Cause)],
            &[],
            image_by_ipv4,
        ),
        case("network/ipv6/nat64", "suspects", &[("network.no-route", Silent)], &[], || {
            let mut world = image_by_ipv4();
            world.set("describe-subnets", "/Subnets/0/EnableDns64", json!(true));
            lead_to_nat64(&mut world);
            world
        }),
        case(
            "network/ipv6/dns64_missing",
            "suspects",
            &[("network.no-route", Unknown)],
            &["ec2:DescribeSubnets"],
            || {
                let mut world = image_by_ipv4();
                world.unset("describe-subnets", "/Subnets/0/EnableDns64");
                lead_to_nat64(&mut world);
                world
            },
        ),
        // 0.0.0.0/0 admits no IPv6.
        case(
            "network/ipv6/group_for_ipv4",
            "root_cause",
            &[("network.sg-egress-blocked", Cause)],
            &[],
            || {
                let mut world = dual_stack_image();
                world.unset("describe-security-groups", "/SecurityGroups/0/IpPermissionsEgress/0/Ipv6Ranges");
                world
            },
        ),
        case(
            "network/ipv6/acl_for_ipv4",
            "root_cause",
            &[("network.acl-outbound-blocked", Cause), ("network.acl-inbound-blocked", Cause)],
            &[],
            || {
                let mut world = dual_stack_image();
                for _ in 0..2 {
                    world.unset("describe-network-acls", "/NetworkAcls/0/Entries/4");
                }
                world
            },
        ),
        case("network/ipv6/dns64_off", "root_cause", &[("network.no-route", Cause)], &[], || {
            let mut world = image_by_ipv4();
            lead_to_nat64(&mut world);
            world
        }),
        // A VPC without a way out that is built on endpoints of IPv6 addresses, and lacks most of them.
        case(
            "network/ipv6/endpoint_missing",
            "root_cause",
            &[("endpoint.missing", Cause), ("endpoint.missing", Next)],
            &[],
            || {
                let mut world = dual_stack_image();
                world.unset("describe-route-tables", "/RouteTables/0/Routes/2");
                world.set(
                    "describe-vpc-endpoints",
                    "/VpcEndpoints/-",
                    json!({"VpcEndpointId": "vpce-0a0000000000000a9", "VpcEndpointType": "Interface", "VpcId": VPC, "OwnerId": ACCOUNT,
                        "ServiceName": format!("com.amazonaws.{REGION}.ssm"), "State": "available", "PrivateDnsEnabled": true,
                        "IpAddressType": "ipv6", "SubnetIds": ["subnet-0a0000000000000a1"], "NetworkInterfaceIds": ["eni-0e0000000000000e9"],
                        "Groups": [{"GroupId": "sg-0e0000000000000e1", "GroupName": "endpoints"}], "RouteTableIds": [], "DnsEntries": [],
                        "PolicyDocument": {"Version": "2012-10-17", "Statement": [
                            {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]}}),
                );
                world
            },
        ),
        // The login's host has IPv4 addresses only.
        case("network/ipv6/both_login", "root_cause", &[("network.no-route", Cause)], &[], || {
            with_both(&login_timeout("44.213.79.10"))
        }),
    ]
}
