//! `cargo xtask bench`: how fast reading is, native and in WebAssembly, next to a plain parse of the same text, and how fast
//! policies are decided, next to a public simulator.

use std::process::Command;

use crate::dist;
use crate::process;
use crate::project::{self, Project, SIMULATOR};
use crate::tools::{self, Tool};
use crate::ui::{Outcome, progress, timed};

/// Where the bench for Node and Chromium is; it shares the page tests' driver of the browser.
const BENCH: &str = "tests/browser";
const TOOLS: [Tool; 7] = [
    Tool::WasmTarget,
    Tool::WasmBindgen,
    Tool::Node,
    Tool::WasmOpt,
    Tool::NodeModules(BENCH),
    Tool::NodeModules(SIMULATOR),
    Tool::Chromium,
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
        bench.current_dir(&project.root).args(["bench", "--package", &package]);
        project.with_target(&mut bench);
        // The bench of `policy` runs it on the same cases, side by side.
        project.with_simulator(&mut bench);
        timed(&format!("native, {package}"), || process::show(&mut bench))?;
    }
    let module = project.target.join("bench-module");
    timed("building for WebAssembly", || {
        dist::compile(project, "package", &["bench"])?;
        dist::bind(project, "package", "web", "pulldoctor", &module)
    })?;
    let mut bench = Command::new("node");
    bench
        .current_dir(project.path(BENCH))
        .arg("bench.mjs")
        .env("PULLDOCTOR_BENCH_MODULE", module);
    if let Some(chromium) = tools::find_chromium() {
        bench.env("CHROME_PATH", chromium);
    }
    timed("in WebAssembly, against JSON.parse", || process::show(&mut bench))
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
