//! Tools that are compiled from crates.io, each in a folder named after its version.

use std::path::PathBuf;
use std::process::Command;

use crate::process;
use crate::project::Project;
use crate::ui::Outcome;

/// A program of a crate, pinned.
pub(crate) struct CargoTool {
    package: &'static str,
    version: &'static str,
    binary: &'static str,
    /// Leaves out what we do not use and what takes minutes to compile.
    arguments: &'static [&'static str],
}

/// 0.22 needs a newer rustc. Without its default features it cannot update itself, which it shall not.
pub(crate) const TRUNK: CargoTool = CargoTool {
    package: "trunk",
    version: "0.21.14",
    binary: "trunk",
    arguments: &["--no-default-features"],
};

/// Must be the version of the crate `wasm-bindgen` in `Cargo.lock` and of `Trunk.toml`.
pub(crate) const WASM_BINDGEN: CargoTool = CargoTool {
    package: "wasm-bindgen-cli",
    version: "0.2.125",
    binary: "wasm-bindgen",
    arguments: &[],
};

pub(crate) const CARGO_DENY: CargoTool = CargoTool {
    package: "cargo-deny",
    version: "0.20.2",
    binary: "cargo-deny",
    arguments: &["--no-default-features"],
};

impl CargoTool {
    pub(crate) fn title(&self) -> String {
        format!("{} {}", self.package, self.version)
    }

    pub(crate) const fn version(&self) -> &'static str {
        self.version
    }

    pub(crate) fn folder(&self, project: &Project) -> PathBuf {
        project.tools.join(format!("{}-{}", self.package, self.version))
    }

    pub(crate) fn present(&self, project: &Project) -> bool {
        let program = self.folder(project).join("bin").join(self.binary);
        program.with_extension(std::env::consts::EXE_EXTENSION).is_file()
    }

    pub(crate) fn install(&self, project: &Project) -> Outcome<()> {
        let log = project.tools.join("logs").join(format!("{}.log", self.package));
        let mut install = Command::new("cargo");
        install
            .current_dir(&project.root)
            .args(["install", self.package, "--version", self.version, "--locked", "--root"])
            .arg(self.folder(project))
            .args(self.arguments)
            // One folder for all: what two tools have in common is compiled once.
            .env("CARGO_TARGET_DIR", build_folder(project))
            // These run for seconds; optimising them takes many minutes.
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
        process::logged(&self.title(), &mut install, &log)
    }
}

/// Where the tools are compiled.
pub(crate) fn build_folder(project: &Project) -> PathBuf {
    project.tools.join("build")
}
