//! Documents changed by one statement: what they say, and what they then decide.

#[path = "common/generate/mod.rs"]
mod generate;

use generate::{Random, twins};
use policy::{
    Context, Document, DocumentKind, DraftStatement, Layers, Principal, Request, Resource, Source, Unmentioned, Value, Verdict, evaluate,
};
use proptest::prelude::*;
use serde_json::Value as Json;

const ROLE: &str = "arn:aws:iam::111122223333:role/ecsTaskExecutionRole";

fn read(text: &str) -> Document {
    Document::parse(text, DocumentKind::ServiceControl).0
}

#[test]
fn everything_else_stays_as_written() {
    let document = read(
        r#"{
        "Version": "2012-10-17", "Id": "a \" b",
        "Statement": [ {"Sid": "One", "Effect": "Deny", "Action": [ "s3:*" ], "Resource": "*"},
            {"Effect": "Allow", "Action": "*", "Resource": "*"} ]
    }"#,
    );
    assert_eq!(
        document.without("/Statement/0").unwrap(),
        r#"{"Version":"2012-10-17","Id":"a \" b","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#
    );
    assert_eq!(
        document.sparing("/Statement/0", ROLE).unwrap(),
        format!(
            r#"{{"Version":"2012-10-17","Id":"a \" b","Statement":[{{"Sid":"One","Effect":"Deny","Action":["s3:*"],"Resource":"*","Condition":{{"ArnNotEquals":{{"aws:PrincipalArn":"{ROLE}"}}}}}},{{"Effect":"Allow","Action":"*","Resource":"*"}}]}}"#
        )
    );
    let statement = DraftStatement::allow().action("s3:GetObject").resource("*");
    assert!(
        document
            .adding(&statement)
            .unwrap()
            .ends_with(r#",{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}"#)
    );
    assert_eq!(document.without("/Statement/2"), None);
    assert_eq!(document.sparing("/Statement/2", ROLE), None);
    assert_eq!(read("{").adding(&statement), None);
}

#[test]
fn a_lone_statement_cannot_go() {
    let document = read(r#"{"Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}"#);
    assert_eq!(document.without("/Statement"), None);
    assert!(document.sparing("/Statement", ROLE).is_some());
}

#[test]
fn a_principal_joins_those_that_are_spared_already() {
    let condition = |written: &str| {
        let text = format!(r#"{{"Statement": {{"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {written}}}}}"#);
        let amended = read(&text).sparing("/Statement", "arn:r")?;
        Some(amended.split_once(r#""Condition":"#)?.1.trim_end_matches("}]}").to_owned())
    };
    for (written, expected) in [
        (
            r#"{"ArnNotLike": {"AWS:PrincipalArn": "arn:a"}}"#,
            r#"{"ArnNotLike":{"AWS:PrincipalArn":["arn:a","arn:r"]}}"#,
        ),
        (
            r#"{"ArnNotEquals": {"aws:PrincipalArn": ["arn:a", "arn:b"]}}"#,
            r#"{"ArnNotEquals":{"aws:PrincipalArn":["arn:a","arn:b","arn:r"]}}"#,
        ),
        (
            r#"{"ArnNotEquals": {"aws:SourceArn": "arn:a"}, "Null": {"x": "true"}}"#,
            r#"{"ArnNotEquals":{"aws:SourceArn":"arn:a","aws:PrincipalArn":"arn:r"},"Null":{"x":"true"}}"#,
        ),
        (
            r#"{"StringEquals": {"aws:PrincipalArn": "arn:a"}}"#,
            r#"{"StringEquals":{"aws:PrincipalArn":"arn:a"},"ArnNotEquals":{"aws:PrincipalArn":"arn:r"}}"#,
        ),
    ] {
        assert_eq!(condition(written).as_deref(), Some(expected), "{written}");
    }
    assert_eq!(condition("[]"), None);
}

/// The decision of a role under the first document as its only service control policy.
fn decide(text: &str, role: &str, action: &str, arn: &str) -> Verdict {
    let document = read(text);
    let everything = Document::parse(
        r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#,
        DocumentKind::Identity,
    )
    .0;
    let resource = if arn == "*" {
        Resource::NoType
    } else {
        Resource::Arn(arn.to_owned())
    };
    let principal = Principal::role(role, Some("s")).unwrap_or_else(Principal::anonymous);
    let context = Context::new(Unmentioned::Absent).with("aws:PrincipalArn", Value::one(role));
    let request = Request::new(principal, action, resource, Some("111122223333"), context);
    let layers = Layers {
        identity: vec![Source::Document(0, &everything)],
        service_control: vec![vec![Source::Document(1, &document), Source::Document(2, &everything)]],
        ..Layers::default()
    };
    evaluate(&request, &layers).verdict
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Sparing every deny leaves no denial for the role, and changes nothing for another.
    #[test]
    fn sparing_a_role_spares_it_and_nobody_else(seed in any::<u64>()) {
        let [world, _] = twins(&mut Random::new(seed), 0);
        let (action, arn) = (world["action"].as_str().unwrap(), world["resource"]["arn"].as_str().unwrap());
        for policy in world["identityPolicies"].as_array().unwrap() {
            let written = policy.to_string();
            let mut text = written.clone();
            for (index, statement) in policy["Statement"].as_array().unwrap().iter().enumerate() {
                if statement["Effect"] == "Deny" {
                    text = read(&text).sparing(&format!("/Statement/{index}"), ROLE).unwrap();
                }
            }
            let amended: Result<Json, _> = serde_json::from_str(&text);
            prop_assert!(amended.is_ok(), "{}", text);
            prop_assert_ne!(decide(&text, ROLE, action, arn), Verdict::ExplicitlyDenied);
            let other = "arn:aws:iam::111122223333:role/other";
            prop_assert_eq!(decide(&text, other, action, arn), decide(&written, other, action, arn));
        }
    }
}
