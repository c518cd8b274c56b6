//! Random small VPCs: an independent simulator of single packets, and properties that hold in every world.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod families;
mod hub;
mod model;
mod print;
mod properties;
mod shared;
mod simulator;
#[path = "../walk/world.rs"]
#[expect(dead_code, reason = "shared with the tests of the codes, which use more of it")]
mod world;

/// How many worlds a test draws: `RANDOM_WORLDS` times as many where it is set, for a long run by hand.
fn cases(count: u32) -> u32 {
    let times = std::env::var("RANDOM_WORLDS").ok().and_then(|text| text.parse().ok()).unwrap_or(1);
    count.saturating_mul(times)
}
