//! The cases that are open, one beside the other.

use yew::prelude::*;

use crate::app::Ui;
use crate::state::{Action, Tab};
use crate::ui_text::with;

#[derive(Properties, PartialEq)]
pub(crate) struct TabsProps {
    pub(crate) ui: Ui,
    pub(crate) tabs: Vec<Tab>,
    /// The id of the one that is shown.
    pub(crate) shown: usize,
    /// Whether one was closed that can be had back.
    pub(crate) closed: bool,
}

#[component]
pub(crate) fn Tabs(props: &TabsProps) -> Html {
    let TabsProps {
        ui: Ui { text, dispatch, .. },
        tabs,
        shown,
        closed,
    } = props;
    let several = tabs.len() > 1;
    let tab = |(at, tab): (usize, &Tab)| {
        let (id, current) = (tab.id, tab.id == *shown);
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
                if *closed {
                    <li><button type="button" class="link" data-role="reopen" onclick={dispatch.reform(|_: MouseEvent| Action::Reopen)}>{ text.reopen }</button></li>
                }
            </ul>
        </nav>
    }
}
