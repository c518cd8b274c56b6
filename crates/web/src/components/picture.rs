//! What the pictures are drawn with: verdicts as shape, sign and word, so that none needs its colour, and a picture as a file.

use report::words::vocabulary::Tone;
use yew::prelude::*;

use crate::app::Ui;
use crate::browser::download;
use crate::prose::visible;

/// How wide a picture is, in CSS pixels: as much as the narrowest screen has.
pub(super) const WIDTH: usize = 290;
/// The half of a node's width.
pub(super) const RADIUS: usize = 13;
/// How a saved picture looks: dark on light, as on paper.
const STYLE: &str = "text{font:13px sans-serif;fill:#0f141a}.id{font-size:12px}.node :is(circle,polygon){fill:#fff;stroke:#0f141a;stroke-width:2.5}\
    .bad :is(circle,polygon){stroke-width:5}.end rect{fill:#0f141a}line{stroke:#6b7785;stroke-width:2.5}.way-off{stroke-dasharray:2 6}";
/// The most characters of an id; the list beside a picture has it in full.
const MOST: usize = 30;

#[derive(Properties, PartialEq)]
pub(super) struct PictureProps {
    pub(super) ui: Ui,
    /// Told from other pictures on the page, and the saved file's name.
    pub(super) name: String,
    pub(super) height: usize,
    pub(super) title: String,
    /// The same in words.
    pub(super) description: String,
    pub(super) children: Html,
}

/// One image to a screen reader, with the button that saves it.
#[component]
pub(super) fn Picture(props: &PictureProps) -> Html {
    let PictureProps {
        ui,
        name,
        height,
        title,
        description,
        children,
    } = props;
    let picture = use_node_ref();
    let save = {
        let (picture, name) = (picture.clone(), format!("pulldoctor-{name}.svg"));
        move |_: MouseEvent| {
            if let Some(element) = picture.cast::<web_sys::Element>() {
                download::save(&alone(&element.outer_html()), "image/svg+xml", &name);
            }
        }
    };
    let (title_id, description_id) = (format!("{name}-title"), format!("{name}-desc"));
    html! {
        <figure>
            <svg ref={picture} class="path" role="img" aria-labelledby={format!("{title_id} {description_id}")} width={px(WIDTH)} height={px(*height)} viewBox={format!("0 0 {WIDTH} {height}")}>
                <title id={title_id}>{ title }</title>
                <desc id={description_id}>{ description }</desc>
                { children.clone() }
            </svg>
            <button type="button" class="link" data-role="picture" onclick={save}>{ ui.text.save_picture }</button>
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

pub(super) fn px(value: usize) -> String {
    value.to_string()
}

/// A stretch of the way; behind what stops the traffic nothing arrives.
pub(super) fn way(reached: bool, (x1, y1): (usize, usize), (x2, y2): (usize, usize)) -> Html {
    html! { <line class={if reached { "way-on" } else { "way-off" }} x1={px(x1)} x2={px(x2)} y1={px(y1)} y2={px(y2)} /> }
}

/// Where a way begins or ends, with its name.
pub(super) fn end((x, y): (usize, usize), name: &str) -> Html {
    html! {
        <g class="end">
            <rect x={px(x - 12)} y={px(y - 12)} width="24" height="24" rx="4" />
            <text x={px(x + 32)} y={px(y + 5)} class="kind">{ cut(name) }</text>
        </g>
    }
}

/// A verdict: round lets through, eight corners stop, a diamond asks.
pub(super) fn verdict(tone: Tone, (x, y): (usize, usize)) -> Html {
    let shape = match tone {
        Tone::Good => html! { <circle cx={px(x)} cy={px(y)} r={px(RADIUS)} /> },
        Tone::Bad => html! { <polygon points={octagon(x, y)} /> },
        Tone::Unknown | Tone::Next | Tone::Careful => {
            html! { <polygon points={format!("{},{y} {x},{} {},{y} {x},{}", x - 16, y - 16, x + 16, y + 16)} /> }
        }
    };
    html! { <>{ shape }<text class="sign" x={px(x)} y={px(y + 5)} text-anchor="middle">{ tone.sign() }</text></> }
}

fn octagon(x: usize, y: usize) -> String {
    let corners = [(6, 0), (20, 0), (26, 6), (26, 20), (20, 26), (6, 26), (0, 20), (0, 6)];
    let points: Vec<String> = corners
        .iter()
        .map(|(dx, dy)| format!("{},{}", x + dx - RADIUS, y + dy - RADIUS))
        .collect();
    points.join(" ")
}

/// As much of a text as there is room for.
pub(super) fn cut(text: &str) -> String {
    let text = visible(text);
    if text.chars().count() <= MOST {
        return text;
    }
    let kept: String = text.chars().take(MOST - 1).collect();
    format!("{kept}…")
}
