//! Tasks, definitions, services and commands.

use crate::case::{load, of, output};
use evidence::{Operation, Shape};
use snapshot::ecs::task::LaunchType;
use snapshot::{Resource, Time};

const TASK: &str = "arn:aws:ecs:us-east-1:123456789012:task/c/1";

fn description(version: u32) -> String {
    format!(
        r#"{{"tasks":[{{"taskArn":"{TASK}","version":{version},"createdAt":1628698886.681,"platformVersion":"1.4.0",
        "attachments":[{{"type":"ElasticNetworkInterface","status":"DELETED","details":[{{"name":"subnetId","value":"subnet-1"}},
        {{"name":"networkInterfaceId","value":"eni-1"}},{{"name":"privateIPv4Address","value":"10.0.1.5"}}]}}],
        "startedBy":"ecs-svc/2","group":"service:web","clusterArn":"arn:aws:ecs:us-east-1:123456789012:cluster/c"}}],"failures":[]}}"#
    )
}

fn event(version: u32) -> String {
    format!(
        r#"{{"detail-type":"ECS Task State Change","resources":["{TASK}"],"detail":{{"taskArn":"{TASK}","version":{version},
        "createdAt":"2021-08-11T16:21:26.681Z","lastStatus":"STOPPED","stoppedReason":"why",
        "attachments":[{{"type":"eni","details":[{{"name":"subnetId","value":"subnet-1"}},
        {{"name":"networkInterfaceId","value":"eni-1"}},{{"name":"privateIPv4Address","value":"10.0.1.5"}}]}}]}}}}"#
    )
}

#[test]
fn a_description_and_an_event_give_the_same_interface_and_time() {
    let described = load(&[output("ecs describe-tasks", &description(3))]);
    let told = load(&[of(Operation::EventsEcsTaskStateChange, Shape::Event, &event(3))]);
    for snapshot in [&described, &told] {
        let found = snapshot.ecs.tasks.iter().next().unwrap();
        let interface = found.value.interface().unwrap();
        assert_eq!(interface.subnet, Some("subnet-1".into()));
        assert_eq!(interface.private_ip, Some("10.0.1.5".parse().unwrap()));
        assert_eq!(found.value.created_at, Some(Time(1_628_698_886_681)));
    }
    let found = told.ecs.tasks.iter().next().unwrap();
    assert_eq!(
        found.interface_detail("networkInterfaceId").unwrap().pointer.as_str(),
        "/detail/attachments/0/details/1"
    );
}

#[test]
fn the_higher_version_of_a_task_wins_and_is_no_contradiction() {
    let (old, new) = (
        output("ecs describe-tasks", &description(3)),
        of(Operation::EventsEcsTaskStateChange, Shape::Event, &event(5)),
    );
    for parts in [[old.clone(), new.clone()], [new, old]] {
        let snapshot = load(&parts);
        assert_eq!(snapshot.ecs.tasks.iter().next().unwrap().value.version, Some(5));
        assert!(snapshot.ecs.tasks.contradictions().is_empty());
    }
    // Of one version the description says more than the event.
    let same = load(&[
        output("ecs describe-tasks", &description(5)),
        of(Operation::EventsEcsTaskStateChange, Shape::Event, &event(5)),
    ]);
    assert_eq!(
        same.ecs.tasks.iter().next().unwrap().value.platform_version.as_deref(),
        Some("1.4.0")
    );
}

#[test]
fn without_versions_the_state_that_tells_of_the_later_time_wins_in_any_order() {
    let state = |status: &str, times: &str| {
        let text =
            format!(r#"{{"tasks":[{{"taskArn":"{TASK}","createdAt":1628698886.681,"lastStatus":"{status}"{times}}}],"failures":[]}}"#);
        output("ecs describe-tasks", &text)
    };
    let (pending, stopped) = (state("PENDING", ""), state("STOPPED", r#","stoppedAt":1628699186.5"#));
    for parts in [[pending.clone(), stopped.clone()], [stopped.clone(), pending]] {
        let snapshot = load(&parts);
        assert_eq!(
            snapshot.ecs.tasks.iter().next().unwrap().value.last_status.as_deref(),
            Some("STOPPED")
        );
        assert!(snapshot.ecs.tasks.contradictions().is_empty());
    }
    // Of one time the later paste counts, and the contradiction is told.
    let other = state("RUNNING", r#","stoppedAt":1628699186.5"#);
    let snapshot = load(&[stopped, other]);
    assert_eq!(
        snapshot.ecs.tasks.iter().next().unwrap().value.last_status.as_deref(),
        Some("RUNNING")
    );
    assert_eq!(snapshot.ecs.tasks.contradictions().len(), 1);
}

#[test]
fn the_same_task_twice_with_other_content_is_a_contradiction() {
    let other = description(3).replace("10.0.1.5", "10.0.1.6");
    let parts = [output("ecs describe-tasks", &description(3)), output("ecs describe-tasks", &other)];
    let snapshot = load(&parts);
    assert_eq!(snapshot.ecs.tasks.contradictions().len(), 1);
    let task = snapshot.ecs.tasks.iter().next().unwrap();
    assert_eq!(task.value.interface().unwrap().private_ip, Some("10.0.1.6".parse().unwrap()));
    let timed = [
        parts[0].clone().collected("2026-01-02T00:00:00Z", "", ""),
        parts[1].clone().collected("2026-01-01T00:00:00Z", "", ""),
    ];
    let task = load(&timed).ecs.tasks.iter().next().unwrap().value.clone();
    assert_eq!(task.interface().unwrap().private_ip, Some("10.0.1.5".parse().unwrap()));
}

#[test]
fn the_launch_type_is_said_by_several_members() {
    let launch = |members: &str| {
        let json = format!(r#"{{"tasks":[{{"taskArn":"{TASK}",{members}}}]}}"#);
        load(&[output("ecs describe-tasks", &json)])
            .ecs
            .tasks
            .iter()
            .next()
            .unwrap()
            .value
            .launch()
    };
    assert_eq!(launch(r#""launchType":"FARGATE""#), Some((LaunchType::Fargate, "launchType")));
    assert_eq!(
        launch(r#""capacityProviderName":"FARGATE_SPOT""#),
        Some((LaunchType::Fargate, "capacityProviderName"))
    );
    assert_eq!(
        launch(r#""platformVersion":"1.4.0""#),
        Some((LaunchType::Fargate, "platformVersion"))
    );
    assert_eq!(
        launch(r#""capacityProviderName":"mine","containerInstanceArn":"arn:aws:ecs:us-east-1:1:container-instance/c/1""#),
        None
    );
    assert_eq!(
        launch(r#""launchType":"ORBIT""#),
        Some((LaunchType::Other("ORBIT".to_owned()), "launchType"))
    );
}

#[test]
fn what_ecs_did_not_find_is_kept_by_its_arn() {
    let json = format!(r#"{{"tasks":[],"failures":[{{"arn":"{TASK}","reason":"MISSING"}}]}}"#);
    let snapshot = load(&[output("ecs describe-tasks", &json)]);
    assert!(snapshot.ecs.missing(Operation::EcsDescribeTasks, TASK).is_some());
    assert!(
        snapshot
            .ecs
            .missing(Operation::EcsDescribeTasks, "arn:aws:ecs:us-east-1:123456789012:task/c/2")
            .is_none()
    );
    assert!(snapshot.ecs.missing(Operation::EcsDescribeServices, TASK).is_none());
}

#[test]
fn a_definition_is_found_by_arn_revision_and_family() {
    let arn = "arn:aws:ecs:us-east-1:123456789012:task-definition/web:7";
    let full = format!(
        r#"{{"taskDefinition":{{"taskDefinitionArn":"{arn}","family":"web","revision":7,"containerDefinitions":[{{"name":"app",
        "secrets":[{{"name":"A","valueFrom":"x"}}],"logConfiguration":{{"logDriver":"awslogs","options":{{"awslogs-group":"/ecs/web"}}}}}}],
        "requiresAttributes":[{{"name":"ecs.capability.secrets.ssm.environment-variables"}}]}}}}"#
    );
    let snapshot = load(&[output("ecs describe-task-definition", &full)]);
    for name in [arn, "web:7"] {
        let (found, exact) = snapshot.ecs.task_definition(name).unwrap();
        assert!(exact, "{name}");
        assert_eq!(found.value.container_definitions[0].secrets.len(), 1);
        assert!(found.value.requires("ecs.capability.secrets.ssm.environment-variables"));
    }
    assert!(snapshot.ecs.task_definition("web:8").is_none());
    assert!(
        snapshot
            .ecs
            .task_definition("arn:aws:ecs:us-east-1:123456789012:task-definition/web:8")
            .is_none()
    );
    assert!(!snapshot.ecs.task_definition("web").unwrap().1);
    // The console's JSON tab of a definition without revision, or the file that it was registered from.
    let file = r#"{"family":"web","containerDefinitions":[{"name":"app","image":"nginx"}]}"#;
    let snapshot = load(&[of(Operation::EcsDescribeTaskDefinition, Shape::Item, file)]);
    let (found, exact) = snapshot.ecs.task_definition(arn).unwrap();
    assert!(!exact);
    assert_eq!(found.value.id().as_deref(), Some("web"));
}

#[test]
fn a_task_s_network_comes_from_its_own_deployment() {
    let network = |group: &str| {
        format!(
            r#""networkConfiguration":{{"awsvpcConfiguration":{{"subnets":["subnet-1"],"securityGroups":["{group}"],"assignPublicIp":"DISABLED"}}}}"#
        )
    };
    let json = format!(
        r#"{{"services":[{{"serviceArn":"arn:aws:ecs:us-east-1:123456789012:service/c/web","serviceName":"web",
        "clusterArn":"arn:aws:ecs:us-east-1:123456789012:cluster/c",{},
        "deployments":[{{"id":"ecs-svc/1",{}}},{{"id":"ecs-svc/2",{}}}]}}]}}"#,
        network("sg-new"),
        network("sg-new"),
        network("sg-old")
    );
    let snapshot = load(&[
        output("ecs describe-services", &json),
        output("ecs describe-tasks", &description(1)),
    ]);
    let task = snapshot.ecs.tasks.iter().next().unwrap();
    let service = snapshot.ecs.service_of(&task.value).unwrap();
    let settings = service.network_of(task.value.started_by.as_deref().unwrap()).unwrap();
    assert_eq!(settings.security_groups, ["sg-old".into()]);
    assert_eq!(settings.assign_public_ip, Some(false));
    assert_eq!(
        settings.at.pointer.as_str(),
        "/services/0/deployments/1/networkConfiguration/awsvpcConfiguration"
    );
    assert_eq!(service.network().unwrap().security_groups, ["sg-new".into()]);
}

#[test]
fn a_command_that_starts_tasks_is_read_with_its_output() {
    let words = "ecs run-task cluster=c network-configuration=awsvpcConfiguration={subnets=[subnet-1],securityGroups=[sg-1],assignPublicIp=ENABLED}";
    let snapshot = load(&[output(words, &description(1))]);
    let launch = &snapshot.ecs.launches[0];
    assert_eq!(launch.tasks, [TASK]);
    assert_eq!(launch.network.as_ref().unwrap().assign_public_ip, Some(true));
    // Its output lists only what it started.
    assert!(snapshot.ecs.tasks.listings().is_empty());
}
