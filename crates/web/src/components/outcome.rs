//! The outcome in one sentence: what failed, whose side, how sure.

use report::Lang;
use report::model::{Field, Finding, Outcome as Word, Report, Symptom};
use report::words::Words;
use report::words::vocabulary::{Tone, Verdict, side};
use yew::prelude::*;

use crate::app::Ui;
use crate::case::Shown;
use crate::prose;

pub(crate) fn outcome(ui: &Ui, shown: &Shown, held: bool) -> Html {
    let Ui { text, lang, .. } = ui;
    let words = Words::of(*lang);
    if !held {
        return html! {
            <section class="outcome" aria-labelledby="outcome-heading" data-outcome="">
                <h2 id="outcome-heading">{ text.outcome_heading }</h2>
                <p>{ text.outcome_empty }</p>
                <h3>{ text.how_heading }</h3>
                <ol>{ for text.how_steps.iter().map(|step| html! { <li>{ *step }</li> }) }</ol>
            </section>
        };
    }
    let report = shown.report();
    let tone = tone(report.outcome);
    let sides = sides(report, *lang);
    let facts = task_facts(report, words);
    let sure = sure(report).map(|sure| match sure {
        Sure::Proven => text.sure_proven,
        Sure::Assumes => text.sure_assumes,
        Sure::Open => text.sure_open,
    });
    html! {
        <section class={classes!("outcome", tone.name())} aria-labelledby="outcome-heading" data-outcome={report.outcome.word()}>
            <h2 id="outcome-heading">{ text.outcome_heading }</h2>
            <p class="sentence"><span class={classes!("sign", tone.name())} aria-hidden="true">{ tone.sign() }</span>{ report::headline(report, *lang) }</p>
            <dl class="facts">
                if let Some(symptom) = &report.symptom {
                    <div><dt>{ words.what_failed }</dt><dd>{ what_failed(symptom, *lang) }</dd></div>
                }
                if !sides.is_empty() {
                    <div><dt>{ words.whose_side }</dt><dd>{ sides.join(words.comma) }</dd></div>
                }
                if let Some(sure) = sure {
                    <div><dt>{ text.how_sure }</dt><dd>{ sure }</dd></div>
                }
            </dl>
            if let Some(symptom) = &report.symptom {
                <div class="error-text">
                    <p class="label">{ words.error_text }</p>
                    <blockquote><code>{ prose::visible(&symptom.text) }</code></blockquote>
                </div>
            }
            if !facts.is_empty() {
                <details>
                    <summary>{ text.task_facts }</summary>
                    <dl class="facts">{ for facts }</dl>
                </details>
            }
        </section>
    }
}

fn tone(outcome: Word) -> Tone {
    match outcome {
        Word::RootCause => Tone::Bad,
        Word::Suspects | Word::InsufficientEvidence => Tone::Unknown,
        Word::NoFaultFound => Tone::Good,
        Word::OutOfScope => Tone::Careful,
    }
}

fn what_failed(symptom: &Symptom, lang: Lang) -> Html {
    let comma = Words::of(lang).comma;
    html! {
        <>
            { symptom.stage.phrase(lang) }
            if let Some(service) = &symptom.service { { comma }{ prose::code(&service.to_string()) } }
            if let Some(cause) = symptom.cause.phrase(lang) { { comma }{ cause } }
        </>
    }
}

fn causes(report: &Report) -> impl Iterator<Item = &Finding> {
    report.findings.iter().filter(|finding| Verdict::of(finding) == Verdict::Confirmed)
}

fn sides(report: &Report, lang: Lang) -> Vec<&'static str> {
    let mut sides = Vec::new();
    for side in causes(report).filter_map(|finding| side(&finding.code, lang)) {
        if !sides.contains(&side) {
            sides.push(side);
        }
    }
    sides
}

enum Sure {
    Proven,
    Assumes,
    Open,
}

fn sure(report: &Report) -> Option<Sure> {
    match report.outcome {
        Word::RootCause if causes(report).any(|finding| !finding.assumes.is_empty()) => Some(Sure::Assumes),
        Word::RootCause | Word::NoFaultFound => Some(Sure::Proven),
        Word::Suspects => Some(Sure::Open),
        Word::InsufficientEvidence | Word::OutOfScope => None,
    }
}

fn task_facts(report: &Report, words: &Words) -> Vec<Html> {
    let task = &report.task;
    let one = |field: &Field<String>| fact(field, words, |value| prose::code(value));
    let groups = fact(&task.security_groups, words, |ids| {
        prose::codes(ids.iter().map(String::as_str), words.comma)
    });
    let values = [
        one(&task.arn),
        one(&task.account),
        one(&task.region),
        one(&task.partition),
        one(&task.launch_type),
        one(&task.platform_version),
        one(&task.subnet),
        one(&task.interface),
        one(&task.private_ip),
        one(&task.public_ip),
        groups,
        one(&task.vpc),
        one(&task.execution_role),
        one(&task.task_definition),
    ];
    words
        .task_members
        .iter()
        .zip(values)
        .filter_map(|(name, value)| value.map(|value| html! { <div><dt>{ *name }</dt><dd>{ value }</dd></div> }))
        .collect()
}

fn fact<T>(field: &Field<T>, words: &Words, show: impl Fn(&T) -> Html) -> Option<Html> {
    match field {
        Field::Unknown => None,
        Field::Absent => Some(html! { { words.absent } }),
        Field::Known(value) => Some(show(value)),
    }
}
