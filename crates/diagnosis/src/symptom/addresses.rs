//! What a text says of the network: hosts, addresses, resolvers, the status of an answer.

use super::clean::Clean;
use super::squeezed::Squeezed;
use super::tokens::{number, token};

/// The host of the innermost request. Links to documentation are no requests.
pub(super) fn host(clean: &Clean, squeezed: &Squeezed) -> Option<String> {
    let urls = squeezed.ends_of("://").into_iter().rev().take(64);
    let called = urls
        .filter(|at| requested(clean, *at))
        .find_map(|at| host_at(clean, at, &['/', '"', '\'', ')', ']', ':', ' ', '\\', '?', '`']));
    called
        .or_else(|| host_at(clean, squeezed.end_of("pullingfromhost")?, &[' ']))
        .or_else(|| {
            squeezed
                .ends_of("lookup")
                .into_iter()
                .take(8)
                .find_map(|at| host_at(clean, at, &[' ', ':']))
        })
        .or_else(|| {
            // `failed to resolve "fs-….efs.REGION.amazonaws.com" - check that …`
            let at = squeezed.end_of("failedtoresolve")?;
            let next = clean.chars.get(at..)?.iter().find(|char| !char.is_whitespace())?;
            matches!(next, '"' | '\'').then(|| host_at(clean, at, &['"', '\'']))?
        })
}

/// Whether a verb, or a status, stands before the URL whose host begins there.
fn requested(clean: &Clean, at: usize) -> bool {
    let before = clean.chars.get(at.saturating_sub(48)..at).unwrap_or_default();
    let text: String = before
        .iter()
        .filter(|char| !char.is_whitespace())
        .map(char::to_ascii_lowercase)
        .collect();
    let Some(head) = text.strip_suffix("https://").or_else(|| text.strip_suffix("http://")) else {
        return false;
    };
    let head = head.trim_end_matches(['"', '\'', '(', '[', '<', '`', '\\', '*']);
    [
        "get",
        "head",
        "post",
        "put",
        "delete",
        "requestto",
        "statuscode",
        "status",
        "statusfrom",
    ]
    .iter()
    .any(|verb| head.ends_with(verb))
}

/// The name up to where it surely ends; nothing where the text stops inside it.
fn host_at(clean: &Clean, at: usize, ends: &[char]) -> Option<String> {
    let rest = clean.chars.get(at..)?;
    let lead = rest
        .iter()
        .take_while(|char| char.is_whitespace() || matches!(char, '"' | '\'' | '`'))
        .count();
    let body = rest.get(lead..)?;
    let length = body.iter().position(|char| ends.contains(char))?;
    let host: String = body.get(..length)?.iter().collect();
    let cut = host.ends_with(['.', '…']) || host.contains("..");
    // A host of these texts has a domain; a word after "lookup" has none.
    (host.contains('.') && !cut).then_some(host)
}

/// The last address that was dialled, with its port.
pub(super) fn dialled(clean: &Clean, squeezed: &Squeezed) -> Option<(String, u16)> {
    let starts = ["dialtcp", "dialudp"].into_iter().flat_map(|words| squeezed.ends_of(words)).max()?;
    address_at(clean, starts)
}

fn address_at(clean: &Clean, at: usize) -> Option<(String, u16)> {
    let rest = clean.chars.get(at..)?;
    let lead = rest
        .iter()
        .take_while(|char| char.is_whitespace() || matches!(char, '4' | '6') && rest.get(1).is_some_and(|c| *c == ' '))
        .count();
    let body = rest.get(lead..)?;
    let raw: String = body
        .iter()
        .take(64)
        .take_while(|char| char.is_ascii_hexdigit() || matches!(char, '.' | ':' | '[' | ']' | '%' | '-' | '>'))
        .collect();
    // `dial tcp FROM->TO`: the far end counts.
    let raw = raw.rsplit("->").next()?;
    let ended = body.len() > raw.chars().count();
    let (ip, port) = raw.trim_end_matches(':').rsplit_once(':')?;
    let ip = ip.trim_matches(['[', ']']);
    let is_ip = ip.parse::<std::net::IpAddr>().is_ok();
    let port = port.parse().ok()?;
    (is_ip && ended).then(|| (ip.to_owned(), port))
}

pub(super) fn dns_server(clean: &Clean, squeezed: &Squeezed) -> Option<String> {
    let lookup = squeezed.end_of("lookup")?;
    let name = token(clean, lookup)?.text;
    let after = lookup + 1 + name.chars().count();
    let rest: String = clean.chars.get(after..)?.iter().take(64).collect();
    let server = rest.trim_start().strip_prefix("on ")?.split_whitespace().next()?;
    let (ip, port) = server.trim_end_matches([':', ',']).rsplit_once(':')?;
    let ip = ip.trim_matches(['[', ']']);
    (port == "53" && ip.parse::<std::net::IpAddr>().is_ok()).then(|| ip.to_owned())
}

/// The HTTP status of an answer. `StatusCode: 0` means that there was none; Docker's own `API error (500)` is not the service's.
pub(super) fn status_code(clean: &Clean, squeezed: &Squeezed) -> Option<u16> {
    let stated = squeezed.ends_of("statuscode:").into_iter().find_map(|at| status_at(clean, at));
    stated.or_else(|| {
        const PHRASES: [&str; 9] = [
            "unauthorized",
            "forbidden",
            "notfound",
            "toomanyrequests",
            "internalservererror",
            "badgateway",
            "serviceunavailable",
            "gatewaytimeout",
            "badrequest",
        ];
        PHRASES.iter().flat_map(|phrase| squeezed.starts_of(phrase)).find_map(|at| {
            let before = at.checked_sub(4)?;
            let number = status_at(clean, before)?;
            let digit = before
                .checked_sub(1)
                .and_then(|at| clean.chars.get(at))
                .is_some_and(|char| !char.is_whitespace());
            (!digit && squeezed.has("status")).then_some(number)
        })
    })
}

/// Three digits are a whole status, even at the end of the text.
fn status_at(clean: &Clean, at: usize) -> Option<u16> {
    let (number, _) = number(clean, at)?;
    (100..600).contains(&number).then(|| u16::try_from(number).ok())?
}
