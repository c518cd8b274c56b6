//! Random contexts.

use serde_json::{Map, Value as Json, json};

use super::Random;
use super::calls::{Call, Caller};
use super::keys::{KEYS, Key, ROLE_ARN, Type};

pub(super) fn context(random: &mut Random, call: &Call) -> Json {
    let mut out = Map::new();
    for key in &KEYS {
        let sent = key.services.is_empty() || key.services.contains(&call.service());
        // A service that calls in its own name is nobody's principal.
        let nobody = call.caller == Caller::Service && (key.name.starts_with("aws:Principal") || key.name.starts_with("aws:user"));
        if !sent || nobody || !random.chance(key.present) {
            continue;
        }
        let mut name = key.name.to_owned();
        // A tag's name keeps its letters in the simulator's answer, and the role's path is read by name, so only the other keys change theirs.
        if random.chance(10) && !name.contains('/') && name != "aws:PrincipalArn" {
            name.make_ascii_lowercase();
        }
        out.insert(name, value(random, call, key));
    }
    Json::Object(out)
}

fn value(random: &mut Random, call: &Call, key: &Key) -> Json {
    if key.name == "aws:PrincipalArn" {
        // A session is known by its role.
        return match call.caller {
            Caller::Session if random.chance(10) => json!(ROLE_ARN.replace("role/", "role/team/")),
            Caller::Session => json!(ROLE_ARN),
            other => json!(other.arn()),
        };
    }
    if key.holds != Type::Texts {
        return json!(random.pick(key.values));
    }
    // Several, one, or none.
    let count = match random.below(10) {
        0 => 0,
        1..=5 => 1,
        _ => 2,
    };
    let values: Vec<&str> = (0..count).map(|_| random.pick(key.values)).collect();
    json!(values)
}
