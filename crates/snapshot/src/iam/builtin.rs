//! Dated copies of AWS managed policies that roles of tasks often carry; see `data/README.md`.

use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

const POLICIES: &str = include_str!("../../data/managed-policies.json");

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    policies: BTreeMap<&'a str, Entry<'a>>,
}

#[derive(Deserialize)]
struct Entry<'a> {
    version: &'a str,
    updated: &'a str,
    #[serde(borrow)]
    document: &'a RawValue,
}

/// A copy of an AWS managed policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BuiltinPolicy {
    /// The version that was the default, such as `v6`.
    pub version: &'static str,
    /// The day on which AWS last changed it, `YYYY-MM-DD`.
    pub updated: &'static str,
    /// The document, as JSON text.
    pub document: &'static str,
}

/// The built-in copy of an AWS managed policy; only of the `aws` partition, as other partitions have their own texts.
#[must_use]
pub fn builtin(arn: &str) -> Option<BuiltinPolicy> {
    if !arn.starts_with("arn:aws:iam::aws:policy/") {
        return None;
    }
    let file = serde_json::from_str::<File<'static>>(POLICIES).ok()?;
    let entry = file.policies.get(arn)?;
    Some(BuiltinPolicy {
        version: entry.version,
        updated: entry.updated,
        document: entry.document.get(),
    })
}

/// The text of a built-in copy.
#[must_use]
pub fn builtin_policy(arn: &str) -> Option<&'static str> {
    builtin(arn).map(|policy| policy.document)
}

#[cfg(test)]
mod tests {
    use super::{POLICIES, builtin, builtin_policy};

    #[test]
    fn the_execution_role_s_policy_is_built_in() {
        let arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";
        assert!(
            builtin_policy(arn)
                .unwrap()
                .contains("ecr:GetAuthorizationToken")
        );
        assert_eq!(builtin(arn).unwrap().version, "v1");
        assert_eq!(
            builtin_policy("arn:aws:iam::aws:policy/AmazonECSTaskExecutionRolePolicy"),
            None
        );
        assert_eq!(
            builtin_policy("arn:aws-cn:iam::aws:policy/AdministratorAccess"),
            None
        );
    }

    #[test]
    fn the_copies_stay_small() {
        assert!(POLICIES.len() < 15 * 1024);
    }
}
