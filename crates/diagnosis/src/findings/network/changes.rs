//! What remedies do to the typed state, so that they can be tried.

use super::family::{Family, add_ranges};
use snapshot::ec2::Cidr;
use snapshot::ec2::endpoint::{EndpointState, EndpointType, GroupRef, VpcEndpoint};
use snapshot::ec2::filter::{GroupPair, IpPermission, IpRange, NetworkAclEntry, PortRange, PrefixListRef, RuleAction, SecurityGroup};
use snapshot::ec2::gateway::{Connectivity, NatGateway, NatState};
use snapshot::ec2::route::{Route, RouteOrigin, RouteState};
use snapshot::ec2::vpc::{DhcpConfiguration, DhcpOptions, DhcpValue};
use snapshot::ids::{
    DhcpOptionsId, EgressOnlyInternetGatewayId, NatGatewayId, NetworkAclId, PrefixListId, RouteTableId, SecurityGroupId, SubnetId,
    TransitGatewayId, VpcEndpointId, VpcId, VpcPeeringConnectionId,
};
use snapshot::lenient::Scalar;
use snapshot::{Citation, Found, Snapshot};

/// Any IPv4 address.
pub(in crate::findings) fn anywhere() -> Option<Cidr> {
    Family::V4.all()
}

fn https(peer: impl FnOnce(&mut IpPermission)) -> IpPermission {
    let mut rule = IpPermission {
        ip_protocol: Some(Scalar("tcp".to_owned())),
        from_port: Some(443),
        to_port: Some(443),
        ..IpPermission::default()
    };
    peer(&mut rule);
    rule
}

/// Lets TCP 443 out of a group to these ranges.
pub(in crate::findings) fn let_out(snapshot: &mut Snapshot, group: &SecurityGroupId, to: &[Cidr]) {
    snapshot.ec2.security_groups.edit(|item| {
        if item.group_id.as_ref() == Some(group) {
            item.ip_permissions_egress
                .get_or_insert_default()
                .push(https(|rule| add_ranges(rule, to)));
        }
    });
}

/// Lets TCP 443 out of a group to a prefix list.
pub(in crate::findings) fn let_out_to_list(snapshot: &mut Snapshot, group: &SecurityGroupId, list: &PrefixListId) {
    snapshot.ec2.security_groups.edit(|item| {
        if item.group_id.as_ref() == Some(group) {
            let to = PrefixListRef {
                prefix_list_id: Some(list.clone()),
            };
            item.ip_permissions_egress
                .get_or_insert_default()
                .push(https(|rule| rule.prefix_list_ids.push(to)));
        }
    });
}

/// Lets TCP 443 into a group from an IPv4 range.
pub(in crate::findings) fn let_range_in(snapshot: &mut Snapshot, group: &SecurityGroupId, from: Cidr) {
    snapshot.ec2.security_groups.edit(|item| {
        if item.group_id.as_ref() == Some(group) {
            item.ip_permissions
                .get_or_insert_default()
                .push(https(|rule| rule.ip_ranges.push(IpRange { cidr_ip: Some(from) })));
        }
    });
}

/// Lets TCP 443 into a group from another.
pub(in crate::findings) fn let_in(snapshot: &mut Snapshot, group: &SecurityGroupId, from: &SecurityGroupId) {
    snapshot.ec2.security_groups.edit(|item| {
        if item.group_id.as_ref() == Some(group) {
            let pair = GroupPair {
                group_id: Some(from.clone()),
                ..GroupPair::default()
            };
            item.ip_permissions
                .get_or_insert_default()
                .push(https(|rule| rule.user_id_group_pairs.push(pair)));
        }
    });
}

/// Puts an entry for all addresses of a family before all others of an ACL.
pub(in crate::findings) fn allow_first(
    snapshot: &mut Snapshot,
    acl: &NetworkAclId,
    egress: bool,
    (number, ports, family): (i64, (u16, u16), Family),
) {
    let block = |of: Family| family.all().filter(|_| family == of);
    snapshot.ec2.network_acls.edit(|item| {
        if item.network_acl_id.as_ref() == Some(acl) {
            item.entries.get_or_insert_default().push(NetworkAclEntry {
                rule_number: Some(number),
                egress: Some(egress),
                protocol: Some(Scalar("6".to_owned())),
                rule_action: Some(RuleAction::Allow),
                cidr_block: block(Family::V4),
                ipv6_cidr_block: block(Family::V6),
                port_range: Some(PortRange {
                    from: Some(i64::from(ports.0)),
                    to: Some(i64::from(ports.1)),
                }),
            });
        }
    });
}

/// A number below every entry of that direction.
pub(in crate::findings) fn free_number(snapshot: &Snapshot, acl: &NetworkAclId, egress: bool) -> i64 {
    let entries = snapshot.ec2.network_acls.get(acl).and_then(|found| found.value.entries.as_ref());
    let lowest = entries
        .into_iter()
        .flatten()
        .filter(|entry| entry.egress == Some(egress))
        .filter_map(|entry| entry.rule_number)
        .min()
        .unwrap_or(100);
    (lowest / 2).max(1)
}

/// Where a route leads.
#[derive(Clone)]
pub(in crate::findings) enum Exit {
    Nat(NatGatewayId),
    Internet(String),
    EgressOnly(EgressOnlyInternetGatewayId),
    Peering(VpcPeeringConnectionId),
    Transit(TransitGatewayId),
}

impl Exit {
    pub(in crate::findings) fn option(&self) -> String {
        match self {
            Self::Nat(id) => format!("--nat-gateway-id {id}"),
            Self::Internet(id) => format!("--gateway-id {id}"),
            Self::EgressOnly(id) => format!("--egress-only-internet-gateway-id {id}"),
            Self::Peering(id) => format!("--vpc-peering-connection-id {id}"),
            Self::Transit(id) => format!("--transit-gateway-id {id}"),
        }
    }
}

/// The IPv4 default route of a table, replacing any.
pub(in crate::findings) fn default_route(snapshot: &mut Snapshot, table: &RouteTableId, exit: &Exit) {
    if let Some(anywhere) = anywhere() {
        route_to(snapshot, table, anywhere, exit);
    }
}

/// The route of a table to that destination, replacing any.
pub(in crate::findings) fn route_to(snapshot: &mut Snapshot, table: &RouteTableId, to: Cidr, exit: &Exit) {
    let v6 = to.0.addr().is_ipv6();
    let mut route = Route {
        destination_cidr_block: Some(to).filter(|_| !v6),
        destination_ipv6_cidr_block: Some(to).filter(|_| v6),
        state: Some(RouteState::Active),
        origin: Some(RouteOrigin::CreateRoute),
        ..Route::default()
    };
    match exit {
        Exit::Nat(id) => route.nat_gateway_id = Some(id.clone()),
        Exit::Internet(id) => route.gateway_id = Some(id.clone()),
        Exit::EgressOnly(id) => route.egress_only_internet_gateway_id = Some(id.clone()),
        Exit::Peering(id) => route.vpc_peering_connection_id = Some(id.clone()),
        Exit::Transit(id) => route.transit_gateway_id = Some(id.clone()),
    }
    snapshot.ec2.route_tables.edit(|item| {
        if item.route_table_id.as_ref() == Some(table) {
            item.routes
                .retain(|old| old.destination_cidr_block != Some(to) && old.destination_ipv6_cidr_block != Some(to));
            item.routes.push(route.clone());
        }
    });
}

/// Takes the route to that destination out of a table.
pub(in crate::findings) fn drop_route(snapshot: &mut Snapshot, table: &RouteTableId, to: Cidr) {
    snapshot.ec2.route_tables.edit(|item| {
        if item.route_table_id.as_ref() == Some(table) {
            item.routes
                .retain(|route| route.destination_cidr_block != Some(to) && route.destination_ipv6_cidr_block != Some(to));
        }
    });
}

/// Gives a VPC a set of DHCP options that hands out Amazon's own name server.
pub(in crate::findings) fn amazon_dns(snapshot: &mut Snapshot, vpc: &VpcId) {
    let Some(at) = snapshot.ec2.vpcs.get(vpc).map(|found| found.at.clone()) else {
        return;
    };
    let id = DhcpOptionsId::from("dopt-new");
    let servers = DhcpConfiguration {
        key: Some("domain-name-servers".to_owned()),
        values: vec![DhcpValue {
            value: Some("AmazonProvidedDNS".to_owned()),
        }],
    };
    snapshot.ec2.dhcp_options.insert(Found {
        value: DhcpOptions {
            dhcp_options_id: Some(id.clone()),
            dhcp_configurations: vec![servers],
            ..DhcpOptions::default()
        },
        at,
        collected: None,
    });
    snapshot.ec2.vpcs.edit(|item| {
        if item.vpc_id.as_ref() == Some(vpc) {
            item.dhcp_options_id = Some(id.clone());
        }
    });
}

/// A new security group that lets TCP 443 in from a VPC's ranges.
pub(in crate::findings) fn door(vpc: &VpcId, from: &[Cidr], at: Citation) -> Found<SecurityGroup> {
    let rule = https(|rule| add_ranges(rule, from));
    let value = SecurityGroup {
        group_id: Some(SecurityGroupId::from("sg-new")),
        vpc_id: Some(vpc.clone()),
        ip_permissions: Some(vec![rule]),
        ip_permissions_egress: Some(Vec::new()),
        ..SecurityGroup::default()
    };
    Found {
        value,
        at,
        collected: None,
    }
}

/// Adds a public NAT gateway to a subnet, and the default route of those tables to it.
pub(in crate::findings) fn add_nat(snapshot: &mut Snapshot, vpc: &VpcId, subnet: &SubnetId, tables: &[RouteTableId]) {
    let Some(at) = snapshot.ec2.route_tables.iter().next().map(|found| found.at.clone()) else {
        return;
    };
    let id = NatGatewayId::from("nat-new");
    let value = NatGateway {
        nat_gateway_id: Some(id.clone()),
        vpc_id: Some(vpc.clone()),
        subnet_id: Some(subnet.clone()),
        state: Some(NatState::Available),
        connectivity_type: Some(Connectivity::Public),
        ..NatGateway::default()
    };
    snapshot.ec2.nat_gateways.insert(Found {
        value,
        at,
        collected: None,
    });
    let exit = Exit::Nat(id);
    for table in tables {
        default_route(snapshot, table, &exit);
    }
}

/// Adds an interface endpoint with private DNS in the group's subnets, with the groups of an endpoint that is there.
pub(in crate::findings) fn endpoint(
    vpc: &VpcId,
    service_name: &str,
    subnets: Vec<snapshot::ids::SubnetId>,
    groups: Vec<SecurityGroupId>,
    at: Citation,
) -> Found<VpcEndpoint> {
    let value = VpcEndpoint {
        vpc_endpoint_id: Some("vpce-new".into()),
        vpc_endpoint_type: Some(EndpointType::Interface),
        vpc_id: Some(vpc.clone()),
        service_name: Some(service_name.to_owned()),
        state: Some(EndpointState::Available),
        subnet_ids: Some(subnets),
        groups: Some(groups.into_iter().map(|group| GroupRef { group_id: Some(group) }).collect()),
        private_dns_enabled: Some(true),
        ..VpcEndpoint::default()
    };
    Found {
        value,
        at,
        collected: None,
    }
}

/// Sets the public-address setting of every service and deployment.
pub(in crate::findings) fn assign_public_ip(snapshot: &mut Snapshot, word: &str) {
    snapshot.ecs.services.edit(|service| {
        let own = service.network_configuration.as_mut().into_iter();
        let deployed = service
            .deployments
            .iter_mut()
            .filter_map(|deployment| deployment.network_configuration.as_mut());
        for configuration in own.chain(deployed) {
            if let Some(awsvpc) = configuration.awsvpc_configuration.as_mut() {
                awsvpc.assign_public_ip = Some(word.to_owned());
            }
        }
    });
}

/// Lets UDP and TCP 53 out of a group to those servers.
pub(in crate::findings) fn let_dns_out(snapshot: &mut Snapshot, group: &SecurityGroupId, servers: &[String]) {
    let ranges: Vec<IpRange> = servers
        .iter()
        .filter_map(|server| format!("{server}/32").parse().ok())
        .map(|net| IpRange { cidr_ip: Some(Cidr(net)) })
        .collect();
    snapshot.ec2.security_groups.edit(|item| {
        if item.group_id.as_ref() == Some(group) {
            for protocol in ["udp", "tcp"] {
                item.ip_permissions_egress.get_or_insert_default().push(IpPermission {
                    ip_protocol: Some(Scalar(protocol.to_owned())),
                    from_port: Some(53),
                    to_port: Some(53),
                    ip_ranges: ranges.clone(),
                    ..IpPermission::default()
                });
            }
        }
    });
}

/// The route that a gateway endpoint puts into a table.
pub(in crate::findings) fn route_gateway(snapshot: &mut Snapshot, endpoint: &VpcEndpointId, table: &RouteTableId) {
    // The list's id stands in the routes of the other tables; without one AWS's list is known by the endpoint alone.
    let list = snapshot
        .ec2
        .route_tables
        .iter()
        .flat_map(|found| &found.value.routes)
        .find(|route| route.gateway_id.as_deref() == Some(endpoint.as_str()))
        .and_then(|route| route.destination_prefix_list_id.clone());
    let route = Route {
        destination_prefix_list_id: Some(list.unwrap_or_else(|| "pl-63a5400a".into())),
        gateway_id: Some(endpoint.0.clone()),
        state: Some(RouteState::Active),
        origin: Some(RouteOrigin::CreateRoute),
        ..Route::default()
    };
    snapshot.ec2.route_tables.edit(|item| {
        if item.route_table_id.as_ref() == Some(table) {
            item.routes.push(route.clone());
        }
    });
    snapshot.ec2.vpc_endpoints.edit(|item| {
        if item.vpc_endpoint_id.as_ref() == Some(endpoint) {
            item.route_table_ids.push(table.clone());
        }
    });
}

/// Adds a gateway endpoint and its route.
pub(in crate::findings) fn add_gateway(snapshot: &mut Snapshot, vpc: &VpcId, table: &RouteTableId, service_name: &str, at: &Citation) {
    let id = VpcEndpointId::from("vpce-new");
    let value = VpcEndpoint {
        vpc_endpoint_id: Some(id.clone()),
        vpc_endpoint_type: Some(EndpointType::Gateway),
        vpc_id: Some(vpc.clone()),
        service_name: Some(service_name.to_owned()),
        state: Some(EndpointState::Available),
        ..VpcEndpoint::default()
    };
    snapshot.ec2.vpc_endpoints.insert(Found {
        value,
        at: at.clone(),
        collected: None,
    });
    route_gateway(snapshot, &id, table);
}
