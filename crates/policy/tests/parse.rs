//! Reading documents: what is taken, what is reported and where.

use policy::{Document, DocumentKind, Effect, PrincipalItem, Problem, ProblemKind, Version};
use proptest::prelude::*;

/// The text from an offset on.
fn from(text: &str, offset: usize) -> &str {
    text.get(offset..).unwrap_or("no such offset")
}

fn identity(text: &str) -> (Document, Vec<Problem>) {
    Document::parse(text, DocumentKind::Identity)
}

const PLAIN: &str = r#"{"Version": "2012-10-17", "Id": "x", "Statement": [
  {"Sid": "A", "Effect": "Allow", "Action": "s3:*", "Resource": ["*"]},
  {"Effect": "Deny", "NotAction": ["iam:*"], "NotResource": "arn:aws:s3:::b", "Condition": {"Bool": {"aws:SecureTransport": false}}}
]}"#;

#[test]
fn reads_every_form() {
    let (document, problems) = identity(PLAIN);
    assert_eq!(problems, []);
    assert_eq!((document.version, document.id.as_deref()), (Version::V2012, Some("x")));
    let [first, second] = document.statements.as_slice() else {
        panic!()
    };
    assert_eq!(
        (first.pointer.as_str(), first.sid.as_deref(), first.effect),
        ("/Statement/0", Some("A"), Some(Effect::Allow))
    );
    assert!(from(PLAIN, first.offset).starts_with(r#"{"Sid""#));
    assert_eq!(second.conditions[0].pointer, "/Statement/1/Condition/Bool/aws:SecureTransport");
    assert!(second.actions.as_ref().unwrap().negated && second.resources.as_ref().unwrap().negated);
}

#[test]
fn takes_strings_and_percent_encoding_off() {
    let string = serde_json::to_string(PLAIN).unwrap();
    let encode = |text: &str| -> String {
        text.bytes()
            .map(|b| {
                if b.is_ascii_alphanumeric() {
                    char::from(b).to_string()
                } else {
                    format!("%{b:02X}")
                }
            })
            .collect()
    };
    let (expected, _) = identity(PLAIN);
    for text in [
        string.clone(),
        encode(PLAIN),
        serde_json::to_string(&encode(PLAIN)).unwrap(),
        encode(&string),
    ] {
        let (document, problems) = identity(&text);
        assert_eq!(problems, [], "{text}");
        assert_eq!(document, expected);
        assert_eq!(document.source(), PLAIN);
    }
}

#[test]
fn a_lone_statement_keeps_its_own_pointer() {
    let (document, problems) = identity(r#"{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#);
    assert_eq!(problems, []);
    assert_eq!(
        (document.version, document.statements[0].pointer.as_str()),
        (Version::V2008, "/Statement")
    );
}

#[test]
fn principals_of_every_kind() {
    let text = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*",
        "Principal": {"AWS": ["*", "111122223333"], "Service": "a.amazonaws.com", "Federated": "f", "CanonicalUser": "c"}}]}"#;
    let (document, problems) = Document::parse(text, DocumentKind::Resource);
    assert_eq!(problems, []);
    let items = &document.statements[0].principals.as_ref().unwrap().items;
    assert_eq!(
        items.as_slice(),
        [
            PrincipalItem::Everyone,
            PrincipalItem::Aws("111122223333".into()),
            PrincipalItem::Service("a.amazonaws.com".into()),
            PrincipalItem::Federated("f".into()),
            PrincipalItem::CanonicalUser("c".into()),
        ]
    );
}

/// One problem of this kind, at the text that begins with `at`.
#[track_caller]
fn finds(kind: DocumentKind, text: &str, pointer: &str, at: &str, expected: ProblemKind) {
    let (document, problems) = Document::parse(text, kind);
    let places: Vec<(&str, &str)> = problems
        .iter()
        .filter(|p| p.kind == expected)
        .map(|p| (p.pointer.as_str(), from(document.source(), p.offset)))
        .collect();
    let found = matches!(places.as_slice(), [(found, text)] if *found == pointer && text.starts_with(at));
    assert!(found, "{places:?} {problems:?}");
}

#[test]
fn problems_have_exact_places() {
    use DocumentKind::{Endpoint, Identity, ResourceControl, Trust};
    let wrap = |s: &str| format!(r#"{{"Version": "2012-10-17", "Statement": [{{{s}}}]}}"#);
    let base = r#""Effect": "Allow", "Action": "s3:*", "Resource": "*""#;
    let with = |more: &str| wrap(&format!("{base}, {more}"));
    let duplicate = |k: &str| ProblemKind::DuplicateKey(k.into());
    finds(
        Identity,
        &with(r#""Action": "x:y""#),
        "/Statement/0/Action",
        r#""x:y""#,
        duplicate("Action"),
    );
    finds(
        Identity,
        &with(r#""Condition": {"Bool": {"k": "true", "K": "false"}}"#),
        "/Statement/0/Condition/Bool/K",
        r#""false""#,
        duplicate("K"),
    );
    finds(
        Identity,
        &with(r#""Conditions": {}"#),
        "/Statement/0/Conditions",
        "{}",
        ProblemKind::UnknownElement("Conditions".into()),
    );
    finds(
        Identity,
        &with(r#""Condition": {"stringEquals": {"a/b": "c"}}"#),
        "/Statement/0/Condition/stringEquals",
        r#"{"a/b""#,
        ProblemKind::UnknownOperator("stringEquals".into()),
    );
    finds(
        Identity,
        &with(r#""Condition": {"NumericEquals": {"a/b": "c"}}"#),
        "/Statement/0/Condition/NumericEquals/a~1b",
        r#""c""#,
        ProblemKind::MalformedValue("c".into()),
    );
    finds(
        Identity,
        &with(r#""Principal": "*""#),
        "/Statement/0",
        "{",
        ProblemKind::NotAllowedHere("Principal"),
    );
    finds(
        Endpoint,
        &with(r#""Sid": "x""#),
        "/Statement/0",
        "{",
        ProblemKind::Missing("Principal"),
    );
    finds(
        Trust,
        &wrap(r#""Effect": "allow""#),
        "/Statement/0/Effect",
        r#""allow""#,
        ProblemKind::UnknownEffect("allow".into()),
    );
    finds(
        Identity,
        &with(r#""NotAction": "*""#),
        "/Statement/0",
        "{",
        ProblemKind::Conflict("Action", "NotAction"),
    );
    finds(
        ResourceControl,
        &wrap(r#""Effect": "Deny", "Action": "s3:*", "Resource": "*", "Principal": {"AWS": "111122223333"}"#),
        "/Statement/0/Principal",
        "{",
        ProblemKind::NotAllowedHere("Principal"),
    );
    finds(
        Identity,
        r#"{"Statement": [{"Effect": "Allow", "Action": ["s3:*", "Get"], "Resource": "app"}]}"#,
        "/Statement/0/Action/1",
        r#""Get""#,
        ProblemKind::MalformedAction("Get".into()),
    );
    finds(
        Identity,
        r#"{"Version": "2012", "Statement": []}"#,
        "/Version",
        r#""2012""#,
        ProblemKind::UnknownVersion("2012".into()),
    );
    finds(
        Identity,
        r#"{"Statement": [], "Statement": []}"#,
        "/Statement",
        "[]",
        duplicate("Statement"),
    );
    finds(Identity, "[1]", "", "[1]", ProblemKind::NotAPolicy);
}

#[test]
fn broken_json_has_an_offset() {
    let text = "{\"Version\": \"2012-10-17\",\n \"Statement\": [}";
    let (document, problems) = identity(text);
    assert!(document.unreadable().is_some());
    assert!(from(text, problems[0].offset).starts_with('}'), "{problems:?}");
}

proptest! {
    #[test]
    fn never_panics(text in "[ -~\n]{0,80}") {
        let _ = identity(&text);
    }

    #[test]
    fn never_panics_on_damaged_policies(at in 0usize..300, with in "[\"{}\\[\\],:*$% a]{0,3}") {
        let mut text = PLAIN.to_owned();
        let at = at.min(text.len() - 1);
        text.replace_range(at..=at, &with);
        for kind in [DocumentKind::Identity, DocumentKind::Resource, DocumentKind::ResourceControl] {
            let (document, problems) = Document::parse(&text, kind);
            prop_assert!(problems.iter().all(|p| p.offset <= document.source().len()));
        }
    }
}
