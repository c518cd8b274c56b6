//! Whether the text ends too early, and whether it proves that the service answered.

use super::clean::Clean;
use super::kinds::{Cause, Stage};
use super::quoted::Quoted;
use super::squeezed::Squeezed;

/// Lengths at which Amazon ECS and its agent cut a reason (the agent's `ecsMaxTaskReasonLength`, `ecsMaxContainerReasonLength`).
const LIMITS: [usize; 2] = [255, 1024];

/// Whether Amazon ECS itself cut the text: nobody has more of it.
#[must_use]
pub fn cut_by_ecs(text: &str) -> bool {
    LIMITS.contains(&text.chars().count())
}

/// Words that announce what is then not there.
const LEADS: [&str; 38] = [
    "secretsorregistryauth",
    "unabletopullsecrets",
    "executionresourceretrievalfailed",
    "retrieveecrregistryauth",
    "pullregistryauthfromamazonecr",
    "secretfromasm",
    "secretsfromssm",
    "registryauthfromasm",
    "time(s)",
    "times",
    "retried",
    "failedtofetch",
    "failedtofetchsecret",
    "fromsecretsmanager",
    "sendrequestfailed",
    "requestsendfailed",
    "requesterror",
    "requestcontextcanceled",
    "causedby",
    "numberofattempts",
    "statuscode",
    "operationerror",
    "apierror",
    "failedtodorequest",
    "failedopen",
    "failedtocopy",
    "toresolveref",
    "pullcommandfailed",
    "downloadenvfiles",
    "setupefsvolumes",
    "validateloggerargs",
    "checkyournetworkconfiguration",
    "checkyourtasknetworkconfiguration",
    "systemsmanager",
    "parameterstore",
    "awssecretsmanager",
    "amazonecr",
    "taskandtheregistry",
];

/// Whether a text without a cause ends before it.
pub(super) fn cut(pasted: &Clean, clean: &Clean, squeezed: &Squeezed, stage: Stage) -> bool {
    let text = pasted.text(0, pasted.chars.len());
    let text = text.trim_end();
    let trimmed = text.trim_end_matches(['"', '\'', ')', ']']);
    if trimmed.ends_with("...") || trimmed.ends_with('…') || LIMITS.contains(&text.chars().count()) {
        return true;
    }
    if trimmed.ends_with([':', ',', '(']) {
        return true;
    }
    let last = clean.chars.rsplit(|char| char.is_whitespace()).next().unwrap_or_default();
    let last: String = last.iter().collect();
    let in_name = last.starts_with("arn:") || last.contains("://") || last.contains(".dkr.ecr");
    stage != Stage::Other && (in_name || squeezed.ends_any(&LEADS))
}

/// Whether the path to the service is proven by its answer.
pub(super) fn answered(clean: &Clean, words: &Squeezed, quoted: &Quoted, stage: Stage, cause: Cause) -> bool {
    let ours = !matches!(stage, Stage::RoleAssumption | Stage::NetworkSetup | Stage::Volume | Stage::Other);
    if !ours || matches!(cause, Cause::Timeout | Cause::Dns | Cause::Refused | Cause::Tls | Cause::Killed) {
        return false;
    }
    // A network sign next to an answer: two errors, and the text does not say whose is whose.
    if words.any(&[
        "dialtcp",
        "i/otimeou",
        "deadlineexceed",
        "sendrequestfailed",
        "requestsendfailed",
        "requestcontextcanceled",
        "client.timeout",
    ]) {
        return false;
    }
    let registry = words.any(&[
        "manifestunknown",
        "nameunknown:",
        "requestedaccesstotheresource",
        "insufficient_scope",
        "toomanyrequests:",
        "authenticationrequired",
    ]);
    let content = matches!(cause, Cause::JsonKey | Cause::NotJson | Cause::PlatformMismatch)
        || !quoted.parameter.is_empty() && cause == Cause::NotFound;
    !quoted.request_id.is_empty() || service_error(words) || exception(clean) || registry || content
}

/// The SDK's `api error CODE`, or IAM's sentence. `API error (500)` is the Docker engine's.
fn service_error(words: &Squeezed) -> bool {
    words.has("isnotauthorizedtoperform")
        || words.text().match_indices("apierror").any(|(at, found)| {
            words
                .text()
                .get(at + found.len()..)
                .is_some_and(|rest| rest.starts_with(|char: char| char.is_ascii_alphabetic()))
        })
}

/// A word that ends in `Exception`: the services' own names of errors.
fn exception(clean: &Clean) -> bool {
    let text: String = clean.chars.iter().collect();
    text.split(|char: char| !char.is_ascii_alphanumeric()).any(|word| {
        let word = word.to_ascii_lowercase();
        word.len() > "exception".len() && word.ends_with("exception") && word != "clientexception"
    })
}
