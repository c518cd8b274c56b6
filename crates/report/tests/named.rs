//! An error that names something points at the very reference: texts of every generation against a task definition with several
//! secrets, parameters, images, log groups and files. Nothing but the error says what is there.

mod common;

use common::inputs;
use report::model::{Role, Status};
use report::{Options, Report, diagnose};
use serde_json::json;
use testkit::world::{Egress, World};

const DB: &str = "arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/db-AbCdEf";
const API: &str = "arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/api-GhIjKl";
const REGISTRY: &str = "111122223333.dkr.ecr.us-east-1.amazonaws.com";
/// Outputs that would say by themselves what is there.
const SAYING: [&str; 7] = [
    "describe-secret",
    "describe-parameters",
    "describe-images",
    "describe-repositories",
    "describe-log-groups",
    "get-resource-policy",
    "get-repository-policy",
];

/// Two containers with two of everything.
fn world(reason: &str) -> World {
    let mut world = World::new(Egress::Nat, reason);
    for output in SAYING {
        world.drop_output(output);
    }
    let logging = |group: &str| json!({"logDriver": "awslogs", "options": {"awslogs-group": group, "awslogs-region": "us-east-1", "awslogs-stream-prefix": "ecs"}});
    let containers = json!([
        {"name": "app", "image": format!("{REGISTRY}/app:v1"), "essential": true, "logConfiguration": logging("/ecs/app"),
         "secrets": [{"name": "A", "valueFrom": format!("{DB}:password::")}, {"name": "B", "valueFrom": format!("{API}:key::")},
                     {"name": "C", "valueFrom": "/prod/one"}, {"name": "D", "valueFrom": "arn:aws:ssm:us-east-1:111122223333:parameter/prod/two"}],
         "environmentFiles": [{"type": "s3", "value": "arn:aws:s3:::config/one.env"}]},
        {"name": "side", "image": format!("{REGISTRY}/side:v2"), "essential": false, "logConfiguration": logging("/ecs/side"),
         "environmentFiles": [{"type": "s3", "value": "arn:aws:s3:::config/two.env"}]},
    ]);
    world.set("describe-task-definition", "/taskDefinition/containerDefinitions", containers);
    world
}

fn report_of(reason: &str) -> Report {
    let files = world(reason).files();
    diagnose(&inputs(&files), &Options::default())
}

/// What is said of a code: whether it is a proven cause, and its subjects.
fn said(report: &Report, code: &str) -> Vec<(Status, bool, Vec<String>)> {
    let own = report.findings.iter().filter(|finding| finding.code == code);
    own.map(|finding| (finding.status, finding.role == Some(Role::Cause), finding.subject.clone()))
        .collect()
}

fn asm(tail: &str) -> String {
    format!(
        "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): {tail}"
    )
}

fn ssm(tail: &str) -> String {
    format!(
        "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): {tail}"
    )
}

fn pull(tail: &str) -> String {
    format!("CannotPullContainerError: {tail}")
}

/// The error, the finding, and its subject.
fn named() -> Vec<(String, &'static str, String)> {
    let absent = "ResourceNotFoundException: Secrets Manager can't find the specified secret.";
    let image = format!("{REGISTRY}/side:v2");
    let two = "arn:aws:ssm:us-east-1:111122223333:parameter/prod/two".to_owned();
    let api = || API.to_owned();
    vec![
        (
            asm(&format!("failed to fetch secret {API} from secrets manager: {absent}")),
            "secret.not-found",
            api(),
        ),
        (
            asm(&format!("failed to fetch secret {API}:key:: from secrets manager: {absent}")),
            "secret.not-found",
            api(),
        ),
        (
            format!(
                "ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: The task can't retrieve the secret with ARN '{API}' from AWS Secrets Manager. Check whether the secret exists in the specified Region. {absent}"
            ),
            "secret.not-found",
            api(),
        ),
        (
            asm(&format!(
                "failed to fetch secret {API} from secrets manager: operation error Secrets Manager: GetSecretValue, https response error StatusCode: 400, RequestID: 6f1b0c2d, {absent}"
            )),
            "secret.not-found",
            api(),
        ),
        (
            asm(&format!(
                "failed to fetch secret {API} from secrets manager: InvalidRequestException: You can't perform this operation on the secret because it was marked for deletion."
            )),
            "secret.deleted",
            api(),
        ),
        (
            asm(&format!(
                "failed to fetch secret {API} from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret value for staging label: AWSCURRENT"
            )),
            "secret.no-current-version",
            api(),
        ),
        (
            asm("retrieved secret from Secrets Manager did not contain json key key"),
            "secret.json-key-not-found",
            api(),
        ),
        (
            ssm("fetching secret data from SSM Parameter Store in us-east-1: invalid parameters: /prod/two"),
            "parameter.not-found",
            two.clone(),
        ),
        (
            ssm("invalid ssm parameters: arn:aws:ssm:us-east-1:111122223333:parameter/prod/two"),
            "parameter.not-found",
            two,
        ),
        (
            pull(&format!(
                "Error response from daemon: manifest for {image} not found: manifest unknown: Requested image not found"
            )),
            "image.tag-not-found",
            image.clone(),
        ),
        (
            pull(&format!(
                "pull image manifest has been retried 1 time(s): failed to resolve ref {image}: image Manifest does not contain descriptor matching platform 'linux/amd64'"
            )),
            "image.platform-mismatch",
            image.clone(),
        ),
        (
            pull(&format!(
                "Error response from daemon: repository {REGISTRY}/side not found: name unknown: The repository with name 'side' does not exist in the registry with id '111122223333'"
            )),
            "image.repository-not-found",
            image,
        ),
    ]
}

#[test]
fn the_error_points_at_the_reference_that_it_names() {
    for (reason, code, subject) in named() {
        let report = report_of(&reason);
        assert_eq!(said(&report, code), [(Status::Fail, true, vec![subject])], "{reason}");
        let others = report.findings.iter().filter(|finding| finding.code != code);
        let others: Vec<&str> = others
            .filter(|finding| {
                ["secret.", "parameter.", "image.", "logs.", "envfile."]
                    .iter()
                    .any(|area| finding.code.starts_with(area))
            })
            .map(|finding| finding.code.as_str())
            .collect();
        assert!(others.is_empty(), "{reason}: {others:?} is none of the error's matter");
    }
}

#[test]
fn an_error_that_names_nothing_is_about_one_of_them() {
    let cases = [
        (
            "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist. : exit status 1".to_owned(),
            "logs.group-not-found",
            vec!["/ecs/app".to_owned(), "/ecs/side".to_owned()],
        ),
        (
            pull("pull image manifest has been retried 1 time(s): image Manifest does not contain descriptor matching platform 'linux/amd64'"),
            "image.platform-mismatch",
            vec![format!("{REGISTRY}/app:v1"), format!("{REGISTRY}/side:v2")],
        ),
        (asm("invalid character 'x' looking for beginning of value"), "secret.not-json", vec![DB.to_owned(), API.to_owned()]),
    ];
    for (reason, code, subjects) in cases {
        let report = report_of(&reason);
        let fails: Vec<_> = said(&report, code)
            .into_iter()
            .filter(|(status, ..)| *status == Status::Fail)
            .collect();
        assert_eq!(fails, [(Status::Fail, true, subjects)], "{reason}");
    }
}

#[test]
fn an_error_that_names_what_the_definition_has_not_is_believed() {
    let gone = "arn:aws:secretsmanager:us-east-1:111122223333:secret:gone-QrStUv";
    let reason = asm(&format!(
        "failed to fetch secret {gone} from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret."
    ));
    let report = report_of(&reason);
    assert!(said(&report, "secret.not-found").contains(&(Status::Fail, true, vec![gone.to_owned()])));
    let reason = ssm("invalid ssm parameters: /prod/gone");
    assert!(said(&report_of(&reason), "parameter.not-found").contains(&(Status::Fail, true, vec!["/prod/gone".to_owned()])));
}

/// ECS's own lead sentence guesses; only the tail proves.
#[test]
fn a_lead_sentence_alone_proves_nothing_of_the_secret_that_it_names() {
    let reason = format!(
        "ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: The task can't retrieve the secret with ARN '{API}' from AWS Secrets Manager. Check whether the secret exists in the specified Region."
    );
    let report = report_of(&reason);
    assert!(report.findings.iter().all(|finding| finding.role != Some(Role::Cause)), "{reason}");
    assert_eq!(said(&report, "secret.not-found"), [(Status::Unknown, false, vec![API.to_owned()])]);
}
