//! What a task uses that only some platform and agent versions support.

use crate::judged::Judged;
use crate::model::DestinationKey;
use crate::requirements::UseKind;
use references::{Feature, ValueFrom};
use snapshot::ecs::definition::TaskDefinition;
use snapshot::order::Order as _;
use snapshot::{Citation, Found, Text};

/// Something that needs a platform or agent version.
pub(crate) struct Used {
    /// What it is.
    pub(crate) feature: Feature,
    /// The place that shows it.
    pub(crate) at: Citation,
    /// The destinations that are asked on its behalf.
    pub(crate) affects: Vec<DestinationKey>,
}

/// Everything of the kind that the task definition and the task's subnet show, by feature.
pub(crate) fn used(judged: &Judged<'_>, definition: &Found<TaskDefinition>) -> Vec<Used> {
    let mut found = Vec::new();
    for destination in &judged.destinations {
        for reference in &destination.references {
            let used = &reference.used;
            let feature = match used.kind {
                UseKind::Credentials => Feature::PrivateRegistry,
                UseKind::EnvironmentFile => Feature::EnvironmentFiles,
                UseKind::Secret | UseKind::SecretOption => match ValueFrom::parse(&used.text).map(|parsed| parsed.value) {
                    Ok(ValueFrom::Secret(secret)) if secret.has_parameters() => Feature::SecretJsonKeyOrVersion,
                    _ => Feature::Secrets,
                },
                UseKind::Image | UseKind::LogGroup | UseKind::FirelensConfig | UseKind::CredentialSpec => continue,
            };
            found.push(Used {
                feature,
                at: used.at.clone(),
                affects: vec![destination.requirement.key.clone()],
            });
        }
    }
    let volumes = &definition.value.volumes;
    if let Some(index) = volumes.iter().position(|volume| volume.efs_volume_configuration.is_some()) {
        found.push(Used {
            feature: Feature::EfsVolume,
            at: definition.element("volumes", index),
            affects: Vec::new(),
        });
    }
    if definition.value.ephemeral_storage.is_some() {
        found.push(Used {
            feature: Feature::EphemeralStorage,
            at: definition.member("ephemeralStorage"),
            affects: Vec::new(),
        });
    }
    // A service that answered was reached from that subnet.
    let reached = judged.case.symptom.as_ref().is_some_and(|symptom| symptom.answered);
    let subnet = judged
        .case
        .interface
        .as_ref()
        .filter(|_| !reached)
        .and_then(|interface| interface.subnet.as_ref());
    let subnet = subnet.and_then(|id| judged.case.snapshot.ec2.subnets.get(id));
    if let Some(subnet) = subnet.filter(|subnet| subnet.value.ipv6_native == Some(true)) {
        found.push(Used {
            feature: Feature::Ipv6OnlySubnet,
            at: subnet.member("Ipv6Native"),
            affects: judged
                .destinations
                .iter()
                .map(|destination| destination.requirement.key.clone())
                .collect(),
        });
    }
    found.in_order_by_key(|used| used.feature);
    found
}

/// Their names in one line.
pub(crate) fn names(used: &[Used]) -> Text {
    let mut names: Vec<Text> = used.iter().map(|used| words(used.feature)).collect();
    names.dedup();
    let line = |part: fn(&Text) -> &str, comma: &str| names.iter().map(part).collect::<Vec<_>>().join(comma);
    Text::new(line(|text| text.en.as_ref(), ", "), line(|text| text.ja.as_ref(), "、"))
}

fn words(feature: Feature) -> Text {
    match feature {
        Feature::PrivateRegistry => Text::fixed("private registry credentials", "プライベートレジストリの認証情報"),
        Feature::Secrets => Text::fixed("secrets", "シークレット"),
        Feature::SecretJsonKeyOrVersion => Text::fixed("JSON keys or versions of secrets", "シークレットの JSON キーまたはバージョン"),
        Feature::EnvironmentFiles => Text::fixed("environment files", "環境ファイル"),
        Feature::EfsVolume => Text::fixed("EFS volumes", "EFS ボリューム"),
        Feature::EphemeralStorage => Text::fixed("a set size of ephemeral storage", "エフェメラルストレージのサイズ指定"),
        Feature::Exec => Text::fixed("ECS Exec", "ECS Exec"),
        Feature::Ipv6OnlySubnet => Text::fixed("subnets without IPv4", "IPv4 のないサブネット"),
    }
}
