//! Lines of a text with their numbers, the cited part marked.

use yew::prelude::*;

use crate::window::Window;

/// A window of lines; `label` names it, since it scrolls and takes the focus for that.
pub(crate) fn lines(window: &Window, label: String) -> Html {
    let rows = window.lines.iter().map(|line| {
        html! {
            <span class={classes!("line", (!line.marked.is_empty()).then_some("cited"))}>
                <span class="number">{ line.number }</span>
                <span class="text">
                    { &line.before }
                    if !line.marked.is_empty() { <mark>{ &line.marked }</mark> }
                    { &line.after }
                </span>
            </span>
        }
    });
    html! { <pre class="lines" tabindex="0" role="group" aria-label={label} translate="no">{ for rows }</pre> }
}
