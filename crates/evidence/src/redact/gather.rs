//! First pass: which tokens are names, where wildcards cut them, and which CIDRs the VPCs have.

use super::context::{Mode, Part, parts};
use super::prose;
use super::rewrite::{arn_end, is_policy, unescaped};
use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

/// On which sides of a piece of a token a wildcard stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Cut {
    pub(super) before_wildcard: bool,
    pub(super) after_wildcard: bool,
}

/// What the first pass found.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    /// Tokens of names, in lower case.
    pub(super) names: BTreeSet<String>,
    /// Tokens of the ARNs of AWS's own resources: they stay.
    pub(super) kept: BTreeSet<String>,
    /// Pieces of tokens that a wildcard cuts, in lower case.
    pub(super) cut: BTreeMap<String, Cut>,
    /// Whether a policy reads tags: then they must go on matching names.
    pub(super) tags_count: bool,
    /// VPCs' IPv4 CIDRs: base and length.
    pub(super) blocks: Vec<(u32, u32)>,
}

/// Gathers from a source's text, or from a document inside a string.
pub(super) fn gather(text: &str, found: &mut Found) {
    found.tags_count |= ["Tag/", "Tag%2F", "TagKeys"].iter().any(|read| text.contains(read));
    // A command may have JSON in it, so that it spans parts.
    prose::in_commands(text, &mut |name| found.name(name));
    for part in parts(text) {
        match part {
            Part::Prose(range) => said(text.get(range).unwrap_or_default(), found),
            Part::Json(_, places) => {
                for place in places {
                    let value = unescaped(text, &place);
                    if is_policy(&value) {
                        gather(&value, found);
                        continue;
                    }
                    if place.block {
                        found.blocks.extend(block(&value));
                    }
                    if matches!(place.mode, Mode::Name | Mode::Tag) && !place.key && !value.starts_with("arn:") {
                        found.name(&value);
                    }
                    if place.mode == Mode::Text && !place.key {
                        said(&value, found);
                    } else {
                        arns(&value, found);
                    }
                }
            }
        }
    }
}

fn block(cidr: &str) -> Option<(u32, u32)> {
    let (base, len) = cidr.split_once('/')?;
    let base: Ipv4Addr = base.parse().ok()?;
    Some((u32::from(base), len.parse().ok().filter(|len| (8..=28).contains(len))?))
}

/// Names in prose.
fn said(text: &str, found: &mut Found) {
    prose::in_prose(text, &mut |name| found.name(name));
    arns(text, found);
}

/// Names in the ARNs of a text.
fn arns(text: &str, found: &mut Found) {
    let mut at = 0;
    while let Some(next) = text.get(at..).and_then(|rest| rest.find("arn:")) {
        let start = at + next;
        let end = arn_end(text, start);
        let arn = text.get(start..end).unwrap_or_default();
        let mut fields = arn.splitn(6, ':');
        let account = fields.nth(4).unwrap_or_default();
        let resource = fields.next().unwrap_or_default();
        if account == "aws" {
            found.kept.extend(tokens(resource).map(|(_, token)| token.to_owned()));
        } else {
            found.name(resource);
        }
        at = end.max(start + 4);
    }
}

impl Found {
    fn name(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let wild = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(|byte| matches!(byte, b'*' | b'?'));
        for (start, token) in tokens(text) {
            let lower = token.to_lowercase();
            let cut = Cut {
                before_wildcard: wild(Some(start + token.len())),
                after_wildcard: wild(start.checked_sub(1)),
            };
            if cut != Cut::default() {
                let piece = self.cut.entry(lower.clone()).or_default();
                piece.before_wildcard |= cut.before_wildcard;
                piece.after_wildcard |= cut.after_wildcard;
            }
            let short_number = token.len() < 5 && token.bytes().all(|byte| byte.is_ascii_digit());
            if !short_number {
                self.names.insert(lower);
            }
        }
    }
}

/// The tokens of a text: runs of letters and digits, with where they start.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let start = at + rest.find(char::is_alphanumeric)?;
        let run = text.get(start..)?;
        let len = run.find(|c: char| !c.is_alphanumeric()).unwrap_or(run.len());
        at = start + len;
        Some((start, run.get(..len)?))
    })
}
