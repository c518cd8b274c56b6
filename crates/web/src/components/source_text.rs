//! The text of one input as it was kept, a page of lines at a time, and what the answer makes of them.

use yew::prelude::*;

use super::fold::use_fold;
use super::lines::lines;
use crate::app::Ui;
use crate::browser;
use crate::case::{Claim, Shown};
use crate::prose;
use crate::ui_text::with;
use crate::window;

/// How many lines are shown at once; more would be slow to lay out.
const LINES: usize = 100;
/// How many lines stand before one that was gone to.
const CONTEXT: usize = 4;
/// The most lines that can be gone to.
const MOST_PLACES: usize = 30;

#[derive(Properties, PartialEq)]
pub(crate) struct SourceTextProps {
    pub(crate) ui: Ui,
    pub(crate) shown: Shown,
    /// The place of the input.
    pub(crate) input: usize,
    pub(crate) name: AttrValue,
}

#[component]
pub(crate) fn SourceText(props: &SourceTextProps) -> Html {
    let SourceTextProps {
        ui: Ui { text, .. },
        shown,
        input,
        name,
    } = props;
    let (open, toggle) = use_fold(false);
    // Where the page begins: a byte, and the number of its line.
    let at = use_state_eq(|| (0_usize, 1_usize));
    let content = shown.case.source(*input).filter(|_| open).map(|source| {
        let (start, number) = *at;
        let window = window::page(source.text(), start, number, LINES);
        let turn = |to: (usize, usize)| {
            let at = at.clone();
            move |_: MouseEvent| at.set(to)
        };
        let next = window.next.map(|next| {
            html! { <button type="button" onclick={turn((next, number + window.lines.len()))}>{ text.next_lines }</button> }
        });
        let first = (start > 0).then(|| html! { <button type="button" onclick={turn((0, 1))}>{ text.first_lines }</button> });
        let claims = shown.case.claims(*input, shown.report());
        let mut starts: Vec<usize> = claims.iter().map(|claim| *claim.lines.start()).collect();
        starts.dedup();
        let places = starts.iter().take(MOST_PLACES).map(|line| {
            let top = line.saturating_sub(CONTEXT).max(1);
            let go = turn((window::offset(source.text(), top), top));
            html! { <li><button type="button" class="link" aria-label={with(text.line, line)} onclick={go}>{ *line }</button></li> }
        });
        let on_page = number..number + window.lines.len();
        let here = claims
            .iter()
            .filter(|claim| *claim.lines.start() < on_page.end && *claim.lines.end() >= on_page.start);
        let here: Html = here.map(|claim| html! { <li>{ used_by(claim) }</li> }).collect();
        html! {
            <>
                if !claims.is_empty() {
                    <p class="label">{ text.cited_lines }</p>
                    <ul class="row places">{ for places }</ul>
                }
                { lines(&window, name.to_string()) }
                if !claims.is_empty() {
                    <p class="label">{ text.lines_used_by }</p>
                    <ul class="claims" data-role="claims">{ here }</ul>
                }
                <div class="row">{ first }{ next }</div>
            </>
        }
    });
    html! {
        <details class="look" ontoggle={toggle}>
            <summary>{ text.look }</summary>
            { content.unwrap_or_default() }
        </details>
    }
}

/// The lines, and what the answer says of them; it leads there.
fn used_by(claim: &Claim) -> Html {
    let (first, last) = (claim.lines.start(), claim.lines.end());
    let lines = if first == last {
        first.to_string()
    } else {
        format!("{first}–{last}")
    };
    let target = claim.target.clone();
    html! {
        <>
            <span class="number">{ lines }</span>{ " " }
            <span class={classes!("sign", claim.verdict.tone().name())} aria-hidden="true">{ claim.verdict.tone().sign() }</span>
            <button type="button" class="link" onclick={move |_| browser::focus(&target)}>{ prose::plain(&claim.title) }</button>
        </>
    }
}
