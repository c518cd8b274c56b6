//! The least policies, held against the engine: they suffice, and nothing can be taken away.

use crate::support::Way;
use diagnosis::authorization::{self, Judgement, Library};
use diagnosis::case::{Case, Options};
use diagnosis::judged::Judged;
use diagnosis::least::{self, Least};
use evidence::Input;
use policy::{Document, DocumentKind, Draft, EndpointKind, Layers, ResourcePolicy, Source, Verdict, evaluate};
use serde_json::json;
use snapshot::Snapshot;
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
fn suffices(draft: &Draft, calls: &[&Judgement]) -> bool {
    let (document, problems) = Document::parse(&draft.to_json(), DocumentKind::Identity);
    assert!(problems.is_empty(), "{problems:?}");
    let mine = calls
        .iter()
        .filter(|judgement| judgement.call.action != "sts:AssumeRole" && judgement.principal.is_some());
    mine.into_iter().all(|judgement| {
        let request = judgement.request.as_ref().expect("a request");
        // In one account; a bucket's ARN does not say which.
        let own = request.principal().account.clone();
        let request = policy::Request::new(
            request.principal().clone(),
            request.action(),
            request.resource().clone(),
            Some(&own),
            request.context().clone(),
        );
        let layers = Layers {
            identity: vec![Source::Document("least", &document)],
            ..Layers::default()
        };
        evaluate(&request, &layers).verdict == Verdict::Allowed
    })
}

#[test]
fn the_role_s_policy_suffices_and_no_statement_can_go() {
    with(&world(Egress::Nat), &Way::Nat, |least, calls, _| {
        assert_eq!(least.execution_role.statements.len(), 9, "{}", least.execution_role.to_json());
        assert!(suffices(&least.execution_role, calls), "{}", least.execution_role.to_json());
        for index in 0..least.execution_role.statements.len() {
            let mut fewer = least.execution_role.clone();
            fewer.statements.remove(index);
            assert!(
                !suffices(&fewer, calls),
                "statement {index} is not needed: {}",
                least.execution_role.to_json()
            );
        }
        assert!(least.endpoints.is_empty());
    });
}

#[test]
fn the_trust_policy_admits_this_task() {
    with(&world(Egress::Nat), &Way::Nat, |least, calls, _| {
        let (document, problems) = Document::parse(&least.trust.to_json(), DocumentKind::Trust);
        assert!(problems.is_empty());
        let request = calls
            .iter()
            .find(|judgement| judgement.call.action == "sts:AssumeRole")
            .and_then(|judgement| judgement.request.as_ref())
            .unwrap();
        let layers = Layers {
            resource: ResourcePolicy::Trust(Source::Document("trust", &document)),
            ..Layers::default()
        };
        assert_eq!(evaluate(request, &layers).verdict, Verdict::Allowed);
    });
}

#[test]
fn the_endpoints_policies_suffice_and_no_statement_can_go() {
    with(&world(Egress::Endpoints), &Way::Endpoint, |least, _, judged| {
        assert_eq!(least.endpoints.len(), 6);
        for (endpoint, draft) in &least.endpoints {
            let allows = |draft: &Draft| {
                let (document, problems) = Document::parse(&draft.to_json(), DocumentKind::Endpoint);
                assert!(problems.is_empty(), "{problems:?}");
                let passing = judged
                    .destinations
                    .iter()
                    .filter(|destination| destination.walks.iter().any(|walk| walk.trace.passage.endpoints.contains(endpoint)));
                passing
                    .flat_map(|destination| &destination.calls)
                    .filter(|judgement| judgement.call.action != "kms:Decrypt")
                    .all(|judgement| {
                        let request = judgement.request.as_ref().unwrap();
                        // Only the endpoint's policy is asked.
                        let layers = Layers {
                            base: policy::Base::Given,
                            endpoint: Some((EndpointKind::Gateway, Source::Document("least", &document))),
                            ..Layers::default()
                        };
                        evaluate(request, &layers).verdict == Verdict::Allowed
                    })
            };
            assert!(allows(draft), "{endpoint}: {}", draft.to_json());
            for index in 0..draft.statements.len() {
                let mut fewer = draft.clone();
                fewer.statements.remove(index);
                assert!(!allows(&fewer), "{endpoint}: statement {index} is not needed");
            }
        }
    });
}
