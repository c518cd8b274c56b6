//! VPC endpoints: gaps in a VPC that is built on them.

use super::network::{OTHER, VPC, WAY_OUT, case, layers_timeout, secret_timeout};
use crate::scenario::Said::{Cause, Next, Silent, Unknown};
use crate::scenario::Scenario;
use crate::world::{Egress, World};
use serde_json::json;

fn endpoints() -> World {
    World::new(Egress::Endpoints, &secret_timeout())
}

/// All scenarios of this area.
#[must_use]
pub(super) fn all() -> Vec<Scenario> {
    vec![
        case("endpoint/missing/fault", "root_cause", &[("endpoint.missing", Cause)], &[], || {
            let mut world = endpoints();
            world.unset("describe-vpc-endpoints", "/VpcEndpoints/2");
            world
        }),
        case(
            "endpoint/missing/no_groups",
            "root_cause",
            &[("endpoint.missing", Cause)],
            &[],
            || {
                // What was sent of the other endpoints does not say which groups they have.
                let mut world = endpoints();
                world.unset("describe-vpc-endpoints", "/VpcEndpoints/2");
                for index in 0..5 {
                    world.unset("describe-vpc-endpoints", &format!("/VpcEndpoints/{index}/Groups"));
                }
                world
            },
        ),
        case(
            "endpoint/missing/two",
            "root_cause",
            &[("endpoint.missing", Cause), ("endpoint.missing", Next)],
            &[],
            || {
                // One finding for each: the one that the error names, and the one that fails next.
                let mut world = endpoints();
                world.unset("describe-vpc-endpoints", "/VpcEndpoints/4");
                world.unset("describe-vpc-endpoints", "/VpcEndpoints/2");
                world
            },
        ),
        case("endpoint/missing/s3", "root_cause", &[("endpoint.missing", Cause)], &[], || {
            let mut world = World::new(Egress::Endpoints, &layers_timeout());
            world.unset("describe-vpc-endpoints", "/VpcEndpoints/5");
            world.unset("describe-route-tables", WAY_OUT);
            world
        }),
        case("endpoint/missing/fips", "root_cause", &[("endpoint.missing", Cause)], &[], || {
            // The image's host has an endpoint service of its own.
            let mut world = World::new(
                Egress::Endpoints,
                &layers_timeout().replace("prod-us-east-1-starport-layer-bucket.s3.", "111122223333.dkr.ecr-fips."),
            );
            let image = "111122223333.dkr.ecr-fips.us-east-1.amazonaws.com/app:v1";
            world.set("describe-tasks", "/tasks/0/containers/0/image", json!(image));
            world.set(
                "describe-task-definition",
                "/taskDefinition/containerDefinitions/0/image",
                json!(image),
            );
            world
        }),
        case(
            "endpoint/missing/near_miss",
            "suspects",
            &[("endpoint.missing", Silent)],
            &[],
            || {
                // Nothing is missing while NAT works.
                World::new(Egress::Nat, &secret_timeout())
            },
        ),
        case(
            "endpoint/missing/missing",
            "suspects",
            &[("endpoint.missing", Silent)],
            &["ec2:DescribeVpcEndpoints"],
            || {
                let mut world = endpoints();
                world.drop_output("describe-vpc-endpoints");
                world
            },
        ),
        case(
            "endpoint/missing/empty_listing_without_command",
            "suspects",
            &[("endpoint.missing", Silent), ("network.no-route", Unknown)],
            &["ec2:DescribeVpcEndpoints"],
            || {
                // It may be another Region's.
                let mut world = endpoints();
                world.outputs.insert(
                    "describe-vpc-endpoints".to_owned(),
                    ("echo".to_owned(), json!({"VpcEndpoints": []})),
                );
                world
            },
        ),
        case(
            "endpoint/missing/listing_without_command",
            "root_cause",
            &[("endpoint.missing", Cause)],
            &["run without filters"],
            || {
                // Taken as complete, since it holds endpoints of this VPC: the verdict says so and asks.
                let mut world = endpoints();
                world.unset("describe-vpc-endpoints", "/VpcEndpoints/2");
                world.outputs.get_mut("describe-vpc-endpoints").unwrap().0 = String::new();
                world
            },
        ),
        case(
            "endpoint/not_available/fault",
            "root_cause",
            &[("endpoint.not-available", Cause)],
            &[],
            || {
                let mut world = endpoints();
                world.set("describe-vpc-endpoints", "/VpcEndpoints/2/State", json!("failed"));
                world
            },
        ),
        case(
            "endpoint/not_available/near_miss",
            "suspects",
            &[("endpoint.not-available", Silent)],
            &[],
            || {
                // A failed one does no harm while NAT works.
                let mut world = World::new(Egress::Nat, &secret_timeout());
                let mut listed = endpoints().output("describe-vpc-endpoints").clone();
                let one = listed["VpcEndpoints"].as_array_mut().unwrap().remove(2);
                world.set("describe-vpc-endpoints", "/VpcEndpoints", json!([one]));
                world.set("describe-vpc-endpoints", "/VpcEndpoints/0/State", json!("failed"));
                world
            },
        ),
        case(
            "endpoint/private_dns_disabled/fault",
            "root_cause",
            &[("endpoint.private-dns-disabled", Cause)],
            &[],
            || {
                let mut world = endpoints();
                world.set("describe-vpc-endpoints", "/VpcEndpoints/2/PrivateDnsEnabled", json!(false));
                world
            },
        ),
        case(
            "endpoint/private_dns_disabled/near_miss",
            "suspects",
            &[("endpoint.private-dns-disabled", Silent)],
            &[],
            || {
                // The public name works through NAT.
                let mut world = World::new(Egress::Nat, &secret_timeout());
                let listed = endpoints().output("describe-vpc-endpoints")["VpcEndpoints"][2].clone();
                world.set("describe-vpc-endpoints", "/VpcEndpoints", json!([listed]));
                world.set("describe-vpc-endpoints", "/VpcEndpoints/0/PrivateDnsEnabled", json!(false));
                world
            },
        ),
        case(
            "endpoint/private_dns_disabled/missing",
            "suspects",
            &[("endpoint.private-dns-disabled", Silent)],
            &["ec2:DescribeVpcEndpoints"],
            || {
                let mut world = endpoints();
                world.drop_output("describe-vpc-endpoints");
                world
            },
        ),
        case(
            "endpoint/gateway_not_routed/fault",
            "root_cause",
            &[("endpoint.gateway-not-routed", Cause)],
            &[],
            || {
                let mut world = World::new(Egress::Endpoints, &layers_timeout());
                world.unset("describe-route-tables", WAY_OUT);
                world.set("describe-route-tables", "/RouteTables/2/Routes/-", json!({"DestinationPrefixListId": "pl-63a5400a", "GatewayId": "vpce-0f0000000000000f5", "Origin": "CreateRoute", "State": "active"}));
                world.set(
                    "describe-vpc-endpoints",
                    "/VpcEndpoints/5/RouteTableIds",
                    json!(["rtb-0c0000000000000c1"]),
                );
                world
            },
        ),
        case(
            "endpoint/gateway_not_routed/near_miss",
            "suspects",
            &[("endpoint.gateway-not-routed", Silent)],
            &[],
            || World::new(Egress::Endpoints, &layers_timeout()),
        ),
        case(
            "endpoint/gateway_not_routed/missing",
            "suspects",
            &[("endpoint.gateway-not-routed", Silent)],
            &["ec2:DescribeRouteTables"],
            || {
                let mut world = World::new(Egress::Endpoints, &layers_timeout());
                world.drop_output("describe-route-tables");
                world
            },
        ),
        case(
            "endpoint/gateway_only/no_route",
            "root_cause",
            &[("network.no-route", Cause), ("endpoint.missing", Silent)],
            &[],
            || {
                // An S3 gateway endpoint alone does not make a VPC one that is built on endpoints.
                let mut world = endpoints();
                let listed = world.output("describe-vpc-endpoints")["VpcEndpoints"][5].clone();
                world.put(
                    "describe-vpc-endpoints",
                    &format!("ec2 describe-vpc-endpoints --filters Name=vpc-id,Values={VPC}"),
                    json!({"VpcEndpoints": [listed]}),
                );
                world
            },
        ),
        case(
            "endpoint/not_available/pending",
            "root_cause",
            &[("endpoint.not-available", Cause)],
            &[],
            || {
                let mut world = endpoints();
                world.set("describe-vpc-endpoints", "/VpcEndpoints/2/State", json!("pending"));
                world
            },
        ),
        case(
            "endpoint/not_available/missing",
            "suspects",
            &[("endpoint.not-available", Silent), ("network.endpoint-sg-ingress-blocked", Unknown)],
            &[],
            || {
                // Where its interfaces stand is not pasted, and its group neither.
                let mut world = endpoints();
                world.drop_output("describe-network-interfaces");
                world.set("describe-vpc-endpoints", "/VpcEndpoints/2/SubnetIds", json!([OTHER]));
                world.unset("describe-security-groups", "/SecurityGroups/1");
                world.outputs.get_mut("describe-security-groups").unwrap().0 =
                    "aws ec2 describe-security-groups --group-ids sg-0a0000000000000a1 --region us-east-1 --output json".to_owned();
                world
            },
        ),
    ]
}
