//! Which role or policy an output is about that does not say so itself.

use crate::core::ids::ArnText;
use crate::core::json::canonical;
use crate::core::order;
use crate::core::owned::{Owner, only};
use crate::iam::Iam;
use crate::iam::policy::PolicyVersion;
use crate::iam::role::{InlinePolicy, RoleRef};
use crate::needs::Question;
use std::collections::BTreeSet;

impl Iam {
    /// Settles owners by the person's answers, else by the only candidate of the case.
    pub(crate) fn settle(&mut self, roles: &BTreeSet<RoleRef>, answer: &dyn Fn(&Question) -> Option<String>) {
        self.settle_roles(roles, answer);
        self.settle_bare(answer);
        self.settle_versions(answer);
    }

    fn settle_roles(&mut self, roles: &BTreeSet<RoleRef>, answer: &dyn Fn(&Question) -> Option<String>) {
        // Two different lists cannot both be the only role's; nor can one that differs from what is known of that role.
        let set = |list: &crate::iam::role::AttachedPolicies| -> BTreeSet<String> {
            let arns = list.policies.iter();
            order::set(arns.filter_map(|policy| Some(policy.value.policy_arn.clone()?.0)))
        };
        let open = self
            .attached
            .iter()
            .filter(|list| list.role.known().is_none_or(|role| roles.iter().any(|only| same(only, role))));
        let lists = order::set(open.map(set));
        let sole = if lists.len() == 1 { only(roles) } else { None };
        self.attached.iter_mut().for_each(|list| list.role.settle(answer, sole));

        let set =
            |list: &crate::iam::role::InlineNames| -> BTreeSet<String> { order::set(list.names.iter().map(|name| name.value.clone())) };
        let open = self
            .inline_names
            .iter()
            .filter(|list| list.role.known().is_none_or(|role| roles.iter().any(|only| same(only, role))));
        let lists = order::set(open.map(set));
        let sole = if lists.len() == 1 { only(roles) } else { None };
        self.inline_names.iter_mut().for_each(|list| list.role.settle(answer, sole));
    }

    /// A document pasted alone becomes what the person says it is.
    fn settle_bare(&mut self, answer: &dyn Fn(&Question) -> Option<String>) {
        for bare in &mut self.bare {
            bare.owner.settle(answer, None);
            let Owner::Answered(owner) = &bare.owner else {
                continue;
            };
            if owner.contains(":policy/") {
                self.versions.push(PolicyVersion {
                    policy: Owner::Answered(ArnText(owner.clone())),
                    version: None,
                    is_default: Some(true),
                    document: bare.document.clone(),
                    collected: bare.collected,
                });
            } else if owner.contains(":role/") && !names_principals(&bare.document.text) {
                self.inline.push(InlinePolicy {
                    role: RoleRef(owner.clone()),
                    name: "pasted".to_owned(),
                    document: bare.document.clone(),
                    collected: bare.collected,
                });
            }
        }
    }

    fn settle_versions(&mut self, answer: &dyn Fn(&Question) -> Option<String>) {
        let candidates = self.named_policies();
        let decided: Vec<Option<ArnText>> = self.versions.iter().map(|version| self.sole_policy(version, &candidates)).collect();
        for (version, sole) in self.versions.iter_mut().zip(decided) {
            version.policy.settle(answer, sole.as_ref());
        }
    }

    /// Every managed policy that the case names.
    fn named_policies(&self) -> BTreeSet<ArnText> {
        let attached = self
            .attached
            .iter()
            .flat_map(|list| &list.policies)
            .filter_map(|policy| policy.value.policy_arn.clone());
        let described = self.policies.iter().filter_map(|policy| policy.value.arn.clone());
        let boundaries = self
            .roles
            .iter()
            .filter_map(|role| role.value.permissions_boundary.as_ref()?.permissions_boundary_arn.clone());
        let listed = self.version_lists.iter().filter_map(|list| list.policy.clone());
        let stated = self.versions.iter().filter_map(|version| version.policy.known().cloned());
        order::set(attached.chain(described).chain(boundaries).chain(listed).chain(stated))
    }

    /// The only policy that this version can be of: those whose version in force, or whose text of that version, is another are out.
    fn sole_policy(&self, version: &PolicyVersion, candidates: &BTreeSet<ArnText>) -> Option<ArnText> {
        let text = |text: &str| canonical(text);
        let mine = text(&version.document.text);
        let differs = |other: &PolicyVersion| {
            let same_version = other.version == version.version || (other.is_default == Some(true) && version.is_default == Some(true));
            same_version && text(&other.document.text) != mine
        };
        // Two unowned versions that cannot be of one policy have at least two owners: then the case names too few.
        if self.versions.iter().any(|other| other.policy.known().is_none() && differs(other)) {
            return None;
        }
        let possible = candidates.iter().filter(|arn| {
            let other_default = version.is_default == Some(true)
                && self
                    .default_version(arn)
                    .is_some_and(|default| version.version.as_deref() != Some(default));
            let other_text = self
                .versions
                .iter()
                .any(|other| other.policy.known() == Some(*arn) && differs(other));
            !other_default && !other_text
        });
        only(&order::set(possible)).map(|arn| (*arn).clone())
    }
}

fn same(one: &RoleRef, other: &RoleRef) -> bool {
    one.is(&ArnText(other.0.clone()))
}

/// Whether a document is a trust or resource policy: only those name principals.
fn names_principals(text: &str) -> bool {
    text.contains("\"Principal\"") || text.contains("\"NotPrincipal\"")
}
