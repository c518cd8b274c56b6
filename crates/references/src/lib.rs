//! Grammars of what a task definition names: secrets, parameters, images, files, log groups — and of the names that
//! AWS itself uses: partitions, Regions, hosts, endpoint services, ARNs.
//!
//! A parser answers with a [`Parsed`] value or with a [`Malformed`] that says which bytes are wrong, why, and what the
//! text should be. `Malformed` is proof: the documentation rules such a text out. What is merely suspicious (a partial
//! ARN, a Region nobody knows yet, a redacted account) is an [`Oddity`] beside the parsed value and proves nothing.

mod arn;
mod credential_spec;
mod credentials;
mod ecr_host;
mod env_file;
mod hosts;
mod image;
mod image_platform;
mod image_text;
mod log_options;
mod malformed;
mod near_ecr;
mod nearest;
mod parameter;
mod parameter_text;
mod partition;
mod platform;
mod private_dns;
mod region;
mod registry;
mod secret;
mod service_name;
mod text;
mod value_from;

pub use arn::{Account, Arn, ArnField};
pub use credential_spec::{CredentialSpec, CredentialSpecSource};
pub use credentials::CredentialsParameter;
pub use ecr_host::{EcrHost, ecr_host, layer_bucket, layer_bucket_host};
pub use env_file::{EnvFile, ObjectArn};
pub use hosts::{Service, Variant, answers_by_ipv6, endpoint_host};
pub use image::{Digest, ImageReference};
pub use image_platform::{CpuArchitecture, ImagePlatform, PlatformMatch, RuntimePlatform};
pub use log_options::{AwslogsOptions, LogOptionProblem};
pub use malformed::{Malformed, MalformedKind, Oddity, OddityKind, Parsed};
pub use near_ecr::near_registry_host;
pub use nearest::{Difference, Near, nearest};
pub use parameter::{NameMatch, ParameterOwner, ParameterReference, SecretThroughParameterStore};
pub use partition::Partition;
pub use platform::{AgentVersion, Feature, Minimum, OperatingSystemFamily, PlatformVersion, Supported, agent_supports, fargate_supports};
pub use private_dns::{DnsPattern, PrivateName, private_dns_names};
pub use region::{Region, RegionStanding, known_regions, nearest_regions};
pub use registry::{Registry, Upstream};
pub use secret::{SecretReference, SplitSuffix};
pub use service_name::{EndpointService, ServiceName};
pub use value_from::ValueFrom;
