//! Policies of the VPC endpoints that the task's calls pass.

use super::iam::{quiet, secret_denied};
use crate::scenario::Said::{Cause, Silent, Unknown};
use crate::scenario::Scenario;
use crate::world::{ACCOUNT, Egress, ROLE, World};
use serde_json::{Value, json};

/// All scenarios of this area.
#[must_use]
pub(crate) fn all() -> Vec<Scenario> {
    vec![
        Scenario {
            name: "endpoint/policy_denied/fault",
            outcome: "root_cause",
            says: &[("endpoint.policy-denied", Cause)],
            asks: &[],
            build: || {
                let mut world = World::new(
                    Egress::Endpoints,
                    &secret_denied(" because no VPC endpoint policy allows the secretsmanager:GetSecretValue action"),
                );
                policy(
                    &mut world,
                    2,
                    json!({"Effect": "Allow", "Principal": {"AWS": format!("arn:aws:iam::{ACCOUNT}:role/other")}, "Action": "*", "Resource": "*"}),
                );
                world
            },
        },
        Scenario {
            name: "endpoint/policy_denied/layers",
            outcome: "root_cause",
            says: &[("endpoint.policy-denied", Cause)],
            asks: &[],
            build: || {
                let mut world = World::new(
                    Egress::Endpoints,
                    "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to copy: httpReadSeeker: failed open: unexpected status code https://prod-us-east-1-starport-layer-bucket.s3.us-east-1.amazonaws.com/3a1-111122223333-0123: 403 Forbidden",
                );
                policy(
                    &mut world,
                    5,
                    json!({"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-bucket/*"}),
                );
                world
            },
        },
        Scenario {
            name: "endpoint/policy_denied/near_miss",
            outcome: "no_fault_found",
            says: &[("endpoint.policy-denied", Silent)],
            asks: &[],
            build: || {
                let mut world = quiet(Egress::Endpoints);
                policy(
                    &mut world,
                    2,
                    json!({"Effect": "Allow", "Principal": "*", "Action": "secretsmanager:GetSecretValue", "Resource": "*",
                    "Condition": {"ArnEquals": {"aws:PrincipalArn": ROLE}}}),
                );
                policy(
                    &mut world,
                    5,
                    json!({"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::prod-us-east-1-starport-layer-bucket/*"}),
                );
                world
            },
        },
        Scenario {
            name: "endpoint/policy_denied/missing",
            outcome: "suspects",
            says: &[("endpoint.policy-denied", Unknown)],
            asks: &["ec2:DescribeVpcEndpoints"],
            build: || {
                let mut world = World::new(Egress::Endpoints, &secret_denied(""));
                world.unset("describe-vpc-endpoints", "/VpcEndpoints/2/PolicyDocument");
                world
            },
        },
    ]
}

fn policy(world: &mut World, endpoint: usize, statement: Value) {
    let text = json!({"Version": "2012-10-17", "Statement": [statement]}).to_string();
    world.set(
        "describe-vpc-endpoints",
        &format!("/VpcEndpoints/{endpoint}/PolicyDocument"),
        json!(text),
    );
}
