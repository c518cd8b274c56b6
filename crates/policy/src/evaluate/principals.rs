//! `Principal` and `NotPrincipal` against the caller (IAM User Guide, "Principal", "NotPrincipal").

use crate::arn::{Arn, is_account};
use crate::document::{PrincipalItem, Principals};
use crate::doubt::Doubt;
use crate::glob::{self, Reading};
use crate::request::{Principal, PrincipalKind};
use crate::tri::Tri;

/// In which way a statement covers the caller. The way matters: an account only delegates, a role stays inside its
/// boundary, a session does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cover {
    /// By the session, user or root ARN, or the service's name: no boundary or session policy limits the grant.
    pub(crate) exact: Tri,
    /// By the role's ARN: boundary and session policies limit the grant.
    pub(crate) role: Tri,
    /// As anybody.
    pub(crate) everyone: Tri,
    /// By the account: hands over to the account's own policies.
    pub(crate) account: Tri,
}

impl Cover {
    pub(crate) const NONE: Cover = Cover {
        exact: Tri::False,
        role: Tri::False,
        everyone: Tri::False,
        account: Tri::False,
    };
    pub(crate) const OPEN: Cover = Cover {
        exact: Tri::Unknown,
        role: Tri::Unknown,
        everyone: Tri::Unknown,
        account: Tri::Unknown,
    };
    /// A statement without principals covers the caller it is attached to.
    pub(crate) const OWN: Cover = Cover {
        exact: Tri::True,
        ..Cover::NONE
    };

    pub(crate) fn any(self) -> Tri {
        self.exact.or(self.role).or(self.everyone).or(self.account)
    }

    /// By any way but the account.
    pub(crate) fn map(self, f: impl Fn(Tri) -> Tri) -> Cover {
        Cover {
            exact: f(self.exact),
            role: f(self.role),
            everyone: f(self.everyone),
            account: f(self.account),
        }
    }

    pub(crate) fn or(self, other: Cover) -> Cover {
        Cover {
            exact: self.exact.or(other.exact),
            role: self.role.or(other.role),
            everyone: self.everyone.or(other.everyone),
            account: self.account.or(other.account),
        }
    }
}

/// What changes the reading of a principal element.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rules {
    /// The policy is a gateway endpoint's.
    pub(crate) gateway: bool,
    /// The statement denies.
    pub(crate) deny: bool,
    /// Whether the caller has a permissions boundary.
    pub(crate) bounded: Tri,
}

/// How the element covers the caller.
pub(crate) fn cover(principals: &Principals, caller: &Principal, rules: Rules, doubts: &mut Vec<Doubt>) -> Cover {
    let before = doubts.len();
    let listed = principals
        .items
        .iter()
        .fold(Cover::NONE, |sum, item| sum.or(item_covers(item, caller, rules, doubts)));
    if !principals.negated {
        if !listed.any().is_unknown() && listed.exact != Tri::Unknown && listed.role != Tri::Unknown {
            doubts.truncate(before);
        }
        return listed;
    }
    let spared = spared(listed, caller);
    let denied = match (spared, rules.deny, rules.bounded) {
        // A principal with a boundary is denied by every NotPrincipal deny, listed or not.
        (_, true, Tri::True) => Tri::True,
        (Tri::False, _, _) => Tri::True,
        (Tri::True, true, Tri::Unknown) => {
            doubts.push(Doubt::NotPrincipalBoundary);
            Tri::Unknown
        }
        (Tri::True, _, _) => Tri::False,
        (Tri::Unknown, _, _) => {
            doubts.push(Doubt::PartialNotPrincipal);
            Tri::Unknown
        }
    };
    if !denied.is_unknown() {
        doubts.truncate(before);
    }
    Cover {
        everyone: denied,
        ..Cover::NONE
    }
}

/// Whether a `NotPrincipal` list takes the caller out: documented only where it lists the caller at every level.
fn spared(listed: Cover, caller: &Principal) -> Tri {
    if listed.everyone.is_true() {
        return Tri::True;
    }
    let all = match caller.kind {
        PrincipalKind::Role { .. } => listed.exact.and(listed.role).and(listed.account),
        PrincipalKind::User { .. } => listed.exact.and(listed.account),
        _ => listed.exact,
    };
    match (listed.any(), all) {
        (Tri::False, _) => Tri::False,
        (_, Tri::True) => Tri::True,
        _ => Tri::Unknown,
    }
}

fn item_covers(item: &PrincipalItem, caller: &Principal, rules: Rules, doubts: &mut Vec<Doubt>) -> Cover {
    let open = |doubts: &mut Vec<Doubt>, text: &str| {
        doubts.push(Doubt::Principal(text.to_owned()));
        Cover {
            exact: Tri::Unknown,
            ..Cover::NONE
        }
    };
    match item {
        PrincipalItem::Everyone => match caller.kind {
            // A deny reaches services (hence aws:PrincipalIsAWSService); that an allow does is documented nowhere.
            PrincipalKind::Service(_) if !rules.deny => open(doubts, "*"),
            _ => Cover {
                everyone: Tri::True,
                ..Cover::NONE
            },
        },
        PrincipalItem::Service(name) => match &caller.kind {
            PrincipalKind::Service(own) if own == name => Cover::OWN,
            PrincipalKind::Service(_) if name == "*" => open(doubts, name),
            _ => Cover::NONE,
        },
        PrincipalItem::Federated(_) => Cover::NONE,
        PrincipalItem::CanonicalUser(id) if caller.has_account() => {
            doubts.push(Doubt::Principal(id.clone()));
            Cover {
                account: Tri::Unknown,
                ..Cover::NONE
            }
        }
        PrincipalItem::CanonicalUser(_) => Cover::NONE,
        PrincipalItem::Aws(text) if caller.has_account() => aws(text, caller, rules, doubts),
        PrincipalItem::Aws(_) => Cover::NONE,
        PrincipalItem::Other(_, text) => {
            doubts.push(Doubt::Principal(text.clone()));
            Cover::OPEN
        }
    }
}

fn aws(text: &str, caller: &Principal, rules: Rules, doubts: &mut Vec<Doubt>) -> Cover {
    let account = |yes: bool| {
        let root = matches!(caller.kind, PrincipalKind::Root);
        match (yes, root) {
            (true, true) => Cover {
                account: Tri::True,
                ..Cover::OWN
            },
            // On a gateway endpoint an account stands for its root user only.
            (true, false) if !rules.gateway => Cover {
                account: Tri::True,
                ..Cover::NONE
            },
            _ => Cover::NONE,
        }
    };
    if is_account(text) {
        return account(text == caller.account);
    }
    let Some(arn) = Arn::parse(text) else {
        return unique_id(text, caller, doubts);
    };
    if text.contains(['*', '?']) {
        // AWS takes no wildcards inside principals; a document that holds one is decided by nobody.
        let tokens = glob::compile(text);
        let own = [caller.arn(), caller.session_arn()];
        if own.iter().flatten().any(|own| glob::matches(&tokens, own, Reading::Loose)) {
            doubts.push(Doubt::Principal(text.to_owned()));
            return Cover::OPEN;
        }
        return Cover::NONE;
    }
    if arn.partition != caller.partition || arn.account != caller.account {
        return Cover::NONE;
    }
    if arn.service == "iam" && arn.resource == "root" {
        return account(true);
    }
    let mut found = named(text, arn, caller, doubts);
    if rules.gateway && !found.any().is_false() {
        doubts.push(Doubt::GatewayPrincipal(text.to_owned()));
        found = found.map(|t| t.and(Tri::Unknown));
    }
    found
}

/// A role, session or user of the caller's account.
fn named(text: &str, arn: Arn<'_>, caller: &Principal, doubts: &mut Vec<Doubt>) -> Cover {
    match &caller.kind {
        PrincipalKind::Role { name, path, session, .. } => match arn.service {
            "iam" => {
                let Some(role) = arn.resource.strip_prefix("role/") else {
                    return Cover::NONE;
                };
                let last = role.rsplit('/').next().unwrap_or(role);
                if last != name {
                    return Cover::NONE;
                }
                let known = path
                    .as_ref()
                    .map(|p| role.strip_suffix(last).is_some_and(|head| *p == format!("/{head}")));
                let role = known.map_or(Tri::Unknown, Tri::from);
                if role.is_unknown() {
                    doubts.push(Doubt::RolePath(text.to_owned()));
                }
                Cover { role, ..Cover::NONE }
            }
            "sts" => {
                let found = arn.resource.strip_prefix("assumed-role/").and_then(|r| r.split_once('/'));
                let Some((role, wanted)) = found else {
                    return Cover::NONE;
                };
                if role != name {
                    return Cover::NONE;
                }
                let exact = session.as_ref().map_or(Tri::Unknown, |s| (s == wanted).into());
                if exact.is_unknown() {
                    doubts.push(Doubt::SessionName(text.to_owned()));
                }
                Cover { exact, ..Cover::NONE }
            }
            _ => Cover::NONE,
        },
        PrincipalKind::User { name } => {
            let same = arn.service == "iam" && arn.resource.strip_prefix("user/") == Some(name);
            Cover {
                exact: same.into(),
                ..Cover::NONE
            }
        }
        _ => Cover::NONE,
    }
}

/// `AROA…`: AWS shows it in place of a role that was deleted; a new role of the same name has another.
fn unique_id(text: &str, caller: &Principal, doubts: &mut Vec<Doubt>) -> Cover {
    let PrincipalKind::Role { unique_id, .. } = &caller.kind else {
        return Cover::NONE;
    };
    if !text.starts_with("AROA") {
        return Cover::NONE;
    }
    let role = unique_id.as_ref().map_or(Tri::Unknown, |own| (own == text).into());
    if role.is_unknown() {
        doubts.push(Doubt::UniqueId(text.to_owned()));
    }
    Cover { role, ..Cover::NONE }
}
