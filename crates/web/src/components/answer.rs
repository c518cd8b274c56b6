//! The answer: the outcome first, then the causes, what to collect, the rest of the findings, the destinations.

use report::words::vocabulary::Verdict;
use yew::prelude::*;

use super::collect::Collect;
use super::destinations::Destinations;
use super::export::Export;
use super::findings::Findings;
use super::jumps::Jumps;
use super::outcome::Outcome;
use super::tasks::Tasks;
use crate::app::Ui;
use crate::case::Shown;
use crate::ui_text::with;

#[derive(Properties, PartialEq)]
pub(crate) struct AnswerProps {
    pub(crate) ui: Ui,
    pub(crate) shown: Shown,
    /// Whether anything was given.
    pub(crate) held: bool,
    /// The task that was asked for.
    pub(crate) task: Option<String>,
}

#[component]
pub(crate) fn Answer(props: &AnswerProps) -> Html {
    let AnswerProps { ui, shown, held, task } = props;
    let report = &shown.report;
    let announced = if *held {
        with(ui.text.announce, report.findings.len()).replace("{m}", &report.requests.len().to_string())
    } else {
        String::new()
    };
    let findings = |verdict: Verdict| html! { <Findings ui={ui.clone()} shown={shown.clone()} {verdict} /> };
    html! {
        <div class="answer">
            <p class="unseen" role="status" data-role="announcement">{ announced }</p>
            <Outcome ui={ui.clone()} shown={shown.clone()} held={*held} />
            if *held {
                <Jumps ui={ui.clone()} shown={shown.clone()} />
                <Tasks ui={ui.clone()} shown={shown.clone()} task={task.clone()} />
                { findings(Verdict::Confirmed) }
                { findings(Verdict::Next) }
                <Collect ui={ui.clone()} shown={shown.clone()} />
                { findings(Verdict::WatchOut) }
                { findings(Verdict::NotKnownYet) }
                <Destinations ui={ui.clone()} shown={shown.clone()} />
                <Export ui={ui.clone()} shown={shown.clone()} />
                { findings(Verdict::InOrder) }
            }
        </div>
    }
}
