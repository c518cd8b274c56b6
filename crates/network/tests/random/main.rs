//! Random small VPCs: an independent simulator of single packets, and properties that hold in every world.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod model;
mod print;
mod properties;
mod simulator;
#[path = "../walk/world.rs"]
#[expect(dead_code, reason = "shared with the tests of the codes, which use more of it")]
mod world;
