//! Installing with the system's package manager, where that is allowed without asking anybody.

use std::process::Command;

use crate::process;
use crate::project::Project;
use crate::ui::{Failure, Outcome};

pub(crate) fn has_shellcheck() -> bool {
    process::succeeds(Command::new("shellcheck").arg("--version"))
}

pub(crate) fn install_shellcheck(project: &Project) -> Outcome<()> {
    install(project, &["shellcheck"], "elsewhere see shellcheck.net")
}

/// Installs Debian packages. `advice` is what a person can do on any other system.
pub(crate) fn install(project: &Project, packages: &[&str], advice: &str) -> Outcome<()> {
    let by_hand = format!("on Debian or Ubuntu run `sudo apt-get install -y {}`; {advice}", packages.join(" "));
    if !process::succeeds(Command::new("apt-get").arg("--version")) {
        return Err(Failure::new(format!("{} not found", packages.join(", "))).advise(by_hand));
    }
    let prefix: &[&str] = if is_root() {
        &[]
    } else if process::succeeds(Command::new("sudo").args(["-n", "true"])) {
        &["sudo", "-n"]
    } else {
        return Err(Failure::new(format!("{} not found, and installing needs root", packages.join(", "))).advise(by_hand));
    };
    let log = project.tools.join("logs/apt.log");
    let mut update = apt(prefix, &["update"]);
    let mut install = apt(prefix, &["install", "-y", "--no-install-recommends"]);
    install.args(packages);
    process::logged("apt-get update", &mut update, &log)
        .and_then(|()| process::logged("apt-get install", &mut install, &log))
        .map_err(|failure| Failure::new(failure.to_string()).advise(by_hand))
}

fn apt(prefix: &[&str], arguments: &[&str]) -> Command {
    let words: Vec<&str> = prefix
        .iter()
        .copied()
        .chain(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"])
        .collect();
    let mut command = Command::new("env");
    command.args(words).args(arguments);
    command
}

fn is_root() -> bool {
    process::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}
