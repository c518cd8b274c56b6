//! Image references of every kind of registry: Docker's grammar, the ECR User Guide's hosts.

#![cfg(test)]

mod common;

use common::{odd, plain, refused};
use references::{ImageReference, MalformedKind as M, OddityKind as O, Registry, Variant};

const ECR: &str = "111122223333.dkr.ecr.us-east-1.amazonaws.com";

#[track_caller]
fn image(text: &str) -> ImageReference {
    let parsed = ImageReference::parse(text).expect(text);
    assert_eq!(parsed.oddities, [], "{text}");
    let again = ImageReference::parse(&parsed.value.to_string()).unwrap();
    assert_eq!(again.value, parsed.value);
    parsed.value
}

fn bad(text: &str, kind: M, corrected: Option<&str>) {
    refused(ImageReference::parse, text, kind, corrected);
}

fn strange(text: &str, kind: O, corrected: Option<&str>) {
    odd(ImageReference::parse, text, kind, corrected);
}

#[test]
fn docker_hub() {
    for (text, canonical) in [
        ("nginx", "docker.io/library/nginx"),
        ("nginx:1.25", "docker.io/library/nginx:1.25"),
        ("amazon/amazon-ecs-agent", "docker.io/amazon/amazon-ecs-agent"),
        ("docker.io/nginx", "docker.io/library/nginx"),
        ("index.docker.io/library/nginx", "docker.io/library/nginx"),
        ("docker.io/a/b:v1", "docker.io/a/b:v1"),
    ] {
        let read = image(text);
        assert_eq!(read.registry, Registry::DockerHub, "{text}");
        assert_eq!(read.to_string(), canonical);
    }
    assert_eq!(image("nginx").tag_or_latest(), Some("latest"));
    plain(ImageReference::parse, "docker.io/library/nginx:1.25");
}

#[test]
fn other_registries() {
    for (text, registry) in [
        ("public.ecr.aws/nginx/nginx:stable", Registry::EcrPublic),
        ("ghcr.io/owner/app:sha-1", Registry::GitHub),
        ("registry.gitlab.com/group/sub/app", Registry::GitLab),
        ("quay.io/prometheus/node-exporter:v1.8.1", Registry::Quay),
        ("mcr.microsoft.com/windows/servercore:ltsc2022", Registry::Microsoft),
        (
            "localhost/app",
            Registry::Other {
                host: "localhost".into(),
                port: None,
            },
        ),
        (
            "registry.example.com:5000/a/b:c",
            Registry::Other {
                host: "registry.example.com".into(),
                port: Some(5000),
            },
        ),
        (
            "[2001:db8::1]:5000/app",
            Registry::Other {
                host: "[2001:db8::1]".into(),
                port: Some(5000),
            },
        ),
    ] {
        assert_eq!(image(text).registry, registry, "{text}");
    }
    // Without a slash the part before the colon is a repository, not a host.
    assert_eq!(image("registry:5000").tag.as_deref(), Some("5000"));
}

#[test]
fn ecr_hosts() {
    for (host, region, variant) in [
        (ECR, "us-east-1", Variant::Standard),
        (
            "111122223333.dkr.ecr-fips.us-gov-west-1.amazonaws.com",
            "us-gov-west-1",
            Variant::Fips,
        ),
        ("111122223333.dkr-ecr.us-west-2.on.aws", "us-west-2", Variant::DualStack),
        ("111122223333.dkr-ecr-fips.us-west-2.on.aws", "us-west-2", Variant::FipsDualStack),
        ("111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn", "cn-north-1", Variant::Standard),
        (
            "111122223333.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn",
            "cn-north-1",
            Variant::DualStack,
        ),
        (
            "111122223333.dkr.ecr.eusc-de-east-1.amazonaws.eu",
            "eusc-de-east-1",
            Variant::Standard,
        ),
        ("111122223333.dkr.ecr.us-iso-east-1.c2s.ic.gov", "us-iso-east-1", Variant::Standard),
        (
            "111122223333.dkr.ecr.us-isob-east-1.sc2s.sgov.gov",
            "us-isob-east-1",
            Variant::Standard,
        ),
    ] {
        let read = image(&format!("{host}/team/app:1"));
        let ecr = read.registry.ecr().expect(host);
        assert_eq!(
            (ecr.account.as_str(), ecr.region.as_str(), ecr.variant),
            ("111122223333", region, variant)
        );
        assert_eq!(read.registry.host(), host);
        assert_eq!(read.repository, "team/app");
    }
    assert_eq!(
        image("111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/app")
            .repository_arn()
            .unwrap(),
        "arn:aws-cn:ecr:cn-north-1:111122223333:repository/app"
    );
}

#[test]
fn pull_through_prefixes() {
    let read = image(&format!("{ECR}/docker-hub/library/nginx:1"));
    assert_eq!(read.behind_prefix("docker-hub"), Some("library/nginx"));
    assert_eq!(read.behind_prefix("docker-hub/"), Some("library/nginx"));
    assert_eq!(read.behind_prefix("docker"), None);
    assert_eq!(read.behind_prefix("ROOT"), Some("docker-hub/library/nginx"));
    assert_eq!(image("ghcr.io/docker-hub/x").behind_prefix("docker-hub"), None);
}

#[test]
fn digests() {
    let hex = "a".repeat(64);
    let read = image(&format!("{ECR}/app:v1@sha256:{hex}"));
    assert_eq!(read.tag_or_latest(), None);
    assert_eq!(read.digest.unwrap().to_string(), format!("sha256:{hex}"));
    bad(&format!("app@«»{hex}"), M::Digest, Some(&format!("app@sha256:{hex}")));
    bad("app@sha256:«abc»", M::Digest, None);
    bad(&format!("app@«sha512»:{hex}"), M::Digest, None);
    bad("app@«»", M::Digest, None);
    bad(
        "docker.io/library/nginx@«latest»",
        M::Digest,
        Some("docker.io/library/nginx:latest"),
    );
    bad("nginx:1@«latest»", M::Digest, None);
}

#[test]
fn mistakes() {
    bad(&format!("«https://»{ECR}/app"), M::Scheme, Some(&format!("{ECR}/app")));
    let repository = "arn:aws:ecr:us-east-1:111122223333:repository/team/app:1";
    bad(
        &format!("«{repository}»"),
        M::ArnForImage,
        Some("111122223333.dkr.ecr.us-east-1.amazonaws.com/team/app:1"),
    );
    bad(
        "«arn:aws-cn:ecr:cn-north-1:111122223333:repository/app»",
        M::ArnForImage,
        Some("111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/app"),
    );
    bad("«arn:aws:s3:::layers/app»", M::ArnForImage, None);
    bad(&format!("{ECR}/«M»yApp:1"), M::UpperCase, Some(&format!("{ECR}/myapp:1")));
    bad(&format!("{ECR}/«/»app"), M::PathComponent, Some(&format!("{ECR}/app")));
    bad(&format!("{ECR}/app«/»"), M::PathComponent, Some(&format!("{ECR}/app")));
    bad(&format!("{ECR}«»"), M::NoRepository, None);
    bad(&format!("{ECR}«»:latest"), M::NoRepository, None);
    bad(&format!("{ECR}/«»:latest"), M::NoRepository, None);
    bad(&format!("{ECR}/app«:»"), M::EmptyTag, Some(&format!("{ECR}/app")));
    bad("app:«-»x", M::Tag, None);
    bad("app:1.2«:latest»", M::Tag, None);
    bad(&format!("app:{}«a»", "a".repeat(128)), M::Tag, None);
    bad("app:a«+»b", M::Tag, None);
    bad("team/«a..b»", M::PathComponent, None);
    bad("team/«-app»", M::PathComponent, None);
    bad("reg.example.com:«x»/app", M::Port, None);
    bad("«/»app", M::Host, Some("app"));
    bad("app« »", M::Whitespace, Some("app"));
    bad("app:« »v1", M::Whitespace, Some("app:v1"));
    bad("my« »app", M::Whitespace, None);
    bad("«N»ginx", M::UpperCase, Some("nginx"));
    bad("«${IMAGE}»", M::Placeholder, None);
}

#[test]
fn almost_a_registry() {
    let right = format!("{ECR}/app");
    for host in [
        "111122223333.dkr.ecr.us-east-1.amazonawss.com",
        "111122223333.dkr.erc.us-east-1.amazonaws.com",
        "111122223333.drk.ecr.us-east-1.amazonaws.com",
        "111122223333.dkr.ecr.us-east-1a.amazonaws.com",
        "111122223333.dkr.ecr.us-east-1.amazonaws.co",
    ] {
        strange(&format!("«{host}»/app"), O::NearRegistryHost, Some(&right));
    }
    strange(
        "«111122223333.dkr.ecr.cn-north-1.amazonaws.com»/app",
        O::NearRegistryHost,
        Some("111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/app"),
    );
    strange(
        "«public.ecr.aws.com»/nginx/nginx",
        O::NearRegistryHost,
        Some("public.ecr.aws/nginx/nginx"),
    );
    strange("111122223333.dkr.ecr.«us-esat-1».amazonaws.com/app", O::UnknownRegion, Some(&right));
    strange("«MyOrg»/app", O::UpperCaseHost, Some("myorg/app"));
    strange("«<account>».dkr.ecr.us-east-1.amazonaws.com/app", O::Redacted, None);
    strange("«xxxxxxxxxxxx».dkr.ecr.us-east-1.amazonaws.com/app", O::Redacted, None);
    for other in [
        "registry.example.com",
        "gcr.io",
        "ecr.example.com",
        "111122223333.example.com",
        "111122223333.dkr.ecr.us-east-1a.amazonaws.com.cn",
    ] {
        assert_eq!(references::near_registry_host(other), None);
    }
}
