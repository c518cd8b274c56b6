//! From a diagnosis to the report: types become the contract's words, citations become lines, texts one language.

mod answers;
mod assumption;
mod network;
mod parts;

pub(crate) use parts::shortened;

use crate::Lang;
use crate::model::{Document, Report, SchemaId, TaskGroup, Tool};
use diagnosis::model::{Diagnosis, Note};
use evidence::{Body, Evidence, Input};
use snapshot::Time;
use std::collections::BTreeMap;

/// What the person chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The language of every sentence.
    pub lang: Lang,
    /// The task to diagnose; none: the latest that failed to start.
    pub task: Option<String>,
    /// Answers to questions: the question's id (`q1`) or its stable name, and the answer.
    pub answers: Vec<(String, String)>,
    /// The present time; none: what is only possible for a while (AWS's own runbook, for an hour after the task stopped) is not offered.
    pub now: Option<Time>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            lang: Lang::En,
            task: None,
            answers: Vec::new(),
            now: None,
        }
    }
}

/// Reads, diagnoses and reports: the whole line from text to report. Total and deterministic.
#[must_use]
pub fn diagnose(inputs: &[Input<'_>], options: &Options) -> Report {
    diagnose_evidence(&with_answers(inputs, options), options)
}

/// What is read of the inputs and of the answers to what they leave open.
pub(crate) fn with_answers(inputs: &[Input<'_>], options: &Options) -> Evidence {
    let evidence = evidence::read(inputs);
    if options.answers.is_empty() {
        return evidence;
    }
    // Answers are evidence like any other: they are read as what a bundle would hold.
    let asked = diagnosis::diagnose(&evidence, &chosen(options));
    let answers = answers::as_bundle(&asked, &options.answers);
    let mut inputs = inputs.to_vec();
    inputs.push(Input {
        name: "answers",
        bytes: answers.as_bytes(),
    });
    evidence::read(&inputs)
}

/// The same for evidence that was read already, answers included.
#[must_use]
pub fn diagnose_evidence(evidence: &Evidence, options: &Options) -> Report {
    assemble(evidence, &diagnosis::diagnose(evidence, &chosen(options)), options.lang)
}

pub(crate) fn chosen(options: &Options) -> diagnosis::Options {
    diagnosis::Options {
        task: options.task.clone(),
        now: options.now,
    }
}

/// What makes the reports: the version, the commit it was built from, the day to which the facts are true.
#[must_use]
pub fn tool() -> Tool {
    Tool {
        name: "pulldoctor".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        facts: Some(diagnosis::FACTS_DATE.to_owned()),
        build: option_env!("PULLDOCTOR_BUILD").filter(|build| !build.is_empty()).map(str::to_owned),
    }
}

/// Writes a diagnosis as the report of one language.
#[must_use]
pub fn assemble(evidence: &Evidence, diagnosis: &Diagnosis, lang: Lang) -> Report {
    let writer = Writer { evidence, lang };
    let mut settled_by = BTreeMap::new();
    for request in &diagnosis.requests {
        for need in &request.settles {
            settled_by.entry(need).or_insert_with(|| request.id.clone());
        }
    }
    Report {
        schema: SchemaId::V1,
        tool: tool(),
        outcome: parts::outcome(diagnosis.outcome),
        task: parts::task(&diagnosis.case),
        symptom: diagnosis.symptom.as_ref().map(parts::symptom),
        findings: diagnosis
            .findings
            .iter()
            .map(|finding| writer.finding(finding, &settled_by))
            .collect(),
        destinations: diagnosis
            .destinations
            .iter()
            .map(|destination| writer.destination(destination))
            .collect(),
        requests: diagnosis.requests.iter().map(|request| writer.request(request)).collect(),
        documents: writer.documents(&diagnosis.notes),
        other_tasks: diagnosis
            .other_tasks
            .iter()
            .map(|(text, tasks)| TaskGroup {
                text: text.clone(),
                tasks: tasks.clone(),
            })
            .collect(),
    }
}

/// What every part is written with.
pub(crate) struct Writer<'a> {
    pub(crate) evidence: &'a Evidence,
    pub(crate) lang: Lang,
}

impl Writer<'_> {
    fn documents(&self, notes: &[Note]) -> Vec<Document> {
        let written = self.evidence.documents.iter().map(|document| {
            let resources = match (&document.body, document.operation.and_then(evidence::Operation::list_member)) {
                (Body::Output(_), Some(member)) => self.evidence.items(document, member).len(),
                (Body::Output(_), None) => 1,
                _ => 0,
            };
            let source = self.evidence.source(document.source);
            Document {
                name: source.map(|source| source.name.clone()).unwrap_or_default(),
                operation: document.operation.map(|operation| operation.name().to_owned()),
                resources,
                problems: document.problems.iter().map(|problem| self.text(&problem.text)).collect(),
            }
        });
        let mut written: Vec<Document> = written.collect();
        for note in notes {
            if let Some(document) = written.get_mut(note.document.0 as usize) {
                document.problems.push(self.text(&note.text));
            }
        }
        // What concerns a whole source is said with its first document; a source without any gets a line of its own.
        for (index, source) in self.evidence.sources.iter().enumerate() {
            let problems: Vec<String> = source.problems.iter().map(|problem| self.text(&problem.text)).collect();
            if problems.is_empty() {
                continue;
            }
            let first = self
                .evidence
                .documents
                .iter()
                .position(|document| document.source.0 as usize == index);
            match first.and_then(|first| written.get_mut(first)) {
                Some(document) => document.problems.splice(0..0, problems).for_each(drop),
                None => written.push(Document {
                    name: source.name.clone(),
                    operation: None,
                    resources: 0,
                    problems,
                }),
            }
        }
        written
    }

    pub(crate) fn text(&self, text: &evidence::Text) -> String {
        self.lang.pick(&text.en, &text.ja).clone().into_owned()
    }
}
