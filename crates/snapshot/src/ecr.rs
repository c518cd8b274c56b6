//! Amazon ECR: repositories, images, their platforms, policies and pull-through rules.

pub mod image;

use crate::core::collection::{Collection, Found, Key, Resource, joined};
use crate::core::ids::ArnText;
use crate::core::listing::{Asked, Coverage, Scope};
use crate::core::owned::{PolicyDocument, PolicyText};
use crate::core::shape::shape;
use crate::core::time::Time;
use crate::ecr::image::{Image, ImageFailure, Manifest};
use crate::load::Reader;
use evidence::Operation;
use std::borrow::Cow;

/// Everything pasted about Amazon ECR.
#[derive(Clone, Debug, Default)]
pub struct Ecr {
    /// Repositories.
    pub repositories: Collection<Repository>,
    /// Images.
    pub images: Collection<Image>,
    /// Manifests, as `batch-get-image` returned them.
    pub manifests: Vec<Found<Manifest>>,
    /// Images that `batch-get-image` did not return.
    pub failures: Vec<Found<ImageFailure>>,
    /// Policies of repositories.
    pub repository_policies: Vec<RepositoryPolicy>,
    /// Policies of registries.
    pub registry_policies: Vec<RegistryPolicy>,
    /// Settings of registries, each with where it was asked.
    pub settings: Vec<(Scope, Found<AccountSetting>)>,
    /// Pull-through cache rules.
    pub pull_through_rules: Collection<PullThroughRule>,
}

shape! { Camel;
    /// A repository.
    struct Repository {
        /// Its ARN.
        repository_arn: Option<ArnText>,
        /// The account.
        registry_id: Option<String>,
        /// Its name.
        repository_name: Option<String>,
        /// `account.dkr.ecr.region.amazonaws.com/name`.
        repository_uri: Option<String>,
        /// How its images are encrypted.
        encryption_configuration: Option<EncryptionConfiguration>,
        /// When it was created.
        created_at: Option<Time>,
    }
    /// How a repository's images are encrypted.
    struct EncryptionConfiguration {
        /// `AES256`, `KMS`, `KMS_DSSE`.
        encryption_type: Option<String>,
        /// The key.
        kms_key: Option<String>,
    }
    /// A pull-through cache rule.
    struct PullThroughRule {
        /// The prefix of its repositories; `ROOT` is every repository.
        ecr_repository_prefix: Option<String>,
        /// Where it pulls from.
        upstream_registry_url: Option<String>,
        /// `docker-hub`, `ecr`, …
        upstream_registry: Option<String>,
        /// What stands before the name upstream.
        upstream_repository_prefix: Option<String>,
        /// The secret with the upstream's credentials.
        credential_arn: Option<ArnText>,
        /// The role for another account's ECR.
        custom_role_arn: Option<ArnText>,
        /// The account.
        registry_id: Option<String>,
    }
    /// A setting of a registry, as `get-account-setting` prints it.
    struct AccountSetting {
        /// `REGISTRY_POLICY_SCOPE`, …
        name: Option<String>,
        /// `V1`, `V2`.
        value: Option<String>,
    }
    /// A policy, as `get-repository-policy` and `get-registry-policy` print it.
    struct PolicyOutput {
        /// The account.
        registry_id: Option<String>,
        /// The repository.
        repository_name: Option<String>,
        /// The policy.
        policy_text: Option<PolicyDocument>,
    }
}

/// One `get-repository-policy`.
#[derive(Clone, Debug, PartialEq)]
pub struct RepositoryPolicy {
    /// The account.
    pub registry: Option<String>,
    /// The repository.
    pub repository: String,
    /// Where it was asked.
    pub scope: Scope,
    /// Its policy.
    pub policy: PolicyText,
    /// When it was collected.
    pub collected: Option<Time>,
}

/// One `get-registry-policy`.
#[derive(Clone, Debug, PartialEq)]
pub struct RegistryPolicy {
    /// The account.
    pub registry: Option<String>,
    /// Where it was asked.
    pub scope: Scope,
    /// Its policy.
    pub policy: PolicyText,
    /// When it was collected.
    pub collected: Option<Time>,
}

impl Resource for Repository {
    type Id = ArnText;
    const LISTED_BY: Operation = Operation::EcrDescribeRepositories;
    const MEMBER: &'static str = "repositories";

    fn id(&self) -> Option<ArnText> {
        self.repository_arn.clone()
    }

    fn attribute(&self, name: &str) -> Vec<&str> {
        let value = match name {
            "repository-name" => &self.repository_name,
            "registry-id" => &self.registry_id,
            _ => &None,
        };
        value.iter().map(String::as_str).collect()
    }

    fn owner(&self) -> Option<&str> {
        self.registry_id.as_deref()
    }
}

impl Key for (Option<String>, String) {
    fn key(&self) -> Cow<'_, str> {
        joined(&[self.0.as_deref(), Some(&self.1)])
    }
}

impl Resource for PullThroughRule {
    /// Account and prefix.
    type Id = (Option<String>, String);
    const LISTED_BY: Operation = Operation::EcrDescribePullThroughCacheRules;
    const MEMBER: &'static str = "pullThroughCacheRules";

    fn id(&self) -> Option<Self::Id> {
        Some((self.registry_id.clone(), self.ecr_repository_prefix.clone()?))
    }

    fn attribute(&self, name: &str) -> Vec<&str> {
        match name {
            "registry-id" => self.registry_id.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }
}

/// Whether what was asked in `scope` can speak of that Region.
fn in_region(scope: Option<&str>, region: Option<&str>) -> bool {
    !matches!((scope, region), (Some(asked), Some(region)) if asked != region)
}

impl Ecr {
    pub(crate) fn load(&mut self, source: &Reader<'_>, operation: Operation) {
        let region = source.scope().region;
        let placed = |image: &mut Image| image.region.clone_from(&region);
        match operation {
            Operation::EcrDescribeRepositories => source.list(&mut self.repositories),
            Operation::EcrDescribeImages => source.list_with(&mut self.images, &placed),
            Operation::EcrListImages => self.load_ids(source),
            Operation::EcrBatchGetImage => self.load_manifests(source),
            Operation::EcrGetRepositoryPolicy | Operation::EcrGetRegistryPolicy => self.policy(source),
            Operation::EcrGetAccountSetting => {
                let found = source.value::<AccountSetting>("");
                self.settings.extend(found.map(|found| (source.scope(), found)));
            }
            Operation::EcrDescribePullThroughCacheRules => source.list(&mut self.pull_through_rules),
            _ => {}
        }
    }

    fn policy(&mut self, source: &Reader<'_>) {
        let Some(found) = source.value::<PolicyOutput>("") else {
            return;
        };
        let Some(policy) = found
            .value
            .policy_text
            .as_ref()
            .map(|policy| policy.cited(found.member("policyText")))
        else {
            return;
        };
        let (registry, scope, collected) = (found.value.registry_id.clone(), source.scope(), found.collected);
        match found.value.repository_name {
            Some(repository) => {
                self.repository_policies.push(RepositoryPolicy {
                    registry,
                    repository,
                    scope,
                    policy,
                    collected,
                });
            }
            None => self.registry_policies.push(RegistryPolicy {
                registry,
                scope,
                policy,
                collected,
            }),
        }
    }

    /// The repository of that name in that registry.
    #[must_use]
    pub fn repository(&self, account: &str, region: &str, name: &str) -> Option<&Found<Repository>> {
        self.repositories.iter().find(|found| {
            found.value.repository_name.as_deref() == Some(name)
                && found
                    .value
                    .repository_arn
                    .as_ref()
                    .is_some_and(|arn| arn.account() == Some(account) && arn.region() == Some(region))
        })
    }

    /// The newest policy of a repository.
    #[must_use]
    pub fn repository_policy(&self, account: &str, region: &str, name: &str) -> Option<&RepositoryPolicy> {
        let mine = self.repository_policies.iter().filter(|policy| {
            policy.repository == name
                && policy.registry.as_deref().is_none_or(|registry| registry == account)
                && in_region(policy.scope.region.as_deref(), Some(region))
        });
        mine.max_by_key(|policy| (policy.collected, policy.policy.at.document))
    }

    /// The newest policy of a registry.
    #[must_use]
    pub fn registry_policy(&self, account: &str, region: &str) -> Option<&RegistryPolicy> {
        let mine = self.registry_policies.iter().filter(|policy| {
            policy.registry.as_deref().is_none_or(|registry| registry == account) && in_region(policy.scope.region.as_deref(), Some(region))
        });
        mine.max_by_key(|policy| (policy.collected, policy.policy.at.document))
    }

    /// For which calls the registry's policy counts, where `get-account-setting` says it: `V1`, `V2` (Amazon ECR User Guide, "Private
    /// registry permissions").
    #[must_use]
    pub fn registry_scope(&self, account: &str, region: &str) -> Option<&str> {
        let here = |scope: &Scope| {
            scope.account.as_deref().is_none_or(|asked| asked == account) && in_region(scope.region.as_deref(), Some(region))
        };
        let mine = self
            .settings
            .iter()
            .filter(|(scope, found)| here(scope) && found.value.name.as_deref() == Some("REGISTRY_POLICY_SCOPE"));
        let (_, newest) = mine.max_by_key(|(_, found)| (found.collected, found.at.document))?;
        newest.value.value.as_deref()
    }

    /// The pasted images of a repository.
    pub fn images<'a>(&'a self, account: &'a str, region: &'a str, name: &'a str) -> impl Iterator<Item = &'a Found<Image>> {
        self.images.iter().filter(move |found| {
            let image = &found.value;
            image.repository_name.as_deref() == Some(name)
                && image.registry_id.as_deref().is_none_or(|registry| registry == account)
                && in_region(image.region.as_deref(), Some(region))
        })
    }

    /// Whether a `describe-images` of that repository proves that what it does not list is not there; `tagged` where a tag is looked
    /// for, which a listing of tagged images alone would hold.
    #[must_use]
    pub fn image_coverage(&self, account: &str, region: &str, name: &str, tagged: bool) -> Coverage {
        let status = ("tagStatus", if tagged { "TAGGED" } else { "ANY" });
        let attributes = [("repository-name", name), ("registry-id", account), ("tagStatus", "ANY"), status];
        let asked = Asked {
            account: Some(account),
            region: Some(region),
            attributes: &attributes,
        };
        self.images.coverage(&asked, |image| {
            image.repository_name.as_deref() == Some(name)
                && image.registry_id.as_deref() == Some(account)
                && in_region(image.region.as_deref(), Some(region))
        })
    }
}
