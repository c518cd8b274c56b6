//! The text of one input as it was kept, a page of lines at a time.

use yew::prelude::*;

use super::lines::lines;
use crate::app::Ui;
use crate::case::Shown;
use crate::window;

/// How many lines are shown at once; more would be slow to lay out.
const LINES: usize = 100;

#[derive(Properties, PartialEq)]
pub(crate) struct SourceTextProps {
    pub(crate) ui: Ui,
    pub(crate) shown: Shown,
    /// The place of the input.
    pub(crate) input: usize,
    pub(crate) name: AttrValue,
}

#[component]
pub(crate) fn SourceText(props: &SourceTextProps) -> Html {
    let SourceTextProps {
        ui: Ui { text, .. },
        shown,
        input,
        name,
    } = props;
    let open = use_state_eq(|| false);
    // Where the page begins: a byte, and the number of its line.
    let at = use_state_eq(|| (0_usize, 1_usize));
    let toggle = {
        let open = open.clone();
        Callback::from(move |event: Event| {
            let details = event.target_dyn_into::<web_sys::HtmlDetailsElement>();
            open.set(details.is_some_and(|details| details.open()));
        })
    };
    let content = shown.case.source(*input).filter(|_| *open).map(|source| {
        let (start, number) = *at;
        let window = window::page(source.text(), start, number, LINES);
        let next = window.next.map(|next| {
            let at = at.clone();
            let after = number + window.lines.len();
            html! { <button type="button" onclick={move |_| at.set((next, after))}>{ text.next_lines }</button> }
        });
        let first = (start > 0).then(|| {
            let at = at.clone();
            html! { <button type="button" onclick={move |_| at.set((0, 1))}>{ text.first_lines }</button> }
        });
        html! {
            <>
                { lines(&window, name.to_string()) }
                <div class="row">{ first }{ next }</div>
            </>
        }
    });
    html! {
        <details class="look" ontoggle={toggle}>
            <summary>{ text.look }</summary>
            { content }
        </details>
    }
}
