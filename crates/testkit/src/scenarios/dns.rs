//! Name resolution.

use super::network::{VPC, case, secret_timeout};
use super::secret::about;
use crate::scenario::Said::{Cause, Silent, Unknown, Warn};
use crate::scenario::Scenario;
use crate::world::{Egress, World};
use serde_json::json;

fn lookup_failed() -> String {
    about(
        "RequestError: send request failed caused by: Post \"https://secretsmanager.us-east-1.amazonaws.com/\": dial tcp: lookup secretsmanager.us-east-1.amazonaws.com: no such host",
    )
}

fn endpoints() -> World {
    World::new(Egress::Endpoints, &secret_timeout())
}

fn servers(world: &mut World, servers: &[&str]) {
    let values: Vec<_> = servers.iter().map(|server| json!({"Value": server})).collect();
    world.set("describe-dhcp-options", "/DhcpOptions/0/DhcpConfigurations/1/Values", json!(values));
}

fn egress(world: &mut World, rules: serde_json::Value) {
    world.set("describe-security-groups", "/SecurityGroups/0/IpPermissionsEgress", rules);
}

fn https() -> serde_json::Value {
    json!({"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "0.0.0.0/0"}], "Ipv6Ranges": [], "PrefixListIds": [], "UserIdGroupPairs": []})
}

fn dns(protocol: &str) -> serde_json::Value {
    json!({"IpProtocol": protocol, "FromPort": 53, "ToPort": 53, "IpRanges": [{"CidrIp": "10.0.20.0/24"}], "Ipv6Ranges": [], "PrefixListIds": [], "UserIdGroupPairs": []})
}

fn zone(world: &mut World, name: &str) {
    world.put(
        "list-hosted-zones-by-vpc",
        &format!("route53 list-hosted-zones-by-vpc --vpc-id {VPC} --vpc-region us-east-1"),
        json!({"HostedZoneSummaries": [{"HostedZoneId": "Z0123456789ABCDEFGHIJ", "Name": name, "Owner": {"OwningAccount": crate::world::ACCOUNT}}], "MaxItems": "100"}),
    );
}

fn records(world: &mut World, name: &str) {
    world.put(
        "list-resource-record-sets",
        "route53 list-resource-record-sets --hosted-zone-id Z0123456789ABCDEFGHIJ",
        json!({"ResourceRecordSets": [{"Name": name, "Type": "NS", "TTL": 172_800, "ResourceRecords": [{"Value": "ns-0.awsdns-00.com."}]},
            {"Name": name, "Type": "SOA", "TTL": 900, "ResourceRecords": [{"Value": "ns-0.awsdns-00.com. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400"}]}]}),
    );
}

/// All scenarios of this area.
#[must_use]
pub(super) fn all() -> Vec<Scenario> {
    vec![
        case(
            "dns/support_disabled/fault",
            "root_cause",
            &[("dns.support-disabled", Cause)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &lookup_failed());
                world.set("describe-vpc-attribute-dns-support", "/EnableDnsSupport/Value", json!(false));
                world
            },
        ),
        case(
            "dns/support_disabled/near_miss",
            "suspects",
            &[("dns.support-disabled", Silent)],
            &[],
            || {
                // Servers of their own do not need it.
                let mut world = World::new(Egress::Nat, &lookup_failed());
                world.set("describe-vpc-attribute-dns-support", "/EnableDnsSupport/Value", json!(false));
                servers(&mut world, &["10.0.20.53"]);
                world
            },
        ),
        case(
            "dns/support_disabled/missing",
            "suspects",
            &[("dns.support-disabled", Silent)],
            &["ec2:DescribeVpcAttribute"],
            || {
                let mut world = World::new(Egress::Nat, &lookup_failed());
                world.drop_output("describe-vpc-attribute-dns-support");
                world
            },
        ),
        case(
            "dns/hostnames_disabled/fault",
            "root_cause",
            &[("dns.hostnames-disabled", Cause)],
            &[],
            || {
                let mut world = endpoints();
                world.set("describe-vpc-attribute-dns-hostnames", "/EnableDnsHostnames/Value", json!(false));
                world
            },
        ),
        case(
            "dns/hostnames_disabled/near_miss",
            "suspects",
            &[("dns.hostnames-disabled", Silent)],
            &[],
            || {
                // The public way works.
                let mut world = World::new(Egress::Nat, &secret_timeout());
                world.set("describe-vpc-attribute-dns-hostnames", "/EnableDnsHostnames/Value", json!(false));
                world
            },
        ),
        case(
            "dns/hostnames_disabled/missing",
            "suspects",
            &[("dns.hostnames-disabled", Silent)],
            &["ec2:DescribeVpcAttribute"],
            || {
                let mut world = endpoints();
                world.drop_output("describe-vpc-attribute-dns-hostnames");
                world
            },
        ),
        case(
            "dns/custom_server_port_blocked/fault",
            "root_cause",
            &[("dns.custom-server-port-blocked", Cause)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &lookup_failed());
                servers(&mut world, &["10.0.20.53"]);
                egress(&mut world, json!([https()]));
                world
            },
        ),
        case(
            "dns/custom_server_port_blocked/near_miss",
            "suspects",
            &[("dns.custom-server-port-blocked", Silent)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &lookup_failed());
                servers(&mut world, &["10.0.20.53"]);
                egress(&mut world, json!([https(), dns("udp"), dns("tcp")]));
                world
            },
        ),
        case(
            "dns/custom_server_port_blocked/tcp_only",
            "suspects",
            &[("dns.custom-server-port-blocked", Warn)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &lookup_failed());
                servers(&mut world, &["10.0.20.53"]);
                egress(&mut world, json!([https(), dns("udp")]));
                world
            },
        ),
        case(
            "dns/custom_server_port_blocked/missing",
            "suspects",
            &[("dns.custom-server-port-blocked", Silent)],
            &["ec2:DescribeDhcpOptions"],
            || {
                let mut world = World::new(Egress::Nat, &lookup_failed());
                world.drop_output("describe-dhcp-options");
                egress(&mut world, json!([https()]));
                world
            },
        ),
        case(
            "dns/custom_server/unknown",
            "suspects",
            &[("dns.custom-server", Unknown)],
            &[],
            || {
                // Only endpoints lead to AWS: what the servers answer decides.
                let mut world = endpoints();
                servers(&mut world, &["10.0.20.53"]);
                world
            },
        ),
        case(
            "dns/custom_server/near_miss",
            "suspects",
            &[("dns.custom-server", Silent)],
            &[],
            || {
                // Base plus two is Amazon's own server.
                let mut world = endpoints();
                servers(&mut world, &["10.0.0.2"]);
                world
            },
        ),
        case(
            "dns/custom_server/beside_nat",
            "suspects",
            &[("dns.custom-server", Warn)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &secret_timeout());
                servers(&mut world, &["10.0.20.53"]);
                world
            },
        ),
        case(
            "dns/custom_server/missing",
            "suspects",
            &[("dns.custom-server", Silent)],
            &["ec2:DescribeDhcpOptions"],
            || {
                let mut world = endpoints();
                world.drop_output("describe-dhcp-options");
                world
            },
        ),
        case(
            "dns/private_zone_shadows/fault",
            "root_cause",
            &[("dns.private-zone-shadows", Cause)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &lookup_failed());
                zone(&mut world, "us-east-1.amazonaws.com.");
                records(&mut world, "us-east-1.amazonaws.com.");
                world
            },
        ),
        case(
            "dns/private_zone_shadows/near_miss",
            "suspects",
            &[("dns.private-zone-shadows", Silent)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &lookup_failed());
                zone(&mut world, "corp.example.com.");
                world
            },
        ),
        case(
            "dns/private_zone_shadows/missing",
            "suspects",
            &[("dns.private-zone-shadows", Unknown)],
            &["route53:ListResourceRecordSets"],
            || {
                let mut world = World::new(Egress::Nat, &lookup_failed());
                zone(&mut world, "us-east-1.amazonaws.com.");
                world
            },
        ),
    ]
}
