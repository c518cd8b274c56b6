//! Options that several commands take.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use report::{Format, Lang, Time};

/// What to read.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct Reading {
    /// Files and folders of AWS outputs, read as one case; `-` or nothing reads standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}

/// How to show a report.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct Showing {
    /// What to print
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = formats())]
    pub format: Format,
    /// The language of the sentences
    #[arg(long, value_name = "LANG", default_value = "en", value_parser = languages())]
    pub lang: Lang,
}

/// Which case a paste is about, and what its person knows.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct Asking {
    /// Which of several tasks
    #[arg(long, value_name = "ARN")]
    pub task: Option<String>,
    /// The answer to a question of the report, by the question's id; may be repeated
    #[arg(long = "answer", value_name = "ID=VALUE", value_parser = answer)]
    pub answers: Vec<Answer>,
    /// The present time (ISO 8601; without a value, the clock's): offers AWS's own runbook while the task is under an hour old
    #[arg(long, value_name = "TIME", num_args = 0..=1, require_equals = true, default_missing_value = "", value_parser = time)]
    pub now: Option<Time>,
}

/// A question's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The request's id in the report (`q1`).
    pub id: String,
    /// What the person says.
    pub value: String,
}

/// A time as the core reads it; the clock's for an empty text.
fn time(text: &str) -> Result<Time, String> {
    let time = if text.is_empty() {
        let clock = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        clock.ok().and_then(|since| Time::from_epoch(since.as_secs_f64()))
    } else {
        Time::parse(text)
    };
    time.ok_or_else(|| "a time is written as in 2026-11-25T01:02:03Z".to_owned())
}

fn formats() -> impl TypedValueParser<Value = Format> {
    let words = Format::ALL.iter().map(|format| format.word());
    PossibleValuesParser::new(words).try_map(|word| Format::from_word(&word).ok_or("no such format"))
}

fn languages() -> impl TypedValueParser<Value = Lang> {
    let words = Lang::ALL.iter().map(|lang| lang.word());
    PossibleValuesParser::new(words).try_map(|word| Lang::from_word(&word).ok_or("no such language"))
}

fn answer(text: &str) -> Result<Answer, String> {
    match text.split_once('=') {
        Some((id, value)) if !id.trim().is_empty() => Ok(Answer {
            id: id.trim().to_owned(),
            value: value.trim().to_owned(),
        }),
        _ => Err("an answer is written ID=VALUE, such as q1=yes".to_owned()),
    }
}
