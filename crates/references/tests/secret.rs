//! Secrets Manager references, by the tables of "Pass Secrets Manager secrets through Amazon ECS environment variables"
//! (ECS Developer Guide) and the field count of the open-source agent.

#![cfg(test)]

mod common;

use common::{odd, plain, refused};
use references::{MalformedKind as M, OddityKind as O, SecretReference, ValueFrom};

const BASE: &str = "arn:aws:secretsmanager:us-east-1:111122223333:secret";

fn secret(text: &str) -> SecretReference {
    match plain(ValueFrom::parse, text) {
        ValueFrom::Secret(secret) => secret,
        other => panic!("{other:?}"),
    }
}

fn bad(text: &str, kind: M, corrected: Option<&str>) {
    let whole = |text: &str| {
        if text.starts_with(':') {
            format!("{BASE}{text}")
        } else {
            text.to_owned()
        }
    };
    refused(ValueFrom::parse, &whole(text), kind, corrected.map(whole).as_deref());
}

#[test]
fn the_documented_forms() {
    let whole = secret(&format!("{BASE}:appauthexample-AbC1eF"));
    assert_eq!(
        (whole.name(), whole.is_partial(), whole.has_parameters()),
        ("appauthexample", false, false)
    );
    assert_eq!(whole.region.as_str(), "us-east-1");
    assert_eq!(whole.account.as_str(), "111122223333");

    let key = secret(&format!("{BASE}:appauthexample-AbC1eF:username1::"));
    assert_eq!(key.json_key.as_deref(), Some("username1"));
    assert_eq!((key.version_stage, key.version_id), (None, None));

    let stage = secret(&format!("{BASE}:appauthexample-AbC1eF::AWSPREVIOUS:"));
    assert_eq!(stage.version_stage.as_deref(), Some("AWSPREVIOUS"));

    let id = "9d4cb84b-ad69-40c0-a0ab-cead36b967e8";
    let version = secret(&format!("{BASE}:appauthexample-AbC1eF:::{id}"));
    assert_eq!(version.version_id.as_deref(), Some(id));
    let all = secret(&format!("{BASE}:appauthexample-AbC1eF:username1:AWSPREVIOUS:"));
    assert!(all.has_parameters());
    assert_eq!(all.arn(), format!("{BASE}:appauthexample-AbC1eF"));
}

#[test]
fn names_may_hold_more_than_letters() {
    for name in ["prod/db_1+a=b.c@d-Ab12cD", "rds!db-1f2e-4a5b-Ab12cD", "a/b/c-zZ9zZ9"] {
        assert_eq!(secret(&format!("{BASE}:{name}")).name_with_suffix, name);
    }
}

#[test]
fn empty_parameters_are_the_whole_secret() {
    let parsed = ValueFrom::parse(&format!("{BASE}:db-Ab12cD:::")).unwrap();
    assert_eq!(parsed.value, ValueFrom::parse(&format!("{BASE}:db-Ab12cD")).unwrap().value);
}

#[test]
fn other_partitions() {
    secret("arn:aws-cn:secretsmanager:cn-north-1:111122223333:secret:db-Ab12cD");
    secret("arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:db-Ab12cD:k::");
    secret("arn:aws-eusc:secretsmanager:eusc-de-east-1:111122223333:secret:db-Ab12cD");
}

#[test]
fn two_or_five_fields() {
    bad(":db-Ab12cD«:password»", M::SecretFields { found: 3 }, Some(":db-Ab12cD:password::"));
    bad(
        ":db-Ab12cD«:password:»",
        M::SecretFields { found: 4 },
        Some(":db-Ab12cD:password::"),
    );
    bad(
        ":db-Ab12cD«:password:AWSCURRENT»",
        M::SecretFields { found: 4 },
        Some(":db-Ab12cD:password:AWSCURRENT:"),
    );
    bad(
        ":db-Ab12cD«:AWSPREVIOUS»",
        M::SecretFields { found: 3 },
        Some(":db-Ab12cD::AWSPREVIOUS:"),
    );
    bad(":db-Ab12cD«:»", M::SecretFields { found: 3 }, Some(":db-Ab12cD"));
    bad(":db-Ab12cD«::»", M::SecretFields { found: 4 }, Some(":db-Ab12cD"));
    bad(
        ":db-Ab12cD:password::«:»",
        M::SecretFields { found: 6 },
        Some(":db-Ab12cD:password::"),
    );
    bad(":db-Ab12cD:a::«:b»", M::SecretFields { found: 6 }, None);
    bad(":«secret»:db-Ab12cD", M::SecretFields { found: 3 }, Some(":db-Ab12cD"));
    bad(":«»", M::EmptyName, None);
}

#[test]
fn stage_and_id_exclude_each_other() {
    let id = "9d4cb84b-ad69-40c0-a0ab-cead36b967e8";
    bad(&format!(":db-Ab12cD:k:«AWSCURRENT:{id}»"), M::StageAndVersion, None);
}

#[test]
fn a_stage_in_the_place_of_the_id() {
    bad(":db-Ab12cD:k::«AWSPREVIOUS»", M::VersionIdLength, Some(":db-Ab12cD:k:AWSPREVIOUS:"));
    bad(":db-Ab12cD:k::«3»", M::VersionIdLength, None);
    let id = "9d4cb84b-ad69-40c0-a0ab-cead36b967e8";
    let corrected = format!("{BASE}:db-Ab12cD:k::{id}");
    odd(
        ValueFrom::parse,
        &format!("{BASE}:db-Ab12cD:k:«{id}»:"),
        O::StageLooksLikeVersionId,
        Some(&corrected),
    );
}

#[test]
fn the_resource_begins_with_secret_and_a_colon() {
    let expected = || M::ResourceType { expected: "secret:" };
    let base = "arn:aws:secretsmanager:us-east-1:111122223333";
    let right = format!("{BASE}:db-Ab12cD");
    bad(&format!("{base}:«secret/db-Ab12cD»"), expected(), Some(&right));
    bad(&format!("{base}:«secrets»:db-Ab12cD"), expected(), Some(&right));
    bad(&format!("{base}:«db-Ab12cD»"), expected(), Some(&right));
}

#[test]
fn region_and_account() {
    let of = |region: &str, account: &str| format!("arn:aws:secretsmanager:{region}:{account}:secret:db-Ab12cD");
    let right = of("us-east-1", "111122223333");
    bad(&of("«us-east-1a»", "111122223333"), M::Region, Some(&right));
    bad(&of("«us_east_1»", "111122223333"), M::Region, Some(&right));
    bad(&of("«»", "111122223333"), M::Region, None);
    bad(&of("us-east-1", "«11112222333»"), M::Account, None);
    bad(&of("us-east-1", "«»"), M::Account, None);
    bad(&of("us-east-1", "«1111-2222-3333»"), M::Account, Some(&right));
    bad(&of("«${Region}»", "111122223333"), M::Placeholder, None);
    odd(ValueFrom::parse, &of("«us-esat-1»", "111122223333"), O::UnknownRegion, Some(&right));
    odd(ValueFrom::parse, &of("«ap-southeast-9»", "111122223333"), O::UnknownRegion, None);
    odd(ValueFrom::parse, &of("«ue-east-1»", "111122223333"), O::UnknownRegion, Some(&right));
    odd(ValueFrom::parse, &of("«nz-north-1»", "111122223333"), O::UnknownRegion, None);
    let cn = "arn:«aws»:secretsmanager:cn-north-1:111122223333:secret:db-Ab12cD";
    let right = "arn:aws-cn:secretsmanager:cn-north-1:111122223333:secret:db-Ab12cD";
    odd(ValueFrom::parse, cn, O::PartitionMismatch, Some(right));
}

#[test]
fn what_was_hidden_is_no_mistake() {
    for account in ["xxxxxxxxxxxx", "<account>", "ACCOUNT_ID", "************", "1111xxxx3333"] {
        let text = format!("arn:aws:secretsmanager:us-east-1:{account}:secret:db-Ab12cD");
        let parsed = ValueFrom::parse(&text).unwrap();
        assert!(parsed.is_redacted(), "{account}");
        let ValueFrom::Secret(secret) = parsed.value else { panic!() };
        assert!(secret.account.is_redacted());
    }
    assert!(ValueFrom::parse(&format!("{BASE}:db-******")).unwrap().is_redacted());
    assert!(ValueFrom::parse(&format!("{BASE}:[redacted]:key::")).unwrap().is_redacted());
}

#[test]
fn the_six_characters() {
    odd(ValueFrom::parse, &format!("{BASE}:db«»"), O::PartialArn, None);
    odd(ValueFrom::parse, &format!("{BASE}:db«»:password::"), O::PartialArn, None);
    odd(ValueFrom::parse, &format!("{BASE}:db-«secret»"), O::SuffixLooksLikeWord, None);
    odd(ValueFrom::parse, &format!("{BASE}:db-«202401»"), O::SuffixLooksLikeWord, None);
    let parsed = ValueFrom::parse(&format!("{BASE}:my-secret")).unwrap();
    let ValueFrom::Secret(secret) = parsed.value else { panic!() };
    let split = secret.split();
    assert_eq!((split.name, split.suffix, split.doubtful), ("my", Some("secret"), true));
    bad(":db«-??????»", M::Wildcard, Some(":db"));
    bad(":db«-*»:k::", M::Wildcard, Some(":db:k::"));
}

#[test]
fn other_services_and_broken_beginnings() {
    let arn = |service: &str| format!("arn:aws:{service}:us-east-1:111122223333:secret:db-Ab12cD");
    let right = arn("secretsmanager");
    bad(
        &arn("«secretmanager»"),
        M::Service {
            found: "secretmanager".into(),
        },
        Some(&right),
    );
    bad("arn:aws:«s3»:::bucket/key", M::Service { found: "s3".into() }, None);
    bad(
        "«aws:»secretsmanager:us-east-1:111122223333:secret:db-Ab12cD",
        M::NotAnArn,
        Some(&right),
    );
    bad(
        "«rn:a»ws:secretsmanager:us-east-1:111122223333:secret:db-Ab12cD",
        M::NotAnArn,
        Some(&right),
    );
    bad(
        "«ARN:»aws:secretsmanager:us-east-1:111122223333:secret:db-Ab12cD",
        M::NotAnArn,
        Some(&right),
    );
    bad("arn:aws:secretsmanager:us-east-1:111122223333«»", M::ArnFields { found: 5 }, None);
    bad(&format!("« »{right}"), M::Whitespace, Some(&right));
    bad(&format!("{right}« »"), M::Whitespace, Some(&right));
    bad(
        &format!("{right}:password::« »"),
        M::Whitespace,
        Some(&format!("{right}:password::")),
    );
    bad(&format!("«\"»{right}\""), M::Quoted, Some(&right));
    bad("«»", M::Empty, None);
}

#[test]
fn several_mistakes_are_put_right_at_once() {
    bad(
        "arn:aws:«secretmanager»:us-east-1a:111122223333:secret:db-Ab12cD:password",
        M::Service {
            found: "secretmanager".into(),
        },
        Some(&format!("{BASE}:db-Ab12cD:password::")),
    );
}

#[test]
fn a_json_key_joined_by_another_character() {
    let meant = Some(":db-AbC1eF:password::");
    bad(":db-AbC1eF«#password»", M::Character('#'), meant);
    bad(":db-AbC1eF«[password]»", M::Character('['), meant);
    bad(":db-AbC1eF.password«::»", M::SecretFields { found: 4 }, meant);
    bad(":db-AbC1eF/password«:»", M::SecretFields { found: 3 }, meant);
    let corrected = format!("{BASE}:db-AbC1eF:password::");
    odd(
        ValueFrom::parse,
        &format!("{BASE}:db-AbC1eF«.password»"),
        O::JsonKeyInName,
        Some(&corrected),
    );
    let staged = format!("{BASE}:db-AbC1eF:password:AWSPREVIOUS:");
    odd(
        ValueFrom::parse,
        &format!("{BASE}:db-AbC1eF«/password»::AWSPREVIOUS:"),
        O::JsonKeyInName,
        Some(&staged),
    );
    // A name of several levels, each of which ends as an ARN does.
    let whole = secret(&format!("{BASE}:db-AbC1eF/key-XyZ9aB"));
    assert_eq!(whole.name(), "db-AbC1eF/key");
}
