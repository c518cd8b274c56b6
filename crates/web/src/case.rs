//! One case: what is held, read and diagnosed once, then worded in each language that is asked for.

mod claims;
mod collector;
mod redacted;
mod tried;

use std::cell::OnceCell;
use std::rc::Rc;

use diagnosis::model::Diagnosis;
use diagnosis::{Options, diagnose_loaded, least_policies};
use evidence::{Body, Citation, DocumentId, Evidence, Input, Pointer, Reader, Source};
use report::{Comparison, Lang, Policy, Report};
use snapshot::{Need, Snapshot};

pub(crate) use claims::Claim;
pub(crate) use collector::calls;
pub(crate) use redacted::redacted;
pub(crate) use tried::Tried;

use crate::browser;
use crate::state::Held;

/// What the name of a paste begins with, before its number.
pub(crate) const PASTE: &str = "paste ";
/// The name under which the answers are read, as the command line names them.
const ANSWERS: &str = "answers";
/// How many bytes are read between two pauses.
const STRETCH: usize = 2_000_000;

/// What was read and, as soon as anybody asks, what was found: an empty page has nothing to diagnose.
pub(crate) struct Case {
    evidence: Evidence,
    snapshot: Snapshot,
    options: Options,
    diagnosed: OnceCell<Diagnosis>,
    worded: [OnceCell<Report>; 2],
}

impl Case {
    pub(crate) fn new(held: &Held) -> Self {
        let mut reader = Reader::default();
        for (name, bytes) in given(held) {
            reader.read(&Input {
                name: &name,
                bytes: &bytes,
            });
        }
        let evidence = reader.finish();
        let snapshot = Snapshot::load(&evidence);
        Self::of(evidence, snapshot, held)
    }

    /// The same in steps, with a pause before each: what is large takes longer than a person should wait for a key or a click.
    /// `pause` is told how much of how much is done, and says whether to go on.
    pub(crate) async fn in_steps(held: &Held, mut pause: impl AsyncFnMut(usize, usize) -> bool) -> Option<Self> {
        let given = given(held);
        // To read takes about half of the time.
        let all: usize = given.iter().map(|(_, bytes)| bytes.len()).sum();
        let mut read = 0;
        let mut reader = Reader::default();
        for (name, bytes) in &given {
            pause(read, all * 2).await.then_some(())?;
            let mut opened = reader.open(&Input { name, bytes });
            while !opened.is_done() {
                pause(read + opened.done(), all * 2).await.then_some(())?;
                opened = opened.on(STRETCH);
            }
            read += bytes.len();
            pause(read, all * 2).await.then_some(())?;
            reader.close(opened);
        }
        let evidence = reader.finish();
        pause(all, all * 2).await.then_some(())?;
        let mut snapshot = Snapshot::default();
        let mut stretch = 0;
        for document in &evidence.documents {
            if stretch > STRETCH {
                pause(all + document.range.start.min(all) / 3, all * 2).await.then_some(())?;
                stretch = 0;
            }
            stretch += document.range.len();
            snapshot.add(&evidence, document);
        }
        let snapshot = snapshot.settled(&evidence);
        pause(all + all / 3, all * 2).await.then_some(())?;
        let case = Self::of(evidence, snapshot, held);
        case.diagnosis();
        // To be shown is work of its own.
        pause(all + all * 2 / 3, all * 2).await.then_some(case)
    }

    fn of(evidence: Evidence, snapshot: Snapshot, held: &Held) -> Self {
        Self {
            evidence,
            snapshot,
            options: Options {
                task: held.task.clone(),
                now: browser::now(),
            },
            diagnosed: OnceCell::new(),
            worded: [OnceCell::new(), OnceCell::new()],
        }
    }

    fn diagnosis(&self) -> &Diagnosis {
        self.diagnosed
            .get_or_init(|| diagnose_loaded(&self.evidence, &self.snapshot, &self.options))
    }

    /// The report in a language; made at the first asking.
    pub(crate) fn report(&self, lang: Lang) -> &Report {
        let [en, ja] = &self.worded;
        lang.pick(en, ja)
            .get_or_init(|| report::assemble(&self.evidence, self.diagnosis(), lang))
    }

    /// The lasting id of a question that the report calls `q1`: answers are kept under it, since the short ids move
    /// as soon as one is answered.
    pub(crate) fn question(&self, request: &str) -> Option<String> {
        let request = self.diagnosis().requests.iter().find(|other| other.id == request)?;
        request.settles.iter().find_map(|need| match need {
            Need::Question(question) => Some(question.id()),
            Need::Call(_) => None,
        })
    }

    /// What became of the case since the customer changed something; `None` where nothing says so.
    pub(crate) fn comparison(&self, held: &Held, lang: Lang) -> Option<Comparison> {
        let changed = held.changed?;
        let (before, after): (Vec<_>, Vec<_>) = held.inputs.iter().cloned().partition(|input| input.id < changed);
        if before.is_empty() || after.is_empty() {
            return None;
        }
        let (before, after) = (
            given(&Held {
                inputs: before,
                ..Held::default()
            }),
            given(&Held {
                inputs: after,
                ..held.clone()
            }),
        );
        let options = report::Options {
            lang,
            task: self.options.task.clone(),
            now: self.options.now,
            ..report::Options::default()
        };
        Some(report::compare(&inputs(&before), &inputs(&after), &options))
    }

    /// The least policies that the task needs; none where its task definition was not pasted.
    pub(crate) fn policies(&self, lang: Lang) -> Vec<Policy> {
        let least = least_policies(&self.snapshot, &self.options);
        least.map(|least| report::write_policies(&least, lang)).unwrap_or_default()
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

/// Names and bytes in the order in which they are read.
fn given(held: &Held) -> Vec<(Rc<str>, Rc<[u8]>)> {
    let name = |input: &crate::state::Input| input.name.clone().unwrap_or_else(|| format!("{PASTE}{}", input.number).into());
    let mut given: Vec<_> = held.inputs.iter().map(|input| (name(input), input.bytes.clone())).collect();
    if !held.answers.is_empty() {
        given.push((ANSWERS.into(), bundle(&held.answers).into_bytes().into()));
    }
    given
}

fn inputs(given: &[(Rc<str>, Rc<[u8]>)]) -> Vec<Input<'_>> {
    given.iter().map(|(name, bytes)| Input { name, bytes }).collect()
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

/// A case as the language of the page shows it; cheap to hand on, and equal only to itself.
#[derive(Clone)]
pub(crate) struct Shown {
    pub(crate) case: Rc<Case>,
    pub(crate) lang: Lang,
}

impl Shown {
    pub(crate) fn report(&self) -> &Report {
        self.case.report(self.lang)
    }
}

impl PartialEq for Shown {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.case, &other.case) && self.lang == other.lang
    }
}
