//! Marks in test texts: `«…»` are the bytes that a parser is to point at.

use references::{Malformed, MalformedKind, OddityKind, Parsed};
use std::fmt::Debug;
use std::ops::Range;

/// The text without its marks, and the range between them.
pub(crate) fn marked(text: &str) -> (String, Range<usize>) {
    let start = text.find('«').expect("a mark");
    let end = text.find('»').expect("an end mark") - '«'.len_utf8();
    (text.replace(['«', '»'], ""), start..end)
}

/// The parser must refuse the text for that reason, point at the marks, and offer that correction.
#[track_caller]
pub(crate) fn refused<T: Debug>(
    parse: impl Fn(&str) -> Result<Parsed<T>, Malformed>,
    text: &str,
    kind: MalformedKind,
    corrected: Option<&str>,
) {
    let (plain, position) = marked(text);
    let malformed = parse(&plain).expect_err(&plain);
    assert_eq!(malformed.kind, kind, "{text}");
    assert_eq!(malformed.position, position, "{text}: {:?}", malformed.excerpt(&plain));
    assert_eq!(malformed.corrected.as_deref(), corrected, "{text}");
}

/// The parser must accept the text and find exactly that one thing odd at the marks.
#[track_caller]
pub(crate) fn odd<T: Debug>(parse: impl Fn(&str) -> Result<Parsed<T>, Malformed>, text: &str, kind: OddityKind, corrected: Option<&str>) {
    let (plain, position) = marked(text);
    let parsed = parse(&plain).expect(&plain);
    let [oddity] = parsed.oddities.as_slice() else {
        panic!("{text}: {:?}", parsed.oddities)
    };
    assert_eq!(oddity.kind, kind, "{text}");
    assert_eq!(oddity.position, position, "{text}");
    assert_eq!(oddity.corrected.as_deref(), corrected, "{text}");
}

/// The parser must accept the text, find nothing odd, and print it as it was.
#[track_caller]
pub(crate) fn plain<T: Debug + ToString>(parse: impl Fn(&str) -> Result<Parsed<T>, Malformed>, text: &str) -> T {
    let parsed = parse(text).expect(text);
    assert_eq!(parsed.oddities, [], "{text}");
    assert_eq!(parsed.value.to_string(), text);
    parsed.value
}
