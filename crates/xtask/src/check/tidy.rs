//! The shape of the source files: each module says what it is, and none is too long to read.

use super::settle;
use crate::project::{self, Project};
use crate::ui::Outcome;

/// The most lines of a file that was written by hand.
const MOST_LINES: usize = 500;
/// Where files are written by hand, and which.
const PLACES: [(&str, &[&str]); 3] = [("crates", &[".rs"]), ("tests", &[".rs", ".mjs", ".ts"]), ("www", &[".js", ".css"])];

pub(crate) fn check(project: &Project) -> Outcome<()> {
    let mut complaints = Vec::new();
    for (folder, endings) in PLACES {
        let folder = project.path(folder);
        for ending in endings.iter().filter(|_| folder.is_dir()) {
            for file in project::files(&folder, ending)? {
                let found = complaints_about(ending, &project::read(&file)?);
                complaints.extend(found.into_iter().map(|found| format!("{}: {found}", project.show(&file))));
            }
        }
    }
    settle(
        &complaints,
        "start the file with a `//!` line that says what it is for; split what is too long",
    )
}

fn complaints_about(ending: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    if ending == ".rs" && !text.starts_with("//!") {
        found.push("does not start with `//!`".to_owned());
    }
    let lines = text.lines().count();
    if lines > MOST_LINES {
        found.push(format!("{lines} lines, {MOST_LINES} at most"));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{MOST_LINES, complaints_about};

    #[test]
    fn a_module_without_its_first_line_is_found() {
        assert_eq!(complaints_about(".rs", "use a;").len(), 1);
        assert!(complaints_about(".rs", "//! What it is.\nuse a;").is_empty());
        assert!(complaints_about(".css", "a {}").is_empty());
    }

    #[test]
    fn length_is_counted_in_lines() {
        assert!(complaints_about(".css", &"a\n".repeat(MOST_LINES)).is_empty());
        assert_eq!(complaints_about(".css", &"a\n".repeat(MOST_LINES + 1)).len(), 1);
    }
}
