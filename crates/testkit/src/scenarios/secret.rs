//! Secrets: what is named, whether it is there, and what is in it.

mod content;
mod names;

use crate::scenario::Said::{Cause, Silent, Unknown};
use crate::scenario::{Said, Scenario};
use crate::world::{Egress, SECRET, World};
use serde_json::{Value, json};

const VALUE_FROM: &str = "/taskDefinition/containerDefinitions/0/secrets/0/valueFrom";
const STATEMENT: &str = "/PolicyDocument/Statement/-";

/// All scenarios of this area.
#[must_use]
pub(super) fn all() -> Vec<Scenario> {
    let mut all = names::all();
    all.extend(versions());
    all.extend(content::all());
    all.extend(regions());
    all
}

/// A scenario.
pub(super) const fn scenario(
    name: &'static str,
    outcome: &'static str,
    says: &'static [(&'static str, Said)],
    asks: &'static [&'static str],
    build: fn() -> World,
) -> Scenario {
    Scenario {
        name,
        outcome,
        says,
        asks,
        build,
    }
}

/// The error of a secret that could not be fetched, with what Secrets Manager or ECS said.
pub(super) fn failed(tail: &str) -> String {
    format!(
        "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): {tail}"
    )
}

/// The same, where the text names the secret.
pub(super) fn about(tail: &str) -> String {
    failed(&format!("failed to fetch secret {SECRET} from secrets manager: {tail}"))
}

pub(super) fn not_found() -> String {
    about("ResourceNotFoundException: Secrets Manager can't find the specified secret.")
}

fn cut() -> String {
    about("...")
}

/// What the AWS CLI prints for a secret that is not there.
pub(super) fn no_such_secret(world: &mut World) {
    world.put(
        "describe-secret",
        "secretsmanager describe-secret --secret-id prod/db",
        Value::String(
            "\nAn error occurred (ResourceNotFoundException) when calling the DescribeSecret operation: Secrets Manager can't find the specified secret."
                .to_owned(),
        ),
    );
    world.drop_output("get-resource-policy");
}

/// A person's answer to a question, as a bundle keeps it.
pub(super) fn answer(world: &mut World, question: &str, subject: &str, value: &str) {
    let head = json!({"schema": "pulldoctor.bundle/1", "collected_at": "2026-11-24T10:00:00Z"});
    let asked = json!({"question": question, "subject": subject});
    let line = json!({"operation": "pulldoctor:Answer", "parameters": asked, "output": value});
    let text = Value::String(format!("{head}\n{line}"));
    world.outputs.insert("answers".to_owned(), ("cat answers.jsonl".to_owned(), text));
}

/// A statement of the execution role that allows one more action.
pub(super) fn allow(world: &mut World, action: &str, resource: &str) {
    world.set(
        "get-role-policy",
        STATEMENT,
        json!({"Effect": "Allow", "Action": action, "Resource": resource}),
    );
}

fn no_version(label: &str) -> String {
    about(&format!(
        "ResourceNotFoundException: Secrets Manager can't find the specified secret value for staging label: {label}"
    ))
}

const VERSION: &str = "0f0e0d0c-0b0a-4908-8706-050403020100";

fn versions() -> Vec<Scenario> {
    vec![
        scenario(
            "secret/no_current_version/fault",
            "root_cause",
            &[("secret.no-current-version", Cause)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &no_version("AWSCURRENT"));
                world.set(
                    "describe-secret",
                    "/VersionIdsToStages",
                    json!({"a1b2c3d4-5678-90ab-cdef-EXAMPLE11111": ["AWSPENDING"]}),
                );
                world
            },
        ),
        scenario(
            "secret/no_current_version/near_miss",
            "suspects",
            &[("secret.no-current-version", Silent)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &cut());
                world.set(
                    "describe-secret",
                    "/VersionIdsToStages",
                    json!({"a1b2c3d4-5678-90ab-cdef-EXAMPLE11111": ["AWSCURRENT", "AWSPENDING"]}),
                );
                world
            },
        ),
        scenario(
            "secret/no_current_version/missing",
            "suspects",
            &[("secret.no-current-version", Unknown)],
            &["secretsmanager:ListSecretVersionIds"],
            || {
                let mut world = World::new(Egress::Nat, &cut());
                world.unset("describe-secret", "/VersionIdsToStages");
                world
            },
        ),
        scenario(
            "secret/version_not_found/fault",
            "root_cause",
            &[("secret.version-not-found", Cause)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &no_version("AWSPREVIOUS"));
                world.set("describe-task-definition", VALUE_FROM, json!(format!("{SECRET}::AWSPREVIOUS:")));
                world
            },
        ),
        // By the error the version of another revision than the pasted one is not there.
        scenario(
            "secret/version_not_found/named_by_error",
            "root_cause",
            &[("secret.version-not-found", Cause), ("secret.no-current-version", Silent)],
            &[],
            || {
                let mut world = World::new(
                    Egress::Nat,
                    &about(&format!(
                        "ResourceNotFoundException: Secrets Manager can't find the specified secret value for VersionId: {VERSION}"
                    )),
                );
                world.drop_output("describe-secret");
                world
            },
        ),
        // One that is named by its id, and that the whole list lacks.
        scenario(
            "secret/version_not_found/listed",
            "root_cause",
            &[("secret.version-not-found", Cause)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, "");
                world.drop_output("describe-tasks");
                world.set("describe-task-definition", VALUE_FROM, json!(format!("{SECRET}:::{VERSION}")));
                world.put(
                    "list-secret-version-ids",
                    &format!("secretsmanager list-secret-version-ids --include-deprecated --secret-id {SECRET}"),
                    json!({"Versions": [{"VersionId": "a1b2c3d4-5678-90ab-cdef-EXAMPLE11111", "VersionStages": ["AWSCURRENT"],
                        "KmsKeyIds": ["DefaultEncryptionKey"], "CreatedDate": "2026-09-01T00:00:00+00:00"}], "ARN": SECRET, "Name": "prod/db"}),
                );
                world
            },
        ),
        // Without the option versions that have no label are left out.
        scenario(
            "secret/version_not_found/listed_in_part",
            "suspects",
            &[("secret.version-not-found", Unknown)],
            &["secretsmanager:ListSecretVersionIds"],
            || {
                let mut world = World::new(Egress::Nat, "");
                world.drop_output("describe-tasks");
                world.set("describe-task-definition", VALUE_FROM, json!(format!("{SECRET}:::{VERSION}")));
                world.put(
                    "list-secret-version-ids",
                    &format!("secretsmanager list-secret-version-ids --secret-id {SECRET}"),
                    json!({"Versions": [{"VersionId": "a1b2c3d4-5678-90ab-cdef-EXAMPLE11111", "VersionStages": ["AWSCURRENT"],
                        "KmsKeyIds": ["DefaultEncryptionKey"], "CreatedDate": "2026-09-01T00:00:00+00:00"}], "ARN": SECRET, "Name": "prod/db"}),
                );
                world
            },
        ),
        // By the error, though the description (which shows versions with a label only) is there.
        scenario(
            "secret/version_not_found/told_by_error",
            "root_cause",
            &[("secret.version-not-found", Cause)],
            &[],
            || {
                let mut world = World::new(
                    Egress::Nat,
                    &about(&format!(
                        "ResourceNotFoundException: Secrets Manager can't find the specified secret value for VersionId: {VERSION}"
                    )),
                );
                world.set("describe-task-definition", VALUE_FROM, json!(format!("{SECRET}:::{VERSION}")));
                world
            },
        ),
        scenario(
            "secret/version_not_found/near_miss",
            "suspects",
            &[("secret.version-not-found", Silent)],
            &[],
            || {
                let mut world = World::new(Egress::Nat, &cut());
                world.set("describe-task-definition", VALUE_FROM, json!(format!("{SECRET}::AWSPREVIOUS:")));
                world.set("describe-secret", &format!("/VersionIdsToStages/{VERSION}"), json!(["AWSPREVIOUS"]));
                world
            },
        ),
        scenario(
            "secret/version_not_found/missing",
            "suspects",
            &[("secret.version-not-found", Unknown)],
            &["secretsmanager:ListSecretVersionIds"],
            || {
                let mut world = World::new(Egress::Nat, &cut());
                world.set("describe-task-definition", VALUE_FROM, json!(format!("{SECRET}:::{VERSION}")));
                world
            },
        ),
    ]
}

const ELSEWHERE: &str = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbCdEf";

fn far(egress: Egress) -> World {
    let mut world = World::new(
        egress,
        &failed(&format!(
            "failed to fetch secret {ELSEWHERE} from secrets manager: RequestError: send request failed caused by: Post \"https://secretsmanager.eu-west-1.amazonaws.com/\": dial tcp 52.95.114.10:443: i/o timeout"
        )),
    );
    world.set("describe-task-definition", VALUE_FROM, json!(ELSEWHERE));
    world.set("describe-secret", "/ARN", json!(ELSEWHERE));
    world.set("get-resource-policy", "/ARN", json!(ELSEWHERE));
    allow(&mut world, "secretsmanager:GetSecretValue", ELSEWHERE);
    world
}

fn regions() -> Vec<Scenario> {
    vec![
        scenario(
            "secret/cross_region_unreachable/fault",
            "root_cause",
            &[("secret.cross-region-unreachable", Cause)],
            &[],
            || far(Egress::Endpoints),
        ),
        scenario(
            "secret/cross_region_unreachable/near_miss",
            "suspects",
            &[("secret.cross-region-unreachable", Silent)],
            &[],
            || far(Egress::Nat),
        ),
        scenario(
            "secret/cross_region_unreachable/missing",
            "suspects",
            &[("secret.cross-region-unreachable", Silent)],
            &["ec2:DescribeRouteTables"],
            || {
                let mut world = far(Egress::Endpoints);
                world.drop_output("describe-route-tables");
                world
            },
        ),
    ]
}
