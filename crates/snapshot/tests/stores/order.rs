//! The order of the documents does not matter.

use crate::case::{Part, load, output};
use proptest::prelude::*;
use snapshot::ids::ArnText;

const ROLE: &str = "arn:aws:iam::123456789012:role/exec";

fn parts() -> Vec<Part> {
    let task = |version: u32| {
        format!(
            r#"{{"tasks":[{{"taskArn":"arn:aws:ecs:us-east-1:123456789012:task/c/1","version":{version},"lastStatus":"S{version}"}}]}}"#
        )
    };
    let definition = format!(r#"{{"taskDefinition":{{"family":"web","revision":1,"executionRoleArn":"{ROLE}"}}}}"#);
    let page = r#"{"logGroups":[{"logGroupName":"a"}],"NextToken":"t"}"#;
    vec![
        output("ecs describe-tasks", &task(1)),
        output("ecs describe-tasks", &task(2)),
        output("ecs run-task", &task(3)),
        output("ecs describe-task-definition", &definition),
        output(
            "iam list-attached-role-policies",
            r#"{"AttachedPolicies":[{"PolicyArn":"arn:aws:iam::123456789012:policy/p"}]}"#,
        ),
        output("iam list-role-policies role-name=exec", r#"{"PolicyNames":["in"]}"#),
        output(
            "iam get-role-policy",
            r#"{"RoleName":"exec","PolicyName":"in","PolicyDocument":{"Statement":[]}}"#,
        ),
        output(
            "iam get-policy-version",
            r#"{"PolicyVersion":{"VersionId":"v1","IsDefaultVersion":true,"Document":{"Statement":[]}}}"#,
        ),
        output("kms get-key-policy", r#"{"Policy":"{}"}"#),
        output(
            "kms describe-key key-id=alias/a",
            r#"{"KeyMetadata":{"Arn":"arn:aws:kms:us-east-1:123456789012:key/1","KeyId":"1"}}"#,
        ),
        output("logs describe-log-groups max-items=1 region=us-east-1", page).partial(),
        output(
            "logs describe-log-groups max-items=1 region=us-east-1 starting-token=t",
            r#"{"logGroups":[{"logGroupName":"b"}]}"#,
        ),
        output(
            "secretsmanager list-secrets",
            r#"{"SecretList":[{"ARN":"arn:aws:secretsmanager:us-east-1:1:secret:a-AbCdEf","Name":"a"}]}"#,
        ),
        output(
            "secretsmanager describe-secret",
            r#"{"ARN":"arn:aws:secretsmanager:us-east-1:1:secret:a-AbCdEf","Name":"a","KmsKeyId":"1"}"#,
        ),
    ]
}

/// What the state says, without where it stands.
fn said(parts: &[Part]) -> Vec<String> {
    let snapshot = load(parts);
    let policies = snapshot.iam.role_policies(&ArnText::from(ROLE));
    let key = snapshot
        .kms
        .policy("alias/a")
        .map(|policy| (policy.key.known().cloned(), policy.policy.text.clone()));
    let covered = snapshot.logs.coverage("c", None, Some("us-east-1")).proof().is_some();
    vec![
        format!("{:?}", snapshot.ecs.tasks.iter().map(|found| &found.value).collect::<Vec<_>>()),
        format!("{:?}", snapshot.ecs.tasks.contradictions().len()),
        format!("{:?}", policies.managed.iter().map(|policy| &policy.arn).collect::<Vec<_>>()),
        format!(
            "{:?}",
            policies
                .inline
                .iter()
                .map(|entry| (&entry.name, entry.document.is_some()))
                .collect::<Vec<_>>()
        ),
        format!("{:?} {:?}", policies.managed_list.is_complete(), policies.inline_list.is_complete()),
        format!("{:?}", policies.needs),
        format!("{key:?} {covered}"),
        format!(
            "{:?}",
            snapshot.secrets.secrets.iter().map(|found| &found.value).collect::<Vec<_>>()
        ),
        format!("{:?} {:?} {:?}", snapshot.regions(), snapshot.accounts(), snapshot.region()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn shuffled_documents_say_the_same(parts in Just(parts()).prop_shuffle()) {
        prop_assert_eq!(said(&parts), said(&self::parts()));
    }
}

#[test]
fn everything_in_that_case_is_settled() {
    let said = said(&parts());
    assert_eq!(said[4], "true true");
    assert_eq!(said[5], "[]");
    assert!(
        said[6].starts_with(r#"Some((Some("arn:aws:kms:us-east-1:123456789012:key/1"), "{}")) true"#),
        "{}",
        said[6]
    );
}
