//! One finding: what, why here, how it is proven, what to do.

use report::model::{Finding as Found, Service, Status};
use report::words::Words;
use report::words::vocabulary::Verdict;
use yew::prelude::*;

use super::destination::has_details;
use super::evidence::Evidence;
use super::fix::Fix;
use crate::app::Ui;
use crate::browser;
use crate::case::Shown;
use crate::prose;

pub(crate) fn finding(ui: &Ui, shown: &Shown, index: usize) -> Html {
    let Some(finding) = shown.report().findings.get(index) else {
        return Html::default();
    };
    let text = ui.text;
    let words = Words::of(ui.lang);
    let verdict = Verdict::of(finding);
    let heading = format!("finding-{index}");
    let proven_wrong = finding.status == Status::Fail;
    let evidence = finding.evidence.iter().enumerate().map(|(at, cited)| {
        // The first line of proof of a fault is open: it is what the customer is told.
        let open = proven_wrong && at == 0;
        html! { <Evidence key={at} ui={ui.clone()} shown={shown.clone()} document={cited.document} pointer={cited.pointer.clone()} line={cited.line} {open} /> }
    });
    let affects = finding
        .affects
        .iter()
        .enumerate()
        .map(|(at, service)| destination(shown, service, at, words.comma));
    let proofs = proofs(shown, finding);
    // What is no fault is read for what settles it; its facts wait behind the fold.
    let faulty = matches!(finding.status, Status::Fail | Status::Warn);
    let facts = html! {
        <dl class="facts">
            if !finding.subject.is_empty() {
                <div><dt>{ words.subject }</dt><dd>{ prose::codes(finding.subject.iter().map(String::as_str), words.comma) }</dd></div>
            }
            if !finding.affects.is_empty() {
                <div><dt>{ words.affects }</dt><dd>{ for affects }</dd></div>
            }
            if !finding.assumes.is_empty() {
                <div><dt>{ words.assumes }</dt><dd>{ for finding.assumes.iter().map(|assumed| html! { <p>{ prose::line(assumed) }</p> }) }</dd></div>
            }
        </dl>
    };
    html! {
        <article
            key={format!("{} {}", finding.code, finding.subject.join(" "))}
            class={classes!("finding", verdict.tone().name())}
            tabindex="-1"
            id={heading.clone()}
            aria-labelledby={format!("{heading}-title")}
            data-code={finding.code.clone()}
            data-status={finding.status.word()}
            data-role-of-fail={finding.role.map_or("", |role| role.word())}
        >
            <h3 id={format!("{heading}-title")}>
                <span class={classes!("sign", verdict.tone().name())} aria-hidden="true">{ verdict.tone().sign() }</span>
                { prose::line(&finding.title) }
            </h3>
            { prose::paragraphs(&finding.summary) }
            if faulty { { facts.clone() } }
            if !finding.missing.is_empty() {
                <p class="quiet">{ words.settled_by }{ words.colon }{ for finding.missing.iter().map(|id| request_link(id)) }</p>
            }
            <details open={ui.detailed}>
                <summary data-key="e">{ text.for_engineers }</summary>
                if !faulty { { facts } }
                { prose::paragraphs(&finding.explanation) }
                { changes_my_mind(ui, finding, &proofs) }
                <p><a href={format!("#/findings/{}", finding.code)}>{ text.about_code }{ words.colon }{ prose::code(&finding.code) }</a></p>
            </details>
            if !finding.evidence.is_empty() {
                <h4>{ words.evidence }</h4>
                { for evidence }
            }
            if !finding.fixes.is_empty() {
                <h4>{ words.what_to_do }</h4>
                { for finding.fixes.iter().enumerate().map(|(at, fix)| html! { <Fix key={at} ui={ui.clone()} shown={shown.clone()} fix={fix.clone()} place={(index, at)} proofs={proofs.clone()} /> }) }
            }
        </article>
    }
}

/// A destination that it touches; leads there where there is more to read.
fn destination(shown: &Shown, service: &Service, at: usize, comma: &str) -> Html {
    let name = prose::code(&service.to_string());
    let destinations = &shown.report().destinations;
    let index = destinations
        .iter()
        .position(|destination| destination.service == *service && has_details(destination));
    let name = match index {
        Some(index) => {
            html! { <button type="button" class="link" onclick={move |_| browser::focus(&format!("destination-{index}"))}>{ name }</button> }
        }
        None => name,
    };
    html! { <>{ if at > 0 { comma } else { "" } }{ name }</> }
}

/// The operations whose outputs prove it, each once.
fn proofs(shown: &Shown, finding: &Found) -> Vec<String> {
    let cited = finding.evidence.iter();
    let mut operations: Vec<String> = cited
        .filter_map(|cited| shown.report().documents.get(cited.document)?.operation.clone())
        .collect();
    operations.sort_unstable();
    operations.dedup();
    operations
}

/// What would refute this or confirm it: what it takes for granted, what was pasted and may be out of date, what is missing.
fn changes_my_mind(ui: &Ui, finding: &Found, proofs: &[String]) -> Html {
    let text = ui.text;
    let comma = Words::of(ui.lang).comma;
    html! {
        <>
            <h4>{ text.mind_heading }</h4>
            <ul data-role="mind">
                { for finding.assumes.iter().map(|assumed| html! { <li>{ text.mind_assumes }{ prose::line(assumed) }</li> }) }
                if !proofs.is_empty() { <li>{ text.mind_newer }{ prose::codes(proofs.iter().map(String::as_str), comma) }</li> }
                if !finding.missing.is_empty() {
                    <li>{ text.mind_missing }{ for finding.missing.iter().map(|id| request_link(id)) }</li>
                }
            </ul>
        </>
    }
}

/// Leads to a request. Not a fragment link: the address stays as it is.
fn request_link(id: &str) -> Html {
    let request = format!("request-{id}");
    html! { <button type="button" class="link" onclick={move |_: MouseEvent| browser::focus(&request)}>{ id }</button> }
}
