//! One statement against the request: satisfied, false, or open with its reasons.

use super::principals::{self, Cover, Rules};
use super::{conditions, resources};
use crate::condition::{Condition, Operand, Test};
use crate::document::{DocumentKind, Effect, Statement};
use crate::doubt::Doubt;
use crate::request::Request;
use crate::tri::Tri;

/// A statement that is not false.
pub(crate) struct Outcome {
    /// In which ways it covers the caller, everything else included.
    pub(crate) cover: Cover,
    /// Why it is open; empty where it is satisfied.
    pub(crate) doubts: Vec<Doubt>,
}

/// `None` where the statement does not apply.
pub(crate) fn evaluate(statement: &Statement, kind: DocumentKind, request: &Request, gateway: bool, bounded: Tri) -> Option<Outcome> {
    let mut doubts = Vec::new();
    let mut rest = Tri::True;
    if let Some(actions) = &statement.actions {
        rest = rest.and(resources::actions(actions, request.action_lower(), &mut doubts));
    }
    if rest.is_false() {
        return None;
    }
    if let Some(wanted) = &statement.resources {
        rest = rest.and(resources::resources(wanted, request.resource(), request.context(), &mut doubts));
    }
    if rest.is_false() {
        return None;
    }
    let mut cover = match (&statement.principals, kind.has_principals()) {
        (Some(wanted), true) => {
            let deny = statement.effect != Some(Effect::Allow);
            principals::cover(wanted, request.principal(), Rules { gateway, deny, bounded }, &mut doubts)
        }
        (None, true) => Cover::OPEN,
        (_, false) => Cover::OWN,
    };
    if cover.any().is_false() {
        return None;
    }
    for condition in &statement.conditions {
        let before = doubts.len();
        let holds = conditions::holds(condition, request.context(), &mut doubts);
        if !holds.is_unknown() {
            doubts.truncate(before);
        }
        rest = rest.and(holds);
        if rest.is_false() {
            return None;
        }
    }
    if !statement.defects.is_empty() {
        doubts.extend(statement.defects.iter().cloned().map(Doubt::Defect));
        rest = rest.and(Tri::Unknown);
    }
    // IAM User Guide: `*` narrowed by aws:PrincipalArn is not limited by an implicit denial in a boundary.
    if !cover.everyone.is_false() && statement.conditions.iter().any(names_principal) {
        cover.exact = cover.exact.or(cover.everyone);
    }
    let cover = cover.map(|way| way.and(rest));
    Some(Outcome { cover, doubts })
}

fn caller(statement: &Statement, kind: DocumentKind, request: &Request, rules: Rules, doubts: &mut Vec<Doubt>) -> Cover {
    match (&statement.principals, kind.has_principals()) {
        (Some(wanted), true) => principals::cover(wanted, request.principal(), rules, doubts),
        (None, true) => Cover::OPEN,
        (_, false) => Cover::OWN,
    }
}

/// Whether the principal element covers the caller, whatever the rest of the statement says.
pub(crate) fn covers_caller(statement: &Statement, kind: DocumentKind, request: &Request) -> Tri {
    let rules = Rules {
        gateway: false,
        deny: false,
        bounded: Tri::False,
    };
    caller(statement, kind, request, rules, &mut Vec::new()).any()
}

/// A condition that lets only named principals through.
fn names_principal(condition: &Condition) -> bool {
    let positive = condition
        .operator
        .is_some_and(|o| !o.negated && !o.if_exists && o.set.is_none() && matches!(o.test, Test::Text | Test::Like | Test::Arn));
    let names = |value: &Operand| matches!(value, Operand::Text(t) if !t.is_star());
    positive && condition.key.eq_ignore_ascii_case("aws:PrincipalArn") && condition.values.iter().all(names)
}
