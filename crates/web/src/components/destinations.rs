//! Every destination of the start: one picture of all with a list that says the same, then the way and the permissions of each.

use report::model::{Destination as Model, Reach};
use report::words::Words;
use yew::prelude::*;

use super::destination::{destination, has_details, summary_id};
use super::overview::overview;
use crate::app::Ui;
use crate::browser;
use crate::case::Shown;
use crate::prose;

pub(crate) fn destinations(ui: &Ui, shown: &Shown) -> Html {
    let words = Words::of(ui.lang);
    let destinations = &shown.report().destinations;
    if destinations.is_empty() {
        return Html::default();
    }
    let details = (0..destinations.len()).map(|index| destination(ui, shown, index));
    html! {
        <section class="destinations" aria-labelledby="destinations-heading">
            <h2 id="destinations-heading" tabindex="-1">{ words.destinations }</h2>
            <div class="way">
                { overview(ui, destinations) }
                <ul class="hops services">{ for destinations.iter().enumerate().map(|(index, destination)| entry(ui, index, destination)) }</ul>
            </div>
            { for details }
        </section>
    }
}

fn entry(ui: &Ui, index: usize, destination: &Model) -> Html {
    let lang = ui.lang;
    let words = Words::of(lang);
    let [_, _, needed_for, network_head, permissions, references] = words.destination_columns;
    let service = destination.service.to_string();
    let host = destination.host.as_ref().map(|host| match destination.port {
        Some(port) => prose::code(&format!("{host}:{port}")),
        None => prose::code(host),
    });
    let network = match &destination.network {
        Some(network) => html! {
            <>
                { prose::mark(network.verdict.tone(), network.verdict.phrase(lang)) }
                if let Some(via) = network.via { { format!(" ({})", via.phrase(lang)) } }
            </>
        },
        None => html! { { words.no_way(&destination.service) } },
    };
    let calls = destination.authorization.iter();
    let calls = calls
        .map(|call| html! { <p>{ prose::code(&call.action) }{ " " }{ prose::mark(call.verdict.tone(), call.verdict.phrase(lang)) }</p> });
    let named = destination.references.iter();
    let named = named.map(|reference| html! { <p>{ prose::code(&reference.text) }{ " " }{ prose::mark(reference.verdict.tone(), reference.verdict.phrase(lang)) }</p> });
    let verdict = destination.network.as_ref().map_or("", |network| Reach::word(network.verdict));
    html! {
        <li data-service={service.clone()} data-verdict={verdict}>
            if has_details(destination) {
                <button type="button" class="link" onclick={move |_| browser::focus(&summary_id(index))}>{ prose::code(&service) }</button>
            } else {
                { prose::code(&service) }
            }
            { " " }{ host }
            <dl class="facts">
                <div><dt>{ network_head }</dt><dd>{ network }</dd></div>
                if !destination.authorization.is_empty() { <div><dt>{ permissions }</dt><dd>{ for calls }</dd></div> }
                if !destination.references.is_empty() { <div><dt>{ references }</dt><dd>{ for named }</dd></div> }
                if !destination.needed_for.is_empty() { <div><dt>{ needed_for }</dt><dd>{ for destination.needed_for.iter().map(|why| html! { <p>{ prose::line(why) }</p> }) }</dd></div> }
            </dl>
        </li>
    }
}
