//! The collector's script, run by a real bash against a stand-in for the AWS CLI: this very program, started again under the name `aws`.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test without the attribute that says so"
)]

mod alike;
mod planted;
mod script;
mod stand_in;

use libtest_mimic::{Arguments, Trial};

fn main() {
    if let Some(world) = std::env::var_os(stand_in::WORLD) {
        std::process::exit(stand_in::run(std::path::Path::new(&world)));
    }
    let trials = script::TESTS
        .iter()
        .map(|(name, test)| Trial::test(*name, || test().map_err(Into::into)))
        .collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}
