//! The cases that are open, one beside the other.

use yew::prelude::*;

use crate::app::Ui;
use crate::state::{Action, Tab};
use crate::ui_text::with;

pub(crate) fn tabs(ui: &Ui, tabs: &[Tab], shown: usize, closed: bool) -> Html {
    let Ui { text, dispatch, .. } = ui;
    let several = tabs.len() > 1;
    let tab = |(at, tab): (usize, &Tab)| {
        let (id, current) = (tab.id, tab.id == shown);
        let name = with(text.case_name, at + 1);
        let show = dispatch.reform(move |_: MouseEvent| Action::Show(id));
        let close = dispatch.reform(move |_: MouseEvent| Action::Close(id));
        html! {
            <li key={id} class={classes!("tab", current.then_some("current"))}>
                <button type="button" class="link" data-role="tab" aria-current={current.then_some("true")} onclick={show}>{ &name }</button>
                if several {
                    <button type="button" class="link" data-role="close" aria-label={with(text.close_case, &name)} onclick={close}>{ "×" }</button>
                }
            </li>
        }
    };
    html! {
        <nav class="tabs" aria-label={text.cases_label}>
            <ul class="row">
                { for tabs.iter().enumerate().map(tab) }
                <li><button type="button" class="link" data-role="new-case" onclick={dispatch.reform(|_: MouseEvent| Action::Open)}>{ text.new_case }</button></li>
                if closed {
                    <li><button type="button" class="link" data-role="reopen" onclick={dispatch.reform(|_: MouseEvent| Action::Reopen)}>{ text.reopen }</button></li>
                }
            </ul>
        </nav>
    }
}
