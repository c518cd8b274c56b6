//! What stays open, and what does not.

use super::*;

/// Facts that are missing decide nothing, and do not hide what is decided without them.
#[test]
fn missing_documents() {
    let document = identity(&allow(GET_SECRET, "*"));
    let request = request(GET_SECRET, SECRET, complete());
    let open = Layers {
        identity: vec![Source::Document("identity", &document), Source::Missing("attached")],
        ..Layers::default()
    };
    let decision = evaluate(&request, &open);
    assert_eq!((decision.verdict, decision.residuals.missing), (Verdict::Unknown, vec!["attached"]));
    // Denied whatever the missing policy says; whether by name stays open.
    let s3 = self::document(DocumentKind::Boundary, &allow("s3:*", "*"));
    let bounded = Layers {
        boundary: Some(Source::Document("boundary", &s3)),
        ..open
    };
    let decision = evaluate(&request, &bounded);
    assert_eq!(
        (decision.verdict, decision.decided_by.map(|d| d.layer)),
        (Verdict::Denied, Some(LayerKind::Boundary))
    );
    assert_eq!(decision.residuals.missing, ["attached"]);
    let deny = self::document(
        DocumentKind::Endpoint,
        r#"{"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}"#,
    );
    let denied = Layers {
        identity: vec![Source::Missing("attached")],
        endpoint: Some((EndpointKind::Interface, Source::Document("endpoint", &deny))),
        ..Layers::default()
    };
    check(&evaluate(&request, &denied), Verdict::ExplicitlyDenied, LayerKind::Endpoint);
}

/// Patterns on which sources disagree are left open where they decide, and only there.
#[test]
fn undocumented_patterns() {
    let group = "arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/app:log-stream:ecs/app/1";
    let head = "arn:aws:logs:eu-west-1:111122223333:";
    for (pattern, expected) in [
        (format!("{head}log-group:/ecs/app:*"), Verdict::Allowed),
        (format!("{head}log-group:/ecs/app*"), Verdict::Allowed),
        (format!("{head}log-group:*:log-stream:*"), Verdict::Allowed),
        (format!("{head}log-group:/ecs*stream:ecs/app/1"), Verdict::Unknown),
        (format!("{head}log-group:/ecs/app?log-stream:ecs/app/1"), Verdict::Unknown),
        ("arn:aws:logs:*".to_owned(), Verdict::Unknown),
        ("arn:aws:s3:*".to_owned(), Verdict::ImplicitlyDenied),
        ("arn:aws:logs:*:log-group:/ecs/app:*".to_owned(), Verdict::Unknown),
        ("arn:aws:logs:*:*:*".to_owned(), Verdict::Allowed),
        ("arn:*:logs:*:*:*".to_owned(), Verdict::Allowed),
        ("arn:aws:*:*:*:*".to_owned(), Verdict::Unknown),
        (format!("{head}log-gr*:/ecs/app:*"), Verdict::Unknown),
        (format!("{head}log-gr*"), Verdict::Allowed),
    ] {
        let decision = by_identity(&allow("logs:PutLogEvents", &pattern), "logs:PutLogEvents", group, complete());
        assert_eq!(decision.verdict, expected, "{pattern}");
    }
}

/// A resource known by its beginning only: covered as a whole, in part, or not at all.
#[test]
fn beginnings_of_resources() {
    let beginning = "arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/app:log-stream:";
    for (tail, expected) in [
        ("*", Verdict::Allowed),
        ("ecs/*", Verdict::Unknown),
        ("ecs/app/1", Verdict::Unknown),
    ] {
        let document = identity(&allow("logs:PutLogEvents", &format!("{beginning}{tail}")));
        let resource = Resource::Beginning(beginning.to_owned());
        let request = Request::new(role(), "logs:PutLogEvents", resource, None, complete());
        let layers = Layers {
            identity: vec![Source::Document("identity", &document)],
            ..Layers::default()
        };
        assert_eq!(evaluate(&request, &layers).verdict, expected, "{tail}");
    }
    let other = identity(&allow("logs:PutLogEvents", &beginning.replace("app", "other")));
    let resource = Resource::Beginning(beginning.to_owned());
    let request = Request::new(role(), "logs:PutLogEvents", resource, None, complete());
    let layers = Layers {
        identity: vec![Source::Document("identity", &other)],
        ..Layers::default()
    };
    check(&evaluate(&request, &layers), Verdict::ImplicitlyDenied, LayerKind::Identity);
}

/// A secret of which the six characters are not known: settled where every six, or none, would match.
#[test]
fn secrets_without_their_suffix() {
    let beginning = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-";
    for (pattern, expected) in [
        (format!("{beginning}??????"), Verdict::Allowed),
        (format!("{beginning}*"), Verdict::Allowed),
        (beginning.replace("prod/db-", "prod/*"), Verdict::Allowed),
        ("*".to_owned(), Verdict::Allowed),
        (format!("{beginning}AbCdEf"), Verdict::Unknown),
        (format!("{beginning}A*"), Verdict::Unknown),
        (format!("{beginning}other-AbCdEf"), Verdict::ImplicitlyDenied),
        (format!("{beginning}?????"), Verdict::ImplicitlyDenied),
        (beginning.trim_end_matches('-').to_owned(), Verdict::ImplicitlyDenied),
        (beginning.replace("db", "web"), Verdict::ImplicitlyDenied),
        ("arn:aws:secretsmanager:*".to_owned(), Verdict::Unknown),
    ] {
        let document = identity(&allow(GET_SECRET, &pattern));
        let resource = Resource::Unfinished {
            beginning: beginning.to_owned(),
            characters: 6,
        };
        let request = Request::new(role(), GET_SECRET, resource, None, complete());
        let layers = Layers {
            identity: vec![Source::Document("identity", &document)],
            ..Layers::default()
        };
        assert_eq!(evaluate(&request, &layers).verdict, expected, "{pattern}");
    }
}

/// IAM User Guide, "Policy variables", "Resource element": only after the fifth colon; what a variable before it does is not said.
#[test]
fn variables_before_the_fifth_colon() {
    let context = || complete().with("aws:PrincipalAccount", Value::one("111122223333"));
    for (head, expected) in [
        ("eu-west-1:${aws:PrincipalAccount}", Verdict::Unknown),
        ("us-east-1:${aws:PrincipalAccount}", Verdict::ImplicitlyDenied),
        ("eu-west-1:${aws:SourceAccount}", Verdict::ImplicitlyDenied),
        ("eu-west-1:${aws:SourceAccount, '111122223333'}", Verdict::Unknown),
    ] {
        let pattern = format!("arn:aws:secretsmanager:{head}:secret:*");
        let decision = by_identity(&allow(GET_SECRET, &pattern), GET_SECRET, SECRET, context());
        assert_eq!(decision.verdict, expected, "{pattern}");
    }
}

/// What the request proves of its caller is filled in, but not where the context is said to be complete.
#[test]
fn keys_of_the_caller_are_derived_unless_all_are_listed() {
    let own = format!(
        r#"{{"Effect": "Allow", "Action": "{GET_SECRET}", "Resource": "*", "Condition": {{"StringEquals": {{"aws:PrincipalAccount": "111122223333"}}}}}}"#
    );
    for (context, expected) in [
        (Context::new(Unmentioned::Unknown), Verdict::Allowed),
        (complete(), Verdict::ImplicitlyDenied),
        (
            complete().with("aws:PrincipalAccount", Value::one("111122223333")),
            Verdict::Allowed,
        ),
    ] {
        assert_eq!(by_identity(&own, GET_SECRET, SECRET, context).verdict, expected);
    }
}
