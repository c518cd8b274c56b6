//! Amazon S3: bucket policies, Regions, and which objects are there.

use crate::core::collection::Found;
use crate::core::listing::{Listing, Page, complete};
use crate::core::order;
use crate::core::owned::{Owner, PolicyDocument, PolicyText, only};
use crate::core::shape::shape;
use crate::core::time::Time;
use crate::load::Reader;
use crate::needs::{Question, QuestionKind};
use evidence::{Operation, Pointer};
use std::collections::BTreeSet;

/// Everything pasted about Amazon S3.
#[derive(Clone, Debug, Default)]
pub struct S3 {
    /// Bucket policies.
    pub policies: Vec<BucketPolicy>,
    /// Regions of buckets.
    pub locations: Vec<BucketLocation>,
    /// Listings of objects.
    pub objects: Vec<ObjectListing>,
    /// Objects that `head-object` found.
    pub heads: Vec<Found<ObjectHead>>,
}

shape! { Pascal;
    /// An object of a listing.
    struct Object {
        /// Its key.
        key: Option<String>,
        /// Bytes.
        size: Option<i64>,
    }
    /// What `head-object` prints.
    struct HeadOutput {
        /// Bytes.
        content_length: Option<i64>,
        /// `AES256`, `aws:kms`, `aws:kms:dsse`.
        server_side_encryption: Option<String>,
        /// Its key.
        kms_key_id: Option<String> = "SSEKMSKeyId",
    }
}

/// One `get-bucket-policy`.
#[derive(Clone, Debug, PartialEq)]
pub struct BucketPolicy {
    /// The bucket.
    pub bucket: Owner<String>,
    /// Its policy.
    pub policy: PolicyText,
    /// When it was collected.
    pub collected: Option<Time>,
}

/// One `get-bucket-location`.
#[derive(Clone, Debug, PartialEq)]
pub struct BucketLocation {
    /// The bucket.
    pub bucket: Owner<String>,
    /// Its Region; AWS's `null` is `us-east-1`, `EU` is `eu-west-1` (S3 API reference, `GetBucketLocation`).
    pub region: Found<String>,
}

/// One `list-objects-v2`.
#[derive(Clone, Debug, PartialEq)]
pub struct ObjectListing {
    /// The bucket; the output's `Name` where the command does not say it.
    pub bucket: Owner<String>,
    /// What the keys were asked to begin with.
    pub prefix: Option<String>,
    /// The objects.
    pub objects: Vec<Found<Object>>,
    /// How complete it is.
    pub listing: Listing,
    /// Where it stands among its pages.
    pub page: Page,
}

/// One `head-object`: the object is there.
#[derive(Clone, Debug, PartialEq)]
pub struct ObjectHead {
    /// The bucket, where the command says it.
    pub bucket: Option<String>,
    /// The object, where the command says it.
    pub key: Option<String>,
    /// Bytes.
    pub content_length: Option<i64>,
    /// How it is encrypted.
    pub encryption: Option<String>,
    /// With which key.
    pub kms_key_id: Option<String>,
}

impl S3 {
    pub(crate) fn load(&mut self, source: &Reader<'_>, operation: Operation) {
        let said = |name: &str| source.option(name).map(str::to_owned);
        let bucket = || Owner::new(said("bucket"), QuestionKind::DocumentBucket, &source.name());
        match operation {
            Operation::S3apiGetBucketPolicy => {
                if let Some(found) = source.value::<PolicyDocument>("Policy") {
                    let policy = found.value.cited(found.at.clone());
                    self.policies.push(BucketPolicy {
                        bucket: bucket(),
                        policy,
                        collected: found.collected,
                    });
                }
            }
            Operation::S3apiGetBucketLocation => {
                if let Some(found) = source.value::<Option<String>>("LocationConstraint") {
                    let region = found.map(|word| match word.as_deref() {
                        None | Some("") => "us-east-1".to_owned(),
                        Some("EU") => "eu-west-1".to_owned(),
                        Some(region) => region.to_owned(),
                    });
                    self.locations.push(BucketLocation { bucket: bucket(), region });
                }
            }
            Operation::S3apiListObjectsV2 => {
                let objects = source.items::<Object>("Contents");
                let (listing, page) = source.paged(operation, "Contents", objects.len());
                let value = |member: &str| source.value::<String>(member).map(|found| found.value);
                let stated = said("bucket").or_else(|| value("Name"));
                let prefix = said("prefix").or_else(|| value("Prefix"));
                let bucket = Owner::new(stated, QuestionKind::DocumentBucket, &source.name());
                self.objects.push(ObjectListing {
                    bucket,
                    prefix,
                    objects,
                    listing,
                    page,
                });
            }
            Operation::S3apiHeadObject => {
                if let Some(found) = source.value::<HeadOutput>("") {
                    self.heads.push(Found {
                        value: ObjectHead {
                            bucket: said("bucket"),
                            key: said("key"),
                            content_length: found.value.content_length,
                            encryption: found.value.server_side_encryption,
                            kms_key_id: found.value.kms_key_id,
                        },
                        at: source.cite(Pointer::root()),
                        collected: found.collected,
                    });
                }
            }
            _ => {}
        }
    }

    /// The newest policy of a bucket.
    #[must_use]
    pub fn policy(&self, bucket: &str) -> Option<&BucketPolicy> {
        let mine = self
            .policies
            .iter()
            .filter(|policy| policy.bucket.known().is_some_and(|name| name == bucket));
        mine.max_by_key(|policy| (policy.collected, policy.policy.at.document))
    }

    /// The Region of a bucket.
    #[must_use]
    pub fn region(&self, bucket: &str) -> Option<&Found<String>> {
        let mine = self
            .locations
            .iter()
            .rev()
            .find(|location| location.bucket.known().is_some_and(|name| name == bucket));
        mine.map(|location| &location.region)
    }

    /// Whether an object is there: proven by a listing or `head-object`; proven absent by a complete listing that would hold it, as an
    /// object named by no filter but a prefix that its key has. Gives the place that proves it.
    #[must_use]
    pub fn object(&self, bucket: &str, key: &str) -> Option<(bool, evidence::Citation)> {
        let head = self
            .heads
            .iter()
            .find(|found| found.value.bucket.as_deref() == Some(bucket) && found.value.key.as_deref() == Some(key));
        if let Some(found) = head {
            return Some((true, found.at.clone()));
        }
        let mine: Vec<&ObjectListing> = self
            .objects
            .iter()
            .filter(|list| list.bucket.known().is_some_and(|name| name == bucket))
            .collect();
        let listed = mine
            .iter()
            .flat_map(|list| &list.objects)
            .find(|found| found.value.key.as_deref() == Some(key));
        if let Some(found) = listed {
            return Some((true, found.at.clone()));
        }
        let pages = mine.iter().map(|list| (&list.listing, &list.page)).collect::<Vec<_>>();
        // `--delimiter` and `--start-after` leave keys out.
        let plain = |list: &ObjectListing| {
            let filters = list.listing.filters.as_ref();
            filters.is_some_and(|filters| !filters.keys().any(|name| name != "bucket" && name != "prefix"))
        };
        let holds = |list: &ObjectListing| plain(list) && list.prefix.as_deref().is_none_or(|prefix| key.starts_with(prefix));
        let proof = mine.iter().zip(complete(&pages)).find(|(list, whole)| *whole && holds(list))?;
        Some((false, proof.0.listing.at.clone()))
    }

    /// Questions about outputs whose bucket is not known.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        let policies = self.policies.iter().filter_map(|policy| policy.bucket.question());
        policies.chain(self.locations.iter().filter_map(|location| location.bucket.question()))
    }

    pub(crate) fn settle(&mut self, named: &BTreeSet<String>, answer: &dyn Fn(&Question) -> Option<String>) {
        let stated = self.policies.iter().filter_map(|policy| policy.bucket.known().cloned());
        let listed = self.objects.iter().filter_map(|list| list.bucket.known().cloned());
        let located = self.locations.iter().filter_map(|location| location.bucket.known().cloned());
        let headed = self.heads.iter().filter_map(|found| found.value.bucket.clone());
        let mut buckets = named.clone();
        buckets.extend(stated.chain(listed).chain(located).chain(headed));
        // Different policies or Regions cannot both be the only bucket's.
        let policies = self.policies.iter();
        let texts = order::set(policies.map(|policy| policy.policy.text.as_str()));
        let sole = if texts.len() <= 1 { only(&buckets) } else { None };
        self.policies.iter_mut().for_each(|policy| policy.bucket.settle(answer, sole));
        let locations = self.locations.iter();
        let regions = order::set(locations.map(|location| location.region.value.as_str()));
        let sole = if regions.len() <= 1 { only(&buckets) } else { None };
        self.locations.iter_mut().for_each(|location| location.bucket.settle(answer, sole));
        // A listing that names no bucket may be of any bucket: only an answer settles it.
        self.objects.iter_mut().for_each(|list| list.bucket.settle(answer, None));
    }
}
