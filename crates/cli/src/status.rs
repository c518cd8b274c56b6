//! The exit status.

use report::Report;
use report::model::{Outcome, Status};

/// Nothing failing was found.
pub const NOTHING_FAILING: u8 = 0;
/// Something fails, or is suspected to.
pub const FAILING: u8 = 1;
/// The arguments or the input could not be used at all.
pub const UNUSABLE: u8 = 2;
/// There was too little to judge.
pub const INSUFFICIENT: u8 = 3;

/// The exit status for a report.
pub fn of(report: &Report) -> u8 {
    let fails = report.findings.iter().any(|finding| finding.status == Status::Fail);
    match report.outcome {
        _ if fails => FAILING,
        Outcome::RootCause | Outcome::Suspects => FAILING,
        Outcome::InsufficientEvidence => INSUFFICIENT,
        Outcome::NoFaultFound | Outcome::OutOfScope => NOTHING_FAILING,
    }
}
