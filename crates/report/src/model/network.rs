//! The packet walk's verdict for one destination.

use serde::{Deserialize, Serialize};

use crate::model::{Citation, vocabulary};

/// Whether the task can open a connection to a destination and the answer comes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Network {
    /// The verdict for the task's own interface or subnet.
    pub verdict: Reach,
    /// AWS defaults and neglected cases on which the verdict rests.
    pub assumes: Vec<String>,
    /// What the route or endpoint names, also when blocked; `None` where neither is known.
    pub via: Option<Via>,
    /// The way, from the task outwards.
    pub hops: Vec<Hop>,
    /// The concrete packet that does not get through; `None` unless blocked.
    pub witness: Option<Witness>,
    /// What suffices for the verdict.
    pub evidence: Vec<Citation>,
    /// The verdict from every subnet that the service may use.
    pub subnets: Vec<SubnetVerdict>,
}

vocabulary! {
    /// Whether a connection can be opened.
    pub enum Reach {
        /// Proven.
        Reachable = "reachable",
        /// Proven not.
        Blocked = "blocked",
        /// Not settled by what was pasted.
        Unknown = "unknown",
    }
}

vocabulary! {
    /// What carries the traffic out of the subnet.
    pub enum Via {
        /// An internet gateway.
        InternetGateway = "internet_gateway",
        /// A NAT gateway.
        NatGateway = "nat_gateway",
        /// A VPC interface endpoint.
        InterfaceEndpoint = "interface_endpoint",
        /// A VPC gateway endpoint.
        GatewayEndpoint = "gateway_endpoint",
        /// An egress-only internet gateway (IPv6).
        EgressOnlyGateway = "egress_only_gateway",
        /// Anything else.
        Other = "other",
    }
}

/// One thing on the way that could stop the packet or its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hop {
    /// What kind of thing.
    pub kind: HopKind,
    /// Its id; `None` where it is not known or has none.
    pub id: Option<String>,
    /// Whether it lets the traffic pass.
    pub verdict: HopVerdict,
    /// Why, in one line.
    pub note: String,
}

vocabulary! {
    /// What stands on the way.
    pub enum HopKind {
        /// The task's interface, or one that forwards.
        Interface = "interface",
        /// The subnet that the traffic leaves or enters.
        Subnet = "subnet",
        /// Name resolution.
        Dns = "dns",
        /// A security group, or several that add up.
        SecurityGroup = "security_group",
        /// A network ACL.
        NetworkAcl = "network_acl",
        /// A route table.
        RouteTable = "route_table",
        /// An internet gateway.
        InternetGateway = "internet_gateway",
        /// A NAT gateway.
        NatGateway = "nat_gateway",
        /// A VPC interface endpoint.
        InterfaceEndpoint = "interface_endpoint",
        /// A VPC gateway endpoint.
        GatewayEndpoint = "gateway_endpoint",
        /// An egress-only internet gateway.
        EgressOnlyGateway = "egress_only_gateway",
        /// A VPC peering connection.
        PeeringConnection = "peering_connection",
        /// A transit gateway.
        TransitGateway = "transit_gateway",
        /// VPC Block Public Access.
        BlockPublicAccess = "block_public_access",
        /// The service itself.
        Service = "service",
        /// Anything else.
        Other = "other",
    }
}

vocabulary! {
    /// Whether a hop lets the traffic pass.
    pub enum HopVerdict {
        /// Proven to.
        Pass = "pass",
        /// Proven not to.
        Fail = "fail",
        /// Not settled by what was pasted.
        Unknown = "unknown",
    }
}

/// A concrete packet that does not get through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Witness {
    /// The sender's address, or the range that holds it where the address is not known.
    pub source: String,
    /// The receiver's address, or the range that holds it.
    pub destination: String,
    /// The transport.
    pub protocol: Protocol,
    /// The destination port.
    pub port: u16,
    /// Whether the request or its answer is stopped.
    pub direction: Direction,
    /// The rule, or the lack of one, that stops it.
    pub rule: String,
}

vocabulary! {
    /// A transport protocol.
    pub enum Protocol {
        /// TCP.
        Tcp = "tcp",
        /// UDP.
        Udp = "udp",
    }
}

vocabulary! {
    /// Which half of a conversation.
    pub enum Direction {
        /// From the task outwards.
        Request = "request",
        /// Back to the task.
        Answer = "answer",
    }
}

/// The verdict from one subnet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubnetVerdict {
    /// The subnet's id.
    pub id: String,
    /// Whether the destination can be reached from there.
    pub verdict: Reach,
}
