//! Resources of one kind: what was pasted, where, and how complete the listings are.

use crate::core::listing::{Asked, Assumption, Coverage, Listing, Page, complete};
use crate::core::time::Time;
use evidence::{Citation, Operation};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// A resource as one AWS operation describes it.
pub trait Resource: DeserializeOwned + Clone + PartialEq {
    /// What names it.
    type Id: Ord + Clone;
    /// The operation that lists it.
    const LISTED_BY: Operation;
    /// The member of the output that holds the list.
    const MEMBER: &'static str;

    /// Its id; `None` makes it no resource (a placeholder in a sample).
    fn id(&self) -> Option<Self::Id>;

    /// The value that AWS's own filter or option of that name would compare, such as `vpc-id`; empty where it has none.
    fn attribute(&self, name: &str) -> Vec<&str>;

    /// The account that owns it, where the resource says so.
    fn owner(&self) -> Option<&str> {
        None
    }

    /// When it was created, where the resource says so.
    fn created(&self) -> Option<Time> {
        None
    }

    /// Which of two states of one resource is used: the higher, where both say one. Two of different rank are no contradiction: they are
    /// a later state of the same resource (a task's `version`), or a fuller description of it.
    fn rank(&self) -> Option<i64> {
        None
    }
}

/// A value with the place that proves it.
#[derive(Clone, Debug, PartialEq)]
pub struct Found<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub at: Citation,
    /// When it was collected, where the bundle says so.
    pub collected: Option<Time>,
}

impl<T> Found<T> {
    /// Another value that the same place proves.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Found<U> {
        Found {
            value: change(self.value),
            at: self.at,
            collected: self.collected,
        }
    }

    /// The citation of a member of this value.
    pub fn member(&self, name: &str) -> Citation {
        Citation {
            document: self.at.document,
            pointer: self.at.pointer.child(name),
        }
    }

    /// The citation of an element of a list member of this value.
    pub fn element(&self, name: &str, index: usize) -> Citation {
        Citation {
            document: self.at.document,
            pointer: self.at.pointer.child(name).index(index),
        }
    }
}

/// The same resource pasted twice with different content.
#[derive(Clone, Debug, PartialEq)]
pub struct Contradiction {
    /// The one that is used.
    pub used: Citation,
    /// The one that is not.
    pub dropped: Citation,
}

/// All pasted resources of one kind, and the listings that they came from.
#[derive(Clone, Debug)]
pub struct Collection<T: Resource> {
    items: BTreeMap<T::Id, Found<T>>,
    listings: Vec<Listing>,
    pages: Vec<Page>,
    contradictions: Vec<Contradiction>,
}

impl<T: Resource> Default for Collection<T> {
    fn default() -> Self {
        Self {
            items: BTreeMap::new(),
            listings: Vec::new(),
            pages: Vec::new(),
            contradictions: Vec::new(),
        }
    }
}

impl<T: Resource> Collection<T> {
    /// Adds a resource. Of two with one id the higher rank wins, else the one collected later, without times the later paste.
    pub fn insert(&mut self, found: Found<T>) {
        let Some(id) = found.value.id() else { return };
        if let Some(present) = self.items.get(&id) {
            if let (Some(old), Some(new)) = (present.value.rank(), found.value.rank())
                && old != new
            {
                if new > old {
                    self.items.insert(id, found);
                }
                return;
            }
            let newer = match (present.collected, found.collected) {
                (Some(old), Some(new)) => new >= old,
                _ => true,
            };
            if present.value != found.value {
                let (used, dropped) = if newer {
                    (found.at.clone(), present.at.clone())
                } else {
                    (present.at.clone(), found.at.clone())
                };
                self.contradictions.push(Contradiction { used, dropped });
            }
            if !newer {
                return;
            }
        }
        self.items.insert(id, found);
    }

    /// Adds a listing that is one document.
    pub fn add_listing(&mut self, listing: Listing) {
        let page = Page {
            intact: listing.whole,
            ..Page::default()
        };
        self.add_page(listing, page);
    }

    /// Adds one page of a listing; once all are there, each of them is whole.
    pub fn add_page(&mut self, listing: Listing, page: Page) {
        self.listings.push(listing);
        self.pages.push(page);
        let whole = complete(&self.listings.iter().zip(&self.pages).collect::<Vec<_>>());
        for (listing, whole) in self.listings.iter_mut().zip(whole) {
            listing.whole = whole;
        }
    }

    /// The resource with that id, where it was pasted.
    pub fn get(&self, id: &T::Id) -> Option<&Found<T>> {
        self.items.get(id)
    }

    /// Every resource, ordered by id.
    pub fn iter(&self) -> impl Iterator<Item = &Found<T>> {
        self.items.values()
    }

    /// The resources with that value of AWS's filter of that name.
    pub fn with<'a>(
        &'a self,
        attribute: &'a str,
        value: &'a str,
    ) -> impl Iterator<Item = &'a Found<T>> {
        self.iter()
            .filter(move |found| found.value.attribute(attribute).contains(&value))
    }

    /// The listings, as pasted.
    pub fn listings(&self) -> &[Listing] {
        &self.listings
    }

    /// Resources pasted twice with different content.
    pub fn contradictions(&self) -> &[Contradiction] {
        &self.contradictions
    }

    /// Replaces the resources by changed ones: how a remedy is applied to the typed state before diagnosing again.
    pub fn edit(&mut self, mut change: impl FnMut(&mut T)) {
        for found in self.items.values_mut() {
            change(&mut found.value);
        }
    }

    /// Whether what was not pasted is proven not to exist.
    ///
    /// `asked` says what is looked for in terms of AWS's filters, and in which account and Region. `of_the_case` tells whether a
    /// listed resource belongs to the case: a listing without its command counts only where it holds one such resource, and then
    /// under an assumption that is named.
    pub fn coverage(&self, asked: &Asked<'_>, of_the_case: impl Fn(&T) -> bool) -> Coverage {
        let mut assumed: Option<Coverage> = None;
        for listing in &self.listings {
            let holds = self
                .items
                .values()
                .any(|found| found.at.document == listing.at.document && of_the_case(&found.value));
            match listing.covers(asked, holds) {
                Some(None) => {
                    return Coverage::Proven {
                        at: listing.at.clone(),
                    };
                }
                Some(Some(assumption)) => {
                    assumed.get_or_insert(Coverage::Assumed {
                        at: listing.at.clone(),
                        assumption,
                    });
                }
                None => {}
            }
        }
        assumed.unwrap_or(Coverage::Missing)
    }

    /// Whether an assumption about this collection's listings is still needed.
    pub fn assumption(&self, region: &str) -> Assumption {
        Assumption::unfiltered(T::LISTED_BY, region)
    }
}
