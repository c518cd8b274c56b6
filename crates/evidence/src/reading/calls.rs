//! Which command line belongs to which output.
//!
//! A command is an output's only where it stands directly above it and can
//! have printed it, or where it is the only one above that can. Everything
//! else is left open: a wrong owner is worse than none.

use std::ops::Range;

use super::Reading;
use crate::advice;
use crate::command::{self, Variables};
use crate::document::{Body, CallError, Command};
use crate::lines;
use crate::operation::Operation;

/// Commands that wait for their output at most.
const MAX_WAITING: usize = 64;

/// The commands above, not yet followed by their output.
#[derive(Debug, Default)]
pub(super) struct Calls {
    variables: Variables,
    /// Where each stands; `None`: a call of an operation that is not read here.
    waiting: Vec<(Range<usize>, Option<Command>)>,
    /// Whether nothing was printed since the last command.
    fresh: bool,
}

impl Calls {
    pub(super) fn assign(&mut self, line: &str) {
        if let Some((name, value)) = lines::assignment(line) {
            self.variables.insert(name.to_owned(), value.map(str::to_owned));
        }
    }

    fn add(&mut self, range: Range<usize>, command: Option<Command>) {
        if self.waiting.len() >= MAX_WAITING {
            self.waiting.remove(0);
        }
        self.waiting.push((range, command));
        self.fresh = true;
    }

    /// The commands whose output never came.
    fn unanswered(&mut self) -> impl Iterator<Item = (Range<usize>, Command)> + use<> {
        let waiting = std::mem::take(&mut self.waiting).into_iter();
        waiting.filter_map(|(range, command)| Some((range, command?)))
    }

    /// Takes the command directly above.
    pub(super) fn nearest(&mut self) -> Option<Command> {
        if !std::mem::take(&mut self.fresh) {
            return None;
        }
        self.waiting.pop()?.1
    }

    /// The command directly above, left where it is.
    pub(super) fn above(&self) -> Option<&Command> {
        if !self.fresh {
            return None;
        }
        self.waiting.last()?.1.as_ref()
    }

    /// Takes the command that printed an output of one of these operations. The
    /// second is the command directly above where it cannot have.
    pub(super) fn take(&mut self, operations: &[Operation]) -> (Option<Command>, Option<Operation>) {
        let fresh = std::mem::take(&mut self.fresh);
        let fits = |(_, call): &(Range<usize>, Option<Command>)| call.as_ref().is_some_and(|call| operations.contains(&call.operation));
        if fresh
            && self.waiting.last().is_some_and(fits)
            && let Some((_, call)) = self.waiting.pop()
        {
            return (call, None);
        }
        let mut places = self.waiting.iter().enumerate().filter(|(_, call)| fits(call));
        let only = match (places.next(), places.next()) {
            (Some((place, _)), None) => Some(place),
            _ => None,
        };
        if let Some(place) = only {
            return (self.waiting.remove(place).1, None);
        }
        let other = if fresh {
            self.waiting.pop().and_then(|(_, call)| call).map(|call| call.operation)
        } else {
            None
        };
        (None, other)
    }
}

impl Reading<'_> {
    pub(super) fn command(&mut self, range: Range<usize>) {
        let call = command::parse(self.text, range.clone(), &self.calls.variables);
        if let Some(call) = &call
            && matches!(
                call.operation,
                Operation::EcsRunTask | Operation::EcsCreateService | Operation::EcsUpdateService
            )
        {
            self.called(range.clone(), call.clone());
        }
        self.calls.add(range, call);
    }

    /// Commands without an output that say which task or service is meant.
    pub(super) fn unanswered(&mut self) {
        for (range, call) in self.calls.unanswered() {
            if matches!(
                call.operation,
                Operation::EcsDescribeTasks | Operation::EcsDescribeServices | Operation::EcsStopTask
            ) {
                self.called(range, call);
            }
        }
    }

    /// A command that is evidence by itself.
    pub(super) fn called(&mut self, range: Range<usize>, call: Command) {
        let mut document = self.document(range, Body::Command);
        document.operation = Some(call.operation);
        document.command = Some(call);
        self.documents.push(document);
    }

    /// An AWS error message.
    pub(super) fn error(&mut self, range: Range<usize>) {
        let Some(error) = parse_error(self.slice(&range)) else {
            return;
        };
        let mut candidates: Vec<Operation> = Operation::from_action(&error.operation_word).collect();
        // The CLI's command and the call that it makes differ in name.
        if error.operation_word == "ListObjects" {
            candidates.push(Operation::S3apiListObjectsV2);
        }
        let (call, other) = self.calls.take(&candidates);
        let named = match candidates.as_slice() {
            [only] => Some(*only),
            _ => self.hint(&candidates),
        };
        let mut document = self.document(range, Body::Error(error));
        document.operation = call.as_ref().map(|call| call.operation).or(named);
        if let (Some(said), Some(is)) = (other, document.operation) {
            let problem = advice::disagrees(said, is);
            document.problems.push(self.placed(problem, document.range.start));
        }
        document.command = call;
        self.documents.push(document);
    }

    /// The operation that the source's name says, where it is one of these.
    pub(super) fn hint(&self, operations: &[Operation]) -> Option<Operation> {
        let name = self.name.to_ascii_lowercase();
        let mut best: Option<(usize, Operation)> = None;
        for &operation in operations {
            let word = operation.cli().rsplit(' ').next().unwrap_or_default();
            let service = operation.service();
            let service = if service == "s3api" { "s3" } else { service };
            let whole = name.match_indices(word).any(|(at, _)| {
                let letter = |byte: Option<u8>| byte.is_some_and(|b| b.is_ascii_alphanumeric());
                let before = name.get(..at).and_then(|rest| rest.bytes().next_back());
                let after = name.get(at + word.len()..).and_then(|rest| rest.bytes().next());
                !letter(before) && !letter(after)
            });
            let others = operations
                .iter()
                .any(|other| *other != operation && other.action() == operation.action());
            if whole && (!others || name.contains(service)) && best.is_none_or(|(len, _)| len < word.len()) {
                best = Some((word.len(), operation));
            }
        }
        best.map(|(_, operation)| operation)
    }
}

/// Takes an error message apart:
/// `An error occurred (Code) when calling the Op operation: message`.
pub(super) fn parse_error(text: &str) -> Option<CallError> {
    let rest = text.get(text.find("An error occurred (")?..)?;
    let rest = rest.strip_prefix("An error occurred (")?;
    let (code, rest) = rest.split_once(')')?;
    let (_, rest) = rest.split_once("when calling the")?;
    let (word, rest) = rest.trim_start().split_once(|c: char| c.is_whitespace())?;
    let rest = rest.trim_start().strip_prefix("operation")?;
    // `(reached max retries: 4)` may stand before the colon.
    let rest = match rest.trim_start().strip_prefix('(') {
        Some(inner) => inner.split_once(')')?.1,
        None => rest,
    };
    let message = rest.split_once(':').map_or("", |(_, message)| message);
    Some(CallError {
        code: code.split_whitespace().collect(),
        operation_word: word.to_owned(),
        message: join(message.trim()),
    })
}

/// A message on one line. Where all its wrapped lines are equally long, a
/// terminal broke them between any two characters; else it was broken at
/// spaces.
fn join(message: &str) -> String {
    let lines: Vec<&str> = message.lines().collect();
    let (Some((_, whole)), true) = (lines.split_last(), lines.len() > 2) else {
        return lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
    };
    let mut widths = whole.iter().skip(1).map(|line| line.chars().count());
    let first = widths.next();
    let terminal = widths.all(|width| Some(width) == first) && whole.len() > 1 && whole.iter().any(|line| !line.ends_with(' '));
    if terminal && lines.len() > 3 {
        lines.concat()
    } else {
        lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ")
    }
}
