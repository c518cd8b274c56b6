//! What the plan asks where an output or an answer tells of something else than what is open.

mod common;

use common::inputs;
use report::{Options, Report, diagnose};
use serde_json::{Value, json};
use testkit::world::{ACCOUNT, Egress, REGION, World};

fn report_of(world: &World, answers: &[(String, String)]) -> Value {
    report_of_files(&world.files(), answers)
}

fn report_of_files(files: &[(String, String)], answers: &[(String, String)]) -> Value {
    let options = Options {
        answers: answers.to_vec(),
        ..Options::default()
    };
    let report: Report = diagnose(&inputs(files), &options);
    serde_json::to_value(report).unwrap_or_default()
}

/// The outputs of a scenario; those of a task that runs where there is none of that name.
fn scenario(name: &str) -> World {
    let all = testkit::scenarios::all();
    let found = all.iter().find(|scenario| scenario.name == name);
    found.map_or_else(|| World::new(Egress::Nat, ""), |scenario| (scenario.build)())
}

fn commands(report: &Value) -> Vec<&str> {
    let requests = report["requests"].as_array().into_iter().flatten();
    requests.filter_map(|request| request["command"].as_str()).collect()
}

#[test]
fn a_listing_of_an_unknown_region_answers_no_request_for_a_region() {
    let world = scenario("network/acl_outbound_blocked/fault");
    for region in ["", " --region us-east-1"] {
        let mut world = world.clone();
        world.drop_output("describe-network-acls");
        let mut files = world.files();
        files.push((
            "acls.txt".to_owned(),
            format!(
                "$ aws ec2 describe-network-acls --filters Name=vpc-id,Values=vpc-0a1b2c3d4e5f60718{region}\n{{\"NetworkAcls\": []}}\n"
            ),
        ));
        let report = report_of_files(&files, &[]);
        let asked = commands(&report).iter().any(|command| command.contains("describe-network-acls"));
        assert_eq!(asked, region.is_empty(), "{region}: {:#?}", commands(&report));
    }
}

#[test]
fn groups_of_another_vpc_are_asked_for_by_their_ids() {
    let mut world = scenario("network/endpoint_sg_ingress_blocked/hub_missing");
    for stem in ["describe-security-groups", "hub-network-interfaces", "hub-vpc-endpoints"] {
        world.drop_output(stem);
    }
    let report = report_of(&world, &[]);
    let groups: Vec<&str> = commands(&report)
        .into_iter()
        .filter(|command| command.contains("describe-security-groups"))
        .collect();
    assert!(groups.iter().any(|command| command.contains("--group-ids sg-")), "{groups:?}");
}

/// A task of two images, whose role may pull those that are tagged with its team.
fn by_team() -> World {
    let mut world = World::new(Egress::Nat, "");
    let other = format!("{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/proxy:v1");
    world.set(
        "describe-task-definition",
        "/taskDefinition/containerDefinitions/-",
        json!({"name": "proxy", "image": other, "essential": true}),
    );
    world.put(
        "get-repository-policy-proxy",
        "ecr get-repository-policy --repository-name proxy",
        json!(format!("\nAn error occurred (RepositoryPolicyNotFoundException) when calling the GetRepositoryPolicy operation: Repository policy does not exist for the repository with name 'proxy' in the registry with id '{ACCOUNT}'")),
    );
    world.set("list-attached-role-policies", "/AttachedPolicies", json!([]));
    for statement in [
        json!({"Effect": "Allow", "Action": ["ecr:GetAuthorizationToken", "logs:*"], "Resource": "*"}),
        json!({"Effect": "Allow", "Action": "ecr:*", "Resource": "*", "Condition": {"StringEquals": {"aws:ResourceTag/team": "blue"}}}),
    ] {
        world.set("get-role-policy", "/PolicyDocument/Statement/-", statement);
    }
    world
}

#[test]
fn what_a_person_says_of_a_resource_s_key_holds_for_that_resource_alone() {
    let repository = |name: &str| format!("arn:aws:ecr:{REGION}:{ACCOUNT}:repository/{name}");
    let id = |name: &str| format!("condition-key:aws:ResourceTag/team {}", repository(name));
    let world = by_team();
    let questions = |report: &Value| -> Vec<String> {
        let requests = report["requests"].as_array().unwrap();
        let asked = requests.iter().filter_map(|request| request["question"].as_str());
        asked
            .filter(|question| question.contains("aws:ResourceTag/team"))
            .map(str::to_owned)
            .collect()
    };
    let verdict = |report: &Value, name: &str| -> String {
        let destinations = report["destinations"].as_array().unwrap();
        let mut calls = destinations
            .iter()
            .filter_map(|destination| destination["authorization"].as_array())
            .flatten();
        let pull = calls.find(|call| call["action"] == "ecr:BatchGetImage" && call["resource"] == json!(repository(name)));
        pull.unwrap()["verdict"].as_str().unwrap().to_owned()
    };
    let open = report_of(&world, &[]);
    assert_eq!(
        (verdict(&open, "app").as_str(), verdict(&open, "proxy").as_str()),
        ("unknown", "unknown")
    );
    assert_eq!(questions(&open).len(), 2, "{:#?}", open["requests"]);

    let one = report_of(&world, &[(id("app"), "blue".to_owned())]);
    assert_eq!(
        (verdict(&one, "app").as_str(), verdict(&one, "proxy").as_str()),
        ("allowed", "unknown")
    );
    assert_eq!(questions(&one).len(), 1);

    let both = report_of(&world, &[(id("app"), "blue".to_owned()), (id("proxy"), "red".to_owned())]);
    assert_eq!(
        (verdict(&both, "app").as_str(), verdict(&both, "proxy").as_str()),
        ("allowed", "implicitly_denied")
    );
    // The key alone is no resource's.
    let key = report_of(&world, &[("condition-key:aws:ResourceTag/team".to_owned(), "blue".to_owned())]);
    assert_eq!(
        (verdict(&key, "app").as_str(), verdict(&key, "proxy").as_str()),
        ("unknown", "unknown")
    );
}

#[test]
fn a_denial_cites_what_a_person_said_only_where_it_hangs_on_it() {
    let mut world = by_team();
    // Nothing allows the secret, whatever its tags are.
    world.set(
        "get-role-policy",
        "/PolicyDocument/Statement/0/Action",
        json!("secretsmanager:DescribeSecret"),
    );
    let answers = ["app", "proxy"].map(|name| {
        let arn = format!("arn:aws:ecr:{REGION}:{ACCOUNT}:repository/{name}");
        (format!("condition-key:aws:ResourceTag/team {arn}"), "red".to_owned())
    });
    let report = report_of(&world, &answers);
    let documents = report["documents"].as_array().unwrap();
    let answer = |cite: &Value| documents[usize::try_from(cite["document"].as_u64().unwrap()).unwrap()]["operation"] == "pulldoctor:Answer";
    let findings = report["findings"].as_array().unwrap();
    let cites = |action: &str| {
        let finding = findings
            .iter()
            .find(|finding| finding["subject"].as_array().unwrap().contains(&json!(action)) && finding["status"] == "fail");
        let finding = finding.unwrap_or_else(|| panic!("no denial of {action} in {findings:#?}"));
        finding["evidence"].as_array().unwrap().iter().any(answer)
    };
    assert!(cites("ecr:BatchGetImage"));
    assert!(!cites("secretsmanager:GetSecretValue"));
}
