//! Parts of the Rust toolchain that rustup adds. `rust-toolchain.toml` names them too;
//! a rustup that does not install from it by itself is helped here.

use std::path::Path;
use std::process::Command;

use crate::process;
use crate::project::Project;
use crate::ui::{Failure, Outcome};

const WASM: &str = "wasm32-unknown-unknown";

pub(crate) fn has_wasm_target(project: &Project) -> bool {
    let mut ask = Command::new("rustc");
    ask.current_dir(&project.root).args(["--print", "target-libdir", "--target", WASM]);
    process::output(&mut ask).is_ok_and(|folder| Path::new(folder.trim()).is_dir())
}

pub(crate) fn add_wasm_target(project: &Project) -> Outcome<()> {
    rustup(project, &["target", "add", WASM])
}

pub(crate) fn has_linters(project: &Project) -> bool {
    ["fmt", "clippy"]
        .iter()
        .all(|linter| process::succeeds(Command::new("cargo").current_dir(&project.root).args([linter, "--version"])))
}

pub(crate) fn add_linters(project: &Project) -> Outcome<()> {
    rustup(project, &["component", "add", "rustfmt", "clippy"])
}

fn rustup(project: &Project, arguments: &[&str]) -> Outcome<()> {
    process::show(Command::new("rustup").current_dir(&project.root).args(arguments)).map_err(|failure| {
        Failure::new(failure.to_string()).advise(format!(
            "install rustup, or run `rustup {}` with a connection to the Rust downloads",
            arguments.join(" ")
        ))
    })
}
