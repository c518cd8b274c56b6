//! Parameter Store references, by "Pass Systems Manager parameters through Amazon ECS environment variables" (ECS
//! Developer Guide) and the naming rules of `PutParameter`.

#![cfg(test)]

mod common;

use common::{odd, plain, refused};
use references::{Account, MalformedKind as M, NameMatch, OddityKind as O, ParameterReference, Region, ValueFrom};

const BASE: &str = "arn:aws:ssm:us-east-1:111122223333";

fn parameter(text: &str) -> ParameterReference {
    match plain(ValueFrom::parse, text) {
        ValueFrom::Parameter(parameter) => parameter,
        other => panic!("{other:?}"),
    }
}

fn bad(text: &str, kind: M, corrected: Option<&str>) {
    refused(ValueFrom::parse, text, kind, corrected);
}

fn strange(text: &str, kind: O, corrected: Option<&str>) {
    odd(ValueFrom::parse, text, kind, corrected);
}

#[test]
fn names() {
    assert_eq!(parameter("db_password").name, "db_password");
    assert_eq!(parameter("/prod/db.password-1").name, "/prod/db.password-1");
    assert_eq!(parameter("/aws/service/ami-amazon-linux-latest/al2023").owner, None);
}

#[test]
fn arns_merge_the_leading_slash() {
    assert_eq!(parameter(&format!("{BASE}:parameter/prod/db")).name, "/prod/db");
    let one = parameter(&format!("{BASE}:parameter/db"));
    assert_eq!(one.name, "db");
    assert_eq!(one.matches("db"), NameMatch::Same);
    assert_eq!(one.matches("/db"), NameMatch::SameInArn);
    assert_eq!(one.matches("DB"), NameMatch::Different);
    assert_eq!(parameter("db").matches("/db"), NameMatch::Different);
    bad(
        &format!("{BASE}:parameter/«/»prod/db"),
        M::DoubledSlash,
        Some(&format!("{BASE}:parameter/prod/db")),
    );
    bad(
        &format!("{BASE}:parameter«:»db"),
        M::ResourceType { expected: "parameter/" },
        Some(&format!("{BASE}:parameter/db")),
    );
    bad(
        &format!("{BASE}:«paramter»/db"),
        M::ResourceType { expected: "parameter/" },
        Some(&format!("{BASE}:parameter/db")),
    );
    bad(
        &format!("{BASE}:«»/prod/db"),
        M::ResourceType { expected: "parameter/" },
        Some(&format!("{BASE}:parameter/prod/db")),
    );
    bad(&format!("{BASE}:parameter«»"), M::EmptyName, None);
    bad(&format!("{BASE}:parameter/«»"), M::EmptyName, None);
}

#[test]
fn names_with_levels_are_fully_qualified() {
    bad("«»prod/db", M::NotFullyQualified, Some("/prod/db"));
    let deep = format!("/{}", vec!["a"; 16].join("/"));
    bad(&format!("«{deep}»"), M::Levels { found: 16 }, None);
    parameter(&format!("/{}", vec!["a"; 15].join("/")));
    strange("/prod«//»db", O::EmptyLevel, Some("/prod/db"));
    strange("/prod/db«/»", O::EmptyLevel, Some("/prod/db"));
    bad("«/»", M::EmptyName, None);
}

#[test]
fn characters() {
    bad("db« »password", M::Whitespace, None);
    bad("db«@»home", M::Character('@'), None);
    bad("/prod/«*»", M::Wildcard, None);
    bad("«${DbName}»", M::Placeholder, None);
    strange("db« »", O::Whitespace, Some("db"));
    strange("« »db", O::Whitespace, Some("db"));
    strange("«aws»key", O::ReservedPrefix, None);
}

#[test]
fn selectors() {
    strange("/prod/db«:3»", O::Selector, Some("/prod/db"));
    strange(
        &format!("{BASE}:parameter/prod/db«:live»"),
        O::Selector,
        Some(&format!("{BASE}:parameter/prod/db")),
    );
    bad("db:3«:4»", M::Selectors, None);
    bad("db«:»", M::Selectors, Some("db"));
    bad("https:«/»/db", M::Character('/'), None);
}

#[test]
fn parameters_as_other_tools_write_them() {
    bad("«{{resolve:ssm:/prod/db:3}}»", M::Placeholder, Some("/prod/db"));
    bad("«{{resolve:ssm-secure:db}}»", M::Placeholder, Some("db"));
    bad("«{{resolve:secretsmanager:prod/db:SecretString:password}}»", M::Placeholder, None);
    bad("«ssm:»/prod/db", M::NotAnArn, Some("/prod/db"));
}

#[test]
fn a_bare_secret_name_is_a_parameter_name() {
    let ValueFrom::Parameter(read) = ValueFrom::parse("my-database").unwrap().value else {
        panic!()
    };
    assert_eq!(read.name, "my-database");
    strange("prod-db-«Ab12cD»", O::LooksLikeSecretName, None);
    bad("«parameter/»prod/db", M::NotFullyQualified, Some("/prod/db"));
    let read = ValueFrom::parse("secret:prod-db").unwrap();
    let kinds: Vec<O> = read.oddities.into_iter().map(|oddity| oddity.kind).collect();
    assert_eq!(kinds, [O::LooksLikeArnResource, O::Selector]);
}

#[test]
fn accounts_and_regions() {
    let here = Region::parse("us-east-1").unwrap();
    let own = Account::parse("111122223333").unwrap();
    let other = Account::parse("444455556666").unwrap();
    let arn = parameter("arn:aws:ssm:eu-west-1:111122223333:parameter/db");
    assert_eq!(arn.region(&here).as_str(), "eu-west-1");
    assert_eq!(arn.is_cross_account(&own), Some(false));
    assert_eq!(arn.is_cross_account(&other), Some(true));
    assert_eq!(parameter("db").is_cross_account(&other), Some(false));
    assert_eq!(parameter("/a/db").region(&here), &here);
    assert_eq!(
        parameter("/a/db").arn("aws", &here, &own),
        "arn:aws:ssm:us-east-1:111122223333:parameter/a/db"
    );
    let ValueFrom::Parameter(hidden) = ValueFrom::parse("arn:aws:ssm:eu-west-1:xxxxxxxxxxxx:parameter/db").unwrap().value else {
        panic!()
    };
    assert_eq!(hidden.is_cross_account(&own), None);
    assert_eq!(parameter("arn:aws:ssm:us-east-1::parameter/aws/service/eks/x").account(), None);
}

#[test]
fn secrets_through_parameter_store() {
    let read = |text: &str| match ValueFrom::parse(text).unwrap().value {
        ValueFrom::SecretThroughParameterStore(secret) => secret,
        other => panic!("{other:?}"),
    };
    let name = read("/aws/reference/secretsmanager/prod/db+1");
    assert_eq!((name.secret.as_str(), name.selector()), ("prod/db+1", None));
    let arn = read(&format!("{BASE}:parameter/aws/reference/secretsmanager/db:AWSPREVIOUS"));
    assert_eq!((arn.secret.as_str(), arn.selector()), ("db", Some("AWSPREVIOUS")));
    assert_eq!(
        arn.to_string(),
        format!("{BASE}:parameter/aws/reference/secretsmanager/db:AWSPREVIOUS")
    );
    strange(
        "/aws/reference/secretsmanager/db«-Ab12cD»",
        O::SecretSuffixInName,
        Some("/aws/reference/secretsmanager/db"),
    );
    bad(
        "/aws/reference/secretsmanager/«arn:aws:secretsmanager:us-east-1:111122223333:secret:db-Ab12cD»",
        M::ArnInSecretPath,
        Some("/aws/reference/secretsmanager/db"),
    );
    bad("/aws/reference/secretsmanager/«»", M::EmptyName, None);
}
