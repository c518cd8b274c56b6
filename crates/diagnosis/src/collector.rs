//! The collector: one read-only script that the customer runs once, and that leaves one bundle (`pulldoctor.bundle/1`) behind.
//!
//! The chain of calls is written down once (`collector/chain.rs`); the bash and the PowerShell script, the list of calls and the least
//! IAM policy are four views of it. The scripts need the AWS CLI and nothing else, go on where a call is denied (the denial is evidence),
//! and never print what a secret or an environment variable holds.

mod bash;
mod chain;
mod members;
mod permissions;
mod powershell;
mod step;
mod target;

pub use permissions::policy;
pub use target::{Target, cluster_of};

use std::collections::BTreeSet;

use crate::plan::{Shell, quote};
use evidence::Operation;
use step::{Call, Piece, Step, pieces};

/// The shell that the script is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Script {
    /// bash 3 or later: AWS CloudShell, Linux, macOS.
    #[default]
    Bash,
    /// Windows PowerShell 5.1 and PowerShell 7.
    PowerShell,
}

/// The script.
#[must_use]
pub fn script(target: &Target, shell: Script) -> String {
    match shell {
        Script::Bash => bash::script(target, &chain::steps()),
        Script::PowerShell => powershell::script(target, &chain::steps()),
    }
}

/// Every call that the script may make, as commands with `<…>` where an id is only known once it runs; in the order of the script.
#[must_use]
pub fn calls(target: &Target) -> Vec<String> {
    let known = target.variables();
    let mut seen = BTreeSet::new();
    let mut lines = Vec::new();
    visit(&chain::steps(), &mut |call| {
        let line = listed(call, &known);
        if seen.insert(line.clone()) {
            lines.push(line);
        }
    });
    lines
}

/// Every operation that the script may call.
#[must_use]
pub fn operations() -> BTreeSet<Operation> {
    let mut found = BTreeSet::new();
    visit(&chain::steps(), &mut |call| {
        found.insert(call.operation);
    });
    found
}

fn visit<'a>(steps: &'a [Step], each: &mut dyn FnMut(&'a Call)) {
    for step in steps {
        match step {
            Step::Call(call) => each(call),
            Step::Each { body, .. } | Step::Without { body, .. } => visit(body, each),
            Step::Say(_) | Step::Forget(_) | Step::Note { .. } | Step::Derive(_) => {}
        }
    }
}

fn listed(call: &Call, known: &[(&'static str, String)]) -> String {
    let mut line = call.operation.cli().to_owned();
    let value = |name: &str| {
        let known = known.iter().find(|(known, value)| *known == name && !value.is_empty());
        known.map_or_else(|| format!("<{name}>"), |(_, value)| quote(value, Shell::Bash))
    };
    for (name, values) in &call.options {
        line.push_str(" --");
        line.push_str(name);
        for text in values {
            line.push(' ');
            for piece in pieces(text) {
                match piece {
                    Piece::Text(text) => line.push_str(text),
                    Piece::Variable(name) => line.push_str(&value(name)),
                }
            }
        }
    }
    line
}
