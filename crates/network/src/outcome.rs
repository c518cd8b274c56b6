//! From lines to a verdict: what holds for every destination, and which faults are proven.

use crate::line::{Line, Raw};
use crate::model::fault::{Fault, Severity};
use crate::model::trace::{Hop, Reach, Via};
use crate::set::AddressSet;
use snapshot::ids::VpcEndpointId;
use snapshot::{Assumption, Citation, Need};
use std::net::IpAddr;

/// The answer for one way that the name may lead.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    pub(crate) verdict: Reach,
    pub(crate) via: Option<Via>,
    pub(crate) hops: Vec<Hop>,
    pub(crate) faults: Vec<Fault>,
    pub(crate) evidence: Vec<Citation>,
    pub(crate) assumes: Vec<Assumption>,
    pub(crate) needs: Vec<Need>,
    pub(crate) public_ips: Option<Vec<IpAddr>>,
    pub(crate) endpoint: Option<VpcEndpointId>,
}

impl Outcome {
    pub(crate) fn unknown(needs: Vec<Need>) -> Self {
        Self {
            verdict: Reach::Unknown,
            via: None,
            hops: Vec::new(),
            faults: Vec::new(),
            evidence: Vec::new(),
            assumes: Vec::new(),
            needs,
            public_ips: None,
            endpoint: None,
        }
    }
}

impl Outcome {
    /// What holds whichever of two ways is taken.
    pub(crate) fn agreeing(mut self, other: Self) -> Self {
        if self.verdict != other.verdict {
            let needs = self.needs.into_iter().chain(other.needs).collect();
            return Self::unknown(needs);
        }
        self.evidence.extend(other.evidence);
        self.assumes.extend(other.assumes);
        self.needs.extend(other.needs);
        // Each of their faults stops one way: it is the cause only together with the other's.
        for fault in self.faults.iter_mut().filter(|fault| fault.severity == Severity::Fail) {
            fault.evidence.extend(self.evidence.iter().cloned());
            fault.assumes.extend(self.assumes.iter().cloned());
        }
        self
    }
}

/// The stretch that all destinations share, and what follows: for each part its candidates, of which one is real.
pub(crate) struct Paths {
    pub(crate) trunk: Line,
    pub(crate) parts: Vec<Vec<Line>>,
    /// Each part is an interface of its own: any may be chosen.
    pub(crate) landings: bool,
}

struct Sum {
    reach: AddressSet,
    blocked: AddressSet,
}

impl Paths {
    fn sum(&self) -> Sum {
        let (mut reach, mut blocked) = (AddressSet::none(), AddressSet::none());
        for part in &self.parts {
            let mut candidates = part.iter();
            let Some(first) = candidates.next() else {
                continue;
            };
            let (mut surely, mut never) = (first.reach(), first.blocked());
            for other in candidates {
                surely = surely.intersection(&other.reach());
                never = never.intersection(&other.blocked());
            }
            reach = reach.union(&surely);
            blocked = blocked.union(&never);
        }
        Sum {
            reach: reach.intersection(&self.trunk.reach()),
            blocked: blocked.union(&self.trunk.blocked()),
        }
    }

    /// Every fault once, with all that it stops.
    fn raws(&self) -> Vec<Raw> {
        let mut raws: Vec<Raw> = self.trunk.faults.clone();
        for part in &self.parts {
            let all_blocked = part.iter().skip(1).fold(None, |set: Option<AddressSet>, line| {
                Some(set.map_or_else(|| line.blocked(), |set| set.intersection(&line.blocked())))
            });
            for line in part {
                for raw in &line.faults {
                    let mut raw = raw.clone();
                    if let Some(all) = &all_blocked {
                        raw.fails = raw.fails.intersection(all);
                    }
                    match raws.iter_mut().find(|present| present.fault.kind == raw.fault.kind) {
                        Some(present) => {
                            present.fails = present.fails.union(&raw.fails);
                            present.fault.evidence.extend(raw.fault.evidence);
                            present.fault.needs.extend(raw.fault.needs);
                            present.fault.assumes.extend(raw.fault.assumes);
                        }
                        None => raws.push(raw),
                    }
                }
            }
        }
        raws
    }

    /// The verdict, with its proof.
    pub(crate) fn settle(mut self) -> Outcome {
        let sum = self.sum();
        let verdict = if self.trunk.covered_by(&sum.blocked) {
            Reach::Blocked
        } else if self.trunk.covered_by(&sum.reach) {
            Reach::Reachable
        } else {
            Reach::Unknown
        };
        let raws = self.raws();
        let any_full = raws.iter().any(|raw| self.trunk.covered_by(&raw.fails));
        let mut faults = Vec::new();
        for raw in raws {
            let full = self.trunk.covered_by(&raw.fails);
            let mut fault = raw.fault;
            if fault.severity != Severity::Warn {
                match verdict {
                    Reach::Reachable => continue,
                    Reach::Blocked if full || (!any_full && !raw.fails.is_empty()) => fault.severity = Severity::Fail,
                    Reach::Unknown if self.landings && self.parts.iter().any(|part| stops(part, &raw.fails)) => {
                        fault.severity = Severity::Warn;
                        fault.intermittent = true;
                    }
                    _ => {}
                }
                if full && verdict == Reach::Blocked {
                    fault.assumes.extend(self.trunk.neglected(&raw.fails));
                }
                if !full && !raw.fails.is_empty() {
                    fault.part = raw.fails.nets();
                }
            }
            faults.push(fault);
        }
        self.outcome(verdict, &sum, faults)
    }

    fn outcome(&mut self, verdict: Reach, sum: &Sum, faults: Vec<Fault>) -> Outcome {
        let mut evidence = Vec::new();
        let mut assumes = Vec::new();
        let lines = || std::iter::once(&self.trunk).chain(self.parts.iter().flatten());
        match verdict {
            Reach::Blocked => {
                let fails: Vec<&Fault> = faults.iter().filter(|fault| fault.severity == Severity::Fail).collect();
                let whole: Vec<&Fault> = fails.iter().copied().filter(|fault| fault.part.is_empty()).collect();
                let chosen: Vec<&Fault> = match whole.into_iter().min_by_key(|fault| (fault.assumes.len(), fault.evidence.len())) {
                    Some(best) => vec![best],
                    None => fails,
                };
                for fault in chosen {
                    evidence.extend(fault.evidence.iter().cloned());
                    assumes.extend(fault.assumes.iter().cloned());
                }
                assumes.extend(self.trunk.neglected(&sum.blocked));
            }
            Reach::Reachable => {
                for line in lines() {
                    evidence.extend(line.evidence.iter().cloned());
                    assumes.extend(line.assumes.iter().cloned());
                }
                assumes.extend(self.trunk.neglected(&sum.reach));
            }
            Reach::Unknown => {
                for line in lines() {
                    evidence.extend(line.evidence.iter().cloned());
                }
            }
        }
        let needs = lines().flat_map(|line| line.needs.iter().cloned()).collect();
        // The way that most of the destinations take stands for all.
        let main = self.parts.iter().filter_map(|part| part.first()).max_by_key(|line| line.d.size());
        let mut hops = self.trunk.hops.clone();
        hops.extend(main.map(|line| line.hops.clone()).unwrap_or_default());
        let public_ips = main.and_then(|line| line.public_ips.clone());
        let via = main.and_then(|line| line.via);
        Outcome {
            verdict,
            via,
            hops,
            faults,
            evidence,
            assumes,
            needs,
            public_ips,
            endpoint: None,
        }
    }
}

/// Whether a fault stops all of one interface.
fn stops(part: &[Line], fails: &AddressSet) -> bool {
    part.iter().any(|line| !line.d.is_empty() && line.d.is_within(fails))
}
