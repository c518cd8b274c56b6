//! The answer: the outcome first, then the causes, what to collect, the rest of the findings, the destinations.

use report::words::vocabulary::Verdict;
use yew::prelude::*;

use super::collect::Collect;
use super::compare::Compare;
use super::destinations::Destinations;
use super::export::Export;
use super::findings::Findings;
use super::jumps::Jumps;
use super::message::Message;
use super::outcome::Outcome;
use super::policies::Policies;
use super::tasks::Tasks;
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
    let findings = |verdict: Verdict| html! { <Findings ui={ui.clone()} shown={shown.clone()} {verdict} /> };
    html! {
        <div class="answer">
            <p class="unseen" role="status" data-role="announcement">{ announced }</p>
            <Compare ui={ui.clone()} shown={shown.clone()} held={held.clone()} />
            <Outcome ui={ui.clone()} shown={shown.clone()} held={given} />
            if given {
                <Jumps ui={ui.clone()} shown={shown.clone()} />
                <Tasks ui={ui.clone()} shown={shown.clone()} task={held.task.clone()} />
                { findings(Verdict::Confirmed) }
                { findings(Verdict::Next) }
                <Message ui={ui.clone()} shown={shown.clone()} purpose={Purpose::Answer} />
                <Collect ui={ui.clone()} shown={shown.clone()} />
                { findings(Verdict::WatchOut) }
                { findings(Verdict::NotKnownYet) }
                <Destinations ui={ui.clone()} shown={shown.clone()} />
                <Policies ui={ui.clone()} shown={shown.clone()} />
                { findings(Verdict::InOrder) }
                <Export ui={ui.clone()} shown={shown.clone()} held={held.clone()} />
            }
        </div>
    }
}
