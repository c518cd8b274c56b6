//! Every `dns.*` code: the fault, a near miss, and the evidence that is missing.

use crate::world::*;
use network::{Reach, RuleRef, Severity, Via};
use serde_json::{Value, json};
use snapshot::Assumption;

fn servers(world: &mut World, list: &[&str]) {
    let values: Vec<Value> = list.iter().map(|server| json!({"Value": server})).collect();
    world.set("dhcp", "/DhcpOptions/0/DhcpConfigurations/0/Values", json!(values));
}

fn with_nat(mut world: World) -> World {
    world.set(
        "tables",
        "/RouteTables/0/Routes",
        json!([local(), route("0.0.0.0/0", "NatGatewayId", "nat-1")]),
    );
    world
}

#[test]
fn support_disabled() {
    for way in [Way::Nat, Way::Endpoints] {
        World::new(way)
            .set("support", "/EnableDnsSupport/Value", json!(false))
            .blocked_by("dns.support-disabled");
        let trace = World::new(way).drop("support").reachable();
        assert_eq!(trace.assumes, [Assumption::DnsSupportOn { vpc: VPC.to_owned() }]);
        // A fault never rests on a default: who is asked was not pasted.
        let mut world = World::new(way);
        world.set("support", "/EnableDnsSupport/Value", json!(false)).drop("dhcp");
        world.unknown();
    }
}

#[test]
fn whether_servers_can_be_asked_is_decided_by_every_route_that_may_take_the_question() {
    let mut world = World::new(Way::Nat);
    servers(&mut world, &["10.9.0.2"]);
    let mut dead = route("10.9.0.0/16", "TransitGatewayId", "tgw-1");
    dead["State"] = json!("blackhole");
    world.push("tables", "/RouteTables/0/Routes", dead);
    world.blocked_by("dns.custom-server-port-blocked");
    // A list that was not pasted may hold the server.
    world.push("tables", "/RouteTables/0/Routes", route("pl-unknown", "TransitGatewayId", "tgw-2"));
    world.unknown();
}

#[test]
fn hostnames_disabled() {
    let mut world = World::new(Way::Endpoints);
    world.set("hostnames", "/EnableDnsHostnames/Value", json!(false));
    world.blocked_by("dns.hostnames-disabled");
    // Public S3 names need only DNS support.
    world.to("s3");
    world.reachable();
    // It works where the public path works.
    let mut world = with_nat(World::new(Way::Endpoints));
    world.set("hostnames", "/EnableDnsHostnames/Value", json!(false));
    assert_eq!(world.reachable().via, Some(Via::NatGateway));
    let trace = World::new(Way::Endpoints).drop("hostnames").reachable();
    assert_eq!(trace.assumes, [Assumption::DnsHostnamesOn { vpc: VPC.to_owned() }]);
}

#[test]
fn a_block_never_rests_on_a_default() {
    let mut world = with_nat(World::new(Way::Endpoints));
    world.set("groups", "/SecurityGroups/1/IpPermissions", json!([]));
    world.blocked_by("network.endpoint-sg-ingress-blocked");
    let mut other = world.clone();
    other.drop("hostnames");
    let trace = other.unknown();
    assert_eq!(codes(&trace, Severity::Unknown), ["network.endpoint-sg-ingress-blocked"]);
    let mut other = world.clone();
    other.drop("dhcp");
    other.unknown();
    // Where no public path is there, both worlds block.
    let mut world = World::new(Way::Endpoints);
    world
        .set("groups", "/SecurityGroups/1/IpPermissions", json!([]))
        .drop("hostnames")
        .drop("dhcp");
    let trace = world.walk();
    assert_eq!(trace.verdict, Reach::Blocked, "{trace:#?}");
    assert!(trace.assumes.iter().all(|assumption| !assumption.is_default()), "{trace:#?}");
}

#[test]
fn amazons_own_server_by_any_name_needs_no_rule() {
    for list in [["10.0.0.2"].as_slice(), &["169.254.169.253"], &["AmazonProvidedDNS"]] {
        let mut world = World::new(Way::Nat);
        servers(&mut world, list);
        world.set(
            "groups",
            "/SecurityGroups/0/IpPermissionsEgress",
            json!([rule("tcp", Some((443, 443)), &["0.0.0.0/0"])]),
        );
        world.reachable();
    }
}

#[test]
fn custom_server_port_blocked() {
    let mut world = World::new(Way::Nat);
    servers(&mut world, &["10.0.0.53"]);
    let trace = world.walk();
    assert_eq!(
        (trace.verdict, codes(&trace, Severity::Warn)),
        (Reach::Reachable, vec!["dns.custom-server"]),
        "{trace:#?}"
    );
    let https = rule("tcp", Some((443, 443)), &["0.0.0.0/0"]);
    world.set("groups", "/SecurityGroups/0/IpPermissionsEgress", json!([https.clone()]));
    world.blocked_by("dns.custom-server-port-blocked");
    // TCP 53 alone blocked.
    world.set(
        "groups",
        "/SecurityGroups/0/IpPermissionsEgress",
        json!([https.clone(), rule("udp", Some((53, 53)), &["10.0.0.53/32"])]),
    );
    let trace = world.walk();
    assert_eq!(
        codes(&trace, Severity::Warn),
        ["dns.custom-server", "dns.custom-server-port-blocked"]
    );
    // One of two is enough.
    servers(&mut world, &["10.9.9.9", "10.0.0.53"]);
    assert_eq!(world.walk().verdict, Reach::Reachable);
    // No route to it.
    world.set("groups", "/SecurityGroups/0/IpPermissionsEgress", json!([any_rule()]));
    servers(&mut world, &["10.9.9.9"]);
    world.set("tables", "/RouteTables/0/Routes/1", route("54.0.0.0/8", "NatGatewayId", "nat-1"));
    world.blocked_by("dns.custom-server-port-blocked");
    let mut world = World::new(Way::Nat);
    servers(&mut world, &["10.0.0.53"]);
    world.drop("groups");
    world.unknown();
    // The quoted address proves that the name resolved.
    let mut world = World::new(Way::Nat);
    servers(&mut world, &["10.0.0.53"]);
    world.set("groups", "/SecurityGroups/0/IpPermissionsEgress", json!([https]));
    world.target.quoted_address = Some("52.94.0.1".parse().unwrap());
    world.reachable();
}

#[test]
fn custom_server() {
    let mut world = World::new(Way::Endpoints);
    servers(&mut world, &["10.0.0.53"]);
    let trace = world.unknown();
    assert!(codes(&trace, Severity::Unknown).contains(&"dns.custom-server"), "{trace:#?}");
    // Amazon's and others mixed: any may be asked.
    servers(&mut world, &["AmazonProvidedDNS", "10.0.0.53"]);
    world.unknown();
    // Both paths work.
    let mut world = with_nat(World::new(Way::Endpoints));
    servers(&mut world, &["10.0.0.53"]);
    let trace = world.reachable();
    assert_eq!(codes(&trace, Severity::Warn), ["dns.custom-server"]);
}

pub(crate) fn zone(world: &mut World, name: &str, records: Option<Value>) {
    world.put(
        "zones",
        "route53 list-hosted-zones-by-vpc --vpc-id vpc-1 --vpc-region us-east-1",
        json!({"HostedZoneSummaries": [
        {"HostedZoneId": "Z1", "Name": format!("{name}."), "Owner": {"OwningAccount": ACCOUNT}}]}),
    );
    if let Some(records) = records {
        world.put(
            "records",
            "route53 list-resource-record-sets --hosted-zone-id Z1",
            json!({"ResourceRecordSets": records}),
        );
    }
}

#[test]
fn private_zone_shadows() {
    let soa = json!({"Name": "ecr.us-east-1.amazonaws.com.", "Type": "SOA", "ResourceRecords": [{"Value": "ns"}]});
    let mut world = World::new(Way::Nat);
    zone(&mut world, "ecr.us-east-1.amazonaws.com", Some(json!([soa.clone()])));
    let no_answer = RuleRef::State("no answer".to_owned());
    let trace = world.blocked_by("dns.private-zone-shadows");
    assert_eq!(trace.witness.map(|witness| witness.rule), Some(no_answer.clone()));
    // The name is there without an IPv4 address: it exists.
    let v6 = json!({"Name": "api.ecr.us-east-1.amazonaws.com.", "Type": "AAAA", "ResourceRecords": [{"Value": "2600:1f18::1"}]});
    zone(&mut world, "ecr.us-east-1.amazonaws.com", Some(json!([soa.clone(), v6])));
    let trace = world.blocked_by("dns.private-zone-shadows");
    assert_eq!(trace.witness.map(|witness| witness.rule), Some(no_answer));
    // The zone alone does not say what it answers.
    world.drop("records");
    let trace = world.unknown();
    assert_eq!(codes(&trace, Severity::Unknown), ["dns.private-zone-shadows"]);
    // Another zone.
    let mut world = World::new(Way::Nat);
    zone(&mut world, "ecr.eu-west-1.amazonaws.com", Some(json!([soa.clone()])));
    world.reachable();
    // The endpoint's own zone is more specific.
    let mut world = World::new(Way::Endpoints);
    zone(&mut world, "ecr.us-east-1.amazonaws.com", Some(json!([soa.clone()])));
    world.reachable();
    // Without host names no private zone counts.
    let mut world = World::new(Way::Nat);
    zone(&mut world, "ecr.us-east-1.amazonaws.com", Some(json!([soa.clone()])));
    world.set("hostnames", "/EnableDnsHostnames/Value", json!(false));
    world.reachable();
    // It answers with an endpoint of the same VPC, or a hub's.
    let record = |address: &str| json!([soa.clone(), {"Name": "\\052.ecr.us-east-1.amazonaws.com.", "Type": "A", "ResourceRecords": [{"Value": address}]}]);
    let mut world = World::new(Way::Endpoints);
    zone(
        &mut world,
        "api.ecr.us-east-1.amazonaws.com",
        Some(json!([{"Name": "api.ecr.us-east-1.amazonaws.com.", "Type": "A", "ResourceRecords": [{"Value": "10.0.20.5"}]}])),
    );
    world.set("endpoints", "/VpcEndpoints/0/PrivateDnsEnabled", json!(false));
    world.reachable();
    let mut world = World::new(Way::Nat);
    zone(&mut world, "ecr.us-east-1.amazonaws.com", Some(record("10.9.0.5")));
    world.push("tables", "/RouteTables/0/Routes", route("10.9.0.0/16", "TransitGatewayId", "tgw-1"));
    let trace = world.unknown();
    assert_eq!(codes(&trace, Severity::Unknown), ["network.opaque-next-hop"]);
}
