//! Security groups, and what intercepts.

use super::{VPC, case, layers_timeout, login_timeout, secret_timeout};
use crate::scenario::Said::{Cause, Silent, Unknown};
use crate::scenario::Scenario;
use crate::world::{ACCOUNT, Egress, World};
use serde_json::json;

fn nat() -> World {
    World::new(Egress::Nat, &login_timeout("44.213.79.10"))
}

fn endpoints() -> World {
    World::new(Egress::Endpoints, &secret_timeout())
}

const OUT: &str = "/SecurityGroups/0/IpPermissionsEgress";
const IN: &str = "/SecurityGroups/1/IpPermissions";

/// Scenarios.
pub(super) fn all() -> Vec<Scenario> {
    vec![
        case(
            "network/sg_egress_blocked/fault",
            "root_cause",
            &[("network.sg-egress-blocked", Cause)],
            &[],
            || {
                let mut world = nat();
                world.set("describe-security-groups", OUT, json!([]));
                world
            },
        ),
        case(
            "network/sg_egress_blocked/near_miss",
            "suspects",
            &[("network.sg-egress-blocked", Silent)],
            &[],
            || {
                let mut world = nat();
                world.set("describe-security-groups", OUT, json!([{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "0.0.0.0/0"}], "Ipv6Ranges": [], "PrefixListIds": [], "UserIdGroupPairs": []}]));
                world
            },
        ),
        case(
            "network/sg_egress_blocked/missing",
            "suspects",
            &[("network.sg-egress-blocked", Unknown)],
            &["ec2:DescribeSecurityGroups"],
            || {
                let mut world = nat();
                world.drop_output("describe-security-groups");
                world
            },
        ),
        case(
            "network/sg_egress_blocked/default_group",
            "root_cause",
            &[("network.sg-egress-blocked", Cause)],
            &[],
            || {
                // Settings without groups mean the VPC's default group.
                let mut world = nat();
                for at in ["/services/0/networkConfiguration", "/services/0/deployments/0/networkConfiguration"] {
                    world.set("describe-services", &format!("{at}/awsvpcConfiguration/securityGroups"), json!([]));
                }
                world.set(
                    "describe-security-groups",
                    "/SecurityGroups/-",
                    json!({"GroupId": "sg-0d0000000000000d1", "GroupName": "default", "Description": "default VPC security group",
                "VpcId": VPC, "OwnerId": ACCOUNT, "IpPermissions": [], "IpPermissionsEgress": []}),
                );
                world
            },
        ),
        case(
            "network/endpoint_sg_ingress_blocked/fault",
            "root_cause",
            &[("network.endpoint-sg-ingress-blocked", Cause)],
            &[],
            || {
                let mut world = endpoints();
                world.set("describe-security-groups", IN, json!([]));
                world
            },
        ),
        case(
            "network/endpoint_sg_ingress_blocked/near_miss",
            "suspects",
            &[("network.endpoint-sg-ingress-blocked", Silent)],
            &[],
            || {
                // Admitted by the VPC's range instead of by group.
                let mut world = endpoints();
                world.set("describe-security-groups", IN, json!([{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "10.0.0.0/16"}], "Ipv6Ranges": [], "PrefixListIds": [], "UserIdGroupPairs": []}]));
                world
            },
        ),
        case(
            "network/endpoint_sg_ingress_blocked/missing",
            "suspects",
            &[("network.endpoint-sg-ingress-blocked", Unknown)],
            &["ec2:DescribeSecurityGroups"],
            || {
                let mut world = endpoints();
                world.unset("describe-security-groups", "/SecurityGroups/1");
                world.outputs.get_mut("describe-security-groups").unwrap().0 =
                    "aws ec2 describe-security-groups --group-ids sg-0a0000000000000a1 --region us-east-1 --output json".to_owned();
                world
            },
        ),
        case(
            "network/endpoint_sg_ingress_blocked/beside_nat",
            "root_cause",
            &[("network.endpoint-sg-ingress-blocked", Cause)],
            &[],
            || {
                // The name leads to the endpoint even where a NAT gateway would carry the call.
                let mut world = endpoints();
                world.set("describe-security-groups", IN, json!([]));
                world.set(
                    "describe-route-tables",
                    "/RouteTables/0/Routes/-",
                    super::route("NatGatewayId", super::NAT, "active"),
                );
                let nat = World::new(Egress::Nat, "").output("describe-nat-gateways").clone();
                world.put(
                    "describe-nat-gateways",
                    &format!("ec2 describe-nat-gateways --filter Name=vpc-id,Values={VPC}"),
                    nat,
                );
                world
            },
        ),
        case(
            "network/tls_intercepted/fault",
            "root_cause",
            &[("network.tls-intercepted", Cause)],
            &[],
            || {
                World::new(
                    Egress::Nat,
                    "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 3 time(s): RequestError: send request failed caused by: Post \"https://api.ecr.us-east-1.amazonaws.com/\": x509: certificate signed by unknown authority",
                )
            },
        ),
        case(
            "network/tls_intercepted/near_miss",
            "suspects",
            &[("network.tls-intercepted", Silent)],
            &[],
            nat,
        ),
        case(
            "network/tls_intercepted/missing",
            "suspects",
            &[("network.tls-intercepted", Silent)],
            &[],
            || {
                // The end of the text, which alone would prove it, is cut.
                World::new(
                    Egress::Nat,
                    "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 3 time(s): RequestError: send request failed caused by: Post \"https://api.ecr.us-east-1.amazonaws.com/\": ...",
                )
            },
        ),
        case(
            "network/sg_egress_blocked/s3_prefix_list",
            "root_cause",
            &[("network.sg-egress-blocked", Cause)],
            &[],
            || {
                // The group lets everything out to the VPC; an S3 gateway endpoint keeps S3's public addresses.
                let mut world = World::new(Egress::Endpoints, &layers_timeout());
                world.set("describe-security-groups", OUT, json!([{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "10.0.0.0/16"}], "Ipv6Ranges": [], "PrefixListIds": [], "UserIdGroupPairs": []}]));
                world
            },
        ),
        case(
            "network/sg_egress_blocked/s3_prefix_list_admitted",
            "suspects",
            &[("network.sg-egress-blocked", Silent)],
            &[],
            || {
                let mut world = World::new(Egress::Endpoints, &layers_timeout());
                world.set("describe-security-groups", OUT, json!([{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "10.0.0.0/16"}], "Ipv6Ranges": [], "PrefixListIds": [{"PrefixListId": "pl-63a5400a"}], "UserIdGroupPairs": []}]));
                world
            },
        ),
    ]
}
