//! Every `network.*` code of security groups and ACLs: the fault, a near miss, and the evidence that is missing.

use crate::world::*;
use network::Severity;
use serde_json::json;

#[test]
fn sg_egress_blocked() {
    let egress = "/SecurityGroups/0/IpPermissionsEgress";
    World::new(Way::Nat)
        .set("groups", egress, json!([]))
        .blocked_by("network.sg-egress-blocked");
    World::new(Way::Nat)
        .set("groups", egress, json!([rule("tcp", Some((80, 80)), &["0.0.0.0/0"])]))
        .blocked_by("network.sg-egress-blocked");
    World::new(Way::Nat)
        .set("groups", egress, json!([rule("tcp", Some((443, 443)), &["10.0.0.0/16"])]))
        .blocked_by("network.sg-egress-blocked");
    World::new(Way::Nat)
        .set(
            "groups",
            egress,
            json!([rule("tcp", Some((443, 443)), &["0.0.0.0/1", "128.0.0.0/1"])]),
        )
        .reachable();
    World::new(Way::Nat)
        .set("groups", egress, json!([rule("tcp", Some((443, 443)), &["0.0.0.0/1"])]))
        .unknown();
    World::new(Way::Nat).drop("groups").unknown();
    // Another group of the interface admits it.
    let mut world = World::new(Way::Nat);
    world.set("groups", egress, json!([]));
    world.caller.security_groups = Some(vec!["sg-task".into(), "sg-more".into()]);
    world.unknown();
    world.push(
        "groups",
        "/SecurityGroups",
        json!({"GroupId": "sg-more", "VpcId": VPC, "IpPermissions": [], "IpPermissionsEgress": [any_rule()]}),
    );
    world.reachable();
    // One partner less than a /12 is neglected, and said so.
    let mut world = World::new(Way::Nat);
    world.set("groups", egress, json!([rule("tcp", Some((443, 443)), &["52.95.0.0/16"])]));
    assert_eq!(world.blocked_by("network.sg-egress-blocked").assumes.len(), 1);
}

#[test]
fn groups_from_describe_security_group_rules() {
    let mut world = World::new(Way::Nat);
    world.drop("groups");
    let rule = json!({"SecurityGroupRuleId": "sgr-1", "GroupId": "sg-task", "IsEgress": true, "IpProtocol": "-1", "FromPort": -1, "ToPort": -1, "CidrIpv4": "0.0.0.0/0"});
    world.put(
        "rules",
        "ec2 describe-security-group-rules --filters Name=group-id,Values=sg-task",
        json!({"SecurityGroupRules": [rule]}),
    );
    world.reachable();
    world
        .set("rules", "/SecurityGroupRules/0/ToPort", json!(80))
        .set("rules", "/SecurityGroupRules/0/IpProtocol", json!("tcp"));
    world.blocked_by("network.sg-egress-blocked");
    // One rule copied out of the listing is not all rules.
    world
        .outputs
        .insert("rules".to_owned(), (None, json!({"SecurityGroupRules": [], "NextToken": "x"})));
    world.unknown();
}

#[test]
fn endpoint_sg_ingress_blocked() {
    let ingress = "/SecurityGroups/1/IpPermissions";
    World::new(Way::Endpoints)
        .set("groups", ingress, json!([]))
        .blocked_by("network.endpoint-sg-ingress-blocked");
    World::new(Way::Endpoints)
        .set("groups", ingress, json!([rule("tcp", Some((443, 443)), &["10.0.20.0/24"])]))
        .blocked_by("network.endpoint-sg-ingress-blocked");
    World::new(Way::Endpoints)
        .set("groups", ingress, json!([rule("tcp", Some((0, 65535)), &["10.0.10.20/32"])]))
        .reachable();
    World::new(Way::Endpoints)
        .set("groups", ingress, json!([rule("tcp", Some((443, 443)), &["0.0.0.0/0"])]))
        .reachable();
    World::new(Way::Endpoints).drop("groups").unknown();
    let mut world = World::new(Way::Endpoints);
    world.set("groups", ingress, json!([rule("udp", Some((443, 443)), &["0.0.0.0/0"])]));
    let trace = world.blocked_by("network.endpoint-sg-ingress-blocked");
    assert!(trace.witness.is_some());
    // It counts also where a NAT gateway is there: the endpoint takes the name for the whole VPC.
    let mut world = World::new(Way::Endpoints);
    world.set("groups", ingress, json!([])).set(
        "tables",
        "/RouteTables/0/Routes",
        json!([local(), route("0.0.0.0/0", "NatGatewayId", "nat-1")]),
    );
    world.blocked_by("network.endpoint-sg-ingress-blocked");
}

#[test]
fn acl_outbound_blocked() {
    let entries = |list: serde_json::Value| list;
    let deny = |port| acl_entry(50, true, "deny", "0.0.0.0/0", "6", Some((port, port)));
    World::new(Way::Nat)
        .push("acls", "/NetworkAcls/0/Entries", deny(443))
        .blocked_by("network.acl-outbound-blocked");
    World::new(Way::Nat).push("acls", "/NetworkAcls/0/Entries", deny(444)).reachable();
    // The same at the NAT gateway's subnet.
    World::new(Way::Nat)
        .push("acls", "/NetworkAcls/1/Entries", deny(443))
        .blocked_by("network.acl-outbound-blocked");
    // An endpoint's subnet: the answer out.
    let only_in = entries(json!([acl_entry(100, false, "allow", "0.0.0.0/0", "-1", None)]));
    World::new(Way::Endpoints)
        .set("acls", "/NetworkAcls/2/Entries", only_in)
        .blocked_by("network.acl-outbound-blocked");
    World::new(Way::Nat).drop("acls").unknown();
    // Not within one subnet.
    let mut world = World::new(Way::Endpoints);
    world.set("acls", "/NetworkAcls/0/Entries", json!([]));
    world.set("endpoints", "/VpcEndpoints/0/SubnetIds", json!([TASK]));
    world.set(
        "interfaces",
        "/NetworkInterfaces/0",
        interface("eni-vpce-api-subnet-other", TASK, "10.0.10.5", "sg-endpoint"),
    );
    world.reachable();
}

#[test]
fn acl_inbound_blocked() {
    let with = |way, index: usize, list: serde_json::Value| {
        let mut world = World::new(way);
        world.set("acls", &format!("/NetworkAcls/{index}/Entries"), list);
        world
    };
    let out = || acl_entry(100, true, "allow", "0.0.0.0/0", "-1", None);
    let back = |from, to| json!([out(), acl_entry(100, false, "allow", "0.0.0.0/0", "6", Some((from, to)))]);
    with(Way::Nat, 0, back(443, 443)).blocked_by("network.acl-inbound-blocked");
    with(Way::Nat, 0, back(1024, 65535)).reachable();
    // Linux's own range: it works, and is a trap.
    let trace = with(Way::Nat, 0, back(32768, 60999)).reachable();
    assert_eq!(codes(&trace, Severity::Warn), ["network.acl-inbound-blocked"]);
    // A part of it.
    with(Way::Nat, 0, back(49152, 65535)).unknown();
    with(Way::Nat, 0, back(32768, 60998)).unknown();
    let mut windows = with(Way::Nat, 0, back(49152, 65535));
    windows.caller.os = network::Os::Windows;
    windows.reachable();
    // The NAT gateway answers to 1024-65535.
    let nat = |from, to| {
        json!([
            out(),
            acl_entry(90, false, "allow", "10.0.0.0/16", "-1", None),
            acl_entry(100, false, "allow", "0.0.0.0/0", "6", Some((from, to)))
        ])
    };
    with(Way::Nat, 1, nat(1024, 65535)).reachable();
    with(Way::Nat, 1, nat(32768, 60999)).unknown();
    with(Way::Nat, 1, nat(443, 443)).blocked_by("network.acl-inbound-blocked");
    // And lets the task's request in.
    with(
        Way::Nat,
        1,
        json!([out(), acl_entry(100, false, "allow", "0.0.0.0/0", "6", Some((1024, 65535)))]),
    )
    .blocked_by("network.acl-inbound-blocked");
}
