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

fn reads_as_labelled(corpus: &str, count: usize) {
    let mut wrong = Vec::new();
    let mut lines = 0;
    for line in corpus.lines() {
        let expected: Value = serde_json::from_str(line).unwrap();
        let text = expected["text"].as_str().unwrap();
        let read = labels(&parse(text));
        lines += 1;
        for label in ["class", "stage", "service", "cause", "quoted"] {
            if read[label] != expected[label] {
                wrong.push(format!(
                    "line {lines}: {label}\n  read  {}\n  label {}\n  {text}",
                    read[label], expected[label]
                ));
            }
        }
    }
    assert_eq!(lines, count);
    assert!(wrong.is_empty(), "{} labels differ\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_line_of_the_corpus_reads_as_labelled() {
    reads_as_labelled(include_str!("../data/symptoms/reasons.jsonl"), 175);
}

#[test]
fn every_line_collected_since_reads_as_labelled() {
    reads_as_labelled(include_str!("../data/symptoms/collected.jsonl"), 158);
}
