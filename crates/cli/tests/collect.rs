//! `collect`: what the options say of the target.

use clap::Parser;
use cli::commands::{Collecting, collect};

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    collecting: Collecting,
}

/// What is printed; else why nothing is.
fn collected(arguments: &[&str]) -> Result<String, String> {
    let line = Line::parse_from(["pulldoctor"].iter().chain(arguments));
    collect(&line.collecting)
        .map(|(text, _)| text)
        .map_err(|unusable| unusable.to_string())
}

const TASK: &str = "arn:aws:ecs:eu-west-1:111122223333:task/prod/0f3a1c5e7b9d4e2fa6c8d0e1f2a3b4c5";
const SERVICE: &str = "arn:aws:ecs:eu-west-1:111122223333:service/prod/app";

#[test]
fn the_arn_of_a_task_or_service_says_cluster_and_region() {
    for (option, arn, line) in [
        ("--task", TASK, format!("\ntask={TASK}\n")),
        ("--service", SERVICE, "\nservice=app\n".to_owned()),
    ] {
        let script = collected(&[option, arn]).unwrap();
        for said in [line.as_str(), "\ncluster=prod\n", "\nregion=eu-west-1\n"] {
            assert!(script.contains(said), "{option}: {said}");
        }
        let policy = collected(&[option, arn, "--policy"]).unwrap();
        assert!(
            policy.contains("\"ecs:cluster\": \"arn:aws:ecs:eu-west-1:111122223333:cluster/prod\""),
            "{policy}"
        );
        let calls = collected(&[option, arn, "--dry-run"]).unwrap();
        assert!(calls.contains("aws ecs describe-clusters --clusters prod\n"), "{calls}");
    }
}

#[test]
fn options_that_contradict_each_other_or_say_too_little_are_refused() {
    for (arguments, why) in [
        (["--task", TASK, "--region", "us-east-1"].as_slice(), "two Regions"),
        (&["--task", TASK, "--cluster", "test"], "two clusters"),
        (
            &["--task", TASK, "--service", "arn:aws:ecs:eu-west-1:111122223333:service/test/app"],
            "two clusters",
        ),
        (&["--task", "0f3a1c5e7b9d4e2fa6c8d0e1f2a3b4c5"], "the cluster is not known"),
        (&["--region", "Ohio", "--policy"], "no Region"),
        (&[], "nothing says what to collect for"),
    ] {
        let refused = collected(arguments).unwrap_err();
        assert!(refused.contains(why), "{arguments:?}: {refused}");
    }
}
