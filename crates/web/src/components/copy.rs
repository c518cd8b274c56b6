//! A button that copies a text and says whether it did.

use gloo_timers::future::TimeoutFuture;
use yew::prelude::*;

use crate::app::Ui;
use crate::browser::clipboard;

/// How long the button says so, in milliseconds.
const SAYS: u32 = 2_500;

#[derive(Properties, PartialEq)]
pub(crate) struct CopyProps {
    pub(crate) ui: Ui,
    /// What is copied.
    pub(crate) value: AttrValue,
    /// What the button says.
    #[prop_or_default]
    pub(crate) label: Option<AttrValue>,
    /// What it copies, for those who hear the button alone.
    #[prop_or_default]
    pub(crate) of: AttrValue,
}

#[component]
pub(crate) fn Copy(props: &CopyProps) -> Html {
    let CopyProps {
        ui: Ui { text, .. },
        value,
        label,
        of,
    } = props;
    let said = use_state_eq(|| None::<bool>);
    let copy = {
        let (value, said) = (value.clone(), said.clone());
        Callback::from(move |_: MouseEvent| {
            let (value, said) = (value.clone(), said.clone());
            wasm_bindgen_futures::spawn_local(async move {
                said.set(Some(clipboard::copy(&value).await));
                TimeoutFuture::new(SAYS).await;
                said.set(None);
            });
        })
    };
    let says = match *said {
        None => label.as_deref().unwrap_or(text.copy),
        Some(true) => text.copied,
        Some(false) => text.copy_failed,
    };
    let name = (!of.is_empty()).then(|| format!("{says}: {of}"));
    html! {
        <>
            <button type="button" class="copy" data-copy="" aria-label={name} onclick={copy}>{ says.to_owned() }</button>
            <span class="unseen" role="status">{ if said.is_some() { says } else { "" } }</span>
        </>
    }
}
