//! The strict scanner accepts what `serde_json` accepts, and nothing else.

use proptest::prelude::*;

use super::{FaultKind, Scanner, Token};

/// Scans a whole text; where the value ends.
fn scans(text: &str) -> Option<usize> {
    let mut scanner = Scanner::strict(text.as_bytes(), 0);
    loop {
        match scanner.next() {
            Ok(Some(_)) => {}
            Ok(None) => return Some(scanner.pos()),
            Err(_) => return None,
        }
    }
}

/// The same by `serde_json`, into strings (so that halves of pairs fail).
fn parses(text: &str) -> Option<usize> {
    let mut stream = serde_json::Deserializer::from_str(text).into_iter::<serde_json::Value>();
    stream.next()?.ok()?;
    Some(stream.byte_offset())
}

fn json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        any::<i64>().prop_map(|number| number.to_string()),
        any::<f32>()
            .prop_filter("finite", |f| f.is_finite())
            .prop_map(|number| number.to_string()),
        "[ -~あ\u{1f600}\n\t\\\\\"]{0,12}".prop_map(|text| serde_json::to_string(&text).unwrap()),
        Just("\"\\u0041\\ud83d\\ude00\\/\"".to_owned()),
    ];
    let space = "[ \n\t\r]{0,9}";
    leaf.prop_recursive(6, 60, 6, move |inner| {
        prop_oneof![
            (prop::collection::vec(inner.clone(), 0..6), space)
                .prop_map(|(items, space)| format!("[{space}{}{space}]", items.join(&format!("{space},")))),
            (prop::collection::vec(("[a-z\"\\\\]{0,5}", inner), 0..6), space).prop_map(|(items, space)| {
                let members: Vec<String> = items
                    .into_iter()
                    .map(|(key, value)| format!("{}{space}:{space}{value}", serde_json::to_string(&key).unwrap()))
                    .collect();
                format!("{{{space}{}{space}}}", members.join(","))
            }),
        ]
    })
}

proptest! {
    #[test]
    fn whole_values(text in json()) {
        prop_assert_eq!(scans(&text), parses(&text), "{}", text);
        prop_assert!(scans(&text).is_some());
    }

    #[test]
    fn damaged_values(text in json(), at in any::<prop::sample::Index>(), with in "[ -~\n\u{1}]{0,2}", less in 0usize..3) {
        let chars: Vec<char> = text.chars().collect();
        let at = at.index(chars.len());
        let damaged: String = chars[..at].iter().copied()
            .chain(with.chars())
            .chain(chars[(at + less).min(chars.len())..].iter().copied())
            .collect();
        // A top-level number's end depends on what follows it.
        prop_assume!(damaged.trim_start().starts_with(['{', '[', '"']));
        // Numbers that are out of range.
        let exponent = |pair: &[u8]| pair[0].is_ascii_digit() && matches!(pair[1], b'e' | b'E');
        prop_assume!(!damaged.as_bytes().windows(2).any(exponent));
        prop_assert_eq!(scans(&damaged), parses(&damaged), "{}", damaged);
    }

    #[test]
    fn arbitrary_text(text in "[\\[{\"][\\[\\]{},:\"\\\\0-9a-dfntru.+ \n-]{0,40}") {
        prop_assert_eq!(scans(&text), parses(&text), "{}", text);
    }

    /// What the lenient mode takes without mending is what the strict one takes.
    #[test]
    fn lenient_is_strict_where_nothing_is_mended(text in json()) {
        let mut lenient = Scanner::lenient(text.as_bytes(), 0);
        let mut strict = Scanner::strict(text.as_bytes(), 0);
        loop {
            let (a, b) = (lenient.next(), strict.next());
            prop_assert_eq!(&a, &b);
            if !matches!(a, Ok(Some(_))) {
                break;
            }
        }
        prop_assert!(lenient.mends.is_empty());
    }
}

#[test]
fn nesting_ends() {
    let deep = "[".repeat(200);
    let mut scanner = Scanner::strict(deep.as_bytes(), 0);
    let fault = loop {
        if let Err(fault) = scanner.next() {
            break fault;
        }
    };
    assert_eq!((fault.kind, fault.at), (FaultKind::Depth, super::MAX_DEPTH as usize));
    let open = super::MAX_DEPTH as usize;
    let allowed = "[".repeat(open) + &"]".repeat(open);
    assert_eq!(scans(&allowed), Some(allowed.len()));
    assert!(serde_json::from_str::<serde_json::Value>(&allowed).is_ok());
}

#[test]
fn places() {
    let text = "{ \"a\\n\": [1, \"é\"] }";
    let mut scanner = Scanner::strict(text.as_bytes(), 0);
    let mut found = Vec::new();
    while let Ok(Some(event)) = scanner.next() {
        found.push((event.token, text.get(event.start..event.end).unwrap(), event.escaped));
    }
    assert_eq!(
        found,
        [
            (Token::ObjectStart, "{", false),
            (Token::Key, "a\\n", true),
            (Token::ArrayStart, "[", false),
            (Token::Scalar, "1", false),
            (Token::String, "é", false),
            (Token::ArrayEnd, "]", false),
            (Token::ObjectEnd, "}", false),
        ]
    );
}
