//! The answer put together: every list once, the witness, and what would replace an assumption.

use crate::ground::Ground;
use crate::model::fault::Severity;
use crate::model::trace::{Hop, Passage, Place, Reach, Trace};
use crate::outcome::Outcome;
use snapshot::{Assumption, Need, Operation, Question, QuestionKind, Truth};

impl Ground<'_> {
    #[expect(clippy::too_many_arguments, reason = "the parts of one answer, put together in one place")]
    pub(crate) fn trace(
        &self,
        verdict: Reach,
        outcome: Outcome,
        mut hops: Vec<Hop>,
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
            for fault in outcome.faults.iter().filter(|fault| fault.severity == Severity::Unknown) {
                needs.extend(fault.needs.iter().cloned());
            }
            needs.extend(outcome.needs);
        }
        if verdict == Reach::Unknown && needs.is_empty() {
            needs.extend(self.address_needs());
        }
        needs.extend(assumes.iter().filter_map(|assumption| self.replaces(assumption)));
        let witness = if verdict == Reach::Blocked {
            let fails = outcome.faults.iter().filter(|fault| fault.severity == Severity::Fail);
            fails.into_iter().find_map(|fault| fault.witness.clone()).map(|mut witness| {
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
        // An endpoint tells its own VPC, which may be a hub's.
        let endpoint = outcome.endpoint.as_ref().and_then(|id| self.snapshot.ec2.vpc_endpoints.get(id));
        let vpc = endpoint.and_then(|found| found.value.vpc_id.as_ref()).or(self.vpc_id.as_ref());
        let passage = Passage {
            through_endpoint: through,
            endpoints: outcome.endpoint.iter().cloned().collect(),
            vpc: vpc.cloned().filter(|_| !through.is_false()),
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

    /// What would tell the address where rules treat addresses differently: AWS's own list of the service, else the error's whole text.
    pub(crate) fn address_needs(&self) -> Vec<Need> {
        let mut needs = Vec::new();
        if let Some(service) = self.target.service.as_ref().filter(|_| self.target.gateway)
            && self.service_ranges().is_none()
        {
            let name = format!("com.amazonaws.{}.{}", service.region, service.suffix);
            let call = self.call(Operation::Ec2DescribePrefixLists);
            needs.push(call.filter("prefix-list-name", &name).into());
        }
        let question = Question {
            kind: QuestionKind::ErrorText,
            subject: self.caller.subject.clone(),
        };
        needs.push(Need::Question(question));
        needs
    }

    /// What would replace an assumption.
    fn replaces(&self, assumption: &Assumption) -> Option<Need> {
        match assumption {
            Assumption::BlockPublicAccessOff => Some(self.call(Operation::Ec2DescribeVpcBlockPublicAccessOptions).into()),
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
pub(crate) fn unique<T: Ord + Clone>(items: Vec<T>) -> Vec<T> {
    let mut seen = std::collections::BTreeSet::new();
    items.into_iter().filter(|item| seen.insert(item.clone())).collect()
}
