//! What kind of error the innermost part states. Amazon ECS's own lead sentences ("There is a connection issue between …",
//! "Check whether …") are advice and are never read as a sign.

use super::kinds::{Cause, Stage};
use super::squeezed::Squeezed;
use snapshot::order;
use std::collections::BTreeSet;

/// Signs of one kind, squeezed and shortened to where they are no longer ambiguous, so that a cut text keeps what it says.
const SIGNS: [(Cause, &[&str]); 13] = [
    (
        Cause::Timeout,
        &[
            "i/otimeou",
            "contextdeadl",
            "client.timeoutexc",
            "requestcanceledwhilewaitingforconn",
            "connectiontimedo",
            "operationtimedo",
            "tlshandshaketimeo",
            "timeoutawaitingresp",
            "timedoutafterwait",
            "timeoutwaitingfor",
            "timeoutwaitfor",
            "requesttimedout",
            "duetotimeout",
        ],
    ),
    (
        Cause::Dns,
        &[
            "nosuchhos",
            "temporaryfailureinnameres",
            "servermisbehav",
            "nxdomain",
            "nameornotserviceknown",
            "couldnotresolvehost",
        ],
    ),
    (Cause::Refused, &["connectionrefus", "activelyrefus"]),
    (
        Cause::Tls,
        &[
            "x509:",
            "failedtoverifycertif",
            "certificatesignedbyunkn",
            "certificateverifyfail",
            "tls:handshakefail",
            "tls:badcertif",
            "tls:firstrecord",
            "remoteerror:tls",
        ],
    ),
    (
        Cause::AccessDenied,
        &[
            "notauthorizedtoperf",
            "unauthorizedoperat",
            "403forb",
            "401unauth",
            "apierrorforbid",
            "accesstokmsisnotall",
            "insufficient_sc",
            "requestedaccesstotheresourceisden",
            "authenticationrequir",
            "nobasicauthcred",
            "unabletoassumetherole",
            "unabletoassumerole",
            "authorizationtokenhasexpired",
            "incorrectusernameorpassw",
            // Credentials that AWS does not take.
            "securitytokenincludedintherequest",
            "expiredtoken",
            "unrecognizedclientexc",
            "invalidclienttoken",
            "invalidsignatureexc",
            "authorizationfailed",
        ],
    ),
    (
        Cause::NotFound,
        &[
            "resourcenotfoundexc",
            "repositorynotfoundexc",
            "imagenotfoundexc",
            "parameternotfound",
            "invalidssmparameters:",
            "manifestunkn",
            "nameunknown:",
            "nosuchkey",
            "nosuchbucket",
            "nosuchfileord",
            "apierrornotfound",
            "404notfound",
            "specifiedloggroupdoesnot",
            "cantfindthespecifiedsecr",
            "becauseitwasmarkedfordel",
            "becauseitwasdeleted",
            "executablefilenotfoun",
            "nosuchimage",
            "invalidsubnetid.notfound",
            "invalidgroup.notfound",
            // A key that is not there, is disabled or pending deletion.
            "invalidkeyid",
            "kmsinvalidstateexc",
            "errorcode:disabledexc",
        ],
    ),
    (
        Cause::JsonKey,
        &[
            "didnotcontainjsonkey",
            "asmfetchingusername:authorizationdataismal",
            "asmfetchingpassword:authorizationdataismal",
        ],
    ),
    (
        Cause::NotJson,
        &["invalidcharact", "unmarshalsecretval", "unexpectedendofjson", "cannotunmarshal"],
    ),
    (Cause::Killed, &["signal:kill", "containerkilledduetomem"]),
    (
        Cause::Throttled,
        &[
            "throttlingexc",
            "rateexceeded",
            "requestlimitexc",
            "toomanyrequests",
            "pullratelimit",
            "429too",
            "throttledexc",
            "apierrorthrottl",
            "slowdown:",
            "beingthrottled",
            "requestthrottled",
        ],
    ),
    (
        Cause::BadReference,
        &[
            "invalidarnform",
            "arn:invalidprefix",
            "arn:notenoughsect",
            "isinaninvalidform",
            "credentialspecarn,only",
            "invalidcredentialspec",
            "unexpectedarnform",
            "couldnotfindasecretsmanagersecretid",
            "unabletoparsebucketandkey",
            "invalidreferenceform",
            "repositorynamemustbelow",
            "endpointconfigurationisrequired",
            "missingendpoint",
            "validationexception:invalidname",
            "parametername:cantbeprefixed",
            "validationerror(s)found",
        ],
    ),
    (
        Cause::PlatformMismatch,
        &[
            "nomatchingmanif",
            "descriptormatchingplatf",
            "nomatchforplatform",
            "execformaterr",
            "cannotbeusedonthisplatf",
            "operatingsystemdoesnotmatch",
            "basedimageisincompatiblewith",
        ],
    ),
    (
        Cause::DiskFull,
        &["nospaceleftondev", "notenoughspaceonthedisk", "thinpoolhas", "diskquotaexc"],
    ),
];

/// The cause that the text proves, else [`Cause::Unknown`].
pub(super) fn cause(squeezed: &Squeezed, stage: Stage, class: Option<&str>) -> Cause {
    let mut found = signs(squeezed, stage);
    // Two classes are the name of a time limit (Amazon ECS Developer Guide, "Stopped task error codes").
    if class.is_some_and(|class| class.ends_with("TimeoutError")) {
        found.insert(Cause::Timeout);
    }
    let has = |cause| found.contains(&cause);
    if found.len() <= 1 {
        return found.first().copied().unwrap_or(Cause::Unknown);
    }
    let only = |causes: &[Cause]| found.iter().all(|cause| causes.contains(cause));
    // Two signs of one thing. All other pairs contradict each other: two errors in one text, or a text that was composed.
    if has(Cause::Dns) && only(&[Cause::Dns, Cause::Timeout]) {
        return if lookup_only(squeezed) { Cause::Dns } else { Cause::Unknown };
    }
    if has(Cause::PlatformMismatch) && only(&[Cause::PlatformMismatch, Cause::NotFound]) {
        return Cause::PlatformMismatch;
    }
    if has(Cause::Timeout) && only(&[Cause::Timeout, Cause::Killed]) {
        return Cause::Timeout;
    }
    // "does not exist, does not exist in this region, or you are not allowed": the exception's name is the statement.
    if has(Cause::AccessDenied) && only(&[Cause::AccessDenied, Cause::NotFound]) && squeezed.has("ciphertextrefersto") {
        return Cause::AccessDenied;
    }
    Cause::Unknown
}

fn signs(squeezed: &Squeezed, stage: Stage) -> BTreeSet<Cause> {
    let signs = SIGNS.iter().filter(|(_, phrases)| squeezed.any(phrases));
    let mut found = order::set(signs.map(|(cause, _)| *cause));
    if denied_by_name(squeezed) {
        found.insert(Cause::AccessDenied);
    }
    if not_found_by_name(squeezed, stage) {
        found.insert(Cause::NotFound);
    }
    match stage {
        Stage::Volume => {
            if squeezed.any(&["failedtoresolve"]) {
                found.insert(Cause::Dns);
            }
            if squeezed.has("permissiondenied") {
                found.insert(Cause::AccessDenied);
            }
        }
        // The registries' own codes (OCI Distribution Specification, "Error codes").
        Stage::ImagePull if squeezed.any(&[":denied:", ":unauthorized:"]) => {
            found.insert(Cause::AccessDenied);
        }
        Stage::Other if squeezed.any(&["ociruntime", "startingcontainerprocess"]) && squeezed.has("permissiondenied") => {
            found.insert(Cause::AccessDenied);
        }
        _ => {}
    }
    // A registry's answer that is no JSON, or a strange character in a volume's name, says nothing about a secret.
    let secret = matches!(stage, Stage::SecretFetch | Stage::RegistryAuth | Stage::SecretsOrRegistryAuth)
        || stage == Stage::Other && squeezed.has("lookingforbeginningofval");
    if !secret {
        found.remove(&Cause::NotJson);
    }
    if found.contains(&Cause::Timeout) && lookup_only(squeezed) {
        found.remove(&Cause::Timeout);
        found.insert(Cause::Dns);
    }
    found
}

/// `AccessDenied…` as an error's name; `pull access denied` is a registry's way to say that it does not say.
fn denied_by_name(squeezed: &Squeezed) -> bool {
    squeezed.has_not_after("accessdeni", "pull")
}

/// A registry's or an API's "not found" about what the text asked for.
fn not_found_by_name(squeezed: &Squeezed, stage: Stage) -> bool {
    let text = squeezed.text();
    match stage {
        Stage::ImagePull => {
            [":notfound", ":...notfound", ":…notfound", "imagenotfound", "§notfound"]
                .iter()
                .any(|tail| text.contains(tail))
                || [
                    ("manifestfor", "notfound"),
                    ("repository", "notfound"),
                    ("tag", "notfoundinrepository"),
                ]
                .iter()
                .any(|(head, tail)| text.split_once(head).is_some_and(|(_, rest)| rest.contains(tail)))
        }
        Stage::SecretFetch => text.contains("invalidparameters:"),
        Stage::LogDriver => text.contains("loggroup") && text.contains("doesnotexist"),
        Stage::Volume => text.contains("nosuchfile"),
        _ => false,
    }
}

/// Whether every time limit that ran out was the resolver's: `dial tcp: lookup HOST on SERVER:53: …`, nothing dialled since.
fn lookup_only(squeezed: &Squeezed) -> bool {
    let mut looking_up = false;
    let mut any = false;
    let mut rest = squeezed.text();
    loop {
        let limit = ["i/otimeou", "contextdeadl", "client.timeoutexc"]
            .iter()
            .filter_map(|limit| rest.find(limit))
            .min();
        let (head, tail) = match limit.and_then(|at| rest.split_at_checked(at)) {
            Some(parts) => parts,
            None => {
                return if any { true } else { rest.contains("nosuchhos") };
            }
        };
        let last = [("lookup", true), ("dialtcp", false), ("://", false)]
            .iter()
            .filter_map(|(word, lookup)| head.rfind(word).map(|at| (at, *lookup)))
            .max();
        if let Some((_, lookup)) = last {
            looking_up = lookup;
        }
        if !looking_up {
            return false;
        }
        any = true;
        let mut chars = tail.chars();
        chars.next();
        rest = chars.as_str();
    }
}
