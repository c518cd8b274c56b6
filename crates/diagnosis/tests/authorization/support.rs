//! A world judged without the packet walk: the way of each call is given by the test.

use diagnosis::authorization::{self, Judgement, Library};
use diagnosis::case::{Case, Options};
use diagnosis::judged::{Walk, Whose};
use diagnosis::requirements;
use evidence::Input;
use network::{Passage, Place, Reach, Trace};
use snapshot::ids::{VpcEndpointId, VpcId};
use snapshot::{Snapshot, Truth};
use std::net::IpAddr;
use testkit::world::World;

/// The way that calls take.
pub(crate) enum Way {
    /// Through a NAT gateway with that address.
    Nat,
    /// Through the endpoint whose service name ends so.
    Endpoint,
    /// Not known.
    Unknown,
}

pub(crate) fn trace(way: &Way, snapshot: &Snapshot, suffix: &str) -> Trace {
    let passage = match way {
        Way::Nat => Passage {
            through_endpoint: Truth::False,
            endpoints: Vec::new(),
            vpc: None,
            private_ips: None,
            public_ips: Some(vec![IpAddr::from([203, 0, 113, 10])]),
        },
        Way::Endpoint => {
            let id = snapshot
                .ec2
                .vpc_endpoints
                .iter()
                .find(|found| found.value.service_name.as_deref().is_some_and(|name| name.ends_with(suffix)))
                .and_then(|found| found.value.vpc_endpoint_id.clone());
            Passage {
                through_endpoint: Truth::True,
                endpoints: id.into_iter().collect::<Vec<VpcEndpointId>>(),
                vpc: Some(VpcId::from("vpc-0a1b2c3d4e5f60718")),
                private_ips: Some(vec![IpAddr::from([10, 0, 10, 25])]),
                public_ips: None,
            }
        }
        Way::Unknown => Passage {
            through_endpoint: Truth::Unknown,
            endpoints: Vec::new(),
            vpc: None,
            private_ips: None,
            public_ips: None,
        },
    };
    Trace {
        verdict: Reach::Reachable,
        via: None,
        hops: Vec::new(),
        faults: Vec::new(),
        witness: None,
        evidence: Vec::new(),
        assumes: Vec::new(),
        needs: Vec::new(),
        unseen: Vec::new(),
        passage,
        destination: Place::Public,
        examined: 0,
    }
}

/// Every call of the world's task, judged.
pub(crate) fn judge(world: &World, way: &Way) -> Vec<Judgement> {
    let paste = world.paste();
    let evidence = evidence::read(&[Input {
        name: "paste.txt",
        bytes: paste.as_bytes(),
    }]);
    let snapshot = Snapshot::load(&evidence);
    let case = Case::build(&snapshot, &[], &Options::default());
    let library = Library::default();
    requirements::of(&case)
        .iter()
        .flat_map(|requirement| {
            let suffix = requirement.key.to_string();
            let walks = if requirement.host.is_empty() {
                Vec::new()
            } else {
                vec![Walk {
                    whose: Whose::Possible,
                    subnet: None,
                    trace: trace(way, &snapshot, &suffix),
                }]
            };
            authorization::judge_with(&library, &case, requirement, &walks)
        })
        .collect()
}

/// `action resource: verdict by layer`, one line each.
pub(crate) fn lines(judgements: &[Judgement]) -> Vec<String> {
    judgements
        .iter()
        .map(|judgement| {
            let decision = judgement.decision.as_ref();
            let verdict = decision.map_or("no caller".to_owned(), |decision| format!("{:?}", decision.verdict));
            let by = decision
                .and_then(|decision| decision.decided_by.as_ref())
                .map_or(String::new(), |by| format!(" by {}", authorization::kind(by.layer)));
            format!("{} {}: {verdict}{by}", judgement.call.action, judgement.call.resource)
        })
        .collect()
}

/// The judgement of that action.
pub(crate) fn of<'a>(judgements: &'a [Judgement], action: &str) -> &'a Judgement {
    judgements
        .iter()
        .find(|judgement| judgement.call.action == action)
        .unwrap_or_else(|| panic!("no {action} in {:#?}", lines(judgements)))
}
