//! Where things are.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::ui::{Context, Failure, Outcome};

/// Another implementation of IAM's decisions, which runs as a program of its own.
pub(crate) const SIMULATOR: &str = "tests/oracle-iam";

/// The folders of this checkout.
pub(crate) struct Project {
    /// The workspace.
    pub(crate) root: PathBuf,
    /// Where tools are installed: `.tools/`, or what `PULLDOCTOR_TOOLS` names.
    pub(crate) tools: PathBuf,
    /// Where cargo builds.
    pub(crate) target: PathBuf,
}

impl Project {
    /// From the place of this crate, which cargo compiled in.
    pub(crate) fn find() -> Outcome<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .ancestors()
            .nth(2)
            .ok_or_else(|| Failure::new("crates/xtask has no workspace above it"))?
            .to_path_buf();
        let from_env = |name, default: &str| env::var_os(name).map_or_else(|| root.join(default), |path| root.join(path));
        let tools = from_env("PULLDOCTOR_TOOLS", ".tools");
        let target = from_env("CARGO_TARGET_DIR", "target");
        Ok(Self { root, tools, target })
    }

    /// Gives a command the folder of the public simulator that our decisions are compared with.
    pub(crate) fn with_simulator(&self, command: &mut Command) {
        let folder = self.path(SIMULATOR);
        if folder.is_dir() {
            command.env("PULLDOCTOR_ORACLE_IAM", folder);
        }
    }

    /// Gives a command that builds its folder. In the automatic check nothing is built twice, so what a second build would
    /// go on from only fills the disk.
    pub(crate) fn with_target(&self, command: &mut Command) {
        command.env("CARGO_TARGET_DIR", &self.target);
        if in_ci() {
            command.env("CARGO_INCREMENTAL", "0");
        }
    }

    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// The path as shown to a person: relative to the workspace where it lies in it.
    pub(crate) fn show(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).display().to_string()
    }
}

/// Is this the automatic check, where nobody is there to answer?
pub(crate) fn in_ci() -> bool {
    env::var_os("CI").is_some()
}

pub(crate) fn read(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).context(|| format!("reading {}", path.display()))
}

pub(crate) fn read_bytes(path: &Path) -> Outcome<Vec<u8>> {
    fs::read(path).context(|| format!("reading {}", path.display()))
}

/// Writes a file and the folders above it.
pub(crate) fn write(path: &Path, content: impl AsRef<[u8]>) -> Outcome<()> {
    if let Some(parent) = path.parent() {
        create(parent)?;
    }
    fs::write(path, content).context(|| format!("writing {}", path.display()))
}

pub(crate) fn create(folder: &Path) -> Outcome<()> {
    fs::create_dir_all(folder).context(|| format!("creating {}", folder.display()))
}

/// Every file below a folder whose name ends so, in the order of their paths. Hidden and built folders are passed over.
pub(crate) fn files(folder: &Path, ending: &str) -> Outcome<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).context(|| format!("listing {}", folder.display()))? {
            let path = entry.context(|| format!("listing {}", folder.display()))?.path();
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let passed_over = name.starts_with('.') || name == "target" || name == "node_modules";
            if path.is_dir() && !passed_over {
                folders.push(path);
            } else if name.ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}
