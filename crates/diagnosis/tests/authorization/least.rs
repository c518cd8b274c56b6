//! The least policies, held against the engine: they suffice, and nothing can be taken away.

use crate::support::Way;
use diagnosis::authorization::{self, Judgement, Library};
use diagnosis::case::{Case, Options};
use diagnosis::judged::Judged;
use diagnosis::least::{self, Least};
use diagnosis::requirements::Caller;
use evidence::Input;
use policy::{Document, DocumentKind, Draft, EndpointKind, Layers, Request, ResourcePolicy, Source, Verdict, evaluate};
use serde_json::{Value, json};
use snapshot::Snapshot;
use snapshot::ids::VpcEndpointId;
use testkit::world::{Egress, World};

/// A task that needs everything: secret with a key, parameter, image, logs with a group to make, an environment file.
fn world(egress: Egress) -> World {
    let mut world = World::new(egress, "");
    let key = "arn:aws:kms:us-east-1:111122223333:key/1a2b3c4d-0000-4000-8000-000000000001";
    world.set("describe-secret", "/KmsKeyId", json!(key));
    let container = "/taskDefinition/containerDefinitions/0";
    world.set(
        "describe-task-definition",
        &format!("{container}/environmentFiles"),
        json!([{"type": "s3", "value": "arn:aws:s3:::config/app.env"}]),
    );
    world.set(
        "describe-task-definition",
        &format!("{container}/logConfiguration/options/awslogs-create-group"),
        json!("true"),
    );
    world
}

fn with<T>(world: &World, way: &Way, then: impl FnOnce(&Least, &[&Judgement], &Judged<'_>) -> T) -> T {
    let paste = world.paste();
    let evidence = evidence::read(&[Input {
        name: "paste.txt",
        bytes: paste.as_bytes(),
    }]);
    let snapshot = Snapshot::load(&evidence);
    let case = Case::build(&snapshot, &[], &Options::default());
    let mut judged = Judged::of(&case);
    let library = Library::default();
    for destination in &mut judged.destinations {
        let suffix = destination.requirement.key.to_string();
        for walk in &mut destination.walks {
            walk.trace.passage = crate::support::trace(way, &snapshot, &suffix).passage;
        }
        destination.calls = authorization::judge_with(&library, &case, &destination.requirement, &destination.walks);
    }
    let least = least::of(&judged).expect("the task definition is there");
    let calls: Vec<&Judgement> = judged.destinations.iter().flat_map(|destination| &destination.calls).collect();
    then(&least, &calls, &judged)
}

/// Whether the policy of the role alone allows every call of the role, as an account without other policies would.
fn suffices(policy: &str, calls: &[&Judgement], of_instance: bool) -> bool {
    let (document, problems) = Document::parse(policy, DocumentKind::Identity);
    assert!(problems.is_empty(), "{problems:?}");
    // The policy of an AWS managed key lets the account's callers use it: their own policies need not.
    let granted = |judgement: &Judgement| judgement.call.resource.starts_with("alias/aws/");
    let mine = calls
        .iter()
        .filter(|judgement| judgement.call.action != "sts:AssumeRole" && judgement.principal.is_some() && !granted(judgement))
        .filter(|judgement| (judgement.call.caller == Caller::InstanceRole) == of_instance);
    mine.into_iter().all(|judgement| {
        let request = judgement.request.as_ref().expect("a request");
        let request = in_one_account(request);
        let layers = Layers {
            identity: vec![Source::Document("least", &document)],
            ..Layers::default()
        };
        evaluate(&request, &layers).verdict == Verdict::Allowed
    })
}

/// The role's own side alone is looked at; a bucket's ARN does not say whose it is.
fn in_one_account(request: &Request) -> Request {
    let own = request.principal().account.clone();
    Request::new(
        request.principal().clone(),
        request.action(),
        request.resource().clone(),
        Some(&own),
        request.context().clone(),
    )
}

/// The calls that an endpoint's policy must let through, of those destinations that are proven to pass it.
fn passing<'j>(judged: &'j Judged<'_>, endpoint: &VpcEndpointId) -> Vec<&'j Judgement> {
    let through = judged.destinations.iter().filter(|destination| {
        let passage = destination.walks.first().map(|walk| &walk.trace.passage);
        passage.is_some_and(|passage| passage.endpoints.as_slice() == std::slice::from_ref(endpoint))
    });
    through
        .flat_map(|destination| &destination.calls)
        .filter(|judgement| judgement.call.action != "kms:Decrypt" && judgement.request.is_some())
        .collect()
}

/// Whether an endpoint's policy alone lets the calls through; a gateway reads principals the more strictly.
fn lets_through(policy: &str, calls: &[&Judgement]) -> bool {
    let (document, problems) = Document::parse(policy, DocumentKind::Endpoint);
    assert!(problems.is_empty(), "{problems:?}");
    calls.iter().filter_map(|judgement| judgement.request.as_ref()).all(|request| {
        let layers = Layers {
            base: policy::Base::Given,
            endpoint: Some((EndpointKind::Gateway, Source::Document("least", &document))),
            ..Layers::default()
        };
        evaluate(request, &layers).verdict == Verdict::Allowed
    })
}

/// Whether a trust policy alone lets Amazon ECS assume the roles.
fn admits(policy: &str, assumed: &[&Judgement]) -> bool {
    let (document, problems) = Document::parse(policy, DocumentKind::Trust);
    assert!(problems.is_empty(), "{problems:?}");
    assumed.iter().filter_map(|judgement| judgement.request.as_ref()).all(|request| {
        let layers = Layers {
            resource: ResourcePolicy::Trust(Source::Document("trust", &document)),
            ..Layers::default()
        };
        evaluate(request, &layers).verdict == Verdict::Allowed
    })
}

/// The policy without one item of that list.
fn without(policy: &Value, list: &str, index: usize) -> Value {
    let mut fewer = policy.clone();
    let items = fewer.pointer_mut(list).and_then(Value::as_array_mut).expect("a list");
    items.remove(index);
    fewer
}

/// Each statement, action and resource left out once: then it must not suffice any more.
fn nothing_can_go(name: &str, draft: &Draft, suffices: impl Fn(&str) -> bool) {
    let whole: Value = serde_json::from_str(&draft.to_json()).expect("a draft is JSON");
    let statements = |policy: &Value| policy["Statement"].as_array().cloned().unwrap_or_default();
    assert!(suffices(&whole.to_string()), "{name}: {whole}");
    for (index, statement) in statements(&whole).iter().enumerate() {
        let fewer = without(&whole, "/Statement", index);
        assert!(!suffices(&fewer.to_string()), "{name}: statement {index} is not needed: {whole}");
        for element in ["Action", "Resource"] {
            // A log group's ARN is written with and without `:*`, as AWS's own examples do either.
            let count = if statement["Sid"] == "LogGroup" {
                0
            } else {
                statement[element].as_array().map_or(0, Vec::len)
            };
            for item in 0..count {
                let fewer = without(&whole, &format!("/Statement/{index}/{element}"), item);
                assert!(
                    !suffices(&fewer.to_string()),
                    "{name}: {element} {item} of statement {index} is not needed: {whole}"
                );
            }
        }
    }
}

#[test]
fn on_every_scenario_the_policies_suffice_and_nothing_can_go() {
    let (mut with_endpoints, mut trusted) = (0, 0);
    for scenario in testkit::scenarios::all() {
        let files = scenario.paste();
        let inputs: Vec<Input<'_>> = files.iter().map(|(name, bytes)| Input { name, bytes }).collect();
        let evidence = evidence::read(&inputs);
        let snapshot = Snapshot::load(&evidence);
        let case = Case::build(&snapshot, &[], &Options::default());
        let judged = Judged::of(&case);
        let Some(least) = least::of(&judged) else { continue };
        let calls: Vec<&Judgement> = judged.destinations.iter().flat_map(|destination| &destination.calls).collect();
        let calls: Vec<&Judgement> = calls.into_iter().filter(|judgement| judgement.request.is_some()).collect();
        // Of an account that somebody hid before sending nothing can be shown.
        let hidden = calls.iter().any(|judgement| judgement.call.resource.contains('<'));
        if !hidden && calls.iter().any(|judgement| judgement.principal.is_some()) {
            nothing_can_go(scenario.name, &least.execution_role, |policy| suffices(policy, &calls, false));
            assert!(suffices(&least.instance_role.to_json(), &calls, true), "{}", scenario.name);
        }
        let assumed = calls.iter().filter(|judgement| judgement.call.action == "sts:AssumeRole");
        let assumed: Vec<&Judgement> = assumed.copied().collect();
        if case.account.is_some() && case.region.is_some() && !assumed.is_empty() {
            trusted += 1;
            nothing_can_go(scenario.name, &least.trust, |policy| admits(policy, &assumed));
        }
        for (endpoint, draft) in &least.endpoints {
            with_endpoints += 1;
            let passing = passing(&judged, endpoint);
            nothing_can_go(scenario.name, draft, |policy| lets_through(policy, &passing));
        }
    }
    assert!(with_endpoints > 0 && trusted > 0);
}

#[test]
fn the_role_s_policy_suffices_and_nothing_can_go() {
    with(&world(Egress::Nat), &Way::Nat, |least, calls, _| {
        assert_eq!(least.execution_role.statements.len(), 9, "{}", least.execution_role.to_json());
        nothing_can_go("everything", &least.execution_role, |policy| suffices(policy, calls, false));
        assert!(least.endpoints.is_empty());
    });
}

#[test]
fn the_trust_policy_admits_this_task() {
    with(&world(Egress::Nat), &Way::Nat, |least, calls, _| {
        let assumed = calls.iter().filter(|judgement| judgement.call.action == "sts:AssumeRole");
        let assumed: Vec<&Judgement> = assumed.copied().collect();
        let trust = least.trust.to_json();
        assert!(!assumed.is_empty() && admits(&trust, &assumed));
        // Tasks of another account, or of another Region, it does not admit.
        for changed in [
            trust.replace("111122223333", "444455556666"),
            trust.replace("us-east-1", "us-west-2"),
        ] {
            assert!(changed != trust && !admits(&changed, &assumed), "{changed}");
        }
    });
}

#[test]
fn the_endpoints_policies_suffice_and_nothing_can_go() {
    with(&world(Egress::Endpoints), &Way::Endpoint, |least, _, judged| {
        assert_eq!(least.endpoints.len(), 6);
        for (endpoint, draft) in &least.endpoints {
            let passing = passing(judged, endpoint);
            nothing_can_go(endpoint.as_str(), draft, |policy| lets_through(policy, &passing));
        }
    });
}
