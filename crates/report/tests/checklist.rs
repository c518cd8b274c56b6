//! `docs/checklist.md`: every check that a person would make by hand, and what of ours answers it. Written from the table in `testkit`
//! with `UPDATE_EXPECT=1`, and true: every finding, request, scenario and test that it names is there and shows it.

use diagnosis::findings::CATALOGUE;
use std::fmt::Write as _;
use std::path::PathBuf;
use testkit::checklist::{ROWS, Row};
use testkit::scenario::Scenario;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// What is wrong with a row.
fn faults(row: &Row, all: &[Scenario]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut fault = |text: String| faults.push(format!("row {}: {text}", row.number));
    let mut shown: Vec<&Scenario> = Vec::new();
    for name in row.scenarios {
        match all.iter().find(|scenario| scenario.name == *name) {
            Some(scenario) => shown.push(scenario),
            None => fault(format!("there is no scenario {name}")),
        }
    }
    for code in row.codes {
        if !CATALOGUE.contains(code) {
            fault(format!("{code} is no finding"));
        }
        if !shown.iter().any(|scenario| scenario.says.iter().any(|(said, _)| said == code)) {
            fault(format!("no scenario of it shows {code}"));
        }
    }
    for operation in row.asks {
        if !shown.iter().any(|scenario| scenario.asks.contains(operation)) {
            fault(format!("no scenario of it asks for {operation}"));
        }
    }
    for (file, test) in row.tests {
        let text = std::fs::read_to_string(root().join(file)).unwrap_or_default();
        if !text.contains(&format!("fn {test}(")) {
            fault(format!("{file} has no {test}"));
        }
    }
    if row.codes.is_empty() && row.answers.is_empty() {
        fault("nothing answers it".to_owned());
    }
    if row.scenarios.is_empty() && row.tests.is_empty() {
        fault("nothing shows it".to_owned());
    }
    faults
}

fn page() -> String {
    let mut page = String::from(
        "# The checklist\n\n\
         The checks that a person makes by hand when a task cannot fetch its secrets or image: those of AWS's knowledge-centre article and\n\
         of the runbook `AWSSupport-TroubleshootECSTaskFailedToStart`, and what both leave unsaid. Each is decided by a finding or a\n\
         verdict, or answered by a remedy, a request or a notice. Written by `crates/report/tests/checklist.rs` from\n\
         `crates/testkit/src/checklist.rs`; the scenarios are below `crates/testkit/scenarios/`.\n\n\
         | # | check | decided or answered by | asks for | shown by |\n\
         | --- | --- | --- | --- | --- |\n",
    );
    for row in ROWS {
        let mut answers: Vec<String> = row.codes.iter().map(|code| format!("`{code}`")).collect();
        if !row.answers.is_empty() {
            answers.push(row.answers.to_owned());
        }
        let asks: Vec<String> = row.asks.iter().map(|operation| format!("`{operation}`")).collect();
        let tests = row.tests.iter().map(|(file, test)| {
            let name = file.rsplit('/').next().unwrap_or(file);
            format!("`{test}` ({name})")
        });
        let shown: Vec<String> = row.scenarios.iter().map(|name| format!("`{name}`")).chain(tests).collect();
        let cells = [answers.join(", "), asks.join(", "), shown.join(", ")].map(|cell| if cell.is_empty() { "–".to_owned() } else { cell });
        let check = row.check.replace('|', "\\|");
        let _ = writeln!(page, "| {} | {check} | {} |", row.number, cells.join(" | "));
    }
    page
}

#[test]
fn every_row_is_answered_by_what_is_there() {
    let all = testkit::scenarios::all();
    let faults: Vec<String> = ROWS.iter().flat_map(|row| faults(row, &all)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(ROWS.iter().map(|row| usize::from(row.number)).eq(1..=ROWS.len()));
}

#[test]
fn the_page_is_what_the_table_says() {
    let file = root().join("docs/checklist.md");
    let page = page();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&file, &page).expect("the page can be written");
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == page, "docs/checklist.md is stale; run with UPDATE_EXPECT=1");
}
