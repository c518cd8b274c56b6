//! Resources of one kind: what was pasted, where, and how complete the listings are.

use crate::core::json::Read;
use crate::core::listing::{Asked, Assumption, Coverage, Listing, Page, complete};
use crate::core::time::Time;
use evidence::{Citation, DocumentId, Operation};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// An id as text, so that one kind of index serves the resources of every kind.
pub trait Key {
    /// A text that no other id has; texts are ordered as the ids are.
    fn key(&self) -> Cow<'_, str>;
}

impl Key for String {
    fn key(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

/// Parts of an id, one after the other: none of them holds a NUL, which stands between them.
pub(crate) fn joined(parts: &[Option<&str>]) -> Cow<'static, str> {
    let mut key = String::new();
    for part in parts {
        if let Some(part) = part {
            key.push('\u{1}');
            key.push_str(part);
        }
        key.push('\0');
    }
    Cow::Owned(key)
}

/// A resource as one AWS operation describes it.
pub trait Resource: Read + Clone + PartialEq {
    /// What names it.
    type Id: Key;
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

    /// The latest time that its state tells of. Of two states without ranks, and not both with the time of their collection, the one that
    /// tells of a later time is the later.
    fn latest(&self) -> Option<Time> {
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
    /// A value that the same place proves.
    pub(crate) fn with<U>(self, value: U) -> Found<U> {
        Found {
            value,
            at: self.at,
            collected: self.collected,
        }
    }

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
    items: Vec<Arc<Found<T>>>,
    shelf: Shelf,
}

/// What a collection holds besides the resources themselves.
#[derive(Clone, Debug, Default)]
struct Shelf {
    /// By the ids' keys: where the resource is.
    index: BTreeMap<String, usize>,
    listings: Vec<Listing>,
    pages: Vec<Page>,
    contradictions: Vec<Contradiction>,
}

/// What decides between two states of one resource.
struct State<'a> {
    rank: Option<i64>,
    collected: Option<Time>,
    latest: Option<Time>,
    at: &'a Citation,
}

impl<T: Resource> Default for Collection<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            shelf: Shelf::default(),
        }
    }
}

impl<T: Resource> Found<T> {
    fn state(&self) -> State<'_> {
        State {
            rank: self.value.rank(),
            latest: self.value.latest(),
            collected: self.collected,
            at: &self.at,
        }
    }
}

impl Shelf {
    /// Whether a resource's new state takes the place of the old.
    fn takes(&mut self, old: &State<'_>, new: &State<'_>, same: bool) -> bool {
        if let (Some(old), Some(new)) = (old.rank, new.rank)
            && old != new
        {
            return new > old;
        }
        if (old.collected.is_none() || new.collected.is_none())
            && let (Some(old), Some(new)) = (old.latest, new.latest)
            && old != new
        {
            return new > old;
        }
        let newer = match (old.collected, new.collected) {
            (Some(old), Some(new)) => new >= old,
            _ => true,
        };
        if !same {
            let (used, dropped) = if newer { (new, old) } else { (old, new) };
            self.contradictions.push(Contradiction {
                used: used.at.clone(),
                dropped: dropped.at.clone(),
            });
        }
        newer
    }

    fn add_page(&mut self, listing: Listing, page: Page) {
        self.listings.push(listing);
        self.pages.push(page);
        let whole = complete(&self.listings.iter().zip(&self.pages).collect::<Vec<_>>());
        for (listing, whole) in self.listings.iter_mut().zip(whole) {
            listing.whole = whole;
        }
    }

    fn coverage(&self, asked: &Asked<'_>, holds_of_the_case: &dyn Fn(DocumentId) -> bool) -> Coverage {
        let mut assumed: Option<Coverage> = None;
        for listing in &self.listings {
            match listing.covers(asked, holds_of_the_case(listing.at.document)) {
                Some(None) => {
                    return Coverage::Proven { at: listing.at.clone() };
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
}

impl<T: Resource> Collection<T> {
    /// Adds a resource. Of two with one id the higher rank wins, else the one collected later, else the one that tells of a later time,
    /// else the later paste.
    pub fn insert(&mut self, found: Found<T>) {
        let Some(id) = found.value.id() else { return };
        let key = id.key().into_owned();
        let present = self.shelf.index.get(&key);
        match present.and_then(|&at| self.items.get_mut(at)) {
            Some(present) => {
                let same = present.value == found.value;
                if self.shelf.takes(&present.state(), &found.state(), same) {
                    *present = Arc::new(found);
                }
            }
            None => {
                self.shelf.index.insert(key, self.items.len());
                self.items.push(Arc::new(found));
            }
        }
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
        self.shelf.add_page(listing, page);
    }

    /// The resource with that id, where it was pasted.
    pub fn get(&self, id: &T::Id) -> Option<&Found<T>> {
        let at = self.shelf.index.get(id.key().as_ref())?;
        self.items.get(*at).map(Arc::as_ref)
    }

    /// Every resource, ordered by id.
    pub fn iter(&self) -> impl Iterator<Item = &Found<T>> {
        let order = self.shelf.index.values();
        order.filter_map(|&at| self.items.get(at).map(Arc::as_ref))
    }

    /// The resources with that value of AWS's filter of that name.
    pub fn with<'a>(&'a self, attribute: &'a str, value: &'a str) -> impl Iterator<Item = &'a Found<T>> {
        self.iter().filter(move |found| found.value.attribute(attribute).contains(&value))
    }

    /// The listings, as pasted.
    pub fn listings(&self) -> &[Listing] {
        &self.shelf.listings
    }

    /// Resources pasted twice with different content.
    pub fn contradictions(&self) -> &[Contradiction] {
        &self.shelf.contradictions
    }

    /// Replaces the resources by changed ones: how a remedy is applied to the typed state before diagnosing again.
    pub fn edit(&mut self, mut change: impl FnMut(&mut T)) {
        for found in &mut self.items {
            change(&mut Arc::make_mut(found).value);
        }
    }

    /// Whether what was not pasted is proven not to exist.
    ///
    /// `asked` says what is looked for in terms of AWS's filters, and in which account and Region. `of_the_case` tells whether a
    /// listed resource belongs to the case: a listing without its command counts only where it holds one such resource, and then
    /// under an assumption that is named.
    pub fn coverage(&self, asked: &Asked<'_>, of_the_case: impl Fn(&T) -> bool) -> Coverage {
        self.shelf.coverage(asked, &|document| {
            let mut items = self.items.iter();
            items.any(|found| found.at.document == document && of_the_case(&found.value))
        })
    }

    /// Whether an assumption about this collection's listings is still needed.
    pub fn assumption(&self, region: &str) -> Assumption {
        Assumption::unfiltered(T::LISTED_BY, region)
    }
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn joined_keys_are_ordered_as_their_parts() {
        let ids = [
            [None, Some("b")],
            [Some(""), Some("a")],
            [Some("a"), None],
            [Some("a"), Some("b")],
            [Some("a-"), Some("a")],
            [Some("ab"), Some("a")],
        ];
        assert!(ids.is_sorted());
        assert!(ids.map(|parts| joined(&parts)).is_sorted());
    }
}
