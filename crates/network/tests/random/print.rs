//! The VPC as the AWS CLI prints it.

use crate::model::*;
use crate::world::*;
use serde_json::{Value, json};

pub(crate) fn rules(list: &[SgRule]) -> Value {
    list.iter()
        .map(|one| {
            let ports = (one.protocol != "-1").then_some(one.ports);
            match one.peer {
                From::Net(list @ (LIST | S3_LIST)) => {
                    let mut rule = rule(one.protocol, ports, &[]);
                    rule["PrefixListIds"] = json!([{"PrefixListId": list}]);
                    rule
                }
                From::Net(net) => rule(one.protocol, ports, &[net]),
                From::Group(group) => {
                    let mut rule = rule(one.protocol, ports, &[]);
                    rule["UserIdGroupPairs"] = json!([{"GroupId": group, "UserId": ACCOUNT}]);
                    rule
                }
            }
        })
        .collect()
}

pub(crate) fn entries(list: &[AclRule]) -> Value {
    list.iter()
        .map(|one| {
            let ports = matches!(one.protocol, "6" | "17").then_some(one.ports);
            acl_entry(
                one.number,
                one.egress,
                if one.allow { "allow" } else { "deny" },
                one.net,
                one.protocol,
                ports,
            )
        })
        .collect()
}

impl Model {
    pub(crate) fn source(&self) -> &'static str {
        if self.home == 0 { "10.0.10.20" } else { "10.0.0.20" }
    }

    pub(crate) fn world(&self) -> World {
        let mut world = World::new(Way::Nat);
        world.to(if self.s3 { "s3" } else { "ecr.api" });
        world.caller.subnet = Some(SUBNETS[self.home].into());
        world.caller.private_ips = vec![self.source().parse().unwrap()];
        world.caller.public_ip = if self.public_ip {
            network::PublicAddress::Assigned
        } else {
            network::PublicAddress::Absent
        };
        world.set("support", "/EnableDnsSupport/Value", json!(self.support));
        world.set("hostnames", "/EnableDnsHostnames/Value", json!(self.hostnames));
        let names = ["rtb-task", "rtb-public", "rtb-main"];
        for (index, routes) in self.tables.iter().enumerate() {
            let mut list = vec![local()];
            list.extend(routes.iter().map(|rte| {
                let (member, id) = match rte.hop {
                    Hop::Nat => ("NatGatewayId", "nat-1"),
                    Hop::Igw => ("GatewayId", "igw-1"),
                    Hop::Peering => ("VpcPeeringConnectionId", "pcx-1"),
                    Hop::Transit => ("TransitGatewayId", "tgw-1"),
                    Hop::Gateway => ("GatewayId", "vpce-s3"),
                    Hop::Appliance => ("NetworkInterfaceId", "eni-appliance"),
                    Hop::Checked => ("NetworkInterfaceId", "eni-checked"),
                    Hop::Forwarding => ("NetworkInterfaceId", "eni-forwarding"),
                    Hop::Opaque(member, id) => (member, id),
                };
                let mut route = route(rte.net, member, id);
                if rte.dead {
                    route["State"] = json!("blackhole");
                }
                route
            }));
            let association = if index == 2 { main_table() } else { associated(SUBNETS[index]) };
            world.set(
                "tables",
                &format!("/RouteTables/{index}"),
                table(names[index], association, json!(list)),
            );
        }
        world.set("groups", "/SecurityGroups/0/IpPermissionsEgress", rules(&self.egress));
        world.set("groups", "/SecurityGroups/1/IpPermissions", rules(&self.ingress));
        for (index, list) in self.acls.iter().enumerate() {
            world.set("acls", &format!("/NetworkAcls/{index}/Entries"), entries(list));
        }
        world.set("nats", "/NatGateways/0/State", json!(self.nat_state)).set(
            "nats",
            "/NatGateways/0/SubnetId",
            json!(SUBNETS[self.nat_subnet]),
        );
        if !self.attached {
            world.set("igws", "/InternetGateways/0/Attachments", json!([]));
        }
        world.set("bpa", "/VpcBlockPublicAccessOptions/InternetGatewayBlockMode", json!(self.block));
        let exclusions: Vec<Value> = self
            .exclusion
            .iter()
            .map(|(arn, mode)| {
                json!({"ExclusionId": "x-1", "ResourceArn": format!("arn:aws:ec2:us-east-1:{ACCOUNT}:{arn}"),
            "InternetGatewayExclusionMode": mode, "State": "create-complete"})
            })
            .collect();
        world.put(
            "exclusions",
            "ec2 describe-vpc-block-public-access-exclusions",
            json!({"VpcBlockPublicAccessExclusions": exclusions}),
        );
        let mut endpoints = vec![gateway_endpoint(&["rtb-task"])];
        let forwarder =
            |id: &str, check: bool| json!({"NetworkInterfaceId": id, "SubnetId": PUBLIC, "VpcId": VPC, "SourceDestCheck": check});
        let mut interfaces = vec![forwarder("eni-checked", true), forwarder("eni-forwarding", false)];
        if let Some((state, private_dns, doors)) = &self.endpoint {
            let subnets: Vec<&str> = doors.iter().map(|door| SUBNETS[door.subnet]).collect();
            let mut one = endpoint("vpce-1", if self.s3 { "s3" } else { "ecr.api" }, &subnets);
            one["State"] = json!(state);
            one["PrivateDnsEnabled"] = json!(private_dns);
            endpoints.push(one);
            for door in doors {
                interfaces.push(interface(
                    &format!("eni-vpce-1-{}", SUBNETS[door.subnet]),
                    SUBNETS[door.subnet],
                    door.ip,
                    "sg-endpoint",
                ));
            }
        }
        world.set("endpoints", "/VpcEndpoints", json!(endpoints));
        world.put(
            "entries",
            &format!("ec2 get-managed-prefix-list-entries --prefix-list-id {LIST}"),
            json!({"Entries": ENTRIES.map(|cidr| json!({"Cidr": cidr}))}),
        );
        if self.regional {
            let gateway = json!({"NatGatewayId": "nat-1", "VpcId": VPC, "State": self.nat_state, "ConnectivityType": "public",
                "AvailabilityMode": "regional", "RouteTableId": "rtb-public"});
            world.set("nats", "/NatGateways/0", gateway);
        }
        if self.edge {
            let association = json!({"GatewayId": "igw-1", "AssociationState": {"State": "associated"}});
            let routes = json!([local(), route("10.0.0.0/24", "GatewayId", "vpce-gwlb")]);
            world.push("tables", "/RouteTables", table("rtb-edge", association, routes));
        }
        if self.private {
            world.set("nats", "/NatGateways/0/ConnectivityType", json!("private"));
        }
        if self.ranges {
            world.put(
                "s3-list",
                "ec2 describe-prefix-lists",
                json!({"PrefixLists": [{"PrefixListId": S3_LIST, "PrefixListName": "com.amazonaws.us-east-1.s3", "Cidrs": S3_RANGES}]}),
            );
        }
        if let Some(zone) = self.zone {
            let name = "us-east-1.amazonaws.com";
            world.put(
                "zones",
                "route53 list-hosted-zones-by-vpc --vpc-id vpc-1 --vpc-region us-east-1",
                json!({"HostedZoneSummaries": [{"HostedZoneId": "Z1", "Name": format!("{name}."), "Owner": {"OwningAccount": ACCOUNT}}], "MaxItems": "100"}),
            );
            let host = format!("{}.", world.target.host);
            let mut records = vec![json!({"Name": format!("{name}."), "Type": "SOA", "TTL": 900, "ResourceRecords": []})];
            records.extend(match zone {
                Zone::Empty => None,
                Zone::At(address) => Some(json!({"Name": host, "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": address}]})),
                Zone::Endpoint => Some(json!({"Name": host, "Type": "A",
                    "AliasTarget": {"DNSName": "vpce-1-abcd.service.us-east-1.vpce.amazonaws.com.", "HostedZoneId": "Z7"}})),
                Zone::Beside => Some(
                    json!({"Name": format!("beside.{}", host.split_once('.').unwrap().1), "Type": "A", "TTL": 60,
                    "ResourceRecords": [{"Value": "10.0.20.5"}]}),
                ),
            });
            world.put(
                "records",
                "route53 list-resource-record-sets --hosted-zone-id Z1",
                json!({"ResourceRecordSets": records, "IsTruncated": false}),
            );
        }
        world.put(
            "interfaces",
            "ec2 describe-network-interfaces --filters Name=vpc-id,Values=vpc-1",
            json!({"NetworkInterfaces": interfaces}),
        );
        world
    }
}
