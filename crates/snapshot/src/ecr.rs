//! Amazon ECR: repositories, images, their platforms, policies and pull-through rules.

use crate::core::collection::{Collection, Found, Resource};
use crate::core::ids::ArnText;
use crate::core::listing::{Asked, Coverage, Scope};
use crate::core::owned::{PolicyDocument, PolicyText};
use crate::core::shape::shape;
use crate::core::time::Time;
use crate::load::Reader;
use evidence::Operation;

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
    /// Pull-through cache rules.
    pub pull_through_rules: Collection<PullThroughRule>,
}

shape! { "camelCase";
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
    /// An image.
    struct Image {
        /// The account.
        registry_id: Option<String>,
        /// Its repository.
        repository_name: Option<String>,
        /// `sha256:…`.
        image_digest: Option<String>,
        /// Its tags.
        image_tags: Vec<String>,
        /// `ACTIVE`, `ARCHIVED`, `ACTIVATING`; older outputs have none.
        image_status: Option<String>,
        /// When it was pushed.
        image_pushed_at: Option<Time>,
        /// The kind of its manifest.
        image_manifest_media_type: Option<String>,
        /// Bytes, compressed.
        image_size_in_bytes: Option<i64>,
        /// The Region that was asked, where known.
        #[serde(skip)]
        region: Option<String>,
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
    /// An image id.
    struct ImageId {
        /// `sha256:…`.
        image_digest: Option<String>,
        /// The tag.
        image_tag: Option<String>,
    }
    /// An image with its manifest, as the output holds it.
    struct ImageOutput {
        /// The account.
        registry_id: Option<String>,
        /// Its repository.
        repository_name: Option<String>,
        /// Its id.
        image_id: Option<ImageId>,
        /// The manifest, as a JSON string.
        image_manifest: Option<String>,
        /// The kind of its manifest.
        image_manifest_media_type: Option<String>,
    }
    /// An image that was not returned, as the output holds it.
    struct FailureOutput {
        /// Its id.
        image_id: Option<ImageId>,
        /// `ImageNotFound`, …
        failure_code: Option<String>,
        /// Why.
        failure_reason: Option<String>,
    }
    /// A manifest or an index of manifests (OCI image specification).
    struct ManifestJson {
        /// Its kind.
        media_type: Option<String>,
        /// An index's manifests.
        manifests: Option<Vec<ManifestEntry>>,
    }
    /// One manifest of an index.
    struct ManifestEntry {
        /// `sha256:…`.
        digest: Option<String>,
        /// What it runs on.
        platform: Option<Platform>,
    }
    /// What an image runs on.
    struct Platform {
        /// `linux`, `windows`, or `unknown` for attestations.
        os: Option<String>,
        /// `amd64`, `arm64`, …
        architecture: Option<String>,
        /// `v8`, …
        variant: Option<String>,
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

/// An image's manifest.
#[derive(Clone, Debug, PartialEq)]
pub struct Manifest {
    /// The account.
    pub registry: Option<String>,
    /// Its repository.
    pub repository: Option<String>,
    /// `sha256:…`.
    pub digest: Option<String>,
    /// The tag that was asked for.
    pub tag: Option<String>,
    /// Where it was asked.
    pub scope: Scope,
    /// Platforms of an index; `None` where it is a single image, whose platform the manifest does not say.
    pub platforms: Option<Vec<Platform>>,
}

/// An image that `batch-get-image` did not return.
#[derive(Clone, Debug, PartialEq)]
pub struct ImageFailure {
    /// The account asked, where the command says it.
    pub registry: Option<String>,
    /// The repository asked.
    pub repository: Option<String>,
    /// `sha256:…`.
    pub digest: Option<String>,
    /// The tag.
    pub tag: Option<String>,
    /// `ImageNotFound`, `ImageTagDoesNotMatchDigest`, …
    pub code: Option<String>,
    /// Where it was asked.
    pub scope: Scope,
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

impl Resource for Image {
    /// Account, Region, repository and digest.
    type Id = (Option<String>, Option<String>, String, String);
    const LISTED_BY: Operation = Operation::EcrDescribeImages;
    const MEMBER: &'static str = "imageDetails";

    fn id(&self) -> Option<Self::Id> {
        let (repository, digest) = (self.repository_name.clone()?, self.image_digest.clone()?);
        Some((
            self.registry_id.clone(),
            self.region.clone(),
            repository,
            digest,
        ))
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

impl Resource for PullThroughRule {
    /// Account and prefix.
    type Id = (Option<String>, String);
    const LISTED_BY: Operation = Operation::EcrDescribePullThroughCacheRules;
    const MEMBER: &'static str = "pullThroughCacheRules";

    fn id(&self) -> Option<Self::Id> {
        Some((
            self.registry_id.clone(),
            self.ecr_repository_prefix.clone()?,
        ))
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
            Operation::EcrDescribeImages => source.list_with(&mut self.images, placed),
            Operation::EcrBatchGetImage => self.manifests(source),
            Operation::EcrGetRepositoryPolicy | Operation::EcrGetRegistryPolicy => {
                self.policy(source)
            }
            Operation::EcrDescribePullThroughCacheRules => {
                source.list(&mut self.pull_through_rules)
            }
            _ => {}
        }
    }

    fn manifests(&mut self, source: &Reader<'_>) {
        let said = |name: &str| source.option(name).map(str::to_owned);
        for found in source.items::<ImageOutput>("images") {
            self.manifests.push(found.map(|image| {
                let id = image.image_id.unwrap_or_default();
                let json = image
                    .image_manifest
                    .as_deref()
                    .and_then(|text| serde_json::from_str::<ManifestJson>(text).ok());
                let index = json.and_then(|json| json.manifests);
                Manifest {
                    registry: image.registry_id.or_else(|| said("registry-id")),
                    repository: image.repository_name.or_else(|| said("repository-name")),
                    digest: id.image_digest,
                    tag: id.image_tag,
                    scope: source.scope(),
                    platforms: index
                        .map(|all| all.into_iter().filter_map(|entry| entry.platform).collect()),
                }
            }));
        }
        for found in source.items::<FailureOutput>("failures") {
            self.failures.push(found.map(|failure| {
                let id = failure.image_id.unwrap_or_default();
                ImageFailure {
                    registry: said("registry-id"),
                    repository: said("repository-name"),
                    digest: id.image_digest,
                    tag: id.image_tag,
                    code: failure.failure_code,
                    scope: source.scope(),
                }
            }));
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
        let (registry, scope, collected) = (
            found.value.registry_id.clone(),
            source.scope(),
            found.collected,
        );
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
    pub fn repository(
        &self,
        account: &str,
        region: &str,
        name: &str,
    ) -> Option<&Found<Repository>> {
        self.repositories.iter().find(|found| {
            found.value.repository_name.as_deref() == Some(name)
                && found.value.repository_arn.as_ref().is_some_and(|arn| {
                    arn.account() == Some(account) && arn.region() == Some(region)
                })
        })
    }

    /// The newest policy of a repository.
    #[must_use]
    pub fn repository_policy(
        &self,
        account: &str,
        region: &str,
        name: &str,
    ) -> Option<&RepositoryPolicy> {
        let mine = self.repository_policies.iter().filter(|policy| {
            policy.repository == name
                && policy
                    .registry
                    .as_deref()
                    .is_none_or(|registry| registry == account)
                && in_region(policy.scope.region.as_deref(), Some(region))
        });
        mine.max_by_key(|policy| (policy.collected, policy.policy.at.document))
    }

    /// The pasted images of a repository.
    pub fn images<'a>(
        &'a self,
        account: &'a str,
        region: &'a str,
        name: &'a str,
    ) -> impl Iterator<Item = &'a Found<Image>> {
        self.images.iter().filter(move |found| {
            let image = &found.value;
            image.repository_name.as_deref() == Some(name)
                && image
                    .registry_id
                    .as_deref()
                    .is_none_or(|registry| registry == account)
                && in_region(image.region.as_deref(), Some(region))
        })
    }

    /// Whether a `describe-images` of that repository proves that what it does not list is not there.
    #[must_use]
    pub fn image_coverage(&self, account: &str, region: &str, name: &str) -> Coverage {
        let attributes = [("repository-name", name), ("registry-id", account)];
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
