//! What VPC flow logs recorded of the very call (Amazon VPC User Guide, "Flow log records").
//!
//! A REJECT at the task's interface proves that a security group or network ACL stopped the call then; an ACCEPT of the request and of
//! the answer proves the way then. That no record was pasted proves nothing, and a record never overrules what the configuration proves.

use crate::case::Case;
use network::{Direction, Place, Protocol, Reach, RuleRef, Target, Trace, Witness};
use snapshot::Citation;
use snapshot::ids::NetworkInterfaceId;
use snapshot::logs::FlowRecord;
use std::net::IpAddr;

/// IANA's number of TCP.
const TCP: u8 = 6;

/// Settles what the configuration leaves open.
pub(super) fn settle(case: &Case<'_>, interface: &NetworkInterfaceId, target: &Target, trace: &mut Trace) {
    if trace.verdict != Reach::Unknown || case.snapshot.logs.events.is_empty() {
        return;
    }
    let called = called(case, target, trace);
    if called.is_empty() {
        return;
    }
    let records: Vec<(FlowRecord, &Citation)> = case
        .snapshot
        .logs
        .events
        .iter()
        .filter_map(|found| Some((found.value.flow()?, &found.at)))
        .filter(|(record, _)| record.interface == interface.as_str() && record.protocol == TCP && in_its_life(case, record))
        .collect();
    let of = |address: IpAddr, direction: Direction| {
        records.iter().filter(move |(record, _)| match direction {
            Direction::Request => record.destination == address && record.destination_port == target.port,
            Direction::Answer => record.source == address && record.source_port == target.port,
        })
    };
    let both = [Direction::Request, Direction::Answer];
    let accepted = |address: IpAddr, direction: Direction| of(address, direction).find(|(record, _)| record.accepted);
    let ways = called
        .iter()
        .flat_map(|address| both.map(|direction| accepted(*address, direction)));
    let rejected = called
        .iter()
        .flat_map(|address| both.map(|direction| (direction, of(*address, direction).find(|(record, _)| !record.accepted))))
        .find_map(|(direction, found)| Some((direction, found?)));
    match (rejected, ways.collect::<Option<Vec<_>>>()) {
        (None, Some(ways)) => {
            trace.verdict = Reach::Reachable;
            trace.evidence.extend(ways.into_iter().map(|(_, at)| (*at).clone()));
        }
        // Of several addresses another may have been called.
        (Some((direction, (record, at))), None) if called.len() == 1 => {
            trace.verdict = Reach::Blocked;
            trace.evidence.push((*at).clone());
            trace.witness = Some(Witness {
                source: Place::Address(record.source),
                destination: Place::Address(record.destination),
                protocol: Protocol::Tcp,
                port: record.destination_port,
                last_port: record.destination_port,
                direction,
                rule: RuleRef::None,
            });
        }
        _ => {}
    }
}

/// The addresses that only this call goes to: the one that the error quotes, else those of the endpoint that carries it.
fn called(case: &Case<'_>, target: &Target, trace: &Trace) -> Vec<IpAddr> {
    if let Some(address) = target.quoted_address {
        return vec![address];
    }
    let [endpoint] = trace.passage.endpoints.as_slice() else {
        return Vec::new();
    };
    let Some(found) = case.snapshot.ec2.vpc_endpoints.get(endpoint) else {
        return Vec::new();
    };
    let interfaces = found.value.network_interface_ids.iter();
    let addresses = interfaces.map(|id| {
        let interface = case.snapshot.ec2.network_interfaces.get(id)?;
        interface.value.addresses().into_iter().find(IpAddr::is_ipv4)
    });
    addresses.collect::<Option<Vec<_>>>().unwrap_or_default()
}

/// Whether the record's window meets the task's life, as far as that is known.
fn in_its_life(case: &Case<'_>, record: &FlowRecord) -> bool {
    let Some(task) = case.task else { return false };
    let after = |time: Option<snapshot::Time>| time.is_none_or(|time| record.end.saturating_mul(1000) >= time.0);
    let before = |time: Option<snapshot::Time>| time.is_none_or(|time| record.start.saturating_mul(1000) <= time.0);
    after(task.value.created_at) && before(task.value.stopped_at)
}
