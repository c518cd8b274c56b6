//! Whatever the text: no parser panics, positions are within it, corrections parse, and what is printed is read again.

#![cfg(test)]

use proptest::prelude::*;
use references::*;
use std::fmt::{Debug, Display};

fn holds<T: Debug + Display + PartialEq>(text: &str, parse: impl Fn(&str) -> Result<Parsed<T>, Malformed>) -> Result<(), TestCaseError> {
    match parse(text) {
        Err(malformed) => {
            prop_assert!(text.get(malformed.position.clone()).is_some(), "{:?} in {:?}", malformed, text);
            if let Some(corrected) = malformed.corrected {
                prop_assert!(parse(&corrected).is_ok(), "{} -> {}", text, corrected);
            }
        }
        Ok(parsed) => {
            let printed = parsed.value.to_string();
            match parse(&printed) {
                Ok(again) => prop_assert_eq!(&again.value, &parsed.value),
                Err(malformed) => prop_assert!(false, "{} -> {}: {:?}", text, printed, malformed),
            }
            for oddity in parsed.oddities {
                prop_assert!(text.get(oddity.position.clone()).is_some(), "{:?} in {:?}", oddity, text);
                if let Some(corrected) = oddity.corrected {
                    prop_assert!(corrected != text);
                }
            }
        }
    }
    Ok(())
}

fn all(text: &str) -> Result<(), TestCaseError> {
    holds(text, ValueFrom::parse)?;
    holds(text, CredentialsParameter::parse)?;
    holds(text, EnvFile::parse)?;
    holds(text, CredentialSpec::parse)?;
    holds(text, ImageReference::parse)?;
    let _ = nearest_regions(text);
    let _ = near_registry_host(text);
    let name = ServiceName::parse(text);
    prop_assert_eq!(name.as_str(), text);
    Ok(())
}

/// Texts made of the pieces that references are made of, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "arn:", "aws", "aws-cn", ":", "::", "/", "//", "secretsmanager", "ssm", "s3", "us-east-1", "cn-north-1",
            "us-esat-1", "111122223333", "11112222", "secret:", "parameter/", "secret", "-Ab12cD", "db", "AWSCURRENT",
            "9d4cb84b-ad69-40c0-a0ab-cead36b967e8", "/aws/reference/secretsmanager/", "credentialspec:", "file://",
            "s3://", "https://", ".env", "${X}", "{{", "**", "<x>", "-??????", "-*", " ", "\"", "dkr.ecr.", ".amazonaws.com",
            "@sha256:", "@", "latest", "nginx", "é", "日本", "public.ecr.aws", "[", "]", ".", "_", "A",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,3}",
        1 => "[a-f0-9]{64}",
    ];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

/// A right reference with one character put in, left out or replaced.
fn damaged() -> impl Strategy<Value = String> {
    let right = prop::sample::select(vec![
        "arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/db-Ab12cD:password:AWSCURRENT:",
        "arn:aws:ssm:us-east-1:111122223333:parameter/prod/db:3",
        "/aws/reference/secretsmanager/prod/db",
        "arn:aws:s3:::bucket/path/app.env",
        "credentialspec:arn:aws:ssm:us-east-1:111122223333:parameter/spec",
        "111122223333.dkr.ecr.us-east-1.amazonaws.com/team/app:v1",
        "registry.example.com:5000/team/app@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ]);
    (right, any::<prop::sample::Index>(), 0..3_u8, any::<char>()).prop_map(|(right, at, how, c)| {
        let mut letters: Vec<char> = right.chars().collect();
        let at = at.index(letters.len());
        match how {
            0 => letters.insert(at, c),
            1 => drop(letters.remove(at)),
            _ => letters[at] = c,
        }
        letters.into_iter().collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in "\\PC*") {
        all(&text)?;
    }

    #[test]
    fn any_pieces(text in pieces()) {
        all(&text)?;
    }

    #[test]
    fn any_damage(text in damaged()) {
        all(&text)?;
    }

    /// Every secret that Secrets Manager can have is read back as it was put together.
    #[test]
    fn secrets(
        name in "[A-Za-z0-9/_+=.@!]{1,40}",
        suffix in "[A-Za-z0-9]{6}",
        key in "[a-z_]{0,12}",
        stage in prop_oneof![Just(String::new()), "[A-Z]{1,20}"],
    ) {
        let arn = format!("arn:aws:secretsmanager:eu-west-1:111122223333:secret:{name}-{suffix}");
        let text = if key.is_empty() && stage.is_empty() { arn.clone() } else { format!("{arn}:{key}:{stage}:") };
        let parsed = ValueFrom::parse(&text).unwrap();
        prop_assert_eq!(parsed.value.to_string(), text);
        let ValueFrom::Secret(secret) = parsed.value else { return Err(TestCaseError::fail("no secret")) };
        prop_assert_eq!(secret.arn(), arn);
        prop_assert_eq!(secret.split().name, name);
        prop_assert_eq!(secret.json_key.unwrap_or_default(), key);
    }

    /// The nearest name does not depend on the order of the names.
    #[test]
    fn nearest_is_stable(wanted in "[a-c/]{1,6}", mut names in prop::collection::vec("[a-cA-C/]{1,6}", 0..8)) {
        let found = nearest(&wanted, names.iter().map(String::as_str));
        names.reverse();
        prop_assert_eq!(found, nearest(&wanted, names.iter().map(String::as_str)));
    }
}
