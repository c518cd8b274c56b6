//! Names that lead to private addresses: an endpoint's private DNS, a customer's private zone, an address that an error quotes.

use crate::endpoints::is_gone;
use crate::ground::Ground;
use crate::model::caller::name_matches;
use crate::model::fault::{FaultKind, Severity};
use crate::model::trace::Check;
use crate::names::{Names, Way, fault};
use crate::resolver::Resolver;
use crate::resolver::is_private;
use crate::set::AddressSet;
use crate::zones::ZoneAnswer;
use snapshot::ec2::endpoint::{EndpointState, VpcEndpoint};
use snapshot::ids::VpcId;
use snapshot::order::Order as _;
use snapshot::{Assumption, Found, Resource as _, Truth};
use std::net::IpAddr;

impl<'a> Ground<'a> {
    /// Whether an interface endpoint's private DNS takes over the name.
    pub(crate) fn private_dns(&self, vpc: &VpcId) -> Names<'a> {
        let mut names = Names::new(Way::Public);
        if self.target.service.is_none() {
            return names;
        }
        let attributes = self.snapshot.ec2.vpc_attributes.get(vpc);
        let hostnames = attributes.and_then(|attributes| attributes.dns_hostnames.as_ref());
        let mut endpoints = self.interface_endpoints(vpc);
        endpoints.retain(|found| !self.takes_name(&found.value).is_false());
        // One that works takes the name whatever becomes of another.
        endpoints.in_order_by_key(|found| found.value.state != Some(EndpointState::Available));
        for found in endpoints {
            let takes = self.takes_name(&found.value);
            match hostnames {
                Some(off) if !off.value => {
                    if let Some(id) = found.value.vpc_endpoint_id.clone() {
                        let evidence = vec![off.at.clone(), found.at.clone()];
                        names.cites.extend(evidence.iter().cloned());
                        let kind = FaultKind::DnsHostnamesDisabled {
                            vpc: vpc.clone(),
                            endpoint: id,
                        };
                        names.hop(Check::DnsHostnames, None, Truth::False, evidence.clone());
                        if found.value.state == Some(EndpointState::Available) {
                            names.left_public = Some(fault(kind, Severity::Fail, evidence, Vec::new()));
                        }
                    }
                    return names;
                }
                Some(on) => names.confirmed.push(on.at.clone()),
                None => {}
            }
            let way = match &found.value.state {
                Some(EndpointState::Available) => Way::Endpoint(found, None),
                _ if is_gone(&found.value) => continue,
                _ => match self.unavailable(&found.value) {
                    Some(kind) => {
                        names.hard.push(Way::Public);
                        Way::Broken(Box::new(fault(kind, Severity::Fail, vec![found.at.clone()], Vec::new())))
                    }
                    None => {
                        names.needs.push(self.endpoints_need());
                        names.hard.push(Way::Public);
                        Way::Endpoint(found, None)
                    }
                },
            };
            names.cites.push(found.at.clone());
            names.hop(
                Check::Answer,
                found.value.vpc_endpoint_id.as_ref().map(|id| id.0.clone()),
                takes,
                vec![found.at.clone()],
            );
            if !takes.is_true() {
                names.hard.push(Way::Public);
                names.needs.push(self.endpoints_need());
            } else if hostnames.is_none() {
                names.soft.push(Way::Public);
                names.defaults.push(Assumption::DnsHostnamesOn { vpc: vpc.0.clone() });
                names.default_needs.push(self.attribute_need("enableDnsHostnames"));
            }
            names.primary = way;
            return names;
        }
        match self.endpoint_coverage(vpc, "Interface") {
            Some(covered) => {
                names.hop(Check::Answer, None, Truth::True, covered.pages.clone());
                names.cites.extend(covered.pages);
                names.assumes.extend(covered.assumption);
            }
            None => {
                names.hop(Check::Answer, None, Truth::Unknown, Vec::new());
                names.hard.push(Way::Unseen);
                names.needs.push(self.endpoints_need());
            }
        }
        names
    }

    /// Whether an endpoint takes over the host's name in its VPC.
    pub(crate) fn takes_name(&self, endpoint: &VpcEndpoint) -> Truth {
        let options = endpoint.dns_options.as_ref();
        // Then names inside the VPC stay public (Amazon S3 User Guide, "Private DNS").
        if options.and_then(|options| options.private_dns_only_for_inbound_resolver_endpoint) == Some(true) {
            return Truth::False;
        }
        let listed = endpoint.dns_entries.iter().filter_map(|entry| entry.dns_name.as_deref());
        let named = listed.into_iter().any(|name| name_matches(name, &self.target.host));
        match endpoint.private_dns_enabled {
            Some(false) => Truth::False,
            Some(true) if named || self.target.is_private_name() => Truth::True,
            _ => Truth::Unknown,
        }
    }

    /// A customer's private zone that answers instead.
    pub(crate) fn shadowed(&self, names: &mut Names<'a>, vpc: &VpcId, v6: bool) {
        let Some((shadow, labels)) = self.shadow(vpc, v6) else {
            return;
        };
        // The endpoint's own zone is as long as the shortest name that it takes over.
        let own = self.target.private_names.iter();
        let own = own.map(|name| name.trim_start_matches("*.").split('.').count()).min();
        let endpoint_wins = own.is_some_and(|own| own > labels);
        if endpoint_wins && matches!(names.primary, Way::Endpoint(..)) {
            return;
        }
        let attributes = self.snapshot.ec2.vpc_attributes.get(vpc);
        let hostnames = attributes.and_then(|attributes| attributes.dns_hostnames.as_ref());
        match hostnames {
            Some(off) if !off.value => return,
            _ => {}
        }
        let mut evidence = shadow.cites.clone();
        evidence.extend(hostnames.map(|on| on.at.clone()));
        let kind = FaultKind::PrivateZoneShadows {
            zone: shadow.zone.clone(),
            name: shadow.name.clone(),
        };
        let resolves = match shadow.answer {
            _ if hostnames.is_none() => Truth::Unknown,
            ZoneAnswer::Nothing => Truth::False,
            ZoneAnswer::Addresses(_) | ZoneAnswer::Endpoint(_) => Truth::True,
            ZoneAnswer::Unknown(_) => Truth::Unknown,
        };
        names.hop(Check::Answer, Some(shadow.zone.0.clone()), resolves, evidence.clone());
        let way = match shadow.answer {
            ZoneAnswer::Nothing => {
                let severity = if hostnames.is_some() { Severity::Fail } else { Severity::Unknown };
                let needs = if hostnames.is_some() {
                    Vec::new()
                } else {
                    vec![self.attribute_need("enableDnsHostnames")]
                };
                Way::Broken(Box::new(fault(kind, severity, evidence.clone(), needs)))
            }
            ZoneAnswer::Addresses(set) => Way::At(set),
            ZoneAnswer::Endpoint(found) => match &found.value.vpc_id {
                Some(hub) if hub != vpc => {
                    let landings = self.landings(found, v6);
                    let set = landings.iter().fold(AddressSet::none(), |set, landing| set.union(&landing.set));
                    if set.is_empty() || AddressSet::family(v6).is_within(&set) {
                        names.needs.extend(self.listings_of(hub, found.value.owner()));
                        names.needs.extend(self.next_door_needs(vpc, Some(hub)));
                        Way::Open
                    } else {
                        evidence.extend(landings.into_iter().flat_map(|landing| landing.cites));
                        Way::At(set)
                    }
                }
                // The zone names it whatever its state; one that is coming or going may work or not.
                _ => match self.unavailable(&found.value) {
                    Some(state) => {
                        let broken = Way::Broken(Box::new(fault(state, Severity::Fail, vec![found.at.clone()], Vec::new())));
                        if is_gone(&found.value) {
                            broken
                        } else {
                            names.needs.push(self.endpoints_need());
                            names.hard.push(broken);
                            Way::Endpoint(found, None)
                        }
                    }
                    None => Way::Endpoint(found, None),
                },
            },
            ZoneAnswer::Unknown(mut needs) => {
                needs.extend(self.next_door_needs(vpc, None));
                names.faults.push(fault(kind, Severity::Unknown, evidence, needs.clone()));
                names.needs.extend(needs);
                names.hard.push(Way::Open);
                return;
            }
        };
        if hostnames.is_some() && !endpoint_wins {
            // The zone answers whichever endpoints there are.
            names.cites.clear();
            names.assumes.clear();
        }
        let former = std::mem::replace(&mut names.primary, way);
        names.cites.extend(evidence);
        if hostnames.is_none() {
            names.needs.push(self.attribute_need("enableDnsHostnames"));
            names.hard.push(former);
        } else {
            // An endpoint that was not pasted may take the name before a shorter zone does.
            names
                .hard
                .retain(|way| matches!(way, Way::Broken(_)) || endpoint_wins && matches!(way, Way::Unseen));
            names.soft.clear();
        }
    }

    /// An address that an error quotes: the name resolved, and to this.
    pub(crate) fn quoted(&self, vpc: &VpcId, address: IpAddr, v6: bool) -> Names<'a> {
        let set = AddressSet::addresses([address]);
        let ranges = self.vpc_ranges();
        let inside = ranges.value.as_ref().map(|ranges| ranges.holds(address));
        let cite = self.target.quoted_at.clone();
        let mut names = match inside {
            _ if !is_private(address) && inside != Some(true) => Names::new(Way::Public),
            Some(false) => Names::new(Way::At(set)),
            _ => {
                let endpoints = self.interface_endpoints(vpc);
                let holds = |found: &&&'a Found<VpcEndpoint>, exact: bool| {
                    self.landings(found, v6)
                        .iter()
                        .any(|landing| landing.interface.is_some() == exact && landing.set.holds(address))
                };
                let exact = endpoints.iter().find(|found| holds(found, true));
                let loose = || {
                    let mut fitting = endpoints
                        .iter()
                        .filter(|found| found.value.private_dns_enabled == Some(true) && holds(found, false));
                    let first = fitting.next();
                    if fitting.next().is_some() { None } else { first }
                };
                match exact.copied().or_else(|| loose().copied()) {
                    Some(found) => {
                        let mut names = Names::new(Way::Endpoint(found, Some(set)));
                        names.cites.push(found.at.clone());
                        names
                    }
                    None => Names::new(Way::At(set)),
                }
            }
        };
        names.cites.extend(cite.clone());
        if is_private(address) || inside == Some(true) {
            names.cites.extend(ranges.cites);
        }
        names.hop(Check::Answer, None, Truth::True, cite.into_iter().collect());
        if let Resolver::Known(servers, cites) = self.resolver()
            && !servers.custom.is_empty()
            && matches!(names.primary, Way::Public)
        {
            names.custom = Some(self.custom_answers(&servers, &cites));
        }
        names
    }
}
