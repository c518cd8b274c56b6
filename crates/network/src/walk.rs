//! The walk itself: every way that the name may lead, each judged, and what all agree on.

use crate::endpoints::{Doors, Landing};
use crate::ground::Ground;
use crate::groups::{Judged, Peer};
use crate::line::{At, Line};
use crate::model::caller::{Caller, Context, Target};
use crate::model::fault::{Fault, FaultKind, Severity};
use crate::model::trace::{Check, HopKind, Passage, Place, Reach, Trace, Via};
use crate::names::{Names, Way};
use crate::next::{Aim, From};
use crate::outcome::{Outcome, Paths};
use crate::set::AddressSet;
use snapshot::ec2::endpoint::VpcEndpoint;
use snapshot::ids::VpcId;
use snapshot::{
    Assumption, Call, Citation, Found, Need, Operation, Question, QuestionKind, Snapshot, Truth,
};

/// Walks from a caller to a target.
#[must_use]
pub fn walk(snapshot: &Snapshot, caller: &Caller, target: &Target, context: &Context) -> Trace {
    let ground = Ground::new(snapshot, caller, target, context);
    let v6 = ground.calls_by_v6();
    let Some(vpc) = ground.vpc_id.clone() else {
        return ground.nowhere();
    };
    let names = ground.names(&vpc, v6);
    ground.judge(&vpc, names, v6)
}

/// What the public addresses of the target may be.
struct Destinations {
    set: AddressSet,
    cites: Vec<Citation>,
    vague: bool,
}

impl<'a> Ground<'a> {
    /// An IPv6-only subnet calls by IPv6; a dual-stack one by IPv4, as Fargate's agent does.
    fn calls_by_v6(&self) -> bool {
        if let Some(address) = self.target.quoted_address {
            return address.is_ipv6();
        }
        self.subnet
            .is_some_and(|found| found.value.ipv6_native == Some(true))
    }

    /// The target's public addresses.
    fn destinations(&self, v6: bool) -> Destinations {
        if let Some(address) = self.target.quoted_address {
            return Destinations {
                set: AddressSet::addresses([address]),
                cites: self.target.quoted_at.iter().cloned().collect(),
                vague: false,
            };
        }
        let family = AddressSet::family(v6);
        if let Some((set, cites)) = self.service_ranges() {
            let set = set.intersection(&family);
            if !set.is_empty() {
                return Destinations {
                    set,
                    cites,
                    vague: false,
                };
            }
        }
        let vpc = self.vpc_ranges();
        let own = vpc.value.unwrap_or_default();
        if self.target.is_aws_public
            && let Some(found) = &self.snapshot.ec2.ip_ranges
        {
            let region = self
                .target
                .service
                .as_ref()
                .map(|service| service.region.as_str())
                .or(self.region());
            let published = found.value.prefixes.iter().filter(|prefix| {
                prefix.service == "AMAZON" && Some(prefix.region.as_str()) == region
            });
            let set = AddressSet::of(published.map(|prefix| prefix.cidr.0))
                .intersection(&family)
                .minus(&own);
            if !set.is_empty() {
                return Destinations {
                    set,
                    cites: vec![found.at.clone()],
                    vague: false,
                };
            }
        }
        let public = if v6 {
            AddressSet::public_v6()
        } else {
            AddressSet::public_v4()
        };
        Destinations {
            set: public.minus(&own),
            cites: vpc.cites,
            vague: true,
        }
    }

    /// The VPC is not known: only what holds anywhere can be said.
    fn nowhere(&self) -> Trace {
        let needs: Vec<Need> = match &self.caller.subnet {
            Some(id) => vec![
                self.call(Operation::Ec2DescribeSubnets)
                    .option("subnet-ids", id.as_str())
                    .into(),
            ],
            None => vec![Need::Question(Question {
                kind: QuestionKind::Subnet,
                subject: self.caller.subject.clone(),
            })],
        };
        let everywhere = self
            .target
            .quoted_address
            .map_or_else(AddressSet::all, |address| AddressSet::addresses([address]));
        let mut trunk = Line::new(everywhere.clone(), AddressSet::all(), false);
        let peer = Peer {
            set: &everywhere,
            groups: None,
            public: false,
        };
        let destination = Place::of(&everywhere);
        self.own_groups(&mut trunk, &peer, |groups| FaultKind::SgEgressBlocked {
            groups,
            destination,
            prefix_list: false,
            endpoint: None,
        });
        let mut line = trunk.onward(everywhere);
        let judged = Judged {
            needs: needs.clone(),
            ..Judged::default()
        };
        line.judge_whole(
            &At::new(HopKind::Subnet, "", Check::Route),
            Truth::Unknown,
            judged,
            None,
        );
        let outcome = Paths {
            trunk,
            parts: vec![vec![line]],
            landings: false,
        }
        .settle();
        let mut names = Vec::new();
        names.extend(needs);
        self.trace(
            outcome.verdict,
            outcome,
            Vec::new(),
            names,
            Vec::new(),
            Truth::Unknown,
            Place::Public,
        )
    }

    fn base(&self, names: &Names<'a>, d: AddressSet, v6: bool, vague: bool) -> Line {
        let source = self.source(v6);
        let mut line = Line::new(d, source.value.unwrap_or_else(AddressSet::all), vague);
        line.rest_on(names.cites.iter().cloned(), names.assumes.iter().cloned());
        line.rest_on(source.cites, []);
        line.rest_on(self.subnet.iter().map(|found| found.at.clone()), []);
        line
    }

    /// Judges every way and takes what all agree on.
    fn judge(&self, vpc: &VpcId, mut names: Names<'a>, v6: bool) -> Trace {
        let primary = self.way(vpc, &names, &names.primary, v6);
        let hard: Vec<Outcome> = names
            .hard
            .iter()
            .map(|way| self.way(vpc, &names, way, v6))
            .collect();
        let soft: Vec<Outcome> = names
            .soft
            .iter()
            .map(|way| self.way(vpc, &names, way, v6))
            .collect();
        let all = |wanted: Reach, outcomes: &[Outcome]| {
            outcomes.iter().all(|outcome| outcome.verdict == wanted)
        };
        let mut verdict = primary.verdict;
        if !all(verdict, &hard) || (verdict == Reach::Blocked && !all(verdict, &soft)) {
            verdict = Reach::Unknown;
        }
        let mut outcome = primary;
        let demoted = verdict == Reach::Unknown && outcome.verdict == Reach::Blocked;
        let undecided = verdict == Reach::Unknown && outcome.verdict != Reach::Unknown;
        let mut settle_first = Vec::new();
        if undecided {
            settle_first.extend(names.needs.iter().cloned());
            if demoted {
                settle_first.extend(names.default_needs.iter().cloned());
            }
        }
        for fault in &mut outcome.faults {
            if demoted && fault.severity == Severity::Fail {
                fault.severity = Severity::Unknown;
                fault.needs.extend(settle_first.iter().cloned());
            }
        }
        if verdict == Reach::Blocked {
            for other in hard.iter().chain(&soft) {
                outcome.evidence.extend(other.evidence.iter().cloned());
                outcome.assumes.extend(other.assumes.iter().cloned());
            }
        }
        if verdict == Reach::Reachable {
            for other in &hard {
                outcome.evidence.extend(other.evidence.iter().cloned());
                outcome.assumes.extend(other.assumes.iter().cloned());
            }
            outcome.assumes.extend(names.defaults.iter().cloned());
            settle_first.extend(names.default_needs.iter().cloned());
        }
        if verdict == Reach::Unknown && !undecided {
            settle_first.extend(names.needs.iter().cloned());
        }
        for other in &hard {
            if verdict == Reach::Unknown {
                outcome.needs.extend(other.needs.iter().cloned());
            }
        }
        // A name that stays public for want of host names works where the public path does.
        if let Some(left) = names.left_public.take()
            && !outcome.faults.iter().any(|fault| fault.kind == left.kind)
        {
            match verdict {
                Reach::Blocked => outcome.faults.push(left),
                Reach::Unknown => outcome.faults.push(Fault {
                    severity: Severity::Unknown,
                    ..left
                }),
                Reach::Reachable => {}
            }
        }
        if let Some(mut custom) = names.custom.take() {
            if verdict == Reach::Reachable || verdict == Reach::Blocked || !undecided {
                custom.severity = Severity::Warn;
                custom.needs.clear();
            }
            outcome.faults.push(custom);
        }
        outcome.faults.splice(0..0, names.faults.drain(..));
        let through = self.through(&names, &outcome, &hard);
        let place = if matches!(names.primary, Way::Public) && self.target.quoted_address.is_none()
        {
            Place::Public
        } else {
            self.place_of(&names.primary, v6)
        };
        self.trace(
            verdict,
            outcome,
            names.hops,
            settle_first,
            self.unseen(vpc),
            through,
            place,
        )
    }

    fn place_of(&self, way: &Way<'a>, v6: bool) -> Place {
        match way {
            Way::Endpoint(_, Some(set)) | Way::At(set) => Place::of(set),
            Way::Endpoint(found, None) => {
                let set = self
                    .landings(found, v6)
                    .iter()
                    .fold(AddressSet::none(), |set, landing| set.union(&landing.set));
                Place::of(&set)
            }
            _ => Place::of(&self.destinations(v6).set),
        }
    }

    /// Whether the call passes an endpoint, if it passes at all.
    fn through(&self, names: &Names<'a>, primary: &Outcome, hard: &[Outcome]) -> Truth {
        let of = |way: &Way<'a>, outcome: &Outcome| match way {
            Way::Endpoint(..) => Truth::True,
            Way::Unseen => Truth::True,
            Way::Public => match outcome.via {
                Some(Via::GatewayEndpoint) => Truth::True,
                Some(Via::InternetGateway | Via::NatGateway | Via::EgressOnlyGateway) => {
                    Truth::False
                }
                _ => Truth::Unknown,
            },
            _ => Truth::Unknown,
        };
        Truth::agreed(
            std::iter::once(of(&names.primary, primary)).chain(
                names
                    .hard
                    .iter()
                    .zip(hard)
                    .map(|(way, outcome)| of(way, outcome)),
            ),
        )
    }

    fn way(&self, vpc: &VpcId, names: &Names<'a>, way: &Way<'a>, v6: bool) -> Outcome {
        match way {
            Way::Endpoint(found, quoted) => self.to_endpoint(names, found, quoted.as_ref(), v6),
            Way::Unseen => self.to_unseen(names, v6),
            Way::Public => self.to_public(vpc, names, v6),
            Way::At(set) => self.to_addresses(vpc, names, set, v6),
            Way::Broken(fault) => {
                let mut fault = (**fault).clone();
                fault.evidence.extend(
                    names
                        .hops
                        .iter()
                        .flat_map(|hop| &hop.steps)
                        .filter(|step| step.verdict.is_false())
                        .flat_map(|step| step.citations.clone()),
                );
                let mut outcome = Outcome::unknown(Vec::new());
                outcome.verdict = Reach::Blocked;
                outcome.evidence.clone_from(&fault.evidence);
                if let FaultKind::EndpointNotAvailable { endpoint, .. } = &fault.kind {
                    outcome.via = Some(Via::InterfaceEndpoint);
                    outcome.endpoint = Some(endpoint.clone());
                }
                outcome.faults.push(fault);
                outcome
            }
            Way::Open => Outcome::unknown(names.needs.clone()),
        }
    }

    fn to_endpoint(
        &self,
        names: &Names<'a>,
        found: &'a Found<VpcEndpoint>,
        quoted: Option<&AddressSet>,
        v6: bool,
    ) -> Outcome {
        let mut landings = self.landings(found, v6);
        if let Some(quoted) = quoted {
            landings.retain(|landing| quoted.is_within(&landing.set));
            for landing in &mut landings {
                landing.set.clone_from(quoted);
            }
        }
        let doors = self.doors(found);
        let mut outcome = self.to_landings(names, &landings, &doors, v6);
        outcome.endpoint = found.value.vpc_endpoint_id.clone();
        outcome.via = Some(Via::InterfaceEndpoint);
        outcome
    }

    fn to_landings(
        &self,
        names: &Names<'a>,
        landings: &[Landing],
        doors: &Doors<'_>,
        v6: bool,
    ) -> Outcome {
        let all = landings
            .iter()
            .fold(AddressSet::none(), |set, landing| set.union(&landing.set));
        if all.is_empty() {
            return Outcome::unknown(vec![self.endpoints_need()]);
        }
        let mut trunk = self.base(names, all, v6, false);
        trunk.rest_on(doors.endpoint.map(|found| found.at.clone()), []);
        let parts = landings
            .iter()
            .map(|landing| {
                let mut line = trunk.onward(landing.set.clone());
                self.land(&mut line, landing, doors);
                vec![line]
            })
            .collect();
        Paths {
            trunk,
            parts,
            landings: true,
        }
        .settle()
    }

    /// An endpoint that was not pasted stands somewhere in the VPC: only what holds anywhere there counts.
    fn to_unseen(&self, names: &Names<'a>, v6: bool) -> Outcome {
        let ranges = self.vpc_ranges();
        let family = AddressSet::family(v6);
        let set = ranges
            .value
            .map_or_else(|| family.clone(), |set| set.intersection(&family));
        let needs = vec![self.endpoints_need()];
        let landing = Landing {
            interface: None,
            subnet: None,
            set,
            cites: ranges.cites,
            needs,
        };
        let mut outcome = self.to_landings(
            names,
            &[landing],
            &Doors {
                endpoint: None,
                groups: None,
            },
            v6,
        );
        outcome.via = None;
        outcome
    }

    fn to_public(&self, vpc: &VpcId, names: &Names<'a>, v6: bool) -> Outcome {
        let destinations = self.destinations(v6);
        if v6 && self.target.quoted_address.is_none() && self.target.dual_stack != Some(true) {
            return self.by_nat64(vpc, names);
        }
        let mut trunk = self.base(names, destinations.set.clone(), v6, destinations.vague);
        trunk.rest_on(destinations.cites, []);
        self.go(vpc, trunk, Aim::Public)
    }

    /// An IPv6-only caller and a host that may have only IPv4: DNS64 answers with `64:ff9b::/96`.
    fn by_nat64(&self, vpc: &VpcId, names: &Names<'a>) -> Outcome {
        let dns64 = self
            .subnet
            .is_some_and(|found| found.value.enable_dns64 == Some(true));
        if !dns64 || self.target.dual_stack.is_none() {
            return Outcome::unknown(Vec::new());
        }
        let Ok(net) = "64:ff9b::/96".parse() else {
            return Outcome::unknown(Vec::new());
        };
        let mut trunk = self.base(names, AddressSet::of([net]), true, false);
        trunk.rest_on(self.subnet.iter().map(|found| found.at.clone()), []);
        self.go(vpc, trunk, Aim::Public)
    }

    /// Private addresses that a zone or an error text names.
    fn to_addresses(&self, vpc: &VpcId, names: &Names<'a>, set: &AddressSet, v6: bool) -> Outcome {
        let ranges = self.vpc_ranges().value.unwrap_or_default();
        if set.is_within(&ranges) {
            let mut landings = Vec::new();
            let mut groups = None;
            for found in self
                .snapshot
                .ec2
                .network_interfaces
                .iter()
                .filter(|found| found.value.vpc_id.as_ref() == Some(vpc))
            {
                let here = AddressSet::addresses(found.value.addresses()).intersection(set);
                if !here.is_empty() {
                    groups = groups.or_else(|| found.value.group_ids());
                    landings.push(Landing {
                        interface: found.value.network_interface_id.clone(),
                        subnet: found.value.subnet_id.clone(),
                        set: here,
                        cites: vec![found.at.clone()],
                        needs: Vec::new(),
                    });
                }
            }
            let found = landings
                .iter()
                .fold(AddressSet::none(), |all, landing| all.union(&landing.set));
            let rest = set.minus(&found);
            if !rest.is_empty() {
                let needs =
                    vec![self.call_for_vpc(Operation::Ec2DescribeNetworkInterfaces, Some(vpc))];
                landings.push(Landing {
                    interface: None,
                    subnet: None,
                    set: rest,
                    cites: Vec::new(),
                    needs,
                });
                groups = None;
            }
            return self.to_landings(
                names,
                &landings,
                &Doors {
                    endpoint: None,
                    groups,
                },
                v6,
            );
        }
        let private = set
            .intersection(&if v6 {
                AddressSet::public_v6()
            } else {
                AddressSet::public_v4()
            })
            .is_empty();
        let trunk = self.base(names, set.clone(), v6, false);
        self.go(vpc, trunk, if private { Aim::Private } else { Aim::Public })
    }

    /// Out of the caller's interface and subnet, and on by its routes.
    fn go(&self, vpc: &VpcId, mut trunk: Line, aim: Aim) -> Outcome {
        let table = self
            .caller
            .subnet
            .as_ref()
            .map(|subnet| self.table_of(subnet, Some(vpc)));
        let found = table.as_ref().and_then(|table| table.value);
        let matches = found
            .map(|found| self.lookup(found, &trunk.d, aim == Aim::Public))
            .unwrap_or_default();
        let by_list = self.target.gateway
            && matches
                .iter()
                .flat_map(|part| &part.routes)
                .flatten()
                .any(|route| {
                    route.destination_prefix_list_id.is_some()
                        && route
                            .gateway_id
                            .as_deref()
                            .is_some_and(|id| id.starts_with("vpce-"))
                });
        let set = trunk.d.clone();
        let peer = Peer {
            set: &set,
            groups: None,
            public: aim == Aim::Public,
        };
        let destination = trunk.place(&set);
        self.own_groups(&mut trunk, &peer, |groups| FaultKind::SgEgressBlocked {
            groups,
            destination,
            prefix_list: by_list,
            endpoint: None,
        });
        self.cross_own(&mut trunk);
        let Some((table, found, subnet)) = table
            .as_ref()
            .zip(self.caller.subnet.as_ref())
            .and_then(|(table, subnet)| Some((table, table.value?, subnet)))
        else {
            let needs = table.map(|table| table.needs).unwrap_or_default();
            let judged = Judged {
                needs,
                ..Judged::default()
            };
            let kind = FaultKind::NoRoute {
                table: snapshot::ids::RouteTableId::default(),
                subnet: self.caller.subnet.clone(),
            };
            let mut line = trunk.onward(set);
            line.judge_whole(
                &At::new(HopKind::RouteTable, "", Check::Route),
                Truth::Unknown,
                judged,
                Some(kind),
            );
            return Paths {
                trunk,
                parts: vec![vec![line]],
                landings: false,
            }
            .settle();
        };
        let mut onward = trunk.clone();
        Self::rest_on_table(&mut onward, table);
        let from = From {
            table: found,
            subnet: Some(subnet),
            vpc,
        };
        let parts = matches
            .iter()
            .map(|part| self.leave(&onward, from, aim, part))
            .collect();
        let mut outcome = Paths {
            trunk,
            parts,
            landings: false,
        }
        .settle();
        if outcome.via == Some(Via::GatewayEndpoint) {
            let hop = outcome
                .hops
                .iter()
                .find(|hop| hop.kind == HopKind::GatewayEndpoint);
            outcome.endpoint = hop.and_then(|hop| hop.id.as_deref()).map(Into::into);
        }
        outcome
    }

    /// What few cases need and nobody pasted: a private zone could still answer for the name.
    fn unseen(&self, vpc: &VpcId) -> Vec<Need> {
        if self.target.quoted_address.is_some() || !self.snapshot.route53.zones.is_empty() {
            return Vec::new();
        }
        let mut call =
            Call::new(Operation::Route53ListHostedZonesByVpc).option("vpc-id", vpc.as_str());
        if let Some(region) = self.region() {
            call = call.option("vpc-region", region);
        }
        vec![call.into()]
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the parts of one answer, put together in one place"
    )]
    fn trace(
        &self,
        verdict: Reach,
        outcome: Outcome,
        mut hops: Vec<crate::model::trace::Hop>,
        first: Vec<Need>,
        unseen: Vec<Need>,
        through: Truth,
        destination: Place,
    ) -> Trace {
        hops.extend(outcome.hops);
        let mut assumes = unique(outcome.assumes);
        if verdict == Reach::Unknown {
            assumes.clear();
        }
        let mut needs = first;
        if verdict == Reach::Unknown {
            for fault in outcome
                .faults
                .iter()
                .filter(|fault| fault.severity == Severity::Unknown)
            {
                needs.extend(fault.needs.iter().cloned());
            }
            needs.extend(outcome.needs);
        }
        needs.extend(
            assumes
                .iter()
                .filter_map(|assumption| self.replaces(assumption)),
        );
        let witness = if verdict == Reach::Blocked {
            let fails = outcome
                .faults
                .iter()
                .filter(|fault| fault.severity == Severity::Fail);
            fails
                .into_iter()
                .find_map(|fault| fault.witness.clone())
                .map(|mut witness| {
                    if witness.port == 0 {
                        (witness.port, witness.last_port) = (self.target.port, self.target.port);
                    }
                    witness
                })
        } else {
            None
        };
        let mut faults = outcome.faults;
        for fault in &mut faults {
            fault.evidence = unique(std::mem::take(&mut fault.evidence));
            fault.needs = unique(std::mem::take(&mut fault.needs));
            fault.assumes = unique(std::mem::take(&mut fault.assumes));
            if let Some(witness) = fault.witness.as_mut().filter(|witness| witness.port == 0) {
                (witness.port, witness.last_port) = (self.target.port, self.target.port);
            }
        }
        let passage = Passage {
            through_endpoint: through,
            endpoints: outcome.endpoint.into_iter().collect(),
            vpc: self.vpc_id.clone().filter(|_| !through.is_false()),
            private_ips: Some(self.caller.private_ips.clone()).filter(|ips| !ips.is_empty()),
            public_ips: outcome.public_ips,
        };
        Trace {
            verdict,
            via: outcome.via,
            hops,
            faults,
            witness,
            evidence: unique(outcome.evidence),
            assumes,
            needs: unique(needs),
            unseen,
            passage,
            destination,
            examined: self.examined(),
        }
    }

    /// What would replace an assumption.
    fn replaces(&self, assumption: &Assumption) -> Option<Need> {
        match assumption {
            Assumption::BlockPublicAccessOff => Some(
                self.call(Operation::Ec2DescribeVpcBlockPublicAccessOptions)
                    .into(),
            ),
            Assumption::DnsSupportOn { .. } => Some(self.attribute_need("enableDnsSupport")),
            Assumption::DnsHostnamesOn { .. } => Some(self.attribute_need("enableDnsHostnames")),
            Assumption::Unfiltered { operation, .. } => Some(Need::Question(Question {
                kind: QuestionKind::ListingUnfiltered,
                subject: operation.name().to_owned(),
            })),
            _ => None,
        }
    }
}

/// Each once, in the order of first appearance.
fn unique<T: Ord + Clone>(items: Vec<T>) -> Vec<T> {
    let mut seen = std::collections::BTreeSet::new();
    items
        .into_iter()
        .filter(|item| seen.insert(item.clone()))
        .collect()
}
