//! The VPC of both families, as the AWS CLI prints it.

use super::*;
use network::{PublicAddress, ServiceKey};
use serde_json::{Value, json};

impl Families {
    pub(crate) fn world(&self) -> World {
        let mut world = World::new(Way::Nat);
        world.caller.private_ips = if self.only_v6 { vec![OWN_V6] } else { vec![OWN_V4, OWN_V6] }
            .into_iter()
            .map(|text| text.parse().unwrap())
            .collect();
        world.caller.public_ip = if self.public_ip {
            PublicAddress::Assigned
        } else {
            PublicAddress::Absent
        };
        world.target.dual_stack = self.host;
        // A private registry's host: no endpoint of a VPC takes its name.
        world.target.service = Some(ServiceKey::new("ecr.api", "us-east-1"));
        let mut subnet = json!({"SubnetId": TASK, "VpcId": VPC, "OwnerId": ACCOUNT, "Ipv6Native": self.only_v6, "EnableDns64": self.dns64,
            "AssignIpv6AddressOnCreation": true, "AvailabilityZone": "us-east-1a",
            "Ipv6CidrBlockAssociationSet": [{"Ipv6CidrBlock": "2600:1f18:1:a::/64", "Ipv6CidrBlockState": {"State": "associated"}}]});
        if !self.only_v6 {
            subnet["CidrBlock"] = json!("10.0.10.0/24");
        }
        world.set("subnets", "/Subnets/0", subnet);
        let vpc = json!([{"Ipv6CidrBlock": "2600:1f18:1::/48", "Ipv6CidrBlockState": {"State": "associated"}}]);
        world.edit("vpcs")["Vpcs"][0]["Ipv6CidrBlockAssociationSet"] = vpc;
        let local_v6 =
            json!({"DestinationIpv6CidrBlock": "2600:1f18:1::/48", "GatewayId": "local", "State": "active", "Origin": "CreateRouteTable"});
        for (index, routes) in [&self.task, &self.public].into_iter().enumerate() {
            let mut list = vec![local(), local_v6.clone()];
            list.extend(routes.iter().map(|rte| {
                let (member, id) = match rte.hop {
                    Hop::Nat => ("NatGatewayId", "nat-1"),
                    Hop::Igw => ("GatewayId", "igw-1"),
                    Hop::EgressOnly => ("EgressOnlyInternetGatewayId", "eigw-1"),
                    Hop::Transit => ("TransitGatewayId", "tgw-1"),
                    Hop::Checked => ("NetworkInterfaceId", "eni-checked"),
                    Hop::Forwarding => ("NetworkInterfaceId", "eni-forwarding"),
                };
                let mut one = route(rte.net, member, id);
                if rte.dead {
                    one["State"] = json!("blackhole");
                }
                one
            }));
            world.set("tables", &format!("/RouteTables/{index}/Routes"), json!(list));
        }
        let rules: Vec<Value> = self
            .egress
            .iter()
            .map(|(net, ports)| {
                let mut one = rule("tcp", Some(*ports), &[]);
                if net.contains(':') {
                    one["Ipv6Ranges"] = json!([{"CidrIpv6": net}]);
                } else {
                    one["IpRanges"] = json!([{"CidrIp": net}]);
                }
                one
            })
            .collect();
        world.set("groups", "/SecurityGroups/0/IpPermissionsEgress", json!(rules));
        for (index, entries) in self.acls.iter().enumerate() {
            let entries: Vec<Value> = entries
                .iter()
                .map(|one| {
                    let action = if one.allow { "allow" } else { "deny" };
                    let ports = Some((i64::from(one.ports.0), i64::from(one.ports.1)));
                    let mut entry = acl_entry(one.number, one.egress, action, one.net, "6", ports);
                    if one.net.contains(':') {
                        entry.as_object_mut().unwrap().remove("CidrBlock");
                        entry["Ipv6CidrBlock"] = json!(one.net);
                    }
                    entry
                })
                .collect();
            world.set("acls", &format!("/NetworkAcls/{index}/Entries"), json!(entries));
        }
        world.set("nats", "/NatGateways/0/State", json!(self.nat));
        world.set("bpa", "/VpcBlockPublicAccessOptions/InternetGatewayBlockMode", json!(self.block));
        world.put(
            "exclusions",
            "ec2 describe-vpc-block-public-access-exclusions",
            json!({"VpcBlockPublicAccessExclusions": []}),
        );
        if !self.attached {
            world.set("igws", "/InternetGateways/0/Attachments", json!([]));
        }
        let attachments = if self.egress_only_attached {
            json!([{"State": "attached", "VpcId": VPC}])
        } else {
            json!([])
        };
        world.put(
            "eigws",
            "ec2 describe-egress-only-internet-gateways",
            json!({"EgressOnlyInternetGateways": [{"EgressOnlyInternetGatewayId": "eigw-1", "Attachments": attachments}]}),
        );
        let forwarder =
            |id: &str, check: bool| json!({"NetworkInterfaceId": id, "SubnetId": PUBLIC, "VpcId": VPC, "SourceDestCheck": check});
        world.put(
            "interfaces",
            "ec2 describe-network-interfaces --filters Name=vpc-id,Values=vpc-1",
            json!({"NetworkInterfaces": [forwarder("eni-checked", true), forwarder("eni-forwarding", false)]}),
        );
        world
    }
}
