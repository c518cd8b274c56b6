//! The findings of one verdict, under its word.

use report::model::Finding as Found;
use report::words::vocabulary::Verdict;
use yew::prelude::*;

use super::finding::finding;
use super::jumps::heading as heading_of;
use crate::app::Ui;
use crate::case::Shown;
use crate::prose;

pub(crate) fn findings(ui: &Ui, shown: &Shown, verdict: Verdict) -> Html {
    let found: Vec<(usize, &Found)> = shown
        .report()
        .findings
        .iter()
        .enumerate()
        .filter(|(_, finding)| Verdict::of(finding) == verdict)
        .collect();
    if found.is_empty() {
        return Html::default();
    }
    let heading = html! {
        <h2 id={heading_of(verdict)} tabindex="-1" class="verdict">{ prose::mark(verdict.tone(), verdict.phrase(ui.lang)) }<span class="count">{ format!(" {}", found.len()) }</span></h2>
    };
    let findings: Html = found.iter().map(|(index, _)| finding(ui, shown, *index)).collect();
    // What is in order is there to be looked up, not to be read through.
    if verdict == Verdict::InOrder {
        html! { <details class="findings"><summary>{ heading }</summary>{ findings }</details> }
    } else {
        html! { <section class="findings" aria-label={verdict.phrase(ui.lang)}>{ heading }{ findings }</section> }
    }
}
