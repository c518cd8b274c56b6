//! Files that are read before containers start: environment files, FireLens configurations and credential specs.
//!
//! Amazon ECS Developer Guide, "Pass an environment variable in a file", "Example Amazon ECS task definition: Route logs to FireLens"
//! (a configuration in Amazon S3 is for container instances only; the execution role reads it) and "Using gMSAs".

use super::build::{Builder, call, child};
use super::{Use, UseKind};
use crate::model::DestinationKey;
use references::{CredentialSpec, CredentialSpecSource, EnvFile, ObjectArn, Partition, Service};
use snapshot::Citation;
use snapshot::ecs::definition::ContainerDefinition;
use snapshot::ecs::task::LaunchType;

impl Builder<'_> {
    /// The files of a container.
    pub(super) fn files(&mut self, container: &ContainerDefinition, at: &Citation) {
        let name = container.name.as_deref().unwrap_or_default();
        let used = |kind: UseKind, text: String, at: Citation| Use {
            kind,
            container: name.to_owned(),
            variable: None,
            text,
            at,
        };
        for (text, at) in self.environment_files(container, at) {
            let object = EnvFile::parse(&text).ok().map(|parsed| parsed.value.object);
            self.object(object, used(UseKind::EnvironmentFile, text, at));
        }
        if let Some(firelens) = &container.firelens_configuration
            && self.case.launch != Some(LaunchType::Fargate)
            && firelens.options.get("config-file-type").is_some_and(|kind| kind.as_str() == "s3")
            && let Some(text) = firelens.options.get("config-file-value").map(|value| value.as_str().to_owned())
        {
            let at = child(&child(&child(at, "firelensConfiguration"), "options"), "config-file-value");
            let object = ObjectArn::parse(&text).ok().map(|parsed| parsed.value);
            self.object(object, used(UseKind::FirelensConfig, text, at));
        }
        for (text, at) in credential_specs(container, at) {
            let used = used(UseKind::CredentialSpec, text.clone(), at);
            match CredentialSpec::parse(&text).map(|parsed| parsed.value.source) {
                Ok(CredentialSpecSource::Object(object)) => self.object(Some(object), used),
                Ok(CredentialSpecSource::Parameter(parameter)) => {
                    let region = parameter.owner.as_ref().map(|owner| owner.region.as_str().to_owned());
                    let region = region.or_else(|| self.case.region.clone());
                    let arn = self.parameter_arn(&parameter);
                    let entry = self.entry(
                        DestinationKey::Ssm,
                        self.host_of(Service::Ssm, region.as_deref()),
                        region.as_deref(),
                        used.clone(),
                    );
                    entry.uses.push(used.clone());
                    entry.calls.push(call("ssm:GetParameters", &arn, true, Some(used)));
                }
                // A file on the instance is fetched from nowhere.
                Ok(CredentialSpecSource::File(_)) => {}
                Err(_) if text.contains(":ssm:") => {
                    let host = self.host_of(Service::Ssm, None);
                    self.entry(DestinationKey::Ssm, host, None, used.clone()).uses.push(used);
                }
                Err(_) => self.object(None, used),
            }
        }
    }

    /// A container override's list takes the place of the definition's (Amazon ECS API reference, `ContainerOverride`).
    fn environment_files(&self, container: &ContainerDefinition, at: &Citation) -> Vec<(String, Citation)> {
        if let Some(task) = self.case.task {
            let overrides = &task.value.overrides.container_overrides;
            let replaced = overrides
                .iter()
                .enumerate()
                .find(|(_, over)| over.name == container.name)
                .and_then(|(index, over)| Some((index, over.environment_files.as_ref().filter(|files| !files.is_empty())?)));
            if let Some((index, files)) = replaced {
                let at = child(&task.member("overrides"), "containerOverrides");
                let base = Citation {
                    document: at.document,
                    pointer: at.pointer.index(index).child("environmentFiles"),
                };
                return listed(files.iter().map(|file| file.value.clone()), &base);
            }
        }
        listed(
            container.environment_files.iter().map(|file| file.value.clone()),
            &child(at, "environmentFiles"),
        )
    }

    /// An object in Amazon S3, at the bucket's own Region where that is known; without one, the text that should have been one.
    fn object(&mut self, object: Option<ObjectArn>, used: Use) {
        let located = object.as_ref().and_then(|object| self.case.snapshot.s3.region(&object.bucket));
        let region = located.map(|found| found.value.clone()).or_else(|| self.case.region.clone());
        let suffix = region
            .as_deref()
            .and_then(Partition::of_region)
            .unwrap_or(Partition::Aws)
            .dns_suffix();
        let name = if self.without_ipv4() { "s3.dualstack" } else { "s3" };
        let place = region
            .as_deref()
            .map(|region| format!("{name}.{region}.{suffix}"))
            .unwrap_or_default();
        let host = match &object {
            Some(object) if !place.is_empty() => format!("{}.{place}", object.bucket),
            _ => place,
        };
        let entry = self.entry(DestinationKey::S3, host, region.as_deref(), used.clone());
        entry.uses.push(used.clone());
        let Some(object) = object else { return };
        entry
            .calls
            .push(call("s3:GetObject", &object.to_string(), true, Some(used.clone())));
        if used.kind != UseKind::CredentialSpec {
            entry
                .calls
                .push(call("s3:GetBucketLocation", &object.bucket_arn(), true, Some(used)));
        }
    }
}

/// The credential specs of a container, where it has them: `dockerSecurityOptions` holds other options of Docker's as well.
fn credential_specs(container: &ContainerDefinition, at: &Citation) -> Vec<(String, Citation)> {
    let lists = [
        ("credentialSpecs", &container.credential_specs),
        ("dockerSecurityOptions", &container.docker_security_options),
    ];
    let mut found = Vec::new();
    for (member, list) in lists {
        let of_docker = member == "dockerSecurityOptions";
        for (index, text) in list.iter().enumerate() {
            if !of_docker || text.to_ascii_lowercase().starts_with("credential") {
                let list = child(at, member);
                let pointer = list.pointer.index(index);
                found.push((text.clone(), Citation { pointer, ..list }));
            }
        }
    }
    found
}

fn listed(values: impl Iterator<Item = Option<String>>, at: &Citation) -> Vec<(String, Citation)> {
    values
        .enumerate()
        .filter_map(|(index, value)| {
            Some((
                value?,
                Citation {
                    document: at.document,
                    pointer: at.pointer.index(index).child("value"),
                },
            ))
        })
        .collect()
}
