//! Route tables and prefix lists (Amazon EC2 API reference: `RouteTable`, `Route`, `ManagedPrefixList`, `PrefixList`).

use crate::core::collection::Resource;
use crate::core::ids::{
    AccountId, EgressOnlyInternetGatewayId, InstanceId, NatGatewayId, NetworkInterfaceId, PrefixListId, RouteTableId, SubnetId,
    TransitGatewayId, VpcId, VpcPeeringConnectionId,
};
use crate::core::shape::shape;
use crate::ec2::words::{Cidr, one, words};
use evidence::Operation;

words! {
    /// Whether a route carries traffic.
    enum RouteState {
        /// It does.
        Active = "active",
        /// Matched, and dropped: its target is gone or detached.
        Blackhole = "blackhole",
        /// Not in force.
        Filtered = "filtered",
    }
    /// How a route came to be.
    enum RouteOrigin {
        /// The local route.
        CreateRouteTable = "CreateRouteTable",
        /// By hand: static.
        CreateRoute = "CreateRoute",
        /// Propagated from a virtual private gateway.
        EnableVgwRoutePropagation = "EnableVgwRoutePropagation",
        /// Advertised (VPC Route Server).
        Advertisement = "Advertisement",
    }
    /// Whether a subnet uses a route table.
    enum AssociationWord {
        /// It does.
        Associated = "associated",
        /// Not yet.
        Associating = "associating",
        /// Going.
        Disassociating = "disassociating",
        /// Gone.
        Disassociated = "disassociated",
        /// Could not be made.
        Failed = "failed",
    }
}

shape! { Pascal;
    /// A route table.
    struct RouteTable {
        /// Its id.
        route_table_id: Option<RouteTableId>,
        /// Its VPC.
        vpc_id: Option<VpcId>,
        /// The owning account.
        owner_id: Option<AccountId>,
        /// What uses it.
        associations: Vec<RouteTableAssociation>,
        /// Its routes.
        routes: Vec<Route>,
    }
    /// What uses a route table: a subnet, a gateway (edge association), or, as `Main`, every subnet of the VPC without its own.
    struct RouteTableAssociation {
        /// The VPC's main table.
        main: Option<bool>,
        /// The subnet.
        subnet_id: Option<SubnetId>,
        /// The gateway of an edge association.
        gateway_id: Option<String>,
        /// Whether it is in force.
        association_state: Option<RouteTableAssociationState>,
    }
    /// Whether an association is in force.
    struct RouteTableAssociationState {
        /// The state.
        state: Option<AssociationWord>,
    }
    /// A route: one destination, one target.
    struct Route {
        /// IPv4 destination.
        destination_cidr_block: Option<Cidr>,
        /// IPv6 destination.
        destination_ipv6_cidr_block: Option<Cidr>,
        /// Destination by prefix list.
        destination_prefix_list_id: Option<PrefixListId>,
        /// `local`, `igw-…`, `vgw-…` or `vpce-…`.
        gateway_id: Option<String>,
        /// `nat-…`
        nat_gateway_id: Option<NatGatewayId>,
        /// `tgw-…`
        transit_gateway_id: Option<TransitGatewayId>,
        /// `pcx-…`
        vpc_peering_connection_id: Option<VpcPeeringConnectionId>,
        /// `eni-…`: an appliance, or a NAT instance.
        network_interface_id: Option<NetworkInterfaceId>,
        /// The instance that the interface belongs to.
        instance_id: Option<InstanceId>,
        /// `eigw-…`
        egress_only_internet_gateway_id: Option<EgressOnlyInternetGatewayId>,
        /// `cagw-…`
        carrier_gateway_id: Option<String>,
        /// `lgw-…`
        local_gateway_id: Option<String>,
        /// A Cloud WAN core network.
        core_network_arn: Option<String>,
        /// An Oracle Database network.
        odb_network_arn: Option<String>,
        /// A next hop by address.
        ip_address: Option<String>,
        /// Whether it carries traffic.
        state: Option<RouteState>,
        /// How it came to be.
        origin: Option<RouteOrigin>,
    }
    /// A prefix list, as `describe-managed-prefix-lists` prints it: without its entries.
    struct ManagedPrefixList {
        /// Its id.
        prefix_list_id: Option<PrefixListId>,
        /// `com.amazonaws.us-east-1.s3` for AWS's own.
        prefix_list_name: Option<String>,
        /// `AWS` or the account.
        owner_id: Option<AccountId>,
        /// `IPv4` or `IPv6`.
        address_family: Option<String>,
        /// At most that many entries: what it weighs in a security group.
        max_entries: Option<i64>,
    }
    /// A prefix list of AWS with its ranges, as `describe-prefix-lists` prints it.
    struct PrefixList {
        /// Its id.
        prefix_list_id: Option<PrefixListId>,
        /// `com.amazonaws.us-east-1.s3`.
        prefix_list_name: Option<String>,
        /// The ranges.
        cidrs: Vec<Cidr>,
    }
    /// An entry of a prefix list.
    struct PrefixListEntry {
        /// The range; `None` where it cannot be read.
        cidr: Option<Cidr>,
    }
}

impl RouteTableAssociation {
    /// Whether it is in force; the state is absent in old outputs.
    #[must_use]
    pub fn in_force(&self) -> bool {
        self.association_state
            .as_ref()
            .and_then(|state| state.state.as_ref())
            .is_none_or(|state| *state == AssociationWord::Associated)
    }
}

impl Resource for RouteTable {
    type Id = RouteTableId;
    const LISTED_BY: Operation = Operation::Ec2DescribeRouteTables;
    const MEMBER: &'static str = "RouteTables";
    fn id(&self) -> Option<RouteTableId> {
        self.route_table_id.clone()
    }
    fn attribute(&self, name: &str) -> Vec<&str> {
        match name {
            "route-table-id" | "association.route-table-id" => one(self.route_table_id.as_ref()),
            "vpc-id" => one(self.vpc_id.as_ref()),
            "owner-id" => one(self.owner_id.as_ref()),
            "association.subnet-id" => self
                .associations
                .iter()
                .filter_map(|part| part.subnet_id.as_ref())
                .map(SubnetId::as_str)
                .collect(),
            "association.gateway-id" => self.associations.iter().filter_map(|part| part.gateway_id.as_deref()).collect(),
            "association.main" => {
                if self.associations.iter().any(|part| part.main == Some(true)) {
                    vec!["true"]
                } else {
                    vec!["false"]
                }
            }
            _ => Vec::new(),
        }
    }
    fn owner(&self) -> Option<&str> {
        self.owner_id.as_ref().map(AccountId::as_str)
    }
}

impl Resource for ManagedPrefixList {
    type Id = PrefixListId;
    const LISTED_BY: Operation = Operation::Ec2DescribeManagedPrefixLists;
    const MEMBER: &'static str = "PrefixLists";
    fn id(&self) -> Option<PrefixListId> {
        self.prefix_list_id.clone()
    }
    fn attribute(&self, name: &str) -> Vec<&str> {
        match name {
            "prefix-list-id" => one(self.prefix_list_id.as_ref()),
            "prefix-list-name" => one(self.prefix_list_name.as_ref()),
            "owner-id" => one(self.owner_id.as_ref()),
            _ => Vec::new(),
        }
    }
    fn owner(&self) -> Option<&str> {
        self.owner_id.as_ref().map(AccountId::as_str)
    }
}

impl Resource for PrefixList {
    type Id = PrefixListId;
    const LISTED_BY: Operation = Operation::Ec2DescribePrefixLists;
    const MEMBER: &'static str = "PrefixLists";
    fn id(&self) -> Option<PrefixListId> {
        self.prefix_list_id.clone()
    }
    fn attribute(&self, name: &str) -> Vec<&str> {
        match name {
            "prefix-list-id" => one(self.prefix_list_id.as_ref()),
            "prefix-list-name" => one(self.prefix_list_name.as_ref()),
            _ => Vec::new(),
        }
    }
}
