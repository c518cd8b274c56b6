//! `cargo xtask new-finding AREA.FAULT`: starts the file of a finding and names what else it needs.

use crate::project::{self, Project};
use crate::ui::{Failure, Outcome, progress};

const FINDINGS: &str = "crates/diagnosis/src/findings";
const TEMPLATE: &str = include_str!("new_finding/finding.rs.in");

pub(crate) fn run(project: &Project, code: &str) -> Outcome<()> {
    let (area, fault) = split(code)?;
    let module = fault.replace('-', "_");
    let file = project.path(&format!("{FINDINGS}/{area}/{module}.rs"));
    if file.exists() {
        return Err(Failure::new(format!("{} is there already", project.show(&file))));
    }
    let area_file = project.path(&format!("{FINDINGS}/{area}.rs"));
    let listing = if area_file.exists() {
        project::read(&area_file)?
    } else {
        format!("//! The findings of the area `{area}`.\n")
    };
    let text = TEMPLATE
        .replace("{code}", code)
        .replace("{area}", area)
        .replace("{module}", &module);
    project::write(&file, text)?;
    project::write(&area_file, declare(&listing, &module))?;
    progress(format!(
        "{} started, and declared in {}",
        project.show(&file),
        project.show(&area_file)
    ));
    println!(
        "\nNext:\n  1. word it in both languages, with the pages of AWS's documentation that it rests on\n  \
         2. write `judge`: `fail` only on proof, `unknown` with the need that would settle it\n  \
         3. list its rule and its code in {FINDINGS}.rs, in the order of the catalogue\n  \
         4. add scenarios {area}/{module}/fault, a near miss and a gap to crates/testkit\n  \
         5. cargo xtask test"
    );
    Ok(())
}

/// The two halves of a code, each of lower-case letters, digits and, in the second, single hyphens.
fn split(code: &str) -> Outcome<(&str, &str)> {
    let word = |text: &str| !text.is_empty() && text.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit());
    match code.split_once('.') {
        Some((area, fault)) if word(area) && fault.split('-').all(word) => Ok((area, fault)),
        _ => Err(Failure::new(format!("`{code}` is no code")).advise("write it as area.fault, such as network.no-route")),
    }
}

/// The listing with the module declared after its comment, before the others.
fn declare(listing: &str, module: &str) -> String {
    let comment: Vec<&str> = listing.lines().take_while(|line| line.starts_with("//!")).collect();
    let rest: Vec<&str> = listing
        .lines()
        .skip(comment.len())
        .skip_while(|line| line.trim().is_empty())
        .collect();
    let mut text = format!("{}\n\npub(super) mod {module};\n", comment.join("\n"));
    for line in rest {
        text.push_str(line);
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{declare, split};

    #[test]
    fn codes_have_an_area_and_a_fault() {
        assert_eq!(split("network.no-route").unwrap(), ("network", "no-route"));
        for wrong in [
            "network",
            "network.",
            ".x",
            "network.No",
            "network.no--route",
            "net/work.x",
            "a.b.c",
        ] {
            assert!(split(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_module_is_declared_after_the_comment() {
        assert_eq!(declare("//! A.\n", "x"), "//! A.\n\npub(super) mod x;\n");
        assert_eq!(
            declare("//! A.\n\npub(super) mod b;\n", "x"),
            "//! A.\n\npub(super) mod x;\npub(super) mod b;\n"
        );
    }
}
