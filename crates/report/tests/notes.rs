//! What AWS's runbook, flow logs and CloudTrail say is shown beside the document that says it, compared, and never a verdict.

mod common;

use common::inputs;
use report::model::{Reach, Service};
use report::{Lang, Options, Report, diagnose};
use serde_json::{Value, json};
use testkit::world::{Egress, ROLE, TASK_ID, World};

const TIMEOUT: &str = "ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration. RequestError: send request failed caused by: Post \"https://api.ecr.us-east-1.amazonaws.com/\": dial tcp 52.94.0.1:443: i/o timeout";

/// A task whose security group lets nothing out.
fn blocked() -> World {
    let mut world = World::new(Egress::Nat, TIMEOUT);
    world.set("describe-security-groups", "/SecurityGroups/0/IpPermissionsEgress", json!([]));
    world
}

fn report_of(world: &World, lang: Lang) -> Report {
    let files = world.files();
    let options = Options {
        lang,
        ..Options::default()
    };
    diagnose(&inputs(&files), &options)
}

/// What is said of the document of that operation.
fn said(world: &World, operation: &str) -> String {
    let report = report_of(world, Lang::En);
    let japanese = report_of(world, Lang::Ja);
    let of = |report: &Report| {
        let mut documents = report.documents.iter();
        let own = documents.find(|document| document.operation.as_deref() == Some(operation));
        own.map(|document| document.problems.clone()).unwrap_or_default()
    };
    assert_eq!(of(&report).len(), of(&japanese).len());
    of(&report).join("\n")
}

fn run(task: &str, status: &str, outputs: &Value, steps: &Value) -> World {
    let mut world = blocked();
    world.put(
        "get-automation-execution",
        "ssm get-automation-execution --automation-execution-id 5f6e7d8c-9b0a-4f3e-8d1c-0b9a8f7e6d5c",
        json!({"AutomationExecution": {"AutomationExecutionId": "5f6e7d8c-9b0a-4f3e-8d1c-0b9a8f7e6d5c",
            "DocumentName": "AWSSupport-TroubleshootECSTaskFailedToStart", "DocumentVersion": "1",
            "AutomationExecutionStatus": status, "Parameters": {"ClusterName": ["prod"], "TaskId": [task]},
            "Outputs": outputs, "StepExecutions": steps}}),
    );
    world
}

#[test]
fn a_run_of_the_runbook_is_shown_and_compared() {
    let lines = json!({"FormatOutput.Output": ["Checking security groups\n[ERROR] sg-0a0000000000000a1 has no egress rule for TCP 443\n\nChecking security groups"]});
    let world = run(TASK_ID, "Success", &lines, &json!([]));
    let text = said(&world, "ssm:GetAutomationExecution");
    assert!(text.contains("proves nothing by itself"), "{text}");
    assert!(
        text.contains("\"[ERROR] sg-0a0000000000000a1 has no egress rule for TCP 443\""),
        "{text}"
    );
    assert!(text.contains("network.sg-egress-blocked"), "{text}");
    assert!(!text.contains("another") && !text.contains("Not every check"), "{text}");
}

#[test]
fn a_run_for_another_task_or_with_failed_steps_says_so() {
    let steps =
        json!([{"StepName": "RunAnalysis", "StepStatus": "Failed", "FailureMessage": "AccessDenied when calling ec2:DescribeVpcs"}]);
    let other = "ffffffffffffffffffffffffffffffff";
    let text = said(
        &run(other, "Failed", &json!({"Out.Text": ["No issue found"]}), &steps),
        "ssm:GetAutomationExecution",
    );
    assert!(text.contains(other), "{text}");
    assert!(
        text.contains("Not every check was made. RunAnalysis: AccessDenied when calling ec2:DescribeVpcs"),
        "{text}"
    );
    assert!(text.contains("It does not name what is proven here."), "{text}");
}

#[test]
fn a_run_changes_no_verdict() {
    let plain = report_of(&blocked(), Lang::En);
    let lines = json!({"Out.Text": ["No issue was found: all checks passed"]});
    let with = report_of(&run(TASK_ID, "Success", &lines, &json!([])), Lang::En);
    let facts = |report: &Report| -> Vec<(String, report::model::Status)> {
        report
            .findings
            .iter()
            .map(|finding| (finding.code.clone(), finding.status))
            .collect()
    };
    assert_eq!(plain.outcome, with.outcome);
    assert_eq!(facts(&plain), facts(&with));
}

#[test]
fn an_analysis_of_reachability_analyzer_is_shown_and_compared() {
    let analysis = |found: bool, codes: &[&str]| {
        let explanations: Vec<Value> = codes
            .iter()
            .map(|code| json!({"Direction": "egress", "ExplanationCode": code}))
            .collect();
        let mut world = blocked();
        world.put(
            "describe-network-insights-analyses",
            "ec2 describe-network-insights-analyses",
            json!({"NetworkInsightsAnalyses": [{"NetworkInsightsAnalysisId": "nia-02207aa13eb480c7a", "NetworkInsightsPathId": "nip-0b26f224f1d131fa8",
                "Status": "succeeded", "NetworkPathFound": found, "Explanations": explanations}]}),
        );
        world
    };
    let of = |world: &World| said(world, "ec2:DescribeNetworkInsightsAnalyses");
    let text = of(&analysis(false, &["SG_HAS_NO_RULES", "TGW_RTB_CANNOT_ROUTE"]));
    assert!(text.contains("SG_HAS_NO_RULES (network.sg-egress-blocked"), "{text}");
    assert!(text.contains("TGW_RTB_CANNOT_ROUTE (network.opaque-next-hop)"), "{text}");
    assert!(
        text.contains("agrees with what is proven here: network.sg-egress-blocked."),
        "{text}"
    );
    assert!(text.contains("proves nothing by itself"), "{text}");
    let text = of(&analysis(false, &["SUBNET_ACL_RESTRICTION"]));
    assert!(text.contains("None of it is proven here."), "{text}");
    let text = of(&analysis(true, &[]));
    assert!(
        text.contains("found a path. Here network.sg-egress-blocked is proven all the same"),
        "{text}"
    );
    // No verdict comes of it.
    assert_eq!(
        report_of(&analysis(true, &[]), Lang::En).outcome,
        report_of(&blocked(), Lang::En).outcome
    );
}

/// A task whose security groups and network ACLs were not pasted, and lines of its flow log.
fn unseen_filters(lines: &[(&str, u16, &str, u16, &str)]) -> Report {
    let mut world = World::new(Egress::Nat, TIMEOUT);
    world.drop_output("describe-security-groups");
    world.drop_output("describe-network-acls");
    // As `World` makes them.
    let (interface, own) = ("eni-0e0000000000000e1", "10.0.10.25");
    assert!(world.output("describe-tasks").to_string().contains(interface));
    let start = 1_795_507_260_i64; // a minute after 2026-11-24T08:00:00Z
    let events: Vec<Value> = lines
        .iter()
        .map(|(from, from_port, to, to_port, action)| {
            let place = |text: &str| if text == "task" { own.to_owned() } else { text.to_owned() };
            let line = format!(
                "2 111122223333 {interface} {} {} {from_port} {to_port} 6 3 180 {start} {} {action} OK",
                place(from),
                place(to),
                start + 60
            );
            json!({"timestamp": start * 1000, "message": line})
        })
        .collect();
    world.put(
        "filter-log-events",
        "logs filter-log-events --log-group-name /vpc/flow",
        json!({"events": events, "searchedLogStreams": []}),
    );
    report_of(&world, Lang::En)
}

#[test]
fn what_the_flow_log_recorded_of_the_very_call_settles_it() {
    let verdict = |lines: &[(&str, u16, &str, u16, &str)]| {
        let report = unseen_filters(lines);
        let of = |service: Service| {
            let found = report.destinations.iter().find(|one| one.service == service);
            found
                .expect("the destination")
                .network
                .as_ref()
                .map(|network| (network.verdict, network.witness.clone()))
        };
        (of(Service::EcrApi), of(Service::Logs), report.outcome)
    };
    let of = |found: Option<(Reach, Option<report::model::Witness>)>| found.map(|(reach, _)| reach);
    let (open, ..) = verdict(&[]);
    assert_eq!(of(open), Some(Reach::Unknown));
    let (refused, other, outcome) = verdict(&[("task", 49152, "52.94.0.1", 443, "REJECT")]);
    assert!(matches!(refused, Some((Reach::Blocked, Some(_)))), "{refused:?}");
    assert_eq!(of(other), Some(Reach::Unknown));
    assert_eq!(outcome.word(), "suspects");
    // The answer is refused: a network ACL, which a group's state never is.
    let (refused, ..) = verdict(&[
        ("task", 49152, "52.94.0.1", 443, "ACCEPT"),
        ("52.94.0.1", 443, "task", 49152, "REJECT"),
    ]);
    assert_eq!(of(refused), Some(Reach::Blocked));
    let (passed, ..) = verdict(&[
        ("task", 49152, "52.94.0.1", 443, "ACCEPT"),
        ("52.94.0.1", 443, "task", 49152, "ACCEPT"),
    ]);
    assert_eq!(of(passed), Some(Reach::Reachable));
    // Only one way, another address, another port: nothing.
    for lines in [
        [("task", 49152, "52.94.0.1", 443, "ACCEPT")],
        [("task", 49152, "52.94.0.2", 443, "REJECT")],
        [("task", 49152, "52.94.0.1", 80, "REJECT")],
    ] {
        assert_eq!(of(verdict(&lines).0), Some(Reach::Unknown), "{lines:?}");
    }
}

#[test]
fn flow_records_of_the_task_s_interface_are_counted_and_others_are_not() {
    let mut world = blocked();
    let interface = world.output("describe-tasks")["tasks"][0]["attachments"][0]["details"]
        .as_array()
        .and_then(|details| details.iter().find(|detail| detail["name"] == "networkInterfaceId"))
        .map(|detail| detail["value"].as_str().unwrap_or_default().to_owned())
        .expect("the task has an interface");
    let line = |interface: &str, action: &str| json!({"timestamp": 1_764_000_000_000_i64, "message": format!("2 111122223333 {interface} 10.0.10.25 52.94.0.1 49152 443 6 3 180 1764000000 1764000060 {action} OK")});
    let of = |world: &mut World, events: Value| {
        world.put(
            "filter-log-events",
            "logs filter-log-events --log-group-name /vpc/flow",
            json!({"events": events, "searchedLogStreams": []}),
        );
        said(world, "logs:FilterLogEvents")
    };
    let text = of(
        &mut world,
        json!([
            line(&interface, "REJECT"),
            line(&interface, "REJECT"),
            line("eni-0ffffffffffffffff", "ACCEPT")
        ]),
    );
    assert!(text.contains("REJECT 10.0.10.25 -> 52.94.0.1:443 (2)"), "{text}");
    assert!(!text.contains("ACCEPT"), "{text}");
    let text = of(&mut world, json!([line("eni-0ffffffffffffffff", "REJECT")]));
    assert!(text.contains("None of these"), "{text}");
}

#[test]
fn what_cloudtrail_recorded_of_the_execution_role_is_shown() {
    let mut world = blocked();
    let record = |role: &str, name: &str| {
        let event = json!({"eventVersion": "1.09", "eventTime": "2026-11-24T10:00:00Z", "eventSource": "secretsmanager.amazonaws.com", "eventName": name,
            "awsRegion": "us-east-1", "errorCode": "AccessDenied", "errorMessage": "not authorized",
            "userIdentity": {"type": "AssumedRole", "sessionContext": {"sessionIssuer": {"type": "Role", "arn": role}}}});
        json!({"EventId": "1", "EventName": name, "CloudTrailEvent": event.to_string()})
    };
    world.put(
        "lookup-events",
        "cloudtrail lookup-events",
        json!({"Events": [record(ROLE, "GetSecretValue"), record("arn:aws:iam::111122223333:role/admin", "DescribeSecret")]}),
    );
    let text = said(&world, "cloudtrail:LookupEvents");
    assert!(
        text.contains("2026-11-24T10:00:00Z ecsTaskExecutionRole GetSecretValue: AccessDenied: not authorized"),
        "{text}"
    );
    assert!(!text.contains("DescribeSecret"), "{text}");
}

#[test]
fn a_resource_pasted_twice_with_different_content_is_said_beside_the_one_that_does_not_count() {
    let mut world = blocked();
    let mut before = world.output("describe-route-tables").clone();
    world.put("a-same", "ec2 describe-route-tables", before.clone());
    assert_eq!(said(&world, "ec2:DescribeRouteTables"), "");
    before["RouteTables"][0]["Routes"] = json!([]);
    world.put("a-same", "ec2 describe-route-tables", before);
    assert!(said(&world, "ec2:DescribeRouteTables").contains("rtb-0a0000000000000a1"));
}
