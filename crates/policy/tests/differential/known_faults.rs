//! Recognises the differences that `tests/data/disagreements.jsonl` explains.

#![expect(clippy::indexing_slicing, reason = "JSON members that are not there read as null")]

use std::collections::BTreeSet;

use policy::{Decision, Doubt, LayerKind, ProblemKind, Verdict};
use serde_json::Value as Json;

use crate::common::{Case, name};

/// The name of the explained difference that this case shows, if it does.
pub(crate) fn explain(case: &Json, decision: &Decision<u32>, answer: &Json) -> Option<String> {
    if matches!(decision.verdict, Verdict::Unknown | Verdict::Denied) {
        return undecided(decision);
    }
    let theirs = answer["verdict"].as_str()?;
    if let Some(found) = by_changed_case(case, answer, theirs) {
        return Some(found);
    }
    let found = if not_ip_across_families(case) {
        "not-ip-across-families"
    } else if negated_without_value(case) {
        "negated-operator-without-value"
    } else if slash_in_first_variable(case) {
        "slash-in-first-variable"
    } else if variable_in_arn(case) {
        "variable-in-arn-condition"
    } else if escape_in_equals(case) {
        "escape-in-equals"
    } else if null_on_empty_key(case) {
        "null-on-empty-key"
    } else if past_session(case, decision, theirs) {
        "session-arn-past-session-policy"
    } else {
        return None;
    };
    Some(found.to_owned())
}

/// What a fault of the simulator's makes of a case. The second is its answer, which names the keys that it has dropped.
type Change = fn(&Json, &Json) -> Json;

const CHANGES: [(&str, Change); 5] = [
    ("ipv4-slash-zero", |case, _| {
        replaced(case, "\"0.0.0.0/0\"", "\"255.255.255.255/32\"")
    }),
    ("variables-in-2008", |case, _| {
        let mut case = replaced(case, "2008-10-17", "2012-10-17");
        documents(&mut case);
        case
    }),
    ("root-user", |case, _| {
        let mut case = case.clone();
        case["principal"] = Json::from(case["principal"].as_str().unwrap_or("").replace(":root", ":user/nobody"));
        case
    }),
    ("role-path", |case, _| {
        let mut out = case.clone();
        if let Some(role) = case["contextVariables"]["aws:PrincipalArn"].as_str() {
            named_by(&mut out, role);
        }
        out
    }),
    ("dropped-context-key", |case, answer| {
        let mut case = case.clone();
        if let Some(context) = case["contextVariables"].as_object_mut() {
            context.retain(|key, _| !answer["ignored"].as_array().is_some_and(|keys| keys.iter().any(|k| k == key)));
        }
        case
    }),
];

fn replaced(case: &Json, from: &str, to: &str) -> Json {
    serde_json::from_str(&case.to_string().replace(from, to)).unwrap_or_default()
}

/// Puts the role's whole ARN where a principal names a role of its name.
fn named_by(json: &mut Json, role: &str) {
    let name = role.rsplit('/').next().unwrap_or(role);
    match json {
        Json::Object(members) => members.iter_mut().for_each(|(key, value)| {
            if key != "Condition" && key != "contextVariables" {
                named_by(value, role);
            }
        }),
        Json::Array(items) => items.iter_mut().for_each(|item| named_by(item, role)),
        Json::String(text) => {
            let same = text.contains(":111122223333:role/") && text.ends_with(&format!("/{name}"));
            if same {
                role.clone_into(text);
            }
        }
        _ => {}
    }
}

/// Gives every document without a version the newer one.
fn documents(json: &mut Json) {
    match json {
        Json::Object(members) => {
            if members.contains_key("Statement") {
                members.entry("Version").or_insert_with(|| Json::from("2012-10-17"));
            }
            members.values_mut().for_each(documents);
        }
        Json::Array(items) => items.iter_mut().for_each(documents),
        _ => {}
    }
}

/// The fewest faults under which we answer as the simulator does.
fn by_changed_case(case: &Json, answer: &Json, theirs: &str) -> Option<String> {
    let mut sets: Vec<usize> = (1..1 << CHANGES.len()).collect();
    sets.sort_by_key(|set| set.count_ones());
    sets.into_iter().find_map(|set| {
        let chosen = CHANGES
            .iter()
            .enumerate()
            .filter(|(i, _)| set >> i & 1 == 1)
            .map(|(_, change)| change);
        let mut changed = case.clone();
        for (_, change) in chosen.clone() {
            let next = change(&changed, answer);
            if next == changed {
                return None;
            }
            changed = next;
        }
        let names: Vec<&str> = chosen.map(|(name, _)| *name).collect();
        answers(&changed.to_string(), theirs).then(|| names.join("+"))
    })
}

/// Whether we would answer the changed case as the simulator does, or leave it open.
fn answers(case: &str, theirs: &str) -> bool {
    let decision = Case::read(case).decide();
    name(decision.verdict) == theirs || undecided(&decision).is_some()
}

/// A `NotIpAddress` whose ranges are of another family than the request's address.
fn not_ip_across_families(case: &Json) -> bool {
    let mut ranges = Vec::new();
    collect(case, "NotIpAddress", &mut ranges);
    let context = case["contextVariables"].as_object().into_iter().flatten();
    let addresses = context.filter(|(key, _)| key.to_ascii_lowercase().ends_with("sourceip"));
    addresses.filter_map(|(_, value)| value.as_str()).any(|address| {
        let other = |range: &String| range.contains(':') != address.contains(':');
        ranges.iter().any(other)
    })
}

/// A negated operator whose value is a variable that the request does not have.
fn negated_without_value(case: &Json) -> bool {
    let mut values = Vec::new();
    collect(case, "StringNot", &mut values);
    let context = &case["contextVariables"];
    let keys = values
        .iter()
        .flat_map(|value| value.split("${").skip(1))
        .filter_map(|rest| rest.split_once('}'));
    keys.map(|(key, _)| key).any(|key| context[key].is_null())
}

/// An escaped character under an operator that compares without wildcards.
fn escape_in_equals(case: &Json) -> bool {
    let mut values = Vec::new();
    for operator in ["StringEquals", "StringNotEquals"] {
        collect(case, operator, &mut values);
    }
    values
        .iter()
        .any(|value| ["${*}", "${?}", "${$}"].iter().any(|escape| value.contains(escape)))
}

/// A resource part that begins with a variable whose key holds a slash.
fn slash_in_first_variable(case: &Json) -> bool {
    let mut patterns = Vec::new();
    collect(case, "Resource", &mut patterns);
    let first = |pattern: &String| {
        let part = pattern.splitn(6, ':').nth(5).and_then(|part| part.split_once('/'));
        part.is_some_and(|(head, _)| head.contains("${") && !head.contains('}'))
    };
    patterns.iter().any(first)
}

/// An ARN operator's value with a variable, whose name holds a colon.
fn variable_in_arn(case: &Json) -> bool {
    let mut values = Vec::new();
    for operator in ["ArnLike", "ArnEquals", "ArnNot"] {
        collect(case, operator, &mut values);
    }
    values.iter().any(|value| value.contains("${"))
}

/// `Null` on a key that has no values.
fn null_on_empty_key(case: &Json) -> bool {
    let mut asked = Vec::new();
    collect(case, "Null", &mut asked);
    let context = case["contextVariables"].as_object().into_iter().flatten();
    !asked.is_empty() && context.into_iter().any(|(_, value)| value.as_array().is_some_and(Vec::is_empty))
}

/// Every value below a name that contains `part`.
fn collect(json: &Json, part: &str, out: &mut Vec<String>) {
    match json {
        Json::Object(members) => {
            for (name, value) in members {
                if name.contains(part) {
                    strings(value, out)
                } else {
                    collect(value, part, out)
                }
            }
        }
        Json::Array(items) => items.iter().for_each(|item| collect(item, part, out)),
        _ => {}
    }
}

fn strings(json: &Json, out: &mut Vec<String>) {
    match json {
        Json::Object(members) => members.values().for_each(|value| strings(value, out)),
        Json::Array(items) => items.iter().for_each(|item| strings(item, out)),
        Json::String(text) => out.push(text.clone()),
        other => out.push(other.to_string()),
    }
}

/// The resource's policy names the session itself, and a session policy does not allow.
fn past_session(case: &Json, decision: &Decision<u32>, theirs: &str) -> bool {
    let by_resource = decision
        .decided_by
        .as_ref()
        .is_some_and(|d| matches!(d.layer, LayerKind::Resource | LayerKind::Key | LayerKind::Trust));
    !case["sessionPolicy"].is_null() && by_resource && decision.verdict == Verdict::Allowed && theirs == "ImplicitlyDenied"
}

/// We leave open what AWS does not document; the simulator picks an answer.
fn undecided(decision: &Decision<u32>) -> Option<String> {
    let residuals = &decision.residuals;
    let doubts: Vec<&Doubt> = residuals
        .statements
        .iter()
        .flat_map(|s| &s.doubts)
        .chain(&residuals.doubts)
        .collect();
    let several = |key: &String| {
        doubts
            .iter()
            .any(|doubt| matches!(doubt, Doubt::MultiValuedVariable(k) if k == key))
    };
    if !residuals.missing.is_empty() || !residuals.keys.iter().all(several) {
        return None;
    }
    let names: Option<BTreeSet<&str>> = doubts.into_iter().map(doubt_name).collect();
    let names: Vec<&str> = names?.into_iter().collect();
    (!names.is_empty()).then(|| names.join("+"))
}

fn doubt_name(doubt: &Doubt) -> Option<&'static str> {
    match doubt {
        Doubt::ColonCrossing(_) => Some("colon-crossing"),
        Doubt::ShortArn(_) => Some("short-arn"),
        Doubt::ResourceType(_) => Some("resource-type-wildcard"),
        Doubt::NoValueInNotResource(_) => Some("no-value-in-not-resource"),
        Doubt::EveryonePastBoundary => Some("everyone-past-boundary"),
        Doubt::PartialNotPrincipal => Some("partial-not-principal"),
        Doubt::VariableInHead(_) => Some("variable-in-head"),
        Doubt::AnyValueIfExists(_) => Some("any-value-if-exists"),
        Doubt::MissingSetOperator(_) => Some("missing-set-operator"),
        Doubt::MultiValuedVariable(_) => Some("multi-valued-variable"),
        Doubt::BrokenVariable(_) => Some("broken-variable"),
        Doubt::UnexpectedValue(_) | Doubt::Defect(ProblemKind::MalformedValue(_)) => Some("malformed-value"),
        Doubt::Principal(name) if name == "*" => Some("everyone-for-services"),
        Doubt::GatewayPrincipal(_) => Some("gateway-principal"),
        _ => None,
    }
}
