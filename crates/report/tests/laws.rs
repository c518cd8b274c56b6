//! Laws of the whole line, over every scenario: nothing settled flips when something is taken away, the order of documents does not
//! matter, and the same input gives the same bytes.

use evidence::Input;
use proptest::prelude::*;
use report::model::{Access, Reach, Status};
use report::{Format, Lang, Options, Report, diagnose};
use std::collections::BTreeMap;
use testkit::scenario::Scenario;

type Files = Vec<(String, Vec<u8>)>;

fn report_of(files: &[(String, Vec<u8>)]) -> Report {
    let inputs: Vec<Input<'_>> = files.iter().map(|(name, bytes)| Input { name, bytes }).collect();
    diagnose(&inputs, &Options::default())
}

fn scenarios() -> Vec<Scenario> {
    testkit::scenarios::all()
}

/// What is settled without taking anything for granted: destination, subnet or call to verdict.
fn settled(report: &Report) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for destination in &report.destinations {
        let name = format!("{} {}", destination.service, destination.host.as_deref().unwrap_or_default());
        if let Some(network) = destination
            .network
            .as_ref()
            .filter(|network| network.assumes.is_empty() && network.verdict != Reach::Unknown)
        {
            found.insert(
                format!("network {name} {:?}", report.task.subnet),
                network.verdict.word().to_owned(),
            );
        }
        for call in destination
            .authorization
            .iter()
            .filter(|call| call.assumes.is_empty() && call.verdict != Access::Unknown)
        {
            found.insert(
                format!("call {name} {} {} {:?}", call.action, call.resource, call.principal),
                call.verdict.word().to_owned(),
            );
        }
        for reference in &destination.references {
            let word = reference.verdict.word();
            if word != "unknown" {
                found.insert(format!("reference {name} {}", reference.text), word.to_owned());
            }
        }
    }
    found
}

/// Whether the report itself says that the outputs contradict the error text, or changed since: then the added document contradicts what
/// was there, and only then may it turn a verdict over.
fn says_contradiction(report: &Report) -> bool {
    let contradicts = |code: &str| matches!(code, "evidence.contradicts-error" | "evidence.changed-since-failure");
    report.findings.iter().any(|finding| contradicts(&finding.code))
}

/// The list of the VPC's zones.
const ZONES: &str = "list-hosted-zones-by-vpc";

/// Whether a failure is proven by what a private hosted zone answers. That is the one thing that the walk does not wait for (no rule of
/// it makes every public name wait for the list of zones), so that list alone may turn the walk's answer over, and only so.
fn says_shadowed(report: &Report) -> bool {
    let is_list = |at: usize| report.documents.get(at).is_some_and(|document| document.name.starts_with(ZONES));
    let mut fails = report.findings.iter().filter(|finding| finding.status == Status::Fail);
    fails.any(|finding| finding.evidence.iter().any(|cited| is_list(cited.document)))
}

/// Takes one document away at a time: what stays settled must be settled the same way with everything there.
#[test]
fn less_evidence_never_turns_a_verdict_into_its_opposite() {
    let mut faults = Vec::new();
    for scenario in scenarios() {
        let files: Files = scenario.paste();
        let whole = report_of(&files);
        if says_contradiction(&whole) {
            continue;
        }
        let shadowed = says_shadowed(&whole);
        let whole = settled(&whole);
        for at in 0..files.len() {
            let mut fewer = files.clone();
            let (dropped, _) = fewer.remove(at);
            for (what, verdict) in settled(&report_of(&fewer)) {
                if shadowed && dropped.starts_with(ZONES) && what.starts_with("network ") {
                    continue;
                }
                if whole.get(&what).is_some_and(|all| *all != verdict) {
                    faults.push(format!(
                        "{}: without {dropped} {what} is {verdict}, with it {}",
                        scenario.name, whole[&what]
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A `fail` without assumptions stays one when more evidence is added, or the added evidence explains it away by naming its own fault.
#[test]
fn a_proven_fail_stays_proven() {
    let mut faults = Vec::new();
    for scenario in scenarios() {
        let files: Files = scenario.paste();
        let fails = |report: &Report| -> Vec<(String, Vec<String>)> {
            let proven = report
                .findings
                .iter()
                .filter(|finding| finding.status == Status::Fail && finding.assumes.is_empty());
            proven.map(|finding| (finding.code.clone(), finding.subject.clone())).collect()
        };
        let whole = report_of(&files);
        if says_contradiction(&whole) {
            continue;
        }
        for at in 0..files.len() {
            let mut fewer = files.clone();
            let (dropped, _) = fewer.remove(at);
            let less = report_of(&fewer);
            if less.task.arn != whole.task.arn || less.task.task_definition != whole.task.task_definition {
                continue;
            }
            for fail in fails(&less) {
                // What was not pasted can name the fault better (a blackhole's target), never clear it.
                if !fails(&whole).contains(&fail) && whole.findings.iter().all(|finding| finding.status != Status::Fail) {
                    faults.push(format!(
                        "{}: without {dropped} {fail:?} is proven, with it nothing fails",
                        scenario.name
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn order_of_documents_never_matters(seed in any::<u64>()) {
        let scenarios = scenarios();
        prop_assume!(!scenarios.is_empty());
        let scenario = &scenarios[usize::try_from(seed % scenarios.len() as u64).unwrap()];
        let files = scenario.paste();
        let mut shuffled = files.clone();
        let mut state = seed;
        for at in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            shuffled.swap(at, usize::try_from((state >> 33) % (at as u64 + 1)).unwrap());
        }
        let (one, other) = (report_of(&files), report_of(&shuffled));
        prop_assert_eq!(settled(&one), settled(&other));
        prop_assert_eq!(one.outcome, other.outcome);
        let said = |report: &Report| -> Vec<_> { report.findings.iter().map(|f| (f.code.clone(), f.status, f.role, f.subject.clone(), f.explanation.clone())).collect() };
        prop_assert_eq!(said(&one), said(&other));
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for scenario in scenarios().iter().step_by(7) {
        let files = scenario.paste();
        for format in Format::ALL {
            let write = || report::render(&report_of(&files), *format, Lang::En, report::Colour::Plain);
            assert_eq!(write(), write(), "{}", scenario.name);
        }
    }
}

/// One paste of everything says what the separate files say.
#[test]
fn one_paste_or_many_files_are_the_same_case() {
    for scenario in scenarios() {
        let files = scenario.paste();
        let joined: Vec<u8> = files.iter().flat_map(|(_, bytes)| bytes.iter().copied().chain(*b"\n\n")).collect();
        let one = report_of(&[("paste".to_owned(), joined)]);
        let many = report_of(&files);
        assert_eq!(settled(&one), settled(&many), "{}", scenario.name);
        assert_eq!(one.outcome, many.outcome, "{}", scenario.name);
    }
}
