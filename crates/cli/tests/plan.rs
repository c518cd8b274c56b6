//! `pulldoctor plan` for each shell, and `diagnose --before`.

use clap::Parser;
use cli::commands::{Planning, compare, plan};
use cli::input::Source;
use cli::options::{Asking, Showing};
use report::Colour;

const TASK: &str = r#"{"tasks": [{"taskArn": "arn:aws:ecs:us-east-1:111122223333:task/my app/0f3a1c5e7b9d4e2fa6c8d0e1f2a3b4c5",
 "clusterArn": "arn:aws:ecs:us-east-1:111122223333:cluster/my app", "group": "service:it's", "launchType": "FARGATE", "lastStatus": "STOPPED",
 "stopCode": "TaskFailedToStart", "taskDefinitionArn": "arn:aws:ecs:us-east-1:111122223333:task-definition/app:7",
 "attachments": [{"type": "ElasticNetworkInterface", "details": [{"name": "subnetId", "value": "subnet-0a0000000000000a1"}]}],
 "stoppedReason": "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 3 time(s): RequestError: send request failed caused by: Post \"https://api.ecr.us-east-1.amazonaws.com/\": dial tcp 44.213.79.10:443: i/o timeout"}]}"#;

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    planning: Planning,
    #[command(flatten)]
    showing: Showing,
    #[command(flatten)]
    asking: Asking,
}

fn sources() -> Vec<Source> {
    vec![Source {
        name: "task.json".to_owned(),
        bytes: TASK.as_bytes().to_vec(),
    }]
}

#[test]
fn commands_are_quoted_for_the_shell_and_name_the_profile() {
    let planned = |arguments: &[&str]| {
        let line = Line::parse_from(["pulldoctor"].iter().chain(arguments));
        let (text, status) = plan(&sources(), &line.planning, &line.showing, &line.asking).unwrap();
        assert_eq!(status, 1);
        text
    };
    assert!(planned(&[]).contains(r"--cluster 'my app' --services 'it'\''s' --region us-east-1 --output json"));
    let powershell = planned(&["--shell", "powershell", "--profile", "a b"]);
    assert!(
        powershell.contains("--cluster 'my app' --services 'it''s' --region us-east-1 --output json --profile 'a b'"),
        "{powershell}"
    );
    let cmd = planned(&["--shell", "cmd"]);
    assert!(
        cmd.contains("--cluster \"my app\" --services \"it's\"") && cmd.starts_with("REM r1 "),
        "{cmd}"
    );
}

#[test]
fn every_format_is_what_it_is_called_and_written_for_the_shell() {
    let planned = |format: &str| {
        let line = Line::parse_from(["pulldoctor", "--shell", "powershell", "--profile", "it's", "--format", format]);
        plan(&sources(), &line.planning, &line.showing, &line.asking).unwrap().0
    };
    let command = "--cluster 'my app' --services 'it''s' --region us-east-1 --output json --profile 'it''s'";
    let json: serde_json::Value = serde_json::from_str(&planned("json")).unwrap();
    let requests = json["requests"].as_array().unwrap();
    assert!(
        requests
            .iter()
            .any(|request| request["command"].as_str().is_some_and(|text| text.contains(command)))
    );
    let markdown = planned("markdown");
    assert!(
        markdown.starts_with("# What to collect next\n") && markdown.contains(command) && markdown.contains("```"),
        "{markdown}"
    );
    let html = planned("html");
    assert!(
        html.starts_with("<!doctype html>") && html.contains("<pre><code>aws ecs") && html.contains("data-operation="),
        "{html}"
    );
}

#[test]
fn a_second_set_is_compared_with_the_first() {
    let line = Line::parse_from(["pulldoctor", "--lang", "ja"]);
    let (text, status) = compare(&sources(), &sources(), &line.showing, &line.asking, Colour::Plain).unwrap();
    assert!(text.contains("変更点") && status == 1, "{text}");
}
