//! The resource's side: resource policies, KMS keys and grants, trust policies, two accounts.

use policy::aws_managed_key_policy;

use super::*;

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
    let own = Value::one("arn:aws:iam::111122223333:role/ecsTaskExecutionRole");
    let request = request(GET_SECRET, SECRET, complete().with("aws:PrincipalArn", own));
    let decide = |policy: Option<&Document>| {
        let resource = policy.map_or(ResourcePolicy::None, |d| ResourcePolicy::Generic(Source::Document("resource", d)));
        let layers = Layers {
            identity: vec![Source::Document("identity", &identity)],
            boundary: Some(Source::Document("boundary", &boundary)),
            resource,
            ..Layers::default()
        };
        evaluate(&request, &layers)
    };
    check(&decide(None), Verdict::ImplicitlyDenied, LayerKind::Boundary);
    let by_role = naming("arn:aws:iam::111122223333:role/ecsTaskExecutionRole");
    check(&decide(Some(&by_role)), Verdict::ImplicitlyDenied, LayerKind::Boundary);
    let by_session = naming("arn:aws:sts::111122223333:assumed-role/ecsTaskExecutionRole/0123abcd");
    check(&decide(Some(&by_session)), Verdict::Allowed, LayerKind::Resource);
    // `*` narrowed by aws:PrincipalArn passes as well; a bare `*` is documented nowhere.
    let narrowed = on_resource(&format!(
        r#"{{"Effect": "Allow", "Principal": "*", "Action": "{GET_SECRET}", "Resource": "*", "Condition":
            {{"ArnEquals": {{"aws:PrincipalArn": "arn:aws:iam::111122223333:role/ecsTaskExecutionRole"}}}}}}"#
    ));
    check(&decide(Some(&narrowed)), Verdict::Allowed, LayerKind::Resource);
    let everyone = naming("*");
    let decision = decide(Some(&everyone));
    assert_eq!(decision.verdict, Verdict::Unknown);
    assert_eq!(decision.residuals.doubts, [Doubt::EveryonePastBoundary]);
}

fn key_policy(principal: &str, condition: &str) -> Document {
    on_resource(&format!(
        r#"{{"Effect": "Allow", "Principal": {{"AWS": "{principal}"}}, "Action": "kms:*", "Resource": "*"{condition}}}"#
    ))
}

fn decrypt(context: Context) -> Request {
    request("kms:Decrypt", KEY, context)
}

fn with_key<'a>(policy: &'a Document, owner: KeyOwner, identity: Option<&'a Document>) -> Layers<'a, &'static str> {
    Layers {
        identity: identity.map(|d| Source::Document("identity", d)).into_iter().collect(),
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
    let decision = evaluate(&request, &with_key(&root, KeyOwner::Customer, Some(&allowing)));
    check(&decision, Verdict::Allowed, LayerKind::Identity);
    assert!(decision.layers.iter().any(|l| l.kind == LayerKind::Key && l.delegates));
    // The default key's policy lets the account's principals in through Secrets Manager: no kms:Decrypt needed.
    let managed = aws_managed_key_policy("secretsmanager", "eu-west-1", OWN).unwrap();
    assert_eq!(aws_managed_key_policy("secretsmanager", "cn-north-1", OWN), None);
    let request = decrypt(
        complete()
            .with("kms:ViaService", Value::one("secretsmanager.eu-west-1.amazonaws.com"))
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
    let condition = r#", "Condition": {"StringEquals": {"kms:ViaService": "ssm.eu-west-1.amazonaws.com"}}"#;
    let policy = key_policy("arn:aws:iam::111122223333:role/ecsTaskExecutionRole", condition);
    let request = decrypt(complete().with("kms:ViaService", Value::one("secretsmanager.eu-west-1.amazonaws.com")));
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
    let managed = evaluate(&request, &with_key(&everyone, KeyOwner::AwsManaged, Some(&allowing)));
    assert_eq!(managed.verdict, Verdict::ImplicitlyDenied);
    let customer = evaluate(&request, &with_key(&everyone, KeyOwner::Customer, Some(&allowing)));
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
    check(&evaluate(&matching, &layers), Verdict::Allowed, LayerKind::Grant);
    let other = decrypt(complete().with(key, Value::one("other")));
    check(&evaluate(&other, &layers), Verdict::ImplicitlyDenied, LayerKind::Key);
    let unknown = evaluate_with_default(&layers);
    assert_eq!(unknown.verdict, Verdict::Unknown);
    assert!(unknown.residuals.keys.contains(key), "{unknown:?}");
    layers.grants = Grants {
        known: Vec::new(),
        unproven: Some("list-grants"),
    };
    let open = evaluate(&other, &layers);
    assert_eq!((open.verdict, open.residuals.missing), (Verdict::Unknown, vec!["list-grants"]));
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
    assert_eq!(decide(all, Some(Source::Unproven("boundary"))), Verdict::Unknown);
    assert_eq!(decide(part, None), Verdict::Unknown);
    assert_eq!(decide(other, None), Verdict::ExplicitlyDenied);
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
        check(&evaluate(&request, &layers), Verdict::ImplicitlyDenied, LayerKind::Identity);
    }
}

/// ECS Developer Guide, "Task execution IAM role": the trust policy, and the confused-deputy conditions.
#[test]
fn trust_policies() {
    let trust = |condition: &str, service: &str| {
        document(
            DocumentKind::Trust,
            &format!(r#"{{"Effect": "Allow", "Principal": {{"Service": "{service}"}}, "Action": "sts:AssumeRole"{condition}}}"#),
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
        format!(r#", "Condition": {{"ArnLike": {{"aws:SourceArn": "{arn}"}}, "StringEquals": {{"aws:SourceAccount": "{account}"}}}}"#)
    };
    for (condition, service, verdict) in [
        (String::new(), "ecs-tasks.amazonaws.com", Verdict::Allowed),
        (String::new(), "ec2.amazonaws.com", Verdict::ImplicitlyDenied),
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
            identity: identity.then_some(Source::Document("identity", &allowing)).into_iter().collect(),
            resource,
            ..Layers::default()
        };
        evaluate(&request, &layers)
    };
    let generic = || ResourcePolicy::Generic(Source::Document("resource", &policy));
    check(&decide(true, generic()), Verdict::Allowed, LayerKind::Identity);
    check(&decide(true, ResourcePolicy::None), Verdict::ImplicitlyDenied, LayerKind::Resource);
    check(&decide(false, generic()), Verdict::ImplicitlyDenied, LayerKind::Identity);
    let open = decide(true, ResourcePolicy::Generic(Source::Missing("resource")));
    assert_eq!((open.verdict, open.residuals.missing), (Verdict::Unknown, vec!["resource"]));
}

/// IAM User Guide, "aws:PrincipalIsAWSService"; data perimeter examples: a deny for `*` reaches services as well.
#[test]
fn a_deny_for_everyone_reaches_services() {
    let service = Principal::service("ecs-tasks.amazonaws.com");
    let role = Resource::Arn("arn:aws:iam::111122223333:role/ecsTaskExecutionRole".to_owned());
    let request = Request::new(service, "sts:AssumeRole", role, None, complete());
    let decide = |effect: &str| {
        let statement = format!(r#"{{"Effect": "{effect}", "Principal": "*", "Action": "sts:AssumeRole"}}"#);
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

fn evaluate_with_default(layers: &Layers<'_, &'static str>) -> Decision<&'static str> {
    evaluate(&decrypt(Context::default()), layers)
}

/// Amazon ECR User Guide, "Private registry permissions": of scope V2 the registry's policy counts for every request, beside the
/// repository's.
#[test]
fn a_registry_s_policy_counts_beside_the_repository_s() {
    let pull = "ecr:BatchGetImage";
    let request = request(pull, "arn:aws:ecr:us-east-1:111122223333:repository/app", complete());
    let allowing = identity(&allow(pull, "*"));
    let statement = |effect: &str| {
        on_resource(&format!(
            r#"{{"Effect": "{effect}", "Principal": "*", "Action": "ecr:*", "Resource": "*"}}"#
        ))
    };
    let (allows, denies) = (statement("Allow"), statement("Deny"));
    let decide = |identity: bool, sources: Vec<Source<'_, &'static str>>| {
        let layers = Layers {
            identity: identity.then_some(Source::Document("identity", &allowing)).into_iter().collect(),
            resource: ResourcePolicy::Together(sources),
            ..Layers::default()
        };
        evaluate(&request, &layers)
    };
    let repository = || Source::Document("repository", &allows);
    check(&decide(false, vec![repository()]), Verdict::Allowed, LayerKind::Resource);
    let denied = decide(true, vec![repository(), Source::Document("registry", &denies)]);
    check(&denied, Verdict::ExplicitlyDenied, LayerKind::Resource);
    let open = decide(true, vec![repository(), Source::Missing("registry")]);
    assert_eq!((open.verdict, open.residuals.missing), (Verdict::Unknown, vec!["registry"]));
}
