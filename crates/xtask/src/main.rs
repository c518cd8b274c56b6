//! The project's tasks: `cargo xtask serve | test | dist | bench | new-finding`.
//!
//! Each command installs what it is missing, pinned, into `.tools/`, shows what it is doing,
//! and says what to do where it fails.

mod bench;
mod check;
mod dist;
mod new_finding;
mod process;
mod project;
mod serve;
mod test;
mod tools;
mod ui;

use std::process::ExitCode;

use lexopt::prelude::{Long, Short, Value, ValueExt as _};
use ui::{Failure, Outcome};

const USAGE: &str = "\
Usage: cargo xtask COMMAND

  serve [--port N]         build the page and serve it on http://127.0.0.1:8080/
  test [STEP…]             run every check and test (or only the named steps)
  dist                     build dist/ for any static host, and dist/pulldoctor.html
  bench                    measure reading, native and in WebAssembly
  new-finding AREA.SLUG    start a finding: crates/diagnosis/src/findings/AREA/SLUG.rs

Missing tools are installed into .tools/ first; PULLDOCTOR_TOOLS names another folder,
CHROME_PATH another browser for the page tests.";

/// What was asked for on the command line.
enum Command {
    Help,
    Serve { port: u16 },
    Test { only: Vec<String> },
    Dist,
    Bench,
    NewFinding { code: String },
}

fn main() -> ExitCode {
    let result = parse().and_then(run);
    match result {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("\n{failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Outcome<ExitCode> {
    let project = project::Project::find()?;
    match command {
        Command::Help => println!("{USAGE}"),
        Command::Serve { port } => serve::run(&project, port)?,
        Command::Test { only } => return test::run(&project, &only),
        Command::Dist => dist::run(&project)?,
        Command::Bench => bench::run(&project)?,
        Command::NewFinding { code } => new_finding::run(&project, &code)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn parse() -> Outcome<Command> {
    let usage = |error: lexopt::Error| Failure::new(error.to_string()).advise(USAGE);
    let mut parser = lexopt::Parser::from_env();
    let mut words: Vec<String> = Vec::new();
    let mut port = serve::DEFAULT_PORT;
    while let Some(argument) = parser.next().map_err(usage)? {
        match argument {
            Long("help") | Short('h') => return Ok(Command::Help),
            Long("port") => port = parser.value().and_then(|value| value.parse()).map_err(usage)?,
            Value(word) => words.push(word.to_string_lossy().into_owned()),
            other => return Err(usage(other.unexpected())),
        }
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] | ["help"] => Ok(Command::Help),
        ["serve"] => Ok(Command::Serve { port }),
        ["test", only @ ..] => Ok(Command::Test {
            only: only.iter().map(|&step| step.to_owned()).collect(),
        }),
        ["dist"] => Ok(Command::Dist),
        ["bench"] => Ok(Command::Bench),
        ["new-finding", code] => Ok(Command::NewFinding { code: (*code).to_owned() }),
        _ => Err(Failure::new(format!("not understood: {}", words.join(" "))).advise(USAGE)),
    }
}
