//! A finding's page, and the list of them. Their addresses hold a code and nothing of a case.

use report::explain;
use yew::prelude::*;

use crate::app::Ui;
use crate::prose;

pub(crate) fn finding_page(ui: &Ui, code: Option<&str>) -> Html {
    let Ui { text, lang, .. } = ui;
    let content = match code {
        None => list(text.pages_heading, *lang),
        Some(code) => match explain::page(code, *lang) {
            Some(page) => written(&page, text.documentation),
            None => html! { <><h2>{ prose::code(code) }</h2><p>{ text.no_such_page }</p></> },
        },
    };
    html! {
        <article class="page">
            <p class="row"><a href="#/">{ text.back }</a>if code.is_some() { <a href="#/findings">{ text.pages_heading }</a> }</p>
            { content }
        </article>
    }
}

fn list(heading: &str, lang: report::Lang) -> Html {
    let codes = explain::codes().into_iter().filter_map(|code| {
        let page = explain::page(code, lang)?;
        Some(html! { <li><a href={format!("#/findings/{code}")}>{ prose::code(code) }</a>{ " " }{ prose::line(&page.title) }</li> })
    });
    html! { <><h2>{ heading.to_owned() }</h2><ul>{ for codes }</ul></> }
}

fn written(page: &explain::Page, documentation: &str) -> Html {
    let sections = page
        .sections
        .iter()
        .map(|(heading, body)| html! { <><h3>{ *heading }</h3>{ prose::paragraphs(body) }</> });
    let links = page
        .documentation
        .iter()
        .map(|address| html! { <li><a href={*address} rel="noreferrer noopener" target="_blank">{ *address }</a></li> });
    html! {
        <>
            <h2>{ prose::line(&page.title) }</h2>
            <p>{ prose::code(page.code) }</p>
            { for sections }
            if !page.documentation.is_empty() {
                <h3>{ documentation.to_owned() }</h3>
                <ul>{ for links }</ul>
            }
        </>
    }
}
