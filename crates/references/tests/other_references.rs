//! Registry credentials, environment files, credential specs, log options.

#![cfg(test)]

mod common;

use common::{odd, plain, refused};
use references::*;

use MalformedKind as M;
use OddityKind as O;

const SECRET: &str = "arn:aws:secretsmanager:us-east-1:111122223333:secret:hub-Ab12cD";

#[test]
fn registry_credentials() {
    let bad = |text: &str, kind, corrected: Option<&str>| refused(CredentialsParameter::parse, text, kind, corrected);
    assert_eq!(plain(CredentialsParameter::parse, "dockerhub").name(), "dockerhub");
    assert_eq!(plain(CredentialsParameter::parse, "prod/dockerhub").name(), "prod/dockerhub");
    assert_eq!(plain(CredentialsParameter::parse, SECRET).name(), "hub");
    bad(&format!("{SECRET}«:username::»"), M::JsonKeyNotAllowed, Some(SECRET));
    bad(&format!("{SECRET}«:username»"), M::JsonKeyNotAllowed, Some(SECRET));
    bad(&format!("{SECRET}«:::»"), M::JsonKeyNotAllowed, Some(SECRET));
    let parameter = "arn:aws:«ssm»:us-east-1:111122223333:parameter/hub";
    bad(parameter, M::Service { found: "ssm".into() }, None);
    bad("docker« »hub", M::Whitespace, None);
    odd(CredentialsParameter::parse, "hub«-Ab12cD»", O::SecretSuffixInName, Some("hub"));
}

#[test]
fn environment_files() {
    let bad = |text: &str, kind, corrected: Option<&str>| refused(EnvFile::parse, text, kind, corrected);
    let file = plain(EnvFile::parse, "arn:aws:s3:::bucket/path/app.env");
    assert_eq!((file.object.bucket.as_str(), file.object.key.as_str()), ("bucket", "path/app.env"));
    assert_eq!(file.object.bucket_arn(), "arn:aws:s3:::bucket");
    plain(EnvFile::parse, "arn:aws-cn:s3:::bucket/.env");
    odd(EnvFile::parse, "arn:aws:s3:::bucket/path/«app.txt»", O::NotDotEnv, None);
    odd(EnvFile::parse, "arn:aws:s3:::bucket/«app.ENV»", O::NotDotEnv, None);
    odd(EnvFile::parse, "arn:aws:s3:::bucket/«${Stage}».env", O::Placeholder, None);
    bad("arn:aws:s3:::«${Bucket}»/app.env", M::Placeholder, None);
    let right = Some("arn:aws:s3:::bucket/app.env");
    bad("«s3://»bucket/app.env", M::S3Address, right);
    bad("«https://»bucket.s3.us-east-1.amazonaws.com/app.env", M::S3Address, right);
    bad("«https://»s3.us-east-1.amazonaws.com/bucket/app.env", M::S3Address, right);
    bad(
        "«https://»bucket.s3.cn-north-1.amazonaws.com.cn/app.env",
        M::S3Address,
        Some("arn:aws-cn:s3:::bucket/app.env"),
    );
    bad("«https://»example.com/app.env", M::S3Address, None);
    bad("arn:aws:s3:«us-east-1:111122223333»:bucket/app.env", M::S3RegionOrAccount, right);
    bad("arn:aws:s3:«us-east-1:»:bucket/app.env", M::S3RegionOrAccount, right);
    bad("arn:aws:s3:::«/»bucket/app.env", M::BucketName, right);
    bad("arn:aws:s3:::bucket«»", M::NoObject, None);
    bad("arn:aws:s3:::bucket/«»", M::NoObject, None);
    bad(
        "arn:aws:«ssm»:us-east-1:111122223333:parameter/x",
        M::Service { found: "ssm".into() },
        None,
    );
    bad("« »arn:aws:s3:::bucket/app.env", M::Whitespace, right);
    bad("arn:aws:s3::bucket/app.env«»", M::ArnFields { found: 5 }, right);
    bad("arn:aws:s3:bucket/app.env«»", M::ArnFields { found: 4 }, right);
    bad("arn:aws:s3:::«:bucket»/app.env", M::BucketName, right);
    bad("«»bucket/app.env", M::NotAnArn, right);
}

#[test]
fn credential_specs() {
    let bad = |text: &str, kind, corrected: Option<&str>| refused(CredentialSpec::parse, text, kind, corrected);
    let s3 = plain(CredentialSpec::parse, "credentialspecdomainless:arn:aws:s3:::bucket/spec.json");
    assert!(s3.domainless && matches!(s3.source, CredentialSpecSource::Object(_)));
    let ssm = plain(
        CredentialSpec::parse,
        "credentialspec:arn:aws:ssm:us-east-1:111122223333:parameter/spec",
    );
    assert!(!ssm.domainless && matches!(ssm.source, CredentialSpecSource::Parameter(_)));
    plain(CredentialSpec::parse, "credentialspec:file://spec.json");
    bad(
        "«»arn:aws:s3:::bucket/spec.json",
        M::CredentialSpecPrefix,
        Some("credentialspec:arn:aws:s3:::bucket/spec.json"),
    );
    bad(
        "«credentialsspec»:arn:aws:s3:::bucket/spec.json",
        M::CredentialSpecPrefix,
        Some("credentialspec:arn:aws:s3:::bucket/spec.json"),
    );
    bad(
        "«credentialspecdomainlesss»: arn:aws:s3:::bucket/spec.json",
        M::CredentialSpecPrefix,
        Some("credentialspecdomainless:arn:aws:s3:::bucket/spec.json"),
    );
    bad(
        "«credentialspec»=file://x",
        M::CredentialSpecPrefix,
        Some("credentialspec:file://x"),
    );
    bad(
        "«CredentialSpec»:file://x",
        M::CredentialSpecPrefix,
        Some("credentialspec:file://x"),
    );
    bad(
        "credentialspec:arn:aws:ssm:us-east-1:111122223333:parameter/«/»a/b",
        M::DoubledSlash,
        Some("credentialspec:arn:aws:ssm:us-east-1:111122223333:parameter/a/b"),
    );
    bad(
        &format!("credentialspec:{}", SECRET.replace("secretsmanager", "«secretsmanager»")),
        M::Service {
            found: "secretsmanager".into(),
        },
        None,
    );
}

#[test]
fn log_options() {
    let read = AwslogsOptions::parse(
        [
            ("awslogs-group", "/ecs/app"),
            ("awslogs-region", "eu-west-1"),
            ("awslogs-create-group", "true"),
            ("awslogs-stream-prefix", "ecs"),
            ("mode", "non-blocking"),
        ],
        true,
    );
    assert_eq!(read.group.as_deref(), Some("/ecs/app"));
    assert_eq!(read.region.unwrap().as_str(), "eu-west-1");
    assert!(read.create_group);
    assert_eq!(read.problems, []);

    let read = AwslogsOptions::parse([("awslogs-groups", "x"), ("awslogs-region", "us-east-1a")], true);
    assert_eq!(
        read.problems,
        [
            LogOptionProblem::Misspelt {
                option: "awslogs-groups".into(),
                meant: "awslogs-group"
            },
            LogOptionProblem::BadValue {
                option: "awslogs-region",
                value: "us-east-1a".into(),
                position: 0..10,
                corrected: Some("us-east-1".into())
            },
            LogOptionProblem::Missing { option: "awslogs-group" },
            LogOptionProblem::Missing {
                option: "awslogs-stream-prefix"
            },
        ]
    );
    let read = AwslogsOptions::parse(
        [
            ("awslogs-group", "arn:aws:logs:us-east-1:111122223333:log-group:/ecs/app:*"),
            ("awslogs-region", "us-east-1"),
        ],
        false,
    );
    let [LogOptionProblem::BadValue { position, corrected, .. }] = read.problems.as_slice() else {
        panic!()
    };
    assert_eq!((position.clone(), corrected.as_deref()), (3..4, Some("/ecs/app")));
}
