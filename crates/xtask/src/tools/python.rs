//! Python packages, in an environment of their own inside the tools folder.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use super::system;
use crate::process;
use crate::project::{self, Project};
use crate::ui::{Context, Failure, Outcome};

/// Pins every package of a folder, dependencies included.
const REQUIREMENTS: &str = "requirements.txt";
/// The copy of it in the environment: another one means that the pins have changed since.
const INSTALLED: &str = "installed.txt";

fn environment(project: &Project, folder: &str) -> PathBuf {
    project.tools.join(format!("python-{}", folder.replace('/', "-")))
}

/// The interpreter that has the packages of a folder.
pub(crate) fn interpreter(project: &Project, folder: &str) -> PathBuf {
    let programs = if cfg!(windows) { "Scripts" } else { "bin" };
    environment(project, folder).join(programs).join("python")
}

pub(crate) fn has_packages(project: &Project, folder: &str) -> bool {
    let wanted = project::read(&project.path(folder).join(REQUIREMENTS));
    let installed = project::read(&environment(project, folder).join(INSTALLED));
    matches!((wanted, installed), (Ok(wanted), Ok(installed)) if wanted == installed)
}

pub(crate) fn install_packages(project: &Project, folder: &str) -> Outcome<()> {
    let environment = environment(project, folder);
    if environment.exists() {
        std::fs::remove_dir_all(&environment).context(|| format!("removing {}", environment.display()))?;
    }
    let create = |python: &str| process::succeeds(Command::new(python).args(["-m", "venv"]).arg(&environment));
    let named = env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    if !create(&named) {
        let advice = "elsewhere install Python 3.11 or newer with venv, and set PYTHON to it";
        system::install(project, &["python3", "python3-venv"], advice)?;
        if !create(&named) {
            return Err(Failure::new(format!("`{named} -m venv` does not work")).advise(advice));
        }
    }
    let wanted = project.path(folder).join(REQUIREMENTS);
    let log = project.tools.join("logs").join(format!("pip-{}.log", folder.replace('/', "-")));
    let mut install = Command::new(interpreter(project, folder));
    install
        .args(["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--requirement"])
        .arg(&wanted);
    process::logged("pip", &mut install, &log)?;
    project::write(&environment.join(INSTALLED), project::read(&wanted)?)
}
