//! What the script leaves behind.

use crate::alike::same_calls;
use crate::planted::no_secret;
use crate::stand_in::WORLD;
use diagnosis::collector::{self, Script, Target};
use diagnosis::model::{Finding, Status};
use diagnosis::{Options, diagnose};
use evidence::{Body, Evidence, Input};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::Command;
use testkit::world::{Egress, TASK_ID, World};

/// `Err` says what is wrong.
pub(crate) type Outcome = Result<(), String>;
/// A name and what is tried.
type Test = (&'static str, fn() -> Outcome);

/// Every test, by name.
pub(crate) const TESTS: [Test; 12] = [
    ("the_powershell_script_makes_the_calls_of_the_bash_script", same_calls),
    ("the_bundle_gives_the_same_diagnosis_as_the_plain_outputs", same_diagnosis),
    ("no_value_that_may_be_a_secret_is_in_the_bundle", no_secret),
    ("an_instance_that_should_forward_is_described", forwarder),
    ("a_denial_is_noted_and_the_chain_goes_on", denials),
    ("every_line_is_json_on_one_line", lines),
    ("a_service_leads_to_its_tasks_and_definition", service),
    ("a_definition_alone_leads_to_its_references", definition),
    ("a_task_that_is_gone_is_found_in_the_events", gone),
    ("what_the_person_typed_is_never_run", typed),
    ("every_call_only_reads", reads),
    ("names_of_aws_are_never_options_files_or_patterns", names),
];

const ERROR: &str = "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to \
retrieve secret from asm: service call has been retried 5 time(s): failed to fetch secret \
arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/db-AbCdEf from secrets manager: RequestCanceled: request context canceled \
caused by: context deadline exceeded. Please check your task network configuration.";

/// What a run left.
pub(crate) struct Run {
    pub(crate) bundle: String,
    pub(crate) log: Vec<Vec<String>>,
    pub(crate) said: String,
    code: Option<i32>,
}

impl Run {
    fn evidence(&self) -> Evidence {
        evidence::read(&[Input {
            name: "bundle.jsonl",
            bytes: self.bundle.as_bytes(),
        }])
    }

    /// The lines of the bundle behind its first.
    pub(crate) fn calls(&self) -> Result<Vec<Value>, String> {
        self.bundle
            .lines()
            .skip(1)
            .map(|line| serde_json::from_str(line).map_err(|error| format!("{error}: {line}")))
            .collect()
    }
}

pub(crate) fn of_task(task: &str) -> Target {
    Target {
        cluster: Some("prod".to_owned()),
        task: Some(task.to_owned()),
        region: Some("us-east-1".to_owned()),
        ..Target::default()
    }
}

/// Runs the script against a world, in a folder of its own.
pub(crate) fn run(name: &str, target: &Target, world: &World) -> Result<Run, String> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("collector").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(folder.join("bin")).map_err(|error| error.to_string())?;
    let write = |file: &str, text: &str| std::fs::write(folder.join(file), text).map_err(|error| error.to_string());
    let answers: Vec<(String, &Value)> = world
        .outputs
        .values()
        .map(|(command, output)| {
            let command = command.trim_start_matches("aws ").split(" --region ").next().unwrap_or_default();
            (command.to_owned(), output)
        })
        .collect();
    write("answers.json", &json!(answers).to_string())?;
    write("script.sh", &collector::script(target, Script::Bash))?;
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let aws = format!("#!/bin/sh\nexec env {WORLD}='{}' '{}' \"$@\"\n", folder.display(), own.display());
    write("bin/aws", &aws)?;
    Command::new("chmod")
        .arg("+x")
        .arg(folder.join("bin/aws"))
        .status()
        .map_err(|error| error.to_string())?;
    let path = format!("{}:{}", folder.join("bin").display(), std::env::var("PATH").unwrap_or_default());
    let done = Command::new("bash")
        .args(["script.sh", "bundle.jsonl"])
        .current_dir(&folder)
        .env("PATH", path)
        .env_remove("AWS_REGION")
        .output()
        .map_err(|error| error.to_string())?;
    let read = |file: &str| std::fs::read_to_string(folder.join(file)).unwrap_or_default();
    Ok(Run {
        bundle: read("bundle.jsonl"),
        log: read("calls.log")
            .lines()
            .map(|line| line.split('\u{1f}').map(str::to_owned).collect())
            .collect(),
        said: String::from_utf8_lossy(&done.stderr).into_owned(),
        code: done.status.code(),
    })
}

pub(crate) fn check(holds: bool, what: impl FnOnce() -> String) -> Outcome {
    if holds { Ok(()) } else { Err(what()) }
}

fn facts(findings: &[Finding]) -> Vec<String> {
    let mut found: Vec<String> = findings
        .iter()
        .filter(|finding| finding.status != Status::Pass)
        .map(|finding| format!("{} {:?} {:?} {:?}", finding.code.0, finding.status, finding.role, finding.subject))
        .collect();
    found.sort();
    found
}

fn same_diagnosis() -> Outcome {
    for egress in [Egress::Nat, Egress::PublicIp, Egress::Endpoints] {
        let mut world = World::new(egress, ERROR);
        // The fault: nothing may leave the task.
        world.set("describe-security-groups", "/SecurityGroups/0/IpPermissionsEgress", json!([]));
        let run = run(&format!("same-{egress:?}"), &of_task(TASK_ID), &world)?;
        check(run.code == Some(0), || run.said.clone())?;
        let plain = world.paste();
        let plain = diagnose(
            &evidence::read(&[Input {
                name: "paste.txt",
                bytes: plain.as_bytes(),
            }]),
            &Options::default(),
        );
        let bundled = diagnose(&run.evidence(), &Options::default());
        check(facts(&plain.findings) == facts(&bundled.findings), || {
            format!(
                "{egress:?}: plain {:#?}\nbundle {:#?}",
                facts(&plain.findings),
                facts(&bundled.findings)
            )
        })?;
        check(plain.outcome == bundled.outcome && plain.case == bundled.case, || {
            format!("{:?} {:?}", plain.case, bundled.case)
        })?;
        check(
            facts(&bundled.findings)
                .iter()
                .any(|fact| fact.starts_with("network.sg-egress-blocked Fail Some(Cause)")),
            || format!("{:#?}", facts(&bundled.findings)),
        )?;
    }
    Ok(())
}

/// The chain goes on from the route table to the interface of the instance that should forward, and to whether it may.
fn forwarder() -> Outcome {
    let scenario = testkit::scenarios::all()
        .into_iter()
        .find(|scenario| scenario.name == "network/source_dest_check/fault")
        .ok_or("no scenario")?;
    let run = run("forwarder", &of_task(TASK_ID), &(scenario.build)())?;
    let found = facts(&diagnose(&run.evidence(), &Options::default()).findings);
    let proven = found
        .iter()
        .any(|fact| fact.starts_with("network.source-dest-check Fail Some(Cause)"));
    check(proven, || format!("{found:#?}"))
}

fn denials() -> Outcome {
    let mut world = World::new(Egress::Nat, ERROR);
    for stem in ["get-role", "describe-vpc-endpoints", "describe-secret"] {
        world.drop_output(stem);
    }
    let run = run("denials", &of_task(TASK_ID), &world)?;
    check(run.code == Some(0), || run.said.clone())?;
    let read = run.evidence();
    for operation in ["iam:GetRole", "ec2:DescribeVpcEndpoints", "secretsmanager:DescribeSecret"] {
        let denied = read.documents.iter().any(|document| {
            document.operation.map(evidence::Operation::name) == Some(operation)
                && matches!(&document.body, Body::Error(error) if error.code == "AccessDenied" && error.message.contains("user/\"support\" is not \\ authorized"))
        });
        check(denied, || format!("the denial of {operation} is not in the bundle: {}", run.bundle))?;
    }
    let went_on = ["iam:GetRolePolicy", "ecr:DescribeImages", "logs:DescribeLogGroups"];
    check(
        went_on.iter().all(|name| {
            read.documents
                .iter()
                .any(|document| document.operation.is_some_and(|op| op.name() == *name))
        }),
        || run.said.clone(),
    )?;
    check(run.said.contains("denied or failed"), || run.said.clone())
}

fn lines() -> Outcome {
    let mut world = World::new(Egress::Endpoints, ERROR);
    world.set(
        "describe-vpc-endpoints",
        "/VpcEndpoints/0/FailureReason",
        json!("tab\there, \"quotes\", \\ and\nline break, こんにちは,  two spaces"),
    );
    let run = run("lines", &of_task(TASK_ID), &world)?;
    let head: Value = serde_json::from_str(run.bundle.lines().next().unwrap_or_default()).map_err(|error| error.to_string())?;
    check(
        head["schema"] == "pulldoctor.bundle/1"
            && head["account"] == "111122223333"
            && head["task"] == TASK_ID
            && head["cluster"] == "prod",
        || head.to_string(),
    )?;
    for call in run.calls()? {
        let name = call["operation"].as_str().unwrap_or_default();
        check(evidence::Operation::from_name(name).is_some(), || format!("{name} is no operation"))?;
        let either = call["output"].is_object() != call["error"].is_string();
        check(either && call["parameters"].is_object() && call["exit"].is_number(), || {
            call.to_string()
        })?;
        check(
            !call["parameters"]
                .as_object()
                .is_some_and(|options| options.contains_key("query") || options.contains_key("output")),
            || call.to_string(),
        )?;
    }
    let endpoints = run
        .calls()?
        .into_iter()
        .find(|call| call["operation"] == "ec2:DescribeVpcEndpoints")
        .ok_or("no endpoints")?;
    check(endpoints["output"] == *world.output("describe-vpc-endpoints"), || {
        endpoints.to_string()
    })?;
    check(run.evidence().sources.iter().all(|source| source.problems.is_empty()), || {
        format!("{:?}", run.evidence().sources[0].problems)
    })
}

fn service() -> Outcome {
    let target = Target {
        task: None,
        service: Some("app".to_owned()),
        ..of_task("")
    };
    let mut world = World::new(Egress::Nat, ERROR);
    let task = world.output("describe-tasks")["tasks"][0]["taskArn"].clone();
    world.put("list-tasks", "ecs list-tasks --cluster prod", json!({"taskArns": [task]}));
    let run = run("service", &target, &world)?;
    let bundled = diagnose(&run.evidence(), &Options::default());
    check(
        bundled.case.arn.known().is_some() && bundled.case.task_definition.known().is_some(),
        || run.said.clone(),
    )?;
    check(
        run.calls()?.iter().any(|call| call["operation"] == "ec2:DescribeRouteTables"),
        || run.said.clone(),
    )
}

fn definition() -> Outcome {
    let target = Target {
        task_definition: Some("app:7".to_owned()),
        region: Some("us-east-1".to_owned()),
        ..Target::default()
    };
    let run = run("definition", &target, &World::new(Egress::Nat, ERROR))?;
    let calls = run.calls()?;
    let asked = |name: &str| calls.iter().any(|call| call["operation"] == name);
    for name in [
        "iam:GetRole",
        "secretsmanager:DescribeSecret",
        "ssm:DescribeParameters",
        "ecr:DescribeImages",
        "logs:DescribeLogGroups",
    ] {
        check(asked(name), || format!("{name} was not called: {}", run.said))?;
    }
    check(!asked("ecs:DescribeTasks") && !asked("ecs:DescribeClusters"), || run.said.clone())
}

fn gone() -> Outcome {
    let mut world = World::new(Egress::Nat, ERROR);
    *world.output("describe-tasks") =
        json!({"tasks": [], "failures": [{"arn": format!("arn:aws:ecs:us-east-1:111122223333:task/prod/{TASK_ID}"), "reason": "MISSING"}]});
    world.put(
        "list-services",
        "ecs list-services --cluster prod",
        json!({"serviceArns": ["arn:aws:ecs:us-east-1:111122223333:service/prod/app"]}),
    );
    world.put("list-tasks", "ecs list-tasks --cluster prod", json!({"taskArns": []}));
    let message = format!("(service app) was unable to place a task (task {TASK_ID}).");
    world.set(
        "describe-services",
        "/services/0/events",
        json!([{"id": "1", "createdAt": "2026-11-24T08:05:00+00:00", "message": message}]),
    );
    let run = run("gone", &of_task(TASK_ID), &world)?;
    let calls = run.calls()?;
    for name in [
        "ecs:DescribeServices",
        "ecs:DescribeTaskDefinition",
        "ec2:DescribeRouteTables",
        "iam:GetRole",
    ] {
        check(calls.iter().any(|call| call["operation"] == name && call["exit"] == 0), || {
            format!("{name} was not called: {}", run.said)
        })?;
    }
    check(
        diagnose(&run.evidence(), &Options::default())
            .case
            .task_definition
            .known()
            .is_some(),
        || run.said.clone(),
    )
}

fn typed() -> Outcome {
    let nasty = "x'; touch hurt; '\"$(touch hurt)`touch hurt`\\ \u{2019}; touch hurt; *";
    let target = Target {
        cluster: Some(nasty.to_owned()),
        task: Some(nasty.to_owned()),
        service: Some(nasty.to_owned()),
        task_definition: Some(nasty.to_owned()),
        ..of_task("")
    };
    let run = run("typed", &target, &World::new(Egress::Nat, ERROR))?;
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("collector/typed");
    check(!folder.join("hurt").exists(), || "what was typed was run".to_owned())?;
    let asked = run.log.iter().find(|words| words[1] == "describe-tasks").ok_or("no call")?;
    check(asked.iter().any(|word| word == nasty), || format!("{asked:?}"))?;
    check(run.calls()?.iter().any(|call| call["parameters"]["cluster"] == nasty), || {
        run.bundle.clone()
    })
}

fn names() -> Outcome {
    let mut world = World::new(Egress::Nat, ERROR);
    let files =
        json!([{"value": "arn:aws:s3:::bucket/a file *.env", "type": "s3"}, {"value": "arn:aws:s3:::--profile/x.env", "type": "s3"}]);
    world.set(
        "describe-task-definition",
        "/taskDefinition/containerDefinitions/0/environmentFiles",
        files,
    );
    let secrets = json!([{"name": "A", "valueFrom": "file:///etc/passwd"}, {"name": "B", "valueFrom": "--no-sign-request"}, {"name": "C", "valueFrom": "$(id)"}]);
    world.set(
        "describe-task-definition",
        "/taskDefinition/containerDefinitions/0/secrets",
        secrets,
    );
    let run = run("names", &of_task(TASK_ID), &world)?;
    let said = |text: &str| run.log.iter().any(|words| words.iter().any(|word| word == text));
    check(said("a file *.env") && said("Key=Name,Values=$(id)"), || format!("{:?}", run.log))?;
    let harm = run
        .log
        .iter()
        .flatten()
        .any(|word| word.contains("/etc/passwd") || word == "--no-sign-request" || word == "--profile");
    check(!harm, || format!("{:?}", run.log))
}

/// Every operation exists, and none changes anything or prints a secret.
fn reads() -> Outcome {
    for operation in collector::operations() {
        let reads = ["Describe", "List", "Get", "Search", "Head", "BatchGetImage"]
            .iter()
            .any(|verb| operation.action().starts_with(verb));
        let secret = [
            "GetSecretValue",
            "GetParameter",
            "GetParameters",
            "GetAuthorizationToken",
            "GetParametersByPath",
        ]
        .contains(&operation.action());
        check(reads && !secret, || operation.name().to_owned())?;
    }
    let policy = collector::policy(&Target::default()).to_json();
    let allowed = |action: &str| policy.contains(&format!("\"{action}\""));
    check(
        allowed("s3:GetObject")
            && allowed("s3:ListBucket")
            && allowed("iam:GetRole")
            && !allowed("s3api:HeadObject")
            && !policy.contains("GetSecretValue"),
        || policy.clone(),
    )?;
    let china = Target {
        region: Some("cn-north-1".to_owned()),
        ..Target::default()
    };
    let china = collector::policy(&china);
    for statement in &china.statements {
        let of_s3 = statement.actions().iter().filter(|action| action.starts_with("s3:")).count();
        let bound = statement
            .resources()
            .iter()
            .all(|resource| resource.starts_with("arn:aws-cn:s3:::"));
        check(bound == (of_s3 > 0) && (of_s3 == 0 || of_s3 == statement.actions().len()), || {
            china.to_json()
        })?;
    }
    let calls = collector::calls(&of_task(TASK_ID));
    let known = format!("aws ecs describe-tasks --cluster prod --tasks {TASK_ID}");
    check(
        calls.contains(&"aws iam get-role --role-name <role>".to_owned()) && calls.contains(&known),
        || calls.join("\n"),
    )?;
    bound_to_the_cluster()
}

/// The cluster that was given bounds what the policy allows in Amazon ECS, whether it was given by name or in an ARN.
fn bound_to_the_cluster() -> Outcome {
    let service = Target {
        cluster: collector::cluster_of("arn:aws:ecs:eu-west-1:111122223333:service/prod/app"),
        service: Some("arn:aws:ecs:eu-west-1:111122223333:service/prod/app".to_owned()),
        ..Target::default()
    };
    for (target, bound) in [
        (of_task(TASK_ID), "arn:aws:ecs:us-east-1:*:cluster/prod"),
        (service, "arn:aws:ecs:eu-west-1:111122223333:cluster/prod"),
    ] {
        let policy = collector::policy(&target);
        let of_ecs = policy
            .statements
            .iter()
            .filter(|statement| statement.actions().contains("ecs:DescribeTasks"));
        let of_cluster = policy
            .statements
            .iter()
            .find(|statement| statement.actions().contains("ecs:DescribeClusters"));
        check(
            of_ecs.count() == 1
                && of_cluster.is_some_and(|statement| statement.resources().contains(bound))
                && policy.to_json().contains(&format!("\"ecs:cluster\": \"{bound}\"")),
            || policy.to_json(),
        )?;
    }
    let open = collector::policy(&Target::default()).to_json();
    check(!open.contains("ecs:cluster"), || open)
}
