//! A service that answered the task proves the way to that service, from where the task called, and to no other.

mod common;

use common::inputs;
use report::model::{Destination, Network, Reach, RequestBody};
use report::{Options, Report, diagnose};
use serde_json::json;
use testkit::world::{Egress, SECRET, World};

const OTHER: &str = "subnet-0c0000000000000c1";

fn report_of(world: &World) -> Report {
    let files = world.files();
    diagnose(&inputs(&files), &Options::default())
}

/// A secret that is not there, in a VPC whose routes were not pasted.
fn not_found() -> World {
    let reason = format!(
        "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret {SECRET} from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret."
    );
    let mut world = World::new(Egress::Nat, &reason);
    world.drop_output("describe-route-tables");
    world.drop_output("describe-secret");
    world
}

fn network<'a>(report: &'a Report, host: &str) -> Option<&'a Network> {
    let is_own = |destination: &&Destination| destination.host.as_deref().is_some_and(|own| own.starts_with(host));
    report.destinations.iter().find(is_own)?.network.as_ref()
}

fn verdict(report: &Report, host: &str) -> Option<Reach> {
    network(report, host).map(|network| network.verdict)
}

#[test]
fn the_place_that_the_task_called_from_is_proven() {
    let report = report_of(&not_found());
    assert_eq!(verdict(&report, "secretsmanager."), Some(Reach::Reachable));
    assert_eq!(verdict(&report, "logs."), Some(Reach::Unknown));
}

#[test]
fn of_two_subnets_that_it_may_have_called_from_neither_is() {
    let unplaced = |subnets: &[&str]| {
        let mut world = not_found();
        let attachments = world.output("describe-tasks").pointer("/tasks/0/attachments/0/details").cloned();
        assert!(attachments.is_some());
        world.set("describe-tasks", "/tasks/0/attachments", json!([]));
        for at in ["/services/0/networkConfiguration", "/services/0/deployments/0/networkConfiguration"] {
            world.set("describe-services", &format!("{at}/awsvpcConfiguration/subnets"), json!(subnets));
        }
        let report = report_of(&world);
        let network = network(&report, "secretsmanager.").unwrap();
        let verdicts: Vec<Reach> = network.subnets.iter().map(|subnet| subnet.verdict).collect();
        (network.verdict, verdicts)
    };
    let own = "subnet-0a0000000000000a1";
    assert_eq!(unplaced(&[own]).0, Reach::Reachable);
    assert_eq!(unplaced(&[own, OTHER]), (Reach::Unknown, vec![Reach::Unknown; 2]));
}

/// An environment file in another Region, and what Amazon S3 said of it.
fn env_file(said: &str) -> Report {
    let reason = format!("ResourceInitializationError: failed to download env files: service call has been retried 1 time(s): {said}");
    let mut world = World::new(Egress::Nat, &reason);
    world.drop_output("describe-route-tables");
    world.set(
        "describe-task-definition",
        "/taskDefinition/containerDefinitions/0/environmentFiles",
        json!([{"value": "arn:aws:s3:::app-config-111122223333/prod/app.env", "type": "s3"}]),
    );
    world.put(
        "get-bucket-location",
        "s3api get-bucket-location --bucket app-config-111122223333",
        json!({"LocationConstraint": "eu-west-1"}),
    );
    report_of(&world)
}

#[test]
fn of_two_buckets_the_one_that_the_error_names_answered() {
    let (files, layers) = ("app-config-111122223333.s3.eu-west-1.", "prod-us-east-1-starport-layer-bucket.");
    let denied = env_file("AccessDenied: Access Denied status code: 403, request id: 8F1B5A503A5F4D0C, host id: abc");
    assert_eq!(verdict(&denied, files), Some(Reach::Unknown));
    assert_eq!(verdict(&denied, layers), Some(Reach::Unknown));
    let named = env_file(
        "AccessDenied: User: arn:aws:sts::111122223333:assumed-role/ecsTaskExecutionRole/0f3a is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::app-config-111122223333/prod/app.env\" because no identity-based policy allows the s3:GetObject action",
    );
    assert_eq!(verdict(&named, files), Some(Reach::Reachable));
    assert_eq!(verdict(&named, layers), Some(Reach::Unknown));
}

#[test]
fn what_tells_the_endpoint_is_still_asked_for() {
    let mut world = World::new(Egress::Endpoints, &{
        let role = "arn:aws:sts::111122223333:assumed-role/ecsTaskExecutionRole/0f3a";
        format!(
            "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret {SECRET} from secrets manager: AccessDeniedException: User: {role} is not authorized to perform: secretsmanager:GetSecretValue on resource: {SECRET}"
        )
    });
    let servers = "/DhcpOptions/0/DhcpConfigurations/1/Values";
    world.set("describe-dhcp-options", servers, json!([{"Value": "10.0.20.53"}]));
    let endpoint = "/VpcEndpoints/2/PolicyDocument";
    let policy = json!({"Version": "2012-10-17", "Statement": []}).to_string();
    world.set("describe-vpc-endpoints", endpoint, json!(policy));
    let report = report_of(&world);
    assert_eq!(verdict(&report, "secretsmanager."), Some(Reach::Reachable));
    // Which way the name led tells which policies denied.
    let asked = report
        .requests
        .iter()
        .find(|request| matches!(request.body, RequestBody::Question { .. }));
    assert_eq!(asked.unwrap().decides, ["iam.action-not-allowed"]);
}
