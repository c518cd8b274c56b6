//! Decisions per second on the table of documented cases, with and without parsing the documents.

#[path = "../tests/common/mod.rs"]
mod common;

use common::{Case, name};

fn main() {
    for case in cases() {
        assert_ne!(name(case.decide().verdict), "Unknown", "{}", case.id);
    }
    divan::main();
}

fn lines() -> impl Iterator<Item = &'static str> {
    include_str!("../tests/data/known_cases.jsonl").lines()
}

fn cases() -> Vec<Case> {
    lines().map(Case::read).collect()
}

#[divan::bench]
fn decide(bencher: divan::Bencher<'_, '_>) {
    let cases = cases();
    bencher
        .counter(divan::counter::ItemsCount::new(cases.len()))
        .bench_local(|| {
            cases
                .iter()
                .filter(|case| case.decide().verdict.is_denied())
                .count()
        });
}

#[divan::bench]
fn parse_and_decide(bencher: divan::Bencher<'_, '_>) {
    bencher
        .counter(divan::counter::ItemsCount::new(lines().count()))
        .bench_local(|| {
            lines()
                .map(Case::read)
                .filter(|case| case.decide().verdict.is_denied())
                .count()
        });
}
