//! `pulldoctor policy`: the least policies that this task needs.

use report::{Lang, Options, policies};

use crate::Unusable;
use crate::input::Source;
use crate::status;

/// Prints each policy below a line that says what it is for.
///
/// # Errors
/// Where the task definition is not in the input.
pub fn policy(sources: &[Source], lang: Lang, task: Option<&str>) -> Result<(String, u8), Unusable> {
    let options = Options {
        lang,
        task: task.map(str::to_owned),
        ..Options::default()
    };
    let Some(written) = policies(&super::inputs(sources), &options) else {
        return Err(Unusable::new(
            "the task definition is not in the input",
            "give the output of aws ecs describe-task-definition",
        ));
    };
    let parts: Vec<String> = written
        .iter()
        .map(|policy| format!("# {}\n{}\n", policy.heading, policy.document.trim_end()))
        .collect();
    Ok((parts.join("\n"), status::NOTHING_FAILING))
}
