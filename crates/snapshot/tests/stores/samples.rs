//! AWS's own sample outputs (`data/awscli-examples`, Apache-2.0) all arrive in the typed state.

use crate::case::{load, output};
use evidence::Operation;
use snapshot::Snapshot;
use std::path::Path;

/// Services of this part of the state, as the samples' file names begin.
const SERVICES: [&str; 11] = [
    "ecs",
    "iam",
    "secretsmanager",
    "ssm",
    "kms",
    "ecr",
    "logs",
    "s3api",
    "sts",
    "organizations",
    "cloudtrail",
];

/// Operations whose output says nothing that a diagnosis rests on.
const NOTHING_KEPT: [&str; 6] = [
    "describe-log-streams",
    "get-secret-value",
    "list-images",
    "list-keys",
    "list-key-policies",
    "list-clusters",
];

#[test]
fn every_sample_leaves_something_in_the_state() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/awscli-examples");
    let empty = format!("{:?}", Snapshot::default());
    let mut read = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let mut words = name.split('.');
        let (Some(service), Some(operation)) = (words.next(), words.next()) else {
            continue;
        };
        if !SERVICES.contains(&service) || NOTHING_KEPT.contains(&operation) || Operation::from_words(service, operation).is_none() {
            continue;
        }
        let json = std::fs::read_to_string(&path).unwrap();
        let snapshot = load(&[output(&format!("{service} {operation}"), &json)]);
        assert_ne!(format!("{snapshot:?}"), empty, "{name}");
        read += 1;
    }
    assert!(read > 40, "only {read} samples");
}

#[test]
fn nulls_and_odd_members_never_cost_a_resource() {
    let json = r#"{"tasks":[{"taskArn":"arn:aws:ecs:us-east-1:123456789012:task/c/1","attachments":null,"containers":"?",
        "launchType":7,"version":"x","overrides":null,"createdAt":null,"newMember":{"a":[1]},"cpu":256},17,null],"failures":null}"#;
    let snapshot = load(&[output("ecs describe-tasks", json)]);
    let task = snapshot.ecs.tasks.iter().next().unwrap();
    assert_eq!(task.value.cpu.as_ref().unwrap().as_str(), "256");
    assert_eq!(task.value.launch_type, None);
    assert!(task.value.containers.is_empty());
    // What could not be read may have been anything: the listing proves no absence.
    assert!(!snapshot.ecs.tasks.listings()[0].whole);
}
