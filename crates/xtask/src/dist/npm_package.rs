//! The npm package: for Node and for bundlers, with TypeScript types.

use std::path::{Path, PathBuf};

use super::types;
use crate::project::{self, Project};
use crate::ui::Outcome;

/// Where the package is built, ready for `npm publish` or `npm install FOLDER`.
const FOLDER: &str = "npm";
/// What the types of the report and of a comparison are written from.
const SCHEMAS: [(&str, &str); 2] = [
    ("Report", "crates/report/schema/report.schema.json"),
    ("Comparison", "crates/report/schema/comparison.schema.json"),
];
/// One build for each way of loading a module.
const TARGETS: [(&str, &str); 2] = [("nodejs", "node"), ("bundler", "bundler")];

pub(crate) fn build(project: &Project) -> Outcome<()> {
    super::compile(project, "package", &[])?;
    let folder = folder(project);
    let mut types = String::new();
    for (name, schema) in SCHEMAS {
        types.push_str(&types::from_schema(name, &project::read(&project.path(schema))?)?);
    }
    for (target, name) in TARGETS {
        super::bind(project, "package", target, "pulldoctor", &folder.join(name))?;
        let declarations = folder.join(name).join("pulldoctor.d.ts");
        project::write(&declarations, project::read(&declarations)? + &types)?;
    }
    // The two builds are of different module kinds, which Node tells apart by the nearest package.json.
    project::write(&folder.join("node/package.json"), "{ \"type\": \"commonjs\" }\n")?;
    project::write(&folder.join("bundler/package.json"), "{ \"type\": \"module\" }\n")?;
    let manifest = project::read(&project.path("crates/package/package.json.in"))?;
    project::write(
        &folder.join("package.json"),
        manifest.replace("{version}", env!("CARGO_PKG_VERSION")),
    )?;
    copy(&project.path("LICENSE"), &folder.join("LICENSE"))
}

/// The folder of the package.
fn folder(project: &Project) -> PathBuf {
    project.target.join(FOLDER)
}

/// Puts the package where a folder's tests import it from, under its own name.
pub(crate) fn install(project: &Project, tests: &str) -> Outcome<()> {
    let (from, to) = (folder(project), project.path(tests).join("node_modules/pulldoctor"));
    for file in project::files(&from, "")? {
        let inside = file.strip_prefix(&from).unwrap_or(&file);
        copy(&file, &to.join(inside))?;
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Outcome<()> {
    project::write(to, project::read_bytes(from)?)
}
