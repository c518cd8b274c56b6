//! KMS grants against the request (KMS Developer Guide, "Grants", "Grant constraints").

use super::principals::{self, Rules};
use crate::context::Value;
use crate::document::{PrincipalItem, Principals};
use crate::layers::{Grant, Grants};
use crate::request::Request;
use crate::tri::Tri;

/// Whether a grant covers the request, and the first that does for certain.
pub(crate) fn covers<'a, S>(grants: &'a Grants<S>, request: &Request) -> (Tri, Option<&'a S>) {
    let mut result = if grants.unproven.is_some() {
        Tri::Unknown
    } else {
        Tri::False
    };
    let mut by = None;
    if request.service() != "kms" {
        return (Tri::False, None);
    }
    for grant in &grants.known {
        let applies = applies(grant, request);
        if applies.is_true() && by.is_none() {
            by = Some(&grant.handle);
        }
        result = result.or(applies);
    }
    (result, by)
}

fn applies<S>(grant: &Grant<S>, request: &Request) -> Tri {
    let operation = request
        .action()
        .split_once(':')
        .map_or("", |(_, name)| name);
    if !grant
        .operations
        .iter()
        .any(|o| o.eq_ignore_ascii_case(operation))
    {
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
    let cover = principals::cover(&principals, request.principal(), rules, &mut Vec::new());
    // What a grant to an account's root user means for the account's roles is not documented.
    let grantee = cover
        .exact
        .or(cover.role)
        .or(cover.account.and(Tri::Unknown));
    grantee.and(constraints(grant, request))
}

fn constraints<S>(grant: &Grant<S>, request: &Request) -> Tri {
    let pair = |(key, wanted): &(String, String)| match request
        .context()
        .get(&format!("kms:EncryptionContext:{key}"))
    {
        Value::One(value) => (value == wanted).into(),
        Value::Many(_) | Value::Unknown => Tri::Unknown,
        Value::Absent => Tri::False,
    };
    let subset = grant
        .context_subset
        .iter()
        .map(pair)
        .fold(Tri::True, Tri::and);
    let Some(equals) = &grant.context_equals else {
        return subset;
    };
    let pairs = equals.iter().map(pair).fold(Tri::True, Tri::and);
    // Equality also needs that the request holds no further pair.
    let no_more = match request.context().get("kms:EncryptionContextKeys") {
        Value::Many(keys) => (keys.len() == equals.len()).into(),
        Value::Absent => equals.is_empty().into(),
        Value::One(_) | Value::Unknown => Tri::Unknown,
    };
    subset.and(pairs).and(no_more)
}
