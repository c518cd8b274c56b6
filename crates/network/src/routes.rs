//! Route lookup: the longest prefix wins (Amazon VPC User Guide, "Route priority").

use crate::ground::Ground;
use crate::lists::ListContent;
use crate::set::{AddressSet, Remaining};
use ipnet::IpNet;
use snapshot::ec2::route::{Route, RouteOrigin, RouteState, RouteTable};
use snapshot::order::Order as _;
use snapshot::{Citation, Found, Need};
use std::collections::BTreeMap;

/// What a route leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Next<'a> {
    Local,
    Internet(&'a str),
    Vpn(&'a str),
    Endpoint(&'a str),
    Nat(&'a str),
    Transit(&'a str),
    Peering(&'a str),
    Interface {
        interface: Option<&'a str>,
        instance: Option<&'a str>,
    },
    EgressOnly(&'a str),
    Carrier(&'a str),
    LocalGateway(&'a str),
    Core(&'a str),
    Other(&'a str),
}

impl<'a> Next<'a> {
    pub(crate) fn of(route: &'a Route) -> Self {
        let gateway = route.gateway_id.as_deref();
        match gateway {
            Some("local") => return Self::Local,
            Some(id) if id.starts_with("igw-") => return Self::Internet(id),
            Some(id) if id.starts_with("vgw-") => return Self::Vpn(id),
            Some(id) if id.starts_with("vpce-") => return Self::Endpoint(id),
            _ => {}
        }
        if let Some(id) = &route.nat_gateway_id {
            Self::Nat(id.as_str())
        } else if let Some(id) = &route.transit_gateway_id {
            Self::Transit(id.as_str())
        } else if let Some(id) = &route.vpc_peering_connection_id {
            Self::Peering(id.as_str())
        } else if route.network_interface_id.is_some() || route.instance_id.is_some() {
            Self::Interface {
                interface: route.network_interface_id.as_ref().map(|id| id.as_str()),
                instance: route.instance_id.as_ref().map(|id| id.as_str()),
            }
        } else if let Some(id) = &route.egress_only_internet_gateway_id {
            Self::EgressOnly(id.as_str())
        } else if let Some(id) = &route.carrier_gateway_id {
            Self::Carrier(id)
        } else if let Some(id) = &route.local_gateway_id {
            Self::LocalGateway(id)
        } else if let Some(arn) = &route.core_network_arn {
            Self::Core(arn)
        } else {
            Self::Other(
                gateway
                    .or(route.odb_network_arn.as_deref())
                    .or(route.ip_address.as_deref())
                    .unwrap_or_default(),
            )
        }
    }

    pub(crate) fn id(&self) -> &'a str {
        match self {
            Self::Local => "local",
            Self::Internet(id) | Self::Vpn(id) | Self::Endpoint(id) | Self::Nat(id) | Self::Transit(id) => id,
            Self::Peering(id) | Self::EgressOnly(id) | Self::Carrier(id) | Self::LocalGateway(id) => id,
            Self::Core(id) | Self::Other(id) => id,
            Self::Interface { interface, instance } => interface.or(*instance).unwrap_or_default(),
        }
    }
}

/// Destinations that one route takes, or one of several where that is not decided.
#[derive(Clone, Debug)]
pub(crate) struct Match<'a> {
    pub(crate) set: AddressSet,
    /// The candidates: one where it is decided; `None` stands for no route.
    pub(crate) routes: Vec<Option<&'a Route>>,
    pub(crate) cites: Vec<Citation>,
    pub(crate) needs: Vec<Need>,
}

/// How a route is written.
pub(crate) fn destination_of(route: &Route) -> String {
    let cidr = route
        .destination_cidr_block
        .or(route.destination_ipv6_cidr_block)
        .map(|cidr| cidr.to_string());
    cidr.or_else(|| route.destination_prefix_list_id.as_ref().map(|id| id.0.clone()))
        .unwrap_or_default()
}

/// Of two routes with one prefix the lower class wins.
fn class_of(route: &Route) -> u8 {
    if route.gateway_id.as_deref() == Some("local") {
        return 0;
    }
    match (&route.origin, &route.destination_prefix_list_id) {
        (Some(RouteOrigin::EnableVgwRoutePropagation | RouteOrigin::Advertisement), _) => 3,
        (_, Some(_)) => 2,
        _ => 1,
    }
}

struct Entry<'a> {
    net: IpNet,
    class: u8,
    route: &'a Route,
}

impl Ground<'_> {
    /// Splits a set of destinations by the routes that take them. `public`: the addresses are the target's public ones, which AWS's
    /// prefix list of that service holds.
    pub(crate) fn lookup<'t>(&self, table: &'t Found<RouteTable>, set: &AddressSet, public: bool) -> Vec<Match<'t>> {
        let mut entries: Vec<Entry<'t>> = Vec::new();
        let mut service: Vec<&'t Route> = Vec::new();
        let mut open: Vec<&'t Route> = Vec::new();
        let (mut cites, mut needs) = (Vec::new(), Vec::new());
        // What shows which addresses customers' lists hold; of those whose routes could take more than a local route.
        let (mut listed, mut beside): (Vec<Citation>, Vec<Citation>) = (Vec::new(), Vec::new());
        for route in &table.value.routes {
            self.count(1);
            if matches!(route.state, Some(RouteState::Filtered)) {
                open.push(route);
                continue;
            }
            let class = class_of(route);
            if let Some(cidr) = route.destination_cidr_block.or(route.destination_ipv6_cidr_block) {
                entries.push(Entry { net: cidr.0, class, route });
            } else if let Some(id) = &route.destination_prefix_list_id {
                let list = self.list(id);
                match list.content {
                    ListContent::Service if public => {
                        let ranges = self.service_ranges().map(|(ranges, _)| ranges);
                        let beyond = self.may_list_v6(set, ranges.as_ref());
                        if beyond {
                            open.push(route);
                        }
                        match ranges {
                            Some(ranges) => entries.extend(ranges.nets().into_iter().map(|net| Entry { net, class, route })),
                            None if !beyond => service.push(route),
                            None => {}
                        }
                    }
                    ListContent::Service | ListContent::OtherService => {}
                    ListContent::Entries { nets, whole } => {
                        listed.extend(list.cites.iter().cloned());
                        if forwards(route) {
                            beside.extend(list.cites.iter().cloned());
                        }
                        entries.extend(nets.into_iter().map(|net| Entry { net, class, route }));
                        if !whole {
                            open.push(route);
                        }
                    }
                    ListContent::Unknown => open.push(route),
                }
                cites.extend(list.cites);
                needs.extend(list.needs);
            } else {
                open.push(route);
            }
        }
        self.split(entries, &service, &open, set)
            .into_iter()
            .map(|(set, routes)| {
                let decided = routes.len() == 1;
                let by_list = routes.iter().flatten().any(|route| route.destination_prefix_list_id.is_some()) || !open.is_empty();
                let local = decided && routes.iter().flatten().any(|route| class_of(route) == 0);
                let shown = match (by_list, local) {
                    (true, _) => &cites,
                    (false, true) => &beside,
                    (false, false) => &listed,
                };
                Match {
                    set,
                    routes,
                    cites: shown.clone(),
                    needs: if decided { Vec::new() } else { needs.clone() },
                }
            })
            .collect()
    }

    fn split<'t>(
        &self,
        mut entries: Vec<Entry<'t>>,
        service: &[&'t Route],
        open: &[&'t Route],
        set: &AddressSet,
    ) -> Vec<(AddressSet, Vec<Option<&'t Route>>)> {
        entries.in_order_by_key(|entry| (std::cmp::Reverse(entry.net.prefix_len()), entry.class, entry.net));
        let mut left = Remaining::new(set);
        let mut parts = Parts::default();
        let mut rest = entries.as_slice();
        while let Some((entry, others)) = rest.split_first().filter(|(entry, _)| service.is_empty() || !is_broad(entry.net)) {
            self.count(1);
            let twins = others
                .iter()
                .take_while(|other| other.net == entry.net && other.class == entry.class)
                .count();
            let mut routes = vec![Some(entry.route)];
            routes.extend(others.iter().take(twins).map(|twin| Some(twin.route)));
            if entry.class == 0 {
                // Only what forwards inside the VPC may be more specific than the local route.
                routes.extend(open.iter().filter(|route| forwards(route)).map(|route| Some(*route)));
            } else {
                // Against a route of some length the list's own lengths decide, which are not known.
                routes.extend(service.iter().chain(open).map(|route| Some(*route)));
            }
            parts.add(left.take(entry.net), routes);
            rest = others.get(twins..).unwrap_or_default();
        }
        let mut routes: Vec<Option<&'t Route>> = service.iter().map(|route| Some(*route)).collect();
        if routes.is_empty() {
            routes.push(None);
        }
        routes.extend(open.iter().map(|route| Some(*route)));
        parts.add(left.rest(), routes);
        parts
            .parts
            .into_iter()
            .map(|(ranges, routes)| (AddressSet::from_ranges(ranges), routes))
            .collect()
    }
}

/// Shorter than any prefix that AWS publishes for a service, so that its own list always wins.
fn is_broad(net: IpNet) -> bool {
    net.prefix_len() < if matches!(net, IpNet::V4(_)) { 8 } else { 16 }
}

fn forwards(route: &Route) -> bool {
    matches!(Next::of(route), Next::Nat(_) | Next::Interface { .. } | Next::Endpoint(_))
}

/// What tells one candidate from another: its target and whether it carries traffic.
type Key<'t> = Vec<Option<(&'t str, bool, bool)>>;

/// Ranges and the candidates that may take them.
type Part<'t> = (Vec<(u128, u128)>, Vec<Option<&'t Route>>);

/// Destinations grouped by where they go, so that a thousand routes to one gateway are judged once.
#[derive(Default)]
struct Parts<'t> {
    index: BTreeMap<Key<'t>, usize>,
    parts: Vec<Part<'t>>,
}

impl<'t> Parts<'t> {
    fn add(&mut self, hit: AddressSet, mut routes: Vec<Option<&'t Route>>) {
        if hit.is_empty() {
            return;
        }
        let of = |route: &Option<&'t Route>| {
            route.map(|route| {
                let list = route.destination_prefix_list_id.is_some();
                (Next::of(route).id(), route.state == Some(RouteState::Active), list)
            })
        };
        let mut key: Key<'t> = Vec::new();
        routes.retain(|route| {
            let of = of(route);
            let new = !key.contains(&of);
            if new {
                key.push(of);
            }
            new
        });
        let next = self.parts.len();
        let at = *self.index.entry(key).or_insert(next);
        match self.parts.get_mut(at) {
            Some((ranges, _)) => ranges.extend_from_slice(hit.ranges()),
            None => self.parts.push((hit.ranges().to_vec(), routes)),
        }
    }
}
