//! Identity policies: actions, resources, conditions, versions.

use super::*;

/// ECS Developer Guide, "Pass Systems Manager parameters": the call is `GetParameters`.
#[test]
fn case_01_get_parameter_is_not_get_parameters() {
    let decision = by_identity(&allow("ssm:GetParameter", "*"), "ssm:GetParameters", PARAMETER, complete());
    check(&decision, Verdict::ImplicitlyDenied, LayerKind::Identity);
}

/// Secrets Manager User Guide, "What's in a secret": the ARN ends in six characters.
#[test]
fn case_02_secret_suffix() {
    for (pattern, arn, verdict) in [
        ("secret:app", "secret:app-AbC123", Verdict::ImplicitlyDenied),
        ("secret:app-??????", "secret:app-AbC123", Verdict::Allowed),
        ("secret:app-??????", "secret:app-x-AbC123", Verdict::ImplicitlyDenied),
        ("secret:app-*", "secret:app-x-AbC123", Verdict::Allowed),
    ] {
        let full = |tail: &str| format!("arn:aws:secretsmanager:eu-west-1:111122223333:{tail}");
        let decision = by_identity(&allow(GET_SECRET, &full(pattern)), GET_SECRET, &full(arn), complete());
        check(&decision, verdict, LayerKind::Identity);
    }
}

/// Service Authorization Reference, Amazon ECR: `GetAuthorizationToken` has no resource type.
#[test]
fn case_03_authorization_token_needs_a_star() {
    let scoped = by_identity(&allow("ecr:*", REPOSITORY), "ecr:GetAuthorizationToken", "*", complete());
    check(&scoped, Verdict::ImplicitlyDenied, LayerKind::Identity);
    let star = by_identity(&allow("ecr:*", "*"), "ecr:GetAuthorizationToken", "*", complete());
    check(&star, Verdict::Allowed, LayerKind::Identity);
}

/// IAM User Guide, "Condition operators" (absent keys, `IfExists`, `Null`); VPC guide: no `aws:SourceIp` by an endpoint.
#[test]
fn case_04_not_ip_address_over_an_endpoint() {
    let deny = |condition: &str| {
        let allow = allow("*", "*");
        format!(r#"{allow}, {{"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {{{condition}}}}}"#)
    };
    let plain = r#""NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}"#;
    let if_exists = r#""NotIpAddressIfExists": {"aws:SourceIp": "203.0.113.0/24"}"#;
    let exempt = format!(r#"{plain}, "Null": {{"aws:SourceIp": "false"}}"#);
    for (condition, verdict) in [
        (plain, Verdict::ExplicitlyDenied),
        (if_exists, Verdict::ExplicitlyDenied),
        (exempt.as_str(), Verdict::Allowed),
    ] {
        let decision = by_identity(&deny(condition), GET_SECRET, SECRET, complete());
        check(&decision, verdict, LayerKind::Identity);
    }
    // Not known is not absent.
    let decision = by_identity(&deny(plain), GET_SECRET, SECRET, Context::default());
    assert_eq!(decision.verdict, Verdict::Unknown);
    assert!(decision.residuals.keys.contains("aws:SourceIp"));
}

/// IAM User Guide, "JSON policy elements: Version": variables need 2012-10-17.
#[test]
fn case_10_variables_and_versions() {
    let statement = |version: &str| {
        format!(
            r#"{{{version}"Statement": {{"Effect": "Allow", "Action": "*",
                "Resource": "arn:aws:ssm:eu-west-1:111122223333:parameter/${{aws:PrincipalTag/x, 'app'}}/*"}}}}"#
        )
    };
    for (version, expected) in [
        (r#""Version": "2012-10-17","#, Verdict::Allowed),
        (r#""Version": "2008-10-17","#, Verdict::ImplicitlyDenied),
        ("", Verdict::ImplicitlyDenied),
    ] {
        let (document, _) = Document::parse(&statement(version), DocumentKind::Identity);
        let request = request("ssm:GetParameters", PARAMETER, complete());
        let layers = Layers {
            identity: vec![Source::Document("identity", &document)],
            ..Layers::default()
        };
        check(&evaluate(&request, &layers), expected, LayerKind::Identity);
    }
}

/// IAM User Guide, "JSON policy elements: Action" (letter case); "ARNs" (partitions).
#[test]
fn case_13_and_14_letter_case_and_partition() {
    let decision = by_identity(&allow("SECRETSMANAGER:getsecretvalue", "*"), GET_SECRET, SECRET, complete());
    check(&decision, Verdict::Allowed, LayerKind::Identity);
    let china = SECRET.replace("arn:aws:", "arn:aws-cn:");
    let decision = by_identity(&allow(GET_SECRET, SECRET), GET_SECRET, &china, complete());
    check(&decision, Verdict::ImplicitlyDenied, LayerKind::Identity);
}

/// IAM User Guide, "Multivalued context keys": `ForAllValues` is true, `ForAnyValue` false without values.
#[test]
fn case_15_set_operators_without_values() {
    for (set, verdict) in [("ForAllValues", Verdict::Allowed), ("ForAnyValue", Verdict::ImplicitlyDenied)] {
        let statement = format!(
            r#"{{"Effect": "Allow", "Action": "*", "Resource": "*",
                "Condition": {{"{set}:StringEquals": {{"aws:TagKeys": "a"}}}}}}"#
        );
        check(
            &by_identity(&statement, GET_SECRET, SECRET, complete()),
            verdict,
            LayerKind::Identity,
        );
    }
}
