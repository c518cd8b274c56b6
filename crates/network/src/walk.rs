//! The walk itself: every way that the name may lead, each judged, and what all agree on.

use crate::ground::Ground;
use crate::line::Line;
use crate::model::caller::{Caller, Context, Target};
use crate::model::fault::{Fault, FaultKind, Severity};
use crate::model::trace::{Place, Reach, Trace, Via};
use crate::names::{Names, Way};
use crate::outcome::Outcome;
use crate::set::AddressSet;
use snapshot::ids::VpcId;
use snapshot::{Call, Citation, Need, Operation, Question, QuestionKind, Snapshot, Truth};

/// Walks from a caller to a target.
#[must_use]
pub fn walk(snapshot: &Snapshot, caller: &Caller, target: &Target, context: &Context) -> Trace {
    let ground = Ground::new(snapshot, caller, target, context);
    let v6 = ground.calls_by_v6();
    let Some(vpc) = ground.vpc_id.clone() else {
        return ground.nowhere();
    };
    let names = ground.names(&vpc, v6);
    let trace = ground.judge(&vpc, names, v6);
    if v6 || trace.verdict != Reach::Blocked {
        return trace;
    }
    if !ground.may_call_by_v6() {
        return ground.only_v4(trace);
    }
    let other = ground.judge(&vpc, ground.names(&vpc, true), true);
    ground.either_family(trace, other)
}

impl<'a> Ground<'a> {
    /// The VPC is not known: only what holds anywhere can be said.
    fn nowhere(&self) -> Trace {
        let needs: Vec<Need> = match &self.caller.subnet {
            Some(id) => vec![self.call(Operation::Ec2DescribeSubnets).option("subnet-ids", id.as_str()).into()],
            None => vec![Need::Question(Question {
                kind: QuestionKind::Subnet,
                subject: self.caller.subject.clone(),
            })],
        };
        let trunk = Line::new(AddressSet::none(), AddressSet::all(), false);
        let outcome = self.to_anywhere(trunk, needs.clone());
        self.trace(
            outcome.verdict,
            outcome,
            Vec::new(),
            needs,
            Vec::new(),
            Truth::Unknown,
            Place::Public,
        )
    }

    pub(crate) fn base(&self, names: &Names<'a>, d: AddressSet, v6: bool, vague: bool) -> Line {
        let source = self.source(v6);
        let mut line = Line::new(d, source.value.unwrap_or_else(AddressSet::all), vague);
        line.rest_on(names.cites.iter().cloned(), names.assumes.iter().cloned());
        line.shown_by(names.confirmed.iter().chain(&names.answers).cloned());
        line.shown_by(source.cites.iter().cloned());
        line.near = source.cites;
        line.rest_on(self.home.iter().chain(&self.caller.place).cloned(), []);
        line
    }

    /// Judges every way and takes what all agree on.
    fn judge(&self, vpc: &VpcId, mut names: Names<'a>, v6: bool) -> Trace {
        let primary = self.way(vpc, &names, &names.primary, v6);
        let hard: Vec<Outcome> = names.hard.iter().map(|way| self.way(vpc, &names, way, v6)).collect();
        let soft: Vec<Outcome> = names.soft.iter().map(|way| self.way(vpc, &names, way, v6)).collect();
        let all = |wanted: Reach, outcomes: &[Outcome]| outcomes.iter().all(|outcome| outcome.verdict == wanted);
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
                // The fault stops the call only because the other ways are blocked as well.
                for fault in outcome.faults.iter_mut().filter(|fault| fault.severity == Severity::Fail) {
                    fault.evidence.extend(other.evidence.iter().cloned());
                    fault.assumes.extend(other.assumes.iter().cloned());
                }
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
                Reach::Blocked => {
                    let mut left = left;
                    left.evidence.extend(outcome.evidence.iter().cloned());
                    left.assumes.extend(outcome.assumes.iter().cloned());
                    outcome.faults.push(left);
                }
                Reach::Unknown => outcome.faults.push(Fault {
                    severity: Severity::Unknown,
                    ..left
                }),
                Reach::Reachable => {}
            }
        }
        if let Some(mut custom) = names.custom.take() {
            // An endpoint for the service stands ready, and their answer led past it.
            let past = outcome
                .faults
                .iter()
                .any(|fault| matches!(fault.kind, FaultKind::NameWentPublic { .. }));
            if !past && (verdict != Reach::Unknown || !undecided) {
                custom.severity = Severity::Warn;
                custom.needs.clear();
            }
            outcome.faults.push(custom);
        }
        if verdict == Reach::Blocked {
            self.confirm(vpc, &names, &mut outcome, v6);
            self.nothing_leaves(&mut outcome);
        }
        outcome.faults.splice(0..0, names.faults.drain(..));
        let through = self.through(&names, &outcome, &hard);
        let place = if matches!(names.primary, Way::Public) && self.target.quoted_address.is_none() {
            Place::Public
        } else {
            self.place_of(&names.primary, v6)
        };
        self.trace(verdict, outcome, names.hops, settle_first, self.unseen(vpc), through, place)
    }

    /// A block of a private way rests on the defaults being in force, unless the evidence shows the public way blocked as well.
    fn confirm(&self, vpc: &VpcId, names: &Names<'a>, outcome: &mut Outcome, v6: bool) {
        let by_server = |fault: &Fault| matches!(fault.kind, FaultKind::DnsSupportDisabled { .. } | FaultKind::DnsPortBlocked { .. });
        if names.confirmed.is_empty() || matches!(names.primary, Way::Public) || outcome.faults.iter().any(by_server) {
            return;
        }
        let public = self.way(vpc, names, &Way::Public, v6);
        let shown = |evidence: &[Citation]| {
            let holds = |at: &Citation| evidence.iter().any(|own| own.document == at.document);
            public.verdict == Reach::Blocked && public.evidence.iter().all(holds)
        };
        let fails = outcome.faults.iter_mut().filter(|fault| fault.severity == Severity::Fail);
        for fault in fails.filter(|fault| !shown(&fault.evidence)) {
            fault.evidence.extend(names.confirmed.iter().cloned());
        }
        if !shown(&outcome.evidence) {
            outcome.evidence.extend(names.confirmed.iter().cloned());
        }
    }

    /// Groups that let nothing out stop the call wherever the name leads: then that is all there is to show.
    fn nothing_leaves(&self, outcome: &mut Outcome) {
        let is_lock = |fault: &Fault| matches!(fault.kind, FaultKind::SgEgressBlocked { .. }) && fault.severity == Severity::Fail;
        if !outcome.faults.iter().any(is_lock) {
            return;
        }
        let lock = |set: AddressSet| {
            let outcome = self.to_any_of(set, Line::new(AddressSet::none(), AddressSet::all(), false), Vec::new());
            outcome.faults.into_iter().find(is_lock)
        };
        // What has no IPv4 is stopped by groups that let no IPv6 out; its subnet tells.
        let by_family = || {
            let subnet = self.subnet.filter(|_| self.calls_by_v6())?;
            let mut lock = lock(AddressSet::family(true))?;
            lock.evidence.push(subnet.at.clone());
            Some(lock)
        };
        let Some(lock) = lock(AddressSet::all()).or_else(by_family) else {
            return;
        };
        for fault in outcome.faults.iter_mut().filter(|fault| is_lock(fault)) {
            fault.evidence.clone_from(&lock.evidence);
            fault.assumes.clone_from(&lock.assumes);
        }
        outcome.evidence = lock.evidence;
        outcome.assumes = lock.assumes;
    }

    pub(crate) fn place_of(&self, way: &Way<'a>, v6: bool) -> Place {
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
            // A hub's endpoint.
            Way::At(_) if outcome.via == Some(Via::InterfaceEndpoint) => Truth::True,
            Way::Public => match outcome.via {
                Some(Via::GatewayEndpoint) => Truth::True,
                Some(Via::InternetGateway | Via::NatGateway | Via::EgressOnlyGateway) => Truth::False,
                _ => Truth::Unknown,
            },
            _ => Truth::Unknown,
        };
        Truth::agreed(
            std::iter::once(of(&names.primary, primary)).chain(names.hard.iter().zip(hard).map(|(way, outcome)| of(way, outcome))),
        )
    }

    /// What few cases need and nobody pasted: a private zone could still answer for the name.
    fn unseen(&self, vpc: &VpcId) -> Vec<Need> {
        if self.target.quoted_address.is_some() || !self.snapshot.route53.zones.is_empty() {
            return Vec::new();
        }
        let mut call = Call::new(Operation::Route53ListHostedZonesByVpc).option("vpc-id", vpc.as_str());
        if let Some(region) = self.region() {
            call = call.option("vpc-region", region);
        }
        vec![call.into()]
    }
}
