//! IPv4 and IPv6: of which family the caller asks, and how one that has no IPv4 reaches a host that has nothing else.

use crate::answer::unique;
use crate::ground::Ground;
use crate::groups::Judged;
use crate::line::{At, Line};
use crate::model::fault::{Addresses, FaultKind, Severity};
use crate::model::trace::{Check, HopKind, Reach, Trace};
use crate::names::Names;
use crate::next::Aim;
use crate::outcome::{Outcome, Paths};
use crate::resolver::Resolver;
use crate::set::AddressSet;
use ipnet::IpNet;
use snapshot::ids::{RouteTableId, SubnetId, VpcId};
use snapshot::{Need, Operation, Truth};

impl Addresses {
    fn of(set: &AddressSet) -> Self {
        if set.meets(&AddressSet::nat64()) {
            Self::Nat64
        } else if set.meets(&AddressSet::family(true)) {
            Self::V6
        } else if set.meets(&AddressSet::public_v4()) {
            Self::V4
        } else {
            Self::Private
        }
    }
}

impl FaultKind {
    /// No route of the table takes these destinations.
    pub(crate) fn no_route(table: RouteTableId, subnet: Option<SubnetId>, destinations: &AddressSet) -> Self {
        Self::NoRoute {
            table,
            subnet,
            addresses: Addresses::of(destinations),
        }
    }
}

impl<'a> Ground<'a> {
    /// The public addresses of the caller's family. An IPv6-only caller reaches a host without IPv6 by NAT64; where it is not known
    /// whether the host has any, both ways must agree.
    pub(crate) fn to_public(&self, vpc: &VpcId, names: &Names<'a>, v6: bool) -> Outcome {
        let known = !v6 || self.target.quoted_address.is_some();
        match self.target.dual_stack.filter(|_| !known) {
            Some(false) => self.by_nat64(vpc, names),
            Some(true) => self.direct(vpc, names, v6),
            None if known => self.direct(vpc, names, v6),
            None => {
                let (native, mapped) = (self.direct(vpc, names, v6), self.by_nat64(vpc, names));
                native.agreeing(mapped)
            }
        }
    }

    fn direct(&self, vpc: &VpcId, names: &Names<'a>, v6: bool) -> Outcome {
        let destinations = self.destinations(v6);
        let mut trunk = self.base(names, destinations.set.clone(), v6, destinations.vague);
        trunk.rest_on(destinations.cites, []);
        trunk.shown_by(destinations.own);
        self.go(vpc, trunk, Aim::Public)
    }

    /// An IPv6-only caller and a host that has only IPv4: DNS64 answers with `64:ff9b::/96`, and without it there is no address to call.
    fn by_nat64(&self, vpc: &VpcId, names: &Names<'a>) -> Outcome {
        let subnet = self.subnet.filter(|found| found.value.enable_dns64.is_some());
        let dns64 = subnet.map(|found| found.value.enable_dns64 == Some(true));
        let mut trunk = self.base(names, AddressSet::nat64(), true, false);
        trunk.rest_on(subnet.map(|found| found.at.clone()), []);
        let resolver = self.resolver();
        if let Resolver::Known(_, cites) = &resolver {
            trunk.rest_on(cites.iter().cloned(), []);
        }
        let outcome = self.go(vpc, trunk.clone(), Aim::Public);
        // Other name servers may answer with another prefix, or without one: only groups that let no IPv6 out tell.
        let any_prefix = |needs| self.to_any_of(AddressSet::family(true), trunk.clone(), needs);
        match resolver {
            Resolver::Known(servers, _) if servers.custom.is_empty() => {}
            Resolver::Default(needs) if dns64 != Some(true) || outcome.verdict == Reach::Blocked => return any_prefix(needs),
            Resolver::Default(_) => {}
            Resolver::Known(..) | Resolver::Undocumented(..) => return any_prefix(Vec::new()),
        }
        match dns64 {
            Some(true) => outcome,
            Some(false) => self.unanswered(vpc, trunk, Truth::False, Vec::new()),
            // Blocked with DNS64, and without it all the more.
            None if outcome.verdict == Reach::Blocked => outcome,
            None => {
                let subnet = self.caller.subnet.iter();
                let call = |id: &SubnetId| self.call(Operation::Ec2DescribeSubnets).option("subnet-ids", id.as_str()).into();
                self.unanswered(vpc, trunk, Truth::Unknown, subnet.map(call).collect())
            }
        }
    }

    /// Whether the name has no address that the caller could call.
    fn unanswered(&self, vpc: &VpcId, trunk: Line, verdict: Truth, needs: Vec<Need>) -> Outcome {
        let table = self
            .caller
            .subnet
            .as_ref()
            .and_then(|subnet| self.table_of(subnet, Some(vpc)).value);
        let table = table.and_then(|found| found.value.route_table_id.clone()).unwrap_or_default();
        let kind = FaultKind::no_route(table, self.caller.subnet.clone(), &trunk.d);
        let mut line = trunk.onward(trunk.d.clone());
        let judged = Judged {
            needs,
            ..Judged::default()
        };
        line.judge_whole(&At::new(HopKind::Subnet, "", Check::Answer), verdict, judged, Some(kind));
        Paths {
            trunk,
            parts: vec![vec![line]],
            landings: false,
        }
        .settle()
    }

    /// Whether an interface that calls by IPv4 may as well call by IPv6: clients take either family where host and interface have both.
    pub(crate) fn may_call_by_v6(&self) -> bool {
        if self.target.quoted_address.is_some() || self.target.dual_stack == Some(false) && !self.may_answer_by_v6() {
            return false;
        }
        let described = self
            .caller
            .interface
            .as_ref()
            .and_then(|id| self.snapshot.ec2.network_interfaces.get(id));
        let own = described.into_iter().flat_map(|found| found.value.addresses());
        if own.chain(self.caller.private_ips.iter().copied()).any(|address| address.is_ipv6()) {
            return true;
        }
        let assigned = self.caller.private_ips.is_empty() && described.is_none();
        self.caller.ipv6.unwrap_or(true)
            && assigned
            && match self.subnet {
                Some(found) => {
                    found.value.assign_ipv6_address_on_creation != Some(false)
                        && found.value.cidrs().any(|cidr| matches!(cidr.0, IpNet::V6(_)))
                }
                None => self.vpc_may_have_v6(),
            }
    }

    /// Whether a name that has only IPv4 may be answered with IPv6 all the same: by DNS64, or by an interface endpoint for that family.
    fn may_answer_by_v6(&self) -> bool {
        let dns64 = self.subnet.is_none_or(|found| found.value.enable_dns64 != Some(false));
        let mut endpoints = self.snapshot.ec2.vpc_endpoints.iter();
        dns64 && self.vpc_may_have_v6()
            || endpoints.any(|found| {
                matches!(found.value.ip_address_type.as_deref(), Some("dualstack" | "ipv6")) && found.value.vpc_id == self.vpc_id
            })
    }

    /// Whether a subnet of the VPC may have IPv6: not where the VPC's own ranges have none.
    fn vpc_may_have_v6(&self) -> bool {
        self.vpc
            .is_none_or(|found| found.value.cidrs().any(|cidr| matches!(cidr.0, IpNet::V6(_))))
    }

    /// What has no IPv4 address calls by IPv6, else by IPv4: the subnet tells, else the caller's own addresses.
    pub(crate) fn calls_by_v6(&self) -> bool {
        if let Some(address) = self.target.quoted_address {
            return address.is_ipv6();
        }
        let own = &self.caller.private_ips;
        let told = self.subnet.and_then(|found| found.value.ipv6_native);
        told.unwrap_or_else(|| !own.is_empty() && own.iter().all(|address| address.is_ipv6()))
    }

    /// A call that only IPv4 could carry: in a VPC with IPv6 the subnet shows it.
    pub(crate) fn only_v4(&self, mut trace: Trace) -> Trace {
        if let Some(subnet) = self.subnet.filter(|_| self.vpc_may_have_v6()) {
            let shown = |cites: &mut Vec<_>| *cites = unique([std::mem::take(cites), vec![subnet.at.clone()]].concat());
            for fault in trace.faults.iter_mut().filter(|fault| fault.severity == Severity::Fail) {
                shown(&mut fault.evidence);
            }
            shown(&mut trace.evidence);
        }
        trace
    }

    /// A call that IPv4 does not carry: it is blocked only where IPv6 does not carry it either.
    pub(crate) fn either_family(&self, mut trace: Trace, other: Trace) -> Trace {
        trace.examined = self.examined();
        let fails = trace.faults.iter_mut().filter(|fault| fault.severity == Severity::Fail);
        if other.verdict == Reach::Blocked {
            for fault in fails {
                fault.evidence = unique([std::mem::take(&mut fault.evidence), other.evidence.clone()].concat());
                fault.assumes = unique([std::mem::take(&mut fault.assumes), other.assumes.clone()].concat());
            }
            trace.evidence = unique([trace.evidence, other.evidence].concat());
            trace.assumes = unique([trace.assumes, other.assumes].concat());
            return trace;
        }
        let mut needs = self.address_needs();
        needs.extend(other.needs);
        for fault in fails {
            fault.severity = Severity::Unknown;
            fault.needs.clone_from(&needs);
        }
        trace.verdict = Reach::Unknown;
        trace.witness = None;
        trace.assumes.clear();
        trace.needs = needs;
        trace
    }
}
