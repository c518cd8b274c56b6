//! Texts to test with: the corpus, and variations made from the forms of each step, each SDK, each partition.
//! The variations are synthetic: forms that were seen, with parts exchanged.

use diagnosis::symptom::{Cause, Service, Stage};

/// The labelled lines of both corpora.
pub(crate) fn labelled() -> Vec<serde_json::Value> {
    [
        include_str!("../data/symptoms/reasons.jsonl"),
        include_str!("../data/symptoms/collected.jsonl"),
    ]
    .into_iter()
    .flat_map(str::lines)
    .filter_map(|line| serde_json::from_str(line).ok())
    .collect()
}

/// Their texts.
pub(crate) fn corpus() -> Vec<String> {
    labelled()
        .iter()
        .filter_map(|line| line.get("text")?.as_str().map(str::to_owned))
        .collect()
}

/// A made text and what it must read as.
pub(crate) struct Variation {
    pub(crate) text: String,
    pub(crate) class: Option<&'static str>,
    pub(crate) stage: Stage,
    pub(crate) service: Option<Service>,
    pub(crate) cause: Cause,
}

/// Region, partition, the domain of its hosts.
const REGIONS: [(&str, &str, &str); 4] = [
    ("eu-central-1", "aws", "amazonaws.com"),
    ("cn-north-1", "aws-cn", "amazonaws.com.cn"),
    ("us-gov-west-1", "aws-us-gov", "amazonaws.com"),
    ("ap-southeast-4", "aws", "amazonaws.com"),
];

/// How one call's error ends: the SDK's text and what it proves. `HOST`, `SVC` and `OP` are put in.
const NETWORK: [(&str, Cause); 10] = [
    (
        "RequestError: send request failed caused by: Post \"https://HOST/\": dial tcp 10.20.30.40:443: i/o timeout",
        Cause::Timeout,
    ),
    (
        "RequestError: send request failed\ncaused by: Post https://HOST/: dial tcp 52.1.2.3:443: i/o timeout",
        Cause::Timeout,
    ),
    (
        "RequestError: send request failed caused by: Post \"https://HOST/\": dial tcp: lookup HOST on 10.20.0.2:53: no such host",
        Cause::Dns,
    ),
    (
        "RequestError: send request failed caused by: Post \"https://HOST/\": dial tcp: lookup HOST on 10.20.0.2:53: read udp 10.20.1.9:41234->10.20.0.2:53: i/o timeout",
        Cause::Dns,
    ),
    (
        "RequestCanceled: request context canceled caused by: context deadline exceeded",
        Cause::Timeout,
    ),
    (
        "operation error SVC: OP, exceeded maximum number of attempts, 3, https response error StatusCode: 0, RequestID: , request send failed, Post \"https://HOST/\": dial tcp 172.31.9.8:443: i/o timeout",
        Cause::Timeout,
    ),
    (
        "operation error SVC: OP, https response error StatusCode: 0, RequestID: , canceled, context deadline exceeded",
        Cause::Timeout,
    ),
    (
        "operation error SVC: OP, exceeded maximum number of attempts, 3, https response error StatusCode: 0, RequestID: , request send failed, Post \"https://HOST/\": dial tcp 10.9.8.7:443: connect: connection refused",
        Cause::Refused,
    ),
    (
        "operation error SVC: OP, https response error StatusCode: 0, RequestID: , request send failed, Post \"https://HOST/\": tls: failed to verify certificate: x509: certificate signed by unknown authority",
        Cause::Tls,
    ),
    (
        "RequestError: send request failed caused by: Post \"https://HOST/\": net/http: TLS handshake timeout",
        Cause::Timeout,
    ),
];

const ANSWERED: [(&str, Cause); 4] = [
    (
        "AccessDeniedException: User: arn:PART:sts::111122223333:assumed-role/app-exec/0a1b2c is not authorized to perform: ACTION on resource: RESOURCE because no identity-based policy allows the ACTION action status code: 400, request id: 1b2c3d4e-0000-4000-8000-000000000001",
        Cause::AccessDenied,
    ),
    (
        "operation error SVC: OP, https response error StatusCode: 400, RequestID: 1b2c3d4e-0000-4000-8000-000000000002, api error AccessDeniedException: User: arn:PART:sts::111122223333:assumed-role/app-exec/0a1b2c is not authorized to perform: ACTION on resource: RESOURCE with an explicit deny in an identity-based policy",
        Cause::AccessDenied,
    ),
    (
        "ThrottlingException: Rate exceeded status code: 400, request id: 1b2c3d4e-0000-4000-8000-000000000003",
        Cause::Throttled,
    ),
    (
        "operation error SVC: OP, exceeded maximum number of attempts, 3, https response error StatusCode: 400, RequestID: 1b2c3d4e-0000-4000-8000-000000000004, api error ThrottlingException: Rate exceeded",
        Cause::Throttled,
    ),
];

/// A step of Fargate or of the agent, the service that it calls, and how the call is named.
struct Step {
    lead: &'static str,
    class: Option<&'static str>,
    stage: Stage,
    service: Service,
    host: &'static str,
    sdk: &'static str,
    operation: &'static str,
    action: &'static str,
    resource: &'static str,
}

const RIE: Option<&str> = Some("ResourceInitializationError");

const STEPS: [Step; 8] = [
    Step {
        lead: "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 3 time(s): ",
        class: RIE,
        stage: Stage::RegistryAuth,
        service: Service::EcrApi,
        host: "api.ecr.REGION.DOMAIN",
        sdk: "ECR",
        operation: "GetAuthorizationToken",
        action: "ecr:GetAuthorizationToken",
        resource: "*",
    },
    Step {
        lead: "CannotPullECRContainerError: The task can\u{2019}t pull the image. ",
        class: Some("CannotPullECRContainerError"),
        stage: Stage::RegistryAuth,
        service: Service::EcrApi,
        host: "api.ecr.REGION.DOMAIN",
        sdk: "ECR",
        operation: "GetAuthorizationToken",
        action: "ecr:GetAuthorizationToken",
        resource: "*",
    },
    Step {
        lead: "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret SECRET from secrets manager: ",
        class: RIE,
        stage: Stage::SecretFetch,
        service: Service::SecretsManager,
        host: "secretsmanager.REGION.DOMAIN",
        sdk: "Secrets Manager",
        operation: "GetSecretValue",
        action: "secretsmanager:GetSecretValue",
        resource: "SECRET",
    },
    Step {
        lead: "Fetching secret data from AWS Secrets Manager in region REGION: secret SECRET: ",
        class: None,
        stage: Stage::SecretFetch,
        service: Service::SecretsManager,
        host: "secretsmanager.REGION.DOMAIN",
        sdk: "Secrets Manager",
        operation: "GetSecretValue",
        action: "secretsmanager:GetSecretValue",
        resource: "SECRET",
    },
    Step {
        lead: "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to get registry auth from asm: service call has been retried 1 time(s): asm fetching secret from the service for hub-login: ",
        class: RIE,
        stage: Stage::RegistryAuth,
        service: Service::SecretsManager,
        host: "secretsmanager.REGION.DOMAIN",
        sdk: "Secrets Manager",
        operation: "GetSecretValue",
        action: "secretsmanager:GetSecretValue",
        resource: "SECRET",
    },
    Step {
        lead: "ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secrets from ssm: The task cannot pull secrets from AWS Systems Manager. There is a connection issue between the task and AWS Systems Manager Parameter Store. Check your task network configuration. ",
        class: RIE,
        stage: Stage::SecretFetch,
        service: Service::Ssm,
        host: "ssm.REGION.DOMAIN",
        sdk: "SSM",
        operation: "GetParameters",
        action: "ssm:GetParameters",
        resource: "PARAMETER",
    },
    Step {
        lead: "Fetching secret data from SSM Parameter Store in REGION: ",
        class: None,
        stage: Stage::SecretFetch,
        service: Service::Ssm,
        host: "ssm.REGION.DOMAIN",
        sdk: "SSM",
        operation: "GetParameters",
        action: "ssm:GetParameters",
        resource: "PARAMETER",
    },
    Step {
        lead: "CannotStartContainerError: Error response from daemon: failed to initialize logging driver: failed to create Cloudwatch log stream: ",
        class: Some("CannotStartContainerError"),
        stage: Stage::LogDriver,
        service: Service::Logs,
        host: "logs.REGION.DOMAIN",
        sdk: "CloudWatch Logs",
        operation: "CreateLogStream",
        action: "logs:CreateLogStream",
        resource: "arn:PART:logs:REGION:111122223333:log-group:/ecs/app:log-stream:app/1",
    },
];

fn filled(text: &str, step: &Step, (region, partition, domain): (&str, &str, &str)) -> String {
    text.replace("HOST", step.host)
        .replace("SVC", step.sdk)
        .replace("OP,", &format!("{},", step.operation))
        .replace("ACTION", step.action)
        .replace("RESOURCE", step.resource)
        .replace("SECRET", "arn:PART:secretsmanager:REGION:111122223333:secret:app/timeout-AbCdEf")
        .replace("PARAMETER", "arn:PART:ssm:REGION:111122223333:parameter/app/db")
        .replace("PART", partition)
        .replace("REGION", region)
        .replace("DOMAIN", domain)
}

/// Every step with every ending, in turn through the regions, and the forms of an image's pull.
pub(crate) fn variations() -> Vec<Variation> {
    let mut made = Vec::new();
    for (row, step) in STEPS.iter().enumerate() {
        for (column, (tail, cause)) in NETWORK.iter().chain(&ANSWERED).enumerate() {
            let Some(place) = REGIONS.get((row + column) % REGIONS.len()) else {
                continue;
            };
            made.push(Variation {
                text: filled(&format!("{}{tail}", step.lead), step, *place),
                class: step.class,
                stage: step.stage,
                service: Some(step.service),
                cause: *cause,
            });
        }
    }
    for (region, _, domain) in REGIONS {
        for (text, class, service, cause) in PULLS {
            made.push(Variation {
                text: text.replace("REGION", region).replace("DOMAIN", domain),
                class: Some(class),
                stage: Stage::ImagePull,
                service: *service,
                cause: *cause,
            });
        }
    }
    made
}

const CPC: &str = "CannotPullContainerError";
const DKR: Option<Service> = Some(Service::EcrDkr);
const HUB: Option<Service> = Some(Service::Registry);

const PULLS: &[(&str, &str, Option<Service>, Cause)] = &[
    (
        "CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref 111122223333.dkr.ecr.REGION.DOMAIN/shop/app:2.1: failed to do request: Head \"https://111122223333.dkr.ecr.REGION.DOMAIN/v2/shop/app/manifests/2.1\": dial tcp 10.1.2.3:443: i/o timeout",
        CPC,
        DKR,
        Cause::Timeout,
    ),
    (
        "CannotPullContainerError: ref pull has been retried 5 time(s): failed to copy: httpReadSeeker: failed open: failed to do request: Get 111122223333.dkr.ecr.REGION.DOMAIN/shop/app:2.1: dial tcp 52.219.10.11:443: i/o timeout",
        CPC,
        Some(Service::S3),
        Cause::Timeout,
    ),
    (
        "CannotPullContainerError: Error response from daemon: Get \"https://111122223333.dkr.ecr.REGION.DOMAIN/v2/\": dial tcp: lookup 111122223333.dkr.ecr.REGION.DOMAIN on 169.254.169.253:53: no such host",
        CPC,
        DKR,
        Cause::Dns,
    ),
    (
        "CannotPullContainerError: Error response from daemon: pull access denied for 111122223333.dkr.ecr.REGION.DOMAIN/shop/app, repository does not exist or may require 'docker login'",
        CPC,
        DKR,
        Cause::Unknown,
    ),
    (
        "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref 111122223333.dkr.ecr.REGION.DOMAIN/shop/app:9.9: 111122223333.dkr.ecr.REGION.DOMAIN/shop/app:9.9: not found",
        CPC,
        DKR,
        Cause::NotFound,
    ),
    (
        "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref 111122223333.dkr.ecr.REGION.DOMAIN/app:1: unexpected status from HEAD request to https://111122223333.dkr.ecr.REGION.DOMAIN/v2/app/manifests/1: 403 Forbidden",
        CPC,
        DKR,
        Cause::AccessDenied,
    ),
    (
        "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref ghcr.io/acme/REGION:1: failed to do request: Head \"https://ghcr.io/v2/acme/REGION/manifests/1\": dial tcp 140.82.1.2:443: i/o timeout",
        CPC,
        HUB,
        Cause::Timeout,
    ),
    (
        "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref quay.io/acme/REGION:1: failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://quay.io/v2/auth: 401 Unauthorized",
        CPC,
        HUB,
        Cause::AccessDenied,
    ),
    (
        "CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: httpReadSeeker: failed open: unexpected status code https://registry-1.docker.io/v2/acme/REGION/manifests/sha256:aa: 429 Too Many Requests - Server message: toomanyrequests: You have reached your pull rate limit.",
        CPC,
        HUB,
        Cause::Throttled,
    ),
    (
        "CannotPullImageManifestError: Error response from daemon: manifest for 111122223333.dkr.ecr.REGION.DOMAIN/app:v3 not found: manifest unknown: Requested image not found",
        "CannotPullImageManifestError",
        DKR,
        Cause::NotFound,
    ),
    (
        "CannotPullContainerError: image Manifest does not contain descriptor matching platform 'linux/arm64' (REGION)",
        CPC,
        None,
        Cause::PlatformMismatch,
    ),
    (
        "CannotPullContainerError: failed to register layer: Error processing tar file(exit status 1): write /REGION/lib.so: no space left on device",
        CPC,
        None,
        Cause::DiskFull,
    ),
];
