//! Transit gateways (Amazon EC2 API reference: `TransitGateway`, `TransitGatewayAttachment`, `TransitGatewayRoute`, …).

use crate::core::collection::{Found, Resource};
use crate::core::ids::{
    AccountId, PrefixListId, SubnetId, TransitGatewayAttachmentId, TransitGatewayId, TransitGatewayRouteTableId, VpcId,
};
use crate::core::listing::Listing;
use crate::core::shape::shape;
use crate::ec2::route::RouteState;
use crate::ec2::words::{Cidr, one};
use evidence::Operation;

shape! { Pascal;
    /// A transit gateway.
    struct TransitGateway {
        /// Its id.
        transit_gateway_id: Option<TransitGatewayId>,
        /// The owning account.
        owner_id: Option<AccountId>,
        /// `available` counts.
        state: Option<String>,
    }
    /// An attachment of any kind.
    struct TransitGatewayAttachment {
        /// Its id.
        transit_gateway_attachment_id: Option<TransitGatewayAttachmentId>,
        /// The gateway.
        transit_gateway_id: Option<TransitGatewayId>,
        /// `vpc`, `vpn`, `direct-connect-gateway`, `peering`, `connect`.
        resource_type: Option<String>,
        /// The VPC or other resource.
        resource_id: Option<String>,
        /// The resource's account.
        resource_owner_id: Option<AccountId>,
        /// `available` counts.
        state: Option<String>,
        /// The table that routes what comes from it; absent: none.
        association: Option<TransitGatewayAttachmentAssociation>,
    }
    /// The table of an attachment.
    struct TransitGatewayAttachmentAssociation {
        /// The table.
        transit_gateway_route_table_id: Option<TransitGatewayRouteTableId>,
        /// `associated` counts.
        state: Option<String>,
    }
    /// An attachment of a VPC, with its subnets.
    struct TransitGatewayVpcAttachment {
        /// Its id.
        transit_gateway_attachment_id: Option<TransitGatewayAttachmentId>,
        /// The gateway.
        transit_gateway_id: Option<TransitGatewayId>,
        /// The VPC.
        vpc_id: Option<VpcId>,
        /// The VPC's account.
        vpc_owner_id: Option<AccountId>,
        /// `available` counts.
        state: Option<String>,
        /// One subnet in each zone that it serves.
        subnet_ids: Vec<SubnetId>,
    }
    /// A route table of a transit gateway.
    struct TransitGatewayRouteTable {
        /// Its id.
        transit_gateway_route_table_id: Option<TransitGatewayRouteTableId>,
        /// The gateway.
        transit_gateway_id: Option<TransitGatewayId>,
        /// `available` counts.
        state: Option<String>,
        /// Where new attachments are associated.
        default_association_route_table: Option<bool>,
    }
    /// A route of a transit gateway.
    struct TransitGatewayRoute {
        /// The destination.
        destination_cidr_block: Option<Cidr>,
        /// Destination by prefix list.
        prefix_list_id: Option<PrefixListId>,
        /// `static` or `propagated`.
        r#type: Option<String> = "Type",
        /// Whether it carries traffic.
        state: Option<RouteState>,
        /// The next attachments.
        transit_gateway_attachments: Vec<RouteAttachment>,
    }
    /// The next attachment of a route.
    struct RouteAttachment {
        /// The attachment.
        transit_gateway_attachment_id: Option<TransitGatewayAttachmentId>,
        /// `vpc`, `vpn`, …
        resource_type: Option<String>,
        /// The VPC or other resource.
        resource_id: Option<String>,
    }
    /// An attachment that a table routes for.
    struct TransitGatewayRouteTableAssociation {
        /// The attachment.
        transit_gateway_attachment_id: Option<TransitGatewayAttachmentId>,
        /// The VPC or other resource.
        resource_id: Option<String>,
        /// `vpc`, `vpn`, …
        resource_type: Option<String>,
        /// `associated` counts.
        state: Option<String>,
    }
}

/// What one `search-transit-gateway-routes` or `get-transit-gateway-route-table-associations` printed; the output does not name its table.
#[derive(Clone, Debug, PartialEq)]
pub struct OfTable<T> {
    /// The table of the command above it; `None` where the command is not known.
    pub table: Option<TransitGatewayRouteTableId>,
    /// What was asked, and whether the output is whole.
    pub listing: Listing,
    /// The items.
    pub items: Vec<Found<T>>,
}

impl Resource for TransitGateway {
    type Id = TransitGatewayId;
    const LISTED_BY: Operation = Operation::Ec2DescribeTransitGateways;
    const MEMBER: &'static str = "TransitGateways";
    fn id(&self) -> Option<TransitGatewayId> {
        self.transit_gateway_id.clone()
    }
    fn attribute(&self, name: &str) -> Vec<&str> {
        if name == "transit-gateway-id" {
            one(self.transit_gateway_id.as_ref())
        } else {
            Vec::new()
        }
    }
    fn owner(&self) -> Option<&str> {
        self.owner_id.as_ref().map(AccountId::as_str)
    }
}

impl Resource for TransitGatewayAttachment {
    type Id = TransitGatewayAttachmentId;
    const LISTED_BY: Operation = Operation::Ec2DescribeTransitGatewayAttachments;
    const MEMBER: &'static str = "TransitGatewayAttachments";
    fn id(&self) -> Option<TransitGatewayAttachmentId> {
        self.transit_gateway_attachment_id.clone()
    }
    fn attribute(&self, name: &str) -> Vec<&str> {
        match name {
            "transit-gateway-attachment-id" => one(self.transit_gateway_attachment_id.as_ref()),
            "transit-gateway-id" => one(self.transit_gateway_id.as_ref()),
            "resource-id" => one(self.resource_id.as_ref()),
            "resource-type" => one(self.resource_type.as_ref()),
            _ => Vec::new(),
        }
    }
}

impl Resource for TransitGatewayVpcAttachment {
    type Id = TransitGatewayAttachmentId;
    const LISTED_BY: Operation = Operation::Ec2DescribeTransitGatewayVpcAttachments;
    const MEMBER: &'static str = "TransitGatewayVpcAttachments";
    fn id(&self) -> Option<TransitGatewayAttachmentId> {
        self.transit_gateway_attachment_id.clone()
    }
    fn attribute(&self, name: &str) -> Vec<&str> {
        match name {
            "transit-gateway-attachment-id" => one(self.transit_gateway_attachment_id.as_ref()),
            "transit-gateway-id" => one(self.transit_gateway_id.as_ref()),
            "vpc-id" => one(self.vpc_id.as_ref()),
            _ => Vec::new(),
        }
    }
}

impl Resource for TransitGatewayRouteTable {
    type Id = TransitGatewayRouteTableId;
    const LISTED_BY: Operation = Operation::Ec2DescribeTransitGatewayRouteTables;
    const MEMBER: &'static str = "TransitGatewayRouteTables";
    fn id(&self) -> Option<TransitGatewayRouteTableId> {
        self.transit_gateway_route_table_id.clone()
    }
    fn attribute(&self, name: &str) -> Vec<&str> {
        match name {
            "transit-gateway-route-table-id" => one(self.transit_gateway_route_table_id.as_ref()),
            "transit-gateway-id" => one(self.transit_gateway_id.as_ref()),
            _ => Vec::new(),
        }
    }
}
