//! The answer, as data.

use super::fault::{Fault, RuleRef};
use ipnet::IpNet;
use snapshot::ids::{VpcEndpointId, VpcId};
use snapshot::{Assumption, Citation, Need, Truth};
use std::net::IpAddr;

/// Whether the connection opens and the answer comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// Proven not.
    Blocked,
    /// Not settled by what was pasted.
    Unknown,
    /// Proven.
    Reachable,
}

impl From<Reach> for Truth {
    fn from(reach: Reach) -> Self {
        match reach {
            Reach::Blocked => Self::False,
            Reach::Unknown => Self::Unknown,
            Reach::Reachable => Self::True,
        }
    }
}

/// What the route or the endpoint names, also when blocked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Via {
    /// An internet gateway.
    InternetGateway,
    /// A NAT gateway.
    NatGateway,
    /// A VPC interface endpoint.
    InterfaceEndpoint,
    /// A VPC gateway endpoint.
    GatewayEndpoint,
    /// An egress-only internet gateway.
    EgressOnlyGateway,
    /// Anything else.
    Other,
}

/// What stands on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HopKind {
    /// The caller's interface, or one that forwards.
    Interface,
    /// The subnet that the traffic leaves or enters.
    Subnet,
    /// Name resolution.
    Dns,
    /// Security groups that add up.
    SecurityGroup,
    /// A network ACL.
    NetworkAcl,
    /// A route table.
    RouteTable,
    /// An internet gateway.
    InternetGateway,
    /// A NAT gateway.
    NatGateway,
    /// A VPC interface endpoint.
    InterfaceEndpoint,
    /// A VPC gateway endpoint.
    GatewayEndpoint,
    /// An egress-only internet gateway.
    EgressOnlyGateway,
    /// A VPC peering connection.
    PeeringConnection,
    /// A transit gateway.
    TransitGateway,
    /// VPC Block Public Access.
    BlockPublicAccess,
    /// The service itself.
    Service,
    /// Anything else.
    Other,
}

/// What was judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Check {
    /// Which name servers the VPC hands out, and whether they can be asked.
    Resolver,
    /// Whether the Amazon-provided resolver answers.
    DnsSupport,
    /// Whether private names work.
    DnsHostnames,
    /// What the name leads to.
    Answer,
    /// Security groups, outwards.
    GroupEgress,
    /// Security groups, inwards.
    GroupIngress,
    /// A network ACL, the request leaving the subnet.
    AclRequestOut,
    /// A network ACL, the request entering the subnet.
    AclRequestIn,
    /// A network ACL, the answer leaving the subnet.
    AclAnswerOut,
    /// A network ACL, the answer entering the subnet.
    AclAnswerIn,
    /// The route to the destination.
    Route,
    /// The route of the answer.
    AnswerRoute,
    /// The state of a gateway or endpoint.
    State,
    /// Whether a gateway is attached.
    Attachment,
    /// Whether the interface has a public address.
    PublicAddress,
    /// VPC Block Public Access.
    PublicAccess,
    /// Source/destination check of a forwarding interface.
    SourceDestCheck,
    /// Where a NAT gateway leads.
    Connectivity,
    /// What lies behind cannot be seen.
    Behind,
}

/// One judgement at a hop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What was judged.
    pub check: Check,
    /// Whether it passes, for every address concerned.
    pub verdict: Truth,
    /// The rule that decides.
    pub rule: RuleRef,
    /// Where it stands.
    pub citations: Vec<Citation>,
}

/// One thing on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hop {
    /// What kind of thing.
    pub kind: HopKind,
    /// Its id; `None` where it is not known or has none.
    pub id: Option<String>,
    /// Whether it lets the traffic pass: its steps together.
    pub verdict: Truth,
    /// What was judged there.
    pub steps: Vec<Step>,
}

/// One end of a packet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// One address.
    Address(IpAddr),
    /// Any address of these ranges.
    Ranges(Vec<IpNet>),
    /// Any public address.
    Public,
}

/// Which half of a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// From the caller outwards.
    Request,
    /// Back to the caller.
    Answer,
}

/// A transport protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Protocol {
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
}

/// The packet that does not get through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// The sender.
    pub source: Place,
    /// The receiver.
    pub destination: Place,
    /// The transport.
    pub protocol: Protocol,
    /// The destination port; for an answer the lowest of the ports that it may come back to.
    pub port: u16,
    /// The highest of those ports; equal to `port` for a request.
    pub last_port: u16,
    /// Which half of the conversation.
    pub direction: Direction,
    /// What drops it.
    pub rule: RuleRef,
}

/// What the service sees of the call: the condition keys `aws:SourceVpce`, `aws:SourceVpc`, `aws:VpcSourceIp` and `aws:SourceIp`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Whether the call passes a VPC endpoint.
    pub through_endpoint: Truth,
    /// The endpoint: one of these. Empty where it is not known, or none.
    pub endpoints: Vec<VpcEndpointId>,
    /// The VPC of the endpoint (`aws:SourceVpc`).
    pub vpc: Option<VpcId>,
    /// The caller's private addresses, which the service sees through an endpoint; `None` where not known.
    pub private_ips: Option<Vec<IpAddr>>,
    /// The public addresses that the service may see without an endpoint; `None` where not known.
    pub public_ips: Option<Vec<IpAddr>>,
}

/// The walk's answer for one destination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// The verdict.
    pub verdict: Reach,
    /// What carries the traffic out; `None` where neither a route nor an endpoint is known.
    pub via: Option<Via>,
    /// The way, from the caller outwards.
    pub hops: Vec<Hop>,
    /// Every fault along the way: proven ones, traps, and what cannot be judged.
    pub faults: Vec<Fault>,
    /// The packet that does not get through; `None` unless blocked.
    pub witness: Option<Witness>,
    /// What suffices for the verdict.
    pub evidence: Vec<Citation>,
    /// What the verdict takes for granted.
    pub assumes: Vec<Assumption>,
    /// What would settle an unknown, and what would replace an assumption; the most telling first.
    pub needs: Vec<Need>,
    /// What could still interfere and is not part of the verdict: outputs that few cases need (private zones).
    pub unseen: Vec<Need>,
    /// What the service sees of the call.
    pub passage: Passage,
    /// The addresses that the name may have.
    pub destination: Place,
    /// How many rules, routes and entries were looked at: the walk's cost, free of any clock.
    pub examined: usize,
}
