//! `pulldoctor plan`: what to collect next.

use clap::Args;
use report::model::RequestBody;
use report::{Colour, Format, Shell, render, requote};

use crate::Unusable;
use crate::input::Source;
use crate::options::{Asking, Showing};
use crate::status;

/// For whom the commands are written.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct Planning {
    /// Which shell the commands are quoted for
    #[arg(long, value_name = "SHELL", default_value = "bash", value_parser = ["bash", "powershell", "cmd"])]
    pub shell: String,
    /// The profile of the AWS CLI that the commands use
    #[arg(long, value_name = "PROFILE")]
    pub profile: Option<String>,
}

/// `pulldoctor plan`: the requests alone, each command on a line of its own.
///
/// # Errors
/// None of its own.
pub fn plan(sources: &[Source], planning: &Planning, showing: &Showing, asking: &Asking) -> Result<(String, u8), Unusable> {
    let report = super::report_of(sources, showing.lang, asking);
    let status = status::of(&report);
    if showing.format == Format::Json {
        return Ok((render(&report, Format::Json, showing.lang, Colour::Plain), status));
    }
    let (shell, comment) = match planning.shell.as_str() {
        "powershell" => (Shell::PowerShell, "#"),
        "cmd" => (Shell::Cmd, "REM"),
        _ => (Shell::Bash, "#"),
    };
    let profile = planning.profile.as_ref().map(|profile| format!(" --profile {}", bash(profile)));
    let mut out = String::new();
    for request in &report.requests {
        out.push_str(&format!("{comment} {} {}\n", request.id, request.why));
        match &request.body {
            RequestBody::Command { command, .. } => {
                let command = format!("{command}{}", profile.as_deref().unwrap_or_default());
                out.push_str(&requote(&command, shell));
            }
            RequestBody::Question { question, choices } => {
                out.push_str(&format!("{comment} {question}"));
                if !choices.is_empty() {
                    out.push_str(&format!(" ({})", choices.join(" / ")));
                }
            }
        }
        out.push_str("\n\n");
    }
    if report.requests.is_empty() {
        let nothing = showing.lang.pick("Nothing more is needed.", "これ以上必要な情報はありません。");
        out.push_str(&format!("{comment} {nothing}\n"));
    }
    Ok((out, status))
}

/// One word as bash reads it.
fn bash(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}
