//! The little that a decision needs to know about services.

use crate::tri::Tri;

/// Whether resource control policies reach a service (Organizations User Guide, "List of AWS services that support RCPs").
/// The list grows, so a service that is on neither list here is open.
#[must_use]
pub fn resource_controlled(service: &str) -> Tri {
    match service {
        "ecr" | "ecr-public" | "kms" | "logs" | "s3" | "secretsmanager" | "sqs" | "sts" => Tri::True,
        "ssm" | "ecs" | "ec2" => Tri::False,
        _ => Tri::Unknown,
    }
}

/// Actions of the services here that have no resource type, and so are granted by a literal `*` only (Service
/// Authorization Reference).
#[must_use]
pub fn has_no_resource_type(action: &str) -> bool {
    [
        "ecr:GetAuthorizationToken",
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
    ]
    .iter()
    .chain(&[
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
        "sts:GetCallerIdentity",
    ])
    .any(|known| known.eq_ignore_ascii_case(action))
}
