//! The tools that the tasks need: each is looked for, and installed where it is missing.

mod cargo_tool;
mod chromium;
mod npm;
mod python;
mod rust;
mod system;

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::thread;

pub(crate) use chromium::find as find_chromium;
pub(crate) use python::interpreter as python;

use crate::project::Project;
use crate::ui::{Context, Failure, Outcome, progress, timed};
use cargo_tool::CargoTool;

/// A thing that must be on the machine before a task can run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tool {
    /// rustc's standard library for WebAssembly.
    WasmTarget,
    /// `cargo fmt` and `cargo clippy`.
    Linters,
    /// The bundler of the page.
    Trunk,
    /// Makes the JavaScript side of a WebAssembly module.
    WasmBindgen,
    /// Checks licences, bans and sources of dependencies.
    CargoDeny,
    /// `node` and `npm`.
    Node,
    /// Shrinks WebAssembly; comes from npm.
    WasmOpt,
    /// The packages of a folder that has a `package-lock.json`.
    NodeModules(&'static str),
    /// The packages of a folder that has a `requirements.txt`.
    PythonPackages(&'static str),
    /// The linter of shell scripts.
    Shellcheck,
    /// The browser of the page tests.
    Chromium,
}

impl Tool {
    fn name(self) -> String {
        match self {
            Self::WasmTarget => "the wasm32-unknown-unknown target".to_owned(),
            Self::Linters => "rustfmt and clippy".to_owned(),
            Self::Trunk => cargo_tool::TRUNK.title(),
            Self::WasmBindgen => cargo_tool::WASM_BINDGEN.title(),
            Self::CargoDeny => cargo_tool::CARGO_DENY.title(),
            Self::Node => "node and npm".to_owned(),
            Self::WasmOpt => format!("wasm-opt {} (npm binaryen)", npm::BINARYEN),
            Self::NodeModules(folder) => format!("npm packages of {folder}"),
            Self::PythonPackages(folder) => format!("Python packages of {folder}"),
            Self::Shellcheck => "shellcheck".to_owned(),
            Self::Chromium => "Chromium".to_owned(),
        }
    }

    const fn compiled(self) -> Option<&'static CargoTool> {
        match self {
            Self::Trunk => Some(&cargo_tool::TRUNK),
            Self::WasmBindgen => Some(&cargo_tool::WASM_BINDGEN),
            Self::CargoDeny => Some(&cargo_tool::CARGO_DENY),
            _ => None,
        }
    }

    fn present(self, project: &Project) -> bool {
        if let Some(tool) = self.compiled() {
            return tool.present(project);
        }
        match self {
            Self::WasmTarget => rust::has_wasm_target(project),
            Self::Linters => rust::has_linters(project),
            Self::Node => npm::has_node(),
            Self::WasmOpt => npm::has_wasm_opt(project),
            Self::NodeModules(folder) => npm::has_modules(project, folder),
            Self::PythonPackages(folder) => python::has_packages(project, folder),
            Self::Shellcheck => system::has_shellcheck(),
            _ => chromium::find().is_some(),
        }
    }

    fn install(self, project: &Project) -> Outcome<()> {
        if let Some(tool) = self.compiled() {
            return tool.install(project);
        }
        match self {
            Self::WasmTarget => rust::add_wasm_target(project),
            Self::Linters => rust::add_linters(project),
            Self::Node => npm::install_node(project),
            Self::WasmOpt => npm::install_wasm_opt(project),
            Self::NodeModules(folder) => npm::install_modules(project, folder),
            Self::PythonPackages(folder) => python::install_packages(project, folder),
            Self::Shellcheck => system::install_shellcheck(project),
            _ => chromium::install(project),
        }
    }
}

/// Installs what is missing of these. Compiling and downloading go on at the same time.
pub(crate) fn ensure(project: &Project, wanted: &[Tool]) -> Outcome<()> {
    let missing: Vec<Tool> = wanted.iter().copied().filter(|tool| !tool.present(project)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<String> = missing.iter().map(|tool| tool.name()).collect();
    progress(format!("set-up, once: {}", names.join(", ")));
    let (compiled, fetched): (Vec<Tool>, Vec<Tool>) = missing.iter().partition(|tool| tool.compiled().is_some());
    thread::scope(|scope| {
        let other = scope.spawn(|| install_all(project, &fetched));
        let compiling = install_all(project, &compiled);
        let fetching = other.join().unwrap_or_else(|_| Err(Failure::new("the set-up stopped half-way")));
        compiling.and(fetching)
    })?;
    remove_build_folder(project)
}

fn install_all(project: &Project, tools: &[Tool]) -> Outcome<()> {
    tools
        .iter()
        .try_for_each(|tool| timed(&format!("installing {}", tool.name()), || tool.install(project)))
}

/// What the installed programs were compiled in is as large as it is useless afterwards.
fn remove_build_folder(project: &Project) -> Outcome<()> {
    let folder = cargo_tool::build_folder(project);
    if folder.exists() {
        fs::remove_dir_all(&folder).context(|| format!("removing {}", folder.display()))?;
    }
    Ok(())
}

/// `PATH` with the project's own tools in front, so that the pinned versions are found first.
pub(crate) fn search_path(project: &Project) -> Outcome<OsString> {
    let own: [PathBuf; 4] = [
        cargo_tool::TRUNK.folder(project).join("bin"),
        cargo_tool::WASM_BINDGEN.folder(project).join("bin"),
        cargo_tool::CARGO_DENY.folder(project).join("bin"),
        npm::binaryen_folder(project).join("node_modules/.bin"),
    ];
    let inherited = env::var_os("PATH").unwrap_or_default();
    env::join_paths(own.into_iter().chain(env::split_paths(&inherited))).context(|| "composing PATH".to_owned())
}

/// The versions of wasm-bindgen and (its first number only, as it calls itself) of wasm-opt.
pub(crate) fn pinned() -> (&'static str, &'static str) {
    let opt = npm::BINARYEN.split('.').next().unwrap_or(npm::BINARYEN);
    (cargo_tool::WASM_BINDGEN.version(), opt)
}
