//! Errors as evidence: a call that AWS answered with "there is none" proves that there is none, of the very thing that was asked for.

use crate::core::ids::ArnText;
use crate::core::listing::Assumption;
use crate::load::{CallFailure, Snapshot};
use evidence::Operation;

/// Codes that say something about the person's own call, and nothing about the task.
const OWN_CALL: [&str; 12] = [
    "AccessDenied",
    "AccessDeniedException",
    "UnauthorizedOperation",
    "UnrecognizedClientException",
    "InvalidClientTokenId",
    "SignatureDoesNotMatch",
    "ExpiredToken",
    "ExpiredTokenException",
    "RequestExpired",
    "AuthFailure",
    "Throttling",
    "ThrottlingException",
];

/// Options that say where and how a call is made, not what of.
const NOT_SUBJECTS: [&str; 6] = ["region", "profile", "output", "endpoint-url", "query", "filters"];

impl Snapshot {
    /// The failed call that answers whether `subject` is there: that operation, one of these codes, and asked of that very resource,
    /// by an option's value or by the name that the message quotes.
    ///
    /// `subject` is an ARN, id or name; an ARN also matches a call that was asked with the name in it, in that ARN's own account and
    /// Region as far as these are known. Errors of the person's own permissions never match.
    #[must_use]
    pub fn failure_for(&self, operation: Operation, codes: &[&str], subject: &str) -> Option<&CallFailure> {
        self.failures.iter().find(|failure| {
            failure.operation == Some(operation)
                && codes.contains(&failure.code.as_str())
                && !OWN_CALL.contains(&failure.code.as_str())
                && failure.asked_of(subject)
        })
    }
}

impl CallFailure {
    /// What must be taken for granted to believe it of the case: that it was asked in the case's account and Region, as far as neither
    /// the command, the bundle nor the message says so.
    #[must_use]
    pub fn assumption(&self, account: Option<&str>, region: Option<&str>) -> Option<Assumption> {
        let operation = self.operation?;
        let global = matches!(operation.service(), "iam" | "organizations" | "s3api" | "route53" | "sts");
        let said = |name: &str| quotes(&self.message, name);
        let account_known = match (self.scope.account.as_deref(), account) {
            (Some(_), _) | (None, None) => true,
            (None, Some(account)) => said(account),
        };
        let region_known = global || self.scope.region.is_some() || region.is_some_and(said);
        if account_known && region_known {
            return None;
        }
        Some(Assumption::unfiltered(
            operation,
            if global { "" } else { region.unwrap_or_default() },
        ))
    }

    /// Whether the call was about that resource.
    fn asked_of(&self, subject: &str) -> bool {
        let arn = subject.starts_with("arn:").then(|| ArnText::from(subject));
        let elsewhere =
            |asked: &Option<String>, own: Option<&str>| matches!((asked.as_deref(), own), (Some(asked), Some(own)) if asked != own);
        if let Some(arn) = &arn
            && (elsewhere(&self.scope.region, arn.region()) || (elsewhere(&self.scope.account, arn.account()) && !self.asks_by_arn()))
        {
            return false;
        }
        let names = names_of(subject);
        let is = |value: &str| names.iter().any(|name| name == value);
        let mut options = self
            .options
            .iter()
            .filter(|(name, _)| !NOT_SUBJECTS.contains(&name.as_str()))
            .peekable();
        // Where the command is known it says what was asked; a message may quote other things as well.
        if options.peek().is_some() {
            return options.any(|(_, values)| values.iter().flat_map(|value| value.split([',', '='])).any(is));
        }
        names.iter().any(|name| quotes(&self.message, name))
    }

    /// Whether an option names the resource by its whole ARN: then the asking account does not matter.
    fn asks_by_arn(&self) -> bool {
        self.options.values().flatten().any(|value| value.starts_with("arn:"))
    }
}

/// What a resource may be called: itself, and the name in its ARN.
fn names_of(subject: &str) -> Vec<String> {
    let mut names = vec![subject.to_owned()];
    let Some(resource) = subject
        .starts_with("arn:")
        .then(|| ArnText::from(subject))
        .and_then(|arn| arn.resource().map(str::to_owned))
    else {
        return names;
    };
    if let Some(name) = resource.strip_prefix("log-group:") {
        names.push(name.trim_end_matches(":*").to_owned());
    } else if let Some(name) = resource.strip_prefix("parameter") {
        names.push(name.to_owned());
        names.push(name.trim_start_matches('/').to_owned());
    } else if let Some(name) = resource.strip_prefix("secret:") {
        names.push(name.to_owned());
        names.extend(crate::secrets::without_suffix(name).map(str::to_owned));
    } else if let Some(name) = resource.strip_prefix("repository/").or_else(|| resource.strip_prefix("key/")) {
        names.push(name.to_owned());
    } else if resource.starts_with("role/") || resource.starts_with("cluster/") {
        // A role's path is part of its ARN, not of its name.
        names.extend(resource.rsplit('/').next().map(str::to_owned));
    } else if resource.starts_with("task/") || resource.starts_with("service/") {
        names.extend(resource.rsplit('/').next().map(str::to_owned));
    } else if let Some(name) = resource.strip_prefix("task-definition/") {
        names.push(name.to_owned());
    } else if subject.contains(":s3:::") {
        names.push(resource);
    }
    names.retain(|name| !name.is_empty());
    names
}

/// Whether a text holds a name that does not go on to either side.
fn quotes(text: &str, name: &str) -> bool {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/' | '+' | '@' | ':' | '=');
    !name.is_empty()
        && text.match_indices(name).any(|(at, _)| {
            let before = text.get(..at).and_then(|before| before.chars().next_back());
            let rest = text.get(at + name.len()..).unwrap_or_default();
            let mut after = rest.chars();
            let goes_on = match after.next() {
                Some('.') => after.next().is_some_and(part),
                Some(c) => part(c),
                None => false,
            };
            !before.is_some_and(|c| part(c) || c == '.') && !goes_on
        })
}

#[cfg(test)]
mod tests {
    use super::{names_of, quotes};

    #[test]
    fn a_name_is_quoted_only_as_a_whole() {
        let message = "The role with name app-role cannot be found.";
        assert!(quotes(message, "app-role"));
        assert!(!quotes(message, "app"));
        assert!(!quotes(message, "role-x"));
        assert!(quotes("no such bucket: logs.example", "logs.example"));
        assert!(!quotes("no such bucket: logs.example", "logs"));
        assert!(!quotes("no such bucket: logs.example", "example"));
    }

    #[test]
    fn the_name_in_an_arn_is_found_for_each_kind() {
        let name = |arn: &str, name: &str| assert!(names_of(arn).iter().any(|known| known == name), "{arn}");
        name("arn:aws:iam::123456789012:role/path/app", "app");
        name("arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/db-AbCdEf", "prod/db");
        name("arn:aws:ssm:us-east-1:123456789012:parameter/a/b", "/a/b");
        name("arn:aws:logs:us-east-1:123456789012:log-group:/ecs/app:*", "/ecs/app");
        name("arn:aws:ecr:us-east-1:123456789012:repository/team/app", "team/app");
    }
}
