//! The catalogue, its pages and the scenarios are in step: every code has a scenario with its fault, one that only looks like it, and
//! one without the evidence that would tell.

use diagnosis::findings::{CATALOGUE, rules};
use testkit::scenario::{Said, Scenario};

/// Codes that are `unknown` by nature: no output can show what they are about, so the case that they are for is called so.
const NEVER_SEEN: [&str; 2] = ["network.opaque-next-hop", "dns.custom-server"];

/// What a kind of scenario must say of its code.
type Right = fn(&[Said]) -> bool;

/// The scenario of that code and kind, by the name that it goes by.
fn scenario<'a>(all: &'a [Scenario], code: &str, kind: &str) -> Option<&'a Scenario> {
    let kind = match (code, kind) {
        // Nothing can be pasted that would show it; a fault before it is what only looks like it.
        ("network.opaque-next-hop", "near_miss") => "blocked_before_it",
        (_, "fault" | "missing") if code == "network.opaque-next-hop" => "unknown",
        (_, "fault") if NEVER_SEEN.contains(&code) => "unknown",
        (_, kind) => kind,
    };
    let name = format!("{}/{kind}", code.replace('.', "/").replace('-', "_"));
    all.iter().find(|scenario| scenario.name == name)
}

fn said(scenario: &Scenario, code: &str) -> Vec<Said> {
    let own = scenario.says.iter().filter(|(of, _)| *of == code);
    own.map(|(_, said)| *said).collect()
}

#[test]
fn every_code_has_a_fault_a_near_miss_and_a_case_without_its_evidence() {
    let kinds: [(&str, Right); 3] = [
        ("fault", |said| said.iter().any(|said| *said != Said::Silent)),
        ("near_miss", |said| {
            said.iter().all(|said| matches!(said, Said::Silent | Said::Unknown))
        }),
        // A fault that the error text states stays proven without any output.
        ("missing", |said| !said.is_empty()),
    ];
    let all = testkit::scenarios::all();
    let mut faults = Vec::new();
    for code in CATALOGUE {
        for (kind, right) in &kinds {
            match scenario(&all, code, kind) {
                None => faults.push(format!("{code} has no scenario {kind}")),
                Some(found) if !right(&said(found, code)) => {
                    faults.push(format!("{} says {:?} of {code}", found.name, said(found, code)));
                }
                Some(_) => {}
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_code_has_a_page_with_an_example_that_shows_it() {
    let all = testkit::scenarios::all();
    let mut codes: Vec<&str> = rules().iter().map(|rule| rule.code.0).collect();
    codes.sort_by_key(|code| CATALOGUE.iter().position(|known| known == code));
    assert_eq!(codes, CATALOGUE);
    for rule in rules() {
        assert!(!rule.page.documentation.is_empty(), "{} names no document", rule.code);
        for example in rule.page.examples {
            let scenario = all.iter().find(|scenario| scenario.name == *example);
            let scenario = scenario.unwrap_or_else(|| panic!("{}: there is no scenario {example}", rule.code));
            let said = said(scenario, rule.code.0);
            assert!(
                said.iter().any(|said| *said != Said::Silent),
                "{example} does not show {}",
                rule.code
            );
        }
        assert!(!rule.page.examples.is_empty(), "{} has no example", rule.code);
    }
}
