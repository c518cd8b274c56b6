//! A shared VPC: what the task's account and the subnet's owner each can list, and what a missing row then says.

use crate::model::{Draw, Model};
use crate::simulator::Fate;
use crate::world::*;
use network::Reach;
use proptest::prelude::*;
use serde_json::{Value, json};
use snapshot::Assumption;

const PARTICIPANT: &str = "444455556666";

/// The outputs as the task's account sends them: some the owner took, some taken by the task's account, which does not see the owner's
/// resources, some not at all.
fn seen(model: &Model, d: &mut Draw<'_>) -> World {
    let mut world = model.world();
    world.caller.account = Some(PARTICIPANT.to_owned());
    let names: Vec<String> = world.outputs.keys().cloned().collect();
    for name in names.iter().filter(|name| !matches!(name.as_str(), "subnets" | "vpcs")) {
        match d.of(&[0, 0, 0, 1, 1, 2]) {
            0 => {}
            1 => empty(&mut world, name),
            _ => {
                world.drop(name);
            }
        }
    }
    world
}

/// The listing without its rows.
fn empty(world: &mut World, name: &str) {
    match name {
        // Block Public Access as it is in the other account.
        "bpa" => {
            world.set("bpa", "/VpcBlockPublicAccessOptions/AwsAccountId", json!(PARTICIPANT));
            let other = if world.edit("bpa")["VpcBlockPublicAccessOptions"]["InternetGatewayBlockMode"] == "off" {
                "block-bidirectional"
            } else {
                "off"
            };
            world.set("bpa", "/VpcBlockPublicAccessOptions/InternetGatewayBlockMode", json!(other));
        }
        "support" | "hostnames" | "entries" | "records" | "zones" | "s3-list" | "dhcp" => {
            world.drop(name);
        }
        _ => {
            for rows in world
                .edit(name)
                .as_object_mut()
                .unwrap()
                .values_mut()
                .filter(|rows| rows.is_array())
            {
                *rows = Value::Array(Vec::new());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::cases(1_000), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_an_account_cannot_list_proves_nothing(bytes in proptest::collection::vec(any::<u8>(), 160), views in proptest::collection::vec(any::<u8>(), 40)) {
        let model = Model::draw(&bytes);
        let world = seen(&model, &mut Draw::new(&views));
        let trace = world.walk();
        let fates = model.fates();
        // Of ranges that are not pasted a small part is neglected, and named.
        let neglected = trace.assumes.iter().any(|assumption| matches!(assumption, Assumption::PartNeglected { .. }));
        let only = |fate: Fate| fates.contains(&fate) && (neglected || fates.len() == 1);
        match trace.verdict {
            // A default, or that no zone interferes, may be taken for granted: it is named.
            Reach::Reachable => {
                let granted = trace.assumes.iter().any(|assumption| assumption.is_default()) || !trace.unseen.is_empty();
                prop_assert!(granted || only(Fate::Passes), "{fates:?} {model:#?} {trace:#?}");
            }
            Reach::Blocked => {
                let zone = model.zone.is_some() && !trace.unseen.is_empty();
                prop_assert!(zone || only(Fate::Dropped), "{fates:?} {model:#?} {trace:#?} {:#?}", world.outputs);
            }
            Reach::Unknown => prop_assert!(!trace.needs.is_empty()),
        }
    }
}
