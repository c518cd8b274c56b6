//! Every labelled error text that people posted or AWS documents, read as it is labelled (`../data/symptoms/SOURCES.md`).

use diagnosis::symptom::{QuotedValue, Symptom, parse};
use serde_json::{Map, Value};

/// The labels of a line that the grammar reads.
pub(crate) fn labels(symptom: &Symptom) -> Value {
    let quoted: Map<String, Value> = symptom
        .quoted
        .members()
        .into_iter()
        .map(|(name, value)| {
            let value = match value {
                QuotedValue::Text(text) => Value::from(text),
                QuotedValue::Texts(texts) => Value::from(texts),
                QuotedValue::Number(number) => Value::from(number),
            };
            (name.to_owned(), value)
        })
        .collect();
    serde_json::json!({
        "class": symptom.class,
        "stage": symptom.stage.as_str(),
        "service": symptom.service.map(|service| service.as_str()),
        "cause": symptom.cause.as_str(),
        "quoted": quoted,
    })
}

/// How many lines there are, and which labels are read otherwise.
fn compare(corpus: &str) -> (usize, Vec<String>) {
    let mut wrong = Vec::new();
    for (index, line) in corpus.lines().enumerate() {
        let expected: Value = serde_json::from_str(line).unwrap_or_default();
        let text = expected.get("text").and_then(Value::as_str).unwrap_or_default();
        let read = labels(&parse(text));
        for label in ["class", "stage", "service", "cause", "quoted"] {
            let (read, expected) = (read.get(label), expected.get(label));
            if text.is_empty() || read != expected {
                wrong.push(format!(
                    "line {}: {label}\n  read  {read:?}\n  label {expected:?}\n  {text}",
                    index + 1
                ));
            }
        }
    }
    (corpus.lines().count(), wrong)
}

#[test]
fn every_line_of_the_corpus_reads_as_labelled() {
    let (lines, wrong) = compare(include_str!("../data/symptoms/reasons.jsonl"));
    assert_eq!(lines, 175);
    assert!(wrong.is_empty(), "{} labels differ\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_line_collected_since_reads_as_labelled() {
    let (lines, wrong) = compare(include_str!("../data/symptoms/collected.jsonl"));
    assert!(wrong.is_empty(), "{} labels differ\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(lines, 286);
}

#[test]
fn every_line_of_the_third_collection_reads_as_labelled() {
    let (lines, wrong) = compare(include_str!("../data/symptoms/third.jsonl"));
    assert!(wrong.is_empty(), "{} labels differ\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(lines, 95);
}
