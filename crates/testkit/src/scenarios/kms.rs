//! KMS keys of secrets and parameters.

use super::iam::{plain, quiet, secret_denied};
use super::secret::about;
use crate::scenario::Said::{Cause, Silent, Unknown, Warn};
use crate::scenario::Scenario;
use crate::world::{ACCOUNT, Egress, REGION, ROLE, SECRET, World};
use serde_json::{Value, json};

/// The key of the secret.
const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/1a2b3c4d-0000-4000-8000-000000000001";

/// All scenarios of this area.
#[must_use]
pub(crate) fn all() -> Vec<Scenario> {
    let mut all = default_key();
    all.extend(own_key());
    all.extend(states());
    all
}

/// The secret's key in that state, and the error that tells no more than that a key was in the way.
fn in_state(state: &str) -> World {
    let mut world = with_key(&no_kms_access());
    allow_decrypt(&mut world);
    key_policy(&mut world, delegation());
    describe(&mut world, KEY, state);
    world
}

/// The error of a parameter whose key is disabled.
fn parameter_disabled() -> String {
    format!(
        "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): InvalidKeyId: {KEY} is disabled. (Service: AWSKMS; Status Code: 400; Error Code: DisabledException; Request ID: 8f1b5a50-3a5f-4d0c-9d3e-000000000001)"
    )
}

/// The states in which AWS KMS refuses a key, from its description or from the error itself.
fn states() -> Vec<Scenario> {
    let fault = |name: &'static str, build: fn() -> World| Scenario {
        name,
        outcome: "root_cause",
        says: &[("kms.key-unusable", Cause), ("evidence.contradicts-error", Silent)],
        asks: &[],
        build,
    };
    vec![
        fault("kms/key_unusable/pending_deletion", || in_state("PendingDeletion")),
        fault("kms/key_unusable/pending_replica_deletion", || in_state("PendingReplicaDeletion")),
        fault("kms/key_unusable/pending_import", || in_state("PendingImport")),
        fault("kms/key_unusable/unavailable", || in_state("Unavailable")),
        fault("kms/key_unusable/gone", || {
            let mut world = in_state("Enabled");
            world.put(
                "describe-key",
                &format!("kms describe-key --key-id {KEY}"),
                Value::String(format!(
                    "\nAn error occurred (NotFoundException) when calling the DescribeKey operation: Key '{KEY}' does not exist"
                )),
            );
            world
        }),
        fault("kms/key_unusable/told_by_error", || {
            let mut world = with_key(&about(&format!("KMSInvalidStateException: {KEY} is pending deletion.")));
            allow_decrypt(&mut world);
            key_policy(&mut world, delegation());
            world.drop_output("describe-key");
            world
        }),
        fault("kms/key_unusable/told_by_parameter_store", || {
            World::new(Egress::Nat, &parameter_disabled())
        }),
        // Enabled again since: the contradiction is where the parameter is fetched.
        Scenario {
            name: "kms/key_unusable/parameter_enabled_since",
            outcome: "suspects",
            says: &[("kms.key-unusable", Silent), ("evidence.contradicts-error", Warn)],
            asks: &[],
            build: || {
                let mut world = with_key(&parameter_disabled());
                allow_decrypt(&mut world);
                key_policy(&mut world, delegation());
                world
            },
        },
        // It was enabled again since: what is pasted does not fit the error.
        Scenario {
            name: "kms/key_unusable/enabled_since",
            outcome: "suspects",
            says: &[("kms.key-unusable", Silent), ("evidence.contradicts-error", Warn)],
            asks: &[],
            build: || {
                let mut world = with_key(&about(&format!("KMSInvalidStateException: {KEY} is pending deletion.")));
                allow_decrypt(&mut world);
                key_policy(&mut world, delegation());
                world
            },
        },
        // The error and the key's own output agree, though nothing shows what is encrypted with it.
        Scenario {
            name: "kms/key_unusable/told_and_described",
            outcome: "root_cause",
            says: &[("kms.key-unusable", Cause)],
            asks: &[],
            build: || {
                let mut world = in_state("PendingDeletion");
                let told = about(&format!("KMSInvalidStateException: {KEY} is pending deletion."));
                world.set("describe-tasks", "/tasks/0/stoppedReason", json!(told));
                for output in ["describe-secret", "get-resource-policy", "get-key-policy"] {
                    world.drop_output(output);
                }
                world
            },
        },
        Scenario {
            name: "kms/key_unusable/undescribed",
            outcome: "suspects",
            says: &[("kms.key-unusable", Unknown)],
            asks: &["kms:DescribeKey"],
            build: || {
                let mut world = in_state("Enabled");
                world.drop_output("describe-key");
                world
            },
        },
    ]
}

/// The AWS managed key: nothing must allow its use, but a denial counts, as Secrets Manager decrypts with the role's permissions.
fn default_key() -> Vec<Scenario> {
    vec![
        Scenario {
            name: "iam/explicit_deny/default_key",
            outcome: "root_cause",
            says: &[("iam.explicit-deny", Cause)],
            asks: &[],
            build: || {
                let mut world = World::new(Egress::Nat, &no_kms_access());
                plain(&mut world);
                version_under(&mut world, "DefaultEncryptionKey");
                let keys = format!("arn:aws:kms:*:{ACCOUNT}:key/*");
                deny_decrypt(&mut world, json!({"Resource": keys}));
                world
            },
        },
        Scenario {
            name: "iam/explicit_deny/default_key_near_miss",
            outcome: "no_fault_found",
            says: &[("iam.explicit-deny", Silent)],
            asks: &[],
            build: || {
                let mut world = quiet(Egress::Nat);
                version_under(&mut world, "DefaultEncryptionKey");
                let other = json!({"StringNotEquals": {"kms:ViaService": "secretsmanager.us-east-1.amazonaws.com"}});
                deny_decrypt(&mut world, json!({"Resource": "*", "Condition": other}));
                world
            },
        },
        Scenario {
            // Without the list of versions, an older key of another account may open it as well.
            name: "iam/explicit_deny/default_key_missing",
            outcome: "suspects",
            says: &[("iam.explicit-deny", Silent), ("iam.action-not-allowed", Silent)],
            asks: &["secretsmanager:ListSecretVersionIds"],
            build: || {
                let mut world = World::new(Egress::Nat, &no_kms_access());
                plain(&mut world);
                deny_decrypt(&mut world, json!({"Resource": format!("arn:aws:kms:*:{ACCOUNT}:key/*")}));
                world
            },
        },
    ]
}

fn deny_decrypt(world: &mut World, rest: Value) {
    let mut statement = json!({"Sid": "NoKeys", "Effect": "Deny", "Action": "kms:Decrypt"});
    if let (Some(statement), Value::Object(rest)) = (statement.as_object_mut(), rest) {
        statement.extend(rest);
    }
    world.set("get-role-policy", "/PolicyDocument/Statement/-", statement);
}

/// The secret's current version, encrypted under that key alone.
fn version_under(world: &mut World, key: &str) {
    world.put(
        "list-secret-version-ids",
        &format!("secretsmanager list-secret-version-ids --secret-id {SECRET}"),
        json!({"Versions": [{"VersionId": "a1b2c3d4-5678-90ab-cdef-EXAMPLE11111", "VersionStages": ["AWSCURRENT"], "KmsKeyIds": [key],
            "CreatedDate": "2026-09-01T00:00:00+00:00"}], "ARN": SECRET, "Name": "prod/db"}),
    );
}

/// The customer's keys.
fn own_key() -> Vec<Scenario> {
    vec![
        Scenario {
            name: "kms/key_policy_denied/fault",
            outcome: "root_cause",
            says: &[("kms.key-policy-denied", Cause)],
            asks: &[],
            build: || {
                let mut world = with_key(&no_kms_access());
                allow_decrypt(&mut world);
                key_policy(
                    &mut world,
                    json!({"Sid": "Admins", "Effect": "Allow", "Principal": {"AWS": format!("arn:aws:iam::{ACCOUNT}:role/admin")},
                    "Action": "kms:*", "Resource": "*"}),
                );
                world
            },
        },
        Scenario {
            name: "kms/key_policy_denied/explicit",
            outcome: "root_cause",
            says: &[("kms.key-policy-denied", Cause)],
            asks: &[],
            build: || {
                let mut world = with_key(&no_kms_access());
                allow_decrypt(&mut world);
                let only_admins = json!({"ArnNotLike": {"aws:PrincipalArn": format!("arn:aws:iam::{ACCOUNT}:role/admin*")}});
                key_policy(
                    &mut world,
                    json!([delegation(), {"Sid": "OnlyAdmins", "Effect": "Deny", "Principal": "*", "Action": "kms:Decrypt", "Resource": "*",
                        "Condition": only_admins}]),
                );
                world
            },
        },
        Scenario {
            name: "kms/key_policy_denied/handed_over",
            outcome: "root_cause",
            says: &[("kms.key-policy-denied", Silent), ("iam.action-not-allowed", Cause)],
            asks: &[],
            build: || {
                let mut world = with_key(&no_kms_access());
                key_policy(&mut world, delegation());
                world
            },
        },
        Scenario {
            name: "kms/key_policy_denied/near_miss",
            outcome: "no_fault_found",
            says: &[("kms.key-policy-denied", Silent)],
            asks: &[],
            build: || {
                let mut world = with_key("");
                allow_decrypt(&mut world);
                key_policy(&mut world, delegation());
                world
            },
        },
        Scenario {
            name: "kms/key_policy_denied/missing",
            outcome: "suspects",
            says: &[("kms.key-policy-denied", Unknown)],
            asks: &["kms:GetKeyPolicy"],
            build: || {
                let mut world = with_key(&no_kms_access());
                allow_decrypt(&mut world);
                world.drop_output("list-grants");
                world
            },
        },
        Scenario {
            name: "kms/key_unusable/fault",
            outcome: "root_cause",
            says: &[("kms.key-unusable", Cause)],
            asks: &[],
            build: || {
                let mut world = with_key("");
                allow_decrypt(&mut world);
                key_policy(&mut world, delegation());
                describe(&mut world, KEY, "Disabled");
                world
            },
        },
        Scenario {
            name: "kms/key_unusable/near_miss",
            outcome: "no_fault_found",
            says: &[("kms.key-unusable", Silent)],
            asks: &[],
            build: || {
                let mut world = with_key("");
                allow_decrypt(&mut world);
                key_policy(&mut world, delegation());
                describe(&mut world, KEY, "Enabled");
                world
            },
        },
        Scenario {
            name: "kms/key_unusable/missing",
            outcome: "suspects",
            says: &[("kms.key-unusable", Unknown)],
            asks: &["secretsmanager:ListSecretVersionIds"],
            build: || {
                let mut world = with_key("");
                allow_decrypt(&mut world);
                key_policy(&mut world, delegation());
                describe(&mut world, KEY, "Disabled");
                world.drop_output("list-secret-version-ids");
                world
            },
        },
        Scenario {
            name: "kms/aws_managed_cross_account/fault",
            outcome: "root_cause",
            says: &[("kms.aws-managed-cross-account", Cause)],
            asks: &[],
            build: || cross_account(&no_kms_access().replace(SECRET, FOREIGN), None, true),
        },
        Scenario {
            name: "kms/aws_managed_cross_account/near_miss",
            outcome: "no_fault_found",
            says: &[("kms.aws-managed-cross-account", Silent)],
            asks: &[],
            build: || {
                let mut world = cross_account("", Some(FOREIGN_KEY), true);
                describe(&mut world, FOREIGN_KEY, "Enabled");
                world
            },
        },
        Scenario {
            name: "kms/aws_managed_cross_account/missing",
            outcome: "suspects",
            says: &[("kms.aws-managed-cross-account", Silent), ("kms.key-policy-denied", Unknown)],
            asks: &["secretsmanager:DescribeSecret"],
            build: || cross_account(&no_kms_access().replace(SECRET, FOREIGN), None, false),
        },
    ]
}

/// Secrets Manager's error where decrypting was denied.
fn no_kms_access() -> String {
    let denied = secret_denied("");
    let start = denied.split("AccessDeniedException").next().unwrap_or_default();
    format!("{start}AccessDeniedException: Access to KMS is not allowed status code: 400, request id: 2f6b8a34-1111-4222-8333-444455556668")
}

fn delegation() -> Value {
    json!({"Sid": "Enable IAM User Permissions", "Effect": "Allow", "Principal": {"AWS": format!("arn:aws:iam::{ACCOUNT}:root")}, "Action": "kms:*", "Resource": "*"})
}

fn with_key(reason: &str) -> World {
    let mut world = World::new(Egress::Nat, reason);
    plain(&mut world);
    world.set("describe-secret", "/KmsKeyId", json!(KEY));
    version_under(&mut world, KEY);
    world.put("list-grants", &format!("kms list-grants --key-id {KEY}"), json!({"Grants": []}));
    describe(&mut world, KEY, "Enabled");
    world
}

fn key_policy(world: &mut World, statement: Value) {
    let statements = if statement.is_array() { statement } else { json!([statement]) };
    let policy = json!({"Version": "2012-10-17", "Statement": statements}).to_string();
    world.put(
        "get-key-policy",
        &format!("kms get-key-policy --key-id {KEY} --policy-name default"),
        json!({"Policy": policy, "PolicyName": "default"}),
    );
}

fn describe(world: &mut World, key: &str, state: &str) {
    let id = key.rsplit('/').next().unwrap_or_default();
    let account = key.split(':').nth(4).unwrap_or_default();
    world.put(
        "describe-key",
        &format!("kms describe-key --key-id {key}"),
        json!({"KeyMetadata": {"AWSAccountId": account, "KeyId": id, "Arn": key, "CreationDate": "2026-01-01T00:00:00+00:00",
            "Enabled": state == "Enabled", "Description": "", "KeyUsage": "ENCRYPT_DECRYPT", "KeyState": state, "Origin": "AWS_KMS", "KeyManager": "CUSTOMER",
            "KeySpec": "SYMMETRIC_DEFAULT", "MultiRegion": false}}),
    );
}

fn allow_decrypt(world: &mut World) {
    world.set(
        "get-role-policy",
        "/PolicyDocument/Statement/-",
        json!({"Sid": "Key", "Effect": "Allow", "Action": "kms:Decrypt", "Resource": KEY}),
    );
}

pub(super) const FOREIGN: &str = "arn:aws:secretsmanager:us-east-1:444455556666:secret:shared/db-XyZaBc";
pub(super) const FOREIGN_KEY: &str = "arn:aws:kms:us-east-1:444455556666:key/9a2b3c4d-0000-4000-8000-000000000009";

/// A secret of another account that every policy admits.
pub(super) fn cross_account(reason: &str, key: Option<&str>, described: bool) -> World {
    let mut world = World::new(Egress::Nat, reason);
    world.set(
        "describe-task-definition",
        "/taskDefinition/containerDefinitions/0/secrets/0/valueFrom",
        json!(FOREIGN),
    );
    world.set("get-role-policy", "/PolicyDocument/Statement/0/Resource", json!(FOREIGN));
    world.set(
        "get-role-policy",
        "/PolicyDocument/Statement/-",
        json!({"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*"}),
    );
    let policy = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": ROLE}, "Action": "secretsmanager:GetSecretValue", "Resource": "*"}]});
    world.put(
        "get-resource-policy",
        &format!("secretsmanager get-resource-policy --secret-id {FOREIGN}"),
        json!({"ARN": FOREIGN, "Name": "shared/db", "ResourcePolicy": policy.to_string()}),
    );
    world.drop_output("describe-secret");
    if described {
        let mut secret = json!({"ARN": FOREIGN, "Name": "shared/db", "LastChangedDate": "2026-10-01T00:00:00+00:00", "CreatedDate": "2026-09-01T00:00:00+00:00",
            "VersionIdsToStages": {"a1b2c3d4-5678-90ab-cdef-EXAMPLE22222": ["AWSCURRENT"]}, "Tags": []});
        if let Some(key) = key {
            secret["KmsKeyId"] = json!(key);
        }
        world.put(
            "describe-secret",
            &format!("secretsmanager describe-secret --secret-id {FOREIGN}"),
            secret,
        );
    }
    if let Some(key) = key {
        let policy = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": ROLE}, "Action": "kms:Decrypt", "Resource": "*",
            "Condition": {"StringEquals": {"kms:ViaService": format!("secretsmanager.{REGION}.amazonaws.com")}}}]});
        world.put(
            "get-key-policy",
            &format!("kms get-key-policy --key-id {key} --policy-name default"),
            json!({"Policy": policy.to_string(), "PolicyName": "default"}),
        );
        world.put(
            "list-secret-version-ids",
            &format!("secretsmanager list-secret-version-ids --secret-id {FOREIGN}"),
            json!({"Versions": [{"VersionId": "a1b2c3d4-5678-90ab-cdef-EXAMPLE22222", "VersionStages": ["AWSCURRENT"], "KmsKeyIds": [key],
                "CreatedDate": "2026-09-01T00:00:00+00:00"}], "ARN": FOREIGN, "Name": "shared/db"}),
        );
    }
    world
}
