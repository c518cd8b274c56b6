//! References to Parameter Store parameters by name or ARN, and to secrets through Parameter Store.
//!
//! ECS Developer Guide, "Pass Systems Manager parameters through environment variables"; Systems Manager API reference,
//! `PutParameter` (names, levels) and `GetParameters` (selectors).

use crate::arn::{Account, Arn, ArnField};
use crate::malformed::{Malformed, MalformedKind, Oddity, OddityKind, Parsed};
use crate::parameter_text::{SECRET_PATH, check_name, full_name, name_suffix, split_selector, wrong_resource};
use crate::region::Region;
use crate::text::{looks_random, replaced, six_character_suffix, span};
use std::fmt;

/// A parameter by name, which means the task's own Region and account, or by ARN.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ParameterReference {
    /// The name as Parameter Store knows it: `/path/name`, or `name` without a slash. An ARN of a one-level name
    /// (`parameter/x`) does not tell whether the name is `x` or `/x`; it is taken for `x`.
    pub name: String,
    /// A version or label after the name's colon.
    pub selector: Option<String>,
    /// Where the parameter is, if the reference is an ARN.
    pub owner: Option<ParameterOwner>,
}

/// What a parameter's ARN says about where it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ParameterOwner {
    /// The ARN's partition as written.
    pub partition: String,
    /// The Region that is called.
    pub region: Region,
    /// The account; ECS does not support another than the task's. `None` in the ARNs of AWS's public parameters.
    pub account: Option<Account>,
}

/// A Secrets Manager secret through Parameter Store (`/aws/reference/secretsmanager/{name}`): needs the permissions of
/// both services, works in the same Region by name only, and has no Parameter Store versions, labels or history.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SecretThroughParameterStore {
    /// The parameter with the whole path.
    pub parameter: ParameterReference,
    /// The secret's name.
    pub secret: String,
}

/// How a referenced name compares with an existing one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameMatch {
    /// The same name.
    Same,
    /// The same but for a leading slash, where the reference is an ARN, which does not tell.
    SameInArn,
    /// Another name.
    Different,
}

impl ParameterReference {
    /// The Region that is called, given the task's own.
    #[must_use]
    pub fn region<'a>(&'a self, task: &'a Region) -> &'a Region {
        self.owner.as_ref().map_or(task, |owner| &owner.region)
    }

    /// The account that the ARN names.
    #[must_use]
    pub fn account(&self) -> Option<&Account> {
        self.owner.as_ref().and_then(|owner| owner.account.as_ref())
    }

    /// Whether it names another account than the task's, which ECS does not support; `None` where a hidden account
    /// leaves that open.
    #[must_use]
    pub fn is_cross_account(&self, task: &Account) -> Option<bool> {
        let Some(account) = self.account() else {
            return Some(false);
        };
        if account == task {
            return Some(false);
        }
        (!account.is_redacted() && !task.is_redacted()).then_some(true)
    }

    /// How its name compares with that of an existing parameter.
    #[must_use]
    pub fn matches(&self, existing: &str) -> NameMatch {
        let one_level = !self.name.contains('/') && self.owner.is_some();
        if self.name == existing {
            NameMatch::Same
        } else if one_level && existing.strip_prefix('/') == Some(self.name.as_str()) {
            NameMatch::SameInArn
        } else {
            NameMatch::Different
        }
    }

    /// The resource of its ARN, which policies name: `parameter/` and the name without leading slash.
    #[must_use]
    pub fn arn_resource(&self) -> String {
        format!("parameter/{}", self.name.trim_start_matches('/'))
    }

    /// The ARN of the parameter when the task runs in that partition, Region and account.
    #[must_use]
    pub fn arn(&self, partition: &str, region: &Region, account: &Account) -> String {
        let resource = self.arn_resource();
        match &self.owner {
            Some(ParameterOwner {
                partition,
                region,
                account,
            }) => {
                let account = account.as_ref().map(Account::as_str).unwrap_or_default();
                format!("arn:{partition}:ssm:{region}:{account}:{resource}")
            }
            None => format!("arn:{partition}:ssm:{region}:{account}:{resource}"),
        }
    }

    /// Reads a bare name with an optional selector.
    pub(crate) fn from_name(text: &str) -> Result<Parsed<Self>, Malformed> {
        let name = text.trim();
        let mut oddities = Vec::new();
        if name != text {
            let start = text.len() - text.trim_start().len();
            let position = if start > 0 { 0..start } else { name.len()..text.len() };
            let corrected = Some(name.to_owned());
            oddities.push(Oddity {
                position,
                kind: OddityKind::Whitespace,
                corrected,
            });
        }
        let (name, selector) = split_selector(text, name, &mut oddities)?;
        if selector.is_some() && matches!(name, "parameter" | "secret") {
            let position = span(text, name);
            oddities.push(Oddity {
                position,
                kind: OddityKind::LooksLikeArnResource,
                corrected: None,
            });
        } else if six_character_suffix(name).is_some_and(|(_, suffix)| looks_random(suffix)) && !name.contains("/aws/") {
            let position = name_suffix(text, name);
            oddities.push(Oddity {
                position,
                kind: OddityKind::LooksLikeSecretName,
                corrected: None,
            });
        }
        check_name(text, name, name, &mut oddities)?;
        let value = Self {
            name: name.to_owned(),
            selector,
            owner: None,
        };
        Ok(Parsed::of(value, oddities))
    }

    /// Reads a parameter's ARN.
    pub(crate) fn from_arn(arn: &Arn) -> Result<Parsed<Self>, Malformed> {
        let text = arn.as_str();
        let resource = arn.resource();
        let public = resource.starts_with("parameter/aws/") && arn.field(ArnField::Account).is_empty();
        let (region, account, mut oddities) = if public {
            let Some(region) = arn.region() else {
                return Err(Malformed::new(arn.position(ArnField::Region), MalformedKind::Region, None));
            };
            (region, None, Vec::new())
        } else {
            let (region, account, oddities) = arn.owner()?;
            (region, Some(account), oddities)
        };
        let Some(rest) = resource.strip_prefix("parameter/") else {
            return Err(wrong_resource(arn));
        };
        let trimmed = rest.trim_end();
        if trimmed != rest {
            let position = span(text, rest).start + trimmed.len()..text.len();
            let corrected = text.get(..position.start).map(str::to_owned);
            oddities.push(Oddity {
                position,
                kind: OddityKind::Whitespace,
                corrected,
            });
        }
        if trimmed.starts_with('/') {
            let slashes = trimmed.len() - trimmed.trim_start_matches('/').len();
            let start = span(text, rest).start;
            let at = start..start + slashes;
            let corrected = replaced(text, at.clone(), "");
            return Err(Malformed::new(at, MalformedKind::DoubledSlash, Some(corrected)));
        }
        let (written, selector) = split_selector(text, trimmed, &mut oddities)?;
        if written.is_empty() {
            return Err(Malformed::new(text.len()..text.len(), MalformedKind::EmptyName, None));
        }
        let name = full_name(written);
        check_name(text, written, &name, &mut oddities)?;
        let owner = Some(ParameterOwner {
            partition: arn.field(ArnField::Partition).to_owned(),
            region,
            account,
        });
        Ok(Parsed::of(Self { name, selector, owner }, oddities))
    }

    /// The same as a secret's reference, where the path says so.
    pub(crate) fn secret(&self) -> Option<SecretThroughParameterStore> {
        let secret = self.name.strip_prefix(SECRET_PATH)?;
        Some(SecretThroughParameterStore {
            parameter: self.clone(),
            secret: secret.to_owned(),
        })
    }
}

impl SecretThroughParameterStore {
    /// What follows the secret's name: a version id or stage, which ECS's documentation does not offer here.
    #[must_use]
    pub fn selector(&self) -> Option<&str> {
        self.parameter.selector.as_deref()
    }
}

impl fmt::Display for ParameterReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.owner {
            Some(ParameterOwner {
                partition,
                region,
                account,
            }) => {
                let account = account.as_ref().map(Account::as_str).unwrap_or_default();
                write!(f, "arn:{partition}:ssm:{region}:{account}:{}", self.arn_resource())?;
            }
            None => f.write_str(&self.name)?,
        }
        match &self.selector {
            Some(selector) => write!(f, ":{selector}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for SecretThroughParameterStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.parameter.fmt(f)
    }
}
