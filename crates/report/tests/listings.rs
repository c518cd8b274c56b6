//! Whatever a listing holds and however it was asked: what it holds is there, what it would have held and does not is absent, and of all
//! else nothing is said.

mod common;

use common::inputs;
use proptest::prelude::*;
use report::model::ReferenceVerdict;
use report::{Options, diagnose};
use serde_json::{Value, json};
use testkit::world::{Egress, World};

/// How a listing was asked, and how it ended.
#[derive(Clone, Debug)]
enum Asked {
    /// For everything.
    Whole,
    /// For names that begin so.
    Beginning(String),
    /// For this name alone.
    Name(String),
    /// For everything, and cut after its first page.
    Page,
    /// In another Region.
    Elsewhere,
    /// Reshaped by `--query`.
    Queried,
    /// By a filter that says nothing of names.
    Kind,
}

fn asked() -> impl Strategy<Value = Asked> {
    prop_oneof![
        Just(Asked::Whole),
        "/[ab]{0,2}".prop_map(Asked::Beginning),
        "/[ab]{1,2}".prop_map(Asked::Name),
        Just(Asked::Page),
        Just(Asked::Elsewhere),
        Just(Asked::Queried),
        Just(Asked::Kind),
    ]
}

impl Asked {
    /// The options of the command.
    fn words(&self) -> String {
        match self {
            Self::Whole | Self::Page => "--region us-east-1".to_owned(),
            Self::Beginning(start) => format!("--parameter-filters Key=Name,Option=BeginsWith,Values={start} --region us-east-1"),
            Self::Name(name) => format!("--parameter-filters Key=Name,Values={name} --region us-east-1"),
            Self::Elsewhere => "--region eu-west-1".to_owned(),
            Self::Queried => "--query 'Parameters[?Type==`String`]' --region us-east-1".to_owned(),
            Self::Kind => "--parameter-filters Key=Type,Values=String --region us-east-1".to_owned(),
        }
    }

    /// Whether it would hold a parameter of that name.
    fn holds(&self, name: &str) -> bool {
        match self {
            Self::Whole => true,
            Self::Beginning(start) => name.starts_with(start.as_str()),
            Self::Name(only) => name == only,
            Self::Page | Self::Elsewhere | Self::Queried | Self::Kind => false,
        }
    }

    fn region(&self) -> &'static str {
        if matches!(self, Self::Elsewhere) {
            "eu-west-1"
        } else {
            "us-east-1"
        }
    }
}

fn verdict(wanted: &str, names: &[String], asked: &Asked) -> ReferenceVerdict {
    let region = asked.region();
    let rows: Vec<Value> = names
        .iter()
        .map(|name| json!({"Name": name, "ARN": format!("arn:aws:ssm:{region}:111122223333:parameter{name}"), "Type": "String", "Version": 1, "Tier": "Standard", "Policies": []}))
        .collect();
    let output = match asked {
        Asked::Page => json!({"Parameters": rows, "NextToken": "AAEAA"}),
        _ => json!({"Parameters": rows}),
    };
    let mut world = World::new(Egress::Nat, "");
    world.drop_output("describe-tasks");
    world.set(
        "describe-task-definition",
        "/taskDefinition/containerDefinitions/0/secrets",
        json!([{"name": "A", "valueFrom": wanted}]),
    );
    world.drop_output("describe-parameters");
    let command = format!("aws ssm describe-parameters {} --output json", asked.words());
    world.outputs.insert("describe-parameters".to_owned(), (command, output));
    let files = world.files();
    let report = diagnose(&inputs(&files), &Options::default());
    let references = report.destinations.iter().flat_map(|destination| &destination.references);
    references
        .filter(|reference| reference.text == wanted)
        .map(|reference| reference.verdict)
        .next()
        .unwrap_or(ReferenceVerdict::Unknown)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_listing_speaks_of_what_it_was_asked_for(wanted in "/[ab]{1,2}", others in prop::collection::btree_set("/[ab]{1,2}", 0..5), how in asked()) {
        // Only what was asked for is in it.
        let names: Vec<String> = others.into_iter().filter(|name| how.holds(name) || !matches!(how, Asked::Beginning(_) | Asked::Name(_))).collect();
        let there = names.contains(&wanted) && !matches!(how, Asked::Elsewhere | Asked::Queried);
        let expected = if there {
            ReferenceVerdict::Found
        } else if how.holds(&wanted) {
            ReferenceVerdict::NotFound
        } else {
            ReferenceVerdict::Unknown
        };
        let found = verdict(&wanted, &names, &how);
        // A projection with the right names may still show that something is there.
        if !(matches!(how, Asked::Queried) && found == ReferenceVerdict::Found && names.contains(&wanted)) {
            prop_assert_eq!(found, expected, "{} of {:?} by {:?}", wanted, names, how);
        }
    }
}
