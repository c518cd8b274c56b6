//! The two VPCs and what joins them, as the AWS CLI prints them.

use super::*;
use crate::print::{entries, rules};
use serde_json::{Value, json};

impl Hubs {
    pub(crate) fn world(&self) -> World {
        let mut world = World::new(Way::Nat);
        let of_hub = |mut value: Value| {
            value["VpcId"] = json!(HUB);
            value
        };
        let command = |operation: &str| format!("ec2 {operation} --filters Name=vpc-id,Values=vpc-hub");
        let (member, id) = if self.transit {
            ("TransitGatewayId", "tgw-1")
        } else {
            ("VpcPeeringConnectionId", "pcx-1")
        };
        let routes = |own: Value, list: &[Rte]| -> Value {
            let printed = list.iter().map(|rte| {
                let (member, id) = match rte.hop {
                    Hop::Gate => (member, id),
                    Hop::Igw => ("GatewayId", "igw-9"),
                    Hop::Vpn => ("GatewayId", "vgw-1"),
                };
                let mut one = route(rte.net, member, id);
                if rte.dead {
                    one["State"] = json!("blackhole");
                }
                one
            });
            std::iter::once(own).chain(printed).collect()
        };
        world.set("tables", "/RouteTables/0/Routes", routes(local(), &self.task));
        let hub_local =
            json!({"DestinationCidrBlock": "10.9.0.0/16", "GatewayId": "local", "State": "active", "Origin": "CreateRouteTable"});
        let tables: Vec<Value> = (0..2)
            .map(|at| {
                of_hub(table(
                    &format!("rtb-hub-{at}"),
                    associated(THERE[at]),
                    routes(hub_local.clone(), &self.hub[at]),
                ))
            })
            .collect();
        world.put("hub-tables", &command("describe-route-tables"), json!({"RouteTables": tables}));
        let acls: Vec<Value> = (0..2)
            .map(|at| of_hub(acl(&format!("acl-hub-{at}"), &[THERE[at]], entries(&self.acls[3 + at]))))
            .collect();
        world.put("hub-acls", &command("describe-network-acls"), json!({"NetworkAcls": acls}));
        for at in 0..3 {
            world.set("acls", &format!("/NetworkAcls/{at}/Entries"), entries(&self.acls[at]));
        }
        world.set("groups", "/SecurityGroups/0/IpPermissionsEgress", rules(&self.egress));
        world.put(
            "hub-groups",
            &command("describe-security-groups"),
            json!({"SecurityGroups": [{"GroupId": "sg-hub", "VpcId": HUB, "OwnerId": ACCOUNT, "IpPermissions": rules(&self.ingress),
                "IpPermissionsEgress": []}]}),
        );
        let subnet = |id: &str, cidr: &str, zone: &str| json!({"SubnetId": id, "VpcId": HUB, "OwnerId": ACCOUNT, "CidrBlock": cidr, "AvailabilityZone": zone});
        world.put(
            "hub-subnets",
            &command("describe-subnets"),
            json!({"Subnets": [subnet(THERE[0], "10.9.1.0/24", "us-east-1a"), subnet(THERE[1], "10.9.2.0/24", "us-east-1b")]}),
        );
        let mut one = of_hub(endpoint("vpce-hub", "ecr.api", &THERE[..self.doors]));
        one["State"] = json!(self.state);
        one["PrivateDnsEnabled"] = json!(false);
        one["Groups"] = json!([{"GroupId": "sg-hub"}]);
        world.put("hub-endpoints", &command("describe-vpc-endpoints"), json!({"VpcEndpoints": [one]}));
        let interfaces: Vec<Value> = (0..self.doors)
            .map(|at| of_hub(interface(&format!("eni-vpce-hub-{}", THERE[at]), THERE[at], DOORS[at], "sg-hub")))
            .collect();
        world.put(
            "hub-interfaces",
            &command("describe-network-interfaces"),
            json!({"NetworkInterfaces": interfaces}),
        );
        self.zone(&mut world);
        if self.transit {
            self.gateway(&mut world);
        } else {
            let side = |vpc: &str, cidr: &str| json!({"VpcId": vpc, "OwnerId": ACCOUNT, "Region": "us-east-1", "CidrBlock": cidr});
            let state = if self.peered { "active" } else { "deleted" };
            world.put(
                "peering",
                "ec2 describe-vpc-peering-connections",
                json!({"VpcPeeringConnections": [{"VpcPeeringConnectionId": "pcx-1", "Status": {"Code": state},
                    "RequesterVpcInfo": side(VPC, "10.0.0.0/16"), "AccepterVpcInfo": side(HUB, "10.9.0.0/16")}]}),
            );
        }
        world.put(
            "list",
            &format!("ec2 get-managed-prefix-list-entries --prefix-list-id {LIST}"),
            json!({"Entries": [{"Cidr": self.listed}]}),
        );
        world
    }

    /// A private zone of the task's VPC that leads to the endpoint.
    fn zone(&self, world: &mut World) {
        let host = "api.ecr.us-east-1.amazonaws.com.";
        world.put(
            "zones",
            "route53 list-hosted-zones-by-vpc --vpc-id vpc-1 --vpc-region us-east-1",
            json!({"HostedZoneSummaries": [{"HostedZoneId": "Z1", "Name": host, "Owner": {"OwningAccount": ACCOUNT}}], "MaxItems": "100"}),
        );
        let alias = json!({"DNSName": "vpce-hub-abcd.api.ecr.us-east-1.vpce.amazonaws.com.", "HostedZoneId": "Z7"});
        world.put(
            "records",
            "route53 list-resource-record-sets --hosted-zone-id Z1",
            json!({"ResourceRecordSets": [{"Name": host, "Type": "A", "AliasTarget": alias}], "IsTruncated": false}),
        );
    }

    fn gateway(&self, world: &mut World) {
        let sides = [(VPC, "tgw-rtb-spokes", [PUBLIC, OTHER]), (HUB, "tgw-rtb-hub", THERE)];
        let (mut listed, mut placed) = (Vec::new(), Vec::new());
        for (end, (vpc, table, subnets)) in self.ends.iter().zip(sides) {
            let id = format!("tgw-attach-{vpc}");
            let mut one = json!({"TransitGatewayAttachmentId": id, "TransitGatewayId": "tgw-1", "ResourceType": "vpc", "ResourceId": vpc,
                "ResourceOwnerId": ACCOUNT, "State": end.state});
            if end.associated {
                one["Association"] = json!({"TransitGatewayRouteTableId": table, "State": "associated"});
            }
            listed.push(one);
            let zones = [(end.zones.0, subnets[0]), (end.zones.1, subnets[1])];
            let stands: Vec<&str> = zones.into_iter().filter_map(|(stands, subnet)| stands.then_some(subnet)).collect();
            placed.push(json!({"TransitGatewayAttachmentId": id, "TransitGatewayId": "tgw-1", "VpcId": vpc, "State": end.state, "SubnetIds": stands}));
            let other = if vpc == VPC { HUB } else { VPC };
            let routes: Vec<Value> = end
                .routes
                .iter()
                .map(|route| {
                    let next = if route.across { other } else { "vpc-inspection" };
                    let key = if route.net == LIST { "PrefixListId" } else { "DestinationCidrBlock" };
                    json!({key: route.net, "Type": if route.propagated { "propagated" } else { "static" },
                        "State": if route.dead { "blackhole" } else { "active" },
                        "TransitGatewayAttachments": [{"TransitGatewayAttachmentId": format!("tgw-attach-{next}"), "ResourceType": "vpc", "ResourceId": next}]})
                })
                .collect();
            let search = format!(
                "ec2 search-transit-gateway-routes --transit-gateway-route-table-id {table} --filters Name=state,Values=active,blackhole"
            );
            world.put(table, &search, json!({"Routes": routes, "AdditionalRoutesAvailable": false}));
        }
        world.put(
            "attachments",
            "ec2 describe-transit-gateway-attachments",
            json!({"TransitGatewayAttachments": listed}),
        );
        world.put(
            "vpc-attachments",
            "ec2 describe-transit-gateway-vpc-attachments",
            json!({"TransitGatewayVpcAttachments": placed}),
        );
    }
}
