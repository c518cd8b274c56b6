//! Prefix lists: AWS's own, which stand for a service, and the customer's, which are their entries.

use crate::ground::Ground;
use crate::set::AddressSet;
use ipnet::IpNet;
use snapshot::ec2::endpoint::EndpointType;
use snapshot::ec2::route::Route;
use snapshot::ids::PrefixListId;
use snapshot::{Citation, Need, Operation};

/// The id of Amazon S3's list in us-east-1: it is the same in every account (Amazon VPC User Guide, AWS-managed prefix lists).
const S3_US_EAST_1: &str = "pl-63a5400a";

/// What a prefix list holds.
#[derive(Clone, Debug)]
pub(crate) enum ListContent {
    /// AWS's own list of the target's public addresses.
    Service,
    /// AWS's own list of something else: no address of the target is on it.
    OtherService,
    /// These entries, and no others where `whole`.
    Entries { nets: Vec<IpNet>, whole: bool },
    /// Not known.
    Unknown,
}

/// A prefix list, judged for the walk's target.
#[derive(Clone, Debug)]
pub(crate) struct List {
    pub(crate) content: ListContent,
    pub(crate) cites: Vec<Citation>,
    pub(crate) needs: Vec<Need>,
}

impl Ground<'_> {
    pub(crate) fn list(&self, id: &PrefixListId) -> List {
        self.count(1);
        let ec2 = &self.snapshot.ec2;
        let named = ec2
            .prefix_lists
            .get(id)
            .map(|found| (found.value.prefix_list_name.clone(), None, found.at.clone()))
            .or_else(|| {
                let found = ec2.managed_prefix_lists.get(id)?;
                Some((found.value.prefix_list_name.clone(), found.value.owner_id.clone(), found.at.clone()))
            });
        if let Some((Some(name), owner, at)) = &named
            && (name.starts_with("com.amazonaws.") && owner.as_ref().is_none_or(|owner| owner.as_str().eq_ignore_ascii_case("AWS")))
        {
            return self.aws_list(
                self.target.service.as_ref().is_some_and(|service| service.names(name)),
                vec![at.clone()],
            );
        }
        if named.is_none() {
            if let Some(list) = self.list_of_route(id) {
                return list;
            }
            if id.as_str() == S3_US_EAST_1 {
                let service = self.target.service.as_ref();
                return self.aws_list(
                    service.is_some_and(|service| service.suffix == "s3" && service.region == "us-east-1"),
                    Vec::new(),
                );
            }
        }
        self.entries(id, named.map(|(_, _, at)| at))
    }

    /// Whether a route to a VPC endpoint leads to a gateway endpoint: it is AWS's own list that the route names, or the endpoint says so. A
    /// customer's list may as well lead to a Gateway Load Balancer or Network Firewall endpoint.
    pub(crate) fn to_gateway_endpoint(&self, route: &Route, endpoint: &str) -> bool {
        let Some(list) = &route.destination_prefix_list_id else {
            return false;
        };
        let known = self.snapshot.ec2.vpc_endpoints.get(&endpoint.into());
        match known.and_then(|found| found.value.kind()) {
            Some(kind) => *kind == EndpointType::Gateway,
            None => matches!(self.list(list).content, ListContent::Service | ListContent::OtherService),
        }
    }

    fn aws_list(&self, is_target: bool, cites: Vec<Citation>) -> List {
        let content = if is_target {
            ListContent::Service
        } else {
            ListContent::OtherService
        };
        List {
            content,
            cites,
            needs: Vec::new(),
        }
    }

    /// A list that a gateway endpoint's own route names is that endpoint's service.
    fn list_of_route(&self, id: &PrefixListId) -> Option<List> {
        let ec2 = &self.snapshot.ec2;
        ec2.route_tables.iter().find_map(|table| {
            let route = table
                .value
                .routes
                .iter()
                .find(|route| route.destination_prefix_list_id.as_ref() == Some(id))?;
            let gateway = route.gateway_id.as_deref().filter(|gateway| gateway.starts_with("vpce-"))?;
            let known = ec2.vpc_endpoints.get(&gateway.into());
            let endpoint = known.filter(|found| found.value.kind() == Some(&EndpointType::Gateway))?;
            let name = endpoint.value.service_name.as_deref()?;
            let is_target = self.target.service.as_ref().is_some_and(|service| service.names(name));
            Some(self.aws_list(is_target, vec![table.at.clone(), endpoint.at.clone()]))
        })
    }

    fn entries(&self, id: &PrefixListId, named: Option<Citation>) -> List {
        let ec2 = &self.snapshot.ec2;
        let call = self
            .call(Operation::Ec2GetManagedPrefixListEntries)
            .option("prefix-list-id", id.as_str());
        let mut needs = vec![Need::Call(call)];
        let pasted = ec2.prefix_list_entries.iter().find(|pasted| pasted.list.known() == Some(id));
        if let Some(pasted) = pasted {
            self.count(pasted.entries.len());
            let nets: Vec<IpNet> = pasted.entries.iter().filter_map(|entry| entry.cidr).map(|cidr| cidr.0).collect();
            let whole = pasted.whole && nets.len() == pasted.entries.len();
            if whole {
                needs.clear();
            }
            return List {
                content: ListContent::Entries { nets, whole },
                cites: vec![pasted.at.clone()],
                needs,
            };
        }
        for pasted in &ec2.prefix_list_entries {
            needs.extend(pasted.list.question().cloned().map(Need::Question));
        }
        if named.is_none() {
            needs.insert(0, self.call(Operation::Ec2DescribeManagedPrefixLists).into());
        }
        List {
            content: ListContent::Unknown,
            cites: named.into_iter().collect(),
            needs,
        }
    }

    /// Whether addresses by IPv6 are called that the service's list may hold or not: a gateway endpoint is for IPv4, for IPv6 or for both
    /// (AWS PrivateLink Guide, "Gateway endpoints", IP address type), and the list alone does not tell.
    pub(crate) fn may_list_v6(&self, set: &AddressSet, ranges: Option<&AddressSet>) -> bool {
        let v6 = AddressSet::family(true);
        set.meets(&v6) && !ranges.is_some_and(|ranges| ranges.meets(&v6))
    }

    /// The public addresses of the target by AWS's own list, where its ranges were pasted.
    pub(crate) fn service_ranges(&self) -> Option<(AddressSet, Vec<Citation>)> {
        let service = self.target.service.as_ref().filter(|_| self.target.gateway)?;
        let ec2 = &self.snapshot.ec2;
        let names = |name: &Option<String>| name.as_deref().is_some_and(|name| service.names(name));
        let with_ranges = ec2
            .prefix_lists
            .iter()
            .find(|found| names(&found.value.prefix_list_name) && !found.value.cidrs.is_empty());
        if let Some(found) = with_ranges {
            return Some((AddressSet::of(found.value.cidrs.iter().map(|cidr| cidr.0)), vec![found.at.clone()]));
        }
        ec2.managed_prefix_lists
            .iter()
            .filter(|found| names(&found.value.prefix_list_name))
            .find_map(|found| {
                let id = found.value.prefix_list_id.as_ref()?;
                let pasted = ec2
                    .prefix_list_entries
                    .iter()
                    .find(|pasted| pasted.list.known() == Some(id) && pasted.whole)?;
                let nets = pasted.entries.iter().filter_map(|entry| entry.cidr).map(|cidr| cidr.0);
                Some((AddressSet::of(nets), vec![found.at.clone(), pasted.at.clone()]))
            })
    }
}
