//! How to check the promise of privacy, the list of findings, and what the page is made of.

use report::explain;
use report::words::Words;
use yew::prelude::*;

use crate::app::Ui;

#[derive(Properties, PartialEq)]
pub(crate) struct FooterProps {
    pub(crate) ui: Ui,
    pub(crate) version: AttrValue,
    pub(crate) facts: Option<String>,
}

#[component]
pub(crate) fn Footer(props: &FooterProps) -> Html {
    let FooterProps {
        ui: Ui { text, lang, .. },
        version,
        facts,
    } = props;
    html! {
        <footer>
            <details>
                <summary>{ text.trust_heading }</summary>
                <ul>{ for text.trust_points.iter().map(|point| html! { <li>{ *point }</li> }) }</ul>
            </details>
            <p>
                <a href="#/findings">{ text.pages_heading }</a>
                { format!(" ({})", explain::codes().len()) }
                { format!(" · {} {version}", text.title) }
                if let Some(build) = option_env!("PULLDOCTOR_BUILD").filter(|build| !build.is_empty()) { { format!(" · {} {build}", text.build) } }
                if let Some(facts) = facts {
                    { format!(" · {} {facts}", Words::of(*lang).facts) }
                }
            </p>
        </footer>
    }
}
