//! Endpoints of a hub VPC, by private zones over peering and transit gateways: the other side is walked as far as it was pasted.

use crate::name_codes::zone;
use crate::world::*;
use network::{FaultKind, Reach, Trace};
use serde_json::{Value, json};
use snapshot::{Need, Operation, Truth};

const HUB: &str = "vpc-hub";
const THERE: &str = "subnet-hub";
const HOST: &str = "api.ecr.us-east-1.amazonaws.com";

fn of_hub(mut value: Value) -> Value {
    value["VpcId"] = json!(HUB);
    value
}

fn hub_table(routes: Value) -> Value {
    json!({"RouteTables": [of_hub(table("rtb-hub", associated(THERE), routes))]})
}

fn hub_local() -> Value {
    json!({"DestinationCidrBlock": "10.9.0.0/16", "GatewayId": "local", "State": "active", "Origin": "CreateRouteTable"})
}

/// The task's VPC has a private zone that leads to an endpoint of the hub; `member` and `id` are of what joins the two.
fn joined(member: &str, id: &str) -> World {
    let mut world = World::new(Way::Nat);
    let alias = json!([{"Name": format!("{HOST}."), "Type": "A",
        "AliasTarget": {"DNSName": "vpce-hub-abcd.api.ecr.us-east-1.vpce.amazonaws.com.", "HostedZoneId": "Z7"}}]);
    zone(&mut world, "ecr.us-east-1.amazonaws.com", Some(alias));
    world.push("tables", "/RouteTables/0/Routes", route("10.9.0.0/16", member, id));
    world.put(
        "hub-endpoints",
        "ec2 describe-vpc-endpoints --filters Name=vpc-id,Values=vpc-hub",
        json!({"VpcEndpoints": [of_hub(endpoint("vpce-hub", "ecr.api", &[THERE]))]}),
    );
    world.put(
        "hub-interfaces",
        "ec2 describe-network-interfaces --filters Name=vpc-id,Values=vpc-hub",
        json!({"NetworkInterfaces": [of_hub(interface("eni-vpce-hub-subnet-hub", THERE, "10.9.1.5", "sg-hub"))]}),
    );
    world.set("hub-endpoints", "/VpcEndpoints/0/Groups", json!([{"GroupId": "sg-hub"}]));
    world.put(
        "hub-groups",
        "ec2 describe-security-groups --filters Name=vpc-id,Values=vpc-hub",
        json!({"SecurityGroups": [{"GroupId": "sg-hub", "VpcId": HUB, "OwnerId": ACCOUNT,
            "IpPermissions": [rule("tcp", Some((443, 443)), &["10.0.0.0/16"])], "IpPermissionsEgress": []}]}),
    );
    world.put(
        "hub-acls",
        "ec2 describe-network-acls --filters Name=vpc-id,Values=vpc-hub",
        json!({"NetworkAcls": [of_hub(acl("acl-hub", &[THERE], open_entries()))]}),
    );
    world.put(
        "hub-tables",
        "ec2 describe-route-tables --filters Name=vpc-id,Values=vpc-hub",
        hub_table(json!([hub_local(), route("10.0.0.0/16", member, id)])),
    );
    world
}

fn peered() -> World {
    let mut world = joined("VpcPeeringConnectionId", "pcx-1");
    let side = |vpc: &str, cidr: &str| json!({"VpcId": vpc, "OwnerId": ACCOUNT, "Region": "us-east-1", "CidrBlock": cidr, "CidrBlockSet": [{"CidrBlock": cidr}]});
    world.put(
        "peering",
        "ec2 describe-vpc-peering-connections",
        json!({"VpcPeeringConnections": [{"VpcPeeringConnectionId": "pcx-1", "Status": {"Code": "active"},
            "RequesterVpcInfo": side(VPC, "10.0.0.0/16"), "AccepterVpcInfo": side(HUB, "10.9.0.0/16")}]}),
    );
    world
}

fn search(table: &str) -> String {
    format!("ec2 search-transit-gateway-routes --transit-gateway-route-table-id {table} --filters Name=state,Values=active,blackhole")
}

fn hop(cidr: &str, vpc: &str, state: &str) -> Value {
    json!({"DestinationCidrBlock": cidr, "Type": "propagated", "State": state,
        "TransitGatewayAttachments": [{"TransitGatewayAttachmentId": format!("tgw-attach-{vpc}"), "ResourceType": "vpc", "ResourceId": vpc}]})
}

fn routes(routes: &[Value]) -> Value {
    json!({"Routes": routes, "AdditionalRoutesAvailable": false})
}

/// Spoke and hub each have a table of their own at the gateway.
fn transit() -> World {
    let mut world = joined("TransitGatewayId", "tgw-1");
    let attachment = |vpc: &str, table: &str| {
        json!({"TransitGatewayAttachmentId": format!("tgw-attach-{vpc}"), "TransitGatewayId": "tgw-1", "ResourceType": "vpc", "ResourceId": vpc,
            "ResourceOwnerId": ACCOUNT, "State": "available", "Association": {"TransitGatewayRouteTableId": table, "State": "associated"}})
    };
    let placed = |vpc: &str, subnet: &str| {
        json!({"TransitGatewayAttachmentId": format!("tgw-attach-{vpc}"), "TransitGatewayId": "tgw-1", "VpcId": vpc, "State": "available",
            "SubnetIds": [subnet]})
    };
    world.put(
        "attachments",
        "ec2 describe-transit-gateway-attachments",
        json!({"TransitGatewayAttachments": [attachment(VPC, "tgw-rtb-spokes"), attachment(HUB, "tgw-rtb-hub")]}),
    );
    world.put(
        "vpc-attachments",
        "ec2 describe-transit-gateway-vpc-attachments",
        json!({"TransitGatewayVpcAttachments": [placed(VPC, PUBLIC), placed(HUB, THERE)]}),
    );
    world.put(
        "spoke-routes",
        &search("tgw-rtb-spokes"),
        routes(&[hop("10.9.0.0/16", HUB, "active")]),
    );
    world.put("hub-routes", &search("tgw-rtb-hub"), routes(&[hop("10.0.0.0/16", VPC, "active")]));
    world
}

fn asks(trace: &Trace, operation: Operation) -> bool {
    trace
        .needs
        .iter()
        .any(|need| matches!(need, Need::Call(call) if call.operation == operation))
}

const INGRESS: &str = "/SecurityGroups/0/IpPermissions";

/// A rule that names a group.
fn naming(group: &str) -> Value {
    let mut rule = rule("tcp", Some((443, 443)), &[]);
    rule["UserIdGroupPairs"] = json!([{"GroupId": group, "UserId": ACCOUNT}]);
    json!([rule])
}

#[test]
fn a_hub_that_was_pasted_is_walked_into() {
    for world in [peered(), transit()] {
        let trace = world.reachable();
        assert_eq!(trace.passage.endpoints, ["vpce-hub".into()]);
        assert_eq!(trace.passage.through_endpoint, Truth::True);
        assert_eq!(trace.passage.vpc, Some(HUB.into()));
    }
}

#[test]
fn filters_of_the_hub_count() {
    for build in [peered, transit] {
        let mut world = build();
        world.set("hub-groups", INGRESS, json!([rule("tcp", Some((443, 443)), &["10.9.0.0/16"])]));
        let trace = world.blocked_by("network.endpoint-sg-ingress-blocked");
        assert!(
            matches!(&trace.faults[0].kind, FaultKind::EndpointSgIngressBlocked { endpoint, groups, .. }
            if endpoint.as_str() == "vpce-hub" && groups == &["sg-hub".into()])
        );
        // The group of an endpoint names another group: the caller is not in it.
        world.set("hub-groups", INGRESS, naming("sg-hub"));
        world.blocked_by("network.endpoint-sg-ingress-blocked");
        let mut world = build();
        let deny = acl_entry(50, true, "deny", "10.0.0.0/16", "6", Some((1024, 65_535)));
        world.push("hub-acls", "/NetworkAcls/0/Entries", deny);
        world.blocked_by("network.acl-outbound-blocked");
    }
}

#[test]
fn a_group_is_named_over_peering_and_perhaps_over_a_transit_gateway() {
    let mut world = peered();
    world.set("hub-groups", INGRESS, naming("sg-task"));
    world.reachable();
    let mut world = transit();
    world.set("hub-groups", INGRESS, naming("sg-task"));
    world.unknown();
}

#[test]
fn a_rule_of_the_caller_names_a_group_next_door_over_peering_only() {
    const EGRESS: &str = "/SecurityGroups/0/IpPermissionsEgress";
    let mut world = peered();
    world.set("groups", EGRESS, naming("sg-hub"));
    world.reachable();
    let mut other = world.clone();
    other.set("groups", EGRESS, naming("sg-other"));
    other.blocked_by("network.sg-egress-blocked");
    // Who stands there was not pasted.
    world.drop("hub-interfaces");
    world.set("hub-endpoints", "/VpcEndpoints/0/Groups", json!([]));
    world.unknown();
    let mut world = transit();
    world.set("groups", EGRESS, naming("sg-hub"));
    world.blocked_by("network.sg-egress-blocked");
}

#[test]
fn a_transit_gateway_s_route_by_a_prefix_list_takes_its_entries() {
    let by_list = |entries: &[&str]| {
        let mut world = transit();
        let mut listed = hop("", HUB, "active");
        listed["Type"] = json!("static");
        listed.as_object_mut().unwrap().remove("DestinationCidrBlock");
        listed["PrefixListId"] = json!("pl-hub");
        world.put("spoke-routes", &search("tgw-rtb-spokes"), routes(&[listed]));
        let entries: Vec<Value> = entries.iter().map(|cidr| json!({"Cidr": cidr})).collect();
        let command = "ec2 get-managed-prefix-list-entries --prefix-list-id pl-hub";
        world.put("entries", command, json!({"Entries": entries}));
        world
    };
    by_list(&["10.9.0.0/16"]).reachable();
    by_list(&["10.8.0.0/16"]).blocked_by("network.no-route");
    let mut world = by_list(&["10.9.0.0/16"]);
    world.drop("entries");
    assert!(asks(&world.unknown(), Operation::Ec2GetManagedPrefixListEntries));
    // A static route wins over the list, the list over a propagated route.
    let mut world = by_list(&["10.9.0.0/16"]);
    world.push("spoke-routes", "/Routes", hop("10.9.0.0/16", "vpc-inspection", "blackhole"));
    world.reachable();
    world.set("spoke-routes", "/Routes/1/Type", json!("static"));
    world.blocked_by("network.blackhole-route");
}

#[test]
fn what_a_zone_leads_to_is_asked_for_with_what_the_routes_lead_to() {
    let mut world = peered();
    for output in ["records", "hub-endpoints", "hub-interfaces", "hub-groups", "hub-acls", "hub-tables"] {
        world.drop(output);
    }
    let trace = world.unknown();
    for operation in [
        Operation::Route53ListResourceRecordSets,
        Operation::Ec2DescribeNetworkInterfaces,
        Operation::Ec2DescribeSecurityGroups,
        Operation::Ec2DescribeNetworkAcls,
        Operation::Ec2DescribeRouteTables,
    ] {
        assert!(asks(&trace, operation), "{operation:?} {trace:#?}");
    }
    world.drop("peering");
    assert!(asks(&world.unknown(), Operation::Ec2DescribeVpcPeeringConnections));
    // The zone names an endpoint that stands somewhere else.
    let mut world = peered();
    world.drop("hub-endpoints");
    assert!(world.unknown().needs.iter().any(|need| matches!(need, Need::Call(call)
        if call.operation == Operation::Ec2DescribeVpcEndpoints && format!("{call:?}").contains("vpce-hub"))));
}

#[test]
fn an_endpoint_of_the_hub_does_not_stand_in_the_caller_s_vpc() {
    let mut world = peered();
    world.set(
        "groups",
        "/SecurityGroups/0/IpPermissionsEgress",
        json!([rule("tcp", Some((443, 443)), &["10.9.0.0/16"])]),
    );
    world.reachable();
    world.drop("hub-interfaces");
    let trace = world.unknown();
    assert!(
        asks(&trace, Operation::Ec2DescribeNetworkInterfaces) && asks(&trace, Operation::Ec2DescribeSecurityGroups),
        "{trace:#?}"
    );
}

#[test]
fn the_answer_must_come_back_the_same_way() {
    for build in [peered, transit] {
        let mut world = build();
        world.put(
            "hub-tables",
            "ec2 describe-route-tables --filters Name=vpc-id,Values=vpc-hub",
            hub_table(json!([hub_local()])),
        );
        world.blocked_by("network.no-route");
        // By another way it may still arrive.
        world.push("hub-tables", "/RouteTables/0/Routes", route("10.0.0.0/8", "GatewayId", "vgw-1"));
        world.unknown();
        let mut world = build();
        world.set("hub-tables", "/RouteTables/0/Routes/1/State", json!("blackhole"));
        world.blocked_by("network.blackhole-route");
    }
    let mut world = transit();
    world.put("hub-routes", &search("tgw-rtb-hub"), routes(&[]));
    world.blocked_by("network.no-route");
    world.put(
        "hub-routes",
        &search("tgw-rtb-hub"),
        routes(&[hop("10.0.0.0/16", VPC, "blackhole")]),
    );
    world.blocked_by("network.blackhole-route");
    world.put(
        "hub-routes",
        &search("tgw-rtb-hub"),
        routes(&[hop("10.0.0.0/16", "vpc-inspection", "active")]),
    );
    world.unknown();
}

#[test]
fn borders_of_the_attachments_subnets_are_passed_only_where_all_is_let_through() {
    let mut world = transit();
    world.set(
        "vpc-attachments",
        "/TransitGatewayVpcAttachments/1/SubnetIds",
        json!(["subnet-attachment"]),
    );
    assert!(asks(&world.unknown(), Operation::Ec2DescribeSubnets));
    let subnet = |id: &str| json!({"SubnetId": id, "VpcId": HUB, "OwnerId": ACCOUNT, "AvailabilityZone": "us-east-1c"});
    world.put(
        "hub-subnets",
        "ec2 describe-subnets --filters Name=vpc-id,Values=vpc-hub",
        json!({"Subnets": [subnet(THERE), subnet("subnet-attachment")]}),
    );
    assert!(asks(&world.unknown(), Operation::Ec2DescribeNetworkAcls));
    world.push(
        "hub-acls",
        "/NetworkAcls",
        of_hub(acl("acl-attachment", &["subnet-attachment"], open_entries())),
    );
    world.reachable();
    world.set("hub-acls", "/NetworkAcls/1/Entries/0/RuleAction", json!("deny"));
    world.unknown();
}

#[test]
fn what_was_not_pasted_of_the_hub_is_asked_for() {
    for (output, operation) in [
        ("peering", Operation::Ec2DescribeVpcPeeringConnections),
        ("hub-groups", Operation::Ec2DescribeSecurityGroups),
        ("hub-acls", Operation::Ec2DescribeNetworkAcls),
        ("hub-tables", Operation::Ec2DescribeRouteTables),
    ] {
        let mut world = peered();
        world.drop(output);
        assert!(asks(&world.unknown(), operation), "{output}");
    }
    for (output, operation) in [
        ("attachments", Operation::Ec2DescribeTransitGatewayAttachments),
        ("vpc-attachments", Operation::Ec2DescribeTransitGatewayVpcAttachments),
        ("spoke-routes", Operation::Ec2SearchTransitGatewayRoutes),
        ("hub-routes", Operation::Ec2SearchTransitGatewayRoutes),
    ] {
        let mut world = transit();
        world.drop(output);
        assert!(asks(&world.unknown(), operation), "{output}");
    }
    // Another account's outputs are asked of it.
    let mut world = peered();
    world.set("peering", "/VpcPeeringConnections/0/AccepterVpcInfo/OwnerId", json!("444455556666"));
    world.drop("hub-acls");
    let trace = world.unknown();
    assert!(trace.needs.iter().any(|need| matches!(need, Need::Call(call)
        if call.operation == Operation::Ec2DescribeNetworkAcls && call.account.as_deref() == Some("444455556666"))));
}

#[test]
fn a_hub_in_another_region_stays_opaque() {
    let mut world = peered();
    world.set("peering", "/VpcPeeringConnections/0/AccepterVpcInfo/Region", json!("eu-west-1"));
    world.unknown();
}

#[test]
fn the_callers_listing_says_nothing_of_the_hubs_tables() {
    // The hub's subnet uses its main table, which alone was pasted: an association may stand in another one.
    let mut world = peered();
    world.set("hub-tables", "/RouteTables/0/Associations/0", main_table());
    world.reachable();
    world.put(
        "hub-tables",
        "ec2 describe-route-tables --route-table-ids rtb-hub",
        hub_table(json!([hub_local(), route("10.0.0.0/16", "VpcPeeringConnectionId", "pcx-1")])),
    );
    world.set("hub-tables", "/RouteTables/0/Associations/0", main_table());
    world.unknown();
}

#[test]
fn an_endpoint_of_the_hub_that_is_gone_carries_nothing() {
    let mut world = peered();
    world.set("hub-endpoints", "/VpcEndpoints/0/State", json!("rejected"));
    world.blocked_by("endpoint.not-available");
    world.set("hub-endpoints", "/VpcEndpoints/0/State", json!("pending"));
    world.unknown();
}

#[test]
fn the_outputs_cited_suffice_and_none_is_cited_in_vain() {
    for (build, fault) in [(peered as fn() -> World, false), (peered, true), (transit, false), (transit, true)] {
        let mut world = build();
        if fault {
            world.set("hub-groups", INGRESS, json!([]));
        }
        let trace = world.walk();
        let names: Vec<String> = world.outputs.keys().cloned().collect();
        let cited = |name: &str| trace.evidence.iter().any(|at| names[at.document.0 as usize] == name);
        let mut least = world.clone();
        least.outputs.retain(|name, _| cited(name));
        assert_eq!(least.walk().verdict, trace.verdict);
        for name in least.outputs.keys() {
            let mut without = least.clone();
            without.drop(name);
            let walked = without.walk();
            let assumed = walked.assumes.len() > trace.assumes.len();
            assert!(walked.verdict == Reach::Unknown || assumed, "{name} is cited in vain");
        }
    }
}
