//! Any text is read: nothing panics, nothing runs away, and no prose becomes a proof.

use crate::texts::corpus;
use diagnosis::symptom::{Cause, Stage, find, parse};
use proptest::prelude::*;

proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC{0,400}") {
        let _ = parse(&text);
        for range in find(&text) {
            prop_assert!(text.get(range).is_some());
        }
    }

    #[test]
    fn any_mixture_of_pieces_is_read(pieces in prop::collection::vec(prop::sample::select(pieces()), 0..40)) {
        let text = pieces.concat();
        let _ = parse(&text);
        let mut last = 0;
        for range in find(&text) {
            prop_assert!(range.start >= last && range.end > range.start && text.get(range.clone()).is_some());
            last = range.end;
        }
    }

    #[test]
    fn a_damaged_text_is_read(index in 0_usize..461, at in 0_usize..600, noise in "\\PC{0,6}") {
        let texts = corpus();
        let text: Vec<char> = texts[index].chars().collect();
        let at = at.min(text.len());
        let damaged: String = text[..at].iter().copied().chain(noise.chars()).chain(text[at..].iter().copied()).collect();
        let _ = parse(&damaged);
    }

    #[test]
    fn words_alone_prove_nothing(words in prop::collection::vec("[a-z]{1,9}", 0..40)) {
        let read = parse(&words.join(" "));
        prop_assert_eq!(read.cause, Cause::Unknown);
        prop_assert_eq!(read.stage, Stage::Other);
    }
}

fn pieces() -> Vec<&'static str> {
    vec![
        "ResourceInitializationError: ",
        "unable to pull secrets",
        " from asm: ",
        "arn:aws:",
        ":secret:",
        "dial tcp ",
        "10.0.0.1",
        ":443",
        "lookup ",
        " on ",
        ":53",
        "i/o timeout",
        "no such host",
        "https://",
        "Post \"",
        "\"",
        "\\",
        "\\n",
        "\\\"",
        "&quot;",
        "&#",
        ";",
        "。",
        "「",
        "」",
        "...",
        "…",
        "\u{2019}",
        "\n",
        "\n> ",
        "\r",
        "User: ",
        "is not authorized to perform: ",
        " on resource: ",
        "because no ",
        "policy",
        "with an explicit deny in a",
        "StatusCode: ",
        "400",
        "RequestID: ",
        "failed to resolve ref ",
        "(service a) was unable to place a task. Reason: ",
        "STOPPED (",
        ")",
        "invalid ssm parameters: ",
        ",",
        " ",
        "\u{1b}[",
        "\u{feff}",
        "é",
        "🦀",
    ]
}

#[test]
fn long_and_hostile_texts_take_no_time() {
    // Each would take minutes where a rule looked back over the whole text for every match.
    for piece in [
        "i/o timeout lookup ",
        "arn:aws:secretsmanager:",
        "https://",
        "retried 1 time(s): ",
        "ResourceInitializationError: ",
        "\\",
        "&",
        "User: ",
        "> \n",
        "invalid parameters: a,",
    ] {
        let text = piece.repeat(400_000 / piece.len());
        let _ = parse(&text);
        let _ = find(&text);
    }
}
