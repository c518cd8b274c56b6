//! Cases that AWS documents, each naming the page. The numbers are those of our own list of things that trip people.

use policy::{
    Base, Context, Decision, Document, DocumentKind, Doubt, EndpointKind, Grant, Grants, KeyOwner,
    LayerKind, Layers, Principal, Request, Resource, ResourcePolicy, Source, Unmentioned, Value,
    Verdict, evaluate,
};

const OWN: &str = "111122223333";
const SECRET: &str = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:app-AbC123";
const PARAMETER: &str = "arn:aws:ssm:eu-west-1:111122223333:parameter/app/db";
const KEY: &str = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const REPOSITORY: &str = "arn:aws:ecr:eu-west-1:111122223333:repository/app";
const GET_SECRET: &str = "secretsmanager:GetSecretValue";

fn document(kind: DocumentKind, statements: &str) -> Document {
    let text = format!(r#"{{"Version": "2012-10-17", "Statement": [{statements}]}}"#);
    let (document, problems) = Document::parse(&text, kind);
    assert_eq!(problems, [], "{text}");
    document
}

fn identity(statements: &str) -> Document {
    document(DocumentKind::Identity, statements)
}

fn on_resource(statements: &str) -> Document {
    document(DocumentKind::Resource, statements)
}

fn allow(action: &str, resource: &str) -> String {
    format!(r#"{{"Effect": "Allow", "Action": "{action}", "Resource": "{resource}"}}"#)
}

#[expect(clippy::unwrap_used, reason = "a role's ARN")]
fn role() -> Principal {
    Principal::role(
        "arn:aws:iam::111122223333:role/ecsTaskExecutionRole",
        Some("0123abcd"),
    )
    .unwrap()
}

fn complete() -> Context {
    Context::new(Unmentioned::Absent)
}

fn request(action: &str, arn: &str, context: Context) -> Request {
    let resource = if arn == "*" {
        Resource::NoType
    } else {
        Resource::Arn(arn.to_owned())
    };
    Request::new(role(), action, resource, None, context)
}

fn by_identity(
    statements: &str,
    action: &str,
    arn: &str,
    context: Context,
) -> Decision<&'static str> {
    let document = identity(statements);
    let request = request(action, arn, context);
    let layers = Layers {
        identity: vec![Source::Document("identity", &document)],
        ..Layers::default()
    };
    evaluate(&request, &layers)
}

#[track_caller]
fn check(decision: &Decision<&'static str>, verdict: Verdict, layer: LayerKind) {
    assert_eq!(decision.verdict, verdict, "{decision:?}");
    assert_eq!(
        decision.decided_by.as_ref().map(|d| d.layer),
        Some(layer),
        "{decision:?}"
    );
    assert!(decision.residuals.is_empty(), "{decision:?}");
}

/// ECS Developer Guide, "Pass Systems Manager parameters": the agent calls `GetParameters`.
#[test]
fn case_01_get_parameter_is_not_get_parameters() {
    let decision = by_identity(
        &allow("ssm:GetParameter", "*"),
        "ssm:GetParameters",
        PARAMETER,
        complete(),
    );
    check(&decision, Verdict::ImplicitlyDenied, LayerKind::Identity);
}

/// Secrets Manager User Guide, "What's in a secret": the ARN ends in six characters.
#[test]
fn case_02_secret_suffix() {
    for (pattern, arn, verdict) in [
        ("secret:app", "secret:app-AbC123", Verdict::ImplicitlyDenied),
        ("secret:app-??????", "secret:app-AbC123", Verdict::Allowed),
        (
            "secret:app-??????",
            "secret:app-x-AbC123",
            Verdict::ImplicitlyDenied,
        ),
        ("secret:app-*", "secret:app-x-AbC123", Verdict::Allowed),
    ] {
        let full = |tail: &str| format!("arn:aws:secretsmanager:eu-west-1:111122223333:{tail}");
        let decision = by_identity(
            &allow(GET_SECRET, &full(pattern)),
            GET_SECRET,
            &full(arn),
            complete(),
        );
        check(&decision, verdict, LayerKind::Identity);
    }
}

/// Service Authorization Reference, Amazon ECR: `GetAuthorizationToken` has no resource type.
#[test]
fn case_03_authorization_token_needs_a_star() {
    let scoped = by_identity(
        &allow("ecr:*", REPOSITORY),
        "ecr:GetAuthorizationToken",
        "*",
        complete(),
    );
    check(&scoped, Verdict::ImplicitlyDenied, LayerKind::Identity);
    let star = by_identity(
        &allow("ecr:*", "*"),
        "ecr:GetAuthorizationToken",
        "*",
        complete(),
    );
    check(&star, Verdict::Allowed, LayerKind::Identity);
}

/// IAM User Guide, "Condition operators" (absent keys, `IfExists`, `Null`); VPC guide: no `aws:SourceIp` by an endpoint.
#[test]
fn case_04_not_ip_address_over_an_endpoint() {
    let deny = |condition: &str| {
        let allow = allow("*", "*");
        format!(
            r#"{allow}, {{"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {{{condition}}}}}"#
        )
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

/// IAM User Guide, "Policy evaluation for requests within a single account".
#[test]
fn case_05_boundary_and_resource_policy() {
    let identity = identity(&allow(GET_SECRET, "*"));
    let boundary = document(DocumentKind::Boundary, &allow("s3:*", "*"));
    let naming = |principal: &str| {
        on_resource(&format!(
            r#"{{"Effect": "Allow", "Principal": {{"AWS": "{principal}"}}, "Action": "{GET_SECRET}", "Resource": "*"}}"#
        ))
    };
    let request = request(GET_SECRET, SECRET, complete());
    let decide = |policy: Option<&Document>| {
        let resource = policy.map_or(ResourcePolicy::None, |d| {
            ResourcePolicy::Generic(Source::Document("resource", d))
        });
        let layers = Layers {
            identity: vec![Source::Document("identity", &identity)],
            boundary: Some(Source::Document("boundary", &boundary)),
            resource,
            ..Layers::default()
        };
        evaluate(&request, &layers)
    };
    check(
        &decide(None),
        Verdict::ImplicitlyDenied,
        LayerKind::Boundary,
    );
    let by_role = naming("arn:aws:iam::111122223333:role/ecsTaskExecutionRole");
    check(
        &decide(Some(&by_role)),
        Verdict::ImplicitlyDenied,
        LayerKind::Boundary,
    );
    let by_session = naming("arn:aws:sts::111122223333:assumed-role/ecsTaskExecutionRole/0123abcd");
    check(
        &decide(Some(&by_session)),
        Verdict::Allowed,
        LayerKind::Resource,
    );
    // `*` narrowed by aws:PrincipalArn passes as well; a bare `*` is documented nowhere.
    let narrowed = on_resource(&format!(
        r#"{{"Effect": "Allow", "Principal": "*", "Action": "{GET_SECRET}", "Resource": "*", "Condition":
            {{"ArnEquals": {{"aws:PrincipalArn": "arn:aws:iam::111122223333:role/ecsTaskExecutionRole"}}}}}}"#
    ));
    check(
        &decide(Some(&narrowed)),
        Verdict::Allowed,
        LayerKind::Resource,
    );
    let everyone = naming("*");
    let decision = decide(Some(&everyone));
    assert_eq!(decision.verdict, Verdict::Unknown);
    assert_eq!(decision.residuals.doubts, [Doubt::EveryonePastBoundary]);
}

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
    let denied = decide(vec![
        vec![Source::Document("root", &full)],
        vec![Source::Document("ou", &only_ec2)],
    ]);
    check(
        &denied,
        Verdict::ImplicitlyDenied,
        LayerKind::ServiceControl(1),
    );
    let union = vec![
        Source::Document("ou", &only_ec2),
        Source::Document("full", &full),
    ];
    let allowed = decide(vec![vec![Source::Document("root", &full)], union]);
    check(&allowed, Verdict::Allowed, LayerKind::Identity);
    let missing = decide(vec![
        vec![Source::Document("root", &full)],
        vec![Source::Missing("ou")],
    ]);
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
        let request = request(
            action,
            arn,
            complete().with("aws:PrincipalOrgID", Value::one(org)),
        );
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
    check(
        &decide(GET_SECRET, SECRET, "o-own"),
        Verdict::Allowed,
        LayerKind::Identity,
    );
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

fn key_policy(principal: &str, condition: &str) -> Document {
    on_resource(&format!(
        r#"{{"Effect": "Allow", "Principal": {{"AWS": "{principal}"}}, "Action": "kms:*", "Resource": "*"{condition}}}"#
    ))
}

fn decrypt(context: Context) -> Request {
    request("kms:Decrypt", KEY, context)
}

fn with_key<'a>(
    policy: &'a Document,
    owner: KeyOwner,
    identity: Option<&'a Document>,
) -> Layers<'a, &'static str> {
    Layers {
        identity: identity
            .map(|d| Source::Document("identity", d))
            .into_iter()
            .collect(),
        resource: ResourcePolicy::Key {
            policy: Source::Document("key", policy),
            owner,
        },
        ..Layers::default()
    }
}

/// KMS Developer Guide, "Default key policy", "AWS managed keys"; Secrets Manager User Guide, "Secret encryption".
#[test]
fn case_08_key_policy_delegates_to_the_account() {
    let root = key_policy("arn:aws:iam::111122223333:root", "");
    let request = decrypt(complete());
    check(
        &evaluate(&request, &with_key(&root, KeyOwner::Customer, None)),
        Verdict::ImplicitlyDenied,
        LayerKind::Identity,
    );
    let allowing = identity(&allow("kms:Decrypt", KEY));
    let decision = evaluate(
        &request,
        &with_key(&root, KeyOwner::Customer, Some(&allowing)),
    );
    check(&decision, Verdict::Allowed, LayerKind::Identity);
    assert!(
        decision
            .layers
            .iter()
            .any(|l| l.kind == LayerKind::Key && l.delegates)
    );
    // The default key's policy lets the account's principals in through Secrets Manager: no kms:Decrypt needed.
    let via = r#", "Condition": {"StringEquals": {"kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com",
        "kms:CallerAccount": "111122223333"}}"#;
    let managed = key_policy("*", via);
    let request = decrypt(
        complete()
            .with(
                "kms:ViaService",
                Value::one("secretsmanager.eu-west-1.amazonaws.com"),
            )
            .with("kms:CallerAccount", Value::one(OWN)),
    );
    check(
        &evaluate(&request, &with_key(&managed, KeyOwner::AwsManaged, None)),
        Verdict::Allowed,
        LayerKind::Key,
    );
}

/// KMS Developer Guide, "kms:ViaService".
#[test]
fn case_09_via_service_of_another_service() {
    let condition =
        r#", "Condition": {"StringEquals": {"kms:ViaService": "ssm.eu-west-1.amazonaws.com"}}"#;
    let policy = key_policy(
        "arn:aws:iam::111122223333:role/ecsTaskExecutionRole",
        condition,
    );
    let request = decrypt(complete().with(
        "kms:ViaService",
        Value::one("secretsmanager.eu-west-1.amazonaws.com"),
    ));
    check(
        &evaluate(&request, &with_key(&policy, KeyOwner::Customer, None)),
        Verdict::ImplicitlyDenied,
        LayerKind::Key,
    );
}

/// KMS Developer Guide, "Allowing users in other accounts to use a KMS key": AWS managed keys never.
#[test]
fn case_16_managed_key_across_accounts() {
    let everyone = key_policy("*", "");
    let allowing = identity(&allow("*", "*"));
    let arn = "arn:aws:kms:eu-west-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    let request = request("kms:Decrypt", arn, complete());
    let managed = evaluate(
        &request,
        &with_key(&everyone, KeyOwner::AwsManaged, Some(&allowing)),
    );
    assert_eq!(managed.verdict, Verdict::ImplicitlyDenied);
    let customer = evaluate(
        &request,
        &with_key(&everyone, KeyOwner::Customer, Some(&allowing)),
    );
    assert_eq!(customer.verdict, Verdict::Allowed);
}

/// KMS Developer Guide, "Grants in AWS KMS", "Grant constraints".
#[test]
fn grants_suffice_beside_a_key_policy_that_does_not_allow() {
    let policy = key_policy("arn:aws:iam::111122223333:role/Admin", "");
    let grant = Grant {
        handle: "grant",
        grantee: "arn:aws:iam::111122223333:role/ecsTaskExecutionRole".to_owned(),
        operations: vec!["Decrypt".to_owned()],
        context_subset: vec![("SecretARN".to_owned(), SECRET.to_owned())],
        context_equals: None,
    };
    let mut layers = with_key(&policy, KeyOwner::Customer, None);
    layers.grants = Grants {
        known: vec![grant],
        unproven: None,
    };
    let key = "kms:EncryptionContext:SecretARN";
    let matching = decrypt(complete().with(key, Value::one(SECRET)));
    check(
        &evaluate(&matching, &layers),
        Verdict::Allowed,
        LayerKind::Grant,
    );
    let other = decrypt(complete().with(key, Value::one("other")));
    check(
        &evaluate(&other, &layers),
        Verdict::ImplicitlyDenied,
        LayerKind::Key,
    );
    layers.grants = Grants {
        known: Vec::new(),
        unproven: Some("list-grants"),
    };
    let open = evaluate(&other, &layers);
    assert_eq!(
        (open.verdict, open.residuals.missing),
        (Verdict::Unknown, vec!["list-grants"])
    );
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

/// IAM User Guide, "NotPrincipal": always denies a principal with a boundary; must list session, role and account.
#[test]
fn case_11_not_principal() {
    let all = r#"["arn:aws:sts::111122223333:assumed-role/ecsTaskExecutionRole/0123abcd",
        "arn:aws:iam::111122223333:role/ecsTaskExecutionRole", "arn:aws:iam::111122223333:root"]"#;
    let part = r#""arn:aws:iam::111122223333:role/ecsTaskExecutionRole""#;
    let other = r#""arn:aws:iam::111122223333:role/other""#;
    let deny = |list: &str| {
        on_resource(&format!(
            r#"{{"Effect": "Deny", "NotPrincipal": {{"AWS": {list}}}, "Action": "*", "Resource": "*"}}"#
        ))
    };
    let identity = identity(&allow("*", "*"));
    let boundary = document(DocumentKind::Boundary, &allow("*", "*"));
    let request = request(GET_SECRET, SECRET, complete());
    let decide = |list: &str, boundary: Option<Source<'_, &'static str>>| {
        let policy = deny(list);
        let layers = Layers {
            identity: vec![Source::Document("identity", &identity)],
            boundary,
            resource: ResourcePolicy::Generic(Source::Document("resource", &policy)),
            ..Layers::default()
        };
        evaluate(&request, &layers).verdict
    };
    assert_eq!(decide(all, None), Verdict::Allowed);
    assert_eq!(
        decide(all, Some(Source::Document("boundary", &boundary))),
        Verdict::ExplicitlyDenied
    );
    assert_eq!(
        decide(all, Some(Source::Unproven("boundary"))),
        Verdict::Unknown
    );
    assert_eq!(decide(part, None), Verdict::Unknown);
    assert_eq!(decide(other, None), Verdict::ExplicitlyDenied);
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

/// IAM User Guide, "JSON policy elements: Action" (letter case); "ARNs" (partitions).
#[test]
fn case_13_and_14_letter_case_and_partition() {
    let decision = by_identity(
        &allow("SECRETSMANAGER:getsecretvalue", "*"),
        GET_SECRET,
        SECRET,
        complete(),
    );
    check(&decision, Verdict::Allowed, LayerKind::Identity);
    let china = SECRET.replace("arn:aws:", "arn:aws-cn:");
    let decision = by_identity(&allow(GET_SECRET, SECRET), GET_SECRET, &china, complete());
    check(&decision, Verdict::ImplicitlyDenied, LayerKind::Identity);
}

/// IAM User Guide, "Multivalued context keys": `ForAllValues` is true, `ForAnyValue` false without values.
#[test]
fn case_15_set_operators_without_values() {
    for (set, verdict) in [
        ("ForAllValues", Verdict::Allowed),
        ("ForAnyValue", Verdict::ImplicitlyDenied),
    ] {
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

/// IAM User Guide, "Principal", "Account principals": the account hands over to its own policies.
#[test]
fn case_17_account_principal_only_delegates() {
    for principal in ["arn:aws:iam::111122223333:root", OWN] {
        let policy = on_resource(&format!(
            r#"{{"Effect": "Allow", "Principal": {{"AWS": "{principal}"}}, "Action": "*", "Resource": "*"}}"#
        ));
        let request = request(GET_SECRET, SECRET, complete());
        let layers: Layers<'_, &str> = Layers {
            resource: ResourcePolicy::Generic(Source::Document("resource", &policy)),
            ..Layers::default()
        };
        check(
            &evaluate(&request, &layers),
            Verdict::ImplicitlyDenied,
            LayerKind::Identity,
        );
    }
}

/// ECS Developer Guide, "Task execution IAM role": the trust policy, and the confused-deputy conditions.
#[test]
fn trust_policies() {
    let trust = |condition: &str, service: &str| {
        document(
            DocumentKind::Trust,
            &format!(
                r#"{{"Effect": "Allow", "Principal": {{"Service": "{service}"}}, "Action": "sts:AssumeRole"{condition}}}"#
            ),
        )
    };
    let request = Request::new(
        Principal::service("ecs-tasks.amazonaws.com"),
        "sts:AssumeRole",
        Resource::Arn("arn:aws:iam::111122223333:role/ecsTaskExecutionRole".to_owned()),
        None,
        complete()
            .with(
                "aws:SourceArn",
                Value::one("arn:aws:ecs:eu-west-1:111122223333:task/cluster/0123abcd"),
            )
            .with("aws:SourceAccount", Value::one(OWN)),
    );
    let source = |arn: &str, account: &str| {
        format!(
            r#", "Condition": {{"ArnLike": {{"aws:SourceArn": "{arn}"}}, "StringEquals": {{"aws:SourceAccount": "{account}"}}}}"#
        )
    };
    for (condition, service, verdict) in [
        (String::new(), "ecs-tasks.amazonaws.com", Verdict::Allowed),
        (
            String::new(),
            "ec2.amazonaws.com",
            Verdict::ImplicitlyDenied,
        ),
        (
            source("arn:aws:ecs:eu-west-1:111122223333:*", OWN),
            "ecs-tasks.amazonaws.com",
            Verdict::Allowed,
        ),
        (
            source("arn:aws:ecs:us-east-1:111122223333:*", OWN),
            "ecs-tasks.amazonaws.com",
            Verdict::ImplicitlyDenied,
        ),
        (
            source("arn:aws:ecs:*:111122223333:*", "444455556666"),
            "ecs-tasks.amazonaws.com",
            Verdict::ImplicitlyDenied,
        ),
    ] {
        let policy = trust(&condition, service);
        let layers = Layers {
            resource: ResourcePolicy::Trust(Source::Document("trust", &policy)),
            ..Layers::default()
        };
        check(&evaluate(&request, &layers), verdict, LayerKind::Trust);
    }
}

/// Secrets Manager User Guide, "Access to secrets from a different account": both sides must allow.
#[test]
fn two_accounts_need_both_sides() {
    let arn = SECRET.replace(OWN, "444455556666");
    let request = request(GET_SECRET, &arn, complete());
    let allowing = identity(&allow(GET_SECRET, &arn));
    let policy = on_resource(&format!(
        r#"{{"Effect": "Allow", "Principal": {{"AWS": "{OWN}"}}, "Action": "*", "Resource": "*"}}"#
    ));
    let decide = |identity: bool, resource| {
        let layers = Layers {
            identity: identity
                .then_some(Source::Document("identity", &allowing))
                .into_iter()
                .collect(),
            resource,
            ..Layers::default()
        };
        evaluate(&request, &layers)
    };
    let generic = || ResourcePolicy::Generic(Source::Document("resource", &policy));
    check(
        &decide(true, generic()),
        Verdict::Allowed,
        LayerKind::Identity,
    );
    check(
        &decide(true, ResourcePolicy::None),
        Verdict::ImplicitlyDenied,
        LayerKind::Resource,
    );
    check(
        &decide(false, generic()),
        Verdict::ImplicitlyDenied,
        LayerKind::Identity,
    );
    let open = decide(true, ResourcePolicy::Generic(Source::Missing("resource")));
    assert_eq!(
        (open.verdict, open.residuals.missing),
        (Verdict::Unknown, vec!["resource"])
    );
}

/// Facts that are missing decide nothing, and do not hide what is decided without them.
#[test]
fn missing_documents() {
    let document = identity(&allow(GET_SECRET, "*"));
    let request = request(GET_SECRET, SECRET, complete());
    let open = Layers {
        identity: vec![
            Source::Document("identity", &document),
            Source::Missing("attached"),
        ],
        ..Layers::default()
    };
    let decision = evaluate(&request, &open);
    assert_eq!(
        (decision.verdict, decision.residuals.missing),
        (Verdict::Unknown, vec!["attached"])
    );
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
    check(
        &evaluate(&request, &denied),
        Verdict::ExplicitlyDenied,
        LayerKind::Endpoint,
    );
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
        (
            format!("{head}log-group:/ecs*stream:ecs/app/1"),
            Verdict::Unknown,
        ),
        (
            format!("{head}log-group:/ecs/app?log-stream:ecs/app/1"),
            Verdict::Unknown,
        ),
        ("arn:aws:logs:*".to_owned(), Verdict::Unknown),
        ("arn:aws:s3:*".to_owned(), Verdict::ImplicitlyDenied),
        (
            "arn:aws:logs:*:log-group:/ecs/app:*".to_owned(),
            Verdict::Unknown,
        ),
        ("arn:aws:logs:*:*:*".to_owned(), Verdict::Allowed),
        ("arn:*:logs:*:*:*".to_owned(), Verdict::Allowed),
        ("arn:aws:*:*:*:*".to_owned(), Verdict::Unknown),
        (format!("{head}log-gr*:/ecs/app:*"), Verdict::Unknown),
        (format!("{head}log-gr*"), Verdict::Allowed),
    ] {
        let decision = by_identity(
            &allow("logs:PutLogEvents", &pattern),
            "logs:PutLogEvents",
            group,
            complete(),
        );
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
    let other = identity(&allow(
        "logs:PutLogEvents",
        &beginning.replace("app", "other"),
    ));
    let resource = Resource::Beginning(beginning.to_owned());
    let request = Request::new(role(), "logs:PutLogEvents", resource, None, complete());
    let layers = Layers {
        identity: vec![Source::Document("identity", &other)],
        ..Layers::default()
    };
    check(
        &evaluate(&request, &layers),
        Verdict::ImplicitlyDenied,
        LayerKind::Identity,
    );
}

/// Organizations User Guide: neither SCPs nor RCPs reach service-linked roles.
#[test]
fn service_linked_roles_are_out_of_reach() {
    let nothing = document(
        DocumentKind::ServiceControl,
        r#"{"Effect": "Deny", "Action": "*", "Resource": "*"}"#,
    );
    let allowing = identity(&allow("*", "*"));
    let arn =
        "arn:aws:iam::111122223333:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS";
    let linked = Principal::role(arn, None).unwrap();
    let request = Request::new(
        linked,
        GET_SECRET,
        Resource::Arn(SECRET.to_owned()),
        None,
        complete(),
    );
    let layers = Layers {
        identity: vec![Source::Document("identity", &allowing)],
        service_control: vec![vec![Source::Document("scp", &nothing)]],
        ..Layers::default()
    };
    check(
        &evaluate(&request, &layers),
        Verdict::Allowed,
        LayerKind::Identity,
    );
}

/// IAM User Guide, "aws:PrincipalIsAWSService"; data perimeter examples: a deny for `*` reaches services as well.
#[test]
fn a_deny_for_everyone_reaches_services() {
    let service = Principal::service("ecs-tasks.amazonaws.com");
    let role = Resource::Arn("arn:aws:iam::111122223333:role/ecsTaskExecutionRole".to_owned());
    let request = Request::new(service, "sts:AssumeRole", role, None, complete());
    let decide = |effect: &str| {
        let statement =
            format!(r#"{{"Effect": "{effect}", "Principal": "*", "Action": "sts:AssumeRole"}}"#);
        let policy = document(DocumentKind::Trust, &statement);
        let layers = Layers {
            resource: ResourcePolicy::Trust(Source::Document("trust", &policy)),
            ..Layers::default()
        };
        evaluate(&request, &layers).verdict
    };
    assert_eq!(decide("Deny"), Verdict::ExplicitlyDenied);
    assert_eq!(decide("Allow"), Verdict::Unknown);
}
