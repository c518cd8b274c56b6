//! The names that an interface endpoint answers for inside its VPC.

use crate::hosts::{Service, Variant, endpoint_host};
use crate::region::Region;
use std::fmt;

/// A name in an endpoint's private hosted zone: exact, or everything below it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DnsPattern {
    /// Whether it stands for every name below `name` and not for `name` itself (`*.dkr.ecr…`).
    pub wildcard: bool,
    /// The name, lower case, without final dot and without `*.`.
    pub name: String,
}

/// A private name and how sure it is that an endpoint has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PrivateName {
    /// The name.
    pub pattern: DnsPattern,
    /// Whether only endpoints made lately have it (the dual-stack names of ECR and Systems Manager):
    /// `describe-vpc-endpoints` (`DnsEntries`) tells.
    pub newer: bool,
}

impl DnsPattern {
    /// Reads a name as AWS prints it, with or without `*.` in front.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let text = text.trim_end_matches('.').to_ascii_lowercase();
        match text.strip_prefix("*.") {
            Some(name) => Self {
                wildcard: true,
                name: name.to_owned(),
            },
            None => Self {
                wildcard: false,
                name: text,
            },
        }
    }

    /// Whether the host is answered for. A DNS wildcard stands for one or more labels.
    #[must_use]
    pub fn covers(&self, host: &str) -> bool {
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        if self.wildcard {
            host.strip_suffix(self.name.as_str())
                .and_then(|head| head.strip_suffix('.'))
                .is_some_and(|head| !head.is_empty())
        } else {
            host == self.name
        }
    }
}

impl fmt::Display for DnsPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.wildcard { "*." } else { "" }, self.name)
    }
}

/// The private names of a service's interface endpoint in a Region (AWS PrivateLink, ECR and S3 user guides). A FIPS
/// endpoint has the FIPS name alone, the others do not have it. `S3` is the *interface* endpoint; a gateway endpoint has
/// no names.
#[must_use]
pub fn private_dns_names(service: Service, region: &Region, fips: bool) -> Vec<PrivateName> {
    let standard = if fips { Variant::Fips } else { Variant::Standard };
    let Some(host) = endpoint_host(service, region, standard) else {
        return Vec::new();
    };
    let name = |wildcard: bool, name: String, newer: bool| PrivateName {
        pattern: DnsPattern { wildcard, name },
        newer,
    };
    let dual = endpoint_host(service, region, Variant::of(true, fips));
    match service {
        Service::EcrDkr => {
            let mut names = vec![name(false, host.clone(), false), name(true, host, false)];
            if let Some(dual) = dual {
                names.extend([name(false, dual.clone(), true), name(true, dual, true)]);
            }
            names
        }
        Service::S3 => {
            let mut names = vec![name(false, host.clone(), false), name(true, host.clone(), false)];
            if let Some(rest) = host.strip_prefix("s3") {
                names.push(name(true, format!("s3-accesspoint{rest}"), false));
                names.push(name(true, format!("s3-control{rest}"), false));
            }
            names
        }
        Service::EcrApi | Service::Ssm => {
            let mut names = vec![name(false, host.clone(), false)];
            names.extend(dual.filter(|dual| *dual != host).map(|dual| name(false, dual, true)));
            names
        }
        _ => vec![name(false, host, false)],
    }
}
