//! `pulldoctor plan`: what to collect next.

use clap::Args;
use report::model::RequestBody;
use report::{Colour, Format, Lang, Report, Shell, quote, render_plan, requote};

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

/// `pulldoctor plan`: the requests alone; as text, each command on a line of its own and the rest as the shell's comments.
///
/// # Errors
/// None of its own.
pub fn plan(sources: &[Source], planning: &Planning, showing: &Showing, asking: &Asking) -> Result<(String, u8), Unusable> {
    let mut report = super::report_of(sources, showing.lang, asking);
    let status = status::of(&report);
    let (shell, comment) = match planning.shell.as_str() {
        "powershell" => (Shell::PowerShell, "#"),
        "cmd" => (Shell::Cmd, "REM"),
        _ => (Shell::Bash, "#"),
    };
    let profile = planning
        .profile
        .as_ref()
        .map(|profile| format!(" --profile {}", quote(profile, Shell::Bash)));
    for request in &mut report.requests {
        if let RequestBody::Command { command, .. } = &mut request.body {
            *command = requote(&format!("{command}{}", profile.as_deref().unwrap_or_default()), shell);
        }
    }
    let text = match showing.format {
        Format::Text => script(&report, comment, showing.lang),
        format => render_plan(&report, format, showing.lang, Colour::Plain),
    };
    Ok((text, status))
}

/// Text that can be pasted into the shell as a whole.
fn script(report: &Report, comment: &str, lang: Lang) -> String {
    let mut out = String::new();
    for request in &report.requests {
        out.push_str(&format!("{comment} {} {}\n", request.id, request.why));
        match &request.body {
            RequestBody::Command { command, .. } => out.push_str(command),
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
        let nothing = lang.pick("Nothing more is needed.", "これ以上必要な情報はありません。");
        out.push_str(&format!("{comment} {nothing}\n"));
    }
    out
}
