//! What the error text alone proves to be needed: it names a service that the task called.

use super::build::Builder;
use super::{Origin, Requirement};
use crate::model::DestinationKey;
use crate::ranking::destination_of;
use crate::symptom::Service;
use references::{Account, Region, Service as Named, ecr_host, endpoint_host, layer_bucket_host};
use snapshot::Text;
use snapshot::ecs::task::LaunchType;

/// Adds the destination that the error text names where nothing else told that the task needs it.
pub(super) fn add(builder: &mut Builder<'_>) {
    let case = builder.case;
    let Some(symptom) = &case.symptom else { return };
    let Some(service) = symptom.service else { return };
    let quoted = symptom.quoted.host.clone();
    let key = match service {
        Service::Registry => {
            let Some(host) = quoted.clone() else { return };
            DestinationKey::Registry(host)
        }
        // No destination of its own on the network.
        Service::Kms | Service::Sts | Service::Efs | Service::Ecs => return,
        _ => match destination_of(service) {
            Some(key) => key,
            None => return,
        },
    };
    if builder.found.keys().any(|(known, _)| *known == key) {
        return;
    }
    // The resource that the error names says in which Region it was asked for.
    let named_region = symptom
        .quoted
        .arn
        .as_deref()
        .and_then(|arn| arn.split(':').nth(3))
        .filter(|region| !region.is_empty())
        .map(str::to_owned);
    let region = named_region.or_else(|| case.region.clone());
    let place = region.as_deref().and_then(Region::parse);
    let usual = |named| endpoint_host(named, place.as_ref()?, builder.variant());
    let host = quoted.or_else(|| match &key {
        DestinationKey::EcrApi => usual(Named::EcrApi),
        DestinationKey::SecretsManager => usual(Named::SecretsManager),
        DestinationKey::Ssm => usual(Named::Ssm),
        DestinationKey::Logs => usual(Named::Logs),
        DestinationKey::S3 => layer_bucket_host(place.as_ref()?, builder.variant()),
        DestinationKey::EcrDkr => ecr_host(&Account::parse(case.account.as_deref()?)?, place.as_ref()?, builder.variant()),
        DestinationKey::Kms | DestinationKey::Sts | DestinationKey::Ecs | DestinationKey::Registry(_) => None,
    });
    let Some(host) = host else { return };
    let origin = match &case.launch {
        Some(LaunchType::Ec2) => Origin::Instance,
        Some(LaunchType::External) => Origin::OnPremises,
        Some(LaunchType::ManagedInstances) => Origin::ManagedInstance,
        Some(LaunchType::Fargate)
            if case.platform.fetches_outside_vpc()
                && !matches!(key, DestinationKey::EcrDkr | DestinationKey::S3 | DestinationKey::Logs) =>
        {
            Origin::FargateOwned
        }
        // An error in this wording comes from the task's own network unless something says otherwise.
        Some(LaunchType::Fargate) => Origin::TaskInterface,
        Some(LaunchType::Other(_)) | None => Origin::Unknown,
    };
    builder.found.insert(
        (key.clone(), host.clone()),
        Requirement {
            key,
            host,
            port: symptom.quoted.port.unwrap_or(443),
            region,
            origin,
            needed_for: vec![Text::fixed("the call that the error names", "エラーが示す呼び出し")],
            calls: Vec::new(),
            uses: Vec::new(),
        },
    );
}
