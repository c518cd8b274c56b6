//! What the plan asks of which task: cluster, task and Region are named in prose, errors, commands and events as well as in outputs.

mod common;

use common::inputs;
use report::model::RequestBody;
use report::{Options, diagnose};
use testkit::world::{Egress, World};

const ID: &str = "0f3a1c5e7b9d4e2fa6c8d0e1f2a3b4c5";
const REGION: &str = "ap-northeast-1";

/// The commands that the plan asks for, without `aws ` and the output format.
fn asked(files: &[(&str, &str)]) -> Vec<String> {
    let requests = diagnose(&inputs(files), &Options::default()).requests;
    let commands = requests.iter().filter_map(|request| match &request.body {
        RequestBody::Command { command, .. } => Some(command.trim_start_matches("aws ").trim_end_matches(" --output json").to_owned()),
        RequestBody::Question { .. } => None,
    });
    commands.collect()
}

fn tasks(cluster: &str, task: &str, region: &str) -> String {
    format!("ecs describe-tasks --cluster {cluster} --tasks {task}{region}")
}

fn in_region() -> String {
    format!(" --region {REGION}")
}

fn world(outputs: &[&str]) -> Vec<(String, String)> {
    let files = World::new(Egress::Nat, "").files();
    files
        .into_iter()
        .filter(|(name, _)| outputs.iter().any(|output| name.starts_with(output)))
        .collect()
}

#[test]
fn an_arn_of_a_task_in_prose_or_in_an_error_is_asked_for() {
    let arn = format!("arn:aws:ecs:{REGION}:111122223333:task/prod/{ID}");
    let error = format!(
        "An error occurred (AccessDeniedException) when calling the DescribeTasks operation: User: arn:aws:iam::111122223333:user/me is not \
         authorized to perform: ecs:DescribeTasks on resource: {arn} because no identity-based policy allows the ecs:DescribeTasks action\n"
    );
    for text in [arn.clone(), format!("Please look at ({arn})."), error] {
        assert_eq!(asked(&[("mail.txt", &text)]), [tasks("prod", ID, &in_region())], "{text}");
    }
}

#[test]
fn the_command_above_an_error_names_cluster_task_and_region() {
    let error = "An error occurred (ExpiredTokenException) when calling the DescribeTasks operation: The security token included in the request is expired";
    let command = format!("$ aws ecs describe-tasks --cluster prod --tasks {ID}");
    assert_eq!(asked(&[("mail.txt", &format!("{command}\n\n{error}\n"))]), [tasks("prod", ID, "")]);
    let with_region = format!("{command} --region {REGION}\n\n{error}\n");
    assert_eq!(asked(&[("mail.txt", &with_region)]), [tasks("prod", ID, &in_region())]);
}

#[test]
fn a_command_without_its_output_names_cluster_task_and_region() {
    let region = in_region();
    let arn = format!("arn:aws:ecs:{REGION}:111122223333:task/prod/{ID}");
    for command in [
        format!("aws ecs describe-tasks --cluster prod --tasks {ID} --region {REGION}"),
        format!("aws ecs describe-tasks --cluster prod --tasks {arn}"),
        format!(
            "$ aws ecs describe-tasks --cluster prod --tasks {ID} --region {REGION} --output table\n----\n|  DescribeTasks  |\n+---+\n"
        ),
        format!("aws ecs stop-task --cluster prod --task {ID} --region {REGION}"),
    ] {
        assert_eq!(asked(&[("mail.txt", &command)]), [tasks("prod", ID, &region)], "{command}");
    }
    let service = format!("ecs describe-services --cluster prod --services app{region}");
    assert_eq!(asked(&[("mail.txt", &format!("aws {service}"))]), [service]);
}

#[test]
fn two_tasks_leave_open_which() {
    let arn = |id: &str| format!("arn:aws:ecs:{REGION}:111122223333:task/prod/{id}");
    let text = format!("{} {}", arn(ID), arn("1f3a1c5e7b9d4e2fa6c8d0e1f2a3b4c5"));
    assert_eq!(asked(&[("mail.txt", &text)]), [tasks("prod", "TASK", &in_region())]);
}

#[test]
fn the_registry_of_an_error_tells_the_region_to_ask_in() {
    let image = format!("111122223333.dkr.ecr.{REGION}.amazonaws.com/app:v1");
    let text = format!(
        "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref {image}: {image}: not found"
    );
    assert!(asked(&[("mail.txt", &text)]).contains(&tasks("CLUSTER", "TASK", &in_region())));
}

#[test]
fn the_task_that_an_event_of_the_service_names_is_asked_for() {
    let mut world = World::new(Egress::Nat, "");
    let event = serde_json::json!([{"id": "1", "createdAt": "2026-11-24T08:00:00+00:00", "message": format!("(service app) (task {ID}) failed to start.")}]);
    world.set("describe-services", "/services/0/events", event);
    let files = world.files();
    let service: Vec<_> = files.iter().filter(|(name, _)| name.starts_with("describe-services")).collect();
    let files: Vec<(&str, &str)> = service.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert!(
        asked(&files).contains(&tasks("prod", ID, " --region us-east-1")),
        "{:?}",
        asked(&files)
    );
}

/// `describe-tasks` answers that the task is not there.
fn missing() -> (String, String) {
    let arn = format!("arn:aws:ecs:us-east-1:111122223333:task/prod/{ID}");
    let command = format!("$ aws ecs describe-tasks --cluster prod --tasks {ID} --region us-east-1 --output json");
    let failures = serde_json::json!({"tasks": [], "failures": [{"arn": arn, "reason": "MISSING"}]});
    ("describe-tasks.txt".to_owned(), format!("{command}\n{failures}"))
}

#[test]
fn of_a_vanished_task_cluster_and_region_are_known_and_its_id_is_not_asked_again() {
    let (name, text) = missing();
    let commands = asked(&[(&name, &text)]);
    assert_eq!(
        commands,
        [
            "ecs describe-services --cluster prod --services SERVICE --region us-east-1".to_owned(),
            tasks("prod", "TASK", " --region us-east-1"),
        ]
    );
}

#[test]
fn a_service_that_was_pasted_is_not_asked_for_beside_a_vanished_task() {
    let mut files = world(&["describe-services"]);
    files.push(missing());
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let commands = asked(&files);
    assert!(
        !commands.iter().any(|command| command.contains("describe-services")),
        "{commands:?}"
    );
}

/// The outputs of a task whose error says this, by the beginning of their names.
fn asked_with(reason: &str, outputs: &[&str]) -> Vec<String> {
    let files = World::new(Egress::Nat, reason).files();
    let kept = files
        .iter()
        .filter(|(name, _)| outputs.iter().any(|output| name.starts_with(output)));
    asked(&kept.map(|(name, text)| (name.as_str(), text.as_str())).collect::<Vec<_>>())
}

#[test]
fn a_denial_that_names_the_role_asks_for_the_role_first() {
    let reason = |layer: &str| {
        format!(
            "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret \
             from asm: service call has been retried 1 time(s): failed to fetch secret \
             arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/db-AbCdEf from secrets manager: AccessDeniedException: User: \
             arn:aws:sts::111122223333:assumed-role/ecsTaskExecutionRole/{ID} is not authorized to perform: secretsmanager:GetSecretValue on \
             resource: arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/db-AbCdEf because no {layer} allows the \
             secretsmanager:GetSecretValue action"
        )
    };
    let mut first: Vec<String> = asked_with(&reason("identity-based policy"), &["describe-tasks"])
        .into_iter()
        .take(3)
        .collect();
    first.sort();
    let of_role = ["get-role", "list-attached-role-policies", "list-role-policies"];
    assert_eq!(
        first,
        of_role.map(|operation| format!("iam {operation} --role-name ecsTaskExecutionRole"))
    );
    let others = asked_with(&reason("VPC endpoint policy"), &["describe-tasks"]);
    assert!(!others.iter().take(1).any(|command| command.starts_with("iam ")), "{others:?}");
}

#[test]
fn the_subnets_and_groups_of_a_service_are_asked_for_with_its_task_definition() {
    let commands = asked_with("", &["describe-services"]);
    for start in [
        "ecs describe-task-definition",
        "ec2 describe-subnets --subnet-ids",
        "ec2 describe-security-groups --group-ids",
    ] {
        assert!(commands.iter().any(|command| command.starts_with(start)), "{start}: {commands:?}");
    }
}
