//! Builds evidence document by document, each with the command that printed it.
#![expect(clippy::unwrap_used, reason = "a case that is written wrongly stops its test")]

use evidence::{Answer, Body, CallError, Collected, Command, Completeness, DocumentId, Evidence, Input, Operation, Shape, SourceId};
use snapshot::Snapshot;

/// One document of a case.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    json: String,
    operation: Option<Operation>,
    command: Option<Command>,
    body: Body,
    completeness: Completeness,
    collected: Option<Collected>,
}

/// An output of `aws <words>`; options after the two words stand as `name=value`, separated by spaces.
pub(crate) fn output(words: &str, json: &str) -> Part {
    let mut parts = words.split(' ');
    let operation = Operation::from_words(parts.next().unwrap(), parts.next().unwrap()).unwrap();
    let options: Vec<&str> = parts.collect();
    let mut command = Command::new(operation);
    for option in &options {
        let (name, value) = option.split_once('=').unwrap();
        command.options.entry(name.to_owned()).or_default().push(value.to_owned());
    }
    let command = if options.is_empty() { None } else { Some(command) };
    Part {
        json: json.to_owned(),
        operation: Some(operation),
        command,
        body: Body::Output(Shape::Response),
        completeness: Completeness::Whole,
        collected: None,
    }
}

/// The output of that operation.
pub(crate) fn of(operation: Operation, shape: Shape, json: &str) -> Part {
    Part {
        operation: Some(operation),
        body: Body::Output(shape),
        command: None,
        ..output("sts get-caller-identity", json)
    }
}

/// A call that failed.
pub(crate) fn failed(words: &str, code: &str, message: &str) -> Part {
    let part = output(words, "{}");
    let operation_word = part.operation.unwrap().action().to_owned();
    let body = Body::Error(CallError {
        code: code.to_owned(),
        operation_word,
        message: message.to_owned(),
    });
    Part { body, ..part }
}

/// The person's answer.
pub(crate) fn answer(question: &str, subject: &str, value: &str) -> Part {
    let body = Body::Answer(Answer {
        question: question.to_owned(),
        subject: subject.to_owned(),
        value: value.to_owned(),
    });
    Part {
        operation: Some(Operation::PulldoctorAnswer),
        body,
        ..output("sts get-caller-identity", "{}")
    }
}

impl Part {
    /// One page of a listing that goes on.
    pub(crate) fn partial(mut self) -> Self {
        self.completeness = Completeness::Partial;
        self
    }

    /// Collected at that time, in that account and Region.
    pub(crate) fn collected(mut self, at: &str, account: &str, region: &str) -> Self {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        self.collected = Some(Collected {
            at: some(at),
            account: some(account),
            region: some(region),
        });
        self
    }
}

/// The parts as one paste.
pub(crate) fn evidence(parts: &[Part]) -> Evidence {
    let mut all = Evidence::default();
    for part in parts {
        let mut read = evidence::read(&[Input {
            name: "paste",
            bytes: part.json.as_bytes(),
        }]);
        let index = u32::try_from(all.documents.len()).unwrap();
        let mut document = read.documents.swap_remove(0);
        document.id = DocumentId(index);
        document.source = SourceId(index);
        document.operation = part.operation;
        document.command.clone_from(&part.command);
        document.body = part.body.clone();
        document.completeness = part.completeness;
        document.collected.clone_from(&part.collected);
        all.documents.push(document);
        all.sources.push(read.sources.swap_remove(0));
    }
    all
}

/// Reads the parts.
pub(crate) fn load(parts: &[Part]) -> Snapshot {
    Snapshot::load(&evidence(parts))
}
