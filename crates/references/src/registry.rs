//! Which registry an image comes from.

use crate::ecr_host::EcrHost;
use std::fmt;

/// A container registry, told from the first part of an image reference.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Registry {
    /// A private registry of Amazon ECR.
    EcrPrivate(EcrHost),
    /// The Amazon ECR Public Gallery.
    EcrPublic,
    /// Docker Hub, which is meant where no host is written.
    DockerHub,
    /// GitHub's container registry.
    GitHub,
    /// GitLab's own registry; a self-managed one is [`Self::Other`].
    GitLab,
    /// Quay.
    Quay,
    /// Microsoft's registry.
    Microsoft,
    /// Any other.
    Other {
        /// The host, lower case unless it is a word whose upper case alone makes it a host.
        host: String,
        /// The port, where one is written.
        port: Option<u16>,
    },
}

/// A registry whose images Amazon ECR can fetch and keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upstream {
    /// A usual prefix of the repositories that hold them; any other will do.
    pub prefix: &'static str,
    /// The rule's `upstreamRegistryUrl`.
    pub url: String,
    /// Whether the rule needs credentials, in a secret whose name begins with `ecr-pullthroughcache/`.
    pub credentials: bool,
}

impl Registry {
    /// The registry of a host, with its port where one is written.
    #[must_use]
    pub fn of(host: &str, port: Option<u16>) -> Self {
        let lower = host.to_ascii_lowercase();
        if port.is_none_or(|port| port == 443) {
            if let Some(ecr) = EcrHost::parse(&lower).or_else(|| EcrHost::parse(host)) {
                return Self::EcrPrivate(ecr);
            }
            match lower.as_str() {
                "public.ecr.aws" => return Self::EcrPublic,
                "docker.io" | "index.docker.io" | "registry-1.docker.io" | "registry.hub.docker.com" => {
                    return Self::DockerHub;
                }
                "ghcr.io" => return Self::GitHub,
                "registry.gitlab.com" => return Self::GitLab,
                "quay.io" => return Self::Quay,
                "mcr.microsoft.com" => return Self::Microsoft,
                _ => {}
            }
        }
        // Only its upper case makes a host of a word without dots.
        let host = if lower.contains('.') || port.is_some() {
            lower
        } else {
            host.to_owned()
        };
        Self::Other { host, port }
    }

    /// The registry that a text was likely meant for, whatever else is wrong with it: a scheme in front is skipped, and a first
    /// component is a host where Docker would take it for one.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        let text = text
            .split_once("://")
            .map_or(text, |(_, rest)| rest)
            .trim_matches(['/', ' ', '"', '\'']);
        let Some((first, _)) = text.split_once('/').filter(|(first, _)| first.contains('.') || first.contains(':')) else {
            return Self::DockerHub;
        };
        match first.split_once(':') {
            Some((host, port)) => Self::of(host, port.parse().ok()),
            None => Self::of(first, None),
        }
    }

    /// The host that references name, with the port where one is written.
    #[must_use]
    pub fn host(&self) -> String {
        match self {
            Self::EcrPrivate(host) => host.to_string(),
            Self::EcrPublic => "public.ecr.aws".to_owned(),
            Self::DockerHub => "docker.io".to_owned(),
            Self::GitHub => "ghcr.io".to_owned(),
            Self::GitLab => "registry.gitlab.com".to_owned(),
            Self::Quay => "quay.io".to_owned(),
            Self::Microsoft => "mcr.microsoft.com".to_owned(),
            Self::Other { host, port: Some(port) } => format!("{host}:{port}"),
            Self::Other { host, port: None } => host.clone(),
        }
    }

    /// The hosts that a pull calls first, besides those that only the registry's answers name. ECR private registries
    /// also call ECR's API and the layer bucket; ECR Public sends layers from CloudFront.
    #[must_use]
    pub fn pull_hosts(&self) -> Vec<String> {
        match self {
            Self::DockerHub => ["registry-1.docker.io", "auth.docker.io", "production.cloudflare.docker.com"]
                .map(str::to_owned)
                .to_vec(),
            other => vec![other.host()],
        }
    }

    /// How Amazon ECR fetches and keeps its images by a pull-through cache rule; `None` where it offers none (Amazon ECR User Guide,
    /// "Sync an upstream registry with an Amazon ECR private registry").
    #[must_use]
    pub fn upstream(&self) -> Option<Upstream> {
        let (prefix, url, credentials) = match self {
            Self::EcrPublic => ("ecr-public", "public.ecr.aws", false),
            Self::DockerHub => ("docker-hub", "registry-1.docker.io", true),
            Self::GitHub => ("github", "ghcr.io", true),
            Self::GitLab => ("gitlab", "registry.gitlab.com", true),
            Self::Quay => ("quay", "quay.io", false),
            Self::Other { host, port: None } if host == "registry.k8s.io" => ("kubernetes", host.as_str(), false),
            Self::Other { host, port: None } if host.ends_with(".azurecr.io") => ("azure", host.as_str(), true),
            Self::Other { host, port: None } if host == "cgr.dev" => ("chainguard", host.as_str(), true),
            Self::EcrPrivate(_) | Self::Microsoft | Self::Other { .. } => return None,
        };
        Some(Upstream {
            prefix,
            url: url.to_owned(),
            credentials,
        })
    }

    /// The private ECR registry, if it is one.
    #[must_use]
    pub fn ecr(&self) -> Option<&EcrHost> {
        match self {
            Self::EcrPrivate(host) => Some(host),
            _ => None,
        }
    }
}

impl fmt::Display for Registry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.host())
    }
}
