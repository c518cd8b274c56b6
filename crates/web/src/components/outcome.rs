//! The outcome in one sentence, announced to screen readers when it changes.

use yew::prelude::*;

use crate::ui_text::UiText;

#[derive(Properties, PartialEq)]
pub(crate) struct OutcomeProps {
    pub(crate) text: &'static UiText,
    /// How many inputs are held.
    pub(crate) inputs: usize,
}

#[component]
pub(crate) fn Outcome(props: &OutcomeProps) -> Html {
    let OutcomeProps { text, inputs } = props;
    html! {
        <section aria-labelledby="outcome-heading">
            <h2 id="outcome-heading">{ text.outcome_heading }</h2>
            <p class="outcome" role="status" data-outcome="">{ text.received(*inputs) }</p>
        </section>
    }
}
