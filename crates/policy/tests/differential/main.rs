//! Our decisions against those of a public simulator, run as a separate process, on random cases.
//!
//! Runs where `PULLDOCTOR_ORACLE_IAM` names the folder `tests/oracle-iam` with its packages installed; else it says that
//! it does not. `PULLDOCTOR_ORACLE_CASES` sets the number of cases, `PULLDOCTOR_ORACLE_SEED` another seed.

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/generate/mod.rs"]
mod generate;
mod known_faults;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::process::{Command, Stdio};

use common::{Case, name};
use generate::{Random, twins};
use serde_json::Value as Json;

const SEED: u64 = 20_261_125;

/// The simulator's answers, in the order of the cases.
#[expect(clippy::panic, reason = "without answers the test has failed")]
fn ask(folder: &str, lines: &str) -> Vec<Json> {
    let mut child = Command::new("node")
        .arg("simulate.mjs")
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|e| panic!("node does not start: {e}"));
    let mut stdin = child.stdin.take().into_iter();
    let lines = lines.to_owned();
    let writer = std::thread::spawn(move || {
        for pipe in &mut stdin {
            let mut pipe = pipe;
            pipe.write_all(lines.as_bytes()).ok();
        }
    });
    let output = child.wait_with_output().unwrap_or_else(|e| panic!("no answer: {e}"));
    writer.join().ok();
    assert!(output.status.success());
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{line}: {e}")))
        .collect()
}

#[test]
fn agrees_with_the_public_simulator() {
    let Ok(folder) = std::env::var("PULLDOCTOR_ORACLE_IAM") else {
        println!("skipped: PULLDOCTOR_ORACLE_IAM does not name the simulator's folder");
        return;
    };
    let number = |name: &str| std::env::var(name).ok().and_then(|n| n.parse::<u64>().ok());
    let count = number("PULLDOCTOR_ORACLE_CASES").unwrap_or(4_000) as usize;
    let mut random = Random::new(number("PULLDOCTOR_ORACLE_SEED").unwrap_or(SEED));
    let cases: Vec<Json> = (0..count).step_by(2).flat_map(|id| twins(&mut random, id)).collect();
    let lines: String = cases.iter().map(|c| format!("{c}\n")).collect();
    let answers = ask(&folder, &lines);
    assert_eq!(answers.len(), cases.len());

    let listed: BTreeSet<String> = include_str!("../data/disagreements.jsonl")
        .lines()
        .filter_map(|line| serde_json::from_str::<Json>(line).ok()?["id"].as_str().map(str::to_owned))
        .collect();
    let mut tally: BTreeMap<String, usize> = BTreeMap::new();
    let mut unexplained = Vec::new();
    for (json, answer) in cases.iter().zip(&answers) {
        let case = Case::from_json(json);
        let decision = case.decide();
        let ours = name(decision.verdict);
        let theirs = answer["verdict"].as_str().unwrap_or("Error");
        let class = if theirs == "Error" {
            unexplained.push(format!("{}: error {answer}\n{json}", case.id));
            "error".to_owned()
        } else if ours == theirs {
            format!("agree: {ours}")
        } else if let Some(fault) = known_faults::explain(json, &decision, answer) {
            assert!(
                fault.split('+').all(|id| listed.contains(id)),
                "{fault} is not in disagreements.jsonl"
            );
            format!("explained: {fault}")
        } else {
            unexplained.push(format!(
                "{}: ours {ours} theirs {theirs} {:?} {:?}\n{json}",
                case.id, decision.decided_by, decision.residuals
            ));
            "unexplained".to_owned()
        };
        *tally.entry(class).or_default() += 1;
    }
    for (class, n) in &tally {
        println!("{n:>7}  {class}");
    }
    let shown: Vec<&String> = unexplained.iter().take(8).collect();
    assert!(unexplained.is_empty(), "{} unexplained, e.g. {shown:#?}", unexplained.len());
}
