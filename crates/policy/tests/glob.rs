//! The wildcard matcher against a naive reference, and its bound on hostile patterns.

use policy::{Reading, Token, compile, matches, matches_counting};
use proptest::prelude::*;

/// The definition, by recursion; exponential.
fn reference(tokens: &[Token], subject: &[char], reading: Reading) -> bool {
    let segmented = reading == Reading::Segmented;
    match (tokens.split_first(), subject.split_first()) {
        (None, rest) => rest.is_none(),
        (Some((Token::Literal(l), tail)), Some((c, rest))) => l == c && reference(tail, rest, reading),
        (Some((Token::One, tail)), Some((c, rest))) => !(segmented && *c == ':') && reference(tail, rest, reading),
        (Some((Token::Star { crosses }, tail)), rest) => {
            reference(tail, subject, reading)
                || rest.is_some_and(|(c, rest)| (!segmented || *crosses || *c != ':') && reference(tokens, rest, reading))
        }
        (Some(_), None) => false,
    }
}

fn token() -> impl Strategy<Value = Token> {
    prop_oneof![
        4 => prop_oneof![Just('a'), Just('b'), Just(':'), Just('é')].prop_map(Token::Literal),
        1 => Just(Token::One),
        2 => any::<bool>().prop_map(|crosses| Token::Star { crosses }),
    ]
}

fn bound(subject: usize, pattern: usize) -> u64 {
    ((subject + 1) * (pattern / 64 + 2) + 2 * pattern + 2) as u64
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, ..ProptestConfig::default() })]

    #[test]
    fn agrees_with_the_reference(
        tokens in prop::collection::vec(token(), 0..9),
        subject in "[ab:é]{0,10}",
        segmented in any::<bool>(),
    ) {
        let reading = if segmented { Reading::Segmented } else { Reading::Loose };
        let chars: Vec<char> = subject.chars().collect();
        prop_assert_eq!(matches(&tokens, &subject, reading), reference(&tokens, &chars, reading));
    }

    #[test]
    fn stays_within_its_bound(
        tokens in prop::collection::vec(token(), 0..400),
        subject in "[ab:]{0,400}",
        segmented in any::<bool>(),
    ) {
        let reading = if segmented { Reading::Segmented } else { Reading::Loose };
        let (_, steps) = matches_counting(&tokens, &subject, reading);
        prop_assert!(steps <= bound(subject.chars().count(), tokens.len()), "{steps}");
    }
}

#[test]
fn hostile_patterns_do_not_backtrack() {
    for (pattern, subject) in [
        ("*a".repeat(1_000) + "b", "a".repeat(2_000)),
        ("a*".repeat(1_000) + "b", "a".repeat(2_000)),
        ("*".repeat(5_000) + "b", "a".repeat(2_000)),
        ("*?".repeat(1_000) + "b*c", "a".repeat(2_000)),
        (format!("*{}b*", "a".repeat(1_000)), "a".repeat(4_000)),
    ] {
        let (matched, steps) = matches_counting(&compile(&pattern), &subject, Reading::Loose);
        assert!(!matched);
        assert!(steps <= bound(subject.len(), pattern.len()), "{pattern:.20}: {steps}");
    }
}
