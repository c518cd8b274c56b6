//! Which platform an image is for, and whether a task can run it.

use crate::platform::OperatingSystemFamily;
use std::fmt;

/// The platform of an image or of one manifest in an image index: `linux/arm64/v8`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ImagePlatform {
    /// `linux` or `windows`.
    pub os: String,
    /// As Go names it: `amd64`, `arm64`, `arm`, `386`, …
    pub architecture: String,
    /// `v8`, where there is one.
    pub variant: Option<String>,
    /// `10.0.20348.2113`: Windows images only.
    pub os_version: Option<String>,
}

/// `runtimePlatform.cpuArchitecture`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CpuArchitecture {
    /// `X86_64`, the default on Fargate.
    X86_64,
    /// `ARM64`
    Arm64,
}

/// The platform that a task runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RuntimePlatform {
    /// The processor.
    pub cpu: CpuArchitecture,
    /// The operating system.
    pub os: OperatingSystemFamily,
}

/// Whether an image's platform serves a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlatformMatch {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// It may: the runtime accepts it in some settings (32-bit code on a 64-bit processor, another Windows build).
    Unknown,
}

impl CpuArchitecture {
    /// Reads the task definition's names and the ones that tools use for the same.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim().to_ascii_lowercase().as_str() {
            "x86_64" | "amd64" | "x86-64" => Some(Self::X86_64),
            "arm64" | "aarch64" => Some(Self::Arm64),
            _ => None,
        }
    }

    /// As a task definition writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::X86_64 => "X86_64",
            Self::Arm64 => "ARM64",
        }
    }
}

impl ImagePlatform {
    /// Reads `os/architecture[/variant]`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim().split('/');
        let mut next = || parts.next().filter(|part| !part.is_empty()).map(str::to_ascii_lowercase);
        let (os, architecture, variant) = (next()?, next()?, next());
        let whole = if variant.is_some() {
            text.trim().split('/').count() == 3
        } else {
            text.trim().split('/').count() == 2
        };
        whole.then_some(Self {
            os,
            architecture,
            variant,
            os_version: None,
        })
    }

    /// Whether it is the record of a build (an attestation) that index lists beside images: `unknown/unknown`.
    #[must_use]
    pub fn is_attestation(&self) -> bool {
        self.os == "unknown" && self.architecture == "unknown"
    }

    /// Whether a task on that platform can run it (containerd's platform matching; for Windows, Microsoft's container
    /// version compatibility: the image's build may not be newer than the host's, and before Windows Server 2025 must
    /// equal it).
    #[must_use]
    pub fn serves(&self, task: RuntimePlatform) -> PlatformMatch {
        let os = if task.os.is_windows() { "windows" } else { "linux" };
        if self.os != os {
            return PlatformMatch::No;
        }
        let cpu = match (task.cpu, self.architecture.as_str(), self.variant.as_deref()) {
            (CpuArchitecture::X86_64, "amd64", None | Some("v1")) => PlatformMatch::Yes,
            (CpuArchitecture::Arm64, "arm64", None | Some("v8")) => PlatformMatch::Yes,
            (CpuArchitecture::X86_64, "amd64" | "386", _) => PlatformMatch::Unknown,
            (CpuArchitecture::Arm64, "arm64" | "arm", _) => PlatformMatch::Unknown,
            _ => PlatformMatch::No,
        };
        match (cpu, task.os) {
            (PlatformMatch::No, _) | (_, OperatingSystemFamily::Linux) => cpu,
            (cpu, OperatingSystemFamily::Windows { build }) => match self.windows_build(build) {
                PlatformMatch::Yes => cpu,
                other => other,
            },
        }
    }

    fn windows_build(&self, host: Option<u32>) -> PlatformMatch {
        let image = self
            .os_version
            .as_deref()
            .and_then(|version| version.split('.').nth(2)?.parse::<u32>().ok());
        match (image, host) {
            (Some(image), Some(host)) if image == host => PlatformMatch::Yes,
            (Some(image), Some(host)) if image > host || host <= 20348 => PlatformMatch::No,
            _ => PlatformMatch::Unknown,
        }
    }
}

impl fmt::Display for ImagePlatform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.os, self.architecture)?;
        match &self.variant {
            Some(variant) => write!(f, "/{variant}"),
            None => Ok(()),
        }
    }
}
