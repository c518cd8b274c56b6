//! Prose and data as elements: what stands between two backticks is data, and no character acts on its surroundings.

use report::words::vocabulary::Tone;
use yew::prelude::*;

/// Makes readable what would be invisible or would turn the writing direction. Tabs and line feeds stay.
pub(crate) fn visible(text: &str) -> String {
    let acts = |c: char| !matches!(c, '\t' | '\n') && report::acts(c);
    if !text.chars().any(acts) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if acts(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

/// Words and data, by turns.
#[derive(Debug, PartialEq, Eq)]
enum Run<'a> {
    Words(&'a str),
    Data(&'a str),
}

fn runs(text: &str) -> Vec<Run<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, opened)) = rest.split_once('`') {
        let Some((data, after)) = opened.split_once('`') else {
            break;
        };
        found.push(Run::Words(before));
        found.push(Run::Data(data));
        rest = after;
    }
    found.push(Run::Words(rest));
    found
}

/// One line of prose.
pub(crate) fn line(text: &str) -> Html {
    runs(text)
        .into_iter()
        .map(|run| match run {
            Run::Words(words) => html! { { visible(words) } },
            Run::Data(data) => code(data),
        })
        .collect()
}

/// Prose with its paragraphs, which blank lines part.
pub(crate) fn paragraphs(text: &str) -> Html {
    text.split("\n\n")
        .map(str::trim)
        .filter(|paragraph| !paragraph.is_empty())
        .map(|paragraph| html! { <p>{ line(paragraph) }</p> })
        .collect()
}

/// Data.
pub(crate) fn code(text: &str) -> Html {
    html! { <code>{ visible(text) }</code> }
}

/// Data, one beside the other.
pub(crate) fn codes<'a>(texts: impl IntoIterator<Item = &'a str>, comma: &str) -> Html {
    texts
        .into_iter()
        .enumerate()
        .map(|(at, text)| html! { <>{ if at > 0 { comma } else { "" } }{ code(text) }</> })
        .collect()
}

/// Prose without its marks, for where there is only text.
pub(crate) fn plain(text: &str) -> String {
    visible(&text.replace('`', ""))
}

/// A verdict: sign, word and colour together.
pub(crate) fn mark(tone: Tone, word: &str) -> Html {
    // The sign repeats the word for the eye; read aloud it would be noise.
    html! {
        <span class={classes!("mark", tone.name())}>
            <span class="sign" aria-hidden="true">{ tone.sign() }</span>
            { word.to_owned() }
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backticks_mark_data_and_a_single_one_is_a_character() {
        assert_eq!(runs("a `b` c"), [Run::Words("a "), Run::Data("b"), Run::Words(" c")]);
        assert_eq!(runs("a ` b"), [Run::Words("a ` b")]);
    }

    #[test]
    fn what_acts_becomes_readable() {
        assert_eq!(visible("a\u{202e}b\tc\n\u{1b}"), "a\\u{202e}b\tc\n\\u{1b}");
    }
}
