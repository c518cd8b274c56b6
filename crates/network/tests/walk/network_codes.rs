//! Every `network.*` code of routes and gateways: the fault, a near miss, and the evidence that is missing.

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
    World::new(Way::Nat).set("tables", "/RouteTables/0/Routes", halves).reachable();
    // Only a part of the internet.
    let part = json!([local(), route("0.0.0.0/1", "NatGatewayId", "nat-1")]);
    World::new(Way::Nat).set("tables", "/RouteTables/0/Routes", part).unknown();
    World::new(Way::Nat).drop("tables").unknown();
}

#[test]
fn no_route_without_the_endpoint_listing_is_open() {
    let mut world = World::new(Way::Nat);
    world.set("tables", "/RouteTables/0/Routes", json!([local()])).drop("endpoints");
    world.unknown();
}

#[test]
fn the_main_table_counts_where_no_other_is_associated() {
    let mut world = World::new(Way::Nat);
    world.set("tables", "/RouteTables/0/Associations/0/SubnetId", json!("subnet-else"));
    world.blocked_by("network.no-route");
    world.set(
        "tables",
        "/RouteTables/2/Routes",
        json!([local(), route("0.0.0.0/0", "NatGatewayId", "nat-1")]),
    );
    world.reachable();
    // Asked for other subnets only, the listing does not show that the task's has no table of its own.
    world.outputs.get_mut("tables").unwrap().0 =
        Some("aws ec2 describe-route-tables --route-table-ids rtb-main --region us-east-1".to_owned());
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
    world
        .push("tables", "/RouteTables/0/Routes", dead)
        .push("tables", "/RouteTables/0/Routes", other);
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

/// AWS's filter `attachment.vpc-id` leaves a detached gateway out: the route is dead, and the listing shows that nothing is attached.
#[test]
fn igw_detached_and_not_listed() {
    for (way, other) in [
        (Way::Internet, "network.blackhole-route"),
        (Way::Nat, "network.nat-no-internet-route"),
    ] {
        let mut world = World::new(way);
        let dead = json!({"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1", "State": "blackhole", "Origin": "CreateRoute"});
        world.set("tables", "/RouteTables/1/Routes/1", dead);
        world.set("igws", "/InternetGateways", json!([]));
        let asked = |filter: &str| Some(format!("aws ec2 describe-internet-gateways {filter} --region us-east-1"));
        for filter in [
            format!("--filters Name=attachment.vpc-id,Values={VPC}"),
            "--internet-gateway-ids igw-1".to_owned(),
            String::new(),
        ] {
            world.outputs.get_mut("igws").unwrap().0 = asked(&filter);
            world.blocked_by("network.igw-detached");
        }
        // Asked of another VPC, of nobody knows what, or not at all, its silence proves nothing.
        world.outputs.get_mut("igws").unwrap().0 = asked("--filters Name=attachment.vpc-id,Values=vpc-2");
        world.blocked_by(other);
        world.outputs.get_mut("igws").unwrap().0 = None;
        world.blocked_by(other);
        world.drop("igws");
        world.blocked_by(other);
    }
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
    World::new(Way::Nat).set("tables", "/RouteTables/1/Routes", transit).unknown();
    let mut world = World::new(Way::Nat);
    world
        .set("tables", "/RouteTables/1/Associations/0/SubnetId", json!("subnet-else"))
        .set("tables", "/RouteTables/2/Associations", json!([]));
    world.unknown();
}

#[test]
fn regional_nat() {
    let mut world = World::new(Way::Nat);
    world.set(
        "nats",
        "/NatGateways/0",
        json!({"NatGatewayId": "nat-1", "VpcId": VPC, "State": "available", "ConnectivityType": "public",
        "AvailabilityMode": "regional", "RouteTableId": "rtb-public"}),
    );
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
    assert_eq!(codes(&trace, Severity::Unknown), ["network.opaque-next-hop"]);
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
    world.put(
        "interfaces",
        "ec2 describe-network-interfaces",
        json!({"NetworkInterfaces": [
        {"NetworkInterfaceId": "eni-nat", "SubnetId": PUBLIC, "VpcId": VPC, "SourceDestCheck": true}]}),
    );
    world.blocked_by("network.source-dest-check");
    world.set("interfaces", "/NetworkInterfaces/0/SourceDestCheck", json!(false));
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
        world.set("bpa", "/VpcBlockPublicAccessOptions/InternetGatewayBlockMode", json!(mode));
        world
    };
    // Bidirectional: NAT as well; the NAT's subnet is the one that counts.
    let mut world = mode(Way::Nat, "block-bidirectional");
    world.unknown();
    world.put("exclusions", command, none.clone());
    world.blocked_by("network.public-access-blocked");
    world.put("exclusions", command, exclusion("subnet/subnet-task", "allow-bidirectional"));
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
    world.put("exclusions", command, exclusion("subnet/subnet-public", "allow-egress"));
    world.blocked_by("network.public-access-blocked");
    world.put("exclusions", command, exclusion("subnet/subnet-public", "allow-bidirectional"));
    world.reachable();
    // A public address and an egress exclusion under the bidirectional mode: AWS contradicts itself.
    let mut world = mode(Way::Internet, "block-bidirectional");
    world.put("exclusions", command, exclusion("subnet/subnet-public", "allow-egress"));
    world.unknown();
    // Endpoints are not concerned.
    mode(Way::Endpoints, "block-bidirectional").reachable();
    // Not pasted: off by default, and said so.
    let trace = World::new(Way::Nat).drop("bpa").reachable();
    assert_eq!(trace.assumes.len(), 1, "{trace:#?}");
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
        world.set("tables", "/RouteTables/0/Routes/1", route("0.0.0.0/0", member, id));
        let trace = world.unknown();
        assert_eq!(codes(&trace, Severity::Unknown), ["network.opaque-next-hop"]);
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
    world.push("tables", "/RouteTables/0/Routes", route("10.0.20.0/24", "GatewayId", "vpce-gwlb"));
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
    assert!(matches!(&trace.faults[0].kind, FaultKind::PeeringNotTransitive { peering, .. } if peering.as_str() == "pcx-1"));
}
