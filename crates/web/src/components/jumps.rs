//! Ways to the parts of a long answer. Not fragment links: the address stays as it is.

use report::words::Words;
use report::words::vocabulary::Verdict;
use yew::prelude::*;

use crate::app::Ui;
use crate::browser;
use crate::case::Shown;
use crate::message::Purpose;
use crate::state::Action;

pub(crate) fn jumps(ui: &Ui, shown: &Shown) -> Html {
    let Ui {
        text,
        lang,
        detailed,
        dispatch,
        ..
    } = ui;
    let report = shown.report();
    let verdict = |verdict: Verdict| {
        let count = report.findings.iter().filter(|finding| Verdict::of(finding) == verdict).count();
        (heading(verdict), verdict.phrase(*lang), count)
    };
    let message = |purpose: Purpose, name| (purpose.heading(), name, usize::from(purpose.applies(report)));
    let parts = [
        verdict(Verdict::Confirmed),
        verdict(Verdict::Next),
        message(Purpose::Answer, text.reply_heading),
        ("collect-heading", text.collect_heading, report.requests.len()),
        message(Purpose::Ask, text.message_heading),
        verdict(Verdict::WatchOut),
        verdict(Verdict::NotKnownYet),
        ("destinations-heading", Words::of(*lang).destinations, report.destinations.len()),
        verdict(Verdict::InOrder),
    ];
    let buttons = parts.into_iter().filter(|(_, _, count)| *count > 0).map(|(id, name, count)| {
        html! { <li><button type="button" class="link" onclick={move |_| browser::focus(id)}>{ if count > 1 { format!("{name} ({count})") } else { name.to_owned() } }</button></li> }
    });
    let detail = {
        let detailed = *detailed;
        dispatch.reform(move |_: MouseEvent| Action::Detail(!detailed))
    };
    html! {
        <nav class="jumps" aria-label={text.jump}>
            <ul class="row">
                { for buttons }
                <li><button type="button" class="link" onclick={|_| browser::focus("export-heading")}>{ text.export_heading }</button></li>
                <li><button type="button" data-role="detail" aria-pressed={detailed.to_string()} onclick={detail}>{ text.detail }</button></li>
            </ul>
        </nav>
    }
}

/// The id of a verdict's heading.
pub(crate) const fn heading(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Confirmed => "confirmed-heading",
        Verdict::Next => "next-heading",
        Verdict::WatchOut => "watch-out-heading",
        Verdict::NotKnownYet => "not-known-yet-heading",
        Verdict::InOrder => "in-order-heading",
    }
}
