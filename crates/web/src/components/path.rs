//! The way to a destination as a picture: one node for each thing on the way, its verdict as shape, sign and word.
//!
//! The list beside it says the same, so the picture is one image to a screen reader.

use report::model::{Hop, HopVerdict, Network};
use yew::prelude::*;

use super::destination::proof_id;
use crate::app::Ui;
use crate::browser::{self, download};
use crate::prose::{plain, visible};
use crate::ui_text::with;

/// Measures in CSS pixels.
const STEP: usize = 56;
const TOP: usize = 28;
const AXIS: usize = 24;
const TEXT: usize = 56;
const WIDTH: usize = 290;
/// How a saved picture looks: dark on light, as on paper.
const STYLE: &str = "text{font:13px sans-serif;fill:#0f141a}.id{font-size:12px}.node :is(circle,polygon){fill:#fff;stroke:#0f141a;stroke-width:2.5}\
    .bad :is(circle,polygon){stroke-width:5}.end rect{fill:#0f141a}line{stroke:#6b7785;stroke-width:2.5}.way-off{stroke-dasharray:2 6}";
/// The most characters of an id; the list has it in full.
const MOST: usize = 30;

#[derive(Properties, PartialEq)]
pub(crate) struct PathProps {
    pub(crate) ui: Ui,
    pub(crate) network: Network,
    pub(crate) service: String,
    /// The destination's place in the report.
    pub(crate) index: usize,
    /// For each hop the place of its proof.
    pub(crate) proofs: Vec<Option<usize>>,
}

/// The picture of a network verdict.
#[component]
pub(crate) fn Path(props: &PathProps) -> Html {
    let PathProps {
        ui,
        network,
        service,
        index,
        proofs,
    } = props;
    let (text, lang) = (ui.text, ui.lang);
    let picture = use_node_ref();
    let save = {
        let (picture, name) = (picture.clone(), format!("pulldoctor-path-{service}.svg"));
        move |_: MouseEvent| {
            if let Some(element) = picture.cast::<web_sys::Element>() {
                download::save(&alone(&element.outer_html()), "image/svg+xml", &name);
            }
        }
    };
    let stop = network.hops.iter().position(|hop| hop.verdict == HopVerdict::Fail);
    let last = network.hops.len() + 1;
    let height = TOP * 2 + STEP * last;
    let (title, description) = (format!("path-title-{index}"), format!("path-desc-{index}"));
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
    let lines = (0..last).map(|at| {
        // Behind what stops the traffic nothing arrives.
        let reached = stop.is_none_or(|stop| at <= stop);
        html! { <line class={if reached { "way-on" } else { "way-off" }} x1={px(AXIS)} x2={px(AXIS)} y1={px(y(at))} y2={px(y(at + 1))} /> }
    });
    let nodes = network
        .hops
        .iter()
        .zip(proofs)
        .enumerate()
        .map(|(at, (hop, proof))| node(ui, hop, at + 1, stop == Some(at), proof.map(|proof| proof_id(*index, proof))));
    html! {
        <figure>
        <svg ref={picture} class="path" role="img" aria-labelledby={format!("{title} {description}")} width={px(WIDTH)} height={px(height)} viewBox={format!("0 0 {WIDTH} {height}")}>
            <title id={title}>{ with(text.picture_title, service) }</title>
            <desc id={description}>{ plain(&told.join("; ")) }</desc>
            { for lines }
            { end(0, text.picture_start) }
            { for nodes }
            { end(last, service) }
        </svg>
        <button type="button" class="link" data-role="picture" onclick={save}>{ text.save_picture }</button>
        </figure>
    }
}

/// The picture with all it needs to stand alone.
fn alone(svg: &str) -> String {
    let opened = svg.replacen("<svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"", 1);
    match opened.split_once('>') {
        Some((head, rest)) => format!("{head}><style>{STYLE}</style>{rest}"),
        None => opened,
    }
}

fn y(at: usize) -> usize {
    TOP + STEP * at
}

fn px(value: usize) -> String {
    value.to_string()
}

/// The task, or the service.
fn end(at: usize, name: &str) -> Html {
    html! {
        <g class="end">
            <rect x={px(AXIS - 12)} y={px(y(at) - 12)} width="24" height="24" rx="4" />
            <text x={px(TEXT)} y={px(y(at) + 5)} class="kind">{ cut(name) }</text>
        </g>
    }
}

fn node(ui: &Ui, hop: &Hop, at: usize, stops: bool, proof: Option<String>) -> Html {
    let (x, y) = (AXIS, y(at));
    let tone = hop.verdict.tone();
    // Round lets through, eight corners stop, a diamond asks.
    let shape = match hop.verdict {
        HopVerdict::Pass => html! { <circle cx={px(x)} cy={px(y)} r="13" /> },
        HopVerdict::Fail => html! { <polygon points={octagon(x, y)} /> },
        HopVerdict::Unknown => {
            html! { <polygon points={format!("{},{y} {x},{} {},{y} {x},{}", x - 16, y - 16, x + 16, y + 16)} /> }
        }
    };
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
            { shape }
            <text class="sign" x={px(x)} y={px(y + 5)} text-anchor="middle">{ tone.sign() }</text>
            <text class="kind" x={px(TEXT)} y={px(y - 3)}>{ name }</text>
            <text class="id" x={px(TEXT)} y={px(y + 14)}>{ below }</text>
        </g>
    }
}

fn octagon(x: usize, y: usize) -> String {
    let corners = [(6, 0), (20, 0), (26, 6), (26, 20), (20, 26), (6, 26), (0, 20), (0, 6)];
    let points: Vec<String> = corners.iter().map(|(dx, dy)| format!("{},{}", x + dx - 13, y + dy - 13)).collect();
    points.join(" ")
}

fn cut(text: &str) -> String {
    let text = visible(text);
    if text.chars().count() <= MOST {
        return text;
    }
    let kept: String = text.chars().take(MOST - 1).collect();
    format!("{kept}…")
}
