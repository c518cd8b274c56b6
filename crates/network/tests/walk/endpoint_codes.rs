//! Every `endpoint.*` code: the fault, a near miss, and the evidence that is missing.

use crate::world::*;
use network::{Severity, Via};
use serde_json::json;

#[test]
fn missing() {
    let mut world = World::new(Way::Endpoints);
    world.to("secretsmanager");
    world.blocked_by("endpoint.missing");
    // Where NAT works no endpoint is missing.
    let mut world = World::new(Way::Nat);
    world
        .to("secretsmanager")
        .set("endpoints", "/VpcEndpoints", json!([endpoint("vpce-api", "ecr.api", &[OTHER])]));
    world.reachable();
    let mut world = World::new(Way::Endpoints);
    world.to("secretsmanager").drop("endpoints");
    world.unknown();
    // Without its command the listing is taken as complete, and that is said.
    let mut world = World::new(Way::Endpoints);
    world.to("secretsmanager").anonymous("endpoints");
    let trace = world.blocked_by("endpoint.missing");
    assert_eq!(trace.assumes.len(), 1, "{trace:#?}");
    // An S3 gateway endpoint alone does not make a VPC built on endpoints.
    let mut world = World::new(Way::Endpoints);
    world.set("endpoints", "/VpcEndpoints", json!([gateway_endpoint(&["rtb-task"])]));
    world.blocked_by("network.no-route");
}

#[test]
fn an_empty_listing_without_its_command_proves_nothing() {
    let mut world = World::new(Way::Nat);
    world.anonymous("endpoints");
    world.unknown();
}

#[test]
fn not_available() {
    for state in ["pending", "failed", "rejected", "expired", "deleting"] {
        let mut world = World::new(Way::Endpoints);
        world.set("endpoints", "/VpcEndpoints/0/State", json!(state));
        let trace = world.blocked_by("endpoint.not-available");
        assert!(trace.evidence.len() > 1, "{trace:#?}");
    }
    World::new(Way::Endpoints)
        .set("endpoints", "/VpcEndpoints/0/State", json!("Available"))
        .reachable();
    // Another path works: unknown while it comes or goes, else that path counts.
    let nat = |state: &str| {
        let mut world = World::new(Way::Endpoints);
        world.set(
            "tables",
            "/RouteTables/0/Routes",
            json!([local(), route("0.0.0.0/0", "NatGatewayId", "nat-1")]),
        );
        world.set("endpoints", "/VpcEndpoints/0/State", json!(state));
        world
    };
    nat("pending").unknown();
    nat("deleting").unknown();
    nat("failed").reachable();
    nat("rejected").reachable();
}

#[test]
fn private_dns_disabled() {
    let mut world = World::new(Way::Endpoints);
    world.set("endpoints", "/VpcEndpoints/0/PrivateDnsEnabled", json!(false));
    world.blocked_by("endpoint.private-dns-disabled");
    world.set(
        "tables",
        "/RouteTables/0/Routes",
        json!([local(), route("0.0.0.0/0", "NatGatewayId", "nat-1")]),
    );
    assert_eq!(world.reachable().via, Some(Via::NatGateway));
}

#[test]
fn gateway_not_routed() {
    let mut world = World::new(Way::Endpoints);
    world.to("s3").set("tables", "/RouteTables/0/Routes", json!([local()]));
    world.blocked_by("endpoint.gateway-not-routed");
    let mut world = World::new(Way::Endpoints);
    world.to("s3");
    assert_eq!(world.reachable().via, Some(Via::GatewayEndpoint));
    // It beats the NAT gateway.
    world.push("tables", "/RouteTables/0/Routes", route("0.0.0.0/0", "NatGatewayId", "nat-1"));
    assert_eq!(world.reachable().via, Some(Via::GatewayEndpoint));
    world.drop("tables");
    world.unknown();
}

#[test]
fn s3_interface_endpoint_for_inbound_resolvers_only_leaves_names_public() {
    let mut s3 = endpoint("vpce-s3i", "s3", &[OTHER]);
    s3["DnsOptions"] = json!({"PrivateDnsOnlyForInboundResolverEndpoint": true});
    let mut world = World::new(Way::Endpoints);
    world.to("s3").push("endpoints", "/VpcEndpoints", s3.clone());
    assert_eq!(world.reachable().via, Some(Via::GatewayEndpoint));
    s3["DnsOptions"] = json!({"PrivateDnsOnlyForInboundResolverEndpoint": false});
    world.push("endpoints", "/VpcEndpoints", s3);
    assert_eq!(world.walk().via, Some(Via::InterfaceEndpoint));
}

#[test]
fn any_interface_of_the_endpoint_may_be_chosen() {
    let mut world = World::new(Way::Endpoints);
    world.set("endpoints", "/VpcEndpoints/0", endpoint("vpce-api", "ecr.api", &[OTHER, PUBLIC]));
    world.push(
        "interfaces",
        "/NetworkInterfaces",
        interface("eni-vpce-api-subnet-public", PUBLIC, "10.0.0.5", "sg-endpoint"),
    );
    world.reachable();
    world.set("acls", "/NetworkAcls/1/Entries", json!([]));
    let trace = world.unknown();
    assert!(
        trace
            .faults
            .iter()
            .any(|fault| fault.severity == Severity::Warn && fault.intermittent),
        "{trace:#?}"
    );
    // The error quotes the refused address.
    world.target.quoted_address = Some("10.0.0.5".parse().unwrap());
    assert!(fails(&world.walk()).contains(&"network.acl-inbound-blocked"));
    world.target.quoted_address = Some("10.0.20.5".parse().unwrap());
    world.reachable();
    world.target.quoted_address = None;
    world.set("acls", "/NetworkAcls/2/Entries", json!([]));
    assert!(fails(&world.walk()).contains(&"network.acl-inbound-blocked"));
}

#[test]
fn interfaces_that_were_not_pasted_stand_anywhere_in_their_subnets() {
    let mut world = World::new(Way::Endpoints);
    world.drop("interfaces");
    world.reachable();
    // A rule that admits only a part of the subnet.
    world.set(
        "groups",
        "/SecurityGroups/0/IpPermissionsEgress",
        json!([rule("tcp", Some((443, 443)), &["10.0.20.0/25"])]),
    );
    world.unknown();
}
