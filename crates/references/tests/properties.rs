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

    /// The nearest name is one of those there are, and exactly itself where it is there.
    #[test]
    fn nearest_is_one_of_them(wanted in "[a-c/-]{1,8}", names in prop::collection::vec("[a-cA-C/-]{1,8}", 0..8)) {
        let found = nearest(&wanted, names.iter().map(String::as_str));
        if names.contains(&wanted) {
            prop_assert_eq!(&found, &Some(Near { text: wanted.clone(), difference: Difference::None }));
        }
        prop_assert!(found.is_none_or(|near| names.contains(&near.text)));
    }

    /// A mistake is the same from either side.
    #[test]
    fn a_difference_is_symmetric(a in "[a-cA-C/_.-]{1,10}", b in "[a-cA-C/_.-]{1,10}") {
        let between = |wanted: &str, existing: &str| nearest(wanted, [existing]).map(|near| near.difference);
        match (between(&a, &b), between(&b, &a)) {
            // How many edits are near depends on the length of what was wanted.
            (None, Some(Difference::Edit(_))) | (Some(Difference::Edit(_)), None) => {}
            (there, back) => prop_assert_eq!(there, back),
        }
    }

    /// One more name that is nearer, or not, never makes the answer worse.
    #[test]
    fn more_names_are_never_farther(wanted in "[a-c/]{2,8}", names in prop::collection::vec("[a-cA-C/]{1,8}", 1..8), more in "[a-cA-C/]{1,8}") {
        let before = nearest(&wanted, names.iter().map(String::as_str)).map(|near| near.difference);
        let after = nearest(&wanted, names.iter().chain([&more]).map(String::as_str)).map(|near| near.difference);
        let no_worse = match (before, after) {
            (Some(before), Some(after)) => after <= before,
            (before, _) => before.is_none(),
        };
        prop_assert!(no_worse);
    }

    /// The mistakes that have a name are told as such.
    #[test]
    fn mistakes_are_named(name in "/[a-z]{3,8}/[a-z]{3,8}") {
        let told = |wanted: &str| nearest(wanted, [name.as_str()]).map(|near| near.difference);
        prop_assert_eq!(told(&name.to_uppercase()), Some(Difference::Case));
        prop_assert_eq!(told(name.trim_start_matches('/')), Some(Difference::Slash));
        prop_assert_eq!(told(&format!("{name}/")), Some(Difference::Slash));
        prop_assert_eq!(told(&format!(" {name}")), Some(Difference::Whitespace));
        let arn = |region: &str, account: &str| format!("arn:aws:ssm:{region}:{account}:parameter{name}");
        let of = |wanted: &str, existing: &str| nearest(wanted, [existing]).map(|near| near.difference);
        let here = arn("us-east-1", "111122223333");
        prop_assert_eq!(of(&here, &arn("eu-west-1", "111122223333")), Some(Difference::Region));
        prop_assert_eq!(of(&here, &arn("us-east-1", "444455556666")), Some(Difference::Account));
    }

    /// A text that parses was meant for the registry that it names.
    #[test]
    fn a_text_is_meant_for_the_registry_that_it_names(text in prop_oneof![pieces(), damaged()]) {
        if let Ok(parsed) = ImageReference::parse(&text) {
            let meant = Registry::of_text(&text);
            // Upper case alone, or `localhost`, makes a host only of a reference that is right.
            if parsed.value.registry != meant {
                prop_assert_eq!(meant, Registry::DockerHub);
            }
        }
    }
}
