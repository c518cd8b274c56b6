//! What is known of a role's identity policies, put together from every output that speaks of them.

use crate::core::collection::Found;
use crate::core::ids::ArnText;
use crate::core::listing::{Listing, Page, complete};
use crate::core::order::Order as _;
use crate::core::time::Time;
use crate::iam::Iam;
use crate::iam::builtin::{BuiltinPolicy, builtin};
use crate::iam::policy::PolicyVersion;
use crate::iam::role::{AttachedPolicies, InlineNames, InlinePolicy, Role, RoleRef, role_name};
use crate::needs::{Call, Need};
use evidence::{Citation, Operation};
use std::collections::BTreeMap;

/// How much of a role's list is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListState {
    /// All of it.
    Complete {
        /// The list.
        at: Citation,
    },
    /// Some of it, or it contradicts another output.
    Partial,
    /// Nothing.
    Missing,
}

impl ListState {
    /// Whether nothing can hang on the role beyond what is listed.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        matches!(self, Self::Complete { .. })
    }
}

/// The document of a managed policy that is in force.
#[derive(Clone, Debug, PartialEq)]
pub enum PolicyState<'a> {
    /// It was pasted.
    Pasted(&'a PolicyVersion),
    /// It was not, but a dated copy of it is built in.
    BuiltIn(BuiltinPolicy),
    /// It is not known.
    Missing,
}

/// A managed policy on a role.
#[derive(Clone, Debug, PartialEq)]
pub struct Attachment<'a> {
    /// The policy.
    pub arn: ArnText,
    /// Where the attachment stands.
    pub at: Citation,
    /// Its document.
    pub document: PolicyState<'a>,
}

/// An inline policy of a role.
#[derive(Clone, Debug, PartialEq)]
pub struct InlineEntry<'a> {
    /// Its name.
    pub name: String,
    /// Where its name stands.
    pub at: Citation,
    /// Its document, where pasted.
    pub document: Option<&'a InlinePolicy>,
}

/// What is known of a role's identity policies.
#[derive(Clone, Debug, PartialEq)]
pub struct RolePolicies<'a> {
    /// Its managed policies.
    pub managed: Vec<Attachment<'a>>,
    /// Whether these are all.
    pub managed_list: ListState,
    /// Its inline policies.
    pub inline: Vec<InlineEntry<'a>>,
    /// Whether these are all.
    pub inline_list: ListState,
    /// What would complete it; empty where everything is known.
    pub needs: Vec<Need>,
}

/// A list of one role, of either kind.
trait RoleList {
    fn role(&self) -> Option<&RoleRef>;
    fn listing(&self) -> &Listing;
    fn page(&self) -> &Page;
    fn collected(&self) -> Option<Time>;
}

impl RoleList for AttachedPolicies {
    fn role(&self) -> Option<&RoleRef> {
        self.role.known()
    }
    fn listing(&self) -> &Listing {
        &self.listing
    }
    fn page(&self) -> &Page {
        &self.page
    }
    fn collected(&self) -> Option<Time> {
        self.collected
    }
}

impl RoleList for InlineNames {
    fn role(&self) -> Option<&RoleRef> {
        self.role.known()
    }
    fn listing(&self) -> &Listing {
        &self.listing
    }
    fn page(&self) -> &Page {
        &self.page
    }
    fn collected(&self) -> Option<Time> {
        self.collected
    }
}

/// The lists that count for a role: the newest complete one (its pages together), else all that there are.
fn of_role<'a, T: RoleList>(lists: &'a [T], role: &ArnText) -> (Vec<&'a T>, ListState) {
    let account_fits = |listing: &Listing| match (&listing.scope.account, role.account()) {
        (Some(asked), Some(owner)) => asked == owner,
        _ => true,
    };
    let mine: Vec<&T> = lists
        .iter()
        .filter(|list| list.role().is_some_and(|named| named.is(role)) && account_fits(list.listing()))
        .collect();
    if mine.is_empty() {
        return (mine, ListState::Missing);
    }
    let whole = complete(&mine.iter().map(|list| (list.listing(), list.page())).collect::<Vec<_>>());
    let complete: Vec<&T> = mine.iter().zip(whole).filter(|(_, whole)| *whole).map(|(list, _)| *list).collect();
    let Some(newest) = complete.iter().max_by_key(|list| (list.collected(), list.listing().at.document)) else {
        return (mine, ListState::Partial);
    };
    let at = newest.listing().at.clone();
    // A list of one document stands for itself; of several pages each is a part.
    let paged = |list: &T| list.page().from.is_some() || list.page().next.is_some();
    let counted = if paged(newest) {
        complete.iter().copied().filter(|list| paged(list)).collect()
    } else {
        vec![*newest]
    };
    (counted, ListState::Complete { at })
}

impl Iam {
    /// The role, where it was pasted.
    #[must_use]
    pub fn role(&self, arn_or_name: &str) -> Option<&Found<Role>> {
        if let Some(found) = self.roles.get(&ArnText::from(arn_or_name)) {
            return Some(found);
        }
        if arn_or_name.starts_with("arn:") {
            return None;
        }
        let name = role_name(arn_or_name);
        let mut named = self.roles.iter().filter(|found| found.value.role_name.as_deref() == Some(name));
        let first = named.next();
        if named.next().is_some() { None } else { first }
    }

    /// The document of a managed policy that is in force.
    #[must_use]
    pub fn policy_document(&self, arn: &ArnText) -> PolicyState<'_> {
        let newest = |fits: &dyn Fn(&PolicyVersion) -> bool| {
            self.versions
                .iter()
                .filter(|version| version.policy.known() == Some(arn) && fits(version))
                .max_by_key(|version| (version.collected, version.document.at.clone()))
        };
        let found = match self.default_version(arn) {
            Some(default) => {
                newest(&|version| version.version.as_deref() == Some(default)).or_else(|| newest(&|version| version.version.is_none()))
            }
            None => newest(&|version| version.is_default == Some(true)),
        };
        match found {
            Some(version) => PolicyState::Pasted(version),
            // A version that is not in force says that the copy may be old; but no less than without it.
            None => builtin(arn.as_str()).map_or(PolicyState::Missing, PolicyState::BuiltIn),
        }
    }

    /// The id of the version in force, where `get-policy` or `list-policy-versions` says it.
    #[must_use]
    pub fn default_version(&self, arn: &ArnText) -> Option<&str> {
        let policy = self.policies.get(arn).and_then(|policy| policy.value.default_version_id.as_deref());
        policy.or_else(|| {
            let lists = self.version_lists.iter().filter(|list| list.policy.as_ref() == Some(arn));
            let mut versions = lists.flat_map(|list| &list.versions);
            versions
                .find(|found| found.value.is_default_version == Some(true))?
                .value
                .version_id
                .as_deref()
        })
    }

    /// Makes a version the one in force, as `set-default-policy-version` does.
    pub fn make_default(&mut self, arn: &ArnText, id: &str) {
        self.policies.edit(|policy| {
            if policy.arn.as_ref() == Some(arn) {
                policy.default_version_id = Some(id.to_owned());
            }
        });
        let lists = self.version_lists.iter_mut().filter(|list| list.policy.as_ref() == Some(arn));
        for found in lists.flat_map(|list| &mut list.versions) {
            found.value.is_default_version = Some(found.value.version_id.as_deref() == Some(id));
        }
        for version in self.versions.iter_mut().filter(|version| version.policy.known() == Some(arn)) {
            version.is_default = Some(version.version.as_deref() == Some(id));
        }
    }

    /// Everything known of a role's identity policies.
    #[must_use]
    pub fn role_policies(&self, role: &ArnText) -> RolePolicies<'_> {
        let mut needs = Vec::new();
        let ask = |operation: Operation| Call::new(operation).option("role-name", role_name(role.as_str()));
        let (managed, managed_list) = self.managed(role);
        let (inline, inline_list) = self.inline_of(role);
        if !managed_list.is_complete() {
            needs.extend(
                self.attached
                    .iter()
                    .filter_map(|list| list.role.question().cloned())
                    .map(Need::Question),
            );
            needs.push(ask(Operation::IamListAttachedRolePolicies).into());
        }
        if !inline_list.is_complete() {
            needs.extend(
                self.inline_names
                    .iter()
                    .filter_map(|list| list.role.question().cloned())
                    .map(Need::Question),
            );
            needs.push(ask(Operation::IamListRolePolicies).into());
        }
        for attachment in managed.iter().filter(|attachment| attachment.document == PolicyState::Missing) {
            needs.extend(
                self.versions
                    .iter()
                    .filter_map(|version| version.policy.question().cloned())
                    .map(Need::Question),
            );
            needs.push(self.ask_document(&attachment.arn).into());
        }
        for entry in inline.iter().filter(|entry| entry.document.is_none()) {
            needs.push(ask(Operation::IamGetRolePolicy).option("policy-name", entry.name.clone()).into());
        }
        if !needs.is_empty() {
            needs.extend(
                self.bare
                    .iter()
                    .filter_map(|bare| bare.owner.question().cloned())
                    .map(Need::Question),
            );
        }
        let mut seen = Vec::new();
        needs.retain(|need| {
            !seen.contains(need) && {
                seen.push(need.clone());
                true
            }
        });
        RolePolicies {
            managed,
            managed_list,
            inline,
            inline_list,
            needs,
        }
    }

    /// The call that prints a managed policy's document in force, or that says which version that is.
    #[must_use]
    pub fn ask_document(&self, arn: &ArnText) -> Call {
        match self.default_version(arn) {
            Some(version) => Call::new(Operation::IamGetPolicyVersion)
                .option("policy-arn", arn.as_str())
                .option("version-id", version),
            None => Call::new(Operation::IamGetPolicy).option("policy-arn", arn.as_str()),
        }
    }

    fn managed(&self, role: &ArnText) -> (Vec<Attachment<'_>>, ListState) {
        let (lists, state) = of_role(&self.attached, role);
        let mut by_arn = BTreeMap::new();
        for policy in lists.iter().flat_map(|list| &list.policies) {
            if let Some(arn) = &policy.value.policy_arn {
                by_arn.insert(arn.clone(), policy.at.clone());
            }
        }
        let named = |arn: ArnText, at| Attachment {
            document: self.policy_document(&arn),
            arn,
            at,
        };
        (by_arn.into_iter().map(|(arn, at)| named(arn, at)).collect(), state)
    }

    fn inline_of(&self, role: &ArnText) -> (Vec<InlineEntry<'_>>, ListState) {
        let (lists, mut state) = of_role(&self.inline_names, role);
        let mut by_name = BTreeMap::new();
        for name in lists.iter().flat_map(|list| &list.names) {
            by_name.insert(
                name.value.clone(),
                InlineEntry {
                    name: name.value.clone(),
                    at: name.at.clone(),
                    document: None,
                },
            );
        }
        let mut documents: Vec<&InlinePolicy> = self.inline.iter().filter(|policy| policy.role.is(role)).collect();
        documents.in_order_by_key(|policy| (policy.collected, policy.document.at.clone()));
        for policy in documents {
            let entry = by_name.entry(policy.name.clone()).or_insert_with(|| {
                // A document that a complete list does not name: one of the two is out of date.
                if state.is_complete() {
                    state = ListState::Partial;
                }
                InlineEntry {
                    name: policy.name.clone(),
                    at: policy.document.at.clone(),
                    document: None,
                }
            });
            entry.document = Some(policy);
        }
        (by_name.into_values().collect(), state)
    }
}
