//! Layers that only limit: organisations and endpoints.

use super::*;

/// Organizations User Guide, "SCP evaluation": an allow is needed at every level.
#[test]
fn case_06_scp_levels() {
    let identity = identity(&allow("*", "*"));
    let full = document(DocumentKind::ServiceControl, &allow("*", "*"));
    let only_ec2 = document(DocumentKind::ServiceControl, &allow("ec2:*", "*"));
    let request = request(GET_SECRET, SECRET, complete());
    let decide = |levels| {
        let layers = Layers {
            identity: vec![Source::Document("identity", &identity)],
            service_control: levels,
            ..Layers::default()
        };
        evaluate(&request, &layers)
    };
    let denied = decide(vec![vec![Source::Document("root", &full)], vec![Source::Document("ou", &only_ec2)]]);
    check(&denied, Verdict::ImplicitlyDenied, LayerKind::ServiceControl(1));
    let union = vec![Source::Document("ou", &only_ec2), Source::Document("full", &full)];
    let allowed = decide(vec![vec![Source::Document("root", &full)], union]);
    check(&allowed, Verdict::Allowed, LayerKind::Identity);
    let missing = decide(vec![vec![Source::Document("root", &full)], vec![Source::Missing("ou")]]);
    assert_eq!(missing.verdict, Verdict::Unknown);
    assert_eq!(missing.residuals.missing, ["ou"]);
}

/// Organizations User Guide, "RCP evaluation", "RCP examples": a data perimeter; reach of RCPs.
#[test]
fn case_07_and_18_rcp() {
    let perimeter = document(
        DocumentKind::ResourceControl,
        r#"{"Effect": "Deny", "Principal": "*", "Action": ["secretsmanager:*", "ecr:*", "ssm:*"], "Resource": "*",
            "Condition": {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-own"}}}"#,
    );
    let identity = identity(&allow("*", "*"));
    let decide = |action: &str, arn: &str, org: &str| {
        let request = request(action, arn, complete().with("aws:PrincipalOrgID", Value::one(org)));
        let layers = Layers {
            identity: vec![Source::Document("identity", &identity)],
            resource_control: vec![vec![Source::Document("rcp", &perimeter)]],
            ..Layers::default()
        };
        evaluate(&request, &layers)
    };
    check(
        &decide(GET_SECRET, SECRET, "o-other"),
        Verdict::ExplicitlyDenied,
        LayerKind::ResourceControl(0),
    );
    check(&decide(GET_SECRET, SECRET, "o-own"), Verdict::Allowed, LayerKind::Identity);
    check(
        &decide("ecr:BatchGetImage", REPOSITORY, "o-other"),
        Verdict::ExplicitlyDenied,
        LayerKind::ResourceControl(0),
    );
    check(
        &decide("ecr:GetAuthorizationToken", "*", "o-other"),
        Verdict::Allowed,
        LayerKind::Identity,
    );
    check(
        &decide("ssm:GetParameters", PARAMETER, "o-other"),
        Verdict::Allowed,
        LayerKind::Identity,
    );
}

/// VPC PrivateLink Guide, "Endpoint policies"; ECR User Guide, "Amazon ECR interface VPC endpoints" (layer bucket).
#[test]
fn case_12_endpoint_principals() {
    let policy = document(
        DocumentKind::Endpoint,
        r#"{"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "*", "Resource": "*"}"#,
    );
    let open = document(
        DocumentKind::Endpoint,
        r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
            "Resource": "arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*"}"#,
    );
    let layer = Request::new(
        Principal::aws_signer(),
        "s3:GetObject",
        Resource::Arn("arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/x".to_owned()),
        None,
        Context::default(),
    );
    let through = |request: &Request, kind, document, base| {
        let identity = identity(&allow("*", "*"));
        let layers = Layers {
            identity: vec![Source::Document("identity", &identity)],
            endpoint: Some((kind, Source::Document("endpoint", document))),
            base,
            ..Layers::default()
        };
        evaluate(request, &layers)
    };
    let denied = through(&layer, EndpointKind::Gateway, &policy, Base::Given);
    check(&denied, Verdict::ImplicitlyDenied, LayerKind::Endpoint);
    check(
        &through(&layer, EndpointKind::Gateway, &open, Base::Given),
        Verdict::Allowed,
        LayerKind::Endpoint,
    );
    let own = request(GET_SECRET, SECRET, complete());
    let interface = through(&own, EndpointKind::Interface, &policy, Base::Policies);
    check(&interface, Verdict::Allowed, LayerKind::Identity);
    let gateway = through(&own, EndpointKind::Gateway, &policy, Base::Policies);
    check(&gateway, Verdict::ImplicitlyDenied, LayerKind::Endpoint);
}

/// Organizations User Guide: neither SCPs nor RCPs reach service-linked roles.
#[test]
fn service_linked_roles_are_out_of_reach() {
    let nothing = document(
        DocumentKind::ServiceControl,
        r#"{"Effect": "Deny", "Action": "*", "Resource": "*"}"#,
    );
    let allowing = identity(&allow("*", "*"));
    let arn = "arn:aws:iam::111122223333:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS";
    let linked = Principal::role(arn, None).unwrap();
    let request = Request::new(linked, GET_SECRET, Resource::Arn(SECRET.to_owned()), None, complete());
    let layers = Layers {
        identity: vec![Source::Document("identity", &allowing)],
        service_control: vec![vec![Source::Document("scp", &nothing)]],
        ..Layers::default()
    };
    check(&evaluate(&request, &layers), Verdict::Allowed, LayerKind::Identity);
}
