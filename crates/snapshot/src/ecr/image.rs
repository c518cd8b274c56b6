//! Images, their manifests and platforms.

use crate::core::collection::{Key, Resource, joined};
use crate::core::json::{Json, Read};
use crate::core::listing::Scope;
use crate::core::shape::shape;
use crate::core::time::Time;
use crate::ecr::Ecr;
use crate::load::Reader;
use evidence::Operation;
use std::borrow::Cow;
use std::collections::BTreeMap;

shape! { Camel;
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
        region: Option<String> = "",
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
        /// Windows: the build, such as `10.0.20348.2113`.
        os_version: Option<String> = "os.version",
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
    /// Platforms of an index, empty for an entry that names none and so may serve any; `None` where it is a single image, whose
    /// platform the manifest does not say.
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

impl Key for (Option<String>, Option<String>, String, String) {
    fn key(&self) -> Cow<'_, str> {
        let (registry, region, repository, digest) = self;
        joined(&[registry.as_deref(), region.as_deref(), Some(repository), Some(digest)])
    }
}

impl Resource for Image {
    /// Account, Region, repository and digest.
    type Id = (Option<String>, Option<String>, String, String);
    const LISTED_BY: Operation = Operation::EcrDescribeImages;
    const MEMBER: &'static str = "imageDetails";

    fn id(&self) -> Option<Self::Id> {
        let (repository, digest) = (self.repository_name.clone()?, self.image_digest.clone()?);
        Some((self.registry_id.clone(), self.region.clone(), repository, digest))
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

    /// `list-images` prints ids alone.
    fn rank(&self) -> Option<i64> {
        Some(i64::from(self.image_size_in_bytes.is_some()))
    }
}

impl Ecr {
    /// `list-images`: every tag stands by itself, the repository only in the command.
    pub(super) fn load_ids(&mut self, source: &Reader<'_>) {
        let Some(repository) = source.option("repository-name") else {
            return;
        };
        let ids = source.items::<ImageId>("imageIds");
        let (listing, page) = source.paged(Operation::EcrListImages, "imageIds", ids.len());
        let mut tags: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for id in &ids {
            let Some(digest) = id.value.image_digest.clone() else { continue };
            tags.entry(digest).or_default().extend(id.value.image_tag.clone());
        }
        for found in ids {
            let Some(digest) = found.value.image_digest.clone() else { continue };
            // The first place of a digest stands for all its tags.
            let Some(image_tags) = tags.remove(&digest) else { continue };
            self.images.insert(found.map(|_| Image {
                registry_id: source.option("registry-id").map(str::to_owned),
                repository_name: Some(repository.to_owned()),
                image_digest: Some(digest),
                image_tags,
                region: source.scope().region,
                ..Image::default()
            }));
        }
        self.images.add_page(listing, page);
    }

    pub(super) fn load_manifests(&mut self, source: &Reader<'_>) {
        let said = |name: &str| source.option(name).map(str::to_owned);
        for found in source.items::<ImageOutput>("images") {
            self.manifests.push(found.map(|image| {
                let id = image.image_id.unwrap_or_default();
                let json = image.image_manifest.as_deref().and_then(|text| ManifestJson::read(Json::of(text)));
                let index = json.and_then(|json| json.manifests);
                Manifest {
                    registry: image.registry_id.or_else(|| said("registry-id")),
                    repository: image.repository_name.or_else(|| said("repository-name")),
                    digest: id.image_digest,
                    tag: id.image_tag,
                    scope: source.scope(),
                    platforms: index.map(|all| all.into_iter().map(|entry| entry.platform.unwrap_or_default()).collect()),
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
}
