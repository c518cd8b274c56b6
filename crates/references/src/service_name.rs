//! Names of VPC endpoint services, such as `com.amazonaws.us-east-1.ecr.api`.

use crate::hosts::Service;
use crate::partition::Partition;
use crate::region::Region;
use std::fmt;

/// The name of a VPC endpoint service. What stands before the Region differs between partitions and services
/// (`com.amazonaws`, `cn.com.amazonaws`, `eu.amazonaws`, `gov.ic.c2s`), so that only what follows it is read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ServiceName {
    text: String,
    region: Option<Region>,
    service: EndpointService,
}

/// Which service an endpoint is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EndpointService {
    /// One that a starting task may need.
    Aws {
        /// The service.
        service: Service,
        /// Whether the endpoint answers for the FIPS name, and only for it.
        fips: bool,
    },
    /// A customer's or partner's own (`com.amazonaws.vpce.…`).
    Customer,
    /// Any other of AWS: what follows the Region.
    Other(String),
}

impl ServiceName {
    /// Reads a service name as `describe-vpc-endpoints` prints it. Every text is a name; see [`Self::service`].
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let labels: Vec<&str> = text.split('.').collect();
        let at = labels.iter().position(|label| Partition::of_region(label).is_some());
        let region = at.and_then(|at| labels.get(at)).and_then(|label| Region::parse(label));
        let service = match at {
            _ if labels.contains(&"vpce") => EndpointService::Customer,
            Some(at) => EndpointService::of(&labels.get(at + 1..).unwrap_or_default().join(".")),
            None => EndpointService::Other(text.to_owned()),
        };
        Self {
            text: text.to_owned(),
            region,
            service,
        }
    }

    /// The Region in the name; `None` where it names none (`com.amazonaws.s3-global.accesspoint`).
    #[must_use]
    pub fn region(&self) -> Option<&Region> {
        self.region.as_ref()
    }

    /// The service.
    #[must_use]
    pub fn service(&self) -> &EndpointService {
        &self.service
    }

    /// Whether it is an endpoint service of that service in that Region, without FIPS.
    #[must_use]
    pub fn is(&self, service: Service, region: &Region) -> bool {
        self.region.as_ref() == Some(region) && self.service == EndpointService::Aws { service, fips: false }
    }

    /// The name as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The service's name as `create-vpc-endpoint` takes it in that Region, where a document names it. `gateway` is the
    /// S3 gateway endpoint, whose prefix differs from the interface endpoint's in China.
    #[must_use]
    pub fn of(service: Service, region: &Region, gateway: bool) -> Option<Self> {
        let prefix = match (region.partition()?, service) {
            (Partition::Aws | Partition::GovCloud, _) => "com.amazonaws",
            (Partition::China, Service::S3) if gateway => "com.amazonaws",
            (Partition::China, Service::EcrApi | Service::EcrDkr | Service::Sts | Service::S3 | Service::Efs) => "cn.com.amazonaws",
            (Partition::China, _) => "com.amazonaws",
            (partition, Service::EcrApi | Service::EcrDkr) => match partition {
                Partition::EuropeanSovereign => "eu.amazonaws",
                Partition::Iso => "gov.ic.c2s",
                Partition::IsoB => "gov.sgov.sc2s",
                Partition::IsoE => "uk.adc-e.cloud",
                Partition::IsoF => "gov.ic.hci.csp",
                _ => return None,
            },
            _ => return None,
        };
        Some(Self::parse(&format!("{prefix}.{region}.{}", service.endpoint_name())))
    }
}

impl EndpointService {
    /// The service of what follows the Region.
    fn of(rest: &str) -> Self {
        let fips = rest.contains("-fips");
        let plain = rest.replacen("-fips", "", 1);
        match Service::ALL.into_iter().find(|service| service.endpoint_name() == plain) {
            Some(service) => Self::Aws { service, fips },
            None => Self::Other(rest.to_owned()),
        }
    }
}

impl fmt::Display for ServiceName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
