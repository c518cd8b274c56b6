//! Node, and what comes from npm.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use super::system;
use crate::process;
use crate::project::{self, Project};
use crate::ui::{Failure, Outcome};

/// The version of wasm-opt. Debian's 108 cannot read what today's rustc writes.
pub(crate) const BINARYEN: &str = "132.0.0";
/// `node:test` and the page tests need it.
const OLDEST_NODE: u32 = 20;

pub(crate) fn has_node() -> bool {
    let version = process::output(Command::new("node").arg("--version")).unwrap_or_default();
    let major = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|major| major.parse::<u32>().ok());
    major.is_some_and(|major| major >= OLDEST_NODE) && process::succeeds(Command::new("npm").arg("--version"))
}

pub(crate) fn install_node(project: &Project) -> Outcome<()> {
    let advice = format!("Node {OLDEST_NODE} or newer with npm is needed, see nodejs.org");
    system::install(project, &["nodejs", "npm"], &advice)?;
    if has_node() {
        Ok(())
    } else {
        Err(Failure::new("the system's Node is too old").advise(advice))
    }
}

pub(crate) fn binaryen_folder(project: &Project) -> PathBuf {
    project.tools.join(format!("binaryen-{BINARYEN}"))
}

pub(crate) fn has_wasm_opt(project: &Project) -> bool {
    binaryen_folder(project).join("node_modules/.bin/wasm-opt").exists()
}

pub(crate) fn install_wasm_opt(project: &Project) -> Outcome<()> {
    let folder = binaryen_folder(project);
    project::create(&folder)?;
    let mut install = npm(&folder);
    // It has no dependencies: its own version pins everything.
    install
        .args(["install", "--prefix"])
        .arg(&folder)
        .arg(format!("binaryen@{BINARYEN}"));
    process::logged("npm", &mut install, &project.tools.join("logs/binaryen.log"))
}

/// npm leaves a copy of the lock file in what it installed; an older one means that the lock has changed since.
pub(crate) fn has_modules(project: &Project, folder: &str) -> bool {
    let changed = |file: &str| -> Option<SystemTime> {
        fs::metadata(project.path(folder).join(file))
            .and_then(|metadata| metadata.modified())
            .ok()
    };
    // Without a lock file there is nothing to install.
    changed("package-lock.json").is_none_or(|lock| changed("node_modules/.package-lock.json") >= Some(lock))
}

pub(crate) fn install_modules(project: &Project, folder: &str) -> Outcome<()> {
    let log = project.tools.join("logs").join(format!("npm-{}.log", folder.replace('/', "-")));
    process::logged("npm", npm(&project.path(folder)).arg("ci"), &log)
}

fn npm(folder: &Path) -> Command {
    let mut command = Command::new("npm");
    command
        .current_dir(folder)
        .args(["--no-audit", "--no-fund", "--no-progress", "--ignore-scripts"]);
    command
}
