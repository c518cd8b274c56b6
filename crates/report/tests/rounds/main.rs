//! How many rounds and commands lead from the task alone (or its error line) to the verdict: by paste, answering what the plan asks for from
//! the scenario's outputs, and by script.
//!
//! The table is `docs/rounds.md`; `UPDATE_EXPECT=1` writes it anew. The goal holds for every scenario, in the table or not.

mod answers;

use answers::{Asked, Output};
use diagnosis::collector::Target;
use evidence::{Body, Input};
use report::model::{RequestBody, Role};
use report::{Options, Report, diagnose};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use testkit::scenario::{Said, Scenario};

type Files = Vec<(String, Vec<u8>)>;

/// A plan that has not led to the verdict by then does not.
const MOST_ROUNDS: usize = 8;
/// The goal.
const GOAL: usize = 2;
/// Cases that need more, and why: what each round asks for is only named by the answers of the round before.
const MORE: [(&str, &str); 15] = [
    (
        "iam/action_not_allowed/other_organization",
        "the policy is named by a list, and the organization only asked for then",
    ),
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
const NOT_BY_SCRIPT: [(&str, &str); 8] = [
    (
        "iam/action_not_allowed/other_organization",
        "the account's organization is not among the script's calls",
    ),
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

fn causes(report: &Report) -> BTreeSet<String> {
    let causes = report.findings.iter().filter(|finding| finding.role == Some(Role::Cause));
    causes.map(|finding| finding.code.clone()).collect()
}

/// How a case went.
struct Walk {
    rounds: usize,
    asked: usize,
    reached: bool,
    /// Commands whose answer changed no status at all.
    idle: Vec<String>,
    /// What is wrong with a request by itself.
    faults: BTreeSet<String>,
}

/// Commands that ask for everything of their kind, of which there is little.
const WITHOUT_OPTIONS: [&str; 8] = [
    // Where the VPC is not known, the endpoints of the Region: few have more than some dozens.
    "ec2:DescribeVpcEndpoints",
    "organizations:DescribeOrganization",
    "ec2:DescribeVpcBlockPublicAccessOptions",
    "ec2:DescribeVpcBlockPublicAccessExclusions",
    "ec2:DescribeDhcpOptions",
    "ecr:DescribePullThroughCacheRules",
    "ecr:GetRegistryPolicy",
    "ec2:DescribePrefixLists",
];

fn walk(files: &Files) -> Walk {
    let goal = causes(&report_of(files));
    let mut have = first(files);
    let outputs: Vec<Output> = texts(files).filter_map(|(name, text)| Output::of(name, text)).collect();
    let answers: Files = files.iter().filter(|(name, bytes)| is_answer(name, bytes)).cloned().collect();
    let mut done = Walk {
        rounds: 0,
        asked: 0,
        reached: false,
        idle: Vec::new(),
        faults: BTreeSet::new(),
    };
    // Which command each answer is of.
    let mut of_command: Files = Files::new();
    let mut report = report_of(&have);
    while done.rounds < MOST_ROUNDS {
        if causes(&report) == goal {
            done.reached = true;
            break;
        }
        let mut new = Files::new();
        for request in &report.requests {
            if request.decides.is_empty() {
                done.faults.insert(format!("{} decides nothing", request.id));
            }
            let RequestBody::Command { operation, command } = &request.body else {
                new.extend(
                    answers
                        .iter()
                        .filter(|file| !have.contains(file) && !new.contains(file))
                        .cloned()
                        .collect::<Files>(),
                );
                continue;
            };
            done.asked += 1;
            if answers::options(command).is_empty() && !WITHOUT_OPTIONS.contains(&operation.as_str()) {
                done.faults.insert(format!("asks for everything: {command}"));
            }
            if of_command.iter().any(|(asked, _)| asked == command) {
                done.faults.insert(format!("asked again: {command}"));
            }
            let asked = Asked { operation, command };
            for output in &outputs {
                let Some(text) = output.answer(&asked).map(String::into_bytes) else {
                    continue;
                };
                let is_new = |(_, held): &(String, Vec<u8>)| *held != text;
                if have.iter().chain(&new).all(is_new) {
                    new.push((output.name.clone(), text.clone()));
                    of_command.push((command.clone(), text));
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
    let said = statuses(&report);
    let commands: BTreeSet<&String> = of_command.iter().map(|(command, _)| command).collect();
    for command in commands {
        let dropped = |held: &Vec<u8>| of_command.iter().any(|(of, text)| of == command && text == held);
        let without: Files = have.iter().filter(|(_, held)| !dropped(held)).cloned().collect();
        if statuses(&report_of(&without)) == said {
            done.idle.push(command.clone());
        }
    }
    done
}

/// Every verdict of a report: findings with their roles, and what is judged of each destination.
fn statuses(report: &Report) -> BTreeSet<String> {
    let findings = report
        .findings
        .iter()
        .map(|finding| format!("{} {:?} {:?} {:?}", finding.code, finding.subject, finding.status, finding.role));
    let judged = report.destinations.iter().flat_map(|destination| {
        let network = format!(
            "{:?} {:?}",
            destination.host,
            destination.network.as_ref().map(|network| network.verdict)
        );
        let calls = destination.authorization.iter();
        let calls = calls.map(|call| format!("{:?} {} {:?} {:?}", destination.host, call.action, call.resource, call.verdict));
        let references = destination.references.iter();
        let references = references.map(|reference| format!("{} {:?}", reference.text, reference.verdict));
        std::iter::once(network).chain(calls).chain(references).collect::<Vec<_>>()
    });
    findings.chain(judged).chain([format!("{:?}", report.outcome)]).collect()
}

fn texts(files: &Files) -> impl Iterator<Item = (&str, &str)> {
    files
        .iter()
        .filter_map(|(name, bytes)| Some((name.as_str(), std::str::from_utf8(bytes).ok()?)))
}

/// Whether a file holds a person's answers.
fn is_answer(name: &str, bytes: &[u8]) -> bool {
    let read = evidence::read(&[Input { name, bytes }]);
    read.documents.iter().any(|document| matches!(document.body, Body::Answer(_)))
}

/// Whether the cause is proven by the first mail and what the collector's script brings back from its one run: outputs of calls of its
/// chain, each about what an output before it, or the first mail, names.
fn proven_by_script(files: &Files) -> bool {
    let calls = diagnosis::collector::calls(&Target::default());
    let outputs: Vec<Output> = texts(files).filter_map(|(name, text)| Output::of(name, text)).collect();
    let mut have = first(files);
    loop {
        let known: String = texts(&have).map(|(_, text)| text).collect();
        let next = outputs.iter().find(|output| {
            let held = have.iter().any(|(name, _)| *name == output.name);
            !held && calls.iter().any(|call| output.follows(call, &known))
        });
        let Some(next) = next else { break };
        have.push((next.name.clone(), next.text.clone().into_bytes()));
    }
    causes(&report_of(&have)) == causes(&report_of(files))
}

fn proves(scenario: &Scenario) -> bool {
    scenario.says.iter().any(|(_, said)| *said == Said::Cause)
}

/// Every scenario with how it went, worked on by all processors.
fn walked() -> Vec<(Scenario, Walk, bool)> {
    let all: Vec<Scenario> = testkit::scenarios::all().into_iter().filter(proves).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some((at, scenario)) = all.iter().enumerate().nth(next.fetch_add(1, Ordering::Relaxed)) {
            let files: Files = (scenario.build)()
                .files()
                .into_iter()
                .map(|(name, text)| (name, text.into_bytes()))
                .collect();
            done.push((at, walk(&files), proven_by_script(&files)));
        }
        done
    };
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut found: Vec<(usize, Walk, bool)> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        running.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect()
    });
    found.sort_by_key(|(at, ..)| *at);
    assert_eq!(found.len(), all.len(), "a walk panicked");
    all.into_iter()
        .zip(found)
        .map(|(scenario, (_, walk, script))| (scenario, walk, script))
        .collect()
}

#[test]
fn the_table_of_rounds_is_up_to_date_and_keeps_to_its_goal() {
    let mut rows = String::new();
    let mut faults = Vec::new();
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    let (mut cases, mut commands, mut by_script, mut idle) = (0, 0, 0, 0);
    for (scenario, walk, script) in &walked() {
        let script = *script;
        cases += 1;
        idle += walk.idle.len();
        commands += walk.asked;
        *counts.entry(walk.rounds).or_default() += 1;
        let said = |yes: bool| if yes { "yes" } else { "no" };
        let reached = said(walk.reached);
        let why = MORE.iter().find(|(name, _)| *name == scenario.name).map(|(_, why)| *why);
        let _ = writeln!(
            rows,
            "| `{}` | {} | {} | {} | {reached} | {} | {} |",
            scenario.name,
            walk.rounds,
            walk.asked,
            walk.idle.len(),
            said(script),
            why.unwrap_or_default()
        );
        by_script += usize::from(script);
        if script == NOT_BY_SCRIPT.iter().any(|(name, _)| *name == scenario.name) {
            faults.push(format!("{}: by script {}", scenario.name, said(script)));
        }
        let met = walk.reached && walk.rounds <= GOAL;
        if met == why.is_some() || !walk.faults.is_empty() {
            faults.push(format!(
                "{}: {} rounds, reached {reached}, {:?}",
                scenario.name, walk.rounds, walk.faults
            ));
        }
    }
    let spread: Vec<String> = counts.iter().map(|(rounds, cases)| format!("{rounds} rounds: {cases}")).collect();
    let text = format!(
        "# Rounds to the verdict\n\nFrom the first mail (the task alone, or the line with the error) to the proven cause, over the scenarios that \
         have one: how often the customer has to be asked, and for how many commands, where every answer is what the scenario holds.\n\n\
         The goal by paste is at most {GOAL} rounds, by script one: the collector follows the chain itself, so one run has to bring whatever proves \
         the cause.\n\n\
         A command is idle where no status in the report (of a finding, a path, a permission, a reference) differs without its answer.\n\n\
         {cases} cases, {commands} commands, {idle} of them idle; {}; by script {by_script}.\n\n\
         | scenario | rounds | commands | idle | cause proven | by script | why not sooner |\n| --- | --- | --- | --- | --- | --- | --- |\n{rows}",
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
