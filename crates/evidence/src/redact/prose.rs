//! Names that stand only in prose: in commands, errors, messages of services, and what people write around them.

use super::hosts;
use crate::{command, lines};

/// Options of the AWS CLI whose values are words of AWS, numbers or ids (AWS CLI Command Reference): everybody else's value is a name.
const OPTIONS_OF_WORDS: [&str; 36] = [
    "region",
    "output",
    "query",
    "include",
    "attribute",
    "attributes",
    "attribute-name",
    "attribute-names",
    "launch-type",
    "desired-status",
    "scheduling-strategy",
    "network-configuration",
    "platform-version",
    "page-size",
    "max-items",
    "max-results",
    "limit",
    "color",
    "cli-read-timeout",
    "cli-connect-timeout",
    "cli-binary-format",
    "start-time",
    "end-time",
    "start-from-head",
    "with-decryption",
    "scope",
    "policy-type",
    "filter-type",
    "action-names",
    "service-code",
    "quota-code",
    "version-id",
    "starting-token",
    "endpoint-url",
    "status",
    "duration",
];

/// What stands before a name, and the characters that end it: events of an Amazon ECS service (Amazon ECS Developer Guide, "Amazon ECS
/// service event messages"), errors of registries, Amazon CloudWatch Logs' groups, and what services and the AWS CLI say of a name: in
/// quotes, behind `with name`, as a resource without an ARN.
const BEFORE_NAMES: [(&str, &[char]); 24] = [
    ("with name ", &[' ', ',', '\n']),
    ("with name '", &['\'', '\n']),
    ("with name \"", &['"', '\n']),
    ("staging label: ", &[' ', ',', '\n']),
    ("on resource: role ", &[' ', ',', '\n']),
    ("on resource: policy ", &[' ', ',', '\n']),
    ("on resource: user ", &[' ', ',', '\n']),
    ("on resource: instance profile ", &[' ', ',', '\n']),
    ("Instance Profile ", &[' ', ',', '\n']),
    ("config profile (", &[')', '\n']),
    ("imageTag:'", &['\'', '\n']),
    ("log group: ", &[' ', ',', ';', '\n']),
    ("log group '", &['\'', '\n']),
    ("log group \"", &['"', '\n']),
    ("parameter ", &[' ', ',', ';', '\n']),
    ("(service ", &[')', '\n']),
    ("(cluster ", &[')', '\n']),
    ("(container ", &[')', '\n']),
    ("(task-set ", &[')', '\n']),
    ("(capacity provider ", &[')', '\n']),
    ("access denied for ", &[' ', ',', '\n']),
    ("manifest for ", &[' ', ',', '\n']),
    ("docker pull ", &[' ', '\n']),
    ("log group ", &[' ', ',', '.', ';', '\n']),
];

/// Calls `name` for the values of the options, and for the variables, in the commands of a text.
pub(super) fn in_commands(text: &str, name: &mut dyn FnMut(&str)) {
    for (_, value) in text.lines().filter_map(lines::assignment) {
        value.into_iter().filter(|value| named(value)).for_each(&mut *name);
    }
    let mut at = 0;
    while let Some(start) = lines::find_aws(text, at) {
        for (option, value) in command::option_values(text, start) {
            option_value(&option, &value, name);
        }
        at = command::end_of(text, start).max(start + 3);
    }
}

/// One value: `a`, `Key=a,Value=b` or `Name=tag:a,Values=b`.
fn option_value(option: &str, value: &str, name: &mut dyn FnMut(&str)) {
    let document = value.starts_with(['{', '[']);
    if document || value.starts_with("arn:") || OPTIONS_OF_WORDS.contains(&option) {
        return;
    }
    if matches!(option, "filter" | "filters") {
        // Filters of Amazon EC2 have names of AWS; what they compare with is one of its words or ids unless it is a tag or a name.
        let filter = value.split_once("Name=").map_or("", |(_, filter)| filter);
        let filter = filter.split(',').next().unwrap_or_default();
        if let Some(tag) = filter.strip_prefix("tag:") {
            name(tag);
        }
        if filter.starts_with("tag") || filter.ends_with("-name") && filter != "service-name" {
            value.split_once("Values=").into_iter().for_each(|(_, values)| name(values));
        }
        return;
    }
    if !value.contains('=') {
        name(value);
        return;
    }
    for part in value.split(',') {
        name(part.split_once('=').map_or(part, |(_, value)| value));
    }
}

/// Calls `name` for the names of a text that says what they are: images, hosts, addresses of people, services, log groups, objects.
pub(super) fn in_prose(text: &str, name: &mut dyn FnMut(&str)) {
    for (before, ends) in BEFORE_NAMES {
        for (at, found) in text.match_indices(before) {
            let rest = text.get(at + found.len()..).unwrap_or_default();
            let written = rest.split(ends).next().unwrap_or_default();
            if named(written) {
                name(written);
            }
        }
    }
    let mut before = "";
    let parts = text.split(|c: char| c.is_whitespace() || "\"'`<>()[]{},;|\\「」『』、。（）".contains(c));
    for part in parts.filter(|part| !part.is_empty()) {
        let word = part.trim_matches(['.', ':', '!', '?', '*', '=']);
        if !word.starts_with("arn:") && word.is_ascii() {
            in_word(word, before, name);
        }
        before = word;
    }
}

/// Whether what stands behind one of the texts above is a name, and not the sentence's next word.
fn named(written: &str) -> bool {
    let characters = written.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_./:@".contains(&b));
    let word = [
        "does",
        "is",
        "was",
        "not",
        "in",
        "for",
        "the",
        "name",
        "names",
        "with",
        "and",
        "or",
        "value",
        "values",
        "store",
        "Store",
        "validation",
        "to",
        "from",
        "of",
        "that",
        "has",
        "must",
        "can",
        "cannot",
    ];
    characters && !written.starts_with("arn:") && !written.is_empty() && !word.contains(&written)
}

fn in_word(word: &str, before: &str, name: &mut dyn FnMut(&str)) {
    if let Some((scheme, rest)) = word.split_once("://") {
        url(scheme, rest, name);
        return;
    }
    if let Some((person, domain)) = word.split_once('@')
        && domain.contains('.')
        && !domain.contains([':', '/'])
        && !person.contains('/')
    {
        name(word);
        return;
    }
    let reference = word.split_once("@sha256").map_or(word, |(reference, _)| reference);
    if let Some((host, path)) = reference.split_once('/') {
        if hosts::is_host(host) || host.contains(':') && host.contains(|c: char| c.is_ascii_alphabetic()) {
            hosts::names(host, name);
            hosts::path(host, path, name);
        } else if host.is_empty() && is_hierarchy(path) {
            name(path);
        } else if !matches!(host, "" | "application" | "text" | "linux" | "windows")
            && (of_image(before) || tagged(path))
            && lower(reference)
        {
            name(reference);
        }
        return;
    }
    if hosts::is_host(word) || before == "lookup" && word.contains('.') {
        hosts::names(word, name);
        return;
    }
    let marked = word.contains(['-', '_']) || word.bytes().any(|b| b.is_ascii_digit());
    let plain = word.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')) && !word.starts_with('-');
    if of_image(before) && tagged(word) && lower(word) || marked && plain && matches!(before, "service" | "Service" | "cluster" | "Cluster")
    {
        name(word);
    }
}

/// Whether a path is a log group's or a parameter's name, and not one of a machine's files or of an API.
fn is_hierarchy(path: &str) -> bool {
    let first = path.split('/').next().unwrap_or_default();
    let roots = [
        "bin", "dev", "etc", "lib", "mnt", "opt", "proc", "root", "run", "sbin", "sys", "tmp", "usr", "var", "v1", "v2", "v3", "v4",
    ];
    let plain = path.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_./".contains(&b));
    plain && path.contains('/') && !roots.contains(&first) && !path.starts_with("aws/service/")
}

/// Words that stand before an image's name.
fn of_image(before: &str) -> bool {
    matches!(before, "ref" | "reference" | "image" | "Image" | "pull" | "for" | "repository")
}

/// `app:v1`, of a path's last segment.
fn tagged(path: &str) -> bool {
    path.split_once(':')
        .is_some_and(|(name, tag)| !name.is_empty() && !tag.is_empty() && !tag.contains([':', '/']))
}

/// The characters of a repository's name (Amazon ECR API Reference, `CreateRepository`) before a tag of any.
fn lower(reference: &str) -> bool {
    let repository = reference.rsplit_once(':').map_or(reference, |(repository, _)| repository);
    repository
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_./".contains(&b))
}

/// What stands behind `://`.
fn url(scheme: &str, rest: &str, name: &mut dyn FnMut(&str)) {
    if scheme.ends_with("s3") {
        name(rest);
        return;
    }
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    hosts::names(host, name);
    hosts::path(host, path, name);
}
