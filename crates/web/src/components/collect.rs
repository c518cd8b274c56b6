//! What to collect or answer next, the most deciding first.

use report::model::{Outcome, Request, RequestBody};
use report::words::Words;
use report::words::vocabulary::Tone;
use report::{Lang, explain};
use yew::prelude::*;

use super::collector::Collector;
use super::copy::Copy;
use super::message::Message;
use super::question::Question;
use super::shell::shell;
use crate::app::Ui;
use crate::case::Shown;
use crate::message::Purpose;
use crate::prose;
use crate::ui_text::with;

/// How many are shown at once; what decides little waits behind a fold.
const FIRST: usize = 6;

pub(crate) fn collect(ui: &Ui, shown: &Shown) -> Html {
    let text = ui.text;
    let requests = &shown.report().requests;
    if requests.is_empty() {
        return Html::default();
    }
    let commands: Vec<String> = requests
        .iter()
        .filter_map(|request| Some(report::requote(request.reading()?, ui.shell)))
        .collect();
    let list = |some: &[Request]| -> Html { some.iter().map(|request| entry(ui, shown, request)).collect() };
    let (first, rest) = requests.split_at_checked(FIRST).unwrap_or((requests, &[]));
    html! {
        <section class="collect" aria-labelledby="collect-heading">
            <h2 id="collect-heading" tabindex="-1">{ text.collect_heading }<span class="count">{ format!(" {}", requests.len()) }</span></h2>
            if shown.report().outcome == Outcome::RootCause { <p>{ text.collect_after }</p> }
            <p class="quiet">{ text.collect_hint }</p>
            { have(ui, shown) }
            if !commands.is_empty() {
                <div class="row">{ shell(ui) }</div>
            }
            <Message ui={ui.clone()} shown={shown.clone()} purpose={Purpose::Ask} />
            <Collector ui={ui.clone()} shown={shown.clone()} />
            <ol class="requests">{ list(first) }</ol>
            if !rest.is_empty() {
                <details>
                    <summary>{ with(text.show_all, requests.len()) }</summary>
                    <ol class="requests" start={(FIRST + 1).to_string()}>{ list(rest) }</ol>
                </details>
            }
            if commands.len() > 1 {
                <Copy ui={ui.clone()} value={commands.join("\n")} label={text.copy_commands} />
            }
        </section>
    }
}

/// A request's command for a shell; none where it is a question.
fn command(request: &Request, shell: report::Shell) -> Option<String> {
    match &request.body {
        RequestBody::Command { command, .. } => Some(report::requote(command, shell)),
        RequestBody::Question { .. } => None,
    }
}

/// What is there already, each kind of output once.
fn have(ui: &Ui, shown: &Shown) -> Html {
    let mut operations: Vec<&str> = shown
        .report()
        .documents
        .iter()
        .filter_map(|document| document.operation.as_deref())
        .collect();
    operations.sort_unstable();
    operations.dedup();
    if operations.is_empty() {
        return Html::default();
    }
    let items = operations
        .iter()
        .map(|operation| html! { <li>{ prose::mark(Tone::Good, "") }{ prose::code(operation) }</li> });
    html! {
        <>
            <p class="label">{ ui.text.have }</p>
            <ul class="row have" data-role="have">{ for items }</ul>
        </>
    }
}

fn entry(ui: &Ui, shown: &Shown, request: &Request) -> Html {
    let words = Words::of(ui.lang);
    let line = command(request, ui.shell).unwrap_or_default();
    let open = report::remedy::placeholders(&line).join(words.comma);
    let (operation, body) = match &request.body {
        RequestBody::Command { operation, .. } => (
            operation.as_str(),
            html! {
                <>
                    <p class="asked"><span class="id">{ &request.id }</span>{ " " }{ prose::code(operation) }</p>
                    <div class="command">
                        <pre tabindex="0" role="group" aria-label={operation.clone()} translate="no">{ prose::visible(&line) }</pre>
                        <Copy ui={ui.clone()} value={line.clone()} of={operation.clone()} />
                    </div>
                </>
            },
        ),
        RequestBody::Question { question, choices } => (
            "pulldoctor:Answer",
            html! {
                <Question ui={ui.clone()} request={request.id.clone()} lasting={shown.case.question(&request.id)} question={question.clone()} choices={choices.clone()} />
            },
        ),
    };
    html! {
        <li key={request.id.clone()} id={format!("request-{}", request.id)} class="request" tabindex="-1" data-operation={operation.to_owned()}>
            if !line.is_empty() && request.reading().is_none() {
                <p class="changes"><span class="sign" aria-hidden="true">{ "!" }</span>{ ui.text.starts }</p>
            }
            { body }
            if !open.is_empty() { <p>{ with(ui.text.replace_words, open) }</p> }
            <p class="why"><strong>{ ui.text.why }{ words.colon }</strong>{ prose::line(&request.why) }</p>
            if !request.decides.is_empty() {
                <p class="quiet">{ words.decides }{ words.colon }{ for request.decides.iter().enumerate().map(|(at, code)| decides(at, code, ui.lang)) }</p>
            }
        </li>
    }
}

/// A finding by its title: what a code means is not for everybody to know.
fn decides(at: usize, code: &str, lang: Lang) -> Html {
    let title = explain::title(code, lang).unwrap_or(code).to_owned();
    html! { <>{ if at > 0 { " · " } else { "" } }<a href={format!("#/findings/{code}")} title={code.to_owned()}>{ title }</a></> }
}
