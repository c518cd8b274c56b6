//! The table of cases whose answers AWS documents.

mod common;

use common::{Case, name};

fn expected(line: &str) -> String {
    let json: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
    json.get("expect").and_then(|e| e.as_str()).unwrap_or("no expectation").to_owned()
}

#[test]
fn every_known_case_agrees() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in include_str!("data/known_cases.jsonl").lines() {
        let case = Case::read(line);
        let decision = case.decide();
        let expected = expected(line);
        count += 1;
        if name(decision.verdict) != expected {
            wrong.push(format!(
                "{}: expected {expected}, got {:?}: {:?}",
                case.id, decision.verdict, decision.residuals
            ));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert_eq!(count, 47);
}
