//! A path and what follows it, put together.

use super::{Line, Raw};
use crate::set::AddressSet;
use snapshot::{Assumption, Truth};

impl Line {
    /// Takes in what follows for some of the destinations: its candidates, of which one is real.
    pub(crate) fn absorb(&mut self, part: &AddressSet, legs: Vec<Self>) {
        let mut sets = legs.iter().map(|leg| (leg.reach(), leg.blocked()));
        let Some((mut reach, mut blocked)) = sets.next() else {
            return;
        };
        for (surely, never) in sets {
            reach = reach.intersection(&surely);
            blocked = blocked.intersection(&never);
        }
        let others = self.d.minus(part);
        self.pass_d = self.pass_d.intersection(&reach.union(&others));
        self.fail_d = self.fail_d.union(&blocked);
        for mut leg in legs {
            self.hops.append(&mut leg.hops);
            for mut raw in leg.faults {
                raw.fails = raw.fails.intersection(&blocked);
                match self.faults.iter_mut().find(|present| present.fault.kind == raw.fault.kind) {
                    Some(present) => present.fails = present.fails.union(&raw.fails),
                    None => self.faults.push(raw),
                }
            }
            self.evidence.append(&mut leg.evidence);
            self.assumes.append(&mut leg.assumes);
            self.needs.append(&mut leg.needs);
        }
    }

    /// Takes in what follows where the addresses are other ones (NAT64): it decides about the whole stretch.
    pub(crate) fn absorb_whole(&mut self, mut beyond: Self) {
        let (reach, blocked) = (beyond.reach(), beyond.blocked());
        let verdict = if beyond.covered_by(&blocked) {
            Truth::False
        } else if beyond.covered_by(&reach) {
            Truth::True
        } else {
            Truth::Unknown
        };
        self.whole = self.whole.and(verdict);
        self.assumes.extend(
            beyond
                .neglected(if verdict.is_false() { &blocked } else { &reach })
                .filter(|_| verdict != Truth::Unknown),
        );
        let alone = beyond.faults.iter().any(|raw| beyond.covered_by(&raw.fails));
        for raw in &beyond.faults {
            let counts = verdict.is_false()
                && if alone {
                    beyond.covered_by(&raw.fails)
                } else {
                    !raw.fails.is_empty()
                };
            self.faults.push(Raw {
                fault: raw.fault.clone(),
                fails: if counts { self.d.clone() } else { AddressSet::none() },
            });
        }
        self.hops.append(&mut beyond.hops);
        self.evidence.append(&mut beyond.evidence);
        self.assumes.append(&mut beyond.assumes);
        self.needs.append(&mut beyond.needs);
    }

    /// Whether a set holds all destinations that matter: a small part of an unknown public set is neglected.
    pub(crate) fn covered_by(&self, set: &AddressSet) -> bool {
        let rest = self.d.minus(set);
        !set.is_empty() && (rest.is_empty() || (self.vague && rest.negligible()))
    }

    /// The part that a verdict about a set neglects.
    pub(crate) fn neglected(&self, set: &AddressSet) -> Option<Assumption> {
        let rest = self.d.minus(set);
        (!rest.is_empty()).then(|| Assumption::PartNeglected {
            cidrs: rest.nets().iter().map(ToString::to_string).collect(),
        })
    }
}
