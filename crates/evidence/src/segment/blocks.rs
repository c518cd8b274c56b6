//! Blocks of lines that are recognised but hold no evidence: other output
//! formats, templates, fences.

use super::{PieceKind, Segmenter};
use crate::lines;
use crate::operation::Operation;
use crate::problem::ProblemKind;

impl Segmenter<'_> {
    /// Takes the block that starts on this line, if one does.
    pub(super) fn block(&mut self, start: usize, first: usize, end: usize) -> bool {
        let line = self.text.get(first..end).unwrap_or_default();
        let raw = self.text.get(start..end).unwrap_or_default();
        if line.starts_with("```") || line.starts_with("~~~") {
            return self.claim(first, end, PieceKind::Skip);
        }
        if lines::not_run(line) {
            return self.claim(first, end, PieceKind::Claim(ProblemKind::NotRun, None));
        }
        if is_hcl(raw) {
            let stop = self.lines_while(end, |line| line != "}");
            let closed = self.text.get(stop..).is_some_and(|rest| rest.starts_with("\n}"));
            let stop = if closed { stop + 2 } else { stop };
            return self.claim(first, stop, PieceKind::Claim(ProblemKind::Terraform, None));
        }
        if is_rule(line) && self.next_line(end).trim_start().starts_with('|') {
            let stop = self.lines_while(end, |line| {
                let line = line.trim_start();
                line.starts_with(['|', '+']) || is_rule(line)
            });
            let table = self.text.get(first..stop).unwrap_or_default();
            let title: String = table
                .chars()
                .skip_while(|c| !c.is_ascii_alphabetic())
                .take_while(char::is_ascii_alphanumeric)
                .collect();
            let operation = Operation::from_action(&title).next();
            self.leak_if_secret(operation, first);
            return self.claim(first, stop, PieceKind::Claim(ProblemKind::TableOutput, operation));
        }
        if is_text_row(raw) {
            let stop = self.lines_while(end, is_text_row);
            return self.claim(first, stop, PieceKind::Claim(ProblemKind::TextOutput, text_operation(raw)));
        }
        false
    }

    /// A table or text of secrets keeps nothing.
    fn leak_if_secret(&mut self, operation: Option<Operation>, from: usize) {
        use Operation::{
            EcrGetAuthorizationToken, SecretsmanagerGetSecretValue, SsmGetParameter, SsmGetParameterHistory, SsmGetParameters,
            SsmGetParametersByPath,
        };
        if matches!(
            operation,
            Some(
                EcrGetAuthorizationToken
                    | SecretsmanagerGetSecretValue
                    | SsmGetParameter
                    | SsmGetParameterHistory
                    | SsmGetParameters
                    | SsmGetParametersByPath
            )
        ) {
            let end = self
                .text
                .get(from..)
                .map_or(from, |rest| from + rest.find('\n').map_or(rest.len(), |at| at + 1));
            self.state.leak.get_or_insert(end);
        }
    }

    fn claim(&mut self, start: usize, end: usize, kind: PieceKind) -> bool {
        self.push(start..end, kind);
        self.state.pos = end;
        true
    }

    fn next_line(&self, end: usize) -> &str {
        let rest = self.text.get(end + 1..).unwrap_or_default();
        rest.split('\n').next().unwrap_or_default()
    }

    /// The end of the last line behind `end` up to which all lines fit.
    fn lines_while(&self, end: usize, fits: fn(&str) -> bool) -> usize {
        let mut at = end;
        while at < self.text.len() {
            let line = self.next_line(at);
            if !fits(line) {
                break;
            }
            at += 1 + line.len();
        }
        at.min(self.text.len())
    }
}

/// A row of dashes above a table.
fn is_rule(line: &str) -> bool {
    let line = line.trim_end();
    line.len() >= 10 && line.bytes().all(|byte| byte == b'-')
}

/// The first line of a Terraform block.
fn is_hcl(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let head = words.next().unwrap_or_default();
    let named = |word: Option<&str>| word.is_some_and(|word| word.starts_with('"'));
    let opens = line.trim_end().ends_with('{') || line.trim_end().ends_with("{}");
    opens
        && match head {
            "resource" | "data" => named(words.next()) && named(words.next()),
            "module" | "variable" | "provider" | "output" => named(words.next()),
            "locals" | "terraform" => words.next() == Some("{"),
            _ => false,
        }
}

/// A row of `--output text`: a resource's name in capitals, tabs between the
/// columns.
fn is_text_row(line: &str) -> bool {
    let mut columns = line.split('\t');
    let name = columns.next().unwrap_or_default();
    name.len() >= 4 && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_') && columns.next().is_some()
}

/// The operation whose list is called so in text output.
fn text_operation(line: &str) -> Option<Operation> {
    let name = line.split('\t').next()?;
    Operation::ALL
        .iter()
        .copied()
        .find(|operation| operation.list_member().is_some_and(|member| member.eq_ignore_ascii_case(name)))
}
