//! Arguments or input that cannot be used at all: exit status 2, and one line that says why and what to do.

use std::fmt;

use clap::error::ErrorKind;

/// Why nothing could be done, and what to do; one line, without a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unusable(String);

impl Unusable {
    /// What is wrong, and what to do about it.
    ///
    /// A customer's file name may hold anything, so what is not printable is written out.
    pub fn new(why: impl fmt::Display, advice: &str) -> Self {
        let mut line = String::new();
        for c in why.to_string().chars() {
            if c.is_control() {
                line.extend(c.escape_unicode())
            } else {
                line.push(c)
            }
        }
        Self(format!("{line}; {advice}"))
    }

    /// What `clap` has to say, in one line; `None` where it only wants to show the help or the version.
    pub fn from_arguments(error: &clap::Error) -> Option<Self> {
        const HELP: &str = "run `pulldoctor --help` for the commands and options";
        match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => None,
            ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
                Some(Self::new("no command was given", HELP))
            }
            _ => {
                let rendered = error.render().to_string();
                // The message is the first paragraph; the usage and the tips that follow are for `--help`.
                let message: Vec<&str> = rendered.lines().map(str::trim).take_while(|line| !line.is_empty()).collect();
                let message = message.join(" ");
                Some(Self::new(message.strip_prefix("error: ").unwrap_or(&message), HELP))
            }
        }
    }
}

impl fmt::Display for Unusable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "pulldoctor: {}", self.0)
    }
}

impl std::error::Error for Unusable {}
