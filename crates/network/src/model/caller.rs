//! The question: who calls, and whom.

use snapshot::Citation;
use snapshot::ids::{NetworkInterfaceId, SecurityGroupId, SubnetId, VpcId};
use std::net::IpAddr;

/// The operating system that opens the connection: it chooses the port that the answer comes back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Os {
    /// 32768-60999, the kernel's default.
    #[default]
    Linux,
    /// 49152-65535, since Windows Server 2008.
    Windows,
}

/// Whether the interface has a public IPv4 address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum PublicAddress {
    /// It has this one.
    Known(IpAddr),
    /// It has one (`assignPublicIp` is `ENABLED`), which is not known.
    Assigned,
    /// It has none.
    Absent,
    /// Not known.
    #[default]
    Unknown,
}

/// Who calls: an interface, or a subnet that is about to get one.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Caller {
    /// What questions about the caller are asked of (a task's id or ARN).
    pub subject: String,
    /// The VPC, where it is known other than by the subnet.
    pub vpc: Option<VpcId>,
    /// The subnet.
    pub subnet: Option<SubnetId>,
    /// The interface, where there is one.
    pub interface: Option<NetworkInterfaceId>,
    /// Its private addresses; empty: anywhere in the subnet.
    pub private_ips: Vec<IpAddr>,
    /// Whether it has a public IPv4 address.
    pub public_ip: PublicAddress,
    /// Whether it is known to get an IPv6 address or none; `None`: as its subnet assigns them.
    pub ipv6: Option<bool>,
    /// Its security groups; `None` where they are not known.
    pub security_groups: Option<Vec<SecurityGroupId>>,
    /// Its operating system.
    pub os: Os,
    /// The caller's account: where the subnet's owner is another, the VPC is shared.
    pub account: Option<String>,
    /// The Region.
    pub region: Option<String>,
    /// Where the above stands: cited with every verdict that rests on it.
    pub evidence: Vec<Citation>,
    /// What tells the subnet and its VPC, where that is not the question itself: cited with every verdict.
    pub place: Vec<Citation>,
}

/// A service as VPC endpoints name it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct ServiceKey {
    /// What follows the Region in an endpoint's service name, such as `ecr.api`. Prefixes differ by partition and are not compared.
    pub suffix: String,
    /// The service's Region.
    pub region: String,
}

impl ServiceKey {
    /// A service in a Region.
    #[must_use]
    pub fn new(suffix: &str, region: &str) -> Self {
        Self {
            suffix: suffix.to_owned(),
            region: region.to_owned(),
        }
    }

    /// Whether an endpoint's `ServiceName` names it.
    #[must_use]
    pub fn names(&self, service_name: &str) -> bool {
        let rest = service_name
            .strip_suffix(self.suffix.as_str())
            .and_then(|rest| rest.strip_suffix('.'));
        rest.and_then(|rest| rest.strip_suffix(self.region.as_str()))
            .is_some_and(|rest| rest.ends_with('.'))
    }
}

/// Whom the caller calls.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Target {
    /// The host's name.
    pub host: String,
    /// The service that VPC endpoints could carry it by; `None` for a host that no endpoint carries (another registry).
    pub service: Option<ServiceKey>,
    /// Whether a gateway endpoint can carry it (Amazon S3).
    pub gateway: bool,
    /// The names that an interface endpoint's private DNS takes over for this service, with `*.` for one label; a host that matches
    /// none of them may still be among the endpoint's own `DnsEntries`.
    pub private_names: Vec<String>,
    /// The TCP port.
    pub port: u16,
    /// The address that an error text quotes for this call.
    pub quoted_address: Option<IpAddr>,
    /// Where the quoted address stands.
    pub quoted_at: Option<Citation>,
    /// Whether the public addresses are AWS's own, so that its published ranges bound them.
    pub is_aws_public: bool,
    /// Whether the host has IPv6 addresses as well as IPv4 ones; `None` where its name does not tell.
    pub dual_stack: Option<bool>,
}

impl Target {
    /// Whether an interface endpoint with private DNS surely takes over the host's name.
    #[must_use]
    pub fn is_private_name(&self) -> bool {
        self.private_names.iter().any(|pattern| name_matches(pattern, &self.host))
    }
}

/// Whether a name equals a pattern, where a leading `*.` stands for one or more labels.
pub(crate) fn name_matches(pattern: &str, host: &str) -> bool {
    let (pattern, host) = (pattern.trim_end_matches('.'), host.trim_end_matches('.'));
    match pattern.strip_prefix("*.") {
        Some(parent) => {
            let split = host.len().checked_sub(parent.len() + 1);
            split
                .and_then(|at| host.get(at..))
                .is_some_and(|tail| tail.strip_prefix('.').is_some_and(|tail| tail.eq_ignore_ascii_case(parent)))
        }
        None => pattern.eq_ignore_ascii_case(host),
    }
}

/// What else bears on the answer.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Context {
    /// Every service that the caller needs: an interface endpoint for any of them makes the VPC one that is built on endpoints.
    pub services: Vec<ServiceKey>,
}
