//! The commands: text in, text and exit status out.

mod collect;
mod plan;
mod policy;
mod redact;

use report::model::Report;
use report::{Colour, Lang, Options, explain, render, render_comparison};

use crate::Unusable;
use crate::input::Source;
use crate::options::{Asking, Showing};
use crate::status;

pub use collect::{Collecting, collect};
pub use plan::{Planning, plan};
pub use policy::policy;
pub use redact::redact;

fn inputs(sources: &[Source]) -> Vec<report::Input<'_>> {
    sources.iter().map(|Source { name, bytes }| report::Input { name, bytes }).collect()
}

fn options(lang: Lang, asking: &Asking) -> Options {
    Options {
        lang,
        task: asking.task.clone(),
        answers: asking
            .answers
            .iter()
            .map(|answer| (answer.id.clone(), answer.value.clone()))
            .collect(),
        now: asking.now,
    }
}

fn report_of(sources: &[Source], lang: Lang, asking: &Asking) -> Report {
    report::diagnose(&inputs(sources), &options(lang, asking))
}

/// `pulldoctor diagnose`.
///
/// # Errors
/// Where the task asked for is not in the input.
pub fn diagnose(sources: &[Source], showing: &Showing, asking: &Asking, colour: Colour) -> Result<(String, u8), Unusable> {
    let report = report_of(sources, showing.lang, asking);
    if let (Some(task), None) = (&asking.task, report.task.arn.known()) {
        return Err(Unusable::new(
            format!("task {task} is not in the input"),
            "give the output of aws ecs describe-tasks for it",
        ));
    }
    Ok((render(&report, showing.format, showing.lang, colour), status::of(&report)))
}

/// `pulldoctor diagnose --before`: what a second set of outputs of the same case changes.
///
/// # Errors
/// None of its own.
pub fn compare(before: &[Source], after: &[Source], showing: &Showing, asking: &Asking, colour: Colour) -> Result<(String, u8), Unusable> {
    let compared = report::compare(&inputs(before), &inputs(after), &options(showing.lang, asking));
    let text = render_comparison(&compared, showing.format, showing.lang, colour);
    Ok((text, status::of(&compared.report)))
}

/// `pulldoctor explain`.
///
/// # Errors
/// Where the catalogue has no such code.
pub fn explain(code: Option<&str>, lang: Lang) -> Result<(String, u8), Unusable> {
    let Some(code) = code else {
        let list: Vec<String> = explain::codes()
            .into_iter()
            .filter_map(|code| Some(format!("{code}  {}\n", explain::page(code, lang)?.title)))
            .collect();
        return Ok((list.concat(), status::NOTHING_FAILING));
    };
    match explain::page(code, lang) {
        Some(page) => Ok((page.text(lang), status::NOTHING_FAILING)),
        None => Err(Unusable::new(
            format!("there is no finding {code}"),
            "run `pulldoctor explain` for the list of codes",
        )),
    }
}
