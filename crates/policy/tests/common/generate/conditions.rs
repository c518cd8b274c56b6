//! Random conditions, and contexts that they look at.

use serde_json::{Map, Value as Json, json};

use super::{OTHER, OWN, ROLE, Random};

const KEYS: [(&str, &[&str]); 6] = [
    ("aws:SourceVpce", &["vpce-1111", "vpce-2222"]),
    ("aws:PrincipalTag/stage", &["prod", "dev"]),
    ("aws:PrincipalTag/team", &["team", "other"]),
    ("aws:PrincipalOrgID", &["o-aaaa", "o-bbbb"]),
    ("aws:RequestedRegion", &["eu-west-1", "us-east-1"]),
    ("aws:PrincipalAccount", &[OWN, OTHER]),
];

pub(super) fn condition(random: &mut Random) -> Json {
    let mut operators = Map::new();
    for _ in 0..=random.below(2) {
        let (operator, key, values) = entry(random);
        operators.insert(operator, json!({ key: values }));
    }
    Json::Object(operators)
}

fn entry(random: &mut Random) -> (String, String, Json) {
    let if_exists = if random.chance(20) { "IfExists" } else { "" };
    let one_or_two = |random: &mut Random, from: &[&str]| {
        if random.chance(60) {
            json!(random.pick(from))
        } else {
            json!([random.pick(from), random.pick(from)])
        }
    };
    match random.below(12) {
        0..=4 => {
            let (key, values) = KEYS[random.below(KEYS.len())];
            let operator = random.pick(&[
                "StringEquals",
                "StringNotEquals",
                "StringEqualsIgnoreCase",
                "StringNotEqualsIgnoreCase",
            ]);
            let mut values: Vec<String> = values.iter().map(|v| (*v).to_owned()).collect();
            if operator.contains("Case") {
                values.iter_mut().for_each(|v| *v = v.to_ascii_uppercase());
            }
            if random.chance(8) {
                values.push("${aws:PrincipalTag/team}".to_owned());
            }
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            let mut key = key.to_owned();
            if random.chance(20) {
                key = key.to_ascii_lowercase();
            }
            (format!("{operator}{if_exists}"), key, one_or_two(random, &values))
        }
        5 => {
            let operator = random.pick(&["StringLike", "StringNotLike"]);
            let values = one_or_two(random, &["vpce-*", "vpce-1??1", "*", "x*", "*2"]);
            (format!("{operator}{if_exists}"), "aws:SourceVpce".into(), values)
        }
        6 => {
            let operator = random.pick(&["IpAddress", "NotIpAddress"]);
            let nets = [
                "203.0.113.0/24",
                "203.0.113.7",
                "10.0.0.0/8",
                "2001:db8::/32",
                "0.0.0.0/0",
                "198.51.100.0/31",
            ];
            (format!("{operator}{if_exists}"), "aws:SourceIp".into(), one_or_two(random, &nets))
        }
        7 => (
            format!("Bool{if_exists}"),
            random.pick(&["aws:SecureTransport", "aws:ViaAWSService"]).into(),
            one_or_two(random, &["true", "false"]),
        ),
        8 => (
            "Null".into(),
            random
                .pick(&["aws:SourceVpce", "aws:PrincipalTag/team", "aws:PrincipalOrgPaths"])
                .into(),
            json!(random.pick(&["true", "false"])),
        ),
        9 => {
            let operator = random.pick(&["ArnLike", "ArnEquals", "ArnNotLike", "ArnNotEquals"]);
            let arns = [
                "arn:aws:iam::111122223333:role/ecsTaskExecutionRole",
                "arn:aws:iam::*:role/ecs*",
                "arn:aws:iam::444455556666:role/*",
                "arn:aws:iam::11112222????:role/*Role",
            ];
            (
                format!("{operator}{if_exists}"),
                "aws:PrincipalArn".into(),
                one_or_two(random, &arns),
            )
        }
        10 => {
            let set = random.pick(&["ForAllValues:", "ForAnyValue:"]);
            let operator = random.pick(&["StringEquals", "StringLike", "StringNotEquals", "StringNotLike"]);
            let values = one_or_two(random, &["o-aaaa/r-1/ou-1/", "o-aaaa/*", "o-bbbb/*", "o-bbbb/r-2/"]);
            (format!("{set}{operator}"), "aws:PrincipalOrgPaths".into(), values)
        }
        _ => match random.below(2) {
            0 => {
                let operator = random.pick(&[
                    "DateGreaterThan",
                    "DateLessThan",
                    "DateEquals",
                    "DateNotEquals",
                    "DateLessThanEquals",
                    "DateGreaterThanEquals",
                ]);
                let values = one_or_two(random, &["2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z", "2026-06-15T12:00:00Z"]);
                (format!("{operator}{if_exists}"), "aws:CurrentTime".into(), values)
            }
            _ => {
                let operator = random.pick(&[
                    "NumericLessThan",
                    "NumericEquals",
                    "NumericNotEquals",
                    "NumericGreaterThanEquals",
                    "NumericLessThanEquals",
                    "NumericGreaterThan",
                ]);
                (
                    format!("{operator}{if_exists}"),
                    "aws:MultiFactorAuthAge".into(),
                    one_or_two(random, &["300", "3600", "3600.5"]),
                )
            }
        },
    }
}

pub(super) fn context(random: &mut Random) -> Json {
    let mut out = Map::new();
    for (key, values) in KEYS {
        if random.chance(60) {
            out.insert(key.to_owned(), json!(random.pick(values)));
        }
    }
    out.insert("aws:PrincipalAccount".into(), json!(OWN));
    out.insert("aws:PrincipalArn".into(), json!(format!("arn:aws:iam::{OWN}:role/{ROLE}")));
    if random.chance(60) {
        out.insert(
            "aws:SourceIp".into(),
            json!(random.pick(&["203.0.113.7", "203.0.113.8", "10.1.2.3", "2001:db8::7", "198.51.100.1"])),
        );
    }
    if random.chance(80) {
        out.insert("aws:SecureTransport".into(), json!("true"));
    }
    if random.chance(50) {
        out.insert("aws:ViaAWSService".into(), json!("false"));
    }
    if random.chance(50) {
        let paths = match random.below(3) {
            0 => json!(["o-aaaa/r-1/ou-1/"]),
            1 => json!(["o-aaaa/r-1/ou-1/", "o-bbbb/r-2/"]),
            _ => json!(["o-cccc/r-3/"]),
        };
        out.insert("aws:PrincipalOrgPaths".into(), paths);
    }
    if random.chance(60) {
        out.insert("aws:CurrentTime".into(), json!("2026-06-15T12:00:00Z"));
    }
    if random.chance(40) {
        out.insert("aws:MultiFactorAuthAge".into(), json!(random.pick(&["300", "3600", "299", "3601"])));
    }
    Json::Object(out)
}
