//! What tests share: a small AWS account as the CLI prints it, and the loader of scenario folders.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "only tests use this crate"
)]

pub mod checklist;
pub mod scenario;
pub mod scenarios;
pub mod world;
