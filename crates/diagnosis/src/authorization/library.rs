//! Policies as the layers hold them: each document is parsed once for a case.

use super::Handle;
use policy::{Base, Document, DocumentKind, EndpointKind, Grants, KeyOwner, Layers, ResourcePolicy, Source};
use snapshot::{Need, PolicyText};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Parsed documents by kind and text.
#[derive(Debug, Default)]
pub struct Library {
    parsed: RefCell<BTreeMap<(DocumentKind, String), Rc<Document>>>,
}

impl Library {
    /// The document of that text; parsed at most once.
    #[must_use]
    pub fn document(&self, text: &str, kind: DocumentKind) -> Rc<Document> {
        let key = (kind, text.to_owned());
        if let Some(known) = self.parsed.borrow().get(&key) {
            return Rc::clone(known);
        }
        let parsed = Rc::new(Document::parse(text, kind).0);
        self.parsed.borrow_mut().insert(key, Rc::clone(&parsed));
        parsed
    }

    /// A pasted policy.
    pub(super) fn pasted(&self, name: &str, text: &PolicyText, kind: DocumentKind) -> Held {
        let handle = Handle {
            name: name.to_owned(),
            at: Some(text.at.clone()),
            embedded: text.embedded,
            needs: Vec::new(),
        };
        Held {
            handle,
            stand: Stand::Document(self.document(&text.text, kind)),
        }
    }

    /// A built-in copy.
    pub(super) fn built_in(&self, name: &str, text: &str, kind: DocumentKind) -> Held {
        let handle = Handle {
            name: name.to_owned(),
            at: None,
            embedded: false,
            needs: Vec::new(),
        };
        Held {
            handle,
            stand: Stand::Document(self.document(text, kind)),
        }
    }
}

/// What is known of a policy.
#[derive(Clone, Debug)]
pub(super) enum Stand {
    /// Its document.
    Document(Rc<Document>),
    /// It exists, its document was not pasted.
    Missing,
    /// Whether there is one is not known.
    Unproven,
}

/// One policy of a layer.
#[derive(Clone, Debug)]
pub(super) struct Held {
    /// Where it comes from.
    pub(super) handle: Handle,
    /// What is known of it.
    pub(super) stand: Stand,
}

impl Held {
    pub(super) fn missing(name: &str, needs: Vec<Need>) -> Self {
        Self {
            handle: Handle {
                name: name.to_owned(),
                at: None,
                embedded: false,
                needs,
            },
            stand: Stand::Missing,
        }
    }

    pub(super) fn unproven(name: &str, needs: Vec<Need>) -> Self {
        Self {
            handle: Handle {
                name: name.to_owned(),
                at: None,
                embedded: false,
                needs,
            },
            stand: Stand::Unproven,
        }
    }

    pub(super) fn source(&self) -> Source<'_, Handle> {
        let handle = self.handle.clone();
        match &self.stand {
            Stand::Document(document) => Source::Document(handle, document),
            Stand::Missing => Source::Missing(handle),
            Stand::Unproven => Source::Unproven(handle),
        }
    }
}

/// The policy on the resource's side.
#[derive(Clone, Debug, Default)]
pub(super) enum OnResource {
    /// Proven that there is none.
    #[default]
    None,
    /// A resource's policy.
    Generic(Held),
    /// A repository's policy and its registry's.
    Together(Vec<Held>),
    /// A key's policy.
    Key(Held, KeyOwner),
    /// A role's trust policy.
    Trust(Held),
}

/// Every policy that applies to a call.
#[derive(Clone, Debug, Default)]
pub(super) struct Stack {
    pub(super) identity: Vec<Held>,
    pub(super) boundary: Option<Held>,
    pub(super) service_control: Vec<Vec<Held>>,
    pub(super) resource_control: Vec<Vec<Held>>,
    pub(super) resource: OnResource,
    pub(super) grants: Grants<Handle>,
    pub(super) endpoint: Option<(EndpointKind, Held)>,
    pub(super) base: Base,
}

impl Stack {
    pub(super) fn layers(&self) -> Layers<'_, Handle> {
        Layers {
            identity: self.identity.iter().map(Held::source).collect(),
            boundary: self.boundary.as_ref().map(Held::source),
            session: Vec::new(),
            service_control: self
                .service_control
                .iter()
                .map(|level| level.iter().map(Held::source).collect())
                .collect(),
            resource_control: self
                .resource_control
                .iter()
                .map(|level| level.iter().map(Held::source).collect())
                .collect(),
            resource: match &self.resource {
                OnResource::None => ResourcePolicy::None,
                OnResource::Generic(held) => ResourcePolicy::Generic(held.source()),
                OnResource::Together(held) => ResourcePolicy::Together(held.iter().map(Held::source).collect()),
                OnResource::Key(held, owner) => ResourcePolicy::Key {
                    policy: held.source(),
                    owner: *owner,
                },
                OnResource::Trust(held) => ResourcePolicy::Trust(held.source()),
            },
            grants: self.grants.clone(),
            endpoint: self.endpoint.as_ref().map(|(kind, held)| (*kind, held.source())),
            base: self.base,
        }
    }
}
