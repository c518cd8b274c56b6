//! The browser of the page tests: the one that is there, else Debian's.

use std::env;
use std::path::PathBuf;

use super::system;
use crate::project::Project;
use crate::ui::Outcome;

/// Programs that are Chromium under one name or another.
const NAMES: [&str; 6] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
];
const ON_MACOS: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/// The browser that `CHROME_PATH` names, else the first on `PATH`.
pub(crate) fn find() -> Option<PathBuf> {
    if let Some(named) = env::var_os("CHROME_PATH") {
        return Some(PathBuf::from(named));
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let on_path = NAMES.iter().find_map(|name| {
        env::split_paths(&path)
            .map(|folder| folder.join(name))
            .find(|program| program.is_file())
    });
    on_path.or_else(|| Some(PathBuf::from(ON_MACOS)).filter(|program| program.is_file()))
}

pub(crate) fn install(project: &Project) -> Outcome<()> {
    system::install(
        project,
        &["chromium"],
        "elsewhere install Chromium or Chrome and set CHROME_PATH to it",
    )
}
