//! The steps of the test run, cheapest first.

use std::path::PathBuf;
use std::process::Command;

use super::Step;
use crate::check;
use crate::dist;
use crate::process;
use crate::project::{self, Project, SIMULATOR, in_ci};
use crate::serve;
use crate::tools::{self, Tool};
use crate::ui::{Failure, Outcome};

const PAGE_TESTS: &str = "tests/browser";
const PACKAGE_TESTS: &str = "tests/package";
const COLLECTOR_TESTS: &str = "tests/collector";
const WASM: &[&str] = &["--target", "wasm32-unknown-unknown"];
/// The crates that exist for the browser only.
const FOR_WASM: &[&str] = &["-p", "web", "-p", "package"];

pub(super) const STEPS: &[Step] = &[
    Step {
        name: "fmt",
        tools: &[Tool::Linters],
        run: |project| cargo(project, &["fmt", "--all", "--check"]),
    },
    Step {
        name: "arrows",
        tools: &[],
        run: check::check_arrows,
    },
    Step {
        name: "ja-terms",
        tools: &[],
        run: check::check_ja_terms,
    },
    Step {
        name: "tidy",
        tools: &[],
        run: check::check_tidy,
    },
    Step {
        name: "pins",
        tools: &[],
        run: check::check_pins,
    },
    Step {
        name: "deny",
        tools: &[Tool::CargoDeny],
        run: deny,
    },
    Step {
        name: "clippy",
        tools: &[Tool::Linters],
        run: clippy,
    },
    Step {
        name: "clippy-wasm",
        tools: &[Tool::Linters, Tool::WasmTarget],
        run: clippy_wasm,
    },
    Step {
        name: "rust",
        tools: &[Tool::Node, Tool::NodeModules(SIMULATOR)],
        run: rust,
    },
    Step {
        name: "collector",
        tools: &[
            Tool::Node,
            Tool::NodeModules(COLLECTOR_TESTS),
            Tool::PythonPackages(COLLECTOR_TESTS),
            Tool::Shellcheck,
        ],
        run: collector,
    },
    Step {
        name: "package",
        tools: &[
            Tool::WasmTarget,
            Tool::WasmBindgen,
            Tool::Node,
            Tool::WasmOpt,
            Tool::NodeModules(PACKAGE_TESTS),
        ],
        run: package,
    },
    Step {
        name: "page",
        tools: &[
            Tool::WasmTarget,
            Tool::Trunk,
            Tool::WasmBindgen,
            Tool::Node,
            Tool::WasmOpt,
            Tool::NodeModules(PAGE_TESTS),
            Tool::Chromium,
        ],
        run: page,
    },
];

fn cargo(project: &Project, arguments: &[&str]) -> Outcome<()> {
    process::show(&mut cargo_command(project, arguments)?)
}

fn cargo_command(project: &Project, arguments: &[&str]) -> Outcome<Command> {
    let mut command = Command::new("cargo");
    command
        .current_dir(&project.root)
        .env("PATH", tools::search_path(project)?)
        .args(arguments);
    project.with_target(&mut command);
    Ok(command)
}

/// In the automatic check a `Cargo.lock` that does not fit is an error, not something to mend on the way.
fn locked() -> &'static [&'static str] {
    if in_ci() { &["--locked"] } else { &[] }
}

fn deny(project: &Project) -> Outcome<()> {
    cargo(
        project,
        &[
            "deny",
            "--offline",
            "check",
            "--hide-inclusion-graph",
            "bans",
            "licenses",
            "sources",
        ],
    )
}

fn clippy(project: &Project) -> Outcome<()> {
    let native: &[&str] = &[
        "clippy",
        "--quiet",
        "--workspace",
        "--all-targets",
        "--exclude",
        "web",
        "--exclude",
        "package",
    ];
    cargo(project, &[native, locked(), &["--", "-D", "warnings"]].concat())
}

fn clippy_wasm(project: &Project) -> Outcome<()> {
    cargo(
        project,
        &[&["clippy", "--quiet"], FOR_WASM, WASM, locked(), &["--", "-D", "warnings"]].concat(),
    )
}

fn rust(project: &Project) -> Outcome<()> {
    let mut test = cargo_command(project, &[&["test", "--workspace"], locked()].concat())?;
    project.with_simulator(&mut test);
    process::show(&mut test)
}

/// Builds the command line, which other faces are held against, and answers where it is.
fn program(project: &Project) -> Outcome<PathBuf> {
    let mut build = cargo_command(project, &[&["build", "--quiet", "-p", "cli"], locked()].concat())?;
    // As the page and the package are built, whose reports are compared with its own.
    process::show(build.env(serve::BUILD, serve::build(project)))?;
    Ok(project.target.join("debug").join("pulldoctor"))
}

/// The collector's scripts: read by grammars and a linter, and run under the real AWS CLI, by whose models all printed commands are checked.
fn collector(project: &Project) -> Outcome<()> {
    let program = program(project)?;
    let script = project.target.join("pulldoctor-collect.sh");
    let target = ["collect", "--cluster", "prod", "--task", "0f3a1c5e7b9d4e2fa6c8d0e1f2a3b4c5"];
    project::write(&script, process::output(Command::new(&program).args(target))?)?;
    process::show(Command::new("shellcheck").args(["--shell", "bash"]).arg(&script))?;
    node_test(node(project, COLLECTOR_TESTS).env("PULLDOCTOR", &program))?;
    let mut python = Command::new(tools::python(project, COLLECTOR_TESTS));
    python.current_dir(project.path(COLLECTOR_TESTS)).env("PULLDOCTOR", &program);
    process::show(python.args(["-B", "-m", "unittest", "discover", "--verbose"]))
}

fn package(project: &Project) -> Outcome<()> {
    dist::build_npm_package(project)?;
    dist::install_npm_package(project, PACKAGE_TESTS)?;
    let tests = project.path(PACKAGE_TESTS);
    process::show(
        Command::new("npx")
            .current_dir(&tests)
            .args(["--no-install", "tsc", "--project", "."]),
    )?;
    node_test(&mut node(project, PACKAGE_TESTS))
}

fn page(project: &Project) -> Outcome<()> {
    dist::build(project)?;
    dist::check_sizes(project)?;
    let chromium = tools::find_chromium().ok_or_else(|| Failure::new("no Chromium was found"))?;
    node_test(
        node(project, PAGE_TESTS)
            .env("CHROME_PATH", chromium)
            .env("PULLDOCTOR", program(project)?)
            .env("PULLDOCTOR_DIST", project.path("dist")),
    )
}

fn node(project: &Project, folder: &str) -> Command {
    let mut node = Command::new("node");
    node.current_dir(project.path(folder));
    node
}

/// Runs the folder's `*.test.mjs` files.
fn node_test(node: &mut Command) -> Outcome<()> {
    process::show(node.args(["--test", "--test-reporter=spec"]))
}
