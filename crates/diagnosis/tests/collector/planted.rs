//! No value that may be a secret is in the bundle: every string of outputs that have all their members is planted with a marker, but
//! for those that are said to pass (`full/passes.txt`). A member that the script newly keeps has to be in both.

use crate::script::{Outcome, check, of_task, run};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use testkit::world::{Egress, TASK_ID, World};

const MARKER: &str = "hunter2";

/// Operations, the names of their outputs in a world, and the outputs.
const FULL: [(&str, &str, &str); 13] = [
    ("ecs:DescribeTasks", "describe-tasks", include_str!("full/describe-tasks.json")),
    (
        "ecs:DescribeTaskDefinition",
        "describe-task-definition",
        include_str!("full/describe-task-definition.json"),
    ),
    (
        "ecs:DescribeServices",
        "describe-services",
        include_str!("full/describe-services.json"),
    ),
    (
        "ec2:DescribeInstances",
        "describe-instances",
        include_str!("full/describe-instances.json"),
    ),
    (
        "secretsmanager:DescribeSecret",
        "describe-secret",
        include_str!("full/describe-secret.json"),
    ),
    (
        "ssm:DescribeParameters",
        "describe-parameters",
        include_str!("full/describe-parameters.json"),
    ),
    (
        "route53:ListResourceRecordSets",
        "list-resource-record-sets",
        include_str!("full/list-resource-record-sets.json"),
    ),
    (
        "ec2:DescribeSecurityGroups",
        "describe-security-groups",
        include_str!("full/describe-security-groups.json"),
    ),
    ("ec2:DescribeVpcs", "describe-vpcs", include_str!("full/describe-vpcs.json")),
    (
        "ec2:DescribeSubnets",
        "describe-subnets",
        include_str!("full/describe-subnets.json"),
    ),
    ("iam:GetRole", "get-role", include_str!("full/get-role.json")),
    ("iam:GetPolicy", "get-policy", include_str!("full/get-policy.json")),
    ("kms:DescribeKey", "describe-key", include_str!("full/describe-key.json")),
];

/// Paths of the strings that may pass, without indices; a line without a path names members of a whole output.
fn passes() -> BTreeSet<String> {
    let lines = include_str!("full/passes.txt").lines().filter_map(|line| line.split_once(": "));
    lines
        .flat_map(|(path, names)| {
            names
                .split(' ')
                .map(move |name| format!("{path}.{name}").trim_start_matches('.').to_owned())
        })
        .collect()
}

/// Every value with its path, without indices.
fn each(path: &str, value: &mut Value, take: &mut dyn FnMut(&str, &mut Value)) {
    take(path, value);
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| each(path, item, take)),
        Value::Object(members) => members.iter_mut().for_each(|(name, member)| {
            let dot = if path.is_empty() { "" } else { "." };
            each(&format!("{path}{dot}{name}"), member, take);
        }),
        _ => {}
    }
}

/// A world whose outputs have all their members, with the marker in every string that must not pass.
fn world(passes: &BTreeSet<String>) -> World {
    let mut world = World::new(Egress::Nat, "");
    for (operation, stem, text) in FULL {
        let mut full = serde_json::from_str(text).expect("JSON");
        each("", &mut full, &mut |path, value| {
            if let Value::String(text) = value
                && !passes.contains(path)
            {
                text.insert_str(0, MARKER);
            }
        });
        let service = operation.split(':').next().unwrap_or_default();
        world.put(stem, &format!("{service} {stem}"), full);
    }
    let instance = json!({"containerInstances": [{"ec2InstanceId": "i-0a0000000000000a1"}], "failures": []});
    world.put("describe-container-instances", "ecs describe-container-instances", instance);
    let zone =
        json!({"HostedZoneSummaries": [{"HostedZoneId": "Z1", "Name": "amazonaws.com.", "Owner": {"OwningAccount": "111122223333"}}]});
    world.put("list-hosted-zones-by-vpc", "route53 list-hosted-zones-by-vpc", zone);
    world
}

pub(crate) fn no_secret() -> Outcome {
    let passes = passes();
    let run = run("secrets", &of_task(TASK_ID), &world(&passes))?;
    let mut calls = run.calls()?;
    let (mut came, mut absent, mut leaks) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for (operation, ..) in FULL {
        let call = calls.iter_mut().find(|call| call["operation"] == operation).ok_or(operation)?;
        each("", &mut call["output"], &mut |path, value| {
            match value {
                Value::Null => absent.insert(path.to_owned()),
                Value::String(text) if text.contains(MARKER) => leaks.insert(path.to_owned()),
                _ => came.insert(path.to_owned()),
            };
        });
    }
    check(leaks.is_empty(), || format!("in the bundle: {leaks:?}"))?;
    check(!run.bundle.contains(MARKER) && !run.said.contains(MARKER), || run.bundle.clone())?;
    // Both lists are whole and hold nothing else, or the check above would look past what is kept.
    let unknown: Vec<_> = absent.difference(&came).collect();
    check(unknown.is_empty(), || format!("kept, but not in the full outputs: {unknown:?}"))?;
    let dropped: Vec<_> = passes.difference(&came).collect();
    check(dropped.is_empty(), || format!("said to pass, but not kept: {dropped:?}"))?;
    let asked = [
        "get-secret-value",
        "batch-get-secret-value",
        "get-parameter",
        "get-parameters",
        "get-object",
        "decrypt",
    ];
    check(!run.log.iter().any(|words| asked.contains(&words[1].as_str())), || {
        format!("{:?}", run.log)
    })
}
