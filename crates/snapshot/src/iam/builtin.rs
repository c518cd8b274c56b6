//! Dated copies of AWS managed policies that roles of tasks often carry; see `data/README.md`.

use crate::core::json::{Json, Members, Style};

const POLICIES: &str = include_str!("../../data/managed-policies.json");

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

/// The policy whose text is the same in every partition (Amazon ECS Developer Guide, "Amazon ECS task execution IAM role").
const EVERYWHERE: &str = ":iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";

/// The built-in copy of an AWS managed policy. Of other partitions than `aws` only the task execution role's own is known: they have
/// their own texts.
#[must_use]
pub fn builtin(arn: &str) -> Option<BuiltinPolicy> {
    let elsewhere = ["arn:aws-cn", "arn:aws-us-gov"]
        .iter()
        .any(|partition| arn.strip_prefix(partition) == Some(EVERYWHERE));
    let arn = if elsewhere { &format!("arn:aws{EVERYWHERE}") } else { arn };
    if !arn.starts_with("arn:aws:iam::aws:policy/") {
        return None;
    }
    let mut file = Members::of(Json::of(POLICIES), Style::Snake, "policies ")?;
    let policies = file.take()?.members()?;
    let (_, entry) = policies.into_iter().find(|(name, _)| name == arn)?;
    let mut entry = Members::of(entry, Style::Snake, "version updated document ")?;
    Some(BuiltinPolicy {
        version: unquoted(entry.take()?)?,
        updated: unquoted(entry.take()?)?,
        document: entry.take()?.raw(),
    })
}

/// The content of a string that has no escapes.
fn unquoted(json: Json<'static>) -> Option<&'static str> {
    json.raw().strip_prefix('"')?.strip_suffix('"')
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
        assert!(builtin_policy(arn).unwrap().contains("ecr:GetAuthorizationToken"));
        assert_eq!(builtin(arn).unwrap().version, "v1");
        assert_eq!(builtin_policy("arn:aws:iam::aws:policy/AmazonECSTaskExecutionRolePolicy"), None);
        assert_eq!(builtin_policy("arn:aws-cn:iam::aws:policy/AdministratorAccess"), None);
        for partition in ["aws-cn", "aws-us-gov"] {
            assert_eq!(builtin_policy(&arn.replacen("aws", partition, 1)), builtin_policy(arn));
        }
    }

    #[test]
    fn the_copies_stay_small() {
        assert!(POLICIES.len() < 15 * 1024);
    }
}
