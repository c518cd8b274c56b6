//! Network ACLs.

use super::{OTHER, VPC, case, login_timeout, secret_timeout};
use crate::scenario::Said::{Cause, Silent, Unknown, Warn};
use crate::scenario::Scenario;
use crate::world::{ACCOUNT, Egress, World};
use serde_json::{Value, json};

/// Number, whether outbound, action, and TCP ports; no ports: everything.
type Entry = (u32, bool, &'static str, Option<(u16, u16)>);

fn nat() -> World {
    World::new(Egress::Nat, &login_timeout("44.213.79.10"))
}

fn endpoints() -> World {
    World::new(Egress::Endpoints, &secret_timeout())
}

/// Rules of one ACL, in and out; the closing denies are added.
fn acl(world: &mut World, entries: &[Entry]) {
    let mut all: Vec<Value> = entries
        .iter()
        .map(|(number, egress, action, ports)| {
            let mut entry = json!({"CidrBlock": "0.0.0.0/0", "Egress": egress, "Protocol": if ports.is_some() { "6" } else { "-1" }, "RuleAction": action, "RuleNumber": number});
            if let Some((from, to)) = ports {
                entry["PortRange"] = json!({"From": from, "To": to});
            }
            entry
        })
        .collect();
    for egress in [true, false] {
        all.push(json!({"CidrBlock": "0.0.0.0/0", "Egress": egress, "Protocol": "-1", "RuleAction": "deny", "RuleNumber": 32767}));
    }
    world.set("describe-network-acls", "/NetworkAcls/0/Entries", Value::Array(all));
}

/// An ACL of its own for the task's subnet; the NAT gateway's keeps the default one.
fn own_acl(world: &mut World, entries: &[Entry]) {
    let default = world.output("describe-network-acls")["NetworkAcls"][0].clone();
    acl(world, entries);
    world.set(
        "describe-network-acls",
        "/NetworkAcls/0/NetworkAclId",
        json!("acl-0c0000000000000c1"),
    );
    world.set("describe-network-acls", "/NetworkAcls/0/IsDefault", json!(false));
    let mut associations = default["Associations"].clone();
    let own = associations.as_array_mut().unwrap().remove(0);
    world.set("describe-network-acls", "/NetworkAcls/0/Associations", json!([own]));
    let mut rest = default;
    rest["Associations"] = associations;
    world.set("describe-network-acls", "/NetworkAcls/-", rest);
}

/// The endpoints' interfaces stand in the subnet of another zone.
fn endpoints_elsewhere() -> World {
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
        world.set(
            "describe-network-interfaces",
            &format!("/NetworkInterfaces/{index}/PrivateIpAddress"),
            json!(format!("10.0.20.10{index}")),
        );
        world.set(
            "describe-network-interfaces",
            &format!("/NetworkInterfaces/{index}/PrivateIpAddresses"),
            json!([{"Primary": true, "PrivateIpAddress": format!("10.0.20.10{index}")}]),
        );
    }
    world
}

/// Scenarios.
pub(super) fn all() -> Vec<Scenario> {
    vec![
        case(
            "network/endpoint_sg_ingress_blocked/intermittent",
            "suspects",
            &[("network.acl-inbound-blocked", Warn)],
            &[],
            || {
                // One of two subnets of the endpoint refuses: some calls pass, others do not.
                let mut world = endpoints();
                let eni = json!({"NetworkInterfaceId": "eni-0f0000000000000f9", "SubnetId": OTHER, "VpcId": VPC, "PrivateIpAddress": "10.0.20.109",
                "PrivateIpAddresses": [{"Primary": true, "PrivateIpAddress": "10.0.20.109"}], "InterfaceType": "vpc_endpoint", "Status": "in-use", "SourceDestCheck": true,
                "RequesterManaged": true, "OwnerId": ACCOUNT, "Groups": [{"GroupId": "sg-0e0000000000000e1", "GroupName": "endpoints"}], "Ipv6Addresses": [], "TagSet": [], "AvailabilityZone": "us-east-1b"});
                world.set("describe-network-interfaces", "/NetworkInterfaces/-", eni);
                world.set("describe-vpc-endpoints", "/VpcEndpoints/2/SubnetIds/-", json!(OTHER));
                world.set(
                    "describe-vpc-endpoints",
                    "/VpcEndpoints/2/NetworkInterfaceIds/-",
                    json!("eni-0f0000000000000f9"),
                );
                let mut closed = world.output("describe-network-acls")["NetworkAcls"][0].clone();
                let mut open = closed["Associations"].clone();
                let theirs = open.as_array_mut().unwrap().remove(2);
                world.set("describe-network-acls", "/NetworkAcls/0/Associations", open);
                closed["NetworkAclId"] = json!("acl-0e0000000000000e1");
                closed["IsDefault"] = json!(false);
                closed["Associations"] = json!([theirs]);
                closed["Entries"] = json!([{"CidrBlock": "0.0.0.0/0", "Egress": true, "Protocol": "-1", "RuleAction": "allow", "RuleNumber": 100},
                {"CidrBlock": "0.0.0.0/0", "Egress": false, "Protocol": "-1", "RuleAction": "deny", "RuleNumber": 32767}]);
                world.set("describe-network-acls", "/NetworkAcls/-", closed);
                world
            },
        ),
        case(
            "network/acl_outbound_blocked/fault",
            "root_cause",
            &[("network.acl-outbound-blocked", Cause)],
            &[],
            || {
                let mut world = nat();
                own_acl(
                    &mut world,
                    &[
                        (90, true, "deny", Some((443, 443))),
                        (100, true, "allow", None),
                        (100, false, "allow", None),
                    ],
                );
                world
            },
        ),
        case(
            "network/acl_outbound_blocked/near_miss",
            "suspects",
            &[("network.acl-outbound-blocked", Silent)],
            &[],
            || {
                // The lowest number decides: the deny comes too late.
                let mut world = nat();
                own_acl(
                    &mut world,
                    &[
                        (100, true, "allow", None),
                        (110, true, "deny", Some((443, 443))),
                        (100, false, "allow", None),
                    ],
                );
                world
            },
        ),
        case(
            "network/acl_outbound_blocked/missing",
            "suspects",
            &[("network.acl-outbound-blocked", Unknown)],
            &["ec2:DescribeNetworkAcls"],
            || {
                let mut world = nat();
                world.drop_output("describe-network-acls");
                world
            },
        ),
        case(
            "network/acl_outbound_blocked/endpoint_answer",
            "root_cause",
            &[("network.acl-outbound-blocked", Cause)],
            &[],
            || {
                // The endpoint's subnet lets requests in and no answer out.
                let mut world = endpoints_elsewhere();
                own_acl(&mut world, &[(100, true, "allow", None), (100, false, "allow", None)]);
                let entries = json!([{"CidrBlock": "0.0.0.0/0", "Egress": false, "Protocol": "-1", "RuleAction": "allow", "RuleNumber": 100},
                {"CidrBlock": "0.0.0.0/0", "Egress": true, "Protocol": "6", "PortRange": {"From": 443, "To": 443}, "RuleAction": "allow", "RuleNumber": 100},
                {"CidrBlock": "0.0.0.0/0", "Egress": true, "Protocol": "-1", "RuleAction": "deny", "RuleNumber": 32767},
                {"CidrBlock": "0.0.0.0/0", "Egress": false, "Protocol": "-1", "RuleAction": "deny", "RuleNumber": 32767}]);
                world.set("describe-network-acls", "/NetworkAcls/1/Entries", entries);
                world
            },
        ),
        case(
            "network/acl_inbound_blocked/fault",
            "root_cause",
            &[("network.acl-inbound-blocked", Cause)],
            &[],
            || {
                let mut world = nat();
                own_acl(&mut world, &[(100, true, "allow", None), (100, false, "allow", Some((443, 443)))]);
                world
            },
        ),
        case(
            "network/acl_inbound_blocked/near_miss",
            "suspects",
            &[("network.acl-inbound-blocked", Silent)],
            &[],
            || {
                let mut world = nat();
                own_acl(
                    &mut world,
                    &[(100, true, "allow", Some((443, 443))), (100, false, "allow", Some((1024, 65535)))],
                );
                world
            },
        ),
        case(
            "network/acl_inbound_blocked/narrow",
            "suspects",
            &[("network.acl-inbound-blocked", Warn)],
            &[],
            || {
                // Linux's own range passes, which is less than AWS recommends.
                let mut world = nat();
                own_acl(
                    &mut world,
                    &[(100, true, "allow", Some((443, 443))), (100, false, "allow", Some((32768, 60999)))],
                );
                world
            },
        ),
        case(
            "network/acl_inbound_blocked/missing",
            "suspects",
            &[("network.acl-inbound-blocked", Unknown)],
            &["ec2:DescribeNetworkAcls"],
            || {
                let mut world = nat();
                world.drop_output("describe-network-acls");
                world
            },
        ),
        case(
            "network/acl_inbound_blocked/nat_subnet",
            "root_cause",
            &[("network.acl-inbound-blocked", Cause)],
            &[],
            || {
                // The NAT gateway's subnet lets no answers in from the internet.
                let mut world = nat();
                own_acl(&mut world, &[(100, true, "allow", None), (100, false, "allow", None)]);
                let entries = json!([{"CidrBlock": "0.0.0.0/0", "Egress": true, "Protocol": "-1", "RuleAction": "allow", "RuleNumber": 100},
                {"CidrBlock": "10.0.0.0/16", "Egress": false, "Protocol": "-1", "RuleAction": "allow", "RuleNumber": 100},
                {"CidrBlock": "0.0.0.0/0", "Egress": true, "Protocol": "-1", "RuleAction": "deny", "RuleNumber": 32767},
                {"CidrBlock": "0.0.0.0/0", "Egress": false, "Protocol": "-1", "RuleAction": "deny", "RuleNumber": 32767}]);
                world.set("describe-network-acls", "/NetworkAcls/1/Entries", entries);
                world
            },
        ),
    ]
}
