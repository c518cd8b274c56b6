//! Everything that was judged of a case: what the findings' files read.

use crate::case::Case;
use crate::model::{DestinationReport, ReferenceReport, ReferenceVerdict, SubnetReport};
use crate::requirements::{Requirement, Use};
use network::{Reach, Trace};
use snapshot::Assumption;
use snapshot::ids::SubnetId;

/// A case with its judgements.
#[derive(Debug)]
pub struct Judged<'a> {
    /// The case.
    pub case: &'a Case<'a>,
    /// One for each requirement, in the catalogue's order.
    pub destinations: Vec<Judgement>,
}

/// What was judged of one requirement.
#[derive(Debug)]
pub struct Judgement {
    /// The requirement.
    pub requirement: Requirement,
    /// The walk from each subnet that the task got or may get; the first is the failed task's own. Empty where nothing on the network is judged.
    pub walks: Vec<Walk>,
    /// Every call.
    pub calls: Vec<crate::authorization::Judgement>,
    /// Every reference.
    pub references: Vec<crate::existence::Judgement>,
}

/// Whether a walk is the failed task's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// The call leaves from here.
    Own,
    /// The call leaves from here or from another place of this kind: the task is not placed yet, or it is not documented which
    /// interface calls. Only what holds for all of them is proven.
    Possible,
    /// Another subnet of the task's service: where the next task may be placed.
    Sibling,
}

/// The walk from one subnet.
#[derive(Debug)]
pub struct Walk {
    /// Whether the failed task calls from here.
    pub whose: Whose,
    /// The subnet; `None` where it is not known.
    pub subnet: Option<SubnetId>,
    /// The trace.
    pub trace: Trace,
}

impl<'a> Judged<'a> {
    /// Judges a case: the walk first, since the calls' context follows from it.
    #[must_use]
    pub fn of(case: &'a Case<'a>) -> Self {
        let requirements = crate::requirements::of(case);
        let services = crate::walks::services(&requirements);
        // Each policy document is parsed once for the case.
        let library = crate::authorization::Library::default();
        let walks: Vec<Vec<Walk>> = requirements
            .iter()
            .map(|requirement| crate::walks::of(case, requirement, &requirements, &services))
            .collect();
        let destinations = requirements
            .into_iter()
            .zip(walks)
            .map(|(requirement, walks)| {
                let calls = crate::authorization::judge_with(&library, case, &requirement, &walks);
                let references = crate::existence::judge(case, &requirement);
                Judgement {
                    requirement,
                    walks,
                    calls,
                    references,
                }
            })
            .collect();
        Self { case, destinations }
    }
}

impl Judged<'_> {
    /// Whether something that the task needs is not decided, or passes only under an assumption that an output could settle.
    #[must_use]
    pub fn is_undecided(&self) -> bool {
        self.destinations.iter().any(|destination| {
            // A flow log may prove that something stops the call and not say what.
            let unnamed = |trace: &Trace| {
                trace.verdict == Reach::Blocked && !trace.faults.iter().any(|fault| fault.severity == network::Severity::Fail)
            };
            let open = |walk: &Walk| {
                walk.trace.verdict == Reach::Unknown || unnamed(&walk.trace) || walk.trace.assumes.iter().any(Assumption::can_be_settled)
            };
            // Where some of the places that the call may leave from are blocked and others not, which one it is decides.
            let possible = || destination.walks.iter().filter(|walk| walk.whose == Whose::Possible);
            let mixed =
                possible().any(|walk| walk.trace.verdict == Reach::Blocked) && !possible().all(|walk| walk.trace.verdict == Reach::Blocked);
            let path = destination.walks.iter().any(open) || mixed;
            let calls = destination.calls.iter().any(|call| {
                let open = call
                    .decision
                    .as_ref()
                    .is_none_or(|decision| decision.verdict == policy::Verdict::Unknown);
                call.call.blocks_start && open
            });
            let references = destination
                .references
                .iter()
                .any(|reference| reference.verdict == ReferenceVerdict::Unknown);
            path || calls || references
        })
    }

    /// Whether a reference is proven to name nothing: then that is the fault, and what may be done with the wrong name is no question.
    #[must_use]
    pub fn names_nothing(&self, used: &Use) -> bool {
        self.destinations
            .iter()
            .flat_map(|destination| &destination.references)
            .any(|reference| {
                reference.used == *used && matches!(reference.verdict, ReferenceVerdict::NotFound | ReferenceVerdict::Malformed)
            })
    }

    /// The destinations as the report shows them.
    #[must_use]
    pub fn reports(&self) -> Vec<DestinationReport> {
        self.destinations.iter().map(Judgement::report).collect()
    }
}

impl Judgement {
    fn report(&self) -> DestinationReport {
        DestinationReport {
            key: self.requirement.key.clone(),
            host: self.requirement.host.clone(),
            port: self.requirement.port,
            needed_for: self.requirement.needed_for.clone(),
            trace: self.walks.first().map(|walk| walk.trace.clone()),
            subnets: self
                .walks
                .iter()
                .filter_map(|walk| {
                    Some(SubnetReport {
                        id: walk.subnet.clone()?,
                        reachable: walk.trace.verdict.into(),
                    })
                })
                .collect(),
            authorization: self.calls.iter().map(crate::authorization::Judgement::report).collect(),
            references: self
                .references
                .iter()
                .map(|reference| ReferenceReport {
                    text: reference.used.text.clone(),
                    verdict: reference.verdict,
                })
                .collect(),
        }
    }
}
