//! The way to a destination as a picture: one node for each thing on the way.
//!
//! The list beside it says the same, so the picture is one image to a screen reader.

use report::model::{Hop, HopVerdict, Network};
use yew::prelude::*;

use super::destination::proof_id;
use super::picture::{Picture, cut, end, px, verdict, way};
use crate::app::Ui;
use crate::browser;
use crate::prose::plain;
use crate::ui_text::with;

/// Measures in CSS pixels.
const STEP: usize = 56;
const TOP: usize = 28;
const AXIS: usize = 24;
const TEXT: usize = 56;

/// The picture of a network verdict.
pub(crate) fn path(ui: &Ui, network: &Network, service: &str, index: usize, proofs: &[Option<usize>]) -> Html {
    let (text, lang) = (ui.text, ui.lang);
    let stop = network.hops.iter().position(|hop| hop.verdict == HopVerdict::Fail);
    let last = network.hops.len() + 1;
    let told: Vec<String> = network
        .hops
        .iter()
        .map(|hop| {
            format!(
                "{} {} {}",
                hop.kind.phrase(lang),
                hop.id.as_deref().unwrap_or_default(),
                hop.verdict.phrase(lang)
            )
        })
        .collect();
    let lines = (0..last).map(|at| way(stop.is_none_or(|stop| at <= stop), (AXIS, y(at)), (AXIS, y(at + 1))));
    let nodes = network
        .hops
        .iter()
        .zip(proofs)
        .enumerate()
        .map(|(at, (hop, proof))| node(ui, hop, at + 1, stop == Some(at), proof.map(|proof| proof_id(index, proof))));
    html! {
        <Picture ui={ui.clone()} name={format!("path-{service}")} height={TOP * 2 + STEP * last} title={with(text.picture_title, service)} description={plain(&told.join("; "))}>
            { for lines }
            { end((AXIS, y(0)), text.picture_start) }
            { for nodes }
            { end((AXIS, y(last)), service) }
        </Picture>
    }
}

fn y(at: usize) -> usize {
    TOP + STEP * at
}

fn node(ui: &Ui, hop: &Hop, at: usize, stops: bool, proof: Option<String>) -> Html {
    let y = y(at);
    let tone = hop.verdict.tone();
    let below = match (&hop.id, stops) {
        (_, true) => ui.text.picture_stops.to_owned(),
        (Some(id), false) => cut(id),
        (None, false) => hop.verdict.phrase(ui.lang).to_owned(),
    };
    let name = match (&hop.id, stops) {
        (Some(id), true) => cut(id),
        _ => hop.kind.phrase(ui.lang).to_owned(),
    };
    // The list beside the picture has the same for the keyboard.
    let (leads, go) = (proof.is_some(), move |_: MouseEvent| {
        if let Some(proof) = &proof {
            browser::focus(proof);
        }
    });
    html! {
        <g class={classes!("node", tone.name(), leads.then_some("leads"))} onclick={go}>
            { verdict(tone, (AXIS, y)) }
            <text class="kind" x={px(TEXT)} y={px(y - 3)}>{ name }</text>
            <text class="id" x={px(TEXT)} y={px(y + 14)}>{ below }</text>
        </g>
    }
}
