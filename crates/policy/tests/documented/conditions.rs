//! Every condition operator against known, several, absent and unknown values (IAM User Guide, "Condition operators",
//! "Multivalued context keys", "Policy variables").

use super::*;

/// What the context holds of `x:key`.
#[derive(Clone, Copy, Debug)]
enum Has<'a> {
    One(&'a str),
    Many(&'a [&'a str]),
    Absent,
    Unknown,
}

use Has::{Absent, Many, One};

const YES: Verdict = Verdict::Allowed;
const NO: Verdict = Verdict::ImplicitlyDenied;
const OPEN: Verdict = Verdict::Unknown;

fn under(operator: &str, values: &str, has: Has<'_>) -> Verdict {
    let statement =
        format!(r#"{{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {{"{operator}": {{"X:Key": {values}}}}}}}"#);
    let text = format!(r#"{{"Version": "2012-10-17", "Statement": {statement}}}"#);
    let (document, _) = Document::parse(&text, DocumentKind::Identity);
    let value = match has {
        One(text) => Value::one(text),
        Many(texts) => Value::Many(texts.iter().map(|text| (*text).to_owned()).collect()),
        Absent => Value::Absent,
        Has::Unknown => Value::Unknown,
    };
    let context = complete()
        .with("x:key", value)
        .with("aws:PrincipalTag/team", Value::one("blue"))
        .with("aws:PrincipalTag/open", Value::Unknown)
        .with("aws:TagKeys", Value::Many(vec!["a".into()]));
    let request = request(GET_SECRET, SECRET, context);
    let layers = Layers {
        identity: vec![Source::Document("identity", &document)],
        ..Layers::default()
    };
    evaluate(&request, &layers).verdict
}

#[track_caller]
fn table(rows: &[(&str, &str, Has<'_>, Verdict)]) {
    for (operator, values, has, expected) in rows {
        assert_eq!(under(operator, values, *has), *expected, "{operator} {values} {has:?}");
    }
}

#[test]
fn text() {
    table(&[
        ("StringEquals", r#""a""#, One("a"), YES),
        ("StringEquals", r#""a""#, One("A"), NO),
        ("StringEquals", r#"["b", "a"]"#, One("a"), YES),
        ("StringEquals", r#""a*""#, One("ab"), NO),
        ("StringEquals", r#""a*""#, One("a*"), YES),
        ("StringEquals", "true", One("true"), YES),
        ("StringEquals", "7", One("7"), YES),
        ("StringNotEquals", r#"["b", "a"]"#, One("a"), NO),
        ("StringNotEquals", r#"["b", "a"]"#, One("c"), YES),
        ("StringEqualsIgnoreCase", r#""aB""#, One("Ab"), YES),
        ("StringNotEqualsIgnoreCase", r#""aB""#, One("Ab"), NO),
        ("StringLike", r#""a*c?""#, One("abbcd"), YES),
        ("StringLike", r#""a*c?""#, One("abbc"), NO),
        ("StringLike", r#""A*""#, One("ab"), NO),
        ("StringNotLike", r#"["x*", "a*"]"#, One("ab"), NO),
        ("stringEquals", r#""a""#, One("a"), OPEN),
        ("StringMatches", r#""a""#, One("b"), OPEN),
    ]);
}

#[test]
fn numbers_dates_flags_and_bytes() {
    table(&[
        ("NumericEquals", r#""10""#, One("10.0"), YES),
        ("NumericEquals", "10", One("010"), YES),
        ("NumericNotEquals", r#""10""#, One("10"), NO),
        ("NumericLessThan", r#""10""#, One("9.99"), YES),
        ("NumericLessThan", r#""10""#, One("10"), NO),
        ("NumericLessThanEquals", r#""10""#, One("10"), YES),
        ("NumericGreaterThan", r#""-2""#, One("-1"), YES),
        ("NumericGreaterThanEquals", r#""9007199254740993""#, One("9007199254740992"), NO),
        ("NumericEquals", r#""ten""#, One("10"), OPEN),
        ("NumericEquals", r#""10""#, One("ten"), OPEN),
        ("DateLessThan", r#""2026-06-01T00:00:00Z""#, One("2026-05-31T23:59:59Z"), YES),
        ("DateEquals", r#""2026-06-01T02:00:00+02:00""#, One("2026-06-01T00:00:00Z"), YES),
        ("DateEquals", r#""1780272000""#, One("2026-06-01T00:00:00Z"), YES),
        ("DateGreaterThan", r#""2026-06-01""#, One("2026-06-01T00:00:00Z"), NO),
        ("DateGreaterThanEquals", r#""2026-06-01""#, One("2026-06-01T00:00:00Z"), YES),
        ("DateNotEquals", r#""2026-06-01""#, One("2026-06-02"), YES),
        ("Bool", r#""true""#, One("TRUE"), YES),
        ("Bool", "false", One("true"), NO),
        ("BinaryEquals", r#""QmluYXJ5""#, One("QmluYXJ5"), YES),
        ("BinaryEquals", r#""QmluYXJ5""#, One("QmluYXJ"), NO),
    ]);
}

#[test]
fn addresses() {
    table(&[
        ("IpAddress", r#""203.0.113.0/24""#, One("203.0.113.9"), YES),
        ("IpAddress", r#""203.0.113.9""#, One("203.0.113.9"), YES),
        ("IpAddress", r#""203.0.113.9""#, One("203.0.113.10"), NO),
        ("IpAddress", r#""0.0.0.0/0""#, One("203.0.113.10"), YES),
        ("IpAddress", r#""0.0.0.0/0""#, One("2001:db8::1"), NO),
        ("IpAddress", r#""2001:db8::/32""#, One("2001:0DB8:0::7"), YES),
        ("NotIpAddress", r#"["10.0.0.0/8", "2001:db8::/32"]"#, One("203.0.113.9"), YES),
        ("NotIpAddress", r#"["10.0.0.0/8", "203.0.113.0/24"]"#, One("203.0.113.9"), NO),
        ("IpAddress", r#""everywhere""#, One("203.0.113.9"), OPEN),
    ]);
}

#[test]
fn arns() {
    let arn = One("arn:aws:iam::111122223333:role/a/b");
    table(&[
        ("ArnEquals", r#""arn:aws:iam::111122223333:role/a/b""#, arn, YES),
        ("ArnEquals", r#""arn:aws:iam::1111*:role/*""#, arn, YES),
        ("ArnLike", r#""arn:aws:iam::1111*:role/?/b""#, arn, YES),
        ("ArnLike", r#""arn:aws:iam:*:role/a/b""#, arn, OPEN),
        ("ArnLike", r#""arn:aws:iam::444455556666:role/*""#, arn, NO),
        ("ArnLike", r#""ARN:aws:iam::111122223333:role/a/b""#, arn, NO),
        ("ArnNotEquals", r#""arn:aws:iam::444455556666:*""#, arn, YES),
        (
            "ArnNotLike",
            r#"["arn:aws:iam::444455556666:*", "arn:aws:iam::111122223333:role/*"]"#,
            arn,
            NO,
        ),
        ("ArnLike", r#""arn:aws:iam::111122223333:role/*""#, One("no arn"), NO),
    ]);
}

/// Absent: positive operators are false, negated ones and `IfExists` true; unknown is neither.
#[test]
fn absent_and_unknown() {
    for (family, value) in [
        ("String", "Equals"),
        ("String", "EqualsIgnoreCase"),
        ("String", "Like"),
        ("Numeric", "Equals"),
        ("Date", "Equals"),
        ("Arn", "Equals"),
        ("Arn", "Like"),
    ] {
        let values = match family {
            "Numeric" => r#""1""#,
            "Date" => r#""2026-06-01""#,
            "Arn" => r#""arn:aws:iam::111122223333:role/a""#,
            _ => r#""a""#,
        };
        let plain = format!("{family}{value}");
        let negated = format!("{family}Not{value}");
        for (operator, expected) in [
            (plain.clone(), NO),
            (format!("{plain}IfExists"), YES),
            (negated.clone(), YES),
            (format!("{negated}IfExists"), YES),
            (format!("ForAllValues:{plain}"), YES),
            (format!("ForAnyValue:{plain}"), NO),
            (format!("ForAllValues:{negated}"), YES),
            (format!("ForAnyValue:{negated}"), NO),
            (format!("ForAllValues:{plain}IfExists"), YES),
            // The one is false without a value, the other true.
            (format!("ForAnyValue:{plain}IfExists"), OPEN),
        ] {
            assert_eq!(under(&operator, values, Absent), expected, "{operator}");
            assert_eq!(under(&operator, values, Has::Unknown), OPEN, "{operator}");
        }
    }
    table(&[
        ("NumericLessThan", r#""1""#, Absent, NO),
        ("NumericLessThanIfExists", r#""1""#, Absent, YES),
        ("Bool", r#""false""#, Absent, NO),
        ("BoolIfExists", r#""false""#, Absent, YES),
        ("IpAddress", r#""10.0.0.0/8""#, Absent, NO),
        ("NotIpAddress", r#""10.0.0.0/8""#, Absent, YES),
        ("BinaryEquals", r#""QQ==""#, Absent, NO),
    ]);
}

#[test]
fn null() {
    table(&[
        ("Null", r#""true""#, Absent, YES),
        ("Null", "true", Absent, YES),
        ("Null", r#""true""#, One("a"), NO),
        ("Null", r#""false""#, One("a"), YES),
        ("Null", r#""false""#, Absent, NO),
        ("Null", r#""true""#, Many(&[]), YES),
        ("Null", r#""false""#, Many(&[]), NO),
        ("Null", r#""false""#, Many(&["a"]), YES),
        ("Null", r#""false""#, Has::Unknown, OPEN),
        ("Null", r#""maybe""#, Absent, OPEN),
        ("NullIfExists", r#""true""#, Absent, OPEN),
        ("ForAllValues:Null", r#""true""#, Absent, OPEN),
    ]);
}

#[test]
fn several_values() {
    table(&[
        ("ForAllValues:StringEquals", r#"["a", "b"]"#, Many(&["a", "b"]), YES),
        ("ForAllValues:StringEquals", r#"["a", "b"]"#, Many(&["a", "c"]), NO),
        ("ForAllValues:StringEquals", r#"["a", "b"]"#, Many(&[]), YES),
        ("ForAllValues:StringNotEquals", r#"["a", "b"]"#, Many(&["c", "b"]), NO),
        ("ForAllValues:StringNotEquals", r#"["a", "b"]"#, Many(&["c", "d"]), YES),
        ("ForAnyValue:StringEquals", r#"["a", "b"]"#, Many(&["c", "b"]), YES),
        ("ForAnyValue:StringEquals", r#"["a", "b"]"#, Many(&["c"]), NO),
        ("ForAnyValue:StringEquals", r#"["a", "b"]"#, Many(&[]), NO),
        ("ForAnyValue:StringNotEquals", r#"["a", "b"]"#, Many(&["a", "c"]), YES),
        ("ForAnyValue:StringNotEquals", r#"["a", "b"]"#, Many(&["a", "b"]), NO),
        ("ForAllValues:StringLike", r#""a*""#, One("ab"), YES),
        (
            "ForAnyValue:ArnLike",
            r#""arn:aws:s3:::a*""#,
            Many(&["arn:aws:s3:::b", "arn:aws:s3:::ab"]),
            YES,
        ),
        ("StringEquals", r#""a""#, Many(&["a"]), OPEN),
        ("ForSomeValue:StringEquals", r#""a""#, Many(&["a"]), OPEN),
    ]);
}

/// A variable takes the key's value as plain text; escapes are plain characters; without a value nothing is equal to it.
#[test]
fn variables() {
    table(&[
        ("StringEquals", r#""${aws:PrincipalTag/team}""#, One("blue"), YES),
        ("StringEquals", r#""${AWS:principaltag/TEAM}-x""#, One("blue-x"), YES),
        ("StringEquals", r#""${aws:PrincipalTag/none}""#, One(""), NO),
        ("StringNotEquals", r#""${aws:PrincipalTag/none}""#, One("a"), YES),
        ("StringEquals", r#""${aws:PrincipalTag/none, 'red'}""#, One("red"), YES),
        ("StringEquals", r#""${aws:PrincipalTag/team, 'red'}""#, One("red"), NO),
        ("StringEquals", r#""${aws:PrincipalTag/open}""#, One("a"), OPEN),
        ("StringEquals", r#""x-${aws:PrincipalTag/open}""#, One("y-a"), NO),
        ("StringEqualsIgnoreCase", r#""X-${aws:PrincipalTag/open}""#, One("x-a"), OPEN),
        ("StringEqualsIgnoreCase", r#""X-${aws:PrincipalTag/open}""#, One("y-a"), NO),
        ("StringEquals", r#""${aws:TagKeys}""#, One("a"), OPEN),
        ("StringLike", r#""a${*}c""#, One("a*c"), YES),
        ("StringLike", r#""a${*}c""#, One("abc"), NO),
        ("StringLike", r#""a${?}c""#, One("abc"), NO),
        ("StringLike", r#""a${$}c""#, One("a$c"), YES),
        ("StringLike", r#""${aws:PrincipalTag/team}*""#, One("blue-1"), YES),
        ("StringEquals", r#""${aws:PrincipalTag/team""#, One("blue"), OPEN),
        (
            "ArnLike",
            r#""arn:aws:iam::*:role/${aws:PrincipalTag/team}""#,
            One("arn:aws:iam::1:role/blue"),
            YES,
        ),
        ("NumericEquals", r#""${aws:PrincipalTag/team}""#, One("1"), OPEN),
    ]);
}

/// Entries of a statement must all hold; an entry that is false settles it beside one that is open.
#[test]
fn entries_are_a_conjunction() {
    let statement = |condition: &str| format!(r#"{{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {{{condition}}}}}"#);
    let context = complete().with("x:a", Value::one("1")).with("x:open", Value::Unknown);
    for (condition, expected) in [
        (r#""StringEquals": {"x:a": "1", "x:b": "2"}"#, NO),
        (r#""StringEquals": {"x:a": "1"}, "Null": {"x:b": "true"}"#, YES),
        (r#""StringEquals": {"x:a": "2", "x:open": "2"}"#, NO),
        (r#""StringEquals": {"x:a": "1", "x:open": "2"}"#, OPEN),
        (r#""StringEquals": {"x:a": "2"}, "Wrong": {"x:a": "1"}"#, NO),
    ] {
        let document = Document::parse(
            &format!(r#"{{"Version": "2012-10-17", "Statement": {}}}"#, statement(condition)),
            DocumentKind::Identity,
        )
        .0;
        let request = request(GET_SECRET, SECRET, context.clone());
        let layers = Layers {
            identity: vec![Source::Document("identity", &document)],
            ..Layers::default()
        };
        assert_eq!(evaluate(&request, &layers).verdict, expected, "{condition}");
    }
}
