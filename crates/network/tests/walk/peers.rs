//! Mistakes that other tools make on such evidence.

use crate::world::*;
use network::{FaultKind, Reach, Severity};
use serde_json::json;

#[test]
fn an_endpoint_in_more_subnets_than_the_task_is_not_missing() {
    let mut world = World::new(Way::Endpoints);
    world
        .set(
            "endpoints",
            "/VpcEndpoints/0",
            endpoint("vpce-api", "ecr.api", &[OTHER, PUBLIC, TASK]),
        )
        .drop("interfaces");
    world.reachable();
}

#[test]
fn ports_are_not_off_by_one() {
    let egress = "/SecurityGroups/0/IpPermissionsEgress";
    for (range, passes) in [((442, 443), true), ((443, 444), true), ((444, 500), false), ((0, 442), false)] {
        let mut world = World::new(Way::Nat);
        world.set("groups", egress, json!([rule("tcp", Some(range), &["0.0.0.0/0"])]));
        assert_eq!(
            world.walk().verdict,
            if passes { Reach::Reachable } else { Reach::Blocked },
            "{range:?}"
        );
    }
    let mut world = World::new(Way::Nat);
    world.set(
        "acls",
        "/NetworkAcls/0/Entries",
        json!([
            acl_entry(100, true, "allow", "0.0.0.0/0", "6", Some((443, 443))),
            acl_entry(100, false, "allow", "0.0.0.0/0", "6", Some((1024, 65535)))
        ]),
    );
    world.reachable();
}

#[test]
fn icmp_rules_are_not_read_as_ports() {
    let mut world = World::new(Way::Nat);
    world.set(
        "groups",
        "/SecurityGroups/0/IpPermissionsEgress",
        json!([
            rule("icmp", Some((-1, -1)), &["0.0.0.0/0"]),
            rule("icmp", Some((0, 65535)), &["0.0.0.0/0"])
        ]),
    );
    world.blocked_by("network.sg-egress-blocked");
    let mut world = World::new(Way::Nat);
    let mut ping = acl_entry(1, true, "deny", "0.0.0.0/0", "1", None);
    ping["IcmpTypeCode"] = json!({"Type": -1, "Code": -1});
    world.push("acls", "/NetworkAcls/0/Entries", ping);
    world.reachable();
}

#[test]
fn a_shared_vpc_is_not_a_missing_endpoint() {
    let mut world = World::new(Way::Nat);
    world.caller.account = Some("999988887777".to_owned());
    // Taken by the participant, who cannot see the owner's endpoints: no row of the owner.
    let trace = world.unknown();
    assert!(codes(&trace, Severity::Fail).is_empty());
    // The owner's own listing shows its rows.
    world.set(
        "endpoints",
        "/VpcEndpoints",
        json!([{"VpcEndpointId": "vpce-x", "VpcEndpointType": "Interface", "VpcId": VPC, "OwnerId": ACCOUNT,
        "ServiceName": "com.amazonaws.us-east-1.sts", "State": "available", "PrivateDnsEnabled": true}]),
    );
    world.reachable();
}

#[test]
fn an_s3_prefix_list_missed_in_the_egress_rules() {
    let vpc_only = json!([rule("tcp", Some((443, 443)), &["10.0.0.0/16"])]);
    let mut world = World::new(Way::Endpoints);
    world.set("groups", "/SecurityGroups/0/IpPermissionsEgress", vpc_only.clone());
    world.reachable();
    world.to("s3");
    let trace = world.blocked_by("network.sg-egress-blocked");
    assert!(
        trace
            .faults
            .iter()
            .any(|fault| matches!(fault.kind, FaultKind::SgEgressBlocked { prefix_list: true, .. })),
        "{trace:#?}"
    );
    let mut by_list = rule("tcp", Some((443, 443)), &["10.0.0.0/16"]);
    by_list["PrefixListIds"] = json!([{"PrefixListId": "pl-63a5400a"}]);
    world.set("groups", "/SecurityGroups/0/IpPermissionsEgress", json!([by_list]));
    world.reachable();
    // It is not ECR's.
    let mut world = World::new(Way::Nat);
    let mut by_list = rule("tcp", Some((443, 443)), &[]);
    by_list["PrefixListIds"] = json!([{"PrefixListId": "pl-63a5400a"}]);
    world.set("groups", "/SecurityGroups/0/IpPermissionsEgress", json!([by_list]));
    world.blocked_by("network.sg-egress-blocked");
}

#[test]
fn acl_ports_are_not_turned_round() {
    // What a widely copied page asks for: outbound ephemeral, inbound 443.
    let mut world = World::new(Way::Nat);
    world.set(
        "acls",
        "/NetworkAcls/0/Entries",
        json!([
            acl_entry(100, true, "allow", "0.0.0.0/0", "6", Some((1024, 65535))),
            acl_entry(100, false, "allow", "0.0.0.0/0", "6", Some((443, 443)))
        ]),
    );
    assert_eq!(
        fails(&world.walk()),
        ["network.acl-inbound-blocked", "network.acl-outbound-blocked"]
    );
}

#[test]
fn no_gateway_is_asked_for_where_endpoints_are_the_design() {
    let trace = World::new(Way::Endpoints).reachable();
    assert!(trace.faults.is_empty());
}

#[test]
fn customer_prefix_lists_count_by_their_entries() {
    let mut by_list = rule("tcp", Some((443, 443)), &[]);
    by_list["PrefixListIds"] = json!([{"PrefixListId": "pl-mine"}]);
    let mut world = World::new(Way::Nat);
    world.set("groups", "/SecurityGroups/0/IpPermissionsEgress", json!([by_list]));
    world.unknown();
    world.put(
        "entries",
        "ec2 get-managed-prefix-list-entries --prefix-list-id pl-mine",
        json!({"Entries": [{"Cidr": "0.0.0.0/1"}, {"Cidr": "128.0.0.0/1"}]}),
    );
    world.reachable();
    world.put(
        "entries",
        "ec2 get-managed-prefix-list-entries --prefix-list-id pl-mine",
        json!({"Entries": [{"Cidr": "10.0.0.0/8"}]}),
    );
    world.blocked_by("network.sg-egress-blocked");
    // Without the command: the only list of the case.
    world.anonymous("entries");
    world.blocked_by("network.sg-egress-blocked");
}

#[test]
fn ten_thousand_rules_and_a_thousand_routes_cost_no_more_than_a_look_each() {
    let many = |rules: u32, routes: u32| {
        let mut world = World::new(Way::Nat);
        let list: Vec<_> = (0..rules)
            .map(|n| {
                rule(
                    "tcp",
                    Some((443, 443)),
                    &[&format!("{}.{}.{}.0/24", 11 + n / 65536, (n / 256) % 256, n % 256)],
                )
            })
            .collect();
        world.set("groups", "/SecurityGroups/0/IpPermissionsEgress", json!(list));
        let mut all = vec![local(), route("0.0.0.0/0", "NatGatewayId", "nat-1")];
        all.extend((0..routes).map(|n| route(&format!("100.{}.{}.0/24", n / 256, n % 256), "NatGatewayId", "nat-1")));
        world.set("tables", "/RouteTables/0/Routes", json!(all));
        world.walk().examined
    };
    let (small, large) = (many(100, 10), many(10_000, 1_000));
    assert!(large < small * 110, "{small} {large}");
    assert!(large < 10 * (10_000 + 1_000), "{large}");
}
