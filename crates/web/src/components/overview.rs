//! All destinations in one picture: from the task to each, whether the way is open, the call allowed, the thing there.

use report::model::Destination;
use report::words::Words;
use report::words::vocabulary::Tone;
use yew::prelude::*;

use super::destination::summary_id;
use super::picture::{Picture, RADIUS, WIDTH, cut, end, px, verdict, way};
use crate::app::Ui;
use crate::browser;

/// Measures in CSS pixels.
const STEP: usize = 64;
const TOP: usize = 28;
const AXIS: usize = 14;
/// Where the verdicts on network, permissions and references stand.
const COLUMNS: [usize; 3] = [66, 146, 240];

pub(crate) fn overview(ui: &Ui, destinations: &[Destination]) -> Html {
    let words = Words::of(ui.lang);
    let [_, _, _, heads @ ..] = words.destination_columns;
    let bottom = middle(destinations.len().saturating_sub(1));
    let columns = COLUMNS.into_iter().zip(heads);
    let told: Vec<String> = destinations.iter().map(|destination| told(ui, destination)).collect();
    html! {
        <Picture ui={ui.clone()} name="destinations" height={bottom + TOP} title={words.destinations} description={told.join("; ")}>
            { way(true, (AXIS, TOP), (AXIS, bottom)) }
            { end((AXIS, TOP), ui.text.picture_start) }
            { for columns.map(|(x, head)| html! { <text class="kind" x={px(x)} y={px(TOP * 2 + 6)} text-anchor="middle">{ head }</text> }) }
            { for destinations.iter().enumerate().map(|(at, destination)| row(at, destination)) }
        </Picture>
    }
}

/// The height at which a destination's way runs.
fn middle(at: usize) -> usize {
    TOP * 4 + 10 + STEP * at
}

/// The worst of what is known on network, permissions and references; none where nothing is asked of them.
pub(super) fn stages(destination: &Destination) -> [Option<Tone>; 3] {
    let stops = destination.authorization.iter().filter(|call| call.blocks_start);
    [
        destination.network.as_ref().map(|network| network.verdict.tone()),
        worst(stops.map(|call| call.verdict.tone())),
        worst(destination.references.iter().map(|reference| reference.verdict.tone())),
    ]
}

fn worst(tones: impl Iterator<Item = Tone>) -> Option<Tone> {
    tones.min_by_key(|tone| match tone {
        Tone::Bad => 0,
        Tone::Next | Tone::Careful | Tone::Unknown => 1,
        Tone::Good => 2,
    })
}

fn row(at: usize, destination: &Destination) -> Html {
    let y = middle(at);
    let stages = stages(destination);
    let nodes = COLUMNS.into_iter().zip(stages).filter_map(|(x, tone)| Some((x, tone?)));
    let stop = nodes.clone().find(|(_, tone)| *tone == Tone::Bad).map_or(WIDTH, |(x, _)| x);
    let name = destination.service.to_string();
    html! {
        <g class="leads" onclick={move |_: MouseEvent| browser::focus(&summary_id(at))}>
            { way(true, (AXIS, y), (stop, y)) }
            if stop < WIDTH { { way(false, (stop + RADIUS, y), (WIDTH, y)) } }
            <text class="kind" x={px(AXIS + 10)} y={px(y - 22)}>{ cut(&name) }</text>
            { for nodes.map(|(x, tone)| html! { <g class={classes!("node", tone.name())}>{ verdict(tone, (x, y)) }</g> }) }
        </g>
    }
}

/// A destination's row in words.
fn told(ui: &Ui, destination: &Destination) -> String {
    let words = Words::of(ui.lang);
    let [_, _, _, heads @ ..] = words.destination_columns;
    let verdicts = heads.into_iter().zip(stages(destination));
    let verdicts: Vec<String> = verdicts
        .filter_map(|(head, tone)| Some(format!("{head} {}", ui.text.stage(tone?))))
        .collect();
    format!("{}{}{}", destination.service, words.colon, verdicts.join(words.comma))
}
