//! The decision over all layers (IAM User Guide, "Policy evaluation logic"; Organizations User Guide, "SCP evaluation",
//! "RCP evaluation"; KMS Developer Guide, "Key policies"; VPC PrivateLink Guide, "Endpoint policies").
//!
//! Two three-valued questions are put: *does a deny statement apply?* and *is the request granted where none does?*
//! Each layer answers both for itself; how the second combines is in [`Facts::granted`].

mod conditions;
mod grants;
mod principals;
mod resources;
mod statement;
mod tally;
mod verdict;

use self::principals::Cover;
use self::tally::Tally;
use crate::decision::{Decision, LayerKind};
use crate::doubt::Doubt;
use crate::layers::{Base, KeyOwner, Layers, ResourcePolicy, Source};
use crate::request::{PrincipalKind, Request, Resource};
use crate::services::resource_controlled;
use crate::tri::Tri;

pub(crate) use self::conditions::holds as condition_holds;
pub(crate) use self::resources::{actions as action_matches, resources as resource_matches};
pub(crate) use self::statement::covers_caller;

/// Decides a request under the policies that apply to it.
#[must_use]
pub fn evaluate<'a, S: Clone + PartialEq>(request: &'a Request, layers: &'a Layers<'a, S>) -> Decision<S> {
    Facts::gather(request, layers).decide()
}

/// Roles and users have policies of their own; root users, services and strangers have none.
fn has_policies(request: &Request) -> bool {
    matches!(request.principal().kind, PrincipalKind::Role { .. } | PrincipalKind::User { .. })
}

/// A layer with what it says.
struct Layer<'a, S> {
    kind: LayerKind,
    tally: Tally<'a, S>,
}

/// Everything that the layers say about one request.
struct Facts<'a, S> {
    request: &'a Request,
    layers: &'a Layers<'a, S>,
    /// In AWS's order of evaluation.
    found: Vec<Layer<'a, S>>,
    grant: (Tri, Option<&'a S>),
    doubts: Vec<Doubt>,
    grant_doubts: Vec<Doubt>,
}

impl<'a, S: Clone + PartialEq> Facts<'a, S> {
    fn gather(request: &'a Request, layers: &'a Layers<'a, S>) -> Facts<'a, S> {
        let bounded = match &layers.boundary {
            None => Tri::False,
            Some(Source::Unproven(_)) => Tri::Unknown,
            Some(_) => Tri::True,
        };
        let plain = |sources: &'a [Source<'a, S>]| Tally::of(sources, request, None, bounded);
        let mut found = Vec::with_capacity(6);
        let mut doubts = Vec::new();
        let service_linked = request.principal().is_service_linked();
        let managed = matches!(
            layers.resource,
            ResourcePolicy::Key {
                owner: KeyOwner::AwsManaged,
                ..
            }
        );
        // RCPs reach only actions with a resource type, only some services, no service-linked role, no AWS managed key.
        let reached = match request.resource() {
            Resource::NoType => Tri::False,
            _ if service_linked || managed => Tri::False,
            _ => resource_controlled(request.service()),
        };
        for (level, sources) in layers.resource_control.iter().enumerate().filter(|_| !reached.is_false()) {
            let mut tally = plain(sources);
            // RCPFullAWSAccess is always attached: RCPs act through their denials only.
            tally.allow = Cover::OWN;
            tally.open_allow.clear();
            if reached.is_unknown() && !tally.deny.is_false() {
                tally.deny = Tri::Unknown;
                tally.denied_by = None;
                doubts.push(Doubt::ControlledService(request.service().to_owned()));
            }
            found.push(Layer {
                kind: LayerKind::ResourceControl(level),
                tally,
            });
        }
        for (level, sources) in layers.service_control.iter().enumerate().filter(|_| !service_linked) {
            found.push(Layer {
                kind: LayerKind::ServiceControl(level),
                tally: plain(sources),
            });
        }
        if let Some((kind, source)) = &layers.endpoint {
            let tally = Tally::of(std::slice::from_ref(source), request, Some(*kind), bounded);
            found.push(Layer {
                kind: LayerKind::Endpoint,
                tally,
            });
        }
        let on_resource = match &layers.resource {
            ResourcePolicy::None => None,
            ResourcePolicy::Generic(source) => Some((LayerKind::Resource, std::slice::from_ref(source))),
            ResourcePolicy::Together(sources) => Some((LayerKind::Resource, sources.as_slice())),
            ResourcePolicy::Key { policy, .. } => Some((LayerKind::Key, std::slice::from_ref(policy))),
            ResourcePolicy::Trust(source) => Some((LayerKind::Trust, std::slice::from_ref(source))),
        };
        if let Some((kind, sources)) = on_resource {
            found.push(Layer {
                kind,
                tally: plain(sources),
            });
        }
        let mut grant_doubts = Vec::new();
        let grant = grants::covers(&layers.grants, request, &mut grant_doubts);
        if has_policies(request) && layers.base == Base::Policies {
            found.push(Layer {
                kind: LayerKind::Identity,
                tally: plain(&layers.identity),
            });
            if let Some(boundary) = &layers.boundary {
                found.push(Layer {
                    kind: LayerKind::Boundary,
                    tally: plain(std::slice::from_ref(boundary)),
                });
            }
            if !layers.session.is_empty() {
                found.push(Layer {
                    kind: LayerKind::Session,
                    tally: plain(&layers.session),
                });
            }
        }
        Facts {
            request,
            layers,
            found,
            grant,
            doubts,
            grant_doubts,
        }
    }

    fn layer(&self, wanted: LayerKind) -> Option<&Layer<'a, S>> {
        self.found.iter().find(|layer| layer.kind == wanted)
    }

    /// What a layer allows; a layer that is not there forbids nothing.
    fn allows(&self, wanted: LayerKind) -> Tri {
        self.layer(wanted).map_or(Tri::True, |layer| layer.tally.allow.any())
    }

    /// How the policy on the resource's side covers the caller.
    fn resource_cover(&self) -> Cover {
        let kinds = [LayerKind::Resource, LayerKind::Key, LayerKind::Trust];
        kinds
            .iter()
            .find_map(|kind| self.layer(*kind))
            .map_or(Cover::NONE, |layer| layer.tally.allow)
    }

    /// Boundary and session policies together.
    fn bounds(&self) -> Tri {
        self.allows(LayerKind::Boundary).and(self.allows(LayerKind::Session))
    }

    /// Identity policies alone. A root user has none and needs none in its own account.
    fn identity(&self) -> Tri {
        if self.request.principal().kind == PrincipalKind::Root {
            return Tri::True;
        }
        self.layer(LayerKind::Identity).map_or(Tri::False, |layer| layer.tally.allow.any())
    }

    /// Whether caller and resource share an account.
    fn same_account(&self) -> Tri {
        match (self.request.resource(), self.request.resource_account()) {
            (Resource::NoType, _) => Tri::True,
            (_, Some(account)) => (account == self.request.principal().account).into(),
            (_, None) => Tri::Unknown,
        }
    }

    /// The resource's side must allow in any case: KMS keys and role trust.
    fn resource_side_needed(&self) -> bool {
        matches!(self.layers.resource, ResourcePolicy::Key { .. } | ResourcePolicy::Trust(_))
    }

    /// Granted by identity and resource policies, before the layers that only limit.
    fn base(&self) -> Tri {
        if self.layers.base == Base::Given {
            return Tri::True;
        }
        let cover = self.resource_cover();
        if !self.request.principal().has_account() {
            // A service or an anonymous caller has no policies of its own.
            let service = matches!(self.request.principal().kind, PrincipalKind::Service(_));
            return if service { cover.exact.or(self.grant.0) } else { cover.any() };
        }
        match self.same_account() {
            Tri::True => self.within_account(cover),
            Tri::False => self.across_accounts(cover),
            Tri::Unknown => {
                let (within, across) = (self.within_account(cover), self.across_accounts(cover));
                if within == across { within } else { Tri::Unknown }
            }
        }
    }

    /// One account: either side suffices, but where the resource's side must allow it can only hand over.
    fn within_account(&self, cover: Cover) -> Tri {
        let bounds = self.bounds();
        let own = self.identity().and(bounds);
        // Whether `*`, or a grant, passes a boundary that does not allow is documented nowhere.
        let maybe_past = bounds.or(Tri::Unknown);
        let direct = cover.exact.or(cover.role.and(bounds)).or(cover.everyone.and(maybe_past));
        let by_identity = if self.resource_side_needed() { cover.account.and(own) } else { own };
        direct.or(by_identity).or(self.grant.0.and(maybe_past))
    }

    /// Two accounts: both sides must allow, and an account principal suffices on the resource's side.
    fn across_accounts(&self, cover: Cover) -> Tri {
        if matches!(
            self.layers.resource,
            ResourcePolicy::Key {
                owner: KeyOwner::AwsManaged,
                ..
            }
        ) {
            return Tri::False;
        }
        let own = self.identity().and(self.bounds());
        own.and(cover.any()).or(self.grant.0.and(own.or(Tri::Unknown)))
    }

    /// Granted where no deny statement applies.
    fn granted(&self) -> Tri {
        self.found
            .iter()
            .filter(|layer| matches!(layer.kind, LayerKind::ServiceControl(_) | LayerKind::Endpoint))
            .map(|layer| layer.tally.allow.any())
            .fold(self.base(), Tri::and)
    }
}
