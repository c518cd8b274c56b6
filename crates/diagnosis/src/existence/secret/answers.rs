//! What Secrets Manager answered to the person about a secret.

use super::super::Proof;
use super::Wanted;
use crate::case::Case;
use snapshot::{CallFailure, Citation, Operation};

/// Operations whose `ResourceNotFoundException` is about the secret itself.
const ASKED: [Operation; 3] = [
    Operation::SecretsmanagerDescribeSecret,
    Operation::SecretsmanagerListSecretVersionIds,
    Operation::SecretsmanagerGetResourcePolicy,
];

/// Secrets Manager's own word to the person that there is none.
pub(super) fn answered(case: &Case<'_>, wanted: &Wanted<'_>) -> Option<Proof> {
    ASKED.into_iter().find_map(|operation| {
        let failure = failure(case, wanted, operation, "ResourceNotFoundException", "")?;
        let by_arn = failure.options.values().flatten().any(|value| value.starts_with("arn:"));
        // The AWS CLI asks the Region of its own settings, whatever the ARN says.
        let account = if by_arn { None } else { wanted.account };
        Some(Proof::at(&failure.at, failure.assumption(account, wanted.region)))
    })
}

/// Operations that Secrets Manager refuses of a secret that is scheduled for deletion.
const REFUSED: [Operation; 3] = [
    Operation::SecretsmanagerGetResourcePolicy,
    Operation::SecretsmanagerGetSecretValue,
    Operation::SecretsmanagerListSecretVersionIds,
];

/// Where it refused the person since the secret is scheduled for deletion.
pub(super) fn refused(case: &Case<'_>, wanted: &Wanted<'_>) -> Option<Citation> {
    let of = |operation| failure(case, wanted, operation, "InvalidRequestException", "marked for deletion");
    REFUSED.into_iter().find_map(of).map(|failure| failure.at.clone())
}

/// The failure of that operation for this very secret, with that code and these words.
fn failure<'a>(case: &'a Case<'_>, wanted: &Wanted<'_>, operation: Operation, code: &str, words: &str) -> Option<&'a CallFailure> {
    case.snapshot.failures.iter().find(|failure| {
        let id = failure
            .options
            .get("secret-id")
            .and_then(|values| values.first())
            .map(String::as_str);
        let name = id.is_some_and(|id| id == wanted.name && (!wanted.doubtful || id == wanted.written));
        let elsewhere =
            |asked: &Option<String>, own: Option<&str>| matches!((asked.as_deref(), own), (Some(asked), Some(own)) if asked != own);
        // By name only the caller's own account is asked.
        let foreign = wanted.account != case.account.as_deref() && failure.scope.account.as_deref() != wanted.account;
        failure.operation == Some(operation)
            && failure.code == code
            && failure.message.contains(words)
            && !elsewhere(&failure.scope.region, wanted.region)
            && (id == Some(wanted.arn.as_str()) && wanted.arn.starts_with("arn:")
                || name && !foreign && !elsewhere(&failure.scope.account, wanted.account))
    })
}
