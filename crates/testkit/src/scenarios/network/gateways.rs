//! Routes and what they lead to.

use super::{NAT, OTHER, PUBLIC, VPC, WAY_OUT, also_in, case, login_timeout, route, secret_timeout};
use crate::scenario::Said::{Cause, Silent, Unknown, Warn};
use crate::scenario::Scenario;
use crate::world::{Egress, World};
use serde_json::json;

fn nat() -> World {
    World::new(Egress::Nat, &login_timeout("44.213.79.10"))
}

fn public() -> World {
    World::new(Egress::PublicIp, &secret_timeout())
}

fn without_public_ip(world: &mut World) {
    for at in ["/services/0/networkConfiguration", "/services/0/deployments/0/networkConfiguration"] {
        world.set(
            "describe-services",
            &format!("{at}/awsvpcConfiguration/assignPublicIp"),
            json!("DISABLED"),
        );
    }
}

fn way_out(target: &str, id: &str, state: &str) -> World {
    let mut world = nat();
    world.set("describe-route-tables", WAY_OUT, route(target, id, state));
    world
}

fn blocked_public_access(world: &mut World, mode: &str) {
    world.set(
        "describe-vpc-block-public-access-options",
        "/VpcBlockPublicAccessOptions/InternetGatewayBlockMode",
        json!(mode),
    );
    world.put(
        "describe-vpc-block-public-access-exclusions",
        "ec2 describe-vpc-block-public-access-exclusions",
        json!({"VpcBlockPublicAccessExclusions": []}),
    );
}

fn forwarder(check: bool) -> World {
    let mut world = way_out("NetworkInterfaceId", "eni-0d0000000000000d1", "active");
    world.put(
        "describe-network-interfaces",
        "ec2 describe-network-interfaces --network-interface-ids eni-0d0000000000000d1",
        json!({"NetworkInterfaces": [{"NetworkInterfaceId": "eni-0d0000000000000d1", "SubnetId": PUBLIC, "VpcId": VPC, "SourceDestCheck": check,
            "PrivateIpAddress": "10.0.0.80", "PrivateIpAddresses": [{"Primary": true, "PrivateIpAddress": "10.0.0.80"}], "InterfaceType": "interface",
            "Status": "in-use", "OwnerId": crate::world::ACCOUNT, "Groups": [{"GroupId": "sg-0a0000000000000a1", "GroupName": "app"}]}]}),
    );
    world
}

/// Scenarios.
pub(super) fn all() -> Vec<Scenario> {
    vec![
        case("network/no_route/fault", "root_cause", &[("network.no-route", Cause)], &[], || {
            let mut world = nat();
            world.unset("describe-route-tables", WAY_OUT);
            world
        }),
        case(
            "network/no_route/near_miss",
            "suspects",
            &[("network.no-route", Silent)],
            &[],
            || {
                // Two halves are as good as a default route.
                let mut world = nat();
                world.set(
                    "describe-route-tables",
                    WAY_OUT,
                    json!({"DestinationCidrBlock": "0.0.0.0/1", "NatGatewayId": NAT, "Origin": "CreateRoute", "State": "active"}),
                );
                world.set(
                    "describe-route-tables",
                    "/RouteTables/0/Routes/-",
                    json!({"DestinationCidrBlock": "128.0.0.0/1", "NatGatewayId": NAT, "Origin": "CreateRoute", "State": "active"}),
                );
                world
            },
        ),
        case(
            "network/no_route/missing",
            "suspects",
            &[("network.no-route", Unknown)],
            &["ec2:DescribeRouteTables"],
            || {
                let mut world = nat();
                world.drop_output("describe-route-tables");
                world
            },
        ),
        case(
            "network/no_route/other_subnet",
            "suspects",
            &[("network.no-route", Warn)],
            &[],
            || {
                let mut world = nat();
                also_in(&mut world, OTHER);
                world
            },
        ),
        case(
            "network/blackhole_route/fault",
            "root_cause",
            &[("network.blackhole-route", Cause)],
            &[],
            || way_out("NatGatewayId", "nat-0dead000000000001", "blackhole"),
        ),
        case(
            "network/blackhole_route/without_nat",
            "root_cause",
            &[("network.blackhole-route", Cause)],
            &[],
            || {
                // No NAT gateway is left that could take its place.
                let mut world = way_out("NatGatewayId", "nat-0dead000000000001", "blackhole");
                world.set("describe-nat-gateways", "/NatGateways", json!([]));
                world
            },
        ),
        case(
            "network/blackhole_route/narrow",
            "root_cause",
            &[("network.blackhole-route", Cause)],
            &[],
            || {
                // A longer prefix hides the default route, which works.
                let mut world = nat();
                let dead = json!({"DestinationCidrBlock": "44.192.0.0/10", "VpcPeeringConnectionId": "pcx-0dead000000000001", "Origin": "CreateRoute", "State": "blackhole"});
                world.set("describe-route-tables", "/RouteTables/0/Routes/-", dead);
                world
            },
        ),
        case(
            "network/blackhole_route/near_miss",
            "suspects",
            &[("network.blackhole-route", Silent)],
            &[],
            || {
                // A blackhole for addresses that are not the service's.
                let mut world = nat();
                world.set("describe-route-tables", "/RouteTables/0/Routes/-", json!({"DestinationCidrBlock": "192.168.0.0/16", "VpcPeeringConnectionId": "pcx-0dead000000000001", "Origin": "CreateRoute", "State": "blackhole"}));
                world
            },
        ),
        case(
            "network/blackhole_route/missing",
            "suspects",
            &[("network.blackhole-route", Silent)],
            &["ec2:DescribeRouteTables"],
            || {
                let mut world = way_out("NatGatewayId", "nat-0dead000000000001", "blackhole");
                world.drop_output("describe-route-tables");
                world
            },
        ),
        case(
            "network/no_public_ip/fault",
            "root_cause",
            &[("network.no-public-ip", Cause)],
            &[],
            || {
                let mut world = public();
                without_public_ip(&mut world);
                world
            },
        ),
        case(
            "network/no_public_ip/near_miss",
            "suspects",
            &[("network.no-public-ip", Silent)],
            &[],
            || {
                // The subnet gives instances no public address; Fargate does not ask it.
                let mut world = public();
                world.set("describe-subnets", "/Subnets/1/MapPublicIpOnLaunch", json!(false));
                world
            },
        ),
        case(
            "network/no_public_ip/missing",
            "suspects",
            &[("network.no-public-ip", Unknown)],
            &["ecs:DescribeServices"],
            || {
                let mut world = public();
                world.drop_output("describe-services");
                world
            },
        ),
        case(
            "network/no_public_ip/subnet_would_give_one",
            "root_cause",
            &[("network.no-public-ip", Cause)],
            &[],
            || {
                let mut world = public();
                without_public_ip(&mut world);
                world.set("describe-subnets", "/Subnets/1/MapPublicIpOnLaunch", json!(true));
                world
            },
        ),
        case(
            "network/igw_detached/fault",
            "root_cause",
            &[("network.igw-detached", Cause)],
            &[],
            || {
                let mut world = public();
                world.set("describe-internet-gateways", "/InternetGateways/0/Attachments", json!([]));
                // As AWS shows a route whose gateway was detached.
                world.set("describe-route-tables", "/RouteTables/1/Routes/1/State", json!("blackhole"));
                world
            },
        ),
        case(
            "network/igw_detached/not_listed",
            "root_cause",
            &[("network.igw-detached", Cause), ("network.blackhole-route", Silent)],
            &[],
            || {
                // The filter leaves a detached gateway out.
                let mut world = public();
                world.set("describe-internet-gateways", "/InternetGateways", json!([]));
                world.set("describe-route-tables", "/RouteTables/1/Routes/1/State", json!("blackhole"));
                world
            },
        ),
        case(
            "network/igw_detached/near_miss",
            "suspects",
            &[("network.igw-detached", Silent)],
            &[],
            public,
        ),
        case(
            "network/igw_detached/missing",
            "suspects",
            &[("network.igw-detached", Silent)],
            &[],
            || {
                // An active route implies that its gateway is attached.
                let mut world = public();
                world.drop_output("describe-internet-gateways");
                world
            },
        ),
        case(
            "network/peering_not_transitive/fault",
            "root_cause",
            &[("network.peering-not-transitive", Cause)],
            &[],
            || way_out("VpcPeeringConnectionId", "pcx-0a0000000000000a1", "active"),
        ),
        case(
            "network/peering_not_transitive/near_miss",
            "suspects",
            &[("network.peering-not-transitive", Silent)],
            &[],
            || {
                let mut world = nat();
                world.set("describe-route-tables", "/RouteTables/0/Routes/-", json!({"DestinationCidrBlock": "10.1.0.0/16", "VpcPeeringConnectionId": "pcx-0a0000000000000a1", "Origin": "CreateRoute", "State": "active"}));
                world
            },
        ),
        case(
            "network/peering_not_transitive/missing",
            "suspects",
            &[("network.peering-not-transitive", Silent)],
            &["ec2:DescribeRouteTables"],
            || {
                let mut world = way_out("VpcPeeringConnectionId", "pcx-0a0000000000000a1", "active");
                world.drop_output("describe-route-tables");
                world
            },
        ),
        case(
            "network/source_dest_check/fault",
            "root_cause",
            &[("network.source-dest-check", Cause)],
            &[],
            || forwarder(true),
        ),
        case(
            "network/source_dest_check/near_miss",
            "suspects",
            &[("network.source-dest-check", Silent), ("network.opaque-next-hop", Unknown)],
            &[],
            || forwarder(false),
        ),
        case(
            "network/source_dest_check/missing",
            "suspects",
            &[("network.source-dest-check", Silent), ("network.opaque-next-hop", Unknown)],
            &["ec2:DescribeNetworkInterfaces"],
            || {
                let mut world = forwarder(true);
                world.drop_output("describe-network-interfaces");
                world
            },
        ),
        case(
            "network/public_access_blocked/fault",
            "root_cause",
            &[("network.public-access-blocked", Cause)],
            &[],
            || {
                let mut world = nat();
                blocked_public_access(&mut world, "block-bidirectional");
                world
            },
        ),
        case(
            "network/public_access_blocked/near_miss",
            "suspects",
            &[("network.public-access-blocked", Silent)],
            &[],
            || {
                // Blocking ingress leaves NAT gateways alone.
                let mut world = nat();
                blocked_public_access(&mut world, "block-ingress");
                world
            },
        ),
        case(
            "network/public_access_blocked/ingress_and_public_ip",
            "root_cause",
            &[("network.public-access-blocked", Cause)],
            &[],
            || {
                let mut world = public();
                blocked_public_access(&mut world, "block-ingress");
                world
            },
        ),
        case(
            "network/public_access_blocked/missing",
            "suspects",
            &[("network.public-access-blocked", Silent)],
            &["ec2:DescribeVpcBlockPublicAccessOptions"],
            || {
                let mut world = nat();
                world.drop_output("describe-vpc-block-public-access-options");
                world
            },
        ),
        case(
            "network/opaque_next_hop/unknown",
            "suspects",
            &[("network.opaque-next-hop", Unknown)],
            &[],
            || way_out("TransitGatewayId", "tgw-0a0000000000000a1", "active"),
        ),
        case(
            "network/opaque_next_hop/blocked_before_it",
            "root_cause",
            &[("network.sg-egress-blocked", Cause)],
            &[],
            || {
                // Whatever lies behind: the packet never leaves the interface.
                let mut world = way_out("TransitGatewayId", "tgw-0a0000000000000a1", "active");
                world.set("describe-security-groups", "/SecurityGroups/0/IpPermissionsEgress", json!([]));
                world
            },
        ),
        case(
            "network/opaque_next_hop/firewall",
            "suspects",
            &[("network.opaque-next-hop", Unknown)],
            &[],
            || way_out("GatewayId", "vpce-0d0000000000000d1", "active"),
        ),
    ]
}
