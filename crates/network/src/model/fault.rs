//! Faults, one kind for each code of the catalogue.

use super::trace::{Place, Witness};
use ipnet::IpNet;
use snapshot::ids::{
    DhcpOptionsId, HostedZoneId, NatGatewayId, NetworkAclId, NetworkInterfaceId, RouteTableId, SecurityGroupId, SubnetId, VpcEndpointId,
    VpcId, VpcPeeringConnectionId,
};
use snapshot::{Assumption, Citation, Need};

/// The rule that decides, by the ids and numbers that AWS shows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuleRef {
    /// No single rule.
    None,
    /// No rule of these security groups admits it.
    NoGroupRule(Vec<SecurityGroupId>),
    /// A rule of a security group.
    GroupRule(SecurityGroupId),
    /// An entry of a network ACL by its number; `None` for the closing deny.
    AclEntry {
        /// The ACL.
        acl: NetworkAclId,
        /// The entry's number.
        number: Option<i64>,
    },
    /// A route by its destination (a CIDR or a prefix list).
    Route {
        /// The table.
        table: RouteTableId,
        /// The destination.
        destination: String,
        /// The target.
        target: String,
    },
    /// No route of this table.
    NoRoute(RouteTableId),
    /// The state of a resource, as AWS prints it.
    State(String),
}

/// What is said of a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It cannot be judged until its needs are pasted.
    Unknown,
    /// Proven, does not stop this call, but is a trap.
    Warn,
    /// Proven to stop this call.
    Fail,
}

/// Why nothing is known behind a next hop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OpaqueReason {
    /// A transit gateway whose tables were not pasted.
    TransitGateway,
    /// No subnet of the transit gateway's attachment lies in the caller's zone.
    TransitGatewayZone,
    /// The transit gateway's attachment is not `available`, or is not associated with a table.
    TransitGatewayAttachment,
    /// A virtual private gateway: VPN or Direct Connect.
    VpnGateway,
    /// Cloud WAN.
    CoreNetwork,
    /// A Gateway Load Balancer or Network Firewall endpoint.
    Appliance,
    /// An instance or interface that forwards.
    Instance,
    /// An appliance attached to a NAT gateway.
    NatAppliance,
    /// A private NAT gateway whose subnet leads on.
    PrivateNat,
    /// A carrier gateway.
    CarrierGateway,
    /// A local gateway (AWS Outposts).
    LocalGateway,
    /// A peering connection to a VPC that was not pasted.
    Peering,
    /// A route more specific than `local`.
    Diverted,
    /// Anything else.
    Other,
}

/// The kind of the addresses that a call goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Addresses {
    /// IPv4.
    V4,
    /// IPv6.
    V6,
    /// IPv4 only, called from a subnet without IPv4: they need DNS64, and a NAT gateway behind `64:ff9b::/96` (Amazon VPC User Guide,
    /// "DNS64 and NAT64").
    Nat64,
    /// Private IPv4 addresses of another network: a hub VPC's endpoint, or the caller's, seen from there.
    Private,
}

/// A fault, by the catalogue's code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultKind {
    /// `network.no-route`
    NoRoute {
        /// The table in force (a VPC's, or a transit gateway's by its id).
        table: RouteTableId,
        /// The subnet that uses it.
        subnet: Option<SubnetId>,
        /// Of which kind the addresses are that no route takes.
        addresses: Addresses,
    },
    /// `network.blackhole-route`
    BlackholeRoute {
        /// The table in force.
        table: RouteTableId,
        /// The route's destination.
        destination: String,
        /// Its target.
        target: String,
    },
    /// `network.no-public-ip`
    NoPublicIp {
        /// The interface, where there is one.
        interface: Option<NetworkInterfaceId>,
        /// The internet gateway that the route leads to.
        gateway: String,
        /// The caller's subnet.
        subnet: Option<SubnetId>,
    },
    /// `network.igw-detached`
    IgwDetached {
        /// The gateway.
        gateway: String,
        /// The VPC that it should be attached to.
        vpc: VpcId,
        /// The table whose route leads there.
        table: RouteTableId,
    },
    /// `network.nat-unavailable`
    NatUnavailable {
        /// The gateway.
        nat: NatGatewayId,
        /// Its state, as AWS prints it.
        state: String,
        /// The failure's message, where there is one.
        message: Option<String>,
    },
    /// `network.nat-no-internet-route`
    NatNoInternetRoute {
        /// The gateway.
        nat: NatGatewayId,
        /// Its subnet; none for a regional one.
        subnet: Option<SubnetId>,
        /// The table of its subnet.
        table: RouteTableId,
        /// The route that does not lead to an internet gateway; none: there is no route.
        target: Option<String>,
    },
    /// `network.nat-private`
    NatPrivate {
        /// The gateway.
        nat: NatGatewayId,
    },
    /// `network.peering-not-transitive`
    PeeringNotTransitive {
        /// The connection.
        peering: VpcPeeringConnectionId,
        /// The table whose route leads there.
        table: RouteTableId,
    },
    /// `network.source-dest-check`
    SourceDestCheck {
        /// The interface, or the instance where only that is known.
        interface: String,
    },
    /// `network.public-access-blocked`
    PublicAccessBlocked {
        /// The VPC.
        vpc: VpcId,
        /// The subnet that meets the internet gateway.
        subnet: Option<SubnetId>,
        /// The mode, as AWS prints it.
        mode: String,
    },
    /// `network.sg-egress-blocked`
    SgEgressBlocked {
        /// The interface's groups.
        groups: Vec<SecurityGroupId>,
        /// Where it wants to go.
        destination: Place,
        /// Whether an AWS-managed prefix list in a rule would be the usual remedy (an S3 gateway endpoint is on the way).
        prefix_list: bool,
        /// The endpoint that it wants to reach, where it is one.
        endpoint: Option<VpcEndpointId>,
    },
    /// `network.endpoint-sg-ingress-blocked`
    EndpointSgIngressBlocked {
        /// The endpoint.
        endpoint: VpcEndpointId,
        /// Its groups.
        groups: Vec<SecurityGroupId>,
        /// The caller's addresses.
        source: Place,
        /// The caller's groups.
        caller_groups: Vec<SecurityGroupId>,
    },
    /// `network.acl-outbound-blocked`
    AclOutboundBlocked {
        /// The ACL; `None` where it was not pasted.
        acl: Option<NetworkAclId>,
        /// The subnet that it guards.
        subnet: SubnetId,
        /// Whether it stops the answer rather than the request.
        answer: bool,
        /// The ports that are refused.
        ports: (u16, u16),
        /// The deciding entry's number; none for the closing deny.
        entry: Option<i64>,
    },
    /// `network.acl-inbound-blocked`
    AclInboundBlocked {
        /// The ACL; `None` where it was not pasted.
        acl: Option<NetworkAclId>,
        /// The subnet that it guards.
        subnet: SubnetId,
        /// Whether it stops the answer rather than the request.
        answer: bool,
        /// The ports that are refused.
        ports: (u16, u16),
        /// The deciding entry's number; none for the closing deny.
        entry: Option<i64>,
    },
    /// `network.opaque-next-hop`
    OpaqueNextHop {
        /// The next hop.
        target: String,
        /// What it is.
        reason: OpaqueReason,
    },
    /// `dns.support-disabled`
    DnsSupportDisabled {
        /// The VPC.
        vpc: VpcId,
    },
    /// `dns.hostnames-disabled`
    DnsHostnamesDisabled {
        /// The VPC.
        vpc: VpcId,
        /// The endpoint that is relied on.
        endpoint: VpcEndpointId,
    },
    /// `dns.custom-server-port-blocked`
    DnsPortBlocked {
        /// The servers.
        servers: Vec<String>,
        /// Whether only TCP is blocked.
        tcp_only: bool,
        /// The groups or the ACL that block it.
        blockers: Vec<String>,
    },
    /// `dns.custom-server`
    DnsCustomServer {
        /// The options.
        options: DhcpOptionsId,
        /// The servers.
        servers: Vec<String>,
    },
    /// `dns.private-zone-shadows`
    PrivateZoneShadows {
        /// The zone.
        zone: HostedZoneId,
        /// Its name.
        name: String,
    },
    /// `endpoint.missing`
    EndpointMissing {
        /// What an endpoint's service name ends with, such as `us-east-1.ecr.api`.
        service: String,
        /// The VPC.
        vpc: VpcId,
        /// The table without a route.
        table: RouteTableId,
        /// Whether the S3 gateway kind would do.
        gateway: bool,
    },
    /// `endpoint.not-available`
    EndpointNotAvailable {
        /// The endpoint.
        endpoint: VpcEndpointId,
        /// Its state, as AWS prints it.
        state: String,
        /// What AWS says of the failure.
        message: Option<String>,
    },
    /// `endpoint.private-dns-disabled`
    EndpointPrivateDnsDisabled {
        /// The endpoint.
        endpoint: VpcEndpointId,
    },
    /// `evidence.contradicts-error`: an endpoint takes the name, and yet the error quotes a public address, which no route takes.
    NameWentPublic {
        /// The endpoint.
        endpoint: VpcEndpointId,
        /// What shows that it should: Amazon's resolver and `enableDnsHostnames`; empty where they were not both pasted.
        proof: Vec<Citation>,
    },
    /// `endpoint.gateway-not-routed`
    EndpointGatewayNotRouted {
        /// The endpoint.
        endpoint: VpcEndpointId,
        /// The table in force.
        table: RouteTableId,
    },
}

impl FaultKind {
    /// The catalogue's code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoRoute { .. } => "network.no-route",
            Self::BlackholeRoute { .. } => "network.blackhole-route",
            Self::NoPublicIp { .. } => "network.no-public-ip",
            Self::IgwDetached { .. } => "network.igw-detached",
            Self::NatUnavailable { .. } => "network.nat-unavailable",
            Self::NatNoInternetRoute { .. } => "network.nat-no-internet-route",
            Self::NatPrivate { .. } => "network.nat-private",
            Self::PeeringNotTransitive { .. } => "network.peering-not-transitive",
            Self::SourceDestCheck { .. } => "network.source-dest-check",
            Self::PublicAccessBlocked { .. } => "network.public-access-blocked",
            Self::SgEgressBlocked { .. } => "network.sg-egress-blocked",
            Self::EndpointSgIngressBlocked { .. } => "network.endpoint-sg-ingress-blocked",
            Self::AclOutboundBlocked { .. } => "network.acl-outbound-blocked",
            Self::AclInboundBlocked { .. } => "network.acl-inbound-blocked",
            Self::OpaqueNextHop { .. } => "network.opaque-next-hop",
            Self::DnsSupportDisabled { .. } => "dns.support-disabled",
            Self::DnsHostnamesDisabled { .. } => "dns.hostnames-disabled",
            Self::DnsPortBlocked { .. } => "dns.custom-server-port-blocked",
            Self::DnsCustomServer { .. } => "dns.custom-server",
            Self::PrivateZoneShadows { .. } => "dns.private-zone-shadows",
            Self::EndpointMissing { .. } => "endpoint.missing",
            Self::EndpointNotAvailable { .. } => "endpoint.not-available",
            Self::EndpointPrivateDnsDisabled { .. } => "endpoint.private-dns-disabled",
            Self::NameWentPublic { .. } => "evidence.contradicts-error",
            Self::EndpointGatewayNotRouted { .. } => "endpoint.gateway-not-routed",
        }
    }
}

/// A fault with its proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What it is.
    pub kind: FaultKind,
    /// What is said of it.
    pub severity: Severity,
    /// It strikes only some of an endpoint's interfaces: some calls fail, others pass.
    pub intermittent: bool,
    /// The part of the destinations that it concerns, where it is a part.
    pub part: Vec<IpNet>,
    /// What suffices to prove it.
    pub evidence: Vec<Citation>,
    /// What would settle it.
    pub needs: Vec<Need>,
    /// What it takes for granted.
    pub assumes: Vec<Assumption>,
    /// The packet that it drops.
    pub witness: Option<Witness>,
}
