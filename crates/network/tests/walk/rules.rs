//! Rules of AWS's documentation that the codes' own tests leave out.

use crate::world::*;
use network::{Check, Direction, HopKind, Place, PublicAddress, Reach, RuleRef, Trace};
use serde_json::{Value, json};

const EGRESS: &str = "/SecurityGroups/0/IpPermissionsEgress";

/// A NAT gateway in the task's own subnet.
fn nat_beside() -> World {
    let mut world = World::new(Way::Nat);
    world.set("nats", "/NatGateways/0/SubnetId", json!(TASK)).set(
        "tables",
        "/RouteTables/0/Routes",
        json!([
            local(),
            route("0.0.0.0/1", "NatGatewayId", "nat-1"),
            route("128.0.0.0/1", "NatGatewayId", "nat-1"),
            route("0.0.0.0/0", "GatewayId", "igw-1")
        ]),
    );
    world
}

fn steps(trace: &Trace, check: Check) -> Vec<&network::Step> {
    trace
        .hops
        .iter()
        .flat_map(|hop| &hop.steps)
        .filter(|step| step.check == check)
        .collect()
}

#[test]
fn a_packet_to_a_nat_gateway_in_the_same_subnet_crosses_no_border() {
    // The routes of both lead to the NAT gateway and not back: nothing is proven but that the loop does not lead out.
    let world = nat_beside();
    let trace = world.blocked_by("network.nat-no-internet-route");
    assert_eq!(steps(&trace, Check::AclAnswerIn).len(), 1, "{trace:#?}");
    // Answers come to the gateway's ports; the task's own are not asked of the ACL.
    let mut world = nat_beside();
    world.set(
        "tables",
        "/RouteTables/0/Routes",
        json!([local(), route("0.0.0.0/0", "NatGatewayId", "nat-1")]),
    );
    world.set(
        "acls",
        "/NetworkAcls/0/Entries",
        json!([
            acl_entry(100, true, "allow", "0.0.0.0/0", "-1", None),
            acl_entry(100, false, "allow", "0.0.0.0/0", "6", Some((1024, 32767)))
        ]),
    );
    let trace = world.walk();
    assert_eq!(fails(&trace), ["network.nat-no-internet-route"], "{trace:#?}");
}

#[test]
fn an_acl_that_refuses_cites_the_entry() {
    let cited = |entry: Value| {
        let mut world = World::new(Way::Nat);
        world.push("acls", "/NetworkAcls/0/Entries", entry);
        let trace = world.blocked_by("network.acl-outbound-blocked");
        let pointers: Vec<String> = trace.evidence.iter().map(|at| at.pointer.to_string()).collect();
        pointers
    };
    let pointers = cited(acl_entry(50, true, "deny", "0.0.0.0/0", "6", Some((443, 443))));
    assert!(pointers.contains(&"/NetworkAcls/0/Entries/4".to_owned()), "{pointers:?}");
    let mut world = World::new(Way::Nat);
    world.set("acls", "/NetworkAcls/0/Entries/0/Protocol", json!("17"));
    let trace = world.blocked_by("network.acl-outbound-blocked");
    assert!(
        trace.evidence.iter().any(|at| at.pointer.to_string() == "/NetworkAcls/0/Entries/1"),
        "{trace:#?}"
    );
}

#[test]
fn an_acl_that_lets_pass_names_the_entry_that_does() {
    let trace = World::new(Way::Nat).reachable();
    let rules: Vec<&RuleRef> = steps(&trace, Check::AclRequestOut).iter().map(|step| &step.rule).collect();
    assert_eq!(
        rules.first(),
        Some(&&RuleRef::AclEntry {
            acl: "acl-task".into(),
            number: Some(100)
        }),
        "{trace:#?}"
    );
}

#[test]
fn the_witness_of_a_nat_gateways_acl_is_the_gateways_packet() {
    let mut world = World::new(Way::Nat);
    world.push(
        "acls",
        "/NetworkAcls/1/Entries",
        acl_entry(10, true, "deny", "0.0.0.0/0", "6", Some((443, 443))),
    );
    let trace = world.blocked_by("network.acl-outbound-blocked");
    let witness = trace.witness.unwrap();
    assert_eq!(witness.source, Place::Address("10.0.0.9".parse().unwrap()), "{witness:#?}");
    // The answer comes back to it as well.
    let mut world = World::new(Way::Nat);
    world.push(
        "acls",
        "/NetworkAcls/1/Entries",
        acl_entry(10, false, "deny", "0.0.0.0/0", "6", Some((1024, 65535))),
    );
    let witness = world.blocked_by("network.acl-inbound-blocked").witness.unwrap();
    assert_eq!(
        (witness.destination, witness.direction),
        (Place::Address("10.0.0.9".parse().unwrap()), Direction::Answer)
    );
    // Its address and its subnet were not pasted: it is somewhere in the VPC, and not the task.
    world.set("nats", "/NatGateways/0/NatGatewayAddresses", json!([]));
    world.drop("subnets");
    let witness = world.blocked_by("network.acl-inbound-blocked").witness.unwrap();
    assert_eq!(witness.destination, Place::Ranges(vec!["10.0.0.0/16".parse().unwrap()]));
    // What enters the gateway's subnet is still the task's.
    let mut world = World::new(Way::Nat);
    world.push(
        "acls",
        "/NetworkAcls/1/Entries",
        acl_entry(10, false, "deny", "10.0.10.0/24", "6", Some((443, 443))),
    );
    let witness = world.blocked_by("network.acl-inbound-blocked").witness.unwrap();
    assert_eq!(witness.source, Place::Address("10.0.10.20".parse().unwrap()));
}

#[test]
fn a_private_nat_gateway_fails_only_where_it_leads_to_an_internet_gateway_or_nowhere() {
    let private = |routes: Value| {
        let mut world = World::new(Way::Nat);
        world.set("nats", "/NatGateways/0/ConnectivityType", json!("private"));
        world.set("tables", "/RouteTables/1/Routes", routes);
        world
    };
    private(json!([local(), route("0.0.0.0/0", "GatewayId", "igw-1")])).blocked_by("network.nat-private");
    private(json!([local()])).blocked_by("network.nat-private");
    private(json!([local(), route("0.0.0.0/0", "NatGatewayId", "nat-1")])).blocked_by("network.nat-private");
    private(json!([local(), route("0.0.0.0/0", "TransitGatewayId", "tgw-1")])).unknown();
    // Another NAT gateway, public itself.
    private(json!([local(), route("0.0.0.0/0", "NatGatewayId", "nat-2")])).unknown();
    // A partner's range by the transit gateway is no way to AWS.
    private(json!([
        local(),
        route("0.0.0.0/0", "GatewayId", "igw-1"),
        route("52.94.0.0/16", "TransitGatewayId", "tgw-1")
    ]))
    .blocked_by("network.nat-private");
}

#[test]
fn an_egress_exclusion_does_not_prove_that_no_other_covers_the_subnet() {
    let mut world = World::new(Way::Internet);
    world.set(
        "bpa",
        "/VpcBlockPublicAccessOptions/InternetGatewayBlockMode",
        json!("block-ingress"),
    );
    let exclusion = |id: &str, arn: &str, mode: &str| {
        json!({"ExclusionId": id, "ResourceArn": format!("arn:aws:ec2:us-east-1:{ACCOUNT}:{arn}"),
        "InternetGatewayExclusionMode": mode, "State": "create-complete"})
    };
    let list = |items: Value| json!({"VpcBlockPublicAccessExclusions": items});
    let one = exclusion("x-1", "subnet/subnet-public", "allow-egress");
    world.put(
        "exclusions",
        "ec2 describe-vpc-block-public-access-exclusions",
        list(json!([one.clone()])),
    );
    world.blocked_by("network.public-access-blocked");
    // Asked for that one alone.
    world.put(
        "exclusions",
        "ec2 describe-vpc-block-public-access-exclusions --exclusion-ids x-1",
        list(json!([one.clone()])),
    );
    world.unknown();
    world.put(
        "exclusions",
        "ec2 describe-vpc-block-public-access-exclusions",
        list(json!([one, exclusion("x-2", "vpc/vpc-1", "allow-bidirectional")])),
    );
    world.reachable();
}

#[test]
fn an_available_endpoint_takes_the_name_whatever_another_is_doing() {
    for order in [["vpce-a", "vpce-b"], ["vpce-b", "vpce-a"]] {
        let mut world = World::new(Way::Endpoints);
        let mut leaving = endpoint(order[0], "ecr.api", &[OTHER]);
        leaving["State"] = json!("deleting");
        world.set(
            "endpoints",
            "/VpcEndpoints",
            json!([
                leaving,
                endpoint(order[1], "ecr.api", &[OTHER]),
                endpoint("vpce-dkr", "ecr.dkr", &[OTHER])
            ]),
        );
        world.drop("interfaces");
        world.reachable();
    }
}

#[test]
fn a_stale_reference_matches_nothing() {
    // A private zone leads to a hub behind a peering connection; the task's group names a group of the hub.
    let mut world = World::new(Way::Nat);
    world.push(
        "tables",
        "/RouteTables/0/Routes",
        route("10.9.0.0/16", "VpcPeeringConnectionId", "pcx-1"),
    );
    world.put(
        "zones",
        "route53 list-hosted-zones-by-vpc --vpc-id vpc-1 --vpc-region us-east-1",
        json!({"HostedZoneSummaries": [
        {"HostedZoneId": "Z1", "Name": "api.ecr.us-east-1.amazonaws.com.", "Owner": {"OwningAccount": ACCOUNT}}]}),
    );
    world.put(
        "records",
        "route53 list-resource-record-sets --hosted-zone-id Z1",
        json!({"ResourceRecordSets": [
        {"Name": "api.ecr.us-east-1.amazonaws.com.", "Type": "A", "ResourceRecords": [{"Value": "10.9.1.5"}]}]}),
    );
    let pair = |status: &str| {
        let mut rule = rule("tcp", Some((443, 443)), &[]);
        rule["UserIdGroupPairs"] = json!([{"GroupId": "sg-hub", "UserId": ACCOUNT, "VpcId": "vpc-hub", "VpcPeeringConnectionId": "pcx-1", "PeeringStatus": status}]);
        json!([rule])
    };
    world.set("groups", EGRESS, pair("active"));
    world.unknown();
    world.set("groups", EGRESS, pair("deleted"));
    world.blocked_by("network.sg-egress-blocked");
}

#[test]
fn an_internet_gateway_drops_what_is_addressed_to_private_ranges() {
    let hub = |way: Way, route_to: Option<Value>| {
        let mut world = World::new(way);
        world.target.quoted_address = Some("10.9.1.5".parse().unwrap());
        if let Some(extra) = route_to {
            let table = if way == Way::Internet { 1 } else { 0 };
            world.push("tables", &format!("/RouteTables/{table}/Routes"), extra);
        }
        world
    };
    hub(Way::Internet, None).blocked_by("network.no-route");
    hub(Way::Internet, Some(route("10.9.0.0/16", "TransitGatewayId", "tgw-1"))).unknown();
    // A public NAT gateway whose subnet leads to the internet gateway only.
    hub(Way::Nat, None).blocked_by("network.no-route");
    let mut world = hub(Way::Nat, None);
    world.push("tables", "/RouteTables/1/Routes", route("10.9.0.0/16", "TransitGatewayId", "tgw-1"));
    world.unknown();
}

#[test]
fn local_routes_tell_the_vpcs_ranges() {
    let mut world = World::new(Way::Endpoints);
    world.drop("vpcs").drop("dhcp");
    world.target.quoted_address = Some("10.0.20.5".parse().unwrap());
    world.reachable();
}

#[test]
fn dns64_leads_through_the_nat_gateway_to_ipv4() {
    let mut world = crate::more::v6_world();
    world.target.dual_stack = Some(false);
    world.set("subnets", "/Subnets/0/EnableDns64", json!(true));
    // What comes from the task is still IPv6.
    world.push("tables", "/RouteTables/0/Routes", route("64:ff9b::/96", "NatGatewayId", "nat-1"));
    let trace = world.walk();
    assert!(fails(&trace).contains(&"network.acl-inbound-blocked"), "{trace:#?}");
    for egress in [true, false] {
        world.push(
            "acls",
            "/NetworkAcls/1/Entries",
            json!({"RuleNumber": 101, "Egress": egress, "RuleAction": "allow", "Ipv6CidrBlock": "::/0", "Protocol": "-1"}),
        );
    }
    world.reachable();
    let mut world2 = world.clone();
    world2.push(
        "acls",
        "/NetworkAcls/1/Entries",
        acl_entry(10, true, "deny", "0.0.0.0/0", "6", Some((443, 443))),
    );
    world2.blocked_by("network.acl-outbound-blocked");
    let mut world3 = world.clone();
    world3.set("tables", "/RouteTables/1/Routes", json!([local()]));
    world3.blocked_by("network.nat-no-internet-route");
}

#[test]
fn a_group_known_to_be_dissociated_from_the_vpc_proves_nothing() {
    let mut world = World::new(Way::Nat);
    world.set("groups", "/SecurityGroups/0/VpcId", json!("vpc-owner"));
    let listed = |state: &str| json!({"SecurityGroupVpcAssociations": [{"GroupId": "sg-task", "VpcId": VPC, "VpcOwnerId": ACCOUNT, "State": state}]});
    world.reachable();
    world.put("shared", "ec2 describe-security-group-vpc-associations", listed("associated"));
    world.reachable();
    world.put("shared", "ec2 describe-security-group-vpc-associations", listed("disassociating"));
    world.unknown();
}

#[test]
fn an_endpoint_that_answers_with_the_other_family_is_no_way() {
    let mut world = World::new(Way::Endpoints);
    let with = |records: &str| {
        let mut endpoint = endpoint("vpce-api", "ecr.api", &[OTHER]);
        endpoint["IpAddressType"] = json!("dualstack");
        endpoint["DnsOptions"] = json!({"DnsRecordIpType": records});
        endpoint
    };
    world.set("endpoints", "/VpcEndpoints/0", with("dualstack"));
    world.reachable();
    world.set("endpoints", "/VpcEndpoints/0", with("ipv6"));
    world.unknown();
}

#[test]
fn an_endpoint_listed_without_groups_is_judged_by_its_interfaces() {
    let mut world = World::new(Way::Endpoints);
    world.set("endpoints", "/VpcEndpoints/0/Groups", json!([]));
    world.reachable();
    world.drop("interfaces");
    world.unknown();
}

#[test]
fn a_public_name_server_needs_a_public_address_behind_an_internet_gateway() {
    let mut world = World::new(Way::Internet);
    world.set("dhcp", "/DhcpOptions/0/DhcpConfigurations/0/Values", json!([{"Value": "8.8.8.8"}]));
    world.reachable();
    world.caller.public_ip = PublicAddress::Absent;
    assert_eq!(world.walk().verdict, Reach::Blocked);
}

#[test]
fn hops_name_what_stands_on_the_way_in_order() {
    let kinds: Vec<HopKind> = World::new(Way::Nat).reachable().hops.iter().map(|hop| hop.kind).collect();
    let at = |kind: HopKind| kinds.iter().position(|one| *one == kind);
    assert!(at(HopKind::Dns) < at(HopKind::SecurityGroup), "{kinds:?}");
    assert!(at(HopKind::SecurityGroup) < at(HopKind::NetworkAcl), "{kinds:?}");
    assert!(at(HopKind::NetworkAcl) < at(HopKind::NatGateway), "{kinds:?}");
}

#[test]
fn an_endpoint_that_was_not_pasted_may_take_the_name_before_a_shorter_zone() {
    let mut world = World::new(Way::Nat);
    world.put(
        "zones",
        "route53 list-hosted-zones-by-vpc --vpc-id vpc-1 --vpc-region us-east-1",
        json!({"HostedZoneSummaries": [
        {"HostedZoneId": "Z1", "Name": "amazonaws.com.", "Owner": {"OwningAccount": ACCOUNT}}]}),
    );
    world.put(
        "records",
        "route53 list-resource-record-sets --hosted-zone-id Z1",
        json!({"ResourceRecordSets": []}),
    );
    world.blocked_by("dns.private-zone-shadows");
    world.drop("endpoints");
    world.unknown();
}

#[test]
fn a_customer_s_prefix_list_may_lead_to_a_firewall_endpoint() {
    let mut world = World::new(Way::Nat);
    world.push("tables", "/RouteTables/0/Routes", route("pl-mine", "GatewayId", "vpce-firewall"));
    world.put(
        "entries",
        "ec2 get-managed-prefix-list-entries --prefix-list-id pl-mine",
        json!({"Entries": [{"Cidr": "54.0.0.0/8"}]}),
    );
    // It is no gateway endpoint, which would carry the calls.
    world.unknown();
    // Unless an output says that it is one.
    world.push("endpoints", "/VpcEndpoints", {
        let mut gateway = gateway_endpoint(&["rtb-task"]);
        gateway["VpcEndpointId"] = json!("vpce-firewall");
        gateway["VpcEndpointType"] = json!("GatewayLoadBalancer");
        gateway["ServiceName"] = json!("com.amazonaws.vpce.us-east-1.vpce-svc-1");
        gateway
    });
    world.unknown();
}
