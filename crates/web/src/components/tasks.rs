//! Other stopped tasks in the paste, by their error text, and the choice of one of them.

use report::model::TaskGroup;
use report::words::Words;
use yew::prelude::*;

use crate::app::Ui;
use crate::case::Shown;
use crate::prose;
use crate::state::Action;

/// The most tasks of one error that are listed.
const MOST_TASKS: usize = 20;

pub(crate) fn tasks(ui: &Ui, shown: &Shown, task: Option<&str>) -> Html {
    let Ui { text, lang, dispatch, .. } = ui;
    let groups = &shown.report().other_tasks;
    if groups.is_empty() && task.is_none() {
        return Html::default();
    }
    let words = Words::of(*lang);
    let group = |group: &TaskGroup| {
        let tasks = group.tasks.iter().take(MOST_TASKS).map(|arn| {
            let choose = {
                let arn = arn.clone();
                dispatch.reform(move |_: MouseEvent| Action::Choose(Some(arn.clone())))
            };
            html! { <li>{ prose::code(arn) }{ " " }<button type="button" aria-label={format!("{}: {arn}", text.choose_task)} onclick={choose}>{ text.choose_task }</button></li> }
        });
        html! {
            <li>
                <p>{ group.text.as_deref().map_or_else(|| html! { { words.no_error_text } }, prose::code) }</p>
                <ul>{ for tasks }</ul>
            </li>
        }
    };
    html! {
        <details class="tasks">
            <summary><h2>{ words.other_tasks }</h2></summary>
            if task.is_some() {
                <button type="button" onclick={dispatch.reform(|_: MouseEvent| Action::Choose(None))}>{ text.latest_task }</button>
            }
            <ul>{ for groups.iter().map(group) }</ul>
        </details>
    }
}
