//! Every sample in every format and language; `UPDATE_EXPECT=1` rewrites the files, a person reads the difference.

use std::path::Path;

use expect_test::expect_file;
use report::model::{Outcome, Role, Status};
use report::words::vocabulary::Verdict;
use report::{Colour, Format, Lang, headline, render};

use crate::samples;

#[test]
fn every_sample_in_every_format_and_language() {
    for lang in Lang::ALL {
        for (name, report) in samples::all(*lang) {
            for format in Format::ALL {
                let extension = match format {
                    Format::Text => "txt",
                    Format::Json => "json",
                    Format::Markdown => "md",
                    Format::Html => "html",
                };
                let path = format!(
                    "{}/tests/report/snapshots/{name}.{}.{extension}",
                    env!("CARGO_MANIFEST_DIR"),
                    lang.word()
                );
                expect_file![Path::new(&path)].assert_eq(&render(&report, *format, *lang, Colour::Plain));
            }
        }
    }
}

#[test]
fn colours_add_only_escape_sequences() {
    for (name, report) in samples::all(Lang::En) {
        let coloured = render(&report, Format::Text, Lang::En, Colour::Ansi);
        assert!(coloured.contains("\u{1b}[1m"), "{name}");
        let mut stripped = String::new();
        for (index, piece) in coloured.split("\u{1b}[").enumerate() {
            stripped.push_str(if index == 0 { piece } else { piece.split_once('m').unwrap().1 });
        }
        assert_eq!(stripped, render(&report, Format::Text, Lang::En, Colour::Plain), "{name}");
    }
}

#[test]
fn json_is_the_report_itself() {
    for (name, report) in samples::all(Lang::Ja) {
        let text = render(&report, Format::Json, Lang::Ja, Colour::Plain);
        assert_eq!(serde_json::from_str::<report::Report>(&text).unwrap(), report, "{name}");
    }
}

#[test]
fn verdict_words_are_fixed() {
    let words = |lang| Verdict::ALL.map(|verdict| verdict.phrase(lang));
    assert_eq!(words(Lang::En), ["Confirmed", "Next", "Watch out", "Not known yet", "In order"]);
    assert_eq!(words(Lang::Ja), ["原因", "次に失敗する箇所", "注意", "未確認", "問題なし"]);
}

#[test]
fn a_confirmed_finding_is_never_under_another_word() {
    for (_, report) in samples::all(Lang::En) {
        for finding in report.findings {
            let confirmed = finding.status == Status::Fail && finding.role == Some(Role::Cause);
            assert_eq!(Verdict::of(&finding) == Verdict::Confirmed, confirmed);
        }
    }
}

#[test]
fn several_causes_are_counted_and_all_named() {
    let mut report = samples::root_cause(Lang::En);
    report.findings[1].role = Some(Role::Cause);
    let text = render(&report, Format::Text, Lang::En, Colour::Plain);
    let first = text.lines().next().unwrap();
    assert!(
        first.contains("2 causes are confirmed")
            && report.findings[..2]
                .iter()
                .all(|finding| first.contains(&finding.title.replace('`', ""))),
        "{first}"
    );
    assert!(text.contains("the customer's network configuration, the customer's permissions"));
}

#[test]
fn every_outcome_has_its_sentence_and_its_mark() {
    for (_, report) in samples::all(Lang::En) {
        let html = render(&report, Format::Html, Lang::En, Colour::Plain);
        assert!(html.contains(&format!("data-outcome=\"{}\"", report.outcome.word())));
        let text = render(&report, Format::Text, Lang::En, Colour::Plain);
        assert_eq!(text.lines().next().unwrap(), headline(&report, Lang::En));
        let confirmed = text.lines().next().unwrap().contains("confirmed");
        assert_eq!(confirmed, report.outcome == Outcome::RootCause, "{text}");
    }
}
