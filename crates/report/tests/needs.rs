//! What a task needs, row by row: which hosts it calls, for what, through whose interface, by launch type, platform version and
//! partition (Amazon ECS Developer Guide, Fargate task networking and VPC endpoints; Amazon ECR User Guide, VPC endpoints).

mod common;

use common::inputs;
use report::{Options, Report, diagnose};
use serde_json::{Value, json};
use testkit::world::{Egress, SECRET, World};

const CONTAINER: &str = "/taskDefinition/containerDefinitions/0";
const REGISTRY: &str = "111122223333.dkr.ecr.us-east-1.amazonaws.com";

/// A task before launch whose container is this and nothing else.
fn world(container: Value) -> World {
    let mut world = World::new(Egress::Nat, "");
    world.drop_output("describe-tasks");
    world.set("describe-task-definition", CONTAINER, container);
    for (name, value) in [("name", json!("app")), ("essential", json!(true))] {
        world.set("describe-task-definition", &format!("{CONTAINER}/{name}"), value);
    }
    world
}

fn report_of(files: &[(String, String)]) -> Report {
    diagnose(&inputs(files), &Options::default())
}

/// `service host` of every destination on the network.
fn hosts(report: &Report) -> Vec<String> {
    let destinations = report
        .destinations
        .iter()
        .filter(|destination| destination.service.to_string() != "sts");
    destinations
        .map(|destination| format!("{} {}", destination.service, destination.host.as_deref().unwrap_or("?")))
        .collect()
}

fn needs(container: Value) -> Vec<String> {
    hosts(&report_of(&world(container).files()))
}

const ECR: [&str; 3] = [
    "ecr.api api.ecr.us-east-1.amazonaws.com",
    "ecr.dkr 111122223333.dkr.ecr.us-east-1.amazonaws.com",
    "s3 prod-us-east-1-starport-layer-bucket.s3.us-east-1.amazonaws.com",
];

fn logging(options: Value) -> Value {
    json!({"logDriver": "awslogs", "options": options})
}

#[test]
fn an_image_of_amazon_ecr_needs_its_api_its_registry_and_the_layer_bucket() {
    assert_eq!(needs(json!({"image": format!("{REGISTRY}/app:v1")})), ECR);
    // The image's own Region and account, not the task's.
    assert_eq!(
        needs(json!({"image": "444455556666.dkr.ecr.eu-west-1.amazonaws.com/app:v1"})),
        [
            "ecr.api api.ecr.eu-west-1.amazonaws.com",
            "ecr.dkr 444455556666.dkr.ecr.eu-west-1.amazonaws.com",
            "s3 prod-eu-west-1-starport-layer-bucket.s3.eu-west-1.amazonaws.com",
        ]
    );
    // Two images of one registry ask once.
    assert_eq!(needs(json!({"image": format!("{REGISTRY}/app@sha256:{}", "a".repeat(64))})), ECR);
}

#[test]
fn dual_stack_and_fips_names_are_the_image_s() {
    let dual = needs(json!({"image": "111122223333.dkr-ecr.us-east-1.on.aws/app:v1"}));
    assert!(
        dual.contains(&"ecr.dkr 111122223333.dkr-ecr.us-east-1.on.aws".to_owned()),
        "{dual:?}"
    );
    let fips = needs(json!({"image": "111122223333.dkr.ecr-fips.us-east-1.amazonaws.com/app:v1"}));
    assert!(
        fips.contains(&"ecr.dkr 111122223333.dkr.ecr-fips.us-east-1.amazonaws.com".to_owned()),
        "{fips:?}"
    );
}

#[test]
fn an_image_of_another_registry_needs_nothing_of_amazon_ecr() {
    for (image, host) in [
        ("public.ecr.aws/nginx/nginx:latest", "public.ecr.aws"),
        ("nginx", "registry-1.docker.io"),
        ("ghcr.io/example/app:1", "ghcr.io"),
        ("registry.example.com:5000/app:1", "registry.example.com:5000"),
    ] {
        assert_eq!(needs(json!({"image": image})), [format!("registry:{host} {host}")], "{image}");
    }
}

#[test]
fn secrets_parameters_and_credentials_need_their_service() {
    let image = "public.ecr.aws/nginx/nginx:latest";
    let registry = "registry:public.ecr.aws public.ecr.aws";
    let with = |member: &str, value: Value| {
        let mut container = json!({"image": image});
        container[member] = value;
        let mut needed = needs(container);
        needed.retain(|need| need != registry);
        needed
    };
    let secret = |from: &str| json!([{"name": "A", "valueFrom": from}]);
    assert_eq!(
        with("secrets", secret(SECRET)),
        ["secretsmanager secretsmanager.us-east-1.amazonaws.com"]
    );
    assert_eq!(
        with("secrets", secret(&SECRET.replace("us-east-1", "eu-west-1"))),
        ["secretsmanager secretsmanager.eu-west-1.amazonaws.com"]
    );
    for parameter in [
        "name",
        "/prod/one",
        "arn:aws:ssm:us-east-1:111122223333:parameter/one",
        "/aws/reference/secretsmanager/prod/db",
    ] {
        assert_eq!(
            with("secrets", secret(parameter)),
            ["ssm ssm.us-east-1.amazonaws.com"],
            "{parameter}"
        );
    }
    assert_eq!(
        with("secrets", secret("arn:aws:ssm:eu-west-1:111122223333:parameter/one")),
        ["ssm ssm.eu-west-1.amazonaws.com"]
    );
    assert_eq!(
        with("repositoryCredentials", json!({"credentialsParameter": "registry"})),
        ["secretsmanager secretsmanager.us-east-1.amazonaws.com"]
    );
}

#[test]
fn logs_need_their_region_and_other_drivers_only_their_secrets() {
    let image = "public.ecr.aws/nginx/nginx:latest";
    let with = |configuration: Value| {
        let mut needed = needs(json!({"image": image, "logConfiguration": configuration}));
        needed.retain(|need| !need.starts_with("registry:"));
        needed
    };
    let options = |region: &str| json!({"awslogs-group": "/ecs/app", "awslogs-region": region, "awslogs-stream-prefix": "ecs"});
    assert_eq!(with(logging(options("us-east-1"))), ["logs logs.us-east-1.amazonaws.com"]);
    assert_eq!(with(logging(options("eu-west-1"))), ["logs logs.eu-west-1.amazonaws.com"]);
    assert_eq!(
        with(json!({"logDriver": "awsfirelens", "options": {"Name": "cloudwatch_logs"}})),
        [] as [&str; 0]
    );
    assert_eq!(
        with(json!({"logDriver": "splunk", "options": {}, "secretOptions": [{"name": "splunk-token", "valueFrom": SECRET}]})),
        ["secretsmanager secretsmanager.us-east-1.amazonaws.com"]
    );
}

#[test]
fn environment_files_need_their_bucket() {
    let image = "public.ecr.aws/nginx/nginx:latest";
    let files = json!([{"type": "s3", "value": "arn:aws:s3:::config/app.env"}]);
    let mut container = world(json!({"image": image, "environmentFiles": files}));
    let bucket = |world: &World| -> Vec<String> {
        let mut needed = hosts(&report_of(&world.files()));
        needed.retain(|need| need.starts_with("s3 "));
        needed
    };
    assert_eq!(bucket(&container), ["s3 config.s3.us-east-1.amazonaws.com"]);
    // The bucket's own Region is asked, where it is known.
    container.put(
        "get-bucket-location",
        "s3api get-bucket-location --bucket config",
        json!({"LocationConstraint": "eu-west-1"}),
    );
    assert_eq!(bucket(&container), ["s3 config.s3.eu-west-1.amazonaws.com"]);
}

#[test]
fn nothing_else_is_needed_before_a_task_starts() {
    let mut world = world(
        json!({"image": format!("{REGISTRY}/app:v1"), "logConfiguration": logging(json!({"awslogs-group": "/ecs/app", "awslogs-region": "us-east-1"})),
        "secrets": [{"name": "A", "valueFrom": SECRET}]}),
    );
    world.set(
        "describe-task-definition",
        "/taskDefinition/taskRoleArn",
        json!("arn:aws:iam::111122223333:role/app"),
    );
    world.set(
        "describe-task-definition",
        "/taskDefinition/volumes",
        json!([{"name": "data", "efsVolumeConfiguration": {"fileSystemId": "fs-0123456789abcdef0"}}]),
    );
    world.set("describe-services", "/services/0/enableExecuteCommand", json!(true));
    let needed = hosts(&report_of(&world.files()));
    // No KMS, no STS, no ECS, no EFS, no ssmmessages.
    let expected: Vec<String> = [
        ECR.as_slice(),
        &[
            "secretsmanager secretsmanager.us-east-1.amazonaws.com",
            "logs logs.us-east-1.amazonaws.com",
        ],
    ]
    .concat()
    .into_iter()
    .map(str::to_owned)
    .collect();
    assert_eq!(needed, expected);
}

/// Which destinations leave by an interface of the VPC at all: those with hops.
fn walked(report: &Report) -> Vec<String> {
    let destinations = report.destinations.iter();
    let walked = destinations.filter(|destination| destination.network.as_ref().is_some_and(|network| !network.hops.is_empty()));
    walked.map(|destination| destination.service.to_string()).collect()
}

#[test]
fn old_platforms_log_in_and_fetch_secrets_outside_of_the_vpc() {
    let container = || {
        json!({"image": format!("{REGISTRY}/app:v1"), "secrets": [{"name": "A", "valueFrom": SECRET}, {"name": "B", "valueFrom": "/prod/one"}],
            "logConfiguration": logging(json!({"awslogs-group": "/ecs/app", "awslogs-region": "us-east-1"}))})
    };
    let on = |version: &str, family: &str| {
        let mut world = world(container());
        world.set("describe-services", "/services/0/platformVersion", json!(version));
        world.set("describe-services", "/services/0/platformFamily", json!(family));
        if family != "Linux" {
            let runtime = json!({"cpuArchitecture": "X86_64", "operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"});
            world.set("describe-task-definition", "/taskDefinition/runtimePlatform", runtime);
        }
        world
    };
    let all = ["ecr.api", "ecr.dkr", "s3", "secretsmanager", "ssm", "logs"];
    assert_eq!(walked(&report_of(&on("1.4.0", "Linux").files())), all);
    assert_eq!(walked(&report_of(&on("LATEST", "Linux").files())), all);
    // The number is lower, the family another.
    assert_eq!(walked(&report_of(&on("1.0.0", "WINDOWS_SERVER_2022_CORE").files())), all);
    assert_eq!(walked(&report_of(&on("1.3.0", "Linux").files())), ["ecr.dkr", "s3", "logs"]);
}

#[test]
fn every_partition_has_its_own_names() {
    let files = world(json!({"image": format!("{REGISTRY}/app:v1"), "secrets": [{"name": "A", "valueFrom": SECRET}, {"name": "B", "valueFrom": "/prod/one"}],
        "logConfiguration": logging(json!({"awslogs-group": "/ecs/app", "awslogs-region": "us-east-1"}))}))
    .files();
    for (partition, region, suffix) in [
        ("aws-cn", "cn-north-1", "amazonaws.com.cn"),
        ("aws-us-gov", "us-gov-west-1", "amazonaws.com"),
        ("aws-eusc", "eusc-de-east-1", "amazonaws.eu"),
        ("aws-iso", "us-iso-east-1", "c2s.ic.gov"),
        ("aws-iso-b", "us-isob-east-1", "sc2s.sgov.gov"),
        ("aws-iso-e", "eu-isoe-west-1", "cloud.adc-e.uk"),
        ("aws-iso-f", "us-isof-south-1", "csp.hci.ic.gov"),
    ] {
        let moved: Vec<(String, String)> = files
            .iter()
            .map(|(name, text)| {
                let text = text.replace("us-east-1", region).replace("arn:aws:", &format!("arn:{partition}:"));
                (name.clone(), text.replace("amazonaws.com/", &format!("{suffix}/")))
            })
            .collect();
        let report = report_of(&moved);
        let expected = [
            format!("ecr.api api.ecr.{region}.{suffix}"),
            format!("ecr.dkr 111122223333.dkr.ecr.{region}.{suffix}"),
            format!("s3 prod-{region}-starport-layer-bucket.s3.{region}.{suffix}"),
            format!("secretsmanager secretsmanager.{region}.{suffix}"),
            format!("ssm ssm.{region}.{suffix}"),
            format!("logs logs.{region}.{suffix}"),
        ];
        assert_eq!(hosts(&report), expected);
        assert!(
            report
                .destinations
                .iter()
                .flat_map(|destination| &destination.authorization)
                .all(|call| { call.resource == "*" || call.resource.starts_with(&format!("arn:{partition}:")) })
        );
    }
}

#[test]
fn a_container_that_aws_adds_is_pulled_too_and_stops_nothing() {
    let mut world = World::new(Egress::Nat, "");
    let sidecar = json!({"name": "aws-guardduty-agent-x1", "image": "593207742271.dkr.ecr.us-east-1.amazonaws.com/aws-guardduty-agent-fargate:v1", "lastStatus": "PENDING"});
    world.set("describe-tasks", "/tasks/0/containers/-", sidecar);
    let report = report_of(&world.files());
    let host = "593207742271.dkr.ecr.us-east-1.amazonaws.com";
    let added = report
        .destinations
        .iter()
        .find(|destination| destination.host.as_deref() == Some(host));
    let calls: Vec<(&str, bool)> = added
        .iter()
        .flat_map(|destination| &destination.authorization)
        .map(|call| (call.action.as_str(), call.blocks_start))
        .collect();
    assert_eq!(calls, [("ecr:BatchGetImage", false), ("ecr:GetDownloadUrlForLayer", false)]);
    assert!(report.findings.iter().all(|finding| finding.status != report::model::Status::Fail));
}
