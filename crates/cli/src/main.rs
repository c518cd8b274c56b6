//! `pulldoctor`: reads what a customer pasted or sent, and says why an Amazon ECS task did not start.

use std::io;
use std::process::ExitCode;

use clap::Parser;
use cli::{Unusable, output, status};

/// Says why an Amazon ECS task did not start, from pasted AWS outputs: no credentials, no network.
#[derive(Debug, Parser)]
#[command(name = "pulldoctor", version, arg_required_else_help = true)]
struct Arguments {}

fn main() -> ExitCode {
    match Arguments::try_parse() {
        Ok(Arguments {}) => ExitCode::from(status::NOTHING_FAILING),
        Err(error) => refused(&error),
    }
}

/// Help and version go to standard output; what is wrong goes to standard error, in one line.
fn refused(error: &clap::Error) -> ExitCode {
    match Unusable::from_arguments(error) {
        None => match output::print(&mut io::stdout(), &error.render().to_string()) {
            Ok(()) => ExitCode::from(status::NOTHING_FAILING),
            Err(_) => ExitCode::from(status::UNUSABLE),
        },
        Some(unusable) => {
            eprintln!("{unusable}");
            ExitCode::from(status::UNUSABLE)
        }
    }
}
