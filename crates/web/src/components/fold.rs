//! What is worked out when it is unfolded.

use web_sys::HtmlDetailsElement;
use yew::prelude::*;

/// Whether a `<details>` is open, and what to hand to its `ontoggle`.
#[hook]
pub(crate) fn use_fold(open: bool) -> (bool, Callback<Event>) {
    let opened = use_state_eq(|| open);
    let toggle = {
        let opened = opened.clone();
        Callback::from(move |event: Event| {
            let details = event.target_dyn_into::<HtmlDetailsElement>();
            opened.set(details.is_some_and(|details| details.open()));
        })
    };
    (*opened, toggle)
}
