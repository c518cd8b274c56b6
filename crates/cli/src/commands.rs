//! The commands: text in, text and exit status out.

mod collect;
mod policy;
mod redact;

use report::model::{Report, RequestBody};
use report::{Colour, Format, Lang, Options, explain, render};

use crate::Unusable;
use crate::input::Source;
use crate::options::{Asking, Showing};
use crate::status;

pub use collect::{Collecting, collect};
pub use policy::policy;
pub use redact::redact;

fn report_of(sources: &[Source], lang: Lang, asking: &Asking) -> Report {
    let inputs: Vec<report::Input<'_>> = sources
        .iter()
        .map(|source| report::Input {
            name: &source.name,
            bytes: &source.bytes,
        })
        .collect();
    let answers = asking
        .answers
        .iter()
        .map(|answer| (answer.id.clone(), answer.value.clone()))
        .collect();
    report::diagnose(
        &inputs,
        &Options {
            lang,
            task: asking.task.clone(),
            answers,
        },
    )
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

/// `pulldoctor plan`: the requests alone, each command on a line of its own.
///
/// # Errors
/// None of its own.
pub fn plan(sources: &[Source], showing: &Showing, asking: &Asking) -> Result<(String, u8), Unusable> {
    let report = report_of(sources, showing.lang, asking);
    let status = status::of(&report);
    if showing.format == Format::Json {
        return Ok((render(&report, Format::Json, showing.lang, Colour::Plain), status));
    }
    let mut out = String::new();
    for request in &report.requests {
        out.push_str(&format!("# {} {}\n", request.id, request.why));
        match &request.body {
            RequestBody::Command { command, .. } => out.push_str(command),
            RequestBody::Question { question, choices } => {
                out.push_str(&format!("# {question}"));
                if !choices.is_empty() {
                    out.push_str(&format!(" ({})", choices.join(" / ")));
                }
            }
        }
        out.push_str("\n\n");
    }
    if report.requests.is_empty() {
        out.push_str(
            showing
                .lang
                .pick("# Nothing more is needed.\n", "# これ以上必要な情報はありません。\n"),
        );
    }
    Ok((out, status))
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
