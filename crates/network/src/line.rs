//! The book-keeping of one path: which destinations and sources surely pass, which surely fail, and why.

mod joined;

use crate::groups::Judged;
use crate::model::fault::{Fault, FaultKind, RuleRef, Severity};
use crate::model::trace::{Check, Direction, Hop, HopKind, Place, Protocol, Step, Via, Witness};
use crate::set::AddressSet;
use snapshot::{Assumption, Citation, Need, Truth};
use std::net::IpAddr;

/// A fault with the destinations that it surely stops.
#[derive(Clone, Debug)]
pub(crate) struct Raw {
    pub(crate) fault: Fault,
    pub(crate) fails: AddressSet,
}

/// Which end a judgement is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Destination,
    Source,
}

/// Where a judgement is made.
#[derive(Clone, Debug)]
pub(crate) struct At {
    pub(crate) kind: HopKind,
    pub(crate) id: Option<String>,
    pub(crate) check: Check,
}

impl At {
    pub(crate) fn new(kind: HopKind, id: impl Into<String>, check: Check) -> Self {
        let id = id.into();
        Self {
            kind,
            id: Some(id).filter(|id| !id.is_empty()),
            check,
        }
    }
}

/// The packet that a judgement is about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Packet {
    pub(crate) protocol: Protocol,
    pub(crate) direction: Direction,
    pub(crate) ports: (u16, u16),
}

impl Packet {
    pub(crate) fn request(port: u16) -> Self {
        Self {
            protocol: Protocol::Tcp,
            direction: Direction::Request,
            ports: (port, port),
        }
    }
}

/// One path, or a stretch of it, for a set of destinations and a set of sources.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) d: AddressSet,
    pub(crate) s: AddressSet,
    /// Who sends the packets from here on, where a NAT gateway took the caller's place.
    pub(crate) sender: Option<AddressSet>,
    /// The destinations are an unknown public set, of which a small part may be neglected.
    pub(crate) vague: bool,
    pass_d: AddressSet,
    fail_d: AddressSet,
    pass_s: AddressSet,
    fail_s: AddressSet,
    whole: Truth,
    pub(crate) hops: Vec<Hop>,
    pub(crate) faults: Vec<Raw>,
    /// What determined the path so far: cited with every fault further on.
    pub(crate) base: Vec<Citation>,
    /// Listings taken as complete on the path so far.
    pub(crate) base_assumes: Vec<Assumption>,
    /// What tells the destinations and what tells the sources: cited with the faults whose filters compare that end.
    pub(crate) far: Vec<Citation>,
    pub(crate) near: Vec<Citation>,
    /// Everything that a pass rests on.
    pub(crate) evidence: Vec<Citation>,
    pub(crate) assumes: Vec<Assumption>,
    pub(crate) needs: Vec<Need>,
    pub(crate) via: Option<Via>,
    pub(crate) public_ips: Option<Vec<IpAddr>>,
}

impl Line {
    pub(crate) fn new(d: AddressSet, s: AddressSet, vague: bool) -> Self {
        Self {
            pass_d: d.clone(),
            pass_s: s.clone(),
            d,
            s,
            sender: None,
            vague,
            fail_d: AddressSet::none(),
            fail_s: AddressSet::none(),
            whole: Truth::True,
            hops: Vec::new(),
            faults: Vec::new(),
            base: Vec::new(),
            base_assumes: Vec::new(),
            far: Vec::new(),
            near: Vec::new(),
            evidence: Vec::new(),
            assumes: Vec::new(),
            needs: Vec::new(),
            via: None,
            public_ips: None,
        }
    }

    /// A stretch that follows this one for some of the destinations.
    pub(crate) fn onward(&self, d: AddressSet) -> Self {
        let mut line = Self::new(d, self.s.clone(), self.vague);
        line.base.clone_from(&self.base);
        line.base_assumes.clone_from(&self.base_assumes);
        line.sender.clone_from(&self.sender);
        line.far.clone_from(&self.far);
        line.near.clone_from(&self.near);
        line
    }

    /// Destinations that surely pass.
    pub(crate) fn reach(&self) -> AddressSet {
        if self.whole.is_true() && self.s.is_within(&self.pass_s) {
            self.d.intersection(&self.pass_d)
        } else {
            AddressSet::none()
        }
    }

    /// Destinations that surely do not.
    pub(crate) fn blocked(&self) -> AddressSet {
        if self.whole.is_false() || (!self.s.is_empty() && self.s.is_within(&self.fail_s)) {
            self.d.clone()
        } else {
            self.d.intersection(&self.fail_d)
        }
    }

    /// Adds what determines the path, without a judgement.
    pub(crate) fn rest_on(&mut self, cites: impl IntoIterator<Item = Citation>, assumes: impl IntoIterator<Item = Assumption>) {
        let cites: Vec<Citation> = cites.into_iter().collect();
        let assumes: Vec<Assumption> = assumes.into_iter().collect();
        self.evidence.extend(cites.iter().cloned());
        self.assumes.extend(assumes.iter().cloned());
        self.base.extend(cites);
        self.base_assumes.extend(assumes);
    }

    /// Adds what a pass rests on and no fault further on does.
    pub(crate) fn shown_by(&mut self, cites: impl IntoIterator<Item = Citation>) {
        self.evidence.extend(cites);
    }

    pub(crate) fn step(&mut self, at: &At, verdict: Truth, rule: RuleRef, citations: Vec<Citation>) {
        let step = Step {
            check: at.check,
            verdict,
            rule,
            citations,
        };
        match self.hops.last_mut() {
            Some(hop) if hop.kind == at.kind && hop.id == at.id => {
                hop.verdict = hop.verdict.and(verdict);
                hop.steps.push(step);
            }
            _ => self.hops.push(Hop {
                kind: at.kind,
                id: at.id.clone(),
                verdict,
                steps: vec![step],
            }),
        }
    }

    /// A judgement about the whole stretch.
    pub(crate) fn judge_whole(&mut self, at: &At, verdict: Truth, judged: Judged, kind: Option<FaultKind>) {
        self.judge_packet(at, verdict, judged, kind, None);
    }

    /// A judgement about the way of all answers, which come back to these ports.
    pub(crate) fn judge_answer(&mut self, at: &At, ports: (u16, u16), verdict: Truth, judged: Judged, kind: Option<FaultKind>) {
        let witness = Witness {
            source: self.place(&self.d),
            destination: self.sender(),
            protocol: Protocol::Tcp,
            port: ports.0,
            last_port: ports.1,
            direction: Direction::Answer,
            rule: judged.rule.clone().unwrap_or(RuleRef::None),
        };
        self.judge_packet(at, verdict, judged, kind, Some(witness));
    }

    fn judge_packet(&mut self, at: &At, verdict: Truth, judged: Judged, kind: Option<FaultKind>, witness: Option<Witness>) {
        self.step(at, verdict, judged.rule.clone().unwrap_or(RuleRef::None), judged.cites.clone());
        self.whole = self.whole.and(verdict);
        match verdict {
            Truth::True => self.passes(judged),
            _ => {
                let fails = if verdict.is_false() { self.d.clone() } else { AddressSet::none() };
                self.fails(kind, judged, fails, witness);
            }
        }
    }

    /// A judgement about one end's addresses: `pass` and `fail` of `judged` are sets of that end.
    pub(crate) fn judge(&mut self, at: &At, end: End, packet: Packet, mut judged: Judged, kind: impl FnOnce(&Judged) -> FaultKind) {
        let set = if end == End::Destination { &self.d } else { &self.s };
        let verdict = if set.is_within(&judged.pass) {
            Truth::True
        } else if !set.is_empty() && set.is_within(&judged.fail) {
            Truth::False
        } else {
            Truth::Unknown
        };
        self.step(at, verdict, judged.rule.clone().unwrap_or(RuleRef::None), judged.cites.clone());
        match end {
            End::Destination => {
                self.pass_d = self.pass_d.intersection(&judged.pass);
                self.fail_d = self.fail_d.union(&judged.fail.intersection(&self.d));
            }
            End::Source => {
                self.pass_s = self.pass_s.intersection(&judged.pass);
                self.fail_s = self.fail_s.union(&judged.fail.intersection(&self.s));
            }
        }
        judged
            .cites
            .extend_from_slice(if end == End::Destination { &self.far } else { &self.near });
        if verdict.is_true() {
            self.passes(judged);
            return;
        }
        let fails = match end {
            End::Destination => judged.fail.intersection(&self.d),
            End::Source if verdict.is_false() => self.d.clone(),
            End::Source => AddressSet::none(),
        };
        let refused = match end {
            End::Destination if fails.is_empty() => self.d.clone(),
            End::Destination => fails.clone(),
            End::Source => self.s.clone(),
        };
        let (far, near) = match end {
            End::Destination => (self.place(&refused), self.sender()),
            End::Source => (self.place(&self.d), Place::of(&refused)),
        };
        let (source, destination) = if packet.direction == Direction::Request {
            (near, far)
        } else {
            (far, near)
        };
        let witness = Witness {
            source,
            destination,
            protocol: packet.protocol,
            port: packet.ports.0,
            last_port: packet.ports.1,
            direction: packet.direction,
            rule: judged.rule.clone().unwrap_or(RuleRef::None),
        };
        let kind = kind(&judged);
        // What passes a vague set but for a negligible part needs its citations too.
        self.evidence.extend(judged.cites.iter().cloned());
        self.fails(Some(kind), judged, fails, Some(witness));
    }

    /// Something proven that does not stop this call.
    pub(crate) fn warn(&mut self, kind: FaultKind, cites: Vec<Citation>, intermittent: bool) {
        let mut evidence = self.base.clone();
        evidence.extend(cites);
        let fault = Fault {
            kind,
            severity: Severity::Warn,
            intermittent,
            part: Vec::new(),
            evidence,
            needs: Vec::new(),
            assumes: self.base_assumes.clone(),
            witness: None,
        };
        self.faults.push(Raw {
            fault,
            fails: AddressSet::none(),
        });
    }

    fn passes(&mut self, judged: Judged) {
        self.evidence.extend(judged.cites);
        self.assumes.extend(judged.assumes);
    }

    fn fails(&mut self, kind: Option<FaultKind>, judged: Judged, fails: AddressSet, witness: Option<Witness>) {
        self.needs.extend(judged.needs.iter().cloned());
        let Some(kind) = kind else { return };
        let mut evidence = self.base.clone();
        evidence.extend(judged.cites);
        let mut assumes = self.base_assumes.clone();
        assumes.extend(judged.assumes);
        let witness = witness.or_else(|| {
            Some(Witness {
                source: self.sender(),
                destination: self.place(&self.d),
                protocol: Protocol::Tcp,
                port: 0,
                last_port: 0,
                direction: Direction::Request,
                rule: judged.rule.clone().unwrap_or(RuleRef::None),
            })
        });
        let fault = Fault {
            kind,
            severity: Severity::Unknown,
            intermittent: false,
            part: Vec::new(),
            evidence,
            needs: judged.needs,
            assumes,
            witness,
        };
        self.faults.push(Raw { fault, fails });
    }

    /// This end of the packets that pass here.
    fn sender(&self) -> Place {
        Place::of(self.sender.as_ref().unwrap_or(&self.s))
    }

    pub(crate) fn place(&self, set: &AddressSet) -> Place {
        if self.vague && *set == self.d {
            Place::Public
        } else {
            Place::of(set)
        }
    }
}

impl Place {
    pub(crate) fn of(set: &AddressSet) -> Self {
        match set.only() {
            Some(one) => Self::Address(one),
            None => Self::Ranges(set.nets()),
        }
    }
}
