//! The collection plan: the union of what the unknowns need, as few commands as can be, what decides most first.

pub(crate) mod command;
mod question;
mod reason;
pub mod runbook;

pub use command::{Shell, line, quote, requote, words};

use crate::model::{Code, Request, RequestBody};
use snapshot::ids::{SecurityGroupId, VpcId};
use snapshot::order::Order as _;
use snapshot::{Call, Need, Operation};
use std::collections::{BTreeMap, BTreeSet};

/// One unknown's wish for evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// What would settle it.
    pub need: Need,
    /// The findings that it would decide.
    pub decides: Vec<Code>,
    /// How much it would decide, given the error: the larger, the earlier it is asked.
    pub weight: u32,
}

/// Joins the wishes into requests: calls of one operation into one command where the CLI takes several values, equal questions into one.
///
/// `vpcs` are those of security groups, as far as they are known: a listing of all groups of a VPC settles what is asked of each of them.
///
/// Ordered by the sum of what they would decide; equal weights by the operation's name, so that the order never depends on the paste.
#[must_use]
pub fn requests(wishes: &[Wish], vpcs: &BTreeMap<SecurityGroupId, VpcId>) -> Vec<Request> {
    let mut grouped: BTreeMap<Need, (BTreeSet<Code>, u32)> = BTreeMap::new();
    for wish in wishes {
        let entry = grouped.entry(wish.need.clone()).or_default();
        entry.0.extend(wish.decides.iter().copied());
        entry.1 = entry.1.max(wish.weight).saturating_add(1);
    }
    let mut joined: Vec<Joined> = Vec::new();
    for (need, (decides, weight)) in grouped {
        match joined.iter_mut().find(|other| other.takes(&need, vpcs)) {
            Some(other) => other.join(need, decides, weight),
            None => joined.push(Joined {
                need: need.clone(),
                settles: vec![need],
                decides,
                weight,
            }),
        }
    }
    joined.in_order_by(|a, b| b.weight.cmp(&a.weight).then_with(|| a.need.cmp(&b.need)));
    let (mut commands, mut questions) = (0, 0);
    joined
        .into_iter()
        .map(|item| {
            let (id, body, why) = match &item.need {
                Need::Call(call) => {
                    commands += 1;
                    let body = RequestBody::Command {
                        operation: call.operation.name(),
                        command: line(call, Shell::Bash),
                    };
                    (format!("r{commands}"), body, reason::of(call))
                }
                Need::Question(asked) => {
                    questions += 1;
                    let (question, choices) = question::of(asked);
                    (
                        format!("q{questions}"),
                        RequestBody::Question { question, choices },
                        question::why(asked.kind),
                    )
                }
            };
            Request {
                id,
                body,
                why,
                decides: item.decides.into_iter().collect(),
                settles: item.settles,
            }
        })
        .collect()
}

/// Needs that one request settles.
struct Joined {
    need: Need,
    settles: Vec<Need>,
    decides: BTreeSet<Code>,
    weight: u32,
}

impl Joined {
    /// Whether one command can ask both: the same call but for one option that takes several values, or all groups of the VPC of some.
    fn takes(&self, need: &Need, vpcs: &BTreeMap<SecurityGroupId, VpcId>) -> bool {
        let (Need::Call(mine), Need::Call(theirs)) = (&self.need, need) else {
            return false;
        };
        let same = mine.operation == theirs.operation && mine.region == theirs.region && mine.account == theirs.account;
        if same && lists_groups(mine, theirs, vpcs) {
            return true;
        }
        same && mine.options.keys().eq(theirs.options.keys())
            && mine
                .options
                .iter()
                .zip(&theirs.options)
                .all(|((name, a), (_, b))| a == b || takes_several(name))
            && mine.options.iter().zip(&theirs.options).filter(|((_, a), (_, b))| a != b).count() == 1
    }

    fn join(&mut self, need: Need, decides: BTreeSet<Code>, weight: u32) {
        if let (Need::Call(mine), Need::Call(theirs)) = (&mut self.need, &need)
            && mine.options.keys().eq(theirs.options.keys())
        {
            join_options(mine, theirs);
        }
        self.settles.push(need);
        self.decides.extend(decides);
        self.weight = self.weight.max(weight).saturating_add(1);
    }
}

/// Whether a call lists all security groups of a VPC, and with them those that another asks for by their ids.
fn lists_groups(all: &Call, some: &Call, vpcs: &BTreeMap<SecurityGroupId, VpcId>) -> bool {
    let Some(ids) = some
        .options
        .get("group-ids")
        .filter(|_| all.operation == Operation::Ec2DescribeSecurityGroups)
    else {
        return false;
    };
    ids.iter().all(|id| {
        let vpc = vpcs.get(&SecurityGroupId::from(id.as_str()));
        vpc.is_some_and(|vpc| all.options == Call::new(all.operation).filter("vpc-id", vpc.as_str()).options)
    })
}

/// Options of the AWS CLI whose value is a list of names or ids.
fn takes_several(option: &str) -> bool {
    option.ends_with("-ids")
        || option.ends_with("-arns")
        || matches!(
            option,
            "tasks" | "services" | "clusters" | "container-instances" | "repository-names" | "names" | "capacity-providers"
        )
}

fn join_options(mine: &mut Call, theirs: &Call) {
    for (name, values) in &theirs.options {
        let present = mine.options.entry(name.clone()).or_default();
        for value in values {
            if !present.contains(value) {
                present.push(value.clone());
            }
        }
        present.in_order();
    }
}
