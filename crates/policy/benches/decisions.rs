//! Decisions per second on the table of documented cases, and those of the public simulator on the same cases where
//! `PULLDOCTOR_ORACLE_IAM` names its folder.

#[path = "../tests/common/mod.rs"]
mod common;

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use common::{Case, name};
use policy::{Document, DocumentKind, ResourcePolicy, Source};

fn main() {
    for case in cases() {
        assert_ne!(name(case.decide().verdict), "Unknown", "{}", case.id);
    }
    divan::main();
    if let Ok(folder) = std::env::var("PULLDOCTOR_ORACLE_IAM") {
        side_by_side(&folder);
    }
}

const LINES: &str = include_str!("../tests/data/known_cases.jsonl");

fn cases() -> Vec<Case> {
    LINES.lines().map(Case::read).collect()
}

/// The documents of a case, as text.
fn texts(case: &Case) -> Vec<(DocumentKind, String)> {
    let layers = case.layers();
    let levels = layers.service_control.iter().chain(&layers.resource_control).flatten();
    let resource = match &layers.resource {
        ResourcePolicy::None => None,
        ResourcePolicy::Together(sources) => sources.first(),
        ResourcePolicy::Generic(s) | ResourcePolicy::Trust(s) | ResourcePolicy::Key { policy: s, .. } => Some(s),
    };
    let single = layers
        .boundary
        .iter()
        .chain(resource)
        .chain(layers.endpoint.as_ref().map(|(_, s)| s));
    let sources = layers.identity.iter().chain(&layers.session).chain(levels).chain(single);
    sources
        .filter_map(|source| match source {
            Source::Document(_, document) => Some((document.kind, document.source().to_owned())),
            _ => None,
        })
        .collect()
}

#[divan::bench]
fn decide(bencher: divan::Bencher<'_, '_>) {
    let cases = cases();
    bencher
        .counter(divan::counter::ItemsCount::new(cases.len()))
        .bench_local(|| cases.iter().filter(|case| case.decide().verdict.is_denied()).count());
}

/// Every document of the case read anew, then the decision.
#[divan::bench]
fn parse_and_decide(bencher: divan::Bencher<'_, '_>) {
    let cases: Vec<_> = cases().into_iter().map(|case| (texts(&case), case)).collect();
    bencher
        .counter(divan::counter::ItemsCount::new(cases.len()))
        .bench_local(|| parse_all(&cases));
}

fn parse_all(cases: &[(Vec<(DocumentKind, String)>, Case)]) -> usize {
    let mut denied = 0;
    for (texts, case) in cases {
        let problems: usize = texts.iter().map(|(kind, text)| Document::parse(text, *kind).1.len()).sum();
        denied += usize::from(case.decide().verdict.is_denied()) + problems;
    }
    denied
}

fn side_by_side(folder: &str) {
    let count = LINES.lines().count();
    let ask = |copies: usize| -> Duration {
        let start = Instant::now();
        let spawned = Command::new("node")
            .arg("simulate.mjs")
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn();
        let Ok(mut child) = spawned else {
            return Duration::ZERO;
        };
        if let Some(mut pipe) = child.stdin.take() {
            pipe.write_all(LINES.repeat(copies).as_bytes()).ok();
        }
        child.wait().ok();
        start.elapsed()
    };
    // The difference takes the start of the process out.
    let theirs = ask(81).saturating_sub(ask(1)).as_secs_f64() / (80 * count) as f64;
    let cases: Vec<_> = cases().into_iter().map(|case| (texts(&case), case)).collect();
    let start = Instant::now();
    for _ in 0..200 {
        divan::black_box(parse_all(&cases));
    }
    let ours = start.elapsed().as_secs_f64() / (200 * count) as f64;
    println!(
        "parse and decide: {:.0}/s, iam-simulate: {:.0}/s, {:.0} times",
        1.0 / ours,
        1.0 / theirs,
        theirs / ours
    );
}
