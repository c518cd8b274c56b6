//! Laws that hold for every request, over the random cases of the differential test.

mod common;
#[path = "common/generate/mod.rs"]
mod generate;

use common::{Case, name};
use generate::{Random, twins};
use policy::{Context, Decision, Layers, PrincipalKind, Request, Resource, ResourcePolicy, Source, Unmentioned, Value, Verdict, evaluate};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

/// Whether `later`, the decision with more facts, is one that `earlier` left room for.
fn refines(earlier: Verdict, later: Verdict) -> bool {
    match earlier {
        Verdict::Unknown => true,
        Verdict::Denied => later.is_denied(),
        settled => later == settled,
    }
}

fn documents(case: &mut Json) -> Vec<&mut Json> {
    let mut out = Vec::new();
    let Json::Object(members) = case else {
        return out;
    };
    for (name, value) in members {
        if matches!(name.as_str(), "contextVariables" | "resource") {
            continue;
        }
        collect(value, &mut out);
    }
    out
}

fn collect<'a>(value: &'a mut Json, out: &mut Vec<&'a mut Json>) {
    match value {
        Json::Array(items) => items.iter_mut().for_each(|item| collect(item, out)),
        document @ Json::Object(_) => out.push(document),
        _ => {}
    }
}

fn statements(document: &mut Json) -> Option<&mut Vec<Json>> {
    document.get_mut("Statement")?.as_array_mut()
}

fn shuffle<T>(items: &mut [T], random: &mut Random) {
    for i in (1..items.len()).rev() {
        items.swap(i, random.below(i + 1));
    }
}

fn shuffle_all(value: &mut Json, random: &mut Random) {
    match value {
        Json::Array(items) => {
            shuffle(items, random);
            items.iter_mut().for_each(|item| shuffle_all(item, random));
        }
        Json::Object(members) => members.values_mut().for_each(|member| shuffle_all(member, random)),
        _ => {}
    }
}

fn decide(case: &Json) -> Decision<u32> {
    Case::read(&case.to_string()).decide()
}

/// Takes documents away at random.
fn forget<'a>(layers: &Layers<'a, u32>, random: &mut Random, percent: usize) -> Layers<'a, u32> {
    let mut out = layers.clone();
    let mut maybe = |source: &mut Source<'a, u32>| {
        if random.chance(percent) {
            *source = Source::Missing(*source.handle());
        }
    };
    out.identity.iter_mut().for_each(&mut maybe);
    out.boundary.iter_mut().for_each(&mut maybe);
    out.session.iter_mut().for_each(&mut maybe);
    out.service_control.iter_mut().flatten().for_each(&mut maybe);
    out.resource_control.iter_mut().flatten().for_each(&mut maybe);
    match &mut out.resource {
        ResourcePolicy::None => {}
        ResourcePolicy::Generic(source) | ResourcePolicy::Trust(source) => maybe(source),
        ResourcePolicy::Together(sources) => sources.iter_mut().for_each(&mut maybe),
        ResourcePolicy::Key { policy, .. } => maybe(policy),
    }
    out.endpoint.iter_mut().for_each(|(_, source)| maybe(source));
    out
}

/// Takes context values away at random.
fn forget_keys(request: &Request, random: &mut Random, percent: usize) -> Request {
    let mut context = request.context().clone();
    for key in request.context().keys() {
        if random.chance(percent) {
            context.set(key, Value::Unknown);
        }
    }
    request.with_context(context)
}

/// Puts values of another context where the first has unknown ones.
fn complete_keys(request: &Request, other: &Context) -> Request {
    let mut context = Context::new(Unmentioned::Absent);
    for key in request.context().keys() {
        let value = request.context().get(key);
        context.set(
            key,
            if *value == Value::Unknown {
                other.get(key).clone()
            } else {
                value.clone()
            },
        );
    }
    request.with_context(context)
}

/// Puts documents of other layers where the first misses them.
fn complete<'a>(open: &Layers<'a, u32>, other: &Layers<'a, u32>) -> Layers<'a, u32> {
    let mut out = open.clone();
    let fill = |source: &mut Source<'a, u32>, with: Option<&Source<'a, u32>>| {
        if let (Source::Missing(_), Some(with)) = (&*source, with) {
            *source = with.clone();
        }
    };
    for (i, source) in out.identity.iter_mut().enumerate() {
        fill(source, other.identity.get(i));
    }
    out.boundary.iter_mut().for_each(|s| fill(s, other.boundary.as_ref()));
    out.session.iter_mut().for_each(|s| fill(s, other.session.first()));
    out.service_control
        .iter_mut()
        .flatten()
        .for_each(|s| fill(s, other.service_control.iter().flatten().next()));
    out.resource_control
        .iter_mut()
        .flatten()
        .for_each(|s| fill(s, other.resource_control.iter().flatten().next()));
    let with = match &other.resource {
        ResourcePolicy::None => None,
        ResourcePolicy::Together(sources) => sources.first(),
        ResourcePolicy::Generic(s) | ResourcePolicy::Trust(s) | ResourcePolicy::Key { policy: s, .. } => Some(s),
    };
    match &mut out.resource {
        ResourcePolicy::None => {}
        ResourcePolicy::Together(sources) => sources.iter_mut().for_each(|s| fill(s, with)),
        ResourcePolicy::Generic(s) | ResourcePolicy::Trust(s) | ResourcePolicy::Key { policy: s, .. } => fill(s, with),
    }
    out.endpoint
        .iter_mut()
        .for_each(|(_, s)| fill(s, other.endpoint.as_ref().map(|(_, s)| s)));
    out
}

/// Puts back what the residuals name, until nothing is named.
fn follow<'a>(request: &Request, layers: &Layers<'a, u32>, full_request: &Request, full: &Layers<'a, u32>) -> Decision<u32> {
    let (mut request, mut layers) = (request.clone(), layers.clone());
    for _ in 0..20 {
        let decision = evaluate(&request, &layers);
        if decision.residuals.missing.is_empty() && decision.residuals.keys.is_empty() {
            return decision;
        }
        let mut context = request.context().clone();
        for key in &decision.residuals.keys {
            context.set(key, full_request.context().get(key).clone());
        }
        request = request.with_context(context);
        // The handles of one layer are its own, so a named handle is put back wherever it occurs.
        let named = |source: &Source<'a, u32>| decision.residuals.missing.contains(source.handle());
        let restore = |into: &mut Source<'a, u32>, from: &Source<'a, u32>| {
            if named(into) {
                *into = from.clone();
            }
        };
        layers = restored(layers, full, restore);
    }
    evaluate(&request, &layers)
}

fn restored<'a>(
    mut layers: Layers<'a, u32>,
    known: &Layers<'a, u32>,
    restore: impl Fn(&mut Source<'a, u32>, &Source<'a, u32>),
) -> Layers<'a, u32> {
    layers.identity.iter_mut().zip(&known.identity).for_each(|(a, b)| restore(a, b));
    layers.boundary.iter_mut().zip(&known.boundary).for_each(|(a, b)| restore(a, b));
    layers.session.iter_mut().zip(&known.session).for_each(|(a, b)| restore(a, b));
    let levels = |a: &mut Vec<Vec<Source<'a, u32>>>, b: &Vec<Vec<Source<'a, u32>>>| {
        a.iter_mut().flatten().zip(b.iter().flatten()).for_each(|(a, b)| restore(a, b));
    };
    levels(&mut layers.service_control, &known.service_control);
    levels(&mut layers.resource_control, &known.resource_control);
    match (&mut layers.resource, &known.resource) {
        (ResourcePolicy::Generic(a), ResourcePolicy::Generic(b))
        | (ResourcePolicy::Trust(a), ResourcePolicy::Trust(b))
        | (ResourcePolicy::Key { policy: a, .. }, ResourcePolicy::Key { policy: b, .. }) => restore(a, b),
        _ => {}
    }
    layers
        .endpoint
        .iter_mut()
        .zip(&known.endpoint)
        .for_each(|((_, a), (_, b))| restore(a, b));
    layers
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn order_never_matters(seed in any::<u64>()) {
        let mut random = Random::new(seed);
        let [mut world, _] = twins(&mut random, 0);
        let before = decide(&world);
        for document in documents(&mut world) {
            shuffle_all(document, &mut random);
        }
        if let Some(policies) = world.get_mut("identityPolicies").and_then(Json::as_array_mut) {
            shuffle(policies, &mut random);
        }
        prop_assert_eq!(name(decide(&world).verdict), name(before.verdict));
    }

    #[test]
    fn a_deny_never_grants(seed in any::<u64>()) {
        let mut random = Random::new(seed);
        let [mut world, donor] = twins(&mut random, 0);
        let before = decide(&world).verdict;
        let mut donor = donor;
        let mut denies: Vec<Json> = documents(&mut donor)
            .into_iter()
            .filter_map(|d| statements(d).cloned())
            .flatten()
            .filter(|s| s.get("NotPrincipal").is_none())
            .collect();
        denies.push(json!({ "Action": "*", "Resource": "*" }));
        let mut deny = denies.swap_remove(random.below(denies.len()));
        deny["Effect"] = json!("Deny");
        let all = documents(&mut world).len();
        if all == 0 {
            return Ok(());
        }
        let chosen = random.below(all);
        let target = documents(&mut world).into_iter().nth(chosen);
        let Some(list) = target.and_then(statements) else { return Ok(()) };
        let named = list.iter().any(|s| s.get("Principal").is_some() || s.get("NotPrincipal").is_some());
        if let Some(members) = deny.as_object_mut() {
            members.remove("Principal");
            if !members.contains_key("Resource") && !members.contains_key("NotResource") {
                members.insert("Resource".into(), json!("*"));
            }
            if named {
                members.insert("Principal".into(), json!("*"));
            }
        }
        let certain = deny["Action"] == "*" && deny["Resource"] == "*" && deny.get("Condition").is_none();
        list.push(deny);
        let after = decide(&world).verdict;
        prop_assert!(after != Verdict::Allowed || before == Verdict::Allowed, "{:?} {:?}", before, after);
        prop_assert!(!before.is_denied() || after.is_denied(), "{:?} {:?}", before, after);
        let reached = world["resource"]["arn"] != "*" || chosen < all;
        if certain && reached && world.get("rcps").is_none() {
            prop_assert_eq!(after, Verdict::ExplicitlyDenied);
        }
    }

    #[test]
    fn an_allow_never_denies(seed in any::<u64>()) {
        let mut random = Random::new(seed);
        let [mut world, _] = twins(&mut random, 0);
        let before = decide(&world).verdict;
        let mut lists: Vec<&mut Vec<Json>> = documents(&mut world).into_iter().filter_map(statements).collect();
        if lists.is_empty() {
            return Ok(());
        }
        let chosen = random.below(lists.len());
        let Some(list) = lists.get_mut(chosen) else { return Ok(()) };
        let named = list.iter().any(|s| s.get("Principal").is_some() || s.get("NotPrincipal").is_some());
        let only_denies = list.iter().all(|s| s["Effect"] == "Deny" && s.get("Principal") == Some(&json!("*")));
        if only_denies && named {
            // A customer's resource control policy cannot allow.
            return Ok(());
        }
        let mut allow = json!({ "Effect": "Allow", "Action": "*", "Resource": "*" });
        if named {
            allow["Principal"] = json!("*");
        }
        list.push(allow);
        let after = decide(&world).verdict;
        prop_assert!(before != Verdict::Allowed || after == Verdict::Allowed, "{:?} {:?}", before, after);
        prop_assert!(!after.is_denied() || before.is_denied(), "{:?} {:?}", before, after);
        prop_assert!(before != Verdict::ExplicitlyDenied || after == Verdict::ExplicitlyDenied);
    }

    #[test]
    fn every_completion_agrees_with_a_settled_decision(seed in any::<u64>(), percent in 5usize..80) {
        let mut random = Random::new(seed);
        let [world, other] = twins(&mut random, 0);
        let (world, other) = (Case::from_json(&world), Case::from_json(&other));
        let (full, others) = (world.layers(), other.layers());
        let known = evaluate(&world.request, &full).verdict;
        let layers = forget(&full, &mut random, percent);
        let request = forget_keys(&world.request, &mut random, percent);
        let open = evaluate(&request, &layers);
        prop_assert!(refines(open.verdict, known), "{}: {:?} then {:?}", world.id, open, known);
        let unsettled = matches!(open.verdict, Verdict::Unknown | Verdict::Denied);
        prop_assert_eq!(open.residuals.is_empty(), !unsettled, "{:?}", open);
        // Nothing has to allow an account's root user.
        let unasked = request.principal().kind == PrincipalKind::Root && open.verdict == Verdict::Allowed;
        prop_assert!(unasked || open.decided_by.is_none() == (open.verdict == Verdict::Unknown), "{:?}", open);
        let filled_request = complete_keys(&request, other.request.context());
        let filled = evaluate(&filled_request, &complete(&layers, &others)).verdict;
        prop_assert!(refines(open.verdict, filled), "{:?} then {:?}", open, filled);
        // In two steps as in one.
        let half = evaluate(&filled_request, &layers).verdict;
        prop_assert!(refines(open.verdict, half) && refines(half, filled), "{:?} {:?} {:?}", open.verdict, half, filled);
    }

    #[test]
    fn a_resource_known_in_part_agrees_with_the_whole(seed in any::<u64>(), cut in 0usize..12) {
        let mut random = Random::new(seed);
        let [world, _] = twins(&mut random, 0);
        let world = Case::from_json(&world);
        let request = &world.request;
        let Resource::Arn(arn) = request.resource() else { return Ok(()) };
        let full = world.layers();
        let known = evaluate(request, &full).verdict;
        let (beginning, rest) = arn.split_at(arn.len() - cut);
        let mut parts = vec![Resource::Beginning(beginning.to_owned())];
        if !rest.contains(':') {
            parts.push(Resource::Unfinished { beginning: beginning.to_owned(), characters: cut });
        }
        for part in parts {
            let account = request.resource_account();
            let open = Request::new(request.principal().clone(), request.action(), part, account, request.context().clone());
            let verdict = evaluate(&open, &full).verdict;
            prop_assert!(refines(verdict, known), "{:?}: {:?} then {:?}", open.resource(), verdict, known);
        }
    }

    #[test]
    fn the_residuals_lead_to_the_decision(seed in any::<u64>(), percent in 5usize..80) {
        let mut random = Random::new(seed);
        let [world, _] = twins(&mut random, 0);
        let world = Case::from_json(&world);
        let full = world.layers();
        let known = evaluate(&world.request, &full).verdict;
        let layers = forget(&full, &mut random, percent);
        let request = forget_keys(&world.request, &mut random, percent);
        let reached = follow(&request, &layers, &world.request, &full);
        prop_assert_eq!(reached.verdict, known, "{:?}", reached);
    }
}
