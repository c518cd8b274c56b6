//! Private hosted zones: the most specific zone of the VPC answers, also where it has no such name (Route 53 Developer Guide,
//! "Considerations when working with a private hosted zone").

use crate::ground::Ground;
use crate::model::caller::name_matches;
use crate::set::AddressSet;
use snapshot::ec2::endpoint::VpcEndpoint;
use snapshot::ids::{HostedZoneId, VpcId};
use snapshot::route53::{HostedZone, RecordSet, RecordsOfZone};
use snapshot::{Call, Citation, Found, Need, Operation};
use std::net::IpAddr;

/// What a private zone answers for the target's host.
pub(crate) struct Shadow<'a> {
    pub(crate) zone: HostedZoneId,
    pub(crate) name: String,
    pub(crate) cites: Vec<Citation>,
    pub(crate) answer: ZoneAnswer<'a>,
}

pub(crate) enum ZoneAnswer<'a> {
    /// No such name: the lookup fails.
    Nothing,
    /// These addresses.
    Addresses(AddressSet),
    /// An endpoint, by its own name.
    Endpoint(&'a Found<VpcEndpoint>),
    /// Not known.
    Unknown(Vec<Need>),
}

fn bare(name: &str) -> String {
    name.trim_end_matches('.').to_ascii_lowercase()
}

impl<'a> Ground<'a> {
    /// The customer's zone that answers for the host in this VPC, and how many labels it has.
    pub(crate) fn shadow(&self, vpc: &VpcId, v6: bool) -> Option<(Shadow<'a>, usize)> {
        let host = bare(&self.target.host);
        let zones = self
            .snapshot
            .route53
            .zones
            .iter()
            .filter(|pasted| pasted.vpc.as_ref().is_none_or(|id| id == vpc));
        let covering = zones
            .flat_map(|pasted| pasted.zones.iter().map(move |zone| (pasted.vpc.is_some(), zone)))
            .filter(|(_, zone)| {
                let by_service = zone.value.owner.as_ref().is_some_and(|owner| owner.owning_service.is_some());
                let name = zone.value.name.as_deref().map(bare).unwrap_or_default();
                !by_service && !name.is_empty() && (host == name || host.ends_with(&format!(".{name}")))
            });
        let (sure, zone) = covering.max_by_key(|(_, zone)| zone.value.name.as_deref().map(bare).unwrap_or_default().len())?;
        let name = zone.value.name.as_deref().map(bare)?;
        let id = zone.value.hosted_zone_id.clone()?;
        let labels = name.split('.').count();
        let mut cites = vec![zone.at.clone()];
        let answer = if sure {
            self.zone_answer(&id, &name, &host, v6, zone, &mut cites)
        } else {
            ZoneAnswer::Unknown(vec![
                Call::new(Operation::Route53ListHostedZonesByVpc)
                    .option("vpc-id", vpc.as_str())
                    .into(),
            ])
        };
        Some((
            Shadow {
                zone: id,
                name,
                cites,
                answer,
            },
            labels,
        ))
    }

    /// The output with the zone's records: by the command, else by the record of the zone's own authority.
    fn records_of(&self, id: &HostedZoneId, name: &str) -> Option<&'a RecordsOfZone> {
        let all = &self.snapshot.route53.records;
        all.iter().find(|pasted| pasted.zone.as_ref() == Some(id)).or_else(|| {
            let mut by_name = all.iter().filter(|pasted| {
                pasted.zone.is_none()
                    && pasted
                        .records
                        .iter()
                        .any(|record| record.value.r#type.as_deref() == Some("SOA") && record.value.host().as_deref() == Some(name))
            });
            let only = by_name.next();
            if by_name.next().is_some() { None } else { only }
        })
    }

    fn zone_answer(
        &self,
        id: &HostedZoneId,
        name: &str,
        host: &str,
        v6: bool,
        zone: &Found<HostedZone>,
        cites: &mut Vec<Citation>,
    ) -> ZoneAnswer<'a> {
        let _ = zone;
        let ask = || {
            vec![Need::Call(
                Call::new(Operation::Route53ListResourceRecordSets).option("hosted-zone-id", id.as_str()),
            )]
        };
        let Some(pasted) = self.records_of(id, name) else {
            return ZoneAnswer::Unknown(ask());
        };
        let records = best_match(&pasted.records, host);
        if records.is_empty() {
            return match (pasted.whole, pasted.records.first()) {
                (true, first) => {
                    cites.extend(first.map(|record| record.at.clone()));
                    ZoneAnswer::Nothing
                }
                (false, _) => ZoneAnswer::Unknown(ask()),
            };
        }
        cites.extend(records.iter().map(|record| record.at.clone()));
        let kind = if v6 { "AAAA" } else { "A" };
        let mut addresses: Vec<IpAddr> = Vec::new();
        let mut named = None;
        let mut answered = false;
        for record in records {
            let record = &record.value;
            match record.r#type.as_deref() {
                Some(text) if text == kind => {
                    answered = true;
                    addresses.extend(
                        record
                            .resource_records
                            .iter()
                            .filter_map(|value| value.value.as_deref()?.trim().parse::<IpAddr>().ok()),
                    );
                    named = named.or_else(|| record.alias_target.as_ref().and_then(|target| target.dns_name.as_deref()));
                }
                Some("CNAME") => {
                    answered = true;
                    named = record.resource_records.first().and_then(|value| value.value.as_deref());
                }
                _ => {}
            }
        }
        if !addresses.is_empty() {
            return ZoneAnswer::Addresses(AddressSet::addresses(addresses));
        }
        match named {
            Some(named) => match self.endpoint_by_name(named) {
                Some(found) => {
                    cites.push(found.at.clone());
                    ZoneAnswer::Endpoint(found)
                }
                None => ZoneAnswer::Unknown(vec![match endpoint_id(&bare(named)) {
                    Some(id) => self.call(Operation::Ec2DescribeVpcEndpoints).option("vpc-endpoint-ids", &id).into(),
                    None => self.endpoints_need(),
                }]),
            },
            // The name is there, without an address of this family.
            None if !answered && pasted.whole => ZoneAnswer::Nothing,
            None => ZoneAnswer::Unknown(ask()),
        }
    }

    /// The endpoint that `vpce-0123-abcd.service.region.vpce.amazonaws.com` names.
    fn endpoint_by_name(&self, name: &str) -> Option<&'a Found<VpcEndpoint>> {
        let name = bare(name);
        let endpoints = &self.snapshot.ec2.vpc_endpoints;
        let by_entry = endpoints.iter().find(|found| {
            found
                .value
                .dns_entries
                .iter()
                .any(|entry| entry.dns_name.as_deref().map(bare).as_deref() == Some(name.as_str()))
        });
        by_entry.or_else(|| endpoints.get(&endpoint_id(&name)?.as_str().into()))
    }
}

/// The id that an endpoint's own name starts with.
fn endpoint_id(name: &str) -> Option<String> {
    let mut words = name.split('.').next()?.strip_prefix("vpce-")?.split('-');
    words.next().map(|id| format!("vpce-{id}"))
}

/// The records that answer for a host: those of its own name, else those of the closest wildcard.
fn best_match<'r>(records: &'r [Found<RecordSet>], host: &str) -> Vec<&'r Found<RecordSet>> {
    let named = |wanted: &str| -> Vec<&'r Found<RecordSet>> {
        records
            .iter()
            .filter(|record| record.value.host().as_deref() == Some(wanted))
            .collect()
    };
    let exact = named(host);
    if !exact.is_empty() {
        return exact;
    }
    let mut parent = host;
    while let Some((_, rest)) = parent.split_once('.') {
        parent = rest;
        let wildcard = format!("*.{parent}");
        if !name_matches(&wildcard, host) {
            return Vec::new();
        }
        let found = named(&wildcard);
        if !found.is_empty() {
            return found;
        }
        // A name that exists ends the search: a wildcard above it does not apply.
        if records.iter().any(|record| {
            record
                .value
                .host()
                .is_some_and(|name| name == parent || name.ends_with(&format!(".{parent}")) && !name.starts_with("*."))
        }) {
            return Vec::new();
        }
    }
    Vec::new()
}
