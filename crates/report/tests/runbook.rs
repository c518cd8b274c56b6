//! AWS's own runbook is offered while it can be run, and with the right parameters.

use report::model::RequestBody;
use report::{Input, Options, Time, diagnose};
use testkit::world::{Egress, TASK_ID, World};

const ERROR: &str = "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to \
retrieve secret from asm: service call has been retried 5 time(s): RequestCanceled: request context canceled caused by: context deadline exceeded.";

fn offered(world: &World, now: Option<&str>) -> Option<String> {
    let paste = world.paste();
    let input = Input {
        name: "paste.txt",
        bytes: paste.as_bytes(),
    };
    let options = Options {
        now: now.and_then(Time::parse),
        ..Options::default()
    };
    let report = diagnose(&[input], &options);
    assert!(
        report
            .requests
            .iter()
            .rev()
            .skip(1)
            .all(|request| request.reading().is_some() || matches!(request.body, RequestBody::Question { .. }))
    );
    report.requests.last().and_then(|request| match &request.body {
        RequestBody::Command { operation, command } if operation == "ssm:StartAutomationExecution" => Some(command.clone()),
        _ => None,
    })
}

#[test]
fn it_is_offered_for_an_hour_and_only_where_something_is_open() {
    let mut open = World::new(Egress::Nat, ERROR);
    open.drop_output("describe-route-tables");
    let command = format!(
        "aws ssm start-automation-execution --document-name AWSSupport-TroubleshootECSTaskFailedToStart \
         --parameters ClusterName=prod,TaskId={TASK_ID} --region us-east-1 --output json"
    );
    // The world's task stopped at 08:05.
    assert_eq!(offered(&open, Some("2026-11-24T09:04:59Z")), Some(command.clone()));
    assert_eq!(offered(&open, Some("2026-11-24T08:03:00Z")), Some(command));
    assert_eq!(offered(&open, Some("2026-11-24T09:05:00Z")), None);
    assert_eq!(offered(&open, Some("2026-11-23T08:05:00Z")), None);
    assert_eq!(offered(&open, None), None);
    let mut settled = World::new(Egress::Nat, ERROR);
    settled.set(
        "describe-security-groups",
        "/SecurityGroups/0/IpPermissionsEgress",
        serde_json::json!([]),
    );
    assert_eq!(offered(&settled, Some("2026-11-24T08:10:00Z")), None);
}
