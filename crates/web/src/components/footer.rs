//! How to check the promise of privacy, the list of findings, and what the page is made of.

use report::explain;
use report::words::Words;
use yew::prelude::*;

use crate::app::Ui;

pub(crate) fn footer(ui: &Ui) -> Html {
    let Ui { text, lang, .. } = ui;
    let tool = report::tool();
    let words = Words::of(*lang);
    html! {
        <footer>
            <details>
                <summary>{ text.trust_heading }</summary>
                <ul>{ for text.trust_points.iter().map(|point| html! { <li>{ *point }</li> }) }</ul>
            </details>
            <p>
                <a href="#/findings">{ text.pages_heading }</a>
                { format!(" ({})", explain::codes().len()) }
                { format!(" · {} {}", text.title, tool.version) }
                if let Some(build) = &tool.build { { format!(" · {} {build}", words.build) } }
                if let Some(facts) = &tool.facts { { format!(" · {} {facts}", words.facts) } }
            </p>
        </footer>
    }
}
