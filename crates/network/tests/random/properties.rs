//! What holds in every world.

use crate::families::Families;
use crate::hub::Hubs;
use crate::model::Model;
use crate::world::*;
use network::{Reach, Severity, Trace};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeSet;

/// A world of one of the three kinds.
fn any_world(bytes: &[u8]) -> World {
    let (kind, rest) = bytes.split_first().unwrap();
    match kind % 4 {
        0 | 1 => Model::draw(rest).world(),
        2 => Hubs::draw(rest).world(),
        _ => Families::draw(rest).world(),
    }
}

fn opposite(a: Reach, b: Reach) -> bool {
    a != b && a != Reach::Unknown && b != Reach::Unknown
}

/// The names of the outputs that citations stand in.
fn cited<'a>(world: &World, citations: impl IntoIterator<Item = &'a snapshot::Citation>) -> BTreeSet<String> {
    let read = world.read();
    citations
        .into_iter()
        .map(|citation| {
            let document = &read.documents[citation.document.0 as usize];
            read.source(document.source).unwrap().name.clone()
        })
        .collect()
}

fn only(world: &World, names: &BTreeSet<String>) -> World {
    let mut world = world.clone();
    world.outputs.retain(|name, _| names.contains(name));
    world
}

fn reversed(value: &mut Value) {
    match value {
        Value::Array(items) => {
            items.reverse();
            items.iter_mut().for_each(reversed);
        }
        Value::Object(members) => members.values_mut().for_each(reversed),
        _ => {}
    }
}

fn kinds(trace: &Trace) -> Vec<(&'static str, Severity)> {
    let mut kinds: Vec<_> = trace.faults.iter().map(|fault| (fault.kind.code(), fault.severity)).collect();
    kinds.sort_unstable();
    kinds
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::cases(200), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn order_never_matters(bytes in proptest::collection::vec(any::<u8>(), 160)) {
        let world = any_world(&bytes);
        let mut turned = world.clone();
        turned.outputs = world.outputs.iter().rev().enumerate().map(|(index, (name, (command, output)))| {
            let mut output = output.clone();
            reversed(&mut output);
            (format!("{index:02}-{name}"), (command.clone(), output))
        }).collect();
        let (a, b) = (world.walk(), turned.walk());
        prop_assert_eq!(a.verdict, b.verdict, "{:#?} {:#?}", &a, &b);
        prop_assert_eq!(kinds(&a), kinds(&b));
    }

    #[test]
    fn the_evidence_suffices(bytes in proptest::collection::vec(any::<u8>(), 160)) {
        let world = any_world(&bytes);
        let trace = world.walk();
        if trace.verdict != Reach::Unknown {
            let names = cited(&world, &trace.evidence);
            let again = only(&world, &names).walk();
            prop_assert_eq!(again.verdict, trace.verdict, "{:?} {:#?} {:#?}", names, trace, again);
        }
        for fault in trace.faults.iter().filter(|fault| fault.severity == Severity::Fail && fault.part.is_empty()) {
            let names = cited(&world, &fault.evidence);
            let again = only(&world, &names).walk();
            prop_assert!(again.faults.iter().any(|other| other.kind.code() == fault.kind.code() && other.severity == Severity::Fail), "{names:?} {fault:#?} {again:#?}");
        }
    }

    #[test]
    fn an_allow_rule_more_never_blocks(bytes in proptest::collection::vec(any::<u8>(), 160)) {
        let world = any_world(&bytes);
        let before = world.walk();
        for (name, pointer, rule) in [
            ("groups", "/SecurityGroups/0/IpPermissionsEgress", any_rule()),
            ("groups", "/SecurityGroups/0/IpPermissionsEgress", rule("tcp", Some((443, 443)), &["0.0.0.0/1"])),
            ("groups", "/SecurityGroups/1/IpPermissions", any_rule()),
            ("acls", "/NetworkAcls/0/Entries", acl_entry(1, true, "allow", "0.0.0.0/0", "-1", None)),
            ("acls", "/NetworkAcls/1/Entries", acl_entry(1, false, "allow", "0.0.0.0/1", "6", Some((1024, 65535)))),
            ("acls", "/NetworkAcls/2/Entries", acl_entry(1, false, "allow", "10.0.0.0/8", "6", Some((443, 443)))),
        ] {
            let mut more = world.clone();
            more.push(name, pointer, rule);
            let after = more.walk();
            prop_assert!(after.verdict >= before.verdict, "{pointer}: {before:#?} {after:#?}");
        }
    }

    #[test]
    fn renaming_ids_changes_nothing(bytes in proptest::collection::vec(any::<u8>(), 160)) {
        let world = any_world(&bytes);
        let mut named = world.clone();
        let pairs = [("vpc-1", "vpc-0ff"), ("subnet-", "subnet-9"), ("rtb-", "rtb-7"), ("sg-", "sg-3"), ("acl-", "acl-5"), ("nat-1", "nat-42"), ("igw-1", "igw-8")];
        let rename = |text: &str| pairs.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
        for (command, output) in named.outputs.values_mut() {
            *command = command.as_deref().map(rename).map(|text| text.replace("vpc-0ff-id", "vpc-id"));
            *output = serde_json::from_str(&rename(&output.to_string())).unwrap();
        }
        named.caller.subnet = named.caller.subnet.map(|id| rename(id.as_str()).as_str().into());
        named.caller.security_groups = named.caller.security_groups.map(|ids| ids.iter().map(|id| rename(id.as_str()).as_str().into()).collect());
        let (a, b) = (world.walk(), named.walk());
        prop_assert_eq!(a.verdict, b.verdict, "{:#?} {:#?}", &a, &b);
        prop_assert_eq!(kinds(&a), kinds(&b));
        prop_assert_eq!(a.via, b.via);
    }

    #[test]
    fn an_unknown_says_what_would_settle_it_and_a_block_names_its_fault(bytes in proptest::collection::vec(any::<u8>(), 160)) {
        let trace = any_world(&bytes).walk();
        match trace.verdict {
            Reach::Unknown => {
                prop_assert!(!trace.needs.is_empty());
                prop_assert!(trace.faults.iter().all(|fault| fault.severity != Severity::Fail));
            }
            Reach::Blocked => {
                prop_assert!(trace.faults.iter().any(|fault| fault.severity == Severity::Fail));
                prop_assert!(trace.assumes.iter().all(|assumption| !assumption.is_default()));
            }
            Reach::Reachable => prop_assert!(trace.faults.iter().all(|fault| fault.severity == Severity::Warn)),
        }
    }
}

proptest! {
    // Two walks for every output.
    #![proptest_config(ProptestConfig { cases: crate::cases(40), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn dropping_an_output_never_turns_the_verdict_round(bytes in proptest::collection::vec(any::<u8>(), 160)) {
        let world = any_world(&bytes);
        let whole = world.walk();
        let verdict = whole.verdict;
        for name in world.outputs.keys() {
            let mut less = world.clone();
            less.drop(name);
            let trace = less.walk();
            // A default that the output contradicts is assumed again without it, and named.
            let by_default = trace.verdict == Reach::Reachable && trace.assumes.iter().any(|assumption| assumption.is_default());
            // Without the list of the VPC's zones a public name is taken to be AWS's (docs/ARCHITECTURE.md): what rests on a zone's answer
            // may turn round then, and the list is named as what nobody pasted.
            let by_zone = name == "zones" && !trace.unseen.is_empty() && cited(&world, &whole.evidence).contains(name);
            prop_assert!(
                by_default || by_zone || !opposite(verdict, trace.verdict),
                "without {name}: {verdict:?} {trace:#?}"
            );
            let mut less = world.clone();
            less.anonymous(name);
            let trace = less.walk();
            prop_assert!(!opposite(verdict, trace.verdict), "without the command of {name}: {verdict:?} {trace:#?}");
        }
    }
}
