//! What was given: each input with what it was recognised as, and the ways to take it back.

use yew::prelude::*;

use super::source_text::SourceText;
use crate::app::Ui;
use crate::case::{Kind, Shown};
use crate::prose;
use crate::repairs;
use crate::state::{Action, Held, Input, Tab};
use crate::ui_text::with;

/// The most documents of one input that are listed.
const MOST_DOCUMENTS: usize = 40;

#[derive(Properties, PartialEq)]
pub(crate) struct InputsProps {
    pub(crate) ui: Ui,
    pub(crate) tab: Tab,
    pub(crate) shown: Shown,
    /// Whether what was given is still being read.
    pub(crate) reading: bool,
}

#[component]
pub(crate) fn Inputs(props: &InputsProps) -> Html {
    let InputsProps { ui, tab, shown, reading } = props;
    let Ui { text, dispatch, .. } = ui;
    let (held, undo) = (&tab.held, tab.can_undo());
    if *held == Held::default() && !undo {
        return Html::default();
    }
    let chips = held.inputs.iter().enumerate().map(|(at, input)| {
        let after = held.changed.is_some_and(|changed| input.id >= changed);
        chip(ui, shown, at, input, (*reading, after))
    });
    let answers = held.answers.iter().map(|(question, answer)| {
        let take_back = {
            let question = question.clone();
            dispatch.reform(move |_: MouseEvent| Action::Unanswer(question.clone()))
        };
        html! {
            <li key={question.clone()} class="chip" data-role="answer">
                <span class="chip-name">{ format!("{}: {}", text.answer_name, prose::visible(answer)) }</span>
                <button type="button" aria-label={format!("{} {}", text.remove, question)} onclick={take_back}>{ text.remove }</button>
            </li>
        }
    });
    let changed = {
        let now = held.changed.is_none();
        dispatch.reform(move |_: Event| Action::Changed(now))
    };
    html! {
        <section class="inputs" aria-labelledby="inputs-heading">
            <h2 id="inputs-heading">{ text.inputs_heading }</h2>
            if shown.case.secrets() > 0 {
                <p class="alarm" role="note">{ text.secrets_masked }</p>
            }
            <ul class="chips">{ for chips }{ for answers }</ul>
            <label class="check"><input type="checkbox" data-role="changed" checked={held.changed.is_some()} onchange={changed} />{ text.changed }</label>
            <div class="row">
                if undo {
                    <button type="button" data-role="undo" onclick={dispatch.reform(|_: MouseEvent| Action::Undo)}>{ text.undo }</button>
                }
                <button type="button" data-role="forget" onclick={dispatch.reform(|_: MouseEvent| Action::Forget)}>{ text.forget }</button>
            </div>
        </section>
    }
}

fn chip(ui: &Ui, shown: &Shown, at: usize, input: &Input, (reading, after): (bool, bool)) -> Html {
    let text = ui.text;
    let name = match &input.name {
        Some(name) => prose::visible(name),
        None => format!("{} {}", text.pasted_name, input.number),
    };
    let id = input.id;
    let remove = ui.dispatch.reform(move |_: MouseEvent| Action::Remove(id));
    let all: Vec<usize> = shown.case.documents(at).collect();
    let documents = all.iter().take(MOST_DOCUMENTS).map(|index| document(ui, shown, *index));
    let source = shown.case.source(at);
    let repaired: Vec<&str> = source
        .iter()
        .flat_map(|source| &source.repairs)
        .map(|repair| repairs::phrase(repair.kind, ui.lang))
        .collect();
    // What concerns a whole source is said with its first document, where it has one.
    let alone = source.filter(|_| all.is_empty());
    let problems = alone
        .iter()
        .flat_map(|source| &source.problems)
        .map(|problem| ui.lang.pick(&problem.text.en, &problem.text.ja));
    let outputs = all.iter().filter(|index| shown.case.is_recognised(**index)).count();
    let prose = all.iter().any(|index| shown.case.kind(*index) == Kind::Prose);
    let recognised = match outputs {
        _ if reading => text.reading.to_owned(),
        0 if prose => text.prose_only.to_owned(),
        0 => text.nothing_recognised.to_owned(),
        1 => text.recognised_one.to_owned(),
        many => with(text.recognised, many),
    };
    // A list that holds a problem is open: it says what to do.
    let told = source.is_some_and(|source| !source.problems.is_empty())
        || all.iter().any(|index| {
            shown
                .report()
                .documents
                .get(*index)
                .is_some_and(|document| !document.problems.is_empty())
        });
    html! {
        <li key={id} class="chip" data-role="input">
            <span class="chip-name">{ &name }</span>
            <span class="quiet">{ size(input.bytes.len()) }</span>
            if after { <span class="quiet">{ text.after }</span> }
            <button type="button" aria-label={format!("{} {name}", text.remove)} onclick={remove}>{ text.remove }</button>
            <details class="look" open={told}>
                <summary>{ recognised }</summary>
            <ul class="documents">
                { for documents }
                if all.len() > MOST_DOCUMENTS {
                    <li class="quiet">{ with(text.more_documents, all.len() - MOST_DOCUMENTS) }</li>
                }
                { for problems.map(|told| problem(ui, told)) }
            </ul>
            </details>
            if !repaired.is_empty() {
                <p class="quiet">{ format!("{}: {}", text.repaired, repaired.join(ui.lang.pick(", ", "、"))) }</p>
            }
            <SourceText ui={ui.clone()} shown={shown.clone()} input={at} name={name} />
        </li>
    }
}

fn document(ui: &Ui, shown: &Shown, index: usize) -> Html {
    let Some(document) = shown.report().documents.get(index) else {
        return Html::default();
    };
    let items = if document.operation.is_some() { document.resources } else { 0 };
    html! {
        <li data-document={index.to_string()}>
            { recognised_as(ui, shown, index, document.operation.as_deref()) }
            if items > 0 {
                <span class="quiet">{ " " }{ if items == 1 { ui.text.item_one.to_owned() } else { with(ui.text.items, items) } }</span>
            }
            if !document.problems.is_empty() {
                <ul>{ for document.problems.iter().map(|told| problem(ui, told)) }</ul>
            }
        </li>
    }
}

fn recognised_as(ui: &Ui, shown: &Shown, index: usize, operation: Option<&str>) -> Html {
    match (operation, shown.case.kind(index)) {
        (Some(operation), Kind::Error) => {
            html! { <>{ prose::code(operation) }{ " " }{ ui.text.error }</> }
        }
        (Some(operation), _) => prose::code(operation),
        (None, Kind::Error) => html! { { ui.text.error } },
        (None, Kind::Prose) => html! { <span class="quiet">{ ui.text.prose }</span> },
        (None, Kind::Other) => {
            html! { <span class="quiet">{ report::words::Words::of(ui.lang).not_recognised }</span> }
        }
    }
}

fn problem(ui: &Ui, told: &str) -> Html {
    html! { <li class="problem"><span class="sign" aria-hidden="true">{ "!" }</span><strong>{ format!("{}: ", ui.text.problem) }</strong>{ prose::line(told) }</li> }
}

/// A size in the unit that keeps it short: `512 B`, `34 KB`, `9 MB`.
fn size(bytes: usize) -> String {
    match bytes {
        0..=999 => format!("{bytes} B"),
        1_000..=999_999 => format!("{} KB", bytes / 1_000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_change_their_unit_at_a_thousand() {
        assert_eq!(
            [size(999), size(1_000), size(999_999), size(1_000_000)],
            ["999 B", "1 KB", "999 KB", "1 MB"]
        );
    }
}
