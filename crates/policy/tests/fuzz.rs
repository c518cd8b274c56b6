//! The fuzz targets' bodies on seeded input, and documents made to be slow.

#[path = "../fuzz/bodies.rs"]
mod bodies;
#[path = "common/generate/mod.rs"]
mod generate;

use generate::Random;
use policy::DocumentKind;
use std::fmt::Write as _;

/// What policies are made of, so that damage is not only noise.
const PIECES: [&str; 24] = [
    "{",
    "}",
    "[",
    "]",
    "\"",
    ":",
    ",",
    "*",
    "?",
    "${",
    "$",
    "}'",
    "%22",
    "\\u0000",
    "null",
    "1e9",
    "\"Effect\"",
    "\"Deny\"",
    "\"Statement\"",
    "\"NotPrincipal\"",
    "\"NotResource\"",
    "ForAnyValue:",
    "IfExists",
    "arn:aws:",
];

fn damage(text: &mut Vec<u8>, random: &mut Random) {
    for _ in 0..=random.below(4) {
        let at = random.below(text.len() + 1);
        let end = (at + random.below(6)).min(text.len());
        match random.below(4) {
            0 => drop(text.drain(at..end)),
            1 => drop(text.splice(at..at, random.pick(&PIECES).bytes())),
            2 => drop(text.splice(at..end, [(random.below(256)) as u8])),
            _ => {
                let from = random.below(text.len() + 1);
                let copied: Vec<u8> = text.iter().skip(from).take(random.below(40)).copied().collect();
                drop(text.splice(at..at, copied));
            }
        }
    }
}

#[test]
fn damaged_documents() {
    let mut random = Random::new(20_261_125);
    let cases: Vec<String> = (0..40)
        .map(|id| generate::twins(&mut random, id)[0]["identityPolicies"].to_string())
        .map(|list| list.trim_matches(['[', ']']).to_owned())
        .collect();
    for round in 0..4_000 {
        let mut text = cases[round % cases.len()].clone().into_bytes();
        damage(&mut text, &mut random);
        bodies::parse(&text);
    }
}

#[test]
fn random_patterns() {
    let mut random = Random::new(7);
    for _ in 0..20_000 {
        let mut text = Vec::new();
        for _ in 0..random.below(200) {
            text.push(b"ab*?:/\0*a*"[random.below(10)]);
        }
        bodies::matcher(&text);
    }
}

fn allow(rest: &str) -> String {
    format!(r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Action": "*", {rest}}}}}"#)
}

/// Each would take minutes if its cost grew with the square of its size.
#[test]
fn long_documents_cost_what_they_are_long() {
    const MANY: usize = 20_000;
    let numbered = |make: &dyn Fn(usize) -> String| (0..MANY).map(make).collect::<Vec<_>>().join(",");
    let keys = numbered(&|n| format!(r#""x:{n}": "a""#));
    let operators = numbered(&|n| format!(r#""Op{n}": {{"x": "a"}}"#));
    let elements = numbered(&|n| format!(r#""E{n}": 1"#));
    let kinds = numbered(&|n| format!(r#""K{n}": "a""#));
    let statements = numbered(&|_| r#"{"Effect": "Allow", "Action": "*", "Resource": "arn:x"}"#.to_owned());
    let mut stars = String::new();
    for n in 0..MANY {
        write!(stars, "*{}", n % 7).ok();
    }
    for text in [
        allow(&format!(r#""Resource": "*", "Condition": {{"StringEquals": {{{keys}, {keys}}}}}"#)),
        allow(&format!(r#""Resource": "*", "Condition": {{{operators}, {operators}}}"#)),
        allow(&format!(r#""Resource": "*", {elements}"#)),
        allow(&format!(r#""Resource": "*", "Principal": {{{kinds}}}"#)),
        allow(&format!(r#""Resource": "arn:aws:logs:eu-west-1:111122223333:{stars}""#)),
        format!(r#"{{"Version": "2012-10-17", "Statement": [{statements}], {elements}}}"#),
    ] {
        for kind in [DocumentKind::Identity, DocumentKind::Resource] {
            bodies::read_as(kind, &text);
        }
    }
}
