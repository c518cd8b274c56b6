//! Pastes as they come: around the outputs, in front of them, broken.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test stops where it fails"
)]

mod repairs;
mod shapes;
mod shells;

use evidence::{Body, Citation, Completeness, Document, Evidence, Input, Operation, Pointer, ProblemKind, RepairKind, read};

pub(crate) const SUBNETS: &str = r#"{
    "Subnets": [
        {
            "SubnetId": "subnet-0a1",
            "VpcId": "vpc-1",
            "CidrBlock": "10.0.0.0/24",
            "AvailabilityZone": "us-east-1a"
        },
        {
            "SubnetId": "subnet-0b2",
            "VpcId": "vpc-1",
            "CidrBlock": "10.0.1.0/24",
            "AvailabilityZone": "us-east-1b"
        }
    ]
}"#;

pub(crate) fn paste(text: &str) -> Evidence {
    bytes(text.as_bytes())
}

pub(crate) fn bytes(bytes: &[u8]) -> Evidence {
    let evidence = read(&[Input { name: "paste", bytes }]);
    for document in &evidence.documents {
        let text = evidence.text(document);
        assert!(!text.is_empty() || document.range.is_empty(), "{document:?}");
        if let Some(json) = evidence.json(document) {
            serde_json::from_str::<serde_json::Value>(json).unwrap_or_else(|error| panic!("{error}: {json}"));
        }
    }
    evidence
}

/// One line for each document.
pub(crate) fn summary(evidence: &Evidence) -> Vec<String> {
    evidence.documents.iter().map(|document| line(evidence, document)).collect()
}

pub(crate) fn line(evidence: &Evidence, document: &Document) -> String {
    let operation = document.operation.map_or("-", Operation::name);
    let body = match &document.body {
        Body::Output(shape) => format!("{shape:?}"),
        Body::Error(error) => format!("{}: {}", error.code, error.message),
        Body::Answer(answer) => format!("{}({})={}", answer.question, answer.subject, answer.value),
        Body::Command => "Command".to_owned(),
        Body::Text => format!("Text {}", evidence.text(document).replace('\n', "|")),
    };
    let mut out = format!("{operation} {body}");
    if document.completeness != Completeness::Whole {
        out.push_str(&format!(" {:?}", document.completeness));
    }
    if let Some(command) = &document.command {
        for (name, values) in &command.options {
            out.push_str(&format!(" --{name} {}", values.join(" ")));
        }
        if let Some(region) = command.region() {
            out.push_str(&format!(" @{region}"));
        }
    }
    for problem in &document.problems {
        out.push_str(&format!(" !{:?}@{}", problem.kind, problem.line));
    }
    out
}

pub(crate) fn repairs(evidence: &Evidence) -> Vec<(RepairKind, usize)> {
    evidence.sources[0]
        .repairs
        .iter()
        .map(|repair| (repair.kind, repair.line))
        .collect()
}

pub(crate) fn problems(evidence: &Evidence) -> Vec<(ProblemKind, usize)> {
    evidence.sources[0]
        .problems
        .iter()
        .map(|problem| (problem.kind, problem.line))
        .collect()
}

pub(crate) fn ids(evidence: &Evidence, index: usize, member: &str) -> Vec<String> {
    evidence
        .items(&evidence.documents[index], member)
        .into_iter()
        .map(|(pointer, raw)| {
            let value: serde_json::Value = serde_json::from_str(raw).unwrap();
            let id = evidence.documents[index].operation.unwrap().identity_member().unwrap();
            format!("{pointer} {}", value[id].as_str().unwrap())
        })
        .collect()
}

pub(crate) fn line_of(evidence: &Evidence, index: usize, pointer: &str) -> (usize, String) {
    let citation = Citation {
        document: evidence.documents[index].id,
        pointer: Pointer::parse(pointer).unwrap(),
    };
    let location = evidence.locate(&citation).unwrap_or_else(|| panic!("{pointer}"));
    (location.line, location.excerpt.to_owned())
}
