//! What a text proves beyond its kind: answers, policies, cuts, other failures; and what it does not prove.

use diagnosis::symptom::{Cause, OtherFailure, PolicyLayer, Service, Stage, parse};

fn denied(tail: &str) -> String {
    format!(
        "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: \
         service call has been retried 1 time(s): AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/exec/1 is not authorized to perform: \
         ssm:GetParameters on resource: arn:aws:ssm:us-east-1:111122223333:parameter/db {tail}"
    )
}

#[test]
fn the_policy_that_decided() {
    for (tail, layer, explicit) in [
        (
            "because no identity-based policy allows the ssm:GetParameters action",
            PolicyLayer::Identity,
            false,
        ),
        (
            "because no resource-based policy allows the ssm:GetParameters action",
            PolicyLayer::Resource,
            false,
        ),
        (
            "because no permissions boundary allows the ssm:GetParameters action",
            PolicyLayer::Boundary,
            false,
        ),
        (
            "because no session policy allows the ssm:GetParameters action",
            PolicyLayer::Session,
            false,
        ),
        (
            "because no VPC endpoint policy allows the ssm:GetParameters action",
            PolicyLayer::VpcEndpoint,
            false,
        ),
        (
            "because no service control policy allows the ssm:GetParameters action",
            PolicyLayer::ServiceControl,
            false,
        ),
        ("with an explicit deny in an identity-based policy", PolicyLayer::Identity, true),
        ("with an explicit deny in a resource-based policy", PolicyLayer::Resource, true),
        ("with an explicit deny in a permissions boundary", PolicyLayer::Boundary, true),
        ("with an explicit deny in a VPC endpoint policy", PolicyLayer::VpcEndpoint, true),
        (
            "with an explicit deny in a service control policy",
            PolicyLayer::ServiceControl,
            true,
        ),
        (
            "with an explicit deny in a resource control policy",
            PolicyLayer::ResourceControl,
            true,
        ),
    ] {
        let read = parse(&denied(tail));
        let stated = read.layer.unwrap();
        assert_eq!((stated.layer, stated.explicit), (layer, explicit), "{tail}");
        assert_eq!(read.quoted.policy_layer.as_deref(), Some(layer.as_str()));
        assert_eq!(read.quoted.arn.as_deref(), Some("arn:aws:ssm:us-east-1:111122223333:parameter/db"));
        assert!(read.answered);
    }
    let named = parse(&denied(
        "with an explicit deny in an identity-based policy: arn:aws:iam::111122223333:policy/NoParameters",
    ));
    assert_eq!(
        named.layer.unwrap().policy_arn.as_deref(),
        Some("arn:aws:iam::111122223333:policy/NoParameters")
    );
    assert_eq!(named.quoted.arn.as_deref(), Some("arn:aws:ssm:us-east-1:111122223333:parameter/db"));
    assert_eq!(parse(&denied("because no identity-based p")).layer, None);
    let trust = parse(
        "User: arn:aws:sts::111122223333:assumed-role/a/b is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/exec \
         because no role trust policy allows the sts:AssumeRole action",
    );
    assert_eq!(trust.layer.map(|stated| stated.layer), Some(PolicyLayer::Trust));
    assert_eq!((trust.stage, trust.service), (Stage::RoleAssumption, Some(Service::Sts)));
}

#[test]
fn lead_sentences_prove_nothing() {
    for text in [
        "ResourceInitializationError: The task can't retrieve the secret with ARN 'arn:aws:secretsmanager:us-east-1:111122223333:secret:a-AbCdEf' from AWS Secrets Manager. Check whether the secret exists in the specified Region.",
        "The task cannot find the Amazon CloudWatch log group defined in the task definition. There is a connection issue between the task and Amazon CloudWatch. Check your network configuration.",
        "CannotPullContainerError: The task can\u{2019}t pull the image. Check whether the image exists. ",
        "CannotPullContainerError: The task can\u{2019}t pull the image. Check your network configuration. ",
        "unable to retrieve secret from asm: There is a connection issue between the task and AWS Secrets Manager. Check your task network configuration.",
    ] {
        let read = parse(text);
        assert_eq!(read.cause, Cause::Unknown, "{text}");
        assert!(!read.answered, "{text}");
    }
}

#[test]
fn the_tail_decides_against_the_lead() {
    let text = "The task can't retrieve the secret with ARN 'arn:aws:secretsmanager:us-east-1:111122223333:secret:a-AbCdEf' from AWS Secrets Manager. Check \
                whether the secret exists in the specified Region: RequestCanceled: request context canceled caused by: context deadline exceeded";
    assert_eq!(parse(text).cause, Cause::Timeout);
    let agent = "ResourceNotFoundException: The task can't retrieve the secret with ARN 'arn:aws:secretsmanager:us-east-1:111122223333:secret:a-AbCdEf' from \
                 AWS Secrets Manager. Check whether the secret exists in the specified Region: ResourceNotFoundException: Secrets Manager can't find the \
                 specified secret.";
    assert_eq!((parse(agent).cause, parse(agent).answered), (Cause::NotFound, true));
}

#[test]
fn two_kinds_in_one_text_are_neither() {
    let text = "Fetching secret data from SSM Parameter Store in us-east-1: RequestError: send request failed caused by: Post \
                \"https://ssm.us-east-1.amazonaws.com/\": dial tcp 10.0.0.9:443: i/o timeout; Fetching secret data from AWS Secrets Manager in region us-east-1: \
                secret arn:aws:secretsmanager:us-east-1:111122223333:secret:a-AbCdEf: AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/e/1 is \
                not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:us-east-1:111122223333:secret:a-AbCdEf";
    let read = parse(text);
    assert_eq!(read.cause, Cause::Unknown);
    assert!(!read.answered);
}

#[test]
fn a_bare_status_is_no_answer() {
    let bare = "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref a.example/b:1: unexpected status from HEAD \
                request to https://a.example/v2/b/manifests/1: 403 Forbidden";
    let read = parse(bare);
    assert_eq!(
        (read.cause, read.answered, read.quoted.status_code),
        (Cause::AccessDenied, false, Some(403))
    );
    assert!(!parse("CannotPullContainerError: API error (500): Get https://a.example/v2/: EOF").answered);
}

#[test]
fn names_are_no_words() {
    let text = "Fetching secret data from SSM Parameter Store in us-east-1: invalid parameters: /app/AccessDeniedException,/app/pull-x509:i/otimeout";
    let read = parse(text);
    assert_eq!(
        (read.stage, read.service, read.cause),
        (Stage::SecretFetch, Some(Service::Ssm), Cause::NotFound)
    );
    assert_eq!(read.quoted.parameter.len(), 2);
}

#[test]
fn kms_behind_another_service() {
    for text in [
        "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:us-east-1:111122223333:secret:a-AbCdEf from secrets manager: AccessDeniedException: Access to KMS is not allowed status code: 400, request id: 0a1b",
        "Fetching secret data from SSM Parameter Store in us-east-1: AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/e/1 is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:us-east-1:111122223333:key/0a1b because no identity-based policy allows the kms:Decrypt action",
    ] {
        let read = parse(text);
        assert_eq!(
            (read.stage, read.service, read.cause),
            (Stage::SecretFetch, Some(Service::Kms), Cause::AccessDenied),
            "{text}"
        );
    }
}

#[test]
fn typed_addresses_of_ipv6_and_fips() {
    let text = "operation error ECR: GetAuthorizationToken, https response error StatusCode: 0, RequestID: , request send failed, Post \
                \"https://ecr-fips.us-gov-west-1.api.aws/\": dial tcp [2600:1f18::1]:443: i/o timeout";
    let read = parse(text);
    assert_eq!(read.quoted.ip.as_deref(), Some("2600:1f18::1"));
    assert_eq!((read.service, read.cause), (Some(Service::EcrApi), Cause::Timeout));
}

#[test]
fn other_failures_say_which() {
    for (text, stage, failure) in [
        (
            "OutOfMemoryError: Container killed due to memory usage",
            Stage::Other,
            OtherFailure::OutOfMemory,
        ),
        ("Essential container in task exited", Stage::Other, OtherFailure::ContainerExited),
        (
            "Task failed container health checks",
            Stage::Other,
            OtherFailure::ContainerHealthCheck,
        ),
        (
            "Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/a/b)",
            Stage::Other,
            OtherFailure::LoadBalancerHealthCheck,
        ),
        (
            "(service web) was unable to place a task because no container instance met all of its requirements. The closest matching container-instance 0123 has insufficient memory available.",
            Stage::Other,
            OtherFailure::Placement,
        ),
        (
            "Capacity is unavailable at this time. Please try again later or in a different availability zone",
            Stage::Other,
            OtherFailure::Capacity,
        ),
        ("Your Spot Task was interrupted.", Stage::Other, OtherFailure::SpotInterruption),
        (
            "Scaling activity initiated by (deployment ecs-svc/1)",
            Stage::Other,
            OtherFailure::Scaling,
        ),
        (
            "Host EC2 (instance i-0123456789abcdef0) terminated.",
            Stage::Other,
            OtherFailure::HostTerminated,
        ),
        ("Task stopped by user", Stage::Other, OtherFailure::StoppedByUser),
        (
            "DockerTimeoutError: Could not transition to created; timed out after waiting 4m0s",
            Stage::Other,
            OtherFailure::EngineTimeout,
        ),
        (
            "CannotCreateContainerError: API error (400): No command specified",
            Stage::Other,
            OtherFailure::ContainerCreate,
        ),
        (
            "Timeout waiting for network interface provisioning to complete.",
            Stage::NetworkSetup,
            OtherFailure::NetworkInterface,
        ),
        (
            "Unexpected EC2 error while attempting to Create Network Interface in subnet 'subnet-1': InsufficientFreeAddressesInSubnet",
            Stage::NetworkSetup,
            OtherFailure::SubnetFull,
        ),
        (
            "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: b'mount.nfs4: Connection timed out' : unsuccessful EFS utils command execution; code: 32",
            Stage::Volume,
            OtherFailure::EfsMount,
        ),
        (
            "CannotCreateVolumeError: failed to create volume",
            Stage::Volume,
            OtherFailure::Volume,
        ),
    ] {
        let read = parse(text);
        assert_eq!((read.stage, read.other), (stage, Some(failure)), "{text}");
    }
    assert_eq!(parse("Essential container in task exited with exit code: 137").exit_code, Some(137));
    assert_eq!(parse("CannotPullContainerError: context canceled").other, None);
}
