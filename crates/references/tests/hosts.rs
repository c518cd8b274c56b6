//! Host names, endpoint services and Regions, against the SDKs' own tables.
//!
//! `data/endpoints.tsv` is what the endpoint rule sets of botocore 1.43.11 (Apache-2.0) resolve to: service, Region,
//! dual-stack, FIPS, host (`-` where they refuse).

#![cfg(test)]

use references::*;

fn region(name: &str) -> Region {
    Region::parse(name).expect(name)
}

#[test]
fn every_host_is_the_one_that_the_sdks_call() {
    let mut compared = 0;
    for line in include_str!("data/endpoints.tsv").lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        let [service, at, dual_stack, fips, host] = columns.as_slice() else {
            panic!("{line}")
        };
        let service = match *service {
            "ecr" => Service::EcrApi,
            "ecr-public" => Service::EcrPublic,
            "secretsmanager" => Service::SecretsManager,
            "ssm" => Service::Ssm,
            "logs" => Service::Logs,
            "kms" => Service::Kms,
            "sts" => Service::Sts,
            "ecs" => Service::Ecs,
            "s3" => Service::S3,
            "efs" => Service::Efs,
            _ => continue,
        };
        let variant = Variant::of(*dual_stack == "1", *fips == "1");
        let ours = endpoint_host(service, &region(at), variant);
        // The rule sets also make up names for Regions in which ECR Public is not, and for FIPS, which it has not.
        if service == Service::EcrPublic && (*at != "us-east-1" || *fips == "1") {
            assert_eq!(ours, None);
            continue;
        }
        // No document names EFS's dual-stack hosts outside the commercial partitions and China.
        if service == Service::Efs && ours.is_none() {
            continue;
        }
        assert_eq!(ours.as_deref().unwrap_or("-"), *host, "{line}");
        compared += 1;
    }
    assert_eq!(compared, 316);
}

#[test]
fn every_known_region_belongs_to_its_partition() {
    for partition in Partition::ALL {
        assert_eq!(Partition::from_id(partition.id()), Some(partition));
        for name in known_regions(partition) {
            assert_eq!(RegionStanding::of(name), RegionStanding::Known(partition), "{name}");
            assert_eq!(nearest_regions(name), [*name]);
        }
    }
    assert_eq!(RegionStanding::of("ap-southeast-9"), RegionStanding::Plausible(Partition::Aws));
    assert_eq!(RegionStanding::of("nz-north-1"), RegionStanding::Plausible(Partition::Aws));
    for no in [
        "us-east-1a",
        "useast1",
        "",
        "us-east",
        "global",
        "US-EAST-1",
        "us-east-",
        "xx-east-1",
        "use1-az1",
    ] {
        assert_eq!(RegionStanding::of(no), RegionStanding::NotARegion, "{no}");
    }
    assert_eq!(nearest_regions("us-esat-1"), ["us-east-1"]);
    assert_eq!(nearest_regions("US_EAST_1"), ["us-east-1"]);
    assert_eq!(nearest_regions("us-est-1"), ["us-east-1", "us-west-1"]);
    assert!(nearest_regions("moon-base-1").is_empty());
    assert_eq!(nearest_regions("us.east.1"), ["us-east-1"]);
    assert!(nearest_regions("us.east.1x").is_empty());
}

#[test]
fn registries_and_layers() {
    let account = Account::parse("111122223333").unwrap();
    let host = |at: &str, variant| ecr_host(&account, &region(at), variant);
    assert_eq!(
        host("us-east-1", Variant::Standard).unwrap(),
        "111122223333.dkr.ecr.us-east-1.amazonaws.com"
    );
    assert_eq!(host("us-iso-east-1", Variant::DualStack), None);
    for partition in Partition::ALL {
        for at in known_regions(partition) {
            for variant in [Variant::Standard, Variant::DualStack, Variant::Fips, Variant::FipsDualStack] {
                let Some(host) = host(at, variant) else {
                    continue;
                };
                let read = EcrHost::parse(&host).expect(&host);
                assert_eq!((read.region.as_str(), read.variant), (*at, variant));
                assert_eq!(read.to_string(), host);
            }
        }
    }
    assert_eq!(
        layer_bucket_host(&region("cn-north-1"), Variant::Standard).unwrap(),
        "prod-cn-north-1-starport-layer-bucket.s3.cn-north-1.amazonaws.com.cn"
    );
    assert_eq!(EcrHost::parse("111122223333.dkr.ecr.us-east-1.on.aws"), None);
    assert_eq!(EcrHost::parse("11112222333.dkr.ecr.us-east-1.amazonaws.com"), None);
}

#[test]
fn endpoint_services_are_told_by_what_follows_the_region() {
    for (text, at, service) in [
        ("com.amazonaws.us-east-1.ecr.api", "us-east-1", Service::EcrApi),
        ("cn.com.amazonaws.cn-north-1.ecr.dkr", "cn-north-1", Service::EcrDkr),
        ("eu.amazonaws.eusc-de-east-1.ecr.api", "eusc-de-east-1", Service::EcrApi),
        ("gov.ic.c2s.us-iso-east-1.ecr.api", "us-iso-east-1", Service::EcrApi),
        ("uk.adc-e.cloud.eu-isoe-west-1.ecr.dkr", "eu-isoe-west-1", Service::EcrDkr),
        ("com.amazonaws.cn-north-1.s3", "cn-north-1", Service::S3),
        (
            "com.amazonaws.us-gov-west-1.secretsmanager",
            "us-gov-west-1",
            Service::SecretsManager,
        ),
    ] {
        let name = ServiceName::parse(text);
        assert!(name.is(service, &region(at)), "{text}");
        assert_eq!(name.to_string(), text);
    }
    let fips = ServiceName::parse("com.amazonaws.us-east-1.ecr-fips.api");
    assert_eq!(
        fips.service(),
        &EndpointService::Aws {
            service: Service::EcrApi,
            fips: true
        }
    );
    let fips = ServiceName::parse("com.amazonaws.us-east-1.secretsmanager-fips");
    assert_eq!(
        fips.service(),
        &EndpointService::Aws {
            service: Service::SecretsManager,
            fips: true
        }
    );
    assert!(!fips.is(Service::SecretsManager, &region("us-east-1")));
    let own = ServiceName::parse("com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0");
    assert_eq!(own.service(), &EndpointService::Customer);
    let express = ServiceName::parse("com.amazonaws.us-east-1.s3express");
    assert_eq!(express.service(), &EndpointService::Other("s3express".into()));
    assert_eq!(ServiceName::parse("com.amazonaws.s3-global.accesspoint").region(), None);
    let of = |service, at: &str, gateway| ServiceName::of(service, &region(at), gateway).map(|name| name.to_string());
    assert_eq!(of(Service::Logs, "us-east-1", false).unwrap(), "com.amazonaws.us-east-1.logs");
    assert_eq!(of(Service::S3, "cn-north-1", true).unwrap(), "com.amazonaws.cn-north-1.s3");
    assert_eq!(of(Service::S3, "cn-north-1", false).unwrap(), "cn.com.amazonaws.cn-north-1.s3");
    assert_eq!(
        of(Service::EcrApi, "us-isob-east-1", false).unwrap(),
        "gov.sgov.sc2s.us-isob-east-1.ecr.api"
    );
    assert_eq!(of(Service::Logs, "us-iso-east-1", false), None);
}

#[test]
fn private_names() {
    let names = |service, fips| private_dns_names(service, &region("us-east-1"), fips);
    let covers = |service, fips, host: &str| {
        names(service, fips)
            .into_iter()
            .find(|name| name.pattern.covers(host))
            .map(|name| name.newer)
    };
    let dkr = |host| covers(Service::EcrDkr, false, host);
    assert_eq!(dkr("111122223333.dkr.ecr.us-east-1.amazonaws.com"), Some(false));
    assert_eq!(dkr("dkr.ecr.us-east-1.amazonaws.com."), Some(false));
    assert_eq!(dkr("111122223333.dkr-ecr.us-east-1.on.aws"), Some(true));
    assert_eq!(dkr("111122223333.dkr.ecr.us-west-2.amazonaws.com"), None);
    assert_eq!(dkr("xdkr.ecr.us-east-1.amazonaws.com"), None);
    assert_eq!(dkr(".dkr.ecr.us-east-1.amazonaws.com"), None);
    assert_eq!(covers(Service::EcrApi, false, "api.ecr.us-east-1.amazonaws.com"), Some(false));
    assert_eq!(covers(Service::EcrApi, false, "ecr.us-east-1.api.aws"), Some(true));
    assert_eq!(covers(Service::EcrApi, true, "api.ecr.us-east-1.amazonaws.com"), None);
    assert_eq!(
        covers(Service::SecretsManager, false, "secretsmanager.us-east-1.amazonaws.com"),
        Some(false)
    );
    let bucket = layer_bucket_host(&region("us-east-1"), Variant::Standard).unwrap();
    assert_eq!(covers(Service::S3, false, &bucket), Some(false));
    assert_eq!(covers(Service::EcsAgent, false, "ecs-a.us-east-1.amazonaws.com"), Some(false));
}

#[test]
fn a_host_s_name_says_whether_it_answers_by_ipv6() {
    let place = region("eu-west-1");
    for (service, host, expected) in [
        (Service::EcrApi, "api.ecr.eu-west-1.amazonaws.com", Some(false)),
        (Service::EcrApi, "ecr.eu-west-1.api.aws", Some(true)),
        (Service::EcrDkr, "111122223333.dkr.ecr.eu-west-1.amazonaws.com", Some(false)),
        (Service::EcrDkr, "111122223333.dkr-ecr.eu-west-1.on.aws", Some(true)),
        (Service::EcrDkr, "111122223333.dkr.ecr-fips.eu-west-1.amazonaws.com", Some(false)),
        (Service::S3, "bucket.s3.eu-west-1.amazonaws.com", Some(false)),
        (Service::S3, "prod.bucket.s3.dualstack.eu-west-1.amazonaws.com", Some(true)),
        // One name for both families.
        (Service::SecretsManager, "secretsmanager.eu-west-1.amazonaws.com", Some(true)),
        (Service::Ssm, "ssm.eu-west-1.amazonaws.com", Some(false)),
        (Service::Ssm, "ssm.eu-west-1.api.aws", Some(true)),
        (Service::Logs, "logs.eu-west-1.api.aws", Some(true)),
        (Service::Ssm, "proxy.ssm.eu-west-1.api.aws", None),
        (Service::Ssm, "ssm.eu-west-2.api.aws", None),
    ] {
        assert_eq!(answers_by_ipv6(service, &place, host), expected, "{host}");
    }
}
