//! The resources of a snapshot, whatever their kind, by operation and id.

use crate::core::collection::{Collection, Contradiction, Key as _, Resource};
use crate::load::Snapshot;
use evidence::{Citation, Operation};
use std::any::Any;
use std::collections::BTreeMap;

/// A typed value that can be compared with another of its kind.
pub(super) trait Value {
    /// Itself, to be compared.
    fn any(&self) -> &dyn Any;
    /// Whether it says the same.
    fn same(&self, other: &dyn Value) -> bool;
}

impl<T: PartialEq + 'static> Value for T {
    fn any(&self) -> &dyn Any {
        self
    }

    fn same(&self, other: &dyn Value) -> bool {
        other.any().downcast_ref::<T>() == Some(self)
    }
}

/// One resource.
pub(super) struct Entry<'a> {
    /// Where it stands.
    pub(super) at: &'a Citation,
    /// What it says.
    pub(super) value: &'a dyn Value,
}

/// Resources by the operation that lists them and their key.
pub(super) type Entries<'a> = BTreeMap<(Operation, String), Entry<'a>>;

/// Does it for every kind of resource that has a collection of its own.
macro_rules! every_kind {
    ($snapshot:ident, $visit:ident, $into:ident; $($service:ident: $($kind:ident)*;)*) => { $($($visit(&$snapshot.$service.$kind, &mut $into);)*)* };
    ($snapshot:ident, $visit:ident, $into:ident) => {
        every_kind! {
            $snapshot, $visit, $into;
            ec2: vpcs subnets dhcp_options route_tables security_groups security_group_rules network_acls vpc_endpoints nat_gateways
                internet_gateways egress_only_internet_gateways peering_connections network_interfaces instances transit_gateways
                transit_gateway_attachments transit_gateway_vpc_attachments block_public_access_exclusions;
            ecs: tasks task_definitions services container_instances capacity_providers;
            iam: roles policies;
            secrets: secrets;
            ssm: parameters;
            kms: keys aliases;
            ecr: repositories images pull_through_rules;
            logs: groups;
            organizations: policies;
        }
    };
}

/// All resources that have a kind of their own.
pub(super) fn of(snapshot: &Snapshot) -> Entries<'_> {
    let mut all = Entries::new();
    every_kind!(snapshot, shelve, all);
    all
}

/// Resources that were pasted twice with different content, by what they are called, and the places of the one that counts and the other.
pub(super) fn contradictions(snapshot: &Snapshot) -> Vec<(String, &Contradiction)> {
    let mut all = Vec::new();
    every_kind!(snapshot, disagree, all);
    all
}

fn disagree<'a, T: Resource>(collection: &'a Collection<T>, all: &mut Vec<(String, &'a Contradiction)>) {
    for contradiction in collection.contradictions() {
        let used = collection.iter().find(|found| found.at == contradiction.used);
        let id = used.and_then(|found| found.value.id()).map(|id| shown(&id.key()));
        // One that a third state replaced has its own.
        all.extend(id.map(|id| (id, contradiction)));
    }
}

fn shelve<'a, T: Resource + 'static>(collection: &'a Collection<T>, all: &mut Entries<'a>) {
    for found in collection.iter() {
        let Some(id) = found.value.id() else { continue };
        let entry = Entry {
            at: &found.at,
            value: &found.value,
        };
        all.insert((T::LISTED_BY, id.key().into_owned()), entry);
    }
}

/// A key as a person reads it: the parts of a joined one with spaces between.
pub(super) fn shown(key: &str) -> String {
    let parts = key.split(['\u{0}', '\u{1}']).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" ")
}
