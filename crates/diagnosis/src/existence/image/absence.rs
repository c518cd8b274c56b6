//! What proves that a repository or a tag of Amazon ECR is not there, and what may fill it all the same.

use super::super::{FaultKind, Proof, error};
use super::{Wanted, at};
use crate::case::Case;
use crate::requirements::{Use, UseKind};
use crate::symptom::naming::{bare, same_image};
use crate::symptom::{Cause, Stage};
use references::{ImageReference, Near, nearest};
use snapshot::ecr::Repository;
use snapshot::ecr::image::Image;
use snapshot::ids::ArnText;
use snapshot::order::Order as _;
use snapshot::{Asked, Call, Citation, Found, Need, Operation};

/// Operations that answer `RepositoryNotFoundException`.
const OF_REPOSITORY: [Operation; 5] = [
    Operation::EcrDescribeRepositories,
    Operation::EcrDescribeImages,
    Operation::EcrListImages,
    Operation::EcrBatchGetImage,
    Operation::EcrGetRepositoryPolicy,
];

/// Whether the tag or digest is proven not to be in the repository.
pub(super) fn no_tag(case: &Case<'_>, used: &Use, wanted: &Wanted<'_>) -> Option<(Proof, FaultKind)> {
    let ecr = &case.snapshot.ecr;
    let mut tags: Vec<(&Found<Image>, &str)> = ecr
        .images(wanted.account, wanted.region, wanted.repository)
        .filter(|found| wanted.shown(&found.value))
        .flat_map(|found| found.value.image_tags.iter().map(move |tag| (found, tag.as_str())))
        .collect();
    tags.in_order_by(|a, b| b.0.value.image_pushed_at.cmp(&a.0.value.image_pushed_at).then(a.1.cmp(b.1)));
    let near = if wanted.image.digest.is_some() {
        None
    } else {
        nearest(&wanted.asked(), tags.iter().map(|(_, tag)| *tag))
    };
    let existing = tags.iter().map(|(_, tag)| (*tag).to_owned()).take(10).collect();
    let kind = FaultKind::TagNotFound {
        asked: wanted.asked(),
        near,
        existing,
    };
    let proof = refused(case, used, wanted).or_else(|| no_image(case, wanted)).or_else(|| {
        let coverage = ecr.image_coverage(wanted.account, wanted.region, wanted.repository, wanted.image.digest.is_none());
        let place = (Some(wanted.account), Some(wanted.region));
        let there = |image: &Image| image.registry_id.as_deref() == Some(wanted.account) && wanted.shown(image);
        Proof::listed(case, &ecr.images, &coverage, place, there)
    })?;
    Some((proof, kind))
}

/// What Amazon ECR answered to the task.
fn refused(case: &Case<'_>, used: &Use, wanted: &Wanted<'_>) -> Option<Proof> {
    let (symptom, at) = error::stated(case)?;
    if symptom.cause != Cause::NotFound || symptom.stage != Stage::ImagePull || !about(case, used) {
        return None;
    }
    if error::says(symptom, "name unknown")
        || error::says(symptom, "RepositoryNotFound")
        || error::says(symptom, "repository does not exist")
    {
        return None;
    }
    // ": not found" alone may be the repository; where that is there, only the tag is left.
    let exact = error::says(symptom, "manifest unknown")
        || error::says(symptom, "ImageNotFoundException")
        || error::says(symptom, "Requested image not found");
    let repository = case.snapshot.ecr.repository(wanted.account, wanted.region, wanted.repository);
    match repository {
        Some(found) => Some(Proof {
            evidence: vec![at.clone(), found.member("repositoryName")],
            assumes: Vec::new(),
        }),
        None if exact => Some(Proof::at(at, None)),
        None => None,
    }
}

/// Whether the error names this image, or this is the only one that it may be about.
pub(super) fn about(case: &Case<'_>, used: &Use) -> bool {
    let Some((symptom, _)) = error::stated(case) else {
        return false;
    };
    match symptom.quoted.image.as_deref() {
        Some(quoted) => same_image(quoted, &used.text),
        None => error::about(case, None, bare(&used.text), |used| {
            (used.kind == UseKind::Image).then(|| bare(&used.text).to_owned())
        }),
    }
}

/// Whether the task's pull of this image failed since something was not there, or was not to be seen; a pull-through cache whose upstream
/// registry refuses its credentials says nothing of the repository, nor does a denied action: permissions come first.
pub(super) fn failed(case: &Case<'_>, used: &Use) -> bool {
    error::stated(case).is_some_and(|(symptom, _)| {
        symptom.stage == Stage::ImagePull
            && matches!(symptom.cause, Cause::NotFound | Cause::AccessDenied)
            && !error::says(symptom, "upstream registry")
            && symptom.quoted.action.is_none()
            && about(case, used)
    })
}

/// Amazon ECR's own word to the person that there is no such image.
fn no_image(case: &Case<'_>, wanted: &Wanted<'_>) -> Option<Proof> {
    let (asked, id) = (wanted.asked(), wanted.id());
    let listed = case.snapshot.ecr.failures.iter().find(|found| {
        let failure = &found.value;
        let named = if wanted.image.digest.is_some() {
            failure.digest.as_deref()
        } else {
            failure.tag.as_deref()
        };
        named == Some(asked.as_str())
            && failure.code.as_deref() == Some("ImageNotFound")
            && failure.repository.as_deref() == Some(wanted.repository)
            && match failure.registry.as_deref() {
                Some(registry) => registry == wanted.account,
                None => case.account.as_deref() == Some(wanted.account),
            }
            && failure.scope.region.as_deref() == Some(wanted.region)
    });
    if let Some(found) = listed {
        return Some(Proof::at(&found.at, None));
    }
    let failure = case
        .snapshot
        .failure_for(Operation::EcrDescribeImages, &["ImageNotFoundException"], &wanted.arn)?;
    let quoted = failure.message.contains(&format!("'{asked}'"))
        || failure
            .options
            .values()
            .flatten()
            .any(|value| value.split(',').any(|part| part == id));
    (quoted && same_registry(&failure.message, wanted.account))
        .then(|| Proof::at(&failure.at, failure.assumption(Some(wanted.account), Some(wanted.region))))
}

/// `… in the registry with id '111122223333'`.
fn same_registry(message: &str, account: &str) -> bool {
    message
        .split_once("registry with id '")
        .is_none_or(|(_, rest)| rest.split('\'').next() == Some(account))
}

/// Whether the repository is proven not to exist.
pub(super) fn no_repository(case: &Case<'_>, used: &Use, wanted: &Wanted<'_>) -> Option<Proof> {
    let ecr = &case.snapshot.ecr;
    if ecr.repository(wanted.account, wanted.region, wanted.repository).is_some()
        || ecr.images(wanted.account, wanted.region, wanted.repository).next().is_some()
    {
        return None;
    }
    if let Some((symptom, at)) = error::stated(case)
        && symptom.cause == Cause::NotFound
        && symptom.stage == Stage::ImagePull
        && (error::says(symptom, "name unknown") || error::says(symptom, "RepositoryNotFoundException"))
        && about(case, used)
    {
        return Some(Proof::at(at, None));
    }
    let failure = OF_REPOSITORY
        .into_iter()
        .filter_map(|operation| case.snapshot.failure_for(operation, &["RepositoryNotFoundException"], &wanted.arn))
        .find(|failure| same_registry(&failure.message, wanted.account));
    if let Some(failure) = failure {
        return Some(Proof::at(
            &failure.at,
            failure.assumption(Some(wanted.account), Some(wanted.region)),
        ));
    }
    let attributes = [("repository-name", wanted.repository), ("registry-id", wanted.account)];
    let asked = Asked {
        account: Some(wanted.account),
        region: Some(wanted.region),
        attributes: &attributes,
    };
    let there = |repository: &Repository| {
        repository
            .repository_arn
            .as_ref()
            .is_some_and(|arn| arn.account() == asked.account && arn.region() == asked.region)
    };
    let coverage = ecr.repositories.coverage(&asked, there);
    Proof::listed(case, &ecr.repositories, &coverage, (asked.account, asked.region), there)
}

/// The repository of that name in another Region or account.
pub(super) fn elsewhere(case: &Case<'_>, wanted: &Wanted<'_>) -> Option<Near> {
    let arns = case
        .snapshot
        .ecr
        .repositories
        .iter()
        .filter_map(|found| found.value.repository_arn.as_ref());
    let near = nearest(&wanted.arn, arns.map(ArnText::as_str))?;
    let found = case.snapshot.ecr.repositories.get(&ArnText::from(near.text.as_str()))?;
    Some(Near {
        text: found.value.repository_uri.clone()?,
        difference: near.difference,
    })
}

/// Whether a rule may fill the repository.
pub(super) enum Cached {
    Yes,
    No,
    Unknown(Need),
}

/// Whether a pull-through cache rule covers the repository (Amazon ECR User Guide, "Sync an upstream registry").
pub(super) fn cached(case: &Case<'_>, image: &ImageReference, wanted: &Wanted<'_>) -> Cached {
    let partition = references::Region::parse(wanted.region).and_then(|region| region.partition());
    if partition.and_then(references::Partition::has_pull_through_cache) == Some(false) {
        return Cached::No;
    }
    let rules = &case.snapshot.ecr.pull_through_rules;
    let covers = |prefix: &str| image.behind_prefix(prefix).is_some();
    // Rules are of one Region and name none: the command that listed them does, or it was the case's own.
    let of_region = |at: &Citation| {
        let listing = rules.listings().iter().find(|listing| listing.at.document == at.document);
        let asked = listing.and_then(|listing| listing.scope.region.as_deref());
        asked.map_or(wanted.home, |asked| asked == wanted.region)
    };
    if rules.iter().any(|found| {
        of_region(&found.at)
            && found.value.registry_id.as_deref().is_none_or(|registry| registry == wanted.account)
            && found.value.ecr_repository_prefix.as_deref().is_some_and(covers)
    }) {
        return Cached::Yes;
    }
    let attributes = [("registry-id", wanted.account)];
    let asked = Asked {
        account: Some(wanted.account),
        region: Some(wanted.region),
        attributes: &attributes,
    };
    if rules
        .coverage(&asked, |rule| rule.registry_id.as_deref() == Some(wanted.account))
        .proof()
        .is_some()
    {
        return Cached::No;
    }
    Cached::Unknown(at(Call::new(Operation::EcrDescribePullThroughCacheRules), wanted, case).into())
}
