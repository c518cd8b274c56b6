//! The collector's bundle (`pulldoctor.bundle/1`): a header, then one call on
//! each line.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::value::RawValue;

use super::Reading;
use super::calls::parse_error;
use super::outputs::completeness;
use crate::advice;
use crate::document::{Answer, Body, CallError, Collected, Command, Completeness, Shape};
use crate::lines;
use crate::operation::Operation;
use crate::problem::ProblemKind;
use crate::recognise::{View, is_partial};
use crate::walk::{Kind, Node, Walk};

impl Reading<'_> {
    /// The place of a member's value in the final text; up to the cut where it
    /// is not complete.
    fn value(&self, walk: &Walk, node: &Node) -> Range<usize> {
        let end = if node.value.end > node.value.start {
            node.value.end
        } else {
            walk.end
        };
        self.edits.range(&(node.value.start..end))
    }

    fn member(&self, walk: &Walk, name: &str) -> Option<Range<usize>> {
        let view = View { text: self.before, walk };
        let node = view.member(name)?;
        let empty = node.value.end == 0 && node.value.start == 0;
        (!empty).then(|| self.value(walk, node))
    }

    fn string(&self, walk: &Walk, name: &str) -> Option<String> {
        let raw = self.slice(&self.member(walk, name)?);
        serde_json::from_str(raw).ok()
    }

    pub(super) fn header(&mut self, walk: &Walk) {
        self.collected = Some(Collected {
            at: self.string(walk, "collected_at"),
            account: self.string(walk, "account"),
            region: self.string(walk, "region"),
        });
    }

    pub(super) fn call(&mut self, walk: &Walk, range: Range<usize>) {
        let name = self.string(walk, "operation").unwrap_or_default();
        let operation = Operation::from_name(&name);
        let parameters = self
            .member(walk, "parameters")
            .map(|place| options(self.slice(&place)))
            .unwrap_or_default();
        if operation == Some(Operation::PulldoctorAnswer) {
            self.answer(walk, &range, &parameters);
            return;
        }
        let command = operation.map(|operation| {
            let mut command = Command::new(operation);
            command.options = parameters;
            command.region = self.collected.as_ref().and_then(|collected| collected.region.clone());
            command
        });
        if let Some(error) = self.string(walk, "error") {
            self.failed(walk, &range, operation, command, &error);
            return;
        }
        let output = self.member(walk, "output");
        let view = View { text: self.before, walk };
        let kind = view.member("output").map(|node| node.kind);
        let shape = if kind == Some(Kind::Array) { Shape::Items } else { Shape::Response };
        let place = output.unwrap_or_else(|| range.clone());
        let mut document = self.document(place, Body::Output(shape));
        document.operation = operation;
        document.command = command;
        document.completeness = completeness(view, Shape::Item);
        if document.completeness == Completeness::Whole && self.pages(view) {
            document.completeness = Completeness::Partial;
        }
        let problem = match kind {
            Some(Kind::Object | Kind::Array) if operation.is_some() => None,
            Some(Kind::Object | Kind::Array) => Some(ProblemKind::NotRecognised),
            Some(Kind::String) => Some(ProblemKind::TextOutput),
            _ => Some(ProblemKind::EmptyOutput),
        };
        if let Some(kind) = problem {
            let problem = advice::rerun(kind, operation, document.command.as_ref());
            document.problems.push(self.placed(problem, range.start));
            if kind != ProblemKind::NotRecognised {
                // Nothing that could be parsed.
                document.body = Body::Text;
            }
        }
        document.converted = self.unwrapped_output(walk, &document.range);
        self.finish(document);
    }

    /// Lines wrapped inside a bundle.
    fn unwrapped_output(&self, walk: &Walk, range: &Range<usize>) -> Option<Box<crate::document::Converted>> {
        self.unwrapped(walk, range).map(Box::new)
    }

    fn pages(&self, view: View<'_>) -> bool {
        let index = view.walk.members.iter().position(|node| view.key(node) == "output");
        is_partial(
            view.walk
                .inner
                .iter()
                .filter(|node| Some(node.parent) == index)
                .map(|node| (view.key(node), view.raw(node))),
        )
    }

    fn failed(&mut self, walk: &Walk, range: &Range<usize>, operation: Option<Operation>, command: Option<Command>, message: &str) {
        if parse_error(message).is_none() && lines::not_run(message) {
            let problem = advice::rerun(ProblemKind::NotRun, operation, command.as_ref());
            self.complain(problem, range.start);
            return;
        }
        let error = parse_error(message).unwrap_or_else(|| CallError {
            code: String::new(),
            operation_word: operation.map_or("", Operation::action).to_owned(),
            message: message.trim().to_owned(),
        });
        let place = self.member(walk, "error").unwrap_or_else(|| range.clone());
        let mut document = self.document(place, Body::Error(error));
        document.operation = operation;
        document.command = command;
        self.documents.push(document);
    }

    fn answer(&mut self, walk: &Walk, range: &Range<usize>, parameters: &BTreeMap<String, Vec<String>>) {
        let first = |name: &str| parameters.get(name).and_then(|values| values.first().cloned()).unwrap_or_default();
        let raw = self.member(walk, "output");
        let value = raw.as_ref().map(|place| {
            let raw = self.slice(place);
            serde_json::from_str::<String>(raw).unwrap_or_else(|_| raw.to_owned())
        });
        let answer = Answer {
            question: first("question"),
            subject: first("subject"),
            value: value.unwrap_or_default(),
        };
        let place = raw.unwrap_or_else(|| range.clone());
        let mut document = self.document(place, Body::Answer(answer));
        document.operation = Some(Operation::PulldoctorAnswer);
        if walk.fault.is_some() {
            document.completeness = Completeness::Cut;
        }
        self.documents.push(document);
    }
}

/// A call's parameters, each with its values as the command line would have
/// them.
fn options(json: &str) -> BTreeMap<String, Vec<String>> {
    let members: BTreeMap<String, &RawValue> = serde_json::from_str(json).unwrap_or_default();
    members
        .into_iter()
        .filter(|(_, raw)| !matches!(raw.get(), "null" | "false"))
        .map(|(name, raw)| {
            let raw = raw.get();
            let values = match serde_json::from_str::<Vec<&RawValue>>(raw) {
                Ok(list) => list.iter().map(|raw| plain(raw.get())).collect(),
                Err(_) if raw == "true" => Vec::new(),
                Err(_) => vec![plain(raw)],
            };
            (name.trim_start_matches('-').to_owned(), values)
        })
        .collect()
}

fn plain(raw: &str) -> String {
    serde_json::from_str::<String>(raw).unwrap_or_else(|_| raw.to_owned())
}
