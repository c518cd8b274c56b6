//! Second pass: writes the text anew.

use super::address;
use super::context::{Mode, Part, Place, parts};
use super::numbers;
use super::pseudonym::Pseudonyms;
use std::borrow::Cow;
use std::net::{Ipv4Addr, Ipv6Addr};

/// A source's text.
pub(super) fn source(text: &str, pseudonyms: &mut Pseudonyms) -> String {
    let mut out = String::with_capacity(text.len());
    for part in parts(text) {
        match part {
            Part::Prose(range) => out.push_str(&prose(text.get(range).unwrap_or_default(), pseudonyms)),
            Part::Json(range, places) => {
                let mut at = range.start;
                for place in places {
                    out.push_str(text.get(at..place.range.start).unwrap_or_default());
                    let value = unescaped(text, &place);
                    let new = string(&value, &place, pseudonyms);
                    let quoted = serde_json::to_string(&new).unwrap_or_default();
                    out.push_str(quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default());
                    at = place.range.end;
                }
                out.push_str(text.get(at..range.end).unwrap_or_default());
            }
        }
    }
    out
}

/// A string's content; lines that a terminal wrapped inside it are joined.
pub(super) fn unescaped<'a>(text: &'a str, place: &Place) -> Cow<'a, str> {
    let raw = text.get(place.range.clone()).unwrap_or_default();
    let raw: Cow<'_, str> = if raw.contains(['\n', '\r']) {
        Cow::Owned(raw.replace(['\n', '\r'], ""))
    } else {
        Cow::Borrowed(raw)
    };
    if !place.escaped {
        return raw;
    }
    serde_json::from_str::<String>(&format!("\"{raw}\"")).map_or(raw, Cow::Owned)
}

/// Whether a string holds a document of its own.
pub(super) fn is_policy(value: &str) -> bool {
    value.trim_start().starts_with(['{', '[']) && value.contains('"')
}

fn string(value: &str, place: &Place, pseudonyms: &mut Pseudonyms) -> String {
    if is_policy(value) {
        return source(value, pseudonyms);
    }
    if place.key {
        return key(value, pseudonyms);
    }
    rewrite(value, place.mode, pseudonyms)
}

/// A key stays, but for what follows `…Tag/` in a condition, and ids and ARNs.
fn key(value: &str, pseudonyms: &mut Pseudonyms) -> String {
    match value.split_once("Tag/") {
        Some((before, tag)) => format!("{before}Tag/{}", rewrite(tag, Mode::Name, pseudonyms)),
        None => rewrite(value, Mode::Word, pseudonyms),
    }
}

/// Prose, commands, errors.
pub(super) fn prose(text: &str, pseudonyms: &mut Pseudonyms) -> String {
    rewrite(text, Mode::Text, pseudonyms)
}

/// Behind the last character of the ARN that starts at `start`.
pub(super) fn arn_end(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let len = rest
        .find(|c: char| c.is_whitespace() || "\"'<>()[]{},;`\\「」。".contains(c))
        .unwrap_or(rest.len());
    let arn = rest.get(..len).unwrap_or_default().trim_end_matches(['.', ':']);
    start + arn.len()
}

fn rewrite(text: &str, mode: Mode, pseudonyms: &mut Pseudonyms) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let Some(skip) = rest.find(|c: char| c.is_alphanumeric() || c == ':') else {
            out.push_str(rest);
            break;
        };
        out.push_str(rest.get(..skip).unwrap_or_default());
        at += skip;
        let (new, len) = token(text, at, mode, pseudonyms);
        out.push_str(&new);
        at += len;
    }
    out
}

/// What stands at `at`, rewritten, and how long it was.
fn token(text: &str, at: usize, mode: Mode, pseudonyms: &mut Pseudonyms) -> (String, usize) {
    let rest = text.get(at..).unwrap_or_default();
    let run = run(rest);
    let begins = !text.get(..at).unwrap_or_default().ends_with(|c: char| c.is_alphanumeric());
    if rest.starts_with("arn:") && begins {
        let end = arn_end(text, at);
        return (arn(text.get(at..end).unwrap_or_default(), pseudonyms), end - at);
    }
    if let Some(found) = layers(rest).or_else(|| alias(rest)) {
        return (found.to_owned(), found.len());
    }
    if let Some((new, len)) = addresses(text, at, rest, pseudonyms) {
        return (new, len);
    }
    if run.is_empty() {
        return (":".to_owned(), 1);
    }
    let before = text.get(..at).unwrap_or_default();
    if let Some(found) = (mode != Mode::Word).then(|| numbers::grouped(before, rest, pseudonyms)).flatten() {
        return found;
    }
    // AWS's own prefix lists have ids that everybody knows, one for each service and Region; what stands behind `amazonaws.` is AWS's.
    // The letters that say what an id is of stay as well.
    let kind = matches!(run, "i" | "o" | "r" | "p") && rest.get(1..).is_some_and(|behind| behind.starts_with('-'));
    let public = kind || before.ends_with("pl-") && run.len() == 8 || before.ends_with("amazonaws.");
    let new = if public {
        run.to_owned()
    } else if is_id(run, before, rest) {
        pseudonyms.of(run)
    } else if let Some(kind) = unique(run) {
        format!("{kind}{}", pseudonyms.of(run.get(4..).unwrap_or_default()))
    } else if mode == Mode::Tag && !pseudonyms.found.tags_count {
        pseudonyms.of_tag(run)
    } else if stays(run, mode, pseudonyms) {
        run.to_owned()
    } else {
        pseudonyms.of(run)
    };
    (new, run.len())
}

/// The run of letters and digits that a text starts with.
fn run(text: &str) -> &str {
    let len = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    text.get(..len).unwrap_or_default()
}

fn stays(run: &str, mode: Mode, pseudonyms: &Pseudonyms) -> bool {
    let number = run.bytes().all(|byte| byte.is_ascii_digit());
    let first = run.bytes().next().is_some_and(|byte| byte.is_ascii_digit());
    // Revisions, zones (`1a`), versions.
    if mode == Mode::Word || number && run.len() < 5 || first && run.len() < 3 || pseudonyms.is_word(run) {
        return true;
    }
    mode == Mode::Text && !pseudonyms.is_name(run)
}

/// An account, an id of AWS or a long hexadecimal number.
fn is_id(run: &str, before: &str, rest: &str) -> bool {
    const OF: [&str; 44] = [
        "subnet", "vpc", "sg", "eni", "attach", "vpce", "svc", "rtb", "rtbassoc", "igw", "eigw", "nat", "acl", "aclassoc", "eipalloc",
        "eipassoc", "pl", "pcx", "tgw", "dopt", "i", "vol", "fs", "fsap", "sgr", "assoc", "rr", "rrassoc", "frg", "lt", "ami", "cgw",
        "vgw", "fl", "nip", "nia", "snap", "ou", "o", "r", "p", "exclude", "main", "fsmt",
    ];
    let hex = run.bytes().all(|byte| byte.is_ascii_hexdigit());
    let digits = run.bytes().any(|byte| byte.is_ascii_digit());
    if run.len() == 12 && run.bytes().all(|byte| byte.is_ascii_digit()) {
        return true;
    }
    if let Some(before) = before.strip_suffix('-') {
        let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let organization = matches!(word, "o" | "ou" | "r" | "p") && run.len() >= 4;
        if digits && OF.contains(&word) && (hex && run.len() >= 8 || organization && run.len() >= 8) {
            return true;
        }
        // Behind the endpoint's id in its host names.
        if is_uuid_group(run, before, rest) {
            return true;
        }
    }
    hex && digits && run.len() >= 8 && run.bytes().any(|byte| byte.is_ascii_alphabetic()) || is_uuid_start(run, rest)
}

/// The first group of a UUID.
fn is_uuid_start(run: &str, rest: &str) -> bool {
    run.len() == 8 && groups(rest) == [8, 4, 4, 4, 12]
}

/// A later group of a UUID.
fn is_uuid_group(run: &str, before: &str, rest: &str) -> bool {
    let word = |text: &str| -> usize {
        let last = text.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        last.len()
    };
    match (run.len(), word(before)) {
        (4, 8) => groups(rest) == [4, 4, 4, 12],
        (4, 4) => groups(rest).ends_with(&[4, 12]) && groups(rest).len() <= 3,
        (12, 4) => groups(rest) == [12],
        _ => false,
    }
}

/// How long the runs are that dashes join here.
fn groups(text: &str) -> Vec<usize> {
    let len = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(text.len());
    text.get(..len).unwrap_or_default().split('-').map(str::len).take(6).collect()
}

/// An IAM unique id (IAM User Guide, "Unique identifiers"): its kind.
fn unique(run: &str) -> Option<&str> {
    let kind = run.get(..4)?;
    let kinds = ["AROA", "AIDA", "ANPA", "ANVA", "AIPA", "AGPA", "APKA", "ASCA"];
    (run.len() >= 16 && kinds.contains(&kind) && run.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())).then_some(kind)
}

/// Amazon ECR's bucket of image layers (Amazon ECR User Guide, "Amazon ECR interface VPC endpoints"): not the customer's.
fn layers(rest: &str) -> Option<&str> {
    let len = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rest.len());
    rest.get(..len)
        .filter(|word| word.starts_with("prod-") && word.ends_with("-starport-layer-bucket"))
}

/// An alias of a key that AWS manages.
fn alias(rest: &str) -> Option<&str> {
    let name = rest.strip_prefix("alias/aws/")?;
    let len = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    rest.get(.."alias/aws/".len() + len)
}

fn arn(arn: &str, pseudonyms: &mut Pseudonyms) -> String {
    let fields: Vec<&str> = arn.splitn(6, ':').collect();
    let [arn_word, partition, service, region, account, resource] = fields.as_slice() else {
        return format!("arn:{}", rewrite(arn.get(4..).unwrap_or_default(), Mode::Name, pseudonyms));
    };
    if *account == "aws" {
        return arn.to_owned();
    }
    let account = rewrite(account, Mode::Text, pseudonyms);
    let resource = rewrite(resource, Mode::Name, pseudonyms);
    [arn_word, partition, service, region, account.as_str(), resource.as_str()].join(":")
}

/// An address, a CIDR, a MAC address or `ip-10-0-0-1` at the start of `rest`.
fn addresses(text: &str, at: usize, rest: &str, pseudonyms: &mut Pseudonyms) -> Option<(String, usize)> {
    let before = text.get(..at).unwrap_or_default();
    let blocks = &pseudonyms.found.blocks;
    if !before.ends_with(|c: char| c.is_alphanumeric() || c == '.') {
        let len = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let written = rest.get(..len)?.trim_end_matches('.');
        if let Ok(address) = written.parse::<Ipv4Addr>() {
            let new = address::v4(address, blocks, &pseudonyms.random);
            return Some(match length(rest, written.len(), 32) {
                Some(bits) => (masked_v4(new, bits).to_string(), written.len()),
                None => (new.to_string(), written.len()),
            });
        }
        if let Some(dashed) = rest.strip_prefix("ip-") {
            let len = dashed.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(dashed.len());
            if let Ok(address) = dashed.get(..len)?.replace('-', ".").parse::<Ipv4Addr>() {
                let new = address::v4(address, blocks, &pseudonyms.random).to_string().replace('.', "-");
                return Some((format!("ip-{new}"), len + 3));
            }
        }
    }
    if before.ends_with(|c: char| c.is_alphanumeric() || c == ':') {
        return None;
    }
    let len = rest.find(|c: char| !c.is_ascii_hexdigit() && c != ':').unwrap_or(rest.len());
    let written = rest.get(..len)?;
    if written.matches(':').count() < 2 {
        return None;
    }
    let pairs: Vec<&str> = written.split(':').collect();
    if pairs.len() == 6 && pairs.iter().all(|pair| pair.len() == 2) {
        let new = pseudonyms.of(&pairs.concat());
        let pairs: Vec<String> = new
            .as_bytes()
            .chunks(2)
            .map(|pair| String::from_utf8_lossy(pair).into_owned())
            .collect();
        return Some((pairs.join(":"), len));
    }
    let address: Ipv6Addr = written.parse().ok()?;
    let new = address::v6(address, &pseudonyms.random);
    let new = match length(rest, len, 128) {
        Some(0) => Ipv6Addr::UNSPECIFIED,
        Some(bits) => Ipv6Addr::from(u128::from(new) >> (128 - bits) << (128 - bits)),
        None => new,
    };
    Some((new.to_string(), len))
}

/// The prefix length that follows an address.
fn length(rest: &str, at: usize, most: u32) -> Option<u32> {
    let behind = rest.get(at..)?.strip_prefix('/')?;
    let len = behind.find(|c: char| !c.is_ascii_digit()).unwrap_or(behind.len());
    behind.get(..len)?.parse().ok().filter(|bits| *bits <= most)
}

fn masked_v4(address: Ipv4Addr, bits: u32) -> Ipv4Addr {
    let value = u32::from(address);
    Ipv4Addr::from(if bits == 0 { 0 } else { value >> (32 - bits) << (32 - bits) })
}
