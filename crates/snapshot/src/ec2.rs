//! Amazon EC2 and VPC, as `aws ec2 describe-*` prints them.

pub mod access;
pub mod endpoint;
pub mod filter;
pub mod gateway;
pub mod interface;
pub mod route;
pub mod transit;
pub mod vpc;
pub mod words;

use crate::core::collection::{Collection, Found};
use crate::core::ids::{PrefixListId, TransitGatewayRouteTableId, VpcId};
use crate::core::json::Read;
use crate::core::listing::Listing;
use crate::core::order;
use crate::core::owned::Owner;
use crate::load::Reader;
use crate::needs::{Question, QuestionKind};
use access::{BlockPublicAccessExclusion, BlockPublicAccessOptions, FlowLog, IpRanges, NetworkInsightsAnalysis, RawPrefix};
use endpoint::{EndpointService, VpcEndpoint};
use evidence::{Body, Citation, Operation, Pointer, Shape};
use filter::{NetworkAcl, SecurityGroup, SecurityGroupRule, SecurityGroupVpcAssociation};
use gateway::{EgressOnlyInternetGateway, InternetGateway, NatGateway, VpcPeeringConnection, VpnGateway};
use interface::{Address, Instance, NetworkInterface, Reservation};
use route::{ManagedPrefixList, PrefixList, PrefixListEntry, RouteTable};
use std::collections::BTreeMap;
use transit::{
    OfTable, TransitGateway, TransitGatewayAttachment, TransitGatewayRoute, TransitGatewayRouteTable, TransitGatewayRouteTableAssociation,
    TransitGatewayVpcAttachment,
};
use vpc::{DhcpOptions, Subnet, Vpc, VpcAttributeOutput, VpcAttributes};

pub use words::Cidr;

/// The entries of one prefix list: `get-managed-prefix-list-entries` does not say of which.
#[derive(Clone, Debug, PartialEq)]
pub struct PrefixListEntries {
    /// The list.
    pub list: Owner<PrefixListId>,
    /// Whether all entries are there.
    pub whole: bool,
    /// The list member of the document.
    pub at: Citation,
    /// The entries.
    pub entries: Vec<PrefixListEntry>,
}

/// Everything pasted about Amazon EC2 and VPC.
#[derive(Clone, Debug, Default)]
pub struct Ec2 {
    /// VPCs.
    pub vpcs: Collection<Vpc>,
    /// DNS attributes, by VPC.
    pub vpc_attributes: BTreeMap<VpcId, VpcAttributes>,
    /// Subnets.
    pub subnets: Collection<Subnet>,
    /// DHCP option sets.
    pub dhcp_options: Collection<DhcpOptions>,
    /// Route tables.
    pub route_tables: Collection<RouteTable>,
    /// Security groups.
    pub security_groups: Collection<SecurityGroup>,
    /// Rules of security groups, one by one.
    pub security_group_rules: Collection<SecurityGroupRule>,
    /// Groups used in other VPCs.
    pub security_group_vpc_associations: Collection<SecurityGroupVpcAssociation>,
    /// Network ACLs.
    pub network_acls: Collection<NetworkAcl>,
    /// VPC endpoints.
    pub vpc_endpoints: Collection<VpcEndpoint>,
    /// Services that offer endpoints.
    pub endpoint_services: Collection<EndpointService>,
    /// NAT gateways.
    pub nat_gateways: Collection<NatGateway>,
    /// Internet gateways.
    pub internet_gateways: Collection<InternetGateway>,
    /// Egress-only internet gateways.
    pub egress_only_internet_gateways: Collection<EgressOnlyInternetGateway>,
    /// Virtual private gateways.
    pub vpn_gateways: Collection<VpnGateway>,
    /// Peering connections.
    pub peering_connections: Collection<VpcPeeringConnection>,
    /// Network interfaces.
    pub network_interfaces: Collection<NetworkInterface>,
    /// Instances.
    pub instances: Collection<Instance>,
    /// Elastic IP addresses.
    pub addresses: Collection<Address>,
    /// Prefix lists without entries.
    pub managed_prefix_lists: Collection<ManagedPrefixList>,
    /// AWS's prefix lists with their ranges.
    pub prefix_lists: Collection<PrefixList>,
    /// Entries of prefix lists, as pasted.
    pub prefix_list_entries: Vec<PrefixListEntries>,
    /// Transit gateways.
    pub transit_gateways: Collection<TransitGateway>,
    /// Attachments of any kind.
    pub transit_gateway_attachments: Collection<TransitGatewayAttachment>,
    /// Attachments of VPCs.
    pub transit_gateway_vpc_attachments: Collection<TransitGatewayVpcAttachment>,
    /// Route tables of transit gateways.
    pub transit_gateway_route_tables: Collection<TransitGatewayRouteTable>,
    /// Routes of transit gateways, by output.
    pub transit_gateway_routes: Vec<OfTable<TransitGatewayRoute>>,
    /// Associations of transit gateway route tables, by output.
    pub transit_gateway_associations: Vec<OfTable<TransitGatewayRouteTableAssociation>>,
    /// Block Public Access settings, as pasted.
    pub block_public_access_options: Vec<Found<BlockPublicAccessOptions>>,
    /// Exclusions from Block Public Access.
    pub block_public_access_exclusions: Collection<BlockPublicAccessExclusion>,
    /// Flow logs.
    pub flow_logs: Collection<FlowLog>,
    /// Results of VPC Reachability Analyzer.
    pub network_insights_analyses: Collection<NetworkInsightsAnalysis>,
    /// `ip-ranges.json`.
    pub ip_ranges: Option<Found<IpRanges>>,
}

impl Ec2 {
    pub(crate) fn load(&mut self, source: &Reader<'_>, operation: Operation) {
        match operation {
            Operation::Ec2DescribeVpcs => source.list(&mut self.vpcs),
            Operation::Ec2DescribeVpcAttribute => self.attribute(source),
            Operation::Ec2DescribeSubnets => source.list(&mut self.subnets),
            Operation::Ec2DescribeDhcpOptions => source.list(&mut self.dhcp_options),
            Operation::Ec2DescribeRouteTables => source.list(&mut self.route_tables),
            Operation::Ec2DescribeSecurityGroups => source.list(&mut self.security_groups),
            Operation::Ec2DescribeSecurityGroupRules => source.list(&mut self.security_group_rules),
            Operation::Ec2DescribeSecurityGroupVpcAssociations => source.list(&mut self.security_group_vpc_associations),
            Operation::Ec2DescribeNetworkAcls => source.list(&mut self.network_acls),
            Operation::Ec2DescribeVpcEndpoints => source.list(&mut self.vpc_endpoints),
            Operation::Ec2DescribeVpcEndpointServices => source.list(&mut self.endpoint_services),
            Operation::Ec2DescribeNatGateways => source.list(&mut self.nat_gateways),
            Operation::Ec2DescribeInternetGateways => source.list(&mut self.internet_gateways),
            Operation::Ec2DescribeEgressOnlyInternetGateways => source.list(&mut self.egress_only_internet_gateways),
            Operation::Ec2DescribeVpnGateways => source.list(&mut self.vpn_gateways),
            Operation::Ec2DescribeVpcPeeringConnections => source.list(&mut self.peering_connections),
            Operation::Ec2DescribeNetworkInterfaces => source.list(&mut self.network_interfaces),
            Operation::Ec2DescribeInstances => self.reservations(source),
            Operation::Ec2DescribeAddresses => source.list(&mut self.addresses),
            Operation::Ec2DescribeManagedPrefixLists => source.list(&mut self.managed_prefix_lists),
            Operation::Ec2DescribePrefixLists => source.list(&mut self.prefix_lists),
            Operation::Ec2GetManagedPrefixListEntries => self.entries(source),
            Operation::Ec2DescribeTransitGateways => source.list(&mut self.transit_gateways),
            Operation::Ec2DescribeTransitGatewayAttachments => source.list(&mut self.transit_gateway_attachments),
            Operation::Ec2DescribeTransitGatewayVpcAttachments => source.list(&mut self.transit_gateway_vpc_attachments),
            Operation::Ec2DescribeTransitGatewayRouteTables => source.list(&mut self.transit_gateway_route_tables),
            Operation::Ec2SearchTransitGatewayRoutes => self.transit_gateway_routes.push(of_table(source, operation, "Routes")),
            Operation::Ec2GetTransitGatewayRouteTableAssociations => {
                self.transit_gateway_associations.push(of_table(source, operation, "Associations"));
            }
            Operation::Ec2DescribeVpcBlockPublicAccessOptions => {
                let whole = source.value("VpcBlockPublicAccessOptions");
                self.block_public_access_options.extend(whole.or_else(|| source.value("")));
            }
            Operation::Ec2DescribeVpcBlockPublicAccessExclusions => source.list(&mut self.block_public_access_exclusions),
            Operation::Ec2DescribeFlowLogs => source.list(&mut self.flow_logs),
            Operation::Ec2DescribeNetworkInsightsAnalyses => source.list(&mut self.network_insights_analyses),
            Operation::AwsIpRanges => self.published(source),
            _ => {}
        }
    }

    /// Settles whose entries were pasted: by an answer, else by the only list that was pasted without entries.
    pub(crate) fn settle(&mut self, answer: &dyn Fn(&Question) -> Option<String>) {
        let listed = self.managed_prefix_lists.iter();
        let mut candidates = order::set(listed.filter_map(|list| list.value.prefix_list_id.clone()));
        for group in self.security_groups.iter() {
            let rules = group
                .value
                .ip_permissions
                .iter()
                .chain(&group.value.ip_permissions_egress)
                .flatten();
            candidates.extend(
                rules
                    .flat_map(|rule| &rule.prefix_list_ids)
                    .filter_map(|list| list.prefix_list_id.clone()),
            );
        }
        candidates.extend(
            self.security_group_rules
                .iter()
                .filter_map(|rule| rule.value.prefix_list_id.clone()),
        );
        for table in self.route_tables.iter() {
            candidates.extend(
                table
                    .value
                    .routes
                    .iter()
                    .filter_map(|route| route.destination_prefix_list_id.clone()),
            );
        }
        for list in self.prefix_lists.iter() {
            if let Some(id) = &list.value.prefix_list_id {
                candidates.remove(id);
            }
        }
        for pasted in &self.prefix_list_entries {
            if let Owner::Stated(id) = &pasted.list {
                candidates.remove(id);
            }
        }
        let open = self
            .prefix_list_entries
            .iter()
            .filter(|pasted| matches!(pasted.list, Owner::Asked(_)))
            .count();
        let only = if candidates.len() == 1 && open == 1 {
            candidates.first()
        } else {
            None
        };
        for pasted in &mut self.prefix_list_entries {
            pasted.list.settle(answer, only);
        }
    }

    fn attribute(&mut self, source: &Reader<'_>) {
        let Some(found) = source.value::<VpcAttributeOutput>("") else {
            return;
        };
        let Some(vpc) = found.value.vpc_id.clone() else {
            return;
        };
        let attributes = self.vpc_attributes.entry(vpc).or_default();
        let value = |part: &Option<vpc::AttributeValue>, member: &str| {
            let value = part.as_ref()?.value?;
            Some(Found {
                value,
                at: found.member(member),
                collected: found.collected,
            })
        };
        let newer = |old: &Option<Found<bool>>| match (old.as_ref().and_then(|old| old.collected), found.collected) {
            (Some(old), Some(new)) => new >= old,
            _ => true,
        };
        if let Some(support) = value(&found.value.enable_dns_support, "EnableDnsSupport")
            && newer(&attributes.dns_support)
        {
            attributes.dns_support = Some(support);
        }
        if let Some(hostnames) = value(&found.value.enable_dns_hostnames, "EnableDnsHostnames")
            && newer(&attributes.dns_hostnames)
        {
            attributes.dns_hostnames = Some(hostnames);
        }
    }

    fn reservations(&mut self, source: &Reader<'_>) {
        let reservations = source.items::<Reservation>("Reservations");
        let listing = source.listing(Operation::Ec2DescribeInstances, "Reservations", reservations.len());
        let mut count = 0;
        for reservation in &reservations {
            for (index, instance) in reservation.value.instances.iter().enumerate() {
                count += 1;
                let at = reservation.element("Instances", index);
                self.instances.insert(Found {
                    value: instance.clone(),
                    at,
                    collected: reservation.collected,
                });
            }
        }
        // One instance copied out of its reservation.
        if count == 0
            && let Some(found) = source.value::<Instance>("")
        {
            self.instances.insert(found);
        }
        if source.document.body == Body::Output(Shape::Response) {
            self.instances.add_listing(Listing { count, ..listing });
        }
    }

    fn entries(&mut self, source: &Reader<'_>) {
        let stated = source.option("prefix-list-id").map(PrefixListId::from);
        let entries: Vec<PrefixListEntry> = source.items("Entries").into_iter().map(|found| found.value).collect();
        let listing = source.listing(Operation::Ec2GetManagedPrefixListEntries, "Entries", entries.len());
        self.prefix_list_entries.push(PrefixListEntries {
            list: Owner::new(stated, QuestionKind::DocumentPrefixList, &source.name()),
            whole: listing.whole && source.option("target-version").is_none(),
            at: listing.at,
            entries,
        });
    }

    fn published(&mut self, source: &Reader<'_>) {
        let v4 = source.items::<RawPrefix>("prefixes");
        let v6 = source.items::<RawPrefix>("ipv6_prefixes");
        let prefixes = v4.into_iter().chain(v6).filter_map(|found| found.value.published()).collect();
        self.ip_ranges = Some(Found {
            value: IpRanges { prefixes },
            at: source.cite(Pointer::root()),
            collected: source.collected(),
        });
    }
}

fn of_table<T: Read>(source: &Reader<'_>, operation: Operation, member: &str) -> OfTable<T> {
    let items = source.items::<T>(member);
    OfTable {
        table: source
            .option("transit-gateway-route-table-id")
            .map(TransitGatewayRouteTableId::from),
        listing: source.listing(operation, member, items.len()),
        items,
    }
}
