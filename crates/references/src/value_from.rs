//! `valueFrom` of a container's `secrets` and of its log driver's `secretOptions`.

use crate::arn::{Account, Arn, ArnField};
use crate::hosts::Service;
use crate::malformed::{Malformed, MalformedKind, Parsed};
use crate::parameter::{ParameterReference, SecretThroughParameterStore};
use crate::region::Region;
use crate::secret::SecretReference;
use crate::text::{replaced, span};
use std::fmt;

/// What a `valueFrom` refers to. What begins with `arn:` is of the service it names; anything else is a parameter's
/// name, also where a secret of that name exists.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ValueFrom {
    /// A Secrets Manager secret by its ARN.
    Secret(SecretReference),
    /// A Parameter Store parameter.
    Parameter(ParameterReference),
    /// A Secrets Manager secret through Parameter Store.
    SecretThroughParameterStore(SecretThroughParameterStore),
}

impl ValueFrom {
    /// Reads a `valueFrom`.
    ///
    /// # Errors
    /// Where the documentation rules the text out.
    pub fn parse(text: &str) -> Result<Parsed<Self>, Malformed> {
        parse(text).map_err(|malformed| malformed.settle(parse))
    }

    /// The service that is called for it: a secret through Parameter Store is asked of Systems Manager, which calls
    /// Secrets Manager itself.
    #[must_use]
    pub const fn service(&self) -> Service {
        match self {
            Self::Secret(_) => Service::SecretsManager,
            Self::Parameter(_) | Self::SecretThroughParameterStore(_) => Service::Ssm,
        }
    }

    /// The Region that is called, given the task's own.
    #[must_use]
    pub fn region<'a>(&'a self, task: &'a Region) -> &'a Region {
        match self {
            Self::Secret(secret) => &secret.region,
            Self::Parameter(parameter) => parameter.region(task),
            Self::SecretThroughParameterStore(secret) => secret.parameter.region(task),
        }
    }

    /// The account that it names; `None` is the task's own.
    #[must_use]
    pub fn account(&self) -> Option<&Account> {
        match self {
            Self::Secret(secret) => Some(&secret.account),
            Self::Parameter(parameter) => parameter.account(),
            Self::SecretThroughParameterStore(secret) => secret.parameter.account(),
        }
    }
}

impl fmt::Display for ValueFrom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Secret(secret) => secret.fmt(f),
            Self::Parameter(parameter) => parameter.fmt(f),
            Self::SecretThroughParameterStore(secret) => secret.fmt(f),
        }
    }
}

fn parse(text: &str) -> Result<Parsed<ValueFrom>, Malformed> {
    common(text)?;
    if let Some(dynamic) = dynamic_reference(text) {
        return Err(dynamic);
    }
    if !text.starts_with("arn:") {
        // `ssm:/name`, as other tools write a parameter.
        if let Some(name) = text.trim().strip_prefix("ssm:").filter(|name| name.starts_with('/')) {
            return Err(Malformed::new(
                0..span(text, name).start,
                MalformedKind::NotAnArn,
                Some(name.to_owned()),
            ));
        }
        if is_broken_arn(text) {
            return Arn::parse(text.trim_start())
                .map_err(|malformed| shifted(malformed, text))
                .and_then(|_| {
                    Err(Malformed::new(
                        leading(text),
                        MalformedKind::Whitespace,
                        Some(text.trim().to_owned()),
                    ))
                });
        }
        return ParameterReference::from_name(text).map(through);
    }
    let arn = Arn::parse(text)?;
    match arn.service() {
        "secretsmanager" => Ok(SecretReference::from_arn(&arn)?.map(ValueFrom::Secret)),
        "ssm" => ParameterReference::from_arn(&arn).map(through),
        _ => Err(wrong_service(&arn)),
    }
}

fn through(parsed: Parsed<ParameterReference>) -> Parsed<ValueFrom> {
    parsed.map(|parameter| match parameter.secret() {
        Some(secret) => ValueFrom::SecretThroughParameterStore(secret),
        None => ValueFrom::Parameter(parameter),
    })
}

/// What is wrong with any reference whatever its kind: nothing there, or quoted.
pub(crate) fn common(text: &str) -> Result<(), Malformed> {
    if text.trim().is_empty() {
        return Err(Malformed::new(0..text.len(), MalformedKind::Empty, None));
    }
    for quote in ['"', '\'', '`'] {
        let bare = text.trim();
        if bare.len() > 2 && bare.starts_with(quote) && bare.ends_with(quote) {
            let start = span(text, bare).start;
            let corrected = bare.trim_matches(quote).to_owned();
            return Err(Malformed::new(start..start + 1, MalformedKind::Quoted, Some(corrected)));
        }
    }
    Ok(())
}

fn leading(text: &str) -> std::ops::Range<usize> {
    0..text.len() - text.trim_start().len()
}

fn shifted(mut malformed: Malformed, text: &str) -> Malformed {
    let by = leading(text).end;
    malformed.position = malformed.position.start + by..malformed.position.end + by;
    malformed
}

/// A dynamic reference, which CloudFormation resolves and Amazon ECS does not; of a parameter its name tells what was meant
/// (CloudFormation User Guide, "Get values stored in other services using dynamic references").
fn dynamic_reference(text: &str) -> Option<Malformed> {
    let start = text.find("{{resolve:")?;
    let whole = text.trim();
    let inner = whole.strip_prefix("{{resolve:").and_then(|rest| rest.strip_suffix("}}"));
    let name = inner.and_then(|inner| {
        let name = inner.strip_prefix("ssm:").or_else(|| inner.strip_prefix("ssm-secure:"))?;
        name.split(':').next().filter(|name| !name.is_empty())
    });
    Some(Malformed::new(
        start..text.len(),
        MalformedKind::Placeholder,
        name.map(str::to_owned),
    ))
}

/// Whether a text that does not begin with `arn:` was meant as an ARN: no parameter's name has a service between colons.
fn is_broken_arn(text: &str) -> bool {
    let bare = text.trim_start();
    bare.starts_with("arn:")
        || bare.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("arn:"))
        || (!bare.starts_with('/') && (bare.contains("secretsmanager:") || bare.contains(":ssm:") || bare.starts_with("ssm:")))
}

/// The service must be one of the two; where another is written the resource may still tell which was meant.
fn wrong_service(arn: &Arn) -> Malformed {
    let written = arn.service();
    let resource = arn.resource();
    let meant = match () {
        () if resource.starts_with("secret:") => Some("secretsmanager"),
        () if resource.starts_with("parameter/") => Some("ssm"),
        () if strsim::osa_distance(written, "secretsmanager") <= 3 && written.len() > 8 => Some("secretsmanager"),
        () => None,
    };
    let position = arn.position(ArnField::Service);
    let corrected = meant.map(|meant| replaced(arn.as_str(), position.clone(), meant));
    Malformed::new(position, MalformedKind::Service { found: written.to_owned() }, corrected)
}
