//! Which service the text names.

use super::hosts::{service_of_host, service_of_image};
use super::kinds::{Service, Stage};
use super::quoted::Quoted;
use super::squeezed::Squeezed;

/// The service, or `None` where the text names none.
pub(super) fn service(squeezed: &Squeezed, stage: Stage, quoted: &Quoted) -> Option<Service> {
    if behind_kms(squeezed, quoted) {
        return Some(Service::Kms);
    }
    let host = quoted.host.as_deref().and_then(service_of_host);
    match stage {
        Stage::RoleAssumption => Some(Service::Sts),
        Stage::EnvFile => Some(Service::S3),
        Stage::Volume => squeezed.any(&["efs", "mount.nfs4"]).then_some(Service::Efs),
        Stage::LogDriver => log_driver(squeezed, host),
        Stage::RegistryAuth => registry_auth(squeezed, host),
        Stage::SecretFetch | Stage::SecretsOrRegistryAuth => secret(squeezed, host),
        Stage::ImagePull => image(squeezed, quoted, host),
        Stage::NetworkSetup | Stage::Other => host,
    }
}

/// Signs that AWS KMS was asked on behalf of another service and said no.
fn behind_kms(squeezed: &Squeezed, quoted: &Quoted) -> bool {
    squeezed.any(&[
        "accesstokmsisnot",
        "invalidkeyid",
        "kmsinvalidstateexc",
        "service:awskms",
        "service:kms",
        "ciphertextrefersto",
        "operationerrorkms",
        "kmskey",
        "://kms.",
    ]) || quoted
        .action
        .as_deref()
        .is_some_and(|action| action.to_ascii_lowercase().starts_with("kms:"))
}

fn log_driver(squeezed: &Squeezed, host: Option<Service>) -> Option<Service> {
    if squeezed.has("firelenss3config") {
        return Some(Service::S3);
    }
    let named = squeezed.any(&["cloudwatch", "loggroup", "logstream", "logs:", "awslogs", "://logs."]);
    host.or_else(|| named.then_some(Service::Logs))
}

fn registry_auth(squeezed: &Squeezed, host: Option<Service>) -> Option<Service> {
    if squeezed.any(&[
        "asmfetching",
        "fromasm",
        "asmauth",
        "privateregistry",
        "cannotpullcontainerautherror",
    ]) {
        return Some(Service::SecretsManager);
    }
    host.or_else(|| squeezed.has("ecr").then_some(Service::EcrApi))
}

/// The step's own words first, then the call, then the host, then the mere name.
fn secret(squeezed: &Squeezed, host: Option<Service>) -> Option<Service> {
    const WORDS: [(Service, &[&str]); 6] = [
        (
            Service::SecretsManager,
            &[
                "secretfromasm",
                "secretdatafromawssecretsmanager",
                "failedtofetchsecret",
                "asmsecretresource",
            ],
        ),
        (
            Service::Ssm,
            &[
                "secretsfromssm",
                "secretdatafromssm",
                "secretsfromawssystemsmanager",
                "ssmsecretresource",
                "invalidssmparameter",
            ],
        ),
        (
            Service::SecretsManager,
            &["operationerrorsecretsmanager", "secretsmanager:getsecretvalue"],
        ),
        (Service::Ssm, &["operationerrorssm", "ssm:getparameter"]),
        (
            Service::SecretsManager,
            &[
                "secretfromsecretsmanager",
                "fromawssecretsmanager",
                "secretsmanagercantfind",
                "awssecretsmanager",
                "secretsmanagersecret",
                ":secretsmanager:",
                "fromsecretsmanager",
                "operationonthesecretbecause",
                "asmfetching",
            ],
        ),
        (Service::Ssm, &["systemsmanager", "parameterstore", ":ssm:"]),
    ];
    let words = |rows: &[(Service, &[&str])]| rows.iter().find(|(_, phrases)| squeezed.any(phrases)).map(|(service, _)| *service);
    words(WORDS.get(..4).unwrap_or_default())
        .or(host.filter(|host| *host != Service::Registry))
        .or_else(|| words(WORDS.get(4..).unwrap_or_default()))
}

fn image(squeezed: &Squeezed, quoted: &Quoted, host: Option<Service>) -> Option<Service> {
    let action = quoted.action.as_deref().map(str::to_ascii_lowercase).unwrap_or_default();
    if squeezed.any(&["starport-layer-bucket", "redactedecrurl"]) || action.starts_with("s3:") || host == Some(Service::S3) {
        return Some(Service::S3);
    }
    if action.starts_with("ecr:") {
        return Some(Service::EcrDkr);
    }
    if quoted.host.is_some() {
        // A host of AWS that is none of the start's services, or not of AWS at all, is a registry of its own.
        return Some(host.unwrap_or(Service::Registry));
    }
    let image = quoted.image.as_deref().and_then(service_of_image);
    // Layers of Amazon ECR come from Amazon S3; the runtime prints the image's name where the URL was.
    let layer = squeezed.any(&["httpreadseeker:failedopen:failedtodo", "httpreaderseeker:failedopen:failedtodo"]);
    match image {
        Some(Service::EcrDkr) if layer => return Some(Service::S3),
        Some(_) => return image,
        None => {}
    }
    if squeezed.any(&["amazonecrrepository", "taskandamazonecr"]) || names_ecr_host(squeezed) {
        return Some(Service::EcrDkr);
    }
    squeezed
        .any(&[
            "docker.io",
            "docker.com",
            "dockerhub",
            "ghcr.io",
            "quay.io",
            "gcr.io",
            "public.ecr.aws",
            "registry.gitlab.com",
            "azurecr.io",
            "pkg.dev",
            "mcr.microsoft.com",
        ])
        .then_some(Service::Registry)
}

/// A registry host of Amazon ECR anywhere in the text, with its whole domain.
fn names_ecr_host(squeezed: &Squeezed) -> bool {
    squeezed.text().split(".dkr.ecr").skip(1).any(|tail| {
        let host = tail.split(['/', ':', ',']).next().unwrap_or_default();
        tail.len() > host.len() && service_of_host(&format!("x.dkr.ecr{host}")) == Some(Service::EcrDkr)
    })
}
