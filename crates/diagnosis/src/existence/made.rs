//! Remedies that make what a reference names, as changes of typed state: what AWS would list afterwards.

use crate::model::Change;
use crate::requirements::Use;
use references::{ImageReference, ParameterReference, SecretReference, ValueFrom};
use snapshot::ecr::Repository;
use snapshot::ecr::image::Image;
use snapshot::ids::ArnText;
use snapshot::secrets::Secret;
use snapshot::ssm::Parameter;
use snapshot::{Citation, Found, Resource, Snapshot};
use std::collections::BTreeMap;

/// What would be listed at the place of the reference itself.
fn listed<T: Resource>(value: T, at: &Citation) -> Found<T> {
    Found {
        value,
        at: at.clone(),
        collected: None,
    }
}

/// The image pushed under its tag, into a repository that is made where there is none; `None` of a digest, which only its content has,
/// and of other registries.
#[must_use]
pub fn image(used: &Use) -> Option<Change> {
    let image = ImageReference::parse(&used.text).ok()?.value;
    let (host, arn, tag) = (
        image.registry.ecr()?.clone(),
        image.repository_arn()?,
        image.tag_or_latest()?.to_owned(),
    );
    let (at, name) = (used.at.clone(), image.repository.clone());
    Some(Change::new(move |snapshot: &mut Snapshot| {
        let (account, region) = (host.account.as_str(), host.region.as_str());
        if snapshot.ecr.repository(account, region, &name).is_none() {
            let repository = Repository {
                repository_arn: Some(ArnText(arn.clone())),
                registry_id: Some(account.to_owned()),
                repository_name: Some(name.clone()),
                repository_uri: Some(format!("{host}/{name}")),
                ..Repository::default()
            };
            snapshot.ecr.repositories.insert(listed(repository, &at));
        }
        let image = Image {
            registry_id: Some(account.to_owned()),
            repository_name: Some(name.clone()),
            image_digest: Some("pushed".to_owned()),
            image_tags: vec![tag.clone()],
            region: Some(region.to_owned()),
            ..Image::default()
        };
        snapshot.ecr.images.insert(listed(image, &at));
    }))
}

/// The archived image with that digest in the standard storage class again.
#[must_use]
pub fn restored(digest: String) -> Change {
    Change::new(move |snapshot: &mut Snapshot| {
        snapshot.ecr.images.edit(|image| {
            if image.image_digest.as_deref() == Some(digest.as_str()) {
                image.image_status = Some("ACTIVE".to_owned());
            }
        });
    })
}

/// The parameter with that ARN; `None` where Region or account are not known.
#[must_use]
pub fn parameter(used: &Use, resource: &str) -> Option<Change> {
    let name = match ValueFrom::parse(&used.text).ok()?.value {
        ValueFrom::Parameter(ParameterReference { name, selector: None, .. }) => name,
        _ => return None,
    };
    let (at, arn) = (used.at.clone(), resource.starts_with("arn:").then(|| ArnText::from(resource))?);
    Some(Change::new(move |snapshot: &mut Snapshot| {
        let parameter = Parameter {
            name: Some(name.clone()),
            arn: Some(arn.clone()),
            kind: Some("SecureString".to_owned()),
            version: Some(1),
            ..Parameter::default()
        };
        snapshot.ssm.parameters.insert(listed(parameter, &at));
    }))
}

/// A secret of that name; `None` where the reference has the six characters of another, which a new secret would not get.
#[must_use]
pub fn secret(used: &Use) -> Option<Change> {
    let secret: SecretReference = match ValueFrom::parse(&used.text).ok()?.value {
        ValueFrom::Secret(secret) if secret.is_partial() && secret.version_id.is_none() && secret.version_stage.is_none() => secret,
        _ => return None,
    };
    let at = used.at.clone();
    Some(Change::new(move |snapshot: &mut Snapshot| {
        let made = Secret {
            arn: Some(ArnText(format!("{}-000000", secret.arn()))),
            name: Some(secret.name().to_owned()),
            version_ids_to_stages: Some(BTreeMap::from([("new".to_owned(), vec!["AWSCURRENT".to_owned()])])),
            ..Secret::default()
        };
        snapshot.secrets.secrets.insert(listed(made, &at));
    }))
}
