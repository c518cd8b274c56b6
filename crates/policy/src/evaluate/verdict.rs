//! From what the layers say to the verdict, the deciding statement and the residuals.

use super::principals::Cover;
use super::tally::{Open, Tally, reference};
use super::{Facts, Layer};
use crate::decision::{DecidedBy, Decision, LayerDecision, LayerKind, OpenStatement, Residuals, StatementRef, Verdict};
use crate::doubt::Doubt;
use crate::layers::Base;
use crate::tri::Tri;

impl<'a, S: Clone + PartialEq> Facts<'a, S> {
    pub(super) fn decide(self) -> Decision<S> {
        let denied = self.found.iter().map(|layer| layer.tally.deny).fold(Tri::False, Tri::or);
        let granted = self.granted();
        let verdict = verdict(denied, granted);
        let decided_by = match verdict {
            Verdict::ExplicitlyDenied => self.denying(),
            Verdict::Allowed => self.allowing(),
            Verdict::ImplicitlyDenied | Verdict::Denied => self.silent(),
            Verdict::Unknown => None,
        };
        let residuals = match verdict {
            Verdict::Denied | Verdict::Unknown => self.residuals(granted),
            _ => Residuals::default(),
        };
        let mut layers: Vec<LayerDecision<S>> = self.found.iter().map(|layer| self.layer_decision(layer)).collect();
        if let Some(handle) = self.grant.1 {
            layers.push(LayerDecision {
                kind: LayerKind::Grant,
                verdict: Verdict::Allowed,
                statement: Some(grant_reference(handle)),
                delegates: false,
            });
        }
        Decision {
            verdict,
            decided_by,
            layers,
            residuals,
        }
    }

    fn layer_decision(&self, layer: &Layer<'a, S>) -> LayerDecision<S> {
        let tally = &layer.tally;
        let verdict = verdict(tally.deny, tally.allow.any());
        let statement = match verdict {
            Verdict::Allowed => tally.allowing(),
            Verdict::ExplicitlyDenied => tally.denying(),
            _ => None,
        };
        let direct = tally.allow.exact.or(tally.allow.role).or(tally.allow.everyone);
        LayerDecision {
            kind: layer.kind,
            verdict,
            statement,
            delegates: direct.is_false() && tally.allow.account.is_true(),
        }
    }

    fn denying(&self) -> Option<DecidedBy<S>> {
        let layer = self.found.iter().find(|layer| layer.tally.deny.is_true())?;
        Some(DecidedBy {
            layer: layer.kind,
            statement: layer.tally.denying(),
        })
    }

    /// The grant: the identity policies where they suffice, else the resource's side, else a KMS grant.
    fn allowing(&self) -> Option<DecidedBy<S>> {
        let by = |layer: &Layer<'a, S>| DecidedBy {
            layer: layer.kind,
            statement: layer.tally.allowing(),
        };
        let on_resource = [LayerKind::Resource, LayerKind::Key, LayerKind::Trust]
            .iter()
            .find_map(|k| self.layer(*k));
        if self.layers.base == Base::Given {
            return self.layer(LayerKind::Endpoint).map(by);
        }
        let cover = self.resource_cover();
        let direct = cover.exact.or(cover.role).or(cover.everyone);
        let identity_first = if self.resource_side_needed() && self.same_account().is_true() {
            !direct.is_true() && cover.account.is_true()
        } else {
            true
        };
        if identity_first && self.identity().and(self.bounds()).is_true() {
            return self.layer(LayerKind::Identity).map(by);
        }
        match on_resource {
            Some(layer) if layer.tally.allow.any().is_true() => Some(by(layer)),
            _ => self.grant.1.map(|handle| DecidedBy {
                layer: LayerKind::Grant,
                statement: Some(grant_reference(handle)),
            }),
        }
    }

    /// The first layer whose silence denies, in AWS's order.
    fn silent(&self) -> Option<DecidedBy<S>> {
        let limiting = self
            .found
            .iter()
            .find(|l| matches!(l.kind, LayerKind::ServiceControl(_) | LayerKind::Endpoint) && l.tally.allow.any().is_false())
            .map(|l| l.kind);
        let kind = limiting.or_else(|| self.silent_base())?;
        Some(DecidedBy {
            layer: kind,
            statement: None,
        })
    }

    fn silent_base(&self) -> Option<LayerKind> {
        let cover = self.resource_cover();
        let resource = [LayerKind::Key, LayerKind::Trust, LayerKind::Resource]
            .into_iter()
            .find(|k| self.layer(*k).is_some())
            .unwrap_or(LayerKind::Resource);
        if !self.request.principal().has_account() {
            return Some(resource);
        }
        let needed = self.resource_side_needed() || self.same_account().is_false();
        if needed && cover.any().is_false() {
            return Some(resource);
        }
        [LayerKind::Identity, LayerKind::Boundary, LayerKind::Session]
            .into_iter()
            .find(|k| self.layer(*k).is_some_and(|l| l.tally.allow.any().is_false()))
            .or(needed.then_some(resource))
    }

    /// Whether an open allow in this layer can change the decision.
    fn allow_matters(&self, kind: LayerKind, allow: Cover) -> bool {
        match kind {
            // In one account the identity policies suffice where they allow.
            LayerKind::Resource if self.same_account().is_true() && self.identity().and(self.bounds()).is_true() => false,
            LayerKind::Resource | LayerKind::Key | LayerKind::Trust => [allow.exact, allow.role, allow.everyone, allow.account]
                .iter()
                .any(|way| way.is_unknown()),
            _ => allow.any().is_unknown(),
        }
    }

    fn residuals(&self, granted: Tri) -> Residuals<S> {
        let mut out = Residuals::default();
        for layer in &self.found {
            let Tally {
                open_deny,
                open_allow,
                allow,
                ..
            } = &layer.tally;
            for open in open_deny {
                add(&mut out, layer.kind, open);
            }
            if granted.is_unknown() && self.allow_matters(layer.kind, *allow) {
                for open in open_allow {
                    add(&mut out, layer.kind, open);
                }
            }
        }
        out.doubts.extend(self.doubts.iter().cloned());
        if !granted.is_unknown() {
            return out;
        }
        if self.grant.0.is_unknown()
            && let Some(handle) = &self.layers.grants.unproven
            && !out.missing.contains(handle)
        {
            out.missing.push(handle.clone());
        }
        for doubt in self.grant_doubts.iter().filter(|_| self.grant.0.is_unknown()) {
            match doubt {
                Doubt::Key(key) => drop(out.keys.insert(key.clone())),
                other => out.doubts.push(other.clone()),
            }
        }
        if self.same_account().is_unknown() && self.request.principal().has_account() {
            out.doubts.push(Doubt::ResourceAccount);
        }
        let within = !self.same_account().is_false();
        if within && self.bounds().is_false() && !self.resource_cover().everyone.is_false() {
            out.doubts.push(Doubt::EveryonePastBoundary);
        }
        if self.grant.0.is_true() && (!within || self.bounds().is_false()) {
            out.doubts.push(Doubt::GrantPastBoundary);
        }
        out
    }
}

fn verdict(denied: Tri, granted: Tri) -> Verdict {
    match (denied, granted) {
        (Tri::True, _) => Verdict::ExplicitlyDenied,
        (Tri::False, Tri::True) => Verdict::Allowed,
        (Tri::False, Tri::False) => Verdict::ImplicitlyDenied,
        (Tri::Unknown, Tri::False) => Verdict::Denied,
        _ => Verdict::Unknown,
    }
}

fn grant_reference<S: Clone>(handle: &S) -> StatementRef<S> {
    StatementRef {
        handle: handle.clone(),
        pointer: String::new(),
        sid: None,
        effect: None,
    }
}

fn add<S: Clone + PartialEq>(out: &mut Residuals<S>, layer: LayerKind, open: &Open<'_, S>) {
    match open {
        Open::Missing(handle) => {
            if !out.missing.contains(handle) {
                out.missing.push((*handle).clone());
            }
        }
        Open::Statement(handle, statement, doubts) => {
            for doubt in doubts {
                if let Doubt::Key(key) | Doubt::MultiValuedVariable(key) = doubt {
                    out.keys.insert(key.clone());
                }
            }
            let open = OpenStatement {
                layer,
                at: reference(*handle, statement),
                doubts: doubts.clone(),
            };
            // Only a statement without a readable effect stands in both lists of its layer.
            if open.at.effect.is_some() || !out.statements.contains(&open) {
                out.statements.push(open);
            }
        }
    }
}
