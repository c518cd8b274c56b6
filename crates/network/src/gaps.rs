//! Destinations that no route takes, and gateway endpoints: what is missing depends on whether the VPC is built on endpoints.

use crate::ground::Ground;
use crate::groups::Judged;
use crate::line::{At, Line};
use crate::model::fault::{FaultKind, RuleRef};
use crate::model::trace::{Check, HopKind};
use crate::next::{Aim, From};
use crate::resolver::Resolver;
use snapshot::ec2::endpoint::{EndpointState, EndpointType, VpcEndpoint};
use snapshot::ids::{RouteTableId, VpcId};
use snapshot::{Citation, Found, Truth};

impl<'a> Ground<'a> {
    /// No route takes the destinations: what is missing depends on whether the VPC is built on endpoints.
    pub(crate) fn no_route(&self, line: &mut Line, from: From<'_>, aim: Aim) {
        let table = from.table_id();
        let at = At::new(HopKind::RouteTable, table.0.clone(), Check::Route);
        let mut judged = Judged {
            rule: Some(RuleRef::NoRoute(table.clone())),
            cites: vec![from.table.at.clone()],
            ..Judged::default()
        };
        let mut kind = FaultKind::no_route(table.clone(), from.subnet.cloned(), &line.d);
        let mut verdict = Truth::False;
        if aim == Aim::Public && self.target.service.is_some() {
            let covered = self.endpoint_coverage(from.vpc, "Interface");
            // That the name went public is known: but which fault it is that no route takes it, only the endpoints' listing tells.
            if covered.is_none() && self.target.quoted_address.is_some() && self.interface_endpoints(from.vpc).is_empty() {
                verdict = Truth::Unknown;
                judged.needs.push(self.endpoints_need());
            }
            if let Some(built) = self.built_on_endpoints(from.vpc) {
                let (gap, cites) = self.gap(from.vpc, table);
                kind = gap;
                judged.cites.push(built);
                judged.cites.extend(cites);
            }
            if let FaultKind::NoRoute { .. } | FaultKind::EndpointMissing { .. } = kind
                && let Some(covered) = covered
            {
                judged.cites.extend(covered.pages);
                judged.assumes.extend(covered.assumption);
            }
        }
        line.judge_whole(&at, verdict, judged, Some(kind));
    }

    /// An interface endpoint of the VPC for a service that the caller needs.
    fn built_on_endpoints(&self, vpc: &VpcId) -> Option<Citation> {
        let found = self.snapshot.ec2.vpc_endpoints.iter().find(|found| {
            let endpoint = &found.value;
            endpoint.vpc_id.as_ref() == Some(vpc)
                && endpoint.kind() == Some(&EndpointType::Interface)
                && endpoint.state != Some(EndpointState::Deleted)
                && endpoint.service_name.as_deref().is_some_and(|name| {
                    self.context
                        .services
                        .iter()
                        .chain(&self.target.service)
                        .any(|service| service.names(name))
                })
        });
        found.map(|found| found.at.clone())
    }

    /// What is missing. Where an endpoint should have taken the name over and yet the name went public, what was pasted is not what failed.
    fn gap(&self, vpc: &VpcId, table: RouteTableId) -> (FaultKind, Vec<Citation>) {
        for found in self.interface_endpoints(vpc) {
            let Some(id) = found.value.vpc_endpoint_id.clone() else {
                continue;
            };
            if let Some(kind) = self.unavailable(&found.value) {
                return (kind, vec![found.at.clone()]);
            }
            let inbound_only = found
                .value
                .dns_options
                .as_ref()
                .and_then(|options| options.private_dns_only_for_inbound_resolver_endpoint)
                == Some(true);
            if inbound_only {
                continue;
            }
            if found.value.private_dns_enabled == Some(true) {
                let attributes = self.snapshot.ec2.vpc_attributes.get(vpc);
                let hostnames = attributes.and_then(|attributes| attributes.dns_hostnames.as_ref());
                let own = vec![found.at.clone()];
                if let Some(off) = hostnames.filter(|hostnames| !hostnames.value) {
                    let kind = FaultKind::DnsHostnamesDisabled {
                        vpc: vpc.clone(),
                        endpoint: id,
                    };
                    return (kind, [vec![off.at.clone()], own].concat());
                }
                let proof = match (hostnames, self.resolver()) {
                    (Some(on), Resolver::Known(servers, shown)) if servers.custom.is_empty() => [vec![on.at.clone()], shown].concat(),
                    _ => Vec::new(),
                };
                return (FaultKind::NameWentPublic { endpoint: id, proof }, own);
            }
            return (FaultKind::EndpointPrivateDnsDisabled { endpoint: id }, vec![found.at.clone()]);
        }
        for found in self.gateway_endpoints(vpc) {
            if let Some(kind) = self.unavailable(&found.value) {
                return (kind, vec![found.at.clone()]);
            }
            if let Some(endpoint) = found.value.vpc_endpoint_id.clone() {
                return (FaultKind::EndpointGatewayNotRouted { endpoint, table }, vec![found.at.clone()]);
            }
        }
        let service = self
            .target
            .service
            .as_ref()
            .map(|service| format!("{}.{}", service.region, service.suffix))
            .unwrap_or_default();
        let kind = FaultKind::EndpointMissing {
            service,
            vpc: vpc.clone(),
            table,
            gateway: self.target.gateway,
        };
        (kind, Vec::new())
    }

    /// The gateway endpoints of the VPC for the target's service.
    fn gateway_endpoints(&self, vpc: &VpcId) -> Vec<&'a Found<VpcEndpoint>> {
        let Some(service) = self.target.service.as_ref().filter(|_| self.target.gateway) else {
            return Vec::new();
        };
        let endpoints = self.snapshot.ec2.vpc_endpoints.iter().filter(|found| {
            let endpoint = &found.value;
            endpoint.vpc_id.as_ref() == Some(vpc)
                && endpoint.kind() == Some(&EndpointType::Gateway)
                && endpoint.state != Some(EndpointState::Deleted)
                && endpoint.service_name.as_deref().is_some_and(|name| service.names(name))
        });
        endpoints.collect()
    }

    /// A gateway endpoint that the route leads to; an active route to one that was not pasted implies it.
    pub(crate) fn gateway_endpoint(&self, line: &mut Line, id: &str) {
        let at = At::new(HopKind::GatewayEndpoint, id, Check::State);
        let Some(found) = self.snapshot.ec2.vpc_endpoints.get(&id.into()) else {
            return line.judge_whole(&at, Truth::True, Judged::default(), None);
        };
        let fault = self.unavailable(&found.value);
        let rule = found.value.state.as_ref().map(|state| RuleRef::State(state.as_str().to_owned()));
        let judged = Judged {
            cites: vec![found.at.clone()],
            rule,
            ..Judged::default()
        };
        line.judge_whole(&at, Truth::from(fault.is_none()), judged, fault);
    }
}
