//! Calls and their verdicts.

use crate::support::{Way, judge, lines, of};
use policy::Verdict;
use serde_json::json;
use testkit::world::{Egress, ROLE, SECRET, World};

fn verdict(judgements: &[diagnosis::authorization::Judgement], action: &str) -> Verdict {
    of(judgements, action)
        .decision
        .as_ref()
        .unwrap_or_else(|| panic!("{action} has no decision"))
        .verdict
}

#[test]
fn a_healthy_account_allows_every_call() {
    let judged = judge(&World::new(Egress::Nat, ""), &Way::Nat);
    let expected = [
        "ecr:GetAuthorizationToken *: Allowed by identity",
        "ecr:BatchGetImage arn:aws:ecr:us-east-1:111122223333:repository/app: Allowed by identity",
        "ecr:GetDownloadUrlForLayer arn:aws:ecr:us-east-1:111122223333:repository/app: Allowed by identity",
        "ecr:BatchCheckLayerAvailability arn:aws:ecr:us-east-1:111122223333:repository/app: Allowed by identity",
        "secretsmanager:GetSecretValue arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/db-AbCdEf: Allowed by identity",
        "ssm:GetParameters arn:aws:ssm:us-east-1:111122223333:parameter/prod/api-url: Allowed by identity",
        "logs:CreateLogStream arn:aws:logs:us-east-1:111122223333:log-group:/ecs/app:log-stream:*: Allowed by identity",
        "logs:PutLogEvents arn:aws:logs:us-east-1:111122223333:log-group:/ecs/app:log-stream:*: Allowed by identity",
        "sts:AssumeRole arn:aws:iam::111122223333:role/ecsTaskExecutionRole: Allowed by trust",
    ];
    assert_eq!(lines(&judged), expected);
}

#[test]
fn through_endpoints_the_layers_pass_the_gateway_s_policy() {
    let judged = judge(&World::new(Egress::Endpoints, ""), &Way::Endpoint);
    let layers = of(&judged, "s3:GetObject");
    assert_eq!(layers.call.resource, "arn:aws:s3:::prod-us-east-1-starport-layer-bucket/*");
    assert_eq!(verdict(&judged, "s3:GetObject"), Verdict::Allowed);
    assert!(
        judged.iter().all(|judgement| judgement
            .decision
            .as_ref()
            .is_some_and(|decision| decision.verdict == Verdict::Allowed)),
        "{:#?}",
        lines(&judged)
    );
}

#[test]
fn a_gateway_policy_for_the_own_account_s_buckets_stops_the_layers() {
    let mut world = World::new(Egress::Endpoints, "");
    let policy = json!({"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*",
        "Condition": {"StringEquals": {"aws:ResourceAccount": "111122223333"}}}]});
    world.set(
        "describe-vpc-endpoints",
        "/VpcEndpoints/5/PolicyDocument",
        json!(policy.to_string()),
    );
    assert_eq!(verdict(&judge(&world, &Way::Endpoint), "s3:GetObject"), Verdict::ImplicitlyDenied);
    // An account that may be Amazon ECR's leaves it open.
    let policy = policy
        .to_string()
        .replace("\"111122223333\"", "[\"111122223333\",\"444455556666\"]");
    world.set("describe-vpc-endpoints", "/VpcEndpoints/5/PolicyDocument", json!(policy));
    assert_eq!(verdict(&judge(&world, &Way::Endpoint), "s3:GetObject"), Verdict::Unknown);
}

#[test]
fn a_missing_permission_is_an_implicit_denial_of_the_identity_layer() {
    let mut world = World::new(Egress::Nat, "");
    world.set(
        "get-role-policy",
        "/PolicyDocument/Statement/0/Action",
        json!("secretsmanager:DescribeSecret"),
    );
    let judged = judge(&world, &Way::Nat);
    let decision = of(&judged, "secretsmanager:GetSecretValue").decision.as_ref().unwrap();
    assert_eq!(decision.verdict, Verdict::ImplicitlyDenied);
    assert_eq!(decision.decided_by.as_ref().unwrap().layer, policy::LayerKind::Identity);
}

#[test]
fn what_was_not_pasted_is_unknown_and_asked_for() {
    for (stem, action, operation) in [
        ("list-role-policies", "secretsmanager:GetSecretValue", "iam:ListRolePolicies"),
        ("get-role-policy", "secretsmanager:GetSecretValue", "iam:GetRolePolicy"),
        (
            "list-attached-role-policies",
            "ecr:GetAuthorizationToken",
            "iam:ListAttachedRolePolicies",
        ),
        ("get-role", "ecr:GetAuthorizationToken", "iam:GetRole"),
        (
            "get-resource-policy",
            "secretsmanager:GetSecretValue",
            "secretsmanager:GetResourcePolicy",
        ),
        ("get-repository-policy", "ecr:BatchGetImage", "ecr:GetRepositoryPolicy"),
    ] {
        let mut world = World::new(Egress::Nat, "");
        world.drop_output(stem);
        let judged = judge(&world, &Way::Nat);
        assert_eq!(verdict(&judged, action), Verdict::Unknown, "{stem}: {:#?}", lines(&judged));
        let asked: Vec<String> = of(&judged, action).needs.iter().map(|need| format!("{need:?}")).collect();
        let names = of(&judged, action)
            .needs
            .iter()
            .any(|need| matches!(need, snapshot::Need::Call(call) if call.operation.name() == operation));
        assert!(names, "{stem}: {asked:?}");
    }
}

#[test]
fn a_way_that_is_not_known_leaves_the_endpoint_s_policy_open() {
    let judged = judge(&World::new(Egress::Nat, ""), &Way::Unknown);
    assert_eq!(verdict(&judged, "secretsmanager:GetSecretValue"), Verdict::Unknown);
    // A lack is proven all the same; its kind is open.
    let mut world = World::new(Egress::Nat, "");
    world.set(
        "get-role-policy",
        "/PolicyDocument/Statement/0/Action",
        json!("secretsmanager:DescribeSecret"),
    );
    assert_eq!(
        verdict(&judge(&world, &Way::Unknown), "secretsmanager:GetSecretValue"),
        Verdict::Denied
    );
}

fn with_key(world: &mut World) -> &'static str {
    let key = "arn:aws:kms:us-east-1:111122223333:key/1a2b3c4d-0000-4000-8000-000000000001";
    world.set("describe-secret", "/KmsKeyId", json!(key));
    world.put(
        "list-secret-version-ids",
        &format!("secretsmanager list-secret-version-ids --secret-id {SECRET}"),
        json!({"Versions": [{"VersionId": "a1b2c3d4-5678-90ab-cdef-EXAMPLE11111", "VersionStages": ["AWSCURRENT"], "KmsKeyIds": [key],
            "CreatedDate": "2026-10-01T00:00:00+00:00"}], "ARN": SECRET, "Name": "prod/db"}),
    );
    let delegate = json!({"Version": "2012-10-17", "Statement": [{"Sid": "Enable IAM User Permissions", "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "kms:*", "Resource": "*"}]});
    world.put(
        "get-key-policy",
        &format!("kms get-key-policy --key-id {key} --policy-name default"),
        json!({"Policy": delegate.to_string(), "PolicyName": "default"}),
    );
    world.put("list-grants", &format!("kms list-grants --key-id {key}"), json!({"Grants": []}));
    key
}

#[test]
fn a_customer_managed_key_needs_decrypt() {
    let mut world = World::new(Egress::Nat, "");
    let key = with_key(&mut world);
    let judged = judge(&world, &Way::Nat);
    assert_eq!(of(&judged, "kms:Decrypt").call.resource, key);
    assert_eq!(verdict(&judged, "kms:Decrypt"), Verdict::ImplicitlyDenied);
    let decrypt = json!({"Effect": "Allow", "Action": "kms:Decrypt", "Resource": key, "Condition": {"StringEquals": {
        "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com", "kms:EncryptionContext:SecretARN": SECRET}}});
    world.set("get-role-policy", "/PolicyDocument/Statement/-", decrypt);
    assert_eq!(verdict(&judge(&world, &Way::Nat), "kms:Decrypt"), Verdict::Allowed);
    world.set(
        "get-role-policy",
        "/PolicyDocument/Statement/2/Condition/StringEquals/kms:ViaService",
        json!("ssm.us-east-1.amazonaws.com"),
    );
    assert_eq!(verdict(&judge(&world, &Way::Nat), "kms:Decrypt"), Verdict::ImplicitlyDenied);
}

#[test]
fn a_secret_s_key_alone_proves_no_denial() {
    let mut world = World::new(Egress::Nat, "");
    with_key(&mut world);
    world.drop_output("list-secret-version-ids");
    assert_eq!(verdict(&judge(&world, &Way::Nat), "kms:Decrypt"), Verdict::Unknown);
    let mut told = World::new(
        Egress::Nat,
        "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/db-AbCdEf from secrets manager: AccessDeniedException: Access to KMS is not allowed status code: 400, request id: 12345678-1234-1234-1234-123456789012",
    );
    with_key(&mut told);
    told.drop_output("list-secret-version-ids");
    assert_eq!(verdict(&judge(&told, &Way::Nat), "kms:Decrypt"), Verdict::ImplicitlyDenied);
}

#[test]
fn the_error_s_own_words_prove_a_layer_without_documents() {
    let text = format!(
        "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret {SECRET} from secrets manager: AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/ecsTaskExecutionRole/0f3a1c5e7b9d4e2fa6c8d0e1f2a3b4c5 is not authorized to perform: secretsmanager:GetSecretValue on resource: {SECRET} because no identity-based policy allows the secretsmanager:GetSecretValue action status code: 400"
    );
    let mut world = World::new(Egress::Nat, &text);
    for stem in [
        "list-role-policies",
        "get-role-policy",
        "list-attached-role-policies",
        "get-role",
        "get-resource-policy",
    ] {
        world.drop_output(stem);
    }
    let judged = judge(&world, &Way::Unknown);
    let secret = of(&judged, "secretsmanager:GetSecretValue");
    assert!(secret.told);
    assert_eq!(verdict(&judged, "secretsmanager:GetSecretValue"), Verdict::ImplicitlyDenied);
    assert_eq!(verdict(&judged, "ssm:GetParameters"), Verdict::Unknown);
    // Documents that prove the opposite are not overruled: the contradiction is another finding's.
    assert_eq!(
        verdict(&judge(&World::new(Egress::Nat, &text), &Way::Nat), "secretsmanager:GetSecretValue"),
        Verdict::Allowed
    );
}

#[test]
fn the_error_alone_names_the_call() {
    let text = format!(
        "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret {SECRET} from secrets manager: AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/ecsTaskExecutionRole/0f3a1c5e7b9d4e2fa6c8d0e1f2a3b4c5 is not authorized to perform: secretsmanager:GetSecretValue on resource: {SECRET} with an explicit deny in a service control policy status code: 400"
    );
    let mut world = World::new(Egress::Nat, &text);
    let kept = ["describe-tasks"];
    let stems: Vec<String> = world
        .outputs
        .keys()
        .filter(|stem| !kept.contains(&stem.as_str()))
        .cloned()
        .collect();
    for stem in stems {
        world.drop_output(&stem);
    }
    let judged = judge(&world, &Way::Unknown);
    assert_eq!(verdict(&judged, "secretsmanager:GetSecretValue"), Verdict::ExplicitlyDenied);
    assert_eq!(of(&judged, "secretsmanager:GetSecretValue").principal.as_deref(), Some(ROLE));
}

#[test]
fn trust_of_one_cluster_is_not_supported() {
    let judge_with = |arn: &str| {
        let mut world = World::new(Egress::Nat, "");
        world.set(
            "get-role",
            "/Role/AssumeRolePolicyDocument/Statement/0/Condition",
            json!({"ArnLike": {"aws:SourceArn": arn}, "StringEquals": {"aws:SourceAccount": "111122223333"}}),
        );
        verdict(&judge(&world, &Way::Nat), "sts:AssumeRole")
    };
    assert_eq!(judge_with("arn:aws:ecs:us-east-1:111122223333:*"), Verdict::Allowed);
    assert_eq!(
        judge_with("arn:aws:ecs:us-east-1:111122223333:cluster/prod"),
        Verdict::ImplicitlyDenied
    );
    assert_eq!(judge_with("arn:aws:ecs:eu-west-1:111122223333:*"), Verdict::ImplicitlyDenied);
    assert_eq!(judge_with("arn:aws:ecs:us-east-1:111122223333:task/*"), Verdict::Unknown);
}

#[test]
fn organizations_policies_count_once_one_is_pasted() {
    let mut world = World::new(Egress::Nat, "");
    world.put(
        "describe-policy",
        "organizations describe-policy --policy-id p-deny1234",
        json!({"Policy": {"PolicySummary": {"Id": "p-deny1234", "Name": "fence", "Type": "SERVICE_CONTROL_POLICY", "AwsManaged": false},
            "Content": json!({"Version": "2012-10-17", "Statement": [{"Sid": "Fence", "Effect": "Deny", "Action": "secretsmanager:*", "Resource": "*"}]}).to_string()}}),
    );
    let judged = judge(&world, &Way::Nat);
    assert_eq!(verdict(&judged, "secretsmanager:GetSecretValue"), Verdict::ExplicitlyDenied);
    assert_eq!(verdict(&judged, "ssm:GetParameters"), Verdict::Unknown);
}
