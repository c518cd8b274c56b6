//! The chain as a PowerShell script, for Windows PowerShell 5.1 and PowerShell 7.

use super::Target;
use super::step::{Call, Keep, Piece, Step, pieces};

const HEAD: &str = include_str!("head.ps1");
const TAIL: &str = include_str!("tail.ps1");

pub(super) fn script(target: &Target, steps: &[Step]) -> String {
    let (comment, functions) = HEAD.split_once("#---\n").unwrap_or(("", HEAD));
    let mut out = comment.to_owned();
    for (name, value) in target.variables() {
        out.push_str(&format!("$script:{name} = {}\n", string(&value)));
    }
    out.push_str(functions);
    out.push_str("\nfunction Collect {\n");
    write(steps, 1, &mut out);
    out.push_str("}\n");
    out.push_str(TAIL);
    out
}

/// Always between single quotes: a bare word is a command in PowerShell. It takes typographic quotes for quotes as well.
fn string(text: &str) -> String {
    let mut out = "'".to_owned();
    for c in text.chars() {
        if matches!(c, '\'' | '\u{2018}'..='\u{201b}') {
            out.push(c);
        }
        out.push(c);
    }
    out.push('\'');
    out
}

fn write(steps: &[Step], depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    for step in steps {
        match step {
            Step::Say(text) => out.push_str(&format!("{indent}Say {}\n", word(text))),
            Step::Call(call) => out.push_str(&format!("{indent}{}\n", command(call))),
            Step::Each { tag, names, body } => each(tag, names, body, depth, out),
            Step::Without { tag, body } => {
                out.push_str(&format!("{indent}if (@(List '{tag}').Count -eq 0) {{\n"));
                write(body, depth + 1, out);
                out.push_str(&format!("{indent}}}\n"));
            }
            Step::Forget(tag) => out.push_str(&format!("{indent}Forget '{tag}'\n")),
            Step::Note { tag, value } => out.push_str(&format!("{indent}Note '{tag}' {}\n", word(value))),
            Step::Derive(function) => out.push_str(&format!("{indent}Derive-{function}\n")),
        }
    }
}

fn each(tag: &str, names: &[&str], body: &[Step], depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    if let [only] = names {
        out.push_str(&format!("{indent}foreach (${only} in @(List '{tag}')) {{\n"));
    } else {
        out.push_str(&format!("{indent}foreach ($row in @(List '{tag}')) {{\n"));
        let names: Vec<String> = names.iter().map(|name| format!("${name}")).collect();
        out.push_str(&format!("{indent}  {} = $row -split \"`t\"\n", names.join(", ")));
    }
    write(body, depth + 1, out);
    out.push_str(&format!("{indent}}}\n"));
}

/// `Call OPERATION KEEP LEARN REGION @(SERVICE, COMMAND, '--option', value…)`.
fn command(call: &Call) -> String {
    let keep = match call.keep {
        Keep::Whole => "''".to_owned(),
        Keep::Nothing => "'-'".to_owned(),
        Keep::Without(query) => string(query),
    };
    let mut words: Vec<String> = call.operation.cli().split(' ').skip(1).map(|word| format!("'{word}'")).collect();
    for (name, values) in &call.options {
        words.push(format!("'--{name}'"));
        words.extend(values.iter().map(|value| word(value)));
    }
    format!(
        "Call '{}' {keep} {} {} @({})",
        call.operation.name(),
        word(call.learn.unwrap_or_default()),
        word(call.at.unwrap_or("{region}")),
        words.join(", ")
    )
}

/// A word in which variables stand for their values, and nothing else is read.
fn word(text: &str) -> String {
    let pieces = pieces(text);
    if !pieces.iter().any(|piece| matches!(piece, Piece::Variable(_))) {
        return string(text);
    }
    let mut out = "\"".to_owned();
    for piece in pieces {
        match piece {
            Piece::Variable(name) => out.push_str(&format!("${{{name}}}")),
            Piece::Text(text) => {
                for c in text.chars() {
                    if matches!(c, '"' | '$' | '`') {
                        out.push('`');
                    }
                    out.push(c);
                }
            }
        }
    }
    out.push('"');
    out
}
