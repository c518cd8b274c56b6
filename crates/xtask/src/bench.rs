//! `cargo xtask bench`: how fast reading is, native and in WebAssembly, next to a plain parse of the same text.

use std::process::Command;

use crate::dist;
use crate::process;
use crate::project::{self, Project};
use crate::tools::{self, Tool};
use crate::ui::{Outcome, progress, timed};

const TOOLS: [Tool; 5] = [
    Tool::WasmTarget,
    Tool::WasmBindgen,
    Tool::Node,
    Tool::WasmOpt,
    Tool::NodeModules("tests/package"),
];

pub(crate) fn run(project: &Project) -> Outcome<()> {
    tools::ensure(project, &TOOLS)?;
    crate::serve::fetch(project)?;
    let benches = with_benches(project)?;
    if benches.is_empty() {
        progress("no crate has benches/ yet");
    }
    for package in benches {
        let mut bench = Command::new("cargo");
        bench
            .current_dir(&project.root)
            .env("CARGO_TARGET_DIR", &project.target)
            .args(["bench", "--package", &package]);
        timed(&format!("native, {package}"), || process::show(&mut bench))?;
    }
    timed("in WebAssembly, against JSON.parse", || {
        dist::build_npm_package(project)?;
        dist::install_npm_package(project, "tests/package")?;
        process::show(
            Command::new("node")
                .current_dir(project.path("tests/package"))
                .arg("bench.mjs"),
        )
    })
}

/// The crates that have a `benches` folder.
fn with_benches(project: &Project) -> Outcome<Vec<String>> {
    let manifests = project::files(&project.path("crates"), "Cargo.toml")?;
    let folders = manifests.iter().filter_map(|manifest| manifest.parent());
    let with = folders.filter(|folder| folder.join("benches").is_dir());
    Ok(with
        .filter_map(|folder| folder.file_name())
        .map(|name| name.to_string_lossy().into_owned())
        .collect())
}
