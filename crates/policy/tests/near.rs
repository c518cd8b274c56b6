//! Near misses: what a person nearly wrote.

use policy::{Context, Document, DocumentKind, NearMissKind, Principal, Request, Resource, ResourceDifference, Unmentioned, near_misses};

const SECRET: &str = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:app-AbC123";
const PARAMETER: &str = "arn:aws:ssm:eu-west-1:111122223333:parameter/app/db";

fn nearest(action: &str, arn: &str, kind: DocumentKind, statement: &str) -> Option<NearMissKind> {
    let text = format!(r#"{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", {statement}}}]}}"#);
    let (document, _) = Document::parse(&text, kind);
    let resource = if arn == "*" {
        Resource::NoType
    } else {
        Resource::Arn(arn.to_owned())
    };
    let request = Request::new(
        Principal::role("arn:aws:iam::111122223333:role/app", None)?,
        action,
        resource,
        None,
        Context::new(Unmentioned::Absent),
    );
    let found = near_misses(&request, &document);
    assert!(found.iter().all(|f| f.statement == "/Statement/0"));
    found.into_iter().map(|f| f.kind).next()
}

#[track_caller]
fn resource(action: &str, arn: &str, pattern: &str, expected: ResourceDifference) {
    let statement = format!(r#""Action": "{action}", "Resource": ["arn:aws:s3:::other", "{pattern}"]"#);
    let wanted = NearMissKind::Resource {
        written: pattern.to_owned(),
        difference: expected,
    };
    let found = nearest(action, arn, DocumentKind::Identity, &statement);
    if arn == "*" {
        assert!(
            matches!(found, Some(NearMissKind::Resource { difference, .. }) if difference == expected),
            "{found:?}"
        );
    } else {
        assert_eq!(found, Some(wanted));
    }
}

#[test]
fn actions() {
    let spelled = nearest(
        "ssm:GetParameters",
        PARAMETER,
        DocumentKind::Identity,
        r#""Action": "ssm:GetParameter", "Resource": "*""#,
    );
    assert_eq!(
        spelled,
        Some(NearMissKind::ActionSpelling {
            written: "ssm:GetParameter".into()
        })
    );
    let service = nearest(
        "ssm:GetParameters",
        PARAMETER,
        DocumentKind::Identity,
        r#""Action": "mms:GetParameters", "Resource": "*""#,
    );
    assert!(service.is_none(), "two edits: {service:?}");
    let other = format!(r#""Action": ["ssm:GetParametersByPath", "s3:*"], "Resource": "{PARAMETER}""#);
    let other = nearest("ssm:GetParameters", PARAMETER, DocumentKind::Identity, &other);
    assert_eq!(
        other,
        Some(NearMissKind::OtherAction {
            written: vec!["ssm:GetParametersByPath".into()]
        })
    );
}

#[test]
fn resources() {
    let get = "secretsmanager:GetSecretValue";
    resource(
        get,
        SECRET,
        "arn:aws:secretsmanager:eu-west-1:111122223333:secret:app",
        ResourceDifference::MissingSuffix,
    );
    resource(get, SECRET, &SECRET.replace("eu-west-1", "us-east-1"), ResourceDifference::Region);
    resource(get, SECRET, &SECRET.replace("1111", "9999"), ResourceDifference::Account);
    resource(
        get,
        SECRET,
        &SECRET.replace("arn:aws:", "arn:aws-cn:"),
        ResourceDifference::Partition,
    );
    resource(get, SECRET, &SECRET.replace("app", "App"), ResourceDifference::LetterCase);
    resource(get, SECRET, &SECRET.replace("app", "ap"), ResourceDifference::Spelling);
    resource(get, SECRET, &SECRET.replace("app", "backend"), ResourceDifference::OtherName);
    resource(
        "ssm:GetParameters",
        PARAMETER,
        &PARAMETER.replace("parameter/", "parameter//"),
        ResourceDifference::Slash,
    );
    let repository = "arn:aws:ecr:eu-west-1:111122223333:repository/app";
    resource("ecr:GetAuthorizationToken", "*", repository, ResourceDifference::NeedsStar);
}

#[test]
fn conditions_and_principals() {
    let statement = r#""Action": "*", "Resource": "*", "Condition": {"StringEquals": {"aws:SourceVpce": "vpce-1"}}"#;
    let found = nearest("ssm:GetParameters", PARAMETER, DocumentKind::Identity, statement);
    assert_eq!(
        found,
        Some(NearMissKind::Condition {
            pointer: "/Statement/0/Condition/StringEquals/aws:SourceVpce".into(),
            operator: "StringEquals".into(),
            key: "aws:SourceVpce".into(),
        })
    );
    let statement = r#""Action": "*", "Resource": "*", "Principal": {"AWS": "arn:aws:iam::111122223333:role/other"}"#;
    let found = nearest("secretsmanager:GetSecretValue", SECRET, DocumentKind::Resource, statement);
    assert_eq!(found, Some(NearMissKind::Principal));
    let granted = nearest(
        "ssm:GetParameters",
        PARAMETER,
        DocumentKind::Identity,
        r#""Action": "*", "Resource": "*""#,
    );
    assert_eq!(granted, None);
}
