//! Endpoints of a hub VPC, by a private zone over a peering connection or a transit gateway.

use super::{PRIVATE, VPC, case, secret_timeout};
use crate::scenario::Said::{Cause, Silent, Unknown};
use crate::scenario::Scenario;
use crate::world::{ACCOUNT, Egress, World};
use serde_json::{Value, json};

const HUB: &str = "vpc-0d0000000000000d1";
const SUBNET: &str = "subnet-0d0000000000000d1";
const GROUP: &str = "sg-0d0000000000000d1";
const PEERING: &str = "pcx-0d0000000000000d1";
const TRANSIT: &str = "tgw-0d0000000000000d1";
const OWN_ATTACHMENT: &str = "tgw-attach-0a0000000000000a1";
const HUB_ATTACHMENT: &str = "tgw-attach-0d0000000000000d1";
const SPOKES: &str = "tgw-rtb-0a0000000000000a1";
const HUBS: &str = "tgw-rtb-0d0000000000000d1";
const HOST: &str = "secretsmanager.us-east-1.amazonaws.com.";

fn https(cidr: &str) -> Value {
    json!({"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": cidr}], "Ipv6Ranges": [], "PrefixListIds": [],
        "UserIdGroupPairs": []})
}

/// The endpoint of Secrets Manager stands in the hub, whose group admits these ranges; the member and the id are those of the routes that
/// join it to the task's VPC.
fn joined(admitted: &[&str], member: &str, id: &str) -> World {
    let to = |cidr: &str| json!({"DestinationCidrBlock": cidr, member: id, "Origin": "CreateRoute", "State": "active"});
    let mut endpoints = World::new(Egress::Endpoints, &secret_timeout());
    let mut world = World::new(Egress::Nat, &secret_timeout());
    let of_hub = |operation: &str| format!("ec2 {operation} --filters Name=vpc-id,Values={HUB}");
    let mut endpoint = endpoints.output("describe-vpc-endpoints")["VpcEndpoints"]
        .as_array_mut()
        .unwrap()
        .remove(2);
    assert_eq!(endpoint["ServiceName"], "com.amazonaws.us-east-1.secretsmanager");
    let name = endpoint["DnsEntries"][0]["DnsName"].as_str().unwrap().to_owned();
    for (member, value) in [
        ("VpcId", json!(HUB)),
        ("SubnetIds", json!([SUBNET])),
        ("Groups", json!([{"GroupId": GROUP, "GroupName": "hub"}])),
        ("PrivateDnsEnabled", json!(false)),
    ] {
        endpoint[member] = value;
    }
    let mut interface = endpoints.output("describe-network-interfaces")["NetworkInterfaces"]
        .as_array_mut()
        .unwrap()
        .remove(2);
    assert_eq!(endpoint["NetworkInterfaceIds"][0], interface["NetworkInterfaceId"]);
    for (member, value) in [
        ("VpcId", json!(HUB)),
        ("SubnetId", json!(SUBNET)),
        ("Groups", json!([{"GroupId": GROUP, "GroupName": "hub"}])),
        ("PrivateIpAddress", json!("10.9.1.103")),
        ("PrivateIpAddresses", json!([{"Primary": true, "PrivateIpAddress": "10.9.1.103"}])),
    ] {
        interface[member] = value;
    }
    let mut acl = world.output("describe-network-acls")["NetworkAcls"][0].clone();
    acl["NetworkAclId"] = json!("acl-0d0000000000000d1");
    acl["VpcId"] = json!(HUB);
    acl["Associations"] =
        json!([{"NetworkAclAssociationId": "aclassoc-0d0000000000000d1", "NetworkAclId": "acl-0d0000000000000d1", "SubnetId": SUBNET}]);
    world.put(
        "hub-vpc-endpoints",
        &of_hub("describe-vpc-endpoints"),
        json!({"VpcEndpoints": [endpoint]}),
    );
    world.put(
        "hub-network-interfaces",
        &of_hub("describe-network-interfaces"),
        json!({"NetworkInterfaces": [interface]}),
    );
    world.put("hub-network-acls", &of_hub("describe-network-acls"), json!({"NetworkAcls": [acl]}));
    world.put(
        "hub-security-groups",
        &of_hub("describe-security-groups"),
        json!({"SecurityGroups": [{"Description": "endpoints of the hub", "GroupId": GROUP, "GroupName": "hub", "OwnerId": ACCOUNT, "VpcId": HUB,
            "IpPermissions": admitted.iter().map(|cidr| https(cidr)).collect::<Vec<_>>(), "IpPermissionsEgress": []}]}),
    );
    world.put(
        "hub-route-tables",
        &of_hub("describe-route-tables"),
        json!({"RouteTables": [{"RouteTableId": "rtb-0d0000000000000d1", "VpcId": HUB, "OwnerId": ACCOUNT, "PropagatingVgws": [], "Tags": [],
            "Associations": [{"AssociationState": {"State": "associated"}, "Main": false, "RouteTableAssociationId": "rtbassoc-0d0000000000000d1",
                "RouteTableId": "rtb-0d0000000000000d1", "SubnetId": SUBNET}],
            "Routes": [{"DestinationCidrBlock": "10.9.0.0/16", "GatewayId": "local", "Origin": "CreateRouteTable", "State": "active"},
                to("10.0.0.0/16")]}]}),
    );
    world.set("describe-route-tables", "/RouteTables/0/Routes/-", to("10.9.0.0/16"));
    world.put(
        "list-hosted-zones-by-vpc",
        &format!("route53 list-hosted-zones-by-vpc --vpc-id {VPC} --vpc-region us-east-1"),
        json!({"HostedZoneSummaries": [{"HostedZoneId": "Z0123456789ABCDEFGHIJ", "Name": HOST, "Owner": {"OwningAccount": ACCOUNT}}], "MaxItems": "100"}),
    );
    world.put(
        "list-resource-record-sets",
        "route53 list-resource-record-sets --hosted-zone-id Z0123456789ABCDEFGHIJ",
        json!({"ResourceRecordSets": [
            {"Name": HOST, "Type": "A", "AliasTarget": {"HostedZoneId": "Z7HUB22UULQXV", "DNSName": format!("{name}."), "EvaluateTargetHealth": false}},
            {"Name": HOST, "Type": "NS", "TTL": 172_800, "ResourceRecords": [{"Value": "ns-0.awsdns-00.com."}]}]}),
    );
    world
}

/// By a peering connection.
fn hub(admitted: &[&str]) -> World {
    let mut world = joined(admitted, "VpcPeeringConnectionId", PEERING);
    let side = |vpc: &str, cidr: &str| json!({"CidrBlock": cidr, "CidrBlockSet": [{"CidrBlock": cidr}], "OwnerId": ACCOUNT, "Region": "us-east-1", "VpcId": vpc});
    world.put(
        "describe-vpc-peering-connections",
        "ec2 describe-vpc-peering-connections",
        json!({"VpcPeeringConnections": [{"VpcPeeringConnectionId": PEERING, "Status": {"Code": "active", "Message": "Active"}, "Tags": [],
            "RequesterVpcInfo": side(VPC, "10.0.0.0/16"), "AccepterVpcInfo": side(HUB, "10.9.0.0/16")}]}),
    );
    world
}

/// By a transit gateway, at which either VPC has a table of its own.
fn transit(admitted: &[&str]) -> World {
    let mut world = joined(admitted, "TransitGatewayId", TRANSIT);
    let attachment = |id: &str, vpc: &str, table: &str| {
        json!({"TransitGatewayAttachmentId": id, "TransitGatewayId": TRANSIT, "TransitGatewayOwnerId": ACCOUNT, "ResourceType": "vpc",
            "ResourceId": vpc, "ResourceOwnerId": ACCOUNT, "State": "available", "Tags": [],
            "Association": {"TransitGatewayRouteTableId": table, "State": "associated"}})
    };
    world.put(
        "describe-transit-gateway-attachments",
        &format!("ec2 describe-transit-gateway-attachments --filters Name=transit-gateway-id,Values={TRANSIT}"),
        json!({"TransitGatewayAttachments": [attachment(OWN_ATTACHMENT, VPC, SPOKES), attachment(HUB_ATTACHMENT, HUB, HUBS)]}),
    );
    let placed = |id: &str, vpc: &str, subnet: &str| {
        json!({"TransitGatewayAttachmentId": id, "TransitGatewayId": TRANSIT, "VpcId": vpc, "VpcOwnerId": ACCOUNT, "State": "available",
            "SubnetIds": [subnet], "Tags": [],
            "Options": {"DnsSupport": "enable", "SecurityGroupReferencingSupport": "disable", "Ipv6Support": "disable", "ApplianceModeSupport": "disable"}})
    };
    world.put(
        "describe-transit-gateway-vpc-attachments",
        &format!("ec2 describe-transit-gateway-vpc-attachments --filters Name=transit-gateway-id,Values={TRANSIT}"),
        json!({"TransitGatewayVpcAttachments": [placed(OWN_ATTACHMENT, VPC, PRIVATE), placed(HUB_ATTACHMENT, HUB, SUBNET)]}),
    );
    for (name, table, cidr, attachment, vpc) in [
        ("spoke-transit-gateway-routes", SPOKES, "10.9.0.0/16", HUB_ATTACHMENT, HUB),
        ("hub-transit-gateway-routes", HUBS, "10.0.0.0/16", OWN_ATTACHMENT, VPC),
    ] {
        let next = json!({"TransitGatewayAttachmentId": attachment, "ResourceType": "vpc", "ResourceId": vpc});
        world.put(
            name,
            &format!(
                "ec2 search-transit-gateway-routes --transit-gateway-route-table-id {table} --filters Name=state,Values=active,blackhole"
            ),
            json!({"Routes": [{"DestinationCidrBlock": cidr, "Type": "propagated", "State": "active", "TransitGatewayAttachments": [next]}],
                "AdditionalRoutesAvailable": false}),
        );
    }
    world
}

/// Ranges of the hub and of half of the task's VPC: not those of its subnet.
const OTHERS: [&str; 2] = ["10.9.0.0/16", "10.0.128.0/17"];
/// The half that the task's subnet lies in.
const TASKS: [&str; 2] = ["10.9.0.0/16", "10.0.0.0/17"];

/// Scenarios.
pub(super) fn all() -> Vec<Scenario> {
    vec![
        case(
            "network/endpoint_sg_ingress_blocked/hub_fault",
            "root_cause",
            &[("network.endpoint-sg-ingress-blocked", Cause), ("network.opaque-next-hop", Silent)],
            &[],
            || hub(&OTHERS),
        ),
        case(
            "network/endpoint_sg_ingress_blocked/hub_near_miss",
            "suspects",
            &[("network.endpoint-sg-ingress-blocked", Silent), ("network.opaque-next-hop", Silent)],
            &[],
            || hub(&TASKS),
        ),
        case(
            "network/endpoint_sg_ingress_blocked/hub_missing",
            "suspects",
            &[("network.endpoint-sg-ingress-blocked", Unknown)],
            &["ec2:DescribeSecurityGroups"],
            || {
                let mut world = hub(&[]);
                world.drop_output("hub-security-groups");
                world
            },
        ),
        case(
            "network/endpoint_sg_ingress_blocked/transit_fault",
            "root_cause",
            &[("network.endpoint-sg-ingress-blocked", Cause), ("network.opaque-next-hop", Silent)],
            &[],
            || transit(&OTHERS),
        ),
        case(
            "network/endpoint_sg_ingress_blocked/transit_near_miss",
            "suspects",
            &[("network.endpoint-sg-ingress-blocked", Silent), ("network.opaque-next-hop", Silent)],
            &[],
            || transit(&TASKS),
        ),
        case(
            "network/endpoint_sg_ingress_blocked/transit_missing",
            "suspects",
            &[("network.endpoint-sg-ingress-blocked", Unknown)],
            &["ec2:DescribeSecurityGroups"],
            || {
                let mut world = transit(&OTHERS);
                world.drop_output("hub-security-groups");
                world
            },
        ),
    ]
}
