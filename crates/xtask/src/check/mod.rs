//! Checks of the source that neither the compiler nor clippy makes.

mod arrows;
mod ja_terms;
mod literals;
mod pins;
mod tidy;

pub(crate) use arrows::check as check_arrows;
pub(crate) use ja_terms::check as check_ja_terms;
pub(crate) use pins::check as check_pins;
pub(crate) use tidy::check as check_tidy;

use crate::ui::{Failure, Outcome};

/// No complaint is success; else all of them at once.
fn settle(complaints: &[String], advice: &str) -> Outcome<()> {
    if complaints.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!("{} found:\n  {}", complaints.len(), complaints.join("\n  "))).advise(advice))
}
