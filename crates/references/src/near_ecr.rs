//! Hosts that are almost a registry's.

use crate::arn::Account;
use crate::ecr_host::{EcrHost, ecr_host};
use crate::hosts::Variant;
use crate::partition::Partition;
use crate::region::{Region, known_regions, nearest_regions};

/// The registry host that was likely meant by one that is none of ECR's: another suffix, a misspelt label or Region.
/// `None` where nothing is near, several are, or the host is ECR's.
#[must_use]
pub fn near_registry_host(host: &str) -> Option<String> {
    let host = host.to_ascii_lowercase();
    if host.len() > 100 || EcrHost::parse(&host).is_some() || host == "public.ecr.aws" {
        return None;
    }
    if matches!(host.as_str(), "ecr.public.aws" | "public.ecr.aws.com" | "ecr-public.aws") || distance(&host, "public.ecr.aws") <= 1 {
        return Some("public.ecr.aws".to_owned());
    }
    by_labels(&host).or_else(|| by_distance(&host))
}

fn distance(a: &str, b: &str) -> usize {
    strsim::osa_distance(a, b)
}

/// Every label is right but the suffix is another partition's, or the Region is one edit off.
fn by_labels(host: &str) -> Option<String> {
    let (account, rest) = host.split_once('.')?;
    let account = Account::parse(account)?;
    let (variant, rest) = [
        ("dkr.ecr.", Variant::Standard),
        ("dkr.ecr-fips.", Variant::Fips),
        ("dkr-ecr.", Variant::DualStack),
        ("dkr-ecr-fips.", Variant::FipsDualStack),
    ]
    .into_iter()
    .find_map(|(prefix, variant)| Some((variant, rest.strip_prefix(prefix)?)))?;
    let (region, suffix) = rest.split_once('.')?;
    let (region, exact) = match (Region::parse(region), nearest_regions(region).as_slice()) {
        (Some(region), _) => (region, true),
        (None, [one]) => (Region::parse(one)?, false),
        _ => return None,
    };
    let meant = ecr_host(&account, &region, variant)?;
    let own = meant.ends_with(&format!("{region}.{suffix}"));
    let suffixes = ["amazonaws.com", "amazonaws.com.cn", "on.aws", "amazonaws.eu", "api.aws", "aws"];
    let aws = own || suffixes.contains(&suffix) || Partition::ALL.into_iter().any(|p| p.dns_suffix() == suffix);
    (aws && (own || exact)).then_some(meant)
}

/// At most two edits from a real host of the same account.
fn by_distance(host: &str) -> Option<String> {
    let (account, _) = host.split_once('.')?;
    let account = Account::parse(account)?;
    let mut best = 2;
    let mut near: Vec<String> = Vec::new();
    let variants = [Variant::Standard, Variant::Fips, Variant::DualStack, Variant::FipsDualStack];
    for region in Partition::ALL.into_iter().flat_map(known_regions) {
        let Some(region) = Region::parse(region) else {
            continue;
        };
        for variant in variants {
            let Some(candidate) = ecr_host(&account, &region, variant) else {
                continue;
            };
            if candidate.len().abs_diff(host.len()) > best {
                continue;
            }
            let found = distance(host, &candidate);
            if found < best {
                best = found;
                near.clear();
            }
            if found == best {
                near.push(candidate);
            }
        }
    }
    match near.as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    }
}
