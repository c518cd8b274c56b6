//! One destination: the way there as a picture and as a list, the packet that does not get through, the permissions.

use report::model::{Hop, Network, Reach};
use report::words::Words;
use yew::prelude::*;

use super::authorization::authorization;
use super::evidence::Evidence;
use super::path::path;
use crate::app::Ui;
use crate::browser;
use crate::case::Shown;
use crate::prose;

pub(crate) fn destination(ui: &Ui, shown: &Shown, index: usize) -> Html {
    let Some(destination) = shown.report().destinations.get(index) else {
        return Html::default();
    };
    let lang = ui.lang;
    let words = Words::of(lang);
    let service = destination.service.to_string();
    // One picture says where it stops; the others are mostly the same.
    let blocked = |destination: &report::model::Destination| {
        destination
            .network
            .as_ref()
            .is_some_and(|network| network.verdict == Reach::Blocked)
    };
    let first = shown.report().destinations.iter().position(blocked) == Some(index);
    let network = destination.network.as_ref();
    if !has_details(destination) {
        return Html::default();
    }
    let proofs = network.map(|network| proofs(shown, network)).unwrap_or_default();
    html! {
        <details key={service.clone()} class="destination" open={first} data-destination={service.clone()}>
            <summary id={summary_id(index)}>
                <h3>{ prose::code(&service) }</h3>
                if let Some(network) = network {
                    { " " }{ prose::mark(network.verdict.tone(), network.verdict.phrase(lang)) }
                }
            </summary>
            if let Some(network) = network {
                if !network.hops.is_empty() {
                    <h4>{ words.path }</h4>
                    <div class="way">
                        { path(ui, network, &service, index, &proofs) }
                        <ol class="hops">{ for network.hops.iter().zip(&proofs).map(|(hop, proof)| html! { <li>{ hop_line(ui, hop, index, *proof) }</li> }) }</ol>
                    </div>
                }
                { facts(ui, network) }
                if !network.evidence.is_empty() {
                    <h4>{ ui.text.network_evidence }</h4>
                    { for network.evidence.iter().enumerate().map(|(at, cited)| html! { <Evidence ui={ui.clone()} shown={shown.clone()} id={proof_id(index, at)} document={cited.document} pointer={cited.pointer.clone()} /> }) }
                }
            }
            if !destination.authorization.is_empty() {
                <h4>{ words.permissions }</h4>
                { for destination.authorization.iter().map(|call| authorization(ui, shown, call)) }
            }
        </details>
    }
}

/// Whether there is more to read than the overview says.
pub(crate) fn has_details(destination: &report::model::Destination) -> bool {
    let network = destination.network.as_ref();
    network.is_some_and(|network| !network.hops.is_empty()) || !destination.authorization.is_empty()
}

/// For each hop the place of the first proof that shows its id.
fn proofs(shown: &Shown, network: &Network) -> Vec<Option<usize>> {
    let proof = |hop: &Hop| {
        let id = hop.id.as_deref()?;
        network.evidence.iter().position(|cited| shown.case.shows(cited, id))
    };
    network.hops.iter().map(proof).collect()
}

/// The id of the element that names a destination.
pub(super) fn summary_id(destination: usize) -> String {
    format!("destination-{destination}")
}

/// The id of a proof's element.
pub(super) fn proof_id(destination: usize, proof: usize) -> String {
    format!("proof-{destination}-{proof}")
}

fn hop_line(ui: &Ui, hop: &Hop, destination: usize, proof: Option<usize>) -> Html {
    let lang = ui.lang;
    let name = hop.id.as_deref().map(prose::code).unwrap_or_default();
    let name = match proof {
        Some(proof) => {
            html! { <button type="button" class="link" onclick={move |_| browser::focus(&proof_id(destination, proof))}>{ name }</button> }
        }
        None => name,
    };
    html! {
        <>
            { prose::mark(hop.verdict.tone(), hop.verdict.phrase(lang)) }
            { Words::of(lang).colon }{ hop.kind.phrase(lang) }
            { " " }{ name }
            if !hop.note.trim().is_empty() { { " – " }{ prose::line(&hop.note) } }
        </>
    }
}

fn facts(ui: &Ui, network: &Network) -> Html {
    let lang = ui.lang;
    let words = Words::of(lang);
    html! {
        <dl class="facts">
            if let Some(witness) = &network.witness {
                <div data-role="witness"><dt>{ words.witness }</dt><dd>
                    { prose::code(&format!("{} → {}", witness.source, witness.destination)) }
                    { " " }{ prose::code(&format!("{}/{}", witness.protocol.word(), witness.port)) }
                    { words.comma }{ witness.direction.phrase(lang) }if !witness.rule.is_empty() { { words.comma }{ prose::line(&witness.rule) } }
                </dd></div>
            }
            if !network.assumes.is_empty() {
                <div><dt>{ words.assumes }</dt><dd>{ for network.assumes.iter().map(|assumed| html! { <p>{ prose::line(assumed) }</p> }) }</dd></div>
            }
            if !network.subnets.is_empty() {
                <div><dt>{ words.subnets }</dt><dd>{ for network.subnets.iter().map(|subnet| html! { <p>{ prose::code(&subnet.id) }{ " " }{ prose::mark(subnet.verdict.tone(), subnet.verdict.phrase(lang)) }</p> }) }</dd></div>
            }
        </dl>
    }
}
