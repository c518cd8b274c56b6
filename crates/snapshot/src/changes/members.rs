//! Which members of two JSON values differ.

use crate::core::json::{Json, canonical};
use crate::core::time::Time;
use evidence::{Citation, Evidence};
use std::collections::BTreeMap;

/// One member that differs. Of lists, the elements that only one side has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberChange {
    /// Its name; those of nested objects with slashes between.
    pub member: String,
    /// Its JSON before, on one line; `None` where it was not there.
    pub before: Option<String>,
    /// Its JSON after.
    pub after: Option<String>,
}

/// Members that differ without any meaning for how things are: what happened in between.
const HAPPENINGS: [&str; 3] = ["events", "ResponseMetadata", "RoleLastUsed"];
/// Nested deeper, a member is shown whole.
const DEEPEST: usize = 4;

/// What differs between the values at two places.
pub(super) fn between(evidence: &Evidence, before: &Citation, after: &Citation) -> Vec<MemberChange> {
    let mut found = Vec::new();
    if let (Some(before), Some(after)) = (value(evidence, before), value(evidence, after)) {
        compare("", before, after, DEEPEST, &mut found);
    }
    found
}

fn value<'a>(evidence: &'a Evidence, at: &Citation) -> Option<Json<'a>> {
    let mut here = Json::of(evidence.json(evidence.document(at.document)?)?);
    for step in at.pointer.steps() {
        here = match here.elements() {
            Some(elements) => elements.get(step.parse::<usize>().ok()?).copied()?,
            None => here.members()?.into_iter().find(|(name, _)| *name == step)?.1,
        };
    }
    Some(here)
}

fn compare(name: &str, before: Json<'_>, after: Json<'_>, depth: usize, found: &mut Vec<MemberChange>) {
    if same(before, after) {
        return;
    }
    if let (Some(old), Some(new)) = (before.elements(), after.elements()) {
        let only = |these: &[Json<'_>], others: &[Json<'_>]| -> Vec<String> {
            let lone = these.iter().filter(|one| !others.iter().any(|other| same(**one, *other)));
            lone.map(|one| line(*one)).collect()
        };
        let (before, after) = (only(&old, &new), only(&new, &old));
        if !before.is_empty() || !after.is_empty() {
            push(name, list(&before), list(&after), found);
        }
        return;
    }
    if let (Some(old), Some(new), Some(deeper)) = (before.members(), after.members(), depth.checked_sub(1)) {
        return members(name, old, new, deeper, found);
    }
    // A policy that is written as a string.
    if let (Some(old), Some(new)) = (before.text(), after.text())
        && let (Some(old), Some(new), Some(deeper)) = (Json::of(&old).members(), Json::of(&new).members(), depth.checked_sub(1))
    {
        return members(name, old, new, deeper, found);
    }
    push(name, Some(line(before)), Some(line(after)), found);
}

type Named<'a> = Vec<(std::borrow::Cow<'a, str>, Json<'a>)>;

fn members(name: &str, old: Named<'_>, new: Named<'_>, depth: usize, found: &mut Vec<MemberChange>) {
    let mut both: BTreeMap<_, (Option<Json<'_>>, Option<Json<'_>>)> = BTreeMap::new();
    for (name, value) in old {
        both.entry(name).or_default().0 = Some(value);
    }
    for (name, value) in new {
        both.entry(name).or_default().1 = Some(value);
    }
    for (member, values) in both {
        if HAPPENINGS.contains(&member.as_ref()) {
            continue;
        }
        let full = if name.is_empty() {
            member.into_owned()
        } else {
            format!("{name}/{member}")
        };
        match values {
            (Some(before), Some(after)) => compare(&full, before, after, depth, found),
            (before, after) => push(&full, before.map(line), after.map(line), found),
        }
    }
}

fn push(name: &str, before: Option<String>, after: Option<String>, found: &mut Vec<MemberChange>) {
    found.push(MemberChange {
        member: name.to_owned(),
        before,
        after,
    });
}

fn list(elements: &[String]) -> Option<String> {
    (!elements.is_empty()).then(|| format!("[{}]", elements.join(", ")))
}

/// Whether they say the same, whatever the order of members and the form of a time.
fn same(a: Json<'_>, b: Json<'_>) -> bool {
    let time = |json: Json<'_>| Time::parse(&json.text().unwrap_or_else(|| json.raw().to_owned()));
    let equal = |a: &str, b: &str| canonical(a).is_some_and(|a| canonical(b) == Some(a));
    a.raw() == b.raw() || equal(a.raw(), b.raw()) || time(a).is_some_and(|a| time(b) == Some(a))
}

/// JSON on one line: white space between its tokens is what the paste's indentation was.
fn line(json: Json<'_>) -> String {
    json.raw().split('\n').map(str::trim).collect::<Vec<_>>().join(" ")
}
