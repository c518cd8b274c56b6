//! Destinations that no route takes, and gateway endpoints: what is missing depends on whether the VPC is built on endpoints.

use crate::ground::Ground;
use crate::groups::Judged;
use crate::line::{At, Line};
use crate::model::fault::{FaultKind, RuleRef};
use crate::model::trace::{Check, HopKind};
use crate::next::{Aim, From};
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
        let mut kind = Some(FaultKind::no_route(table.clone(), from.subnet.cloned(), &line.d));
        if aim == Aim::Public && self.target.service.is_some() {
            match self.built_on_endpoints(from.vpc) {
                Some(built) => {
                    let (gap, cites) = self.gap(from.vpc, table);
                    kind = gap;
                    judged.cites.push(built);
                    judged.cites.extend(cites);
                }
                None => {
                    let covered = self.endpoint_coverage(from.vpc, "Interface");
                    judged.cites.extend(covered.into_iter().flat_map(|covered| covered.pages));
                }
            }
        }
        line.judge_whole(&at, Truth::False, judged, kind);
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

    /// What is missing; `None` where an endpoint should have taken the name over and yet the name went public: then what was pasted is
    /// not what failed, and no fault is proven.
    fn gap(&self, vpc: &VpcId, table: RouteTableId) -> (Option<FaultKind>, Vec<Citation>) {
        for found in self.interface_endpoints(vpc) {
            let Some(id) = found.value.vpc_endpoint_id.clone() else {
                continue;
            };
            if let Some(kind) = self.unavailable(&found.value) {
                return (Some(kind), vec![found.at.clone()]);
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
                let off = attributes
                    .and_then(|attributes| attributes.dns_hostnames.as_ref())
                    .filter(|hostnames| !hostnames.value);
                let fault = off.map(|_| FaultKind::DnsHostnamesDisabled {
                    vpc: vpc.clone(),
                    endpoint: id,
                });
                return (fault, off.map(|off| off.at.clone()).into_iter().chain([found.at.clone()]).collect());
            }
            return (Some(FaultKind::EndpointPrivateDnsDisabled { endpoint: id }), vec![found.at.clone()]);
        }
        for found in self.gateway_endpoints(vpc) {
            if let Some(kind) = self.unavailable(&found.value) {
                return (Some(kind), vec![found.at.clone()]);
            }
            if let Some(endpoint) = found.value.vpc_endpoint_id.clone() {
                return (
                    Some(FaultKind::EndpointGatewayNotRouted { endpoint, table }),
                    vec![found.at.clone()],
                );
            }
        }
        let service = self
            .target
            .service
            .as_ref()
            .map(|service| format!("{}.{}", service.region, service.suffix))
            .unwrap_or_default();
        let coverage = self.endpoint_coverage(vpc, "Interface");
        let cites = coverage.map(|covered| covered.pages).unwrap_or_default();
        (
            Some(FaultKind::EndpointMissing {
                service,
                vpc: vpc.clone(),
                table,
                gateway: self.target.gateway,
            }),
            cites,
        )
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
