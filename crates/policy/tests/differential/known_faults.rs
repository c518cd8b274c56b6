//! Recognises the differences that `tests/data/disagreements.jsonl` explains.

#![expect(clippy::indexing_slicing, reason = "JSON members that are not there read as null")]

use std::collections::BTreeSet;

use policy::{Decision, Doubt, LayerKind, Verdict};
use serde_json::Value as Json;

use crate::common::{Case, name};

/// The name of the explained difference that this case shows, if it does.
pub(crate) fn explain(case: &Json, decision: &Decision<u32>, theirs: &str) -> Option<String> {
    if matches!(decision.verdict, Verdict::Unknown | Verdict::Denied) {
        return undecided(decision);
    }
    if let Some(found) = by_changed_case(case, theirs) {
        return Some(found);
    }
    let found = if not_ip_across_families(case) {
        "not-ip-across-families"
    } else if negated_without_value(case) {
        "negated-operator-without-value"
    } else if past_session(case, decision, theirs) {
        "session-arn-past-session-policy"
    } else {
        return None;
    };
    Some(found.to_owned())
}

/// With a range that matches nothing for `0.0.0.0/0`, with the newer version for the older, or with both, we answer as
/// the simulator does.
fn by_changed_case(case: &Json, theirs: &str) -> Option<String> {
    let text = case.to_string();
    let changes = [
        ("ipv4-slash-zero", "\"0.0.0.0/0\"", "\"255.255.255.255/32\""),
        ("variables-in-2008", "2008-10-17", "2012-10-17"),
    ];
    let [(first, ..), (second, ..)] = changes;
    let apply = |text: &str, (_, from, to): (&str, &str, &str)| text.replace(from, to);
    let [one, other] = changes.map(|change| apply(&text, change));
    let both = changes.into_iter().fold(text.clone(), |text, change| apply(&text, change));
    [
        (one, first.to_owned()),
        (other, second.to_owned()),
        (both, format!("{first}+{second}")),
    ]
    .into_iter()
    .find(|(changed, _)| *changed != text && answers(changed, theirs))
    .map(|(_, name)| name)
}

/// Whether we would answer the changed case as the simulator does, or leave it open.
fn answers(case: &str, theirs: &str) -> bool {
    let decision = Case::read(case).decide();
    name(decision.verdict) == theirs || undecided(&decision).is_some()
}

/// A `NotIpAddress` whose ranges are of another family than the request's address.
fn not_ip_across_families(case: &Json) -> bool {
    let Some(address) = case["contextVariables"]["aws:SourceIp"].as_str() else {
        return false;
    };
    let mut ranges = Vec::new();
    collect(case, "NotIpAddress", &mut ranges);
    ranges.iter().any(|range| range.contains(':') != address.contains(':'))
}

/// A negated operator whose value is a variable that the request does not have.
fn negated_without_value(case: &Json) -> bool {
    let mut values = Vec::new();
    collect(case, "StringNot", &mut values);
    let context = &case["contextVariables"];
    let key = |value: &str| value.strip_prefix("${").and_then(|v| v.strip_suffix('}')).map(str::to_owned);
    values.iter().filter_map(|v| key(v)).any(|key| context[key].is_null())
}

/// Every string below a name that begins with `prefix`.
fn collect(json: &Json, prefix: &str, out: &mut Vec<String>) {
    match json {
        Json::Object(members) => {
            for (name, value) in members {
                if name.starts_with(prefix) {
                    strings(value, out)
                } else {
                    collect(value, prefix, out)
                }
            }
        }
        Json::Array(items) => items.iter().for_each(|item| collect(item, prefix, out)),
        _ => {}
    }
}

fn strings(json: &Json, out: &mut Vec<String>) {
    match json {
        Json::Object(members) => members.values().for_each(|value| strings(value, out)),
        Json::Array(items) => items.iter().for_each(|item| strings(item, out)),
        Json::String(text) => out.push(text.clone()),
        _ => {}
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
    if !residuals.missing.is_empty() || !residuals.keys.is_empty() {
        return None;
    }
    let doubts = residuals.statements.iter().flat_map(|s| &s.doubts).chain(&residuals.doubts);
    let names: Option<BTreeSet<&str>> = doubts.map(doubt_name).collect();
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
        _ => None,
    }
}
