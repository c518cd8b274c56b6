//! What stands around a text, and what pasting did to it, changes nothing that it states.

use crate::texts::{corpus, variations};
use diagnosis::symptom::{Symptom, parse};

/// All that counts, without the text itself.
fn meaning(mut symptom: Symptom) -> Symptom {
    symptom.text.clear();
    symptom.stop_code = None;
    symptom
}

#[test]
fn every_variation_reads_as_made() {
    let made = variations();
    assert!(made.len() >= 120, "{}", made.len());
    for variation in made {
        let read = parse(&variation.text);
        assert_eq!(
            (read.class.as_deref(), read.stage, read.service, read.cause),
            (variation.class, variation.stage, variation.service, variation.cause),
            "{}",
            variation.text
        );
    }
}

type Change = (&'static str, fn(&str) -> String);

const CHANGES: [Change; 16] = [
    ("service event", |text| {
        format!("(service web-prod) was unable to place a task. Reason: {text}.")
    }),
    ("old service event", |text| {
        format!("service web-prod was unable to place a task. Reason: {text}.")
    }),
    ("stop code", |text| format!("TaskFailedToStart: {text}")),
    ("console", |text| format!("STOPPED ({text})")),
    ("both", |text| {
        format!("TaskFailedToStart - (service web) was unable to place a task. Reason: {text}.")
    }),
    ("lower case", |text| text.to_lowercase()),
    ("json", |text| format!("\"stoppedReason\": {}", serde_json::Value::from(text))),
    ("json in json", |text| {
        serde_json::Value::from(serde_json::Value::from(text).to_string()).to_string()
    }),
    ("entities", |text| {
        text.replace('&', "&amp;")
            .replace('"', "&quot;")
            .replace('\'', "&#39;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
    }),
    ("typographic quotes", |text| text.replace('\'', "\u{2019}")),
    ("no-break spaces", |text| text.replace(' ', "\u{a0}")),
    ("windows line ends", |text| text.replace('\n', "\r\n")),
    ("full-width marks", |text| format!("「{}」", text.replace(": ", "\u{ff1a} "))),
    ("japanese full stop", |text| format!("{text}。")),
    ("mail", |text| quoted(text, 72)),
    ("colours", |text| format!("\u{1b}[31m{text}\u{1b}[0m")),
];

/// Wrapped at blanks as a mail program does, and quoted.
fn quoted(text: &str, width: usize) -> String {
    let mut lines = vec![String::from(">")];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(format!("> {word}")),
        }
    }
    lines.join("\n")
}

#[test]
fn envelopes_and_paste_noise_change_no_meaning() {
    let mut wrong = Vec::new();
    for text in variations().into_iter().map(|variation| variation.text) {
        let plain = meaning(parse(&text));
        for (name, change) in CHANGES {
            let read = meaning(parse(&change(&text)));
            // Lower case changes what is quoted, and nothing else.
            let same = if name == "lower case" {
                (read.class.as_ref(), read.stage, read.service, read.cause)
                    == (plain.class.as_ref(), plain.stage, plain.service, plain.cause)
            } else {
                read == plain
            };
            if !same {
                wrong.push(format!("{name}: {text}\n   {read:?}\n   {plain:?}"));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{}\n{}",
        wrong.len(),
        wrong.iter().take(12).cloned().collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn a_terminal_of_eighty_columns_breaks_no_word() {
    for text in variations()
        .into_iter()
        .map(|variation| variation.text)
        .filter(|text| !text.contains('\n'))
    {
        let chars: Vec<char> = text.chars().collect();
        let lines: Vec<String> = chars.chunks(80).map(|line| line.iter().collect()).collect();
        assert_eq!(meaning(parse(&lines.join("\n"))), meaning(parse(&text)), "{text}");
    }
}

#[test]
fn the_corpus_survives_escaping() {
    for text in corpus() {
        let plain = parse(&text);
        for (name, change) in CHANGES
            .iter()
            .filter(|(name, _)| matches!(*name, "json" | "no-break spaces" | "stop code" | "colours"))
        {
            // A text that holds a literal backslash is no longer the same after one more layer.
            if text.contains('\\') {
                continue;
            }
            let read = parse(&change(&text));
            assert_eq!(
                (&read.class, read.stage, read.service, read.cause),
                (&plain.class, plain.stage, plain.service, plain.cause),
                "{name}: {text}"
            );
        }
    }
}

#[test]
fn the_text_itself_is_what_is_shown() {
    let event = "(service web) was unable to place a task. Reason: CannotPullContainerError: context canceled.";
    assert_eq!(parse(event).text, "CannotPullContainerError: context canceled");
    let glued = parse("TaskFailedToStart: Timeout waiting for network interface provisioning to complete.");
    assert_eq!(glued.text, "Timeout waiting for network interface provisioning to complete.");
    assert_eq!(glued.stop_code.as_deref(), Some("TaskFailedToStart"));
    assert_eq!(
        parse("(service web) has reached a steady state.").text,
        "(service web) has reached a steady state."
    );
}
