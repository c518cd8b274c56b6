//! Every destination of the start: one overview, then the way and the permissions of each.

use report::model::{Destination as Model, Reach};
use report::words::Words;
use yew::prelude::*;

use super::destination::Destination;
use crate::app::Ui;
use crate::case::Shown;
use crate::prose;

#[derive(Properties, PartialEq)]
pub(crate) struct DestinationsProps {
    pub(crate) ui: Ui,
    pub(crate) shown: Shown,
}

#[component]
pub(crate) fn Destinations(props: &DestinationsProps) -> Html {
    let DestinationsProps { ui, shown } = props;
    let words = Words::of(ui.lang);
    let destinations = &shown.report.destinations;
    if destinations.is_empty() {
        return Html::default();
    }
    let [service, host, needed, network, permissions, references] = words.destination_columns;
    let names = [service, host, needed, network, permissions, references];
    let details = destinations.iter().enumerate().map(|(index, destination)| {
        html! { <Destination key={destination.service.to_string()} ui={ui.clone()} shown={shown.clone()} {index} /> }
    });
    html! {
        <section class="destinations" aria-labelledby="destinations-heading">
            <h2 id="destinations-heading" tabindex="-1">{ words.destinations }</h2>
            <div class="table" tabindex="0" role="group" aria-labelledby="destinations-heading">
                <table>
                    <thead><tr>{ for names.iter().map(|name| html! { <th scope="col">{ *name }</th> }) }</tr></thead>
                    <tbody>{ for destinations.iter().map(|destination| row(ui, destination)) }</tbody>
                </table>
            </div>
            { for details }
        </section>
    }
}

fn row(ui: &Ui, destination: &Model) -> Html {
    let lang = ui.lang;
    let words = Words::of(lang);
    let host = destination.host.as_ref().map(|host| match destination.port {
        Some(port) => prose::code(&format!("{host}:{port}")),
        None => prose::code(host),
    });
    let network = match &destination.network {
        Some(network) => html! {
            <>
                { prose::mark(network.verdict.tone(), network.verdict.phrase(lang)) }
                if let Some(via) = network.via { <br />{ via.phrase(lang) } }
            </>
        },
        None => html! { { words.no_network } },
    };
    let verdict = destination
        .network
        .as_ref()
        .map_or("", |network: &report::model::Network| Reach::word(network.verdict));
    html! {
        <tr data-service={destination.service.to_string()} data-verdict={verdict}>
            <th scope="row">{ prose::code(&destination.service.to_string()) }</th>
            <td>{ host }</td>
            <td>{ for destination.needed_for.iter().map(|why| html! { <p>{ prose::line(why) }</p> }) }</td>
            <td>{ network }</td>
            <td>{ for destination.authorization.iter().map(|call| html! { <p>{ prose::code(&call.action) }{ " " }{ prose::mark(call.verdict.tone(), call.verdict.phrase(lang)) }</p> }) }</td>
            <td>{ for destination.references.iter().map(|reference| html! { <p>{ prose::code(&reference.text) }{ " " }{ prose::mark(reference.verdict.tone(), reference.verdict.phrase(lang)) }</p> }) }</td>
        </tr>
    }
}
