//! Random conditions.

use serde_json::{Map, Value as Json, json};

use super::Random;
use super::keys::{KEYS, Key, Type};

pub(super) fn condition(random: &mut Random) -> Json {
    let mut operators = Map::new();
    for _ in 0..=random.below(2) {
        let key = &KEYS[random.below(KEYS.len())];
        let operator = operator(random, key);
        let values = values(random, key, &operator);
        let mut name = key.name.to_owned();
        match random.below(10) {
            0 => name.make_ascii_lowercase(),
            1 if !name.contains('/') => name.make_ascii_uppercase(),
            _ => {}
        }
        let keys = operators.entry(operator).or_insert_with(|| json!({}));
        if !keys
            .as_object()
            .is_some_and(|keys| keys.keys().any(|k| k.eq_ignore_ascii_case(&name)))
        {
            keys[name] = values;
        }
    }
    Json::Object(operators)
}

const TEXT: [&str; 6] = [
    "StringEquals",
    "StringNotEquals",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
    "StringLike",
    "StringNotLike",
];

fn operator(random: &mut Random, key: &Key) -> String {
    if random.chance(8) {
        return "Null".to_owned();
    }
    let name = match key.holds {
        Type::Text | Type::Texts => random.pick(&TEXT),
        Type::Arn if random.chance(20) => random.pick(&TEXT),
        Type::Arn => random.pick(&["ArnLike", "ArnEquals", "ArnNotLike", "ArnNotEquals"]),
        Type::Bool => "Bool",
        Type::Binary => "BinaryEquals",
        Type::Ip => random.pick(&["IpAddress", "NotIpAddress"]),
        Type::Number => random.pick(&[
            "NumericLessThan",
            "NumericEquals",
            "NumericNotEquals",
            "NumericGreaterThanEquals",
            "NumericLessThanEquals",
            "NumericGreaterThan",
        ]),
        Type::Date => random.pick(&[
            "DateGreaterThan",
            "DateLessThan",
            "DateEquals",
            "DateNotEquals",
            "DateLessThanEquals",
            "DateGreaterThanEquals",
        ]),
    };
    // A key of one value under a set operator is as good; one of several without is not.
    let set = match (key.holds, random.below(20)) {
        (Type::Texts, 0..=9) | (Type::Text | Type::Arn, 0) => "ForAnyValue:",
        (Type::Texts, 10..=18) | (Type::Text | Type::Arn, 1) => "ForAllValues:",
        _ => "",
    };
    let if_exists = if random.chance(20) { "IfExists" } else { "" };
    format!("{set}{name}{if_exists}")
}

fn values(random: &mut Random, key: &Key, operator: &str) -> Json {
    if operator == "Null" {
        return scalar(random.pick(&["true", "false"]), random);
    }
    let mut pool: Vec<&str> = key.values.iter().chain(key.asked).copied().collect();
    if random.chance(3) {
        pool.extend(malformed(key.holds));
    }
    let draw = |random: &mut Random| {
        let text = random.pick(&pool);
        if operator.contains("Case") && random.chance(50) && !text.contains("${") {
            text.to_ascii_uppercase()
        } else {
            text.to_owned()
        }
    };
    match random.below(10) {
        0..=5 => scalar(&draw(random), random),
        6 => json!([draw(random)]),
        _ => json!([draw(random), draw(random)]),
    }
}

/// Numbers and truth values stand with or without quotes.
fn scalar(text: &str, random: &mut Random) -> Json {
    match text.parse::<Json>() {
        Ok(bare @ (Json::Bool(_) | Json::Number(_))) if random.chance(30) => bare,
        _ => json!(text),
    }
}

/// Values that do not fit the operator.
fn malformed(holds: Type) -> &'static [&'static str] {
    match holds {
        Type::Number => &["many", "1e3", ""],
        Type::Date => &["yesterday", "2026-13-01T00:00:00Z", "2026"],
        Type::Ip => &["203.0.113.0/33", "10.0.0", "here"],
        Type::Bool => &["yes", "1"],
        Type::Binary => &["***"],
        Type::Arn => &["arn:aws:iam", "*", "role/ecs"],
        Type::Text | Type::Texts => &["${aws:PrincipalTag/none", "${}", "${aws:CalledVia}"],
    }
}
