//! Whether the evidence fits the failure.

use super::secret::{about, failed, not_found, scenario};
use crate::scenario::Said::{Next, Silent, Unknown, Warn};
use crate::scenario::Scenario;
use crate::world::{Egress, World};
use serde_json::json;

/// A public address, though endpoints take the names over.
fn went_public() -> String {
    about(
        "RequestError: send request failed caused by: Post \"https://secretsmanager.us-east-1.amazonaws.com/\": dial tcp 52.94.233.129:443: i/o timeout",
    )
}

/// All scenarios of this area.
#[must_use]
pub(super) fn all() -> Vec<Scenario> {
    vec![
        scenario(
            "evidence/changed_since_failure/fault",
            "suspects",
            &[("evidence.changed-since-failure", Warn)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &not_found());
                world.set("describe-secret", "/CreatedDate", json!("2026-11-24T09:00:00+00:00"));
                world.set("describe-secret", "/LastChangedDate", json!("2026-11-24T09:00:00+00:00"));
                world
            },
        ),
        scenario(
            "evidence/changed_since_failure/policy",
            "suspects",
            &[("evidence.changed-since-failure", Warn)],
            &[],
            || {
                let policy = "arn:aws:iam::111122223333:policy/app";
                let mut world = World::new(Egress::Nat, &about("..."));
                world.set(
                    "list-attached-role-policies",
                    "/AttachedPolicies/-",
                    json!({"PolicyName": "app", "PolicyArn": policy}),
                );
                world.put(
                    "get-policy",
                    &format!("iam get-policy --policy-arn {policy}"),
                    json!({"Policy": {"PolicyName": "app", "PolicyId": "ANPAEXAMPLE", "Arn": policy, "Path": "/", "DefaultVersionId": "v2",
                        "AttachmentCount": 1, "IsAttachable": true, "CreateDate": "2026-01-01T00:00:00+00:00", "UpdateDate": "2026-11-24T09:00:00+00:00"}}),
                );
                world
            },
        ),
        scenario(
            "evidence/changed_since_failure/near_miss",
            "suspects",
            &[("evidence.changed-since-failure", Silent)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &about("..."));
                world.set("describe-secret", "/LastChangedDate", json!("2026-11-24T08:04:59+00:00"));
                world
            },
        ),
        scenario(
            "evidence/changed_since_failure/missing",
            "suspects",
            &[("evidence.changed-since-failure", Silent)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &about("..."));
                world.set("describe-secret", "/LastChangedDate", json!("2026-11-24T09:00:00+00:00"));
                world.unset("describe-tasks", "/tasks/0/stoppedAt");
                world.unset("describe-tasks", "/tasks/0/stoppingAt");
                world
            },
        ),
        scenario(
            "evidence/contradicts_error/name_went_public",
            "suspects",
            &[
                ("evidence.contradicts-error", Warn),
                ("network.no-route", Silent),
                ("endpoint.missing", Silent),
            ],
            &[],
            || World::new(Egress::Endpoints, &went_public()),
        ),
        scenario(
            "evidence/contradicts_error/past_a_closed_endpoint",
            "suspects",
            &[("evidence.contradicts-error", Warn), ("network.endpoint-sg-ingress-blocked", Next)],
            &[],
            || {
                // The endpoint that answers for the name would have let nothing in: it is not called in order.
                let mut world = World::new(Egress::Endpoints, &went_public());
                world.set("describe-security-groups", "/SecurityGroups/1/IpPermissions", json!([]));
                world
            },
        ),
        scenario(
            "evidence/contradicts_error/named_layer",
            "suspects",
            &[("evidence.contradicts-error", Warn), ("iam.action-not-allowed", Silent)],
            &["secretsmanager:GetResourcePolicy"],
            || {
                // The role's policies allow what the error says that they do not, whatever the secret's own policy says.
                let tail = " because no identity-based policy allows the secretsmanager:GetSecretValue action";
                let mut world = World::new(Egress::Nat, &super::iam::secret_denied(tail));
                world.drop_output("get-resource-policy");
                world
            },
        ),
        scenario(
            "evidence/contradicts_error/servers_unknown",
            "suspects",
            &[("evidence.contradicts-error", Silent)],
            &["ec2:DescribeDhcpOptions"],
            || {
                let mut world = World::new(Egress::Endpoints, &went_public());
                world.drop_output("describe-dhcp-options");
                world
            },
        ),
        scenario(
            "evidence/contradicts_error/fault",
            "suspects",
            &[("evidence.contradicts-error", Warn), ("secret.not-found", Silent)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &not_found());
                world.set(
                    "describe-task-definition",
                    "/taskDefinition/containerDefinitions/0/secrets/0/valueFrom",
                    json!(crate::world::SECRET),
                );
                world
            },
        ),
        scenario(
            "evidence/contradicts_error/assumption",
            "suspects",
            &[("evidence.contradicts-error", Warn), ("iam.trust-denied", Silent)],
            &[],
            || {
                World::new(
                    Egress::Nat,
                    "ECS was unable to assume the role 'arn:aws:iam::111122223333:role/ecsTaskExecutionRole' that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this role.",
                )
            },
        ),
        scenario(
            "evidence/contradicts_error/decryption",
            "suspects",
            &[("evidence.contradicts-error", Warn)],
            &[],
            || {
                // The secret is under the AWS managed key of its own account, which needs no permission of the role's.
                World::new(Egress::Nat, &about("AccessDeniedException: Access to KMS is not allowed"))
            },
        ),
        scenario(
            "evidence/contradicts_error/key_not_asked",
            "suspects",
            &[("evidence.contradicts-error", Warn), ("secret.json-key-not-found", Unknown)],
            &["JSON of secret"],
            || {
                // The pasted revision asks for the key `password`.
                World::new(
                    Egress::Nat,
                    &failed("retrieved secret from Secrets Manager did not contain json key token"),
                )
            },
        ),
        scenario(
            "evidence/contradicts_error/near_miss",
            "suspects",
            &[("evidence.contradicts-error", Silent)],
            &[],
            || World::new(Egress::Nat, &failed("...")),
        ),
        scenario(
            "evidence/contradicts_error/missing",
            "root_cause",
            &[
                ("evidence.contradicts-error", Silent),
                ("secret.not-found", crate::scenario::Said::Cause),
            ],
            &[],
            || {
                // Nothing shows the secret, so nothing contradicts the error.
                let mut world = World::new(Egress::Nat, &not_found());
                world.drop_output("describe-secret");
                world
            },
        ),
        scenario(
            "evidence/other_revision/fault",
            "suspects",
            &[("evidence.other-revision", Warn)],
            &["ecs:DescribeTaskDefinition"],
            || {
                let mut world = World::new(Egress::Nat, &failed("..."));
                world.set(
                    "describe-tasks",
                    "/tasks/0/taskDefinitionArn",
                    json!("arn:aws:ecs:us-east-1:111122223333:task-definition/app:9"),
                );
                world
            },
        ),
        scenario(
            "evidence/other_revision/near_miss",
            "suspects",
            &[("evidence.other-revision", Silent)],
            &[],
            || World::new(Egress::Nat, &failed("...")),
        ),
        scenario(
            "evidence/other_revision/missing",
            "suspects",
            &[("evidence.other-revision", Silent)],
            &["ecs:DescribeTaskDefinition"],
            || {
                let mut world = World::new(Egress::Nat, &failed("..."));
                world.drop_output("describe-task-definition");
                world
            },
        ),
    ]
}
