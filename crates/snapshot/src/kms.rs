//! AWS KMS: keys, aliases, key policies and grants.

use crate::core::collection::{Collection, Found, Resource};
use crate::core::ids::ArnText;
use crate::core::listing::{Listing, Page};
use crate::core::order;
use crate::core::owned::{Owner, PolicyDocument, PolicyText, only};
use crate::core::shape::shape;
use crate::core::time::Time;
use crate::load::Reader;
use crate::needs::{Question, QuestionKind};
use evidence::Operation;
use std::collections::{BTreeMap, BTreeSet};

/// Everything pasted about KMS.
#[derive(Clone, Debug, Default)]
pub struct Kms {
    /// Keys.
    pub keys: Collection<Key>,
    /// What a call was asked for (alias, id) and the key that it returned.
    pub asked: Vec<(String, Found<ArnText>)>,
    /// Aliases.
    pub aliases: Collection<Alias>,
    /// Key policies.
    pub policies: Vec<KeyPolicy>,
    /// Grants.
    pub grants: Vec<Grants>,
}

shape! { Pascal;
    /// A key.
    struct Key {
        /// Its ARN.
        arn: Option<ArnText>,
        /// Its id.
        key_id: Option<String>,
        /// The account that owns it.
        account: Option<String> = "AWSAccountId",
        /// `Enabled`, `Disabled`, `PendingDeletion`, `PendingImport`, `Unavailable`, …
        key_state: Option<String>,
        /// Whether it is enabled.
        enabled: Option<bool>,
        /// `CUSTOMER`, or `AWS` for `alias/aws/…`.
        key_manager: Option<String>,
        /// Whether it is a multi-Region key.
        multi_region: Option<bool>,
        /// `AWS_KMS`, `EXTERNAL`, `AWS_CLOUDHSM`, `EXTERNAL_KEY_STORE`.
        origin: Option<String>,
        /// When it will be deleted.
        deletion_date: Option<Time>,
        /// `ENCRYPT_DECRYPT`, …
        key_usage: Option<String>,
        /// `SYMMETRIC_DEFAULT`, …
        key_spec: Option<String>,
        /// When it was created.
        creation_date: Option<Time>,
    }
    /// An alias.
    struct Alias {
        /// `alias/…`.
        alias_name: Option<String>,
        /// Its ARN.
        alias_arn: Option<ArnText>,
        /// The id of its key; absent for AWS managed keys that were never used.
        target_key_id: Option<String>,
    }
    /// A grant.
    struct Grant {
        /// Its id.
        grant_id: Option<String>,
        /// Its key.
        key_id: Option<String>,
        /// Who may.
        grantee_principal: Option<String>,
        /// What.
        operations: Vec<String>,
        /// Under which encryption context.
        constraints: Option<GrantConstraints>,
    }
    /// Under which encryption context a grant holds.
    struct GrantConstraints {
        /// Exactly this.
        encryption_context_equals: Option<BTreeMap<String, String>>,
        /// At least this.
        encryption_context_subset: Option<BTreeMap<String, String>>,
    }
}

impl Resource for Key {
    type Id = ArnText;
    const LISTED_BY: Operation = Operation::KmsDescribeKey;
    const MEMBER: &'static str = "KeyMetadata";

    fn id(&self) -> Option<ArnText> {
        self.arn.clone()
    }

    fn attribute(&self, name: &str) -> Vec<&str> {
        match name {
            "key-id" => self.key_id.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }

    fn owner(&self) -> Option<&str> {
        self.account.as_deref().or_else(|| self.arn.as_ref()?.account())
    }
}

impl Resource for Alias {
    type Id = ArnText;
    const LISTED_BY: Operation = Operation::KmsListAliases;
    const MEMBER: &'static str = "Aliases";

    fn id(&self) -> Option<ArnText> {
        self.alias_arn.clone()
    }

    fn attribute(&self, name: &str) -> Vec<&str> {
        match name {
            "key-id" => self.target_key_id.iter().map(String::as_str).collect(),
            "alias-name" => self.alias_name.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }

    fn owner(&self) -> Option<&str> {
        self.alias_arn.as_ref()?.account()
    }
}

/// One `get-key-policy`.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyPolicy {
    /// The key: ARN, id or alias.
    pub key: Owner<String>,
    /// Its policy.
    pub policy: PolicyText,
    /// When it was collected.
    pub collected: Option<Time>,
}

/// One `list-grants`.
#[derive(Clone, Debug, PartialEq)]
pub struct Grants {
    /// The key: ARN, id or alias.
    pub key: Owner<String>,
    /// Its grants.
    pub grants: Vec<Found<Grant>>,
    /// How complete the list is.
    pub listing: Listing,
    /// Where it stands among the pages of the list.
    pub page: Page,
}

impl Kms {
    pub(crate) fn load(&mut self, source: &Reader<'_>, operation: Operation) {
        match operation {
            Operation::KmsDescribeKey => {
                for found in source.items::<Key>("KeyMetadata") {
                    if let (Some(asked), Some(arn)) = (source.option("key-id"), found.value.arn.clone()) {
                        self.asked.push((asked.to_owned(), found.clone().map(|_| arn)));
                    }
                    self.keys.insert(found);
                }
            }
            Operation::KmsListAliases => source.list(&mut self.aliases),
            Operation::KmsGetKeyPolicy => {
                let Some(found) = source.value::<PolicyDocument>("Policy") else {
                    return;
                };
                self.policies.push(KeyPolicy {
                    key: Owner::new(
                        source.option("key-id").map(str::to_owned),
                        QuestionKind::DocumentKey,
                        &source.name(),
                    ),
                    policy: found.value.cited(found.at.clone()),
                    collected: found.collected,
                });
            }
            Operation::KmsListGrants => {
                let grants = source.items::<Grant>("Grants");
                let (listing, page) = source.paged(operation, "Grants", grants.len());
                let said = grants.iter().find_map(|grant| grant.value.key_id.clone());
                let key = said.or_else(|| source.option("key-id").map(str::to_owned));
                let key = Owner::new(key, QuestionKind::DocumentKey, &source.name());
                self.grants.push(Grants {
                    key,
                    grants,
                    listing,
                    page,
                });
            }
            _ => {}
        }
    }

    /// The ARN of the key that an ARN, id, alias or alias ARN means, as far as the paste tells.
    #[must_use]
    pub fn resolve(&self, reference: &str) -> Option<ArnText> {
        if reference.starts_with("arn:") && reference.contains(":key/") {
            return Some(ArnText::from(reference));
        }
        let asked = self
            .asked
            .iter()
            .filter(|(asked, _)| asked == reference)
            .map(|(_, key)| key.value.clone());
        let by_id = self.keys.with("key-id", reference).filter_map(|found| found.value.arn.clone());
        let by_alias = self.aliases.iter().filter_map(|found| {
            let alias = &found.value;
            let arn = alias.alias_arn.as_ref()?;
            if arn.as_str() != reference && alias.alias_name.as_deref() != Some(reference) {
                return None;
            }
            let (start, _) = arn.as_str().split_once(":alias/")?;
            Some(ArnText(format!("{start}:key/{}", alias.target_key_id.as_deref()?)))
        });
        let all = order::set(asked.chain(by_id).chain(by_alias));
        // An alias may exist in several Regions and accounts.
        only(&all).cloned()
    }

    /// The key, where it was described.
    #[must_use]
    pub fn key(&self, reference: &str) -> Option<&Found<Key>> {
        self.keys.get(&self.resolve(reference)?)
    }

    /// Whether two references mean the same key.
    #[must_use]
    pub fn same(&self, one: &str, other: &str) -> bool {
        let id = |reference: &str| -> String { self.resolve(reference).map_or_else(|| reference.to_owned(), |arn| arn.0) };
        let (one, other) = (id(one), id(other));
        // A bare id that nothing else describes is the tail of the ARN: ids are unique.
        one == other || tail(&one) == Some(&other) || tail(&other) == Some(&one)
    }

    /// The newest policy of a key.
    #[must_use]
    pub fn policy(&self, key: &str) -> Option<&KeyPolicy> {
        let mine = self
            .policies
            .iter()
            .filter(|policy| policy.key.known().is_some_and(|named| self.same(named, key)));
        mine.max_by_key(|policy| (policy.collected, policy.policy.at.document))
    }

    /// The grants of a key, and whether these are all.
    #[must_use]
    pub fn grants(&self, key: &str) -> (Vec<&Found<Grant>>, bool) {
        let mine: Vec<&Grants> = self
            .grants
            .iter()
            .filter(|list| list.key.known().is_some_and(|named| self.same(named, key)))
            .collect();
        let pages = mine.iter().map(|list| (&list.listing, &list.page)).collect::<Vec<_>>();
        let all = crate::core::listing::complete(&pages).contains(&true);
        (mine.iter().flat_map(|list| &list.grants).collect(), all)
    }

    /// Questions about outputs whose key is not known.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        let policies = self.policies.iter().filter_map(|policy| policy.key.question());
        policies.chain(self.grants.iter().filter_map(|list| list.key.question()))
    }

    pub(crate) fn settle(&mut self, named: &BTreeSet<String>, answer: &dyn Fn(&Question) -> Option<String>) {
        let described = self.keys.iter().filter_map(|found| Some(found.value.arn.clone()?.0));
        let stated = self.policies.iter().filter_map(|policy| policy.key.known().cloned());
        let granted = self.grants.iter().filter_map(|list| list.key.known().cloned());
        let mut keys = BTreeSet::<String>::new();
        for key in named.iter().cloned().chain(described).chain(stated).chain(granted) {
            let key = self.resolve(&key).map_or(key, |arn| arn.0);
            if !keys.iter().any(|known| self.same(known, &key)) {
                keys.insert(key);
            }
        }
        // Different policies cannot both be the only key's.
        let policies = self.policies.iter();
        let texts = order::set(policies.map(|policy| policy.policy.text.as_str()));
        let sole = if texts.len() <= 1 { only(&keys) } else { None };
        self.policies.iter_mut().for_each(|policy| policy.key.settle(answer, sole));
        let sole = if self.grants.len() == 1 { only(&keys) } else { None };
        self.grants.iter_mut().for_each(|list| list.key.settle(answer, sole));
    }
}

fn tail(arn: &str) -> Option<&str> {
    Some(arn.split_once(":key/")?.1)
}
