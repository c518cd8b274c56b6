//! Every `network.*` code: the fault, a near miss, and the evidence that is missing.

use crate::world::*;
use network::{FaultKind, PublicAddress, Severity, Via};
use serde_json::json;

#[test]
fn no_route() {
    let mut world = World::new(Way::Nat);
    world.set("tables", "/RouteTables/0/Routes", json!([local()]));
    world.blocked_by("network.no-route");
    // Two halves are as good as a default route.
    let halves = json!([
        local(),
        route("0.0.0.0/1", "NatGatewayId", "nat-1"),
        route("128.0.0.0/1", "NatGatewayId", "nat-1")
    ]);
    World::new(Way::Nat)
        .set("tables", "/RouteTables/0/Routes", halves)
        .reachable();
    // Only a part of the internet.
    let part = json!([local(), route("0.0.0.0/1", "NatGatewayId", "nat-1")]);
    World::new(Way::Nat)
        .set("tables", "/RouteTables/0/Routes", part)
        .unknown();
    World::new(Way::Nat).drop("tables").unknown();
}

#[test]
fn no_route_without_the_endpoint_listing_is_open() {
    let mut world = World::new(Way::Nat);
    world
        .set("tables", "/RouteTables/0/Routes", json!([local()]))
        .drop("endpoints");
    world.unknown();
}

#[test]
fn the_main_table_counts_where_no_other_is_associated() {
    let mut world = World::new(Way::Nat);
    world.set(
        "tables",
        "/RouteTables/0/Associations/0/SubnetId",
        json!("subnet-else"),
    );
    world.blocked_by("network.no-route");
    world.set(
        "tables",
        "/RouteTables/2/Routes",
        json!([local(), route("0.0.0.0/0", "NatGatewayId", "nat-1")]),
    );
    world.reachable();
    // Asked for other subnets only, the listing does not show that the task's has no table of its own.
    world.outputs.get_mut("tables").unwrap().0 = Some(
        "aws ec2 describe-route-tables --route-table-ids rtb-main --region us-east-1".to_owned(),
    );
    world.unknown();
}

#[test]
fn blackhole() {
    let mut dead = route("0.0.0.0/0", "NatGatewayId", "nat-gone");
    dead["State"] = json!("blackhole");
    let mut world = World::new(Way::Nat);
    world.set("tables", "/RouteTables/0/Routes/1", dead.clone());
    world.blocked_by("network.blackhole-route");
    // The target can be seen: its own code.
    world.push(
        "nats",
        "/NatGateways",
        json!({"NatGatewayId": "nat-gone", "SubnetId": PUBLIC, "VpcId": VPC, "State": "deleted"}),
    );
    world.blocked_by("network.nat-unavailable");
    // A blackhole wins by its length; there is no falling back to a shorter prefix.
    let mut world = World::new(Way::Nat);
    dead["DestinationCidrBlock"] = json!("0.0.0.0/1");
    let mut other = dead.clone();
    other["DestinationCidrBlock"] = json!("128.0.0.0/1");
    world.push("tables", "/RouteTables/0/Routes", dead).push(
        "tables",
        "/RouteTables/0/Routes",
        other,
    );
    world.blocked_by("network.blackhole-route");
}

#[test]
fn no_public_ip() {
    let mut world = World::new(Way::Internet);
    world.caller.public_ip = PublicAddress::Absent;
    let trace = world.blocked_by("network.no-public-ip");
    assert_eq!(trace.via, Some(Via::InternetGateway));
    world.caller.public_ip = PublicAddress::Unknown;
    world.unknown();
    world.caller.public_ip = PublicAddress::Known("198.51.100.7".parse().unwrap());
    assert_eq!(world.reachable().passage.public_ips.unwrap().len(), 1);
}

#[test]
fn igw_detached() {
    let mut world = World::new(Way::Internet);
    world.set("igws", "/InternetGateways/0/Attachments", json!([]));
    world.blocked_by("network.igw-detached");
    world.set(
        "igws",
        "/InternetGateways/0/Attachments",
        json!([{"State": "available", "VpcId": "vpc-2"}]),
    );
    world.blocked_by("network.igw-detached");
    // An active route to a gateway that was not listed implies that it is attached.
    World::new(Way::Internet).drop("igws").reachable();
    // Behind a NAT gateway it is the same gateway, and the same code.
    let mut world = World::new(Way::Nat);
    world.set("igws", "/InternetGateways/0/Attachments", json!([]));
    world.blocked_by("network.igw-detached");
}

#[test]
fn nat_unavailable() {
    for state in ["pending", "failed", "deleting", "deleted"] {
        World::new(Way::Nat)
            .set("nats", "/NatGateways/0/State", json!(state))
            .blocked_by("network.nat-unavailable");
    }
    World::new(Way::Nat)
        .set("nats", "/NatGateways/0/State", json!("Available"))
        .reachable();
    World::new(Way::Nat).drop("nats").unknown();
}

#[test]
fn nat_no_internet_route() {
    World::new(Way::Nat)
        .set("tables", "/RouteTables/1/Routes", json!([local()]))
        .blocked_by("network.nat-no-internet-route");
    // To itself.
    let itself = json!([local(), route("0.0.0.0/0", "NatGatewayId", "nat-1")]);
    World::new(Way::Nat)
        .set("tables", "/RouteTables/1/Routes", itself)
        .blocked_by("network.nat-no-internet-route");
    // In the task's own subnet.
    World::new(Way::Nat)
        .set("nats", "/NatGateways/0/SubnetId", json!(TASK))
        .blocked_by("network.nat-no-internet-route");
    // Behind a transit gateway: central egress is common.
    let transit = json!([local(), route("0.0.0.0/0", "TransitGatewayId", "tgw-1")]);
    World::new(Way::Nat)
        .set("tables", "/RouteTables/1/Routes", transit)
        .unknown();
    let mut world = World::new(Way::Nat);
    world
        .set(
            "tables",
            "/RouteTables/1/Associations/0/SubnetId",
            json!("subnet-else"),
        )
        .set("tables", "/RouteTables/2/Associations", json!([]));
    world.unknown();
}

#[test]
fn regional_nat() {
    let mut world = World::new(Way::Nat);
    world.set("nats", "/NatGateways/0", json!({"NatGatewayId": "nat-1", "VpcId": VPC, "State": "available", "ConnectivityType": "public",
        "AvailabilityMode": "regional", "RouteTableId": "rtb-public"}));
    // It stands in no subnet: no network ACL but the task's counts.
    world.set("acls", "/NetworkAcls/1/Entries", json!([]));
    world.reachable();
    world.set("tables", "/RouteTables/1/Routes", json!([local()]));
    world.blocked_by("network.nat-no-internet-route");
}

#[test]
fn nat_private() {
    let mut world = World::new(Way::Nat);
    world.set("nats", "/NatGateways/0/ConnectivityType", json!("private"));
    world.blocked_by("network.nat-private");
    world.set(
        "tables",
        "/RouteTables/1/Routes",
        json!([local(), route("0.0.0.0/0", "TransitGatewayId", "tgw-1")]),
    );
    let trace = world.unknown();
    assert_eq!(
        codes(&trace, Severity::Unknown),
        ["network.opaque-next-hop"]
    );
}

#[test]
fn peering_not_transitive() {
    let mut world = World::new(Way::Nat);
    world.set(
        "tables",
        "/RouteTables/0/Routes/1",
        route("0.0.0.0/0", "VpcPeeringConnectionId", "pcx-1"),
    );
    world.blocked_by("network.peering-not-transitive");
    // A peering route for the other VPC's range only.
    World::new(Way::Nat)
        .push(
            "tables",
            "/RouteTables/0/Routes",
            route("10.1.0.0/16", "VpcPeeringConnectionId", "pcx-1"),
        )
        .reachable();
}

#[test]
fn source_dest_check() {
    let mut world = World::new(Way::Nat);
    world.set(
        "tables",
        "/RouteTables/0/Routes/1",
        route("0.0.0.0/0", "NetworkInterfaceId", "eni-nat"),
    );
    world.unknown();
    world.put("interfaces", "ec2 describe-network-interfaces", json!({"NetworkInterfaces": [
        {"NetworkInterfaceId": "eni-nat", "SubnetId": PUBLIC, "VpcId": VPC, "SourceDestCheck": true}]}));
    world.blocked_by("network.source-dest-check");
    world.set(
        "interfaces",
        "/NetworkInterfaces/0/SourceDestCheck",
        json!(false),
    );
    world.unknown();
}

#[test]
fn public_access_blocked() {
    let exclusion = |arn: &str, mode: &str| {
        json!({"VpcBlockPublicAccessExclusions": [{"ExclusionId": "x-1",
        "ResourceArn": format!("arn:aws:ec2:us-east-1:111122223333:{arn}"), "InternetGatewayExclusionMode": mode, "State": "create-complete"}]})
    };
    let command = "ec2 describe-vpc-block-public-access-exclusions";
    let none = json!({"VpcBlockPublicAccessExclusions": []});
    let mode = |way, mode: &str| {
        let mut world = World::new(way);
        world.set(
            "bpa",
            "/VpcBlockPublicAccessOptions/InternetGatewayBlockMode",
            json!(mode),
        );
        world
    };
    // Bidirectional: NAT as well; the NAT's subnet is the one that counts.
    let mut world = mode(Way::Nat, "block-bidirectional");
    world.unknown();
    world.put("exclusions", command, none.clone());
    world.blocked_by("network.public-access-blocked");
    world.put(
        "exclusions",
        command,
        exclusion("subnet/subnet-task", "allow-bidirectional"),
    );
    world.blocked_by("network.public-access-blocked");
    for arn in ["subnet/subnet-public", "vpc/vpc-1"] {
        for lifts in ["allow-bidirectional", "allow-egress"] {
            world.put("exclusions", command, exclusion(arn, lifts));
            world.reachable();
        }
    }
    // Ingress: NAT passes, a public address does not, and an egress exclusion does not help it.
    mode(Way::Nat, "block-ingress").reachable();
    let mut world = mode(Way::Internet, "block-ingress");
    world.put(
        "exclusions",
        command,
        exclusion("subnet/subnet-public", "allow-egress"),
    );
    world.blocked_by("network.public-access-blocked");
    world.put(
        "exclusions",
        command,
        exclusion("subnet/subnet-public", "allow-bidirectional"),
    );
    world.reachable();
    // A public address and an egress exclusion under the bidirectional mode: AWS contradicts itself.
    let mut world = mode(Way::Internet, "block-bidirectional");
    world.put(
        "exclusions",
        command,
        exclusion("subnet/subnet-public", "allow-egress"),
    );
    world.unknown();
    // Endpoints are not concerned.
    mode(Way::Endpoints, "block-bidirectional").reachable();
    // Not pasted: off by default, and said so.
    let trace = World::new(Way::Nat).drop("bpa").reachable();
    assert_eq!(trace.assumes.len(), 1, "{trace:#?}");
}

#[test]
fn sg_egress_blocked() {
    let egress = "/SecurityGroups/0/IpPermissionsEgress";
    World::new(Way::Nat)
        .set("groups", egress, json!([]))
        .blocked_by("network.sg-egress-blocked");
    World::new(Way::Nat)
        .set(
            "groups",
            egress,
            json!([rule("tcp", Some((80, 80)), &["0.0.0.0/0"])]),
        )
        .blocked_by("network.sg-egress-blocked");
    World::new(Way::Nat)
        .set(
            "groups",
            egress,
            json!([rule("tcp", Some((443, 443)), &["10.0.0.0/16"])]),
        )
        .blocked_by("network.sg-egress-blocked");
    World::new(Way::Nat)
        .set(
            "groups",
            egress,
            json!([rule("tcp", Some((443, 443)), &["0.0.0.0/1", "128.0.0.0/1"])]),
        )
        .reachable();
    World::new(Way::Nat)
        .set(
            "groups",
            egress,
            json!([rule("tcp", Some((443, 443)), &["0.0.0.0/1"])]),
        )
        .unknown();
    World::new(Way::Nat).drop("groups").unknown();
    // Another group of the interface admits it.
    let mut world = World::new(Way::Nat);
    world.set("groups", egress, json!([]));
    world.caller.security_groups = Some(vec!["sg-task".into(), "sg-more".into()]);
    world.unknown();
    world.push("groups", "/SecurityGroups", json!({"GroupId": "sg-more", "VpcId": VPC, "IpPermissions": [], "IpPermissionsEgress": [any_rule()]}));
    world.reachable();
    // One partner less than a /12 is neglected, and said so.
    let mut world = World::new(Way::Nat);
    world.set(
        "groups",
        egress,
        json!([rule("tcp", Some((443, 443)), &["52.95.0.0/16"])]),
    );
    assert_eq!(
        world.blocked_by("network.sg-egress-blocked").assumes.len(),
        1
    );
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
    world.outputs.insert(
        "rules".to_owned(),
        (None, json!({"SecurityGroupRules": [], "NextToken": "x"})),
    );
    world.unknown();
}

#[test]
fn endpoint_sg_ingress_blocked() {
    let ingress = "/SecurityGroups/1/IpPermissions";
    World::new(Way::Endpoints)
        .set("groups", ingress, json!([]))
        .blocked_by("network.endpoint-sg-ingress-blocked");
    World::new(Way::Endpoints)
        .set(
            "groups",
            ingress,
            json!([rule("tcp", Some((443, 443)), &["10.0.20.0/24"])]),
        )
        .blocked_by("network.endpoint-sg-ingress-blocked");
    World::new(Way::Endpoints)
        .set(
            "groups",
            ingress,
            json!([rule("tcp", Some((0, 65535)), &["10.0.10.20/32"])]),
        )
        .reachable();
    World::new(Way::Endpoints)
        .set(
            "groups",
            ingress,
            json!([rule("tcp", Some((443, 443)), &["0.0.0.0/0"])]),
        )
        .reachable();
    World::new(Way::Endpoints).drop("groups").unknown();
    let mut world = World::new(Way::Endpoints);
    world.set(
        "groups",
        ingress,
        json!([rule("udp", Some((443, 443)), &["0.0.0.0/0"])]),
    );
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
    World::new(Way::Nat)
        .push("acls", "/NetworkAcls/0/Entries", deny(444))
        .reachable();
    // The same at the NAT gateway's subnet.
    World::new(Way::Nat)
        .push("acls", "/NetworkAcls/1/Entries", deny(443))
        .blocked_by("network.acl-outbound-blocked");
    // An endpoint's subnet: the answer out.
    let only_in = entries(json!([acl_entry(
        100,
        false,
        "allow",
        "0.0.0.0/0",
        "-1",
        None
    )]));
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
        interface(
            "eni-vpce-api-subnet-other",
            TASK,
            "10.0.10.5",
            "sg-endpoint",
        ),
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
    let back = |from, to| {
        json!([
            out(),
            acl_entry(100, false, "allow", "0.0.0.0/0", "6", Some((from, to)))
        ])
    };
    with(Way::Nat, 0, back(443, 443)).blocked_by("network.acl-inbound-blocked");
    with(Way::Nat, 0, back(1024, 65535)).reachable();
    // Linux's own range: it works, and is a trap.
    let trace = with(Way::Nat, 0, back(32768, 60999)).reachable();
    assert_eq!(
        codes(&trace, Severity::Warn),
        ["network.acl-inbound-blocked"]
    );
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
        json!([
            out(),
            acl_entry(100, false, "allow", "0.0.0.0/0", "6", Some((1024, 65535)))
        ]),
    )
    .blocked_by("network.acl-inbound-blocked");
}

#[test]
fn opaque_next_hop() {
    for (member, id) in [
        ("TransitGatewayId", "tgw-1"),
        ("GatewayId", "vgw-1"),
        ("CoreNetworkArn", "arn:aws:networkmanager::1:core-network/c"),
        ("GatewayId", "vpce-gwlb"),
        ("CarrierGatewayId", "cagw-1"),
        ("LocalGatewayId", "lgw-1"),
        ("NetworkInterfaceId", "eni-9"),
    ] {
        let mut world = World::new(Way::Nat);
        world.set(
            "tables",
            "/RouteTables/0/Routes/1",
            route("0.0.0.0/0", member, id),
        );
        let trace = world.unknown();
        assert_eq!(
            codes(&trace, Severity::Unknown),
            ["network.opaque-next-hop"]
        );
        assert_eq!(trace.via, Some(Via::Other));
        // A fault before it still blocks.
        world.set("groups", "/SecurityGroups/0/IpPermissionsEgress", json!([]));
        assert!(fails(&world.walk()).contains(&"network.sg-egress-blocked"));
    }
}

#[test]
fn every_independent_fault_is_reported() {
    let mut world = World::new(Way::Nat);
    world
        .set("groups", "/SecurityGroups/0/IpPermissionsEgress", json!([]))
        .set("nats", "/NatGateways/0/State", json!("failed"));
    world.push(
        "acls",
        "/NetworkAcls/0/Entries",
        acl_entry(1, false, "deny", "0.0.0.0/0", "-1", None),
    );
    let trace = world.walk();
    assert_eq!(
        fails(&trace),
        [
            "network.acl-inbound-blocked",
            "network.nat-unavailable",
            "network.sg-egress-blocked"
        ]
    );
}

#[test]
fn more_specific_than_local() {
    let mut world = World::new(Way::Endpoints);
    world.push(
        "tables",
        "/RouteTables/0/Routes",
        route("10.0.20.0/24", "GatewayId", "vpce-gwlb"),
    );
    world.unknown();
    // The answer's way.
    let mut world = World::new(Way::Endpoints);
    world.push(
        "tables",
        "/RouteTables/2/Routes",
        route("10.0.10.0/24", "NetworkInterfaceId", "eni-firewall"),
    );
    world.unknown();
    // An edge table.
    let mut world = World::new(Way::Internet);
    world.push(
        "tables",
        "/RouteTables",
        table(
            "rtb-edge",
            json!({"GatewayId": "igw-1", "AssociationState": {"State": "associated"}}),
            json!([local(), route("10.0.0.0/24", "GatewayId", "vpce-gwlb")]),
        ),
    );
    world.unknown();
}

#[test]
fn peering_fault_names_the_connection() {
    let mut world = World::new(Way::Nat);
    world.set(
        "tables",
        "/RouteTables/0/Routes/1",
        route("0.0.0.0/0", "VpcPeeringConnectionId", "pcx-1"),
    );
    let trace = world.walk();
    assert!(
        matches!(&trace.faults[0].kind, FaultKind::PeeringNotTransitive { peering, .. } if peering.as_str() == "pcx-1")
    );
}
