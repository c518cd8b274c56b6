//! What a finding's file holds: its public name, its page, and the judgement itself.

use crate::judged::Judged;
use crate::model::{Code, Finding};
use snapshot::Text;

/// A finding's page, as `pulldoctor explain CODE` prints it.
#[derive(Clone, Debug)]
pub struct Page {
    /// The fault in one phrase.
    pub title: Text,
    /// What is wrong.
    pub what: Text,
    /// Why it stops a task, and how it shows: the error, how long it takes.
    pub why: Text,
    /// What to do.
    pub remedy: Text,
    /// What looks alike and is not this.
    pub not_this: Text,
    /// Pages of AWS's documentation that it rests on.
    pub documentation: &'static [&'static str],
    /// Scenario folders in which it is found; a test runs them.
    pub examples: &'static [&'static str],
}

/// One finding's file.
#[derive(Debug)]
pub struct Rule {
    /// Its public name; the file's name is its fault with underscores.
    pub code: Code,
    /// Its page.
    pub page: Page,
    /// Judges one case; gives nothing where there is nothing to say.
    pub judge: fn(&Judged<'_>) -> Vec<Finding>,
}
