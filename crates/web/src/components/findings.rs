//! The findings of one verdict, under its word.

use report::model::Finding as Found;
use report::words::vocabulary::Verdict;
use yew::prelude::*;

use super::finding::Finding;
use super::jumps::heading as heading_of;
use crate::app::Ui;
use crate::case::Shown;
use crate::prose;

#[derive(Properties, PartialEq)]
pub(crate) struct FindingsProps {
    pub(crate) ui: Ui,
    pub(crate) shown: Shown,
    pub(crate) verdict: Verdict,
}

#[component]
pub(crate) fn Findings(props: &FindingsProps) -> Html {
    let FindingsProps { ui, shown, verdict } = props;
    let found: Vec<(usize, &Found)> = shown
        .report()
        .findings
        .iter()
        .enumerate()
        .filter(|(_, finding)| Verdict::of(finding) == *verdict)
        .collect();
    if found.is_empty() {
        return Html::default();
    }
    let heading = html! {
        <h2 id={heading_of(*verdict)} tabindex="-1" class="verdict">{ prose::mark(verdict.tone(), verdict.phrase(ui.lang)) }<span class="count">{ format!(" {}", found.len()) }</span></h2>
    };
    let findings: Html = found
        .iter()
        .map(|(index, finding)| {
            let key = format!("{} {}", finding.code, finding.subject.join(" "));
            html! { <Finding {key} ui={ui.clone()} shown={shown.clone()} index={*index} /> }
        })
        .collect();
    // What is in order is there to be looked up, not to be read through.
    if *verdict == Verdict::InOrder {
        html! { <details class="findings"><summary>{ heading }</summary>{ findings }</details> }
    } else {
        html! { <section class="findings" aria-label={verdict.phrase(ui.lang)}>{ heading }{ findings }</section> }
    }
}
