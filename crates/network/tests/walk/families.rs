//! IPv4 and IPv6: subnets without IPv4, hosts without IPv6, and interfaces that have both.

use crate::more::v6_world;
use crate::world::*;
use network::{Addresses, FaultKind, Place, Reach, Via};
use serde_json::{Value, json};

fn nat64(id: &str) -> Value {
    route("64:ff9b::/96", "NatGatewayId", id)
}

/// The route to the NAT gateway that translates, whose subnet lets IPv6 pass.
fn translated(world: &mut World) {
    world.push("tables", "/RouteTables/0/Routes", nat64("nat-1"));
    for egress in [true, false] {
        world.push(
            "acls",
            "/NetworkAcls/1/Entries",
            json!({"RuleNumber": 101, "Egress": egress, "RuleAction": "allow", "Ipv6CidrBlock": "::/0", "Protocol": "-1"}),
        );
    }
}

#[test]
fn a_host_without_ipv6_is_out_of_reach_without_dns64() {
    let mut world = v6_world();
    world.target.dual_stack = Some(false);
    let trace = world.blocked_by("network.no-route");
    assert!(trace.faults.iter().any(|fault| matches!(
        &fault.kind,
        FaultKind::NoRoute {
            addresses: Addresses::Nat64,
            ..
        }
    )));
    // The route alone does not help, nor does DNS64 without it.
    let mut world = v6_world();
    world.target.dual_stack = Some(false);
    world.push("tables", "/RouteTables/0/Routes", nat64("nat-1"));
    world.set("subnets", "/Subnets/0/EnableDns64", json!(false));
    world.blocked_by("network.no-route");
    let mut world = v6_world();
    world.target.dual_stack = Some(false);
    world.set("subnets", "/Subnets/0/EnableDns64", json!(true));
    world.set("tables", "/RouteTables/0/Routes/1", route("0.0.0.0/0", "NatGatewayId", "nat-1"));
    world.blocked_by("network.no-route");
}

#[test]
fn a_caller_without_ipv4_asks_the_resolver_by_ipv6() {
    let mut world = v6_world();
    world.set("support", "/EnableDnsSupport/Value", json!(false));
    let trace = world.blocked_by("dns.support-disabled");
    let asked = trace.witness.map(|witness| witness.destination);
    assert_eq!(asked, Some(Place::Address("fd00:ec2::253".parse().unwrap())));
}

#[test]
fn only_a_nat_gateway_translates() {
    let mut world = v6_world();
    world.target.dual_stack = Some(false);
    world.set("subnets", "/Subnets/0/EnableDns64", json!(true));
    // `::/0` takes the mapped addresses to the egress-only gateway.
    world.unknown();
}

#[test]
fn a_nat_gateway_takes_no_other_ipv6() {
    let mut world = v6_world();
    world.set("tables", "/RouteTables/0/Routes/1", route("::/0", "NatGatewayId", "nat-1"));
    world.push("tables", "/RouteTables/1/Routes", route("::/0", "GatewayId", "igw-1"));
    translated(&mut world);
    world.unknown();
}

#[test]
fn whether_dns64_is_on_must_be_known() {
    let mut world = v6_world();
    world.target.dual_stack = Some(false);
    world.set("subnets", "/Subnets/0/EnableDns64", json!(null));
    translated(&mut world);
    world.unknown();
    world.set("subnets", "/Subnets/0/EnableDns64", json!(true));
    world.reachable();
    world.set("subnets", "/Subnets/0/EnableDns64", json!(false));
    world.blocked_by("network.no-route");
}

#[test]
fn where_a_host_s_families_are_not_known_both_ways_must_agree() {
    let mut world = v6_world();
    world.target.dual_stack = None;
    world.target.service = None;
    world.unknown();
    world.set("tables", "/RouteTables/0/Routes/1", route("0.0.0.0/0", "NatGatewayId", "nat-1"));
    world.blocked_by("network.no-route");
}

#[test]
fn without_the_subnet_the_caller_s_own_addresses_tell_the_family() {
    let mut world = v6_world();
    world.drop("subnets");
    world.caller.vpc = Some(VPC.into());
    assert_ne!(world.walk().verdict, Reach::Blocked);
    // By IPv4 there would be no route.
    world.caller.private_ips = vec!["10.0.10.20".parse().unwrap()];
    world.blocked_by("network.no-route");
}

/// The task's subnet has both families, and IPv4 leads nowhere.
fn dual_world() -> World {
    let mut world = v6_world();
    let subnet = world.edit("subnets")["Subnets"][0].as_object_mut().unwrap();
    subnet.insert("Ipv6Native".to_owned(), json!(false));
    subnet.insert("CidrBlock".to_owned(), json!("10.0.10.0/24"));
    subnet.insert("AssignIpv6AddressOnCreation".to_owned(), json!(true));
    world.caller.private_ips = Vec::new();
    world
}

#[test]
fn an_interface_with_both_families_is_blocked_only_where_both_are() {
    let mut world = dual_world();
    world.target.dual_stack = Some(false);
    world.blocked_by("network.no-route");
    world.target.dual_stack = Some(true);
    let trace = world.unknown();
    assert!(!trace.needs.is_empty());
    // An account whose tasks get no IPv6 address.
    world.caller.ipv6 = Some(false);
    world.blocked_by("network.no-route");
    world.caller.ipv6 = None;
    world.caller.private_ips = vec!["10.0.10.20".parse().unwrap()];
    world.blocked_by("network.no-route");
    world.caller.private_ips.push("2600:1f18::20".parse().unwrap());
    world.unknown();
    world.set("tables", "/RouteTables/0/Routes/1", route("10.9.0.0/16", "NatGatewayId", "nat-1"));
    world.blocked_by("network.no-route");
    // IPv4 alone suffices.
    let mut world = dual_world();
    world.push("tables", "/RouteTables/0/Routes", route("0.0.0.0/0", "NatGatewayId", "nat-1"));
    world.push("groups", "/SecurityGroups/0/IpPermissionsEgress", any_rule());
    let trace = world.walk();
    assert_eq!((trace.verdict, trace.via), (Reach::Reachable, Some(Via::NatGateway)), "{trace:#?}");
}

/// [`dual_world`] in a VPC whose own ranges show IPv6.
fn dual_vpc() -> World {
    let mut world = dual_world();
    world.edit("vpcs")["Vpcs"][0]["Ipv6CidrBlockAssociationSet"] =
        json!([{"Ipv6CidrBlock": "2600:1f18:1::/56", "Ipv6CidrBlockState": {"State": "associated"}}]);
    world
}

#[test]
fn dns64_gives_a_host_without_ipv6_another_way() {
    let mut world = dual_vpc();
    world.target.dual_stack = Some(false);
    translated(&mut world);
    world.blocked_by("network.no-route");
    world.set("subnets", "/Subnets/0/EnableDns64", json!(true));
    assert_ne!(world.walk().verdict, Reach::Blocked);
}

#[test]
fn an_endpoint_of_both_families_gives_a_host_without_ipv6_another_way() {
    let mut world = dual_vpc();
    world.target.dual_stack = Some(false);
    let mut api = endpoint("vpce-api", "ecr.api", &[OTHER]);
    world.set("endpoints", "/VpcEndpoints", json!([api]));
    // The group lets nothing out by IPv4.
    world.set("groups", "/SecurityGroups/0/IpPermissionsEgress/0/IpRanges", json!([]));
    world.blocked_by("network.sg-egress-blocked");
    api["IpAddressType"] = json!("dualstack");
    world.set("endpoints", "/VpcEndpoints", json!([api]));
    assert_ne!(world.walk().verdict, Reach::Blocked);
}

#[test]
fn other_name_servers_may_have_dns64_of_their_own() {
    let mut world = v6_world();
    world.target.dual_stack = Some(false);
    world.blocked_by("network.no-route");
    world.drop("dhcp");
    world.unknown();
}

#[test]
fn a_subnet_that_was_not_pasted_may_have_ipv6() {
    let mut world = dual_vpc();
    world.drop("subnets");
    world.caller.vpc = Some(VPC.into());
    assert_ne!(world.walk().verdict, Reach::Blocked);
    // Not in a VPC without IPv6.
    world.set("vpcs", "/Vpcs/0/Ipv6CidrBlockAssociationSet", json!([]));
    world.blocked_by("network.no-route");
}

#[test]
fn a_gateway_endpoint_s_list_may_hold_ipv6_or_not() {
    let mut world = v6_world();
    world.target = target("s3");
    world.put(
        "endpoints",
        "ec2 describe-vpc-endpoints --filters Name=vpc-id,Values=vpc-1",
        json!({"VpcEndpoints": [gateway_endpoint(&["rtb-task"])]}),
    );
    world.set("tables", "/RouteTables/0/Routes/1", route("pl-63a5400a", "GatewayId", "vpce-s3"));
    world.unknown();
    let mut list = rule("-1", None, &[]);
    list["PrefixListIds"] = json!([{"PrefixListId": "pl-63a5400a"}]);
    world.set(
        "tables",
        "/RouteTables/0/Routes/1",
        route("::/0", "EgressOnlyInternetGatewayId", "eigw-1"),
    );
    world.push("tables", "/RouteTables/0/Routes", route("pl-63a5400a", "GatewayId", "vpce-s3"));
    world.set("groups", "/SecurityGroups/0/IpPermissionsEgress", json!([list]));
    world.unknown();
}
