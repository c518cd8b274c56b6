//! Which task the report is about, which text is its error, and what started it.

use evidence::Input;
use report::{Options, Report, diagnose};
use serde_json::{Value, json};

const ARN: &str = "arn:aws:ecs:eu-west-1:111122223333:task/prod/";
const PULL: &str = "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref 111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:9: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:9: not found";
const KILLED: &str = "ResourceInitializationError: failed to validate logger args: : signal: killed";

fn report_of(paste: &[u8]) -> Report {
    diagnose(
        &[Input {
            name: "paste",
            bytes: paste,
        }],
        &Options::default(),
    )
}

/// The report as JSON: for what is asked here, shorter than its types.
fn value(paste: &str) -> Value {
    serde_json::to_value(report_of(paste.as_bytes())).unwrap_or_default()
}

fn task(id: &str, stopped: &str, change: &Value) -> Value {
    let mut task = json!({
        "taskArn": format!("{ARN}{id}"), "clusterArn": "arn:aws:ecs:eu-west-1:111122223333:cluster/prod",
        "taskDefinitionArn": "arn:aws:ecs:eu-west-1:111122223333:task-definition/web:7", "launchType": "FARGATE",
        "platformVersion": "1.4.0", "lastStatus": "STOPPED", "desiredStatus": "STOPPED", "stopCode": "TaskFailedToStart",
        "stoppedReason": KILLED, "createdAt": "2026-11-02T09:00:00Z", "stoppedAt": stopped, "group": "service:web", "startedBy": "ecs-svc/2",
        "containers": []
    });
    if let (Some(task), Some(change)) = (task.as_object_mut(), change.as_object()) {
        for (name, value) in change {
            if value.is_null() {
                task.remove(name);
            } else {
                task.insert(name.clone(), value.clone());
            }
        }
    }
    task
}

fn tasks(list: &[Value]) -> String {
    json!({"tasks": list, "failures": []}).to_string()
}

fn chosen(report: &Value) -> &str {
    report
        .pointer("/task/arn")
        .unwrap_or(&Value::Null)
        .as_str()
        .and_then(|arn| arn.rsplit('/').next())
        .unwrap_or("none")
}

#[test]
fn the_latest_that_failed_to_start_and_the_others_by_error() {
    let list = [
        task("a", "2026-11-02T10:00:00Z", &json!({})),
        task("b", "2026-11-02T10:05:00Z", &json!({"stoppedReason": PULL})),
        task("c", "2026-11-02T10:01:00Z", &json!({})),
        task(
            "d",
            "2026-11-02T10:09:00Z",
            &json!({"stopCode": "UserInitiated", "stoppedReason": "Task stopped by user", "startedAt": "2026-11-02T09:00:30Z"}),
        ),
        task(
            "e",
            "",
            &json!({"lastStatus": "RUNNING", "stopCode": null, "stoppedReason": null, "stoppedAt": null, "startedAt": "2026-11-02T10:10:00Z"}),
        ),
        task(
            "f",
            "",
            &json!({"lastStatus": "PENDING", "stopCode": null, "stoppedReason": null, "stoppedAt": null, "createdAt": "2026-11-02T10:11:00Z"}),
        ),
    ];
    let mut reversed = list.clone();
    reversed.reverse();
    for list in [list, reversed] {
        let report = value(&tasks(&list));
        assert_eq!(chosen(&report), "b");
        assert_eq!(report["symptom"]["cause"], "not_found");
        let others: Vec<_> = report["other_tasks"].as_array().into_iter().flatten().collect();
        assert_eq!(others.len(), 1, "{others:?}");
        let text = others.iter().map(|group| group.to_string()).collect::<String>();
        assert!(
            text.contains(KILLED) && text.contains("prod/a") && text.contains("prod/c"),
            "{text}"
        );
        assert!(!text.contains("prod/d") && !text.contains("prod/e"), "{text}");
    }
}

/// The agent's way: the container has the reason, and the task only that one of its containers is gone.
#[test]
fn a_container_that_never_was_is_a_start_that_failed() {
    let never = json!({"stopCode": "EssentialContainerExited", "stoppedReason": "Essential container in task exited", "launchType": "EC2",
        "containers": [{"name": "side", "reason": null}, {"name": "web", "reason": PULL}]});
    let ran = json!({"stopCode": "EssentialContainerExited", "stoppedReason": "Essential container in task exited", "launchType": "EC2",
        "startedAt": "2026-11-02T10:00:10Z", "containers": [{"name": "web", "exitCode": 1}]});
    let report = value(&tasks(&[
        task("never", "2026-11-02T10:00:00Z", &never),
        task("ran", "2026-11-02T10:30:00Z", &ran),
    ]));
    assert_eq!(chosen(&report), "never");
    assert_eq!(report["symptom"]["class"], "CannotPullContainerError");
}

#[test]
fn an_event_alone() {
    let event = json!({"version": "0", "id": "1", "detail-type": "ECS Task State Change", "source": "aws.ecs", "account": "111122223333",
        "time": "2026-11-02T10:00:00Z", "region": "eu-west-1", "resources": [format!("{ARN}x")],
        "detail": task("x", "2026-11-02T10:00:00Z", &json!({"stopCode": null, "stoppedReason": PULL, "version": 4}))});
    let report = value(&event.to_string());
    assert_eq!(chosen(&report), "x");
    assert_eq!(
        (&report["symptom"]["stage"], &report["symptom"]["cause"]),
        (&json!("image_pull"), &json!("not_found"))
    );
    // Later states of the same task: the one that stopped.
    let mut pending = event.clone();
    pending["time"] = json!("2026-11-02T09:59:00Z");
    pending["detail"] = task(
        "x",
        "",
        &json!({"lastStatus": "PENDING", "version": 3, "stopCode": null, "stoppedReason": null, "stoppedAt": null}),
    );
    for paste in [format!("{event}\n{pending}"), format!("{pending}\n{event}")] {
        let report = value(&paste);
        assert_eq!(report["symptom"]["cause"], "not_found", "{paste}");
    }
}

#[test]
fn service_events_alone() {
    let events: Vec<Value> = [
        ("2026-11-02T10:03:00Z", "(service web) is unable to consistently start tasks successfully. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.".to_owned()),
        ("2026-11-02T10:02:00Z", format!("(service web) was unable to place a task. Reason: {PULL}.")),
        ("2026-11-02T10:01:00Z", format!("(service web) was unable to place a task. Reason: {KILLED}.")),
        ("2026-11-02T09:00:00Z", "(service web) has reached a steady state.".to_owned()),
    ]
    .into_iter()
    .map(|(at, message)| json!({"id": at, "createdAt": at, "message": message}))
    .collect();
    let service = json!({"services": [{"serviceArn": "arn:aws:ecs:eu-west-1:111122223333:service/prod/web", "serviceName": "web",
        "clusterArn": "arn:aws:ecs:eu-west-1:111122223333:cluster/prod", "status": "ACTIVE", "launchType": "FARGATE", "events": events}], "failures": []});
    let report = value(&service.to_string());
    assert_eq!(report["symptom"]["cause"], "not_found");
    assert_eq!(report["task"]["region"], "eu-west-1");
    // Only the messages, as `--query 'services[0].events[].message' --output text` or a person copies them.
    let copied: String = events
        .iter()
        .filter_map(|event| Some(format!("{}\n", event["message"].as_str()?)))
        .collect();
    let report = value(&copied);
    assert_eq!(report["symptom"]["cause"], "not_found", "{copied}");
}

#[test]
fn a_bare_line_however_it_comes() {
    let utf16: Vec<u8> = std::iter::once(0xfeff)
        .chain(PULL.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let pastes: Vec<Vec<u8>> = vec![
        PULL.into(),
        format!("\"{PULL}\"\n").into(),
        format!("STOPPED\tTaskFailedToStart\t{PULL}\n").into(),
        format!("Hi,\n\n> {PULL}\n\nthanks\n").into(),
        format!("「{PULL}」と表示されます。").into(),
        format!("STOPPED ({PULL})").into(),
        format!("$ aws ecs describe-tasks --cluster prod --tasks x --query 'tasks[0].stoppedReason' --output text\n{PULL}\n").into(),
        format!("$ aws ecs describe-tasks --cluster prod --tasks x --query 'tasks[0].stoppedReason'\n\"{PULL}\"\n").into(),
        format!("$ aws ecs describe-tasks --cluster prod --tasks x --query 'tasks[].stoppedReason'\n[\n    \"{PULL}\"\n]\n").into(),
        format!("stoppedReason: {PULL}\nstopCode: TaskFailedToStart\n").into(),
        format!("{{\"stopCode\": \"TaskFailedToStart\", \"stoppedReason\": \"{PULL}\"}}\n").into(),
        utf16,
    ];
    for paste in pastes {
        let report = serde_json::to_value(report_of(&paste)).unwrap_or_default();
        let shown = String::from_utf8_lossy(&paste);
        assert_eq!(report["symptom"]["stage"], "image_pull", "{shown}");
        assert_eq!(report["symptom"]["cause"], "not_found", "{shown}");
        assert_eq!(
            report["symptom"]["quoted"]["image"], "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:9",
            "{shown}"
        );
    }
}

#[test]
fn the_deployment_and_the_overrides_that_started_it() {
    let network =
        |subnet: &str| json!({"awsvpcConfiguration": {"subnets": [subnet], "securityGroups": ["sg-1"], "assignPublicIp": "DISABLED"}});
    let service = json!({"services": [{"serviceArn": "arn:aws:ecs:eu-west-1:111122223333:service/prod/web", "serviceName": "web",
        "clusterArn": "arn:aws:ecs:eu-west-1:111122223333:cluster/prod", "status": "ACTIVE", "networkConfiguration": network("subnet-new"),
        "deployments": [
            {"id": "ecs-svc/3", "status": "PRIMARY", "networkConfiguration": network("subnet-new")},
            {"id": "ecs-svc/2", "status": "ACTIVE", "networkConfiguration": network("subnet-old")}], "events": []}], "failures": []});
    let definition = json!({"taskDefinition": {"taskDefinitionArn": "arn:aws:ecs:eu-west-1:111122223333:task-definition/web:7", "family": "web",
        "revision": 7, "executionRoleArn": "arn:aws:iam::111122223333:role/of-the-definition", "networkMode": "awsvpc",
        "containerDefinitions": [{"name": "web", "image": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:9"}]}});
    let role = json!({"overrides": {"executionRoleArn": "arn:aws:iam::111122223333:role/of-the-override", "containerOverrides": []}});
    let report = value(&format!(
        "{}\n{service}\n{definition}",
        tasks(&[task("a", "2026-11-02T10:00:00Z", &role)])
    ));
    assert_eq!(report["task"]["subnet"], "subnet-old", "{}", report["task"]);
    assert_eq!(
        report["task"]["execution_role"], "arn:aws:iam::111122223333:role/of-the-override",
        "{}",
        report["task"]
    );
    assert_eq!(report["task"]["security_groups"], json!(["sg-1"]), "{}", report["task"]);
}
