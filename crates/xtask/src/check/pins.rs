//! Versions that are written in more than one place and must be the same in all of them.

use super::settle;
use crate::project::{self, Project};
use crate::tools;
use crate::ui::Outcome;

pub(crate) fn check(project: &Project) -> Outcome<()> {
    let trunk = project::read(&project.path("Trunk.toml"))?;
    let lock = project::read(&project.path("Cargo.lock"))?;
    let (bindgen, opt) = tools::pinned();
    let mut complaints = Vec::new();
    if !trunk.contains(&format!("wasm_bindgen = \"{bindgen}\"")) {
        complaints.push(format!("Trunk.toml does not ask for wasm-bindgen {bindgen}"));
    }
    if !trunk.contains(&format!("wasm_opt = \"version_{opt}\"")) {
        complaints.push(format!("Trunk.toml does not ask for wasm-opt version_{opt}"));
    }
    let locked = versions(&lock, "wasm-bindgen");
    if locked != [bindgen] {
        complaints.push(format!(
            "Cargo.lock has wasm-bindgen {}, the tool is {bindgen}",
            locked.join(" and ")
        ));
    }
    settle(&complaints, "write the versions of crates/xtask/src/tools/ everywhere")
}

/// The versions of a package in a `Cargo.lock`.
fn versions<'a>(lock: &'a str, package: &str) -> Vec<&'a str> {
    let name = format!("name = \"{package}\"");
    let after_names = lock.lines().zip(lock.lines().skip(1)).filter(|(line, _)| *line == name);
    after_names
        .filter_map(|(_, next)| next.strip_prefix("version = \"")?.strip_suffix('"'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::versions;

    #[test]
    fn every_version_of_the_very_package_is_found() {
        let lock = "name = \"a\"\nversion = \"1\"\n\nname = \"a-b\"\nversion = \"2\"\n\nname = \"a\"\nversion = \"3\"\n";
        assert_eq!(versions(lock, "a"), ["1", "3"]);
    }
}
