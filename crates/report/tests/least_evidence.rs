//! The evidence of a network finding suffices, and is the smallest that does: without any one output that it cites, it is proven no more.

use evidence::Input;
use report::model::{Finding, Status};
use report::{Options, Report, diagnose};
use std::collections::BTreeSet;

type Files = Vec<(String, Vec<u8>)>;

fn report_of(files: &Files) -> Report {
    let inputs: Vec<Input<'_>> = files.iter().map(|(name, bytes)| Input { name, bytes }).collect();
    diagnose(&inputs, &Options::default())
}

fn is_network(finding: &Finding) -> bool {
    ["network.", "dns.", "endpoint."].iter().any(|area| finding.code.starts_with(area)) && finding.code != "endpoint.policy-denied"
}

#[test]
fn no_document_is_cited_in_vain() {
    let mut faults = Vec::new();
    let scenarios = testkit::scenarios::all().into_iter();
    for scenario in scenarios.filter(|one| ["network/", "dns/", "endpoint/"].iter().any(|area| one.name.starts_with(area))) {
        let files: Files = scenario.paste();
        let whole = report_of(&files);
        for finding in whole
            .findings
            .iter()
            .filter(|finding| is_network(finding) && finding.status == Status::Fail)
        {
            let cited: BTreeSet<usize> = finding.evidence.iter().map(|one| one.document).collect();
            // What is no network output poses the question and stays.
            let poses = |name: &str| {
                let document = whole.documents.iter().find(|one| one.name == name);
                let operation = document.and_then(|one| one.operation.as_deref()).unwrap_or_default();
                !["ec2:", "route53:", "route53resolver:"]
                    .iter()
                    .any(|area| operation.starts_with(area))
            };
            let names: BTreeSet<&str> = cited
                .iter()
                .filter_map(|document| whole.documents.get(*document))
                .map(|one| one.name.as_str())
                .collect();
            let mut enough = files.clone();
            enough.retain(|(file, _)| poses(file) || names.contains(file.as_str()));
            let proven = |report: &Report| {
                let mut findings = report.findings.iter();
                findings.any(|other| {
                    other.code == finding.code
                        && other.status == Status::Fail
                        && other.subject == finding.subject
                        && other.affects == finding.affects
                })
            };
            if !proven(&report_of(&enough)) {
                faults.push(format!("{} {}: what it cites is not enough", scenario.name, finding.code));
            }
            for name in names.iter().filter(|name| !poses(name)) {
                let mut fewer = enough.clone();
                fewer.retain(|(file, _)| file != name);
                if proven(&report_of(&fewer)) {
                    faults.push(format!("{} {}: {name} is cited in vain", scenario.name, finding.code));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
