//! The types and the published schema say the same.

use crate::samples;

use report::model::*;
use report::{Lang, Report, schema};
use serde_json::{Value, json};

fn schema_value() -> Value {
    serde_json::from_str(schema::TEXT).unwrap()
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn every_sample_fits_the_schema_and_survives_a_round_trip() {
    for lang in Lang::ALL {
        for (name, report) in samples::all(*lang) {
            let value = serde_json::to_value(&report).unwrap();
            schema::check(&value).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(serde_json::from_value::<Report>(value).unwrap(), report, "{name}");
        }
    }
}

#[test]
fn members_are_the_same_in_types_and_schema() {
    let schema = schema_value();
    let report = serde_json::to_value(samples::root_cause(Lang::En)).unwrap();
    let at = |pointer: &str| report.pointer(pointer).unwrap();
    assert_eq!(keys(&report), keys(&schema["properties"]));
    for (definition, pointer) in [
        ("tool", "/tool"),
        ("task", "/task"),
        ("symptom", "/symptom"),
        ("quoted", "/symptom/quoted"),
        ("finding", "/findings/0"),
        ("evidence", "/findings/0/evidence/0"),
        ("fix", "/findings/0/fixes/0"),
        ("destination", "/destinations/0"),
        ("network", "/destinations/0/network"),
        ("hop", "/destinations/0/network/hops/0"),
        ("witness", "/destinations/0/network/witness"),
        ("citation", "/destinations/0/network/evidence/0"),
        ("subnet_verdict", "/destinations/0/network/subnets/0"),
        ("authorization", "/destinations/0/authorization/0"),
        ("layer", "/destinations/0/authorization/0/layers/0"),
        ("reference", "/destinations/0/references/0"),
        ("command", "/requests/0"),
        ("question", "/requests/1"),
        ("document", "/documents/0"),
        ("task_group", "/other_tasks/0"),
    ] {
        assert_eq!(keys(at(pointer)), keys(&schema["$defs"][definition]["properties"]), "{definition}");
    }
}

#[test]
fn members_stand_in_the_order_of_the_contract() {
    let text = serde_json::to_string(&samples::root_cause(Lang::En)).unwrap();
    let mut rest = text.as_str();
    for member in [
        "schema",
        "tool",
        "outcome",
        "task",
        "symptom",
        "stage",
        "quoted",
        "findings",
        "code",
        "status",
        "role",
        "subject",
        "affects",
        "title",
        "summary",
        "explanation",
        "assumes",
        "evidence",
        "missing",
        "fixes",
        "destinations",
        "needed_for",
        "network",
        "via",
        "hops",
        "witness",
        "authorization",
        "blocks_start",
        "decided_by",
        "layers",
        "references",
        "requests",
        "id",
        "kind",
        "operation",
        "command",
        "why",
        "decides",
        "documents",
    ] {
        rest = rest
            .split_once(&format!("\"{member}\":"))
            .unwrap_or_else(|| panic!("{member} is out of order"))
            .1;
    }
}

#[test]
fn vocabularies_are_the_same_in_types_and_schema() {
    let schema = schema_value();
    macro_rules! same {
        ($($definition:literal: $type:ty),+ $(,)?) => {
            $(
                let words: Vec<&str> = <$type>::ALL.iter().map(|value| value.word()).collect();
                assert_eq!(schema["$defs"][$definition]["enum"], json!(words), $definition);
                for value in <$type>::ALL {
                    assert_eq!(json!(value), json!(value.word()));
                    assert_eq!(<$type>::from_word(value.word()), Some(*value));
                }
            )+
        };
    }
    same! {
        "outcome": Outcome, "stage": Stage, "error_cause": ErrorCause, "status": Status, "role": Role, "fix_kind": FixKind,
        "reference_verdict": ReferenceVerdict, "reach": Reach, "via": Via, "hop_kind": HopKind, "hop_verdict": HopVerdict,
        "protocol": Protocol, "direction": Direction, "access": Access, "layer_kind": LayerKind,
    }
    assert_eq!(json!(SchemaId::V1), schema["properties"]["schema"]["const"]);
    let services: Vec<String> = Service::FIXED.iter().map(ToString::to_string).collect();
    assert_eq!(schema["$defs"]["service"]["anyOf"][0]["enum"], json!(services));
}

#[test]
fn the_schema_refuses_what_breaks_the_contract() {
    let good = serde_json::to_value(samples::root_cause(Lang::En)).unwrap();
    for (pointer, bad) in [
        ("/schema", json!("pulldoctor.report/2")),
        ("/outcome", json!("probably")),
        ("/findings/0/role", json!(null)),
        ("/findings/2/role", json!("cause")),
        ("/findings/0/affects/0", json!("ecr")),
        ("/findings/0/affects/0", json!("registry:")),
        ("/findings/0/evidence/0/pointer", json!("SecurityGroups")),
        ("/destinations/0/network/verdict", json!("reachable")),
        ("/requests/0/kind", json!("question")),
        ("/task/arn", json!(5)),
    ] {
        let mut report = good.clone();
        *report.pointer_mut(pointer).unwrap() = bad.clone();
        assert!(schema::check(&report).is_err(), "{pointer}: {bad} was accepted");
    }
    let mut later = good;
    later["added_later"] = json!({});
    schema::check(&later).unwrap();
}

#[test]
fn a_field_tells_unknown_from_absent() {
    let task = samples::root_cause(Lang::En).task;
    let value = serde_json::to_value(&task).unwrap();
    assert_eq!(
        (&value["public_ip"], &value["task_definition"], &value["security_groups"]),
        (&json!("none"), &json!(null), &json!(["sg-0task"]))
    );
    assert_eq!(serde_json::from_value::<Task>(value).unwrap(), task);
}
