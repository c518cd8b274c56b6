//! One case: what is held, read and diagnosed once, then worded in each language that is asked for.

use std::cell::OnceCell;
use std::rc::Rc;

use diagnosis::model::Diagnosis;
use evidence::{Body, Citation, DocumentId, Evidence, Input, Pointer, Source};
use report::{Lang, Report};
use snapshot::Need;

use crate::browser;
use crate::state::Held;

/// The name under which the answers are read, as the command line names them.
const ANSWERS: &str = "answers";

/// What was read and what was found.
pub(crate) struct Case {
    evidence: Evidence,
    diagnosis: Diagnosis,
    worded: [OnceCell<Rc<Report>>; 2],
}

impl Case {
    pub(crate) fn new(held: &Held) -> Self {
        let names: Vec<String> = held
            .inputs
            .iter()
            .map(|input| match &input.name {
                Some(name) => name.to_string(),
                None => format!("paste {}", input.id + 1),
            })
            .collect();
        let mut inputs: Vec<Input<'_>> = names
            .iter()
            .zip(&held.inputs)
            .map(|(name, input)| Input { name, bytes: &input.bytes })
            .collect();
        let answers = bundle(&held.answers);
        if !held.answers.is_empty() {
            inputs.push(Input {
                name: ANSWERS,
                bytes: answers.as_bytes(),
            });
        }
        let evidence = evidence::read(&inputs);
        let options = diagnosis::Options {
            task: held.task.clone(),
            now: browser::now(),
        };
        let diagnosis = diagnosis::diagnose(&evidence, &options);
        Self {
            evidence,
            diagnosis,
            worded: [OnceCell::new(), OnceCell::new()],
        }
    }

    /// The report in a language; made at the first asking.
    pub(crate) fn report(&self, lang: Lang) -> Rc<Report> {
        let [en, ja] = &self.worded;
        lang.pick(en, ja)
            .get_or_init(|| Rc::new(report::assemble(&self.evidence, &self.diagnosis, lang)))
            .clone()
    }

    /// The lasting id of a question that the report calls `q1`: answers are kept under it, since the short ids move
    /// as soon as one is answered.
    pub(crate) fn question(&self, request: &str) -> Option<String> {
        let request = self.diagnosis.requests.iter().find(|other| other.id == request)?;
        request.settles.iter().find_map(|need| match need {
            Need::Question(question) => Some(question.id()),
            Need::Call(_) => None,
        })
    }

    /// The text around a citation: the source's text, the cited bytes, and the line that they begin on.
    pub(crate) fn place(&self, document: usize, pointer: &str) -> Option<Place<'_>> {
        let citation = Citation {
            document: DocumentId(u32::try_from(document).ok()?),
            pointer: Pointer::parse(pointer)?,
        };
        let location = self.evidence.locate(&citation)?;
        Some(Place {
            text: self.evidence.source(location.source)?.text(),
            span: location.span,
            line: location.line,
        })
    }

    /// What was read of the input at this place.
    pub(crate) fn source(&self, input: usize) -> Option<&Source> {
        self.evidence.sources.get(input)
    }

    /// The documents of the input at this place, as indices into the report's.
    pub(crate) fn documents(&self, input: usize) -> impl Iterator<Item = usize> {
        self.evidence
            .documents
            .iter()
            .enumerate()
            .filter(move |(_, document)| document.source.0 as usize == input)
            .map(|(index, _)| index)
    }

    /// What a document of the report is.
    pub(crate) fn kind(&self, index: usize) -> Kind {
        match self.evidence.documents.get(index).map(|document| &document.body) {
            Some(Body::Text) => Kind::Prose,
            Some(Body::Error(_)) => Kind::Error,
            _ => Kind::Other,
        }
    }

    /// Whether a document of the report is the output or the error of a known operation.
    pub(crate) fn is_recognised(&self, index: usize) -> bool {
        let document = self.evidence.documents.get(index);
        document.is_some_and(|document| document.operation.is_some() || matches!(document.body, Body::Error(_)))
    }

    /// How many secret values were dropped while reading.
    pub(crate) fn secrets(&self) -> usize {
        let of_sources = self.evidence.sources.iter().flat_map(|source| &source.problems);
        let of_documents = self.evidence.documents.iter().flat_map(|document| &document.problems);
        of_sources
            .chain(of_documents)
            .filter(|problem| problem.kind == evidence::ProblemKind::SecretDropped)
            .count()
    }
}

/// What a document is, as far as its list tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Prose,
    Error,
    Other,
}

/// Where a citation stands.
pub(crate) struct Place<'a> {
    pub(crate) text: &'a str,
    pub(crate) span: std::ops::Range<usize>,
    pub(crate) line: usize,
}

/// The answers as a bundle holds them, so that they are evidence like any other.
fn bundle(answers: &[(String, String)]) -> String {
    let mut bundle = String::from("{\"schema\": \"pulldoctor.bundle/1\"}\n");
    for (id, answer) in answers {
        let (question, subject) = id.split_once(':').unwrap_or((id, ""));
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        bundle.push_str(&format!(
            "{{\"operation\":\"pulldoctor:Answer\",\"parameters\":{{\"question\":{},\"subject\":{}}},\"exit\":0,\"output\":{}}}\n",
            quoted(question),
            quoted(subject),
            quoted(answer)
        ));
    }
    bundle
}

/// A case with its report in the language of the page; cheap to hand on, and equal only to itself.
#[derive(Clone)]
pub(crate) struct Shown {
    pub(crate) case: Rc<Case>,
    pub(crate) report: Rc<Report>,
}

impl PartialEq for Shown {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.report, &other.report)
    }
}
