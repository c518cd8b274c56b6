//! `pulldoctor`: reads what a customer pasted or sent, and says why an Amazon ECS task did not start.

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use cli::options::{Asking, Reading, Showing};
use cli::{Unusable, commands, input, output, status};

/// Says why an Amazon ECS task did not start, from pasted AWS outputs: no credentials, no network.
#[derive(Debug, Parser)]
#[command(name = "pulldoctor", version, arg_required_else_help = true, subcommand_required = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read every file (a folder or ZIP archive: every file in it; `-` or nothing: standard input) as one case and print the diagnosis
    Diagnose {
        #[command(flatten)]
        reading: Reading,
        #[command(flatten)]
        showing: Showing,
        #[command(flatten)]
        asking: Asking,
        /// Files and folders of an earlier set of outputs of the same case: says what changed since, and whether the cause is gone; may be repeated
        #[arg(long, value_name = "PATH")]
        before: Vec<PathBuf>,
    },
    /// Print what to collect next, as commands filled in with the ids known so far, what decides most first
    Plan {
        #[command(flatten)]
        reading: Reading,
        #[command(flatten)]
        planning: commands::Planning,
        #[command(flatten)]
        showing: Showing,
        #[command(flatten)]
        asking: Asking,
    },
    /// Print a read-only script that collects everything in one go, for the customer to run once
    Collect {
        #[command(flatten)]
        collecting: commands::Collecting,
    },
    /// Print the least policies that this task needs: execution role, trust, and endpoint policies where it uses endpoints
    Policy {
        #[command(flatten)]
        reading: Reading,
        #[command(flatten)]
        showing: Showing,
        #[command(flatten)]
        asking: Asking,
    },
    /// Print the same evidence with account ids, names, ids, addresses and secrets replaced consistently
    ///
    /// Names that only a sentence tells to be names, such as a person's name in prose, stay: read the result before you hand it on.
    Redact {
        #[command(flatten)]
        reading: Reading,
    },
    /// Print a finding's page
    Explain {
        /// The finding's code, such as network.no-route; nothing: list the codes
        code: Option<String>,
        #[command(flatten)]
        showing: Showing,
    },
}

fn main() -> ExitCode {
    let done = match Arguments::try_parse() {
        Ok(arguments) => run(arguments.command),
        Err(error) => return refused(&error),
    };
    match done {
        Ok((text, status)) => printed(&text, status),
        Err(unusable) => {
            eprintln!("{unusable}");
            ExitCode::from(status::UNUSABLE)
        }
    }
}

fn run(command: Command) -> Result<(String, u8), Unusable> {
    let colour = output::colour(io::stdout().is_terminal(), std::env::var_os("NO_COLOR").as_deref());
    match command {
        Command::Diagnose {
            reading,
            showing,
            asking,
            before,
        } => {
            let sources = input::gather(&reading.paths, &mut input::standard(), input::MOST_BYTES)?;
            if !before.is_empty() {
                let before = input::gather(&before, &mut input::standard(), input::MOST_BYTES)?;
                return commands::compare(&before, &sources, &showing, &asking, colour);
            }
            commands::diagnose(&sources, &showing, &asking, colour)
        }
        Command::Plan {
            reading,
            planning,
            showing,
            asking,
        } => {
            let sources = input::gather(&reading.paths, &mut input::standard(), input::MOST_BYTES)?;
            commands::plan(&sources, &planning, &showing, &asking)
        }
        Command::Collect { collecting } => commands::collect(&collecting),
        Command::Policy { reading, showing, asking } => {
            let sources = input::gather(&reading.paths, &mut input::standard(), input::MOST_BYTES)?;
            commands::policy(&sources, showing.lang, asking.task.as_deref())
        }
        Command::Redact { reading } => {
            let sources = input::gather(&reading.paths, &mut input::standard(), input::MOST_BYTES)?;
            commands::redact(&sources)
        }
        Command::Explain { code, showing } => commands::explain(code.as_deref(), showing.lang),
    }
}

fn printed(text: &str, status: u8) -> ExitCode {
    match output::print(&mut io::stdout(), text) {
        Ok(()) => ExitCode::from(status),
        Err(_) => ExitCode::from(status::UNUSABLE),
    }
}

/// Help and version go to standard output; what is wrong goes to standard error, in one line.
fn refused(error: &clap::Error) -> ExitCode {
    match Unusable::from_arguments(error) {
        None => printed(&error.render().to_string(), status::NOTHING_FAILING),
        Some(unusable) => {
            eprintln!("{unusable}");
            ExitCode::from(status::UNUSABLE)
        }
    }
}
