//! Gateways and peering (Amazon EC2 API reference: `InternetGateway`, `NatGateway`, `VpcPeeringConnection`, …).

use crate::core::collection::Resource;
use crate::core::ids::{
    AccountId, EgressOnlyInternetGatewayId, InternetGatewayId, NatGatewayId, NetworkInterfaceId, RouteTableId, SubnetId, VpcId,
    VpcPeeringConnectionId, VpnGatewayId,
};
use crate::core::shape::shape;
use crate::core::time::Time;
use crate::ec2::words::{Cidr, one, words};
use evidence::Operation;
use std::net::IpAddr;

words! {
    /// Whether a gateway is attached; `available` is what EC2 prints for an internet gateway.
    enum AttachmentWord {
        /// Attached.
        Available = "available",
        /// Attached.
        Attached = "attached",
        /// Not yet.
        Attaching = "attaching",
        /// Going.
        Detaching = "detaching",
        /// Not attached.
        Detached = "detached",
    }
    /// The state of a NAT gateway.
    enum NatState {
        /// It works.
        Available = "available",
        /// Being made.
        Pending = "pending",
        /// Could not be made; vanishes after about an hour.
        Failed = "failed",
        /// Being deleted.
        Deleting = "deleting",
        /// Gone; stays listed for about an hour.
        Deleted = "deleted",
    }
    /// Where a NAT gateway leads.
    enum Connectivity {
        /// To the internet.
        Public = "public",
        /// To other VPCs and on premises.
        Private = "private",
    }
    /// Whether a NAT gateway stands in one zone or spans the Region.
    enum AvailabilityMode {
        /// In one subnet.
        Zonal = "zonal",
        /// In no subnet, with a route table of its own.
        Regional = "regional",
    }
    /// The state of a peering connection.
    enum PeeringWord {
        /// It works.
        Active = "active",
        /// Waits for the other side.
        PendingAcceptance = "pending-acceptance",
        /// Being set up.
        Provisioning = "provisioning",
        /// Being asked.
        InitiatingRequest = "initiating-request",
        /// Gone.
        Deleted = "deleted",
        /// Going.
        Deleting = "deleting",
        /// Refused.
        Rejected = "rejected",
        /// Could not be made.
        Failed = "failed",
        /// Not accepted in time.
        Expired = "expired",
    }
}

shape! { Pascal;
    /// An internet gateway.
    struct InternetGateway {
        /// Its id.
        internet_gateway_id: Option<InternetGatewayId>,
        /// The owning account.
        owner_id: Option<AccountId>,
        /// At most one VPC; `None` where the member is missing.
        attachments: Option<Vec<GatewayAttachment>>,
    }
    /// The VPC of a gateway.
    struct GatewayAttachment {
        /// The VPC.
        vpc_id: Option<VpcId>,
        /// Whether it is in force.
        state: Option<AttachmentWord>,
    }
    /// An egress-only internet gateway: IPv6, outwards.
    struct EgressOnlyInternetGateway {
        /// Its id.
        egress_only_internet_gateway_id: Option<EgressOnlyInternetGatewayId>,
        /// At most one VPC; `None` where the member is missing.
        attachments: Option<Vec<GatewayAttachment>>,
    }
    /// A virtual private gateway.
    struct VpnGateway {
        /// Its id.
        vpn_gateway_id: Option<VpnGatewayId>,
        /// At most one VPC.
        vpc_attachments: Option<Vec<GatewayAttachment>>,
    }
    /// A NAT gateway.
    struct NatGateway {
        /// Its id.
        nat_gateway_id: Option<NatGatewayId>,
        /// Its VPC.
        vpc_id: Option<VpcId>,
        /// Its subnet; none for a regional one.
        subnet_id: Option<SubnetId>,
        /// Its state.
        state: Option<NatState>,
        /// Why it failed, as a code.
        failure_code: Option<String>,
        /// Why it failed.
        failure_message: Option<String>,
        /// Where it leads; absent in old outputs, when all were public.
        connectivity_type: Option<Connectivity>,
        /// Zonal or regional; absent in old outputs, when all were zonal.
        availability_mode: Option<AvailabilityMode>,
        /// A regional one's own table.
        route_table_id: Option<RouteTableId>,
        /// Its addresses.
        nat_gateway_addresses: Vec<NatGatewayAddress>,
        /// Appliances that inspect its traffic (Network Firewall proxy).
        attached_appliances: Vec<AttachedAppliance>,
        /// When it was made.
        create_time: Option<Time>,
    }
    /// An address of a NAT gateway.
    struct NatGatewayAddress {
        /// Its interface.
        network_interface_id: Option<NetworkInterfaceId>,
        /// Its private address.
        private_ip: Option<IpAddr>,
        /// Its public address.
        public_ip: Option<IpAddr>,
        /// `succeeded` counts; absent in old outputs.
        status: Option<String>,
        /// The zone, for a regional one.
        availability_zone: Option<String>,
        /// The zone's id, for a regional one.
        availability_zone_id: Option<String>,
    }
    /// An appliance of a NAT gateway.
    struct AttachedAppliance {
        /// Its kind.
        r#type: Option<String> = "Type",
        /// Its ARN.
        appliance_arn: Option<String>,
    }
    /// A peering connection.
    struct VpcPeeringConnection {
        /// Its id.
        vpc_peering_connection_id: Option<VpcPeeringConnectionId>,
        /// Its state.
        status: Option<PeeringStatus>,
        /// One side.
        accepter_vpc_info: Option<PeeringSide>,
        /// The other.
        requester_vpc_info: Option<PeeringSide>,
    }
    /// The state of a peering connection.
    struct PeeringStatus {
        /// `active` counts.
        code: Option<PeeringWord>,
    }
    /// One side of a peering connection.
    struct PeeringSide {
        /// Its VPC.
        vpc_id: Option<VpcId>,
        /// Its account.
        owner_id: Option<AccountId>,
        /// Its Region.
        region: Option<String>,
        /// Its primary range.
        cidr_block: Option<Cidr>,
        /// All its ranges.
        cidr_block_set: Vec<PeeringCidr>,
        /// All its IPv6 ranges.
        ipv6_cidr_block_set: Vec<PeeringIpv6Cidr>,
    }
    /// A range of one side.
    struct PeeringCidr {
        /// The range.
        cidr_block: Option<Cidr>,
    }
    /// An IPv6 range of one side.
    struct PeeringIpv6Cidr {
        /// The range.
        ipv6_cidr_block: Option<Cidr>,
    }
}

impl GatewayAttachment {
    /// Whether it is in force; a trimmed output without the state is taken at its word.
    #[must_use]
    pub fn in_force(&self) -> bool {
        self.state
            .as_ref()
            .is_none_or(|state| matches!(state, AttachmentWord::Available | AttachmentWord::Attached))
    }
}

impl PeeringSide {
    /// All its ranges.
    pub fn cidrs(&self) -> impl Iterator<Item = Cidr> {
        let more = self.cidr_block_set.iter().filter_map(|part| part.cidr_block);
        let v6 = self.ipv6_cidr_block_set.iter().filter_map(|part| part.ipv6_cidr_block);
        self.cidr_block.into_iter().chain(more).chain(v6)
    }
}

fn vpcs(attachments: Option<&Vec<GatewayAttachment>>) -> Vec<&str> {
    attachments
        .into_iter()
        .flatten()
        .filter_map(|part| part.vpc_id.as_ref())
        .map(VpcId::as_str)
        .collect()
}

impl Resource for InternetGateway {
    type Id = InternetGatewayId;
    const LISTED_BY: Operation = Operation::Ec2DescribeInternetGateways;
    const MEMBER: &'static str = "InternetGateways";
    fn id(&self) -> Option<InternetGatewayId> {
        self.internet_gateway_id.clone()
    }
    fn attribute(&self, name: &str) -> Vec<&str> {
        match name {
            "internet-gateway-id" => one(self.internet_gateway_id.as_ref()),
            "attachment.vpc-id" => vpcs(self.attachments.as_ref()),
            "owner-id" => one(self.owner_id.as_ref()),
            _ => Vec::new(),
        }
    }
    fn owner(&self) -> Option<&str> {
        self.owner_id.as_ref().map(AccountId::as_str)
    }
}

impl Resource for EgressOnlyInternetGateway {
    type Id = EgressOnlyInternetGatewayId;
    const LISTED_BY: Operation = Operation::Ec2DescribeEgressOnlyInternetGateways;
    const MEMBER: &'static str = "EgressOnlyInternetGateways";
    fn id(&self) -> Option<EgressOnlyInternetGatewayId> {
        self.egress_only_internet_gateway_id.clone()
    }
    fn attribute(&self, name: &str) -> Vec<&str> {
        if name == "egress-only-internet-gateway-id" {
            one(self.egress_only_internet_gateway_id.as_ref())
        } else {
            Vec::new()
        }
    }
}

impl Resource for VpnGateway {
    type Id = VpnGatewayId;
    const LISTED_BY: Operation = Operation::Ec2DescribeVpnGateways;
    const MEMBER: &'static str = "VpnGateways";
    fn id(&self) -> Option<VpnGatewayId> {
        self.vpn_gateway_id.clone()
    }
    fn attribute(&self, name: &str) -> Vec<&str> {
        match name {
            "vpn-gateway-id" => one(self.vpn_gateway_id.as_ref()),
            "attachment.vpc-id" => vpcs(self.vpc_attachments.as_ref()),
            _ => Vec::new(),
        }
    }
}

impl Resource for NatGateway {
    type Id = NatGatewayId;
    const LISTED_BY: Operation = Operation::Ec2DescribeNatGateways;
    const MEMBER: &'static str = "NatGateways";
    fn id(&self) -> Option<NatGatewayId> {
        self.nat_gateway_id.clone()
    }
    fn attribute(&self, name: &str) -> Vec<&str> {
        match name {
            "nat-gateway-id" => one(self.nat_gateway_id.as_ref()),
            "vpc-id" => one(self.vpc_id.as_ref()),
            "subnet-id" => one(self.subnet_id.as_ref()),
            "state" => self.state.as_ref().map(NatState::as_str).into_iter().collect(),
            _ => Vec::new(),
        }
    }
    fn created(&self) -> Option<Time> {
        self.create_time
    }
}

impl Resource for VpcPeeringConnection {
    type Id = VpcPeeringConnectionId;
    const LISTED_BY: Operation = Operation::Ec2DescribeVpcPeeringConnections;
    const MEMBER: &'static str = "VpcPeeringConnections";
    fn id(&self) -> Option<VpcPeeringConnectionId> {
        self.vpc_peering_connection_id.clone()
    }
    fn attribute(&self, name: &str) -> Vec<&str> {
        match name {
            "vpc-peering-connection-id" => one(self.vpc_peering_connection_id.as_ref()),
            "accepter-vpc-info.vpc-id" => one(self.accepter_vpc_info.as_ref().and_then(|side| side.vpc_id.as_ref())),
            "requester-vpc-info.vpc-id" => one(self.requester_vpc_info.as_ref().and_then(|side| side.vpc_id.as_ref())),
            _ => Vec::new(),
        }
    }
}
