//! IPv6, answers of the person, quoted addresses, and what a verdict cites.

use crate::world::*;
use network::{Place, Reach, Severity, Via};
use serde_json::json;
use snapshot::{Need, QuestionKind};

pub(crate) fn v6_world() -> World {
    let mut world = World::new(Way::Nat);
    world.set(
        "subnets",
        "/Subnets/0",
        json!({"SubnetId": TASK, "VpcId": VPC, "OwnerId": ACCOUNT, "Ipv6Native": true, "EnableDns64": false,
        "Ipv6CidrBlockAssociationSet": [{"Ipv6CidrBlock": "2600:1f18:1:a::/64", "Ipv6CidrBlockState": {"State": "associated"}}]}),
    );
    world.caller.private_ips = vec!["2600:1f18:1:a::5".parse().unwrap()];
    let v6 = |mut rule: serde_json::Value| {
        rule["Ipv6Ranges"] = json!([{"CidrIpv6": "::/0"}]);
        rule
    };
    world.set("groups", "/SecurityGroups/0/IpPermissionsEgress/0", v6(any_rule()));
    world.set(
        "tables",
        "/RouteTables/0/Routes/1",
        route("::/0", "EgressOnlyInternetGatewayId", "eigw-1"),
    );
    for (number, egress) in [(101, true), (101, false)] {
        let mut entry = acl_entry(number, egress, "allow", "0.0.0.0/0", "-1", None);
        entry["CidrBlock"] = json!(null);
        entry["Ipv6CidrBlock"] = json!("::/0");
        world.push("acls", "/NetworkAcls/0/Entries", entry);
    }
    world
}

#[test]
fn ipv6_only_leaves_by_the_egress_only_gateway() {
    let world = v6_world();
    assert_eq!(world.reachable().via, Some(Via::EgressOnlyGateway));
    // 0.0.0.0/0 does not cover IPv6.
    let mut world = v6_world();
    world.set("groups", "/SecurityGroups/0/IpPermissionsEgress", json!([any_rule()]));
    world.blocked_by("network.sg-egress-blocked");
    let mut world = v6_world();
    world.set("tables", "/RouteTables/0/Routes/1", route("0.0.0.0/0", "NatGatewayId", "nat-1"));
    world.blocked_by("network.no-route");
    // A host with IPv4 only.
    let mut world = v6_world();
    world.target.dual_stack = None;
    world.unknown();
}

#[test]
fn an_opaque_hop_is_settled_by_an_answer() {
    let mut world = World::new(Way::Nat);
    world.set("tables", "/RouteTables/0/Routes/1", route("0.0.0.0/0", "TransitGatewayId", "tgw-1"));
    let trace = world.unknown();
    assert!(trace.needs.iter().any(
        |need| matches!(need, Need::Question(question) if question.kind == QuestionKind::NextHopForwards && question.subject == "tgw-1")
    ));
    for (value, reach) in [("yes", Reach::Reachable), ("no", Reach::Blocked)] {
        world.outputs.insert(
            "answer".to_owned(),
            (
                None,
                json!({"operation": "pulldoctor:Answer",
            "parameters": {"question": "next-hop-forwards", "subject": "tgw-1"}, "output": value}),
            ),
        );
        assert_eq!(world.walk().verdict, reach);
    }
}

#[test]
fn a_quoted_public_address_is_judged_alone() {
    let mut world = World::new(Way::Nat);
    world.set(
        "groups",
        "/SecurityGroups/0/IpPermissionsEgress",
        json!([rule("tcp", Some((443, 443)), &["52.94.0.0/16"])]),
    );
    world.target.quoted_address = Some("52.94.1.1".parse().unwrap());
    let trace = world.reachable();
    assert_eq!(trace.destination, Place::Address("52.94.1.1".parse().unwrap()));
    world.target.quoted_address = Some("52.95.1.1".parse().unwrap());
    let trace = world.blocked_by("network.sg-egress-blocked");
    let witness = trace.witness.unwrap();
    assert_eq!(
        (witness.source, witness.destination, witness.port),
        (
            Place::Address("10.0.10.20".parse().unwrap()),
            Place::Address("52.95.1.1".parse().unwrap()),
            443
        )
    );
}

#[test]
fn a_quoted_private_address_went_to_the_endpoint() {
    let mut world = World::new(Way::Endpoints);
    world.target.quoted_address = Some("10.0.20.5".parse().unwrap());
    assert_eq!(world.reachable().via, Some(Via::InterfaceEndpoint));
    world.drop("hostnames").drop("support").drop("dhcp");
    assert_eq!(world.reachable().assumes, []);
    world.drop("interfaces");
    assert_eq!(world.reachable().via, Some(Via::InterfaceEndpoint));
    // An address of the VPC that nothing pasted has.
    world.target.quoted_address = Some("10.0.77.5".parse().unwrap());
    world.unknown();
}

#[test]
fn a_quoted_public_address_against_a_private_name_contradicts_what_was_pasted() {
    // The endpoint takes the name over and both DNS attributes are on, yet the error went to a public address: what was pasted is not
    // what failed, and naming enableDnsHostnames (or anything else) would be a guess.
    let mut world = World::new(Way::Endpoints);
    world.target.quoted_address = Some("52.94.1.1".parse().unwrap());
    world.blocked_by("evidence.contradicts-error");
    // With the attribute off the same address is what the configuration gives.
    world.set("hostnames", "/EnableDnsHostnames/Value", json!(false));
    assert_eq!(fails(&world.walk()), ["dns.hostnames-disabled"]);
}

#[test]
fn a_deny_within_s3s_own_ranges_is_exact() {
    let mut world = World::new(Way::Endpoints);
    world.to("s3");
    world.push(
        "acls",
        "/NetworkAcls/0/Entries",
        acl_entry(10, true, "deny", "52.216.0.0/15", "6", Some((443, 443))),
    );
    // Without the list's ranges a /15 of all addresses is neglected.
    assert_eq!(world.reachable().assumes.len(), 1);
    world.put("lists", "ec2 describe-prefix-lists", json!({"PrefixLists": [{"PrefixListId": "pl-63a5400a", "PrefixListName": "com.amazonaws.us-east-1.s3", "Cidrs": ["52.216.0.0/15", "54.231.0.0/16"]}]}));
    world.unknown();
    world.set("lists", "/PrefixLists/0/Cidrs", json!(["52.216.0.0/15"]));
    world.blocked_by("network.acl-outbound-blocked");
    world.set("lists", "/PrefixLists/0/Cidrs", json!(["54.231.0.0/16"]));
    world.reachable();
}

#[test]
fn nothing_pasted_is_unknown_and_says_what_to_paste() {
    let mut world = World::new(Way::Nat);
    world.outputs.clear();
    let trace = world.unknown();
    assert!(
        trace
            .needs
            .iter()
            .any(|need| matches!(need, Need::Call(call) if call.operation == snapshot::Operation::Ec2DescribeSubnets))
    );
    // A group that lets nothing out blocks wherever it stands.
    world.put(
        "groups",
        "ec2 describe-security-groups",
        json!({"SecurityGroups": [{"GroupId": "sg-task", "VpcId": VPC, "IpPermissions": [], "IpPermissionsEgress": []}]}),
    );
    world.blocked_by("network.sg-egress-blocked");
}

#[test]
fn unknown_groups_are_asked_for() {
    let mut world = World::new(Way::Nat);
    world.caller.security_groups = None;
    let trace = world.unknown();
    assert_eq!(codes(&trace, Severity::Unknown), ["network.sg-egress-blocked"]);
    assert!(
        trace
            .needs
            .iter()
            .any(|need| matches!(need, Need::Question(question) if question.kind == QuestionKind::SecurityGroups))
    );
}

#[test]
fn odd_members_are_not_guessed() {
    let mut world = World::new(Way::Nat);
    world.set(
        "groups",
        "/SecurityGroups/0/IpPermissionsEgress/0/IpRanges",
        json!([{"CidrIp": "10.x.x.x/8"}]),
    );
    world.unknown();
    let mut world = World::new(Way::Nat);
    world.set("acls", "/NetworkAcls/0/Entries/0/CidrBlock", json!("<redacted>"));
    world.unknown();
    let mut world = World::new(Way::Nat);
    world.set("tables", "/RouteTables/0/Routes/1/State", json!(null));
    world.unknown();
    let mut world = World::new(Way::Nat);
    world.set("nats", "/NatGateways/0/State", json!(null));
    world.unknown();
}

#[test]
fn a_transit_gateway_that_drops_is_a_fault() {
    let mut world = World::new(Way::Nat);
    world.set("tables", "/RouteTables/0/Routes/1", route("0.0.0.0/0", "TransitGatewayId", "tgw-1"));
    world.put("attachments", "ec2 describe-transit-gateway-attachments", json!({"TransitGatewayAttachments": [
        {"TransitGatewayAttachmentId": "tgw-attach-1", "TransitGatewayId": "tgw-1", "ResourceType": "vpc", "ResourceId": VPC, "State": "available",
         "Association": {"TransitGatewayRouteTableId": "tgw-rtb-1", "State": "associated"}}]}));
    let trace = world.unknown();
    assert!(
        trace
            .needs
            .iter()
            .any(|need| matches!(need, Need::Call(call) if call.operation == snapshot::Operation::Ec2SearchTransitGatewayRoutes))
    );
    let search =
        "ec2 search-transit-gateway-routes --transit-gateway-route-table-id tgw-rtb-1 --filters Name=state,Values=active,blackhole";
    let hop = |cidr: &str, state: &str| {
        json!({"DestinationCidrBlock": cidr, "Type": "static", "State": state,
        "TransitGatewayAttachments": [{"TransitGatewayAttachmentId": "tgw-attach-2", "ResourceType": "vpc", "ResourceId": "vpc-egress"}]})
    };
    world.put(
        "search",
        search,
        json!({"Routes": [hop("0.0.0.0/0", "active")], "AdditionalRoutesAvailable": false}),
    );
    world.unknown();
    world.put(
        "search",
        search,
        json!({"Routes": [hop("0.0.0.0/0", "blackhole")], "AdditionalRoutesAvailable": false}),
    );
    world.blocked_by("network.blackhole-route");
    world.put(
        "search",
        search,
        json!({"Routes": [hop("10.1.0.0/16", "active")], "AdditionalRoutesAvailable": false}),
    );
    world.blocked_by("network.no-route");
    world.put(
        "search",
        search,
        json!({"Routes": [hop("10.1.0.0/16", "active")], "AdditionalRoutesAvailable": true}),
    );
    world.unknown();
    // No subnet of the attachment in the task's zone.
    let zones = |subnet: &str| {
        json!({"TransitGatewayVpcAttachments": [{"TransitGatewayAttachmentId": "tgw-attach-1", "TransitGatewayId": "tgw-1", "VpcId": VPC,
        "State": "available", "SubnetIds": [subnet]}]})
    };
    world.put("vpc-attachments", "ec2 describe-transit-gateway-vpc-attachments", zones(OTHER));
    let trace = world.unknown();
    assert!(trace.faults.iter().any(|fault| matches!(
        fault.kind,
        network::FaultKind::OpaqueNextHop {
            reason: network::OpaqueReason::TransitGatewayZone,
            ..
        }
    )));
}

#[test]
fn a_table_that_is_associated_with_the_subnet_tells_its_vpc() {
    let mut world = World::new(Way::Nat);
    world.drop("subnets");
    world.reachable();
    world.set("nats", "/NatGateways/0/State", json!("failed"));
    world.blocked_by("network.nat-unavailable");
}

#[test]
fn a_group_that_lets_nothing_out_blocks_whatever_the_name_leads_to() {
    let mut world = World::new(Way::Nat);
    world.set("vpcs", "/Vpcs/0/DhcpOptionsId", json!("default"));
    world.unknown();
    world.set("groups", "/SecurityGroups/0/IpPermissionsEgress", json!([]));
    world.blocked_by("network.sg-egress-blocked");
    // With nothing but the group a list of AWS's may hold the destination.
    let mut by_list = rule("tcp", Some((443, 443)), &[]);
    by_list["PrefixListIds"] = json!([{"PrefixListId": "pl-63a5400a"}]);
    world
        .to("s3")
        .set("groups", "/SecurityGroups/0/IpPermissionsEgress", json!([by_list]));
    world.outputs.retain(|name, _| name == "groups");
    world.unknown();
}

#[test]
fn an_endpoint_of_the_other_family_is_not_taken_for_a_way() {
    let mut world = v6_world();
    world.set("endpoints", "/VpcEndpoints", json!([endpoint("vpce-api", "ecr.api", &[OTHER])]));
    world.unknown();
}
