//! A question that no output answers. The answer is evidence at once.

use report::words::Words;
use web_sys::{HtmlInputElement, SubmitEvent};
use yew::prelude::*;

use super::copy::Copy;
use crate::app::Ui;
use crate::prose;
use crate::state::Action;

#[derive(Properties, PartialEq)]
pub(crate) struct QuestionProps {
    pub(crate) ui: Ui,
    /// Its id in this report.
    pub(crate) request: AttrValue,
    /// The id that it keeps.
    pub(crate) lasting: Option<String>,
    pub(crate) question: AttrValue,
    /// The answers to choose from; none: free text.
    pub(crate) choices: Vec<String>,
}

#[component]
pub(crate) fn Question(props: &QuestionProps) -> Html {
    let QuestionProps {
        ui,
        request,
        lasting,
        question,
        choices,
    } = props;
    let text = ui.text;
    let field = use_node_ref();
    let id = lasting.clone().unwrap_or_else(|| request.to_string());
    let label = format!("question-{request}");
    let send = {
        let (field, dispatch, id) = (field.clone(), ui.dispatch.clone(), id.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let answer = field.cast::<HtmlInputElement>().map(|field| field.value()).unwrap_or_default();
            if !answer.trim().is_empty() {
                dispatch.emit(Action::Answer(id.clone(), answer.trim().to_owned()));
            }
        })
    };
    let choice = |choice: &String| {
        let (id, answer) = (id.clone(), choice.clone());
        let choose = ui.dispatch.reform(move |_: MouseEvent| Action::Answer(id.clone(), answer.clone()));
        let shown = match choice.as_str() {
            "yes" => text.yes,
            "no" => text.no,
            other => other,
        };
        html! { <button type="button" data-answer={choice.clone()} onclick={choose}>{ shown.to_owned() }</button> }
    };
    html! {
        <>
            <p class="asked" id={label.clone()}><span class="id">{ request }</span>{ " " }{ prose::line(question) }</p>
            if choices.is_empty() {
                <form class="row" onsubmit={send}>
                    <label class="field"><span>{ text.answer_label }</span><input type="text" ref={field} aria-describedby={label} autocomplete="off" /></label>
                    <button type="submit">{ text.answer_send }</button>
                </form>
            } else {
                <div class="row" role="group" aria-labelledby={label}>
                    <span class="label">{ Words::of(ui.lang).choices }</span>
                    { for choices.iter().map(choice) }
                </div>
            }
            <Copy ui={ui.clone()} value={prose::plain(question)} of={request.clone()} />
        </>
    }
}
