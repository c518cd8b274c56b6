//! Redacted evidence gives the same diagnosis, and nothing of the original is left in it.

use evidence::{Input, redact};
use report::model::{Finding, RequestBody};
use report::{Options, Report, diagnose};
use std::collections::BTreeSet;
use testkit::scenario::Scenario;

type Files = Vec<(String, Vec<u8>)>;

const RANDOM: u128 = 0x0123_4567_89ab_cdef_fedc_ba98_7654_3210;

fn files(scenario: &Scenario) -> Files {
    (scenario.build)()
        .files()
        .into_iter()
        .map(|(name, text)| (name, text.into_bytes()))
        .collect()
}

fn redacted(files: &Files, random: u128) -> Files {
    let inputs: Vec<Input<'_>> = files.iter().map(|(name, bytes)| Input { name, bytes }).collect();
    redact(&inputs, random)
        .into_iter()
        .map(|one| (one.name, one.text.into_bytes()))
        .collect()
}

fn report_of(files: &Files) -> Report {
    let inputs: Vec<Input<'_>> = files.iter().map(|(name, bytes)| Input { name, bytes }).collect();
    diagnose(&inputs, &Options::default())
}

/// What must be the same. The order of equal findings goes by their subjects' names, so it may change.
fn facts(report: &Report) -> (String, Vec<String>, Vec<String>, Vec<String>) {
    let finding = |finding: &Finding| format!("{} {:?} {:?} {}", finding.code, finding.status, finding.role, finding.subject.len());
    let mut findings: Vec<String> = report.findings.iter().map(finding).collect();
    findings.sort();
    let mut destinations: Vec<String> = report
        .destinations
        .iter()
        .map(|destination| {
            let network = destination.network.as_ref().map(|network| network.verdict.word());
            let calls: Vec<String> = destination
                .authorization
                .iter()
                .map(|call| format!("{} {}", call.action, call.verdict.word()))
                .collect();
            let references: Vec<&str> = destination.references.iter().map(|reference| reference.verdict.word()).collect();
            // A registry is named by its host, in which an account may stand.
            let service = destination.service.to_string();
            let service = service.split(':').next().unwrap_or_default();
            format!("{service} {network:?} {calls:?} {references:?}")
        })
        .collect();
    destinations.sort();
    let mut requests: Vec<String> = report
        .requests
        .iter()
        .map(|request| match &request.body {
            RequestBody::Command { operation, .. } => (*operation).to_string(),
            RequestBody::Question { .. } => "question".to_owned(),
        })
        .collect();
    requests.sort();
    (report.outcome.word().to_owned(), findings, destinations, requests)
}

#[test]
fn the_diagnosis_stays_the_same() {
    let mut faults = Vec::new();
    for scenario in testkit::scenarios::all() {
        let files = files(&scenario);
        let (before, after) = (facts(&report_of(&files)), facts(&report_of(&redacted(&files, RANDOM))));
        if before != after {
            let differ = |a: &[String], b: &[String]| a.iter().filter(|one| !b.contains(one)).cloned().collect::<Vec<_>>();
            faults.push(format!(
                "{}: {} / {}\n  findings {:?} / {:?}\n  destinations {:?} / {:?}\n  requests {:?} / {:?}",
                scenario.name,
                before.0,
                after.0,
                differ(&before.1, &after.1),
                differ(&after.1, &before.1),
                differ(&before.2, &after.2),
                differ(&after.2, &before.2),
                differ(&before.3, &after.3),
                differ(&after.3, &before.3),
            ));
        }
    }
    assert!(faults.is_empty(), "{} scenarios differ\n{}", faults.len(), faults.join("\n"));
}

/// Runs of letters and digits, and addresses.
fn tokens(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '.')
        .chain(text.split(|c: char| !c.is_ascii_alphanumeric()))
        .collect()
}

/// Account ids, ids of AWS, private addresses and the worlds' own names.
fn identifying(token: &str) -> bool {
    let digits = token.bytes().any(|byte| byte.is_ascii_digit());
    let account = token.len() == 12 && token.bytes().all(|byte| byte.is_ascii_digit());
    // Ids of AWS's own prefix lists have eight digits and stay.
    let hex = token.len() > 8
        && digits
        && token.bytes().all(|byte| byte.is_ascii_hexdigit())
        && token.bytes().any(|byte| byte.is_ascii_alphabetic());
    let private = token.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.octets()[0] == 10);
    let name = ["AbCdEf", "ecsTaskExecutionRole", "prod", "app"].contains(&token);
    account || hex || private || name
}

#[test]
fn nothing_of_the_original_is_left() {
    let mut faults = BTreeSet::new();
    for scenario in testkit::scenarios::all() {
        let files = files(&scenario);
        let after: String = redacted(&files, RANDOM)
            .into_iter()
            .map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned())
            .collect();
        // The bucket of Amazon ECR's layers starts with a word that the worlds use as a name, too.
        let after = after
            .replace("prod-us-east-1-starport-layer-bucket", "")
            .replace("prod-eu-west-1-starport-layer-bucket", "");
        let left = tokens(&after);
        for (name, bytes) in &files {
            for token in tokens(&String::from_utf8_lossy(bytes))
                .into_iter()
                .filter(|token| identifying(token))
            {
                if left.contains(token) {
                    faults.insert(format!("{token} ({name}, {})", scenario.name));
                }
            }
        }
    }
    let shown: Vec<String> = faults.iter().take(60).cloned().collect();
    assert!(faults.is_empty(), "{} tokens are left\n{}", faults.len(), shown.join("\n"));
}

#[test]
fn another_random_value_gives_other_pseudonyms_and_the_same_value_the_same() {
    let scenario = testkit::scenarios::all().into_iter().next().expect("there are scenarios");
    let files = files(&scenario);
    assert_eq!(redacted(&files, RANDOM), redacted(&files, RANDOM));
    assert_ne!(redacted(&files, RANDOM), redacted(&files, RANDOM + 1));
}
