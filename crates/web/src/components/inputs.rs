//! The list of what was given, each entry removable, and the button that forgets it all.

use yew::prelude::*;

use crate::state::{Action, Input};
use crate::ui_text::UiText;

#[derive(Properties, PartialEq)]
pub(crate) struct InputsProps {
    pub(crate) text: &'static UiText,
    pub(crate) inputs: Vec<Input>,
    pub(crate) dispatch: Callback<Action>,
}

#[component]
pub(crate) fn Inputs(props: &InputsProps) -> Html {
    let InputsProps {
        text,
        inputs,
        dispatch,
    } = props;
    if inputs.is_empty() {
        return Html::default();
    }
    let forget = {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.emit(Action::Forget))
    };
    html! {
        <section aria-labelledby="inputs-heading">
            <h2 id="inputs-heading">{ text.inputs_heading }</h2>
            <ul class="chips">
                { for inputs.iter().map(|input| chip(text, input, dispatch)) }
            </ul>
            <button type="button" data-role="forget" onclick={forget}>{ text.forget }</button>
        </section>
    }
}

fn chip(text: &UiText, input: &Input, dispatch: &Callback<Action>) -> Html {
    let name = match &input.name {
        Some(name) => name.to_string(),
        None => format!("{} {}", text.pasted_name, input.id + 1),
    };
    let label = format!("{} {name}", text.remove);
    let id = input.id;
    let remove = {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.emit(Action::Remove(id)))
    };
    html! {
        <li key={id} class="chip" data-role="input">
            <span class="chip-name">{ name }</span>
            <span class="chip-size">{ size(input.bytes.len()) }</span>
            <button type="button" aria-label={label} onclick={remove}>{ text.remove }</button>
        </li>
    }
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
