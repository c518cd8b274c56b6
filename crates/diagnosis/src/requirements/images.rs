//! Images: the registry's API, the registry itself and the layer bucket; of other registries the host that is called first.

use super::build::{Builder, call, child};
use super::{Requirement, Use, UseKind};
use crate::model::DestinationKey;
use references::{ImageReference, Malformed, Registry, Service, Variant, endpoint_host, layer_bucket_host};
use snapshot::Citation;

/// How the name of Service Connect's container begins.
const SERVICE_CONNECT: &str = "ecs-service-connect";

impl Builder<'_> {
    pub(super) fn image(&mut self, container: &str, image: Option<&str>, at: Citation, has_credentials: bool) {
        let Some(text) = image.filter(|text| !text.is_empty()) else {
            return;
        };
        let used = Use {
            kind: UseKind::Image,
            container: container.to_owned(),
            variable: None,
            text: text.to_owned(),
            at,
        };
        let reference = match ImageReference::parse(text) {
            Ok(parsed) => parsed.value,
            Err(malformed) => {
                self.malformed_image(used, &malformed);
                return;
            }
        };
        let Registry::EcrPrivate(host) = &reference.registry else {
            let key = reference
                .registry
                .pull_hosts()
                .into_iter()
                .next()
                .unwrap_or_else(|| reference.registry.host());
            let entry = self.entry(DestinationKey::Registry(key.clone()), key, None, used.clone());
            entry.uses.push(used);
            return;
        };
        let region = host.region.as_str().to_owned();
        let resource = reference.repository_arn().unwrap_or_else(|| "*".to_owned());
        let key = DestinationKey::EcrApi;
        let api = endpoint_host(Service::EcrApi, &host.region, self.login(host.variant)).unwrap_or_default();
        if !has_credentials {
            let entry = self.entry(key, api, Some(&region), used.clone());
            // One token serves every image of the registry: the call is made once.
            if entry.calls.is_empty() {
                entry.calls.push(call("ecr:GetAuthorizationToken", "*", true, Some(used.clone())));
            }
        }
        let entry = self.entry(DestinationKey::EcrDkr, host.to_string(), Some(&region), used.clone());
        entry.uses.push(used.clone());
        if !has_credentials {
            for (action, blocks) in [
                ("ecr:BatchGetImage", true),
                ("ecr:GetDownloadUrlForLayer", true),
                ("ecr:BatchCheckLayerAvailability", false),
            ] {
                let made = call(action, &resource, blocks, Some(used.clone()));
                if !entry
                    .calls
                    .iter()
                    .any(|known| known.action == made.action && known.resource == made.resource)
                {
                    entry.calls.push(made);
                }
            }
        }
        let layers = layer_bucket_host(&host.region, self.variant()).unwrap_or_default();
        self.entry(DestinationKey::S3, layers, Some(&region), used);
    }

    /// Which of the API's names the login calls: the image's dual-stack host alone does not change it, only a subnet without IPv4 does.
    fn login(&self, image: Variant) -> Variant {
        Variant::of(self.without_ipv4(), image.is_fips())
    }

    /// A text that is no reference names nothing to call; the registry that it was meant for decides where its error shows.
    fn malformed_image(&mut self, used: Use, malformed: &Malformed) {
        let corrected = malformed.corrected.as_deref().and_then(|text| ImageReference::parse(text).ok());
        let registry = corrected.map_or_else(|| Registry::of_text(&used.text), |parsed| parsed.value.registry);
        let (key, host, region) = match &registry {
            Registry::EcrPrivate(ecr) => (DestinationKey::EcrDkr, registry.host(), Some(ecr.region.as_str())),
            _ => {
                let host = registry.pull_hosts().into_iter().next().unwrap_or_else(|| registry.host());
                (DestinationKey::Registry(host.clone()), host, None)
            }
        };
        let entry = self.entry(key, host, region, used.clone());
        entry.uses.push(used);
    }

    /// The container that Service Connect adds to every task of a deployment: its output goes where the service says (Amazon ECS API
    /// reference, `ServiceConnectConfiguration.logConfiguration`).
    pub(super) fn service_connect(&mut self) {
        let Some(service) = self.case.service else { return };
        let started = self.case.task.and_then(|task| task.value.started_by.as_deref());
        let deployments = &service.value.deployments;
        let own = deployments
            .iter()
            .position(|deployment| started.is_some() && deployment.id.as_deref() == started);
        let only = (deployments.len() == 1).then_some(0);
        let Some(index) = own.or(only) else { return };
        let connect = deployments
            .get(index)
            .and_then(|deployment| deployment.service_connect_configuration.as_ref());
        let Some(logging) = connect
            .filter(|connect| connect.enabled == Some(true))
            .and_then(|connect| connect.log_configuration.as_ref())
        else {
            return;
        };
        let containers = self.case.task.map(|task| task.value.containers.as_slice()).unwrap_or_default();
        let mut names = containers.iter().filter_map(|container| container.name.as_deref());
        let name = names
            .find(|name| name.starts_with(SERVICE_CONNECT))
            .unwrap_or(SERVICE_CONNECT)
            .to_owned();
        let at = child(
            &child(&service.element("deployments", index), "serviceConnectConfiguration"),
            "logConfiguration",
        );
        self.logging(logging, &name, &at);
        self.secrets(&logging.secret_options, UseKind::SecretOption, &name, &child(&at, "secretOptions"));
    }

    /// Containers that AWS adds to a task without their being in its definition, such as that of GuardDuty's runtime monitoring (Amazon
    /// GuardDuty User Guide, "How Runtime Monitoring works with Fargate"): the execution role pulls their images too, but the task does
    /// not depend on them. They go the way of the task's own images, so that only their repositories are new.
    pub(super) fn injected(&mut self) {
        let (Some(task), Some(definition)) = (self.case.task, self.case.definition) else {
            return;
        };
        let defined = &definition.value.container_definitions;
        for (index, container) in task.value.containers.iter().enumerate() {
            let Some(text) = container.image.as_deref() else { continue };
            let reference = ImageReference::parse(text).ok().map(|parsed| parsed.value);
            let (Some(reference), false) = (reference, defined.iter().any(|known| known.name == container.name)) else {
                continue;
            };
            let (Registry::EcrPrivate(host), Some(resource)) = (&reference.registry, reference.repository_arn()) else {
                continue;
            };
            let region = host.region.as_str();
            let of_the_region = |known: &Requirement| known.key == DestinationKey::EcrDkr && known.region.as_deref() == Some(region);
            if !self.found.values().any(of_the_region) {
                continue;
            }
            let used = Use {
                kind: UseKind::Image,
                container: container.name.clone().unwrap_or_default(),
                variable: None,
                text: text.to_owned(),
                at: child(&task.element("containers", index), "image"),
            };
            let entry = self.entry(DestinationKey::EcrDkr, host.to_string(), Some(region), used.clone());
            let pulls = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
            entry
                .calls
                .extend(pulls.map(|action| call(action, &resource, false, Some(used.clone()))));
        }
    }
}
