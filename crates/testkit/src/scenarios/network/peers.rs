//! Where other tools are known to judge wrongly.

use super::{OTHER, PUBLIC, VPC, case, secret_timeout};
use crate::scenario::Said::{Cause, Silent, Unknown};
use crate::scenario::Scenario;
use crate::world::{Egress, World};
use serde_json::{Value, json};

fn endpoints() -> World {
    World::new(Egress::Endpoints, &secret_timeout())
}

fn entry(egress: bool, protocol: &str, ports: Value) -> Value {
    json!({"CidrBlock": "0.0.0.0/0", "Egress": egress, "Protocol": protocol, "PortRange": ports, "RuleAction": "allow", "RuleNumber": 100})
}

const RULE_IN: &str = "/SecurityGroups/1/IpPermissions/0";

/// Scenarios.
pub(super) fn all() -> Vec<Scenario> {
    vec![
        case(
            "network/peers/endpoint_in_more_subnets",
            "suspects",
            &[("endpoint.missing", Silent)],
            &[],
            || {
                // An endpoint in more subnets than the task's serves it all the same.
                let mut world = endpoints();
                for index in 0..5 {
                    world.set(
                        "describe-vpc-endpoints",
                        &format!("/VpcEndpoints/{index}/SubnetIds"),
                        json!(["subnet-0a0000000000000a1", PUBLIC, OTHER]),
                    );
                }
                world
            },
        ),
        case(
            "network/peers/endpoint_in_another_zone",
            "suspects",
            &[("endpoint.missing", Silent)],
            &[],
            || {
                // One interface in another zone serves every zone of the VPC.
                let mut world = endpoints();
                for index in 0..5 {
                    world.set(
                        "describe-vpc-endpoints",
                        &format!("/VpcEndpoints/{index}/SubnetIds"),
                        json!([OTHER]),
                    );
                    world.set(
                        "describe-network-interfaces",
                        &format!("/NetworkInterfaces/{index}/SubnetId"),
                        json!(OTHER),
                    );
                    let address = format!("10.0.20.10{index}");
                    world.set(
                        "describe-network-interfaces",
                        &format!("/NetworkInterfaces/{index}/PrivateIpAddresses"),
                        json!([{"Primary": true, "PrivateIpAddress": address}]),
                    );
                    world.set(
                        "describe-network-interfaces",
                        &format!("/NetworkInterfaces/{index}/PrivateIpAddress"),
                        json!(address),
                    );
                }
                world
            },
        ),
        case(
            "network/peers/port_range_ends_before",
            "root_cause",
            &[("network.endpoint-sg-ingress-blocked", Cause)],
            &[],
            || {
                let mut world = endpoints();
                world.set("describe-security-groups", &format!("{RULE_IN}/FromPort"), json!(80));
                world.set("describe-security-groups", &format!("{RULE_IN}/ToPort"), json!(442));
                world
            },
        ),
        case(
            "network/peers/port_range_ends_at",
            "suspects",
            &[("network.endpoint-sg-ingress-blocked", Silent)],
            &[],
            || {
                let mut world = endpoints();
                world.set("describe-security-groups", &format!("{RULE_IN}/FromPort"), json!(80));
                world.set("describe-security-groups", &format!("{RULE_IN}/ToPort"), json!(443));
                world
            },
        ),
        case(
            "network/peers/icmp_is_no_port",
            "root_cause",
            &[("network.endpoint-sg-ingress-blocked", Cause)],
            &[],
            || {
                // Type and code of an ICMP rule are not ports.
                let mut world = endpoints();
                world.set("describe-security-groups", &format!("{RULE_IN}/IpProtocol"), json!("icmp"));
                world.set("describe-security-groups", &format!("{RULE_IN}/FromPort"), json!(-1));
                world.set("describe-security-groups", &format!("{RULE_IN}/ToPort"), json!(-1));
                world
            },
        ),
        case(
            "network/peers/acl_port_range_ends_before",
            "root_cause",
            &[("network.acl-outbound-blocked", Cause)],
            &[],
            || {
                let mut world = World::new(Egress::PublicIp, &secret_timeout());
                world.set(
                    "describe-network-acls",
                    "/NetworkAcls/0/Entries/0",
                    entry(true, "6", json!({"From": 80, "To": 442})),
                );
                world
            },
        ),
        case(
            "network/peers/acl_icmp_is_no_port",
            "suspects",
            &[("network.acl-outbound-blocked", Silent)],
            &[],
            || {
                // A refused ping before the rule that lets all out.
                let mut world = World::new(Egress::PublicIp, &secret_timeout());
                let ping = json!({"CidrBlock": "0.0.0.0/0", "Egress": true, "Protocol": "1", "IcmpTypeCode": {"Code": -1, "Type": -1}, "RuleAction": "deny", "RuleNumber": 10});
                world.set("describe-network-acls", "/NetworkAcls/0/Entries/-", ping);
                world
            },
        ),
        case(
            "network/peers/shared_group_without_self_rule",
            "root_cause",
            &[("network.endpoint-sg-ingress-blocked", Cause)],
            &[],
            || {
                // Task and endpoints share a group that admits nothing from itself: one fault, whatever the number of endpoints.
                let mut world = endpoints();
                let group = world.output("describe-security-groups")["SecurityGroups"][0]["GroupId"].clone();
                world.set("describe-security-groups", "/SecurityGroups/0/IpPermissions", json!([]));
                for index in 0..5 {
                    world.set(
                        "describe-vpc-endpoints",
                        &format!("/VpcEndpoints/{index}/Groups"),
                        json!([{"GroupId": group, "GroupName": "shared"}]),
                    );
                    world.set(
                        "describe-network-interfaces",
                        &format!("/NetworkInterfaces/{index}/Groups"),
                        json!([{"GroupId": group, "GroupName": "shared"}]),
                    );
                }
                world
            },
        ),
        case(
            "network/peers/acl_ports_turned_round",
            "root_cause",
            &[("network.acl-outbound-blocked", Cause), ("network.acl-inbound-blocked", Cause)],
            &[],
            || {
                // Outbound 1024-65535 and inbound 443, as a server would need: a task that calls out needs the opposite.
                let mut world = World::new(Egress::PublicIp, &secret_timeout());
                let entry = |number: u32, egress: bool, from: u32, to: u32| json!({"CidrBlock": "0.0.0.0/0", "Egress": egress, "Protocol": "6", "PortRange": {"From": from, "To": to}, "RuleAction": "allow", "RuleNumber": number});
                let close = |egress: bool| json!({"CidrBlock": "0.0.0.0/0", "Egress": egress, "Protocol": "-1", "RuleAction": "deny", "RuleNumber": 32767});
                world.set(
                    "describe-network-acls",
                    "/NetworkAcls/0/Entries",
                    json!([
                        entry(100, true, 1024, 65535),
                        entry(100, false, 443, 443),
                        close(true),
                        close(false)
                    ]),
                );
                world
            },
        ),
        case(
            "network/peers/public_subnet_with_endpoints",
            "suspects",
            &[("network.no-public-ip", Silent)],
            &[],
            || {
                // A public subnet without a public IP is fine where endpoints carry every call.
                let mut world = endpoints();
                world.set(
                    "describe-route-tables",
                    "/RouteTables/0/Routes/-",
                    super::route("GatewayId", "igw-0a0000000000000a1", "active"),
                );
                world
            },
        ),
        case(
            "network/peers/shared_vpc",
            "suspects",
            &[("endpoint.missing", Silent), ("network.no-route", Unknown)],
            &["ec2:DescribeVpcEndpoints"],
            || {
                // The task's account does not see the endpoints of the subnet's owner: an empty list proves nothing.
                let mut world = World::new(Egress::Endpoints, &secret_timeout());
                for index in 0..3 {
                    world.set("describe-subnets", &format!("/Subnets/{index}/OwnerId"), json!("444455556666"));
                }
                world.set("describe-vpcs", "/Vpcs/0/OwnerId", json!("444455556666"));
                for stem in [
                    "describe-route-tables",
                    "describe-network-acls",
                    "describe-network-interfaces",
                    "describe-internet-gateways",
                ] {
                    world.drop_output(stem);
                }
                world.put(
                    "describe-vpc-endpoints",
                    &format!("ec2 describe-vpc-endpoints --filters Name=vpc-id,Values={VPC}"),
                    json!({"VpcEndpoints": []}),
                );
                world
            },
        ),
    ]
}
