//! How many rounds and commands lead from the task alone (or its error line) to the verdict: by paste, answering what the plan asks for from
//! the scenario's outputs, and by script.
//!
//! The table is `docs/rounds.md`; `UPDATE_EXPECT=1` writes it anew. The goal holds for every scenario, in the table or not.

use evidence::{Body, Input, Operation};
use report::model::{RequestBody, Role};
use report::{Options, Report, diagnose};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use testkit::scenario::{Said, Scenario};

type Files = Vec<(String, Vec<u8>)>;

/// A plan that has not led to the verdict by then does not.
const MOST_ROUNDS: usize = 8;
/// The goal.
const GOAL: usize = 2;
/// Cases that need more, and why: what each round asks for is only named by the answers of the round before.
const MORE: [(&str, &str); 14] = [
    (
        "network/source_dest_check/fault",
        "the next hop's interface is named by the route table",
    ),
    (
        "network/callers/ec2_instance",
        "task, container instance, instance, VPC: each names the next",
    ),
    (
        "network/endpoint_sg_ingress_blocked/hub_fault",
        "public path, zones, records, hub: each names the next",
    ),
    (
        "network/endpoint_sg_ingress_blocked/transit_fault",
        "public path, zones, records, hub: each names the next",
    ),
    ("dns/private_zone_shadows/fault", "the records' zone is named by the list of zones"),
    (
        "kms/key_policy_denied/handed_over",
        "the key's policy hands over to the role's, which its list names",
    ),
    (
        "kms/key_unusable/fault",
        "no error: task definition, secret, key, each names the next",
    ),
    (
        "iam/action_not_allowed/instance_role",
        "container instance, instance, profile, role, policy: each names the next",
    ),
    (
        "iam/explicit_deny/default_key",
        "which key holds the value is only told by the list of the secret's versions",
    ),
    (
        "envfile/not_found/firelens_not_allowed",
        "the role's policy is named by the list of its policies",
    ),
    ("task/expired/near_miss", "the task is gone: service, definition and what it names"),
    (
        "secret/version_not_found/listed",
        "no error: task definition, secret, its versions, each names the next",
    ),
    (
        "image/platform_mismatch/windows_build",
        "no error: images are only looked into once asked for",
    ),
    (
        "image/platform_mismatch/before_launch",
        "no error: images are only looked into once asked for",
    ),
];

/// Cases that one run of the script does not settle, and why.
const NOT_BY_SCRIPT: [(&str, &str); 7] = [
    (
        "secret/json_key_not_found/whole_error_answered",
        "a person tells the end of the error, which the task's output leaves out",
    ),
    (
        "secret/json_key_not_found/answered_without",
        "a person tells the keys: values are never read",
    ),
    ("image/credentials_missing/answered", "a person tells that the image is private"),
    (
        "image/credentials_missing/forbidden_answered",
        "a person tells that the image is private",
    ),
    (
        "image/credentials_missing/forbidden_without",
        "a person tells that there is no such image",
    ),
    (
        "image/credentials_invalid/forbidden_answered",
        "a person tells that the image needs other credentials",
    ),
    (
        "image/tag_not_found/another_registry_without",
        "a person tells the tags of another registry",
    ),
];

fn report_of(files: &Files) -> Report {
    let inputs: Vec<Input<'_>> = files.iter().map(|(name, bytes)| Input { name, bytes }).collect();
    diagnose(&inputs, &Options::default())
}

/// The first mail: the task, or where the customer sent none, whatever holds the error.
fn first(files: &Files) -> Files {
    let is = |name: &str, stem: &str| name.starts_with(stem);
    for stem in ["describe-tasks", "mail", "error", "describe-services", "describe-task-definition"] {
        let found: Files = files.iter().filter(|(name, _)| is(name, stem)).cloned().collect();
        if !found.is_empty() {
            return found;
        }
    }
    files.iter().take(1).cloned().collect()
}

/// A person's answers, as the plan asks for them.
const ANSWER: &str = "question";

/// What a file answers: the operation as the plan names it, or a question.
fn operation(text: &[u8]) -> Option<String> {
    let read = evidence::read(&[Input { name: "file", bytes: text }]);
    if read.documents.iter().any(|document| matches!(document.body, Body::Answer(_))) {
        return Some(ANSWER.to_owned());
    }
    match read.documents.iter().find_map(|document| document.operation)? {
        // The customer sends the shorter list of the same images.
        Operation::EcrListImages => Some(Operation::EcrDescribeImages.name().to_owned()),
        operation => Some(operation.name().to_owned()),
    }
}

fn causes(report: &Report) -> BTreeSet<String> {
    let causes = report.findings.iter().filter(|finding| finding.role == Some(Role::Cause));
    causes.map(|finding| finding.code.clone()).collect()
}

/// How a case went.
struct Walk {
    rounds: usize,
    asked: usize,
    reached: bool,
    useless: BTreeSet<String>,
}

fn walk(files: &Files) -> Walk {
    let goal = causes(&report_of(files));
    let mut have = first(files);
    let mut by_operation: BTreeMap<String, Files> = BTreeMap::new();
    for (name, bytes) in files {
        if let Some(operation) = operation(bytes) {
            by_operation.entry(operation).or_default().push((name.clone(), bytes.clone()));
        }
    }
    let mut done = Walk {
        rounds: 0,
        asked: 0,
        reached: false,
        useless: BTreeSet::new(),
    };
    let mut report = report_of(&have);
    while done.rounds < MOST_ROUNDS {
        if causes(&report) == goal {
            done.reached = true;
            break;
        }
        let mut new = Files::new();
        for request in &report.requests {
            let operation = match &request.body {
                RequestBody::Command { operation, .. } => operation,
                RequestBody::Question { .. } => ANSWER,
            };
            done.asked += usize::from(operation != ANSWER);
            if request.decides.is_empty() {
                done.useless.insert(operation.to_owned());
            }
            for file in by_operation.get(operation).into_iter().flatten() {
                if !have.contains(file) && !new.contains(file) {
                    new.push(file.clone());
                }
            }
        }
        if new.is_empty() {
            break;
        }
        done.rounds += 1;
        have.extend(new);
        report = report_of(&have);
    }
    done
}

/// Whether the cause is proven by the first mail and what the collector's script brings back from its one run.
fn proven_by_script(files: &Files) -> bool {
    let collected: BTreeSet<&str> = diagnosis::collector::operations().into_iter().map(Operation::name).collect();
    let mut have = first(files);
    for file in files {
        let called = operation(&file.1).is_some_and(|operation| collected.contains(operation.as_str()));
        if called && !have.contains(file) {
            have.push(file.clone());
        }
    }
    causes(&report_of(&have)) == causes(&report_of(files))
}

fn proves(scenario: &Scenario) -> bool {
    scenario.says.iter().any(|(_, said)| *said == Said::Cause)
}

#[test]
fn the_table_of_rounds_is_up_to_date_and_keeps_to_its_goal() {
    let mut rows = String::new();
    let mut faults = Vec::new();
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    let (mut cases, mut commands, mut by_script) = (0, 0, 0);
    for scenario in testkit::scenarios::all().into_iter().filter(proves) {
        let files: Files = (scenario.build)()
            .files()
            .into_iter()
            .map(|(name, text)| (name, text.into_bytes()))
            .collect();
        let walk = walk(&files);
        cases += 1;
        commands += walk.asked;
        *counts.entry(walk.rounds).or_default() += 1;
        let script = proven_by_script(&files);
        let said = |yes: bool| if yes { "yes" } else { "no" };
        let reached = said(walk.reached);
        let why = MORE.iter().find(|(name, _)| *name == scenario.name).map(|(_, why)| *why);
        let _ = writeln!(
            rows,
            "| `{}` | {} | {} | {reached} | {} | {} |",
            scenario.name,
            walk.rounds,
            walk.asked,
            said(script),
            why.unwrap_or_default()
        );
        by_script += usize::from(script);
        if script == NOT_BY_SCRIPT.iter().any(|(name, _)| *name == scenario.name) {
            faults.push(format!("{}: by script {}", scenario.name, said(script)));
        }
        let met = walk.reached && walk.rounds <= GOAL;
        if met == why.is_some() || !walk.useless.is_empty() {
            faults.push(format!(
                "{}: {} rounds, reached {reached}, useless {:?}",
                scenario.name, walk.rounds, walk.useless
            ));
        }
    }
    let spread: Vec<String> = counts.iter().map(|(rounds, cases)| format!("{rounds} rounds: {cases}")).collect();
    let text = format!(
        "# Rounds to the verdict\n\nFrom the first mail (the task alone, or the line with the error) to the proven cause, over the scenarios that \
         have one: how often the customer has to be asked, and for how many commands, where every answer is what the scenario holds.\n\n\
         The goal by paste is at most {GOAL} rounds, by script one: the collector follows the chain itself, so one run has to bring whatever proves \
         the cause.\n\n\
         {cases} cases, {commands} commands; {}; by script {by_script}.\n\n\
         | scenario | rounds | commands | cause proven | by script | why not sooner |\n| --- | --- | --- | --- | --- | --- |\n{rows}",
        spread.join(", ")
    );
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/rounds.md");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(path, &text).expect("the table can be written");
    }
    assert!(faults.is_empty(), "{} cases miss the goal\n{}", faults.len(), faults.join("\n"));
    // What it says must be true; a scenario that is newer than the table is no fault of it.
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    let stale: Vec<&str> = kept
        .lines()
        .filter(|line| line.starts_with("| `") && !text.contains(line))
        .collect();
    assert!(stale.is_empty(), "run with UPDATE_EXPECT=1: {stale:#?}");
    assert!(
        kept.lines().filter(|line| line.starts_with("| `")).count() > 100,
        "docs/rounds.md has no table"
    );
}
