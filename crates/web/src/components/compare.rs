//! Before and after: what became of each cause since the customer changed something, and what differs.

use report::model::{ChangeKind, MemberChange, Progress};
use report::words::vocabulary::Tone;
use yew::prelude::*;

use super::copy::Copy;
use crate::app::Ui;
use crate::case::Shown;
use crate::prose;
use crate::state::Held;

/// The most differences that are listed.
const MOST: usize = 60;

#[derive(Properties, PartialEq)]
pub(crate) struct CompareProps {
    pub(crate) ui: Ui,
    pub(crate) shown: Shown,
    pub(crate) held: Held,
}

#[component]
pub(crate) fn Compare(props: &CompareProps) -> Html {
    let CompareProps { ui, shown, held } = props;
    let text = ui.text;
    let compared = use_memo((shown.clone(), ui.lang), |(shown, lang)| shown.case.comparison(held, *lang));
    let Some(compared) = compared.as_ref() else {
        return Html::default();
    };
    let tone = tone(compared.verdict);
    let causes = compared.causes.iter().map(|cause| {
        let tone = self::tone(cause.verdict);
        html! { <li data-progress={cause.verdict.word()}>{ prose::mark(tone, text.progress(cause.verdict)) }{ " " }{ prose::line(&cause.title) }</li> }
    });
    let changes = compared.changes.iter().take(MOST).map(|change| {
        let kind = match change.kind {
            ChangeKind::Changed => text.change_kinds[0],
            ChangeKind::Added => text.change_kinds[1],
            ChangeKind::Gone => text.change_kinds[2],
        };
        html! {
            <li>
                { kind }{ " " }{ prose::code(&change.subject) }{ " " }<span class="quiet">{ prose::visible(&change.operation) }</span>
                if !change.members.is_empty() { <ul>{ for change.members.iter().map(member) }</ul> }
            </li>
        }
    });
    let again: Vec<String> = compared
        .again
        .iter()
        .filter_map(|request| Some(report::requote(request.reading()?, ui.shell)))
        .collect();
    html! {
        <section class={classes!("outcome", tone.name())} aria-labelledby="compare-heading" data-role="comparison" data-progress={compared.verdict.word()}>
            <h2 id="compare-heading">{ text.compare_heading }</h2>
            <p class="sentence"><span class={classes!("sign", tone.name())} aria-hidden="true">{ tone.sign() }</span>{ prose::line(&compared.summary) }</p>
            <ul>{ for causes }</ul>
            if !again.is_empty() {
                <p>{ text.compare_again }</p>
                <div class="command">
                    <pre tabindex="0" role="group" aria-label={text.compare_again} translate="no">{ prose::visible(&again.join("\n")) }</pre>
                    <Copy ui={ui.clone()} value={again.join("\n")} />
                </div>
            }
            if !compared.changes.is_empty() {
                <details>
                    <summary>{ text.compare_changes }<span class="count">{ format!(" {}", compared.changes.len()) }</span></summary>
                    <ul class="changes-list">{ for changes }</ul>
                </details>
            }
        </section>
    }
}

fn tone(verdict: Progress) -> Tone {
    match verdict {
        Progress::Gone => Tone::Good,
        Progress::Remains => Tone::Bad,
        Progress::Unknown | Progress::NoCause => Tone::Unknown,
    }
}

/// A member with what stood there and what stands there now.
fn member(member: &MemberChange) -> Html {
    let value = |value: &Option<String>| prose::code(value.as_deref().unwrap_or("–"));
    html! { <li>{ prose::code(&member.member) }{ " " }{ value(&member.before) }{ " → " }{ value(&member.after) }</li> }
}
