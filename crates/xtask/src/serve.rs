//! `cargo xtask serve`: the page on this machine.

use std::net::{Ipv4Addr, TcpListener};
use std::process::Command;

use crate::process;
use crate::project::{Project, in_ci};
use crate::tools::{self, Tool};
use crate::ui::{Failure, Outcome, progress, timed};

pub(crate) const DEFAULT_PORT: u16 = 8080;

pub(crate) fn run(project: &Project, port: u16) -> Outcome<()> {
    // Asked first: nobody wants to wait for the set-up and then read this.
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| {
        Failure::new(format!("port {port} of 127.0.0.1 cannot be used: {error}")).advise(format!(
            "stop what uses it, or take another: `cargo xtask serve --port {}`",
            port.wrapping_add(1)
        ))
    })?;
    tools::ensure(project, &[Tool::WasmTarget, Tool::Trunk, Tool::WasmBindgen])?;
    fetch(project)?;
    progress(format!(
        "building the page; then it answers on http://127.0.0.1:{port}/ (stop with Ctrl-C)"
    ));
    let mut serve = trunk(project)?;
    serve
        .args(["serve", "--cargo-profile", "serve", "--port", &port.to_string(), "--dist"])
        // `dist/` is for what is shipped.
        .arg(project.target.join("page"));
    process::hand_over_to(&mut serve)
}

/// Trunk works offline (else it would download tools of its own), so cargo has to have the crates before.
pub(crate) fn fetch(project: &Project) -> Outcome<()> {
    let mut fetch = Command::new("cargo");
    fetch.current_dir(&project.root).args(["fetch", "--quiet"]);
    if in_ci() {
        fetch.arg("--locked");
    }
    timed("fetching crates", || process::show(&mut fetch))
}

/// The variable by which the page learns what it was built from.
pub(crate) const BUILD: &str = "PULLDOCTOR_BUILD";

/// The commit, as the page's foot shows it; empty outside of a checkout.
pub(crate) fn build(project: &Project) -> String {
    let mut git = Command::new("git");
    git.current_dir(&project.root).args(["rev-parse", "--short", "HEAD"]);
    process::output(&mut git).unwrap_or_default().trim().to_owned()
}

/// Trunk with the project's tools on its `PATH`.
pub(crate) fn trunk(project: &Project) -> Outcome<Command> {
    let mut command = Command::new("trunk");
    command
        .current_dir(&project.root)
        .env("PATH", tools::search_path(project)?)
        .env(BUILD, build(project))
        // Where a build fails, the compiler's own words would be lost above a trace of Trunk.
        .env("RUST_BACKTRACE", "0")
        // A terminal's "1" is not the word that Trunk's own option understands.
        .env_remove("NO_COLOR");
    project.with_target(&mut command);
    Ok(command)
}
