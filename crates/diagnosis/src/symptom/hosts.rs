//! Which service a host name or an image reference belongs to (AWS General Reference, "Service endpoints and quotas").

use super::kinds::Service;

/// The domains under which AWS services answer, in every partition.
const AWS_DOMAINS: [&str; 12] = [
    ".amazonaws.com",
    ".amazonaws.com.cn",
    ".amazonaws.eu",
    ".api.aws",
    ".on.aws",
    ".api.amazonwebservices.com.cn",
    ".on.amazonwebservices.com.cn",
    ".c2s.ic.gov",
    ".sc2s.sgov.gov",
    ".cloud.adc-e.uk",
    ".csp.hci.ic.gov",
    ".amazonwebservices.eu",
];

/// The AWS service behind a host name, where it is one of those that a task's start calls.
pub(super) fn service_of_host(host: &str) -> Option<Service> {
    let host = host.to_ascii_lowercase();
    let host = host.split(':').next().unwrap_or_default();
    let name = AWS_DOMAINS.iter().find_map(|domain| host.strip_suffix(domain))?;
    let labels: Vec<&str> = name.split('.').collect();
    let has = |label: &str| labels.contains(&label);
    if (has("dkr") && labels.iter().any(|label| matches!(*label, "ecr" | "ecr-fips")))
        || labels.iter().any(|label| matches!(*label, "dkr-ecr" | "dkr-ecr-fips"))
    {
        return Some(Service::EcrDkr);
    }
    if (has("api") && has("ecr")) || labels.iter().take(2).any(|label| matches!(*label, "ecr" | "ecr-fips")) {
        return Some(Service::EcrApi);
    }
    if labels
        .iter()
        .any(|label| *label == "s3" || label.starts_with("s3-") || *label == "s3-fips")
    {
        return Some(Service::S3);
    }
    labels.iter().take(2).find_map(|label| {
        Some(match label.strip_suffix("-fips").unwrap_or(label) {
            "secretsmanager" => Service::SecretsManager,
            "ssm" => Service::Ssm,
            "kms" => Service::Kms,
            "logs" => Service::Logs,
            "sts" => Service::Sts,
            "ecs" => Service::Ecs,
            other if other.starts_with("ecs-a-") || other.starts_with("ecs-t-") => Service::Ecs,
            _ => return None,
        })
    })
}

/// Whether the image's registry is Amazon ECR private, another one, or not to be told (blanked by who pasted it).
pub(super) fn service_of_image(image: &str) -> Option<Service> {
    let head = image.split('/').next().unwrap_or_default();
    if service_of_host(head) == Some(Service::EcrDkr) {
        return Some(Service::EcrDkr);
    }
    let blanked = head.starts_with(['<', '{', '$', '.', '…', '[', '(', '#', '█'])
        || head
            .chars()
            .all(|char| matches!(char, 'x' | 'X' | '*' | '#' | '█' | '.' | '_' | '-'))
        || head.to_ascii_lowercase().starts_with("redacted");
    (!blanked).then_some(Service::Registry)
}
