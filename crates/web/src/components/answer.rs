//! The answer: the outcome first, then the causes, what to collect, the rest of the findings, the destinations.

use report::words::vocabulary::Verdict;
use yew::prelude::*;

use super::collect::collect;
use super::compare::Compare;
use super::destinations::destinations;
use super::export::Export;
use super::findings::findings;
use super::jumps::jumps;
use super::message::Message;
use super::outcome::outcome;
use super::policies::Policies;
use super::tasks::tasks;
use crate::app::Ui;
use crate::case::Shown;
use crate::message::Purpose;
use crate::state::Held;
use crate::ui_text::with;

#[derive(Properties, PartialEq)]
pub(crate) struct AnswerProps {
    pub(crate) ui: Ui,
    pub(crate) shown: Shown,
    pub(crate) held: Held,
}

#[component]
pub(crate) fn Answer(props: &AnswerProps) -> Html {
    let AnswerProps { ui, shown, held } = props;
    let given = !held.inputs.is_empty();
    // An empty page diagnoses nothing: it would double the time to its start.
    let announced = if given {
        let report = shown.report();
        with(ui.text.announce, report.findings.len()).replace("{m}", &report.requests.len().to_string())
    } else {
        String::new()
    };
    let findings = |verdict: Verdict| findings(ui, shown, verdict);
    html! {
        <div class="answer">
            <p class="unseen" role="status" data-role="announcement">{ announced }</p>
            <Compare ui={ui.clone()} shown={shown.clone()} held={held.clone()} />
            { outcome(ui, shown, given) }
            if given {
                { jumps(ui, shown) }
                { tasks(ui, shown, held.task.as_deref()) }
                { findings(Verdict::Confirmed) }
                { findings(Verdict::Next) }
                <Message ui={ui.clone()} shown={shown.clone()} purpose={Purpose::Answer} />
                { collect(ui, shown) }
                { findings(Verdict::WatchOut) }
                { findings(Verdict::NotKnownYet) }
                { destinations(ui, shown) }
                <Policies ui={ui.clone()} shown={shown.clone()} />
                { findings(Verdict::InOrder) }
                <Export ui={ui.clone()} shown={shown.clone()} held={held.clone()} />
            }
        </div>
    }
}
