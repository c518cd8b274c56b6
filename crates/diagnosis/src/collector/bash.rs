//! The chain as a bash script: what bash 3 (macOS) knows, and nothing beside the AWS CLI and POSIX tools.

use super::Target;
use super::step::{Call, Keep, Piece, Step, pieces};
use crate::plan::command::{Shell, quote};

const HEAD: &str = include_str!("head.sh");
const TAIL: &str = include_str!("tail.sh");

pub(super) fn script(target: &Target, steps: &[Step]) -> String {
    let (comment, functions) = HEAD.split_once("#---\n").unwrap_or(("", HEAD));
    let mut out = comment.to_owned();
    out.push('\n');
    for (name, value) in target.variables() {
        out.push_str(&format!("{name}={}\n", quote(&value, Shell::Bash)));
    }
    out.push_str(functions);
    out.push_str("\ncollect() {\n");
    write(steps, 1, &mut out);
    out.push_str("}\n");
    out.push_str(TAIL);
    out
}

fn write(steps: &[Step], depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    for step in steps {
        match step {
            Step::Say(text) => out.push_str(&format!("{indent}say {}\n", word(text))),
            Step::Call(call) => out.push_str(&format!("{indent}{}\n", command(call))),
            Step::Each { tag, names, body } => each(tag, names, body, depth, out),
            Step::Without { tag, body } => {
                out.push_str(&format!("{indent}if [ -z \"$(list {tag})\" ]; then\n"));
                write(body, depth + 1, out);
                out.push_str(&format!("{indent}fi\n"));
            }
            Step::Forget(tag) => out.push_str(&format!("{indent}forget {tag}\n")),
            Step::Note { tag, value } => out.push_str(&format!("{indent}note {tag} {}\n", word(value))),
            Step::Derive(function) => out.push_str(&format!("{indent}{function}\n")),
        }
    }
}

fn each(tag: &str, names: &[&str], body: &[Step], depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    if let [only] = names {
        out.push_str(&format!("{indent}for {only} in $(list {tag}); do\n"));
    } else {
        out.push_str(&format!("{indent}for row in $(list {tag}); do\n"));
        for (index, name) in names.iter().enumerate() {
            out.push_str(&format!("{indent}  {name}=$(value \"$row\" {})\n", index + 1));
        }
    }
    write(body, depth + 1, out);
    out.push_str(&format!("{indent}done\n"));
}

/// `call OPERATION KEEP LEARN REGION SERVICE COMMAND --option value…`.
fn command(call: &Call) -> String {
    let keep = match call.keep {
        Keep::Whole => "''".to_owned(),
        Keep::Nothing => "-".to_owned(),
        Keep::Without(query) => quote(query, Shell::Bash),
    };
    let mut words = vec![
        "call".to_owned(),
        call.operation.name().to_owned(),
        keep,
        word(call.learn.unwrap_or_default()),
    ];
    words.push(word(call.at.unwrap_or("{region}")));
    words.extend(call.operation.cli().split(' ').skip(1).map(str::to_owned));
    for (name, values) in &call.options {
        words.push(format!("--{name}"));
        words.extend(values.iter().map(|value| word(value)));
    }
    words.join(" ")
}

/// A word in which variables stand for their values, and nothing else is read.
fn word(text: &str) -> String {
    let pieces = pieces(text);
    if !text.contains('\'') && !pieces.iter().any(|piece| matches!(piece, Piece::Variable(_))) {
        return quote(text, Shell::Bash);
    }
    let mut out = "\"".to_owned();
    for piece in pieces {
        match piece {
            Piece::Variable(name) => out.push_str(&format!("${{{name}}}")),
            Piece::Text(text) => {
                for c in text.chars() {
                    if matches!(c, '"' | '\\' | '$' | '`') {
                        out.push('\\');
                    }
                    out.push(c);
                }
            }
        }
    }
    out.push('"');
    out
}
