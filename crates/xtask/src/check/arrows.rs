//! The crates' arrows: which crate may depend on which is the table of `docs/ARCHITECTURE.md`,
//! and what the manifests say must agree with it.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

use super::settle;
use crate::process;
use crate::project::{self, Project};
use crate::ui::{Context, Failure, Outcome};

const TABLE: &str = "docs/ARCHITECTURE.md";
/// Tests may use it everywhere; it is in no product.
const TESTKIT: &str = "testkit";

/// For each crate, the crates that it may depend on.
type Arrows = BTreeMap<String, BTreeSet<String>>;

pub(crate) fn check(project: &Project) -> Outcome<()> {
    let allowed = table(&project::read(&project.path(TABLE))?)?;
    let mut metadata = Command::new("cargo");
    metadata
        .current_dir(&project.root)
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"]);
    let metadata: Value =
        serde_json::from_str(&process::output(&mut metadata)?).context(|| "reading what `cargo metadata` printed".to_owned())?;
    let complaints = compare(&allowed, &metadata);
    settle(
        &complaints,
        &format!("turn the dependency round, or change the table in {TABLE} with its reason"),
    )
}

/// Reads the table. A row allows the crates that its last column names, and what those are allowed.
fn table(document: &str) -> Outcome<Arrows> {
    let mut arrows = Arrows::new();
    for line in document.lines() {
        let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
        let [name, _, knows] = cells.as_slice() else {
            continue;
        };
        let [name] = quoted(name)[..] else { continue };
        let mut allowed: BTreeSet<String> = BTreeSet::new();
        for known in quoted(knows) {
            allowed.insert(known.to_owned());
            allowed.extend(arrows.get(known).into_iter().flatten().cloned());
        }
        if knows.contains("all of the above") || knows.contains("anything") {
            allowed.extend(arrows.keys().cloned());
        }
        arrows.insert(name.to_owned(), allowed);
    }
    if arrows.is_empty() {
        Err(Failure::new(format!("{TABLE} has no table of the crates")))
    } else {
        Ok(arrows)
    }
}

/// The words in backticks.
fn quoted(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

fn compare(allowed: &Arrows, metadata: &Value) -> Vec<String> {
    let mut complaints = Vec::new();
    for package in items(metadata, "packages") {
        let name = text(package, "name");
        let Some(allowed_here) = allowed.get(name) else {
            complaints.push(format!("{name} is not in the table"));
            continue;
        };
        for dependency in items(package, "dependencies") {
            let on = text(dependency, "name");
            let in_workspace = dependency.get("path").is_some_and(Value::is_string);
            let for_tests = text(dependency, "kind") == "dev" && (on == TESTKIT || on == name);
            if in_workspace && !for_tests && !allowed_here.contains(on) {
                complaints.push(format!("{name} depends on {on}"));
            }
        }
    }
    complaints
}

fn items<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{compare, table};

    const TABLE: &str = "| crate | what | knows |\n| --- | --- | --- |\n| `low` | x | *shapes* only |\n\
                         | `mid` | x | `low` |\n| `side` | x | nothing of ours |\n| `high` | x | `mid` |\n";

    fn complaints(name: &str, on: &str, kind: Option<&str>) -> Vec<String> {
        let dependency = json!({"name": on, "kind": kind, "path": "/somewhere"});
        compare(
            &table(TABLE).unwrap(),
            &json!({"packages": [{"name": name, "dependencies": [dependency]}]}),
        )
    }

    #[test]
    fn arrows_down_are_allowed_also_through_a_crate_between() {
        assert!(complaints("mid", "low", None).is_empty());
        assert!(complaints("high", "low", None).is_empty());
    }

    #[test]
    fn arrows_up_and_sideways_are_refused() {
        assert_eq!(complaints("low", "mid", None), ["low depends on mid"]);
        assert_eq!(complaints("side", "low", None), ["side depends on low"]);
        assert_eq!(complaints("low", "mid", Some("dev")), ["low depends on mid"]);
    }

    #[test]
    fn tests_may_use_the_testkit_and_products_may_not() {
        assert!(complaints("low", "testkit", Some("dev")).is_empty());
        assert_eq!(complaints("low", "testkit", None), ["low depends on testkit"]);
    }

    #[test]
    fn a_crate_without_a_row_is_refused() {
        assert_eq!(complaints("new", "low", None), ["new is not in the table"]);
    }
}
