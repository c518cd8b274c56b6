//! KMS grants against the request (KMS Developer Guide, "Grants", "Grant constraints").

use super::principals::{self, Rules};
use crate::context::Value;
use crate::document::{PrincipalItem, Principals};
use crate::doubt::Doubt;
use crate::layers::{Grant, Grants};
use crate::request::Request;
use crate::tri::Tri;

/// Whether a grant covers the request, and the first that does for certain; what keeps grants open goes to `doubts`.
pub(crate) fn covers<'a, S>(grants: &'a Grants<S>, request: &Request, doubts: &mut Vec<Doubt>) -> (Tri, Option<&'a S>) {
    let mut result = if grants.unproven.is_some() { Tri::Unknown } else { Tri::False };
    let mut by = None;
    if request.service() != "kms" {
        return (Tri::False, None);
    }
    for grant in &grants.known {
        let applies = applies(grant, request, doubts);
        if applies.is_true() && by.is_none() {
            by = Some(&grant.handle);
        }
        result = result.or(applies);
    }
    (result, by)
}

fn applies<S>(grant: &Grant<S>, request: &Request, doubts: &mut Vec<Doubt>) -> Tri {
    let before = doubts.len();
    let operation = request.action().split_once(':').map_or("", |(_, name)| name);
    if !grant.operations.iter().any(|o| o.eq_ignore_ascii_case(operation)) {
        return Tri::False;
    }
    let item = if grant.grantee.ends_with(".amazonaws.com") {
        PrincipalItem::Service(grant.grantee.clone())
    } else {
        PrincipalItem::Aws(grant.grantee.clone())
    };
    let rules = Rules {
        gateway: false,
        deny: false,
        bounded: Tri::False,
    };
    let principals = Principals {
        negated: false,
        items: vec![item],
    };
    let cover = principals::cover(&principals, request.principal(), rules, doubts);
    // What a grant to an account's root user means for the account's roles is not documented.
    if !cover.account.is_false() {
        doubts.push(Doubt::Principal(grant.grantee.clone()));
    }
    let grantee = cover.exact.or(cover.role).or(cover.account.and(Tri::Unknown));
    let result = if grantee.is_false() {
        grantee
    } else {
        grantee.and(constraints(grant, request, doubts))
    };
    if !result.is_unknown() {
        doubts.truncate(before);
    }
    result
}

fn constraints<S>(grant: &Grant<S>, request: &Request, doubts: &mut Vec<Doubt>) -> Tri {
    let mut all = |pairs: &[(String, String)]| {
        pairs.iter().fold(Tri::True, |sum, (name, wanted)| {
            let key = format!("kms:EncryptionContext:{name}");
            sum.and(match request.context().get(&key) {
                Value::One(value) => (value == wanted).into(),
                Value::Absent => Tri::False,
                Value::Many(_) | Value::Unknown => {
                    doubts.push(Doubt::Key(key));
                    Tri::Unknown
                }
            })
        })
    };
    let subset = all(&grant.context_subset);
    let Some(equals) = &grant.context_equals else {
        return subset;
    };
    let pairs = all(equals);
    // Equality also needs that the request holds no further pair.
    let keys = "kms:EncryptionContextKeys";
    let no_more = match request.context().get(keys) {
        Value::Many(found) => (found.len() == equals.len()).into(),
        Value::Absent => equals.is_empty().into(),
        Value::One(_) | Value::Unknown => {
            doubts.push(Doubt::Key(keys.to_owned()));
            Tri::Unknown
        }
    };
    subset.and(pairs).and(no_more)
}
