//! Host names: what in them, and in the paths behind them, names a customer.

/// Last labels that make a word with dots a host's name: those of private networks, and frequent top-level domains.
const LAST: [&str; 34] = [
    "internal",
    "local",
    "localdomain",
    "lan",
    "corp",
    "intra",
    "intranet",
    "private",
    "home",
    "test",
    "example",
    "com",
    "net",
    "org",
    "io",
    "co",
    "jp",
    "de",
    "uk",
    "eu",
    "fr",
    "us",
    "ca",
    "au",
    "nz",
    "kr",
    "cn",
    "tw",
    "sg",
    "cloud",
    "dev",
    "tech",
    "biz",
    "bank",
];

/// Hosts of AWS and of public registries, and what belongs to them: they name nobody.
const PUBLIC: [&str; 20] = [
    "amazonaws.com",
    "amazonaws.com.cn",
    "amazonaws.eu",
    "amazon.com",
    "api.aws",
    "ecr.aws",
    "ec2.internal",
    "compute.internal",
    "docker.io",
    "docker.com",
    "quay.io",
    "ghcr.io",
    "gcr.io",
    "k8s.io",
    "github.com",
    "githubusercontent.com",
    "gitlab.com",
    "microsoft.com",
    "microsoftonline.com",
    "google.com",
];

/// Where the customer's own labels stand before: Amazon S3's buckets, load balancers, databases, registries of other clouds.
const OWN_LABELS_BEFORE: [&str; 10] = [
    ".s3.",
    ".s3-",
    ".elb.",
    ".rds.",
    ".cache.",
    ".es.",
    ".execute-api.",
    ".azurecr.io",
    ".pkg.dev",
    ".cloudfront.net",
];

/// The words of a registry's HTTP API (OCI Distribution Specification, "Endpoints").
const OF_REGISTRIES: [&str; 9] = ["v2", "v1", "manifests", "blobs", "uploads", "tags", "list", "token", "library"];

/// The host without its port.
fn bare(host: &str) -> &str {
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    host.split_once(':').map_or(host, |(host, _)| host)
}

/// Whether a word is a host's name, with or without a port.
pub(super) fn is_host(word: &str) -> bool {
    let host = bare(word);
    let labels = host.split('.').all(|label| {
        !label.is_empty()
            && label
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
    });
    labels && host.rsplit_once('.').is_some_and(|(_, last)| LAST.contains(&last) || public(host))
}

fn public(host: &str) -> bool {
    PUBLIC.iter().any(|suffix| {
        host.strip_suffix(suffix)
            .is_some_and(|before| before.is_empty() || before.ends_with('.'))
    })
}

/// The labels of a host that somebody chose.
pub(super) fn names(host: &str, name: &mut dyn FnMut(&str)) {
    let host = bare(host);
    let own = OWN_LABELS_BEFORE.iter().find_map(|part| host.split_once(part));
    match own {
        Some((labels, _)) => name(labels),
        None if public(host) => {}
        None => name(host),
    }
}

/// The names in the path behind a host.
pub(super) fn path(host: &str, path: &str, name: &mut dyn FnMut(&str)) {
    if host.starts_with("docs.") || host.starts_with("www.") && public(bare(host)) {
        return;
    }
    let path = path.split_once("@sha256").map_or(path, |(path, _)| path);
    for segment in path.split('/').filter(|segment| !OF_REGISTRIES.contains(segment)) {
        if !segment.starts_with("sha256") {
            name(segment);
        }
    }
}
