//! Denials as findings need them: by deciding statement over all destinations, or as a lack by layer and destination.

use super::{Handle, Judgement, cite};
use crate::judged::Judged;
use crate::model::DestinationKey;
use policy::{LayerKind, StatementRef, Verdict};
use snapshot::{Assumption, Citation, Need};

/// One call and where it is made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Made<'j> {
    /// The destination.
    pub(crate) key: &'j DestinationKey,
    /// What was judged of it.
    pub(crate) judgement: &'j Judgement,
}

/// A fault of a policy, with every call that it stops.
#[derive(Clone, Debug)]
pub(crate) struct Denial<'j> {
    /// The layer.
    pub(crate) layer: LayerKind,
    /// Whether a statement denies; else nothing allows.
    pub(crate) explicit: bool,
    /// The statement that denies; of a lack that the error text states, the text.
    pub(crate) statement: Option<StatementRef<Handle>>,
    /// The calls.
    pub(crate) calls: Vec<Made<'j>>,
}

/// Something that keeps a layer open.
#[derive(Clone, Debug)]
pub(crate) struct Open<'j> {
    /// What would settle it.
    pub(crate) needs: Vec<Need>,
    /// The calls.
    pub(crate) calls: Vec<Made<'j>>,
}

/// Every call of the case.
pub(crate) fn calls<'j>(judged: &'j Judged<'_>) -> impl Iterator<Item = Made<'j>> {
    judged.destinations.iter().flat_map(|destination| {
        destination.calls.iter().map(|judgement| Made {
            key: &destination.requirement.key,
            judgement,
        })
    })
}

/// Every proven denial of that layer, grouped as the catalogue asks: one for a deciding statement over all destinations, one for a
/// lack of a role at a destination.
pub(crate) fn denied<'j>(judged: &'j Judged<'_>, wanted: fn(LayerKind) -> bool) -> Vec<Denial<'j>> {
    let mut found: Vec<Denial<'j>> = Vec::new();
    for made in calls(judged) {
        for (layer, explicit, statement) in layers(made.judgement) {
            if !wanted(layer) || (!explicit && wrong_name(judged, made)) {
                continue;
            }
            let same = |known: &&mut Denial<'j>| {
                let first = known.calls.first();
                known.explicit == explicit
                    && same_layer(known.layer, layer)
                    && if explicit {
                        statement_key(known.statement.as_ref()) == statement_key(statement.as_ref())
                    } else {
                        first.is_some_and(|first| first.key == made.key && first.judgement.principal == made.judgement.principal)
                    }
            };
            match found.iter_mut().find(same) {
                Some(known) => known.calls.push(made),
                None => found.push(Denial {
                    layer,
                    explicit,
                    statement,
                    calls: vec![made],
                }),
            }
        }
    }
    found
}

/// Every call that the policies of this denial's layer lack an allow for. A remedy that writes such a policy anew must hold them all, or
/// the next one would undo it.
pub(crate) fn lacked<'j>(judged: &'j Judged<'_>, denial: &Denial<'_>, wanted: fn(LayerKind) -> bool) -> Vec<&'j Judgement> {
    let caller = |denial: &Denial<'_>| denial.calls.first().and_then(|made| made.judgement.principal.clone());
    // The organization's policies bind every role of the account alike.
    let binds = |other: &Denial<'_>| matches!(denial.layer, LayerKind::ServiceControl(_)) || caller(other) == caller(denial);
    denied(judged, wanted)
        .into_iter()
        .filter(|other| !other.explicit && other.layer == denial.layer && binds(other))
        .flat_map(|other| other.calls)
        .map(|made| made.judgement)
        .collect()
}

fn statement_key(statement: Option<&StatementRef<Handle>>) -> Option<(&str, Option<&Citation>, &str)> {
    statement.map(|statement| {
        (
            statement.handle.name.as_str(),
            statement.handle.at.as_ref(),
            statement.pointer.as_str(),
        )
    })
}

fn same_layer(a: LayerKind, b: LayerKind) -> bool {
    super::kind(a) == super::kind(b)
}

/// The layers that are proven to deny a call, each for itself.
fn layers(judgement: &Judgement) -> Vec<(LayerKind, bool, Option<StatementRef<Handle>>)> {
    let Some(decision) = judgement.decision.as_ref().filter(|decision| decision.verdict.is_denied()) else {
        return Vec::new();
    };
    let by = decision.decided_by.as_ref();
    let mut found = Vec::new();
    for layer in &decision.layers {
        match layer.verdict {
            Verdict::ExplicitlyDenied => found.push((layer.kind, true, layer.statement.clone())),
            Verdict::ImplicitlyDenied | Verdict::Denied => {
                let decides = by.is_some_and(|by| by.layer == layer.kind);
                let limits = match layer.kind {
                    LayerKind::ServiceControl(_) | LayerKind::Endpoint => true,
                    LayerKind::Identity | LayerKind::Boundary => decision.verdict != Verdict::Denied && needs_own(judgement),
                    _ => false,
                };
                if decides || limits {
                    found.push((layer.kind, false, layer.statement.clone()));
                }
            }
            Verdict::Allowed | Verdict::Unknown => {}
        }
    }
    // The resource's side of another account may have no policy at all, and so no layer.
    if let Some(by) = by
        && !found.iter().any(|(kind, ..)| *kind == by.layer)
    {
        found.push((by.layer, decision.verdict == Verdict::ExplicitlyDenied, by.statement.clone()));
    }
    found
}

/// Whether the role's own policies must allow: nothing on the resource's side grants it directly.
fn needs_own(judgement: &Judgement) -> bool {
    let (Some(decision), Some(request)) = (&judgement.decision, &judgement.request) else {
        return false;
    };
    let foreign = request
        .resource_account()
        .is_some_and(|account| account != request.principal().account);
    let side = decision
        .layers
        .iter()
        .find(|layer| matches!(layer.kind, LayerKind::Resource | LayerKind::Key));
    let grant = decision.layers.iter().any(|layer| layer.kind == LayerKind::Grant);
    foreign
        || (!grant
            && side.is_none_or(|side| match side.verdict {
                Verdict::Allowed => side.delegates,
                Verdict::Unknown | Verdict::Denied => false,
                Verdict::ImplicitlyDenied | Verdict::ExplicitlyDenied => true,
            }))
}

fn wrong_name(judged: &Judged<'_>, made: Made<'_>) -> bool {
    made.judgement.call.by.as_ref().is_some_and(|used| judged.names_nothing(used))
}

/// Calls that stop a start and are not decided, by the layer that is open and what would settle it.
pub(crate) fn open<'j>(judged: &'j Judged<'_>, wanted: fn(LayerKind) -> bool) -> Vec<Open<'j>> {
    let mut found: Vec<Open<'j>> = Vec::new();
    for made in calls(judged).filter(|made| made.judgement.call.blocks_start && !wrong_name(judged, *made)) {
        let judgement = made.judgement;
        let Some(decision) = judgement.decision.as_ref().filter(|decision| decision.verdict == Verdict::Unknown) else {
            continue;
        };
        let is_open = |verdict: Verdict| matches!(verdict, Verdict::Unknown | Verdict::Denied);
        let any_open = decision.layers.iter().any(|layer| is_open(layer.verdict));
        for layer in &decision.layers {
            let counts = if any_open {
                is_open(layer.verdict)
            } else {
                layer.verdict != Verdict::Allowed
            };
            if !wanted(layer.kind) || !counts {
                continue;
            }
            let needs = layer_needs(judgement, layer.kind);
            if needs.is_empty() {
                continue;
            }
            match found.iter_mut().find(|known| known.needs == needs) {
                Some(known) => known.calls.push(made),
                None => found.push(Open { needs, calls: vec![made] }),
            }
        }
    }
    found
}

/// The needs of a call that speak of that layer: each operation shows one kind of policy.
fn layer_needs(judgement: &Judgement, layer: LayerKind) -> Vec<Need> {
    let mine: Vec<Need> = judgement
        .needs
        .iter()
        .filter(|need| match need {
            Need::Call(call) => super::layer_of(call.operation) == Some(super::kind(layer)),
            Need::Question(_) => false,
        })
        .cloned()
        .collect();
    if mine.is_empty() { judgement.needs.clone() } else { mine }
}

impl Denial<'_> {
    /// Whether a denied call stops a start.
    pub(crate) fn blocks_start(&self) -> bool {
        self.calls.iter().any(|made| made.judgement.call.blocks_start)
    }

    /// The statement's place, else the documents that prove the silence, else what makes the call.
    pub(crate) fn evidence(&self) -> Vec<Citation> {
        let mut found: Vec<Citation> = self.statement.as_ref().and_then(cite).into_iter().collect();
        let whole = !self.explicit || found.is_empty();
        let kind = super::kind(self.layer);
        let shown = self.calls.iter().flat_map(|made| &made.judgement.evidence);
        let counts = shown.filter(|(named, _)| (whole && *named == kind) || *named == super::ANSWERED);
        found.extend(counts.map(|(_, at)| at.clone()));
        found.extend(
            self.calls
                .iter()
                .filter_map(|made| made.judgement.call.by.as_ref())
                .map(|used| used.at.clone()),
        );
        dedup(found)
    }

    /// What the denial takes for granted.
    pub(crate) fn assumes(&self) -> Vec<Assumption> {
        let mut found: Vec<Assumption> = Vec::new();
        if self.explicit {
            return found;
        }
        for assumption in self.calls.iter().flat_map(|made| &made.judgement.assumes) {
            if !found.contains(assumption) {
                found.push(assumption.clone());
            }
        }
        found
    }

    /// Whether the error text itself says so.
    pub(crate) fn told(&self) -> bool {
        self.calls.iter().any(|made| made.judgement.told)
    }
}

/// In order, each once.
pub(crate) fn dedup<T: PartialEq>(items: Vec<T>) -> Vec<T> {
    let mut seen: Vec<T> = Vec::new();
    for item in items {
        if !seen.contains(&item) {
            seen.push(item);
        }
    }
    seen
}
