//! `cargo xtask dist`: what is shipped. `dist/` for any static host, and `dist/pulldoctor.html`,
//! the same page as one file that runs from `file://`.

mod npm_package;
mod single_file;
mod sizes;
mod types;

use std::path::Path;
use std::process::Command;

pub(crate) use npm_package::{build as build_npm_package, install as install_npm_package};
pub(crate) use sizes::check as check_sizes;

use crate::process;
use crate::project::Project;
use crate::serve;
use crate::tools::{self, Tool};
use crate::ui::{Outcome, timed};

/// What the build needs.
const TOOLS: [Tool; 5] = [Tool::WasmTarget, Tool::Trunk, Tool::WasmBindgen, Tool::Node, Tool::WasmOpt];

pub(crate) fn run(project: &Project) -> Outcome<()> {
    tools::ensure(project, &TOOLS)?;
    serve::fetch(project)?;
    build(project)?;
    timed("npm package", || npm_package::build(project))?;
    sizes::check(project)
}

/// Builds `dist/` and `dist/pulldoctor.html`.
pub(crate) fn build(project: &Project) -> Outcome<()> {
    let dist = project.path("dist");
    timed("page for a static host", || {
        process::show(serve::trunk(project)?.args(["build", "--release", "--dist"]).arg(&dist))
    })?;
    timed("page in one file", || single_file::pack(project, &dist))
}

/// Compiles a crate for WebAssembly exactly as Trunk does, so that nothing is compiled twice.
pub(crate) fn compile(project: &Project, package: &str, features: &[&str]) -> Outcome<()> {
    let mut compile = Command::new("cargo");
    compile
        .current_dir(&project.root)
        .env(serve::BUILD, serve::build(project))
        .args([
            "build",
            "--quiet",
            "--release",
            "--target",
            "wasm32-unknown-unknown",
            "--offline",
            "--manifest-path",
        ])
        .arg(project.path(&format!("crates/{package}/Cargo.toml")))
        .arg(format!("--features={}", features.join(",")));
    project.with_target(&mut compile);
    process::show(&mut compile)
}

/// Makes a compiled module usable from JavaScript, with names `NAME.js` and `NAME_bg.wasm`, and shrinks it.
pub(crate) fn bind(project: &Project, package: &str, target: &str, name: &str, out: &Path) -> Outcome<()> {
    let compiled = project
        .target
        .join("wasm32-unknown-unknown/release")
        .join(format!("{package}.wasm"));
    let path = tools::search_path(project)?;
    let mut bindgen = Command::new("wasm-bindgen");
    bindgen
        .env("PATH", &path)
        .arg(compiled)
        .args(["--target", target, "--out-name", name, "--out-dir"])
        .arg(out);
    process::show(&mut bindgen)?;
    let wasm = out.join(format!("{name}_bg.wasm"));
    let mut shrink = Command::new("wasm-opt");
    shrink.env("PATH", &path).arg("-Oz").arg(&wasm).arg("-o").arg(&wasm);
    process::show(&mut shrink)
}
