//! Fargate platform versions, container agent versions, and what needs which.

use std::fmt;

/// A Fargate platform version. Numbers compare only within Linux or within Windows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlatformVersion {
    /// `1` in `1.4.0`.
    pub major: u16,
    /// `4` in `1.4.0`.
    pub minor: u16,
    /// `0` in `1.4.0`.
    pub patch: u16,
}

/// A version of the container agent on an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AgentVersion {
    /// `1` in `1.99.1`.
    pub major: u16,
    /// `99` in `1.99.1`.
    pub minor: u16,
    /// `1` in `1.99.1`.
    pub patch: u16,
}

fn numbers(text: &str) -> Option<(u16, u16, u16)> {
    let mut parts = text.trim().trim_start_matches('v').split('.');
    let mut next = || {
        let part = parts.next()?;
        part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok()).flatten()
    };
    let read = (next()?, next()?, next()?);
    parts.next().is_none().then_some(read)
}

impl PlatformVersion {
    /// Reads `1.4.0`. `LATEST` is no version: what it stood for when a task started is in the task's own
    /// `platformVersion`; see [`Self::latest`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        numbers(text).map(|(major, minor, patch)| Self { major, minor, patch })
    }

    /// A version from its numbers.
    #[must_use]
    pub const fn new(major: u16, minor: u16, patch: u16) -> Self {
        Self { major, minor, patch }
    }

    /// What `LATEST` stands for since March 2021: 1.4.0 for Linux, 1.0.0 for Windows.
    #[must_use]
    pub const fn latest(family: OperatingSystemFamily) -> Self {
        if family.is_windows() {
            Self::new(1, 0, 0)
        } else {
            Self::new(1, 4, 0)
        }
    }
}

impl AgentVersion {
    /// Reads `1.99.1`, as `describe-container-instances` prints it in `versionInfo.agentVersion`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        numbers(text).map(|(major, minor, patch)| Self { major, minor, patch })
    }

    /// A version from its numbers.
    #[must_use]
    pub const fn new(major: u16, minor: u16, patch: u16) -> Self {
        Self { major, minor, patch }
    }
}

impl fmt::Display for PlatformVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

impl fmt::Display for AgentVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

/// The operating system of a task, from `platformFamily` of the task (`Linux`, `Windows_Server_2022_Core`) or
/// `runtimePlatform.operatingSystemFamily` of the task definition (`LINUX`, `WINDOWS_SERVER_2022_CORE`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OperatingSystemFamily {
    /// Linux.
    Linux,
    /// Windows Server; the build number of its version where this program knows it.
    Windows {
        /// Such as 20348 for 2022.
        build: Option<u32>,
    },
}

impl OperatingSystemFamily {
    /// Reads a family; upper and lower case do not differ. `None` for one that is neither Linux nor Windows.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let upper = text.trim().to_ascii_uppercase();
        if upper == "LINUX" {
            return Some(Self::Linux);
        }
        let version = upper.strip_prefix("WINDOWS")?.trim_start_matches('_').trim_start_matches("SERVER_");
        let build = match version.split('_').next().unwrap_or_default() {
            "2016" => Some(14393),
            "2019" => Some(17763),
            "2004" => Some(19041),
            "20H2" => Some(19042),
            "2022" => Some(20348),
            "2025" => Some(26100),
            _ => None,
        };
        Some(Self::Windows { build })
    }

    /// Whether it is Windows.
    #[must_use]
    pub const fn is_windows(self) -> bool {
        matches!(self, Self::Windows { .. })
    }
}

/// Something in a task definition that needs a platform or agent version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Feature {
    /// `repositoryCredentials`
    PrivateRegistry,
    /// A whole secret or a parameter in `secrets` or `secretOptions`.
    Secrets,
    /// A JSON key, version stage or version id of a secret.
    SecretJsonKeyOrVersion,
    /// `environmentFiles`
    EnvironmentFiles,
    /// An EFS volume.
    EfsVolume,
    /// `ephemeralStorage`
    EphemeralStorage,
    /// ECS Exec.
    Exec,
    /// A subnet without IPv4.
    Ipv6OnlySubnet,
}

/// What a feature needs on a platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Minimum<V> {
    /// That version or later.
    Version(V),
    /// Not offered there in any version.
    Never,
    /// No document says.
    Undocumented,
}

/// Whether something is supported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Supported {
    /// It is.
    Yes,
    /// It is not: the version is too old, or no version supports it.
    No,
    /// No document says.
    Undocumented,
}

impl Feature {
    /// The Fargate platform version it needs (ECS Developer Guide: the page of each feature).
    #[must_use]
    pub const fn fargate(self, family: OperatingSystemFamily) -> Minimum<PlatformVersion> {
        const fn v(minor: u16) -> Minimum<PlatformVersion> {
            Minimum::Version(PlatformVersion::new(1, minor, 0))
        }
        match (self, family.is_windows()) {
            (Self::PrivateRegistry, false) => v(2),
            (Self::Secrets, false) => v(3),
            (Self::SecretJsonKeyOrVersion | Self::EnvironmentFiles | Self::EfsVolume, false) => v(4),
            (Self::EphemeralStorage | Self::Exec | Self::Ipv6OnlySubnet, false) => v(4),
            (Self::PrivateRegistry | Self::Secrets | Self::SecretJsonKeyOrVersion | Self::EphemeralStorage, true) => v(0),
            (Self::EnvironmentFiles | Self::EfsVolume | Self::Ipv6OnlySubnet, true) => Minimum::Never,
            (Self::Exec, true) => Minimum::Undocumented,
        }
    }

    /// The container agent version it needs on an instance (ECS Developer Guide: the page of each feature).
    #[must_use]
    pub const fn agent(self) -> Minimum<AgentVersion> {
        const fn v(minor: u16, patch: u16) -> Minimum<AgentVersion> {
            Minimum::Version(AgentVersion::new(1, minor, patch))
        }
        match self {
            Self::PrivateRegistry => v(19, 0),
            Self::Secrets => v(22, 0),
            Self::SecretJsonKeyOrVersion => v(37, 0),
            Self::EnvironmentFiles => v(39, 0),
            Self::Exec => v(50, 2),
            Self::Ipv6OnlySubnet => v(99, 1),
            Self::EfsVolume | Self::EphemeralStorage => Minimum::Undocumented,
        }
    }
}

impl<V: PartialOrd> Minimum<V> {
    fn met_by(self, version: V) -> Supported {
        match self {
            Self::Version(minimum) if version >= minimum => Supported::Yes,
            Self::Version(_) | Self::Never => Supported::No,
            Self::Undocumented => Supported::Undocumented,
        }
    }
}

/// Whether a Fargate task of that family and platform version supports the feature.
#[must_use]
pub fn fargate_supports(feature: Feature, family: OperatingSystemFamily, version: PlatformVersion) -> Supported {
    feature.fargate(family).met_by(version)
}

/// Whether an instance's agent supports the feature.
#[must_use]
pub fn agent_supports(feature: Feature, version: AgentVersion) -> Supported {
    feature.agent().met_by(version)
}
