//! Policies of the organization above the account.

use super::{quiet, scenario, secret_denied};
use crate::scenario::Said::{Cause, Silent, Unknown};
use crate::scenario::Scenario;
use crate::world::{ACCOUNT, Egress, REGION, World};
use serde_json::{Value, json};

fn control(world: &mut World, stem: &str, id: &str, name: &str, kind: &str, statement: Value) {
    world.put(
        stem,
        &format!("organizations describe-policy --policy-id {id}"),
        json!({"Policy": {"PolicySummary": {"Id": id, "Name": name, "Type": kind, "AwsManaged": false,
                "Arn": format!("arn:aws:organizations::999988887777:policy/o-example123/{}/{id}", kind.to_lowercase())},
            "Content": json!({"Version": "2012-10-17", "Statement": [statement]}).to_string()}}),
    );
}

fn targets(world: &mut World, kind: &str, target: &str, policies: &[(&str, &str)]) {
    let listed: Vec<Value> = policies
        .iter()
        .map(|(id, name)| json!({"Id": id, "Name": name, "Type": kind, "AwsManaged": id.starts_with("p-Full") || id.starts_with("p-RCP")}))
        .collect();
    world.put(
        &format!("list-policies-for-target-{target}"),
        &format!("organizations list-policies-for-target --target-id {target} --filter {kind}"),
        json!({"Policies": listed}),
    );
}

fn parents(world: &mut World) {
    for (child, parent, kind) in [
        (ACCOUNT, "ou-exam-12345678", "ORGANIZATIONAL_UNIT"),
        ("ou-exam-12345678", "r-exam", "ROOT"),
    ] {
        world.put(
            &format!("list-parents-{child}"),
            &format!("organizations list-parents --child-id {child}"),
            json!({"Parents": [{"Id": parent, "Type": kind}]}),
        );
    }
}

const SCP: &str = "SERVICE_CONTROL_POLICY";
const RCP: &str = "RESOURCE_CONTROL_POLICY";
const FULL: (&str, &str) = ("p-FullAWSAccess", "FullAWSAccess");

/// All scenarios of this part.
pub(super) fn all() -> Vec<Scenario> {
    vec![
        scenario("iam/scp_denied/fault", "root_cause", &[("iam.scp-denied", Cause)], &[], || {
            let mut world = World::new(Egress::Nat, &secret_denied(" with an explicit deny in a service control policy"));
            parents(&mut world);
            targets(&mut world, SCP, "r-exam", &[FULL]);
            targets(&mut world, SCP, "ou-exam-12345678", &[FULL, ("p-fence123", "fence")]);
            targets(&mut world, SCP, ACCOUNT, &[FULL]);
            control(
                &mut world,
                "describe-policy",
                "p-fence123",
                "fence",
                SCP,
                json!({"Sid": "NoSecrets", "Effect": "Deny", "Action": "secretsmanager:*", "Resource": "*"}),
            );
            world
        }),
        scenario(
            "iam/scp_denied/told_by_error",
            "root_cause",
            &[("iam.scp-denied", Cause)],
            &[],
            || World::new(Egress::Nat, &secret_denied(" with an explicit deny in a service control policy")),
        ),
        scenario(
            "iam/scp_denied/level_lacks",
            "root_cause",
            &[("iam.scp-denied", Cause)],
            &[],
            || {
                let mut world = World::new(
                    Egress::Nat,
                    &secret_denied(" because no service control policy allows the secretsmanager:GetSecretValue action"),
                );
                parents(&mut world);
                targets(&mut world, SCP, "r-exam", &[FULL]);
                targets(&mut world, SCP, "ou-exam-12345678", &[("p-list1234", "allow-list")]);
                targets(&mut world, SCP, ACCOUNT, &[FULL]);
                control(
                    &mut world,
                    "describe-policy",
                    "p-list1234",
                    "allow-list",
                    SCP,
                    json!({"Effect": "Allow", "Action": ["ecr:*", "ssm:*", "logs:*", "s3:*"], "Resource": "*"}),
                );
                world
            },
        ),
        scenario(
            "iam/scp_denied/near_miss",
            "no_fault_found",
            &[("iam.scp-denied", Silent)],
            &[],
            || {
                let mut world = quiet(Egress::Nat);
                parents(&mut world);
                targets(&mut world, SCP, "r-exam", &[FULL]);
                targets(&mut world, SCP, "ou-exam-12345678", &[FULL, ("p-fence123", "fence")]);
                targets(&mut world, SCP, ACCOUNT, &[FULL]);
                control(
                    &mut world,
                    "describe-policy",
                    "p-fence123",
                    "fence",
                    SCP,
                    json!({"Sid": "Regions", "Effect": "Deny", "Action": "*", "Resource": "*",
                "Condition": {"StringNotEquals": {"aws:RequestedRegion": [REGION]}}}),
                );
                world
            },
        ),
        // Every level is listed, and none holds the policy that would deny: it binds another unit.
        scenario(
            "iam/scp_denied/other_unit",
            "no_fault_found",
            &[("iam.scp-denied", Silent)],
            &[],
            || {
                let mut world = quiet(Egress::Nat);
                parents(&mut world);
                for target in ["r-exam", "ou-exam-12345678", ACCOUNT] {
                    targets(&mut world, SCP, target, &[FULL]);
                }
                control(
                    &mut world,
                    "describe-policy",
                    "p-fence123",
                    "fence",
                    SCP,
                    json!({"Sid": "NoSecrets", "Effect": "Deny", "Action": "secretsmanager:*", "Resource": "*"}),
                );
                world
            },
        ),
        scenario(
            "iam/scp_denied/missing",
            "suspects",
            &[("iam.scp-denied", Unknown)],
            &["organizations:ListPoliciesForTarget"],
            || {
                let mut world = World::new(Egress::Nat, &secret_denied(""));
                parents(&mut world);
                targets(&mut world, SCP, "r-exam", &[FULL]);
                world
            },
        ),
        scenario("iam/rcp_denied/fault", "root_cause", &[("iam.rcp-denied", Cause)], &[], || {
            let mut world = World::new(Egress::Nat, &secret_denied(" with an explicit deny in a resource control policy"));
            parents(&mut world);
            targets(&mut world, RCP, "r-exam", &[("p-perim123", "perimeter")]);
            targets(&mut world, RCP, "ou-exam-12345678", &[]);
            targets(&mut world, RCP, ACCOUNT, &[]);
            control(
                &mut world,
                "describe-policy",
                "p-perim123",
                "perimeter",
                RCP,
                json!({"Sid": "OnlyOurNetwork", "Effect": "Deny", "Principal": "*",
                "Action": "secretsmanager:*", "Resource": "*", "Condition": {"StringNotEqualsIfExists": {"aws:SourceVpc": "vpc-0ffffffffffffffff"}}}),
            );
            world
        }),
        scenario(
            "iam/rcp_denied/near_miss",
            "no_fault_found",
            &[("iam.rcp-denied", Silent)],
            &[],
            || {
                let mut world = quiet(Egress::Nat);
                parents(&mut world);
                targets(&mut world, SCP, "r-exam", &[FULL]);
                targets(&mut world, SCP, "ou-exam-12345678", &[FULL]);
                targets(&mut world, SCP, ACCOUNT, &[FULL]);
                control(
                    &mut world,
                    "describe-policy",
                    "p-perim123",
                    "perimeter",
                    RCP,
                    json!({"Sid": "OnlyTls", "Effect": "Deny", "Principal": "*",
                "Action": ["secretsmanager:*", "kms:*"], "Resource": "*", "Condition": {"BoolIfExists": {"aws:SecureTransport": "false"}}}),
                );
                for (target, policies) in [
                    ("r-exam", vec![("p-perim123", "perimeter")]),
                    ("ou-exam-12345678", vec![]),
                    (ACCOUNT, vec![]),
                ] {
                    let listed: Vec<Value> = policies
                        .iter()
                        .map(|(id, name)| json!({"Id": id, "Name": name, "Type": RCP, "AwsManaged": false}))
                        .collect();
                    world.put(
                        &format!("list-policies-for-target-rcp-{target}"),
                        &format!("organizations list-policies-for-target --target-id {target} --filter {RCP}"),
                        json!({"Policies": listed}),
                    );
                }
                world
            },
        ),
        scenario(
            "iam/rcp_denied/missing",
            "suspects",
            &[("iam.rcp-denied", Unknown)],
            &["organizations:ListPoliciesForTarget"],
            || {
                let mut world = World::new(Egress::Nat, &secret_denied(""));
                parents(&mut world);
                targets(&mut world, RCP, ACCOUNT, &[]);
                world
            },
        ),
    ]
}
